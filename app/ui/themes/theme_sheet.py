"""The sheet of one theme: the idea, its edges, how far it has come, its codes, and every excerpt with its decisions."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont, QResizeEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from app.analysis.codes import CodeRow
from app.analysis.themes import LensRow, MappingRow, ThemeRow, theme_and_below
from app.models.kinds import ThemeKind, ThemeStatus
from app.operations.themes import edit_theme, make_overarching
from app.ui.desk import Desk
from app.ui.journal.written_button import WrittenButton
from app.ui.quotes import QuoteShelf
from app.ui.reviews.mark import CommentButton
from app.ui.themes.code_chips import ThemeCodeChips
from app.ui.themes.notes import notes_on
from app.ui.themes.side import ThemePages
from app.ui.themes.wording import title, weighed
from app.ui.widgets.choice import ChoiceOfOne
from app.ui.widgets.fields import LineField, TextField
from app.ui.widgets.labels import PlainLabel, SectionLabel
from app.ui.widgets.wording_hints import WordingHints

ROOM_FOR_BOTH = 720
"""From this width on, the idea and the excerpts stand side by side."""


class ThemeSheet(QWidget):
    """Fields commit by themselves; notes are quiet and never stop anybody."""

    excerptWanted = Signal(str, str)
    matrixWanted = Signal()
    themeWanted = Signal(str)

    def __init__(self, desk: Desk, shelf: QuoteShelf, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("themeSheet")
        self._desk = desk
        self.theme_id = ""
        self.name = LineField(self.tr("Name of the theme"), self.tr("Name"), self._committer("name"))
        self.name.setObjectName("themeSheet.name")
        font = QFont(self.name.font())
        font.setPixelSize(16)
        font.setWeight(QFont.Weight.DemiBold)
        self.name.setFont(font)
        self.comments = CommentButton(desk, "theme", "themeSheet.comments")
        self.written = WrittenButton(desk, "theme", "themeSheet.written")
        self.life = QPushButton(self.tr("Life …"))
        self.life.setObjectName("themeSheet.life")
        self.life.setAccessibleName(self.tr("Life of this theme"))
        self.life.setToolTip(self.tr("How this theme came about, and what became of it"))
        self.life.setProperty("look", "link")
        self.life.clicked.connect(lambda: desk.lifeWanted.emit("theme", self.theme_id))
        self.status = ChoiceOfOne("themeSheet.status", self.tr("How far the theme has come"))
        for status in ThemeStatus:
            self.status.addItem(title(status), status)
        self.status.activated.connect(lambda _: self._set_status())
        self.kind = ChoiceOfOne("themeSheet.kind", self.tr("Kind of theme"))
        self.kind.activated.connect(lambda _: self._set_kind())
        self.notes = PlainLabel("", "small", wrap=True)
        self.notes.setObjectName("themeSheet.notes")
        self.hints: dict[str, WordingHints] = {}
        self.concept = self._text("concept", self.tr("Central organising concept"),
                                  self.tr("This theme is about how …"), 2)  # fmt: skip
        self.definition = self._text(
            "definition", self.tr("Definition"), self.tr("What it holds, in a few sentences"), 2
        )
        self.boundary = self._text(
            "boundary", self.tr("What it is not"), self.tr("Where it ends; what does not belong"), 2
        )
        self.story = self._text("story", self.tr("Story"), self.tr("What it tells, in your own words"), 2)
        self.implication = self._text("implication", self.tr("Implication for practice"),
                                      self.tr("What could be done differently"), 2)  # fmt: skip
        self.chips = ThemeCodeChips()
        self.framework = PlainLabel("", wrap=True)
        self.framework.setObjectName("themeSheet.framework")
        self.to_matrix = QPushButton(self.tr("Map it in the matrix"))
        self.to_matrix.setObjectName("themeSheet.toMatrix")
        self.to_matrix.setProperty("look", "link")
        self.to_matrix.clicked.connect(self.matrixWanted)
        self.side = ThemePages(desk, shelf)
        self.decisions = self.side.decisions
        self.side.excerptWanted.connect(self.excerptWanted)
        self.side.themeWanted.connect(self.themeWanted)
        self._side = "idea"
        self._build()

    def show_theme(self, theme: ThemeRow | None, themes: list[ThemeRow], codes: dict[str, CodeRow],
                   feeds: dict[str, list[str]]) -> None:  # fmt: skip
        """Show a theme, or nothing; `feeds` gives {code id: names of all themes it feeds}."""
        other = (theme.id if theme else "") != self.theme_id
        if other:
            self.commit_pending()
            self._idea.verticalScrollBar().setValue(0)
        self.theme_id = theme.id if theme is not None else ""
        self._inside.setVisible(theme is not None)
        if theme is None:
            return
        self.comments.show_on(theme.id)
        self.written.show_on(theme.id)
        for field in ("name", "concept", "definition", "boundary", "story", "implication"):
            getattr(self, field).show_text(getattr(theme, field), anew=other)
        self.status.setCurrentIndex(self.status.findData(theme.status))
        self._show_kind(theme)
        self.chips.show_codes(theme_and_below(themes, theme.id), codes, feeds)

    def show_framework(self, theme: ThemeRow | None, lens: LensRow | None, mappings: list[MappingRow]) -> None:
        """Show how a theme meets the lens, in words, and what one might want to look at."""
        if theme is None:
            return
        by_entry = {one.entry_id: one for one in mappings if one.theme_id == theme.id}
        met = [(entry, by_entry[entry.id]) for entry in (lens.entries if lens else ()) if entry.id in by_entry]
        lines = [f"{entry.name}: {weighed(one.weight, one.direction)}" for entry, one in met]
        self.framework.setText("\n".join(lines) or self.tr("Not mapped yet."))
        self.framework.setProperty("look", "" if lines else "quiet")
        self.framework.style().polish(self.framework)
        self.notes.setText("\n".join(notes_on(theme, lens, mappings)))
        self.notes.setVisible(bool(self.notes.text()))

    def show_excerpts(self, codes: dict[str, CodeRow]) -> None:
        """Show the excerpts of the theme, and what is known of them, as the study says it now."""
        self.side.show_theme(self.theme_id, codes)

    def commit_pending(self) -> None:
        """Commit every field."""
        for field in (self.name, self.concept, self.definition, self.boundary, self.story, self.implication):
            field.commit_now()
        self.side.commit_pending()

    def restyle(self) -> None:
        """Take over colours."""
        self.side.restyle()

    def show_side(self, side: str) -> None:
        """Where there is no room for both: show "idea" or "excerpts"."""
        self._side = side
        self.side_buttons[side].setChecked(True)
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Side by side where there is room, one of them where there is none."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        both = self.width() >= ROOM_FOR_BOTH
        self.side.setMinimumWidth(388 if both else 0)
        self._choice.setVisible(not both)
        self._idea.setVisible(both or self._side == "idea")
        self.side.setVisible(both or self._side == "excerpts")

    def _show_kind(self, theme: ThemeRow) -> None:
        self.kind.clear()
        kinds = [theme.kind] if theme.parent_id is not None else [ThemeKind.THEME, ThemeKind.OVERARCHING]
        for kind in kinds:
            self.kind.addItem(title(kind), kind)
        self.kind.setCurrentIndex(max(0, self.kind.findData(theme.kind)))
        self.kind.setEnabled(len(kinds) > 1)

    def _set_kind(self) -> None:
        if self.theme_id and self.kind.count() > 1:
            overarching = self.kind.currentData() == ThemeKind.OVERARCHING
            self._desk.done(make_overarching, self.theme_id, overarching)

    def _set_status(self) -> None:
        if self.theme_id:
            self._desk.done(edit_theme, self.theme_id, status=self.status.currentData())

    def _text(self, field: str, name: str, placeholder: str, lines: int) -> TextField:
        made = TextField(name, placeholder, self._committer(field), lines=lines, most=12)
        made.setObjectName(f"themeSheet.{field}")
        self.hints[field] = WordingHints(made, self._desk, lambda: f"theme/{self.theme_id}/{field}")
        return made

    def _committer(self, field: str):  # a Commit, see app.ui.widgets.fields
        def commit(text: str, seq: int | None) -> int | None:
            if not self.theme_id:
                return None
            return self._desk.commit_field(seq, edit_theme, self.theme_id, **{field: text})

        return commit

    def _build(self) -> None:
        self._idea = self._fields()
        self._choice = QWidget()
        row = QHBoxLayout(self._choice)
        row.setContentsMargins(16, 12, 16, 0)
        row.setSpacing(6)
        group = QButtonGroup(self)
        self.side_buttons: dict[str, QPushButton] = {}
        for side, text in (("idea", self.tr("Idea")), ("excerpts", self.tr("Excerpts and review"))):
            button = QPushButton(text)
            button.setObjectName(f"themeSheet.side.{side}")
            button.setCheckable(True)
            button.setProperty("look", "chip")
            button.clicked.connect(lambda _, side=side: self.show_side(side))
            group.addButton(button)
            self.side_buttons[side] = button
            row.addWidget(button)
        self.side_buttons["idea"].setChecked(True)
        row.addStretch(1)
        self._inside = QWidget(self)
        self.splitter = QSplitter(Qt.Orientation.Horizontal, self._inside)
        self.splitter.addWidget(self._idea)
        self.splitter.addWidget(self.side)
        self.splitter.setChildrenCollapsible(False)
        self._idea.setMinimumWidth(300)
        self.splitter.setSizes([380, 400])
        layout = QVBoxLayout(self._inside)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._choice)
        layout.addWidget(self.splitter, 1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._inside)

    def _fields(self) -> QScrollArea:
        inside = QWidget()
        inside.setProperty("look", "panel")
        column = QVBoxLayout(inside)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(6)
        column.addWidget(self.name)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.kind, 3)
        row.addWidget(self.status, 5)
        column.addLayout(row)
        said = QHBoxLayout()
        said.addWidget(self.comments)
        said.addWidget(self.written)
        said.addWidget(self.life)
        said.addStretch(1)
        column.addLayout(said)
        column.addWidget(self.notes)

        def section(text: str, *parts: QWidget) -> None:
            column.addSpacing(6)
            column.addWidget(SectionLabel(text))
            for part in parts:
                column.addWidget(part)

        for name in ("concept", "definition", "boundary"):
            section(getattr(self, name).accessibleName(), getattr(self, name), self.hints[name])
        section(self.tr("Codes"), self.chips)
        section(self.tr("Through the framework"), self.framework)
        column.addWidget(self.to_matrix, 0, Qt.AlignmentFlag.AlignLeft)
        for name in ("story", "implication"):
            section(getattr(self, name).accessibleName(), getattr(self, name), self.hints[name])
        column.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(inside)
        return scroll
