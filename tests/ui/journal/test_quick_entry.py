"""Ctrl+J: an entry beside the work. Whatever is typed is kept, however one leaves."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from app.analysis.journal import Entry, entries
from app.ui.journal.links import LinkChip
from app.ui.journal.quick_entry import QuickEntry
from app.ui.lenses.dialog import LensDialog
from app.ui.reviews.panel import CommentsPanel
from app.ui.window.main_window import MainWindow
from app.ui.window.menus import show_comments


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


def _press_in(dialog: QDialog, field: QWidget, qtbot: QtBot) -> None:
    """The key, as a person presses it there."""
    with qtbot.waitActive(dialog):
        dialog.activateWindow()
    field.setFocus()
    qtbot.keyClick(dialog.windowHandle(), Qt.Key.Key_J, Qt.KeyboardModifier.ControlModifier)


def _open_panel(window: MainWindow) -> QuickEntry | None:
    return next((one for one in window.findChildren(QuickEntry) if one.isVisible()), None)


def test_it_opens_over_a_dialog_that_lets_nobody_write_behind_it(demo_window: MainWindow, qtbot: QtBot) -> None:
    lens = demo_window.show_place("themes").lens  # type: ignore[union-attr]
    dialog = LensDialog(demo_window.desk, lens.id, demo_window)
    dialog.open()
    _press_in(dialog, dialog.definition, qtbot)
    panel = _open_panel(demo_window)
    assert panel is not None
    assert panel.editor.linked() == [("lens_entry", lens.entries[0].id)]
    assert panel.windowHandle().transientParent() is dialog.windowHandle()
    qtbot.keyClicks(panel.editor.text, "Does this entry say it?")
    dialog.reject()
    assert panel.isVisible()
    assert panel.windowHandle().transientParent() is demo_window.windowHandle()
    qtbot.keyClick(panel.editor.text, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert _entries(demo_window)[0].text == "Does this entry say it?"


def test_it_opens_from_what_stands_beside_the_work(demo_window: MainWindow, qtbot: QtBot) -> None:
    demo_window.show_place("themes")
    theme = demo_window.show_place("themes").themes[0].id  # type: ignore[union-attr]
    show_comments(demo_window, "theme", theme)
    panel = demo_window.findChild(CommentsPanel)
    _press_in(panel, panel.text, qtbot)
    opened = _open_panel(demo_window)
    assert opened is not None
    assert opened.editor.linked() == [("theme", theme)]


@pytest.mark.parametrize("place", ["transcripts", "code", "compare", "themes", "map", "journal", "outputs"])
def test_it_opens_from_a_field_of_each_workspace_and_loses_nothing_typed_there(
    demo_window: MainWindow, qtbot: QtBot, place: str
) -> None:
    shown = demo_window.show_place(place)
    fields = [one for one in shown.findChildren(QLineEdit) if one.isVisible() and one.isEnabled()]
    for field in fields[:1]:
        field.setFocus()
        before = field.text()
        qtbot.keyClick(field, Qt.Key.Key_J, Qt.KeyboardModifier.ControlModifier)
        assert _open_panel(demo_window) is not None
        assert field.text() == before


@pytest.mark.parametrize("work", ["held", "at_work"])
def test_while_something_is_done_to_its_end_nothing_is_written_in_between(
    demo_window: MainWindow, qtbot: QtBot, work: str
) -> None:
    panel = _panel(demo_window)
    qtbot.keyClicks(panel.editor.text, "Before they come in")
    with getattr(demo_window.desk, work)():
        assert not panel.isVisible()
        assert _entries(demo_window)[0].text == "Before they come in"
        demo_window.actions_["study.write"].trigger()
        assert not panel.isVisible()
    demo_window.actions_["study.write"].trigger()
    assert panel.isVisible()


def test_a_question_that_waits_for_an_answer_is_not_written_over(demo_window: MainWindow, qtbot: QtBot) -> None:
    box = QMessageBox(demo_window)
    box.open()
    with qtbot.waitActive(box):
        box.activateWindow()
    qtbot.keyClick(box.windowHandle(), Qt.Key.Key_J, Qt.KeyboardModifier.ControlModifier)
    assert _open_panel(demo_window) is None
    box.reject()
