"""What stands beside the idea of a theme: its excerpts, its quotes, who is behind it, and how it was reviewed."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from app.analysis.codes import CodeRow
from app.ui.desk import Desk
from app.ui.quotes import QuoteShelf
from app.ui.themes.behind_page import BehindPage
from app.ui.themes.decisions import Decisions
from app.ui.themes.quotes_page import QuotesPage
from app.ui.themes.review_page import ReviewPage


class ThemePages(QWidget):
    """Four pages on one theme; one that is not seen reads nothing."""

    themeWanted = Signal(str)
    excerptWanted = Signal(str, str)

    def __init__(self, desk: Desk, shelf: QuoteShelf) -> None:
        super().__init__()
        self.setObjectName("themeSide")
        self.decisions = Decisions(desk, shelf)
        self.quotes = QuotesPage(desk, shelf)
        self.behind = BehindPage(desk)
        self.review = ReviewPage(desk)
        self.pages: dict[str, Decisions | QuotesPage | BehindPage | ReviewPage] = {
            "excerpts": self.decisions,
            "quotes": self.quotes,
            "behind": self.behind,
            "review": self.review,
        }
        self._theme_id = ""
        self._codes: dict[str, CodeRow] = {}
        self._stale: set[str] = set()
        self.decisions.excerptWanted.connect(self.excerptWanted)
        self.quotes.excerptWanted.connect(self.excerptWanted)
        self.behind.themeWanted.connect(self.themeWanted)
        self.behind.sharedWanted.connect(self._show_shared)
        self._build()

    def show_theme(self, theme_id: str, codes: dict[str, CodeRow]) -> None:
        """Show a theme as the study says it is now."""
        self._theme_id, self._codes = theme_id, codes
        self._stale = set(self.pages)
        self._show()

    def show_page(self, name: str) -> None:
        """Show "excerpts", "quotes", "behind" or "review"."""
        self.pages[self.at_hand].commit_pending()
        self.buttons[name].setChecked(True)
        self._stack.setCurrentWidget(self.pages[name])
        self._show()

    @property
    def at_hand(self) -> str:
        """The page that is shown."""
        return next(name for name, page in self.pages.items() if page is self._stack.currentWidget())

    def commit_pending(self) -> None:
        """Commit what is typed here."""
        for page in self.pages.values():
            page.commit_pending()

    def restyle(self) -> None:
        """Take over colours."""
        for page in self.pages.values():
            page.restyle()

    def _show(self) -> None:
        name = self.at_hand
        if name in self._stale:
            self._stale.discard(name)
            self.pages[name].show_theme(self._theme_id, self._codes)

    def _show_shared(self, excerpt_ids: frozenset[str]) -> None:
        self.show_page("excerpts")
        self.decisions.show_these(excerpt_ids)

    def _build(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(16, 12, 16, 0)
        head.setSpacing(6)
        group = QButtonGroup(self)
        self.buttons: dict[str, QPushButton] = {}
        for name, text in (
            ("excerpts", self.tr("Excerpts")),
            ("quotes", self.tr("Quotes")),
            ("behind", self.tr("Who is behind it")),
            ("review", self.tr("Review")),
        ):
            button = QPushButton(text)
            button.setObjectName(f"themeSide.{name}")
            button.setCheckable(True)
            button.setProperty("look", "chip")
            button.clicked.connect(lambda _, name=name: self.show_page(name))
            group.addButton(button)
            self.buttons[name] = button
            head.addWidget(button)
        self.buttons["excerpts"].setChecked(True)
        head.addStretch(1)
        self._stack = QStackedWidget(self)
        for page in self.pages.values():
            self._stack.addWidget(page)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(head)
        layout.addWidget(self._stack, 1)
