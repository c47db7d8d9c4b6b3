"""Where the words that are seen stand: blocks, lines and rectangles of the viewport, found once a frame.

Positions are code points, or Qt's units where it is said.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator

from PySide6.QtCore import QRectF
from PySide6.QtGui import QTextBlock
from PySide6.QtWidgets import QTextEdit, QWidget

from app.ui.transcript.offsets import OffsetMap

SHORT = 60
"""Lines of a block that are looked through without ado; a longer block is asked only for what is seen of it."""


class SeenText(QTextEdit):
    """A text of which others ask where things are."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.offsets = OffsetMap("")
        self._stamp = 0
        self._seen_blocks: tuple[object, list[tuple[QTextBlock, QRectF]]] = (None, [])
        self._seen_span: tuple[object, tuple[int, int]] = (None, (0, 0))

    def visible_blocks(self) -> list[tuple[QTextBlock, QRectF]]:
        """The blocks that are seen, with their place in the viewport; asked several times a frame, found once."""
        key = (self.verticalScrollBar().value(), self.viewport().height(), self._stamp)
        if self._seen_blocks[0] != key:
            self._seen_blocks = (key, list(self._find_blocks()))
        return self._seen_blocks[1]

    def _find_blocks(self) -> Iterator[tuple[QTextBlock, QRectF]]:
        top = self.verticalScrollBar().value()
        layout = self.document().documentLayout()
        block = self.cursorForPosition(self.viewport().rect().topLeft()).block()
        previous = block.previous()
        if previous.isValid():
            block = previous
        while block.isValid():
            place = layout.blockBoundingRect(block).translated(0, -top)
            if place.top() > self.viewport().height():
                return
            if place.bottom() >= 0:
                yield block, place
            block = block.next()

    def visible_span(self) -> tuple[int, int]:
        """The code points between the first and the last line that is seen."""
        key = (self.verticalScrollBar().value(), self.viewport().size(), self._stamp)
        if self._seen_span[0] != key:
            self._seen_span = (key, self._find_span())
        return self._seen_span[1]

    def _find_span(self) -> tuple[int, int]:
        rect = self.viewport().rect()
        ends = []
        for point, beyond in ((rect.topLeft(), False), (rect.bottomRight(), True)):
            cursor = self.cursorForPosition(point)
            block, line = cursor.block(), cursor.block().layout().lineForTextPosition(cursor.positionInBlock())
            if not line.isValid() or (line.lineNumber() == 0 and not beyond):
                ends.append(block.position() + (block.length() if beyond else 0))
            else:
                ends.append(block.position() + line.textStart() + (line.textLength() + 1 if beyond else 0))
        return self.offsets.from_qt(ends[0]), self.offsets.from_qt(ends[1])

    def forget_places(self) -> None:
        """Where lines and blocks stand may be other now: after setting or wrapping."""
        self._stamp += 1

    def line_edge(self, position: int, *, bottom: bool) -> float:
        """Top (or bottom) in the viewport of the line that holds a code point (or that ends at it)."""
        unit = self.offsets.to_qt(max(0, position - 1) if bottom else position)
        block = self.document().findBlock(unit)
        line = block.layout().lineForTextPosition(unit - block.position())
        y = block.layout().position().y() - self.verticalScrollBar().value()
        if not line.isValid():
            return y
        return y + line.y() + line.height() + 2 if bottom else y + line.y() - 2

    def line_rects(self, block: QTextBlock, start: int, end: int) -> list[QRectF]:
        """The rectangles of [start, end) (in Qt's units) in the lines of one block that are seen, in the viewport."""
        layout, base = block.layout(), block.position()
        origin = layout.position()
        top = origin.y() - self.verticalScrollBar().value()
        rects = []
        for number in self._lines_seen(block, top, start, end):
            line = layout.lineAt(number)
            first = base + line.textStart()
            last = first + line.textLength()
            if first >= end or last <= start:
                continue
            one = _x(line, max(start, first) - base)
            other = _x(line, min(end, last) - base)
            left, right = min(one, other), max(one, other)
            rects.append(QRectF(origin.x() + left, top + line.y() - 2, right - left, line.height() + 4))
        return rects

    def _lines_seen(self, block: QTextBlock, top: float, start: int, end: int) -> range:
        """Numbers of the lines of [start, end) that are seen, and one more each way: a turn may have a thousand."""
        layout, base = block.layout(), block.position()
        count = layout.lineCount()
        if not count:
            return range(0)
        first = layout.lineForTextPosition(max(0, start - base)).lineNumber() if start > base else 0
        last = layout.lineForTextPosition(end - base).lineNumber() if end < base + block.length() - 1 else count - 1
        if count > SHORT:
            height = self.viewport().height()
            first = max(first, bisect_left(range(count), -top, key=lambda one: layout.lineAt(one).y()) - 2)
            last = min(last, bisect_left(range(count), height - top, key=lambda one: layout.lineAt(one).y()) + 1)
        return range(max(0, first), min(count, last + 1))


def _x(line: object, position: int) -> float:
    at = line.cursorToX(position)  # type: ignore[attr-defined]
    return float(at[0] if isinstance(at, tuple) else at)
