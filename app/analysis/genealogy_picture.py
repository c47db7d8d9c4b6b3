"""The drawing of a genealogy as plain data: a lane a life, days from left to right, lines where lives join and part.

Days stand at even distances, whatever lies between them: what counts is what came before what.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from app.analysis.days import month_of, short_day
from app.analysis.genealogy import ENDS, Event, Genealogy, Happening, in_words
from app.analysis.map_picture import wide

LANE = 44.0
DAY = 72.0
"""How wide a day is at least; it is wider where the names that begin on it need room."""
LONGEST = 240.0
"""The room that a name may have; a longer one is cut."""
BESIDE = 9.0
"""From a sign to the name that begins there, so that no line from above runs through it."""
LEFT = 24.0
HEAD = 40.0
FOOT = 16.0
NAME = 12.0
STEP = 18.0
"""Between two marks of one day."""


@dataclass(frozen=True)
class Mark:
    """A sign on a lane. `what` is its shape's meaning; `words` is what is told of it."""

    x: float
    y: float
    what: Happening
    words: str


@dataclass(frozen=True)
class Stretch:
    """A piece of a lane between two names, with the name that holds there; `thin`: set aside or let go meanwhile."""

    x: float
    end: float
    y: float
    name: str
    thin: bool
    goes_on: bool


@dataclass(frozen=True)
class Joint:
    """A line from a sign on one lane to a sign on another: a life went into another, or came out of it."""

    x: float
    from_y: float
    to_x: float
    to_y: float
    split: bool


@dataclass(frozen=True)
class GenealogyPicture:
    """Everything to be drawn, in units of the drawing."""

    title: str
    width: float
    height: float
    days: tuple[tuple[float, str], ...]
    stretches: tuple[Stretch, ...]
    marks: tuple[Mark, ...]
    joints: tuple[Joint, ...]
    described: str


def draw(found: Genealogy, title: str = "") -> GenealogyPicture:
    """Lay the lives out."""
    columns, width = _columns(found)
    stretches: list[Stretch] = []
    marks: list[Mark] = []
    joints: list[Joint] = []
    lane_of = {life.id: HEAD + (number + 0.6) * LANE for number, life in enumerate(found.lives)}
    for life in found.lives:
        y = lane_of[life.id]
        places = [columns[life.id, number] for number in range(len(life.events))]
        end = places[-1] if not life.alive else width - LEFT
        for x, event in zip(places, life.events, strict=True):
            why = f" – {event.reason}" if event.reason else ""
            marks.append(Mark(x, y, event.what, f"{short_day(event.day)}: {event.words}{why}"))
        stretches += _stretches(life.events, places, end, y, life.name, alive=life.alive)
        for x, event in zip(places, life.events, strict=True):
            if event.other_id in lane_of and event.what in (Happening.MERGED, Happening.SPLIT):
                here, there = (x, y), (_facing(found, columns, life.id, event, x), lane_of[event.other_id])
                split = event.what == Happening.SPLIT
                joints.append(Joint(*there, *here, True) if split else Joint(*here, *there, False))
    height = HEAD + len(found.lives) * LANE + FOOT
    firsts = _firsts(found, columns)
    heads = tuple((firsts[day], words) for day, words in _heads(firsts).items())
    return GenealogyPicture(
        title, width, height, heads, tuple(stretches), tuple(marks), tuple(joints), " ".join(in_words(found))
    )


def _facing(
    found: Genealogy, columns: dict[tuple[str, int], float], life_id: str, event: Event, otherwise: float
) -> float:
    """Where the other life has the sign of the same merging or splitting."""
    other = next(life for life in found.lives if life.id == event.other_id)
    for number, one in enumerate(other.events):
        if one.other_id == life_id and one.at == event.at:
            return columns[other.id, number]
    return otherwise


def _columns(found: Genealogy) -> tuple[dict[tuple[str, int], float], float]:
    """{(life, number of its event): x}, and the whole width.

    A day is as wide as what happened on it in one life, and as the names that begin on it.
    """
    needs: dict[date, float] = {}
    days = {event.day for life in found.lives for event in life.events}
    for life in found.lives:
        on: dict[date, int] = {}
        for number, event in enumerate(life.events):
            before = on.get(event.day, 0) * STEP
            on[event.day] = on.get(event.day, 0) + 1
            later = [one.day for one in life.events[number + 1 :] if one.name or one.what in ENDS]
            name = event.name or (life.name if number == 0 else "")
            room = before + BESIDE + min(wide(name, NAME), LONGEST) + 12 if name else 0.0
            # A name that holds for several days has the room of all of them.
            held = sum(event.day <= day and (not later or day < later[0]) for day in days) or 1
            needs[event.day] = max(needs.get(event.day, 0.0), room - (held - 1) * DAY, DAY + before)
    starts: dict[date, float] = {}
    x = LEFT + 8
    for day, words in _heads(needs).items():
        starts[day] = x
        x += max(needs[day], wide(words, NAME) + 10)
    places: dict[tuple[str, int], float] = {}
    for life in found.lives:
        on = {}
        for number, event in enumerate(life.events):
            nth = on.get(event.day, 0)
            on[event.day] = nth + 1
            places[life.id, number] = starts[event.day] + nth * STEP
    return places, max(x + LEFT, 480.0)


def _firsts(found: Genealogy, columns: dict[tuple[str, int], float]) -> dict[date, float]:
    """Where each day begins."""
    first: dict[date, float] = {}
    for life in found.lives:
        for number, event in enumerate(life.events):
            x = columns[life.id, number]
            first[event.day] = min(first.get(event.day, x), x)
    return first


def _heads(days: Iterable[date]) -> dict[date, str]:
    """What stands above each day, in order; the year only where it is another than before."""
    heads: dict[date, str] = {}
    year = 0
    for day in sorted(days):
        heads[day] = short_day(day) if day.year != year else f"{day.day} {month_of(day)}"
        year = day.year
    return heads


def _stretches(
    events: Sequence[Event], places: Sequence[float], end: float, y: float, name: str, *, alive: bool
) -> list[Stretch]:
    """The lane cut where the name changes, and where it rests or wakes."""
    cuts: list[tuple[float, str, bool]] = []
    called, thin = next((event.name for event in events if event.name), name), False
    for x, event in zip(places, events, strict=True):
        before = (called, thin)
        called = event.name or called
        thin = event.what in (Happening.SET_ASIDE, Happening.LET_GO) or (
            thin and event.what not in (Happening.BROUGHT_BACK, Happening.STATUS)
        )
        if not cuts or (called, thin) != before:
            cuts.append((x, called, thin))
        if event.what in ENDS:
            break
    made = []
    shown = ""
    for number, (x, said, resting) in enumerate(cuts):
        last = number == len(cuts) - 1
        stop = end if last else cuts[number + 1][0]
        renamed = next((at for at, later, _ in cuts[number + 1 :] if later != said), max(end, x + LONGEST))
        fitted = "" if said == shown else _fitting(said, max(renamed - x - BESIDE, DAY) - 10)
        made.append(Stretch(x, stop, y, fitted, resting, alive and last))
        shown = said
    return made


def _fitting(name: str, room: float) -> str:
    """The name, cut where there is no room for it."""
    if wide(name, NAME) <= room:
        return name
    while name and wide(name + "…", NAME) > room:
        name = name[:-1]
    return name.rstrip() + "…"
