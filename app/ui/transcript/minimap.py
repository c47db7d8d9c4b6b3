"""The whole transcript as a narrow strip: where it is coded, what one sees of it, where what is sought stands.

Its height stands for the length of the text in characters, and not in pixels: a long text is laid out bit by bit, and
a strip that grew meanwhile would point elsewhere each time.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import groupby

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QColor, QHelpEvent, QMouseEvent, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QToolTip, QWidget

from app.ui.transcript.density import Density
from app.ui.transcript.marks import CodingMark
from app.ui.transcript.view import TranscriptView
from app.ui.widgets.labels import as_plain

WIDTH = 16
LEAST, MOST = 3, 11
"""Pixels of the bar where one coding lies, and where the most do."""
FULL = 6
"""So many codings over the same words fill the bar."""
FOLLOWS_MS = 25
SEEN_LEAST = 10
"""Pixels that the part one sees has at least, so that one can take hold of it."""


class MiniMap(QWidget):
    """A picture of the text that is made once; a frame of scrolling only draws the part that is seen over it."""

    def __init__(self, view: TranscriptView, go: Callable[[int], None], parent: QWidget) -> None:
        """`go` brings a code point to the top of what is seen."""
        super().__init__(parent)
        self.setObjectName("miniMap")
        self.setAccessibleName(self.tr("The whole transcript"))
        self.setAccessibleDescription(
            self.tr("Where it is coded, and which part is seen. A click goes there; the keys of the text do the same.")
        )
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setMouseTracking(True)
        self._view, self._go = view, go
        self._density = Density()
        self._counted = False
        self._picture: QPixmap | None = None
        self._drawn: tuple[object, ...] = ()
        self._held: float | None = None
        """Where in the part that is seen the mouse holds it, in pixels from its top."""
        self._follows = QTimer(self)
        self._follows.setSingleShot(True)
        self._follows.setInterval(FOLLOWS_MS)
        self._follows.timeout.connect(self.update)

    def sizeHint(self) -> QSize:
        """A strip."""
        return QSize(WIDTH, 200)

    def show_all(self) -> None:
        """Other codings are shown, or another text: counted anew when it is painted."""
        self._counted, self._picture = False, None
        self.update()

    def take(self, density: Density) -> None:
        """The same, counted already."""
        self._density, self._counted, self._picture = density, True, None
        self.update()

    def change(self, removed: Sequence[CodingMark], added: Sequence[CodingMark]) -> None:
        """Some codings went, others came: the strip follows the text, which the hand waits for."""
        if self._counted:
            self._density.change(removed, added)
        self._picture = None
        self._follows.start()

    # --- painting ------------------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        """The picture, then the part that is seen."""
        painter = QPainter(self)
        painter.drawPixmap(0, 0, self._picture_now())
        seen = self.seen_rect()
        focus = QColor(self._view.colours.focus)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(focus)
        focus.setAlphaF(0.12)
        painter.setBrush(focus)
        painter.drawRoundedRect(seen.adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
        painter.end()

    def seen_rect(self) -> QRectF:
        """The part that is seen."""
        start, end = self._view.visible_span()
        top, bottom = self._y(start), self._y(end)
        if bottom - top < SEEN_LEAST:  # it goes all the way, as the grip of a scroll bar does
            top *= max(0.0, self.height() - SEEN_LEAST) / max(1.0, self.height() - (bottom - top))
            bottom = top + SEEN_LEAST
        return QRectF(0, top, self.width(), min(bottom, self.height()) - top)

    def _picture_now(self) -> QPixmap:
        view = self._view
        drawn = (self.size(), self.devicePixelRatioF(), view.colours, view.sought, view.text)
        if self._picture is None or drawn != self._drawn:
            self._picture, self._drawn = self._draw(), drawn
        return self._picture

    def _draw(self) -> QPixmap:
        colours = self._view.colours
        if not self._counted:
            self._density = Density(len(self._view.text))
            self._density.append(self._view.spans.marks.values())
            self._counted = True
        ratio = self.devicePixelRatioF()
        picture = QPixmap(self.size() * ratio)
        picture.setDevicePixelRatio(ratio)
        picture.fill(QColor(colours.paper))
        painter = QPainter(picture)
        painter.fillRect(0, 0, 1, self.height(), _faint(colours.quiet))
        coded = QColor(colours.quiet)
        row = 0
        for count, alike in groupby(self._density.rows(self.height()), key=lambda count: min(count, FULL)):
            rows = len(list(alike))
            if count:
                width = LEAST + (MOST - LEAST) * (count - 1) / (FULL - 1)
                painter.fillRect(QRectF(2, row, width, rows), coded)
            row += rows
        found = QColor(colours.focus)
        for position in self._view.hits_apart(self._density.step):
            painter.fillRect(QRectF(self.width() - 6, self._y(position) - 1, 6, 2), found)
        painter.end()
        return picture

    # --- going ---------------------------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of the part that is seen; a press elsewhere brings its middle there first."""
        if event.button() != Qt.MouseButton.LeftButton:
            return
        seen, y = self.seen_rect(), event.position().y()
        inside = seen.top() <= y <= seen.bottom()
        self._held = y - seen.top() if inside else seen.height() / 2
        if not inside:
            self._bring(y)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """The part that is seen follows the mouse that holds it."""
        if self._held is not None and event.buttons() & Qt.MouseButton.LeftButton:
            self._bring(event.position().y())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let it go."""
        self._held = None
        super().mouseReleaseEvent(event)

    def wheelEvent(self, event: object) -> None:
        """The wheel scrolls the text."""
        self._view.wheelEvent(event)  # type: ignore[arg-type]

    def event(self, event: QEvent) -> bool:
        """A tip says which turn the mouse points at."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            QToolTip.showText(event.globalPos(), as_plain(self.tip(event.pos().y())), self)
            return True
        return super().event(event)

    def tip(self, y: float) -> str:
        """What lies at this height."""
        turn = self._view.turn_at(self._position(y))
        if turn is None:
            return self.tr("The whole transcript; bars show where it is coded")
        where = self.tr("Turn {number}").format(number=turn.number)
        return " · ".join(part for part in (where, turn.speaker, turn.time) if part)

    def _bring(self, y: float) -> None:
        start, end = self._view.visible_span()
        room = max(1.0, self.height() - self.seen_rect().height())
        part = max(0.0, min(1.0, (y - (self._held or 0.0)) / room))
        self._go(int(part * max(0, len(self._view.text) - (end - start))) if part < 1 else len(self._view.text))

    def _position(self, y: float) -> int:
        length = len(self._view.text)
        return max(0, min(length, int(y * length / max(1, self.height()))))

    def _y(self, position: int) -> float:
        return position * self.height() / max(1, len(self._view.text))


def _faint(colour: str) -> QColor:
    faint = QColor(colour)
    faint.setAlphaF(0.25)
    return faint
