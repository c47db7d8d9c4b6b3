"""The margin: one bar a coding, exactly beside its lines, with sign and name where there is room.

Bars of overlapping codings stand side by side; their names stand in one column and are pushed down where they would
overprint, or to the nearest free place below. Names for which no place is left are counted ("+3"): their bars, their
colours and the hover card remain.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Callable
from functools import cache
from math import ceil, floor
from typing import NamedTuple

from PySide6.QtCore import QCoreApplication, QEvent, QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QStaticText,
)
from PySide6.QtWidgets import QWidget

from app.ui.style.icons import sign_pixmap
from app.ui.transcript.hover_card import Behind, HoverCard
from app.ui.transcript.marks import CodingMark
from app.ui.transcript.view import TranscriptView

_LOOK_AGAIN = QEvent.Type(QEvent.registerEventType())
BAR, STEP = 4, 8
MOST, THINNEST = 0.34, 3
"""The part of the margin that bars may take, so that names keep theirs; more lanes stand closer, down to this step."""
NEAR, FAR = 70, 260
"""Pixels from the top of its bar at which a name stands beside it, and at which it may stand where there is room."""


class _Placed(NamedTuple):
    """A mark with its bar and, where there is room, its name's place."""

    mark: CodingMark
    bar: QRectF
    name: QRectF | None
    more: int = 0
    """How many codings below its name have no room for theirs."""


class _Look(NamedTuple):
    """How a mark is painted: two equal ones look the same."""

    bar: QRectF
    name: QRectF | None
    more: int
    mark: CodingMark
    forward: tuple[bool, bool, bool]


class LaneMargin(QWidget):
    """The lanes at the right of the text."""

    activated = Signal(str, str)
    opened = Signal(str, str)
    pointedAt = Signal(str)

    def __init__(self, view: TranscriptView, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("laneMargin")
        self.setAccessibleName(self.tr("Codes beside the text"))
        self.setMouseTracking(True)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)  # or all that lies under it is painted at each frame
        self._view = view
        self._placed: list[_Placed] = []
        self._drawn: dict[str, _Look] = {}
        """{key of a mark: how it is painted}: from it one knows what has to be painted anew."""
        self._set_words: dict[tuple[str, int, int, int], QStaticText] = {}
        self._due = False
        self._hovered = ""
        self.card = HoverCard(self)
        self.about: Callable[[CodingMark], Behind] = lambda _mark: Behind()
        """Asked for a mark that the mouse points at: who made it, and what is written on its code."""

    def paintEvent(self, event: QPaintEvent) -> None:
        """Bars, then names."""
        if event.rect() == self.rect():
            self._placed = self._place()
            self._drawn = self._looks()
        top, bottom = event.rect().top() - 4, event.rect().bottom() + 4
        painter = QPainter(self)
        painter.fillRect(event.rect(), QColor(self._view.colours.paper))
        normal, forward = self._name_font(), self._name_font()
        forward.setWeight(QFont.Weight.DemiBold)
        for one in self._placed:
            if one.bar.bottom() >= top and one.bar.top() <= bottom:
                self._paint_bar(painter, one)
        for one in self._placed:
            if one.name is not None and one.name.bottom() >= top and one.name.top() <= bottom:
                self._paint_name(painter, one, one.name, (normal, forward))
        painter.end()

    def redraw_changed(self) -> None:
        """Marks came, went or were brought forward: before the next frame, once, see what looks otherwise now."""
        if not self._due:
            self._due = True
            QCoreApplication.postEvent(self, QEvent(_LOOK_AGAIN))  # comes before the frame, however often it is asked

    def customEvent(self, event: QEvent) -> None:
        """Only what stands or looks otherwise now is painted anew."""
        if event.type() != _LOOK_AGAIN:
            return
        self._due = False
        before = self._drawn
        self._placed = self._place()
        self._drawn = self._looks()
        changed = [
            look
            for key in before.keys() | self._drawn.keys()
            if before.get(key) != self._drawn.get(key)
            for look in (before.get(key), self._drawn.get(key))
            if look is not None
        ]
        if changed:
            places = [rect for look in changed for rect in (look.bar, look.name) if rect is not None]
            top, bottom = min(rect.top() for rect in places), max(rect.bottom() for rect in places)
            self.update(QRect(0, floor(top) - 3, self.width(), ceil(bottom - top) + 6))

    def _looks(self) -> dict[str, _Look]:
        current, hovered = self._view.current, self._hovered
        return {
            one.mark.key: _Look(
                one.bar, one.name, one.more, one.mark,
                (current in ("", one.mark.excerpt_id), one.mark.excerpt_id == current, one.mark.key == hovered),
            )
            for one in self._placed
        }  # fmt: skip

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """A card with the whole name over what the mouse points at."""
        one = self._at(event.position())
        key = one.mark.key if one else ""
        if key != self._hovered:
            self._hovered = key
            if one is None:
                self.card.hide()
            else:
                self.card.show_mark(one.mark, self.about(one.mark), self.mapToGlobal(event.position().toPoint()))
            self.update()
            self.pointedAt.emit(key)
        self.setCursor(Qt.CursorShape.PointingHandCursor if one else Qt.CursorShape.ArrowCursor)

    def leaveEvent(self, event: QEvent) -> None:
        """The card goes with the mouse."""
        if self._hovered:
            self._hovered = ""
            self.pointedAt.emit("")
        self.card.hide()
        self.update()
        super().leaveEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click brings the coding forward."""
        one = self._at(event.position())
        if one is not None:
            self.activated.emit(one.mark.excerpt_id, one.mark.code_id)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """A double click opens the code."""
        one = self._at(event.position())
        if one is not None:
            self.opened.emit(one.mark.excerpt_id, one.mark.code_id)

    def wheelEvent(self, event: object) -> None:
        """The wheel scrolls the text."""
        self._view.wheelEvent(event)  # type: ignore[arg-type]

    def _at(self, point: QPointF) -> _Placed | None:
        for one in self._placed:
            if one.name is not None and one.name.contains(point):
                return one
        near = [one for one in self._placed if one.bar.adjusted(-2, 0, 3, 0).contains(point)]
        return min(near, key=lambda one: one.bar.height(), default=None)

    def _place(self) -> list[_Placed]:
        view = self._view
        start, end = view.visible_span()
        marks = view.spans.over(start, end)
        if not marks:
            return []
        edges = self._line_edges(marks, start, end)
        lane_of = [view.spans.lane(mark) for mark in marks]
        lanes = 1 + max(lane_of)
        room = max(24.0, MOST * self.width())
        step = max(THINNEST, min(STEP, room / lanes))
        lanes = min(lanes, max(1, int(room / step)))
        column, broad = 4 + lanes * step + 4, min(BAR, step - 1)
        order = sorted(range(len(marks)), key=lambda at: (max(0.0, edges[at][0]), lane_of[at], marks[at].key))
        spans = [(edges[at][0], max(edges[at][0] + 8.0, edges[at][1])) for at in order]
        rows, more = self._rows(spans)
        width, row = max(30.0, self.width() - column - 8), self._row()
        return [
            _Placed(
                marks[at],
                QRectF(4 + lane_of[at] % lanes * step, top, broad, bottom - top),
                QRectF(column, rows[number], width, row) if number in rows else None,
                more.get(number, 0),
            )
            for number, (at, (top, bottom)) in enumerate(zip(order, spans, strict=True))
        ]

    def _rows(self, spans: list[tuple[float, float]]) -> tuple[dict[int, float], dict[int, int]]:
        """{number of a bar: top of its name}, and {the same: codings without a name, told after this one's}.

        `spans`: top and bottom of each bar, from above. First each name beside its bar, pushed down a little by those
        above; then, where there is room left further down, the others; what is left is counted.
        """
        row, height = self._row(), self.height()
        tops: dict[int, float] = {}
        free = 0.0
        for number, (top, bottom) in enumerate(spans):
            seen = max(top, 0.0)
            at = max(free, min(max(top, 2.0), height - row))
            if at + row <= height and at - seen <= max(NEAR, bottom - seen):
                tops[number] = at
                free = at + row
        taken = sorted(tops.values())
        more: dict[int, int] = {}
        nameless: list[float] = []
        for number, (top, _) in enumerate(spans):
            if number in tops:
                continue
            at = _first_gap(taken, max(top, 2.0), row)
            if at + row <= height and at - max(top, 0.0) <= FAR:
                tops[number] = at
                insort(taken, at)
            else:
                nameless.append(max(0.0, top))
        named = {top: number for number, top in tops.items()}
        for top in nameless:
            near = bisect_left(taken, top)
            beside = taken[max(0, near - 1) : near + 1]
            if beside:
                nearest = named[min(beside, key=lambda other: abs(other - top))]
                more[nearest] = more.get(nearest, 0) + 1
        return tops, more

    def _name_font(self) -> QFont:
        """Names grow with the words, a little slower."""
        font = QFont(self.font())
        font.setPixelSize(round(min(20.0, max(11.0, 6 + self._view.setting.points / 2))))
        return font

    def _row(self) -> int:
        return self._name_font().pixelSize() + 8

    def _line_edges(self, marks: list[CodingMark], start: int, end: int) -> list[tuple[float, float]]:
        """Top of each mark's first and bottom of its last line, cut a little outside the view of [start, end)."""
        above, below, edge = -10.0, self.height() + 10.0, self._view.line_edge
        return [
            (
                above if mark.start < start else edge(mark.start, bottom=False),
                below if mark.end > end else edge(mark.end, bottom=True),
            )
            for mark in marks
        ]

    def _paint_bar(self, painter: QPainter, one: _Placed) -> None:
        """One line; dashed where one is unsure or no code is given yet; two with arms for an interaction."""
        mark, bar = one.mark, one.bar
        forward = self._view.current in ("", mark.excerpt_id) or mark.key == self._hovered
        colour = QColor(mark.colour) if forward else _quieter(mark.colour, self._view.colours.paper)
        dashes = [1.5, 1.0] if mark.unsure else [] if mark.code_id else [0.75, 0.75]
        if mark.excerpt_id == self._view.current and not dashes:
            bar = bar.adjusted(-1, 0, 1, 0)
        thin = bar.width() / 3
        lines = [bar]
        if mark.interaction:
            lines = [QRectF(left, bar.top(), thin, bar.height()) for left in (bar.left(), bar.right() - thin)]
        for line in lines:
            if dashes:
                pen = QPen(colour, line.width())
                pen.setDashPattern([dash * bar.width() / line.width() for dash in dashes])
                pen.setCapStyle(Qt.PenCapStyle.FlatCap)
                painter.setPen(pen)
                painter.drawLine(QPointF(line.center().x(), line.top()), QPointF(line.center().x(), line.bottom()))
        for line in lines if not dashes else ():
            painter.fillRect(line.toRect(), colour)
        for edge in (bar.top(), bar.bottom() - 2) if mark.interaction else ():
            painter.fillRect(QRectF(bar.left() - 3, edge, bar.width() + 3, 2).toRect(), colour)

    def _paint_name(self, painter: QPainter, one: _Placed, place: QRectF, fonts: tuple[QFont, QFont]) -> None:
        mark, colours = one.mark, self._view.colours
        shown = fonts[mark.excerpt_id == self._view.current or mark.key == self._hovered]
        side = shown.pixelSize() + 4
        tile = QPointF(place.left(), round(place.top() + (place.height() - side) / 2))
        painter.drawPixmap(tile, sign_pixmap(mark.sign, mark.colour, side, self.devicePixelRatioF()))
        painter.setFont(shown)
        left, right, middle = place.left() + side + 6, place.right(), place.center().y()
        if one.more:
            rest = self._set(f"+{one.more}", FAR, shown)
            right -= rest.size().width()
            painter.setPen(QColor(colours.quiet))
            _draw(painter, right, middle, rest)
            right -= 8
        room = int(right - left)
        name = self._set(mark.name + ("  ?" if mark.unsure else ""), room, shown)
        if mark.kind:  # what people do there gets what the whole name leaves; it stands over the words too
            beside = left + name.size().width() + 5
            if right - beside > 36:
                painter.setPen(QColor(colours.quiet))
                _draw(painter, beside, middle, self._set(f"· {mark.kind}", int(right - beside), shown))
        painter.setPen(QColor(colours.lane_text))
        _draw(painter, left, middle, name)

    def _set(self, words: str, room: int, font: QFont) -> QStaticText:
        """As much of some words as there is room for, set in type; asked for the same ones again at every frame."""
        key = (words, room, font.pixelSize(), font.weight().value)
        held = self._set_words.get(key)
        if held is None:
            if len(self._set_words) > 2_000:
                self._set_words.clear()
            held = QStaticText(QFontMetrics(font).elidedText(words, Qt.TextElideMode.ElideRight, room))
            held.setTextFormat(Qt.TextFormat.PlainText)
            held.prepare(font=font)
            self._set_words[key] = held
        return held


@cache
def _quieter(colour: str, paper: str) -> QColor:
    """A colour as it looks at three quarters of its strength. Mixed here: what is painted through takes five times."""
    own, under = QColor(colour), QColor(paper)
    pairs = ((own.red(), under.red()), (own.green(), under.green()), (own.blue(), under.blue()))
    return QColor(*(round(0.75 * one + 0.25 * other) for one, other in pairs))


def _draw(painter: QPainter, left: float, middle: float, words: QStaticText) -> None:
    """Draw words whose middle stands at this height."""
    painter.drawStaticText(QPointF(left, round(middle - words.size().height() / 2)), words)


def _first_gap(taken: list[float], start: float, height: float) -> float:
    """The first top at or below `start` where a row of this height touches none of the rows taken (sorted)."""
    at = start
    for top in taken:
        if top + height > at and top < at + height:
            at = top + height
    return at
