"""Codes: their names, their tree, setting aside, deleting; and tagging excerpts with them."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from sqlalchemy import insert

from app.analysis.codes import code_rows, codings_of_code, excerpts_without_code, taken_with_code
from app.errors import NotPossible
from app.models import Code
from app.models.kinds import CodeOrigin, CodeStatus
from app.models.verbs import Verb
from app.operations.codes import (
    PALETTE,
    bring_back,
    create_code,
    delete_code,
    edit_code,
    ensure_code,
    find_code,
    move_code,
    set_aside,
)
from app.operations.codings import code_excerpt, code_passage, mark_unsure, remove_code
from app.operations.themes import create_theme
from app.study import Study
from tests.material import Talk, rows_of


def paths(study: Study) -> list[str]:
    """The tree of codes as "parent / child", in order."""
    with study.read() as session:
        return [row.path for row in code_rows(session)]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Being   noticed ", "Being noticed"),
        ("Being\tnoticed\nat\r\nall", "Being noticed at all"),
        ("a\u2028b\u2029c\x0bd\x85e", "a b c d e"),
        ("bell\x07 and nul\0", "bell and nul"),
        ("\u202eevil\u202c \u200fmark\u2069", "evil mark"),
        ("\ufeffbom", "bom"),
        ("soft\u00adhyphen", "softhyphen"),
        ("cafe\u0301", "caf\u00e9"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("👨\u200d👩\u200d👧 home", "👨\u200d👩\u200d👧 home"),
        ("non\u00a0breaking", "non breaking"),
        ("half \ud83d of one", "half \ufffd of one"),
        ("<b>&amp;", "<b>&amp;"),
        ("=SUM(A1)", "=SUM(A1)"),
        ("x" * 200, "x" * 200),
    ],
)
def test_a_name_is_kept_in_one_safe_line(study: Study, typed: str, kept: str) -> None:
    study.run(create_code, typed)
    assert paths(study) == [kept]
    study.run(edit_code, rows_of(study)["code"][0]["id"], name="other")
    study.run(edit_code, rows_of(study)["code"][0]["id"], name=typed)
    assert paths(study) == [kept]


@pytest.mark.parametrize("typed", ["", "   ", "\0", "\u202e\u200f", "\u200d", " \u200c ", "x" * 201, "x" * 10_000])
def test_a_name_that_says_nothing_or_too_much_is_refused(study: Study, typed: str) -> None:
    with pytest.raises(NotPossible):
        study.run(create_code, typed)
    with pytest.raises(NotPossible):
        study.run(ensure_code, typed)
    assert paths(study) == []


def test_a_double_but_for_case_or_composition_is_refused_among_siblings_only(study: Study) -> None:
    first = study.run(create_code, "Café")
    for double in ("café", "CAFÉ", "Cafe\u0301", " Café\u200f"):
        with pytest.raises(NotPossible, match="already a code"):
            study.run(create_code, double)
    study.run(create_code, "café", parent_id=first)
    other = study.run(create_code, "Other")
    with pytest.raises(NotPossible):
        study.run(edit_code, other, name="CAFÉ")
    study.run(edit_code, first, name="CAFÉ")
    assert paths(study) == ["CAFÉ", "CAFÉ / café", "Other"]


def test_a_name_that_begins_another_is_its_own_code(study: Study) -> None:
    team, teamwork = study.run(ensure_code, "team"), study.run(ensure_code, "teamwork")
    assert team != teamwork
    assert study.run(ensure_code, "Team") == team
    with study.read() as session:
        assert find_code(session, "teamwor") is None
        assert find_code(session, "TEAMWORK") == teamwork


def test_a_path_makes_what_is_missing_and_finds_what_is_there(study: Study) -> None:
    child = study.run(ensure_code, "Belonging / Being noticed")
    assert study.run(ensure_code, "belonging / being noticed") == child
    study.run(ensure_code, "Belonging / Being noticed / By name")
    study.run(ensure_code, "Belonging/Home")
    assert paths(study) == [
        "Belonging",
        "Belonging / Being noticed",
        "Belonging / Being noticed / By name",
        "Belonging/Home",
    ]
    for broken in ("Belonging / ", " / Home", " / "):
        with pytest.raises(NotPossible):
            study.run(ensure_code, broken)
    assert len(paths(study)) == 4


def test_a_code_with_the_slash_in_its_name_is_found_before_a_child_is_made(study: Study) -> None:
    code_id = study.run(create_code, "mentor / mentee")
    assert study.run(ensure_code, "Mentor / Mentee") == code_id
    under = study.run(create_code, "give / take", parent_id=code_id)
    assert study.run(ensure_code, "mentor / mentee") == code_id
    with study.read() as session:
        assert find_code(session, "give / take", code_id) == under


def test_hues_follow_one_another_and_a_wrong_one_is_refused(study: Study) -> None:
    for number in range(9):
        study.run(create_code, f"Code {number}")
    with study.read() as session:
        assert [row.colour for row in code_rows(session)] == [*PALETTE, PALETTE[0]]
    with pytest.raises(NotPossible):
        study.run(create_code, "Loud", colour="red; drop")
    code_id = study.run(create_code, "Quiet", colour="#aabbcc")
    study.run(edit_code, code_id, colour="#ddeeff")
    assert next(row for row in rows_of(study)["code"] if row["id"] == code_id)["colour"] == "#DDEEFF"


def test_fields_of_a_code_are_set_and_others_refused(study: Study, talk: Talk) -> None:
    code_id = study.run(create_code, "Belonging", origin=CodeOrigin.IN_VIVO)
    fields = {"brief": "b", "full": "f\r\ng\rh\0 ", "when_to_use": "w", "when_not_to_use": "n", "semantic_latent": 3}
    study.run(edit_code, code_id, **fields, origin="theory-led")
    (row,) = rows_of(study)["code"]
    assert (row["full"], row["semantic_latent"], row["origin"]) == ("f\ng\nh", 3, "theory-led")
    for wrong in ({"status": "set aside"}, {"id": "x"}, {"semantic_latent": 9}, {"example_excerpt_id": "gone"}):
        with pytest.raises(NotPossible):
            study.run(edit_code, code_id, **wrong)
    with pytest.raises(NotPossible):
        study.run(edit_code, "gone", name="x")
    assert rows_of(study)["code"] == [row]


def test_codes_move_and_keep_their_order(study: Study) -> None:
    ids = {name: study.run(create_code, name) for name in "ABCD"}
    study.run(move_code, ids["D"], None, 0)
    study.run(move_code, ids["B"], ids["A"])
    study.run(move_code, ids["C"], ids["A"], 0)
    assert paths(study) == ["D", "A", "A / C", "A / B"]


def test_a_code_cannot_move_under_itself_or_beside_its_double(study: Study) -> None:
    grandchild = study.run(ensure_code, "A / B / C")
    with study.read() as session:
        ids = {row.name: row.id for row in code_rows(session)}
    for target in (ids["A"], ids["B"], grandchild):
        with pytest.raises(NotPossible, match="under itself"):
            study.run(move_code, ids["A"], target)
    study.run(create_code, "c")
    with pytest.raises(NotPossible, match="already"):
        study.run(move_code, grandchild, None)
    with pytest.raises(NotPossible):
        study.run(move_code, grandchild, "gone")


def test_a_tree_a_thousand_levels_deep_is_read(study: Study) -> None:
    now = datetime(2026, 1, 1, tzinfo=UTC)
    chain = [{"id": f"c{depth}", "name": "x", "parent_id": f"c{depth - 1}" if depth else None, "colour": "#000000",
              "created_at": now} for depth in range(1100)]  # fmt: skip
    with study.change("Chain", Verb.CREATE_CODE) as session:
        session.execute(insert(Code), chain)
    assert len(paths(study)) == 1100


def test_a_code_set_aside_keeps_its_codings_but_takes_no_more(study: Study, talk: Talk) -> None:
    code_id = study.run(create_code, "Belonging")
    coded = study.run(code_passage, talk.source_id, *talk.span("belong"), code_id)
    study.run(set_aside, code_id, "too broad")
    before = rows_of(study)
    with pytest.raises(NotPossible, match="set aside"):
        study.run(code_passage, talk.source_id, *talk.span("place"), code_id)
    assert rows_of(study) == before
    assert study.run(code_excerpt, coded.excerpt_id, code_id).created is False
    with study.read() as session:
        (row,) = code_rows(session)
        assert (row.status, row.set_aside_reason) == (CodeStatus.SET_ASIDE, "too broad")
        assert len(codings_of_code(session, code_id)) == 1
    study.run(bring_back, code_id)
    assert study.run(code_passage, talk.source_id, *talk.span("place"), code_id).created


def test_deleting_a_code_leaves_its_excerpts_in_the_list_of_those_without_code(study: Study, talk: Talk) -> None:
    code_id, other = study.run(create_code, "Belonging"), study.run(create_code, "Other")
    alone = study.run(code_passage, talk.source_id, *talk.span("belong"), code_id)
    shared = study.run(code_passage, talk.source_id, *talk.span("place"), code_id)
    study.run(code_excerpt, shared.excerpt_id, other)
    study.run(create_theme, "Home", code_ids=[code_id])
    study.run(ensure_code, "Belonging / Child")
    with study.read() as session:
        assert taken_with_code(session, code_id) == (2, 1, 1)
    study.run(delete_code, code_id)
    with study.read() as session:
        assert [row.excerpt_id for row in excerpts_without_code(session)] == [alone.excerpt_id]
        assert [row.excerpt_id for row in codings_of_code(session, other)] == [shared.excerpt_id]
    assert set(paths(study)) == {"Other", "Child"}


def test_codes_beneath_a_deleted_one_stand_where_it_stood(study: Study) -> None:
    for path in ("A", "B / one", "B / two", "C"):
        study.run(ensure_code, path)
    with study.read() as session:
        parent = find_code(session, "B")
    assert parent is not None
    study.run(delete_code, parent)
    assert paths(study) == ["A", "one", "two", "C"]


def test_a_code_with_a_child_of_its_own_name_can_be_deleted(study: Study) -> None:
    study.run(ensure_code, "Belonging / Belonging")
    before = rows_of(study)
    with study.read() as session:
        parent = find_code(session, "Belonging")
    assert parent is not None
    study.run(delete_code, parent)
    assert paths(study) == ["Belonging"]
    step = study.undo()
    assert step is not None
    assert step.label == "Delete code ‘Belonging’"
    assert rows_of(study) == before


def test_a_code_whose_child_would_meet_its_double_is_not_deleted(study: Study) -> None:
    study.run(ensure_code, "A / Home")
    study.run(ensure_code, "home")
    before = rows_of(study)
    with study.read() as session:
        parent = find_code(session, "A")
    with pytest.raises(NotPossible, match="already"):
        study.run(delete_code, parent)
    assert rows_of(study) == before


def test_coding_the_same_again_changes_nothing(study: Study, talk: Talk) -> None:
    code_id = study.run(create_code, "Belonging")
    first = study.run(code_passage, talk.source_id, *talk.span("belong"), code_id)
    last = study.next_undo()
    again = study.run(code_passage, talk.source_id, *talk.span("belong."), code_id)
    assert (first.created, again.created) == (True, False)
    assert (again.excerpt_id, again.coding_id) == (first.excerpt_id, first.coding_id)
    assert study.next_undo() == last


def test_several_codes_and_overlaps_stand_side_by_side(study: Study, talk: Talk) -> None:
    one, two = study.run(create_code, "One"), study.run(create_code, "Two")
    a = study.run(code_passage, talk.source_id, *talk.span("a place where I belong"), one)
    b = study.run(code_passage, talk.source_id, *talk.span("a place where I belong"), two)
    c = study.run(code_passage, talk.source_id, *talk.span("where I belong"), one)
    assert a.excerpt_id == b.excerpt_id != c.excerpt_id
    assert study.run(remove_code, a.excerpt_id, one) is True
    assert study.run(remove_code, a.excerpt_id, one) is False
    assert {row["id"] for row in rows_of(study)["coding"]} == {b.coding_id, c.coding_id}


def test_being_unsure_is_said_and_taken_back(study: Study, talk: Talk) -> None:
    code_id = study.run(create_code, "Belonging")
    coded = study.run(code_passage, talk.source_id, *talk.span("belong"), code_id, unsure=True)
    assert rows_of(study)["coding"][0]["unsure"] == 1
    study.run(mark_unsure, coded.coding_id, False)
    assert rows_of(study)["coding"][0]["unsure"] == 0


def test_coding_with_what_is_gone_is_refused(study: Study, talk: Talk) -> None:
    code_id = study.run(create_code, "Belonging")
    for source_id, key in ((talk.source_id, "gone"), ("gone", code_id)):
        with pytest.raises(NotPossible, match="not in the study any more"):
            study.run(code_passage, source_id, 0, 5, key)
    assert rows_of(study)["excerpt"] == []
