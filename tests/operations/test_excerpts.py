"""Taking excerpts: what becomes one, what joins one, and that nothing before it shifts it."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from app.errors import NotPossible
from app.models import Excerpt, Speaker
from app.models.kinds import ExcerptLevel, SpeakerKind
from app.operations.codes import create_code
from app.operations.codings import code_excerpt, code_passage
from app.operations.excerpts import delete_excerpt, move_ends, take_excerpt
from app.operations.people import link_speaker
from app.study import Study
from tests.material import Talk, bring_in, draft_of, rows_of


def excerpt(study: Study, excerpt_id: str) -> Excerpt:
    with study.read() as session:
        return session.get_one(Excerpt, excerpt_id)


@pytest.mark.parametrize(
    ("start", "end", "sentence"),
    [
        (5, 3, "ends (3) before it starts (5)"),
        (-1, 5, "reaches outside"),
        (0, 100_000, "reaches outside"),
        (100_000, 100_001, "reaches outside"),
        (7, 7, "no words"),
        (41, 42, "no words"),
    ],
)
def test_offsets_that_cannot_be_an_excerpt_are_refused(
    study: Study, talk: Talk, start: int, end: int, sentence: str
) -> None:
    assert talk.text[41] == "\n"
    before = rows_of(study)
    code_id = study.run(create_code, "Belonging")
    for refused in (
        lambda: study.run(take_excerpt, talk.source_id, start, end),
        lambda: study.run(code_passage, talk.source_id, start, end, code_id),
    ):
        with pytest.raises(NotPossible) as caught:
            refused()
        assert sentence in caught.value.sentence
    study.undo()
    assert rows_of(study) == before


def test_a_transcript_that_is_gone_is_said_so(study: Study) -> None:
    with pytest.raises(NotPossible, match="not in the study any more"):
        study.run(take_excerpt, "gone", 0, 5)


def test_the_whole_text_to_its_last_character_can_be_taken(study: Study, talk: Talk) -> None:
    taken = excerpt(study, study.run(take_excerpt, talk.source_id, 0, len(talk.text)))
    assert (taken.start, taken.end, taken.quote) == (0, len(talk.text) - 1, talk.text.rstrip())


@pytest.mark.parametrize("space", [" ", "\n", "\t", "\u00a0", "\u3000", "\u2003 \n"])
def test_ends_are_trimmed_of_spaces_of_every_kind(study: Study, space: str) -> None:
    talk = bring_in(study, draft_of((("Nur", f"so{space}we belong{space}here"),)))
    start, end = talk.span(f"{space}we belong{space}")
    taken = excerpt(study, study.run(take_excerpt, talk.source_id, start, end))
    assert (taken.quote, taken.start) == ("we belong", start + len(space))


@pytest.mark.parametrize("words", ["“pass it on”", "pass it on.”", " …pass it on", "“pass it on.” ", "¿pass it on?!)"])
def test_a_span_that_differs_in_edge_punctuation_alone_is_the_same_excerpt(study: Study, words: str) -> None:
    talk = bring_in(study, draft_of((("Nur", f"I said ({words}) to them"), ("Bilal", "pass it on"))))
    first = study.run(take_excerpt, talk.source_id, *talk.span("pass it on"))
    assert study.run(take_excerpt, talk.source_id, *talk.span(words)) == first
    assert excerpt(study, first).quote == "pass it on"
    assert study.run(take_excerpt, talk.source_id, *talk.span("I said")) != first


def test_a_span_that_differs_in_a_letter_or_a_symbol_is_another_excerpt(study: Study) -> None:
    talk = bring_in(study, draft_of((("Nur", "we pay €5 + a 🙂 each"),)))
    spans = ("5", "€5", "+ a", "a", "a 🙂", "we pay €5 + a 🙂 each")
    assert len({study.run(take_excerpt, talk.source_id, *talk.span(words)) for words in spans}) == len(spans)


def test_an_exact_match_goes_before_one_that_differs_in_punctuation(study: Study) -> None:
    talk = bring_in(study, draft_of((("Nur", "she said “home”, yes"),)))
    bare = study.run(take_excerpt, talk.source_id, *talk.span("home"))
    study.run(move_ends, bare, *talk.span("home”"))
    with study.change() as session:
        session.add(exact := Excerpt(source_id=talk.source_id, start=talk.span("“home”")[0], end=talk.span("“home”")[1],
                                     quote="“home”", created_at=session.at))  # fmt: skip
        create_code(session, "x")
    assert study.run(take_excerpt, talk.source_id, *talk.span("“home”")) == exact.id


def test_punctuation_alone_is_an_excerpt_of_its_own(study: Study) -> None:
    talk = bring_in(study, draft_of((("Nur", "well ... !? yes"),)))
    dots = study.run(take_excerpt, talk.source_id, *talk.span("..."))
    assert study.run(take_excerpt, talk.source_id, *talk.span("!?")) != dots


@pytest.mark.parametrize(
    "before",
    [
        "🙂👨‍👩‍👧 ",
        "\ufeff",
        "line\nline\n\n",
        "e\u0301a\u0308\u0323 ",
        "قالت: أنا هنا \u200f",
        "\u2066ראשון\u2069 ",
        "𝒳𝒴 汉字 ",
    ],
    ids=["emoji", "byte order mark", "lines", "combining marks", "Arabic", "isolates", "astral"],
)
def test_nothing_before_an_excerpt_shifts_it(study: Study, before: str) -> None:
    talk = bring_in(study, draft_of(before=before))
    span = talk.span("Somebody noticed")
    coded = study.run(code_passage, talk.source_id, *span, study.run(create_code, "Noticed"))
    taken = excerpt(study, coded.excerpt_id)
    assert (taken.quote, taken.start, taken.end) == ("Somebody noticed", *span)
    study.run(move_ends, coded.excerpt_id, *talk.span("noticed when I"))
    assert excerpt(study, coded.excerpt_id).quote == "noticed when I"


def test_moved_ends_change_the_quote_and_keep_the_codings(study: Study, talk: Talk) -> None:
    coded = study.run(code_passage, talk.source_id, *talk.span("belong"), study.run(create_code, "Belonging"))
    start, end = talk.span("where I belong.")
    study.run(move_ends, coded.excerpt_id, start - 1, end)
    assert excerpt(study, coded.excerpt_id).quote == "where I belong."
    assert [row["id"] for row in rows_of(study)["coding"]] == [coded.coding_id]
    study.undo()
    assert excerpt(study, coded.excerpt_id).quote == "belong"


def test_ends_cannot_move_onto_another_excerpt_or_out_of_the_text(study: Study, talk: Talk) -> None:
    one = study.run(take_excerpt, talk.source_id, *talk.span("belong"))
    two = study.run(take_excerpt, talk.source_id, *talk.span("place"))
    for start, end in (talk.span("belong"), (9, 2), (0, 99_999), (-3, 4), (3, 3)):
        with pytest.raises(NotPossible):
            study.run(move_ends, two, start, end)
    assert (excerpt(study, one).quote, excerpt(study, two).quote) == ("belong", "place")
    study.run(move_ends, two, *talk.span("place"))


def test_words_of_two_people_are_an_interaction(study: Study, talk: Talk) -> None:
    start, end = talk.span("I belong.")[0], talk.span("Same here")[1]
    both = excerpt(study, study.run(take_excerpt, talk.source_id, start, end))
    assert both.level == ExcerptLevel.INTERACTION


def test_words_of_one_person_and_the_moderator_are_individual(study: Study, talk: Talk) -> None:
    start, end = talk.span("Can you")[0], talk.span("Somebody noticed")[1]
    assert excerpt(study, study.run(take_excerpt, talk.source_id, start, end)).level == ExcerptLevel.INDIVIDUAL
    assert excerpt(study, study.run(take_excerpt, talk.source_id, *talk.span("Nur: It felt"))).level == "individual"


def test_two_labels_of_one_person_are_one_voice(study: Study) -> None:
    talk = bring_in(study, draft_of((("Nur", "It felt"), ("NUR A.", "like home."))))
    with study.read() as session:
        labels = {one.label: one for one in session.scalars(select(Speaker))}
    study.run(link_speaker, labels["NUR A."].id, SpeakerKind.PARTICIPANT, labels["Nur"].participant_id)
    taken = excerpt(study, study.run(take_excerpt, talk.source_id, 0, len(talk.text)))
    assert taken.level == ExcerptLevel.INDIVIDUAL


def test_the_same_span_may_be_both_individual_and_interaction(study: Study, talk: Talk) -> None:
    span = talk.span("belong")
    one = study.run(take_excerpt, talk.source_id, *span)
    two = study.run(take_excerpt, talk.source_id, *span, level=ExcerptLevel.INTERACTION, interaction="agreement")
    assert one != two
    assert excerpt(study, two).interaction == "agreement"


def test_a_deleted_excerpt_takes_its_codings_and_nothing_else(study: Study, talk: Talk) -> None:
    code_id = study.run(create_code, "Belonging")
    coded = study.run(code_passage, talk.source_id, *talk.span("belong"), code_id)
    kept = study.run(code_passage, talk.source_id, *talk.span("place"), code_id)
    study.run(delete_excerpt, coded.excerpt_id)
    rows = rows_of(study)
    assert [row["id"] for row in rows["coding"]] == [kept.coding_id]
    assert [row["id"] for row in rows["code"]] == [code_id]
    with pytest.raises(NotPossible):
        study.run(code_excerpt, coded.excerpt_id, code_id)
