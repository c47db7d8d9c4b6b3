"""The Themes workspace: codes, themes and the sheet of one; or the board, the matrix, or where they meet a lens."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.analysis.codes import CodeRow, code_rows
from app.analysis.reviews import commented
from app.analysis.themes import LensRow, MappingRow, ThemeRow, lens_in_use, mapping_rows, theme_rows, unexplained
from app.operations.themes import edit_theme
from app.ui.board.commands import add_board_actions, show_board_menu
from app.ui.board.page import PLACES, BoardPage
from app.ui.desk import Desk
from app.ui.quotes import QuoteShelf
from app.ui.themes import clustering, merging
from app.ui.themes.bring_in_dialog import BringInDialog
from app.ui.themes.commands import (
    add_theme_actions,
    show_chip_menu,
    show_code_menu,
    show_excerpt_menu,
    show_tree_menu,
)
from app.ui.themes.frame import MatrixPage, SheetsPage, ViewBar
from app.ui.themes.meeting_page import MeetingPage
from app.ui.themes.notes import notes_on_matrix
from app.ui.themes.theme_tree import Link
from app.ui.transcripts.confirm_bar import ConfirmBar
from app.ui.workspace import Workspace

if TYPE_CHECKING:
    from app.study import Notice

_CODES = {"code"}
_THEMES = {"theme", "theme_code", "theme_lineage"}
_FRAMEWORK = {"mapping", "mapping_indicator", "mapping_excerpt", "unexplained", "lens", "lens_entry", "study"}
_EXCERPTS = {"theme_excerpt", "coding", "excerpt", "source", "turn", "speaker", "participant", "focus_group",
             "review_check"}  # fmt: skip
_SHOWN = _CODES | _THEMES | _FRAMEWORK - {"study"} | {"theme_excerpt", "review_check"} | PLACES


class ThemesWorkspace(Workspace):
    """Four views of the same themes: sheets, board, matrix, and where they meet the framework."""

    name = "themes"
    icon_name = "themes"
    jumpWanted = Signal(str, str)
    """Source id and excerpt id of an excerpt to be shown in its transcript."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.shelf = QuoteShelf(desk)
        self.codes: dict[str, CodeRow] = {}
        self.themes: list[ThemeRow] = []
        self.feeds: dict[str, list[str]] = {}
        self.lens: LensRow | None = None
        self.mappings: list[MappingRow] = []
        self.misses: dict[str, str] = {}
        self._cell: tuple[str, str] = ("", "")
        self._build()
        add_theme_actions(self)
        add_board_actions(self)
        self._connect()
        self.restyle()

    @property
    def title(self) -> str:
        """The word on the rail."""
        return self.tr("Themes")

    def refresh(self, notice: Notice | None) -> None:
        """Draw what the study says now; with a notice, only what it names."""
        touched = set(notice.rows) if notice is not None else _CODES | _THEMES | _FRAMEWORK | _EXCERPTS | PLACES
        if touched & (_CODES | _THEMES | _FRAMEWORK):
            self._read(touched)
        if touched & (_CODES | _THEMES):
            self._show_codes_and_themes()
        if touched & (_CODES | _THEMES | _FRAMEWORK):
            self._show_framework()
        if touched & (_CODES | _THEMES | _EXCERPTS | {"study"}):
            self.sheet.show_excerpts(self.codes)
        self.board.show_study(self.codes, self.themes, touched)
        if notice is None or "review_comment" in touched:
            with self.desk.read() as session:
                self.tree.comments.show(commented(session), self.desk.tokens)

    def theme(self, theme_id: str) -> ThemeRow | None:
        """The theme of this id."""
        return next((one for one in self.themes if one.id == theme_id), None)

    def show_theme(self, theme_id: str) -> None:
        """Show the sheet of a theme."""
        self.show_view("sheets")
        self.tree.choose(theme_id)
        self._show_sheet(theme_id)

    def show_view(self, name: str) -> None:
        """Show "sheets", "board", "matrix" or "framework"."""
        self.commit_pending()
        self.bar.choose(name)
        at_hand = self.focusWidget()
        for other, page in self.pages.items():  # all others go first: two pages above each other make the window grow
            if other != name:
                page.hide()
        self.pages[name].show()
        if name == "framework":
            self._show_meeting()
        parts: dict[str, QWidget] = {"matrix": self.matrix, "board": self.board.view, "framework": self.meeting}
        self.begins_at = parts.get(name, self.tree)
        if self.isVisible() and at_hand is not None and not at_hand.isVisible():  # the keyboard goes along
            self.setFocus()

    def switch_view(self) -> None:
        """From one view to the other, with the keyboard."""
        to_matrix = self.pages["matrix"].isHidden()
        self.show_view("matrix" if to_matrix else "sheets")
        if to_matrix:
            self.matrix.choose(self.tree.chosen_theme())
        (self.matrix if to_matrix else self.tree).setFocus()

    @property
    def in_board(self) -> bool:
        """Whether the board is the view one works in."""
        return not self.board.isHidden()

    def chosen_links(self) -> list[Link]:
        """The codes of themes that are chosen, each with its theme."""
        return self.board.chosen_links() if self.in_board else self.tree.chosen_links()

    def chosen_theme(self) -> str:
        """The theme that is chosen, or ""."""
        return self.board.chosen_theme() if self.in_board else self.tree.chosen_theme()

    def chosen_codes(self) -> list[str]:
        """The codes chosen where the keyboard is: on the board, in themes, or in the list."""
        if self.in_board:
            return self.board.chosen_codes()
        links = [code_id for _, code_id in self.tree.chosen_links()]
        in_tree = self.tree.hasFocus() and links
        return list(dict.fromkeys(links)) if in_tree else self.codes_list.chosen()

    def go_to(self, part: QWidget) -> None:
        """Put the keyboard into a part of the sheets."""
        self.show_view("sheets")
        part.setFocus()

    def shows(self, rows: dict[str, frozenset[str]]) -> bool:
        """Themes, what feeds them and their mappings are in view here."""
        if rows.keys() <= PLACES and not self.in_board:
            return False
        return self.isVisible() and not rows.keys() - _SHOWN

    def restyle(self) -> None:
        """Take over colours."""
        tokens = self.desk.tokens
        self.codes_list.restyle(tokens)
        self.tree.restyle(tokens)
        self.matrix.restyle(tokens)
        self.sheet.restyle()
        self.editor.restyle()
        self.board.restyle()
        self._show_meeting()

    def looking_at(self) -> list[tuple[str, str]]:
        """The codes and the theme that are chosen, and the entry of the lens in whose cell one works."""
        found = [("code", code_id) for code_id in self.chosen_codes()[:3]]
        theme_id, entry_id = self.chosen_theme(), self._cell[1]
        found += [("theme", theme_id)] if theme_id else []
        return found + ([("lens_entry", entry_id)] if entry_id and not self.pages["matrix"].isHidden() else [])

    def commit_pending(self) -> None:
        """Commit what is typed here, and remember how wide the parts are."""
        self.desk.settings.remember_state("themes.splitter", self._sheets.splitter.saveState())
        self.sheet.commit_pending()
        self.editor.commit_pending()
        self.board.commit_pending()

    def _read(self, touched: set[str]) -> None:
        with self.desk.read() as session:
            if touched & _CODES:
                self.codes = {row.id: row for row in code_rows(session)}
            if touched & (_THEMES | _CODES):
                self.themes = theme_rows(session)
            self.lens = lens_in_use(session)
            self.mappings = mapping_rows(session, self.lens.id) if self.lens else []
            self.misses = unexplained(session, self.lens.id) if self.lens else {}
        self.feeds = {}
        for theme in self.themes:
            for code_id, _ in theme.codes:
                self.feeds.setdefault(code_id, []).append(theme.name)

    def _show_codes_and_themes(self) -> None:
        self.codes_list.show_codes(list(self.codes.values()), self.feeds)
        self.tree.show_themes(self.themes, self.codes, self.feeds)
        self._sheets.show_what_there_is(bool(self.codes), bool(self.themes))
        self._show_theme_at_hand()

    def _show_theme_at_hand(self) -> None:
        theme = self.theme(self.tree.chosen_theme())
        self.sheet.show_theme(theme, self.themes, self.codes, self.feeds)
        self.sheet.show_framework(theme, self.lens, self.mappings)

    def _show_framework(self) -> None:
        self.sheet.show_framework(self.theme(self.sheet.theme_id), self.lens, self.mappings)
        self.matrix.show_matrix(self.themes, self.lens, self.mappings, self.misses)
        self._matrix.show_lens(self.lens, notes_on_matrix(self.lens, self.mappings), bool(self.themes))
        self._show_cell(*self._cell)
        if not self.meeting.isHidden():
            self._show_meeting()

    def _show_meeting(self) -> None:
        self.meeting.show_framework(self.themes, self.lens, self.mappings, self.misses, self.desk.tokens)

    def _show_sheet(self, theme_id: str) -> None:
        if theme_id != self.sheet.theme_id:
            self._show_theme_at_hand()
            self.sheet.show_excerpts(self.codes)

    def _show_cell(self, theme_id: str, entry_id: str) -> None:
        self._cell = (theme_id, entry_id)
        theme = self.theme(theme_id)
        mapping = next((one for one in self.mappings if (one.theme_id, one.entry_id) == (theme_id, entry_id)), None)
        self.editor.show_cell(theme, entry_id, self.lens, mapping, self.misses.get(theme_id, ""))
        if theme is None:
            self.editor.hide()

    def _open_cell(self) -> None:
        self.editor.show()
        self.editor.begin()

    def _close_cell(self) -> None:
        self.editor.commit_pending()
        self.matrix.setFocus()
        self.editor.hide()

    def _on_cell_chosen(self, theme_id: str, entry_id: str) -> None:
        """The theme of the cell at hand is the one at hand in the sheets too."""
        self._show_cell(theme_id, entry_id)
        self.tree.choose(theme_id)
        self._show_sheet(theme_id)

    def _on_theme_in_matrix(self, theme_id: str) -> None:
        """A theme chosen in the matrix: there is no cell to edit."""
        self._on_cell_chosen(theme_id, "")
        self._show_cell("", "")

    def bring_in(self) -> None:
        """Take words into the theme at hand straight from a transcript."""
        theme = self.theme(self.sheet.theme_id)
        if theme is not None:
            self.commit_pending()
            self.bringing = BringInDialog(self.desk, theme.id, theme.name, self)
            self.bringing.open()

    def edit_lens(self) -> None:
        """Change what the lens consists of."""
        if self.lens is not None:
            self._matrix.lens_menu.edit(self.lens.id)

    def _connect(self) -> None:
        self.bar.viewWanted.connect(self.show_view)
        self.filter.textChanged.connect(self.codes_list.filter_by)
        self.codes_list.makeWanted.connect(self.desk.actions["themes.make"].trigger)
        self.codes_list.menuWanted.connect(lambda point: show_code_menu(self, point))
        self.make.clicked.connect(lambda: clustering.ask_name(self, self.codes_list.chosen()))
        self.naming.nameGiven.connect(self._on_name)
        self.tree.themeChosen.connect(self._show_sheet)
        self.tree.commentsWanted.connect(lambda theme_id: self.desk.commentsWanted.emit("theme", theme_id))
        self.tree.renameWanted.connect(lambda theme_id, name: self.desk.done(edit_theme, theme_id, name=name))
        self.tree.codesDropped.connect(lambda ids, theme_id: clustering.drop_codes(self, ids, theme_id))
        self.tree.linksDropped.connect(lambda links, to, stays: clustering.drop_links(self, links, to, stays))
        self.tree.themeMoved.connect(lambda *where: clustering.place_theme(self, *where))
        self.tree.menuWanted.connect(lambda point, on_row: show_tree_menu(self, point, on_row))
        self.sheet.excerptWanted.connect(self.jumpWanted)
        self.sheet.matrixWanted.connect(self._map_theme_at_hand)
        self.sheet.themeWanted.connect(self.show_theme)
        self.sheet.decisions.bringWanted.connect(self.bring_in)
        self.sheet.chips.pressed.connect(lambda theme, code, chip: show_chip_menu(self, (theme, code), chip))
        self.sheet.decisions.menuWanted.connect(self._excerpt_menu)
        self.matrix.cellChosen.connect(self._on_cell_chosen)
        self.matrix.cellOpened.connect(self._open_cell)
        self.matrix.themeChosen.connect(self._on_theme_in_matrix)
        self.matrix.themeOpened.connect(self.show_theme)
        self.editor.closed.connect(self._close_cell)
        self.meeting.themeWanted.connect(self.show_theme)
        self.board.excerptWanted.connect(self.jumpWanted)
        self.board.sheetWanted.connect(self.show_theme)
        self.board.menuWanted.connect(lambda point: show_board_menu(self, point))
        self.board.roleWanted.connect(lambda role: clustering.give_role(self, self.board.chosen_links(), role))

    def _on_name(self, name: str) -> None:
        (merging.split_named if self.naming.split_from else clustering.make_named)(self, name)

    def _excerpt_menu(self, point: QPoint) -> None:
        show_excerpt_menu(self, point)

    def _map_theme_at_hand(self) -> None:
        self.show_view("matrix")
        self.matrix.choose(self.sheet.theme_id)
        self.matrix.setFocus()

    def _build(self) -> None:
        self.bar, self.confirm = ViewBar(), ConfirmBar()
        self._sheets = sheets = SheetsPage(self.desk, self.shelf, self)
        self._matrix = matrix = MatrixPage(self.desk, self.shelf, self.confirm, self)
        self.board = BoardPage(self.desk, self.shelf, self)
        self.meeting = MeetingPage()
        self.pages: dict[str, QWidget] = {
            "sheets": sheets,
            "board": self.board,
            "matrix": matrix,
            "framework": self.meeting,
        }
        self.codes_list, self.filter, self.make = sheets.codes_list, sheets.filter, sheets.make
        self.tree, self.naming, self.sheet = sheets.tree, sheets.naming, sheets.sheet
        self.matrix, self.editor = matrix.matrix, matrix.editor
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.bar)
        asked = QVBoxLayout()
        asked.setContentsMargins(12, 0, 12, 0)
        asked.addWidget(self.confirm)
        layout.addLayout(asked)
        for page in self.pages.values():
            layout.addWidget(page, 1)
        self.editor.hide()
        self.show_view("sheets")
