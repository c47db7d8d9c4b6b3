"""All that is written on things: memos, notes in the margin of a transcript, field notes on groups and people."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, and_, bindparam, exists, func, or_, select
from sqlalchemy.orm import Session

from app.models import (
    Code,
    Coding,
    Excerpt,
    Group,
    Memo,
    Participant,
    Person,
    Source,
)
from app.models.kinds import ExcerptLevel
from app.models.prepared import Prepared


class About(StrEnum):
    """What something is written on: a word of `operations.memos.SUBJECTS`, but for the first and the last two.

    A note stands beside words that no code holds: the memo of an excerpt that was taken to be written on. Entries of
    the journal and comments stand by themselves; they are listed with the rest by `analysis.written`.
    """

    NOTE = "note"
    EXCERPT = "excerpt"
    CODING = "coding"
    CODE = "code"
    THEME = "theme"
    SOURCE = "source"
    GROUP = "group"
    PARTICIPANT = "participant"
    ENTRY = "entry"
    COMMENT = "comment"


@dataclass(frozen=True, slots=True)
class MemoRow:
    """One thing written. A field note has the id of its group or person, since it is no row of its own.

    `source_id`, `start` and `end` say where the words stand that it is about; without such words they are "", 0, 0.
    """

    id: str
    text: str
    about_kind: About
    about_id: str
    about_name: str
    source_id: str
    start: int
    end: int
    at: datetime | None
    who: str
    kind: str = ""
    """The researcher's word for this kind of memo."""
    private: bool = False
    """Whether it leaves in no output unless it is chosen."""

    @property
    def is_field_note(self) -> bool:
        """Whether it is the field note of a group or a person."""
        return self.id == self.about_id


@dataclass(frozen=True, slots=True)
class MarginNote:
    """What is written beside a stretch of a transcript; `coded` if a code holds the same words."""

    excerpt_id: str
    text: str
    start: int
    end: int
    level: ExcerptLevel
    coded: bool
    at: datetime
    who: str


def memo_texts(session: Session) -> list[MemoRow]:
    """Everything written, newest first; what has no date comes last."""
    rows = [*_on_words(session), *_on_codings(session), *_on_things(session), *_field_notes(session)]
    dated = sorted((row for row in rows if row.at is not None), key=lambda row: (row.at, row.id), reverse=True)
    return dated + [row for row in rows if row.at is None]


def by_transcript(session: Session, rows: list[MemoRow]) -> list[MemoRow]:
    """The same in the order of reading: each transcript with what stands in it, then what stands in none."""
    order = session.scalars(select(Source.id).order_by(Source.position, Source.name)).all()
    place = {source_id: number for number, source_id in enumerate(order)}
    kinds = list(About)
    return sorted(
        rows,
        key=lambda row: (
            place.get(row.source_id, len(place)),
            row.about_kind != About.SOURCE if row.source_id else kinds.index(row.about_kind),
            row.start,
            row.end,
            row.about_name.casefold(),
        ),
    )


def notes_of_source(session: Session, source_id: str) -> list[MarginNote]:
    """What is written beside the words of a transcript, in text order."""
    rows = session.execute(
        select(_E.id, _M.text, _E.start, _E.end, _E.level, _coded(), _M.created_at, func.coalesce(_W.name, ""))
        .select_from(_WRITTEN.join(Excerpt.__table__, _E.id == _M.excerpt_id))
        .where(_E.source_id == source_id, _M.kind == "")
        .order_by(_E.start, _E.end)
    ).all()
    return [MarginNote(*row) for row in rows]


def texts_beside(session: Session, source_id: str) -> dict[str, str]:
    """{excerpt: what is written on it} of a transcript."""
    return dict(_BESIDE.rows(session, source=source_id))


def noted_codings(session: Session, excerpt_id: str) -> dict[str, str]:
    """{coding: what is written on it} of one excerpt."""
    rows = session.execute(
        select(_M.coding_id, _M.text)
        .select_from(Memo.__table__.join(Coding.__table__, _C.id == _M.coding_id))
        .where(_C.excerpt_id == excerpt_id, _M.kind == "")
    ).all()
    return {row[0]: row[1] for row in rows}


def count_memos_on(session: Session, about: About, about_id: str) -> int:
    """How many memos would go with a thing: its own, of an excerpt those on its codings, of a code those on its own."""
    column = Memo.excerpt_id if about == About.NOTE else getattr(Memo, f"{about.value}_id")
    taken: ColumnElement[bool] = column == about_id
    if about in (About.EXCERPT, About.NOTE):
        taken = or_(taken, Memo.coding_id.in_(select(Coding.id).where(Coding.excerpt_id == about_id)))
    elif about == About.CODE:
        taken = or_(taken, Memo.coding_id.in_(select(Coding.id).where(Coding.code_id == about_id)))
    return session.scalar(select(func.count()).select_from(Memo).where(taken)) or 0


def _on_words(session: Session) -> list[MemoRow]:
    """Memos on excerpts, and notes in the margin."""
    found = session.execute(
        select(*_HEAD, _E.id, _S.name, _S.id, _E.start, _E.end, _is_note()).select_from(
            _WRITTEN.join(Excerpt.__table__, _E.id == _M.excerpt_id).join(Source.__table__, _S.id == _E.source_id)
        )
    ).all()
    return [_row(row[:5], About.NOTE if row[10] else About.EXCERPT, row[5], row[6], tuple(row[7:10])) for row in found]


def _on_codings(session: Session) -> list[MemoRow]:
    found = session.execute(
        select(*_HEAD, _C.id, _K.name, _E.source_id, _E.start, _E.end).select_from(
            _WRITTEN.join(Coding.__table__, _C.id == _M.coding_id)
            .join(Code.__table__, _K.id == _C.code_id)
            .join(Excerpt.__table__, _E.id == _C.excerpt_id)
        )
    ).all()
    return [_row(row[:5], About.CODING, row[5], row[6], tuple(row[7:10])) for row in found]


def _on_things(session: Session) -> list[MemoRow]:
    """Memos on what has a name of its own."""
    from app.models import Theme  # a study is on the screen before its themes are needed

    rows = []
    for about, table, name in (
        (About.CODE, Code.__table__, "name"),
        (About.THEME, Theme.__table__, "name"),
        (About.SOURCE, Source.__table__, "name"),
        (About.GROUP, Group.__table__, "label"),
        (About.PARTICIPANT, Participant.__table__, "pseudonym"),
    ):
        joined = _WRITTEN.join(table, table.c.id == Memo.__table__.c[f"{about.value}_id"])
        rows += [
            _row(row[:5], about, row[5], row[6], (row[5] if about == About.SOURCE else "", 0, 0))
            for row in session.execute(select(*_HEAD, table.c.id, table.c[name]).select_from(joined)).all()
        ]
    return rows


def _field_notes(session: Session) -> list[MemoRow]:
    """The field notes of groups and people, each with when it was last written, as far as the journal says."""
    held: list[tuple[About, str, str, str]] = [
        (about, *row)
        for about, note, name, key in (
            (About.GROUP, Group.field_note, Group.label, Group.id),
            (About.PARTICIPANT, Participant.note, Participant.pseudonym, Participant.id),
        )
        for row in session.execute(select(key, note, name).where(note != "")).all()
    ]
    if not held:
        return []
    from app.models import Change, ChangeRow

    written = {
        row[0]: (row[1], row[2])
        for row in session.execute(
            select(ChangeRow.row_id, func.max(Change.at), Change.actor)
            .join(Change, Change.seq == ChangeRow.change_seq)
            .where(
                or_(
                    and_(ChangeRow.table_name == "focus_group", ChangeRow.after.like('%"field_note":%')),
                    and_(ChangeRow.table_name == "participant", ChangeRow.after.like('%"note":%')),
                )
            )
            .group_by(ChangeRow.row_id)
        ).all()
    }
    return [
        MemoRow(key, text, about, key, name, "", 0, 0, *written.get(key, (None, ""))) for about, key, text, name in held
    ]


def _row(head: Any, about: About, about_id: str, name: str, place: tuple[str, int, int]) -> MemoRow:
    memo_id, text, kind, at, who = head
    return MemoRow(memo_id, text, about, about_id, name, *place, at, who or "", kind)


def _coded() -> ColumnElement[bool]:
    """Whether a code holds the excerpt."""
    return exists().where(Coding.excerpt_id == _E.id).correlate(Excerpt.__table__)


def _is_note() -> ColumnElement[bool]:
    """Whether no code holds the excerpt and it was taken to be written on."""
    return and_(~_coded(), _M.created_at == _E.created_at)


# Plain tables and not mapped classes: everything written is read at once, and nobody changes it here.
_M, _E, _C, _K, _S, _W = (kind.__table__.c for kind in (Memo, Excerpt, Coding, Code, Source, Person))
_WRITTEN = Memo.__table__.outerjoin(Person.__table__, _W.id == _M.person_id)
_HEAD = (_M.id, _M.text, _M.kind, _M.created_at, _W.name)
_BESIDE = Prepared(
    select(_E.id, _M.text)
    .select_from(Memo.__table__.join(Excerpt.__table__, _E.id == _M.excerpt_id))
    .where(_E.source_id.concat("") == bindparam("source"), _M.kind == "")  # begins at the memos: excerpts are many
)
