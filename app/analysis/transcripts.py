"""Transcripts as the screen and the outputs read them: cards for lists, and one whole transcript with its turns."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from sqlalchemy import Integer, String, bindparam, func, select, type_coerce
from sqlalchemy.orm import Session

from app.models import Group, Participant, Source, Speaker, Turn
from app.models.kinds import SpeakerKind, TurnKind
from app.models.prepared import Prepared


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


@dataclass(frozen=True)
class Making:
    """How a transcript was written down, and who held it against the recording on which day."""

    transcription: str
    checked_by: str
    checked_on: date | None


class TurnRow(NamedTuple):
    """One turn with who said it. Offsets: code points, end exclusive; the label span lies before the words.

    What was joined to a turn `continues` it: it has the same number, and its label is not shown. A named tuple,
    because a long transcript has thousands and opening it waits for them.
    """

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
    continues: bool = False

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
    turns: dict[str, int] = dict(
        session.execute(select(_T.source_id, func.count()).where(~_T.continues).group_by(_T.source_id)).all()
    )
    people: dict[str, int] = dict(
        session.execute(
            select(_P.source_id, func.count()).where(_P.kind == SpeakerKind.PARTICIPANT).group_by(_P.source_id)
        ).all()
    )
    rows = session.execute(
        select(_S.id, _S.name, _S.group_id, _G.label, _S.words, _S.file_name)
        .select_from(_GROUPED)
        .order_by(_S.position, _S.name)
    ).all()
    return [
        SourceCard(row.id, row.name, row.group_id, row.label or "", row.words, turns.get(row.id, 0),
                   people.get(row.id, 0), row.file_name)
        for row in rows
    ]  # fmt: skip


def turns_of(session: Session, source_id: str) -> tuple[TurnRow, ...]:
    """The turns of a transcript in order, each with the name shown for its speaker (a pseudonym where there is one)."""
    speakers = {
        row[0]: (row[0], row[4] or row[1] or "", row[2], row[3]) for row in _SPEAKERS.rows(session, source=source_id)
    }
    number, turns = 0, []
    for key, label_start, label_end, start, end, time_ms, kind, speaker, continues in _TURNS.rows(
        session, source=source_id
    ):
        number += not continues
        turns.append(
            TurnRow(key, number, label_start, label_end, start, end, time_ms, _KINDS[kind],
                    *speakers.get(speaker, _NOBODY), bool(continues))
        )  # fmt: skip
    return tuple(turns)


def transcript(session: Session, source_id: str) -> Transcript | None:
    """One whole transcript, or None if it is gone."""
    row = _HEAD.row(session, source=source_id)
    if row is None:
        return None
    name, text, direction, group = row
    return Transcript(source_id, name, group or "", text, direction, turns_of(session, source_id))


def making_of(session: Session, source_id: str) -> Making:
    """How a transcript was made; empty where nothing was said of it."""
    row = session.execute(select(_S.transcription, _S.checked_by, _S.checked_on).where(_S.id == source_id)).first()
    return Making("", "", None) if row is None else Making(*row)


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


# Plain tables and not mapped classes: the first paint waits for these, and nobody changes what they read.
_T, _P, _S, _G, _H = (kind.__table__.c for kind in (Turn, Speaker, Source, Group, Participant))
_GROUPED = Source.__table__.outerjoin(Group.__table__, _G.id == _S.group_id)
_NAMED = Speaker.__table__.outerjoin(Participant.__table__, _H.id == _P.participant_id)
_NOBODY = (None, "", SpeakerKind.UNKNOWN, None)
_KINDS = {kind.value: kind for kind in TurnKind}
_HEAD = Prepared(
    select(_S.name, _S.text, _S.direction, _G.label).select_from(_GROUPED).where(_S.id == bindparam("source"))
)
_SPEAKERS = Prepared(
    select(_P.id, _P.label, _P.kind, _P.participant_id, _H.pseudonym)
    .select_from(_NAMED)
    .where(_P.source_id == bindparam("source"))
)
_TURNS = Prepared(
    select(
        _T.id, _T.label_start, _T.label_end, _T.start, _T.end, _T.time_ms, type_coerce(_T.kind, String),
        _T.speaker_id, type_coerce(_T.continues, Integer),
    )
    .where(_T.source_id == bindparam("source"))
    .order_by(_T.start)
)  # fmt: skip
