"""What every page of the Journal workspace is."""

from __future__ import annotations

from PySide6.QtCore import Signal

from app.ui.paged import Page


class JournalPage(Page):
    """One page. It leads to things by its signal."""

    goWanted = Signal(str, str)
    """Go to a thing: its sort (a word of `operations.journal.SUBJECTS`) and its id."""
