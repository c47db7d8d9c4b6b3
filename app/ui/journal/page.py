"""What every page of the Journal workspace is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from app.study import Notice
    from app.ui.desk import Desk
    from app.ui.style.tokens import Tokens


class JournalPage(QWidget):
    """One page. It reads through the desk and leads to things by its signal."""

    goWanted = Signal(str, str)
    """Go to a thing: its sort (a word of `operations.journal.SUBJECTS`) and its id."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk

    def refresh(self, notice: Notice | None) -> None:
        """Draw what the study says now; with a notice, only if it names something seen here."""
        raise NotImplementedError

    def enter(self) -> None:
        """The page was asked for: take the keyboard."""
        self.setFocus()

    def restyle(self, tokens: Tokens) -> None:
        """Take over other colours."""

    def commit_pending(self) -> None:
        """Commit what is typed and not yet on disk."""

    def looking_at(self) -> list[tuple[str, str]]:
        """What one looks at here, as a journal entry would link it."""
        return []
