"""What a search found, as rows: a heading for each transcript, under it each place; some of them ticked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt, Signal

from app.analysis.memos import MemoRow
from app.analysis.search.query import Hit
from app.analysis.search.texts import Room

Index = QModelIndex | QPersistentModelIndex
ROW_ROLE = Qt.ItemDataRole.UserRole
AROUND = 160
"""How many characters on either side of what was found are shown at most."""
MARK, END_MARK = "⟦", "⟧"
"""How what was found is marked where nothing can be underlined: for screen readers and tool tips."""

Key = tuple[str, int, int]


@dataclass(frozen=True)
class Heading:
    """The row above the results of one transcript, of the memos, or of the codes."""

    title: str


@dataclass(frozen=True)
class Around:
    """What was found with the words beside it, in one line."""

    before: str
    found: str
    after: str


def around(hit: Hit) -> Around:
    """The words around a hit, as far as its turn goes. Line breaks are layout."""
    text, said = hit.text.text, hit.said
    first, last = max(said.start, hit.start - AROUND), min(said.end, hit.end + AROUND)
    before, after = _flat(text[first : hit.start]), _flat(text[hit.end : last])
    return Around(
        ("… " if first > said.start else "") + before.lstrip(),
        _flat(text[hit.start : hit.end]),
        after.rstrip() + (" …" if last < said.end else ""),
    )


def key_of(hit: Hit) -> Key:
    """What a hit is known by when one looks again."""
    return hit.text.id, hit.start, hit.end


class SearchResults(QAbstractListModel):
    """The rows, in the order in which they were found."""

    ticksChanged = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._rows: list[Hit | Heading] = []
        self._group: object = None
        self._ticked: dict[Key, Hit] = {}
        self.places = self.texts = 0
        """How many places were found, in how many transcripts."""

    # --- what was found ------------------------------------------------------------------------------------------

    def clear(self, *, keep_ticks: bool = False) -> None:
        """Begin anew."""
        self.beginResetModel()
        self._rows = []
        self._group, self.places, self.texts = None, 0, 0
        self.endResetModel()
        if not keep_ticks:
            self.untick_all()

    def add(self, hits: Sequence[Hit]) -> None:
        """Put these at the end, each group under its heading."""
        new: list[Hit | Heading] = []
        for hit in hits:
            group = hit.text.id if hit.text.room == Room.TRANSCRIPT else hit.text.room
            if group != self._group:
                self._group = group
                self.texts += hit.text.room == Room.TRANSCRIPT
                new.append(Heading(self._title(hit)))
            key = key_of(hit)
            if key in self._ticked:
                self._ticked[key] = hit
            new.append(hit)
        self.places += len(hits)
        self.beginInsertRows(QModelIndex(), len(self._rows), len(self._rows) + len(new) - 1)
        self._rows += new
        self.endInsertRows()

    def hit(self, row: int) -> Hit | None:
        """The place in this row; None for a heading."""
        found = self._rows[row] if 0 <= row < len(self._rows) else None
        return found if isinstance(found, Hit) else None

    def row_of(self, key: Key) -> int:
        """The row of a place that was found before, or -1."""
        rows = enumerate(self._rows)
        return next((row for row, found in rows if isinstance(found, Hit) and key_of(found) == key), -1)

    def next_row(self, row: int, *, forward: bool = True) -> int:
        """The next row that is a place, from this one on; round the end."""
        step, count = (1 if forward else -1), len(self._rows)
        return next((at for n in range(1, count + 1) if self.hit(at := (row + n * step) % count) is not None), -1)

    def who(self, hit: Hit) -> str:
        """Who says it; for a memo what it is on; for a code its path and the field."""
        about, text = hit.text.about, hit.text
        if isinstance(about, MemoRow):
            words = self.tr("Field note on {name}") if about.is_field_note else self.tr("Memo on {name}")
            return words.format(name=about.about_name)
        if text.room == Room.CODE:
            field = {
                "name": self.tr("name"),
                "brief": self.tr("brief definition"),
                "full": self.tr("full definition"),
                "when_to_use": self.tr("when to use"),
                "when_not_to_use": self.tr("when not to use"),
            }[hit.said.who]
            return f"{text.title} · {field}"
        return hit.said.who

    def shown(self, hit: Hit) -> Around:
        """The words around a hit; those of somebody who gave no consent stay where they are."""
        return around(hit) if hit.said.quotable else Around("", "", self.tr("(no consent to quote)"))

    # --- ticks ---------------------------------------------------------------------------------------------------

    def ticked(self) -> list[Hit]:
        """The ticked places, in the order in which they stand."""
        return [hit for hit in self._hits() if key_of(hit) in self._ticked]

    def is_ticked(self, hit: Hit) -> bool:
        """Whether a place is ticked."""
        return key_of(hit) in self._ticked

    def tick(self, row: int) -> None:
        """Tick a place, or take the tick away. Only words of transcripts can be coded."""
        hit = self.hit(row)
        if hit is None or not can_be_coded(hit):
            return
        if self._ticked.pop(key_of(hit), None) is None:
            self._ticked[key_of(hit)] = hit
        self.dataChanged.emit(self.index(row), self.index(row))
        self.ticksChanged.emit()

    def tick_all(self) -> None:
        """Tick every place in the list that can be coded."""
        self._ticked = {key_of(hit): hit for hit in self._hits() if can_be_coded(hit)}
        self._redraw()

    def untick_all(self) -> None:
        """Take all ticks away."""
        if self._ticked:
            self._ticked = {}
            self._redraw()

    # --- for the list --------------------------------------------------------------------------------------------

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """How many rows, headings too."""
        return 0 if parent.isValid() else len(self._rows)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """A heading cannot be chosen; arrows go past it."""
        hit = self.hit(index.row())
        if hit is None:
            return Qt.ItemFlag.NoItemFlags
        chosen = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return chosen | Qt.ItemFlag.ItemIsUserCheckable if can_be_coded(hit) else chosen

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The words (display), who says them (status tip), both for screen readers, and the tick."""
        row = self._rows[index.row()] if 0 <= index.row() < len(self._rows) else None
        if row is None or role == ROW_ROLE:
            return row
        if isinstance(row, Heading):
            shown = role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)
            return row.title if shown else None
        if role == Qt.ItemDataRole.CheckStateRole and can_be_coded(row):
            return Qt.CheckState.Checked if self.is_ticked(row) else Qt.CheckState.Unchecked
        if role == Qt.ItemDataRole.StatusTipRole:
            return self.who(row)
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            words = self.shown(row)
            mark, end = (MARK, END_MARK) if words.found else ("", "")
            line = f"{words.before}{mark}{words.found}{end}{words.after}"
            return line if role == Qt.ItemDataRole.DisplayRole else f"{self.who(row)}: {line}"
        return None

    def _title(self, hit: Hit) -> str:
        if hit.text.room == Room.MEMO:
            return self.tr("Memos and field notes")
        return self.tr("Codes") if hit.text.room == Room.CODE else hit.text.title

    def _hits(self) -> list[Hit]:
        return [row for row in self._rows if isinstance(row, Hit)]

    def _redraw(self) -> None:
        if self._rows:
            self.dataChanged.emit(self.index(0), self.index(len(self._rows) - 1))
        self.ticksChanged.emit()


def can_be_coded(hit: Hit) -> bool:
    """Whether it stands in a transcript."""
    return hit.text.room == Room.TRANSCRIPT


def _flat(words: str) -> str:
    return words.replace("\n", " ").replace("\t", " ")
