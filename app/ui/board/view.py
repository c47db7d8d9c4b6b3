"""The board in one's hands: choosing, lasso, carrying, and all of it by key."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QKeyEvent,
    QMouseEvent,
    QPainterPath,
    QPen,
)
from PySide6.QtWidgets import QApplication, QGraphicsPathItem, QWidget

from app.ui.board.canvas import NOWHERE, BoardCanvas, Key
from app.ui.board.looking import LookedAt
from app.ui.code.code_tree import CODE_MIME

STEP, LEAP = 8.0, 48.0
NEAR = 28
"""So near to its edge the view goes along with what is carried."""
_ARROWS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}
_CTRL, _SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


class BoardView(LookedAt):
    """A board that one works on."""

    dropped = Signal(object, object, float, float, bool)
    """What was carried (keys), where it lands (a key or NOWHERE), how far it was carried, and whether it stays too."""
    brought = Signal(object, object, object, bool)
    """Codes dragged in from the tray, where they land (a key or NOWHERE), and the point."""
    carriedOut = Signal(QPoint)
    """What is chosen was let go of beside the board: where on the screen."""
    opened = Signal(object)
    deleteWanted = Signal()
    menuWanted = Signal(QPoint)
    heldInPile = Signal()
    """Somebody tried to move by key what stands in order in a pile."""

    def __init__(self, canvas: BoardCanvas, parent: QWidget | None = None) -> None:
        super().__init__(canvas, parent)
        self.setObjectName("themes.board.view")
        self.setAccessibleName(self.tr("Clustering board"))
        self.setAcceptDrops(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.movable = True
        self.accent = "#0B57B0"
        self._lasso = False
        self._pressed: QPointF | None = None
        self._pressed_on: Key = NOWHERE
        self._carrying = False
        self._path: QPainterPath | None = None
        self._loop: QGraphicsPathItem | None = None
        self._before: list[Key] = []
        """What was chosen before one began to draw round cards."""
        self._was_chosen = False
        self._panning: QPointF | None = None
        self._nudged = QPointF()
        self._nudging: list[Key] = []
        self._let_go = QTimer(self)
        self._let_go.setSingleShot(True)
        self._let_go.setInterval(600)
        self._let_go.timeout.connect(self.settle_now)

    @property
    def lasso(self) -> bool:
        """Whether one draws round cards freely, instead of pulling a rectangle over them."""
        return self._lasso

    @lasso.setter
    def lasso(self, on: bool) -> None:
        self._lasso = on
        self.viewport().setCursor(Qt.CursorShape.CrossCursor if on else Qt.CursorShape.ArrowCursor)

    # --- with the mouse ------------------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose what is here, or begin to draw round cards; the middle button moves the board."""
        self.settle_now()
        if event.button() == Qt.MouseButton.MiddleButton:
            self._panning = event.position()
            return
        if event.button() != Qt.MouseButton.LeftButton:
            return
        self._pressed = event.position()
        key = self.canvas.at(self.on_board(event.position()))
        self._pressed_on = NOWHERE if self._lasso else key
        chosen = self.canvas.chosen
        several = event.modifiers() & (_CTRL | _SHIFT)
        self._was_chosen = key in chosen
        if self._pressed_on == NOWHERE:
            self._before = chosen if several else []
            self.canvas.choose(self._before)
        elif self._was_chosen:
            self.canvas.choose(chosen, key)  # whether it stays chosen is known when the button is up
        else:
            self.canvas.choose([*chosen, key] if several else [key])

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Follow the mouse."""
        if self._panning is not None:
            self.pan(event.position() - self._panning)
            self._panning = event.position()
            return
        if self._pressed is None:
            return
        far = (event.position() - self._pressed).manhattanLength() >= QApplication.startDragDistance()
        if self._pressed_on == NOWHERE:
            self._draw_round(event.position())
        elif self._carrying or (far and self.movable):
            self._carry_to(event.position())
            copies = event.modifiers() & _CTRL
            self.viewport().setCursor(Qt.CursorShape.DragCopyCursor if copies else Qt.CursorShape.ClosedHandCursor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go: what was carried is one change."""
        if self._panning is not None:
            self._panning = None
            return
        pressed, self._pressed = self._pressed, None
        if self._loop is not None:
            self._end_loop()
        elif self._carrying and pressed is not None:
            self._carrying = False
            self.viewport().setCursor(Qt.CursorShape.ArrowCursor)
            by = self.on_board(event.position()) - self.on_board(pressed)
            keys, target = self.canvas.chosen, self.canvas.target
            if not self.viewport().rect().contains(event.position().toPoint()):
                self.canvas.let_go()
                self.carriedOut.emit(event.globalPosition().toPoint())
                return
            self.dropped.emit(keys, target, by.x(), by.y(), bool(event.modifiers() & _CTRL))
            self.canvas.let_go()  # what the study refused stands where it did
        elif pressed is not None and self._pressed_on != NOWHERE:
            self._end_click(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Open what is there."""
        key = self.canvas.at(self.on_board(event.position()))
        if key != NOWHERE:
            self.opened.emit(key)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """A menu for what is under the mouse, or under the keyboard."""
        point = event.globalPos()
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            box = self.canvas.box_of(self.canvas.at_hand)
            if box is not None:
                point = self.viewport().mapToGlobal(self.mapFromScene(QPointF(box.x + 40, box.y + 30)))
        else:
            key = self.canvas.at(self.mapToScene(event.pos()))
            if key == NOWHERE:
                self.canvas.choose([])
            elif key not in self.canvas.chosen:
                self.canvas.choose([key])
        self.menuWanted.emit(point)

    def _end_click(self, event: QMouseEvent) -> None:
        """A click on one of several chosen means this one; with Ctrl it is let go of."""
        key = self._pressed_on
        if not event.modifiers() & (_CTRL | _SHIFT):
            self.canvas.choose([key])
        elif self._was_chosen:
            self.canvas.choose([one for one in self.canvas.chosen if one != key], key)

    def _carry_to(self, position: QPointF) -> None:
        assert self._pressed is not None
        if not self._carrying:
            self._carrying = True
            self.canvas.carry(self.canvas.chosen)
        self._go_along(position)
        here = self.on_board(position)
        by = here - self.on_board(self._pressed)
        self.canvas.carry_by(by.x(), by.y())
        self.canvas.aim(self.canvas.landing(here))

    def _go_along(self, position: QPointF) -> None:
        """Near the edge the board moves along, and the point where one took hold with it."""
        area = self.viewport().rect()
        x = (position.x() > area.width() - NEAR) - (position.x() < NEAR)
        y = (position.y() > area.height() - NEAR) - (position.y() < NEAR)
        if (x or y) and self._pressed is not None:
            before = self.on_board(QPointF())
            self.pan(QPointF(-14 * x, -14 * y))
            moved = (self.on_board(QPointF()) - before) * self.transform().m11()
            self._pressed -= moved

    def _draw_round(self, position: QPointF) -> None:
        """The lasso, or the rectangle; cards inside are chosen as it grows."""
        assert self._pressed is not None
        start, here = self.on_board(self._pressed), self.on_board(position)
        if self._loop is None:
            self._loop = self.canvas.addPath(QPainterPath(), QPen(QColor(self.accent), 0, Qt.PenStyle.DashLine))
            self._loop.setZValue(1000)
            fill = QColor(self.accent)
            fill.setAlpha(24)
            self._loop.setBrush(fill)
            self._path = QPainterPath(start)
        assert self._path is not None
        if self._lasso:
            self._path.lineTo(here)
            area = QPainterPath(self._path)
            area.closeSubpath()
        else:
            area = QPainterPath()
            area.addRect(QRectF(start, here).normalized())
        self._loop.setPath(area)
        found = [*self._before, *self.canvas.within(area)]
        if found != self.canvas.chosen:
            self.canvas.choose(found)

    def _end_loop(self) -> None:
        if self._loop is not None:
            self.canvas.removeItem(self._loop)
        self._loop = self._path = None

    # --- from the tray -------------------------------------------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Codes may be dropped."""
        if self.movable and event.mimeData().hasFormat(CODE_MIME):
            event.acceptProposedAction()
        else:
            event.ignore()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Show where they would land."""
        self.canvas.aim(self.canvas.landing(self.on_board(event.position())))
        event.acceptProposedAction()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:  # noqa: ARG002
        """They are carried elsewhere."""
        self.canvas.aim(NOWHERE)

    def dropEvent(self, event: QDropEvent) -> None:
        """Codes land."""
        codes = bytes(event.mimeData().data(CODE_MIME).data()).decode().split()
        target, point = self.canvas.target, self.on_board(event.position())
        self.canvas.aim(NOWHERE)
        event.acceptProposedAction()
        self.brought.emit(codes, target, point, False)

    # --- by key --------------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows walk, with Shift they choose more, with Ctrl they move; Enter opens; Esc lets go."""
        key, held = event.key(), event.modifiers()
        plain = held & ~Qt.KeyboardModifier.KeypadModifier
        if key in _ARROWS and not plain & ~(_CTRL | _SHIFT):
            self._arrow(*_ARROWS[Qt.Key(key)], plain)
        elif key == Qt.Key.Key_Home and not plain:
            self._walk_to(self.canvas.first(), [])
        elif key == Qt.Key.Key_Space:
            self._choose_at_hand(toggle=bool(held & _CTRL))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.canvas.at_hand != NOWHERE:
            self.opened.emit(self.canvas.at_hand)
        elif key == Qt.Key.Key_Delete:
            self.deleteWanted.emit()
        elif key == Qt.Key.Key_Escape:
            self._escape()
        elif key == Qt.Key.Key_A and plain == _CTRL:
            self.canvas.choose(list(self.canvas.cards))
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal) and not plain & ~_SHIFT:
            self.zoom(1.25)
        elif key == Qt.Key.Key_Minus and not plain:
            self.zoom(0.8)
        elif key == Qt.Key.Key_0 and not plain:
            self.fit()
        else:
            super().keyPressEvent(event)

    def settle_now(self) -> None:
        """What was moved by key is put on disk without waiting."""
        self._let_go.stop()
        by, self._nudged = self._nudged, QPointF()
        if not by.isNull():
            self.dropped.emit(self._nudging, NOWHERE, by.x(), by.y(), False)
            self.canvas.let_go()

    def _arrow(self, dx: int, dy: int, held: Qt.KeyboardModifier) -> None:
        if held & _CTRL:
            far = LEAP if held & _SHIFT else STEP
            self._nudge(dx * far, dy * far)
            return
        self.settle_now()
        self._walk_to(self.canvas.step(dx, dy), self.canvas.chosen if held & _SHIFT else [])

    def _walk_to(self, to: Key, chosen: list[Key]) -> None:
        """The keyboard stands on a card or pile, which is chosen beside others."""
        if to != NOWHERE:
            self.canvas.choose([*chosen, to], to)
            self.show_part(to)

    def _nudge(self, dx: float, dy: float) -> None:
        """Only what lies by itself has a place of its own: single cards, and piles on top."""
        if not self.movable:
            return
        if self._nudged.isNull():
            self._nudging = [key for key in self.canvas.chosen if self.canvas.stands_free(key)]
            self.canvas.carry(self._nudging)
        if not self._nudging:
            self.heldInPile.emit()
            return
        self._nudged += QPointF(dx, dy)
        self.canvas.carry_by(self._nudged.x(), self._nudged.y())
        self._let_go.start()

    def _choose_at_hand(self, *, toggle: bool) -> None:
        at_hand, chosen = self.canvas.at_hand, self.canvas.chosen
        if at_hand == NOWHERE:
            return
        if toggle and at_hand in chosen:
            self.canvas.choose([one for one in chosen if one != at_hand], at_hand)
        else:
            self.canvas.choose([*chosen, at_hand] if toggle else [at_hand], at_hand)

    def _escape(self) -> None:
        if self._carrying:
            self._carrying, self._pressed = False, None
            self.viewport().setCursor(Qt.CursorShape.ArrowCursor)
            self.canvas.let_go()
        elif self._loop is not None:
            self._pressed = None
            self._end_loop()
        else:
            self._let_go.stop()
            self._nudged = QPointF()
            self.canvas.let_go()
            self.canvas.choose([], self.canvas.at_hand)
