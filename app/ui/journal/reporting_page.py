"""The page "Reporting": a list, what the study holds on each of its items, and free answers. No ticks, no score."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from app.analysis.accounts.checklists import LISTS, answered, checklist
from app.ui.journal.checklist_item import ItemCard
from app.ui.journal.page import JournalPage
from app.ui.widgets.choice import ChoiceOfOne
from app.ui.widgets.labels import PlainLabel
from app.ui.widgets.scrolling import scrolling

if TYPE_CHECKING:
    from app.study import Notice
    from app.ui.desk import Desk

WIDEST = 1080
_PLACE = "reporting/list"


class ReportingPage(JournalPage):
    """One list at a time; which one is remembered for the study."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.setObjectName("journal.reporting")
        self.setProperty("look", "paper")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.cards: list[ItemCard] = []
        self._shown = ""
        self.choice = ChoiceOfOne("reporting.list", self.tr("Which list"))
        for key in LISTS:
            self.choice.addItem(checklist(key).name, key)
        self.choice.setMinimumContentsLength(20)
        self.choice.setCurrentIndex(max(0, self.choice.findData(desk.settings.place(desk.study.key, _PLACE, LISTS[0]))))
        self.choice.activated.connect(lambda _: self._choose())
        self.export = QPushButton(self.tr("Export …"))
        self.export.setObjectName("reporting.export")
        self.export.clicked.connect(self._export)
        self.about = PlainLabel("", wrap=True)
        self.citation = PlainLabel("", "small", wrap=True)
        self._column = QVBoxLayout()
        self._column.setSpacing(12)
        self._build()

    @property
    def list_key(self) -> str:
        """The key of the list that is chosen."""
        return str(self.choice.currentData())

    def refresh(self, notice: Notice | None) -> None:  # noqa: ARG002 - evidence comes from everywhere
        """Draw evidence and answers as the study says them now."""
        if self._shown != self.list_key:
            self._make_cards()
        with self.desk.read() as session:
            given = answered(session, self.list_key)
        for card, one in zip(self.cards, given, strict=True):
            card.show_answers(one)

    def enter(self) -> None:
        """Take the keyboard where one chooses."""
        self.choice.setFocus()

    def commit_pending(self) -> None:
        """Commit what is typed."""
        for card in self.cards:
            card.commit_pending()

    def show_list(self, key: str) -> None:
        """Show another list."""
        self.choice.setCurrentIndex(self.choice.findData(key))
        self._choose()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The items stand in the middle where the window is wider than they want to be."""
        super().resizeEvent(event)
        side = max(24, (self.width() - WIDEST) // 2)
        self._whole.setContentsMargins(side, 20, side, 24)

    def _choose(self) -> None:
        self.commit_pending()
        self.desk.settings.remember_place(self.desk.study.key, _PLACE, self.list_key)
        self.refresh(None)
        self._area.verticalScrollBar().setValue(0)

    def _make_cards(self) -> None:
        held = checklist(self.list_key)
        for card in self.cards:
            self._column.removeWidget(card)
            card.hide()
            card.deleteLater()
        self._shown = held.key
        self.about.setText(held.about)
        self.citation.setText(held.citation)
        self.cards = [ItemCard(self.desk, held, item) for item in held.items]
        for card in self.cards:
            self._column.addWidget(card)
            card.show()  # now, or its height is worked out while its parts are not there yet

    def _export(self) -> None:
        self.commit_pending()
        self.desk.actions["outputs.checklist"].trigger()

    def _build(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(12)
        top.addWidget(self.choice)
        top.addWidget(self.export)
        top.addStretch(1)
        inside = QWidget()
        inside.setProperty("look", "paper")
        self._whole = QVBoxLayout(inside)
        self._whole.setSpacing(12)
        self._whole.addLayout(top)
        self._whole.addWidget(self.about)
        self._whole.addWidget(self.citation)
        self._whole.addSpacing(4)
        self._whole.addLayout(self._column)
        self._whole.addStretch(1)
        self._area = scrolling(inside)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._area)
