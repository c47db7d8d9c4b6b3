"""Parts of a window that scroll up and down where they have no room, and columns that stay in the middle."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QWidget


def scrolling(inside: QWidget) -> QScrollArea:
    """The part inside an area without a frame that never scrolls sideways."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setWidget(inside)
    return area


def centred(column: QWidget, look: str = "") -> QWidget:
    """A column in the middle of what is there, as wide as it may be. `look` is that of the room beside it."""
    around = QWidget()
    if look:
        around.setProperty("look", look)
    row = QHBoxLayout(around)
    row.setContentsMargins(24, 0, 24, 0)
    row.addStretch(1)
    row.addWidget(column, 100)
    row.addStretch(1)
    return around
