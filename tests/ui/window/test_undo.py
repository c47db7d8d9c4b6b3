"""Undo in the window: by name, and never blindly over what one does not see or did long ago."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from sqlalchemy import func, select

from app.models import Change
from app.operations.codes import create_code, delete_code, edit_code
from app.operations.codings import code_passage, remove_code
from app.operations.excerpts import delete_excerpt
from app.operations.themes import create_theme
from app.ui.code.workspace import CodeWorkspace
from app.ui.window.main_window import MainWindow
from tests.material import bring_in, draft_of

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def changes(window: MainWindow) -> int:
    with window.desk.read() as session:
        return session.scalar(select(func.count()).select_from(Change)) or 0


def said(window: MainWindow) -> str:
    return window.foot.sentence.text()


def start(window: MainWindow, tmp_path: Path) -> CodeWorkspace:
    """A new study with one transcript, in the Code workspace."""
    assert window.new_study(tmp_path / "new.reflexa")
    bring_in(window.desk.study)
    place = window.show_place("code")
    assert isinstance(place, CodeWorkspace)
    return place


def press_undo(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.keyClick(window.workspaces[window._current_name()].begins_at or window, Qt.Key.Key_Z, CTRL)


def test_a_change_of_an_earlier_day_is_shown_first_and_undone_by_the_second_press(
    qtbot: QtBot, demo_window: MainWindow
) -> None:
    before = changes(demo_window)
    step = demo_window.desk.study.next_undo()
    press_undo(qtbot, demo_window)
    assert changes(demo_window) == before
    assert step.label in said(demo_window)
    assert "2024" in said(demo_window)
    press_undo(qtbot, demo_window)
    assert changes(demo_window) == before + 1
    assert said(demo_window) == f"Undone: {step.label}"


def test_what_one_has_just_done_here_is_undone_at_once(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    code = start(window, tmp_path)
    study, desk = window.desk.study, window.desk
    one = desk.run(create_code, "One")
    source = code.cards[0].id
    done = desk.run(code_passage, source, 5, 20, one)
    desk.run(remove_code, done.excerpt_id, one)
    desk.run(code_passage, source, 5, 20, one)
    desk.run(edit_code, one, colour="#009E73")
    desk.run(delete_excerpt, done.excerpt_id)
    desk.run(delete_code, one)
    for label in ("Delete code ‘One’", "Delete excerpt", "Recolour code ‘One’", "Code excerpt as ‘One’",
                  "Remove code ‘One’", "Code excerpt as ‘One’", "Create code ‘One’"):  # fmt: skip
        assert study.next_undo().label == label
        press_undo(qtbot, window)
        assert said(window) == f"Undone: {label}"


def test_a_coding_in_another_transcript_is_shown_first(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    code = start(window, tmp_path)
    other = bring_in(window.desk.study, draft_of(file_name="FG2.txt"), group="FG2")
    one = window.desk.run(create_code, "One")
    done = window.desk.run(code_passage, other.source_id, 5, 20, one)
    assert code.script.id != other.source_id
    for operation in (None, lambda session: delete_excerpt(session, done.excerpt_id)):
        if operation is not None:
            window.desk.run(operation)
        before = changes(window)
        press_undo(qtbot, window)
        assert changes(window) == before
        assert "Press again to do it" in said(window)
        code.show_source(other.source_id)
        code.show_source(next(card.id for card in code.cards if card.id != other.source_id))


def test_a_theme_undone_from_the_code_workspace_is_shown_first(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    start(window, tmp_path)
    window.desk.run(create_theme, "Held together")
    before = changes(window)
    press_undo(qtbot, window)
    assert changes(window) == before
    assert "Create theme ‘Held together’" in said(window)
    window.show_place("themes")
    window.undo()
    assert changes(window) == before + 1


def test_the_menu_the_bar_and_the_button_name_the_next_steps(window: MainWindow, tmp_path: Path) -> None:
    start(window, tmp_path)
    undo, redo = window.actions_["edit.undo"], window.actions_["edit.redo"]
    assert not redo.isEnabled()
    assert redo.text() == "Nothing to redo"
    window.desk.run(create_code, "Salt & pepper")
    assert undo.text() == "Undo: Create code ‘Salt && pepper’"
    assert window.top.undo.text().strip() == undo.text()
    assert window.top.undo.accessibleName() == "Undo: Create code ‘Salt & pepper’"
    window.actions_["edit.undo"].trigger()
    assert redo.isEnabled()
    assert "Create code" in redo.text()
    assert "Import" in undo.text() or "transcript" in undo.text()
    redo.trigger()
    assert not redo.isEnabled()
    assert said(window) == "Done again: Create code ‘Salt & pepper’"


def test_a_new_change_ends_redo(window: MainWindow, tmp_path: Path) -> None:
    start(window, tmp_path)
    window.desk.run(create_code, "One")
    window.undo()
    window.desk.run(create_code, "Two")
    assert not window.actions_["edit.redo"].isEnabled()


def test_undo_stops_at_the_making_of_the_study_and_says_so(window: MainWindow, tmp_path: Path) -> None:
    assert window.new_study(tmp_path / "new.reflexa")
    undo = window.actions_["edit.undo"]
    assert not undo.isEnabled()
    assert undo.text() == "Undo stops here: Create study"
    window.undo()
    assert changes(window) == 1


def test_a_read_only_study_offers_neither_undo_nor_redo(window: MainWindow, tmp_path: Path, demo_bytes: bytes) -> None:
    path = tmp_path / "demo.reflexa"
    path.write_bytes(demo_bytes)
    assert window.open_study(path, read_only=True)
    assert not window.actions_["edit.undo"].isEnabled()
    assert not window.top.undo.isEnabled()
    window.undo()
    assert path.read_bytes() == demo_bytes


def test_undo_that_the_disk_refuses_is_said_in_a_sentence(window: MainWindow, tmp_path: Path) -> None:
    start(window, tmp_path)
    window.desk.run(create_code, "One")
    path = window.desk.study.path
    away = path.rename(path.with_name("away.reflexa"))
    window.undo()
    assert "moved, deleted or replaced" in said(window)
    away.rename(path)
    window.undo()
    assert said(window) == "Undone: Create code ‘One’"


def test_reading_zooming_and_filtering_are_no_changes(qtbot: QtBot, demo_window: MainWindow) -> None:
    before = changes(demo_window)
    code = demo_window.workspaces["code"]
    qtbot.keyClicks(code.filter, "drive")
    code.panel.view.verticalScrollBar().setValue(900)
    code.panel.select(100, 140)
    code.panel.find("drive")
    code.panel.set_reading("", 20, 60, 1.8)
    code.show_source(code.cards[2].id)
    code.show_code(next(iter(code.codes)))
    for place in ("themes", "outputs", "transcripts", "code"):
        demo_window.show_place(place)
    demo_window.workspaces["themes"].show_view("matrix")
    path = demo_window.desk.study.path
    demo_window.close_study()
    assert demo_window.open_study(path)
    assert changes(demo_window) == before


def test_the_reading_place_and_transcript_come_back_with_the_study(demo_window: MainWindow) -> None:
    code = demo_window.workspaces["code"]
    code.show_source(code.cards[1].id)
    code.panel.grab()
    code.panel.view.verticalScrollBar().setValue(1200)
    kept, path = code.panel.reading_place(), demo_window.desk.study.path
    demo_window.close_study()
    demo_window.open_study(path)
    again = demo_window.workspaces["code"]
    again.panel.grab()
    assert again.script.id == again.cards[1].id
    assert again.panel.reading_place() == kept


def test_a_change_of_a_speaker_leaves_one_where_one_reads(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    assert window.new_study(tmp_path / "new.reflexa")
    lines = tuple(("Nur", f"Turn {number} goes on and on, as turns do when nobody stops them.") for number in range(80))
    bring_in(window.desk.study, draft_of(lines))
    code = window.show_place("code")
    code.panel.grab()
    code.panel.view.verticalScrollBar().setValue(1500)
    turn = code.script.turns[40]
    code.panel.select(turn.start + 5, turn.start + 5, reveal=False)
    at = code.panel.reading_place()
    assert at > 0
    window.actions_["code.split_turn"].trigger()
    assert len(code.script.turns) == 81
    code.panel.grab()
    assert code.panel.reading_place() == at
    assert code.panel.selection()[0] == turn.start + 5


def test_the_undo_beside_a_sentence_goes_with_the_next_change(demo_window: MainWindow) -> None:
    window = demo_window
    desk = window.desk
    assert desk is not None
    desk.run(create_code, "first")
    desk.say("“first” is there.", with_undo=True)
    assert window.foot.undo.isVisible()
    desk.run(create_code, "second")
    assert not window.foot.undo.isVisible()
