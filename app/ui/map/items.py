"""The parts of the map as things one can take hold of; they are painted by the brush of the figures."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPainterPathStroker, QPen
from PySide6.QtWidgets import (
    QGraphicsItem,
    QGraphicsSceneHoverEvent,
    QGraphicsSceneMouseEvent,
    QStyleOptionGraphicsItem,
    QWidget,
)

from app.analysis.map_layout import Box
from app.analysis.map_picture import LinkPicture, NodePicture, NotePicture, RegionPicture, RelationPicture
from app.exporters.painted.brush import (
    Ink,
    paint_link,
    paint_node,
    paint_note,
    paint_region,
    paint_region_name,
    paint_relation,
    paint_word,
    path_of,
    rectangle,
    write,
)
from app.ui.reviews.mark import paint_mark

REGION, LINK, RELATION, NODE, NOTE = range(5)
"""What lies over what."""
CORNER = 22.0
"""The side of the corner by which a region is made larger."""


class Part(QGraphicsItem):
    """Anything on the map. Its picture has coordinates of the map; moving it is an offset until the study says so."""

    def __init__(self, ink: Ink, accent: str) -> None:
        super().__init__()
        self.ink, self.accent = ink, accent

    def _outline(self) -> str:
        return self.accent if self.isSelected() else ""


class Backdrop(Part):
    """What lies behind themes and notes and mostly stays: the canvas keeps it in one picture until it is lifted out.

    A map may have a thousand lines; drawn one by one they would take two frames.
    """

    def __init__(self, ink: Ink, accent: str) -> None:
        super().__init__(ink, accent)
        self.lifted = False
        self.lifting: Callable[[Backdrop], None] = lambda _part: None
        self.setFlag(QGraphicsItem.GraphicsItemFlag.ItemHasNoContents)

    def draw(self, painter: QPainter) -> None:
        """Draw it as it is in the figures."""
        raise NotImplementedError

    def lift(self) -> None:
        """It begins to move: from now on it is drawn by itself."""
        if not self.lifted:
            self.lifted = True
            self.setFlag(QGraphicsItem.GraphicsItemFlag.ItemHasNoContents, False)
            self.lifting(self)

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:  # noqa: ARG002
        """Only while it moves."""
        self.draw(painter)


class RegionPart(Backdrop):
    """A dimension. One takes hold of its name to move it, and of its lower right corner to make it larger."""

    def __init__(self, picture: RegionPicture, ink: Ink, accent: str, editable: bool) -> None:
        super().__init__(ink, accent)
        self.picture = picture
        self.placed: Callable[[str, Box], None] = lambda _entry_id, _box: None
        self._from: tuple[QPointF, Box, bool] | None = None
        self._editable = editable
        self.setZValue(REGION)
        self.setAcceptHoverEvents(editable)

    def boundingRect(self) -> QRectF:
        """The whole region."""
        return rectangle(self.picture.box).adjusted(-6, -6, 6, 6)

    def shape(self) -> QPainterPath:
        """Only name and corner take the mouse: on the rest one draws a frame round themes."""
        path = QPainterPath()
        if self._editable:
            path.addRect(self._name())
            path.addRect(self._corner())
        return path

    def draw(self, painter: QPainter) -> None:
        """As in the figures; what lies behind shows through while it moves."""
        painter.setOpacity(0.7 if self.lifted else 1.0)
        paint_region(painter, self.picture, self.ink)
        if self.lifted:
            self.draw_name(painter)

    def draw_name(self, painter: QPainter) -> None:
        """Its name, over the lines."""
        paint_region_name(painter, self.picture, self.ink)

    def hoverMoveEvent(self, event: QGraphicsSceneHoverEvent) -> None:
        """Show what taking hold here does."""
        at_corner = self._corner().contains(event.pos())
        self.setCursor(Qt.CursorShape.SizeFDiagCursor if at_corner else Qt.CursorShape.SizeAllCursor)

    def mousePressEvent(self, event: QGraphicsSceneMouseEvent) -> None:
        """Take hold of the name or the corner."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._from = (event.scenePos(), self.picture.box, self._corner().contains(event.pos()))

    def mouseMoveEvent(self, event: QGraphicsSceneMouseEvent) -> None:
        """The region follows."""
        if self._from is None:
            return
        self.lift()
        start, box, larger = self._from
        by = event.scenePos() - start
        self.prepareGeometryChange()
        if larger:
            moved = Box(box.x, box.y, max(120.0, box.width + by.x()), max(120.0, box.height + by.y()))
        else:
            moved = Box(box.x + by.x(), box.y + by.y(), box.width, box.height)
        self.picture = RegionPicture(
            self.picture.entry_id, self.picture.name, moved, self.picture.hue, self.picture.empty
        )

    def mouseReleaseEvent(self, event: QGraphicsSceneMouseEvent) -> None:  # noqa: ARG002
        """Let go: one change."""
        if self._from is not None and self.picture.box != self._from[1]:
            self.placed(self.picture.entry_id, self.picture.box)
        self._from = None

    def _name(self) -> QRectF:
        box = self.picture.box
        return QRectF(box.x + box.width * 0.2, box.y + 27, box.width * 0.6, 34)

    def _corner(self) -> QRectF:
        box = self.picture.box
        x, y = box.x + box.width * 0.854, box.y + box.height * 0.854  # where the circle meets its diagonal
        return QRectF(x - CORNER / 2, y - CORNER / 2, CORNER, CORNER)


class LinkPart(Backdrop):
    """A mapping."""

    def __init__(self, picture: LinkPicture, ink: Ink, accent: str) -> None:
        super().__init__(ink, accent)
        self.setZValue(LINK)
        self.setToolTip(picture.words)
        self._take(picture)

    def boundingRect(self) -> QRectF:
        """The line with its dot and cross."""
        return self._bounds

    def shape(self) -> QPainterPath:
        """A little wider than the line, so that its words can be asked for."""
        return _wider(path_of(self.picture.line))

    def draw(self, painter: QPainter) -> None:
        """As in the figures."""
        paint_link(painter, self.picture, self.ink)

    def follow(self, picture: LinkPicture) -> None:
        """Run otherwise."""
        self.lift()
        self.prepareGeometryChange()
        self._take(picture)

    def _take(self, picture: LinkPicture) -> None:
        self.picture = picture
        self._bounds = path_of(picture.line).boundingRect().adjusted(-8, -8, 8, 8)  # asked for several times a frame


class RelationPart(Backdrop):
    """A line between two themes; the umbrella over a theme has no words and cannot be chosen.

    A `silent` one says its word only while it is chosen: on a map of hundreds of lines nobody could read them.
    """

    def __init__(self, picture: RelationPicture, ink: Ink, accent: str, *, silent: bool = False) -> None:
        super().__init__(ink, accent)
        self._silent = silent
        self._chosen_ink = replace(ink, text=accent, line=accent)
        self.setZValue(RELATION)
        if picture.words:
            self.setFlag(QGraphicsItem.GraphicsItemFlag.ItemIsSelectable)
            self.setToolTip(picture.words)
        self._take(picture)

    def boundingRect(self) -> QRectF:
        """The line with the plate of its words."""
        return self._bounds

    def shape(self) -> QPainterPath:
        """A little wider than the line, and its words."""
        path = _wider(path_of(self.picture.line))
        if not self._silent:
            middle = path_of(self.picture.line).pointAtPercent(0.5)
            half = 12 + 3.4 * len(self.picture.words)
            path.addRect(QRectF(middle.x() - half, middle.y() - 11, 2 * half, 22))
        return path

    def itemChange(self, change: QGraphicsItem.GraphicsItemChange, value: Any) -> Any:
        """A chosen one is drawn over the one behind."""
        if change == QGraphicsItem.GraphicsItemChange.ItemSelectedHasChanged:
            self.setFlag(QGraphicsItem.GraphicsItemFlag.ItemHasNoContents, not (self.lifted or self.isSelected()))
        return super().itemChange(change, value)

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:  # noqa: ARG002
        """While it moves, and in the accent of the window while it is chosen."""
        self.draw(painter, chosen=self.isSelected())

    def draw(self, painter: QPainter, *, chosen: bool = False) -> None:
        """As in the figures, or as the one chosen."""
        if self._silent and not chosen:
            painter.setPen(self._pen)
            painter.drawLine(self._line)
            return
        ink = self._chosen_ink if chosen else self.ink
        paint_relation(painter, self.picture, ink)
        paint_word(painter, self.picture, ink)

    def follow(self, picture: RelationPicture) -> None:
        """Run otherwise."""
        self.lift()
        self.prepareGeometryChange()
        self._take(picture)

    def _take(self, picture: RelationPicture) -> None:
        self.picture = picture
        reach = 12 + 4.0 * len(picture.words)
        self._bounds = path_of(picture.line).boundingRect().adjusted(-reach, -14, reach, 14)
        self._line = QLineF(QPointF(*picture.line.start), QPointF(*picture.line.end))
        self._pen = QPen(QColor(self.ink.line), 0)


class Movable(Part):
    """A thing with a place: a theme or a note."""

    def __init__(self, ink: Ink, accent: str, editable: bool) -> None:
        super().__init__(ink, accent)
        self.moved: Callable[[Movable], None] = lambda _part: None
        flags = QGraphicsItem.GraphicsItemFlag
        self.setFlags(flags.ItemIsSelectable | flags.ItemIsFocusable)
        self.setFlag(flags.ItemIsMovable, editable)
        self.setFlag(flags.ItemSendsGeometryChanges)
        self.setCacheMode(QGraphicsItem.CacheMode.DeviceCoordinateCache)  # its words are set once, not once a frame

    @property
    def origin(self) -> Box:
        """Where the study has it."""
        raise NotImplementedError

    @property
    def box(self) -> Box:
        """Where it stands now."""
        box, by = self.origin, self.pos()
        return Box(box.x + by.x(), box.y + by.y(), box.width, box.height)

    def boundingRect(self) -> QRectF:
        """The box with its outline and flag."""
        return rectangle(self.origin).adjusted(-4, -12, 10, 4)

    def shape(self) -> QPainterPath:
        """The box."""
        path = QPainterPath()
        path.addRect(rectangle(self.origin))
        return path

    def itemChange(self, change: QGraphicsItem.GraphicsItemChange, value: Any) -> Any:
        """Lines follow what moves."""
        if change == QGraphicsItem.GraphicsItemChange.ItemPositionHasChanged:
            self.moved(self)
        return super().itemChange(change, value)


class NodePart(Movable):
    """A theme."""

    def __init__(self, picture: NodePicture, ink: Ink, accent: str, editable: bool) -> None:
        super().__init__(ink, accent, editable)
        self.picture = picture
        self.marked = ""
        """The colour of a mark round it: where two versions differ."""
        self.mark_word = ""
        """How they differ there, so that colour is not the only sign."""
        self.comment: bool | None = None
        """Whether a comment on it is open; None: nobody commented."""
        self.setZValue(NODE)
        self.setToolTip("\n".join(part for part in (picture.name, picture.concept, picture.flag) if part))

    @property
    def origin(self) -> Box:
        """Where the study has it."""
        return self.picture.box

    def boundingRect(self) -> QRectF:
        """The box with its outline and flag, which grow with it."""
        grown = max(1.0, self.picture.scale)
        return rectangle(self.origin).adjusted(-4 * grown, -12 * grown, 10 * grown, 4 * grown)

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:  # noqa: ARG002
        """As in the figures."""
        paint_node(painter, self.picture, self.ink, chosen=self._outline() or self.marked)
        if self.mark_word:
            box = rectangle(self.origin)
            plate = QRectF(box.right() - 70, box.top() - 10, 66, 17)
            painter.setPen(QPen(QColor(self.marked), 1.2))
            painter.setBrush(QColor(self.ink.paper))
            painter.drawRoundedRect(plate, 8, 8)
            write(painter, self.mark_word, plate, 11, self.ink.text)
        if self.comment is not None:
            painter.fillRect(self.comment_area().adjusted(-2, -2, 2, 0), QColor(self.ink.paper))
            paint_mark(painter, self.comment_area().topLeft(), self.accent, is_open=self.comment)

    def on_mark(self, at: QPointF) -> bool:
        """Whether a point of the map lies on its mark of comments."""
        return self.comment is not None and self.comment_area().contains(self.mapFromScene(at))

    def comment_area(self) -> QRectF:
        """Where the mark of comments stands."""
        box = rectangle(self.origin)
        return QRectF(box.left() - 3, box.top() - 9, 17, 17)


class NotePart(Movable):
    """A free note."""

    def __init__(self, picture: NotePicture, ink: Ink, accent: str, editable: bool) -> None:
        super().__init__(ink, accent, editable)
        self.picture = picture
        self.setZValue(NOTE)

    @property
    def origin(self) -> Box:
        """Where the study has it."""
        return self.picture.box

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:  # noqa: ARG002
        """As in the figures."""
        paint_note(painter, self.picture, self.ink, chosen=self._outline())


def _wider(path: QPainterPath) -> QPainterPath:
    stroker = QPainterPathStroker()
    stroker.setWidth(9)
    return stroker.createStroke(path)
