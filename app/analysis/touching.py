"""What codings touch: excerpts with the turns they lie in and whose words these are, and where two codes meet.

Read in whole tables and walked in Python: joins over ranges in SQL take as long or longer (`bench/tables.py`).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models import Coding, Excerpt, Participant, Speaker, Turn
from app.models.kinds import ParticipantStatus, SpeakerKind, TurnKind

UNKNOWN, OTHERS = "not known who", "other speakers"
"""Voices that are no participant."""


class Passage(NamedTuple):
    """What a cell opens: a stretch of a transcript. Where two codes meet it need not be an excerpt (then no id)."""

    source_id: str
    start: int
    end: int
    excerpt_id: str = ""


class Stretch(NamedTuple):
    """A turn's words and whose they are: a participant, UNKNOWN or OTHERS; "" are words that count for nobody."""

    start: int
    end: int
    voice: str


class Talk(NamedTuple):
    """The turns of one transcript in order, and where each ends."""

    ends: list[int]
    turns: list[Stretch]

    def touched(self, start: int, end: int) -> list[Stretch]:
        """The turns whose words [start, end) touches. They follow each other, so one search finds the first."""
        first = last = bisect_right(self.ends, start)
        while last < len(self.turns) and self.turns[last].start < end:
            last += 1
        return self.turns[first:last]

    def heard(self, start: int, end: int) -> bool:
        """Whether any words of [start, end) count for anybody."""
        return any(turn.voice for turn in self.touched(start, end))


class Held(NamedTuple):
    """An excerpt with all codes that hold it."""

    excerpt_id: str
    source_id: str
    start: int
    end: int
    codes: tuple[str, ...]


def talk_of_all(session: Session) -> dict[str, Talk]:
    """{transcript: its turns in order, with whose words they are}; turns without words are left out."""
    voices: dict[str | None, str] = {None: UNKNOWN}
    for speaker_id, kind, participant_id, status in session.execute(_SPEAKERS).all():
        voices[speaker_id] = _voice(kind, participant_id, status)
    talk: dict[str, Talk] = {}
    for source_id, start, end, speaker_id, kind in session.execute(_TURNS).all():
        said = talk.get(source_id)
        if said is None:
            said = talk[source_id] = Talk([], [])
        said.ends.append(end)
        said.turns.append(Stretch(start, end, voices[speaker_id] if kind == TurnKind.SPEECH else ""))
    return talk


def _voice(kind: SpeakerKind, participant_id: str | None, status: ParticipantStatus | None) -> str:
    if kind == SpeakerKind.MODERATOR or status == ParticipantStatus.WITHDRAWN:
        return ""
    if kind == SpeakerKind.OTHER:
        return OTHERS
    return participant_id or UNKNOWN


def excerpts_held_by(session: Session, code_ids: Collection[str]) -> Iterator[Held]:
    """The excerpts that these codes hold, each once. Two plain reads: a join would look up each excerpt by its key."""
    wanted, codings, excerpts = set(code_ids), _CODINGS, _EXCERPTS
    if len(wanted) < _FEW:
        codings = codings.where(_C.code_id.in_(wanted))
        excerpts = excerpts.where(_E.id.in_(select(_C.excerpt_id).where(_C.code_id.in_(wanted))))
    codes_of: dict[str, tuple[str, ...]] = {}
    for excerpt_id, code_id in session.execute(codings).all():
        if code_id in wanted:
            codes_of[excerpt_id] = (*codes_of.get(excerpt_id, ()), code_id)
    for excerpt_id, source_id, start, end in session.execute(excerpts).all():
        codes = codes_of.get(excerpt_id)
        if codes is not None:
            yield Held(excerpt_id, source_id, start, end, codes)


def overlaps(by_source: Mapping[str, list[Held]], talk: Mapping[str, Talk]) -> Iterator[tuple[str, str, Passage]]:
    """A sweep over each transcript: an excerpt meets itself and those before it that have not ended yet."""
    for source_id, excerpts in by_source.items():
        excerpts.sort(key=lambda held: (held.start, held.end))
        said = talk.get(source_id, SILENCE)
        still_open: list[Held] = []
        for held in excerpts:
            start = held.start
            still_open = [before for before in still_open if before.end > start]
            for before in (held, *still_open):
                pairs = _pairs(held.codes, before.codes) if before is not held else _pairs_within(held.codes)
                end = min(before.end, held.end)
                if pairs and said.heard(start, end):
                    passage = Passage(source_id, start, end)
                    for one, other in pairs:
                        yield one, other, passage
            still_open.append(held)


def turns_shared(by_source: Mapping[str, list[Held]], talk: Mapping[str, Talk]) -> Iterator[tuple[str, str, Passage]]:
    """The codes that touch a turn meet in it."""
    for source_id, excerpts in by_source.items():
        said = talk.get(source_id, SILENCE)
        codes_of: dict[Stretch, set[str]] = {}
        for held in excerpts:
            for turn in said.touched(held.start, held.end):
                if turn.voice:
                    codes_of.setdefault(turn, set()).update(held.codes)
        for turn, touching in codes_of.items():
            passage = Passage(source_id, turn.start, turn.end)
            for one, other in _pairs_within(sorted(touching)):
                yield one, other, passage


def _pairs(codes: Sequence[str], others: Sequence[str]) -> list[tuple[str, str]]:
    return [(one, other) for one in codes for other in others if one != other]


def _pairs_within(codes: Sequence[str]) -> list[tuple[str, str]]:
    return [(one, other) for place, one in enumerate(codes) for other in codes[:place]]


# Plain tables and not mapped classes: tens of thousands of rows are read at once, and nobody changes them.
_C, _E, _T, _K, _P = (kind.__table__.c for kind in (Coding, Excerpt, Turn, Speaker, Participant))
_FEW = 100
"""More codes than this are not named to SQLite one by one."""
SILENCE = Talk([], [])
_CODINGS = select(_C.excerpt_id, _C.code_id)
_EXCERPTS = select(_E.id, _E.source_id, _E.start, _E.end)
_TURNS = select(_T.source_id, _T.start, _T.end, _T.speaker_id, _T.kind).where(_T.start < _T.end).order_by(
    _T.source_id, _T.start
)  # fmt: skip
_SPEAKERS = select(_K.id, _K.kind, _K.participant_id, _P.status).select_from(
    Speaker.__table__.outerjoin(Participant.__table__, _P.id == _K.participant_id)
)
