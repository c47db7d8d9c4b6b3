"""How lines run on a theme map: straight where nothing is in the way, else in the gentlest bow round the themes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import hypot
from typing import NamedTuple

from app.analysis.map_layout import Box

Point = tuple[float, float]

BOWS = (0.0, 0.14, -0.14, 0.28, -0.28, 0.45, -0.45, 0.65, -0.65, 0.9, -0.9, 1.3, -1.3)
"""How far the middle of a line is drawn aside, as a part of its length, the gentlest first."""
STEPS = 20
MANY = 150
"""From so many lines on they all run straight: a bow helps the eye on a map one can read, and takes time."""
CLEAR = 5.0


class Line(NamedTuple):
    """A line; where it is bowed, `bend` draws it aside (the control point of a quadratic curve)."""

    start: Point
    end: Point
    bend: Point | None = None


def run(ends_for: Callable[[Point], tuple[Point, Point]], one: Point, other: Point, others: Sequence[Box]) -> Line:
    """The line between two things with middles `one` and `other`, bowed as little as is needed to miss `others`.

    `ends_for(towards)` gives both ends when the line leaves its first thing towards a point.
    """
    dx, dy = other[0] - one[0], other[1] - one[1]
    best: tuple[int, Line] | None = None
    near = _near(one, other, others)
    for bow in BOWS:
        bend = (one[0] + dx / 2 - dy * bow, one[1] + dy / 2 + dx * bow)
        start, end = ends_for(bend if bow else other)
        line = Line(start, end, (round(bend[0], 1), round(bend[1], 1)) if bow else None)
        met = sum(1 for box in near if _meets(line, box))
        if not met:
            return line
        if best is None or met < best[0]:
            best = (met, line)
    assert best is not None
    return best[1]


def at(line: Line, part: float) -> Point:
    """The point of a line at `part` (0 to 1) of its way."""
    start, end, bend = line
    if bend is None:
        return start[0] + (end[0] - start[0]) * part, start[1] + (end[1] - start[1]) * part
    rest = 1 - part
    return (
        rest * rest * start[0] + 2 * rest * part * bend[0] + part * part * end[0],
        rest * rest * start[1] + 2 * rest * part * bend[1] + part * part * end[1],
    )


def _near(one: Point, other: Point, boxes: Sequence[Box]) -> list[Box]:
    """The boxes that any of the bows might meet."""
    reach = hypot(other[0] - one[0], other[1] - one[1]) * 0.5
    left, right = sorted((one[0], other[0]))
    top, bottom = sorted((one[1], other[1]))
    area = Box(left - reach, top - reach, right - left + 2 * reach, bottom - top + 2 * reach)
    return [box for box in boxes if box.overlaps(area)]


def _meets(line: Line, box: Box) -> bool:
    left, right = box.x - CLEAR, box.x + box.width + CLEAR
    top, bottom = box.y - CLEAR, box.y + box.height + CLEAR
    for step in range(STEPS + 1):
        x, y = at(line, step / STEPS)
        if left < x < right and top < y < bottom:
            return True
    return False
