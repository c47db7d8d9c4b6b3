"""A board that one looks at: fitting, zooming, moving it about, and what stands there while it is empty."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPixmapCache, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QGraphicsView, QWidget

from app.ui.board.canvas import BoardCanvas, Key

LEAST, MOST = 0.1, 2.5
CARDS_KEPT = 48 * 1024
"""Kilobytes for cards as they were painted: 500 of them at their natural size are 24 MB."""


class LookedAt(QGraphicsView):
    """The board without hands."""

    def __init__(self, canvas: BoardCanvas, parent: QWidget | None = None) -> None:
        super().__init__(canvas, parent)
        self.canvas = canvas
        self.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.setTransformationAnchor(QGraphicsView.ViewportAnchor.AnchorUnderMouse)
        self.setViewportUpdateMode(QGraphicsView.ViewportUpdateMode.SmartViewportUpdate)
        self.setOptimizationFlag(QGraphicsView.OptimizationFlag.DontSavePainterState)
        QPixmapCache.setCacheLimit(max(QPixmapCache.cacheLimit(), CARDS_KEPT))
        self.setFrameShape(QGraphicsView.Shape.NoFrame)
        self.empty_words = ""
        self.quiet = "#5C6270"
        self._whole = False
        """Whether the whole board is to be seen: then it stays so when the window is given another size."""

    def fit(self) -> None:
        """The whole board, up to its natural size."""
        self._whole = True
        area = self.canvas.everything().adjusted(-24, -24, 24, 24)
        self.fitInView(area, Qt.AspectRatioMode.KeepAspectRatio)
        scale = self.transform().m11()
        if scale > 1 or scale < LEAST:
            by = min(1.0, max(LEAST, scale)) / scale
            self.scale(by, by)

    def zoom(self, factor: float) -> None:
        """Larger or smaller."""
        self._whole = False
        wanted = max(LEAST, min(MOST, self.transform().m11() * factor))
        by = wanted / self.transform().m11()
        self.scale(by, by)

    def show_part(self, key: Key) -> None:
        """Bring a card or pile into view."""
        box = self.canvas.box_of(key)
        if box is not None:
            self.ensureVisible(QRectF(box.x, box.y, box.width, min(box.height, 120.0)), 24, 24)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """With Ctrl the wheel zooms, else it moves the board."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom(1.0015 ** event.angleDelta().y())
        else:
            self._whole = False
            super().wheelEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """What was whole stays whole."""
        super().resizeEvent(event)
        if self._whole:
            self.fit()

    def drawForeground(self, painter: QPainter, rect: QRectF) -> None:  # noqa: ARG002
        """What to do stands where cards would, as long as there are none."""
        if not self.empty_words:
            return
        painter.save()
        painter.resetTransform()
        area = self.viewport().rect()
        box = QRectF(max(24, (area.width() - 420) / 2), area.height() * 0.3, min(420, area.width() - 48), 240)
        painter.setPen(QColor(self.quiet))
        painter.drawText(box, int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignHCenter), self.empty_words)
        painter.restore()

    def pan(self, by: QPointF) -> None:
        self._whole = False
        for bar, way in ((self.horizontalScrollBar(), by.x()), (self.verticalScrollBar(), by.y())):
            bar.setValue(round(bar.value() - way))

    def on_board(self, position: QPointF) -> QPointF:
        """A point of the viewport on the board, exactly."""
        return self.viewportTransform().inverted()[0].map(position)
