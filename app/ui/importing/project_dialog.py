"""Bringing a project of another program in: what it holds, how it was read, and what has no place in a study."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QListWidget,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.errors import ReflexaError
from app.importers.project import Loss, ProjectDraft
from app.importers.projects import READERS
from app.models import load_stepwise
from app.operations.bringing_project import ProjectBringing
from app.operations.brought import ProjectIn
from app.ui.desk import Desk
from app.ui.importing.reader import Reader
from app.ui.widgets.labels import PlainLabel, SectionLabel


def ask_for_project(desk: Desk, parent: QWidget) -> ProjectDialog | None:
    """Ask for a file, and show what is in it; None if none was chosen."""
    endings = " ".join(f"*{ending}" for ending in READERS)
    said = _tr("Projects of other programs ({endings});;All files (*)").format(endings=endings)
    path, _ = QFileDialog.getOpenFileName(parent, _tr("Bring in a project"), "", said)
    if not path:
        return None
    dialog = ProjectDialog(desk, Path(path), parent)
    dialog.open()
    return dialog


class ProjectDialog(QDialog):
    """Reads in a process of its own, shows what it found, and takes it in as one change that Undo takes back."""

    def __init__(self, desk: Desk, path: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("projectDialog")
        self.setWindowTitle(self.tr("Bring in a project"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(680, 560)
        self._desk, self._path = desk, path
        self._taking = self._stopped = False
        self._refusal = ""
        self.draft: ProjectDraft | None = None
        self.head = PlainLabel(path.name, "title", wrap=True)
        self.said = PlainLabel(self.tr("Reading …"), wrap=True)
        self.said.setObjectName("projectDialog.said")
        self.reading = PlainLabel("", "small", wrap=True)
        self.reading.setObjectName("projectDialog.reading")
        self.waiting = QProgressBar()
        self.waiting.setRange(0, 0)
        self.waiting.setTextVisible(False)
        self.losses_head = SectionLabel(self.tr("What is not taken over"))
        self.losses = QListWidget()
        self.losses.setObjectName("projectDialog.losses")
        self.losses.setAccessibleName(self.tr("What is not taken over"))
        self.losses.setWordWrap(True)
        self.losses.setLayoutMode(QListWidget.LayoutMode.Batched)  # there may be thousands
        self.losses.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.copy = self._button("copy", self.tr("Copy this report"), self._copy)
        self.take = self._button("take", self.tr("Bring it in"), self.bring)
        self.take.setProperty("look", "primary")
        self.take.setDefault(True)
        self.shut = self._button("close", self.tr("Cancel"), self.reject)
        self._build()
        self._show_losses(())
        self.take.setEnabled(False)
        self.reader = Reader(self)
        self.reader.read.connect(self._on_read)
        self.reader.refused.connect(self._on_refused)
        self.reader.want([path], project=True)
        self._steps = load_stepwise()
        self._warm = QTimer(self)
        self._warm.timeout.connect(self._warm_up)
        self._warm.start(0)

    def _warm_up(self) -> None:
        """The classes that a change needs are made ready a little at a time, while the project is read."""
        if next(self._steps, self) is self:
            self._warm.stop()

    def bring(self) -> None:
        """Take the project in piece by piece, as one step of undo; the window answers in between, also to Cancel."""
        if self.draft is None or self._taking:
            return
        self._taking, self._stopped, self._refusal = True, False, ""
        self.take.setEnabled(False)
        bringing = ProjectBringing(self.draft)
        self.waiting.setRange(0, bringing.length)
        self.waiting.setAccessibleName(self.tr("How much of it has come in"))
        self.waiting.show()
        try:
            with self._desk.held():
                done = self._take_in(bringing)
        finally:
            self._taking = False
            self.waiting.hide()
        if done is None:
            self.said.setText(self._refusal or self.tr("Cancelled. Nothing came in."))
            self.take.setEnabled(True)
            return
        self.said.setText(done.sentence)
        self._show_losses(done.losses)
        self.take.hide()
        self.shut.setText(self.tr("Close"))
        self.shut.setFocus()
        self._desk.say(done.sentence, with_undo=done.anything)

    def _take_in(self, bringing: ProjectBringing) -> ProjectIn | None:
        """All pieces, joined to one change; None if the study refused one, or it was cancelled."""
        study, seq, more = self._desk.study, None, True
        while more:
            before = self._desk.last_seq
            try:
                with study.change(continues=seq) as session:
                    more = bringing.go_on(session)
            except ReflexaError as error:
                self._refusal, self._stopped = error.sentence, True
            seq = self._desk.last_seq if self._desk.last_seq != before else seq
            self.waiting.setValue(min(self.waiting.value() + 1, self.waiting.maximum()))
            QCoreApplication.processEvents()
            if self._stopped:
                if seq is not None:
                    self.said.setText(self.tr("Taking back what came in …"))
                    self.said.repaint()
                    self._take_back()
                return None
        return bringing.outcome()

    def _take_back(self) -> None:
        """Take back what came in before it went wrong; on a full disk even that may find no room, and is said."""
        try:
            self._desk.study.undo()
        except ReflexaError:
            left = self.tr("What came in before that stays; Undo takes it back.")
            self._refusal = f"{self._refusal} {left}".strip()

    def done(self, result: int) -> None:
        """Closing ends the reading, and takes back what has come in so far."""
        if self._taking:
            self._stopped = True
            return
        self.reader.cancel()
        super().done(result)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Closing ends the reading, and takes back what has come in so far."""
        if self._taking:
            self._stopped = True
            event.ignore()
            return
        self.reader.cancel()
        super().closeEvent(event)

    def _on_read(self, _: object, draft: ProjectDraft) -> None:
        self.draft = draft
        self.waiting.hide()
        self.head.setText(draft.name or self._path.name)
        counted = (
            (len(draft.sources), self.tr("1 transcript"), self.tr("{n} transcripts")),
            (len(draft.codes), self.tr("1 code"), self.tr("{n} codes")),
            (len(draft.themes), self.tr("1 theme"), self.tr("{n} themes")),
            (len(draft.selections), self.tr("1 marked passage"), self.tr("{n} marked passages")),
            (len(draft.cases), self.tr("1 case (a person, mostly)"), self.tr("{n} cases (people, mostly)")),
            (len(draft.notes), self.tr("1 note"), self.tr("{n} notes")),
            (len(draft.sets), self.tr("1 set"), self.tr("{n} sets")),
        )
        parts = [one if number == 1 else many.format(n=number) for number, one, many in counted if number]
        parts = parts or [self.tr("nothing")]
        written = self.tr("Written by {origin}. ").format(origin=draft.origin) if draft.origin else ""
        self.said.setText(written + self.tr("It holds {what}.").format(what=", ".join(parts)))
        self.reading.setText(draft.reading)
        self._show_losses(draft.losses)
        self.take.setEnabled(not self._desk.study.read_only)
        self.take.setFocus()

    def _on_refused(self, _: object, sentence: str) -> None:
        self.waiting.hide()
        self.said.setText(sentence)
        self.take.hide()
        self.shut.setText(self.tr("Close"))

    def _show_losses(self, losses: tuple[Loss, ...]) -> None:
        self.losses.clear()
        self.losses.addItems([loss.sentence for loss in losses])
        for part in (self.losses_head, self.losses, self.copy):
            part.setVisible(bool(losses))

    def _copy(self) -> None:
        lines = [self.head.text(), self.said.text(), self.reading.text()]
        lines += [self.losses.item(row).text() for row in range(self.losses.count())]
        QGuiApplication.clipboard().setText("\n".join(line for line in lines if line))

    def _button(self, name: str, text: str, run: object) -> QPushButton:
        button = QPushButton(text)
        button.setObjectName(f"projectDialog.{name}")
        button.setAutoDefault(False)
        button.clicked.connect(run)
        return button

    def _build(self) -> None:
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.copy)
        foot.addStretch(1)
        foot.addWidget(self.shut)
        foot.addWidget(self.take)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 16)
        layout.setSpacing(10)
        for part in (self.head, self.said, self.reading, self.waiting, self.losses_head):
            layout.addWidget(part)
        layout.addWidget(self.losses, 1)
        layout.addStretch(0)
        layout.addLayout(foot)


def _tr(text: str) -> str:
    return QCoreApplication.translate("ProjectDialog", text)
