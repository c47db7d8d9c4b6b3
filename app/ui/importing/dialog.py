"""The import preview: files on the left, what was found in the chosen one on the right.

Nothing is written anywhere before "Import".
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from importlib import import_module
from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QProgressBar,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.analysis.people import groups, participants
from app.errors import ReflexaError
from app.importers import TranscriptDraft, formats
from app.models import load_stepwise
from app.models.verbs import Verb
from app.operations.importing import Imported, already_imported, import_transcripts
from app.ui.desk import Desk
from app.ui.importing.choices import FileChoices
from app.ui.importing.file_list import FileEntry, FileList, Stage
from app.ui.importing.reader import Reader
from app.ui.importing.sheet import FileSheet
from app.ui.transcripts import wording
from app.ui.transcripts.participants_dialog import ParticipantsDialog, choose_table
from app.ui.widgets.labels import Line, PlainLabel, SectionLabel


def dropped_files(event: QDragEnterEvent | QDropEvent) -> list[Path]:
    """The local files that are dragged, or none."""
    return [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]


def choose_files(parent: QWidget, *, several: bool = True) -> list[Path]:
    """Ask for transcripts to bring in, or for one; the kinds offered are those of the registry."""
    endings = " ".join(f"*{suffix}" for one in formats() for suffix in one.suffixes)
    kinds = wording.tr("Transcripts ({endings})").format(endings=endings)
    offered = f"{kinds};;{wording.tr('All files (*)')}"
    if not several:
        one, _ = QFileDialog.getOpenFileName(parent, wording.tr("The corrected transcript"), "", offered)
        return [Path(one)] if one else []
    chosen, _ = QFileDialog.getOpenFileNames(parent, wording.tr("Bring in transcripts"), "", offered)
    return [Path(one) for one in chosen]


class ImportDialog(QDialog):
    """One import. `add_files` is what the file chooser, a drop and a test use alike."""

    imported = Signal(list)
    """The ids of the transcripts that came in."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("importDialog")
        self.setWindowTitle(self.tr("Bring in transcripts"))
        self.setAcceptDrops(True)
        self.setModal(True)
        self._desk = desk
        self._taking = self._stopped = False
        self._refusal = ""
        self.entries: list[FileEntry] = []
        self.reader = Reader(self)
        self.reader.started.connect(lambda path: self._set_stage(path, Stage.READING))
        self.reader.read.connect(self._on_read)
        self.reader.refused.connect(self._on_refused)
        self.reader.resting.connect(self._draw)
        self.files = FileList()
        self.files.chosen.connect(lambda _: self._show_chosen())
        self.files.ticked.connect(self._on_ticked)
        self.sheet = FileSheet(desk)
        self.sheet.changed.connect(self._draw)
        self.sheet.encodingWanted.connect(self._read_again)
        self.message = PlainLabel("", wrap=True)
        self.message.setObjectName("import.message")
        self.message.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.progress = QProgressBar()
        self.progress.setObjectName("import.progress")
        self.progress.setAccessibleName(self.tr("Reading files"))
        self.progress.setTextVisible(False)
        self.progress.setFixedWidth(160)
        self.status = PlainLabel("", "small", wrap=True)
        self.status.setObjectName("import.status")
        self.add = QPushButton(self.tr("Add files …"))
        self.add.setObjectName("import.add")
        self.add.clicked.connect(lambda: self.add_files(choose_files(self)))
        self.people = QPushButton(self.tr("Participants …"))
        self.people.setObjectName("import.participants")
        self.people.setToolTip(self.tr("Bring in a table of participants first: labels are matched with their names"))
        self.people.clicked.connect(self._bring_in_people)
        self.cancel = QPushButton(self.tr("Cancel"))
        self.cancel.setObjectName("import.cancel")
        self.cancel.clicked.connect(self.reject)
        self.bring_in = QPushButton()
        self.bring_in.setObjectName("import.bringIn")
        self.bring_in.setProperty("look", "primary")
        self.bring_in.clicked.connect(self.import_now)
        self._build()
        for button in self.findChildren(QPushButton):
            button.setAutoDefault(False)  # Enter in the field of a name must not bring everything in
        self.resize(1200, 760)
        desk.restyled.connect(self._restyle)
        self._restyle()
        self._draw()
        self._steps = self._what_is_needed()
        self._warm = QTimer(self)
        self._warm.timeout.connect(self._warm_up)
        self._warm.start(0)

    def _what_is_needed(self) -> Iterator[None]:
        """The questions that the sheet of a file asks, asked once; then the classes a change needs."""
        for question in (groups, participants):
            with self._desk.read() as session:
                question(session)
            yield
        import_module("rapidfuzz.distance")  # likely pairs of labels are asked of each file that is shown
        yield
        yield from load_stepwise()

    def _warm_up(self) -> None:
        """What the first change needs is made ready a little at a time, while one still looks at what was found."""
        if next(self._steps, self) is self:
            self._warm.stop()

    def add_files(self, paths: Sequence[Path]) -> None:
        """Read these files too; one that is here already is not read twice."""
        held = {entry.path for entry in self.entries}
        new = [path for path in dict.fromkeys(Path(one).absolute() for one in paths) if path not in held]
        self.entries += [FileEntry(path) for path in new]
        if new:
            self.reader.want(new)
        self._draw()
        if self.files.currentRow() < 0 and self.entries:
            self.files.setCurrentRow(0)

    def import_now(self) -> None:
        """Bring in every ticked file as one step of undo, say so, and close.

        File by file, with the window alive in between; cancelling takes back what has come in.
        """
        self.sheet.leave()
        coming = [entry.choices for entry in self.entries if entry.comes_in and entry.choices]
        if not coming or self.reader.busy or self._taking:
            return
        self._taking, self._stopped, self._refusal = True, False, ""
        self.bring_in.setEnabled(False)
        try:
            with self._desk.held():
                done = self._take_in(coming)
        finally:
            self._taking = False
            self._draw()
        if done is None:
            self.status.setText(self._refusal or self.tr("Cancelled. Nothing came in."))
            return
        refused = sum(entry.stage == Stage.REFUSED for entry in self.entries)
        names = wording.listed([f"“{one.name}”" for one in done]) if len(done) < 4 else wording.transcripts(len(done))
        said = self.tr("{names} came in.").format(names=names)
        if refused:
            left = (
                self.tr("1 file was refused.") if refused == 1 else self.tr("{n} files were refused.").format(n=refused)
            )
            said = f"{said} {left}"
        self._desk.say(said, with_undo=True)
        self.accept()
        self.imported.emit([one.source_id for one in done])

    def _take_in(self, coming: list[FileChoices]) -> list[Imported] | None:
        """The files one after the other, joined to one change; None if the study refused one, or it was cancelled."""
        study, made = self._desk.study, dict[tuple[str | None, str], str]()
        label = "" if len(coming) == 1 else self.tr("Import {n} transcripts").format(n=len(coming))
        done: list[Imported] = []
        for number, choices in enumerate(coming, start=1):
            with self._desk.read() as session:
                plan = choices.plan(session)
            QCoreApplication.processEvents()
            try:
                with study.change(
                    label, Verb.IMPORT if label else None, continues=self._desk.last_seq if done else None
                ) as change:
                    done += import_transcripts(change, [plan], made)
            except ReflexaError as error:
                self._refusal, self._stopped = error.sentence, True
            if label:
                self._show_taken(number, len(coming))
            if self._stopped:
                if done:
                    self._take_back()
                return None
        return done

    def _take_back(self) -> None:
        """Take back what came in before it went wrong; on a full disk even that may find no room, and is said."""
        try:
            self._desk.study.undo()
        except ReflexaError:
            left = self.tr("What came in before that stays; Undo takes it back.")
            self._refusal = f"{self._refusal} {left}".strip()

    def _show_taken(self, done: int, number: int) -> None:
        """How far it has come; and the window is asked what has happened meanwhile."""
        self.progress.setRange(0, number)
        self.progress.setValue(done)
        self.progress.show()
        self.status.setText(self.tr("{done} of {all} came in …").format(done=done, all=number))
        QCoreApplication.processEvents()

    def reject(self) -> None:
        """Cancel: the child process is ended and nothing was written anywhere."""
        if self._taking:
            self._stopped = True
            return
        self.reader.cancel()
        super().reject()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Closing is cancelling."""
        if self._taking:
            self._stopped = True
            event.ignore()
            return
        self.reader.cancel()
        super().closeEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files may be dropped anywhere."""
        if dropped_files(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """More files."""
        event.acceptProposedAction()
        self.add_files(dropped_files(event))

    # --- what comes from the reader ------------------------------------------------------------------------------

    def _set_stage(self, path: Path, stage: Stage) -> None:
        entry = self._entry(path)
        if entry is not None and entry.choices is None:
            entry.stage = stage
        self._draw()

    def _on_read(self, path: Path, draft: TranscriptDraft) -> None:
        entry = self._entry(path)
        if entry is None:
            return
        if entry.choices is not None:
            entry.choices.take(draft)
        else:
            entry.stage, entry.choices = Stage.READ, FileChoices(draft)
            entry.same_as = self._same_as(entry, draft)
            entry.ticked = not entry.same_as
        self._draw()
        if entry is self._chosen():
            self._show_chosen()

    def _on_refused(self, path: Path, sentence: str) -> None:
        entry = self._entry(path)
        if entry is None:
            return
        if entry.choices is None:
            entry.stage, entry.sentence = Stage.REFUSED, sentence
        self._draw()
        if entry is self._chosen():
            self._show_chosen()
            if entry.choices is not None:
                self.sheet.say_doubt(sentence)

    def _same_as(self, entry: FileEntry, draft: TranscriptDraft) -> str:
        with self._desk.read() as session:
            known = already_imported(session, draft.file_hash)
        if known is not None:
            return self.tr("Already in the study as “{name}”").format(name=known)
        for other in self.entries:
            if other is not entry and other.choices and other.choices.draft.file_hash == draft.file_hash:
                return self.tr("The same file as “{name}”").format(name=other.path.name)
        return ""

    def _read_again(self, encoding: str) -> None:
        entry = self._chosen()
        if entry is not None:
            self.reader.want([entry.path], encoding=encoding)
            self._draw()

    # --- drawing -------------------------------------------------------------------------------------------------

    def _entry(self, path: Path) -> FileEntry | None:
        return next((entry for entry in self.entries if entry.path == path), None)

    def _chosen(self) -> FileEntry | None:
        row = self.files.currentRow()
        return self.entries[row] if 0 <= row < len(self.entries) else None

    def _on_ticked(self, row: int, ticked: bool) -> None:
        self.entries[row].ticked = ticked
        self._draw()

    def _bring_in_people(self) -> None:
        path = choose_table(self)
        if path is not None:
            self.bring_in_people(path)

    def bring_in_people(self, path: Path) -> ParticipantsDialog:
        """Show a table of participants; who comes in is matched with the labels of all files at once."""
        dialog = ParticipantsDialog(self._desk, path, self)
        dialog.accepted.connect(self.sheet.refresh)
        dialog.open()
        return dialog

    def _draw(self) -> None:
        self.files.show_entries(self.entries)
        coming = sum(entry.comes_in for entry in self.entries)
        self.bring_in.setText(self.tr("Import {transcripts}").format(transcripts=wording.transcripts(coming)))
        self.bring_in.setEnabled(coming > 0 and not self.reader.busy and not self._desk.study.read_only)
        done = sum(entry.stage in {Stage.READ, Stage.REFUSED} for entry in self.entries)
        self.progress.setRange(0, max(1, len(self.entries)))
        self.progress.setValue(done)
        self.progress.setVisible(self.reader.busy)
        refused = sum(entry.stage == Stage.REFUSED for entry in self.entries)
        if self.reader.busy:
            said = self.tr("Reading {done} of {all} …").format(
                done=min(done + 1, len(self.entries)), all=len(self.entries)
            )
        elif refused:
            said = (
                self.tr("1 file cannot come in")
                if refused == 1
                else self.tr("{n} files cannot come in").format(n=refused)
            )
        else:
            said = ""
        self.status.setText(said)

    def _show_chosen(self) -> None:
        entry = self._chosen()
        if entry is not None and entry.choices is not None:
            self.pages.setCurrentWidget(self.sheet)
            self.sheet.show_file(entry.choices)
            return
        self.sheet.show_file(None)
        if entry is None:
            self.message.setText(self.tr("Drop transcripts here, or add files."))
        elif entry.stage == Stage.REFUSED:
            self.message.setText(entry.sentence)
        else:
            self.message.setText(self.tr("Reading “{name}” …").format(name=entry.path.name))
        self.pages.setCurrentWidget(self._page)

    def _restyle(self) -> None:
        self.files.restyle(self._desk.tokens)
        self.sheet.restyle()

    def _build(self) -> None:
        side = QWidget()
        side.setFixedWidth(280)
        column = QVBoxLayout(side)
        column.setContentsMargins(8, 16, 8, 16)
        column.setSpacing(8)
        heading = SectionLabel(self.tr("Files"))
        heading.setContentsMargins(8, 0, 0, 0)
        column.addWidget(heading)
        column.addWidget(self.files, 1)
        row = QHBoxLayout()
        row.setContentsMargins(8, 0, 8, 0)
        row.addWidget(self.add)
        row.addWidget(self.people)
        row.addStretch(1)
        column.addLayout(row)
        self._page = QWidget()
        self._page.setProperty("look", "paper")
        middle = QVBoxLayout(self._page)
        middle.setContentsMargins(96, 0, 96, 0)
        middle.addWidget(self.message)
        self.pages = QStackedWidget()
        self.pages.addWidget(self._page)
        self.pages.addWidget(self.sheet)
        body = QHBoxLayout()
        body.setSpacing(0)
        body.addWidget(side)
        body.addWidget(self.pages, 1)
        foot = QHBoxLayout()
        foot.setContentsMargins(16, 8, 16, 8)
        foot.setSpacing(8)
        foot.addWidget(self.progress)
        foot.addWidget(self.status, 1)
        foot.addWidget(self.cancel)
        foot.addWidget(self.bring_in)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(body, 1)
        layout.addWidget(Line())
        layout.addLayout(foot)
