"""Which entries of the journal leave: by kind, by days, or one by one. Private ones are ticked by hand or stay."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from app.analysis.days import local_day
from app.analysis.journal import Entry, entries
from app.exporters.options import JournalChoice
from app.ui.desk import Desk
from app.ui.widgets.choice import ChoiceOfOne
from app.ui.widgets.days import typed_day
from app.ui.widgets.labels import PlainLabel
from app.ui.wording import short_day

SHOWN = 90
"""Characters of an entry in the list."""


class JournalChoiceDialog(QDialog):
    """All entries but the private ones are ticked; kind and days tick anew, single ticks are the last word."""

    def __init__(self, desk: Desk, parent: QWidget, title: str = "", *, none_too: bool = False) -> None:
        super().__init__(parent)
        self.setObjectName("journalChoice")
        self.setWindowTitle(title or self.tr("Reflexive journal"))
        self._none_too = none_too
        """Whether what leaves holds more than entries, so that there may be none."""
        self.setMinimumSize(560, 480)
        with desk.read() as session:
            self._entries: list[Entry] = entries(session)
        self.kind = ChoiceOfOne("journalChoice.kind", self.tr("Of which kind"))
        self.kind.addItem(self.tr("Every kind"), None)
        for kind in sorted({entry.kind for entry in self._entries if entry.kind}, key=str.casefold):
            self.kind.addItem(kind, kind)
        self.kind.setMinimumContentsLength(12)
        self.first = self._day("journalChoice.first", self.tr("From this day"), self.tr("from YYYY-MM-DD"))
        self.last = self._day("journalChoice.last", self.tr("To this day"), self.tr("to YYYY-MM-DD"))
        self.list = QListWidget()
        self.list.setObjectName("journalChoice.entries")
        self.list.setAccessibleName(self.tr("Entries that leave"))
        self.list.setWordWrap(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for entry in self._entries:
            words = " ".join(entry.text.split())
            words = words if len(words) <= SHOWN else f"{words[:SHOWN].rsplit(' ', 1)[0]} …"
            marks = [short_day(entry.at), entry.kind, self.tr("private") if entry.private else ""]
            item = QListWidgetItem(f"{' · '.join(mark for mark in marks if mark)} – {words}")
            item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsUserCheckable)
            self.list.addItem(item)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.write = buttons.addButton(self.tr("Choose where …"), QDialogButtonBox.ButtonRole.AcceptRole)
        self.write.setObjectName("journalChoice.write")
        self.write.setProperty("look", "primary")
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        self.kind.currentIndexChanged.connect(lambda _: self._tick())
        for field in (self.first, self.last):
            field.textChanged.connect(lambda _: self._tick())
        self.list.itemChanged.connect(lambda _: self._enable())
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.kind, 2)
        row.addWidget(self.first, 2)
        row.addWidget(self.last, 2)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 16)
        layout.setSpacing(12)
        about = self.tr("Entries that are ticked leave as they stand. Private ones are never ticked for you.")
        if none_too:
            about = f"{self.tr('Which entries of the journal stand in it?')} {about}"
        layout.addWidget(PlainLabel(about, "quiet", wrap=True))
        layout.addLayout(row)
        layout.addWidget(self.list, 1)
        layout.addWidget(buttons)
        self._tick()

    def choice(self) -> JournalChoice:
        """Just the entries that are ticked."""
        return JournalChoice(
            frozenset(
                entry.id
                for place, entry in enumerate(self._entries)
                if self.list.item(place).checkState() == Qt.CheckState.Checked
            )
        )

    def _tick(self) -> None:
        """Tick what kind and days ask for; a day that is none yet asks for nothing."""
        kind = self.kind.currentData()
        wanted = JournalChoice(
            kinds=None if kind is None else frozenset((kind,)),
            first=typed_day(self.first.text()),
            last=typed_day(self.last.text()),
        )
        for place, entry in enumerate(self._entries):
            taken = wanted.takes(entry.id, entry.kind, local_day(entry.at), private=entry.private)
            self.list.item(place).setCheckState(Qt.CheckState.Checked if taken else Qt.CheckState.Unchecked)
        self._enable()

    def _enable(self) -> None:
        self.write.setEnabled(self._none_too or bool(self.choice().entry_ids))

    def _day(self, name: str, said: str, hint: str) -> QLineEdit:
        field = QLineEdit()
        field.setObjectName(name)
        field.setAccessibleName(said)
        field.setPlaceholderText(hint)
        return field
