"""The sheet of one theme: the idea, its edges, how far it has come, and every excerpt with its decisions."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from app.analysis.themes import LensRow, MappingRow, ThemeRow
from app.models.kinds import ThemeKind, ThemeStatus
from app.operations.themes import edit_theme, make_overarching
from app.ui.desk import Desk
from app.ui.quotes import QuoteShelf
from app.ui.themes.decisions import Decisions
from app.ui.widgets.fields import LineField, TextField
from app.ui.widgets.labels import PlainLabel, SectionLabel


class ThemeSheet(QWidget):
    """Fields commit by themselves; hints are quiet and never stop anybody."""

    excerptWanted = Signal(str, str)

    def __init__(self, desk: Desk, shelf: QuoteShelf) -> None:
        super().__init__()
        self.setObjectName("themeSheet")
        self._desk = desk
        self.theme_id = ""
        self.name = LineField(self.tr("Name of the theme"), self.tr("Name"), self._committer("name"))
        self.name.setObjectName("themeSheet.name")
        self.status = QComboBox()
        self.status.setObjectName("themeSheet.status")
        self.status.setAccessibleName(self.tr("How far the theme has come"))
        for status in ThemeStatus:
            self.status.addItem(self.tr(status.value.capitalize()), status)
        self.status.activated.connect(lambda _: self._run(status=self.status.currentData()))
        self.kind = QComboBox()
        self.kind.setObjectName("themeSheet.kind")
        self.kind.setAccessibleName(self.tr("Kind of theme"))
        self.kind.activated.connect(self._set_kind)
        self.concept = self._text("concept", self.tr("Central organising concept"),
                                  self.tr("Finish the sentence: this theme is about how …"), 2)  # fmt: skip
        self.definition = self._text(
            "definition", self.tr("Definition"), self.tr("What it holds, in a few sentences"), 3
        )
        self.boundary = self._text(
            "boundary", self.tr("What it is not"), self.tr("Where it ends; what does not belong"), 2
        )
        self.story = self._text("story", self.tr("Story"), self.tr("What it tells, in your own words"), 2)
        self.implication = self._text("implication", self.tr("What it implies for practice"),
                                      self.tr("What could be done differently"), 1)  # fmt: skip
        self.notes = PlainLabel("", "small", wrap=True)
        self.notes.setObjectName("themeSheet.notes")
        self.decisions = Decisions(desk, shelf)
        self.decisions.excerptWanted.connect(self.excerptWanted)
        self._build()

    def show_theme(self, theme: ThemeRow | None, lens: LensRow | None, mappings: list[MappingRow]) -> None:
        """Show a theme, or nothing."""
        if (theme.id if theme else "") != self.theme_id:
            self.commit_pending()
        self.theme_id = theme.id if theme is not None else ""
        self.setVisible(theme is not None)
        if theme is None:
            self.decisions.show_theme("")
            return
        for field in ("name", "concept", "definition", "boundary", "story", "implication"):
            getattr(self, field).show_text(getattr(theme, field))
        self.status.setCurrentIndex(self.status.findData(theme.status))
        self._show_kind(theme)
        self.notes.setText("\n".join(self._hints(theme, lens, mappings)))
        self.notes.setVisible(bool(self.notes.text()))
        self.decisions.show_theme(theme.id)

    def commit_pending(self) -> None:
        """Commit every field."""
        for field in (self.name, self.concept, self.definition, self.boundary, self.story, self.implication):
            field.commit_now()

    def restyle(self) -> None:
        """Take over colours."""
        self.decisions.restyle()

    def _hints(self, theme: ThemeRow, lens: LensRow | None, mappings: list[MappingRow]) -> list[str]:
        hints = []
        entries = {entry.name.casefold() for entry in lens.entries} if lens is not None else set()
        if theme.name.casefold() in entries:
            hints.append(self.tr("It bears the name of a dimension: a theme says something of its own about it."))
        if len(theme.codes) == 1:
            hints.append(self.tr("It rests on one code: perhaps it is a code, or a subtheme."))
        if any(not one.rationale for one in mappings if one.theme_id == theme.id):
            hints.append(self.tr("A mapping has no rationale yet."))
        return hints

    def _show_kind(self, theme: ThemeRow) -> None:
        self.kind.clear()
        if theme.parent_id is not None:
            self.kind.addItem(self.tr("Subtheme") if theme.kind == ThemeKind.SUBTHEME else self.tr("Theme"), theme.kind)
        else:
            self.kind.addItem(self.tr("Theme"), ThemeKind.THEME)
            self.kind.addItem(self.tr("Overarching theme"), ThemeKind.OVERARCHING)
        self.kind.setCurrentIndex(max(0, self.kind.findData(theme.kind)))

    def _set_kind(self) -> None:
        if self.theme_id and self.kind.count() > 1:
            overarching = self.kind.currentData() == ThemeKind.OVERARCHING
            self._desk.run(make_overarching, self.theme_id, overarching)

    def _text(self, field: str, name: str, placeholder: str, lines: int) -> TextField:
        made = TextField(name, placeholder, self._committer(field), lines=lines, most=10)
        made.setObjectName(f"themeSheet.{field}")
        return made

    def _committer(self, field: str):  # a Commit, see app.ui.widgets.fields
        def commit(text: str, seq: int | None) -> int | None:
            if not self.theme_id:
                return None
            return self._desk.commit_field(seq, edit_theme, self.theme_id, **{field: text})

        return commit

    def _run(self, **fields: object) -> None:
        if self.theme_id:
            self._desk.run(edit_theme, self.theme_id, **fields)

    def _build(self) -> None:
        inside = QWidget()
        inside.setProperty("look", "panel")
        column = QVBoxLayout(inside)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(6)
        column.addWidget(self.name)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.kind)
        row.addWidget(self.status)
        row.addStretch(1)
        column.addLayout(row)
        column.addWidget(self.notes)
        for field in (self.concept, self.definition, self.boundary, self.story, self.implication):
            column.addSpacing(4)
            column.addWidget(SectionLabel(field.accessibleName()))
            column.addWidget(field)
        column.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(inside)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(scroll, 1)
        layout.addWidget(self.decisions, 1)
