"""The keys of the coding desk work where one codes: with the focus in the transcript."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.operations.codings import code_passage
from tests.ui.code.conftest import Bench

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
ALT = Qt.KeyboardModifier.AltModifier


@pytest.mark.parametrize(
    ("action", "key", "held"),
    [
        ("code.quick", Qt.Key.Key_Return, CTRL),
        ("code.in_vivo", Qt.Key.Key_I, CTRL),
        ("code.repeat", Qt.Key.Key_Period, CTRL),
        ("code.take", Qt.Key.Key_E, CTRL),
        ("code.uncode", Qt.Key.Key_Backspace, CTRL),
        ("code.ends", Qt.Key.Key_M, CTRL),
        ("code.delete_excerpt", Qt.Key.Key_Backspace, CTRL | SHIFT),
        ("code.copy", Qt.Key.Key_C, CTRL | SHIFT),
        ("code.new", Qt.Key.Key_N, CTRL | SHIFT),
        ("code.find", Qt.Key.Key_F, CTRL),
        ("code.find_next", Qt.Key.Key_F3, Qt.KeyboardModifier.NoModifier),
        ("code.next_turn", Qt.Key.Key_Down, ALT),
        ("code.previous_turn", Qt.Key.Key_Up, ALT),
        ("code.next_excerpt", Qt.Key.Key_Right, ALT),
        ("code.previous_excerpt", Qt.Key.Key_Left, ALT),
        ("code.select_turn", Qt.Key.Key_T, CTRL),
        ("edit.undo", Qt.Key.Key_Z, CTRL),
        ("edit.redo", Qt.Key.Key_Z, CTRL | SHIFT),
        ("window.palette", Qt.Key.Key_K, CTRL),
    ],
)
def test_a_key_reaches_its_command_from_the_transcript(
    qtbot: QtBot, bench: Bench, action: str, key: Qt.Key, held: Qt.KeyboardModifier
) -> None:
    bench.desk.study.undo()  # so that there is something to redo
    bench.select("Same here")
    done = []
    wanted = bench.window.actions_[action]
    wanted.triggered.disconnect()
    wanted.triggered.connect(lambda *_: done.append(action))
    qtbot.keyClick(bench.code.panel.view, key, held)
    assert done == [action]


def test_coding_by_keyboard_alone(qtbot: QtBot, bench: Bench) -> None:
    view = bench.code.panel.view
    bench.code.panel.select(0, 0)
    qtbot.keyClick(view, Qt.Key.Key_Down, ALT)
    qtbot.keyClick(view, Qt.Key.Key_T, CTRL)
    qtbot.keyClicks(view, "bel")
    qtbot.keyClick(bench.code.coding.box.field, Qt.Key.Key_Return)
    ((quote, name),) = bench.coded()
    assert name == "Belonging by being noticed"
    assert quote in bench.code.script.text


def test_copied_quotes_carry_their_attribution_and_no_label(qtbot: QtBot, bench: Bench) -> None:
    from PySide6.QtGui import QGuiApplication

    bench.desk.run(code_passage, bench.code.script.id, *bench.span("Same here"), bench.id("Distance"))
    start, end = bench.span("I belong.")[0], bench.span("Same here")[1]
    bench.code.panel.select(start, end)
    qtbot.keyClick(bench.code.panel.view, Qt.Key.Key_C, CTRL)
    words = QGuiApplication.clipboard().text()
    assert "I belong." in words
    assert "Same here" in words
    assert "Bilal:" not in words
