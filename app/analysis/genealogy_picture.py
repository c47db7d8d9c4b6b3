"""The drawing of a genealogy as plain data: a lane a life, days from left to right, lines where lives join and part.

Days stand at even distances, whatever lies between them: what counts is what came before what.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.analysis.genealogy import ENDS, Event, Genealogy, Happening, in_words
from app.analysis.map_picture import wide

LANE = 44.0
DAY = 132.0
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
    """A line from one lane to another: a life went into another, or came out of it."""

    x: float
    from_y: float
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
            marks.append(Mark(x, y, event.what, f"{_short(event.day)}: {event.words}{why}"))
        stretches += _stretches(life.events, places, end, y, life.name, alive=life.alive)
        for x, event in zip(places, life.events, strict=True):
            if event.other_id in lane_of and event.what in (Happening.MERGED, Happening.SPLIT):
                split = event.what == Happening.SPLIT
                other = lane_of[event.other_id]
                joints.append(Joint(x, other if split else y, y if split else other, split))
    height = HEAD + len(found.lives) * LANE + FOOT
    heads = tuple((x, _short(day)) for day, x in _heads(found, columns))
    return GenealogyPicture(
        title, width, height, heads, tuple(stretches), tuple(marks), tuple(joints), " ".join(in_words(found))
    )


def _columns(found: Genealogy) -> tuple[dict[tuple[str, int], float], float]:
    """{(life, number of its event): x}, and the whole width. A day is as wide as what happened on it in one life."""
    days: dict[date, int] = {}
    for life in found.lives:
        on: dict[date, int] = {}
        for event in life.events:
            on[event.day] = on.get(event.day, 0) + 1
        for day, count in on.items():
            days[day] = max(days.get(day, 0), count)
    starts: dict[date, float] = {}
    x = LEFT + 8
    for day in sorted(days):
        starts[day] = x
        x += DAY + (days[day] - 1) * STEP
    places: dict[tuple[str, int], float] = {}
    for life in found.lives:
        on = {}
        for number, event in enumerate(life.events):
            nth = on.get(event.day, 0)
            on[event.day] = nth + 1
            places[life.id, number] = starts[event.day] + nth * STEP
    return places, max(x + LEFT, 480.0)


def _heads(found: Genealogy, columns: dict[tuple[str, int], float]) -> list[tuple[date, float]]:
    first: dict[date, float] = {}
    for life in found.lives:
        for number, event in enumerate(life.events):
            x = columns[life.id, number]
            first[event.day] = min(first.get(event.day, x), x)
    return sorted(first.items())


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
        room = stop - x if said != (cuts[number + 1][1] if not last else "") else end - x
        made.append(
            Stretch(x, stop, y, "" if said == shown else _fitting(said, max(room, DAY) - 10), resting, alive and last)
        )
        shown = said
    return made


def _fitting(name: str, room: float) -> str:
    """The name, cut where there is no room for it."""
    if wide(name, NAME) <= room:
        return name
    while name and wide(name + "…", NAME) > room:
        name = name[:-1]
    return name.rstrip() + "…"


def _short(day: date) -> str:
    return f"{day.day} {day:%b %Y}"
