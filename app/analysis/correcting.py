"""What a correction of a transcript would do to its excerpts, asked before anything is written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.models import Code, Coding, Excerpt, Memo, Source, Turn
from app.models.anchors import Anchor, Anchored, Fate, anchored
from app.models.correctable import Correctable, correctable
from app.models.splice import Splice


@dataclass(frozen=True)
class Concerned:
    """An excerpt that does not come through whole: what it says, what it would say, and what hangs on it."""

    excerpt_id: str
    fate: Fate
    before: str
    after: str
    codes: tuple[str, ...]
    memos: int


@dataclass(frozen=True)
class Consequences:
    """What a correction comes to."""

    places: int
    edited: int
    """Excerpts with other words inside and the same ends."""
    concerned: tuple[Concerned, ...]


def consequences(session: Session, source_id: str, splice: Splice) -> Consequences:
    """What correcting a transcript so would do. Raises SpliceBroken if it was made for another text."""
    after = splice.applied(session.scalar(select(_S.text).where(_S.id == source_id)) or "")
    fates = anchored(anchors(session, source_id), splice, after)
    counts = Counter(one.fate for one in fates)
    return Consequences(len(splice.edits), counts[Fate.EDITED], concerned(session, fates, after))


def concerned(session: Session, fates: list[Anchored], after: str) -> tuple[Concerned, ...]:
    """Those excerpts that somebody has to look at, in text order."""
    found = []
    held = hanging_on(session, [one.anchor.id for one in fates if not one.is_safe])
    for one in fates:
        if not one.is_safe:
            quote = session.scalar(select(_E.quote).where(_E.id == one.anchor.id)) or ""
            codes, memos = held[one.anchor.id]
            found.append(Concerned(one.anchor.id, one.fate, quote, after[one.start : one.end], codes, memos))
    return tuple(found)


AT_ONCE = 500
"""Keys that are named to SQLite in one question."""


def hanging_on(session: Session, excerpt_ids: Sequence[str]) -> dict[str, tuple[tuple[str, ...], int]]:
    """{excerpt: the names of its codes, and how many memos are written on it and its codings}."""
    names: dict[str, list[str]] = {one: [] for one in excerpt_ids}
    memos = Counter[str]()
    for first in range(0, len(excerpt_ids), AT_ONCE):
        some = excerpt_ids[first : first + AT_ONCE]
        for one, name in session.execute(
            select(_C.excerpt_id, Code.name).join(Code, Code.id == _C.code_id).where(_C.excerpt_id.in_(some))
        ).all():
            names[one].append(name)
        on = func.coalesce(Memo.excerpt_id, _C.excerpt_id)
        statement = select(on, func.count(Memo.id)).outerjoin(Coding, _C.id == Memo.coding_id).group_by(on)
        memos.update({str(one): number for one, number in session.execute(statement.where(on.in_(some))).all()})
    return {one: (tuple(sorted(names[one])), memos[one]) for one in excerpt_ids}


def anchors(session: Session, source_id: str) -> list[Anchor]:
    """Where the excerpts of a transcript stand, in text order."""
    rows = session.execute(
        select(_E.id, _E.start, _E.end, _E.level).where(_E.source_id == source_id).order_by(_E.start, _E.end)
    ).all()
    return [Anchor(*row) for row in rows]


def open_stretches(session: Session, source_id: str, text: str) -> Correctable:
    """Which stretches of a transcript may be corrected as text."""
    rows = session.execute(
        select(_T.label_start, _T.label_end, _T.start, _T.end).where(_T.source_id == source_id).order_by(_T.start)
    ).all()
    return correctable(text, [tuple(row) for row in rows])


_E, _C, _S, _T = (kind.__table__.c for kind in (Excerpt, Coding, Source, Turn))
