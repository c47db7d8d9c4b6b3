"""Which marks lie over a stretch of text, answered in the time of what is there and not of what is stored.

The text is cut into buckets and each mark stands in every bucket it touches: one excerpt over the whole text costs no
more than any other, where a search by starts would have to look at everything before it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from app.ui.transcript.marks import CodingMark

BUCKET = 2048


class SpanIndex:
    """All marks of a transcript with their lanes. Positions are code points."""

    def __init__(self, marks: Sequence[CodingMark] = ()) -> None:
        self._buckets: defaultdict[int, list[CodingMark]] = defaultdict(list)
        self._lanes: dict[str, int] = {}
        self.marks: dict[str, CodingMark] = {}
        """{key: mark} of all of them."""
        self._ends: list[int] = []
        """Where each lane is free again, as far as marks were put in by their starts."""
        self.append(marks)

    def append(self, marks: Iterable[CodingMark]) -> None:
        """Put marks in that start where those before them did, or further on; each takes the first free lane."""
        ends = self._ends
        for mark in sorted(marks, key=lambda mark: (mark.start, -mark.end)):
            start, lane = mark.start, 0
            for end in ends:
                if end <= start:
                    ends[lane] = mark.end
                    break
                lane += 1
            else:
                ends.append(mark.end)
            self._enter(mark, lane)

    def over(self, start: int, end: int) -> list[CodingMark]:
        """The marks that touch [start, end), each once, those that start first before the others."""
        found: dict[str, CodingMark] = {}
        for bucket in range(start // BUCKET, max(start, end - 1) // BUCKET + 1):
            for mark in self._buckets.get(bucket, ()):
                if mark.start < end and mark.end > start:
                    found[mark.key] = mark
        return sorted(found.values(), key=lambda mark: (mark.start, -mark.end, self._lanes[mark.key]))

    def lane(self, mark: CodingMark) -> int:
        """The lane of a mark: no two marks over the same words share one."""
        return self._lanes.get(mark.key, 0)

    def add(self, marks: Iterable[CodingMark]) -> None:
        """Put marks into the first free lanes; those that are there stay where they are."""
        for mark in marks:
            taken = {self._lanes[other.key] for other in self.over(mark.start, mark.end)}
            self._enter(mark, next(lane for lane in range(len(taken) + 1) if lane not in taken))

    def remove(self, marks: Iterable[CodingMark]) -> None:
        """Take marks out."""
        for mark in marks:
            if self._lanes.pop(mark.key, None) is None:
                continue
            del self.marks[mark.key]
            for bucket in _buckets(mark):
                self._buckets[bucket] = [one for one in self._buckets[bucket] if one.key != mark.key]

    def _enter(self, mark: CodingMark, lane: int) -> None:
        key = mark.key
        self._lanes[key], self.marks[key] = lane, mark
        for bucket in _buckets(mark):
            self._buckets[bucket].append(mark)


def _buckets(mark: CodingMark) -> range:
    first, last = mark.start // BUCKET, (mark.end - 1) // BUCKET
    return range(first, (max(first, last)) + 1)
