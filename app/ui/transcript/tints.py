"""The tints under the words: deeper where codings overlap, but never so deep that the words are lost on them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from PySide6.QtGui import QColor

from app.ui.transcript.colours import ReadingColours

STEP = 0.08
"""How much deeper each further coding makes the ground."""


class Coloured(NamedTuple):
    """A stretch that one coding colours."""

    start: int
    end: int
    colour: str
    forward: bool


class Tint(NamedTuple):
    """A stretch of one even ground."""

    start: int
    end: int
    colour: QColor


def tints(marks: Sequence[Coloured], start: int, end: int, colours: ReadingColours) -> list[Tint]:
    """The grounds of [start, end): one a stretch over which the same codings lie, none where there is none."""
    edges = sorted({start, end, *(one.start for one in marks), *(one.end for one in marks)})
    coming = sorted(marks, key=lambda one: one.start)
    here: list[Coloured] = []
    grounds, place = [], 0
    for first, last in pairwise(edges):
        while place < len(coming) and coming[place].start <= first:
            here.append(coming[place])
            place += 1
        here = [one for one in here if one.end > first]
        if here and last > start and first < end:
            grounds.append(Tint(max(first, start), min(last, end), _ground(here, colours)))
    return grounds


def _ground(here: Sequence[Coloured], colours: ReadingColours) -> QColor:
    """The mean of the colours; the coding brought forward decides where it lies."""
    shown = [_parts(one.colour) for one in here if one.forward] or [_parts(one.colour) for one in here]
    depth = colours.tint + STEP * (len(here) - 1)
    ground = QColor(*(sum(part) // len(shown) for part in zip(*shown, strict=True)))
    ground.setAlphaF(colours.deepest if any(one.forward for one in here) else min(depth, colours.deepest))
    return ground


@cache
def _parts(colour: str) -> tuple[int, int, int]:
    """Red, green and blue of "#RRGGBB"."""
    made = QColor(colour)
    return made.red(), made.green(), made.blue()
