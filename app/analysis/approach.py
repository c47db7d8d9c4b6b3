"""The approach statement as it is read: the present one, those before it, and what changed between two in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.models import ApproachVersion, Person
from app.models.approach import PARTS, term_of

Statement = dict[str, dict[str, str]]


@dataclass(frozen=True, slots=True)
class Version:
    """The approach as it was stated at one moment, and why it was stated anew."""

    id: str
    at: datetime
    statement: Statement
    reason: str
    who: str


def approach_versions(session: Session) -> list[Version]:
    """All statements, the newest (which holds) first."""
    rows = session.execute(
        select(_A.id, _A.at, _A.statement, _A.reason, func.coalesce(_P.name, ""))
        .select_from(ApproachVersion.__table__.outerjoin(Person.__table__, _P.id == _A.person_id))
        .order_by(_A.at.desc(), _A.id.desc())
    ).all()
    return [Version(*row) for row in rows]


def approach(session: Session) -> Statement:
    """The statement that holds; empty if nothing was stated."""
    found = approach_versions(session)
    return found[0].statement if found else {}


def in_order(statement: Statement) -> list[str]:
    """The names of the parts that say something, in the order in which they are asked."""
    known = [part.name for part in PARTS if part.name in statement]
    return known + [name for name in statement if name not in known]


def said(part: dict[str, str]) -> str:
    """A part in one line: the word chosen, and the words beside it."""
    choice, words = part.get("choice", ""), part.get("words", "")
    return f"{choice}. {words}" if choice and words else choice or words


def lines(statement: Statement) -> list[tuple[str, str]]:
    """(what a part is called, what it says), in order."""
    return [(term_of(name), said(statement[name])) for name in in_order(statement)]


def what_changed(older: Statement, newer: Statement) -> list[str]:
    """What is another one in the newer statement, a sentence a part."""
    told = []
    for name in in_order({**newer, **older}):
        before, after = older.get(name, {}), newer.get(name, {})
        if before == after:
            continue
        term, was, now = term_of(name), before.get("choice", ""), after.get("choice", "")
        if not before:
            told.append(f"{term}: now said{f' ({now})' if now else ''}.")
        elif not after:
            told.append(f"{term}: no longer said{f' (it was: {was})' if was else ''}.")
        elif was != now:
            told.append(f"{term}: from “{was or 'no word chosen'}” to “{now or 'no word chosen'}”.")
        else:
            told.append(f"{term}: in other words.")
    return told


_A, _P = ApproachVersion.__table__.c, Person.__table__.c
