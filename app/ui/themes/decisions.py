"""Every excerpt of a theme with three independent decisions: belongs, runs against it, quoted."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QCheckBox, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from app.analysis.codes import CodingRow
from app.analysis.themes import ThemeExcerptRow, excerpts_of_theme
from app.models.kinds import Belongs, ExcerptLevel
from app.operations.themes import decide
from app.ui.code.excerpt_list import ExcerptList
from app.ui.desk import Desk
from app.ui.quotes import QuoteShelf
from app.ui.widgets.fields import LineField
from app.ui.widgets.labels import PlainLabel, SectionLabel


class Decisions(QWidget):
    """The list, and beneath it what is decided on the excerpt at hand."""

    excerptWanted = Signal(str, str)

    def __init__(self, desk: Desk, shelf: QuoteShelf) -> None:
        super().__init__()
        self.setObjectName("themeDecisions")
        self._desk = desk
        self._theme_id = ""
        self._rows: dict[str, ThemeExcerptRow] = {}
        self.at_hand = ""
        self.head = SectionLabel(self.tr("Excerpts"))
        self.only_undecided = QCheckBox(self.tr("Only undecided"))
        self.only_undecided.setObjectName("themeDecisions.onlyUndecided")
        self.only_undecided.toggled.connect(lambda _: self._show_rows())
        self.list = ExcerptList(shelf, self.tr("Excerpts of the theme"), note=self._said, jump_on_click=False)
        self.list.setObjectName("themeDecisions.list")
        self.list.rowChosen.connect(self._on_chosen)
        self.list.excerptWanted.connect(self.excerptWanted)
        self.none = PlainLabel(self.tr("No excerpts yet: give the theme some codes."), "quiet", wrap=True)
        self._belongs = QButtonGroup(self)
        self.buttons: dict[Belongs, QPushButton] = {}
        self.against = self._chip(self.tr("Runs against the theme"), "against")
        self.against.clicked.connect(lambda on: self._decide(runs_against=on))
        self.quoted = self._chip(self.tr("Quoted"), "quoted")
        self.quoted.clicked.connect(self._quote)
        self.why = LineField(self.tr("Why"), self.tr("Why (optional)"), self._write_why)
        self.why.setObjectName("themeDecisions.why")
        self.jump = QPushButton(self.tr("Show in the transcript"))
        self.jump.setProperty("look", "link")
        self.jump.clicked.connect(self._jump)
        self._bar = self._build_bar()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 16, 16, 8)
        layout.setSpacing(8)
        row = QHBoxLayout()
        row.addWidget(self.head)
        row.addStretch(1)
        row.addWidget(self.only_undecided)
        layout.addLayout(row)
        layout.addWidget(self.none)
        layout.addWidget(self.list, 1)
        layout.addWidget(self._bar)

    def show_theme(self, theme_id: str) -> None:
        """Show the excerpts of a theme; the one at hand stays at hand."""
        if theme_id != self._theme_id:
            self.at_hand = ""
        self._theme_id = theme_id
        if theme_id:
            with self._desk.read() as session:
                self._rows = {row.excerpt_id: row for row in excerpts_of_theme(session, theme_id)}
        else:
            self._rows = {}
        self._show_rows()

    def restyle(self) -> None:
        """Take over colours."""
        self.list.restyle(self._desk.tokens)

    def _show_rows(self) -> None:
        rows = [row for row in self._rows.values()
                if not self.only_undecided.isChecked() or row.belongs == Belongs.UNDECIDED
                or row.excerpt_id == self.at_hand]  # fmt: skip
        self.list.show_rows(
            [CodingRow(row.excerpt_id, row.source_id, row.start, row.end, ExcerptLevel.INDIVIDUAL) for row in rows]
        )
        undecided = sum(row.belongs == Belongs.UNDECIDED for row in self._rows.values())
        said = self.tr("Excerpts") if not undecided else self.tr("Excerpts · some undecided")
        self.head.setText(said.upper())
        self.none.setVisible(not self._rows)
        self.list.setVisible(bool(self._rows))
        self.list.choose(self.at_hand)
        self._show_bar()

    def _show_bar(self) -> None:
        row = self._rows.get(self.at_hand)
        self._bar.setVisible(row is not None)
        if row is None:
            return
        self.buttons[row.belongs].setChecked(True)
        self.against.setChecked(row.runs_against)
        self.quoted.setChecked(row.quoted_order is not None)
        self.why.show_text(row.why)

    def _said(self, coding: CodingRow) -> str:
        """The decisions on an excerpt, in words, for the list."""
        row = self._rows.get(coding.excerpt_id)
        if row is None:
            return ""
        words = [self.tr(row.belongs.value)]
        if row.runs_against:
            words.append(self.tr("runs against"))
        if row.quoted_order is not None:
            words.append(self.tr("quoted"))
        return ", ".join(words)

    def _on_chosen(self, excerpt_id: str) -> None:
        self.why.commit_now()
        self.at_hand = excerpt_id
        self._show_bar()

    def _decide(self, **decisions: object) -> None:
        if self.at_hand and self._theme_id:
            self._desk.run(decide, self._theme_id, self.at_hand, **decisions)

    def _quote(self, on: bool) -> None:
        taken = [row.quoted_order for row in self._rows.values() if row.quoted_order is not None]
        self._decide(quoted_order=max(taken, default=0) + 1 if on else None)

    def _write_why(self, text: str, seq: int | None) -> int | None:
        if not self.at_hand:
            return None
        return self._desk.commit_field(seq, decide, self._theme_id, self.at_hand, why=text)

    def _jump(self) -> None:
        row = self._rows.get(self.at_hand)
        if row is not None:
            self.excerptWanted.emit(row.source_id, row.excerpt_id)

    def _chip(self, text: str, name: str) -> QPushButton:
        button = QPushButton(text)
        button.setObjectName(f"themeDecisions.{name}")
        button.setProperty("look", "chip")
        button.setCheckable(True)
        return button

    def _build_bar(self) -> QWidget:
        bar = QWidget()
        column = QVBoxLayout(bar)
        column.setContentsMargins(0, 8, 0, 8)
        column.setSpacing(8)
        row = QHBoxLayout()
        row.setSpacing(6)
        row.addWidget(PlainLabel(self.tr("Belongs:"), "small"))
        for belongs in Belongs:
            button = self._chip(self.tr(belongs.value.capitalize()), belongs.value)
            button.clicked.connect(lambda _, belongs=belongs: self._decide(belongs=belongs))
            self._belongs.addButton(button)
            self.buttons[belongs] = button
            row.addWidget(button)
        row.addStretch(1)
        column.addLayout(row)
        second = QHBoxLayout()
        second.setSpacing(6)
        second.addWidget(self.against)
        second.addWidget(self.quoted)
        second.addStretch(1)
        second.addWidget(self.jump)
        column.addLayout(second)
        column.addWidget(self.why)
        return bar
