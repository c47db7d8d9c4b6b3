"""Replacing a transcript by a corrected file: where its excerpts are in it, decided before anything is written."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QTextCursor
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QHBoxLayout,
    QListView,
    QPlainTextEdit,
    QProgressBar,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from app.analysis.correcting import anchors, hanging_on
from app.analysis.reanchoring import Finding, Reanchoring
from app.analysis.transcripts import transcript
from app.importers import TranscriptDraft
from app.operations.replacing import replace_transcript
from app.ui.correcting.finding import Finder
from app.ui.correcting.found_model import FoundModel, rows_of
from app.ui.desk import Desk
from app.ui.importing.reader import Reader
from app.ui.transcript.offsets import OffsetMap
from app.ui.widgets.buttons import Button
from app.ui.widgets.labels import Line, PlainLabel, SectionLabel


class ReplacingDialog(QDialog):
    """One replacement. `replaced` says whether it was done."""

    def __init__(self, desk: Desk, source_id: str, path: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("replacingDialog")
        self.setModal(True)
        self._desk, self._source_id, self._path = desk, source_id, path
        with desk.read() as session:
            script = transcript(session, source_id)
            self._anchors = anchors(session, source_id)
        self._before = script.text if script is not None else ""
        self._name = script.name if script is not None else ""
        self.setWindowTitle(self.tr("Replace “{name}” by a corrected file").format(name=self._name))
        self._draft: TranscriptDraft | None = None
        self._found: Reanchoring | None = None
        self._offsets = OffsetMap("")
        self.model = FoundModel()
        self.reader, self.finder = Reader(self), Finder(self)
        self._build()
        self.reader.read.connect(lambda _, draft: self._search(draft))
        self.reader.refused.connect(lambda _, sentence: self._stop(sentence))
        self.finder.progress.connect(self.progress.setValue)
        self.finder.found.connect(self._show_found)
        self.finder.failed.connect(lambda: self._stop(self.tr("The two texts could not be compared.")))
        self.model.dataChanged.connect(lambda *_: self._show_state())
        self.told.setText(self.tr("Reading “{file}” …").format(file=path.name))
        self._show_state()
        self.resize(1080, 720)
        self.reader.want([path])

    def looking_at(self) -> list[tuple[str, str]]:
        """The transcript that is replaced."""
        return [("source", self._source_id)]

    def replace_now(self) -> None:
        """Replace, as one change."""
        if self._draft is None or self._found is None:
            return
        QGuiApplication.setOverrideCursor(Qt.CursorShape.WaitCursor)
        try:
            done = self._desk.run(
                replace_transcript,
                self._source_id,
                self._draft,
                self._found.splice,
                self.model.placed(),
                keep_lost=self.keep.isChecked(),
            )
        finally:
            QGuiApplication.restoreOverrideCursor()
        if done is None:
            self.told.setText(self.tr("The study did not take this file; nothing was changed."))
            return
        self.accept()
        sentence = self.tr("“{name}” was replaced by “{file}”.").format(name=self._name, file=self._path.name)
        self._desk.say(sentence, with_undo=True)

    def put_here(self) -> None:
        """The excerpt chosen is where words are selected."""
        row, cursor = self.list.currentIndex().row(), self.text.textCursor()
        if row < 0 or self._found is None:
            return
        start = self._offsets.from_qt(cursor.selectionStart())
        end = self._offsets.from_qt(cursor.selectionEnd())
        words = self._found.after[start:end]
        start += len(words) - len(words.lstrip())
        end -= len(words) - len(words.rstrip())
        if start >= end:
            self.hint.setText(self.tr("Select the words in the corrected text first."))
            return
        self.model.put(row, start, end)
        self.hint.setText("")

    def done(self, result: int) -> None:
        """Whatever still runs ends with the dialog."""
        self.reader.cancel()
        self.finder.cancel()
        super().done(result)

    # --- what happens meanwhile ------------------------------------------------------------------------------------

    def _search(self, draft: TranscriptDraft) -> None:
        self._draft = draft
        self.told.setText(self.tr("Looking for the excerpts …"))
        self.progress.setRange(0, max(1, len(self._anchors)))
        self.finder.start(self._before, draft.text, self._anchors)

    def _stop(self, sentence: str) -> None:
        self.progress.hide()
        self.told.setText(sentence)

    def _show_found(self, found: Reanchoring) -> None:
        self._found = found
        self.progress.hide()
        with self._desk.read() as session:
            held = hanging_on(session, list(rows_of(found)))
        self.model.show_found(found, held)
        self.text.setPlainText(found.after)
        self._offsets = OffsetMap(found.after)
        counts = [len(found.of(finding)) for finding in (Finding.EXACT, Finding.NEAR, Finding.LOST)]
        said = self.tr("Excerpts found exactly: {exact}. Found with other words: {near}. Not found: {lost}.")
        self.told.setText(said.format(exact=counts[0], near=counts[1], lost=counts[2]))
        if not found.splice.edits:
            self.told.setText(self.tr("The words of this file are those of the transcript."))
        self.warnings.setText("\n".join(self._draft.warnings) if self._draft is not None else "")
        self.warnings.setVisible(bool(self.warnings.text()))
        self.split.setVisible(True)
        if self.model.rowCount():
            self.list.setCurrentIndex(self.model.index(0))
            self.list.setFocus()
        self._show_state()

    def _show_row(self) -> None:
        row = self.list.currentIndex().row()
        if row < 0 or self._found is None:
            return
        near = self.model.near(row)
        start, end = self.model.place(row) or (near, near)
        cursor = self.text.textCursor()
        cursor.setPosition(self._offsets.to_qt(start))
        cursor.setPosition(self._offsets.to_qt(end), QTextCursor.MoveMode.KeepAnchor)
        self.text.setTextCursor(cursor)
        self.text.centerCursor()

    def _show_state(self) -> None:
        going = self.model.going()
        self.replace.setEnabled(self._found is not None)
        self.keep.setVisible(bool(going))
        self.replace.setText(
            self.tr("Replace")
            if not going
            else self.tr("Replace; 1 excerpt goes")
            if going == 1
            else self.tr("Replace; {number} excerpts go").format(number=going)
        )

    # --- parts -----------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        self.told = PlainLabel("", "strong", wrap=True)
        self.told.setObjectName("replacing.told")
        self.warnings = PlainLabel("", "warn", wrap=True)
        self.warnings.hide()
        self.progress = QProgressBar()
        self.progress.setObjectName("replacing.progress")
        self.progress.setAccessibleName(self.tr("How many excerpts were looked for"))
        self.progress.setRange(0, 0)
        self.progress.setTextVisible(False)
        self.list = QListView()
        self.list.setObjectName("replacing.excerpts")
        self.list.setAccessibleName(self.tr("Excerpts with other words; ticked ones stay"))
        self.list.setWordWrap(True)
        self.list.setSpacing(4)
        self.list.setModel(self.model)
        self.list.selectionModel().currentChanged.connect(lambda *_: self._show_row())
        self.text = QPlainTextEdit()
        self.text.setObjectName("replacing.text")
        self.text.setAccessibleName(self.tr("The corrected text"))
        self.text.setReadOnly(True)
        self.text.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.put = Button("replacing.put", self.tr("The excerpt is the selected words"), self.put_here)
        self.hint = PlainLabel("", "warn", wrap=True)
        self.keep = QCheckBox(self.tr("Keep what goes (words, codes, memos) as a memo on the transcript"))
        self.keep.setObjectName("replacing.keep")
        self.keep.setChecked(True)
        self.split = QSplitter(Qt.Orientation.Horizontal)
        self.split.setChildrenCollapsible(False)
        self.split.addWidget(self._column(self.tr("Excerpts with other words"), (0, 8), self.list))
        self.split.addWidget(self._column(self.tr("The corrected text"), (8, 0), self.text, self.put, self.hint))
        self.split.setVisible(False)
        foot = QHBoxLayout()
        foot.addWidget(self.keep, 1)
        foot.addStretch(1)
        self.replace = Button("replacing.replace", self.tr("Replace"), self.replace_now)
        self.replace.setProperty("look", "primary")
        foot.addWidget(Button("replacing.cancel", self.tr("Cancel"), self.reject))
        foot.addWidget(self.replace)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(8)
        for part in (self.told, self.warnings, self.progress):
            column.addWidget(part)
        column.addWidget(self.split, 1)
        column.addStretch(0)
        column.addWidget(Line())
        column.addLayout(foot)

    def _column(self, title: str, beside: tuple[int, int], *parts: QWidget) -> QWidget:
        side = QWidget()
        column = QVBoxLayout(side)
        column.setContentsMargins(beside[0], 8, beside[1], 0)
        column.setSpacing(8)
        column.addWidget(SectionLabel(title))
        for number, part in enumerate(parts):
            column.addWidget(part, 0 if number else 1)
        return side
