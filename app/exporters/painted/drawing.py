"""Genealogies and the picture of the phases as they are painted, on paper as on the screen.

Shapes and dashes carry what is meant, so that they can be printed in grey.
"""

from __future__ import annotations

from math import hypot
from typing import TypeAlias

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPen, QPolygonF

from app.analysis import genealogy_picture, phases_picture
from app.analysis.genealogy import Happening
from app.analysis.genealogy_picture import GenealogyPicture
from app.analysis.map_picture import wide
from app.analysis.phases_picture import PhasesPicture
from app.exporters.painted.brush import PAPER, Ink, write
from app.exporters.painted.sheet import Sheet

LEFT = Qt.AlignmentFlag.AlignLeft

LEGEND = (
    (Happening.MADE, "made"),
    (Happening.RENAMED, "renamed"),
    (Happening.DESCRIBED, "described"),
    (Happening.SPLIT, "split"),
    (Happening.MERGED, "merged"),
    (Happening.SET_ASIDE, "set aside or let go"),
    (Happening.BROUGHT_BACK, "brought back, came further"),
    (Happening.DELETED, "deleted"),
)
LEGEND_LINE = 26.0
TITLE_HEIGHT = 34.0
Picture: TypeAlias = GenealogyPicture | PhasesPicture


def sheet_of(picture: Picture, title: str = "") -> Sheet:
    """A drawing with its description, ready to be written."""
    return Sheet(title, picture.described, size_of(picture), lambda painter: paint(painter, picture))


def size_of(picture: Picture) -> QSizeF:
    """Width and height of all that is drawn, with title and legend."""
    if isinstance(picture, PhasesPicture):
        return QSizeF(picture.width, picture.height)
    more = _legend(picture.width)[-1].y() + LEGEND_LINE + (TITLE_HEIGHT if picture.title else 0.0)
    return QSizeF(picture.width, picture.height + more)


def paint(painter: QPainter, picture: Picture, ink: Ink = PAPER) -> None:
    """The whole drawing from its top left corner."""
    if isinstance(picture, PhasesPicture):
        paint_phases(painter, picture, ink)
    else:
        paint_genealogy(painter, picture, ink)


def paint_genealogy(painter: QPainter, picture: GenealogyPicture, ink: Ink = PAPER) -> None:
    """Lanes with the names that held, signs of what happened, lines where lives join and part, and what signs mean."""
    size = size_of(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.fillRect(QRectF(QPointF(0, 0), size), QColor(ink.paper))
    painter.save()
    if picture.title:
        room = QRectF(genealogy_picture.LEFT, 8, size.width() - 2 * genealogy_picture.LEFT, 24)
        write(painter, picture.title, room, 17, ink.text, bold=True, align=LEFT)
        painter.translate(0, TITLE_HEIGHT)
    below = picture.height - genealogy_picture.FOOT
    for x, day in picture.days:
        painter.setPen(QPen(QColor(ink.quiet), 0.4, Qt.PenStyle.DotLine))
        painter.drawLine(QPointF(x, 28), QPointF(x, below))
        write(painter, day, QRectF(x - 4, 8, 128, 18), 12, ink.quiet, align=LEFT)
    for joint in picture.joints:
        _joint(painter, joint, ink)
    for stretch in picture.stretches:
        pen = QPen(QColor(ink.line), 1.2 if stretch.thin else 3.0)
        if stretch.thin:
            pen.setDashPattern([3.0, 3.0])
        painter.setPen(pen)
        painter.drawLine(QPointF(stretch.x, stretch.y), QPointF(stretch.end, stretch.y))
        if stretch.goes_on:
            _barbs(painter, QPointF(stretch.end + 6, stretch.y), QPointF(1, 0), ink)
        if stretch.name:
            width = wide(stretch.name, genealogy_picture.NAME) + 12
            plate = QRectF(stretch.x + genealogy_picture.BESIDE, stretch.y - 25, width, 16)
            painter.fillRect(plate.adjusted(-3, 1, -9, 1), QColor(ink.paper))
            write(painter, stretch.name, plate, genealogy_picture.NAME, ink.text, bold=False, align=LEFT)
    for mark in picture.marks:
        paint_mark(painter, mark.what, QPointF(mark.x, mark.y), ink)
    for place, (what, words) in zip(_legend(picture.width), LEGEND, strict=True):
        at = place + QPointF(0, picture.height + LEGEND_LINE / 2)
        paint_mark(painter, what, at, ink)
        write(painter, words, QRectF(at.x() + 12, at.y() - 9, wide(words, 12) + 8, 18), 12, ink.quiet, align=LEFT)
    painter.restore()


def paint_mark(painter: QPainter, what: Happening, at: QPointF, ink: Ink = PAPER) -> None:
    """The sign of what happened: filled and hollow, round and cornered, so that grey tells them apart too."""
    painter.setPen(QPen(QColor(ink.line), 1.6))
    painter.setBrush(QColor(ink.paper))
    if what == Happening.MADE:
        painter.setBrush(QColor(ink.line))
        painter.drawEllipse(at, 5.5, 5.5)
    elif what == Happening.RENAMED:
        painter.drawEllipse(at, 5.5, 5.5)
    elif what == Happening.DESCRIBED:
        painter.setBrush(QColor(ink.line))
        painter.drawRect(QRectF(at.x() - 1.5, at.y() - 7, 3, 14))
    elif what in (Happening.SPLIT, Happening.GAVE):
        painter.drawPolygon(_shape(at, ((0, -7), (7, 0), (0, 7), (-7, 0))))
    elif what in (Happening.MERGED, Happening.TOOK_IN):
        painter.setBrush(QColor(ink.line))
        painter.drawPolygon(_shape(at, ((0, -7), (7, 0), (0, 7), (-7, 0))))
    elif what in (Happening.SET_ASIDE, Happening.LET_GO):
        painter.drawRect(QRectF(at.x() - 5, at.y() - 5, 10, 10))
    elif what == Happening.DELETED:
        for one in (1, -1):
            painter.drawLine(at + QPointF(-6, -6 * one), at + QPointF(6, 6 * one))
    else:
        painter.setBrush(QColor(ink.line))
        painter.drawPolygon(_shape(at, ((-6, 5), (0, -7), (6, 5))))


def paint_phases(
    painter: QPainter, picture: PhasesPicture, ink: Ink = PAPER, *, bar: str = "", chosen: str = "", ground: bool = True
) -> None:
    """Lanes with their names, bars, and the way from one to the next. `bar`: the colour of bars, else that of lines.

    `chosen` is the id of a visit that is outlined.
    """
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if ground:
        painter.fillRect(QRectF(0, 0, picture.width, picture.height), QColor(ink.paper))
    right = picture.width - phases_picture.RIGHT
    for y, name in picture.lanes:
        painter.setPen(QPen(QColor(ink.quiet), 0.4))
        painter.drawLine(QPointF(phases_picture.NAMES, y), QPointF(right, y))
        write(painter, name, QRectF(8, y - 10, phases_picture.NAMES - 24, 20), 13, ink.text, align=LEFT)
    for move in picture.moves:
        pen = QPen(QColor(ink.quiet), 1.4 if move.back else 1.0)
        if move.back:
            pen.setDashPattern([3.0, 2.0])
        painter.setPen(pen)
        painter.drawLine(QPointF(move.x, move.from_y), QPointF(move.to_x, move.to_y))
    colour = QColor(bar or ink.line)
    for one in picture.bars:
        box = QRectF(one.x, one.y, one.width, phases_picture.BAR)
        painter.setPen(QPen(colour, 1.4))
        painter.setBrush(QColor(ink.paper) if one.later else colour)
        painter.drawRoundedRect(box, 3, 3)
        if one.later:
            painter.setBrush(QBrush(colour, Qt.BrushStyle.BDiagPattern))
            painter.drawRoundedRect(box, 3, 3)
        if one.open:
            _barbs(painter, QPointF(box.right() + 8, box.center().y()), QPointF(1, 0), ink)
        if chosen and one.visit_id == chosen:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(ink.text), 1.6))
            painter.drawRoundedRect(box.adjusted(-3, -3, 3, 3), 5, 5)
    foot = picture.height - phases_picture.FOOT
    taken = -1000.0
    for x, words in picture.ticks:
        painter.setPen(QPen(QColor(ink.quiet), 0.8))
        painter.drawLine(QPointF(x, foot), QPointF(x, foot + 5))
        width = wide(words, 12) + 8
        start = min(x - 2, picture.width - width)
        if start >= taken:
            write(painter, words, QRectF(start, foot + 6, width, 18), 12, ink.quiet, align=LEFT)
            taken = start + width + 6


def _joint(painter: QPainter, joint: genealogy_picture.Joint, ink: Ink) -> None:
    pen = QPen(QColor(ink.line), 1.4)
    if joint.split:
        pen.setDashPattern([4.0, 3.0])
    painter.setPen(pen)
    start, end = QPointF(joint.x, joint.from_y), QPointF(joint.to_x, joint.to_y)
    way = (end - start) / hypot(end.x() - start.x(), end.y() - start.y())
    painter.drawLine(start, end)
    _barbs(painter, end - way * 8, way, ink)


def _barbs(painter: QPainter, tip: QPointF, way: QPointF, ink: Ink) -> None:
    """A small filled arrow head that points along `way`."""
    across = QPointF(-way.y(), way.x())
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(ink.line))
    painter.drawPolygon(QPolygonF([tip, tip - way * 8 + across * 4, tip - way * 8 - across * 4]))


def _shape(at: QPointF, corners: tuple[tuple[float, float], ...]) -> QPolygonF:
    return QPolygonF([at + QPointF(x, y) for x, y in corners])


def _legend(width: float) -> list[QPointF]:
    """Where each sign of the legend stands, in as many lines as the width asks for."""
    places: list[QPointF] = []
    x, y = genealogy_picture.LEFT + 6, 0.0
    for _, words in LEGEND:
        needs = 12 + wide(words, 12) + 8
        if x + needs > width and places:
            x, y = genealogy_picture.LEFT + 6, y + LEGEND_LINE
        places.append(QPointF(x, y))
        x += needs + 14
    return places
