"""The drawer under the transcript: lists that one works through while the text stays in view."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from app.ui.widgets.fields import only_look

if TYPE_CHECKING:
    from app.study import Notice
    from app.ui.code.workspace import CodeWorkspace
    from app.ui.style.tokens import Tokens


class DrawerPage(QWidget):
    """One page of the drawer. It reads the study through `place.desk` and leads to the text through `place`."""

    def __init__(self, place: CodeWorkspace) -> None:
        super().__init__()
        self.place = place
        self.desk = place.desk

    def refresh(self, notice: Notice | None) -> None:
        """Draw what the study says now; called when the page comes into view and after each change while it is."""
        raise NotImplementedError

    def enter(self, words: str) -> None:  # noqa: ARG002 - pages that look for something use them
        """The page was asked for by its command: take the keyboard. `words` are those selected in the text."""
        self.setFocus()

    def restyle(self, tokens: Tokens) -> None:
        """Take over other colours."""

    def commit_pending(self) -> None:
        """Commit what is typed and not yet on disk."""


@dataclass(frozen=True)
class PageMaker:
    """How a page of the drawer is called and made; `keys` open it from anywhere in the workspace."""

    name: str
    title: str
    keys: str
    make: Callable[[CodeWorkspace], DrawerPage]


class Drawer(QWidget):
    """Pages behind tabs; a page is built when it is first asked for, and drawn only while it is seen."""

    closed = Signal()
    tallWanted = Signal(bool)
    """Whether the drawer wants the room of the text as well."""

    def __init__(self, place: CodeWorkspace, makers: list[PageMaker]) -> None:
        super().__init__()
        self.setObjectName("code.drawer")
        self.setProperty("look", "panel")
        self._place = place
        self._makers = {maker.name: maker for maker in makers}
        self._pages: dict[str, DrawerPage] = {}
        self.tabs = QTabBar()
        self.tabs.setObjectName("code.drawer.tabs")
        self.tabs.setAccessibleName(self.tr("Lists under the transcript"))
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        for maker in makers:
            self.tabs.setTabData(self.tabs.addTab(maker.title), maker.name)
        self.tall = QPushButton(self.tr("Taller"))
        self.tall.setObjectName("code.drawer.tall")
        self.tall.setCheckable(True)
        self.tall.setProperty("look", "link")
        self.shut = QPushButton(self.tr("Close"))
        self.shut.setObjectName("code.drawer.close")
        self.shut.setProperty("look", "link")
        head = QHBoxLayout()
        head.setContentsMargins(16, 4, 8, 0)
        head.addWidget(self.tabs, 1)
        head.addWidget(self.tall)
        head.addWidget(self.shut)
        self._stack = QStackedWidget()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(head)
        layout.addWidget(self._stack, 1)
        self.tabs.currentChanged.connect(self._on_tab)
        self.tall.toggled.connect(self.tallWanted)
        self.shut.clicked.connect(self.close_drawer)
        self.hide()

    def open_page(self, name: str, words: str = "") -> DrawerPage:
        """Bring a page into view and give it the keyboard."""
        self.show()
        number = next(n for n in range(self.tabs.count()) if self.tabs.tabData(n) == name)
        self.tabs.setCurrentIndex(number)
        page = self._show(name)
        page.enter(words)
        return page

    def page(self) -> DrawerPage | None:
        """The page in view, if the drawer is open."""
        shown = self._stack.currentWidget()
        return shown if self.isVisible() and isinstance(shown, DrawerPage) else None

    def refresh(self, notice: Notice | None) -> None:
        """Draw the page in view."""
        page = self.page()
        if page is not None:
            page.refresh(notice)

    def restyle(self, tokens: Tokens) -> None:
        """Take over other colours."""
        for page in self._pages.values():
            page.restyle(tokens)

    def commit_pending(self) -> None:
        """Commit what is typed on any page."""
        for page in self._pages.values():
            page.commit_pending()

    def close_drawer(self) -> None:
        """Give the room back to the text."""
        self.commit_pending()
        self.hide()
        self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc gives the room back to the text."""
        if event.key() == Qt.Key.Key_Escape:
            self.close_drawer()
        else:
            super().keyPressEvent(event)

    def _on_tab(self, number: int) -> None:
        if self.isVisible():
            self._show(str(self.tabs.tabData(number)))

    def _show(self, name: str) -> DrawerPage:
        page = self._pages.get(name)
        if page is None:
            page = self._pages[name] = self._makers[name].make(self._place)
            page.restyle(self._place.desk.tokens)
            if self._place.desk.study.read_only:
                only_look(page)
            self._stack.addWidget(page)
        self._stack.setCurrentWidget(page)
        page.refresh(None)
        return page
