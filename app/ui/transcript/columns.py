"""How the width of a panel is shared: numbers, words at their measure, lanes; in pixels."""

from __future__ import annotations

from typing import NamedTuple

GUTTER, LANES_LEAST, LANES_MOST, SIDE = 48, 184, 280, 16
NARROW, LANES_NAMED, LANES_BARE = 300, 140, 56
"""The measure under which the lanes give room to the words: first down to what short names need, then to their bars."""
LEAST = 160
"""The least measure."""


class Columns(NamedTuple):
    """Where the words begin, how wide they are set, and how wide the lanes are."""

    left: int
    measure: int
    lanes: int


def columns(room: int, wanted: int) -> Columns:
    """Numbers, words and lanes, centred together; `wanted` is the measure that one has chosen."""
    lanes = max(LANES_LEAST, min(LANES_MOST, room - wanted - GUTTER - 2 * SIDE))
    words = room - GUTTER - SIDE
    if words - lanes < NARROW:  # the words come first, but a bar that has no name is looked for in vain
        lanes = max(LANES_NAMED, words - NARROW)
    if words - lanes < NARROW - 60:
        lanes = max(LANES_BARE, words - NARROW + 60)
    measure = max(LEAST, min(wanted, words - lanes))
    left = max(GUTTER, (room - measure - lanes) // 2)
    return Columns(left, measure, max(0, room - left - measure - SIDE))
