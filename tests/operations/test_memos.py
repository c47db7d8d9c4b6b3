"""Notes beside the text, and field notes."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from app.analysis.memos import memo_texts, notes_of_source
from app.analysis.people import groups
from app.errors import NotPossible
from app.models import Excerpt, Memo
from app.operations.codes import create_code
from app.operations.codings import code_excerpt
from app.operations.excerpts import take_excerpt
from app.operations.memos import erase_note, note_passage, write_field_note
from app.study import Study
from tests.material import Talk, rows_of


def _excerpts(study: Study) -> int:
    with study.read() as session:
        return session.scalar(select(func.count()).select_from(Excerpt)) or 0


def _notes(study: Study, talk: Talk) -> list[str]:
    with study.read() as session:
        return [note.text for note in notes_of_source(session, talk.source_id)]


def test_a_note_is_the_memo_of_the_words_it_stands_beside(study: Study, talk: Talk) -> None:
    first = study.run(note_passage, talk.source_id, *talk.span("Same here"), "Who is “we”?")
    again = study.run(note_passage, talk.source_id, *talk.span("Same here."), "Who is “we” 🙂 هنا?")
    assert first == again
    assert _notes(study, talk) == ["Who is “we” 🙂 هنا?"]


def test_emptied_it_takes_the_excerpt_along_that_was_taken_for_it(study: Study, talk: Talk) -> None:
    before = rows_of(study)
    study.run(note_passage, talk.source_id, *talk.span("Same here"), "Hm")
    study.run(note_passage, talk.source_id, *talk.span("Same here"), " \n")
    assert rows_of(study) == before
    study.undo()
    assert _notes(study, talk) == ["Hm"]


def test_an_excerpt_that_was_there_before_stays(study: Study, talk: Talk) -> None:
    study.run(take_excerpt, talk.source_id, *talk.span("Same here"))
    study.run(note_passage, talk.source_id, *talk.span("Same here"), "Hm")
    study.run(note_passage, talk.source_id, *talk.span("Same here"), "")
    assert (_notes(study, talk), _excerpts(study)) == ([], 1)


def test_an_excerpt_that_a_code_holds_by_now_stays(study: Study, talk: Talk) -> None:
    excerpt = study.run(note_passage, talk.source_id, *talk.span("Same here"), "Hm")
    study.run(code_excerpt, excerpt, study.run(create_code, "Alike"))
    study.run(erase_note, excerpt)
    assert (_notes(study, talk), _excerpts(study)) == ([], 1)


def test_emptying_where_there_is_no_note_changes_nothing(study: Study, talk: Talk) -> None:
    before = rows_of(study)
    study.run(note_passage, talk.source_id, *talk.span("Same here"), "")
    assert rows_of(study) == before


@pytest.mark.parametrize("span", [(0, 0), (5, 3), (0, 10**9)])
def test_a_note_needs_words_to_stand_beside(study: Study, talk: Talk, span: tuple[int, int]) -> None:
    with pytest.raises(NotPossible):
        study.run(note_passage, talk.source_id, *span, "Hm")


def test_a_group_has_one_field_note(study: Study, talk: Talk) -> None:
    with study.read() as session:
        group = groups(session)[0].id
    study.run(write_field_note, "group", group, "Warm room\r\n")
    study.run(write_field_note, "group", group, "Warm room, late start")
    with study.read() as session:
        assert groups(session)[0].field_note == "Warm room, late start"
        assert [row.text for row in memo_texts(session)] == ["Warm room, late start"]
        assert session.scalar(select(func.count()).select_from(Memo)) == 0
    study.run(write_field_note, "group", group, "")
    with study.read() as session:
        assert memo_texts(session) == []


def test_there_are_field_notes_on_groups_and_people_alone(study: Study, talk: Talk) -> None:
    with pytest.raises(NotPossible):
        study.run(write_field_note, "source", talk.source_id, "words")
