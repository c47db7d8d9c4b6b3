"""The excerpts that were not found exactly, as rows to decide on: ticked ones stay, the others go."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from app.analysis.reanchoring import Finding, Found, Reanchoring
from app.operations.replacing import Placed
from app.ui.correcting.wording import hanging, shown

Index = QModelIndex | QPersistentModelIndex
Hanging = Mapping[str, tuple[tuple[str, ...], int]]


class FoundModel(QAbstractListModel):
    """Rows to decide on; what was found exactly is not among them."""

    def __init__(self) -> None:
        super().__init__()
        self._all: Reanchoring | None = None
        self._hanging: Hanging = {}
        self._rows: list[Found] = []
        self._places: dict[str, tuple[int, int]] = {}
        """{excerpt: where it shall be} of the rows that have a place."""
        self._kept: set[str] = set()

    def show_found(self, found: Reanchoring, hanging_on: Hanging) -> None:
        """Show a search that ended. Near ones are ticked."""
        self.beginResetModel()
        self._all, self._hanging = found, hanging_on
        self._rows = [*found.of(Finding.LOST), *found.of(Finding.NEAR)]
        near = found.of(Finding.NEAR)
        self._places = {one.anchor.id: (one.start, one.end) for one in near}
        self._kept = set(self._places)
        self.endResetModel()

    def place(self, row: int) -> tuple[int, int] | None:
        """Where the excerpt of a row is in the corrected text, if anywhere."""
        return self._places.get(self._rows[row].anchor.id)

    def near(self, row: int) -> int:
        """About where a row's excerpt was."""
        return self._rows[row].start

    def put(self, row: int, start: int, end: int) -> None:
        """Say where the excerpt of a row is; it stays then."""
        key = self._rows[row].anchor.id
        self._places[key] = (start, end)
        self._kept.add(key)
        self._changed(row)

    def going(self) -> int:
        """How many excerpts go."""
        return len(self._rows) - len(self._kept)

    def placed(self) -> list[Placed]:
        """What becomes of every excerpt, those found exactly too."""
        if self._all is None:
            return []
        exact = [Placed(one.anchor, one.start, one.end) for one in self._all.of(Finding.EXACT)]
        return exact + [self._placed(one) for one in self._rows]

    def rowCount(self, parent: Index | None = None) -> int:  # noqa: ARG002
        """How many there are to decide on."""
        return len(self._rows)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """A row without a place has nothing to tick."""
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return flags | Qt.ItemFlag.ItemIsUserCheckable if self.place(index.row()) else flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Words before and after, what hangs on it, and whether it stays."""
        one = self._rows[index.row()]
        if role == Qt.ItemDataRole.CheckStateRole and one.anchor.id in self._places:
            return Qt.CheckState.Checked if one.anchor.id in self._kept else Qt.CheckState.Unchecked
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            return self._told(one)
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Tick or untick."""
        key = self._rows[index.row()].anchor.id
        if role != Qt.ItemDataRole.CheckStateRole or key not in self._places:
            return False
        if Qt.CheckState(value) == Qt.CheckState.Checked:
            self._kept.add(key)
        else:
            self._kept.discard(key)
        self._changed(index.row())
        return True

    def _placed(self, one: Found) -> Placed:
        if one.anchor.id not in self._kept:
            return Placed(one.anchor, None)
        return Placed(one.anchor, *self._places[one.anchor.id])

    def _changed(self, row: int) -> None:
        self.dataChanged.emit(self.index(row), self.index(row))

    def _told(self, one: Found) -> str:
        found = self._all
        assert found is not None
        place = self._places.get(one.anchor.id)
        lost = self.tr("Goes") if place is None or one.anchor.id not in self._kept else self.tr("Stays")
        lines = [
            f"{lost} · {hanging(*self._hanging.get(one.anchor.id, ((), 0)))}",
            f"“{shown(found.before[one.anchor.start : one.anchor.end])}”",
        ]
        if place is None:
            lines.append(self.tr("Not found in the corrected file"))
        else:
            lines.append(f"→ “{shown(found.after[slice(*place)])}”")
        return "\n".join(lines)


def rows_of(found: Reanchoring) -> Sequence[str]:
    """The excerpts that somebody has to look at."""
    return [one.anchor.id for one in found.found if one.finding != Finding.EXACT]
