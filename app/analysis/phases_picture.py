"""The picture of the recursion: six lanes, visits as bars over days, returns as lines from one lane to the next.

Plain data, for the screen and for the audit report. Length is calendar, not work: nothing here says how long anybody
worked, and no lane is full or empty.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from app.analysis.days import day as in_full
from app.analysis.days import month_of, short_day
from app.analysis.phases import Visit
from app.models.kinds import SHORT, Phase

NAMES = 190.0
LANE = 38.0
BAR = 16.0
HEAD = 16.0
FOOT = 30.0
RIGHT = 24.0
LEAST = 7.0
"""A visit of one day is still seen."""

PHASES = tuple(Phase)


@dataclass(frozen=True)
class Bar:
    """A visit. `later`: entered or corrected afterwards, which is drawn hatched; `open`: it goes on."""

    visit_id: str
    x: float
    y: float
    width: float
    later: bool
    open: bool
    words: str


@dataclass(frozen=True)
class Move:
    """From the end of one visit to the beginning of the next; `back`: to an earlier phase."""

    x: float
    from_y: float
    to_x: float
    to_y: float
    back: bool


@dataclass(frozen=True)
class PhasesPicture:
    """Everything to be drawn, in units of the drawing."""

    width: float
    height: float
    lanes: tuple[tuple[float, str], ...]
    bars: tuple[Bar, ...]
    moves: tuple[Move, ...]
    ticks: tuple[tuple[float, str], ...]
    described: str


def draw(visits: Sequence[Visit], until: date, width: float = 900.0) -> PhasesPicture:
    """Lay the visits out in `width`; a visit that goes on is drawn to `until`."""
    room = max(width - NAMES - RIGHT, 200.0)
    first = min((one.began_on for one in visits), default=until)
    last = max([until if one.ended_on is None else one.ended_on for one in visits] or [until])
    days = max((last - first).days + 1, 1)
    lane_y = {phase: HEAD + (number + 0.5) * LANE for number, phase in enumerate(PHASES)}

    def at(day: date) -> float:
        return NAMES + room * (day - first).days / days

    bars, moves = [], []
    before: Visit | None = None
    for visit in visits:
        y = lane_y[visit.phase]
        end = visit.ended_on or until
        x = at(visit.began_on)
        wide = max(LEAST, at(end + timedelta(days=1)) - x - (1 if visit.ended_on else 0))
        bars.append(Bar(visit.id, x, y - BAR / 2, wide, visit.added_later, visit.ended_on is None, in_words(visit)))
        if before is not None and before.phase != visit.phase:
            stop = at((before.ended_on or until) + timedelta(days=1))
            back = PHASES.index(visit.phase) < PHASES.index(before.phase)
            moves.append(Move(min(stop, x), lane_y[before.phase], x, y, back))
        before = visit
    lanes = tuple((lane_y[phase], SHORT[phase]) for phase in PHASES)
    height = HEAD + len(PHASES) * LANE + FOOT
    return PhasesPicture(
        width, height, lanes, tuple(bars), tuple(moves), _ticks(first, last, at) if visits else (), described(visits)
    )


def described(visits: Sequence[Visit]) -> str:
    """The picture for who cannot see it."""
    if not visits:
        return "No visit to a phase is recorded yet."
    told = [in_words(visit) for visit in visits]
    returns = sum(PHASES.index(one.phase) < PHASES.index(before.phase) for before, one in pairwise(visits))
    went_back = " The work went back to earlier phases." if returns else ""
    return "Visits to the phases, in order. " + ". ".join(told) + "." + went_back


def in_words(visit: Visit) -> str:
    """One visit in a line."""
    later = " (entered later)" if visit.added_later else ""
    return f"{SHORT[visit.phase]}: {days_of(visit)}{later}"


def days_of(visit: Visit) -> str:
    """Its days, without clock times."""
    if visit.ended_on is None:
        return f"since {in_full(visit.began_on)}"
    if visit.ended_on == visit.began_on:
        return in_full(visit.began_on)
    return f"{in_full(visit.began_on)} to {in_full(visit.ended_on)}"


def _ticks(first: date, last: date, at: Callable[[date], float]) -> tuple[tuple[float, str], ...]:
    """Days written under the lanes: beginnings of months, thinned out; of short spans the first and the last day."""
    months = []
    year, month = first.year, first.month
    while date(year, month, 1) <= last:
        if date(year, month, 1) >= first:
            months.append(date(year, month, 1))
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    if len(months) < 2:
        shown = [first] if first == last else [first, last]
        return tuple((at(day), short_day(day)) for day in shown)
    step = -(-len(months) // 9)
    return tuple((at(day), f"{month_of(day)} {day.year}") for day in months[::step])
