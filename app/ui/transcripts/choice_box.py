"""A box to choose one of a few things from, each with a value of its own."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox, QSizePolicy, QWidget

from app.ui.widgets.choice import ElidingBox


class ChoiceBox(ElidingBox):
    """Says `picked` with the value when a person chooses, never when it is filled.

    The wheel goes past it: scrolling a table must not change what stands in it.
    """

    picked = Signal(object)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.activated.connect(lambda place: self.picked.emit(self.itemData(place)))

    def fill(self, choices: Iterable[tuple[str, Any] | None], chosen: Any) -> None:
        """Offer these (text, value); None draws a line. A value that is not among them shows nothing."""
        self.clear()
        place = -1
        for choice in choices:
            if choice is None:
                self.insertSeparator(self.count())
                continue
            text, value = choice
            self.addItem(text)
            self.setItemData(self.count() - 1, value)
            if place < 0 and value == chosen:
                place = self.count() - 1
        self.setCurrentIndex(place)
        view = self.view()
        view.setMinimumWidth(min(480, max(self.width(), view.sizeHintForColumn(0) + 32)))

    def value(self) -> Any:
        """The value chosen, or None."""
        return self.currentData()

    def pick(self, value: Any) -> None:
        """Choose as a person would. Raises ValueError if it is not offered."""
        places = [place for place in range(self.count()) if self.itemText(place) and self.itemData(place) == value]
        if not places:
            raise ValueError(value)
        self.setCurrentIndex(places[0])
        self.activated.emit(places[0])

    def minimumSizeHint(self) -> QSize:
        """Narrower than its longest choice if need be."""
        return QSize(72, super().minimumSizeHint().height())

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Let what holds the box scroll."""
        event.ignore()
