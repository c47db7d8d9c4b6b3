"""How densely a transcript is coded, stretch by stretch, kept up to date by what comes and goes."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import accumulate

from app.ui.transcript.marks import CodingMark

STRETCHES = 512
"""More than a screen has pixels for, few enough to be summed in no time."""


class Density:
    """How many codings touch each of a text's stretches, all of one length. Positions are code points."""

    def __init__(self, length: int = 0) -> None:
        self.step = max(1, -(-length // STRETCHES))
        self.counts = [0] * max(1, -(-length // self.step))

    def append(self, marks: Iterable[CodingMark]) -> None:
        """More codings: one pass over them, however long they are."""
        steps = [0] * (len(self.counts) + 1)
        for mark in marks:
            touched = self._touched(mark)
            steps[touched.start] += 1
            steps[touched.stop] -= 1
        self.counts = [before + more for before, more in zip(self.counts, accumulate(steps[:-1]), strict=True)]

    def change(self, removed: Iterable[CodingMark], added: Iterable[CodingMark]) -> None:
        """Some codings went, others came."""
        for marks, by in ((removed, -1), (added, 1)):
            for mark in marks:
                for stretch in self._touched(mark):
                    self.counts[stretch] += by

    def rows(self, height: int) -> list[int]:
        """The most that touches each of so many rows from the top to the bottom of the text."""
        counts, many = self.counts, len(self.counts)
        return [
            max(counts[row * many // height : max(row * many // height + 1, (row + 1) * many // height)])
            for row in range(height)
        ]

    def _touched(self, mark: CodingMark) -> range:
        last = len(self.counts) - 1
        first = min(mark.start // self.step, last)
        return range(first, min(max(mark.start, mark.end - 1) // self.step, last) + 1)
