"""The pages of the Compare workspace; their modules are imported when they are first opened."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

if TYPE_CHECKING:
    from app.ui.compare.page import ComparePage
    from app.ui.desk import Desk
    from app.ui.quotes import QuoteShelf

Make = Callable[["Desk", "QuoteShelf"], "ComparePage"]


def compare_pages() -> list[tuple[str, str, Make]]:
    """(name, title, how it is made), in the order of the tabs."""
    return [
        ("excerpts", _tr("Excerpts"), _excerpts),
        ("beside", _tr("Side by side"), _beside),
        ("tables", _tr("Tables"), _tables),
    ]


def _excerpts(desk: Desk, shelf: QuoteShelf) -> ComparePage:
    from app.ui.compare.excerpts_page import ExcerptsPage

    return ExcerptsPage(desk, shelf)


def _beside(desk: Desk, shelf: QuoteShelf) -> ComparePage:
    from app.ui.compare.side_by_side import SideBySidePage

    return SideBySidePage(desk, shelf)


def _tables(desk: Desk, shelf: QuoteShelf) -> ComparePage:
    from app.ui.compare.tables_page import TablesPage

    return TablesPage(desk, shelf)


def _tr(text: str) -> str:
    return QCoreApplication.translate("ComparePages", text)
