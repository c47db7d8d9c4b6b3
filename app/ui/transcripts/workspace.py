"""The Transcripts workspace: transcripts by group on the left; beside them the chosen one to read with what is known
of it, the voices, and all participants.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QHideEvent
from PySide6.QtWidgets import (
    QMenu,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from app.analysis.people import groups, participants, speakers_of
from app.analysis.transcripts import SourceCard, source_cards
from app.operations.sources import delete_source, regroup_source, rename_source, reorder_sources, taken_with
from app.ui.desk import Desk
from app.ui.importing.dialog import ImportDialog, choose_files, dropped_files
from app.ui.transcripts import wording
from app.ui.transcripts.commands import add_list_actions, add_reading_actions
from app.ui.transcripts.frame import EmptyPage, ListSide
from app.ui.transcripts.notes_tab import NotesTab
from app.ui.transcripts.participants_dialog import ParticipantsDialog, choose_table
from app.ui.transcripts.people_page import PeoplePage
from app.ui.transcripts.read_so_far import ReadingLog
from app.ui.transcripts.reading import ReadingPage
from app.ui.transcripts.source_list import SourceList
from app.ui.transcripts.source_sheet import SourceSheet
from app.ui.transcripts.tabbed import Tabbed
from app.ui.transcripts.voices_page import VoicesPage
from app.ui.workspace import Workspace

if TYPE_CHECKING:
    from app.study import Notice

SHOWN = frozenset({"source", "turn", "speaker", "focus_group", "participant", "participant_attribute"})
"""The tables whose rows are seen in the list, the sheets and the tables."""
WRITTEN = frozenset({"memo", "excerpt", "coding"})
"""The tables from which notes are read."""
ROOMY = 1040
"""Pixels from which on there is room for the list, the text and what is known of it side by side."""


class TranscriptsWorkspace(Workspace):
    """Where transcripts come in, get their order and groups, are read for the first time, and people looked after."""

    name = "transcripts"
    icon_name = "transcripts"

    openWanted = Signal(str)
    """The id of the transcript to open for coding."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.setAcceptDrops(True)
        self._here = False
        self._details_wanted: bool | None = None
        """Whether one asked for the details, or put them away; None as long as one did neither."""
        self.log = ReadingLog(desk.settings, desk.study.key)
        self.list = SourceList(self.log.how_far)
        self.sheet = SourceSheet(desk)
        self.people = PeoplePage(desk)
        self.voices = VoicesPage(desk)
        self.reading = ReadingPage(desk, self.log)
        self.notes = NotesTab(desk, self.reading.shelf)
        self._build()
        self._local = add_list_actions(self)
        add_reading_actions(self)
        self._connect()
        self.restyle()

    @property
    def title(self) -> str:
        """The word on the rail."""
        return self.tr("Transcripts")

    def refresh(self, notice: Notice | None) -> None:
        """Draw what the study says now; a change that names nothing seen here costs nothing."""
        if notice is not None and not notice.touches(*SHOWN):
            if notice.touches(*WRITTEN):  # one writes while one reads: nothing else is drawn anew
                self.reading.refresh(notice)
                self.notes.refresh(notice)
            return
        with self.desk.read() as session:
            cards = source_cards(session)
            people = participants(session)
            held = groups(session)
            if notice is None or notice.touches("source", "turn", "speaker", "focus_group"):
                first = not self.list.cards()
                self.list.show_cards(cards)
                if first:
                    self.list.choose(str(self.desk.settings.place(self.desk.study.key, "first", "")))
            chosen = self.list.current()
            speakers = speakers_of(session, chosen) if chosen else []
        card = self._card(cards, chosen)
        self.sheet.show_source(card, speakers, people, held)
        self.people.show_people(people, held)
        self._pages.setCurrentIndex(1 if cards or people else 0)
        self.begins_at = self.list if cards or people else self._first
        self.tabs.allow(self.read_split, bool(cards))
        self.reading.refresh(notice)
        self.notes.refresh(notice)
        self.voices.refresh(notice)
        self._read(card)
        self._enable()

    def restyle(self) -> None:
        """Take over other colours, and how text is set."""
        self.list.restyle(self.desk.tokens)
        for part in (self.reading, self.notes, self.voices):
            part.restyle()

    def shows(self, rows: dict[str, frozenset[str]]) -> bool:
        """Transcripts, their turns and people are seen here; codes and themes are not."""
        return self.isVisible() and not (SHOWN | {"memo"}).isdisjoint(rows)

    def looking_at(self) -> list[tuple[str, str]]:
        """The person chosen, or the transcript and its group."""
        if self.tabs.shown() is self.people:
            return [("participant", self.people.chosen())] if self.people.chosen() else []
        card = self._card(self.list.cards(), self.list.current())
        if card is None:
            return []
        return [("source", card.id), *([("group", card.group_id)] if card.group_id else [])]

    def commit_pending(self) -> None:
        """Commit what is typed and not yet on disk, and remember where one reads."""
        for part in (self.sheet, self.reading, self.notes, self.people):
            part.commit_pending()
        if self.list.current():
            self.desk.settings.remember_place(self.desk.study.key, "first", self.list.current())
        for name, split in self._splits.items():
            self.desk.settings.remember_state(name, split.saveState())

    def choose(self, source_id: str) -> None:
        """Choose a transcript."""
        if self.list.choose(source_id):
            self._show_chosen()

    def show_page(self, page: QWidget) -> None:
        """Show the text to read (`reading`), what is known (`sheet`) or written (`notes`) beside it, the voices of all
        who speak (`voices`), or the participants of the study (`people`).
        """
        if page in (self.sheet, self.notes):
            self._show_details(True)
            self.about.choose(page)
        self.tabs.choose(page if page in (self.voices, self.people) else self.read_split)
        page.setFocus()

    def go_round(self, step: int) -> None:
        """Give the keyboard to the next part: the list, the text or table, what is known beside it."""
        tables: dict[QWidget | None, QWidget] = {self.voices: self.voices.table, self.people: self.people.table}
        text = tables.get(self.tabs.shown(), self.reading.panel)
        parts: list[tuple[QWidget, QWidget]] = [(self.list, self.list), (text, text)]
        if self.about.isVisible():
            parts.append((self.about, self.about.tabs))
        focus = self.window().focusWidget()
        here = next(
            (n for n, (part, _) in enumerate(parts) if focus and (part is focus or part.isAncestorOf(focus))), 0
        )
        parts[(here + step) % len(parts)][1].setFocus()

    def show_text(self) -> None:
        """Show the text of the chosen transcript and give it the keyboard."""
        self.tabs.choose(self.read_split)
        if not self.reading.isAncestorOf(self.focusWidget() or self):
            self.reading.panel.setFocus()

    def show_passage(self, source_id: str, start: int, end: int) -> None:
        """Read a transcript with a stretch of it selected."""
        self.choose(source_id)
        self.tabs.choose(self.read_split)
        if self.reading.script is not None and self.reading.script.id == source_id:
            self.reading.panel.select(start, end)
            self.reading.panel.setFocus()

    def show_about(self, kind: str, key: str) -> None:
        """Show a group ("group") by its first transcript, or a person ("participant") among all."""
        if kind == "participant":
            self.show_page(self.people)
            self.people.choose(key)
            return
        card = next((card for card in self.list.cards() if card.group_id == key), None)
        if card is not None:
            self.choose(card.id)
            self.show_page(self.sheet)

    def import_files(self, paths: Sequence[Path] = ()) -> ImportDialog:
        """Open the import preview with these files in it."""
        dialog = ImportDialog(self.desk, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.imported.connect(lambda ids: self._show_new(ids[0]))
        dialog.open()
        dialog.add_files(list(paths))
        return dialog

    def _show_new(self, source_id: str) -> None:
        """What came in is there to be read."""
        self.choose(source_id)
        self.tabs.choose(self.read_split)

    def bring_in_people(self, path: Path) -> ParticipantsDialog:
        """Open the preview of a table of participants."""
        dialog = ParticipantsDialog(self.desk, path, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(lambda: self.show_page(self.people))
        dialog.open()
        return dialog

    def ask_delete(self) -> None:
        """Say what deleting the chosen transcript would take, in place."""
        source_id = self.list.current()
        if not source_id or self.desk.study.read_only:
            return
        name = self._name(source_id)
        with self.desk.read() as session:
            taken = taken_with(session, source_id)
        parts = [wording.turns(taken.turns)]
        parts += [wording.excerpts(taken.excerpts)] if taken.excerpts else []
        parts += [wording.codings(taken.codings)] if taken.codings else []
        parts += [wording.memos(taken.memos)] if taken.memos else []
        sentence = self.tr("Delete “{name}”? It takes {parts} with it. Its participants stay.").format(
            name=name, parts=wording.listed(parts)
        )
        self.show_page(self.sheet)
        self.sheet.confirm.ask(sentence, self.tr("Delete transcript"), lambda: self._delete(source_id, name))

    def showEvent(self, event: object) -> None:
        """What acts on the chosen transcript can be done again."""
        self._here = True
        super().showEvent(event)
        self._enable()

    def hideEvent(self, event: QHideEvent) -> None:
        """Nothing is renamed or deleted out of sight."""
        self._here = False
        for action in self._local:
            if isValid(action):  # a window that closes takes its actions away first
                action.setEnabled(False)
        super().hideEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files may be dropped anywhere here."""
        if dropped_files(event) and not self.desk.study.read_only:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """A csv is a table of participants, the rest are transcripts."""
        event.acceptProposedAction()
        paths = dropped_files(event)
        tables = [path for path in paths if path.suffix.casefold() in {".csv", ".tsv"}]
        others = [path for path in paths if path not in tables]
        if others:
            self.import_files(others)
        elif tables:
            self.bring_in_people(tables[0])

    # --- what is done --------------------------------------------------------------------------------------------

    def _connect(self) -> None:
        self.list.chosen.connect(lambda _: self._show_chosen())
        self.list.openWanted.connect(self.openWanted)
        self.list.renameWanted.connect(lambda key, name: self.desk.run(rename_source, key, name))
        self.list.orderWanted.connect(lambda order: self.desk.run(reorder_sources, order))
        self.list.groupWanted.connect(lambda key, group: self.desk.run(regroup_source, key, group))
        self.list.deleteWanted.connect(lambda _: self.ask_delete())
        self.list.menuWanted.connect(self._menu)
        self.sheet.openWanted.connect(self.openWanted)
        self.sheet.renameWanted.connect(self.list.rename)
        self.sheet.deleteWanted.connect(self.ask_delete)
        self.people.tableWanted.connect(self.choose_table)
        self.tabs.changed.connect(lambda: self._read(self._card(self.list.cards(), self.list.current())))
        self.reading.notesChanged.connect(self._show_notes)
        self.reading.readOn.connect(self.list.show_how_far)
        self.reading.details.toggled.connect(self._show_details)
        self.notes.noteWanted.connect(self.reading.open_note)
        self.voices.passageWanted.connect(self.show_passage)

    def _menu(self, place: QPoint, source_id: str) -> None:
        self.choose(source_id)
        menu = QMenu(self)
        for action_id in ("open", "rename", "up", "down", "correct", "replace", "delete"):
            menu.addAction(self.desk.actions[f"transcripts.{action_id}"])
        menu.exec(place)
        menu.deleteLater()

    def open_chosen(self) -> None:
        """Open the chosen transcript for coding."""
        if self.list.current():
            self.openWanted.emit(self.list.current())

    def correct_chosen(self) -> None:
        """Correct the words of the chosen transcript."""
        from app.ui.correcting import open_correcting

        if self.list.current():
            open_correcting(self.desk, self.list.current(), self)

    def replace_chosen(self) -> None:
        """Ask for a corrected file in the place of the chosen transcript."""
        from app.ui.correcting import open_replacing

        paths = choose_files(self, several=False)
        if paths and self.list.current():
            open_replacing(self.desk, self.list.current(), paths[0], self)

    def choose_files(self) -> None:
        """Ask for transcripts to bring in."""
        paths = choose_files(self)
        if paths:
            self.import_files(paths)

    def choose_table(self) -> None:
        """Ask for a table of participants to bring in."""
        path = choose_table(self)
        if path is not None:
            self.bring_in_people(path)

    def add_participant(self) -> None:
        """Add somebody."""
        self.show_page(self.people)
        self.people.add_one()

    def withdraw_participant(self) -> None:
        """Withdraw the participant chosen in the table."""
        self.show_page(self.people)
        self.people.ask_withdraw()

    def export_person(self) -> None:
        """Write everything that is held about the participant chosen in the table."""
        self.show_page(self.people)
        self.people.export_person()

    def pseudonymise(self) -> None:
        """Look for names and put pseudonyms in their place."""
        from app.ui.rights.pseudonym_dialog import PseudonymDialog

        self.commit_pending()
        PseudonymDialog(self.desk, self).open()

    def _delete(self, source_id: str, name: str) -> None:
        before = self.desk.last_seq
        self.desk.run(delete_source, source_id)
        if self.desk.last_seq != before:
            self.desk.say(self.tr("“{name}” was deleted.").format(name=name), with_undo=True)

    # --- drawing -------------------------------------------------------------------------------------------------

    def _show_chosen(self) -> None:
        chosen = self.list.current()
        with self.desk.read() as session:
            speakers = speakers_of(session, chosen) if chosen else []
            people, held = participants(session), groups(session)
        card = self._card(self.list.cards(), chosen)
        self.sheet.show_source(card, speakers, people, held)
        self._read(card)
        self._enable()

    def _read(self, card: SourceCard | None) -> None:
        """Read the chosen transcript, once it is seen."""
        self.voices.show_of(card)
        self.notes.show_source(card.id if card is not None else "")
        if self.tabs.shown() is self.read_split:
            self.reading.show_source(card.id if card is not None else "")

    def _show_notes(self) -> None:
        script = self.reading.script
        self.notes.show_notes(self.reading.notes, script.name if script is not None else "")

    def _show_details(self, on: bool) -> None:
        self._details_wanted = on
        self.about.setVisible(on)
        self.reading.details.setChecked(on)

    def resizeEvent(self, event: object) -> None:
        """In a narrow window the words come first; what is known of them is shown when one asks for it."""
        super().resizeEvent(event)  # type: ignore[arg-type]
        if self._details_wanted is None:
            room = self.width() >= ROOMY
            self.about.setVisible(room)
            self.reading.details.blockSignals(True)
            self.reading.details.setChecked(room)
            self.reading.details.blockSignals(False)

    def _card(self, cards: list[SourceCard], source_id: str) -> SourceCard | None:
        return next((card for card in cards if card.id == source_id), None)

    def _name(self, source_id: str) -> str:
        card = self._card(self.list.cards(), source_id)
        return card.name if card is not None else ""

    def _enable(self) -> None:
        writable, chosen = not self.desk.study.read_only, self._here and bool(self.list.current())
        for name in ("import", "participants", "add_participant"):
            self.desk.actions[f"transcripts.{name}"].setEnabled(writable)
        for action in self._local:
            action.setEnabled(chosen and (writable or action is self.desk.actions["transcripts.open"]))
        for button in self._import_buttons:
            button.setEnabled(writable)

    def _build(self) -> None:
        side, empty = ListSide(self.list), EmptyPage()
        self._first = empty.bring_in
        self._import_buttons = [side.bring_in, empty.bring_in]
        for one in (side, empty):
            one.importWanted.connect(self.choose_files)
        self._pages = QStackedWidget(self)  # what holds much is made where it stands: moving it styles all of it anew
        split = QSplitter(Qt.Orientation.Horizontal, self._pages)
        split.setChildrenCollapsible(False)
        split.addWidget(side)
        self.read_split = QSplitter(Qt.Orientation.Horizontal)
        self.read_split.setChildrenCollapsible(False)
        self.read_split.addWidget(self.reading)
        self.about = Tabbed(
            "transcripts.about",
            self.tr("What is known of this transcript"),
            [(self.tr("Details"), self.sheet), (self.tr("Notes"), self.notes)],
            self.read_split,
        )
        self.about.setMinimumWidth(300)
        self.read_split.addWidget(self.about)
        self.read_split.setStretchFactor(0, 1)
        self.read_split.setSizes([724, 380])
        self.tabs = Tabbed(
            "transcripts.tabs",
            self.tr("What is shown of the transcripts"),
            [
                (self.tr("Read"), self.read_split),
                (self.tr("Voices"), self.voices),
                (self.tr("Participants"), self.people),
            ],
            split,
        )
        split.addWidget(self.tabs)
        split.setStretchFactor(1, 1)
        split.setSizes([256, 1040])
        self._splits = {"transcripts.splitter": split, "transcripts.reading": self.read_split}
        for name, splitter in self._splits.items():
            state = self.desk.settings.state(name)
            if state is not None:
                splitter.restoreState(state)
        self._pages.addWidget(empty)
        self._pages.addWidget(split)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._pages)
