"""What every page of the Compare workspace is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from app.study import Notice
    from app.ui.desk import Desk
    from app.ui.quotes import QuoteShelf
    from app.ui.style.tokens import Tokens


class ComparePage(QWidget):
    """One way of comparing. It reads through the desk and leads to transcripts by its signals."""

    excerptWanted = Signal(str, str)
    """Source id and excerpt id."""
    passageWanted = Signal(str, int, int)
    """Source id, start and end."""

    def __init__(self, desk: Desk, shelf: QuoteShelf) -> None:
        super().__init__()
        self.desk, self.shelf = desk, shelf

    def refresh(self, notice: Notice | None) -> None:
        """Draw what the study says now."""
        raise NotImplementedError

    def enter(self) -> None:
        """The page was asked for: take the keyboard."""
        self.setFocus()

    def looking_at(self) -> list[tuple[str, str]]:
        """What is chosen here, as a journal entry would link it."""
        return []

    def restyle(self, tokens: Tokens) -> None:
        """Take over other colours."""
