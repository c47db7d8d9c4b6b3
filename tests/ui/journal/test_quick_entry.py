"""Ctrl+J: an entry beside the work. Whatever is typed is kept, however one leaves."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.analysis.journal import Entry, entries
from app.ui.journal.links import LinkChip
from app.ui.journal.quick_entry import QuickEntry
from app.ui.window.main_window import MainWindow


def _panel(window: MainWindow) -> QuickEntry:
    window.actions_["study.write"].trigger()
    panel = next(one for one in window.findChildren(QuickEntry) if one.desk is window.desk)
    QApplication.processEvents()
    return panel


def _entries(window: MainWindow) -> list[Entry]:
    assert window.desk is not None
    with window.desk.read() as session:
        return entries(session)


@pytest.fixture
def blank(window: MainWindow, tmp_path: object) -> MainWindow:
    """The window with an empty study."""
    assert window.new_study(tmp_path / "empty.reflexa")  # type: ignore[operator]
    return window


def test_it_has_its_key_everywhere(blank: MainWindow) -> None:
    assert blank.actions_.keys_of("study.write") == ["Ctrl+J"]
    assert blank.actions_.keys_of("window.journal") == ["Ctrl+6"]


def test_ctrl_enter_keeps_the_entry_and_the_next_one_is_new(blank: MainWindow, qtbot: QtBot) -> None:
    panel = _panel(blank)
    qtbot.keyClicks(panel.editor.kind.lineEdit(), "hunch")
    qtbot.keyClicks(panel.editor.text, "They laugh before they agree")
    qtbot.mouseClick(panel.editor.private, Qt.MouseButton.LeftButton, pos=panel.editor.private.rect().center())
    panel.editor.private.setChecked(True)
    qtbot.keyClick(panel.editor.text, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert not panel.isVisible()
    assert [(one.text, one.kind) for one in _entries(blank)] == [("They laugh before they agree", "hunch")]
    assert _panel(blank).editor.text.toPlainText() == ""


def test_esc_puts_it_away_and_the_next_time_goes_on_with_it(blank: MainWindow, qtbot: QtBot) -> None:
    panel = _panel(blank)
    qtbot.keyClicks(panel.editor.text, "Half a thou")
    qtbot.keyClick(panel.editor.text, Qt.Key.Key_Escape)
    assert not panel.isVisible()
    assert [one.text for one in _entries(blank)] == ["Half a thou"]
    again = _panel(blank)
    assert again.editor.text.toPlainText() == "Half a thou"
    assert again.another.isVisible()
    again.editor.text.moveCursor(again.editor.text.textCursor().MoveOperation.End)
    qtbot.keyClicks(again.editor.text, "ght")
    again.another.click()
    assert again.editor.text.toPlainText() == ""
    assert [one.text for one in _entries(blank)] == ["Half a thought"]


def test_what_is_typed_is_on_disk_when_one_pauses_or_closes(blank: MainWindow, qtbot: QtBot) -> None:
    panel = _panel(blank)
    qtbot.keyClicks(panel.editor.text, "A pause")
    qtbot.waitUntil(lambda: [one.text for one in _entries(blank)] == ["A pause"], timeout=8000)
    qtbot.keyClicks(panel.editor.text, " and on")
    assert blank.desk is not None
    path = blank.desk.study.path
    blank.close_study()
    assert blank.open_study(path)
    (entry,) = _entries(blank)
    assert (entry.text, entry.edited) == ("A pause and on", False)
    assert _panel(blank).editor.text.toPlainText() == "A pause and on"


def test_emptied_again_it_leaves_nothing(blank: MainWindow, qtbot: QtBot) -> None:
    panel = _panel(blank)
    qtbot.keyClicks(panel.editor.text, "No")
    panel.editor.commit_now()
    panel.editor.text.selectAll()
    qtbot.keyClick(panel.editor.text, Qt.Key.Key_Delete)
    qtbot.keyClick(panel.editor.text, Qt.Key.Key_Escape)
    assert _entries(blank) == []
    assert _panel(blank).editor.text.toPlainText() == ""


def test_keys_set_marks_and_go_on_with_lists(blank: MainWindow, qtbot: QtBot) -> None:
    text = _panel(blank).editor.text
    qtbot.keyClicks(text, "so")
    text.selectAll()
    qtbot.keyClick(text, Qt.Key.Key_B, Qt.KeyboardModifier.ControlModifier)
    assert text.toPlainText() == "**so**"
    qtbot.keyClick(text, Qt.Key.Key_B, Qt.KeyboardModifier.ControlModifier)
    assert text.toPlainText() == "so"
    text.setPlainText("")
    qtbot.keyClicks(text, "- one")
    qtbot.keyClick(text, Qt.Key.Key_Return)
    qtbot.keyClicks(text, "two")
    qtbot.keyClick(text, Qt.Key.Key_Return)
    qtbot.keyClick(text, Qt.Key.Key_Return)
    assert text.toPlainText() == "- one\n- two\n"


def test_a_study_for_reading_only_says_so(window: MainWindow, tmp_path: object, demo_bytes: bytes) -> None:
    path = tmp_path / "looked.reflexa"  # type: ignore[operator]
    path.write_bytes(demo_bytes)
    assert window.open_study(path, read_only=True)
    window.actions_["study.write"].trigger()
    assert "reading only" in window.foot.sentence.text()
    assert window.findChild(QuickEntry) is None


def _looked_at(window: MainWindow) -> list[tuple[str, str]]:
    assert window.desk is not None
    panel = _panel(window)
    found = panel.editor.linked()
    panel.put_away()
    return found


def test_it_links_what_one_looks_at_in_each_workspace(demo_window: MainWindow, qtbot: QtBot) -> None:
    code = demo_window.show_place("code")
    mark = next(iter(code.marks.values()))[0]  # type: ignore[union-attr]
    code.show_excerpt(mark.excerpt_id)  # type: ignore[union-attr]
    code.show_code(mark.code_id)  # type: ignore[union-attr]
    assert _looked_at(demo_window) == [("excerpt", mark.excerpt_id), ("code", mark.code_id)]
    themes = demo_window.show_place("themes")
    theme = themes.themes[1].id  # type: ignore[union-attr]
    themes.show_theme(theme)  # type: ignore[union-attr]
    assert _looked_at(demo_window) == [("theme", theme)]
    drawn = demo_window.show_place("map")
    version = str(drawn.versions.list.item(1).data(Qt.ItemDataRole.UserRole))  # type: ignore[union-attr]
    drawn.show_version(version)  # type: ignore[union-attr]
    assert ("version", version) in _looked_at(demo_window)
    read = demo_window.show_place("transcripts")
    assert _looked_at(demo_window) == [("source", read.list.current())]  # type: ignore[union-attr]
    assert _looked_at(demo_window) != []
    demo_window.show_place("outputs")
    assert _looked_at(demo_window) == []


def test_a_link_is_taken_off_and_the_transcript_around_is_offered(demo_window: MainWindow, qtbot: QtBot) -> None:
    code = demo_window.show_place("code")
    mark = next(iter(code.marks.values()))[0]  # type: ignore[union-attr]
    code.show_excerpt(mark.excerpt_id)  # type: ignore[union-attr]
    panel = _panel(demo_window)
    qtbot.keyClicks(panel.editor.text, "About these words")
    chips = panel.editor.links.findChildren(LinkChip)
    chips[0].cross.click()
    source = code.script.id  # type: ignore[union-attr]
    panel.editor.links.added.emit("source", source)
    panel.keep()
    (entry,) = [one for one in _entries(demo_window) if one.text == "About these words"]
    assert entry.speaks_of("source", source)
    assert not entry.speaks_of("excerpt", mark.excerpt_id)
