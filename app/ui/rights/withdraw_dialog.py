"""Withdrawing a participant: one dialog with all that is touched on the left and the decision on the right."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QProgressBar,
    QRadioButton,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.analysis.rights.held import Held, Why
from app.analysis.rights.withdrawal import How, Withdrawal, begin
from app.errors import ReflexaError
from app.exporters.whole_file import write_whole
from app.operations.rights.rewording import Decision, Deed
from app.operations.rights.withdrawing import SOMEBODY, Certificate, withdraw
from app.purging import LIMITS
from app.ui.desk import Desk
from app.ui.rights.found_text import FoundText
from app.ui.rights.looking import Looker
from app.ui.rights.purge import purge
from app.ui.rights.touched_tree import Row, TouchedTree
from app.ui.widgets.buttons import Button
from app.ui.widgets.labels import Line, PlainLabel, SectionLabel


class WithdrawDialog(QDialog):
    """One withdrawal. Nothing is written before the button at its foot."""

    def __init__(self, desk: Desk, participant_id: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("withdrawDialog")
        self.setModal(True)
        self._desk, self._participant_id = desk, participant_id
        self._plan: Withdrawal | None = None
        self._changed = False
        """Whether the study was found changed since the last look."""
        self._row: Row | None = None
        self.looker = Looker(self)
        self.looker.progress.connect(self._show_progress)
        self.looker.found.connect(self._show_plan)
        self.looker.failed.connect(self._stop_looking)
        self._build()
        room = parent.window().size() if parent is not None else QSize(1080, 720)
        self.resize(min(1080, room.width() - 32), min(720, room.height() - 32))
        self.look()

    def look(self) -> None:
        """Work out what would be touched: what takes long is done beside the window, and can be cancelled."""
        names = [one.strip() for one in self.names.text().split(",")]
        self._keep_decision()
        self._plan = self._row = None
        self.tree.setEnabled(False)
        self.told.setText(self.tr("Looking through the study …"))
        self.names.setEnabled(self.how() != How.NO_QUOTING)
        self.sure.setVisible(self.how() != How.NO_QUOTING)
        self._enable()
        QGuiApplication.setOverrideCursor(Qt.CursorShape.WaitCursor)
        try:
            with self._desk.read() as session:
                begun = begin(session, self._participant_id, self.how(), names)
            if begun is not None:
                self.setWindowTitle(self.tr("Withdraw “{name}” from the study").format(name=begun.plan.pseudonym))
                self.looker.start(begun)
        finally:
            QGuiApplication.restoreOverrideCursor()

    def _show_progress(self, done: float) -> None:
        self.progress.setValue(round(done * 100))
        self.progress.show()
        self.split.hide()

    def _show_plan(self, plan: Withdrawal) -> None:
        self._plan = plan
        self.progress.hide()
        self.tree.setEnabled(True)
        self._show_row(None, "")
        self.tree.show_plan(plan)
        nothing = self.tree.topLevelItemCount() == 0
        self.told.setText(
            self.tr("Their words stay in the analysis and leave in no output. Nothing is deleted.")
            if self.how() == How.NO_QUOTING
            else self.tr("Nothing of theirs is found in the study.")
            if nothing
            else self.tr("Look through it, and decide where their words or name stand in your own writing.")
        )
        if self._changed:
            self._changed = False
            self.told.setText(self.tr("The study was changed in the meantime, so nobody was withdrawn. Look again."))
        self.split.setVisible(not nothing)
        self._enable()

    def _stop_looking(self) -> None:
        self.progress.hide()
        self.told.setText(self.tr("The study could not be looked through, so nobody can be withdrawn. Verify it."))

    def done(self, result: int) -> None:
        """A look that still goes on ends with the dialog."""
        self.looker.cancel()
        super().done(result)

    def how(self) -> How:
        """The way that is chosen."""
        return next(how for how, box in self.ways.items() if box.isChecked())

    def withdraw_now(self) -> None:
        """Do it, purge, and show the certificate."""
        if self._plan is None or self._desk.study.read_only:
            return
        self._keep_decision()
        QGuiApplication.setOverrideCursor(Qt.CursorShape.WaitCursor)
        try:
            done = self._desk.run(withdraw, self._plan, dict(self.tree.decisions))
        finally:
            QGuiApplication.restoreOverrideCursor()
        if done is None:
            self._changed = True
            self.look()
            return
        sentence, backups = "", 0
        if self._plan.how != How.NO_QUOTING:
            self.pages.setCurrentIndex(1)
            sentence, backups = purge(self._desk, self.certificate.setPlainText)
        self._show_certificate(done, sentence, backups)

    def save_certificate(self) -> None:
        """Save what was done, which names nobody."""
        proposed = str(self._desk.study.path.with_name("withdrawal.txt"))
        path, _ = QFileDialog.getSaveFileName(self, self.tr("Save the certificate"), proposed, "*.txt")
        if path:
            try:
                write_whole(Path(path), self.certificate.toPlainText().encode(), force=True)
            except ReflexaError as error:
                self._desk.say(error.sentence)

    # --- one row ----------------------------------------------------------------------------------------------------

    def _show_row(self, row: Row | None, told: str) -> None:
        self._keep_decision()
        self._row = row
        self.decide.setVisible(row is not None)
        self.why.setVisible(row is not None)
        if row is None:
            self.about.setText(told)
            self.before.show_found(told)
            self.before.setVisible(bool(told))
            self.now.setVisible(bool(told))
            return
        self.before.show()
        self.now.show()
        decision = self.tree.decision(row)
        if isinstance(row, Held):
            title, proposed = row.place.title, row.proposed
            self.before.show_found(row.place.text, row.spans, row.maybe)
        else:
            title, proposed, start = row.title, SOMEBODY, 2 + len(row.before)
            before = f"… {row.before}{row.found}{row.after} …"
            self.before.show_found(before, [(start, start + len(row.found))])
        self.about.setText(title)
        self.why.setText(self._found(row))
        self.text.setPlainText(proposed if decision.text is None else decision.text)
        self.deeds[decision.deed].setChecked(True)
        self.text.setEnabled(decision.deed == Deed.CHANGE)

    def _found(self, row: Row) -> str:
        """How a row came to be in the list."""
        if not isinstance(row, Held):
            return self.tr("Their name: {how}").format(how=self.tr(row.likeness.value))
        told = {
            Why.WORDS: self.tr("Their words, as they said them."),
            Why.NEARLY: self.tr("Nearly their words."),
            Why.NAME: self.tr("Their name."),
            Why.NOTE: self.tr("A note about them."),
            Why.MAYBE_NAME: self.tr("Something like their name, another word, or somebody else of that name."),
            Why.PHRASE: self.tr("They said this, but in words that others use as well."),
            Why.WORD: self.tr("Common words that nobody else says. They are probably your own."),
        }[row.why]
        maybe = ", ".join(f"‘{row.place.text[start:end]}’" for start, end in row.maybe)
        return told if row.doubtful or not maybe else f"{told} {self.tr('Look also at')} {maybe}."

    def _keep_decision(self) -> None:
        if self._row is None:
            return
        deed = next((deed for deed, box in self.deeds.items() if box.isChecked()), Deed.CHANGE)
        proposed = self._row.proposed if isinstance(self._row, Held) else SOMEBODY
        text = self.text.toPlainText()
        wanted = Decision(deed, text if deed == Deed.CHANGE and text != proposed else None)
        if wanted != self.tree.decision(self._row):
            self.tree.decide(self._row, wanted)

    def _decide(self) -> None:
        self._keep_decision()
        self.text.setEnabled(self.deeds[Deed.CHANGE].isChecked())

    def _decide_all(self, deed: Deed) -> None:
        if self._row is not None:
            row, self._row = self._row, None
            self.tree.decide_all_like(row, deed)
            self._show_row(row, "")

    def _enable(self) -> None:
        may = not self._desk.study.read_only and self._plan is not None
        self.go.setEnabled(may and (self.how() == How.NO_QUOTING or self.sure.isChecked()))
        self.go.setText(
            self.tr("Allow no more quoting") if self.how() == How.NO_QUOTING else self.tr("Withdraw for good")
        )

    def _show_certificate(self, done: Certificate, sentence: str, backups: int) -> None:
        lines = [
            self.tr("Certificate of withdrawal"),
            f"{datetime.now().astimezone():%Y-%m-%d %H:%M}",
            "",
            self.tr("Way: {how}").format(how=self.ways[self.how()].text()),
        ]
        lines += [f"{told}: {number}" for told, number in self._counts(done, backups) if number]
        if sentence:
            lines += ["", sentence]
        lines += ["", *LIMITS]
        self.certificate.setPlainText("\n".join(lines))
        self.pages.setCurrentIndex(1)
        self.foot.setCurrentIndex(1)
        self.close_button.setFocus()

    def _counts(self, done: Certificate, backups: int) -> list[tuple[str, int]]:
        return [
            (self.tr("Turns removed"), done.turns),
            (self.tr("Excerpts dropped"), done.excerpts_dropped),
            (self.tr("Excerpts cut, split or with a gap"), done.excerpts_cut),
            (self.tr("Places with other words"), done.places_changed),
            (self.tr("Places deleted"), done.places_deleted),
            (self.tr("Places left as they are"), done.places_left),
            (self.tr("Mentions replaced"), done.mentions_replaced),
            (self.tr("Mentions left"), done.mentions_left),
            (self.tr("Kept original files deleted"), done.originals),
            (self.tr("Backups deleted"), backups),
            (self.tr("Outputs with their words that had left before"), done.outputs),
        ]

    # --- parts -----------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        ways = {
            How.NO_QUOTING: self.tr("No more quoting"),
            How.OWN_TURNS: self.tr("Remove their own turns"),
            How.MENTIONS: self.tr("Remove their turns, and deal with mentions by others"),
        }
        self.ways = {how: self._radio(text, f"withdraw.{how.value}") for how, text in ways.items()}
        self.ways[How.OWN_TURNS].setChecked(True)
        group = QButtonGroup(self)
        way_row = QHBoxLayout()
        way_row.setSpacing(24)
        for box in self.ways.values():
            group.addButton(box)
            way_row.addWidget(box)
            box.toggled.connect(lambda on: self.look() if on else None)
        way_row.addStretch(1)
        self.names = QLineEdit()
        self.names.setObjectName("withdraw.names")
        self.names.setAccessibleName(self.tr("Further names by which they are spoken of"))
        self.names.setPlaceholderText(self.tr("Further names by which they are spoken of, with commas between"))
        self.names.editingFinished.connect(self._names_edited)
        self._looked_for = ""
        self.told = PlainLabel("", wrap=True)
        self.progress = QProgressBar()
        self.progress.setObjectName("withdraw.progress")
        self.progress.setAccessibleName(self.tr("How much of the study was looked through"))
        self.progress.setTextVisible(False)
        self.progress.hide()
        self.tree = TouchedTree()
        self.tree.chosen.connect(self._show_row)
        self.split = QSplitter(Qt.Orientation.Horizontal)
        self.split.setChildrenCollapsible(False)
        self.split.addWidget(self.tree)
        self.split.addWidget(self._right())
        self.split.setSizes([640, 400])
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(way_row)
        column.addWidget(self.names)
        column.addWidget(self.told)
        column.addWidget(self.progress)
        column.addWidget(self.split, 1)
        column.addStretch(0)
        self.certificate = QPlainTextEdit()
        self.certificate.setObjectName("withdraw.certificate")
        self.certificate.setAccessibleName(self.tr("Certificate of withdrawal"))
        self.certificate.setReadOnly(True)
        self.pages = QStackedWidget()
        self.pages.addWidget(body)
        self.pages.addWidget(self.certificate)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(24, 16, 24, 16)
        outer.setSpacing(12)
        outer.addWidget(self.pages, 1)
        outer.addWidget(Line())
        outer.addWidget(self._foot())

    def _right(self) -> QWidget:
        side = QWidget()
        self.about = PlainLabel("", "strong", wrap=True)
        self.why = PlainLabel("", "small", wrap=True)
        self.before = FoundText(self._desk.tokens)
        self.text = QPlainTextEdit()
        self.text.setTabChangesFocus(True)
        self._call(self.before, "withdraw.before", self.tr("As it stands now"))
        self._call(self.text, "withdraw.text", self.tr("What stands there instead"))
        deeds = {
            Deed.CHANGE: self.tr("Other words:"),
            Deed.LEAVE: self.tr("Leave it as it is"),
            Deed.DELETE: self.tr("Delete it"),
        }
        self.deeds = {deed: self._radio(text, f"withdraw.do.{deed.value}") for deed, text in deeds.items()}
        self.decide = QWidget()
        group, column = QButtonGroup(self), QVBoxLayout(self.decide)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for deed, box in self.deeds.items():
            group.addButton(box)
            column.addWidget(box)
            if deed == Deed.CHANGE:
                column.addWidget(self.text, 1)
            box.clicked.connect(self._decide)
        column.addWidget(PlainLabel(self.tr("All that were found like this:"), "small"))
        row = QHBoxLayout()
        for title, name, deed in (
            (self.tr("Leave all"), "withdraw.leaveAll", Deed.LEAVE),
            (self.tr("Gaps in all"), "withdraw.changeAll", Deed.CHANGE),
        ):
            row.addWidget(Button(name, title, partial(self._decide_all, deed)))
        row.addStretch(1)
        column.addLayout(row)
        layout = QVBoxLayout(side)
        layout.setContentsMargins(16, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.about)
        layout.addWidget(self.why)
        self.now = SectionLabel(self.tr("Now"))
        layout.addWidget(self.now)
        layout.addWidget(self.before, 1)
        layout.addWidget(self.decide, 2)
        layout.addStretch(0)
        return side

    def _foot(self) -> QWidget:
        limits = PlainLabel(" ".join(self.tr(one) for one in LIMITS), "small", wrap=True)
        self.sure = QCheckBox(self.tr("I have looked through it; it cannot be undone"))
        self.sure.setObjectName("withdraw.sure")
        self.sure.toggled.connect(lambda _: self._enable())
        self.go = Button("withdraw.go", self.tr("Withdraw for good"), self.withdraw_now, "primary")
        first = QWidget()
        column = QVBoxLayout(first)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(limits)
        row = QHBoxLayout()
        row.addWidget(self.sure)
        row.addStretch(1)
        row.addWidget(Button("withdraw.cancel", self.tr("Cancel"), self.reject))
        row.addWidget(self.go)
        column.addLayout(row)
        last = QWidget()
        after = QHBoxLayout(last)
        after.setContentsMargins(0, 0, 0, 0)
        after.addStretch(1)
        after.addWidget(Button("withdraw.save", self.tr("Save certificate …"), self.save_certificate))
        self.close_button = Button("withdraw.close", self.tr("Close"), self.accept)
        after.addWidget(self.close_button)
        self.foot = QStackedWidget()
        self.foot.addWidget(first)
        self.foot.addWidget(last)
        self.foot.setMaximumHeight(96)
        return self.foot

    def _names_edited(self) -> None:
        if self.names.text() != self._looked_for:
            self._looked_for = self.names.text()
            self.look()

    def _radio(self, text: str, name: str) -> QRadioButton:
        box = QRadioButton(text)
        box.setObjectName(name)
        return box

    def _call(self, field: QWidget, name: str, called: str) -> None:
        field.setObjectName(name)
        field.setAccessibleName(called)
