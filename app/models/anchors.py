"""What becomes of excerpts when the text under them is corrected, worked out before anything is written."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from app.models.splice import Splice, moved_excerpt


class Fate(StrEnum):
    """What a correction does to an excerpt."""

    MOVES = "moves"
    """Its words are the same."""
    EDITED = "edited"
    """Words inside it are others; it keeps its ends."""
    CLIPPED = "clipped"
    """Words at one of its ends are others or gone, so that an end lies elsewhere; or none of its words is left."""
    JOINED = "joined"
    """It has the very ends of another one now, and becomes one with it."""
    DELETED = "deleted"
    """All its words are gone."""


class Anchor(NamedTuple):
    """Where an excerpt stands."""

    id: str
    start: int
    end: int
    level: str


@dataclass(frozen=True, slots=True)
class Anchored:
    """An excerpt and what becomes of it; `start` and `end` are its ends afterwards (equal if it is deleted)."""

    anchor: Anchor
    fate: Fate
    start: int
    end: int
    into: str = ""
    """The excerpt that it becomes one with."""

    @property
    def ends(self) -> tuple[int, int]:
        """Where it stands before."""
        return self.anchor.start, self.anchor.end

    @property
    def is_safe(self) -> bool:
        """Whether nothing of it is lost, so that nobody has to be asked."""
        return self.fate in {Fate.MOVES, Fate.EDITED}


def anchored(anchors: Iterable[Anchor], splice: Splice, after: str) -> list[Anchored]:
    """The fate of each excerpt under a correction; `after` is the text once it is corrected."""
    return joined(_anchored(anchor, splice, after) for anchor in anchors)


def joined(fates: Iterable[Anchored]) -> list[Anchored]:
    """The same, where several came to have the same ends: all but the one that changes least become one with it."""
    rank = {fate: place for place, fate in enumerate(Fate)}
    order = list(fates)
    kept: dict[tuple[int, int, str], str] = {}
    for one in sorted(order, key=lambda one: rank[one.fate]):
        if one.fate != Fate.DELETED:
            kept.setdefault((one.start, one.end, one.anchor.level), one.anchor.id)
    return [_joined(one, kept.get((one.start, one.end, one.anchor.level), one.anchor.id)) for one in order]


def _joined(one: Anchored, into: str) -> Anchored:
    if one.fate == Fate.DELETED or into == one.anchor.id:
        return one
    return Anchored(one.anchor, Fate.JOINED, one.start, one.end, into)


def _anchored(anchor: Anchor, splice: Splice, after: str) -> Anchored:
    ends = (anchor.start, anchor.end)
    start, end = moved_excerpt(splice, ends)
    if not splice.touches(*ends):
        return Anchored(anchor, Fate.MOVES, start, end)
    while start < end and after[start].isspace():
        start += 1
    while end > start and after[end - 1].isspace():
        end -= 1
    if start == end:
        return Anchored(anchor, Fate.DELETED, start, end)
    whole = moved_excerpt(splice.inverse, (start, end)) == ends and not splice.covers(*ends)
    return Anchored(anchor, Fate.EDITED if whole else Fate.CLIPPED, start, end)
