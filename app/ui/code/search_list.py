"""The list of what was found: who, and the words around with the hit marked, so that the eye runs down the hits."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPen,
    QTextCharFormat,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from app.analysis.search.query import Hit
from app.ui.code.search_results import ROW_ROLE, Around, Heading, Index, SearchResults, can_be_coded
from app.ui.style.tokens import LIGHT, Tokens
from app.ui.transcript.colours import reading_colours
from app.ui.transcript.direction import runs_right_to_left
from app.ui.transcript.offsets import OffsetMap
from app.ui.widgets.rows import row_fonts

TICK = 28
"""The room for the box that is ticked, at the left."""
COLUMN = 0.38
"""Where in the row the hits begin, one under the other."""


class SearchList(QListView):
    """The rows of a `SearchResults`. Enter or a click goes there, Space ticks, a letter codes."""

    hitWanted = Signal(int)
    """The row of the place to go to."""
    codeWanted = Signal(str)
    """What is typed over the list: letters that begin the name of a code."""

    def __init__(self, results: SearchResults, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("code.search.list")
        self.setAccessibleName(self.tr("What was found"))
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.results = results
        self._delegate = _Rows(results, self)
        self.setModel(results)
        self.setItemDelegate(self._delegate)
        self.clicked.connect(lambda index: self.hitWanted.emit(index.row()))

    def hit(self) -> Hit | None:
        """The chosen place."""
        return self.results.hit(self.currentIndex().row())

    def choose(self, row: int) -> None:
        """Choose a place by its row."""
        if self.results.hit(row) is not None:
            if self.results.hit(row - 1) is None:
                self.scrollTo(self.results.index(row - 1))  # the heading, so that one sees where one is
            self.setCurrentIndex(self.results.index(row))

    def restyle(self, tokens: Tokens) -> None:
        """Take over colours."""
        self._delegate.tokens = tokens
        self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes there, Space ticks, Ctrl+A ticks all; letters are for the code box."""
        row, held = self.currentIndex().row(), event.modifiers()
        plain = not held & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and plain:
            self.hitWanted.emit(row)
        elif event.key() == Qt.Key.Key_Space:
            self.results.tick(row)
        elif event.key() == Qt.Key.Key_A and held == Qt.KeyboardModifier.ControlModifier:
            self.results.tick_all()
        elif plain and event.text().isprintable() and event.text().strip():
            self.codeWanted.emit(event.text())
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click on the box ticks and does not go anywhere."""
        index = self.indexAt(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and self._on_box(event):
            self.setCurrentIndex(index)
            self.results.tick(index.row())
        else:
            super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """The end of such a click."""
        if not self._on_box(event):
            super().mouseReleaseEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Two quick clicks on the box are two ticks."""
        if self._on_box(event):
            self.mousePressEvent(event)
        else:
            super().mouseDoubleClickEvent(event)

    def _on_box(self, event: QMouseEvent) -> bool:
        index = self.indexAt(event.position().toPoint())
        hit = self.results.hit(index.row())
        return hit is not None and can_be_coded(hit) and event.position().x() < TICK


class _Rows(QStyledItemDelegate):
    """Draws headings and places, all of one height."""

    tokens: Tokens = LIGHT

    def __init__(self, results: SearchResults, parent: QWidget) -> None:
        super().__init__(parent)
        self._results = results

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: ARG002
        """Who says it over one line of words."""
        serif, sans = row_fonts(option.font)
        return QSize(120, QFontMetrics(sans).lineSpacing() + QFontMetrics(serif).lineSpacing() + 12)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """A heading, or a place."""
        row = index.data(ROW_ROLE)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if isinstance(row, Heading):
            self._paint_heading(painter, option, row)
        elif isinstance(row, Hit):
            self._paint_hit(painter, option, row)
        painter.restore()

    def _paint_heading(self, painter: QPainter, option: QStyleOptionViewItem, heading: Heading) -> None:
        area: QRect = option.rect.adjusted(4, 0, -8, -5)
        font = QFont(option.font)
        font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
        painter.setPen(QColor(self.tokens.text))
        metrics = QFontMetrics(font)
        title = metrics.elidedText(heading.title, Qt.TextElideMode.ElideMiddle, area.width())
        painter.drawText(area, int(Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignLeft), title)
        painter.setPen(QColor(self.tokens.line))
        painter.drawLine(option.rect.bottomLeft(), option.rect.bottomRight())

    def _paint_hit(self, painter: QPainter, option: QStyleOptionViewItem, hit: Hit) -> None:
        area: QRect = option.rect
        state = option.state
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(area, QColor(self.tokens.chosen))
            if state & QStyle.StateFlag.State_HasFocus:
                painter.fillRect(QRect(area.left(), area.top(), 3, area.height()), QColor(self.tokens.focus))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(area, QColor(self.tokens.hover))
        if can_be_coded(hit):
            self._paint_box(painter, QRectF(area.left() + 8, area.top() + 7, 14, 14), self._results.is_ticked(hit))
        serif, sans = row_fonts(option.font)
        inner = area.adjusted(TICK + 2, 5, -8, -5)
        painter.setFont(sans)
        painter.setPen(QColor(self.tokens.quiet))
        metrics = QFontMetrics(sans)
        who = metrics.elidedText(self._results.who(hit), Qt.TextElideMode.ElideRight, inner.width())
        painter.drawText(QRect(inner.left(), inner.top(), inner.width(), metrics.lineSpacing()), 0, who)
        line = inner.adjusted(0, metrics.lineSpacing() + 1, 0, 0)
        painter.setClipRect(line.adjusted(0, 0, 0, 4))
        self._paint_words(painter, self._results.shown(hit), serif, line)

    def _paint_words(self, painter: QPainter, words: Around, font: QFont, area: QRect) -> None:
        """The hit at its column, what comes before and after as far as there is room; mirrored from right to left."""
        bold = QFont(font)
        bold.setWeight(QFont.Weight.Bold)
        metrics = QFontMetrics(font)
        column = int(area.width() * COLUMN)
        elide, left, right = metrics.elidedText, Qt.TextElideMode.ElideLeft, Qt.TextElideMode.ElideRight
        before = elide(words.before, left, column) if words.found else ""
        found = QFontMetrics(bold).elidedText(words.found, right, int(area.width() * 0.5))
        rest = area.width() - column - QFontMetrics(bold).horizontalAdvance(found) if words.found else area.width()
        line = before + found + elide(words.after, right, max(0, rest))
        rtl = runs_right_to_left(words.before + words.found + words.after) is True
        layout = QTextLayout(line, font)
        wrap = QTextOption(Qt.AlignmentFlag.AlignLeft)
        wrap.setWrapMode(QTextOption.WrapMode.NoWrap)
        wrap.setTextDirection(Qt.LayoutDirection.RightToLeft if rtl else Qt.LayoutDirection.LeftToRight)
        layout.setTextOption(wrap)
        units = OffsetMap(line)
        first, last = units.to_qt(len(before)), units.to_qt(len(before) + len(found))
        layout.setFormats([self._marked(first, last - first, bold)])
        layout.beginLayout()
        shown = layout.createLine()
        shown.setLineWidth(100_000)
        layout.endLayout()
        ends = _x(shown.cursorToX(first)), _x(shown.cursorToX(last))
        painter.setPen(QColor(self.tokens.text))
        if not words.found:
            start = _x(shown.cursorToX(0))
            shift = (area.right() if rtl else area.left()) - start
        else:
            shift = area.right() - column - max(ends) if rtl else area.left() + column - min(ends)
        layout.draw(painter, QPointF(shift, area.top()))

    def _marked(self, start: int, length: int, font: QFont) -> QTextLayout.FormatRange:
        """Bold, underlined, and on a ground of its own: colour is never the only sign."""
        mark = QTextLayout.FormatRange()
        mark.start, mark.length = start, length
        look = QTextCharFormat()
        look.setFont(font)
        look.setFontUnderline(True)
        look.setBackground(QColor(reading_colours(self.tokens.dark, self.tokens.strong).found))
        mark.format = look
        return mark

    def _paint_box(self, painter: QPainter, box: QRectF, ticked: bool) -> None:
        painter.setPen(QPen(QColor(self.tokens.accent if ticked else self.tokens.quiet), 1))
        painter.setBrush(QColor(self.tokens.accent if ticked else self.tokens.raised))
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
        if ticked:
            painter.setPen(QPen(QColor(self.tokens.on_accent), 1.8))
            left, top = box.left(), box.top()
            painter.drawPolyline([QPointF(left + 3, top + 7), QPointF(left + 6, top + 10), QPointF(left + 11, top + 4)])


def _x(place: object) -> float:
    """PySide gives the position with the cursor it belongs to."""
    return float(place[0] if isinstance(place, tuple) else place)  # type: ignore[arg-type]
