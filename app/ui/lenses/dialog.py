"""The entries of a lens: named, described, put in order, added and taken away. Each step is a change of its own."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QInputDialog,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)
from sqlalchemy import func, select

from app.analysis.map_content import versions_that_hold
from app.analysis.themes import EntryRow, LensRow, lens_rows
from app.models import Mapping
from app.operations import lenses
from app.ui.desk import Desk
from app.ui.journal.written_button import WrittenButton
from app.ui.widgets.fields import LineField, TextField
from app.ui.widgets.labels import PlainLabel
from app.ui.widgets.scrolling import scrolling
from app.ui.widgets.wording_hints import WordingHints
from app.ui.window.questions import ask

_KEY = Qt.ItemDataRole.UserRole


def what_goes(desk: Desk, entry_ids: Sequence[str]) -> str:
    """What deleting entries takes along, in a sentence, and what stays whatever happens."""
    with desk.read() as session:
        many = session.scalar(select(func.count()).where(Mapping.entry_id.in_(entry_ids))) or 0
        kept = sorted({label for key in entry_ids for label in versions_that_hold(session, key)})
    said = _tr("1 mapping goes with it.") if many == 1 else _tr("{n} mappings go with it.").format(n=many)
    if kept:
        said += " " + _tr("The map versions {labels} keep it as it was.").format(
            labels=", ".join(f"“{one}”" for one in kept)
        )
    return said


class LensDialog(QDialog):
    """Entries at the left, the one at hand at the right. Closing it loses nothing; Undo takes steps back."""

    def __init__(self, desk: Desk, lens_id: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("lensDialog")
        self._desk, self._lens_id, self._entry_id = desk, lens_id, ""
        self.setWindowTitle(self.tr("Entries of the lens"))
        self.resize(880, 560)
        self.tree = QTreeWidget()
        self.tree.setObjectName("lensDialog.entries")
        self.tree.setAccessibleName(self.tr("Entries of the lens"))
        self.tree.setHeaderHidden(True)
        self.tree.currentItemChanged.connect(lambda *_: self._show_entry())
        self.name = LineField(self.tr("Name"), "", self._commit("name"))
        self.name.setObjectName("lensDialog.name")
        self.definition = TextField(self.tr("Definition"), "", self._commit("definition"), lines=7, most=14)
        self.definition.setObjectName("lensDialog.definition")
        self.citation = TextField(self.tr("Source"), "", self._commit("citation"), lines=2, most=4)
        self.citation.setObjectName("lensDialog.citation")
        self.note = PlainLabel("", "small", wrap=True)
        self.written = WrittenButton(desk, "lens_entry", "lensDialog.written")
        self.written.setAutoDefault(False)
        self.written.leaving.connect(self.accept)
        self._build()
        self._stop = desk.changed.connect(self._on_change)
        self._show_lens()

    def _lens(self) -> LensRow | None:
        with self._desk.read() as session:
            return next((row for row in lens_rows(session) if row.id == self._lens_id), None)

    def _show_lens(self, choose: str = "") -> None:
        lens = self._lens()
        if lens is None:  # it was taken away by an undo
            self.reject()
            return
        self.note.setText(self.tr("{name}. Mappings onto an entry stay when it is renamed.").format(name=lens.name))
        wanted = choose or self._entry_id
        self.tree.blockSignals(True)
        self.tree.clear()
        for entry in lens.entries:
            item = self._item(entry)
            self.tree.addTopLevelItem(item)
            for one in lens.indicators.get(entry.id, ()):
                item.addChild(self._item(one))
            item.setExpanded(True)
        items = self.tree.findItems("", Qt.MatchFlag.MatchContains | Qt.MatchFlag.MatchRecursive)
        at_hand = next((one for one in items if one.data(0, _KEY).id == wanted), self.tree.topLevelItem(0))
        if at_hand is not None:
            self.tree.setCurrentItem(at_hand)
        self.tree.blockSignals(False)
        self._show_entry()

    def _item(self, entry: EntryRow) -> QTreeWidgetItem:
        item = QTreeWidgetItem([entry.name])
        item.setData(0, _KEY, entry)
        return item

    def _at_hand(self) -> EntryRow | None:
        item = self.tree.currentItem()
        return item.data(0, _KEY) if item is not None else None

    def _show_entry(self) -> None:
        entry = self._at_hand()
        if entry is None:
            return
        other = entry.id != self._entry_id
        if other:
            self._commit_pending()
        self._entry_id = entry.id
        self.name.show_text(entry.name, anew=other)
        self.definition.show_text(entry.definition, anew=other)
        self.citation.show_text(entry.citation, anew=other)
        self.indicator.setEnabled(entry.parent_id is None)
        self.written.show_on(entry.id)

    def looking_at(self) -> list[tuple[str, str]]:
        """The entry at hand."""
        return [("lens_entry", self._entry_id)] if self._entry_id else []

    def _commit(self, field: str):  # a Commit, see app.ui.widgets.fields
        def commit(text: str, seq: int | None) -> int | None:
            if not self._entry_id:
                return None
            return self._desk.commit_field(seq, lenses.edit_entry, self._entry_id, **{field: text})

        return commit

    def _commit_pending(self) -> None:
        for field in (self.name, self.definition, self.citation):
            field.commit_now()

    def _on_change(self, notice: object) -> None:
        if notice.touches("lens", "lens_entry"):  # type: ignore[attr-defined]
            self._show_lens()

    def add(self, *, beneath: bool) -> None:
        """Ask for a name and add an entry, or an indicator beneath the one at hand."""
        entry = self._at_hand()
        said = self.tr("Name of the indicator:") if beneath else self.tr("Name of the entry:")
        name, meant = QInputDialog.getText(self, self.tr("Add"), said)
        if not meant:
            return
        parent_id = entry.id if beneath and entry is not None else None
        made = self._desk.run(lenses.add_entry, self._lens_id, name, parent_id)
        if made is not None:
            self._show_lens(made)

    def move(self, step: int) -> None:
        """Put the entry at hand further up or down."""
        if self._entry_id:
            self._desk.run(lenses.move_entry, self._entry_id, step)

    def delete(self) -> None:
        """Say what goes with the entry at hand, and delete it if that is meant."""
        entry = self._at_hand()
        if entry is None:
            return
        said = self.tr("Delete “{name}”? {goes}").format(name=entry.name, goes=what_goes(self._desk, [entry.id]))
        if ask(self, said, self.tr("Delete")):
            self._commit_pending()
            self._entry_id = ""
            self._desk.done(lenses.delete_entry, entry.id)
            self._show_lens()

    def done(self, result: int) -> None:
        """Nothing typed is lost; the study goes on telling others only."""
        self._commit_pending()
        self._desk.changed.disconnect(self._stop)
        super().done(result)

    def closeEvent(self, event: QCloseEvent) -> None:
        """The same by the window's own button."""
        self.done(0)
        event.accept()

    def _build(self) -> None:
        def button(name: str, text: str, run) -> QPushButton:
            made = QPushButton(text)
            made.setObjectName(f"lensDialog.{name}")
            made.setAutoDefault(False)
            made.clicked.connect(lambda: run())
            return made

        self.indicator = button("addIndicator", self.tr("Add indicator …"), lambda: self.add(beneath=True))
        row = QHBoxLayout()
        for one in (button("addEntry", self.tr("Add entry …"), lambda: self.add(beneath=False)), self.indicator,
                    button("up", self.tr("Up"), lambda: self.move(-1)),
                    button("down", self.tr("Down"), lambda: self.move(1)),
                    button("delete", self.tr("Delete …"), self.delete)):  # fmt: skip
            row.addWidget(one)
        left = QVBoxLayout()
        left.addWidget(self.tree, 1)
        left.addLayout(row)
        beside = QWidget()
        beside.setProperty("look", "panel")
        right = QVBoxLayout(beside)
        right.setContentsMargins(2, 2, 8, 2)
        for field in (self.name, self.definition, self.citation):
            right.addWidget(PlainLabel(field.accessibleName(), "small"))
            right.addWidget(field)
            if field is self.definition:
                right.addWidget(WordingHints(field, self._desk, lambda: f"lens/{self._entry_id}/definition"))
        right.addWidget(self.written, 0, Qt.AlignmentFlag.AlignLeft)
        right.addStretch(1)
        body = QHBoxLayout()
        body.setSpacing(16)
        body.addLayout(left, 4)
        body.addWidget(scrolling(beside), 3)
        close = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        close.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.addWidget(self.note)
        layout.addLayout(body, 1)
        layout.addWidget(close)


def _tr(text: str) -> str:
    return QCoreApplication.translate("LensDialog", text)
