"""The legend under the map on the screen: what lines, outlines and places mean, painted as in the figures."""

from __future__ import annotations

from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from app.exporters.painted.brush import PAPER, Ink
from app.exporters.painted.figure import POSITION, paint_legend
from app.models.kinds import Direction, Weight

HIGH = 146


class MapLegend(QWidget):
    """A strip; its words are there for screen readers too."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("map.legend")
        self.setAccessibleName(self.tr("Legend"))
        self.setAccessibleDescription(
            self.tr("Thicker lines weigh more: {weights}. Dashes say direction: {directions}. {position}").format(
                weights=", ".join(Weight), directions=", ".join(Direction), position=POSITION
            )
        )
        self.setFixedHeight(HIGH)
        self._ink = PAPER

    def restyle(self, ink: Ink) -> None:
        """Take over colours."""
        self._ink = ink
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        """As in the figures."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), self._ink.paper)
        paint_legend(painter, QPointF(16, 4), self.width() - 32.0, self._ink)
