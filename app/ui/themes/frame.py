"""How the Themes workspace is laid out: the bar with its views, and the page of each.

What holds much is made where it will stand, before it is filled: whatever moves into another widget later is styled
anew with all its parts.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.analysis.themes import LensRow
from app.ui.desk import Desk
from app.ui.lenses.menu import LensMenu
from app.ui.quotes import QuoteShelf
from app.ui.themes.code_list import CodeList
from app.ui.themes.mapping_editor import MappingEditor
from app.ui.themes.matrix import ThemeMatrix
from app.ui.themes.naming import NamingCard
from app.ui.themes.theme_sheet import ThemeSheet
from app.ui.themes.theme_tree import ThemeTree
from app.ui.transcripts.confirm_bar import ConfirmBar
from app.ui.widgets.filter_field import FilterField
from app.ui.widgets.labels import ElidedLabel, PlainLabel, SectionLabel


class ViewBar(QWidget):
    """The title, and a chip for each view."""

    viewWanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("look", "bar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 8, 16, 8)
        row.setSpacing(8)
        row.addWidget(PlainLabel(self.tr("Themes"), "title"))
        row.addStretch(1)
        group = QButtonGroup(self)
        self.buttons: dict[str, QPushButton] = {}
        for name, text in (
            ("sheets", self.tr("Sheets")),
            ("board", self.tr("Board")),
            ("matrix", self.tr("Matrix")),
            ("framework", self.tr("Framework")),
        ):
            button = QPushButton(text)
            button.setObjectName(f"themes.view.{name}")
            button.setCheckable(True)
            button.setProperty("look", "chip")
            button.clicked.connect(lambda _, name=name: self.viewWanted.emit(name))
            group.addButton(button)
            self.buttons[name] = button
            row.addWidget(button)

    def choose(self, name: str) -> None:
        """Let the chip of this view be the chosen one."""
        self.buttons[name].setChecked(True)


class SheetsPage(QWidget):
    """Codes, themes, and the sheet of the theme at hand."""

    def __init__(self, desk: Desk, shelf: QuoteShelf, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.codes_list, self.tree = CodeList(), ThemeTree()
        self.naming = NamingCard()
        self.filter = FilterField("themes.filter", self.tr("Filter codes …"), self.tr("Filter codes"))
        self.make = QPushButton(self.tr("Make a theme"))
        self.make.setObjectName("themes.make")
        self.make.setProperty("look", "primary")
        self.codes_list.itemSelectionChanged.connect(self._on_codes_chosen)
        self.no_codes = _said(self.tr("No codes yet. Tag some excerpts in the Code workspace first."))
        self.splitter = QSplitter(Qt.Orientation.Horizontal, self)
        for part, width in ((self._left(), 190), (self._middle(), 250), (self._right(desk, shelf), 320)):
            part.setMinimumWidth(width)
            self.splitter.addWidget(part)
        self.splitter.setStretchFactor(2, 1)
        self.splitter.setSizes([228, 300, 820])
        self.splitter.setChildrenCollapsible(False)
        held = desk.settings.state("themes.splitter")
        if held is not None:
            self.splitter.restoreState(held)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.splitter)

    def show_what_there_is(self, any_code: bool, any_theme: bool) -> None:
        """What is missing is said where it would stand, with what to do next."""
        self.no_codes.setVisible(not any_code)
        self.codes_list.setVisible(any_code)
        self.filter.setVisible(any_code)
        self.make.setVisible(any_code)
        first = self.tr("Themes are made of codes, and there are none yet.")
        then = self.tr(
            "No themes yet.\n\nChoose codes at the left that seem to share an idea and press “Make a theme”, or drag "
            "them here. A theme is provisional: it can be renamed, moved, filled and let go at any time."
        )
        self.tree.empty_words = then if any_code else first
        self.tree.setAccessibleDescription("" if any_theme else self.tree.empty_words)
        self.tree.viewport().update()
        self._sheet_or_not.setCurrentIndex(0 if any_theme else 1)

    def _on_codes_chosen(self) -> None:
        count = len(self.codes_list.chosen())
        words = {0: self.tr("Make a theme"), 1: self.tr("Theme from 1 code")}
        self.make.setText(words.get(count, self.tr("Theme from {n} codes").format(n=count)))
        self.make.setAccessibleName(self.tr("Make a theme from the chosen codes"))

    def _left(self) -> QWidget:
        left, column = _column(16, 16, 8, 16)
        column.addWidget(SectionLabel(self.tr("Codes")))
        column.addWidget(self.filter)
        column.addWidget(self.no_codes)
        column.addWidget(self.codes_list, 1)
        column.addWidget(self.make)
        column.addStretch(0)
        return left

    def _middle(self) -> QWidget:
        middle, column = _column(12, 16, 8, 8)
        column.addWidget(SectionLabel(self.tr("Themes")))
        column.addWidget(self.naming)
        column.addWidget(self.tree, 1)
        return middle

    def _right(self, desk: Desk, shelf: QuoteShelf) -> QWidget:
        nothing, column = _column(32, 48, 32, 32)
        column.addWidget(
            _said(
                self.tr(
                    "The sheet of a theme stands here: its central organising concept, what it holds and what it does "
                    "not, its codes, and every excerpt behind it."
                )
            )
        )
        column.addStretch(1)
        self._sheet_or_not = QStackedWidget(self.splitter)
        self.sheet = ThemeSheet(desk, shelf, self._sheet_or_not)
        self._sheet_or_not.addWidget(self.sheet)
        self._sheet_or_not.addWidget(nothing)
        return self._sheet_or_not


class MatrixPage(QWidget):
    """The lens with its citation, the matrix, and the cell at hand beside it."""

    def __init__(self, desk: Desk, shelf: QuoteShelf, confirm: ConfirmBar, parent: QWidget) -> None:
        super().__init__(parent)
        self.lens_menu = LensMenu(desk, confirm.ask)
        self.matrix, self.editor = ThemeMatrix(), MappingEditor(desk, shelf)
        self.lens = PlainLabel("", "strong")
        self.lens.setObjectName("themes.lens")
        self.citation = ElidedLabel("", "small")
        self.citation.setObjectName("themes.citation")
        self.notes = PlainLabel("", "small", wrap=True)
        self.notes.setObjectName("themes.matrixNotes")
        self.none = _said("")
        self.none.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.none.setContentsMargins(16, 24, 16, 0)
        splitter = QSplitter(Qt.Orientation.Horizontal, self)
        splitter.addWidget(self.matrix)
        splitter.addWidget(self.editor)
        splitter.setStretchFactor(0, 1)
        self.editor.setMinimumWidth(256)
        splitter.setSizes([1000, 300])
        splitter.setChildrenCollapsible(False)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(PlainLabel(self.tr("Read through"), "small"))
        head.addWidget(self.lens)
        head.addWidget(self.citation, 1)
        head.addWidget(self.lens_menu)
        _, column = top = _column(16, 8, 16, 8)
        column.addLayout(head)
        column.addWidget(self.notes)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(top[0])
        layout.addWidget(self.none, 1)
        body = QVBoxLayout()
        body.setContentsMargins(16, 0, 0, 16)
        body.addWidget(splitter)
        layout.addLayout(body, 1)
        self._splitter = splitter

    def show_lens(self, lens: LensRow | None, notes: list[str], any_theme: bool) -> None:
        """Name the lens and its source; say what to do where there is nothing to map."""
        self.lens.setText(lens.name if lens is not None else self.tr("no framework"))
        self.citation.setText(lens.citation if lens is not None else "")
        self.notes.setText("\n".join(notes))
        self.notes.setVisible(bool(notes))
        self.none.setText(
            self.tr("No themes yet. When there are some, each can be mapped here onto the dimensions it speaks to: "
                    "how much, in what direction, and why – and what the framework leaves unexplained.")
        )  # fmt: skip
        self.none.setVisible(not any_theme)
        self._splitter.setVisible(any_theme)


def _said(text: str) -> PlainLabel:
    return PlainLabel(text, "quiet", wrap=True)


def _column(*margins: int) -> tuple[QWidget, QVBoxLayout]:
    part = QWidget()
    part.setProperty("look", "panel")
    column = QVBoxLayout(part)
    column.setContentsMargins(*margins)
    column.setSpacing(8)
    return part, column
