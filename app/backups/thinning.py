"""Which backups may go: all of two days stay, then one a day, a week, a month; never the newest ones."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from app.backups.names import Backup

ALL = timedelta(days=2)
STEPS: tuple[tuple[timedelta, Callable[[datetime], object]], ...] = (
    (timedelta(days=14), lambda at: at.date()),
    (timedelta(weeks=8), lambda at: at.isocalendar()[:2]),
    (timedelta(days=365), lambda at: (at.year, at.month)),
)
"""(how long, what counts as one): a backup a day for two weeks, a week for eight, a month for twelve months."""


def superfluous(backups: Iterable[Backup], now: datetime, fewest: int) -> list[Backup]:
    """The backups of one study that need not be kept, oldest first.

    Which is the newest is judged by the sequence and by the clock, each for itself, so that a clock that was set back
    (or an older study put in the place of a newer one) takes none of the last ones. Those dated after `now` stay.
    """
    by_study: dict[str, list[Backup]] = {}
    for one in backups:
        by_study.setdefault(one.study, []).append(one)
    return sorted(
        (one for group in by_study.values() for one in _of_one_study(group, now, fewest)),
        key=lambda one: (one.at, one.seq),
    )


def _of_one_study(backups: list[Backup], now: datetime, fewest: int) -> list[Backup]:
    sound = [one for one in backups if one.is_sound]
    doubtful = sorted((one for one in backups if not one.is_sound), key=lambda one: (one.seq, one.at), reverse=True)
    kept: set[Backup] = set()
    kept.update(sorted(sound, key=lambda one: (one.seq, one.at), reverse=True)[:fewest])
    kept.update(sorted(sound, key=lambda one: (one.at, one.seq), reverse=True)[:fewest])
    kept.update(one for one in sound if now - one.at <= ALL)
    for how_long, period in STEPS:
        newest: dict[object, Backup] = {}
        for one in sorted(sound, key=lambda one: (one.at, one.seq)):
            if now - one.at <= how_long:
                newest[period(one.at)] = one
        kept.update(newest.values())
    kept.update(doubtful[:1])  # what did not verify replaces nothing, and one of them is enough
    return [one for one in backups if one not in kept]
