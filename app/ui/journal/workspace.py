"""The Journal workspace: what was written, the approach, reporting, the phases and the trail - each a page."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal

from app.ui.desk import Desk
from app.ui.journal.page import JournalPage
from app.ui.journal.pages import Make, journal_pages
from app.ui.paged import PagedWorkspace


class JournalWorkspace(PagedWorkspace):
    """The researcher's thinking, and how the analysis came about."""

    name = "journal"
    icon_name = "journal"
    goWanted = Signal(str, str)
    """Go to a thing: its sort (a word of `operations.journal.SUBJECTS`) and its id."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        pages = [(name, title, partial(self._made, make)) for name, title, make in journal_pages()]
        self._add_pages(self.tr("Pages of the journal"), "Journal", pages)

    @property
    def title(self) -> str:
        """The word on the rail."""
        return self.tr("Journal")

    def _made(self, make: Make) -> JournalPage:
        page = make(self.desk)
        page.goWanted.connect(self.goWanted)
        return page
