"""Where themes meet the framework: themes by dimensions, in words; an empty dimension is a finding, not a gap."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QTableWidget, QTableWidgetItem, QWidget

from app.analysis.themes import EntryRow, LensRow, MappingRow, ThemeRow
from app.models.kinds import Direction, ThemeKind
from app.ui.style.tokens import Tokens
from app.ui.themes.code_list import plain_tip
from app.ui.themes.matrix_painting import CELL, HEAD, Cell, CellDelegate, Head, MatrixHead
from app.ui.themes.wording import weighed


class ThemeMatrix(QTableWidget):
    """A row a theme, a column an entry of the lens, and one more for what the framework does not explain."""

    cellChosen = Signal(str, str)
    """The cell at hand: theme id, entry id ("" for what the framework does not explain)."""
    cellOpened = Signal()
    """The cell at hand shall be edited."""
    themeChosen = Signal(str)
    themeOpened = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("themes.matrix")
        self.setAccessibleName(self.tr("Themes by dimensions"))
        self._heads = MatrixHead(self)
        self.setHorizontalHeader(self._heads)
        self.verticalHeader().hide()
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setMouseTracking(True)
        self._delegate = CellDelegate(self)
        self.setItemDelegate(self._delegate)
        self.currentCellChanged.connect(self._on_chosen)
        self.viewport().installEventFilter(self)

    def show_matrix(
        self, themes: list[ThemeRow], lens: LensRow | None, mappings: list[MappingRow], unexplained: dict[str, str]
    ) -> None:
        """Show these; subthemes are no rows of their own. Only cells that say something else are drawn anew."""
        at_hand = self._theme_of(self.currentRow()), self.currentColumn()
        self.blockSignals(True)
        rows = [theme for theme in themes if theme.kind != ThemeKind.SUBTHEME]
        entries: tuple[EntryRow, ...] = lens.entries if lens is not None else ()
        by_cell = {(one.theme_id, one.entry_id): one for one in mappings}
        self.setRowCount(len(rows))
        self.setColumnCount(len(entries) + 2)
        self._show_heads(entries, mappings, any_theme=bool(rows))
        changed = set()
        for place, theme in enumerate(rows):
            said = unexplained.get(theme.id, "")
            missing = self.tr("+ say what it leaves open")
            cells = [Cell(theme.id, "", theme.name, theme.concept)]
            cells += [self._mapped(theme.id, entry.id, by_cell.get((theme.id, entry.id))) for entry in entries]
            cells += [Cell(theme.id, "", "" if said else missing, said, empty=not said)]
            for at, cell in enumerate(cells):
                if self.cell(place, at) != cell:
                    self._put(place, at, cell)
                    changed.add(place)
        self._stay_at(rows, *at_hand)
        self.blockSignals(False)
        for place in changed:
            self.resizeRowToContents(place)

    def cell(self, row: int, column: int) -> Cell | None:
        """What stands in a cell."""
        item = self.item(row, column)
        return item.data(CELL) if item is not None else None

    def head(self, column: int) -> Head:
        """What stands over a column."""
        item = self.horizontalHeaderItem(column)
        return item.data(HEAD) if item is not None else Head("")

    def restyle(self, tokens: Tokens) -> None:
        """Take over colours."""
        self._delegate.tokens = tokens
        self._heads.tokens = tokens
        self.viewport().update()
        self._heads.viewport().update()

    def choose(self, theme_id: str) -> None:
        """Bring the row of a theme into view."""
        place = next((row for row in range(self.rowCount()) if self._theme_of(row) == theme_id), None)
        if place is not None:
            self.setCurrentCell(place, max(1, self.currentColumn()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Other widths need other heights."""
        super().resizeEvent(event)
        self._heads.updateGeometry()
        self.updateGeometries()
        self.resizeRowsToContents()
        if self.currentIndex().isValid():
            self.scrollTo(self.currentIndex())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A click opens the cell it was on; a double click on a theme its sheet."""
        if isinstance(event, QMouseEvent) and event.button() == Qt.MouseButton.LeftButton:
            index = self.indexAt(event.position().toPoint())
            if index.isValid() and event.type() == QEvent.Type.MouseButtonDblClick and index.column() == 0:
                self.themeOpened.emit(self._theme_of(index.row()))
            elif index.isValid() and event.type() == QEvent.Type.MouseButtonRelease and index == self.currentIndex():
                self._open(index.row(), index.column())
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens the cell at hand, or the sheet of the theme."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentRow() >= 0:
            if self.currentColumn() == 0:
                self.themeOpened.emit(self._theme_of(self.currentRow()))
            else:
                self._open(self.currentRow(), self.currentColumn())
            return
        super().keyPressEvent(event)

    def _show_heads(self, entries: tuple[EntryRow, ...], mappings: list[MappingRow], *, any_theme: bool) -> None:
        met = {one.entry_id for one in mappings}
        none = self.tr("No theme speaks to it so far: that can be a finding.")
        heads = [Head(self.tr("Theme"), self.tr("central organising concept"))]
        heads += [Head(one.name, one.definition, none if any_theme and one.id not in met else "") for one in entries]
        heads += [Head(self.tr("What the framework does not explain"), self.tr("what this theory leaves open"))]
        for place, head in enumerate(heads):
            item = self.horizontalHeaderItem(place)
            if item is None or item.data(HEAD) != head:
                item = QTableWidgetItem(head.name)
                item.setData(HEAD, head)
                entry = entries[place - 1] if 0 < place <= len(entries) else None
                item.setToolTip(plain_tip("\n\n".join((entry.definition, entry.citation)) if entry else head.name))
                self.setHorizontalHeaderItem(place, item)
        self._heads.updateGeometry()
        self.updateGeometries()

    def _mapped(self, theme_id: str, entry_id: str, mapping: MappingRow | None) -> Cell:
        if mapping is None:
            return Cell(theme_id, entry_id, self.tr("+ map"), "", empty=True)
        head = weighed(mapping.weight, mapping.direction)
        warns = mapping.direction != Direction.SHOWS
        if not mapping.rationale:
            return Cell(theme_id, entry_id, head, self.tr("no rationale yet"), warns=warns, faint=True)
        return Cell(theme_id, entry_id, head, mapping.rationale, warns=warns)

    def _put(self, row: int, column: int, cell: Cell) -> None:
        item = self.item(row, column)
        if item is None:
            item = QTableWidgetItem()
            self.setItem(row, column, item)
        item.setText(f"{cell.head}\n{cell.text}".strip())
        item.setData(CELL, cell)

    def _stay_at(self, rows: list[ThemeRow], theme_id: str, column: int) -> None:
        ids = [theme.id for theme in rows]
        if theme_id and theme_id not in ids:
            self.setCurrentCell(-1, -1)
        elif theme_id in ids and 0 <= column < self.columnCount() and self._theme_of(self.currentRow()) != theme_id:
            self.setCurrentCell(ids.index(theme_id), column)

    def _theme_of(self, row: int) -> str:
        cell = self.cell(row, 0)
        return cell.theme_id if cell is not None else ""

    def _on_chosen(self, row: int, column: int, *_: int) -> None:
        cell = self.cell(row, column)
        if cell is None:
            return
        if column == 0:
            self.themeChosen.emit(cell.theme_id)
        else:
            self.cellChosen.emit(cell.theme_id, cell.entry_id)

    def _open(self, row: int, column: int) -> None:
        self._on_chosen(row, column)
        if column > 0:
            self.cellOpened.emit()
