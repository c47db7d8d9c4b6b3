"""The voices as a table model: people first in any order one likes, moderators always beneath them."""

from __future__ import annotations

from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor

from app.analysis.voices import Voice
from app.models.kinds import SpeakerKind
from app.ui.style.tokens import LIGHT, Tokens

Index = QModelIndex | QPersistentModelIndex
NUMBERS = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class Column(IntEnum):
    """What is told of each voice."""

    NAME = 0
    ROLE = 1
    GROUP = 2
    TURNS = 3
    WORDS = 4
    SHARE = 5
    LONGEST = 6


class VoicesModel(QAbstractTableModel):
    """A row a voice."""

    def __init__(self, parent: Any = None) -> None:
        super().__init__(parent)
        self.rows: list[Voice] = []
        self.tokens: Tokens = LIGHT
        self._voices: list[Voice] = []
        self._by: tuple[int, bool] | None = None

    def show_voices(self, voices: list[Voice]) -> None:
        """Show these, sorted as before."""
        self.beginResetModel()
        self._voices = voices
        self.rows = self._sorted()
        self.endResetModel()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column; -1 is the order in which people first speak."""
        self.layoutAboutToBeChanged.emit()
        self._by = (column, order == Qt.SortOrder.DescendingOrder) if column >= 0 else None
        self.rows = self._sorted()
        self.layoutChanged.emit()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """One row a voice."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """One column a thing told."""
        return 0 if parent.isValid() else len(Column)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What the columns tell."""
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole and section >= Column.TURNS:
            return NUMBERS
        if role == Qt.ItemDataRole.ToolTipRole:
            return {
                Column.SHARE: self.tr("Part of the words of everybody but the moderator"),
                Column.LONGEST: self.tr("Words of the longest turn; Enter goes there"),
                Column.WORDS: self.tr("What stands between spaces, without names and times"),
            }.get(Column(section))
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        return (
            self.tr("Voice"), self.tr("Role"), self.tr("Group"), self.tr("Turns"), self.tr("Words"),
            self.tr("Share"), self.tr("Longest"),
        )[section]  # fmt: skip

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Words and numbers; moderators quieter."""
        if not 0 <= index.row() < len(self.rows):
            return None
        voice, column = self.rows[index.row()], Column(index.column())
        if role == Qt.ItemDataRole.DisplayRole:
            return self._told(voice, column)
        if role == Qt.ItemDataRole.TextAlignmentRole and column >= Column.TURNS:
            return NUMBERS
        if role == Qt.ItemDataRole.ForegroundRole and voice.moderates:
            return QColor(self.tokens.quiet)
        return None

    def _told(self, voice: Voice, column: Column) -> str:
        if column == Column.NAME:
            return voice.name or self.tr("Nobody known")
        if column == Column.ROLE:
            return voice.role or {
                SpeakerKind.MODERATOR: self.tr("Moderator"),
                SpeakerKind.SEVERAL: self.tr("Several people"),
                SpeakerKind.OTHER: self.tr("Somebody else"),
            }.get(voice.kind, "")
        if column == Column.GROUP:
            return voice.group
        if column == Column.SHARE:
            return "–" if voice.share is None else share_in_words(voice.share)
        return f"{_number(voice, column):,}"

    def _sorted(self) -> list[Voice]:
        if self._by is None:
            return list(self._voices)
        column, falling = Column(self._by[0]), self._by[1]

        def key(voice: Voice) -> Any:
            if column <= Column.GROUP:
                return self._told(voice, column).casefold()
            return _number(voice, column)

        people = sorted((one for one in self._voices if not one.moderates), key=key, reverse=falling)
        return people + [one for one in self._voices if one.moderates]


def _number(voice: Voice, column: Column) -> float:
    if column == Column.SHARE:
        return voice.share or 0.0
    return {Column.TURNS: voice.turns, Column.WORDS: voice.words, Column.LONGEST: voice.longest}[column]


def share_in_words(part: float) -> str:
    """A share in hundredths; what rounds to nothing is not nothing."""
    hundredths = round(part * 100)
    return f"{hundredths} %" if hundredths or not part else "< 1 %"
