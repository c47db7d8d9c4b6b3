"""Merging and splitting codes: nothing decided or written is lost, and undo brings everything back."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from app.analysis.codes import code_rows
from app.errors import NotPossible
from app.models import Code, CodeLineage, Coding, Memo, ThemeCode
from app.models.kinds import CodeRole, LineageKind
from app.operations.code_merging import merge_codes, split_code
from app.operations.codes import create_code, edit_code, set_aside
from app.operations.codings import code_passage
from app.operations.memos import write_memo
from app.operations.themes import add_code, create_theme
from app.study import Study
from tests.material import Talk, bring_in, draft_of, rows_of


@pytest.fixture
def talk(study: Study) -> Talk:
    """A transcript to code."""
    return bring_in(study, draft_of())


def paths(study: Study) -> list[str]:
    """The codes in tree order."""
    with study.read() as session:
        return [row.path for row in code_rows(session)]


def codings(study: Study, code_id: str) -> set[str]:
    """The excerpts of a code."""
    with study.read() as session:
        return set(session.scalars(select(Coding.excerpt_id).where(Coding.code_id == code_id)))


def test_merging_joins_doubles_and_a_sure_coding_stays_sure(study: Study, talk: Talk) -> None:
    one, other = study.run(create_code, "One"), study.run(create_code, "Other")
    both = study.run(code_passage, talk.source_id, *talk.span("belong"), one, unsure=True)
    study.run(code_passage, talk.source_id, *talk.span("belong"), other)
    alone = study.run(code_passage, talk.source_id, *talk.span("Same here"), other)
    study.run(write_memo, "coding", both.coding_id, "kept")
    before = rows_of(study)
    merged = study.run(merge_codes, [other], one)
    assert (merged.moved, merged.joined) == (1, 1)
    assert codings(study, one) == {both.excerpt_id, alone.excerpt_id}
    with study.read() as session:
        assert not any(session.scalars(select(Coding.unsure)))
        assert session.get(Code, other) is None
        (line,) = session.scalars(select(CodeLineage)).all()
        assert (line.code_id, line.kind, line.other_name) == (one, LineageKind.MERGED_FROM, "Other")
        assert session.scalar(select(Memo.text)) == "kept"
    study.undo()
    assert rows_of(study) == before


def test_memos_themes_definitions_and_codes_beneath_go_over(study: Study, talk: Talk) -> None:
    one, other = study.run(create_code, "One"), study.run(create_code, "Other")
    child, twin = study.run(create_code, "Child", parent_id=other), study.run(create_code, "child", parent_id=one)
    study.run(edit_code, other, brief="What it is", full="At length")
    study.run(edit_code, one, full="Mine")
    for code in (one, other):
        study.run(write_memo, "code", code, f"about {code == one}")
    theme, alone = study.run(create_theme, "T", code_ids=[one]), study.run(create_theme, "U")
    study.run(add_code, theme, other, CodeRole.CORE)
    study.run(add_code, alone, other, CodeRole.CONTRAST)
    study.run(merge_codes, [other], one)
    with study.read() as session:
        code = session.get_one(Code, one)
        assert (code.brief, code.full) == ("What it is", "Mine")
        assert session.get_one(Code, child).parent_id == one
        assert session.get_one(Code, child).name == "Child (2)"
        assert session.get_one(Code, twin).name == "child"
        assert session.scalar(select(Memo.text)) == (
            "about True\n\n(on ‘Other’) about False\n\n(full definition of ‘Other’) At length"
        )
        roles = {link.theme_id: link.role for link in session.scalars(select(ThemeCode)).all()}
        assert roles == {theme: CodeRole.CORE, alone: CodeRole.CONTRAST}


def test_a_code_that_is_wholly_semantic_stays_so(study: Study) -> None:
    one, other = study.run(create_code, "One"), study.run(create_code, "Other")
    study.run(edit_code, one, semantic_latent=0)
    study.run(edit_code, other, semantic_latent=4)
    study.run(merge_codes, [other], one)
    with study.read() as session:
        assert session.get_one(Code, one).semantic_latent == 0


def test_a_code_is_merged_into_one_beneath_it(study: Study) -> None:
    top = study.run(create_code, "Top")
    child = study.run(create_code, "Child", parent_id=top)
    grandchild = study.run(create_code, "Grandchild", parent_id=child)
    study.run(merge_codes, [top], grandchild)
    with study.read() as session:
        assert session.get_one(Code, grandchild).parent_id is None
        assert session.get_one(Code, child).parent_id == grandchild


def test_history_of_what_was_merged_before_goes_along(study: Study) -> None:
    first, second, third = (study.run(create_code, name) for name in ("First", "Second", "Third"))
    study.run(merge_codes, [first], second)
    study.run(merge_codes, [second], third)
    with study.read() as session:
        assert set(session.scalars(select(CodeLineage.other_name).where(CodeLineage.code_id == third))) == {
            "First",
            "Second",
        }


def test_what_cannot_be_merged_is_refused(study: Study) -> None:
    one, other = study.run(create_code, "One"), study.run(create_code, "Other")
    with pytest.raises(NotPossible, match="itself"):
        study.run(merge_codes, [one], one)
    study.run(set_aside, other)
    with pytest.raises(NotPossible, match="set aside"):
        study.run(merge_codes, [one], other)


def test_splitting_gives_some_excerpts_to_a_new_code_in_the_same_themes(study: Study, talk: Talk) -> None:
    code = study.run(create_code, "Wide")
    theme = study.run(create_theme, "T", code_ids=[code])
    excerpts = [
        study.run(code_passage, talk.source_id, *talk.span(words), code).excerpt_id for words in ("belong", "Same here")
    ]
    other = study.run(split_code, code, excerpts[:1], "Narrow")
    assert codings(study, code) == {excerpts[1]}
    assert codings(study, other) == {excerpts[0]}
    with study.read() as session:
        assert {link.code_id for link in session.scalars(select(ThemeCode).where(ThemeCode.theme_id == theme))} == {
            code,
            other,
        }
        (line,) = session.scalars(select(CodeLineage)).all()
        assert (line.code_id, line.kind, line.other_id) == (other, LineageKind.SPLIT_FROM, code)
    again = study.run(split_code, code, excerpts[1:], "narrow", keep_both=True)
    assert again == other
    assert codings(study, code) == {excerpts[1]}
    assert codings(study, other) == set(excerpts)
    for name, chosen in (("Wide", excerpts[1:]), ("Other", ["nobody"])):
        with pytest.raises(NotPossible):
            study.run(split_code, code, chosen, name)


def test_a_code_bears_the_name_of_the_one_above_and_takes_its_place(study: Study) -> None:
    study.run(create_code, "First")
    top = study.run(create_code, "Trust")
    study.run(create_code, "Last")
    child = study.run(create_code, "Trust", parent_id=top)
    other = study.run(create_code, "Last", parent_id=top)
    before = rows_of(study)
    study.run(merge_codes, [top], child)
    assert paths(study) == ["First", "Trust", "Trust / Last", "Last"]
    study.run(merge_codes, [child], other)
    assert paths(study) == ["First", "Last (2)", "Last"]
    study.undo()
    study.undo()
    assert rows_of(study) == before


def test_a_code_and_those_beneath_it_go_into_one_under_their_own_names(study: Study) -> None:
    top, target = study.run(create_code, "Top"), study.run(create_code, "Target")
    child = study.run(create_code, "Same", parent_id=top)
    study.run(create_code, "Same", parent_id=target)
    grandchild = study.run(create_code, "Same", parent_id=child)
    done = study.run(merge_codes, [top, child], target)
    assert done.beneath == 1
    assert paths(study) == ["Target", "Target / Same", "Target / Same (2)"]
    with study.read() as session:
        assert set(session.scalars(select(CodeLineage.other_name))) == {"Top", "Same"}
        assert session.get_one(Code, grandchild).name == "Same (2)"


def test_an_excerpt_split_off_to_a_code_that_it_has_keeps_what_was_said_of_it(study: Study, talk: Talk) -> None:
    one, other = study.run(create_code, "One"), study.run(create_code, "Other", parent_id=None)
    going = study.run(code_passage, talk.source_id, *talk.span("belong"), one)
    study.run(code_passage, talk.source_id, *talk.span("belong"), other, unsure=True)
    study.run(write_memo, "coding", going.coding_id, "why it is here")
    study.run(edit_code, one, example_excerpt_id=going.excerpt_id)
    before = rows_of(study)
    assert study.run(split_code, one, [going.excerpt_id], into_id=other) == other
    with study.read() as session:
        (coding,) = session.scalars(select(Coding)).all()
        assert (coding.code_id, coding.unsure) == (other, False)
        assert session.scalar(select(Memo.coding_id)) == coding.id
        assert session.get_one(Code, one).example_excerpt_id is None
        assert session.get_one(Code, other).example_excerpt_id == going.excerpt_id
    study.undo()
    assert rows_of(study) == before


def test_what_is_split_off_stands_after_the_code_it_came_from(study: Study, talk: Talk) -> None:
    first = study.run(create_code, "First")
    study.run(create_code, "Last")
    excerpt = study.run(code_passage, talk.source_id, *talk.span("belong"), first).excerpt_id
    study.run(split_code, first, [excerpt], "Between", keep_both=True)
    assert paths(study) == ["First", "Between", "Last"]
    with pytest.raises(NotPossible, match="own"):
        study.run(split_code, first, [excerpt], into_id=first)


def test_why_is_said_afterwards_and_is_no_step_of_undo(study: Study) -> None:
    one, other = study.run(create_code, "One"), study.run(create_code, "Other")
    study.run(merge_codes, [other], one)
    step = study.next_undo()
    assert step is not None
    study.say_why(step.seq, "  They say the same. ")
    assert study.next_undo() == step
    reason = study.connection.execute("SELECT reason FROM change WHERE seq = ?", (step.seq,)).fetchone()[0]
    assert reason == "They say the same."
    study.undo()
    with study.read() as session:
        assert session.get(Code, other) is not None
