"""Labels: all of them plain text, so that no word of a participant or name of a code is ever read as markup."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QWidget


def as_plain(text: str) -> str:
    """Words for a tool tip, which would read markup in them."""
    return f"<qt>{escape(text)}</qt>".replace("\n", "<br>") if "<" in text else text


class PlainLabel(QLabel):
    """A label that shows its text as it is. `look` is one of the looks of the style sheet."""

    def __init__(self, text: str = "", look: str = "", *, wrap: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(wrap)
        if look:
            self.setProperty("look", look)
        self.setText(text)


class SectionLabel(PlainLabel):
    """The small capital heading over a part of a panel."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__("", "section", parent=parent)
        self.head(text)

    def head(self, text: str) -> None:
        """Say this; who listens hears it as it is written."""
        self.setText(text.upper())
        self.setAccessibleName(text)


class ElidedLabel(PlainLabel):
    """A label of one line that ends in an ellipsis where room is short; the whole text is its tool tip."""

    def __init__(self, text: str = "", look: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, look, parent=parent)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.setMinimumWidth(24)

    def minimumSizeHint(self) -> QSize:
        """Narrower than its text if need be."""
        return QSize(24, super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        """Draw what fits."""
        painter = QPainter(self)
        shown = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())
        painter.setPen(self.palette().windowText().color())
        painter.drawText(self.rect(), int(self.alignment() | Qt.AlignmentFlag.AlignVCenter), shown)
        self.setToolTip(self.text() if shown != self.text() else "")


class Line(QFrame):
    """A hairline between two parts."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", "line")
        self.setFixedHeight(1)
