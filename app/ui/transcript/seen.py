"""Where the words that are seen stand: blocks, lines and rectangles of the viewport, found once a frame.

Positions are code points, or Qt's units where it is said.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from math import ceil

from PySide6.QtCore import QPoint, QRectF, Signal
from PySide6.QtGui import QTextBlock, QTextDocument, QTextLine
from PySide6.QtWidgets import QTextEdit, QWidget

from app.ui.transcript.direction import has_right_to_left
from app.ui.transcript.offsets import OffsetMap

SHORT = 60
"""Lines of a block that are looked through without ado; a longer block is asked only for what is seen of it."""


AHEAD = 8_000
"""Characters that fill more than the largest view."""


class SeenText(QTextEdit):
    """A text of which others ask where things are."""

    placesChanged = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.offsets = OffsetMap("")
        self.right_to_left = False
        """Whether any of the words run right to left: rectangles are then found run by run."""
        self.laid_out = 0
        """How far the text was asked to be laid out, in code points."""
        self._own: QTextDocument | None = None
        self._stamp = 0
        self._edges: dict[tuple[int, bool], float] = {}
        self._seen_blocks: tuple[object, list[tuple[QTextBlock, QRectF]]] = (None, [])
        self._seen_span: tuple[object, tuple[int, int]] = (None, (0, 0))
        self.verticalScrollBar().valueChanged.connect(self._go_on)

    def adopt(self, document: QTextDocument) -> None:
        """Show a document; the one before goes."""
        before, self._own = self._own, document
        self.laid_out = 0
        document.setParent(self)
        self.setDocument(document)
        if before is not None:
            before.setParent(None)
        document.documentLayout().documentSizeChanged.connect(self._size_changed)
        self._size_changed()

    def wrap_at(self, measure: int) -> None:
        """Give lines another length, in pixels: a long text is laid out anew as far as it is asked for."""
        self.laid_out = 0
        self.setLineWrapColumnOrWidth(measure)

    def lay_out_to(self, position: int) -> None:
        """Lay the text out as far as this code point and a view further, and let the scroll bar reach it.

        A long text is laid out bit by bit, and Qt tells the scroll bar only when it has time: a jump would end short.
        """
        document, bar = self.document(), self.verticalScrollBar()
        self.laid_out = max(self.laid_out, position)
        unit = self.offsets.to_qt(position) + AHEAD
        layout = document.documentLayout()
        if unit < document.characterCount():
            bar.setMaximum(max(bar.maximum(), ceil(layout.blockBoundingRect(document.findBlock(unit)).top())))
        else:
            bar.setMaximum(max(0, ceil(layout.documentSize().height()) - self.viewport().height()))

    def _go_on(self, value: int) -> None:
        """Scrolled to the end of what is laid out: there may be more, or less than was thought."""
        if value >= self.verticalScrollBar().maximum():
            self.lay_out_to(self.visible_span()[1])

    def _size_changed(self) -> None:
        self.forget_places()
        self.placesChanged.emit()

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
            if place.top() - block.blockFormat().topMargin() > self.viewport().height():  # its label may be seen
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
        top = next(((block, place) for block, place in self.visible_blocks() if place.bottom() > 0), None)
        if top is not None and top[1].top() >= 0:  # the label of a turn comes first, in no block
            start = top[0].position()
        else:
            start = self._line_at(rect.topLeft(), beyond=False)
        end = self._line_at(rect.bottomRight(), beyond=True)
        if self.visible_blocks():  # between two turns Qt may find the end of the text
            last = self.visible_blocks()[-1][0]
            end = min(end, last.position() + last.length())
        return self.offsets.from_qt(start), self.offsets.from_qt(end)

    def _line_at(self, point: QPoint, *, beyond: bool) -> int:
        """Where the line at a point begins or, beyond it, ends; in Qt's units."""
        cursor = self.cursorForPosition(point)
        block, line = cursor.block(), cursor.block().layout().lineForTextPosition(cursor.positionInBlock())
        if not line.isValid() or (line.lineNumber() == 0 and not beyond):
            return block.position() + (block.length() if beyond else 0)
        return block.position() + line.textStart() + (line.textLength() + 1 if beyond else 0)

    def forget_places(self) -> None:
        """Where lines and blocks stand may be other now: after setting or wrapping."""
        self._stamp += 1
        self._edges.clear()

    def line_edge(self, position: int, *, bottom: bool) -> float:
        """Top (or bottom) in the viewport of the line that holds a code point (or that ends at it)."""
        if (position, bottom) not in self._edges:
            self._edges[position, bottom] = self._find_edge(position, bottom=bottom)
        return self._edges[position, bottom] - self.verticalScrollBar().value()

    def _find_edge(self, position: int, *, bottom: bool) -> float:
        """The same in the document: it stays while the lines stay."""
        unit = self.offsets.to_qt(max(0, position - 1) if bottom else position)
        block = self.document().findBlock(unit)
        line = block.layout().lineForTextPosition(unit - block.position())
        y = block.layout().position().y()
        if not line.isValid():
            return y
        return y + line.y() + line.height() + 2 if bottom else y + line.y() - 2

    def line_rects(self, block: QTextBlock, start: int, end: int) -> list[QRectF]:
        """The rectangles of [start, end) (in Qt's units) in the lines of one block that are seen, in the viewport."""
        layout, base = block.layout(), block.position()
        origin = layout.position()
        top = origin.y() - self.verticalScrollBar().value()
        mixed = self.right_to_left and has_right_to_left(block.text())
        rects = []
        for number in self._lines_seen(block, top, start, end):
            line = layout.lineAt(number)
            first = base + line.textStart()
            last = first + line.textLength()
            if first >= end or last <= start:
                continue
            one, other = max(start, first) - base, min(end, last) - base
            rects += [
                QRectF(origin.x() + left, top + line.y() - 2, right - left, line.height() + 4)
                for left, right in (_stretches(line, one, other) if mixed else [_stretch(line, one, other)])
            ]
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


def _stretch(line: QTextLine, start: int, end: int) -> tuple[float, float]:
    """Left and right of [start, end) in a line of one direction; the space at which it is broken is no word."""
    left = _x(line, start)
    return left, max(left, min(_x(line, end), line.naturalTextRect().right()))


def _stretches(line: QTextLine, start: int, end: int) -> list[tuple[float, float]]:
    """The same where words of both directions may stand: what follows in the text may stand apart on the screen."""
    spans = sorted(
        (place.left(), place.right()) for place in (run.boundingRect() for run in line.glyphRuns(start, end - start))
    )
    joined: list[tuple[float, float]] = []
    for left, right in spans:
        if joined and left <= joined[-1][1] + 1:
            joined[-1] = (joined[-1][0], max(joined[-1][1], right))
        else:
            joined.append((left, right))
    if joined:
        return joined
    one, other = sorted((_x(line, start), _x(line, end)))  # nothing but spaces
    return [(one, other)]


def _x(line: QTextLine, position: int) -> float:
    at: object = line.cursorToX(position)
    return float(at[0] if isinstance(at, tuple) else at)  # type: ignore[arg-type]
