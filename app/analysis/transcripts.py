"""Transcripts as the screen and the outputs read them: cards for lists, and one whole transcript with its turns."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.models import Group, Participant, Source, Speaker, Turn
from app.models.kinds import SpeakerKind, TurnKind


@dataclass(frozen=True)
class SourceCard:
    """A transcript in a list. Words are white-space runs of what was said, labels left out."""

    id: str
    name: str
    group_id: str | None
    group: str
    words: int
    turns: int
    people: int
    file_name: str


@dataclass(frozen=True, slots=True)
class TurnRow:
    """One turn with who said it. Offsets: code points, end exclusive; the label span lies before the words."""

    id: str
    number: int
    label_start: int
    label_end: int
    start: int
    end: int
    time_ms: int | None
    kind: TurnKind
    speaker_id: str | None
    speaker: str
    speaker_kind: SpeakerKind
    participant_id: str | None

    @property
    def by_moderator(self) -> bool:
        """Whether the moderator speaks: quieter on screen, left out of counts."""
        return self.speaker_kind == SpeakerKind.MODERATOR


@dataclass(frozen=True)
class Transcript:
    """One whole transcript."""

    id: str
    name: str
    group: str
    text: str
    direction: str
    turns: tuple[TurnRow, ...]


def source_cards(session: Session) -> list[SourceCard]:
    """All transcripts in the researcher's order."""
    turns = dict(session.execute(select(Turn.source_id, func.count()).group_by(Turn.source_id)).all())
    people = dict(
        session.execute(
            select(Speaker.source_id, func.count())
            .where(Speaker.kind == SpeakerKind.PARTICIPANT)
            .group_by(Speaker.source_id)
        ).all()
    )
    rows = session.execute(
        select(Source.id, Source.name, Source.group_id, Group.label, Source.words, Source.file_name)
        .outerjoin(Group, Group.id == Source.group_id)
        .order_by(Source.position, Source.name)
    ).all()
    return [
        SourceCard(row.id, row.name, row.group_id, row.label or "", row.words, turns.get(row.id, 0),
                   people.get(row.id, 0), row.file_name)
        for row in rows
    ]  # fmt: skip


def turns_of(session: Session, source_id: str) -> tuple[TurnRow, ...]:
    """The turns of a transcript in order, each with the name shown for its speaker (a pseudonym where there is one)."""
    rows = session.execute(
        select(
            Turn.id, Turn.label_start, Turn.label_end, Turn.start, Turn.end, Turn.time_ms, Turn.kind,
            Speaker.id, Speaker.label, Speaker.kind, Speaker.participant_id, Participant.pseudonym,
        )
        .outerjoin(Speaker, Speaker.id == Turn.speaker_id)
        .outerjoin(Participant, Participant.id == Speaker.participant_id)
        .where(Turn.source_id == source_id)
        .order_by(Turn.start)
    ).all()  # fmt: skip
    return tuple(
        TurnRow(
            id=row[0], number=number, label_start=row[1], label_end=row[2], start=row[3], end=row[4], time_ms=row[5],
            kind=row[6], speaker_id=row[7], speaker=row[11] or row[8] or "", speaker_kind=row[9] or SpeakerKind.UNKNOWN,
            participant_id=row[10],
        )
        for number, row in enumerate(rows, start=1)
    )  # fmt: skip


def transcript(session: Session, source_id: str) -> Transcript | None:
    """One whole transcript, or None if it is gone."""
    row = session.execute(
        select(Source.name, Source.text, Source.direction, Group.label)
        .outerjoin(Group, Group.id == Source.group_id)
        .where(Source.id == source_id)
    ).one_or_none()
    if row is None:
        return None
    return Transcript(source_id, row.name, row.label or "", row.text, row.direction, turns_of(session, source_id))


def find_source(session: Session, name: str) -> str | None:
    """The id of the transcript with this id, name, or name of its file; None if there is none."""
    rows = session.execute(select(Source.id, Source.name, Source.file_name)).all()
    exact = [str(row.id) for row in rows if name in (row.id, row.name)]
    alike = [str(row.id) for row in rows if name == row.file_name or name.casefold() == row.name.casefold()]
    return next(iter(exact + alike), None)


def clock(time_ms: int | None) -> str:
    """A turn's time as hh:mm:ss, or nothing."""
    if time_ms is None:
        return ""
    seconds = time_ms // 1000
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"
