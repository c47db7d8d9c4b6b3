"""The strip at the left of the text: numbers that choose turns, and brackets around turns that are one interaction."""

from __future__ import annotations

from bisect import bisect_right
from enum import StrEnum

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from app.ui.transcript.view import TranscriptView

BESIDE, ARM = 14, 4
"""Pixels at the right that are kept for brackets, and the length of a bracket's arms."""
_EXTENDS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


class Numbers(StrEnum):
    """What is numbered beside the text."""

    TURNS = "turns"
    PARAGRAPHS = "paragraphs"
    NONE = "none"


class NumberGutter(QWidget):
    """A click on a number takes the whole turn; with Ctrl or Shift, or dragging, all turns up to there."""

    taken = Signal(int, int)
    """The stretch that the turns chosen make, in code points."""

    def __init__(self, view: TranscriptView, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("numberGutter")
        self.setAccessibleName(self.tr("Numbers beside the text"))
        self.setToolTip(
            self.tr("Click takes the turn; Ctrl+click or dragging takes all turns up to there.\n"
                    "By key: Ctrl+T, then Alt+Shift+Down.")
        )  # fmt: skip
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self._view = view
        self.numbers = Numbers.TURNS
        self._paragraphs: tuple[str, list[int]] = ("", [])
        self._from: int | None = None
        """The turn (its place among them) from which turns are being taken."""

    def show_numbers(self, numbers: Numbers) -> None:
        """Number turns, paragraphs, or nothing."""
        self.numbers = numbers
        self.update()

    # --- painting ------------------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """Numbers, then brackets."""
        painter = QPainter(self)
        painter.fillRect(event.rect(), QColor(self._view.colours.paper))
        painter.setFont(self._font())
        painter.setPen(QColor(self._view.colours.quiet))
        for number, place in self.numbers_seen():
            painter.drawText(place, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, number)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_brackets(painter)
        painter.end()

    def numbers_seen(self) -> list[tuple[str, QRectF]]:
        """Each number that is seen with its line."""
        if self.numbers == Numbers.TURNS:
            return self._turn_numbers()
        return self._paragraph_numbers() if self.numbers == Numbers.PARAGRAPHS else []

    def _turn_numbers(self) -> list[tuple[str, QRectF]]:
        """A number beside the label of each turn."""
        found = []
        height = self._view.setting.label_height()
        for block, place in self._view.visible_blocks():
            turn = self._view.labels.above.get(block.blockNumber())
            if turn is not None:
                found.append((str(turn.number), self._line(place.top() - height, height - 2)))
            for begun in self._view.labels.inside.get(block.blockNumber(), ()):
                inside = self._view.label_inside(block, begun)
                if inside is not None:
                    found.append((str(begun.number), self._line(inside.top(), inside.height())))
        return found

    def _paragraph_numbers(self) -> list[tuple[str, QRectF]]:
        """A number beside the first line of each paragraph; lines without words are none."""
        found = []
        starts = self._starts_of_paragraphs()
        for block, place in self._view.visible_blocks():
            start = self._view.offsets.from_qt(block.position())
            number = bisect_right(starts, start)
            if number and starts[number - 1] == start and block.layout().lineCount():
                line = block.layout().lineAt(0)
                found.append((str(number), self._line(place.top() + line.y(), line.height())))
        return found

    def _starts_of_paragraphs(self) -> list[int]:
        text = self._view.text
        if self._paragraphs[0] is not text:
            starts, at = [], 0
            for words in text.split("\n"):
                if words.strip():
                    starts.append(at)
                at += len(words) + 1
            self._paragraphs = text, starts
        return self._paragraphs[1]

    def _line(self, top: float, height: float) -> QRectF:
        return QRectF(0, top, self.width() - BESIDE, height)

    def _font(self) -> QFont:
        """The font of the labels, smaller where a long number would not have room."""
        font = self._view.setting.label_font()
        font.setPointSizeF(max(6.5, font.pointSizeF() * 0.88))
        last = self._view.turns[-1].number if self._view.turns else 1
        longest = str(len(self._starts_of_paragraphs()) if self.numbers == Numbers.PARAGRAPHS else last)
        wide = QFontMetricsF(font).horizontalAdvance(longest)
        if wide > self.width() - BESIDE > 0:
            font.setPointSizeF(max(5.5, font.pointSizeF() * (self.width() - BESIDE) / wide))
        return font

    def _paint_brackets(self, painter: QPainter) -> None:
        """A double bracket beside each interaction: one an excerpt, however many codes it has."""
        done: set[str] = set()
        for mark in self._view.spans.over(*self._view.visible_span()):
            if not mark.interaction or mark.excerpt_id in done:
                continue
            done.add(mark.excerpt_id)
            top = self._view.line_edge(mark.start, bottom=False) + 4
            bottom = self._view.line_edge(mark.end, bottom=True) - 4
            forward = mark.excerpt_id == self._view.current
            colours = self._view.colours
            painter.setPen(QPen(QColor(colours.focus if forward else colours.quiet), 1.6 if forward else 1.0))
            right = self.width() - 3.5
            top, bottom = max(-20.0, top), min(self.height() + 20.0, bottom)
            for left in (right - ARM, right - ARM + 2.5):
                painter.drawLine(QPointF(left, top), QPointF(left, bottom))
            for edge in (top, bottom):
                painter.drawLine(QPointF(right - ARM, edge), QPointF(right + 1, edge))

    # --- choosing turns ------------------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take the turn at this height; with Ctrl or Shift, all turns from those that are selected to it."""
        turn = self._turn_at(event.position().y())
        if event.button() != Qt.MouseButton.LeftButton or turn is None:
            return
        start, end = self._view.selection()
        if event.modifiers() & _EXTENDS and end > start:
            first, last = self._place(start), self._place(end - 1)
            self._from = last if turn < first else first
            self._choose(min(first, turn), max(last, turn))
        else:
            self._from = turn
            self._choose(turn, turn)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Take the turns between the one that was pressed and this one."""
        turn = self._turn_at(event.position().y())
        if self._from is not None and turn is not None:
            self._choose(min(self._from, turn), max(self._from, turn))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go."""
        self._from = None
        super().mouseReleaseEvent(event)

    def wheelEvent(self, event: object) -> None:
        """The wheel scrolls the text."""
        self._view.wheelEvent(event)  # type: ignore[arg-type]

    def _choose(self, first: int, last: int) -> None:
        turns = self._view.turns
        self.taken.emit(turns[first].start, turns[last].end)

    def _turn_at(self, y: float) -> int | None:
        """The place among the turns of the one at this height; the line of a name belongs to the turn beneath."""
        turns = self._view.turns
        if not turns:
            return None
        inside = [line for line in self._turn_numbers() if line[1].top() <= y <= line[1].bottom()]
        if inside:
            return self._numbered(int(inside[-1][0]))
        return self._place(self._view.position_at(QPointF(1, max(0.0, min(y, self._view.viewport().height() - 1)))))

    def _numbered(self, number: int) -> int:
        at = bisect_right(self._view.turns, number, key=lambda turn: turn.number) - 1
        return max(0, at)

    def _place(self, position: int) -> int:
        return max(0, bisect_right(self._view.turns, position, key=lambda turn: turn.label_start) - 1)
