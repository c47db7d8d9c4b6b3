"""The pages of the Journal workspace; their modules are imported when they are first opened."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

if TYPE_CHECKING:
    from app.ui.desk import Desk
    from app.ui.journal.page import JournalPage

Make = Callable[["Desk"], "JournalPage"]


def journal_pages() -> list[tuple[str, str, Make]]:
    """(name, title, how it is made), in the order of the tabs."""
    return [
        ("journal", _tr("Journal"), _journal),
        ("written", _tr("Everything written"), _written),
        ("approach", _tr("Approach"), _approach),
        ("reporting", _tr("Reporting"), _reporting),
        ("phases", _tr("Phases"), _phases),
        ("trail", _tr("Trail"), _trail),
    ]


def _journal(desk: Desk) -> JournalPage:
    from app.ui.journal.timeline_page import TimelinePage

    return TimelinePage(desk)


def _written(desk: Desk) -> JournalPage:
    from app.ui.journal.written_page import WrittenPage

    return WrittenPage(desk)


def _approach(desk: Desk) -> JournalPage:
    from app.ui.journal.approach_page import ApproachPage

    return ApproachPage(desk)


def _reporting(desk: Desk) -> JournalPage:
    from app.ui.journal.reporting_page import ReportingPage

    return ReportingPage(desk)


def _phases(desk: Desk) -> JournalPage:
    from app.ui.journal.phases_page import PhasesPage

    return PhasesPage(desk)


def _trail(desk: Desk) -> JournalPage:
    from app.ui.journal.trail_page import TrailPage

    return TrailPage(desk)


def _tr(text: str) -> str:
    return QCoreApplication.translate("JournalPages", text)
