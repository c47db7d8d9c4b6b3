"""Codes and their excerpts as views show them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import Select, bindparam, exists, func, select
from sqlalchemy.orm import Session

from app.models import Code, Coding, Excerpt, Memo, Person, Source
from app.models.kinds import CodeOrigin, CodeStatus, ExcerptLevel
from app.models.prepared import Prepared

FEW_CODES = 50
"""So many changed codes are read by themselves; more are read with all the others."""


class CodeRow(NamedTuple):
    """A code in the tree; `path` is "parent / child" and `sign` its two letters. The first fields are columns.

    A named tuple, because all of them are made anew whenever one is renamed.
    """

    id: str
    name: str
    parent_id: str | None
    position: int
    colour: str
    status: CodeStatus
    set_aside_reason: str
    brief: str
    full: str
    when_to_use: str
    when_not_to_use: str
    example_excerpt_id: str | None
    semantic_latent: int | None
    origin: CodeOrigin | None
    created_at: datetime
    path: str
    depth: int
    sign: str


class CodingRow(NamedTuple):
    """One coding as the transcript view and the lists need it; without a code it is an excerpt not yet coded.

    A named tuple, because a transcript has thousands of them and they are made each time it is opened.
    """

    excerpt_id: str
    source_id: str
    start: int
    end: int
    level: ExcerptLevel
    coding_id: str = ""
    code_id: str = ""
    unsure: bool = False
    at: datetime | None = None
    person_id: str | None = None
    interaction: str = ""
    """What people do with each other's words there."""


@dataclass(frozen=True)
class Spread:
    """In how many groups and transcripts something is heard: a check on anecdote, not a measure."""

    groups: int
    sources: int
    excerpts: int


def code_rows(session: Session) -> list[CodeRow]:
    """All codes in tree order: each parent followed by its children, siblings by position."""
    codes: list[Any] = list(session.execute(_CODES))
    by_parent: dict[str | None, list[Any]] = {}
    for code in codes:
        by_parent.setdefault(code.parent_id, []).append(code)
    rows: list[CodeRow] = []
    to_come = [(code, code.name, 0) for code in reversed(by_parent.get(None, []))]
    while to_come:  # no recursion: a codebook from elsewhere may be a thousand levels deep
        code, path, depth = to_come.pop()
        rows.append(CodeRow._make((*code, path, depth, sign_of(code.name))))
        children = reversed(by_parent.get(code.id, []))
        to_come += [(child, f"{path} / {child.name}", depth + 1) for child in children]
    return rows


def code_rows_after(session: Session, before: Mapping[str, CodeRow], changed: frozenset[str]) -> list[CodeRow]:
    """The same, where `before` was so until these codes changed: read is only what did, unless any came or moved."""
    if not before or len(changed) > FEW_CODES:
        return code_rows(session)
    found: dict[str, Any] = {row.id: row for row in session.execute(_THESE_CODES, {"codes": list(changed)})}
    places = Counter([(row.parent_id, row.position) for row in before.values()])
    for code_id in changed:
        old, new = before.get(code_id), found.get(code_id)
        place = (new.parent_id, new.position) if new is not None else None
        if old is None or place != (old.parent_id, old.position) or places[place] > 1:
            return code_rows(session)
    rows: list[CodeRow] = []
    paths: dict[str | None, str] = {}
    for row in before.values():
        if row.id in found or row.parent_id in paths:
            cells = found.get(row.id, row[:_COLUMNS])
            parent = paths.get(row.parent_id) or (before[row.parent_id].path if row.parent_id else "")
            paths[row.id] = f"{parent} / {cells[1]}" if parent else cells[1]
            row = CodeRow._make((*cells, paths[row.id], row.depth, sign_of(cells[1])))
        rows.append(row)
    return rows


@lru_cache(4096)
def sign_of(name: str) -> str:
    """Two letters that stand for a code beside its colour: initials of its first two words; repeats are allowed."""
    words = [word.strip("’‘'\"“”(),.:;?!") for word in name.split()]
    letters = [word[0] for word in words if word]
    if not letters:
        return name[:1].upper()
    first_word = next(word for word in words if word)
    return (letters[0].upper() + (letters[1].lower() if len(letters) > 1 else first_word[1:2].lower())).strip()


def codings_of_source(session: Session, source_id: str, within: tuple[int, int] | None = None) -> list[CodingRow]:
    """Every coding of a transcript in text order, and the excerpts without a code; `within`: those that touch it."""
    if within is None:
        return _rows(session, _CODINGS.where(_E.source_id == source_id).order_by(*_IN_TEXT))
    start, end = within
    return [CodingRow(*row) for row in _WITHIN.rows(session, source=source_id, start=start, end=end)]


def codings_from(session: Session, source_id: str, start: int, end: int) -> list[CodingRow]:
    """The same, of those that begin in [start, end)."""
    return [CodingRow(*row) for row in _FROM.rows(session, source=source_id, start=start, end=end)]


def codings_of_code(session: Session, code_id: str) -> list[CodingRow]:
    """Every coding with this code, in the order of transcripts and text."""
    return _rows(session, _in_reading_order(_CODINGS.where(_C.code_id == code_id)))


def codings_of_excerpts(session: Session, excerpt_ids: frozenset[str]) -> list[CodingRow]:
    """The codings of these excerpts; an excerpt without code comes once, without one."""
    if len(excerpt_ids) == 1:
        return [CodingRow(*row) for row in _OF_EXCERPT.rows(session, excerpt=next(iter(excerpt_ids)))]
    if len(excerpt_ids) > 500:
        return [row for row in all_codings(session) if row.excerpt_id in excerpt_ids]
    return _rows(session, _CODINGS.where(_E.id.in_(excerpt_ids)).order_by(*_IN_TEXT))


def excerpts_of_codings(session: Session, coding_ids: frozenset[str]) -> set[str]:
    """The excerpts that these codings (as far as they are still there) tag."""
    ids = list(coding_ids)
    return {
        excerpt_id
        for start in range(0, len(ids), 500)
        for excerpt_id in session.scalars(select(_C.excerpt_id).where(_C.id.in_(ids[start : start + 500])))
    }


def who_coded(session: Session, coding_id: str) -> tuple[str, datetime | None]:
    """Who made a coding ("" if nobody said who they are) and when; (“”, None) if it is gone."""
    statement = (
        select(Person.name, Coding.created_at).select_from(Coding).outerjoin(Person, Person.id == Coding.person_id)
    )
    row = session.execute(statement.where(Coding.id == coding_id)).one_or_none()
    return (row[0] or "", row[1]) if row is not None else ("", None)


def excerpts_without_code(session: Session) -> list[CodingRow]:
    """The permanent list of excerpts that no code holds.

    What was taken only to write a note beside it is none of them: notes have their own list (`memos.memo_texts`).
    """
    memo = Memo.__table__.c
    is_note = exists().where(memo.excerpt_id == _E.id, memo.created_at == _E.created_at)
    return _rows(session, _in_reading_order(_CODINGS.where(_C.id.is_(None), ~is_note)))


def all_codings(session: Session) -> list[CodingRow]:
    """Every coding and every uncoded excerpt of the study."""
    return _rows(session, _in_reading_order(_CODINGS))


def kinds_of_interaction(session: Session) -> list[str]:
    """The words that are used for what people do with each other's words, those used most first."""
    rows = session.execute(
        select(_E.interaction).where(_E.interaction != "").group_by(_E.interaction)
        .order_by(func.count().desc(), _E.interaction)
    )  # fmt: skip
    return [row[0] for row in rows]


def spread_of_codes(session: Session) -> dict[str, Spread]:
    """{code id: spread} for all codes that hold an excerpt."""
    rows = session.execute(
        select(
            Coding.code_id,
            func.count(func.distinct(Source.group_id)),
            func.count(func.distinct(Source.id)),
            func.count(),
        )
        .join(Excerpt, Excerpt.id == Coding.excerpt_id)
        .join(Source, Source.id == Excerpt.source_id)
        .group_by(Coding.code_id)
    ).all()
    return {row[0]: Spread(row[1], row[2], row[3]) for row in rows}


def last_used(session: Session) -> dict[str, datetime]:
    """{code id: when an excerpt was last coded with it} for all codes that hold an excerpt."""
    rows = session.execute(select(Coding.code_id, func.max(Coding.created_at)).group_by(Coding.code_id)).all()
    return {row[0]: row[1] for row in rows}


def taken_with_code(session: Session, code_id: str) -> tuple[int, int, int]:
    """What deleting a code would take or touch: (codings taken, codes beneath that move up, themes it feeds)."""
    from app.models import ThemeCode  # a study is on the screen before its themes are needed

    codings = session.scalar(select(func.count()).where(Coding.code_id == code_id)) or 0
    beneath = session.scalar(select(func.count()).where(Code.parent_id == code_id)) or 0
    themes = session.scalar(select(func.count()).where(ThemeCode.code_id == code_id)) or 0
    return codings, beneath, themes


def memo_text(session: Session, subject: str, subject_id: str, kind: str = "") -> str:
    """The memo of this kind on a subject (excerpt, code, theme, source, group, participant, coding), or ""."""
    column = getattr(Memo, f"{subject}_id")
    return session.scalar(select(Memo.text).where(column == subject_id, Memo.kind == kind).limit(1)) or ""


# Plain tables and not mapped classes: thousands of rows are read at once, and nobody changes them. The columns stand in
# the order of the fields of CodingRow.
_E, _C, _K = Excerpt.__table__.c, Coding.__table__.c, Code.__table__.c
_CODES = select(
    _K.id, _K.name, _K.parent_id, _K.position, _K.colour, _K.status, _K.set_aside_reason, _K.brief, _K.full,
    _K.when_to_use, _K.when_not_to_use, _K.example_excerpt_id, _K.semantic_latent, _K.origin, _K.created_at,
).order_by(_K.position, _K.name)  # fmt: skip
_THESE_CODES = _CODES.where(_K.id.in_(bindparam("codes", expanding=True)))
_COLUMNS = len(_CODES.selected_columns)
_CODINGS = (
    select(
        _E.id, _E.source_id, _E.start, _E.end, _E.level, func.coalesce(_C.id, ""), func.coalesce(_C.code_id, ""),
        func.coalesce(_C.unsure, 0), _C.created_at, _C.person_id, _E.interaction,
    )
    .select_from(Excerpt.__table__.outerjoin(Coding.__table__, _C.excerpt_id == _E.id))
)  # fmt: skip
_IN_TEXT = (_E.start, _E.end.desc(), _C.created_at)
_FROM = Prepared(
    _CODINGS.where(
        _E.source_id == bindparam("source"), _E.start >= bindparam("start"), _E.start < bindparam("end")
    ).order_by(*_IN_TEXT)
)
_WITHIN = Prepared(
    _CODINGS.where(
        _E.source_id == bindparam("source"), _E.start < bindparam("end"), _E.end > bindparam("start")
    ).order_by(*_IN_TEXT)
)
_OF_EXCERPT = Prepared(_CODINGS.where(_E.id == bindparam("excerpt")).order_by(*_IN_TEXT))


def _in_reading_order(statement: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    """In the order of transcripts, then of the text."""
    source = Source.__table__
    joined = statement.join(source, source.c.id == _E.source_id)
    return joined.order_by(source.c.position, source.c.name, *_IN_TEXT)


def _rows(session: Session, statement: Select[*tuple[Any, ...]]) -> list[CodingRow]:
    return [CodingRow(*row) for row in session.execute(statement).all()]
