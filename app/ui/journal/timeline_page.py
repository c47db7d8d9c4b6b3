"""The page "Journal": entries by day, the newest on top, found while one types, edited where they are read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QMenu, QPushButton, QVBoxLayout, QWidget

from app.analysis.journal import Entry, entries, folded_text, holding
from app.models.kinds import SHORT, Phase
from app.operations.journal import delete_entry, edit_entry
from app.ui.journal.before_dialog import BeforeDialog
from app.ui.journal.editor import EntryEditor
from app.ui.journal.entry_card import EntryCard
from app.ui.journal.filters import TimelineFilters
from app.ui.journal.page import JournalPage
from app.ui.journal.prompts import PromptLine
from app.ui.journal.prose_view import MEASURE
from app.ui.widgets.labels import PlainLabel
from app.ui.widgets.scrolling import centred, scrolling
from app.ui.wording import day_in_words

if TYPE_CHECKING:
    from app.study import Notice
    from app.ui.desk import Desk
    from app.ui.style.tokens import Tokens

SEEN_HERE = ("journal_entry", "journal_revision", "journal_link", "source", "code", "theme", "map_version",
             "lens_entry", "focus_group", "participant", "review_comment", "person")  # fmt: skip
FIRST = 5
"""Entries that are drawn at once; the others follow as one scrolls."""
MORE = 12
WIDE = MEASURE + 40


class TimelinePage(JournalPage):
    """Search and filters on top, entries beneath. Only as many are drawn as one has scrolled to."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.setObjectName("journal.timeline")
        self.setProperty("look", "paper")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._rows: list[tuple[str, Entry]] = []
        self._found: list[Entry] = []
        self._cards: list[EntryCard] = []
        self._drawn = 0
        self._editor: EntryEditor | None = None
        self.search = QLineEdit()
        self.search.setObjectName("journal.search")
        self.search.setPlaceholderText(self.tr("Search the journal …"))
        self.search.setAccessibleName(self.tr("Search the journal"))
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(lambda _: self._find())
        self.new = QPushButton(self.tr("New entry"))
        self.new.setObjectName("journal.new")
        self.new.setProperty("look", "primary")
        self.new.clicked.connect(lambda: desk.actions["study.write"].trigger())
        self.filters = TimelineFilters()
        self.filters.changed.connect(self._find)
        self.prompt = PromptLine(desk)
        self.prompt.wanted.connect(self._write_about)
        asks = desk.actions.add(
            "journal.prompts", self.tr("Ask me questions"), self._ask, menu="Journal", checkable=True
        )
        asks.setChecked(self.prompt.is_on())
        self.prompt.turned.connect(asks.setChecked)
        self.nothing = PlainLabel("", "quiet", wrap=True)
        self.nothing.setObjectName("journal.nothing")
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.timeout.connect(self._draw_more)
        self._build()

    # --- what is shown -------------------------------------------------------------------------------------------

    def refresh(self, notice: Notice | None) -> None:
        """Read anew if a change may have touched an entry or what it speaks of."""
        if notice is not None and not notice.touches(*SEEN_HERE):
            return
        with self.desk.read() as session:
            self._rows = [(folded_text(entry), entry) for entry in entries(session)]
        self.filters.offer([entry for _, entry in self._rows])
        self.filters.setVisible(bool(self._rows))
        self._find(keep=True)
        if self._editor is not None and not self._editor.refresh():
            self._end_editing()

    def enter(self) -> None:
        """Take the keyboard."""
        self.search.setFocus()

    def restyle(self, tokens: Tokens) -> None:  # noqa: ARG002 - the desk knows them
        """Take over colours."""
        self._draw(self._drawn)

    def commit_pending(self) -> None:
        """Commit what is typed."""
        if self._editor is not None:
            self._editor.commit_now()

    def looking_at(self) -> list[tuple[str, str]]:
        """What the entry at hand speaks of."""
        held = self.focusWidget()
        card = next((one for one in self._cards if held is not None and (one is held or one.isAncestorOf(held))), None)
        return [(link.subject, link.id) for link in card.entry.links] if card is not None and card.entry else []

    def found(self) -> list[Entry]:
        """The entries that search and filters leave."""
        return self._found

    def cards(self) -> list[EntryCard]:
        """The entries that are drawn."""
        return self._cards[: self._drawn]

    def show_entry(self, entry_id: str) -> None:
        """Bring an entry into view, whatever is searched for."""
        if all(entry.id != entry_id for entry in self._found):
            self.search.clear()
            self.filters.show_all()
        place = next((n for n, entry in enumerate(self._found) if entry.id == entry_id), -1)
        if place >= 0:
            self._draw(max(self._drawn, place + 1))
            card = self._cards[place]
            QTimer.singleShot(0, card, lambda: self.area.ensureWidgetVisible(card))
            card.setFocus()

    def _find(self, *, keep: bool = False) -> None:
        found = self.filters.left_of(holding(self._rows, self.search.text()))
        if self._editor is not None and [one.id for one in found] != [one.id for one in self._found]:
            self._end_editing()
        self._found = found
        self._draw(max(FIRST, self._drawn) if keep else FIRST)
        if not keep:
            self.area.verticalScrollBar().setValue(0)
        self.nothing.setVisible(not found)
        self.nothing.setText(
            self.tr("Nothing in the journal fits.")
            if self._rows
            else self.tr(
                "Nothing written yet.\n\nWhat you bring along, what surprises you, what you feel while reading, why "
                "you decide as you do: in reflexive analysis your thinking is part of the data. Ctrl+J opens a place "
                "to write from anywhere, and knows what you look at."
            )
        )

    def _draw(self, number: int) -> None:
        """Show the first `number` of what was found."""
        number = min(number, len(self._found))
        while len(self._cards) < number:
            self._cards.append(self._new_card())
        before = ""
        for place, card in enumerate(self._cards):
            if place >= number:
                card.hide()
                continue
            day = day_in_words(self._found[place].at)
            card.show_entry(self._found[place], day if day != before else "", self.desk.tokens)
            before = day
        self._drawn = number

    def _draw_more(self) -> None:
        bar = self.area.verticalScrollBar()
        near = bar.maximum() - bar.value() < 2 * self.area.viewport().height()
        if near and self._drawn < len(self._found) and self.isVisible():
            self._draw(self._drawn + MORE)

    # --- what is done --------------------------------------------------------------------------------------------

    def edit(self, entry_id: str) -> None:
        """Write on with an entry, in its place."""
        card = self._card_of(entry_id)
        if card is None or card.entry is None:
            return
        if not self.desk.may_change():
            return
        if self._editor is not None and self._editor.entry_id == entry_id:
            self._editor.text.setFocus()
            return
        self._end_editing()
        self._editor = EntryEditor(self.desk, "journal.edit", self)
        self._editor.goWanted.connect(self.goWanted)
        self._editor.done.connect(lambda _: self._done(entry_id))
        self._editor.open_entry(card.entry)
        card.put_editor(self._editor)
        self._editor.text.setFocus()

    def _done(self, entry_id: str) -> None:
        self._end_editing()
        card = self._card_of(entry_id)
        if card is not None:
            card.setFocus()

    def _end_editing(self) -> None:
        editor, self._editor = self._editor, None
        if editor is None:
            return
        editor.commit_now()
        for card in self._cards:
            if card.editor is editor:
                card.put_editor(None)
        editor.hide()
        editor.deleteLater()

    def _write_about(self, question: str, kind: str) -> None:
        """Open the quick entry with the question as a quote to answer."""
        self.desk.promptWanted.emit(question, kind)

    def _ask(self) -> None:
        self.prompt.turn(self.desk.actions["journal.prompts"].isChecked())

    def _show_before(self, entry_id: str) -> None:
        BeforeDialog(self.desk, entry_id, self).exec()

    def _menu(self, entry_id: str, at: QPoint) -> None:
        card = self._card_of(entry_id)
        if card is None or card.entry is None:
            return
        menu, entry, may = QMenu(self), card.entry, not self.desk.study.read_only
        menu.addAction(self.tr("Edit"), lambda: self.edit(entry_id)).setEnabled(may)
        words = self.tr("No longer private") if entry.private else self.tr("Private: leaves only if chosen")
        private = menu.addAction(words, lambda: self.desk.done(edit_entry, entry_id, private=not entry.private))
        private.setEnabled(may)
        phases = menu.addMenu(self.tr("Phase"))
        phases.setEnabled(may)
        for phase, name in ((None, self.tr("None")), *((one, self.tr(SHORT[one])) for one in Phase)):
            put = phases.addAction(name, lambda to=phase: self.desk.done(edit_entry, entry_id, phase=to or ""))
            put.setCheckable(True)
            put.setChecked(entry.phase == phase)
        if entry.edited:
            menu.addAction(self.tr("What it said before …"), lambda: self._show_before(entry_id))
        menu.addSeparator()
        menu.addAction(self.tr("Delete"), lambda: self._delete(entry_id)).setEnabled(may)
        menu.exec(at)
        menu.deleteLater()

    def _delete(self, entry_id: str) -> None:
        if self.desk.done(delete_entry, entry_id):
            self.desk.say(self.tr("The entry is deleted, with what it said before."), with_undo=True)

    def _card_of(self, entry_id: str) -> EntryCard | None:
        return next((card for card in self._cards[: self._drawn] if card.entry_id == entry_id), None)

    # --- parts ---------------------------------------------------------------------------------------------------

    def _new_card(self) -> EntryCard:
        card = EntryCard()
        card.editWanted.connect(self.edit)
        card.menuWanted.connect(self._menu)
        card.goWanted.connect(self.goWanted)
        card.beforeWanted.connect(self._show_before)
        self._entries.insertWidget(self._entries.count() - 1, card)
        return card

    def _build(self) -> None:
        column = QWidget()
        column.setMaximumWidth(WIDE)
        self._entries = QVBoxLayout(column)
        self._entries.setContentsMargins(0, 8, 0, 24)
        self._entries.setSpacing(0)
        self._entries.addWidget(self.nothing)
        self._entries.addStretch(1)
        inside = centred(column)
        inside.setProperty("look", "paper")
        self.area = scrolling(inside)
        self.area.setObjectName("journal.entries")
        self.area.setProperty("look", "paper")
        self.area.verticalScrollBar().valueChanged.connect(lambda _: self._later.start())
        self.area.verticalScrollBar().rangeChanged.connect(lambda *_: self._later.start())
        head = QWidget()
        head.setMaximumWidth(WIDE)
        self.head = QVBoxLayout(head)
        self.head.setContentsMargins(0, 16, 0, 8)
        self.head.setSpacing(8)
        first = QHBoxLayout()
        first.setSpacing(8)
        first.addWidget(self.search, 1)
        first.addWidget(self.new)
        self.head.addLayout(first)
        self.head.addWidget(self.filters)
        self.head.addWidget(self.prompt)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(centred(head))
        layout.addWidget(self.area, 1)
