"""The Compare workspace: retrieval, two codes side by side, tables - each a page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from app.ui.compare.page import ComparePage
from app.ui.compare.pages import compare_pages
from app.ui.desk import Desk
from app.ui.quotes import QuoteShelf
from app.ui.widgets.labels import PlainLabel
from app.ui.workspace import Workspace

if TYPE_CHECKING:
    from app.study import Notice


class CompareWorkspace(Workspace):
    """Pages behind tabs; one is built when it is first asked for and read only while it is seen."""

    name = "compare"
    icon_name = "compare"
    excerptWanted = Signal(str, str)
    passageWanted = Signal(str, int, int)

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.shelf = QuoteShelf(desk)
        self._makers = {name: make for name, _, make in compare_pages()}
        self._pages: dict[str, ComparePage] = {}
        self.tabs = QTabBar()
        self.tabs.setObjectName("compare.tabs")
        self.tabs.setAccessibleName(self.tr("Ways of comparing"))
        self.tabs.setExpanding(False)
        for name, title, _ in compare_pages():
            self.tabs.setTabData(self.tabs.addTab(title), name)
            desk.actions.add(f"compare.{name}", self.tr("Compare: {title}").format(title=title),
                             lambda name=name: self.show_page(name), menu="View")  # fmt: skip
        bar = QWidget()
        bar.setProperty("look", "bar")
        bar.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        row = QHBoxLayout(bar)
        row.setContentsMargins(16, 8, 16, 4)
        row.addWidget(PlainLabel(self.tr("Compare"), "title"))
        row.addSpacing(16)
        row.addWidget(self.tabs, 1)
        self._stack = QStackedWidget()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(bar)
        layout.addWidget(self._stack, 1)
        place = str(desk.settings.place(desk.study.key, "compare/page", "excerpts"))
        names = [str(self.tabs.tabData(number)) for number in range(self.tabs.count())]
        self.tabs.setCurrentIndex(names.index(place) if place in names else 0)
        self.tabs.currentChanged.connect(lambda number: self._show(str(self.tabs.tabData(number))))

    @property
    def title(self) -> str:
        """The word on the rail."""
        return self.tr("Compare")

    def refresh(self, notice: Notice | None) -> None:
        """Draw the page that is seen."""
        if notice is None:
            self._show(str(self.tabs.tabData(self.tabs.currentIndex())))
        else:
            page = self._stack.currentWidget()
            if isinstance(page, ComparePage):
                page.refresh(notice)

    def looking_at(self) -> list[tuple[str, str]]:
        """The passages chosen on the page that is shown, with their codes."""
        page = self._stack.currentWidget()
        return page.looking_at() if isinstance(page, ComparePage) else []

    def show_page(self, name: str) -> ComparePage:
        """Bring a page into view and give it the keyboard."""
        number = next(n for n in range(self.tabs.count()) if self.tabs.tabData(n) == name)
        self.tabs.setCurrentIndex(number)
        page = self._show(name)
        page.enter()
        return page

    def restyle(self) -> None:
        """Take over colours."""
        for page in self._pages.values():
            page.restyle(self.desk.tokens)

    def _show(self, name: str) -> ComparePage:
        page = self._pages.get(name)
        if page is None:
            page = self._pages[name] = self._makers[name](self.desk, self.shelf)
            page.excerptWanted.connect(self.excerptWanted)
            page.passageWanted.connect(self.passageWanted)
            page.restyle(self.desk.tokens)
            self._stack.addWidget(page)
        self._stack.setCurrentWidget(page)
        self.desk.settings.remember_place(self.desk.study.key, "compare/page", name)
        page.refresh(None)
        return page
