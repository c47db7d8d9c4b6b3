"""Days as documents write them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip


def day(moment: datetime | date) -> str:
    """A day in words that no reader can mistake for another: 3 March 2026."""
    local = local_day(moment)
    return f"{local.day} {_MONTHS[local.month - 1]} {local.year}"


def short_day(moment: datetime | date) -> str:
    """The same where room is short: 3 Mar 2026."""
    local = local_day(moment)
    return f"{local.day} {month_of(local)} {local.year}"


def month_of(day: date) -> str:
    """The month of a day in three letters."""
    return _MONTHS[day.month - 1][:3]


def iso_day(moment: datetime) -> str:
    """A day for other programs: 2026-03-03."""
    return local_day(moment).isoformat()


def local_day(moment: datetime | date) -> date:
    """The day on which a moment lies here."""
    return moment.astimezone().date() if isinstance(moment, datetime) else moment


def span(moments: Iterable[datetime | date]) -> str:
    """From the first day to the last: "on 3 March 2026", or "between 3 March 2026 and 9 April 2026"."""
    days = sorted({local_day(one) for one in moments})
    if not days:
        return ""
    return f"on {day(days[0])}" if len(days) == 1 else f"between {day(days[0])} and {day(days[-1])}"
