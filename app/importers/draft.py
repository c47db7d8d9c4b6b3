"""What an importer finds in a file, as plain data: text, turns, labels, doubts. It knows no study.

Offsets are Unicode code points, end exclusive, into `text`, which has LF line ends and no byte order mark.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

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
    """One turn: `label_start <= label_end <= start <= end`; the label is name, time and colon as they stand.

    What `continues` is the same turn as the one before it, after a label that names nobody.
    """

    label_start: int
    label_end: int
    start: int
    end: int
    speaker: str | None
    time_ms: int | None = None
    kind: TurnKind = TurnKind.SPEECH
    continues: bool = False


@dataclass(frozen=True, slots=True)
class LabelCandidate:
    """Something that looks like a speaker label. `why` says why it is not taken, when it is not."""

    label: str
    turns: int
    accepted: bool
    why: str = ""


@dataclass(frozen=True, slots=True)
class KnownLabel:
    """A label that the format itself declares (a cell of a table, a tag): nothing has to be guessed.

    One that `continues` names nobody: a row without a name goes on with who spoke before, `name`.
    """

    start: int
    end: int
    name: str
    time_ms: int | None = None
    continues: bool = False


@dataclass(frozen=True)
class TextDraft:
    """What a format gives: the text and what it knows of it.

    `warnings` are doubts and losses a person must see; `notes` say what was done as a matter of course.
    `bold` are spans of bold words (hints for labels), `known` the labels the format declares.
    """

    text: str
    encoding: str | None = None
    warnings: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    bold: tuple[tuple[int, int], ...] = ()
    known: tuple[KnownLabel, ...] = ()


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
    notes: tuple[str, ...] = ()
    bold: tuple[tuple[int, int], ...] = field(default=(), repr=False)
    known: tuple[KnownLabel, ...] = field(default=(), repr=False)
    attendees: tuple[tuple[str, str, bool], ...] = ()
    """(label, name, whether this is who moderates) of initials that a list of those present explains."""
    reading_warnings: tuple[str, ...] = field(default=(), repr=False)
    """Doubts about the text itself; `warnings` adds those about the turns, which change when they are found anew."""

    @cached_property
    def speakers(self) -> Mapping[str, int]:
        """{label: turns} in order of first appearance."""
        counts: dict[str, int] = {}
        for turn in self.turns:
            if turn.speaker is not None and not turn.continues:
                counts[turn.speaker] = counts.get(turn.speaker, 0) + 1
        return counts

    @cached_property
    def turns_whole(self) -> int:
        """Turns, what continues one not counted."""
        return sum(not turn.continues for turn in self.turns)

    @property
    def turns_merged(self) -> int:
        """Turns when neighbouring ones of one speaker count once; an event by nobody separates nothing."""
        merged, last = 0, None
        for turn in self.turns:
            if turn.speaker is None and turn.kind == TurnKind.EVENT:
                continue
            merged += turn.speaker is None or turn.speaker != last
            last = turn.speaker
        return merged
