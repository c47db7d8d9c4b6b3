"""How transcripts are set, by command: larger and smaller letters, what is numbered beside the text."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QActionGroup

if TYPE_CHECKING:
    from app.ui.desk import Desk

LEAST, MOST, USUAL = 8, 32, 12
"""Points."""
SIZE, NUMBERS = "View/Size of letters", "View/Numbers beside the text"
NUMBERED = {"turns": "Numbers of turns", "paragraphs": "Numbers of paragraphs", "none": "No numbers"}


def add_reading_actions(desk: Desk, scope: str) -> None:
    """Register the commands for a workspace that shows transcripts; all of it is remembered and holds for every one."""
    add = desk.actions.add
    add(f"{scope}.larger", _tr("Larger letters"), lambda: set_size(desk, 1), keys=("Ctrl++", "Ctrl+="), menu=SIZE)
    add(f"{scope}.smaller", _tr("Smaller letters"), lambda: set_size(desk, -1), keys="Ctrl+-", menu=SIZE)
    add(f"{scope}.usual_size", _tr("Letters of the usual size"), lambda: set_size(desk, 0), keys="Ctrl+0", menu=SIZE)
    group = QActionGroup(desk)
    for name, text in NUMBERED.items():
        action = add(f"{scope}.numbers_{name}", _tr(text), lambda name=name: _number(desk, name), menu=NUMBERS,
                     checkable=True)  # fmt: skip
        group.addAction(action)
    _show_numbered(desk, scope)
    desk.restyled.connect(lambda: _show_numbered(desk, scope))


def set_size(desk: Desk, by: int) -> None:
    """Make the letters of transcripts larger or smaller by so many points; 0 gives the usual size."""
    reading = desk.settings.reading
    points = max(LEAST, min(MOST, reading.points + by)) if by else USUAL
    if points != reading.points:
        desk.settings.reading = replace(reading, points=points)
        desk.restyled.emit()
    desk.say(_tr("The letters of transcripts have {points} points.").format(points=points))


def _number(desk: Desk, name: str) -> None:
    desk.settings.reading = replace(desk.settings.reading, numbers=name)
    desk.restyled.emit()


def _show_numbered(desk: Desk, scope: str) -> None:
    """Let the menu say what is numbered: it may have been chosen in the preferences."""
    numbers = desk.settings.reading.numbers
    desk.actions[f"{scope}.numbers_{numbers if numbers in NUMBERED else 'turns'}"].setChecked(True)


def _tr(text: str) -> str:
    return QCoreApplication.translate("ReadingCommands", text)
