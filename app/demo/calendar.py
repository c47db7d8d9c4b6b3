"""The days of the example study: its history reads like one, and is the same on every build."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

BEGIN, END = time(9, 10), time(17, 30)
STEP = timedelta(minutes=11)


class Calendar:
    """Gives a moment for each change: some minutes after the one before, on working days, never back in time."""

    def __init__(self, first: str) -> None:
        self._moment = moment_of(first)

    def go_to(self, day: str) -> None:
        """Go on with this day (2024-04-02), unless it is that day or later already."""
        self._moment = max(self._moment, moment_of(day))

    def next(self) -> datetime:
        """The moment of the next change."""
        given = self._moment
        self._moment += STEP
        if self._moment.time() > END:
            self._moment = moment_of((self._moment + timedelta(days=1)).date().isoformat())
            while self._moment.weekday() >= 5:
                self._moment += timedelta(days=1)
        return given


def moment_of(day: str) -> datetime:
    """The morning of a day."""
    return datetime.fromisoformat(day).replace(hour=BEGIN.hour, minute=BEGIN.minute, tzinfo=UTC)
