"""What is done while nobody waits waits for whoever types."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from app.ui.window import calm
from app.ui.window.calm import CalmSteps


def test_steps_are_done_in_pauses_and_end_when_nothing_is_left(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(calm, "PAUSE_MS", 1)
    line, left = _shown(qtbot), [1, 2, 3]
    steps = CalmSteps(line, lambda: left.pop() != 1)
    steps.start()
    qtbot.waitUntil(lambda: not left)
    qtbot.waitUntil(lambda: steps._listening is None)
    assert not steps._timer.isActive()


def test_no_step_is_done_while_somebody_types(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(calm, "PAUSE_MS", 0)
    monkeypatch.setattr(calm, "AFTER_INPUT_MS", 86_400_000)
    line, done = _shown(qtbot), []
    steps = CalmSteps(line, lambda: not done.append(len(line.text())))
    steps.start()
    QTest.keyClick(line.windowHandle(), Qt.Key.Key_A)
    for _ in range(20):
        qtbot.wait(1)
    assert line.text() == "a"
    assert done == []
    steps.stop()


def _shown(qtbot: QtBot) -> QLineEdit:
    line = QLineEdit()
    qtbot.addWidget(line)
    with qtbot.waitExposed(line):
        line.show()
    line.setFocus()
    return line
