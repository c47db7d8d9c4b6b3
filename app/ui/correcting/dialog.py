"""Correcting a transcript: a page to write on, and what it would do to the excerpts before anything is written.

It stands over the window while it is open, so that nothing else changes the study in the meantime, and leaves one
change behind.
"""

from __future__ import annotations

from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from app.analysis.codes import code_rows, codings_of_source
from app.analysis.correcting import consequences
from app.analysis.transcripts import Transcript, transcript
from app.errors import NotPossible
from app.models.splice import Splice
from app.operations.correcting import correct_transcript, fit
from app.ui.code.marks import coding_mark, turn_marks
from app.ui.correcting.concerned_list import ConcernedList
from app.ui.correcting.editor import CorrectingEditor, find_in
from app.ui.correcting.wording import outcome
from app.ui.desk import Desk
from app.ui.transcript.colours import reading_colours
from app.ui.transcript.setting import Setting
from app.ui.transcripts.confirm_bar import ConfirmBar
from app.ui.widgets.buttons import Button
from app.ui.widgets.labels import Line, PlainLabel


class CorrectingDialog(QDialog):
    """One correction of one transcript; `place` is where it begins to be read."""

    def __init__(self, desk: Desk, source_id: str, place: int = 0, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("correctingDialog")
        self.setModal(True)
        self._desk, self._source_id = desk, source_id
        with desk.read() as session:
            script = transcript(session, source_id)
            codes = {row.id: row for row in code_rows(session)}
            rows = codings_of_source(session, source_id)
        self.script = script or Transcript(source_id, "", "", "", "auto", ())
        self.setWindowTitle(self.tr("Correct “{name}”").format(name=self.script.name))
        self.editor = CorrectingEditor()
        self.refusal = PlainLabel("", "warn", wrap=True)
        self.refusal.setObjectName("correcting.refusal")
        self.places = PlainLabel("", "quiet")
        self.places.setObjectName("correcting.places")
        self.codes = PlainLabel("", "quiet")
        self.codes.setObjectName("correcting.codes")
        self.confirm = ConfirmBar()
        self.list = ConcernedList()
        self.told = PlainLabel("", "strong", wrap=True)
        self._made = Splice(())
        self._build()
        reading = desk.settings.reading
        self.editor.set_reading(Setting(reading.family, reading.points, reading.measure, reading.spacing))
        marks = [coding_mark(row, codes, self.tr("no code yet")) for row in rows]
        colours = reading_colours(desk.tokens.dark, desk.tokens.strong)
        self.editor.set_transcript(self.script.text, turn_marks(self.script), marks, colours)
        self.editor.placesChanged.connect(self._show_places)
        self.editor.cursorPositionChanged.connect(self._show_caret)
        self.editor.refused.connect(self._say_refused)
        self._go_to(place)
        self._show_places()
        self._show_caret()
        self.resize(self.editor.maximumWidth() + 48, 760)
        self.editor.setFocus()

    def looking_at(self) -> list[tuple[str, str]]:
        """The transcript that is corrected."""
        return [("source", self._source_id)]

    def done_with_words(self) -> None:
        """Correct, after showing what would be lost if there is anything."""
        splice = self._splice()
        if splice is None:
            return
        if not splice.edits:
            self.accept()
            return
        with self._desk.read() as session:
            found = consequences(session, self._source_id, splice)
        if not found.concerned:
            self._correct(splice)
            return
        self._made = splice
        self.told.setText(outcome(found))
        self.list.show_concerned(found.concerned)
        self.pages.setCurrentIndex(1)
        self.back.setFocus()

    def go_back(self) -> None:
        """Back to the words; nothing was written."""
        self.pages.setCurrentIndex(0)
        self.editor.setFocus()

    def reject(self) -> None:
        """Leave; what was changed on the page is asked about first."""
        if self.pages.currentIndex() == 1:
            self.go_back()
        elif self.editor.places() and not self.confirm.isVisible():
            sentence = self.tr("Leave the transcript as it was? What you changed here is not kept.")
            self.confirm.ask(sentence, self.tr("Leave it as it was"), super().reject)
        elif self.confirm.isVisible():
            self.confirm.dismiss()
        else:
            super().reject()

    def closeEvent(self, event: QCloseEvent) -> None:
        """The corner of the window is one more way to leave."""
        event.ignore()
        self.reject()

    def replace_here(self) -> None:
        """Let the words found give way to the other ones, and find the next."""
        cursor = self.editor.textCursor()
        if cursor.selectedText().casefold() == self.sought.text().casefold() and self.sought.text():
            self.editor.put_in(self.instead.text())
        self.find_next()

    def find_next(self) -> None:
        """Go to the next place where the words stand."""
        if self.sought.text() and not find_in(self.editor, self.sought.text()):
            self.refusal.setText(self.tr("“{words}” is not in this transcript.").format(words=self.sought.text()))

    def _splice(self) -> Splice | None:
        try:
            return fit(self.editor.splice())
        except NotPossible as error:
            self.refusal.setText(error.sentence)
            return None

    def _correct(self, splice: Splice) -> None:
        corrected = self._desk.run(correct_transcript, self._source_id, splice)
        if corrected is None:
            self.refusal.setText(self.tr("The study did not take this; nothing was changed."))
            self.go_back()
            return
        self.accept()
        sentence = self.tr("“{name}” was corrected.").format(name=self.script.name)
        self._desk.say(sentence, with_undo=True)

    def _go_to(self, place: int) -> None:
        cursor = self.editor.textCursor()
        cursor.setPosition(self.editor.to_qt(min(max(place, 0), len(self.script.text))))
        self.editor.setTextCursor(cursor)
        self.editor.centerCursor()

    def _show_places(self) -> None:
        number = self.editor.places()
        self.places.setText(
            self.tr("Nothing changed yet")
            if not number
            else self.tr("1 place changed")
            if number == 1
            else self.tr("{number} places changed").format(number=number)
        )
        self.refusal.setText("")
        self.correct.setEnabled(bool(number))

    def _show_caret(self) -> None:
        names = self.editor.codes_at_caret()
        self.codes.setText(self.tr("Coded here: {names}").format(names=", ".join(names)) if names else "")
        self.refusal.setText("")

    def _say_refused(self) -> None:
        self.refusal.setText(
            self.tr("Names and times are not words: who speaks is changed with “This turn is by …”, not here.")
        )

    def _build(self) -> None:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(8)
        said = self.tr("You are correcting the words of “{name}”.").format(name=self.script.name)
        column.addWidget(PlainLabel(said, "strong", wrap=True))
        more = self.tr("Excerpts, codes and memos move with the words. Names and times stay as they are.")
        column.addWidget(PlainLabel(more, "quiet", wrap=True))
        column.addLayout(self._finding())
        middle = QHBoxLayout()
        for part, stretch in ((None, 1), (self.editor, 100), (None, 1)):
            middle.addStretch(stretch) if part is None else middle.addWidget(part, stretch)
        column.addLayout(middle, 1)
        column.addWidget(self.refusal)
        column.addWidget(self.confirm)
        column.addWidget(Line())
        foot = QHBoxLayout()
        foot.addWidget(self.places)
        foot.addSpacing(16)
        foot.addWidget(self.codes, 1)
        leave = Button("correcting.leave", self.tr("Leave"), self.reject)
        self.correct = Button("correcting.correct", self.tr("Correct"), self.done_with_words, look="primary")
        self.correct.setShortcut("Ctrl+Return")
        foot.addWidget(leave)
        foot.addWidget(self.correct)
        column.addLayout(foot)
        self.pages = QStackedWidget()
        self.pages.addWidget(page)
        self.pages.addWidget(self._review())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.pages)

    def _finding(self) -> QHBoxLayout:
        self.sought, self.instead = QLineEdit(), QLineEdit()
        for field, name, said in (
            (self.sought, "correcting.find", self.tr("Find")),
            (self.instead, "correcting.instead", self.tr("Replace by")),
        ):
            field.setObjectName(name)
            field.setAccessibleName(said)
            field.setPlaceholderText(said + " …")
            field.setMaximumWidth(240)
        self.sought.returnPressed.connect(self.find_next)
        self.instead.returnPressed.connect(self.replace_here)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.sought)
        row.addWidget(Button("correcting.next", self.tr("Next"), self.find_next))
        row.addSpacing(8)
        row.addWidget(self.instead)
        row.addWidget(Button("correcting.replace", self.tr("Replace"), self.replace_here))
        row.addStretch(1)
        return row

    def _review(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(8)
        column.addWidget(self.told)
        column.addWidget(self.list, 1)
        column.addWidget(Line())
        foot = QHBoxLayout()
        foot.addStretch(1)
        self.back = Button("correcting.back", self.tr("Back to the words"), self.go_back)
        yes = Button("correcting.yes", self.tr("Correct all the same"), lambda: self._correct(self._made))
        yes.setProperty("look", "primary")
        foot.addWidget(self.back)
        foot.addWidget(yes)
        column.addLayout(foot)
        return page
