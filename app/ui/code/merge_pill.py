"""The labelled place beside a code, shown while codes are dragged: dropped there they are merged into it."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from app.ui.style.tokens import LIGHT, Tokens


class MergePill(QWidget):
    """A pill at the right end of a row; the rest of the row nests."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("mergePill")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._tokens: Tokens = LIGHT
        self._pointed = False
        self.hide()

    def stand_beside(self, row: QRect, width: int, name: str, tokens: Tokens) -> None:
        """Stand at the right of a row of a list that is so wide."""
        self._tokens = tokens
        self.setAccessibleName(self.tr("Merge into “{name}”").format(name=name))
        wide = min(self.fontMetrics().horizontalAdvance(self._words()) + 20, width // 2)
        self.setGeometry(QRect(width - wide - 2, row.top() + 1, wide, row.height() - 2))
        self.show()

    def point_at(self, where: QPoint) -> None:
        """The mouse is here."""
        pointed = self.geometry().contains(where)
        if pointed != self._pointed:
            self._pointed = pointed
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        """Words in a pill; filled while the mouse is over it."""
        t = self._tokens
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QColor(t.accent))
        painter.setBrush(QColor(t.accent if self._pointed else t.raised))
        painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), 9, 9)
        painter.setPen(QColor(t.on_accent if self._pointed else t.accent))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self._words())

    def _words(self) -> str:
        return self.tr("Merge into")
