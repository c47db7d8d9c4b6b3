"""What has been read of a transcript: the stretches one dwelt on, and how far in words. No change of the study."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from itertools import pairwise

from app.ui.settings import Settings
from app.ui.transcripts.wording import tr

NEAR = 600
"""Characters that may be left out between two stretches, or at either end, and still count as read through."""


class HowFar(Enum):
    """In words, since a number of what is read would be a mark for it."""

    NOT_YET = 0
    BEGUN = 1
    QUARTER = 2
    HALF = 3
    THREE_QUARTERS = 4
    NEARLY = 5
    TO_THE_END = 6
    IN_PLACES = 7


@dataclass(frozen=True)
class ReadSoFar:
    """Stretches that were read, in text order and apart from each other. Code points, ends exclusive."""

    stretches: tuple[tuple[int, int], ...] = ()

    def with_stretch(self, start: int, end: int) -> ReadSoFar:
        """The same with one more stretch."""
        return ReadSoFar(_joined([*self.stretches, (start, end)])) if start < end else self

    @property
    def furthest(self) -> int:
        """The end of what was read last in the text."""
        return self.stretches[-1][1] if self.stretches else 0

    def how_far(self, length: int) -> HowFar:
        """How far a text of this length is read."""
        held = _joined((max(0, start), min(end, length)) for start, end in self.stretches if start < length)
        if not held or not length:
            return HowFar.NOT_YET
        edges = [(0, 0), *held]
        if any(later[0] - before[1] > NEAR for before, later in pairwise(edges)):
            return HowFar.IN_PLACES
        reached = held[-1][1]
        if length - reached <= min(NEAR, length // 20):
            return HowFar.TO_THE_END
        part = reached / length
        for least, far in ((0.9, HowFar.NEARLY), (0.63, HowFar.THREE_QUARTERS), (0.38, HowFar.HALF),
                           (0.15, HowFar.QUARTER)):  # fmt: skip
            if part >= least:
                return far
        return HowFar.BEGUN


def said(far: HowFar) -> str:
    """How far in words."""
    return {
        HowFar.NOT_YET: tr("not read yet"),
        HowFar.BEGUN: tr("begun"),
        HowFar.QUARTER: tr("read to about a quarter"),
        HowFar.HALF: tr("read to about half"),
        HowFar.THREE_QUARTERS: tr("read to about three quarters"),
        HowFar.NEARLY: tr("read nearly to the end"),
        HowFar.TO_THE_END: tr("read to the end"),
        HowFar.IN_PLACES: tr("read in places"),
    }[far]


class ReadingLog:
    """What was read of each transcript of one study, kept beside the study."""

    def __init__(self, settings: Settings, study_key: str) -> None:
        self._settings, self._key = settings, study_key

    def of(self, source_id: str) -> ReadSoFar:
        """What was read of a transcript."""
        return self._held(source_id)[0]

    def how_far(self, source_id: str) -> HowFar:
        """How far it is read; its length is known from the last time it was read."""
        held, length = self._held(source_id)
        return held.how_far(length)

    def keep(self, source_id: str, read: ReadSoFar, length: int) -> None:
        """Remember what was read of a text of this length."""
        told = json.dumps({"length": length, "stretches": read.stretches})
        self._settings.remember_place(self._key, f"read/{source_id}", told)

    def _held(self, source_id: str) -> tuple[ReadSoFar, int]:
        try:
            held = json.loads(str(self._settings.place(self._key, f"read/{source_id}", "{}")))
            spans = _joined((int(start), int(end)) for start, end in held["stretches"])
            return ReadSoFar(spans), int(held["length"])
        except (ValueError, TypeError, KeyError):  # nothing yet, or somebody wrote into the settings
            return ReadSoFar(), 0


def _joined(stretches: Iterable[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    joined: list[tuple[int, int]] = []
    for start, end in sorted(stretches):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        elif start < end:
            joined.append((start, end))
    return tuple(joined)
