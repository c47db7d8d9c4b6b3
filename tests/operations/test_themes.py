"""Themes, mappings and memos: what feeds what, two levels and an umbrella, and theory in words."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from app.analysis.codes import memo_text
from app.analysis.themes import (
    excerpts_of_theme,
    find_entry,
    lens_in_use,
    lens_rows,
    mapping_rows,
    theme_rows,
    unexplained,
)
from app.errors import NotPossible
from app.importers.lens_file import EntryDraft, LensDraft, parse_lens
from app.models import Memo
from app.models.kinds import Belongs, CodeRole, Direction, ThemeKind, ThemeStatus, Weight
from app.operations.codes import create_code
from app.operations.codings import code_excerpt, code_passage
from app.operations.decisions import bring_excerpt_in, decide
from app.operations.excerpts import take_excerpt
from app.operations.lenses import add_lens, use_lens
from app.operations.mappings import map_theme, say_unexplained, unmap_theme
from app.operations.memos import SUBJECTS, write_memo
from app.operations.themes import (
    add_code,
    create_theme,
    delete_theme,
    edit_theme,
    find_theme,
    make_overarching,
    move_code_between,
    move_theme,
    set_role,
    take_code_out,
)
from app.study import Study
from tests.material import Talk, rows_of


def tree(study: Study) -> list[tuple[int, str, str]]:
    """(depth, name, kind) of every theme, in tree order."""
    with study.read() as session:
        return [(row.depth, row.name, row.kind.value) for row in theme_rows(session)]


def fed_by(study: Study, theme_id: str) -> list[tuple[str, str]]:
    """(code id, role) of a theme, in order."""
    with study.read() as session:
        return next([(c, r.value) for c, r in row.codes] for row in theme_rows(session) if row.id == theme_id)


def test_a_theme_is_made_from_codes_and_a_code_feeds_several(study: Study) -> None:
    one, two = study.run(create_code, "One"), study.run(create_code, "Two")
    home = study.run(create_theme, "Home", code_ids=[two, one])
    away = study.run(create_theme, "Away", code_ids=[one])
    assert fed_by(study, home) == [(two, "part"), (one, "part")]
    assert fed_by(study, away) == [(one, "part")]
    assert study.run(add_code, away, one) is False
    assert study.run(add_code, away, two, CodeRole.CONTRAST) is True
    assert fed_by(study, away) == [(one, "part"), (two, "contrast")]


def test_a_theme_with_a_code_that_is_gone_is_not_half_made(study: Study) -> None:
    before = rows_of(study)
    with pytest.raises(NotPossible):
        study.run(create_theme, "Home", code_ids=[study.run(create_code, "One"), "gone"])
    study.undo()
    assert rows_of(study) == before


def test_a_code_moves_between_themes_with_its_role_and_note(study: Study) -> None:
    code_id, other = study.run(create_code, "One"), study.run(create_code, "Two")
    home, away = study.run(create_theme, "Home", code_ids=[code_id]), study.run(create_theme, "Away", code_ids=[other])
    study.run(set_role, home, code_id, CodeRole.CORE)
    before = rows_of(study)
    study.run(move_code_between, code_id, home, away)
    assert fed_by(study, home) == []
    assert fed_by(study, away) == [(other, "part"), (code_id, "core")]
    study.undo()
    assert rows_of(study) == before
    study.run(move_code_between, code_id, home, home)
    assert rows_of(study) == before
    study.run(add_code, away, code_id, CodeRole.CONTRAST)
    study.run(move_code_between, code_id, home, away)
    assert fed_by(study, away) == [(other, "part"), (code_id, "contrast")]
    study.run(move_code_between, code_id, home, away)
    assert len(rows_of(study)["theme_code"]) == 2


def test_taking_a_code_out_that_is_not_in_says_so(study: Study) -> None:
    code_id, home = study.run(create_code, "One"), study.run(create_theme, "Home")
    assert study.run(take_code_out, home, code_id) is False
    with pytest.raises(NotPossible):
        study.run(set_role, home, code_id, CodeRole.CORE)
    study.run(add_code, home, code_id)
    assert study.run(take_code_out, home, code_id) is True
    assert fed_by(study, home) == []


def test_two_themes_never_bear_one_name(study: Study) -> None:
    home = study.run(create_theme, "Home")
    study.run(create_theme, "Away")
    for double in ("home", " HOME "):
        with pytest.raises(NotPossible, match="already a theme"):
            study.run(create_theme, double, parent_id=home)
    with pytest.raises(NotPossible):
        study.run(edit_theme, home, name="away")
    study.run(edit_theme, home, name="HOME")
    with study.read() as session:
        assert find_theme(session, " home") == home


def test_fields_of_a_theme_are_set_and_others_refused(study: Study) -> None:
    home = study.run(create_theme, "Home")
    study.run(edit_theme, home, concept="One is missed", definition="d", boundary="b", story="s", implication="i",
              status=ThemeStatus.DEFINED)  # fmt: skip
    with study.read() as session:
        (row,) = theme_rows(session)
    assert (row.concept, row.boundary, row.implication, row.status) == ("One is missed", "b", "i", "defined and named")
    for wrong in ({"kind": "subtheme"}, {"name": ""}, {"owner": "me"}):
        with pytest.raises(NotPossible):
            study.run(edit_theme, home, **wrong)


def test_under_a_theme_stands_a_subtheme_and_under_an_umbrella_a_theme(study: Study) -> None:
    top = study.run(create_theme, "Top")
    study.run(make_overarching, top, True)
    theme = study.run(create_theme, "Theme", parent_id=top)
    sub = study.run(create_theme, "Sub", parent_id=theme)
    assert tree(study) == [(0, "Top", "overarching"), (1, "Theme", "theme"), (2, "Sub", "subtheme")]
    with pytest.raises(NotPossible, match="two levels"):
        study.run(create_theme, "Deeper", parent_id=sub)
    study.run(move_theme, sub, None)
    assert tree(study)[-1] == (0, "Sub", "theme")
    study.run(move_theme, sub, top, 0)
    assert tree(study)[1] == (1, "Sub", "theme")


def test_a_theme_with_subthemes_cannot_become_one(study: Study) -> None:
    home, away = study.run(create_theme, "Home"), study.run(create_theme, "Away")
    study.run(create_theme, "Sub", parent_id=home)
    with pytest.raises(NotPossible, match="has subthemes"):
        study.run(move_theme, home, away)
    assert tree(study) == [(0, "Home", "theme"), (1, "Sub", "subtheme"), (0, "Away", "theme")]


def test_what_stands_under_an_umbrella_follows_it(study: Study) -> None:
    home = study.run(create_theme, "Home")
    sub = study.run(create_theme, "Sub", parent_id=home)
    study.run(make_overarching, home, True)
    assert tree(study) == [(0, "Home", "overarching"), (1, "Sub", "theme")]
    study.run(make_overarching, home, False)
    assert tree(study) == [(0, "Home", "theme"), (1, "Sub", "subtheme")]
    with pytest.raises(NotPossible):
        study.run(make_overarching, sub, True)
    study.run(make_overarching, home, True)
    study.run(create_theme, "Below", parent_id=sub)
    with pytest.raises(NotPossible):
        study.run(make_overarching, home, False)
    with pytest.raises(NotPossible, match="stands on top"):
        study.run(move_theme, home, study.run(create_theme, "Other"))


def test_a_cycle_of_themes_is_refused(study: Study) -> None:
    top = study.run(create_theme, "Top", kind=ThemeKind.OVERARCHING)
    theme = study.run(create_theme, "Theme", parent_id=top)
    study.run(make_overarching, top, True)
    for below in (top, theme):
        with pytest.raises(NotPossible):
            study.run(move_theme, top, below)
    with pytest.raises(NotPossible):
        study.run(move_theme, theme, theme)


def test_a_deleted_theme_takes_subthemes_and_leaves_codes_and_excerpts(study: Study, talk: Talk) -> None:
    code_id = study.run(create_code, "One")
    coded = study.run(code_passage, talk.source_id, *talk.span("belong"), code_id)
    home = study.run(create_theme, "Home", code_ids=[code_id])
    sub = study.run(create_theme, "Sub", parent_id=home, code_ids=[code_id])
    study.run(decide, sub, coded.excerpt_id, belongs="in")
    study.run(write_memo, "theme", sub, "words")
    study.run(delete_theme, home)
    rows = rows_of(study)
    assert [len(rows[table]) for table in ("theme", "theme_code", "theme_excerpt", "memo")] == [0, 0, 0, 0]
    assert [len(rows[table]) for table in ("code", "coding", "excerpt")] == [1, 1, 1]


def test_excerpts_of_a_theme_come_from_its_codes_those_beneath_and_those_brought_in(study: Study, talk: Talk) -> None:
    one, two, three = (study.run(create_code, name) for name in ("One", "Two", "Three"))
    home = study.run(create_theme, "Home", code_ids=[one])
    study.run(create_theme, "Sub", parent_id=home, code_ids=[two])
    later = study.run(code_passage, talk.source_id, *talk.span("pass it on"), one).excerpt_id
    first = study.run(code_passage, talk.source_id, *talk.span("belong"), two).excerpt_id
    study.run(code_excerpt, first, one)
    study.run(code_passage, talk.source_id, *talk.span("Same here"), three)
    brought = study.run(take_excerpt, talk.source_id, *talk.span("noticed"))
    study.run(bring_excerpt_in, home, brought)
    study.run(decide, home, brought, belongs="out", runs_against=True, why="the other way round")
    with study.read() as session:
        rows = excerpts_of_theme(session, home)
        assert [row.excerpt_id for row in rows] == [first, brought, later]
        assert set(rows[0].code_ids) == {one, two}
        assert (rows[0].belongs, rows[1].belongs, rows[1].runs_against) == ("undecided", "out", True)
        assert rows[1].code_ids == ()
        assert excerpts_of_theme(session, "gone") == []


def test_decisions_are_independent_of_each_other(study: Study, talk: Talk) -> None:
    home = study.run(create_theme, "Home")
    excerpt_id = study.run(take_excerpt, talk.source_id, *talk.span("belong"))
    for decision in ({"belongs": Belongs.IN}, {"runs_against": True}, {"quoted_order": 2}, {"edited_text": "b […]"},
                     {"gloss": "her word"}, {"why": "because"}):  # fmt: skip
        study.run(decide, home, excerpt_id, **decision)
    (row,) = rows_of(study)["theme_excerpt"]
    assert (row["belongs"], row["runs_against"], row["quoted_order"], row["edited_text"], row["gloss"]) == (
        "in", True, 2, "b […]", "her word")  # fmt: skip
    study.run(decide, home, excerpt_id, quoted_order=None)
    assert rows_of(study)["theme_excerpt"][0]["belongs"] == "in"
    for wrong in ((home, "gone", {"belongs": "in"}), ("gone", excerpt_id, {"belongs": "in"}),
                  (home, excerpt_id, {"verdict": 1})):  # fmt: skip
        with pytest.raises(NotPossible):
            study.run(decide, wrong[0], wrong[1], **wrong[2])


# Mappings --------------------------------------------------------------------------------------------------------


def test_the_three_dimensions_are_there_from_the_start(study: Study) -> None:
    with study.read() as session:
        lens = lens_in_use(session)
        assert lens is not None
        assert [entry.name for entry in lens.entries] == ["Mutual engagement", "Joint enterprise", "Shared repertoire"]
        assert all("Wenger" in entry.citation and entry.definition for entry in lens.entries)
        for name in ("joint_enterprise", "Joint Enterprise", lens.entries[1].id):
            assert find_entry(session, name) == lens.entries[1].id
        assert find_entry(session, "Nothing") is None


def entry(study: Study, name: str) -> str:
    with study.read() as session:
        found = find_entry(session, name)
    assert found is not None
    return found


def test_a_mapping_says_weight_direction_and_why_in_words(study: Study) -> None:
    home, joint = study.run(create_theme, "Home"), entry(study, "Joint enterprise")
    mapping = study.run(map_theme, home, joint, weight=Weight.CENTRAL, direction=Direction.FAILING, rationale="r \r\n")
    assert study.run(map_theme, home, joint, weight=Weight.IN_PASSING) == mapping
    with study.read() as session:
        lens = lens_in_use(session)
        assert lens is not None
        (row,) = mapping_rows(session, lens.id)
    assert (row.weight, row.direction, row.rationale) == ("in passing", "shows it failing or absent", "r")
    assert study.run(unmap_theme, home, joint) is True
    assert study.run(unmap_theme, home, joint) is False
    with pytest.raises(NotPossible):
        study.run(map_theme, home, "gone")


def test_switching_lenses_loses_no_mapping(study: Study) -> None:
    home, joint = study.run(create_theme, "Home"), entry(study, "Joint enterprise")
    study.run(map_theme, home, joint)
    modes = study.run(add_lens, parse_lens({"name": "Modes of belonging", "entries": [{"name": "Engagement"}]}))
    study.run(use_lens, modes)
    study.run(say_unexplained, home, modes, "why they laugh")
    with study.read() as session:
        first, second = lens_rows(session)
        assert (len(mapping_rows(session, first.id)), len(mapping_rows(session, second.id))) == (1, 0)
        assert (unexplained(session, first.id), unexplained(session, second.id)) == ({}, {home: "why they laugh"})
        assert find_entry(session, "joint enterprise") == joint
    study.run(say_unexplained, home, modes, "  ")
    assert rows_of(study)["unexplained"] == []
    for lens in (LensDraft("MODES of belonging"), LensDraft(""), LensDraft("New", entries=(EntryDraft(""),)),
                 LensDraft("New", entries=(EntryDraft("a"), EntryDraft("A")))):  # fmt: skip
        with pytest.raises(NotPossible):
            study.run(add_lens, lens)
    assert len(rows_of(study)["lens"]) == 2


# Memos -----------------------------------------------------------------------------------------------------------


def test_a_memo_can_be_written_on_everything_it_says(study: Study, talk: Talk) -> None:
    code_id = study.run(create_code, "One")
    study.run(code_passage, talk.source_id, *talk.span("belong"), code_id)
    study.run(create_theme, "Home")
    tables = {"group": "focus_group"}
    for subject in SUBJECTS:
        key = str(rows_of(study)[tables.get(subject, subject)][0]["id"])
        study.run(write_memo, subject, key, f"on {subject}\r\n")
        with study.read() as session:
            assert memo_text(session, subject, key) == f"on {subject}"
    assert len(rows_of(study)["memo"]) == 7


def test_one_memo_of_a_kind_is_changed_and_emptied(study: Study) -> None:
    code_id = study.run(create_code, "One")
    first = study.run(write_memo, "code", code_id, "a thought")
    assert study.run(write_memo, "code", code_id, "a better thought") == first
    assert study.run(write_memo, "code", code_id, "in theory", kind="theory") != first
    step = study.next_undo()
    assert step is not None
    assert step.label == "Write memo on code"
    assert study.run(write_memo, "code", code_id, " \n") is None
    with study.read() as session:
        assert [(memo.kind, memo.text) for memo in session.scalars(select(Memo))] == [("theory", "in theory")]
    study.undo()
    with study.read() as session:
        assert memo_text(session, "code", code_id) == "a better thought"


def test_a_memo_on_nothing_is_refused(study: Study) -> None:
    for subject, key in (("code", "gone"), ("person", "gone"), ("created_at", "x")):
        with pytest.raises(NotPossible):
            study.run(write_memo, subject, key, "words")
    assert rows_of(study)["memo"] == []
