"""A table of codes as the screen shows it: which rows in which order; each cell a sign or a number, and words."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from PySide6.QtCore import QAbstractTableModel, QCollator, QCoreApplication, QModelIndex, QPersistentModelIndex, Qt

from app.analysis.codes import CodeRow
from app.analysis.tables import NO_GROUP, CodeTable, Columns, TableColumn, TableQuestion
from app.analysis.touching import OTHERS, UNKNOWN
from app.models.kinds import CodeStatus
from app.ui.themes.code_list import plain_tip

Index = QModelIndex | QPersistentModelIndex
FOUND = Qt.ItemDataRole.UserRole
"""How many passages a cell opens, whatever is shown of it; None where a code would meet itself."""
ROW = Qt.ItemDataRole.UserRole + 1
COLUMN = Qt.ItemDataRole.UserRole + 2
HEARD = "heard in groups"
"""The column that sums up in how many groups a code is heard; only with counts."""
_NOTHING = CodeTable(TableQuestion(), (), (), {}, {})


class Order(StrEnum):
    """How the rows are sorted."""

    TREE = "tree"
    NAME = "name"
    COLUMN = "column"


class TableModel(QAbstractTableModel):
    """Codes as rows. Presence is all it says, also when it sorts, unless counts are on."""

    def __init__(self) -> None:
        super().__init__()
        self.table = _NOTHING
        self.rows: list[CodeRow] = []
        self.columns: list[TableColumn] = []
        self.counts = False
        self.order = Order.TREE
        self.sorted_by = ""
        """The id of the column by which the rows are sorted."""
        self._words: list[str] = []

    def show_table(self, table: CodeTable) -> None:
        """Show this one, as rows are sorted and filtered now."""
        self.table = table
        if self.sorted_by not in {column.id for column in table.columns} | {HEARD}:
            self.sorted_by, self.order = "", Order.TREE if self.order == Order.COLUMN else self.order
        self._arrange()

    def show_counts(self, on: bool) -> None:
        """Numbers instead of signs."""
        self.counts = on
        if not on and self.sorted_by == HEARD:
            self.sorted_by, self.order = "", Order.TREE
        self._arrange()

    def sort_by(self, order: Order, column_id: str = "") -> None:
        """Sort the rows; by a column, those that hold something there come first."""
        self.order, self.sorted_by = order, column_id if order == Order.COLUMN else ""
        self._arrange()

    def filter_by(self, words: str) -> None:
        """Only codes whose path has all these words."""
        self._words = words.casefold().split()
        self._arrange()

    def cell(self, index: Index) -> tuple[CodeRow, TableColumn] | None:
        """The code and the column of a cell that can be opened."""
        if not index.isValid() or self.columns[index.column()].id == HEARD:
            return None
        return self.rows[index.row()], self.columns[index.column()]

    def found(self, code_id: str, column_id: str) -> int:
        """How many passages a cell opens."""
        return self.table.cells.get((code_id, column_id), 0)

    def found_at(self, row: int, column: int) -> int | None:
        """What stands in a row and column; None where a code would meet itself."""
        code_id, column_id = self.rows[row].id, self.columns[column].id
        if column_id == HEARD:
            return self.table.heard.get(code_id, 0)
        return None if code_id == column_id else self.table.cells.get((code_id, column_id), 0)

    def index_of(self, code_id: str, column_id: str) -> QModelIndex:
        """Where a cell stands now; invalid if it is not shown."""
        row = next((place for place, one in enumerate(self.rows) if one.id == code_id), -1)
        column = next((place for place, one in enumerate(self.columns) if one.id == column_id), -1)
        return self.index(row, column) if row >= 0 and column >= 0 else QModelIndex()

    def first_filled(self) -> QModelIndex:
        """The first cell with something behind it; without one, the first cell."""
        for place, row in enumerate(self.rows):
            for across, column in enumerate(self.table.columns):
                if self.found(row.id, column.id):
                    return self.index(place, across)
        return self.index(0, 0)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """How many codes are shown."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """How many columns are shown."""
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """What a role asks for; screen readers and the tool tip get a sentence."""
        if not index.isValid():
            return None
        row, column = self.rows[index.row()], self.columns[index.column()]
        if role == FOUND:
            return self.found_at(index.row(), index.column())
        if role == Qt.ItemDataRole.DisplayRole:
            return self._shown(self.found_at(index.row(), index.column()))
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return said(self, row, column)
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(said(self, row, column))
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignCenter
        return None

    def headerData(self, place: int, way: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """A code by its path; a participant with role and group."""
        down = way == Qt.Orientation.Vertical
        if not 0 <= place < (len(self.rows) if down else len(self.columns)):
            return None
        if role in (ROW, COLUMN):
            return self.rows[place] if down else self.columns[place]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            words = path_of(self.rows[place]) if down else in_full(self.columns[place])
            return plain_tip(words) if role == Qt.ItemDataRole.ToolTipRole else words
        return None

    def _shown(self, found: int | None) -> str:
        if found is None:
            return "–"
        if not found:
            return ""
        return str(found) if self.counts else _tr("present")

    def _arrange(self) -> None:
        self.beginResetModel()
        heard = self.counts and self.table.question.columns != Columns.CODES
        self.columns = [*self.table.columns, *([TableColumn(HEARD, "")] if heard else [])]
        rows = [row for row in self.table.rows if all(word in row.path.casefold() for word in self._words)]
        if self.order == Order.NAME:
            collator = QCollator()
            rows.sort(key=lambda row: collator.sortKey(row.name))
        elif self.order == Order.COLUMN and self.sorted_by:
            found = self._counted_in(self.sorted_by)
            rows.sort(key=lambda row: -found.get(row.id, 0))
        self.rows = rows
        self.endResetModel()

    def _counted_in(self, column_id: str) -> Mapping[str, int]:
        """{code: what a row is sorted by}; without counts it is there or it is not."""
        if column_id == HEARD:
            return self.table.heard
        found = {row.id: self.found(row.id, column_id) for row in self.table.rows}
        return found if self.counts else {code_id: min(count, 1) for code_id, count in found.items()}


def named(column: TableColumn) -> str:
    """What a column is called."""
    words = {
        NO_GROUP: _tr("No group"),
        OTHERS: _tr("Other speakers"),
        UNKNOWN: _tr("Not known who"),
        HEARD: _tr("Heard in groups"),
    }
    return column.name or words.get(column.id, "")


def in_full(column: TableColumn) -> str:
    """A column with all that is known of it: Aina, Mentee, FG1; a code with its path."""
    return column.path or ", ".join(part for part in (named(column), column.role, column.group) if part)


def path_of(row: CodeRow) -> str:
    """A code with its path, and whether it is set aside."""
    if row.status == CodeStatus.ACTIVE:
        return row.path
    return _tr("{path} (set aside)").format(path=row.path)


def said(model: TableModel, row: CodeRow, column: TableColumn) -> str:
    """A cell as one sentence: Belonging, Aina: present."""
    if column.id == HEARD:
        heard = model.table.heard.get(row.id, 0)
        words = _tr("heard in 1 group") if heard == 1 else _tr("heard in {n} groups").format(n=heard)
        return f"{path_of(row)}: {words}"
    if row.id == column.id:
        return _tr("{code}: the same code").format(code=path_of(row))
    return f"{path_of(row)}, {in_full(column)}: {how_much(model, model.found(row.id, column.id))}"


def how_much(model: TableModel, found: int) -> str:
    """Present or not; how often only where counts are on."""
    if not found:
        return _tr("nothing")
    if not model.counts:
        return _tr("present")
    if model.table.question.columns == Columns.CODES:
        return _tr("1 passage") if found == 1 else _tr("{n} passages").format(n=found)
    return _tr("1 excerpt") if found == 1 else _tr("{n} excerpts").format(n=found)


def _tr(text: str) -> str:
    return QCoreApplication.translate("CodeTables", text)
