"""A sign of life over the text while a long transcript is laid out as far as one wants to go."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from app.ui.transcript.view import TranscriptView

FAR = 400_000
"""Characters that can be laid out before anybody waits."""


class Cue(QWidget):
    """Paper with one sentence on it; it covers a text that would be seen at a wrong place."""

    def __init__(self, view: TranscriptView, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("transcriptCue")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._view = view
        self.hide()

    def lay_out_to(self, position: int) -> None:
        """Lay the text out as far as this code point, and say so meanwhile if it takes a while."""
        over = self.parentWidget()
        if over is None or position - self._view.laid_out < FAR or not over.isVisible():
            self._view.lay_out_to(position)
            return
        self.setGeometry(over.rect())
        self.raise_()
        self.show()
        self.repaint()  # at once: what follows holds the window up
        self._view.lay_out_to(position)
        self.hide()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        """The sentence in the middle."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(self._view.colours.paper))
        painter.setPen(QColor(self._view.colours.quiet))
        words = self.tr("This transcript is long: going to the place …")
        painter.drawText(QRectF(self.rect()), int(Qt.AlignmentFlag.AlignCenter), words)
        painter.end()
