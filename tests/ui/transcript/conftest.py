"""A transcript panel alone: no study, plain marks in."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.ui.transcript.marks import CodingMark, TurnMark
from app.ui.transcript.panel import TranscriptPanel


@dataclass
class Page:
    """A text with its turns, as it is built up line by line."""

    text: str = ""
    turns: list[TurnMark] = field(default_factory=list)

    def say(self, speaker: str, words: str, *, own_line: bool = False, time: str = "") -> Page:
        """Add a turn: `Speaker: words`, or the label on a line of its own."""
        at = len(self.text)
        label = f"{speaker}:" if speaker and not own_line else speaker
        self.text += label + (("\n" if own_line else " ") if speaker else "")
        start = len(self.text)
        self.text += words
        turn = TurnMark(f"t{len(self.turns)}", len(self.turns) + 1, at, at + len(label), start, len(self.text),
                        speaker, time)  # fmt: skip
        self.turns.append(turn)
        self.text += "\n"
        return self

    def span(self, words: str) -> tuple[int, int]:
        """Where these words stand."""
        start = self.text.index(words)
        return start, start + len(words)

    def mark(self, words: str, name: str = "belonging", colour: str = "#0072B2", key: str = "") -> CodingMark:
        """A coding over these words."""
        start, end = self.span(words)
        key = key or name
        return CodingMark(f"c-{key}", f"e-{key}", f"k-{key}", start, end, name, name[:2].title(), colour)


def talk() -> Page:
    """Three people, so that hidden labels stand between words."""
    page = Page()
    page.say("Nur", "It felt like a place where I belong, you know.", time="00:01")
    page.say("Bilal", "Same here. We kept each other going, honestly.")
    page.say("Moderator", "Why? Can you say (really say) more?")
    return page.say("Nur", "Somebody noticed when I was not there.")


@pytest.fixture
def panel(qtbot: QtBot, qapp: QApplication) -> TranscriptPanel:
    """The panel, shown at 1000 x 700, without the style that a window of an earlier test left to the application."""
    qapp.setStyleSheet("")
    made = TranscriptPanel()
    qtbot.addWidget(made)
    made.resize(1000, 700)
    made.show()
    made.activateWindow()
    made.view.setFocus()
    return made


def show(panel: TranscriptPanel, page: Page, *marks: CodingMark) -> None:
    """Put a page and its codings into the panel."""
    panel.set_transcript("s", page.text, page.turns)
    panel.set_codings(marks)
    panel.grab()


def point_at(panel: TranscriptPanel, position: int) -> QPoint:
    """Where the left edge of a code point stands in the viewport."""
    cursor = QTextCursor(panel.view.document())
    cursor.setPosition(panel.view.offsets.to_qt(position))
    return panel.view.cursorRect(cursor).center()


def drag(panel: TranscriptPanel, start: QPoint, end: QPoint) -> None:
    """Press, move, release, as a hand does."""
    viewport = panel.view.viewport()
    QTest.mousePress(viewport, Qt.MouseButton.LeftButton, pos=start)
    QTest.mouseMove(viewport, start + QPoint(15, 0))
    QTest.mouseMove(viewport, end)
    QTest.mouseRelease(viewport, Qt.MouseButton.LeftButton, pos=end)


def tinted(panel: TranscriptPanel, start: int, end: int) -> list[object]:
    """The rectangles that are tinted for a stretch of code points."""
    view = panel.view
    first, last = view.offsets.to_qt(start), view.offsets.to_qt(end)
    return [rect for block, _ in view.visible_blocks() for rect in view.line_rects(block, first, last)]
