"""The text itself: a read-only QTextEdit whose document is exactly the text of the source.

Tints are painted under the words, only for the blocks that are seen. Read-only is not harmless: typing, what an input
method commits, and drops are all taken here, so that nothing ever changes the document.
"""

from __future__ import annotations

import json
from collections.abc import Sequence

from PySide6.QtCore import QMimeData, QPoint, QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QDragEnterEvent,
    QDragMoveEvent,
    QDropEvent,
    QFont,
    QInputMethodEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QTextBlock,
    QTextCursor,
)
from PySide6.QtWidgets import QTextEdit, QWidget

from app.ui.transcript.colours import LIGHT_READING, ReadingColours
from app.ui.transcript.marks import CodingMark, TurnMark
from app.ui.transcript.offsets import OffsetMap
from app.ui.transcript.seen import SHORT, SeenText
from app.ui.transcript.setting import Setting, set_text
from app.ui.transcript.spans import SpanIndex
from app.ui.transcript.tints import Coloured, tints

CODE_MIME = "application/x-reflexa-code"
SELECTION_MIME = "application/x-reflexa-selection"
REACH = 6
"""How near (in pixels) the mouse must be to the end of an excerpt to take hold of it."""


class TranscriptView(SeenText):
    """One transcript. All positions that come in or go out are code points."""

    typed = Signal(str)
    selectionMade = Signal(int, int)
    excerptClicked = Signal(str)
    codeDropped = Signal(str, int, int)
    endsMoved = Signal(str, int, int)
    contextMenuWanted = Signal(QPoint, str)
    copyWanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("transcriptView")
        self.setAccessibleName(self.tr("Transcript"))
        self.setReadOnly(True)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
        self.setUndoRedoEnabled(False)
        self.setFrameShape(QTextEdit.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setLineWrapMode(QTextEdit.LineWrapMode.FixedPixelWidth)
        self.document().setUndoRedoEnabled(False)
        self.document().setDocumentMargin(0)
        self.viewport().setMouseTracking(True)
        self.source_id = ""
        self.text = ""
        self.turns: Sequence[TurnMark] = ()
        self.spans = SpanIndex()
        self.colours: ReadingColours = LIGHT_READING
        self.setting = Setting()
        self.current: str = ""
        self.found: tuple[int, int] | None = None
        self.labelled: dict[int, TurnMark] = {}
        self._grounds: dict[int, list[tuple[QColor, QRectF]]] = {}
        self._skip_from = 0
        self._dragged: tuple[str, int, int, bool] | None = None
        self._held = (0, 0)
        self.document().documentLayout().documentSizeChanged.connect(self.forget_places)
        self.cursorPositionChanged.connect(self._skip_hidden)
        self.selectionChanged.connect(self._tell_selection)

    def show_text(self, source_id: str, text: str, turns: Sequence[TurnMark]) -> None:
        """Show a text. Marks come after it, with `show_marks`."""
        self.source_id, self.text, self.turns = source_id, text, turns
        self.offsets = OffsetMap(text)
        self.spans, self.current, self.found, self._dragged = SpanIndex(), "", None, None
        self.blockSignals(True)
        self.setPlainText(text)
        self.set_anew()
        self.blockSignals(False)
        self._skip_from = 0

    def set_anew(self) -> None:
        """Set the text again: after other fonts, sizes or colours."""
        self.setLineWrapColumnOrWidth(self.setting.measure_pixels())
        self.labelled = set_text(self.document(), self.turns, self.offsets, self.setting, self.colours)
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.Text, QColor(self.colours.text))
        palette.setColor(QPalette.ColorRole.Highlight, QColor(self.colours.selection))
        palette.setColor(QPalette.ColorRole.HighlightedText, QColor(self.colours.on_selection))
        self.setPalette(palette)
        self.forget_places()

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
        cursor = self.textCursor()
        cursor.setPosition(self.offsets.to_qt(start))
        cursor.setPosition(self.offsets.to_qt(end), QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)

    def turn_at(self, position: int) -> TurnMark | None:
        """The turn whose label or words hold this position, or the one before it."""
        low, high = 0, len(self.turns)
        while low < high:
            middle = (low + high) // 2
            if self.turns[middle].label_start <= position:
                low = middle + 1
            else:
                high = middle
        return self.turns[low - 1] if low else None

    def redraw(self) -> None:
        """Draw anew after other marks, another current excerpt, or an end that is being dragged."""
        self._grounds.clear()
        self.viewport().update()

    def forget_places(self) -> None:
        """The grounds stand elsewhere too."""
        super().forget_places()
        self._grounds.clear()

    # --- painting ------------------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """Tints, then the words, then the labels over them."""
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        scrolled = self.verticalScrollBar().value()
        for block, _ in self.visible_blocks():
            for colour, rect in self._grounds_of(block):
                painter.setBrush(colour)
                painter.drawRect(rect.translated(0, -scrolled))
        painter.end()
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        for block, place in self.visible_blocks():
            turn = self.labelled.get(block.blockNumber())
            if turn is not None:
                self._paint_label(painter, block, place, turn)
        if self.current:
            self._paint_ends(painter)
        painter.end()

    def _grounds_of(self, block: QTextBlock) -> list[tuple[QColor, QRectF]]:
        """The coloured rectangles under a block, in the document: kept until marks or lines change, so that
        scrolling computes nothing. A block longer than the view is computed for what is seen of it.
        """
        number = block.blockNumber()
        kept = self._grounds.get(number)
        if kept is not None:
            return kept
        short = block.layout().lineCount() <= SHORT
        grounds = self._compute_grounds(block, None if short else self.visible_span())
        if short:
            self._grounds[number] = grounds
        return grounds

    def _compute_grounds(self, block: QTextBlock, seen: tuple[int, int] | None) -> list[tuple[QColor, QRectF]]:
        start = self.offsets.from_qt(block.position())
        end = self.offsets.from_qt(block.position() + block.length() - 1)
        if seen is not None:
            start, end = max(seen[0], start), min(seen[1], end)
        if end < start:
            return []
        marks = [
            Coloured(*self._dragged_span(mark), mark.colour, mark.excerpt_id == self.current)
            for mark in self.spans.over(start, end)
        ]
        stretches = [(tint.colour, tint.start, tint.end) for tint in tints(marks, start, end, self.colours)]
        if self.found is not None and self.found[0] < end and self.found[1] > start:
            stretches.append((QColor(self.colours.found), *self.found))
        scrolled = self.verticalScrollBar().value()
        return [
            (colour, rect.translated(0, scrolled))
            for colour, first, last in stretches
            for rect in self.line_rects(block, self.offsets.to_qt(first), self.offsets.to_qt(last))
        ]

    def _paint_label(self, painter: QPainter, block: QTextBlock, place: QRectF, turn: TurnMark) -> None:
        layout = block.layout()
        margin = layout.position().y() - self.document().documentLayout().blockBoundingRect(block).top()
        top = place.top() + margin - self.setting.label_height()
        font = self.setting.label_font()
        font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
        name = turn.speaker or self.tr("Unknown speaker")
        painter.setPen(QColor(self.colours.moderator if turn.moderator or not turn.speaker else self.colours.label))
        width = painter.fontMetrics().horizontalAdvance(name)
        line = QRectF(0, top, self.lineWrapColumnOrWidth(), self.setting.label_height() - 2)
        rtl = _right_to_left(block)
        side = Qt.AlignmentFlag.AlignRight if rtl else Qt.AlignmentFlag.AlignLeft
        painter.drawText(line, int(side | Qt.AlignmentFlag.AlignVCenter), name)
        if turn.time:
            font.setWeight(QFont.Weight.Normal)
            painter.setFont(font)
            painter.setPen(QColor(self.colours.quiet))
            beside = line.adjusted(0, 0, -width - 10, 0) if rtl else line.adjusted(width + 10, 0, 0, 0)
            painter.drawText(beside, int(side | Qt.AlignmentFlag.AlignVCenter), turn.time)

    def _paint_ends(self, painter: QPainter) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self.colours.focus))
        for rect in self._handles().values():
            painter.drawRoundedRect(rect.adjusted(REACH - 1, 0, -REACH + 1, 0), 1, 1)

    def _handles(self) -> dict[bool, QRect]:
        """Where the two ends of the current excerpt can be taken hold of: {is it the end?: place}."""
        mark = next((one for one in self.spans.over(*self.visible_span()) if one.excerpt_id == self.current), None)
        if mark is None:
            return {}
        start, end = self._dragged_span(mark)
        places = {}
        for is_end, position in ((False, start), (True, end)):
            cursor = QTextCursor(self.document())
            cursor.setPosition(self.offsets.to_qt(position))
            rect = self.cursorRect(cursor)
            places[is_end] = QRect(rect.left() - REACH, rect.top() - 2, 2 * REACH + 1, rect.height() + 4)
        return places

    def _dragged_span(self, mark: CodingMark) -> tuple[int, int]:
        if self._dragged is not None and self._dragged[0] == mark.excerpt_id:
            return self._dragged[1], self._dragged[2]
        return mark.start, mark.end

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
        else:
            super().keyPressEvent(event)

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
            for is_end, place in self._handles().items() if self.current else ():
                if place.contains(event.position().toPoint()):
                    mark = next(one for one in self.spans.over(*self.visible_span()) if one.excerpt_id == self.current)
                    self._dragged, self._held = (mark.excerpt_id, mark.start, mark.end, is_end), (mark.start, mark.end)
                    return
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Move the end that is held."""
        if self._dragged is None:
            super().mouseMoveEvent(event)
            over_end = self.current and any(p.contains(event.position().toPoint()) for p in self._handles().values())
            self.viewport().setCursor(Qt.CursorShape.SizeHorCursor if over_end else Qt.CursorShape.IBeamCursor)
            return
        excerpt_id, start, end, is_end = self._dragged
        position = self.position_at(event.position())
        if is_end and position > start:
            self._dragged = (excerpt_id, start, position, is_end)
        elif not is_end and position < end:
            self._dragged = (excerpt_id, position, end, is_end)
        self.redraw()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let the end go, or choose the excerpt that was clicked."""
        if self._dragged is not None:
            excerpt_id, start, end, _ = self._dragged
            moved, self._dragged = (start, end) != self._held, None
            self.redraw()
            if moved:
                self.endsMoved.emit(excerpt_id, *self._beside_labels(start, end))
            return
        super().mouseReleaseEvent(event)
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
        position = self.position_at(point)
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

    def _skip_hidden(self) -> None:
        """The caret never stands inside a label that takes no room."""
        cursor = self.textCursor()
        position = self.offsets.from_qt(cursor.position())
        came_from, self._skip_from = self._skip_from, position
        turn = self.turn_at(position)
        if turn is None or not turn.label_start <= position < turn.start or self._label_is_shown(turn):
            return
        backwards = came_from >= turn.start and position >= turn.label_start and came_from - position <= 40
        target = max(0, turn.label_start - 1) if backwards and position != turn.label_start else turn.start
        self._skip_from = target
        mode = QTextCursor.MoveMode.KeepAnchor if cursor.hasSelection() else QTextCursor.MoveMode.MoveAnchor
        cursor.setPosition(self.offsets.to_qt(target), mode)
        self.setTextCursor(cursor)

    def _label_is_shown(self, turn: TurnMark) -> bool:
        """A label on a line of its own stays in the text and can be walked through."""
        document = self.document()
        return document.findBlock(self.offsets.to_qt(turn.label_start)) != document.findBlock(
            self.offsets.to_qt(turn.start)
        )

    def _tell_selection(self) -> None:
        start, end = self.selection()
        if end > start:
            self.selectionMade.emit(start, end)


def _right_to_left(block: QTextBlock) -> bool:
    return block.textDirection() == Qt.LayoutDirection.RightToLeft
