"""The Journal workspace: pages behind tabs, each built when it is first asked for and read only while it is seen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from app.ui.desk import Desk
from app.ui.journal.page import JournalPage
from app.ui.journal.pages import journal_pages
from app.ui.widgets.labels import PlainLabel
from app.ui.workspace import Workspace

if TYPE_CHECKING:
    from app.study import Notice


class JournalWorkspace(Workspace):
    """The researcher's thinking, and how the analysis came about."""

    name = "journal"
    icon_name = "journal"
    goWanted = Signal(str, str)
    """Go to a thing: its sort (a word of `operations.journal.SUBJECTS`) and its id."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._makers = {name: make for name, _, make in journal_pages()}
        self._pages: dict[str, JournalPage] = {}
        self.tabs = QTabBar()
        self.tabs.setObjectName("journal.tabs")
        self.tabs.setAccessibleName(self.tr("Pages of the journal"))
        self.tabs.setExpanding(False)
        for name, title, _ in journal_pages():
            self.tabs.setTabData(self.tabs.addTab(title), name)
            desk.actions.add(f"journal.{name}", self.tr("Journal: {title}").format(title=title),
                             lambda name=name: self.show_page(name), menu="Journal")  # fmt: skip
        bar = QWidget()
        bar.setProperty("look", "bar")
        bar.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        row = QHBoxLayout(bar)
        row.setContentsMargins(16, 8, 16, 4)
        row.addWidget(PlainLabel(self.tr("Journal"), "title"))
        row.addSpacing(16)
        row.addWidget(self.tabs, 1)
        self._stack = QStackedWidget()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(bar)
        layout.addWidget(self._stack, 1)
        place = str(desk.settings.place(desk.study.key, "journal/page", "journal"))
        names = [str(self.tabs.tabData(number)) for number in range(self.tabs.count())]
        self.tabs.setCurrentIndex(names.index(place) if place in names else 0)
        self.tabs.currentChanged.connect(lambda number: self._show(str(self.tabs.tabData(number))))

    @property
    def title(self) -> str:
        """The word on the rail."""
        return self.tr("Journal")

    def refresh(self, notice: Notice | None) -> None:
        """Draw the page that is seen."""
        page = self.page()
        if notice is None:
            self._show(str(self.tabs.tabData(self.tabs.currentIndex())))
        elif page is not None:
            page.refresh(notice)

    def page(self) -> JournalPage | None:
        """The page that is shown."""
        shown = self._stack.currentWidget()
        return shown if isinstance(shown, JournalPage) else None

    def show_page(self, name: str) -> JournalPage:
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

    def commit_pending(self) -> None:
        """Commit what is typed on any page."""
        for page in self._pages.values():
            page.commit_pending()

    def looking_at(self) -> list[tuple[str, str]]:
        """What the page that is shown is about."""
        page = self.page()
        return page.looking_at() if page is not None else []

    def _show(self, name: str) -> JournalPage:
        page = self._pages.get(name)
        if page is None:
            page = self._pages[name] = self._makers[name](self.desk)
            page.goWanted.connect(self.goWanted)
            page.restyle(self.desk.tokens)
            self._stack.addWidget(page)
            if self.desk.study.read_only:
                from app.ui.window.opening import only_look

                only_look(page)
        before = self.page()
        if before is not None and before is not page:
            before.commit_pending()
        self._stack.setCurrentWidget(page)
        self.desk.settings.remember_place(self.desk.study.key, "journal/page", name)
        page.refresh(None)
        return page
