"""The window onto the canvas: zooming, panning, choosing, nudging by key, drawing a relation between themes."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, Qt, QTimer, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QMouseEvent, QPainter, QPen, QWheelEvent
from PySide6.QtWidgets import QGraphicsLineItem, QGraphicsView, QWidget

from app.ui.map.canvas import MapCanvas
from app.ui.map.items import NodePart, NotePart, RelationPart

LEAST, MOST = 0.15, 4.0
STEP, LEAP = 8.0, 40.0
_ARROWS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


class MapView(QGraphicsView):
    """A map that one looks at, or works on."""

    relationDrawn = Signal(str, str)
    themeOpened = Signal(str)
    noteOpened = Signal(str)
    commentsWanted = Signal(str)
    relationOpened = Signal(str)
    menuWanted = Signal(object)
    relatingEnded = Signal()

    def __init__(self, canvas: MapCanvas, parent: QWidget | None = None) -> None:
        super().__init__(canvas, parent)
        self.canvas = canvas
        self.setObjectName("map.view")
        self.setAccessibleName(self.tr("Theme map"))
        self.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.setDragMode(QGraphicsView.DragMode.RubberBandDrag)
        self.setTransformationAnchor(QGraphicsView.ViewportAnchor.AnchorUnderMouse)
        self.setViewportUpdateMode(QGraphicsView.ViewportUpdateMode.SmartViewportUpdate)
        self.setCacheMode(QGraphicsView.CacheModeFlag.CacheBackground)
        self.setFrameShape(QGraphicsView.Shape.NoFrame)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.DefaultContextMenu)
        self._relating = False
        self._from: NodePart | None = None
        self._line: QGraphicsLineItem | None = None
        self._panning: QPointF | None = None
        self._let_go = QTimer(self)
        self._let_go.setSingleShot(True)
        self._let_go.setInterval(600)
        self._let_go.timeout.connect(canvas.settle)

    # --- looking -------------------------------------------------------------------------------------------------

    def fit(self) -> None:
        """The whole map, as large as it goes, up to its natural size and a little more."""
        self.fitInView(self.canvas.everything(), Qt.AspectRatioMode.KeepAspectRatio)
        scale = self.transform().m11()
        if scale > 1.2:
            self.scale(1.2 / scale, 1.2 / scale)

    def zoom(self, factor: float) -> None:
        """Larger or smaller."""
        wanted = max(LEAST, min(MOST, self.transform().m11() * factor))
        by = wanted / self.transform().m11()
        self.scale(by, by)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """With Ctrl the wheel zooms, else it moves the map."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom(1.0015 ** event.angleDelta().y())
        else:
            super().wheelEvent(event)

    # --- relating ------------------------------------------------------------------------------------------------

    @property
    def relating(self) -> bool:
        """Whether dragging from one theme to another relates them."""
        return self._relating

    @relating.setter
    def relating(self, on: bool) -> None:
        self._relating = on
        self.setDragMode(QGraphicsView.DragMode.NoDrag if on else QGraphicsView.DragMode.RubberBandDrag)
        self.viewport().setCursor(Qt.CursorShape.CrossCursor if on else Qt.CursorShape.ArrowCursor)
        if not on:
            self._forget_line()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold; the middle button moves the map."""
        if event.button() == Qt.MouseButton.MiddleButton:
            self._panning = event.position()
            return
        node = self._node_at(event)
        if node is not None and node.on_mark(self.mapToScene(event.position().toPoint())) and self.isInteractive():
            self.commentsWanted.emit(node.picture.theme_id)
            return
        if self._relating and event.button() == Qt.MouseButton.LeftButton:
            if node is not None:
                self._from = node
                self._line = self.canvas.addLine(0, 0, 0, 0, QPen(Qt.GlobalColor.gray, 1.5, Qt.PenStyle.DashLine))
                self._line.setZValue(10)
            return
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Follow the mouse."""
        if self._panning is not None:
            by = event.position() - self._panning
            self._panning = event.position()
            for bar, way in ((self.horizontalScrollBar(), by.x()), (self.verticalScrollBar(), by.y())):
                bar.setValue(round(bar.value() - way))
        elif self._from is not None and self._line is not None:
            start, end = QPointF(*self._from.box.middle), self.mapToScene(event.position().toPoint())
            self._line.setLine(start.x(), start.y(), end.x(), end.y())
        else:
            super().mouseMoveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go: what was moved is a change, and so is a relation that was drawn."""
        if self._panning is not None:
            self._panning = None
            return
        if self._from is not None:
            start, node = self._from, self._node_at(event)
            self._forget_line()
            if node is not None and node is not start:
                self.relationDrawn.emit(start.picture.theme_id, node.picture.theme_id)
            return
        super().mouseReleaseEvent(event)
        self.canvas.settle()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Open what is there."""
        item = self.itemAt(event.position().toPoint())
        if isinstance(item, NodePart):
            self.themeOpened.emit(item.picture.theme_id)
        elif isinstance(item, NotePart):
            self.noteOpened.emit(item.picture.note_id)
        elif isinstance(item, RelationPart):
            self.relationOpened.emit(item.picture.relation_id)
        else:
            super().mouseDoubleClickEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """A menu for what is under the mouse."""
        item = self.itemAt(event.pos())
        if isinstance(item, NodePart | NotePart | RelationPart) and not item.isSelected():
            self.canvas.clearSelection()
            item.setSelected(True)
        self.menuWanted.emit(event.globalPos())

    # --- by key --------------------------------------------------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        """Tab goes from theme to theme inside the map, and out of it at the ends."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() == Qt.Key.Key_Tab and self._step(1):
                return True
            if event.key() == Qt.Key.Key_Backtab and self._step(-1):
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows move what is chosen (with Shift further), or the map; Enter opens; Esc lets go."""
        if event.key() in _ARROWS and not event.modifiers() & ~(
            Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier
        ):
            far = LEAP if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else STEP
            x, y = _ARROWS[Qt.Key(event.key())]
            if self.isInteractive() and self.canvas.nudge(x * far, y * far):
                self._let_go.start()
                return
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            themes = self.canvas.chosen_themes()
            if themes:
                self.themeOpened.emit(themes[0])
                return
        elif event.key() == Qt.Key.Key_Escape:
            if self._relating:
                self.relating = False
                self.relatingEnded.emit()
            self.canvas.clearSelection()
            return
        super().keyPressEvent(event)

    def settle_now(self) -> None:
        """What was nudged is put on disk without waiting."""
        if self._let_go.isActive():
            self._let_go.stop()
            self.canvas.settle()

    def _step(self, by: int) -> bool:
        order = list(self.canvas.nodes)
        if not order:
            return False
        chosen = self.canvas.chosen_themes()
        place = order.index(chosen[-1]) + by if chosen else (0 if by > 0 else len(order) - 1)
        if not 0 <= place < len(order):
            self.canvas.clearSelection()
            return False
        self.canvas.choose({order[place]})
        self.canvas.somethingChosen.emit()
        self.ensureVisible(self.canvas.nodes[order[place]])
        return True

    def _node_at(self, event: QMouseEvent) -> NodePart | None:
        at = self.mapToScene(event.position().toPoint())
        nodes = reversed(self.canvas.nodes.values())
        return next((one for one in nodes if one.contains(one.mapFromScene(at)) or one.on_mark(at)), None)

    def _forget_line(self) -> None:
        if self._line is not None:
            self.canvas.removeItem(self._line)
        self._line = self._from = None
