"""The Themes workspace: codes at the left, themes in the middle, the sheet at the right; or the matrix."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.analysis.codes import CodeRow, code_rows
from app.analysis.themes import LensRow, MappingRow, ThemeRow, lens_in_use, mapping_rows, theme_rows, unexplained
from app.operations.themes import add_code, edit_theme, move_code_between, move_theme
from app.ui.desk import Desk
from app.ui.quotes import QuoteShelf
from app.ui.themes.code_list import CodeList
from app.ui.themes.commands import add_theme_actions, drop_codes, make_theme, show_menu
from app.ui.themes.mapping_editor import MappingEditor
from app.ui.themes.matrix import ThemeMatrix
from app.ui.themes.theme_sheet import ThemeSheet
from app.ui.themes.theme_tree import ThemeTree
from app.ui.widgets.labels import ElidedLabel, PlainLabel, SectionLabel
from app.ui.workspace import Workspace

if TYPE_CHECKING:
    from app.study import Notice

_SHOWN = {
    "theme",
    "theme_code",
    "theme_excerpt",
    "theme_lineage",
    "mapping",
    "unexplained",
    "lens",
    "lens_entry",
    "code",
}
_OTHERS = {"coding", "excerpt", "source", "turn", "speaker", "participant", "focus_group", "study"}


class ThemesWorkspace(Workspace):
    """Two views of the same themes: sheets and matrix."""

    name = "themes"
    icon_name = "themes"
    jumpWanted = Signal(str, str)
    """Source id and excerpt id of an excerpt to be shown in its transcript."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.shelf = QuoteShelf(desk)
        self.codes: dict[str, CodeRow] = {}
        self.themes: list[ThemeRow] = []
        self.lens: LensRow | None = None
        self.mappings: list[MappingRow] = []
        self.misses: dict[str, str] = {}
        self._cell: tuple[str, str] = ("", "")
        self._build()
        self.setFocusProxy(self.tree)
        add_theme_actions(self)
        self._connect()

    @property
    def title(self) -> str:
        """The word on the rail."""
        return self.tr("Themes")

    def refresh(self, notice: Notice | None) -> None:
        """Draw what the study says now."""
        if notice is not None and not notice.touches(*_SHOWN, *_OTHERS):
            return
        with self.desk.read() as session:
            self.codes = {row.id: row for row in code_rows(session)}
            self.themes = theme_rows(session)
            self.lens = lens_in_use(session)
            self.mappings = mapping_rows(session, self.lens.id) if self.lens else []
            self.misses = unexplained(session, self.lens.id) if self.lens else {}
        feeds: dict[str, list[str]] = {}
        for theme in self.themes:
            for code_id, _ in theme.codes:
                feeds.setdefault(code_id, []).append(theme.name)
        self.codes_list.show_codes(list(self.codes.values()), feeds)
        self.tree.show_themes(self.themes, self.codes, feeds)
        self.no_themes.setVisible(not self.themes)
        self.matrix.show_matrix(self.themes, self.lens, self.mappings, self.misses)
        self.lens_name.setText(self.tr("Read through: {lens}").format(lens=self.lens.name) if self.lens else "")
        self.lens_name.setToolTip(self.lens.citation if self.lens else "")
        if not self.tree.chosen_theme() and self.themes:
            self.tree.choose(self.themes[0].id)
        self._show_sheet(self.tree.chosen_theme())
        self._show_cell(*self._cell)

    def show_theme(self, theme_id: str) -> None:
        """Show the sheet of a theme."""
        self.show_view("sheets")
        self.tree.choose(theme_id)
        self._show_sheet(theme_id)

    def show_view(self, name: str) -> None:
        """Show "sheets" or "matrix"."""
        self.commit_pending()
        self.views.setCurrentIndex(1 if name == "matrix" else 0)
        self.view_buttons[name].setChecked(True)

    def shows(self, rows: dict[str, frozenset[str]]) -> bool:
        """Themes, what feeds them and their mappings are in view here."""
        return self.isVisible() and not rows.keys() - _SHOWN

    def restyle(self) -> None:
        """Take over colours."""
        tokens = self.desk.tokens
        self.codes_list.tokens = tokens
        self.tree.tokens = tokens
        self.matrix.restyle(tokens)
        self.sheet.restyle()
        if self.isVisible():
            self.refresh(None)

    def commit_pending(self) -> None:
        """Commit what is typed here."""
        self.sheet.commit_pending()
        self.editor.commit_pending()

    def _show_sheet(self, theme_id: str) -> None:
        theme = next((one for one in self.themes if one.id == theme_id), None)
        self.sheet.show_theme(theme, self.lens, self.mappings)

    def _show_cell(self, theme_id: str, entry_id: str) -> None:
        self._cell = (theme_id, entry_id)
        theme = next((one for one in self.themes if one.id == theme_id), None)
        mapping = next((one for one in self.mappings if (one.theme_id, one.entry_id) == (theme_id, entry_id)), None)
        self.editor.show_cell(theme, entry_id, self.lens, mapping, self.misses.get(theme_id, ""))

    def _connect(self) -> None:
        self.filter.textChanged.connect(self.codes_list.filter_by)
        self.make.clicked.connect(lambda: make_theme(self))
        self.codes_list.makeWanted.connect(lambda: make_theme(self))
        self.codes_list.menuWanted.connect(self._code_menu)
        self.codes_list.itemSelectionChanged.connect(self._on_codes_chosen)
        self.tree.themeChosen.connect(self._show_sheet)
        self.tree.renameWanted.connect(lambda theme_id, name: self.desk.run(edit_theme, theme_id, name=name))
        self.tree.codesDropped.connect(lambda ids, theme_id: drop_codes(self, ids, theme_id))
        self.tree.codeMoved.connect(self._on_code_moved)
        self.tree.themeMoved.connect(
            lambda theme_id, parent, place: self.desk.run(
                move_theme, theme_id, parent or None, None if place < 0 else place
            )
        )
        self.tree.menuWanted.connect(lambda point: show_menu(self, point))
        self.sheet.excerptWanted.connect(self.jumpWanted)
        self.matrix.cellChosen.connect(self._show_cell)
        self.matrix.themeChosen.connect(self._remember)

    def _remember(self, theme_id: str) -> None:
        """A theme chosen in the matrix is the one at hand in the sheets too."""
        self.tree.choose(theme_id)
        self._show_sheet(theme_id)

    def _on_code_moved(self, code_id: str, source: str, target: str, stays: bool) -> None:
        if stays:
            self.desk.run(add_code, target, code_id)
        else:
            self.desk.run(move_code_between, code_id, source, target)

    def _on_codes_chosen(self) -> None:
        count = len(self.codes_list.chosen())
        words = {0: self.tr("Make a theme"), 1: self.tr("Make a theme from 1 code")}
        self.make.setText(words.get(count, self.tr("Make a theme from {n} codes").format(n=count)))

    def _code_menu(self, point: object) -> None:
        from PySide6.QtWidgets import QMenu

        menu = QMenu(self)
        for name in ("themes.make", "themes.add"):
            menu.addAction(self.desk.actions[name])
        menu.exec(point)  # type: ignore[call-overload]

    def _build(self) -> None:
        self.codes_list, self.tree = CodeList(), ThemeTree()
        self.sheet, self.matrix, self.editor = (
            ThemeSheet(self.desk, self.shelf),
            ThemeMatrix(),
            MappingEditor(self.desk),
        )
        self.filter = QLineEdit()
        self.filter.setObjectName("themes.filter")
        self.filter.setPlaceholderText(self.tr("Filter codes …"))
        self.filter.setAccessibleName(self.tr("Filter codes"))
        self.filter.setClearButtonEnabled(True)
        self.make = QPushButton(self.tr("Make a theme"))
        self.make.setObjectName("themes.make")
        self.make.setProperty("look", "primary")
        self.no_themes = PlainLabel(
            self.tr("No themes yet. Choose some codes that share an idea and make a theme of them, or drag them here."),
            "quiet",
            wrap=True,
        )
        self.views = QStackedWidget()
        self.views.addWidget(self._sheets())
        self.views.addWidget(self._matrix())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._head())
        layout.addWidget(self.views, 1)

    def _head(self) -> QWidget:
        head = QWidget()
        head.setProperty("look", "bar")
        head.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        row = QHBoxLayout(head)
        row.setContentsMargins(16, 8, 16, 8)
        row.setSpacing(8)
        row.addWidget(PlainLabel(self.tr("Themes"), "title"))
        self.lens_name = ElidedLabel("", "small")
        row.addWidget(self.lens_name, 1)
        group = QButtonGroup(self)
        self.view_buttons: dict[str, QPushButton] = {}
        for name, text in (("sheets", self.tr("Themes")), ("matrix", self.tr("Matrix"))):
            button = QPushButton(text)
            button.setObjectName(f"themes.view.{name}")
            button.setCheckable(True)
            button.setProperty("look", "chip")
            button.clicked.connect(lambda _, name=name: self.show_view(name))
            group.addButton(button)
            self.view_buttons[name] = button
            row.addWidget(button)
        self.view_buttons["sheets"].setChecked(True)
        return head

    def _sheets(self) -> QWidget:
        left, middle = QWidget(), QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(16, 16, 8, 16)
        column.setSpacing(8)
        column.addWidget(SectionLabel(self.tr("Codes")))
        column.addWidget(self.filter)
        column.addWidget(self.codes_list, 1)
        column.addWidget(self.make)
        column = QVBoxLayout(middle)
        column.setContentsMargins(16, 16, 8, 8)
        column.setSpacing(8)
        column.addWidget(SectionLabel(self.tr("Themes")))
        column.addWidget(self.no_themes)
        column.addWidget(self.tree, 1)
        splitter = QSplitter(Qt.Orientation.Horizontal)
        for part in (left, middle, self.sheet):
            part.setMinimumWidth(200)
            splitter.addWidget(part)
        splitter.setStretchFactor(2, 1)
        splitter.setSizes([230, 330, 760])
        splitter.setChildrenCollapsible(False)
        return splitter

    def _matrix(self) -> QWidget:
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.addWidget(self.matrix)
        splitter.addWidget(self.editor)
        splitter.setStretchFactor(0, 1)
        self.editor.setMinimumWidth(260)
        splitter.setSizes([1000, 300])
        splitter.setChildrenCollapsible(False)
        return splitter
