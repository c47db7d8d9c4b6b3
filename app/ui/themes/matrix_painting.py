"""How the matrix is drawn: its heads with their definitions, and its cells with a head in strong words."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QHeaderView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTableWidget, QWidget

from app.ui.style.tokens import LIGHT, Tokens

Index = QModelIndex | QPersistentModelIndex
CELL = Qt.ItemDataRole.UserRole
HEAD = Qt.ItemDataRole.UserRole + 1
_WRAP = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
_PAD = 12


@dataclass(frozen=True)
class Cell:
    """One cell: a head in words and the text under it. `entry_id` is "" for what the lens does not explain."""

    theme_id: str
    entry_id: str
    head: str
    text: str
    empty: bool = False
    warns: bool = False
    faint: bool = False


@dataclass(frozen=True)
class Head:
    """A column's head: its name, what it means, and what stands out about it."""

    name: str
    about: str = ""
    finding: str = ""


class CellDelegate(QStyledItemDelegate):
    """As high as its words need to be."""

    tokens: Tokens = LIGHT

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """The height at the width of the column."""
        cell = index.data(CELL)
        table = self.parent()
        width = (table.columnWidth(index.column()) if isinstance(table, QTableWidget) else 200) - 2 * _PAD
        if cell is None:
            return QSize(width, 56)
        head, text = _fonts(option.font, index.column() == 0)
        between = 3 if cell.head and cell.text else 0
        return QSize(width, max(56, _height(cell.head, head, width) + between + _height(cell.text, text, width) + 24))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Ground, head, text, hairline, and a frame round the cell at hand."""
        cell: Cell | None = index.data(CELL)
        if cell is None:
            return
        t, area, state = self.tokens, option.rect, option.state
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        hover = bool(state & QStyle.StateFlag.State_MouseOver)
        last = index.column() == index.model().columnCount() - 1
        painter.save()
        ground = t.chosen if chosen else t.hover if hover else t.paper if last else t.raised
        painter.fillRect(area, QColor(ground))
        head, text = _fonts(option.font, index.column() == 0)
        if cell.empty:
            head.setWeight(QFont.Weight.Normal)
        inner = area.adjusted(_PAD, 11, -_PAD, -6)
        painter.setFont(head)
        strong = t.text if index.column() == 0 else t.warn if cell.warns else t.accent
        painter.setPen(QColor(t.quiet if cell.empty else strong))
        painter.drawText(inner, _WRAP, cell.head)
        used = _height(cell.head, head, inner.width())
        painter.setFont(text)
        painter.setPen(QColor(t.quiet if index.column() == 0 or cell.faint else t.text))
        painter.drawText(inner.adjusted(0, used + (3 if used else 0), 0, 0), _WRAP, cell.text)
        painter.setPen(QColor(t.line))
        painter.drawLine(area.bottomLeft(), area.bottomRight())
        if chosen and state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QColor(t.focus))
            painter.drawRect(QRectF(area).adjusted(0.5, 0.5, -1.5, -1.5))
        painter.restore()


class MatrixHead(QHeaderView):
    """Names of the entries in strong words over what they mean."""

    tokens: Tokens = LIGHT
    _LINES = 3

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.setMinimumSectionSize(132)
        self.setSectionsClickable(False)

    def sizeHint(self) -> QSize:
        """As high as the highest head."""
        heights = [self._height_of(place) for place in range(self.count())]
        return QSize(super().sizeHint().width(), max(heights, default=32))

    def paintSection(self, painter: QPainter, area: QRect, place: int) -> None:
        """Name, definition, what stands out."""
        head = self._head(place)
        t = self.tokens
        painter.save()
        painter.fillRect(area, QColor(t.panel))
        name, about = self._fonts()
        inner = area.adjusted(_PAD, 10, -_PAD, -6)
        painter.setFont(name)
        painter.setPen(QColor(t.text))
        painter.drawText(inner, _WRAP, head.name)
        top = _height(head.name, name, inner.width()) + 2
        painter.setFont(about)
        painter.setPen(QColor(t.quiet))
        shown = _first_lines(head.about, QFontMetrics(about), inner.width(), self._LINES)
        painter.drawText(inner.adjusted(0, top, 0, 0), _WRAP, shown)
        if head.finding:
            top += _height(shown, about, inner.width()) + 4
            painter.setPen(QColor(t.text))
            painter.drawText(inner.adjusted(0, top, 0, 0), _WRAP, head.finding)
        painter.setPen(QColor(t.edge))
        painter.drawLine(area.bottomLeft(), area.bottomRight())
        painter.restore()

    def _height_of(self, place: int) -> int:
        head, width = self._head(place), self.sectionSize(place) - 2 * _PAD
        name, about = self._fonts()
        shown = _first_lines(head.about, QFontMetrics(about), width, self._LINES)
        height = _height(head.name, name, width) + 2 + _height(shown, about, width) + 20
        return height + (_height(head.finding, about, width) + 8 if head.finding else 0)

    def _head(self, place: int) -> Head:
        held = self.model().headerData(place, Qt.Orientation.Horizontal, HEAD) if self.model() is not None else None
        return held if isinstance(held, Head) else Head("")

    def _fonts(self) -> tuple[QFont, QFont]:
        name, about = QFont(self.font()), QFont(self.font())
        name.setPixelSize(13)
        name.setWeight(QFont.Weight.DemiBold)
        about.setPixelSize(12)
        about.setWeight(QFont.Weight.Normal)
        return name, about


def _fonts(base: QFont, is_theme: bool) -> tuple[QFont, QFont]:
    head, text = QFont(base), QFont(base)
    head.setPixelSize(15 if is_theme else 12)
    head.setWeight(QFont.Weight.DemiBold)
    text.setPixelSize(12 if is_theme else 13)
    return head, text


def _height(words: str, font: QFont, width: int) -> int:
    if not words:
        return 0
    return QFontMetrics(font).boundingRect(QRect(0, 0, max(40, width), 10_000), _WRAP, words).height()


def _first_lines(words: str, metrics: QFontMetrics, width: int, lines: int) -> str:
    """So many whole words as fit into the lines."""
    room, most = QRect(0, 0, max(40, width), 10_000), metrics.lineSpacing() * lines
    if metrics.boundingRect(room, _WRAP, words).height() <= most:
        return words
    parts = words.split(" ")
    low, high = 0, len(parts) - 1
    while low < high:
        middle = (low + high + 1) // 2
        fits = metrics.boundingRect(room, _WRAP, " ".join(parts[:middle]) + " …").height() <= most
        low, high = (middle, high) if fits else (low, middle - 1)
    return " ".join(parts[:low]) + " …"
