"""A sitting at the desk without a mouse: every step is a key, sent to whatever has the keyboard."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.models.kinds import CodeOrigin
from tests.ui.code.conftest import Bench

NONE = Qt.KeyboardModifier.NoModifier
CTRL, SHIFT, ALT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)
_MOUSE = {
    QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonRelease, QEvent.Type.MouseButtonDblClick,
    QEvent.Type.MouseMove, QEvent.Type.Wheel, QEvent.Type.DragEnter, QEvent.Type.Drop, QEvent.Type.ContextMenu,
}  # fmt: skip


class NoMouse(QObject):
    """Counts every event of a mouse."""

    def __init__(self) -> None:
        super().__init__()
        self.seen = 0

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Nothing is kept from anybody."""
        self.seen += event.type() in _MOUSE
        return False


class Hands:
    """Two hands on a keyboard: keys go where the focus is, as the system sends them."""

    def __init__(self, qtbot: QtBot, bench: Bench) -> None:
        self._qtbot, self.bench = qtbot, bench

    def press(self, *keys: Qt.Key, held: Qt.KeyboardModifier = NONE) -> Hands:
        """Press keys one after the other."""
        for key in keys:
            self._qtbot.keyClick(self._focus(), key, held)
            QApplication.processEvents()  # nobody presses two keys in one turn of the event loop
        return self

    def type(self, words: str) -> Hands:
        """Type letters: each goes where the keyboard is by then."""
        for letter in words:
            self._qtbot.keyClicks(self._focus(), letter)
            QApplication.processEvents()
        return self

    def command(self, words: str) -> Hands:
        """Run a command from the palette."""
        self.press(Qt.Key.Key_K, held=CTRL)
        return self.type(words).press(Qt.Key.Key_Return)

    def back_in_text(self) -> Hands:
        """Wait until the box has given the keyboard back."""
        self._qtbot.waitUntil(self.bench.code.panel.view.hasFocus)
        return self

    def _focus(self) -> QWidget:
        front = QApplication.activePopupWidget() or QApplication.activeModalWidget()
        focus = (front.focusWidget() or front) if front is not None else self.bench.window.focusWidget()
        assert focus is not None
        return focus


@pytest.fixture
def hands(qtbot: QtBot, bench: Bench) -> Iterator[Hands]:
    """The keyboard at the start of the text; at the end it is asked whether a mouse was used."""
    watch = NoMouse()
    QApplication.instance().installEventFilter(watch)
    bench.code.panel.setFocus()
    yield Hands(qtbot, bench)
    QApplication.instance().removeEventFilter(watch)
    assert watch.seen == 0


def at_start(hands: Hands) -> Hands:
    return hands.press(Qt.Key.Key_Home, held=CTRL).press(Qt.Key.Key_Down, held=ALT)


def test_a_passage_is_selected_word_by_word_and_coded(hands: Hands) -> None:
    at_start(hands).press(Qt.Key.Key_Right, Qt.Key.Key_Right, held=CTRL | SHIFT)
    hands.type("bel").press(Qt.Key.Key_Return).back_in_text()
    assert hands.bench.coded() == {("It felt", "Belonging by being noticed")}


def test_a_sentence_a_turn_and_a_run_of_turns_are_coded(hands: Hands) -> None:
    at_start(hands).press(Qt.Key.Key_Down, held=ALT)
    hands.press(Qt.Key.Key_S, held=CTRL | SHIFT).type("dist").press(Qt.Key.Key_Return).back_in_text()
    hands.press(Qt.Key.Key_T, held=CTRL).type("tid").press(Qt.Key.Key_Return).back_in_text()
    hands.press(Qt.Key.Key_Left).press(Qt.Key.Key_Down, Qt.Key.Key_Down, held=ALT)
    hands.press(Qt.Key.Key_Down, Qt.Key.Key_Down, held=ALT | SHIFT)
    hands.type("both of them").press(Qt.Key.Key_Return).back_in_text()
    assert hands.bench.coded() == {
        ("Same here.", "Distance"),
        ("Same here. We kept each other going, honestly.", "The inherited drive"),
        ("Somebody noticed when I was not there.\nBilal: And then you pass it on.", "both of them"),
    }


def test_in_vivo_repeat_undo_and_redo(hands: Hands) -> None:
    at_start(hands).press(Qt.Key.Key_Right, Qt.Key.Key_Right, held=CTRL | SHIFT).press(Qt.Key.Key_I, held=CTRL)
    assert hands.bench.row("It felt").origin == CodeOrigin.IN_VIVO
    hands.press(Qt.Key.Key_Down, held=ALT).press(Qt.Key.Key_S, held=CTRL | SHIFT).press(Qt.Key.Key_Period, held=CTRL)
    assert hands.bench.coded() == {("It felt", "It felt"), ("Same here.", "It felt")}
    hands.press(Qt.Key.Key_Z, Qt.Key.Key_Z, held=CTRL)
    assert hands.bench.coded() == set()
    assert len(hands.bench.code.codes) == 4
    hands.press(Qt.Key.Key_Z, held=CTRL | SHIFT).press(Qt.Key.Key_Y, held=CTRL)
    assert hands.bench.coded() == {("It felt", "It felt"), ("Same here.", "It felt")}


def test_a_code_is_pinned_and_given_by_its_number(hands: Hands) -> None:
    bench = hands.bench
    hands.press(Qt.Key.Key_F6, held=SHIFT)
    assert bench.window.focusWidget() is bench.code.tree
    hands.press(Qt.Key.Key_Home, Qt.Key.Key_Down).press(Qt.Key.Key_P, held=ALT)
    hands.press(Qt.Key.Key_F6)
    at_start(hands).press(Qt.Key.Key_T, held=CTRL).press(Qt.Key.Key_1, held=ALT)
    assert {name for _, name in bench.coded()} == {"The inherited drive"}


def test_an_excerpt_is_found_again_its_ends_moved_its_coding_doubted_and_removed(hands: Hands, qtbot: QtBot) -> None:
    bench = hands.bench
    at_start(hands).press(Qt.Key.Key_Right, held=CTRL | SHIFT).type("dist").press(Qt.Key.Key_Return).back_in_text()
    hands.press(Qt.Key.Key_End, held=CTRL).press(Qt.Key.Key_Left, held=ALT)
    assert bench.code.panel.selection() == bench.span("It")
    hands.press(Qt.Key.Key_L, Qt.Key.Key_L, held=ALT)
    assert bench.coded() == {("It felt like", "Distance")}
    hands.press(Qt.Key.Key_U, held=ALT)
    hands.press(Qt.Key.Key_L, held=CTRL | SHIFT)
    page = bench.code.drawer.page()
    assert page.list.hasFocus()
    hands.press(Qt.Key.Key_S)
    qtbot.waitUntil(lambda: page.list.model().rowCount() == 0)
    hands.press(Qt.Key.Key_Escape)
    assert not bench.code.drawer.isVisible()
    hands.press(Qt.Key.Key_Backspace, held=CTRL)
    assert bench.coded() == {("It felt like", "")}


def test_with_two_codes_the_menu_that_asks_is_answered_by_key(hands: Hands) -> None:
    at_start(hands).press(Qt.Key.Key_T, held=CTRL).type("dist").press(Qt.Key.Key_Return, held=SHIFT)
    hands.type("tid").press(Qt.Key.Key_Return).back_in_text()
    assert len(hands.bench.coded()) == 2
    hands.press(Qt.Key.Key_Backspace, held=CTRL).press(Qt.Key.Key_Up).press(Qt.Key.Key_Return)
    assert {name for _, name in hands.bench.coded()} == {"The inherited drive"}


def test_text_is_found_and_the_hit_is_coded(hands: Hands, qtbot: QtBot) -> None:
    bench = hands.bench
    hands.press(Qt.Key.Key_F, held=CTRL).type("kept each other").press(Qt.Key.Key_Return).press(Qt.Key.Key_Escape)
    hands.back_in_text()
    assert bench.code.panel.selection() == bench.span("kept each other")
    hands.type("dist").press(Qt.Key.Key_Return).back_in_text()
    assert bench.coded() == {("kept each other", "Distance")}


def test_a_command_is_run_from_the_palette(hands: Hands) -> None:
    at_start(hands).press(Qt.Key.Key_T, held=CTRL).command("in vivo")
    assert len(hands.bench.code.codes) == 5


def test_words_not_coded_are_gone_through_and_coded_one_after_the_other(hands: Hands) -> None:
    hands.press(Qt.Key.Key_Home, held=CTRL)
    for number in range(4):
        hands.press(Qt.Key.Key_F8).type(f"code number {number}").press(Qt.Key.Key_Return).back_in_text()
    assert len(hands.bench.coded()) == 4
    hands.press(Qt.Key.Key_F8)
    assert hands.bench.said[-1] == "Next words that are not coded: there is none from here."


def test_codes_are_merged_and_split_and_both_undone(hands: Hands, qtbot: QtBot) -> None:
    bench = hands.bench
    at_start(hands).press(Qt.Key.Key_Right, held=CTRL | SHIFT).type("dist").press(Qt.Key.Key_Return).back_in_text()
    hands.press(Qt.Key.Key_J, held=CTRL | SHIFT).type("inherited").press(Qt.Key.Key_Return)
    assert {name for _, name in bench.coded()} == {"The inherited drive"}

    def answer() -> None:
        hands.type("The first half").press(Qt.Key.Key_Tab).press(Qt.Key.Key_Space)
        hands.press(Qt.Key.Key_Return)

    QTimer.singleShot(100, answer)
    hands.press(Qt.Key.Key_K, held=CTRL | SHIFT)
    assert {name for _, name in bench.coded()} == {"The first half"}
    bench.window.activateWindow()  # a desktop does this when a dialog closes; the offscreen platform does not
    qtbot.waitUntil(bench.window.isActiveWindow)
    hands.press(Qt.Key.Key_Z, held=CTRL).press(Qt.Key.Key_Z, held=CTRL)
    assert {name for _, name in bench.coded()} == {"Distance"}
