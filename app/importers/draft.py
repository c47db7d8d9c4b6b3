"""What an importer finds in a file, as plain data: text, turns, labels, doubts. It knows no study.

Offsets are Unicode code points, end exclusive, into `text`, which has LF line ends and no byte order mark.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from app.errors import ReflexaError


class ImportRefused(ReflexaError):
    """A file that cannot come in: the sentence names it, says what is wrong and what to do."""


class TurnKind(StrEnum):
    """What a turn is: talk, or an event such as laughter."""

    SPEECH = "speech"
    EVENT = "event"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class TurnDraft:
    """One turn: `label_start <= label_end <= start <= end`; the label is name, time and colon as they stand."""

    label_start: int
    label_end: int
    start: int
    end: int
    speaker: str | None
    time_ms: int | None = None
    kind: TurnKind = TurnKind.SPEECH


@dataclass(frozen=True, slots=True)
class LabelCandidate:
    """Something that looks like a speaker label. `why` says why it is not taken, when it is not."""

    label: str
    turns: int
    accepted: bool
    why: str = ""


@dataclass(frozen=True)
class TextDraft:
    """What a format reader gives: the text and, where the format knows, which spans are bold (label hints)."""

    text: str
    encoding: str | None = None
    warnings: tuple[str, ...] = ()
    bold: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True)
class TranscriptDraft:
    """A transcript as found in a file."""

    file_name: str
    format: str
    encoding: str | None
    text: str
    turns: tuple[TurnDraft, ...]
    style: str
    file_hash: str
    original: bytes = b""
    warnings: tuple[str, ...] = ()
    head: tuple[tuple[str, str], ...] = ()
    candidates: tuple[LabelCandidate, ...] = ()
    bold: tuple[tuple[int, int], ...] = field(default=(), repr=False)

    @property
    def speakers(self) -> Mapping[str, int]:
        """{label: turns} in order of first appearance."""
        counts: dict[str, int] = {}
        for turn in self.turns:
            if turn.speaker is not None:
                counts[turn.speaker] = counts.get(turn.speaker, 0) + 1
        return counts

    @property
    def turns_merged(self) -> int:
        """Turns when neighbouring ones of one speaker count once."""
        speakers = [turn.speaker for turn in self.turns]
        return sum(1 for place, who in enumerate(speakers) if place == 0 or who is None or who != speakers[place - 1])
