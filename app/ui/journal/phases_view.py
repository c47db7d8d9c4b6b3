"""The picture of the phases on the screen: painted as in the audit report, in the colours of the window."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QHelpEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QToolTip, QWidget

from app.analysis.phases import Visit
from app.analysis.phases_picture import BAR, Bar, PhasesPicture, draw
from app.exporters.painted.brush import PAPER, Ink
from app.exporters.painted.drawing import paint_phases
from app.ui.style.tokens import Tokens

LEAST = 560


def ink_of(tokens: Tokens) -> Ink:
    """The colours of a drawing in the window."""
    return Ink(
        paper=tokens.raised,
        card=tokens.raised,
        text=tokens.text,
        quiet=tokens.quiet,
        line="#B9BEC7" if tokens.dark else "#3A3F47",
        warn=tokens.warn,
    )


class PhasesView(QWidget):
    """Six lanes over days. A visit is chosen by a click; screen readers get the visits in words."""

    visitChosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("phases.picture")
        self.setAccessibleName(self.tr("Picture of the phases"))
        self.setMinimumWidth(LEAST)
        self._visits: list[Visit] = []
        self._until = date.min
        self._chosen = ""
        self._ink, self._bar = PAPER, ""
        self.picture: PhasesPicture = draw([], date(2024, 1, 1))
        self.setFixedHeight(round(self.picture.height))

    def show_visits(self, visits: Sequence[Visit], until: date) -> None:
        """Draw these; a visit that goes on is drawn to `until`."""
        self._visits, self._until = list(visits), until
        self._lay_out()

    def choose(self, visit_id: str) -> None:
        """Outline one visit."""
        self._chosen = visit_id
        self.update()

    def restyle(self, tokens: Tokens) -> None:
        """Take over colours."""
        self._ink, self._bar = ink_of(tokens), tokens.accent
        self.update()

    def bar_at(self, x: float, y: float) -> Bar | None:
        """The visit drawn there."""
        return next(
            (
                bar
                for bar in reversed(self.picture.bars)
                if bar.x - 2 <= x <= bar.x + bar.width + 2 and bar.y - 2 <= y <= bar.y + BAR + 2
            ),
            None,
        )

    def sizeHint(self) -> QSize:
        """As wide as there is room."""
        return QSize(900, round(self.picture.height))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Days take the room there is."""
        super().resizeEvent(event)
        self._lay_out()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        """As in the report."""
        paint_phases(QPainter(self), self.picture, self._ink, bar=self._bar, chosen=self._chosen)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click chooses a visit."""
        bar = self.bar_at(event.position().x(), event.position().y())
        if bar is not None and event.button() == Qt.MouseButton.LeftButton:
            self.visitChosen.emit(bar.visit_id)

    def event(self, event: QEvent) -> bool:
        """A visit says its days under the mouse."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            bar = self.bar_at(event.pos().x(), event.pos().y())
            QToolTip.showText(event.globalPos(), bar.words if bar is not None else "", self)
            return True
        return super().event(event)

    def _lay_out(self) -> None:
        if self._until == date.min:
            return
        self.picture = draw(self._visits, self._until, max(float(self.width()), float(LEAST)))
        self.setAccessibleDescription(self.picture.described)
        self.update()
