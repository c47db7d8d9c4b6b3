"""Which stretches of a transcript may be corrected as text: words, and what stands unlabelled between turns.

A speaker label is not the speaker: writing another name over it would change what is read and not who it is. So
labels stay out of reach, and so does the white space that keeps one turn from the next.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Correctable:
    """The stretches of one text, in order; the ends of each belong to it."""

    stretches: tuple[tuple[int, int], ...]

    def stretch_at(self, start: int, end: int) -> int | None:
        """The number of the stretch that holds [start, end]; None if it reaches out of all of them."""
        number = bisect_right(self.stretches, (start, start)) - 1
        for here in (number, number + 1):
            if 0 <= here < len(self.stretches) and self.stretches[here][0] <= start and end <= self.stretches[here][1]:
                return here
        return None


def correctable(text: str, turns: Iterable[Sequence[int]]) -> Correctable:
    """The stretches of a text with these turns (label_start, label_end, start, end), in order.

    A text without words, or a turn without any, can still be written into.
    """
    stretches: list[tuple[int, int]] = []
    position = 0
    any_turn = False
    for label_start, _, start, end in turns:
        any_turn = True
        stretches += _unlabelled(text, position, label_start)
        stretches.append((start, end))
        position = end
    stretches += _unlabelled(text, position, len(text)) if any_turn else [(0, len(text))]
    return Correctable(tuple(stretches))


def _unlabelled(text: str, start: int, end: int) -> list[tuple[int, int]]:
    words = text[start:end]
    first, last = start + len(words) - len(words.lstrip()), start + len(words.rstrip())
    return [(first, last)] if first < last else []
