"""Days as one chooses them in a calendar, or types them."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QDate
from PySide6.QtWidgets import QDateEdit


class DayField(QDateEdit):
    """A day, with a calendar to choose it from."""

    def __init__(self, name: str, title: str, day: date) -> None:
        super().__init__(QDate(day.year, day.month, day.day))
        self.setObjectName(name)
        self.setAccessibleName(title)
        self.setCalendarPopup(True)
        self.setDisplayFormat("d MMMM yyyy")

    def day(self) -> date:
        """The day that is chosen."""
        chosen = self.date()
        return date(chosen.year(), chosen.month(), chosen.day())


def typed_day(text: str) -> date | None:
    """A day as it is typed in a filter, year-month-day; what is no day yet narrows nothing."""
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        return None


def is_no_day(text: str) -> bool:
    """Whether this is as long as a day is written, and none."""
    return len(text.strip()) >= len("2026-03-03") and typed_day(text) is None
