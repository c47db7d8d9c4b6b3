"""The Compare workspace: retrieval, two codes side by side, tables - each a page."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal

from app.ui.compare.page import ComparePage
from app.ui.compare.pages import Make, compare_pages
from app.ui.desk import Desk
from app.ui.paged import PagedWorkspace
from app.ui.quotes import QuoteShelf


class CompareWorkspace(PagedWorkspace):
    """Ways of looking across transcripts, codes and people."""

    name = "compare"
    icon_name = "compare"
    excerptWanted = Signal(str, str)
    passageWanted = Signal(str, int, int)

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.shelf = QuoteShelf(desk)
        pages = [(name, title, partial(self._made, make)) for name, title, make in compare_pages()]
        self._add_pages(self.tr("Ways of comparing"), "View", pages)

    @property
    def title(self) -> str:
        """The word on the rail."""
        return self.tr("Compare")

    def _made(self, make: Make) -> ComparePage:
        page = make(self.desk, self.shelf)
        page.excerptWanted.connect(self.excerptWanted)
        page.passageWanted.connect(self.passageWanted)
        return page
