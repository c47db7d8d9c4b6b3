"""The participants of the study as a table model: rows from the study, edits to the study, no truth of its own."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal

from app.analysis.people import GroupSheet, ParticipantRow
from app.models.kinds import Consent, ParticipantStatus
from app.ui.transcripts import wording

Index = QModelIndex | QPersistentModelIndex

CONSENTS = {"consent_to_quote": "consent", "consent_to_share": "share", "consent_to_archive": "archive"}
"""{field: where a row holds it}."""
FIELDS = ("pseudonym", "role", "group_id", *CONSENTS, "status", "attributes")
CHOSEN = {"group_id", *CONSENTS, "status"}
"""Fields with a closed list of values."""


class PeopleModel(QAbstractTableModel):
    """Edits are wishes: the study is asked, and the table is drawn when it says what is."""

    editWanted = Signal(str, str, object)
    """A participant's id, a field, the value wanted (None for no group)."""

    def __init__(self, parent: Any = None) -> None:
        super().__init__(parent)
        self.rows: list[ParticipantRow] = []
        self.groups: list[GroupSheet] = []
        self.editable = True

    def show_rows(self, rows: list[ParticipantRow], groups: list[GroupSheet]) -> None:
        """Show these; where the people are the same ones only what differs is drawn."""
        self.groups = groups
        if [row.id for row in rows] != [row.id for row in self.rows]:
            self.beginResetModel()
            self.rows = rows
            self.endResetModel()
            return
        for place, (before, after) in enumerate(zip(self.rows, rows, strict=True)):
            if before != after:
                self.rows[place] = after
                self.dataChanged.emit(self.index(place, 0), self.index(place, len(FIELDS) - 1))

    def choices(self, column: int) -> list[tuple[str, str]]:
        """(text, value) of a field with a closed list; the group's value is its id, "" for none."""
        field = FIELDS[column]
        if field == "group_id":
            return [(self.tr("No group"), ""), *((one.label, one.id) for one in self.groups)]
        words: Any = wording.consent_words() if field in CONSENTS else wording.status_words()
        return [(text, kind.value) for kind, text in words.items()]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """One row a participant."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """One column a field."""
        return 0 if parent.isValid() else len(FIELDS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The names of the fields."""
        if orientation != Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        return (
            self.tr("Pseudonym"), self.tr("Role"), self.tr("Group"), self.tr("May be quoted"), self.tr("Shared"),
            self.tr("Archived"), self.tr("Status"), self.tr("Attributes"),
        )[section]  # fmt: skip

    def flags(self, index: Index) -> Qt.ItemFlag:
        """All but the attributes can be edited where they stand."""
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if self.editable and FIELDS[index.column()] != "attributes":
            flags |= Qt.ItemFlag.ItemIsEditable
        return flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Words to show, values to edit."""
        if not index.isValid():
            return None
        row, field = self.rows[index.row()], FIELDS[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return self._words(row, field)
        if role == Qt.ItemDataRole.EditRole:
            return self._value(row, field)
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._tip(row, field)
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Ask the study for the new value."""
        row, field = self.rows[index.row()], FIELDS[index.column()]
        if role != Qt.ItemDataRole.EditRole or value == self._value(row, field):
            return False
        self.editWanted.emit(row.id, field, (value or None) if field == "group_id" else value)
        return True

    def place_of(self, participant_id: str) -> int:
        """The row of a participant, or -1."""
        return next((place for place, row in enumerate(self.rows) if row.id == participant_id), -1)

    def _words(self, row: ParticipantRow, field: str) -> str:
        if field in CONSENTS:
            return wording.consent_words()[getattr(row, CONSENTS[field])]
        if field == "status":
            return wording.status_words()[row.status]
        if field == "group_id":
            return row.group
        if field == "attributes":
            return " · ".join(_attribute(name, value) for name, value in row.attributes)
        return str(getattr(row, field))

    def _value(self, row: ParticipantRow, field: str) -> str:
        if field in CONSENTS:
            return str(getattr(row, CONSENTS[field]).value)
        if field == "status":
            return row.status.value
        if field == "group_id":
            return row.group_id or ""
        return str(getattr(row, field))

    def _tip(self, row: ParticipantRow, field: str) -> str | None:
        if field == "attributes" and row.attributes:
            return "\n".join(f"{name.replace('_', ' ')}: {value}" for name, value in row.attributes)
        if field == "consent_to_quote" and row.consent == Consent.NO:
            return self.tr("Quoted nowhere: not in any output, not on the clipboard.")
        if field == "consent_to_share" and row.share == Consent.NO:
            return self.tr("Their words are dots in whole transcripts that are given to others.")
        if field == "consent_to_archive" and row.archive == Consent.NO:
            return self.tr("Their words are dots in files for an archive.")
        if field == "status" and row.status == ParticipantStatus.WITHDRAWN:
            return self.tr("Withdrawn people are quoted nowhere.")
        if field == "pseudonym":
            return wording.turns(row.turns)
        return None


def _attribute(name: str, value: str) -> str:
    """A word speaks for itself; a number needs the name of what it counts."""
    return f"{name.replace('_', ' ')} {value}" if value[:1].isdigit() and value.isalnum() else value
