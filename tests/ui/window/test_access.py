"""What everybody needs: names on every control, shortcuts that do not clash, colours one can read."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from app.operations.codes import PALETTE
from app.ui.actions import EVERYWHERE
from app.ui.keys import why_not
from app.ui.style.icons import ink_on
from app.ui.style.tokens import LOOKS, Tokens, contrast
from app.ui.widgets.labels import PlainLabel
from app.ui.window.about import AboutDialog
from app.ui.window.ethics_dialog import EthicsDialog
from app.ui.window.main_window import PLACES, MainWindow
from app.ui.window.palette import CommandPalette
from app.ui.window.preferences import PreferencesDialog
from app.ui.window.shortcuts import ShortcutsDialog
from app.ui.window.study_sheet import StudySheetDialog

INTERACTIVE = (QAbstractButton, QAbstractItemView, QAbstractSpinBox, QComboBox, QLineEdit, QPlainTextEdit, QTextEdit)


def nameless(root: QWidget) -> list[str]:
    """Every control under a widget that a screen reader would have no word for."""
    found = []
    for widget in root.findChildren(QWidget):
        inside = widget.parentWidget()
        if not isinstance(widget, INTERACTIVE) or widget.objectName().startswith("qt_"):
            continue
        if root.isVisible() and not widget.isVisibleTo(root):
            continue  # a bar that asks gets its words when it asks
        if isinstance(inside, (QComboBox, QAbstractSpinBox, QLineEdit, QDialogButtonBox, QAbstractItemView)):
            continue  # part of a control that has a name itself
        if inside is not None and inside.metaObject().className().startswith("QComboBox"):
            continue
        said = widget.accessibleName() or (widget.text() if isinstance(widget, QAbstractButton) else "")
        if not said.strip():
            found.append(f"{type(widget).__name__} {widget.objectName()!r} in {type(inside).__name__}")
    return found


def test_every_control_of_every_workspace_has_a_name(demo_window: MainWindow) -> None:
    code = demo_window.show_place("code")
    excerpt = next(iter(code.marks))
    code.show_excerpt(excerpt)
    code.show_code(code.marks[excerpt][0].code_id)
    code.find_bar.open_bar("")
    for name, _, _ in PLACES:
        place = demo_window.show_place(name)
        place.grab()
        assert nameless(place) == [], name
    assert nameless(demo_window) == []


@pytest.mark.parametrize("name", ["transcripts", "code", "themes"])
def test_tab_comes_from_the_foot_to_everything_in_order(demo_window: MainWindow, qtbot: QtBot, name: str) -> None:
    demo_window.resize(1440, 900)
    place = demo_window.show_place(name)
    demo_window.activateWindow()
    QApplication.processEvents()
    demo_window.foot.phase.setFocus()
    reached: list[QWidget] = []
    while len(reached) < 99:
        qtbot.keyClick(demo_window.focusWidget(), Qt.Key.Key_Tab)
        if demo_window.focusWidget() is demo_window.foot.phase:
            break
        reached.append(demo_window.focusWidget())
    lists = [one for one in place.findChildren(QAbstractItemView) if one.isVisible() and one.isEnabled()]
    assert [one.objectName() for one in lists if one not in reached] == []


def test_the_keyboard_goes_along_to_another_view_of_the_themes(demo_window: MainWindow) -> None:
    themes = demo_window.show_place("themes")
    themes.tree.setFocus()
    themes.show_view("matrix")
    assert demo_window.focusWidget() is themes.matrix


def test_escape_shows_all_codes_again(demo_window: MainWindow, qtbot: QtBot) -> None:
    code = demo_window.show_place("code")
    said = next(one for one in code.findChildren(PlainLabel) if one.text().startswith("No code has these letters"))
    qtbot.keyClicks(code.filter, "adopt")
    assert not said.isVisible()
    qtbot.keyClicks(code.filter, "qq")
    assert said.isVisible()
    qtbot.keyClick(code.filter, Qt.Key.Key_Escape)
    assert code.filter.text() == ""
    assert not said.isVisible()


def test_tab_leaves_every_table(demo_window: MainWindow) -> None:
    for name, _, _ in PLACES:
        demo_window.show_place(name)
    held = [one.objectName() for one in demo_window.findChildren(QAbstractItemView) if one.tabKeyNavigation()]
    assert held == []


@pytest.mark.parametrize("make", [AboutDialog, PreferencesDialog])
def test_every_control_of_the_dialogs_has_a_name(demo_window: MainWindow, make: type[QDialog]) -> None:
    assert nameless(make(demo_window)) == []


def test_every_control_of_the_other_dialogs_has_a_name(demo_window: MainWindow) -> None:
    from app.ui.importing.dialog import ImportDialog

    for made in (
        ShortcutsDialog(demo_window.actions_, demo_window),
        StudySheetDialog(demo_window.desk, demo_window),
        EthicsDialog(demo_window.desk, demo_window),
        CommandPalette(demo_window.actions_, demo_window),
        ImportDialog(demo_window.desk, demo_window),
    ):
        assert nameless(made) == [], type(made).__name__


def test_every_control_of_the_start_screen_has_a_name(window: MainWindow, tmp_path: Path) -> None:
    window.new_study(tmp_path / "one.reflexa")
    window.close_study()
    assert nameless(window.start) == []


def test_no_two_shortcuts_clash_in_one_scope(demo_window: MainWindow) -> None:
    for name, _, _ in PLACES:
        demo_window.show_place(name)
    holders = defaultdict(list)
    everywhere = set()
    for action in demo_window.actions_.all():
        scope, context = action.objectName().split(".")[0], action.shortcutContext()
        if context == Qt.ShortcutContext.WindowShortcut:
            scope = "window"
        elif context == Qt.ShortcutContext.WidgetShortcut:
            scope += " list"
        keys = [key.toString() for key in action.shortcuts()]
        fixed = demo_window.actions_.fixed_keys(action.objectName())
        for key in [*keys, fixed] if fixed else keys:
            holders[scope, key].append(action.objectName())
            if scope == "window":
                everywhere.add(key)
    assert {key: names for key, names in holders.items() if len(names) > 1} == {}
    assert [key for (scope, key) in holders if scope != "window" and key in everywhere] == []
    assert len(holders) > 25


def test_no_command_over_the_text_comes_with_keys_that_writing_or_the_system_needs(demo_window: MainWindow) -> None:
    demo_window.show_place("code")
    refused = {
        (action.objectName(), key.toString()): why_not(key)
        for action in demo_window.actions_.all()
        for key in action.shortcuts()
        if action.objectName().split(".")[0] in {*EVERYWHERE, "code"} and why_not(key)
    }
    assert refused == {}


def test_every_command_has_words_and_an_id(demo_window: MainWindow) -> None:
    for name, _, _ in PLACES:
        demo_window.show_place(name)
    for action in demo_window.actions_.all():
        assert action.text().strip()
        assert "." in action.objectName()


@pytest.mark.parametrize("tokens", LOOKS.values(), ids=LOOKS.keys())
@pytest.mark.parametrize("ground", ["panel", "paper", "raised", "chosen", "hover"])
@pytest.mark.parametrize("text", ["text", "quiet", "accent", "warn"])
def test_words_can_be_read_on_every_ground(tokens: Tokens, ground: str, text: str) -> None:
    assert contrast(getattr(tokens, text), getattr(tokens, ground)) >= (7 if tokens.strong else 4.5)


@pytest.mark.parametrize("tokens", LOOKS.values(), ids=LOOKS.keys())
def test_the_words_of_the_main_button_and_the_focus_can_be_seen(tokens: Tokens) -> None:
    assert contrast(tokens.on_accent, tokens.accent) >= 4.5
    assert all(contrast(tokens.focus, getattr(tokens, ground)) >= 3 for ground in ("panel", "paper", "raised"))


@pytest.mark.parametrize("colour", PALETTE)
def test_the_letters_of_a_sign_can_be_read_on_its_colour(colour: str) -> None:
    assert contrast(ink_on(colour), colour) >= 4.5
