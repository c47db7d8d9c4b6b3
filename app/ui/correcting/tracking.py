"""What was changed so far in a text that is being edited, and where its places are now. It knows lengths, no words.

Positions are those of whoever asks (here Qt's UTF-16 units), in the text as it was or as it is now.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple


class Place(NamedTuple):
    """A stretch of the old text that gave way to a stretch of the new."""

    at: int
    removed: int
    now: int
    added: int


class Tracking:
    """The running record of edits; each is taken in as it happens."""

    def __init__(self) -> None:
        self._edits: list[tuple[int, int, int]] = []

    def places(self) -> Iterator[Place]:
        """Every place changed, in order; neighbours that touch are one."""
        shift = 0
        for at, removed, added in self._edits:
            yield Place(at, removed, at + shift, added)
            shift += added - removed

    def joined(self, position: int, removed: int, added: int) -> Place:
        """What an edit at a place of the text as it is now comes to, with those it touches."""
        shift = 0
        start, end = position, position + removed
        old_start: int | None = None
        for one in self.places():
            if one.now > end:
                break
            if one.now + one.added >= start:
                if old_start is None:
                    old_start = min(one.at, one.at + start - one.now)
                start = min(start, one.now)
                end = max(end, one.now + one.added)
            shift = one.now + one.added - one.at - one.removed
        if old_start is None:
            old_start = start - shift
        return Place(old_start, end - shift - old_start, start, end - start - removed + added)

    def record(self, position: int, removed: int, added: int) -> None:
        """Take in an edit."""
        place = self.joined(position, removed, added)
        kept = [one for one in self._edits if one[0] + one[1] < place.at or one[0] > place.at + place.removed]
        kept.append((place.at, place.removed, place.added))
        self._edits = sorted(one for one in kept if one[1] or one[2])

    def now(self, old: int) -> int:
        """Where a place of the old text is now; what is inside an edit is at its end."""
        shift = 0
        for at, removed, added in self._edits:
            if at > old:
                break
            if old < at + removed:
                return at + shift + added
            shift += added - removed
        return old + shift

    def then(self, now: int) -> int:
        """Where a place of the text as it is now was; what was put in was at the start of the edit."""
        shift = 0
        for one in self.places():
            if one.now > now:
                break
            if now < one.now + one.added:
                return one.at
            shift = one.now + one.added - one.at - one.removed
        return now - shift
