"""The excerpts of a theme as rows; the words of a row are made when it is seen."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence

from PySide6.QtCore import QAbstractListModel, QCoreApplication, QModelIndex, QPersistentModelIndex, Qt

from app.analysis.codes import CodeRow
from app.analysis.themes import ThemeExcerptRow
from app.analysis.transcripts import Transcript
from app.ui.quotes import QuoteShelf
from app.ui.themes.wording import word

Index = QModelIndex | QPersistentModelIndex
ROW = Qt.ItemDataRole.UserRole
WHERE = Qt.ItemDataRole.UserRole + 1
CODES = Qt.ItemDataRole.UserRole + 2
WITHHELD = Qt.ItemDataRole.UserRole + 3


class ThemeExcerptModel(QAbstractListModel):
    """Words (display), attribution with source and turn (WHERE), the codes that hold it (CODES)."""

    def __init__(self, shelf: QuoteShelf) -> None:
        super().__init__()
        self._shelf = shelf
        self._rows: list[ThemeExcerptRow] = []
        self.codes: Mapping[str, CodeRow] = {}

    def show_rows(self, rows: Sequence[ThemeExcerptRow]) -> bool:
        """Show these; if the same ones stand in the same order, only what differs. Returns whether all is new."""
        if [row.excerpt_id for row in rows] != [row.excerpt_id for row in self._rows]:
            self.beginResetModel()
            self._rows = list(rows)
            self.endResetModel()
            return True
        before, self._rows = self._rows, list(rows)
        for place, (old, new) in enumerate(zip(before, self._rows, strict=True)):
            if old != new:
                self.dataChanged.emit(self.index(place), self.index(place))
        return False

    def words_changed(self) -> None:
        """Words, names or attributions may be others now."""
        if self._rows:
            self.dataChanged.emit(self.index(0), self.index(len(self._rows) - 1))

    def row(self, place: int) -> ThemeExcerptRow | None:
        """The excerpt in this row."""
        return self._rows[place] if 0 <= place < len(self._rows) else None

    def place_of(self, excerpt_id: str) -> int:
        """The row of an excerpt, or -1."""
        return next((place for place, row in enumerate(self._rows) if row.excerpt_id == excerpt_id), -1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """How many excerpts."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """What a role asks for; screen readers get all of it in one sentence."""
        row = self.row(index.row())
        if row is None:
            return None
        if role == ROW:
            return row
        if role == CODES:
            return [self.codes[code_id] for code_id in row.code_ids if code_id in self.codes]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return self.words(row) if role == Qt.ItemDataRole.DisplayRole else None
        if role == WHERE:
            return self.where(row)
        if role == WITHHELD:
            return self.withheld(row)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ". ".join([self.words(row), self.where(row), ", ".join(decided(row))])
        return None

    def words(self, row: ThemeExcerptRow) -> str:
        """The quote as it may be shown."""
        quote = self._shelf.quote(row.source_id, row.start, row.end)
        return quote.words or (_tr("Not shown: {why}").format(why=quote.withheld) if quote.withheld else "")

    def withheld(self, row: ThemeExcerptRow) -> bool:
        """Whether it may not be quoted."""
        return bool(self._shelf.quote(row.source_id, row.start, row.end).withheld)

    def where(self, row: ThemeExcerptRow) -> str:
        """Who says it, and where it stands."""
        quote = self._shelf.quote(row.source_id, row.start, row.end)
        script = self._shelf.transcript(row.source_id)
        if script is None:
            return quote.attribution
        return " · ".join(part for part in (quote.attribution, script.name, _turns(script, row)) if part)


def decided(row: ThemeExcerptRow) -> list[str]:
    """The three decisions in words; what was not said is not said."""
    words = [word(row.belongs)]
    words += [_tr("runs against")] if row.runs_against else []
    words += [_tr("quoted")] if row.quoted_order is not None else []
    words += [_tr("brought in")] if row.brought_in else []
    words += [_tr("new")] if row.new else []
    return words


def _turns(script: Transcript, row: ThemeExcerptRow) -> str:
    """The turn, or the first and last of the turns, that an excerpt stands in."""
    starts = [turn.label_start for turn in script.turns]
    first = max(0, bisect_right(starts, row.start) - 1)
    last = max(first, bisect_left(starts, row.end) - 1)
    if not starts:
        return ""
    numbers = script.turns[first].number, script.turns[last].number
    return (
        _tr("turn {n}").format(n=numbers[0])
        if first == last
        else _tr("turns {a}–{b}").format(a=numbers[0], b=numbers[1])
    )


def _tr(text: str) -> str:
    return QCoreApplication.translate("ThemeExcerpts", text)
