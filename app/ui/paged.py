"""A workspace of pages behind tabs: one is built when it is first asked for, and read only while it is seen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from app.ui.desk import Desk
from app.ui.widgets.fields import only_look
from app.ui.widgets.labels import PlainLabel
from app.ui.workspace import Workspace

if TYPE_CHECKING:
    from app.study import Notice
    from app.ui.style.tokens import Tokens


class Page(QWidget):
    """One page. It reads through the desk and leads to other places by its signals."""

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


class PagedWorkspace(Workspace):
    """The title, a row of tabs and the page that is seen. Sub-classes call `_add_pages` in __init__."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._makers: dict[str, Callable[[], Page]] = {}
        self._pages: dict[str, Page] = {}
        self.tabs = QTabBar()
        self.tabs.setObjectName(f"{self.name}.tabs")
        self.tabs.setExpanding(False)
        bar = QWidget()
        bar.setProperty("look", "bar")
        bar.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        row = QHBoxLayout(bar)
        row.setContentsMargins(16, 8, 16, 4)
        row.addWidget(PlainLabel(self.title, "title"))
        row.addSpacing(16)
        row.addWidget(self.tabs, 1)
        self._stack = QStackedWidget()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(bar)
        layout.addWidget(self._stack, 1)

    def refresh(self, notice: Notice | None) -> None:
        """Draw the page that is seen."""
        page = self.page()
        if notice is None:
            self._show(str(self.tabs.tabData(self.tabs.currentIndex())))
        elif page is not None:
            page.refresh(notice)

    def page(self) -> Page | None:
        """The page that is shown."""
        shown = self._stack.currentWidget()
        return shown if isinstance(shown, Page) else None

    def show_page(self, name: str) -> Page:
        """Bring a page into view and give it the keyboard."""
        self.tabs.setCurrentIndex(list(self._makers).index(name))
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

    def _add_pages(self, described: str, menu: str, pages: Sequence[tuple[str, str, Callable[[], Page]]]) -> None:
        """A tab and a command for each (name, title, how it is made); the one seen last is in front again."""
        self.tabs.setAccessibleName(described)
        for name, title, make in pages:
            self._makers[name] = make
            self.tabs.setTabData(self.tabs.addTab(title), name)
            self.desk.actions.add(
                f"{self.name}.{name}", f"{self.title}: {title}", lambda name=name: self.show_page(name), menu=menu
            )
        names = list(self._makers)
        last = str(self.desk.settings.place(self.desk.study.key, f"{self.name}/page", names[0]))
        self.tabs.setCurrentIndex(names.index(last) if last in names else 0)
        self.tabs.currentChanged.connect(lambda number: self._show(str(self.tabs.tabData(number))))

    def _show(self, name: str) -> Page:
        page = self._pages.get(name)
        if page is None:
            page = self._pages[name] = self._makers[name]()
            page.restyle(self.desk.tokens)
            self._stack.addWidget(page)
            if self.desk.study.read_only:
                only_look(page)
        before = self.page()
        if before is not None and before is not page:
            before.commit_pending()
        self._stack.setCurrentWidget(page)
        self.desk.settings.remember_place(self.desk.study.key, f"{self.name}/page", name)
        page.refresh(None)
        return page
