"""The pages of the drawer under the transcript, and how each is made when it is first asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from app.ui.code.drawer import DrawerPage, PageMaker

if TYPE_CHECKING:
    from app.ui.code.workspace import CodeWorkspace


def drawer_pages() -> list[PageMaker]:
    """Every page, in the order of the tabs. Their modules are imported only when they are opened."""
    return [
        PageMaker("search", _tr("Search"), "Ctrl+Shift+F", _search),
        PageMaker("lists", _tr("Lists"), "Ctrl+Shift+L", _lists),
        PageMaker("memos", _tr("Memos"), "Ctrl+Shift+M", _memos),
    ]


def _search(place: CodeWorkspace) -> DrawerPage:
    from app.ui.code.search_page import SearchPage

    return SearchPage(place)


def _lists(place: CodeWorkspace) -> DrawerPage:
    from app.ui.code.lists_page import ListsPage

    return ListsPage(place)


def _memos(place: CodeWorkspace) -> DrawerPage:
    from app.ui.code.memos_page import MemosPage

    return MemosPage(place)


def _tr(text: str) -> str:
    return QCoreApplication.translate("DrawerPages", text)
