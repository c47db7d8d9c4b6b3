"""Writing an entry: its kind, its words, whether it is private, and what it speaks of. It commits by itself."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from app.analysis.journal import Entry, entries, entry_of, kinds_used, things
from app.analysis.phases import current_phase
from app.models.kinds import SHORT, Phase
from app.operations.journal import delete_entry, edit_entry, link_entry, unlink_entry, write_entry
from app.ui.journal.links import LinkChips
from app.ui.journal.prose_field import ProseField
from app.ui.journal.wording import kind_said
from app.ui.widgets.choice import ChoiceOfOne
from app.ui.widgets.labels import ElidedLabel
from app.ui.widgets.wording_hints import WordingHints

if TYPE_CHECKING:
    from app.study import ChangeSession
    from app.ui.desk import Desk


class EntryEditor(QWidget):
    """One entry, new or there already. Whatever is typed is an entry after two idle seconds at the latest.

    All that is done here one after the other is one change, so that the history of an entry tells of sittings and not
    of pauses.
    """

    written = Signal(str)
    """The id of an entry that is now in the study."""
    done = Signal(bool)
    """Somebody is done writing: with Ctrl+Enter (True), or with Esc (False)."""
    goWanted = Signal(str, str)

    def __init__(self, desk: Desk, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.entry_id = ""
        self._new = False
        """Whether the entry was begun here: emptied, it vanishes again."""
        self._seq: int | None = None
        self._kind = ""
        """The kind as the study has it."""
        self._links: list[tuple[str, str]] = []
        self.kind = QComboBox()
        self.kind.setObjectName(f"{name}.kind")
        self.kind.setAccessibleName(self.tr("Kind of entry"))
        self.kind.setToolTip(self.tr("A word for the kind of entry: one of these, or your own"))
        self.kind.setEditable(True)
        self.kind.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.kind.setMinimumWidth(168)
        line = self.kind.lineEdit()
        if line is not None:
            line.setPlaceholderText(self.tr("Kind (optional)"))
            line.setAccessibleName(self.tr("Kind of entry"))
            line.editingFinished.connect(self._kind_said)
        self.kind.activated.connect(lambda _: self._kind_said())
        self.private = QCheckBox(self.tr("Private"))
        self.private.setObjectName(f"{name}.private")
        self.private.setToolTip(self.tr("A private entry leaves in no output unless you choose it there"))
        self.private.clicked.connect(lambda on: self._say(private=on))
        self.phase = ChoiceOfOne(f"{name}.phase", self.tr("Phase of the analysis it belongs to"))
        self.phase.setToolTip(self.tr("Phase of the analysis it belongs to"))
        self.phase.setMinimumContentsLength(18)
        self.phase.addItem(self.tr("No phase"), "")
        for one in Phase:
            self.phase.addItem(self.tr(SHORT[one]), one)
        self.phase.activated.connect(lambda _: self._say(phase=self.phase.currentData()))
        self._invites = self.tr("What are you thinking, noticing, feeling, deciding?")
        self.text = ProseField(self.tr("Your words"), self._invites, self._write)
        self.text.setObjectName(f"{name}.text")
        self.text.done.connect(self.done)
        self.links = LinkChips(name)
        self.links.removed.connect(self._unlink)
        self.links.added.connect(self._link)
        self.links.opened.connect(self.goWanted)
        hint = self.tr("*emphasis*  ·  **strong**  ·  - list  ·  > quote")
        self.row = QHBoxLayout()
        self.row.setSpacing(12)
        self.row.addWidget(self.kind)
        self.row.addWidget(self.phase)
        self.row.addWidget(self.private)
        self.row.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addLayout(self.row)
        layout.addWidget(self.text)
        layout.addWidget(ElidedLabel(hint, "small"))
        layout.addWidget(WordingHints(self.text, desk, lambda: f"journal/{self.entry_id}", in_journal=True))
        layout.addWidget(self.links)

    def begin(self, links: Iterable[tuple[str, str]] = ()) -> None:
        """Begin a new entry that speaks of these things; it comes into the study with its first words."""
        self.commit_now()
        self.entry_id, self._new, self._seq = "", True, None
        self._links = list(dict.fromkeys(links))
        self._show_kind("")
        self.private.setChecked(False)
        with self.desk.read() as session:
            self._show_phase(current_phase(session))
        self.text.show_text("", anew=True)
        self._show_links()

    def open_entry(self, entry: Entry, *, begun_here: bool = False) -> None:
        """Write on with an entry."""
        self.commit_now()
        self.entry_id, self._new, self._seq = entry.id, begun_here, None
        self._show(entry, anew=True)

    def ask(self, question: str, kind: str) -> None:
        """Show a question over an empty field, and the kind of entry it asks for; "" asks nothing."""
        self.text.setPlaceholderText(question or self._invites)
        if question:
            self.kind.setEditText(kind_said(kind))

    def refresh(self) -> bool:
        """Show what the study says now; returns False if the entry is gone."""
        if not self.entry_id:
            self._show_links()
            return True
        with self.desk.read() as session:
            entry = entry_of(session, self.entry_id)
        if entry is None:
            self.begin()
            return False
        self._show(entry)
        return True

    def offer(self, links: Iterable[tuple[str, str]]) -> None:
        """Things that may be linked too."""
        with self.desk.read() as session:
            self.links.offer(things(session, links))

    def linked(self) -> list[tuple[str, str]]:
        """What the entry speaks of."""
        return list(self._links)

    def commit_now(self) -> None:
        """Put what is typed on disk."""
        self.text.commit_now()
        self._kind_said()
        self._seq = None

    # --- what is shown -------------------------------------------------------------------------------------------

    def _show(self, entry: Entry, *, anew: bool = False) -> None:
        line = self.kind.lineEdit()
        if anew or line is None or not line.hasFocus():
            self._show_kind(entry.kind)
        self.private.setChecked(entry.private)
        self._show_phase(entry.phase)
        self.text.show_text(entry.text, anew=anew)
        self._links = [(link.subject, link.id) for link in entry.links]
        self.links.show_things(list(entry.links), self.desk.tokens)

    def _show_kind(self, kind: str) -> None:
        with self.desk.read() as session:
            words = kinds_used(entries(session))
        self._kind = kind
        self.kind.blockSignals(True)
        self.kind.clear()
        for word in words:
            self.kind.addItem(kind_said(word), word)
        self.kind.setCurrentIndex(-1)
        self.kind.setEditText(kind_said(kind))
        self.kind.blockSignals(False)

    def _show_phase(self, phase: Phase | None) -> None:
        self.phase.setCurrentIndex(self.phase.findData(phase or ""))

    def _show_links(self) -> None:
        with self.desk.read() as session:
            found = things(session, self._links)
        self._links = [(one.subject, one.id) for one in found]
        self.links.show_things(found, self.desk.tokens)

    def kind_word(self) -> str:
        """The kind as the study keeps it: the suggested word where it is one, or one's own."""
        typed = self.kind.currentText().strip()
        at = self.kind.findText(typed, Qt.MatchFlag.MatchFixedString)
        return str(self.kind.itemData(at)) if at >= 0 else typed

    # --- what is done --------------------------------------------------------------------------------------------

    def _write(self, text: str, seq: int | None) -> int | None:
        """Called by the text field when it commits."""
        if self.entry_id:
            if not text.strip() and self._new:
                kept = self._do(seq, delete_entry, self.entry_id)
                self.entry_id = "" if kept is not None else self.entry_id
                return kept
            return self._do(seq, edit_entry, self.entry_id, text=text)
        if not text.strip():
            return 0
        made: list[str] = []

        def write(session: ChangeSession) -> None:
            private, phase = self.private.isChecked(), self.phase.currentData()
            made.append(
                write_entry(session, text, kind=self.kind_word(), links=self._links, private=private, phase=phase)
            )

        kept = self._do(seq, write)
        if kept is not None and made:
            self.entry_id, self._kind = made[0], self.kind_word()
            self.written.emit(self.entry_id)
        return kept

    def _do(self, seq: int | None, operation: Callable[..., Any], *args: Any, **said: Any) -> int | None:
        kept = self.desk.commit_field(self._seq or seq, operation, *args, **said)
        if kept:
            self._seq = kept
        return kept

    def _kind_said(self) -> None:
        """The box is left, which it also is when the window goes."""
        if self.entry_id and self.kind_word() != self._kind:
            self._say(kind=self.kind_word())

    def _say(self, **said: Any) -> None:
        if self.entry_id and self.desk.study.is_open and not self.desk.study.read_only:
            self._do(None, edit_entry, self.entry_id, **said)

    def _link(self, subject: str, subject_id: str) -> None:
        if self.entry_id:
            self._do(None, link_entry, self.entry_id, subject, subject_id)
        elif (subject, subject_id) not in self._links:
            self._links.append((subject, subject_id))
            self._show_links()

    def _unlink(self, subject: str, subject_id: str) -> None:
        if self.entry_id:
            self._do(None, unlink_entry, self.entry_id, subject, subject_id)
        else:
            self._links.remove((subject, subject_id))
            self._show_links()
