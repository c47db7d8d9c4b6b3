"""The text itself: a read-only QTextEdit whose document is exactly the text of the source.

Read-only is not harmless: typing, what an input method commits, and drops are all taken here, so that nothing ever
changes the document.
"""

from __future__ import annotations

import json
from collections.abc import Sequence

from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QDragEnterEvent,
    QDragMoveEvent,
    QDropEvent,
    QInputMethodEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPalette,
    QTextCursor,
    QWheelEvent,
)
from PySide6.QtWidgets import QTextEdit, QWidget

from app.ui.transcript.caret import mode_of, turn_key
from app.ui.transcript.direction import has_right_to_left
from app.ui.transcript.marks import TurnMark
from app.ui.transcript.offsets import OffsetMap
from app.ui.transcript.painted import PaintedText
from app.ui.transcript.seen import AHEAD
from app.ui.transcript.setting import Labelling, set_text

CODE_MIME = "application/x-reflexa-code"
SELECTION_MIME = "application/x-reflexa-selection"
_DIRECTIONS = {"ltr": Qt.LayoutDirection.LeftToRight, "rtl": Qt.LayoutDirection.RightToLeft}


class TranscriptView(PaintedText):
    """One transcript. All positions that come in or go out are code points."""

    typed = Signal(str)
    selectionMade = Signal(int, int)
    excerptClicked = Signal(str)
    codeDropped = Signal(str, int, int)
    endsMoved = Signal(str, int, int)
    contextMenuWanted = Signal(QPoint, str)
    copyWanted = Signal()
    sizeWanted = Signal(int)
    """Letters larger (1) or smaller (-1)."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("transcriptView")
        self.setAccessibleName(self.tr("Transcript"))
        self.setReadOnly(True)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
        self.setFrameShape(QTextEdit.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setLineWrapMode(QTextEdit.LineWrapMode.FixedPixelWidth)
        self.viewport().setMouseTracking(True)
        self.source_id = ""
        self._by_key = self._by_mouse = False
        """Whether a key or the mouse is just moving the caret: what comes of it is told once, at the end."""
        self._told = (0, 0)
        self._held = (0, 0)
        self._direction = Qt.LayoutDirection.LayoutDirectionAuto
        self._labelling: Labelling | None = None
        self._rest_of_setting = QTimer(self)
        self._rest_of_setting.setSingleShot(True)
        self._rest_of_setting.timeout.connect(self._set_rest)
        self.verticalScrollBar().valueChanged.connect(self._set_rest)
        self.cursorPositionChanged.connect(self._skip_hidden)
        self.selectionChanged.connect(self._tell_selection)

    def show_text(self, source_id: str, text: str, turns: Sequence[TurnMark], direction: str) -> None:
        """Show a text. Marks come after it, with `show_marks`."""
        self.source_id, self.text, self.turns = source_id, text, turns
        self.offsets, self.right_to_left = OffsetMap(text), has_right_to_left(text)
        self.forget_marks()
        self._told = (0, 0)
        self._direction = _DIRECTIONS.get(direction, Qt.LayoutDirection.LayoutDirectionAuto)
        self._set(0, 0)

    def set_anew(self) -> None:
        """Set the text again, with what is selected: after other fonts, sizes or colours."""
        cursor = self.textCursor()
        self._set(cursor.anchor(), cursor.position())

    def _set(self, anchor: int, position: int) -> None:
        document, self._labelling = set_text(
            self.text, self.turns, self.offsets, self.setting, self.colours, self._direction, first=AHEAD
        )
        self.labels = self._labelling.labels
        if max(anchor, position) > AHEAD:
            self._labelling.finish()
        self.blockSignals(True)
        self.adopt(document)
        cursor = self.textCursor()
        cursor.setPosition(anchor)
        cursor.setPosition(position, QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)
        self.blockSignals(False)
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.Text, QColor(self.colours.text))
        palette.setColor(QPalette.ColorRole.Highlight, QColor(self.colours.selection))
        palette.setColor(QPalette.ColorRole.HighlightedText, QColor(self.colours.on_selection))
        if palette != self.palette():
            self.setPalette(palette)
        self._rest_of_setting.start(0)

    def lay_out_to(self, position: int) -> None:
        """Set the text that is not set yet, and lay it out as far as this."""
        self._set_rest()
        super().lay_out_to(position)

    def _set_rest(self) -> None:
        """The turns that were not seen when the text was first painted."""
        self._rest_of_setting.stop()
        if self._labelling is not None:
            self._labelling.finish()

    # --- positions -----------------------------------------------------------------------------------------------

    def selection(self) -> tuple[int, int]:
        """The selected stretch, or the caret twice. An end inside a hidden label moves to the words beside it."""
        cursor = self.textCursor()
        start = self.offsets.from_qt(cursor.selectionStart())
        end = self.offsets.from_qt(cursor.selectionEnd())
        return self._beside_labels(start, end) if cursor.hasSelection() else (start, start)

    def _beside_labels(self, start: int, end: int) -> tuple[int, int]:
        turn = self.turn_at(start)
        if turn is not None and turn.label_start <= start < turn.start:
            start = min(turn.start, end)
        last = self.turn_at(max(start, end - 1))
        if last is not None and last.label_start <= end - 1 < last.start and last.label_start > start:
            end = last.label_start
        return start, max(start, end)

    def select(self, start: int, end: int) -> None:
        """Select a stretch."""
        self._set_rest()
        cursor = self.textCursor()
        cursor.setPosition(self.offsets.to_qt(start))
        cursor.setPosition(self.offsets.to_qt(end), QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)

    # --- keys, mouse, drops --------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A plain character goes to the quick-code box; the rest moves and selects."""
        text = event.text()
        held = event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier)
        types = text.isprintable() and (not text.isspace() or self.textCursor().hasSelection())
        if text and types and held == Qt.KeyboardModifier.NoModifier:
            self.typed.emit(text)
            event.accept()
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copyWanted.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not self.textCursor().hasSelection():
            self.excerptClicked.emit(self._excerpt_over(self._caret()))  # as a click there
        else:
            self._by_key, self._by_mouse = True, False
            self.rest.press(event, self._key, self._over_edge, self._caret, self._put_caret)
            self._by_key = False
            self.lay_out_to(self._caret())
            self.ensureCursorVisible()
            self._tell_selection()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """With Ctrl held the letters grow or shrink, for every transcript; Qt would zoom this widget alone."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            turned = event.angleDelta().y()
            if turned:
                self.sizeWanted.emit(1 if turned > 0 else -1)
            event.accept()
        else:
            super().wheelEvent(event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """What an input method commits is typed text; by default it would replace the selected words."""
        if event.commitString():
            self.typed.emit(event.commitString())
        event.accept()

    def inputMethodQuery(self, query: Qt.InputMethodQuery) -> object:
        """Input methods are welcome although nothing can be edited."""
        if query == Qt.InputMethodQuery.ImEnabled:
            return True
        return super().inputMethodQuery(query)

    def createMimeDataFromSelection(self) -> QMimeData:
        """A dragged passage, for the code tree."""
        start, end = self.selection()
        data = QMimeData()
        place = {"source": self.source_id, "start": start, "end": end}
        data.setData(SELECTION_MIME, json.dumps(place).encode())
        return data

    def canInsertFromMimeData(self, source: QMimeData) -> bool:  # noqa: ARG002
        """Nothing is ever put into the text."""
        return False

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Nothing is ever put into the text."""

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Codes may be dropped on words."""
        event.setAccepted(event.mimeData().hasFormat(CODE_MIME))

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Only where there is a passage beneath."""
        event.setAccepted(event.mimeData().hasFormat(CODE_MIME) and self._passage(event.position()) is not None)

    def dropEvent(self, event: QDropEvent) -> None:
        """A code dropped on the selection or on an excerpt codes it; anywhere else nothing happens."""
        passage = self._passage(event.position())
        if event.mimeData().hasFormat(CODE_MIME) and passage is not None:
            ids = bytes(event.mimeData().data(CODE_MIME).data()).decode()
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
            self.codeDropped.emit(ids, *passage)
        else:
            event.ignore()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of an excerpt's end, or begin to select."""
        if event.button() == Qt.MouseButton.LeftButton:
            for is_end, place in self.handles().items() if self.current else ():
                if place.contains(event.position().toPoint()):
                    here = self.spans.over(*self.visible_span())
                    self.dragged_marks = [one for one in here if one.excerpt_id == self.current]
                    mark = self.dragged_marks[0]
                    self.dragged, self._held = (mark.excerpt_id, mark.start, mark.end, is_end), (mark.start, mark.end)
                    return
            self._by_mouse, self._told = True, (0, 0)
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Move the end that is held."""
        self._by_mouse = self._by_mouse and bool(event.buttons() & Qt.MouseButton.LeftButton)
        if self.dragged is None:
            super().mouseMoveEvent(event)
            over_end = self.current and any(p.contains(event.position().toPoint()) for p in self.handles().values())
            self.viewport().setCursor(Qt.CursorShape.SizeHorCursor if over_end else Qt.CursorShape.IBeamCursor)
            return
        excerpt_id, start, end, is_end = self.dragged
        position = self.position_at(event.position())
        if is_end and position > start:
            self.dragged = (excerpt_id, start, position, is_end)
        elif not is_end and position < end:
            self.dragged = (excerpt_id, position, end, is_end)
        self.redraw()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let the end go, or choose the excerpt that was clicked."""
        if self.dragged is not None:
            excerpt_id, start, end, _ = self.dragged
            moved, self.dragged, self.dragged_marks = (start, end) != self._held, None, []
            self.redraw()
            if moved:
                self.endsMoved.emit(excerpt_id, *self._beside_labels(start, end))
            return
        super().mouseReleaseEvent(event)
        self._by_mouse = False
        self._tell_selection()
        if event.button() == Qt.MouseButton.LeftButton and not self.textCursor().hasSelection():
            self.excerptClicked.emit(self.excerpt_at(event.position()))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The workspace has its own menu."""
        self.contextMenuWanted.emit(event.globalPos(), self.excerpt_at(QPointF(event.pos())))

    def position_at(self, point: QPointF) -> int:
        """The code point nearest to a place in the viewport."""
        return self.offsets.from_qt(self.cursorForPosition(point.toPoint()).position())

    def excerpt_at(self, point: QPointF) -> str:
        """The shortest excerpt at a place in the viewport, or ""."""
        return self._excerpt_over(self.position_at(point))

    def _excerpt_over(self, position: int) -> str:
        here = self.spans.over(position, position + 1)
        return min(here, key=lambda mark: mark.end - mark.start).excerpt_id if here else ""

    def _passage(self, point: QPointF) -> tuple[int, int] | None:
        position = self.position_at(point)
        start, end = self.selection()
        if start <= position <= end and end > start:
            return start, end
        here = self.spans.over(position, position + 1)
        if not here:
            return None
        mark = min(here, key=lambda one: one.end - one.start)
        return mark.start, mark.end

    def _caret(self) -> int:
        return self.offsets.from_qt(self.textCursor().position())

    def _put_caret(self, position: int) -> None:
        cursor = self.textCursor()
        cursor.setPosition(self.offsets.to_qt(position), mode_of(cursor))
        self.setTextCursor(cursor)

    def _key(self, event: QKeyEvent) -> None:
        """What a key does by itself; Ctrl+Up and Ctrl+Down, which Qt binds on few systems, go to the turn's ends."""
        way = turn_key(event)
        if way is None:
            super().keyPressEvent(event)
        else:
            self._move(QTextCursor.MoveOperation.EndOfBlock if way else QTextCursor.MoveOperation.StartOfBlock, event)

    def _over_edge(self, event: QKeyEvent) -> bool:
        """Keys that stop at the end of a turn go on to the next one when they are pressed there again."""
        way, moves = turn_key(event), QTextCursor.MoveOperation
        return way is not None and self._move(moves.NextCharacter if way else moves.PreviousCharacter, event)

    def _move(self, operation: QTextCursor.MoveOperation, event: QKeyEvent) -> bool:
        held = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        cursor = self.textCursor()
        modes = QTextCursor.MoveMode
        moved = cursor.movePosition(operation, modes.KeepAnchor if held else modes.MoveAnchor)
        self.setTextCursor(cursor)
        return moved

    def _skip_hidden(self) -> None:
        """The caret never stands inside a label that takes no room, wherever one clicked."""
        if self._by_key:
            return
        position = self._caret()
        rest = self.rest.instead(position)
        if rest is not None and rest != position:
            self._put_caret(rest)

    def _tell_selection(self) -> None:
        """Say what is selected, once it is: not at every step of the mouse."""
        if self._by_key or self._by_mouse:
            return
        start, end = selected = self.selection()
        if end > start and selected != self._told:
            self.selectionMade.emit(start, end)
        self._told = selected
