"""Finding a code by a few letters: what is listed, and what Enter may take."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from app.analysis.code_search import CodeIndex, Match, find_codes
from app.analysis.codes import CodeRow, sign_of
from app.models.kinds import CodeStatus


def code(name: str, *, parent: str = "", brief: str = "") -> CodeRow:
    path = f"{parent} / {name}" if parent else name
    return CodeRow(
        id=name, name=name, parent_id=parent or None, position=0, colour="#0072B2", status=CodeStatus.ACTIVE,
        set_aside_reason="", brief=brief, full="", when_to_use="", when_not_to_use="", example_excerpt_id=None,
        semantic_latent=None, origin=None, created_at=datetime.now(UTC), path=path, depth=path.count(" / "),
        sign=sign_of(name),
    )  # fmt: skip


CODES = [
    code("Belonging by being noticed", brief="Somebody sees whether one is there"),
    code("The inherited drive", brief="A shared folder handed down"),
    code("Our jokes, our words"),
    code("Peer-support"),
    code("Silence can be either", parent="Distance"),
    code("Été à deux"),
    code("归属感"),
    code("I"),
]


def first(typed: str, **near: int) -> tuple[str, Match] | None:
    hits = find_codes(CODES, typed, near)
    return (hits[0].code.name, hits[0].match) if hits else None


@pytest.mark.parametrize(
    ("typed", "name", "match"),
    [
        ("bel", "Belonging by being noticed", Match.NAME),
        ("BEL", "Belonging by being noticed", Match.NAME),
        ("  the   inh", "The inherited drive", Match.NAME),
        ("notic", "Belonging by being noticed", Match.WORD),
        ("being not", "Belonging by being noticed", Match.WORD),
        ("support", "Peer-support", Match.WORD),
        ("bbbn", "Belonging by being noticed", Match.INITIALS),
        ("tid", "The inherited drive", Match.INITIALS),
        ("ojow", "Our jokes, our words", Match.INITIALS),
        ("belnoging", "Belonging by being noticed", Match.TYPO),
        ("inhereted", "The inherited drive", Match.TYPO),
        ("belongng", "Belonging by being noticed", Match.TYPO),
        ("bellonging", "Belonging by being noticed", Match.TYPO),
        ("silense", "Silence can be either", Match.TYPO),
        ("distance / silence can be either", "Silence can be either", Match.WHOLE),
        ("ét", "Été à deux", Match.NAME),
        ("归属", "归属感", Match.NAME),
        ("i", "I", Match.WHOLE),
    ],
)
def test_what_enter_takes(typed: str, name: str, match: Match) -> None:
    assert first(typed) == (name, match)
    assert find_codes(CODES, typed, {})[0].certain


@pytest.mark.parametrize("typed", ["folder", "longing", "distance", "sees whether", "belonging to a place elsewhere"])
def test_what_is_only_listed_is_never_taken(typed: str) -> None:
    assert not any(hit.certain for hit in find_codes(CODES, typed, {}))


@pytest.mark.parametrize("typed", ["zzz", "xq", "?", "(", "\\", "%", ".*", "x" * 400])
def test_what_fits_nothing_finds_nothing_certain(typed: str) -> None:
    assert not any(hit.certain for hit in find_codes(CODES, typed, {}))


@pytest.mark.parametrize("typed", ["", "   "])
def test_nothing_typed_lists_the_nearest_first(typed: str) -> None:
    hits = find_codes(CODES, typed, {"Peer-support": 0, "Été à deux": 1, "I": 2})
    assert [hit.code.name for hit in hits[:3]] == ["Peer-support", "Été à deux", "I"]
    assert not any(hit.certain for hit in hits)


def test_among_equals_the_code_of_this_turn_comes_first() -> None:
    codes = [code("place of work"), code("place to be"), code("place")]
    assert find_codes(codes, "pla", {})[0].code.name == "place"
    assert find_codes(codes, "pla", {"place to be": 0, "place": 1})[0].code.name == "place to be"


def test_the_whole_name_comes_before_longer_names_however_near_they_are() -> None:
    codes = [code("place of work"), code("place")]
    assert find_codes(codes, "Place", {"place of work": 0})[0].code.name == "place"


def test_what_may_be_taken_comes_nearest_first_whether_a_name_or_a_word_begins_so() -> None:
    codes = [code("time for each other"), code("each to their own")]
    assert find_codes(codes, "each", {})[0].code.name == "each to their own"
    assert find_codes(codes, "each", {"time for each other": 0})[0].code.name == "time for each other"


def test_a_fit_comes_before_a_typo_and_a_typo_before_what_is_only_listed_however_near() -> None:
    codes = [code("Reach"), code("Teach"), code("Teaching one another"), code("Care", brief="How seniors teach")]
    near = {"Reach": 0, "Care": 0}
    found = [hit.code.name for hit in find_codes(codes, "teach", near)]
    assert found[0] == "Teach"
    assert found.index("Teaching one another") < found.index("Reach") < found.index("Care")


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("noticed belonging", "Belonging by being noticed"),
        ("drive inherited", "The inherited drive"),
        ("whether sees", "Belonging by being noticed"),
        ("foldr", "The inherited drive"),
        ("handed shared", "The inherited drive"),
        ("bbb", "Belonging by being noticed"),
        ("distance", "Silence can be either"),
    ],
)
def test_word_order_typos_path_and_definition_are_listed_and_never_taken(typed: str, name: str) -> None:
    hits = find_codes(CODES, typed, {})
    assert name in [hit.code.name for hit in hits]
    assert not any(hit.certain for hit in hits)


def test_letters_written_with_a_mark_of_their_own_are_the_same_letters() -> None:
    assert find_codes(CODES, "e\u0301te\u0301", {})[0].match == Match.NAME


def test_an_index_answers_again_and_again_alike() -> None:
    index = CodeIndex(CODES)
    for typed in ("bel", "belo", "belon", "belnog", "bel"):
        assert index.find(typed, {}) == find_codes(CODES, typed, {})


def test_short_words_are_not_guessed_at() -> None:
    assert not any(hit.certain for hit in find_codes([code("cat")], "car", {}))


def test_a_new_name_that_only_begins_like_a_code_is_not_that_code() -> None:
    assert not any(hit.certain for hit in find_codes(CODES, "belonging elsewhere", {}))
    assert not any(hit.certain for hit in find_codes([code("care")], "career", {}))


def test_the_list_has_an_end() -> None:
    many = [code(f"place {number}") for number in range(300)]
    assert len(find_codes(many, "place", {})) == 8
    assert len(find_codes(many, "", {}, limit=3)) == 3
