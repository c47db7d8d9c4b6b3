"""Who speaks how much: turns, words and the longest turn of each, in a transcript, a group or the whole study.

Words are white-space runs of what was said, labels left out. Moderators stand apart: shares are shares of what the
others say. Events and people who have withdrawn are left out.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models import Group, Participant, Source, Speaker, Turn
from app.models.kinds import ParticipantStatus, SpeakerKind, TurnKind


@dataclass(frozen=True, slots=True)
class Voice:
    """One person, or one label behind which nobody is known."""

    key: str
    """The participant's id, else the speaker's; "" for turns of which nobody is said to speak. A moderator is one
    under the same label in several transcripts."""
    name: str
    role: str
    group: str
    kind: SpeakerKind
    turns: int
    words: int
    longest: int
    """Words of the longest turn."""
    longest_at: tuple[str, int, int]
    """Where it stands: a transcript's id, start and end."""
    share: float | None
    """Part of the words that are not a moderator's; None for moderators."""

    @property
    def moderates(self) -> bool:
        """Whether this is a moderator."""
        return self.kind == SpeakerKind.MODERATOR


@dataclass(slots=True)
class _Heard:
    name: str
    role: str
    kind: SpeakerKind
    groups: dict[str, None] = field(default_factory=dict)
    turns: int = 0
    words: int = 0
    longest: int = -1
    longest_at: tuple[str, int, int] = ("", 0, 0)


def voices(session: Session, *, source_id: str | None = None, group_id: str | None = None) -> list[Voice]:
    """Everybody who speaks in a transcript, in a group, or in the whole study, in the order in which they first do."""
    statement = select(Source.id).order_by(Source.position, Source.name)
    if source_id is not None:
        statement = statement.where(Source.id == source_id)
    if group_id is not None:
        statement = statement.where(Source.group_id == group_id)
    heard: dict[str, _Heard] = {}
    for one in session.scalars(statement).all():
        _listen(session, one, heard)
    apart = SpeakerKind.MODERATOR
    said = sum(voice.words for voice in heard.values() if voice.kind != apart)
    rows = [_voice(key, voice, said) for key, voice in heard.items()]
    return [row for row in rows if not row.moderates] + [row for row in rows if row.moderates]


def moderated(rows: Iterable[Voice]) -> float | None:
    """The part of all words that moderators say; None if nobody moderates or nothing is said."""
    held = list(rows)
    every = sum(row.words for row in held)
    moderators = [row for row in held if row.moderates]
    return sum(row.words for row in moderators) / every if moderators and every else None


def _listen(session: Session, source_id: str, heard: dict[str, _Heard]) -> None:
    text = session.scalar(select(_S.text).where(_S.id == source_id)) or ""
    turns = session.execute(_TURNS.where(_T.source_id == source_id).order_by(_T.start)).all()
    begun, length = 0, 0
    for start, end, speaker_id, label, kind, person_id, pseudonym, role, status, group, continues in turns:
        if status == ParticipantStatus.WITHDRAWN:
            continue
        key = person_id or speaker_id or ""
        if kind == SpeakerKind.MODERATOR:
            key = f"moderator {label.casefold()}"
        voice = heard.get(key)
        if voice is None:
            voice = heard[key] = _Heard(pseudonym or label or "", role or "", kind or SpeakerKind.UNKNOWN)
        words = len(text[start:end].split())
        begun, length = (begun, length + words) if continues else (start, words)
        voice.turns += not continues
        voice.words += words
        if group:
            voice.groups[group] = None
        if length > voice.longest:
            voice.longest, voice.longest_at = length, (source_id, begun, end)


def _voice(key: str, heard: _Heard, said: int) -> Voice:
    share = None if heard.kind == SpeakerKind.MODERATOR else (heard.words / said if said else 0.0)
    return Voice(
        key, heard.name, heard.role, ", ".join(heard.groups), heard.kind, heard.turns, heard.words,
        max(0, heard.longest), heard.longest_at, share,
    )  # fmt: skip


_T, _P, _S, _H, _G = (kind.__table__.c for kind in (Turn, Speaker, Source, Participant, Group))
_TURNS = (
    select(
        _T.start, _T.end, _T.speaker_id, _P.label, _P.kind, _P.participant_id, _H.pseudonym, _H.role, _H.status,
        _G.label, _T.continues,
    )
    .select_from(
        Turn.__table__.join(Source.__table__, _S.id == _T.source_id)
        .outerjoin(Group.__table__, _G.id == _S.group_id)
        .outerjoin(Speaker.__table__, _P.id == _T.speaker_id)
        .outerjoin(Participant.__table__, _H.id == _P.participant_id)
    )
    .where(_T.kind == TurnKind.SPEECH)
)  # fmt: skip
