"""Keys that a person gives: chosen by pressing them, never two commands on one, remembered, and taken back."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QMenu, QWidget
from pytestqt.qtbot import QtBot

from app.ui.actions import Actions, plain_text
from app.ui.keys import why_not
from app.ui.settings import Settings
from app.ui.window.main_window import PLACES, MainWindow
from app.ui.window.shortcuts import ShortcutsDialog

CTRL, SHIFT, ALT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)


@pytest.fixture
def sheet(qtbot: QtBot, demo_window: MainWindow) -> ShortcutsDialog:
    """The cheat sheet, open, with every workspace built."""
    for name, _, _ in PLACES:
        demo_window.show_place(name)
    made = ShortcutsDialog(demo_window.actions_, demo_window)
    qtbot.addWidget(made)
    made.show()
    return made


def press(qtbot: QtBot, sheet: ShortcutsDialog, action_id: str, key: Qt.Key, held: Qt.KeyboardModifier) -> None:
    sheet.choose(action_id)
    qtbot.keyClick(sheet.list, Qt.Key.Key_Return)
    assert sheet.isVisible()
    qtbot.keyClick(sheet.field, key, held)


def shown(sheet: ShortcutsDialog) -> list[str]:
    groups = [sheet.list.topLevelItem(place) for place in range(sheet.list.topLevelItemCount())]
    rows = [group.child(row) for group in groups if not group.isHidden() for row in range(group.childCount())]
    return [row.text(0) for row in rows if not row.isHidden()]


def test_the_sheet_lists_every_command_of_the_registry_by_its_menu(sheet: ShortcutsDialog) -> None:
    actions = sheet._actions
    assert sorted(shown(sheet)) == sorted(plain_text(action) for action in actions.all())
    heads = [sheet.list.topLevelItem(place).text(0) for place in range(sheet.list.topLevelItemCount())]
    assert heads[0] == "File"
    assert heads.index("Code › Go to") > heads.index("Code")
    assert sheet._items["window.palette"].text(1) == "Ctrl+K"
    assert sheet._items["code.extend_word"].text(1) == "Ctrl+Shift+Right"


@pytest.mark.parametrize(
    ("typed", "found"), [("alt+u", "code.unsure"), ("LAST again", "code.repeat"), ("f4", "code.next_coding")]
)
def test_commands_are_found_by_words_and_by_keys(sheet: ShortcutsDialog, typed: str, found: str) -> None:
    sheet.filter.setText(typed)
    assert plain_text(sheet._actions[found]) in shown(sheet)
    assert len(shown(sheet)) < 8
    sheet.filter.setText("no command is called like this")
    assert shown(sheet) == []


def test_pressed_keys_are_given_remembered_and_obeyed(qtbot: QtBot, sheet: ShortcutsDialog, settings: Settings) -> None:
    press(qtbot, sheet, "code.repeat", Qt.Key.Key_R, CTRL)
    assert sheet._actions.keys_of("code.repeat") == ["Ctrl+R"]
    assert sheet._items["code.repeat"].text(1) == "Ctrl+R (changed)"
    again = Actions(QWidget(), settings)
    assert again.add("code.repeat", "Again", lambda: None, keys="Ctrl+.").shortcut().toString() == "Ctrl+R"


def test_a_workspace_that_is_built_again_keeps_the_keys(
    qtbot: QtBot, sheet: ShortcutsDialog, demo_window: MainWindow
) -> None:
    press(qtbot, sheet, "code.repeat", Qt.Key.Key_R, CTRL)
    path = demo_window.desk.study.path
    demo_window.close_study()
    assert demo_window.open_study(path)
    demo_window.show_place("code")
    assert demo_window.actions_.keys_of("code.repeat") == ["Ctrl+R"]


def test_a_clash_names_the_other_command_and_changes_nothing(qtbot: QtBot, sheet: ShortcutsDialog) -> None:
    press(qtbot, sheet, "code.repeat", Qt.Key.Key_I, CTRL)
    assert sheet.said.text() == "Ctrl+I is “Code with its own words (in vivo)” already."
    assert sheet._actions.keys_of("code.repeat") == ["Ctrl+."]
    assert sheet.take_over.isVisible()
    qtbot.keyClick(sheet.field, Qt.Key.Key_Escape)
    assert sheet._actions.keys_of("code.in_vivo") == ["Ctrl+I"]
    assert not sheet.field.isVisible()


def test_keys_can_be_taken_over_by_key_alone(qtbot: QtBot, sheet: ShortcutsDialog) -> None:
    press(qtbot, sheet, "code.repeat", Qt.Key.Key_I, CTRL)
    qtbot.keyClick(sheet.field, Qt.Key.Key_Tab)
    qtbot.waitUntil(sheet.take_over.hasFocus)
    qtbot.keyClick(sheet.take_over, Qt.Key.Key_Space)
    assert sheet._actions.keys_of("code.repeat") == ["Ctrl+I"]
    assert sheet._actions.keys_of("code.in_vivo") == []
    sheet.choose("code.in_vivo")
    sheet.reset.click()
    assert sheet._actions.keys_of("code.in_vivo") == ["Ctrl+I"]
    assert sheet._actions.keys_of("code.repeat") == []


def test_keys_of_the_window_clash_with_those_of_every_workspace_and_workspaces_not_with_each_other(
    qtbot: QtBot, sheet: ShortcutsDialog
) -> None:
    assert sheet._actions.holder("Ctrl+K", "code.repeat") == "window.palette"
    assert sheet._actions.holder("Ctrl+I", "window.palette") == "code.in_vivo"
    assert sheet._actions.holder("Ctrl+I", "themes.rename") == ""
    press(qtbot, sheet, "code.repeat", Qt.Key.Key_Right, CTRL | SHIFT)
    assert sheet._actions.keys_of("code.repeat") == ["Ctrl+."]


@pytest.mark.parametrize(
    "keys",
    ["A", "Shift+A", "?", "ä", "字", "Space", "Return", "Esc", "Tab", "Backspace", "Delete", "Left", "Shift+End",
     "Ctrl+Left", "Ctrl+Shift+Right", "Ctrl+Home", "Ctrl+A", "Ctrl+C", "Ctrl+V", "Ctrl+X", "Alt+F4", "Ctrl+Alt+L",
     "Ctrl+Shift+U", "Alt+Tab", "F10"],
)  # fmt: skip
def test_keys_that_writing_moving_or_the_system_needs_are_refused(keys: str) -> None:
    assert why_not(QKeySequence(keys))


@pytest.mark.parametrize(
    "keys", ["Ctrl+R", "Ctrl+Shift+R", "Alt+X", "F7", "Shift+F7", "Alt+Left", "Ctrl+Return", "Alt+5", "Ctrl+;"]
)
def test_other_keys_may_be_given(keys: str) -> None:
    assert not why_not(QKeySequence(keys))


def test_a_refused_key_says_why_and_one_can_press_another(qtbot: QtBot, sheet: ShortcutsDialog) -> None:
    press(qtbot, sheet, "code.repeat", Qt.Key.Key_A, Qt.KeyboardModifier.NoModifier)
    assert "plain character" in sheet.said.text()
    assert sheet._actions.keys_of("code.repeat") == ["Ctrl+."]
    qtbot.keyClick(sheet.field, Qt.Key.Key_Control, CTRL)
    qtbot.keyClick(sheet.field, Qt.Key.Key_U, CTRL)
    assert sheet._actions.keys_of("code.repeat") == ["Ctrl+U"]


def test_no_keys_and_all_as_they_were(qtbot: QtBot, sheet: ShortcutsDialog, settings: Settings) -> None:
    sheet.choose("code.repeat")
    sheet.none.click()
    press(qtbot, sheet, "code.take", Qt.Key.Key_F7, Qt.KeyboardModifier.NoModifier)
    assert settings.shortcuts() == {"code.repeat": [], "code.take": ["F7"]}
    assert sheet.reset_all.isEnabled()
    sheet.reset_all.click()
    assert settings.shortcuts() == {}
    assert sheet._actions.keys_of("code.repeat") == ["Ctrl+."]
    assert not sheet.reset_all.isEnabled()


def test_keys_given_to_one_command_are_not_taken_by_a_newer_one_that_comes_with_them(settings: Settings) -> None:
    settings.remember_shortcuts({"code.repeat": ["Ctrl+J"]})
    actions = Actions(QWidget(), settings)
    assert actions.add("code.newer", "Newer", lambda: None, keys=("Ctrl+J", "F7")).shortcuts() == [QKeySequence("F7")]
    assert actions.add("themes.newer", "Newer", lambda: None, keys="Ctrl+J").shortcut() == QKeySequence("Ctrl+J")


@pytest.mark.parametrize("kept", ["", "{", "[]", "3", '{"code.repeat": 3}', '{"code.repeat": "Ctrl+J"}'])
def test_remembered_keys_that_cannot_be_read_are_as_if_there_were_none(settings: Settings, kept: str) -> None:
    settings._store.setValue("keys/given", kept)
    actions = Actions(QWidget(), settings)
    assert actions.add("code.repeat", "Again", lambda: None, keys="Ctrl+.").shortcut() == QKeySequence("Ctrl+.")


def test_sub_menus_stand_where_they_are_first_used_and_go_when_they_are_empty(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    actions = Actions(window)
    actions.add("study.one", "One", lambda: None, menu="Code")
    actions.separator("Code")
    actions.add("code.two", "Two", lambda: None, menu="Code/Go to")
    actions.add("code.three", "Three", lambda: None, menu="Code/Go to/Far")
    actions.add("study.four", "Four", lambda: None, menu="Code")

    def texts(menu: QMenu) -> list[object]:
        return [texts(action.menu()) if action.menu() else action.text() for action in menu.actions()]

    menu = QMenu(window)
    actions.fill_menu(menu, "Code")
    assert texts(menu) == ["One", "", ["Two", ["Three"]], "Four"]
    assert actions.menu_of("code.three") == "Code/Go to/Far"
    actions.remove("code.")
    emptied = QMenu(window)
    actions.fill_menu(emptied, "Code")
    assert texts(emptied) == ["One", "", "Four"]
