"""The page "Trail": every change in words, the newest first, narrowed by what it touched, who, what sort, when."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import (
    QCheckBox,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from app.analysis.trail.classes import Halpern
from app.analysis.trail.listing import NOWHERE, Wanted, actors, found
from app.analysis.trail.subjects import NOUNS, subjects
from app.models.kinds import Phase
from app.ui.journal.page import JournalPage
from app.ui.journal.trail_details import TrailDetails
from app.ui.journal.trail_model import TrailList
from app.ui.journal.wording import phase_said
from app.ui.widgets.choice import ChoiceOfOne
from app.ui.widgets.days import is_no_day, typed_day
from app.ui.widgets.labels import PlainLabel
from app.ui.widgets.scrolling import scrolling
from app.ui.wording import capital

if TYPE_CHECKING:
    from app.study import Notice
    from app.ui.desk import Desk
    from app.ui.style.tokens import Tokens

IDLE_MS = 120


class TrailPage(JournalPage):
    """Filters on top, changes at the left, the chosen one at the right."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.setObjectName("journal.trail")
        self.search = self._line("trail.search", self.tr("Words of a change or its reason …"))
        self.thing = ChoiceOfOne("trail.thing", self.tr("What it touched"))
        self.person = ChoiceOfOne("trail.person", self.tr("Who did it"))
        self.kind = ChoiceOfOne("trail.kind", self.tr("Sort of record"))
        self.phase = ChoiceOfOne("trail.phase", self.tr("Phase in which it was done"))
        self.since = self._line("trail.since", self.tr("from YYYY-MM-DD"), self.tr("From this day"))
        self.until = self._line("trail.until", self.tr("to YYYY-MM-DD"), self.tr("To this day"))
        self.undone = QCheckBox(self.tr("Show what was taken back"))
        self.undone.setObjectName("trail.undone")
        self.undone.setChecked(True)
        self.undone.toggled.connect(lambda _: self._find())
        for box in (self.thing, self.person, self.kind, self.phase):
            box.currentIndexChanged.connect(lambda _: self._find())
        self.between = QPushButton(self.tr("What changed between …"))
        self.between.setObjectName("trail.between")
        self.between.clicked.connect(lambda _: self._ask_between())
        self.list = TrailList(desk)
        self.list.selectionModel().currentChanged.connect(lambda *_: self._on_chosen())
        self.nothing = PlainLabel("", "quiet", wrap=True)
        self.nothing.setObjectName("trail.nothing")
        self.nothing.setContentsMargins(16, 16, 16, 16)
        self.details = TrailDetails(desk)
        self.details.reasonSaid.connect(self._on_reason)
        self.details.momentWanted.connect(desk.momentWanted)
        self._filling = False
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(IDLE_MS)
        self._later.timeout.connect(self._find)
        self._build()

    def refresh(self, notice: Notice | None) -> None:  # noqa: ARG002 - each change is an entry here
        """Every change is seen here."""
        self._fill_choices()
        self._find()

    def enter(self) -> None:
        """Take the keyboard."""
        self.search.setFocus()

    def restyle(self, tokens: Tokens) -> None:
        """Take over colours."""
        self.list.restyle(tokens)

    def commit_pending(self) -> None:
        """Commit a reason that is typed."""
        self.details.why.commit_now()

    def follow(self, sort: str, key: str) -> None:
        """Show the trail of one thing."""
        self._fill_choices()
        self.thing.setCurrentIndex(max(0, self._place_of((sort, key))))

    def wanted(self) -> Wanted:
        """What is asked for."""
        kind = self.kind.currentData()
        return Wanted(
            subject=self.thing.currentData(),
            actor=self.person.currentData(),
            kinds=frozenset({Halpern(kind)}) if kind else frozenset(),
            phase=self.phase.currentData(),
            since=typed_day(self.since.text()),
            until=typed_day(self.until.text()),
            text=self.search.text(),
            undone=self.undone.isChecked(),
        )

    def _find(self) -> None:
        if self._filling:
            return
        held = self.list.chosen()
        wanted = self.wanted()
        with self.desk.read() as session:
            seqs = found(session, wanted)
        self.list.trail.show_seqs(seqs)
        place = seqs.index(held.seq) if held is not None and held.seq in seqs else 0
        if seqs:
            self.list.setCurrentIndex(self.list.trail.index(place))
        no_day = [line.text().strip() for line in (self.since, self.until) if is_no_day(line.text())]
        said = [
            self.tr("“{text}” is no day: write year-month-day. It narrows nothing.").format(text=one) for one in no_day
        ]
        if not seqs:
            said.append(self.tr("No change fits. Take a filter back to see more."))
        self.nothing.setVisible(bool(said))
        self.nothing.setText("\n".join(said))
        self.list.setVisible(bool(seqs))
        self._on_chosen()

    def _on_chosen(self) -> None:
        self.details.show_entry(self.list.chosen())

    def _on_reason(self) -> None:
        self.list.trail.forget()
        self.details.entry = self.list.chosen()

    def _ask_between(self) -> None:
        from app.ui.journal.between_dialog import BetweenDialog

        BetweenDialog(self.desk, self).exec()

    def _fill_choices(self) -> None:
        """What can be chosen changes with the study; what is chosen stays."""
        with self.desk.read() as session:
            things, people = subjects(session), actors(session)
        self._filling = True
        gone = self.tr("(gone)")
        rows: list[tuple[str, object]] = [(self.tr("Everything"), None)]
        for one in things:
            noun = capital(self.tr(NOUNS[one.sort]))
            rows.append((f"{noun}: {one.name}" + (f" {gone}" if one.gone else ""), (one.sort, one.id)))
        _refill(self.thing, rows)
        _refill(self.person, [(self.tr("Anybody"), None), *((name, name) for name in people)])
        _refill(
            self.kind, [(self.tr("Any sort"), None), *((capital(self.tr(kind.value)), kind.value) for kind in Halpern)]
        )
        phases = [(phase_said(phase), phase.value) for phase in Phase]
        _refill(self.phase, [(self.tr("Any phase"), None), *phases, (capital(self.tr(NOWHERE)), NOWHERE)])
        self._filling = False

    def _place_of(self, subject: tuple[str, str]) -> int:
        return next((n for n in range(self.thing.count()) if self.thing.itemData(n) == subject), -1)

    def _line(self, name: str, placeholder: str, said: str = "") -> QLineEdit:
        line = QLineEdit()
        line.setObjectName(name)
        line.setPlaceholderText(placeholder)
        line.setAccessibleName(said or placeholder)
        line.setClearButtonEnabled(True)
        line.textChanged.connect(lambda _: self._later.start())
        return line

    def _build(self) -> None:
        head = QWidget()
        grid = QGridLayout(head)
        grid.setContentsMargins(16, 12, 16, 12)
        grid.setSpacing(8)
        grid.addWidget(self.search, 0, 0, 1, 2)
        grid.addWidget(self.thing, 0, 2, 1, 2)
        grid.addWidget(self.since, 0, 4)
        grid.addWidget(self.until, 0, 5)
        grid.addWidget(self.kind, 1, 0, 1, 2)
        grid.addWidget(self.phase, 1, 2)
        grid.addWidget(self.person, 1, 3)
        last = QHBoxLayout()
        last.setSpacing(12)
        last.addWidget(self.undone)
        last.addStretch(1)
        last.addWidget(self.between)
        grid.addLayout(last, 1, 4, 1, 2)
        for number in range(6):
            grid.setColumnStretch(number, 1)
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.nothing)
        column.addWidget(self.list, 1)
        area = scrolling(self.details)
        area.setObjectName("trail.area")
        split = QSplitter(Qt.Orientation.Horizontal)
        split.addWidget(left)
        split.addWidget(area)
        split.setStretchFactor(0, 3)
        split.setStretchFactor(1, 2)
        split.setChildrenCollapsible(False)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(head)
        layout.addWidget(split, 1)


def _refill(box: ChoiceOfOne, rows: list[tuple[str, object]]) -> None:
    held = box.currentData()
    if [(box.itemText(n), box.itemData(n)) for n in range(box.count())] == rows:
        return
    box.clear()
    for words, value in rows:
        box.addItem(words, value)
    box.setCurrentIndex(max(0, next((n for n, (_, value) in enumerate(rows) if value == held), 0)))
