"""Pages behind a row of tabs, as the workspace has them twice."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from app.ui.widgets.labels import Line

HEAD = 43
"""Pixels of a row of tabs, or of a bar that stands beside one."""


class Tabbed(QWidget):
    """A tab a page; only the page in view is drawn."""

    changed = Signal()
    """Another page is in view."""

    def __init__(self, name: str, title: str, pages: list[tuple[str, QWidget]], parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName(f"{name}.pages")
        self.setProperty("look", "panel")
        self.tabs = QTabBar()
        self.tabs.setObjectName(name)
        self.tabs.setAccessibleName(title)
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.setUsesScrollButtons(False)
        self._stack = QStackedWidget(self)
        for text, page in pages:
            self.tabs.addTab(text)
            self._stack.addWidget(page)
        head = QWidget()
        head.setMinimumHeight(HEAD)
        above = QHBoxLayout(head)
        above.setContentsMargins(12, 0, 12, 0)
        above.addWidget(self.tabs, 1, Qt.AlignmentFlag.AlignBottom)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(head)
        layout.addWidget(Line())
        layout.addWidget(self._stack, 1)
        self.tabs.currentChanged.connect(self._on_tab)

    def choose(self, page: QWidget) -> None:
        """Bring a page into view."""
        self.tabs.setCurrentIndex(self._stack.indexOf(page))

    def shown(self) -> QWidget | None:
        """The page in view."""
        return self._stack.currentWidget()

    def allow(self, page: QWidget, allowed: bool) -> None:
        """Whether a page can be brought into view at all."""
        self.tabs.setTabVisible(self._stack.indexOf(page), allowed)

    def _on_tab(self, number: int) -> None:
        self._stack.setCurrentIndex(number)
        self.changed.emit()
