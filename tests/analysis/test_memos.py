"""Everything written, as one list, and the notes beside the words of a transcript."""

from __future__ import annotations

from app.analysis.codes import excerpts_without_code
from app.analysis.memos import About, by_transcript, count_memos_on, memo_texts, noted_codings, notes_of_source
from app.analysis.people import groups, participants
from app.models.kinds import ExcerptLevel, ThemeKind
from app.operations.codes import create_code
from app.operations.codings import code_passage
from app.operations.excerpts import take_excerpt
from app.operations.memos import note_passage, write_field_note, write_memo
from app.operations.studies import work_as
from app.operations.themes import create_theme
from app.study import Study
from tests.material import Talk, bring_in, draft_of


def _written(study: Study) -> list[tuple[About, str, str]]:
    with study.read() as session:
        return [(row.about_kind, row.about_name, row.text) for row in memo_texts(session)]


def test_a_study_without_memos_has_none(study: Study, talk: Talk) -> None:
    assert _written(study) == []


def test_what_is_written_on_each_kind_of_thing_is_listed_newest_first(study: Study, talk: Talk) -> None:
    code = study.run(create_code, "Noticed")
    coded = study.run(code_passage, talk.source_id, *talk.span("Somebody noticed"), code)
    theme = study.run(create_theme, "Passing it on", kind=ThemeKind.THEME)
    with study.read() as session:
        group, person = groups(session)[0].id, participants(session)[0].id
    for subject, key in (("code", code), ("theme", theme), ("excerpt", coded.excerpt_id),
                         ("coding", coded.coding_id), ("source", talk.source_id)):  # fmt: skip
        study.run(write_memo, subject, key, f"on {subject}")
    study.run(note_passage, talk.source_id, *talk.span("pass it on"), "a margin note")
    study.run(write_field_note, "group", group, "Warm room")
    study.run(write_field_note, "participant", person, "Came late")
    assert _written(study) == [
        (About.PARTICIPANT, "Nur", "Came late"),
        (About.GROUP, "FG1", "Warm room"),
        (About.NOTE, "FG1", "a margin note"),
        (About.SOURCE, "FG1", "on source"),
        (About.CODING, "Noticed", "on coding"),
        (About.EXCERPT, "FG1", "on excerpt"),
        (About.THEME, "Passing it on", "on theme"),
        (About.CODE, "Noticed", "on code"),
    ]


def test_rows_say_where_their_words_stand_and_who_wrote_them(study: Study, talk: Talk) -> None:
    study.working_as = "Ada"
    study.run(work_as, "Ada")
    span = talk.span("pass it on")
    study.run(note_passage, talk.source_id, *span, "a note")
    with study.read() as session:
        (row,) = memo_texts(session)
    assert (row.source_id, row.start, row.end, row.who) == (talk.source_id, *span, "Ada")
    assert row.at is not None


def test_in_the_order_of_reading_a_transcript_comes_with_what_stands_in_it(study: Study, talk: Talk) -> None:
    second = bring_in(study, draft_of(file_name="FG2.txt"), group="FG2")
    code = study.run(create_code, "Noticed")
    study.run(write_memo, "code", code, "code")
    study.run(note_passage, second.source_id, *second.span("pass it on"), "second, late")
    study.run(note_passage, talk.source_id, *talk.span("pass it on"), "first, late")
    study.run(note_passage, talk.source_id, *talk.span("Same here"), "first, early")
    study.run(write_memo, "source", talk.source_id, "first as a whole")
    with study.read() as session:
        rows = by_transcript(session, memo_texts(session))
    assert [row.text for row in rows] == ["first as a whole", "first, early", "first, late", "second, late", "code"]


def test_the_notes_of_a_transcript_stand_in_text_order_and_say_which_are_coded(study: Study, talk: Talk) -> None:
    code = study.run(create_code, "Noticed")
    coded = study.run(code_passage, talk.source_id, *talk.span("Somebody noticed"), code)
    study.run(write_memo, "excerpt", coded.excerpt_id, "on a coded one")
    study.run(note_passage, talk.source_id, *talk.span("Same here"), "on words alone")
    with study.read() as session:
        notes = notes_of_source(session, talk.source_id)
    assert [(note.text, note.coded, note.level) for note in notes] == [
        ("on words alone", False, ExcerptLevel.INDIVIDUAL),
        ("on a coded one", True, ExcerptLevel.INDIVIDUAL),
    ]


def test_memos_that_would_go_with_a_thing_are_counted(study: Study, talk: Talk) -> None:
    code = study.run(create_code, "Noticed")
    coded = study.run(code_passage, talk.source_id, *talk.span("Somebody noticed"), code)
    study.run(write_memo, "code", code, "words")
    study.run(write_memo, "coding", coded.coding_id, "words")
    study.run(write_memo, "excerpt", coded.excerpt_id, "words")
    with study.read() as session:
        assert noted_codings(session, coded.excerpt_id) == {coded.coding_id: "words"}
        assert count_memos_on(session, About.CODE, code) == 2
        assert count_memos_on(session, About.EXCERPT, coded.excerpt_id) == 2
        assert count_memos_on(session, About.CODING, coded.coding_id) == 1
        assert count_memos_on(session, About.SOURCE, talk.source_id) == 0


def test_notes_are_kept_apart_from_excerpts_that_wait_for_a_code(study: Study, talk: Talk) -> None:
    study.run(note_passage, talk.source_id, *talk.span("Same here"), "a note")
    waiting = study.run(take_excerpt, talk.source_id, *talk.span("pass it on"))
    study.run(write_memo, "excerpt", waiting, "to be coded")
    with study.read() as session:
        assert [row.excerpt_id for row in excerpts_without_code(session)] == [waiting]
        assert [row.about_kind for row in memo_texts(session)] == [About.EXCERPT, About.NOTE]
