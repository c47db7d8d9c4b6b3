"""The page "Phases": where the work was and when, as a picture and a list of visits, corrected whenever one likes."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from app.analysis.phases import Visit, visits
from app.analysis.phases_picture import days_of
from app.operations.phases import delete_visit
from app.ui.journal.page import JournalPage
from app.ui.journal.phases_view import PhasesView
from app.ui.journal.visit_dialog import VisitDialog, write_note
from app.ui.journal.wording import phase_said
from app.ui.widgets.buttons import Button
from app.ui.widgets.fields import TextField
from app.ui.widgets.labels import PlainLabel
from app.ui.widgets.scrolling import centred, scrolling
from app.ui.widgets.wording_hints import WordingHints

if TYPE_CHECKING:
    from app.study import Notice
    from app.ui.desk import Desk
    from app.ui.style.tokens import Tokens

ID_ROLE = Qt.ItemDataRole.UserRole
WIDE = 1080


class PhasesPage(JournalPage):
    """The picture on top, the visits beneath, the newest first; the note of the chosen one at the foot."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.setObjectName("journal.phases")
        self.setProperty("look", "paper")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._visits: list[Visit] = []
        self.intro = PlainLabel("", "quiet", wrap=True)
        self.intro.setObjectName("phases.intro")
        self.view = PhasesView()
        self.view.visitChosen.connect(self.choose)
        self.table = self._table()
        self.add = Button("phases.add", self.tr("Add a visit …"), self.add_visit)
        self.correct = Button("phases.correct", self.tr("Correct …"), self.correct_visit)
        self.delete = Button("phases.delete", self.tr("Delete"), self.delete_visit)
        self.note = TextField(self.tr("Note on this visit"), self.tr("What this visit was about, why you came here"),
                              self._commit_note, lines=2, most=6)  # fmt: skip
        self.note.setObjectName("phases.note")
        self._note_of = ""
        self._build()

    def refresh(self, notice: Notice | None) -> None:
        """Read anew if a visit changed."""
        if notice is not None and not notice.touches("phase_visit", "person"):
            return
        with self.desk.read() as session:
            self._visits = visits(session)
        today = date.today()  # noqa: DTZ011 - the researcher's own day
        last = self._visits[-1] if self._visits else None
        goes_on = any(one.ended_on is None for one in self._visits)
        until = today if goes_on or last is None else max(one.ended_on or today for one in self._visits)
        self.view.show_visits(self._visits, until)
        self.view.setVisible(bool(self._visits))
        self.table.setVisible(bool(self._visits))
        self.intro.setText(
            self.tr(
                "Phases are places, not steps: one goes back and forth, and returning is part of it. Dashed lines "
                "lead back to an earlier phase; hatched visits were entered or corrected later."
            )
            if self._visits
            else self.tr(
                "No visit yet.\n\nSay at the foot of the window what you are doing now, in any order and as often as "
                "you like, or add earlier visits here. Reports tell the days, never hours. Nothing depends on it: "
                "every part of the program is open at any time."
            )
        )
        self._fill()

    def enter(self) -> None:
        """Take the keyboard."""
        (self.table if self._visits else self.add).setFocus()

    def restyle(self, tokens: Tokens) -> None:
        """Take over colours."""
        self.view.restyle(tokens)
        self._fill()

    def commit_pending(self) -> None:
        """Commit the note."""
        self.note.commit_now()

    def chosen(self) -> Visit | None:
        """The chosen visit."""
        row = self.table.currentRow()
        item = self.table.item(row, 0) if row >= 0 else None
        key = item.data(ID_ROLE) if item is not None else ""
        return next((one for one in self._visits if one.id == key), None)

    def choose(self, visit_id: str) -> None:
        """Choose a visit in list and picture."""
        for row in range(self.table.rowCount()):
            item = self.table.item(row, 0)
            if item is not None and item.data(ID_ROLE) == visit_id:
                self.table.setCurrentCell(row, 0)

    def add_visit(self) -> None:
        """Ask for a visit that was forgotten."""
        VisitDialog(self.desk, None, self).exec()

    def correct_visit(self) -> None:
        """Ask how the chosen visit was."""
        visit = self.chosen()
        if visit is not None and not self.desk.study.read_only:
            VisitDialog(self.desk, visit, self).exec()

    def delete_visit(self) -> None:
        """Take the chosen visit out."""
        visit = self.chosen()
        if visit is not None and self.desk.done(delete_visit, visit.id):
            self.desk.say(self.tr("The visit is out of the record."), with_undo=True)

    def _fill(self) -> None:
        chosen = self.chosen()
        self.table.blockSignals(True)
        self.table.setRowCount(len(self._visits))
        for row, visit in enumerate(reversed(self._visits)):
            later = self.tr("entered later") if visit.added_later else ""
            phase = phase_said(visit.phase)
            for column, words in enumerate((phase, days_of(visit), later, " ".join(visit.note.split()), visit.person)):
                item = QTableWidgetItem(words)
                item.setData(ID_ROLE, visit.id)
                item.setToolTip(visit.note if column == 3 else "")
                if column in (2, 4):
                    item.setForeground(QColor(self.desk.tokens.quiet))
                self.table.setItem(row, column, item)
        self.table.setColumnHidden(4, len({visit.person for visit in self._visits}) < 2)  # the note needs the room
        self.table.blockSignals(False)
        rows = min(max(len(self._visits), 1), 8)
        self.table.setMinimumHeight(rows * 34 + 38)
        if chosen is not None:
            self.choose(chosen.id)
        elif self._visits:
            self.table.setCurrentCell(0, 0)
        self._on_chosen()

    def _on_chosen(self) -> None:
        visit = self.chosen()
        may = visit is not None and not self.desk.study.read_only
        self.add.setEnabled(not self.desk.study.read_only)
        self.correct.setEnabled(may)
        self.delete.setEnabled(may)
        self.note.setVisible(visit is not None)
        if visit is None:
            self._note_of = ""
            return
        if visit.id != self._note_of:
            self.note.commit_now()
        anew, self._note_of = visit.id != self._note_of, visit.id
        self.note.show_text(visit.note, anew=anew)
        self.view.choose(visit.id)

    def _commit_note(self, text: str, seq: int | None) -> int | None:
        return write_note(self.desk, self._note_of, text, seq) if self._note_of else 0

    def _table(self) -> QTableWidget:
        table = QTableWidget(0, 5)
        table.setObjectName("phases.visits")
        table.setAccessibleName(self.tr("Visits, the newest first"))
        table.setHorizontalHeaderLabels(
            [self.tr("Phase"), self.tr("Days"), self.tr("Entered"), self.tr("Note"), self.tr("Who")]
        )
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(34)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setShowGrid(False)
        table.setWordWrap(False)
        table.setTabKeyNavigation(False)
        head = table.horizontalHeader()
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for column in (0, 1, 2, 4):
            head.setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
        head.setSectionResizeMode(3, QHeaderView.ResizeMode.Stretch)
        table.currentCellChanged.connect(lambda *_: self._on_chosen())
        table.activated.connect(lambda _: self.correct_visit())
        return table

    def _build(self) -> None:
        column = QWidget()
        column.setMaximumWidth(WIDE)
        inner = QVBoxLayout(column)
        inner.setContentsMargins(0, 16, 0, 24)
        inner.setSpacing(12)
        inner.addWidget(self.intro)
        inner.addWidget(self.view)
        bar = QHBoxLayout()
        bar.setSpacing(8)
        for button in (self.add, self.correct, self.delete):
            bar.addWidget(button)
        bar.addStretch(1)
        inner.addLayout(bar)
        inner.addWidget(self.table)
        inner.addWidget(self.note)
        inner.addWidget(WordingHints(self.note, self.desk, lambda: f"visit/{self._note_of}"))
        inner.addStretch(1)
        area = scrolling(centred(column, "paper"))
        area.setObjectName("phases.area")
        area.setProperty("look", "paper")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(area)
