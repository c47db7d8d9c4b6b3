"""How each part of a theme map is painted, on paper as on the screen.

Shape, thickness and dashes carry what is meant; colour only helps, so that the figure can be printed in grey.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import atan2, cos, pi, sin

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPen, QPolygonF

from app.analysis.map_layout import Box
from app.analysis.map_lines import Line, at
from app.analysis.map_picture import (
    INSIDE,
    NAME_LINE,
    NAME_SIZE,
    SMALL_LINE,
    SMALL_SIZE,
    LinkPicture,
    NodePicture,
    NotePicture,
    RegionPicture,
    RelationPicture,
)
from app.models.kinds import Direction, ThemeKind, Weight

THICKNESS = {Weight.CENTRAL: 3.4, Weight.SUPPORTING: 1.7, Weight.IN_PASSING: 0.9}
DASHES: dict[Direction, list[float]] = {
    Direction.SHOWS: [],
    Direction.FAILING: [6.0, 4.0],
    Direction.CONTESTS: [1.5, 3.0],
}
"""In pixels; a contesting line also carries a cross."""


@dataclass(frozen=True)
class Ink:
    """The colours of a figure; those of the regions come with the picture."""

    paper: str = "#FFFFFF"
    card: str = "#FFFFFF"
    text: str = "#1C1E21"
    quiet: str = "#4F5561"
    line: str = "#3A3F47"
    note: str = "#FFF6D6"
    warn: str = "#A1341F"
    wash: float = 0.09
    """How much of its hue fills a region (0 to 1)."""


PAPER = Ink()


def rectangle(box: Box) -> QRectF:
    """A box as Qt has it."""
    return QRectF(box.x, box.y, box.width, box.height)


def sans(size: float, *, bold: bool = False, italic: bool = False) -> QFont:
    """The font of figures, in units of the map."""
    font = QFont(["Helvetica", "Arial", "Liberation Sans", "DejaVu Sans"])
    font.setStyleHint(QFont.StyleHint.SansSerif)
    font.setPixelSize(max(1, round(size)))
    font.setBold(bold)
    font.setItalic(italic)
    return font


def write(
    painter: QPainter,
    words: str,
    room: QRectF,
    size: float,
    colour: str,
    *,
    bold: bool = False,
    italic: bool = False,
    align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignHCenter,
) -> None:
    """One line of words, made smaller where a font is wider than was reckoned."""
    font = sans(size, bold=bold, italic=italic)
    wide = QFontMetricsF(font).horizontalAdvance(words)
    if wide > room.width() > 0:
        font.setPixelSize(max(6, int(font.pixelSize() * room.width() / wide)))
    painter.setFont(font)
    painter.setPen(QColor(colour))
    painter.drawText(room, int(align | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine), words)


def fitting(lines: tuple[str, ...], width: float, size: float) -> float:
    """The size at which all lines of a name fit, so that they stand in one size."""
    metrics = QFontMetricsF(sans(size, bold=True))
    widest = max((metrics.horizontalAdvance(line) for line in lines), default=0.0)
    return size if widest <= width else max(6.0, float(int(size * width / widest)))


def paint_region(painter: QPainter, region: RegionPicture, ink: Ink = PAPER) -> None:
    """A dimension: its outline; an empty one says so."""
    fill = QColor(region.hue)
    fill.setAlphaF(ink.wash)
    painter.setBrush(fill)
    pen = QPen(QColor(region.hue), 1.6)
    pen.setDashPattern([2.0, 3.0])
    painter.setPen(pen)
    painter.drawEllipse(rectangle(region.box))
    if region.empty:
        below = QRectF(region.box.x, region.box.middle[1] - 10, region.box.width, 20)
        write(painter, "no theme meets it", below, SMALL_SIZE, ink.quiet, italic=True)


def paint_region_name(painter: QPainter, region: RegionPicture, ink: Ink = PAPER) -> None:
    """The name of a dimension inside on top, over the lines that end there."""
    box, font = region.box, sans(17, bold=True)
    room = QRectF(box.x + box.width * 0.2, box.y + 32, box.width * 0.6, 24)
    wide = min(room.width(), QFontMetricsF(font).horizontalAdvance(region.name) + 8)
    plate = QColor(ink.paper)
    plate.setAlphaF(0.8)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(plate)
    painter.drawRoundedRect(QRectF(room.center().x() - wide / 2, room.y(), wide, room.height()), 8, 8)
    write(painter, region.name, room, 17, _legible(region.hue, ink), bold=True)


def paint_link(painter: QPainter, link: LinkPicture, ink: Ink = PAPER) -> None:
    """A mapping: thickness says weight, dashes say direction, a dot where it ends on its region."""
    painter.setPen(mapping_pen(link.weight, link.direction, link.hue))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPath(path_of(link.line))
    if link.direction == Direction.CONTESTS:
        _cross(painter, QPointF(*at(link.line, 0.5)), ink)
    end = QPointF(*link.line.end)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(link.hue))
    reach = 2.4 + THICKNESS[link.weight] / 2
    painter.drawEllipse(end, reach, reach)


def mapping_pen(weight: Weight, direction: Direction, hue: str) -> QPen:
    """The pen of a mapping's line."""
    width = THICKNESS[weight]
    pen = QPen(QColor(hue), width)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    if DASHES[direction]:
        pen.setDashPattern([one / width for one in DASHES[direction]])
    return pen


def path_of(line: Line) -> QPainterPath:
    """A line as Qt draws it."""
    path = QPainterPath(QPointF(*line.start))
    if line.bend is None:
        path.lineTo(QPointF(*line.end))
    else:
        path.quadTo(QPointF(*line.bend), QPointF(*line.end))
    return path


def paint_relation(painter: QPainter, relation: RelationPicture, ink: Ink = PAPER) -> None:
    """A line between two themes, with an arrow where it runs one way; dashed and without a word under an umbrella."""
    pen = QPen(QColor(ink.line), 1.3 if relation.words else 0.9)
    if not relation.words:
        pen.setDashPattern([4.0, 3.0])
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPath(path_of(relation.line))
    if relation.arrow:
        _arrow(painter, QPointF(*at(relation.line, 0.94)), QPointF(*relation.line.end), ink)


def paint_word(painter: QPainter, relation: RelationPicture, ink: Ink = PAPER) -> None:
    """The word of a relation on a plate in the middle of its line."""
    if not relation.words:
        return
    wide = QFontMetricsF(sans(SMALL_SIZE)).horizontalAdvance(relation.words) + 14
    middle = QPointF(*at(relation.line, 0.5))
    plate = QRectF(middle.x() - wide / 2, middle.y() - 10, wide, 20)
    painter.setPen(QPen(QColor(ink.line), 0.6))
    painter.setBrush(QColor(ink.paper))
    painter.drawRoundedRect(plate, 9, 9)
    write(painter, relation.words, plate, SMALL_SIZE, ink.text)


def paint_node(painter: QPainter, node: NodePicture, ink: Ink = PAPER, *, chosen: str = "") -> None:
    """A theme: name, subthemes, codes; `chosen` is the colour of the outline while it is chosen on the screen."""
    painter.save()
    painter.translate(node.box.x, node.box.y)
    painter.scale(node.scale, node.scale)
    box = QRectF(0, 0, node.box.width / node.scale, node.box.height / node.scale)
    painter.setBrush(QColor(ink.card))
    pen = QPen(QColor(chosen or ink.line), 2.6 if chosen else 1.3)
    if node.status == "candidate":
        pen.setDashPattern([5.0, 3.0])
    painter.setPen(pen)
    umbrella = node.kind == ThemeKind.OVERARCHING
    painter.drawRoundedRect(box, 4 if umbrella else 10, 4 if umbrella else 10)
    if umbrella:
        painter.drawLine(box.topLeft() + QPointF(0, 5), box.topRight() + QPointF(0, 5))
    inner, top = box.width() - 2 * INSIDE, box.top() + INSIDE - 3
    size = fitting(node.lines, inner, NAME_SIZE)
    for line in node.lines:
        write(painter, line, QRectF(box.left() + INSIDE, top, inner, NAME_LINE), size, ink.text, bold=True)
        top += NAME_LINE
    if node.beneath:
        top += 3
        painter.setPen(QPen(QColor(ink.quiet), 0.6))
        painter.drawLine(QPointF(box.left() + INSIDE, top), QPointF(box.right() - INSIDE, top))
        top += 3
        for lines in node.beneath:
            for number, line in enumerate(lines):
                if number == 0:
                    mark = QRectF(box.left() + INSIDE, top, 10, SMALL_LINE)
                    write(painter, "–", mark, SMALL_SIZE, ink.quiet, align=Qt.AlignmentFlag.AlignLeft)
                place = QRectF(box.left() + INSIDE + 12, top, inner - 12, SMALL_LINE)
                write(painter, line, place, SMALL_SIZE, ink.text, align=Qt.AlignmentFlag.AlignLeft)
                top += SMALL_LINE
    if node.codes:
        top += 6
    for code in node.codes:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(code.colour))
        painter.drawRoundedRect(QRectF(box.left() + INSIDE, top + 4, 8, 8), 2, 2)
        place = QRectF(box.left() + INSIDE + 14, top, inner - 14, SMALL_LINE)
        write(painter, code.words, place, SMALL_SIZE, ink.quiet, align=Qt.AlignmentFlag.AlignLeft)
        top += SMALL_LINE
    if node.flag:
        plate = QRectF(box.right() - 20, box.top() - 9, 26, 18)
        painter.setPen(QPen(QColor(ink.warn), 1.2))
        painter.setBrush(QColor(ink.paper))
        painter.drawRoundedRect(plate, 9, 9)
        write(painter, "!", plate, SMALL_SIZE, ink.warn, bold=True)
    painter.restore()


def paint_note(painter: QPainter, note: NotePicture, ink: Ink = PAPER, *, chosen: str = "") -> None:
    """A free note."""
    box = rectangle(note.box)
    painter.setPen(QPen(QColor(chosen or ink.quiet), 1.6 if chosen else 0.6))
    painter.setBrush(QColor(ink.note))
    painter.drawRect(box)
    top = box.top() + 7
    for line in note.lines:
        place = QRectF(box.left() + 10, top, box.width() - 16, SMALL_LINE)
        write(painter, line, place, SMALL_SIZE, ink.text, align=Qt.AlignmentFlag.AlignLeft)
        top += SMALL_LINE


def _arrow(painter: QPainter, start: QPointF, end: QPointF, ink: Ink) -> None:
    angle = atan2(end.y() - start.y(), end.x() - start.x())
    barbs = (end - QPointF(10 * cos(angle + side), 10 * sin(angle + side)) for side in (-pi / 8, pi / 8))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(ink.line))
    painter.drawPolygon(QPolygonF([end, *barbs]))


def _cross(painter: QPainter, middle: QPointF, ink: Ink) -> None:
    """A small cross on a line that contests."""
    painter.setPen(QPen(QColor(ink.line), 1.4))
    for dx, dy in ((5, 5), (5, -5)):
        painter.drawLine(middle - QPointF(dx, dy), middle + QPointF(dx, dy))


def _legible(hue: str, ink: Ink) -> str:
    """A region's hue as letters: darker on light paper, lighter on dark."""
    colour = QColor(hue)
    dark_paper = QColor(ink.paper).lightnessF() < 0.5
    return colour.lighter(160).name() if dark_paper else colour.darker(135).name()
