"""The Transcripts workspace: transcripts by group on the left, the chosen one and all participants on the right."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QAction, QDragEnterEvent, QDropEvent, QHideEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QMenu,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QTabBar,
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
from app.ui.transcripts.participants_dialog import ParticipantsDialog, choose_table
from app.ui.transcripts.people_page import PeoplePage
from app.ui.transcripts.source_list import SourceList
from app.ui.transcripts.source_sheet import SourceSheet
from app.ui.widgets.labels import Line, PlainLabel, SectionLabel
from app.ui.workspace import Workspace

if TYPE_CHECKING:
    from app.study import Notice

SHOWN = frozenset({"source", "turn", "speaker", "focus_group", "participant", "participant_attribute"})
"""The tables whose rows are seen here."""


class TranscriptsWorkspace(Workspace):
    """Where transcripts come in, get their order and groups, and where people are looked after."""

    name = "transcripts"
    icon_name = "transcripts"

    openWanted = Signal(str)
    """The id of the transcript to open for coding."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.setAcceptDrops(True)
        self._here = False
        self._local: list[QAction] = []
        self.list = SourceList()
        self.sheet = SourceSheet(desk)
        self.people = PeoplePage(desk)
        self._build()
        self._add_actions()
        self._connect()
        self.setFocusProxy(self.list)
        self.restyle()

    @property
    def title(self) -> str:
        """The word on the rail."""
        return self.tr("Transcripts")

    def refresh(self, notice: Notice | None) -> None:
        """Draw what the study says now; a change that names nothing seen here costs nothing."""
        if notice is not None and not notice.touches(*SHOWN):
            return
        with self.desk.read() as session:
            cards = source_cards(session)
            people = participants(session)
            held = groups(session)
            if notice is None or notice.touches("source", "turn", "speaker", "focus_group"):
                self.list.show_cards(cards)
            chosen = self.list.current()
            speakers = speakers_of(session, chosen) if chosen else []
        self.sheet.show_source(self._card(cards, chosen), speakers, people, held)
        self.people.show_people(people, held)
        self._pages.setCurrentIndex(1 if cards or people else 0)
        self._tabs.setTabVisible(0, bool(cards))
        self._enable()

    def restyle(self) -> None:
        """Take over other colours."""
        self.list.restyle(self.desk.tokens)

    def shows(self, rows: dict[str, frozenset[str]]) -> bool:
        """Transcripts, their turns and people are seen here; codes and themes are not."""
        return self.isVisible() and not SHOWN.isdisjoint(rows)

    def commit_pending(self) -> None:
        """Commit what is typed and not yet on disk."""
        self.sheet.commit_pending()

    def choose(self, source_id: str) -> None:
        """Choose a transcript."""
        if self.list.choose(source_id):
            self._show_chosen()

    def show_page(self, page: QWidget) -> None:
        """Show the chosen transcript (`sheet`) or the participants of the study (`people`)."""
        self._tabs.setCurrentIndex(self._shown.indexOf(page))

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
        dialog.imported.connect(lambda ids: self.choose(ids[0]))
        dialog.open()
        dialog.add_files(list(paths))
        return dialog

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

    # --- actions -------------------------------------------------------------------------------------------------

    def _add_actions(self) -> None:
        add = self.desk.actions.add
        add("transcripts.import", self.tr("Bring in transcripts …"), self._choose_files, menu="Transcripts")
        add("transcripts.participants", self.tr("Bring in participants …"), self._choose_table, menu="File")
        menu = "Transcripts"
        here = [
            add("transcripts.open", self.tr("Open transcript for coding"), self._open, menu=menu),
            add("transcripts.rename", self.tr("Rename transcript"), self.list.rename, keys="F2", menu=menu),
            add("transcripts.up", self.tr("Move transcript up"), lambda: self.list.step(-1), keys="Alt+Up", menu=menu),
            add(
                "transcripts.down",
                self.tr("Move transcript down"),
                lambda: self.list.step(1),
                keys="Alt+Down",
                menu=menu,
            ),
            add("transcripts.correct", self.tr("Correct transcript …"), self._correct, menu=menu),
            add("transcripts.delete", self.tr("Delete transcript …"), self.ask_delete, menu=menu),
        ]
        for action in here:  # these keys mean other things elsewhere, so they hold in the list alone
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
            self.list.addAction(action)
        self._local = here
        self.desk.actions.separator(menu)
        add("transcripts.add_participant", self.tr("Add participant"), self._add_participant, menu=menu)

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
        self.people.tableWanted.connect(self._choose_table)

    def _menu(self, place: QPoint, source_id: str) -> None:
        self.choose(source_id)
        menu = QMenu(self)
        for action_id in ("open", "rename", "up", "down", "correct", "delete"):
            menu.addAction(self.desk.actions[f"transcripts.{action_id}"])
        menu.exec(place)
        menu.deleteLater()

    def _open(self) -> None:
        if self.list.current():
            self.openWanted.emit(self.list.current())

    def _correct(self) -> None:
        from app.ui.correcting import open_correcting

        if self.list.current():
            open_correcting(self.desk, self.list.current(), self)

    def _choose_files(self) -> None:
        paths = choose_files(self)
        if paths:
            self.import_files(paths)

    def _choose_table(self) -> None:
        path = choose_table(self)
        if path is not None:
            self.bring_in_people(path)

    def _add_participant(self) -> None:
        self.show_page(self.people)
        self.people.add_one()

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
        self.sheet.show_source(self._card(self.list.cards(), chosen), speakers, people, held)
        self._enable()

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
        self._import_buttons = [
            self._import_button("transcripts.importButton"),
            self._import_button("transcripts.first"),
        ]
        side = QWidget()
        side.setProperty("look", "panel")
        side.setMinimumWidth(240)
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 16, 0, 16)
        column.setSpacing(0)
        heading = SectionLabel(self.tr("Transcripts"))
        heading.setContentsMargins(16, 0, 16, 0)
        column.addWidget(heading)
        column.addWidget(self.list, 1)
        foot = QHBoxLayout()
        foot.setContentsMargins(16, 8, 16, 0)
        foot.addWidget(self._import_buttons[0])
        foot.addStretch(1)
        column.addLayout(foot)
        right = QWidget()
        right.setProperty("look", "panel")
        self._tabs = QTabBar()
        self._tabs.setObjectName("transcripts.tabs")
        self._tabs.setAccessibleName(self.tr("What is shown of the transcripts"))
        self._tabs.setDrawBase(False)
        self._tabs.setExpanding(False)
        self._tabs.addTab(self.tr("This transcript"))
        self._tabs.addTab(self.tr("Participants"))
        self._shown = QStackedWidget()
        self._shown.addWidget(self.sheet)
        self._shown.addWidget(self.people)
        self._tabs.currentChanged.connect(self._shown.setCurrentIndex)
        above = QHBoxLayout()
        above.setContentsMargins(12, 8, 12, 0)
        above.addWidget(self._tabs)
        above.addStretch(1)
        pages = QVBoxLayout(right)
        pages.setContentsMargins(0, 0, 0, 0)
        pages.setSpacing(0)
        pages.addLayout(above)
        pages.addWidget(Line())
        pages.addWidget(self._shown, 1)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setChildrenCollapsible(False)
        split.addWidget(side)
        split.addWidget(right)
        split.setStretchFactor(1, 1)
        split.setSizes([296, 1000])
        self._pages = QStackedWidget()
        self._pages.addWidget(self._empty_state())
        self._pages.addWidget(split)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._pages)

    def _empty_state(self) -> QWidget:
        page = QWidget()
        page.setObjectName("transcripts.empty")
        column = QVBoxLayout(page)
        column.setSpacing(16)
        column.addStretch(1)
        centred = Qt.AlignmentFlag.AlignHCenter
        column.addWidget(PlainLabel(self.tr("No transcripts yet"), "title"), 0, centred)
        hint = PlainLabel(
            self.tr("Drop Word or text files here, or choose them. Who speaks is shown before anything comes in."),
            "quiet",
        )
        column.addWidget(hint, 0, centred)
        self._import_buttons[1].setProperty("look", "primary")
        column.addWidget(self._import_buttons[1], 0, centred)
        example = self.tr("Only looking around? File > Look at the example opens a study that is already coded.")
        column.addSpacing(8)
        column.addWidget(PlainLabel(example, "small"), 0, centred)
        column.addStretch(2)
        return page

    def _import_button(self, name: str) -> QPushButton:
        button = QPushButton(self.tr("Bring in transcripts …"))
        button.setObjectName(name)
        button.clicked.connect(self._choose_files)
        return button
