"""The place of first reading: clean text, notes in the margin, how far one has read, repairs by a single key."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMainWindow
from pytestqt.qtbot import QtBot
from sqlalchemy import func, select

from app.analysis.codes import memo_text
from app.analysis.memos import notes_of_source
from app.analysis.transcripts import TurnRow, source_cards, turns_of
from app.models import Change, Excerpt
from app.operations.codes import create_code
from app.operations.codings import code_passage
from app.operations.memos import note_passage
from app.study import Study
from app.ui.actions import Actions
from app.ui.desk import Desk
from app.ui.settings import Settings
from app.ui.style.tokens import LIGHT
from app.ui.transcripts.reading import DWELL
from app.ui.transcripts.source_list import said
from app.ui.transcripts.workspace import TranscriptsWorkspace
from tests.material import bring_in, draft_of

CTRL = Qt.KeyboardModifier.ControlModifier


def _turns(study: Study, workspace: TranscriptsWorkspace) -> tuple[TurnRow, ...]:
    with study.read() as session:
        return turns_of(session, workspace.list.current())


def _notes(study: Study, workspace: TranscriptsWorkspace) -> list[tuple[str, str]]:
    assert workspace.reading.script is not None
    text = workspace.reading.script.text
    with study.read() as session:
        notes = notes_of_source(session, workspace.list.current())
    return [(text[note.start : note.end], note.text) for note in notes]


def _select(workspace: TranscriptsWorkspace, words: str) -> tuple[int, int]:
    assert workspace.reading.script is not None
    start = workspace.reading.script.text.index(words)
    workspace.reading.panel.select(start, start + len(words))
    return start, start + len(words)


def _caret(workspace: TranscriptsWorkspace, before: str) -> None:
    assert workspace.reading.script is not None
    start = workspace.reading.script.text.index(before)
    workspace.reading.panel.select(start, start)


def _changes(study: Study) -> int:
    with study.read() as session:
        return session.scalar(select(func.count()).select_from(Change)) or 0


def _by_name(study: Study, name: str) -> str:
    with study.read() as session:
        return next(card.id for card in source_cards(session) if card.name == name)


# --- reading -------------------------------------------------------------------------------------------------------


def test_the_chosen_transcript_is_read_without_its_codes(workspace: TranscriptsWorkspace, study: Study) -> None:
    code = study.run(create_code, "Waiting")
    study.run(code_passage, workspace.list.current(), 14, 18, code)
    page = workspace.reading
    assert page.script is not None
    assert page.panel.view.text == page.script.text
    assert page.panel.view.spans.over(0, len(page.script.text)) == []
    workspace.choose(_by_name(study, "two"))
    assert page.script.name == "two"


def test_a_page_out_of_sight_reads_nothing(workspace: TranscriptsWorkspace, study: Study) -> None:
    workspace.show_page(workspace.voices)
    workspace.choose(_by_name(study, "two"))
    assert workspace.reading.script is not None
    assert workspace.reading.script.name == "one"
    workspace.show_page(workspace.reading)
    assert workspace.reading.script.name == "two"


def test_each_transcript_is_found_where_one_left_it(workspace: TranscriptsWorkspace, study: Study) -> None:
    long = bring_in(
        study, draft_of(tuple(("Nur", f"{n} said at some length.") for n in range(400)), file_name="long.txt")
    )
    workspace.choose(long.source_id)
    at = long.text.index("250 said")
    workspace.reading.panel.restore_place(at)
    place = workspace.reading.panel.reading_place()
    assert place > 1000
    workspace.choose(_by_name(study, "one"))
    workspace.choose(long.source_id)
    assert abs(workspace.reading.panel.reading_place() - place) < 60


def test_other_words_for_who_speaks_are_drawn_and_the_caret_stays(
    workspace: TranscriptsWorkspace, study: Study
) -> None:
    span = _select(workspace, "So so")
    workspace.people.model.setData(workspace.people.model.index(0, 0), "Amina")
    assert workspace.reading.script is not None
    assert "Amina" in {turn.speaker for turn in workspace.reading.script.turns}
    assert workspace.reading.panel.selection() == span


def test_a_study_without_transcripts_has_nothing_to_read(desk: Desk, qtbot: QtBot) -> None:
    empty = TranscriptsWorkspace(desk)
    qtbot.addWidget(empty)
    empty.show()
    assert empty.reading.script is None
    empty.reading.write_note()
    empty.reading.mark(read=True)
    empty.reading.dwell(5)


# --- notes ---------------------------------------------------------------------------------------------------------


def test_a_note_stands_beside_the_selected_words_and_is_one_change(
    workspace: TranscriptsWorkspace, study: Study, qtbot: QtBot
) -> None:
    page, before = workspace.reading, _changes(study)
    _select(workspace, "So so")
    qtbot.keyClick(page.panel.view, Qt.Key.Key_N)
    assert page.margin.field.hasFocus()
    qtbot.keyClicks(page.margin.field, "Hesitant")
    page.margin.field._keep()
    qtbot.keyClicks(page.margin.field, ", or ironic?")
    qtbot.keyClick(page.margin.field, Qt.Key.Key_Escape)
    assert page.panel.view.hasFocus()
    assert not page.margin.field.isVisible()
    assert _notes(study, workspace) == [("So so", "Hesitant, or ironic?")]
    assert _changes(study) == before + 1
    study.undo()
    assert _notes(study, workspace) == []


def test_without_a_selection_it_is_the_sentence_at_the_caret(workspace: TranscriptsWorkspace, study: Study) -> None:
    talk = bring_in(study, draft_of((("Nur", "First one. Second one here. Third."),), file_name="s.txt"))
    workspace.choose(talk.source_id)
    _caret(workspace, "one here")
    workspace.reading.write_note()
    workspace.reading.margin.field.insertPlainText("Hm")
    workspace.commit_pending()
    assert _notes(study, workspace) == [("Second one here.", "Hm")]


def test_in_the_words_of_a_note_the_command_opens_that_note(
    workspace: TranscriptsWorkspace, study: Study, desk: Desk
) -> None:
    span = _select(workspace, "So so")
    desk.run(note_passage, workspace.list.current(), *span, "Hesitant")
    _caret(workspace, "o so")
    desk.actions["transcripts.note"].trigger()
    assert workspace.reading.margin.field.toPlainText() == "Hesitant"
    workspace.reading.margin.field.selectAll()
    workspace.reading.margin.field.insertPlainText("Sure")
    workspace.reading.margin.close_field()
    assert _notes(study, workspace) == [("So so", "Sure")]


def test_emptied_a_note_vanishes_with_its_excerpt(workspace: TranscriptsWorkspace, study: Study, desk: Desk) -> None:
    desk.run(note_passage, workspace.list.current(), *_select(workspace, "So so"), "Hesitant")
    workspace.reading.write_note()
    workspace.reading.margin.field.clear()
    workspace.reading.margin.close_field()
    assert _notes(study, workspace) == []
    with study.read() as session:
        assert session.scalar(select(func.count()).select_from(Excerpt)) == 0


def test_opened_and_left_empty_nothing_is_written(workspace: TranscriptsWorkspace, study: Study) -> None:
    before = _changes(study)
    _select(workspace, "So so")
    workspace.reading.write_note()
    workspace.reading.panel.setFocus()
    assert workspace.reading.margin.place is None
    assert _changes(study) == before


def test_a_click_on_a_note_opens_it(workspace: TranscriptsWorkspace, study: Study, desk: Desk, qtbot: QtBot) -> None:
    span = _select(workspace, "So so")
    desk.run(note_passage, workspace.list.current(), *span, "Hesitant <b>very</b>")
    margin = workspace.reading.margin
    (card,) = margin._cards()
    assert card.box is not None
    qtbot.mouseClick(margin, Qt.MouseButton.LeftButton, pos=card.box.center().toPoint())
    assert margin.place is not None
    assert (margin.place.start, margin.place.end) == span
    assert margin.field.toPlainText() == "Hesitant <b>very</b>"


def test_notes_that_would_overprint_stand_below_each_other(workspace: TranscriptsWorkspace, desk: Desk) -> None:
    source = workspace.list.current()
    for words in ("How was it?", "one.", "And?", "So so."):
        desk.run(note_passage, source, *_select(workspace, words), "Some words on it " * 12)
    boxes = [card.box for card in workspace.reading.margin._cards()]
    assert all(box is not None for box in boxes)
    assert all(above.bottom() < below.top() for above, below in pairwise(boxes))


def test_notes_are_listed_and_lead_to_their_words(
    workspace: TranscriptsWorkspace, study: Study, desk: Desk, qtbot: QtBot
) -> None:
    span = _select(workspace, "So so")
    desk.run(note_passage, workspace.list.current(), *span, "Hesitant")
    workspace.show_page(workspace.notes)
    held = workspace.notes.list
    assert [row.text for row in held.memos.rows] == ["Hesitant"]
    held.setCurrentIndex(held.memos.index(0))
    qtbot.keyClick(held, Qt.Key.Key_Return)
    assert workspace.reading.panel.selection() == span
    assert workspace.reading.margin.field.hasFocus()


def test_a_memo_on_the_whole_transcript_is_kept_for_it(
    workspace: TranscriptsWorkspace, study: Study, qtbot: QtBot
) -> None:
    one = workspace.list.current()
    workspace.show_page(workspace.notes)
    qtbot.keyClicks(workspace.notes.memo, "A tired evening")
    workspace.choose(_by_name(study, "two"))
    assert workspace.notes.memo.toPlainText() == ""
    with study.read() as session:
        assert memo_text(session, "source", one) == "A tired evening"


def test_going_from_note_to_note_and_saying_when_there_is_none(
    workspace: TranscriptsWorkspace, desk: Desk, qtbot: QtBot
) -> None:
    first = _select(workspace, "How was it?")
    desk.run(note_passage, workspace.list.current(), *first, "a")
    second = _select(workspace, "So so")
    desk.run(note_passage, workspace.list.current(), *second, "b")
    desk.actions["transcripts.previous_note"].trigger()
    assert workspace.reading.panel.selection() == first
    desk.actions["transcripts.next_note"].trigger()
    assert workspace.reading.panel.selection() == second
    with qtbot.waitSignal(desk.said) as told:
        desk.actions["transcripts.next_note"].trigger()
    assert told.args[0] == "There is no note further on."


# --- how far -------------------------------------------------------------------------------------------------------


def test_what_was_in_view_long_enough_is_read_and_the_list_says_so(
    workspace: TranscriptsWorkspace, study: Study
) -> None:
    item = workspace.list.currentItem()
    for _ in range(DWELL - 1):
        workspace.reading.dwell(1)
    assert workspace.reading.how_far.text() == "Not read yet"
    workspace.reading.dwell(1)
    assert workspace.reading.how_far.text() == "Read to the end"
    assert "read to the end" in item.data(Qt.ItemDataRole.AccessibleTextRole)
    assert said(workspace.log.how_far(_by_name(study, "two"))) == "not read yet"


def test_of_a_long_transcript_only_what_is_seen_is_read(workspace: TranscriptsWorkspace, study: Study) -> None:
    long = bring_in(
        study, draft_of(tuple(("Nur", f"{n} said at some length.") for n in range(400)), file_name="long.txt")
    )
    workspace.choose(long.source_id)
    workspace.reading.dwell(DWELL)
    read = workspace.log.of(long.source_id)
    assert read.stretches == (workspace.reading.panel.view.visible_span(),)
    workspace.reading.panel.restore_place(long.text.index("300 said"))
    workspace.reading.dwell(DWELL)
    assert workspace.reading.how_far.text() == "Read in places"


def test_by_hand_it_is_read_or_not_and_the_study_is_not_changed(
    workspace: TranscriptsWorkspace, study: Study, desk: Desk
) -> None:
    before = _changes(study)
    desk.actions["transcripts.read"].trigger()
    assert workspace.reading.how_far.text() == "Read to the end"
    desk.actions["transcripts.unread"].trigger()
    assert workspace.reading.how_far.text() == "Not read yet"
    assert _changes(study) == before


# --- repairs -------------------------------------------------------------------------------------------------------


def test_a_number_gives_the_turn_to_the_nth_speaker(
    workspace: TranscriptsWorkspace, study: Study, desk: Desk, qtbot: QtBot
) -> None:
    _caret(workspace, "So so")
    offered = []
    desk.said.connect(lambda sentence, undo: offered.append((sentence, undo)))
    qtbot.keyClick(workspace.reading.panel.view, Qt.Key.Key_3)
    assert offered == [("This turn is by Dan.", True)]
    assert [turn.speaker for turn in _turns(study, workspace)][3] == "Dan"
    study.undo()
    assert [turn.speaker for turn in _turns(study, workspace)][3] == "Aina"
    qtbot.keyClick(workspace.reading.panel.view, Qt.Key.Key_9)
    assert offered[-1][0] == "3 people speak in this transcript."


def test_several_turns_are_given_at_once_as_one_change(
    workspace: TranscriptsWorkspace, study: Study, qtbot: QtBot
) -> None:
    assert workspace.reading.script is not None
    text, before = workspace.reading.script.text, _changes(study)
    workspace.reading.panel.select(text.index("Fine"), text.index("Really") + 3)
    qtbot.keyClick(workspace.reading.panel.view, Qt.Key.Key_2)
    assert [turn.speaker for turn in _turns(study, workspace)][4:] == ["Aina", "Aina"]
    assert _changes(study) == before + 1


@pytest.mark.parametrize(("typed", "speaker"), [("da", "Dan"), ("1", "Int"), ("Zoë", "Zoë"), ("ain", "Aina")])
def test_the_box_finds_a_speaker_by_typing_or_makes_a_new_one(
    workspace: TranscriptsWorkspace, study: Study, qtbot: QtBot, typed: str, speaker: str
) -> None:
    _caret(workspace, "Really")
    qtbot.keyClick(workspace.reading.panel.view, Qt.Key.Key_S)
    box = workspace.reading.repairs.box
    assert box.isVisible()
    if typed == "1":
        qtbot.keyClick(box.field, Qt.Key.Key_1)
    else:
        box.field.setText(typed)
        qtbot.keyClick(box.field, Qt.Key.Key_Return)
    assert not box.isVisible()
    assert [turn.speaker for turn in _turns(study, workspace)][5] == speaker


def test_the_box_can_say_that_nobody_is_known_and_esc_says_nothing(
    workspace: TranscriptsWorkspace, study: Study, qtbot: QtBot
) -> None:
    before = _changes(study)
    _caret(workspace, "Really")
    repairs = workspace.reading.repairs
    repairs.ask()
    qtbot.keyClick(repairs.box, Qt.Key.Key_Escape)
    assert _changes(study) == before
    repairs.ask()
    for _ in range(5):
        qtbot.keyClick(repairs.box.field, Qt.Key.Key_Down)
    assert repairs.box.field.accessibleDescription() == "Nobody known"
    qtbot.keyClick(repairs.box.field, Qt.Key.Key_Return)
    assert _turns(study, workspace)[5].speaker_id is None


def test_enter_splits_at_the_caret_and_backspace_at_the_start_joins(
    workspace: TranscriptsWorkspace, study: Study, qtbot: QtBot
) -> None:
    _caret(workspace, "so.")
    view = workspace.reading.panel.view
    qtbot.keyClick(view, Qt.Key.Key_Return)
    assert len(_turns(study, workspace)) == 7
    assert workspace.reading.script is not None
    assert len(workspace.reading.script.turns) == 7
    qtbot.keyClick(view, Qt.Key.Key_Backspace)
    assert len(_turns(study, workspace)) == 6


def test_backspace_within_a_turn_joins_nothing_and_says_where_it_would(
    workspace: TranscriptsWorkspace, study: Study, desk: Desk, qtbot: QtBot
) -> None:
    before = _changes(study)
    _caret(workspace, "so.")
    with qtbot.waitSignal(desk.said) as told:
        qtbot.keyClick(workspace.reading.panel.view, Qt.Key.Key_Backspace)
    assert told.args[0] == "Put the caret at the start of a turn to join it to the one before."
    assert _changes(study) == before


def test_enter_at_the_edge_of_a_turn_is_refused_in_a_sentence(
    workspace: TranscriptsWorkspace, study: Study, desk: Desk, qtbot: QtBot
) -> None:
    before = _changes(study)
    _caret(workspace, "So so")
    with qtbot.waitSignal(desk.said):
        qtbot.keyClick(workspace.reading.panel.view, Qt.Key.Key_Return)
    assert _changes(study) == before


def test_any_other_letter_says_which_keys_there_are_and_changes_nothing(
    workspace: TranscriptsWorkspace, study: Study, desk: Desk, qtbot: QtBot
) -> None:
    before = _changes(study)
    with qtbot.waitSignal(desk.said) as told:
        qtbot.keyClick(workspace.reading.panel.view, Qt.Key.Key_X)
    assert "Enter: split" in told.args[0]
    assert _changes(study) == before


def test_copied_words_carry_their_attribution(workspace: TranscriptsWorkspace, qtbot: QtBot) -> None:
    _select(workspace, "So so")
    qtbot.keyClick(workspace.reading.panel.view, Qt.Key.Key_C, CTRL)
    assert "So so" in QApplication.clipboard().text()
    assert "FG1" in QApplication.clipboard().text()


def test_in_a_narrow_window_the_words_come_first_unless_one_asks_for_the_details(
    workspace: TranscriptsWorkspace, desk: Desk, qtbot: QtBot
) -> None:
    assert workspace.about.isVisible()
    desk.window.resize(940, 700)  # type: ignore[attr-defined]
    qtbot.waitUntil(lambda: not workspace.about.isVisible())
    assert not workspace.reading.details.isChecked()
    workspace.show_page(workspace.notes)
    assert workspace.about.isVisible()
    assert workspace.reading.details.isChecked()
    workspace.reading.details.click()
    assert not workspace.about.isVisible()


def test_a_study_for_reading_only_is_read_and_nothing_is_written(filled: Study, tmp_path: Path, qtbot: QtBot) -> None:
    span = (5, 16)
    with filled.read() as session:
        source = source_cards(session)[0].id
    filled.run(note_passage, source, *span, "Kept")
    path = filled.path
    filled.close()
    window = QMainWindow()
    qtbot.addWidget(window)
    with Study.open(path, read_only=True) as study:
        desk = Desk(study, Settings(tmp_path / "settings.ini"), Actions(window), LIGHT)
        place = TranscriptsWorkspace(desk)
        window.setCentralWidget(place)
        window.resize(1200, 800)
        window.show()
        told: list[str] = []
        desk.said.connect(lambda sentence, _: told.append(sentence))
        _select(place, "So so")
        for key in (Qt.Key.Key_N, Qt.Key.Key_3, Qt.Key.Key_Return):
            qtbot.keyClick(place.reading.panel.view, key)
        assert told == ["This study is open for reading only, so nothing was changed."] * 3
        place.reading.panel.select(*span)
        place.reading.write_note()
        assert place.reading.margin.field.toPlainText() == "Kept"
        assert place.reading.margin.field.isReadOnly()
        place.reading.dwell(DWELL)
        assert place.reading.how_far.text() == "Read to the end"
        place.hide()
        desk.close()


def test_f6_goes_round_the_list_the_text_and_what_is_known(workspace: TranscriptsWorkspace, qtbot: QtBot) -> None:
    workspace.list.setFocus()
    stops = []
    for _ in range(4):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_F6)
        stops.append(QApplication.focusWidget())
    assert stops == [workspace.reading.panel.view, workspace.about.tabs, workspace.list, workspace.reading.panel.view]
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_F6, Qt.KeyboardModifier.ShiftModifier)
    assert QApplication.focusWidget() is workspace.list
