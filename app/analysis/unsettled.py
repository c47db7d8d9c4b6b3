"""What one may want to come back to: codings one is unsure of, and what people say that no code holds.

Neither is a fault: a passage may be rightly left without a code.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session

from app.analysis.codes import CodingRow
from app.models import Coding, Excerpt, Source, Speaker, Turn
from app.models.kinds import ExcerptLevel, SpeakerKind, TurnKind


def unsure_codings(session: Session, source_id: str | None = None) -> list[CodingRow]:
    """The codings marked as unsure, in reading order; of one transcript, or of all."""
    statement = select(*_FIELDS).select_from(_CODED).where(_C.unsure.is_(True)).order_by(*_READING)
    return [CodingRow(*row) for row in session.execute(_of(statement, source_id)).all()]


def uncoded_turns(session: Session, source_id: str | None = None) -> list[CodingRow]:
    """The turns in which no code holds anything, as rows without an excerpt; the moderator's are left out."""
    coded: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
    for source, start, end in session.execute(_of(_SPANS, source_id)).all():
        coded[source].append((start, end))
    said: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
    last: tuple[str, str | None] | None = None
    for source, start, end, speaker, continues in session.execute(_of(_SAID, source_id)).all():
        if continues and last == (source, speaker):  # joined to the one before, it is one turn with it
            start = said[source].pop()[0]
        said[source].append((start, end))
        last = source, speaker
    return [
        CodingRow("", source, start, end, ExcerptLevel.INDIVIDUAL)
        for source, turns in said.items()
        for start, end in _untouched(turns, coded[source])
    ]


def _untouched(turns: list[tuple[int, int]], coded: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The turns that no coded stretch touches; both are in the order of their starts."""
    at, reach = 0, 0
    for start, end in turns:
        while at < len(coded) and coded[at][0] < end:  # of all that begin before the turn is over, the furthest end
            reach = max(reach, coded[at][1])
            at += 1
        if reach <= start:
            yield start, end


def _of(statement: Select[Any], source_id: str | None) -> Select[Any]:
    return statement if source_id is None else statement.where(_S.id == source_id)


# Plain tables and not mapped classes: thousands of rows are read at once, and nobody changes them.
_E, _C, _S, _T, _P = (kind.__table__.c for kind in (Excerpt, Coding, Source, Turn, Speaker))
_CODED = Coding.__table__.join(Excerpt.__table__, _E.id == _C.excerpt_id).join(Source.__table__, _S.id == _E.source_id)
_SPOKEN = Turn.__table__.join(Source.__table__, _S.id == _T.source_id).outerjoin(
    Speaker.__table__, _P.id == _T.speaker_id
)
_FIELDS = (
    _E.id, _E.source_id, _E.start, _E.end, _E.level, _C.id, _C.code_id, _C.unsure, _C.created_at, _C.person_id,
)  # fmt: skip
_READING = (_S.position, _S.name, _E.start, _E.end.desc(), _C.created_at)
_SPANS = select(_E.source_id, _E.start, _E.end).select_from(_CODED).distinct().order_by(_E.source_id, _E.start)
_SAID = (
    select(_T.source_id, _T.start, _T.end, _T.speaker_id, _T.continues)
    .select_from(_SPOKEN)
    .where(_T.kind == TurnKind.SPEECH, _T.end > _T.start)
    .where(or_(_P.kind.is_(None), _P.kind != SpeakerKind.MODERATOR))
    .order_by(_S.position, _S.name, _T.start)
)
