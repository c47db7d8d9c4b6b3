"""A correction of a text as arithmetic: which stretches give way to which, and where every offset goes.

A `Splice` is a few edits of one text, in order, in code points of the text before them. It is its own journal: turned
round it is the way back. An offset that the way there and back does not bring home stood inside an edit; such rows
are "clipped", and the journal keeps them as rows.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, pairwise
from typing import Any, NamedTuple


class Edit(NamedTuple):
    """One place of a splice: at `at` (before any edit) `removed` gives way to `inserted`."""

    at: int
    removed: str
    inserted: str


class SpliceBroken(ValueError):
    """A splice does not fit the text it is to be applied to."""


@dataclass(frozen=True)
class Splice:
    """Edits that neither overlap nor touch, in order."""

    edits: tuple[Edit, ...]

    def applied(self, text: str) -> str:
        """The text after the edits. Raises SpliceBroken if it does not say what they take away."""
        parts: list[str] = []
        position = 0
        for at, removed, inserted in self.edits:
            if at < position or text[at : at + len(removed)] != removed or at > len(text):
                raise SpliceBroken
            parts += (text[position:at], inserted)
            position = at + len(removed)
        parts.append(text[position:])
        return "".join(parts)

    @cached_property
    def inverse(self) -> Splice:
        """The way back."""
        return Splice(
            tuple(Edit(place, edit.inserted, edit.removed) for place, edit in zip(self.places, self.edits, strict=True))
        )

    @cached_property
    def places(self) -> tuple[int, ...]:
        """Where each edit stands in the text after them."""
        return tuple(edit.at + before for edit, before in zip(self.edits, self._shifts, strict=False))

    def after(self, offset: int) -> int:
        """Where an offset goes that belongs to what follows it: words put in just there come before it."""
        number = bisect_right(self._starts, offset) - 1
        if number < 0:
            return offset
        at, removed, inserted = self.edits[number]
        if offset >= at + len(removed):
            return offset + self._shifts[number + 1]
        return at + self._shifts[number] + (0 if offset == at else len(inserted))

    def before(self, offset: int) -> int:
        """Where an offset goes that belongs to what stands before it: words put in just there come after it."""
        number = bisect_left(self._starts, offset) - 1
        if number < 0:
            return offset
        at, removed, inserted = self.edits[number]
        if offset >= at + len(removed):
            return offset + self._shifts[number + 1]
        return at + self._shifts[number] + len(inserted)

    def first(self, offset: int) -> int:
        """Where the start of an excerpt goes: like `after`, but inside an edit it takes in the whole of it."""
        number = bisect_right(self._starts, offset) - 1
        if number < 0:
            return offset
        at, removed, _ = self.edits[number]
        if offset >= at + len(removed):
            return offset + self._shifts[number + 1]
        return at + self._shifts[number]

    def touches(self, start: int, end: int) -> bool:
        """Whether an edit lies inside [start, end) or reaches into it."""
        number = bisect_left(self._starts, end) - 1
        if number < 0:
            return False
        at, removed, _ = self.edits[number]
        return at + len(removed) > start or (at > start and not removed)

    def covers(self, start: int, end: int) -> bool:
        """Whether one edit takes all of [start, end) away."""
        number = bisect_right(self._starts, start) - 1
        return number >= 0 and self.edits[number].at + len(self.edits[number].removed) >= end > start

    @cached_property
    def _starts(self) -> list[int]:
        return [edit.at for edit in self.edits]

    @cached_property
    def _shifts(self) -> list[int]:
        """By how much the text is longer before each edit, and after the last."""
        return list(accumulate((len(edit.inserted) - len(edit.removed) for edit in self.edits), initial=0))


def spliced(edits: Iterable[tuple[int, str, str]]) -> Splice:
    """A splice of edits in order: those that touch become one, what they have in common at their ends is left out."""
    joined: list[Edit] = []
    for at, removed, inserted in edits:
        if joined and joined[-1].at + len(joined[-1].removed) == at:
            last = joined.pop()
            joined.append(Edit(last.at, last.removed + removed, last.inserted + inserted))
        else:
            joined.append(Edit(at, removed, inserted))
    return Splice(tuple(edit for edit in map(_trimmed, joined) if edit.removed or edit.inserted))


def as_images(splice: Splice) -> tuple[list[list[Any]], list[list[Any]]]:
    """The two sides of the splice as the journal keeps them: [[place, words], ...] before and after."""
    gone = [[edit.at, edit.removed] for edit in splice.edits]
    come = [[place, edit.inserted] for place, edit in zip(splice.places, splice.edits, strict=True)]
    return gone, come


def from_images(gone: Sequence[Sequence[Any]], come: Sequence[Sequence[Any]]) -> Splice:
    """The splice that these two sides speak of. Raises SpliceBroken if they do not belong together."""
    edits = []
    for left, right in zip(gone, come, strict=True):
        (at, removed), (_, inserted) = left, right
        if not (isinstance(at, int) and isinstance(removed, str) and isinstance(inserted, str)):
            raise SpliceBroken
        edits.append(Edit(at, removed, inserted))
    splice = Splice(tuple(edits))
    ordered = all(one.at + len(one.removed) < two.at for one, two in pairwise(edits))
    if not edits or edits[0].at < 0 or not ordered or list(splice.places) != [side[0] for side in come]:
        raise SpliceBroken
    return splice


def _trimmed(edit: Edit) -> Edit:
    """The edit without what both sides begin or end with."""
    at, removed, inserted = edit
    most = min(len(removed), len(inserted))
    head = next((place for place in range(most) if removed[place] != inserted[place]), most)
    tail = 0
    while tail < most - head and removed[-1 - tail] == inserted[-1 - tail]:
        tail += 1
    return Edit(at + head, removed[head : len(removed) - tail], inserted[head : len(inserted) - tail])


def moved_turn(splice: Splice, offsets: Sequence[int]) -> tuple[int, ...]:
    """Where the offsets of a turn go: nothing about a turn is ever turned round or overlaps that did not before."""
    return tuple(splice.after(offset) for offset in offsets)


def moved_excerpt(splice: Splice, offsets: Sequence[int]) -> tuple[int, int]:
    """Where the ends of an excerpt go: words put in at its very edge stay outside."""
    start, end = offsets
    return splice.first(start), splice.before(end)
