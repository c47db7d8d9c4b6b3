"""Where themes meet the framework: themes by dimensions, in words; an empty dimension is a finding, not a gap."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from app.analysis.themes import EntryRow, LensRow, MappingRow, ThemeRow
from app.models.kinds import Direction, ThemeKind
from app.ui.style.tokens import LIGHT, Tokens

Index = QModelIndex | QPersistentModelIndex
_CELL = Qt.ItemDataRole.UserRole


@dataclass(frozen=True)
class Cell:
    """One cell: a head in words and the text under it. `entry_id` is "" for what the lens does not explain."""

    theme_id: str
    entry_id: str
    head: str
    text: str
    empty: bool = False
    warns: bool = False


class ThemeMatrix(QTableWidget):
    """A row a theme, a column an entry of the lens, and one more for what the framework does not explain."""

    cellChosen = Signal(str, str)
    themeChosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("themes.matrix")
        self.setAccessibleName(self.tr("Themes by dimensions"))
        self.verticalHeader().hide()
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(False)
        self.setWordWrap(True)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.horizontalHeader().setSectionsClickable(False)
        self._delegate = _CellDelegate(self)
        self.setItemDelegate(self._delegate)
        self.currentCellChanged.connect(self._on_chosen)
        self.viewport().installEventFilter(self)

    def show_matrix(
        self, themes: list[ThemeRow], lens: LensRow | None, mappings: list[MappingRow], unexplained: dict[str, str]
    ) -> None:
        """Show these; subthemes are no rows of their own."""
        row, column = self.currentRow(), self.currentColumn()
        self.blockSignals(True)
        rows = [theme for theme in themes if theme.kind != ThemeKind.SUBTHEME]
        entries: tuple[EntryRow, ...] = lens.entries if lens is not None else ()
        by_cell = {(one.theme_id, one.entry_id): one for one in mappings}
        self.clear()
        self.setRowCount(len(rows))
        self.setColumnCount(len(entries) + 2)
        heads = [self.tr("Theme"), *(entry.name for entry in entries), self.tr("What the framework\ndoes not explain")]
        for place, head in enumerate(heads):
            item = QTableWidgetItem(head)
            if 0 < place <= len(entries):
                item.setToolTip(entries[place - 1].definition)
                if not any(one.entry_id == entries[place - 1].id for one in mappings):
                    item.setText(self.tr("{name}\nno theme meets it: a finding").format(name=head))
            self.setHorizontalHeaderItem(place, item)
        for place, theme in enumerate(rows):
            self._put(place, 0, Cell(theme.id, "", theme.name, theme.concept))
            for at, entry in enumerate(entries, start=1):
                self._put(place, at, self._mapped(theme.id, entry.id, by_cell.get((theme.id, entry.id))))
            said = unexplained.get(theme.id, "")
            missing = self.tr("+ say what it misses")
            self._put(place, len(entries) + 1, Cell(theme.id, "", "" if said else missing, said, empty=not said))
        self.blockSignals(False)
        if 0 <= row < self.rowCount() and 0 <= column < self.columnCount():
            self.setCurrentCell(row, column)
        self.resizeRowsToContents()

    def cell(self, row: int, column: int) -> Cell | None:
        """What stands in a cell."""
        item = self.item(row, column)
        return item.data(_CELL) if item is not None else None

    def restyle(self, tokens: Tokens) -> None:
        """Take over colours."""
        self._delegate.tokens = tokens
        self.viewport().update()

    def resizeEvent(self, event: object) -> None:
        """Other widths need other heights."""
        super().resizeEvent(event)  # type: ignore[arg-type]
        self.resizeRowsToContents()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A click on the cell at hand opens it again."""
        if event.type() == QEvent.Type.MouseButtonRelease:
            self._tell(self.currentRow(), self.currentColumn())
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens the cell at hand."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._tell(self.currentRow(), self.currentColumn())
            return
        super().keyPressEvent(event)

    def _mapped(self, theme_id: str, entry_id: str, mapping: MappingRow | None) -> Cell:
        if mapping is None:
            return Cell(theme_id, entry_id, self.tr("+ map"), "", empty=True)
        head = f"{self.tr(mapping.weight.value)}, {self.tr(mapping.direction.value)}"
        return Cell(theme_id, entry_id, head, mapping.rationale, warns=mapping.direction != Direction.SHOWS)

    def _put(self, row: int, column: int, cell: Cell) -> None:
        item = QTableWidgetItem(f"{cell.head}\n{cell.text}".strip())
        item.setData(_CELL, cell)
        self.setItem(row, column, item)

    def _on_chosen(self, row: int, column: int, *_: int) -> None:
        self._tell(row, column)

    def _tell(self, row: int, column: int) -> None:
        cell = self.cell(row, column)
        if cell is None:
            return
        if column == 0:
            self.themeChosen.emit(cell.theme_id)
        else:
            self.cellChosen.emit(cell.theme_id, cell.entry_id)


class _CellDelegate(QStyledItemDelegate):
    """Head in strong words, text beneath, as high as it needs to be."""

    tokens: Tokens = LIGHT

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """As high as its words at the width of its column."""
        cell = index.data(_CELL)
        table = self.parent()
        width = table.columnWidth(index.column()) - 24 if isinstance(table, QTableWidget) else 200
        head, text = _fonts(option.font, index.column() == 0)
        height = _height(cell.head, head, width) + _height(cell.text, text, width)
        return QSize(width, max(56, height + 26))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Ground, head, text, hairline."""
        cell: Cell = index.data(_CELL)
        area: QRect = option.rect
        state = option.state
        t = self.tokens
        painter.save()
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        painter.fillRect(area, QColor(t.chosen if chosen else t.raised))
        head, text = _fonts(option.font, index.column() == 0)
        inner = area.adjusted(12, 10, -12, -8)
        painter.setFont(head)
        strong = t.text if index.column() == 0 else t.warn if cell.warns else t.accent
        painter.setPen(QColor(t.quiet if cell.empty else strong))
        used = _height(cell.head, head, inner.width())
        flags = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        painter.drawText(inner, flags, cell.head)
        painter.setFont(text)
        painter.setPen(QColor(t.quiet if index.column() == 0 else t.text))
        painter.drawText(inner.adjusted(0, used + (4 if used else 0), 0, 0), flags, cell.text)
        painter.setPen(QColor(t.line))
        painter.drawLine(area.bottomLeft(), area.bottomRight())
        if chosen and state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QColor(t.focus))
            painter.drawRect(area.adjusted(0, 0, -1, -1))
        painter.restore()


def _fonts(base: QFont, is_theme: bool) -> tuple[QFont, QFont]:
    head, text = QFont(base), QFont(base)
    head.setPixelSize(15 if is_theme else 12)
    head.setWeight(QFont.Weight.DemiBold)
    text.setPixelSize(12 if is_theme else 13)
    return head, text


def _height(words: str, font: QFont, width: int) -> int:
    if not words:
        return 0
    flags = int(Qt.TextFlag.TextWordWrap)
    return QFontMetrics(font).boundingRect(QRect(0, 0, max(40, width), 10_000), flags, words).height()
