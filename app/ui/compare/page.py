"""What every page of the Compare workspace is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from app.ui.paged import Page

if TYPE_CHECKING:
    from app.ui.desk import Desk
    from app.ui.quotes import QuoteShelf


class ComparePage(Page):
    """One way of comparing. It leads to transcripts by its signals, and shares the quotes that were read."""

    excerptWanted = Signal(str, str)
    """Source id and excerpt id."""
    passageWanted = Signal(str, int, int)
    """Source id, start and end."""

    def __init__(self, desk: Desk, shelf: QuoteShelf) -> None:
        super().__init__(desk)
        self.shelf = shelf
