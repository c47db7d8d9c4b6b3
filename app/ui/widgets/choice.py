"""Boxes to choose one thing from a list, which may be narrower than what stands in them."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox, QStyleOptionComboBox

ARROW = 42
"""Pixels of a box that its arrow and its edges take."""


class ElidingBox(QComboBox):
    """Where it is narrow, what is shown ends in an ellipsis."""

    def initStyleOption(self, option: QStyleOptionComboBox) -> None:
        """Shorten the words to the room there is."""
        super().initStyleOption(option)
        room = max(0, self.width() - ARROW)
        option.currentText = self.fontMetrics().elidedText(option.currentText, Qt.TextElideMode.ElideRight, room)


class ChoiceOfOne(ElidingBox):
    """A box that may be narrower than its longest choice, and that the wheel goes past."""

    def __init__(self, name: str, said: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(said)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(5)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Let what holds the box scroll."""
        event.ignore()
