"""A theme map as a figure, with title and legend."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from app.analysis.map_picture import SMALL_SIZE, MapPicture, wide
from app.exporters.painted.brush import (
    PAPER,
    Ink,
    mapping_pen,
    paint_link,
    paint_node,
    paint_note,
    paint_region,
    paint_region_name,
    paint_relation,
    paint_word,
    write,
)
from app.exporters.painted.sheet import Sheet
from app.models.kinds import Direction, Weight

MARGIN = 36.0
HEAD = 64.0
LEGEND = 176.0
LEAST_WIDTH = 760.0
POSITION = (
    "Place says which dimension a theme belongs to most; outside the regions: what the framework does not explain."
)


def map_sheet(picture: MapPicture, described: str) -> Sheet:
    """The whole figure, with the map in words for who cannot see it."""
    title = " – ".join(part for part in (picture.title, picture.about) if part)
    return Sheet(title, described, figure_size(picture), lambda painter: paint_figure(painter, picture))


def figure_size(picture: MapPicture) -> QSizeF:
    """Width and height of the figure with margins, title and legend, in units of the map."""
    width = max(LEAST_WIDTH, picture.bounds.width + 2 * MARGIN)
    return QSizeF(width, picture.bounds.height + 2 * MARGIN + HEAD + LEGEND)


def paint_figure(painter: QPainter, picture: MapPicture, ink: Ink = PAPER) -> None:
    """The whole figure from its top left corner."""
    size = figure_size(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.fillRect(QRectF(QPointF(0, 0), size), ink.paper)
    room = QRectF(MARGIN, MARGIN - 8, size.width() - 2 * MARGIN, 28)
    write(painter, picture.title, room, 20, ink.text, bold=True, align=Qt.AlignmentFlag.AlignLeft)
    write(painter, picture.about, room.translated(0, 28), 14, ink.quiet, align=Qt.AlignmentFlag.AlignLeft)
    painter.save()
    left = (size.width() - picture.bounds.width) / 2
    painter.translate(left - picture.bounds.x, MARGIN + HEAD - picture.bounds.y)
    for region in picture.regions:
        paint_region(painter, region, ink)
    for link in picture.links:
        paint_link(painter, link, ink)
    for region in picture.regions:
        paint_region_name(painter, region, ink)
    for relation in picture.relations:
        paint_relation(painter, relation, ink)
    for node in picture.nodes:
        paint_node(painter, node, ink)
    for relation in picture.relations:
        paint_word(painter, relation, ink)
    for note in picture.notes:
        paint_note(painter, note, ink)
    painter.restore()
    paint_legend(painter, QPointF(MARGIN, size.height() - LEGEND - MARGIN + 24), size.width() - 2 * MARGIN, ink)


def paint_legend(painter: QPainter, at: QPointF, width: float, ink: Ink = PAPER) -> None:
    """What thickness, dashes, outlines and places mean."""
    painter.setPen(QPen(QColor(ink.quiet), 0.6))
    painter.drawLine(at, at + QPointF(width, 0))
    columns = [
        ("Weight of a mapping", [(one, Direction.SHOWS, one.value) for one in Weight]),
        ("What a theme says of a dimension", [(Weight.SUPPORTING, one, one.value) for one in Direction]),
    ]
    x = at.x()
    for head, rows in columns:
        y = at.y() + 14
        write(painter, head, QRectF(x, y, 260, 18), SMALL_SIZE, ink.text, bold=True, align=Qt.AlignmentFlag.AlignLeft)
        for weight, direction, words in rows:
            y += 22
            painter.setPen(mapping_pen(weight, direction, ink.line))
            painter.drawLine(QPointF(x, y + 9), QPointF(x + 48, y + 9))
            if direction == Direction.CONTESTS:
                painter.setPen(QPen(QColor(ink.line), 1.4))
                painter.drawLine(QPointF(x + 20, y + 5), QPointF(x + 28, y + 13))
                painter.drawLine(QPointF(x + 28, y + 5), QPointF(x + 20, y + 13))
            place = QRectF(x + 58, y, 210, 18)
            write(painter, words, place, SMALL_SIZE, ink.text, align=Qt.AlignmentFlag.AlignLeft)
        x += max(190.0, 44 + wide(head, SMALL_SIZE))
    y = at.y() + 14
    room = max(120.0, at.x() + width - x)
    for line in ("Dashed outline: a candidate theme", "Line with a word: themes to each other",
                 "!: stands elsewhere than it is mapped"):  # fmt: skip
        write(painter, line, QRectF(x, y, room, 18), SMALL_SIZE, ink.text, align=Qt.AlignmentFlag.AlignLeft)
        y += 22
    write(painter, POSITION, QRectF(at.x(), at.y() + 112, width, 18), SMALL_SIZE, ink.quiet,
          align=Qt.AlignmentFlag.AlignLeft)  # fmt: skip
