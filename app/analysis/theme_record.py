"""What happened to a theme: how far it was said to have come, what was checked, and what it came out of."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models import Change, ChangeRow, Person, ReviewCheck, Theme, ThemeLineage
from app.models.kinds import LineageKind, ReviewLevel, ThemeStatus


@dataclass(frozen=True)
class CheckRow:
    """One check of a theme: at which level, when, by whom, and what was found."""

    id: str
    level: ReviewLevel
    at: datetime
    finding: str
    person: str


@dataclass(frozen=True)
class StatusStep:
    """A theme came to a status: when, by whom, and why if that was said."""

    status: ThemeStatus
    at: datetime
    person: str
    reason: str


@dataclass(frozen=True)
class Descent:
    """A theme that this one was merged from or split from."""

    kind: LineageKind
    name: str
    at: datetime


def checks_of(session: Session, theme_id: str) -> list[CheckRow]:
    """The checks of a theme, the newest first."""
    rows = session.execute(
        select(ReviewCheck.id, ReviewCheck.level, ReviewCheck.at, ReviewCheck.finding, Person.name)
        .outerjoin(Person, Person.id == ReviewCheck.person_id)
        .where(ReviewCheck.theme_id == theme_id)
        .order_by(ReviewCheck.at.desc(), ReviewCheck.id)
    )
    return [CheckRow(key, level, at, finding, person or "") for key, level, at, finding, person in rows]


def status_history(session: Session, theme_id: str) -> list[StatusStep]:
    """The statuses a theme had, the first first, read from the change journal; what was undone never was."""
    made = session.execute(
        select(Theme.created_at, Person.name)
        .outerjoin(Person, Person.id == Theme.person_id)
        .where(Theme.id == theme_id)
    ).one_or_none()
    if made is None:
        return []
    steps = [StatusStep(ThemeStatus.CANDIDATE, made[0], made[1] or "", "")]
    undone = _undone(session)
    rows = session.execute(
        select(Change.seq, Change.at, Change.actor, Change.reason, ChangeRow.after)
        .join(ChangeRow, ChangeRow.change_seq == Change.seq)
        .where(ChangeRow.table_name == "theme", ChangeRow.row_id == theme_id, ChangeRow.op == "update")
        .where(Change.undoes.is_(None))
        .order_by(Change.seq, ChangeRow.id)
    )
    for seq, at, actor, reason, after in rows:
        status = json.loads(after or "{}").get("status")
        if status is not None and seq not in undone and status != steps[-1].status:
            steps.append(StatusStep(ThemeStatus(status), at, actor, reason or ""))
    return steps


def descent_of(session: Session, theme_id: str) -> list[Descent]:
    """What a theme came out of, the earliest first."""
    rows = session.execute(
        select(ThemeLineage.kind, ThemeLineage.other_name, ThemeLineage.at)
        .where(ThemeLineage.theme_id == theme_id)
        .order_by(ThemeLineage.at, ThemeLineage.id)
    )
    return [Descent(*row) for row in rows]


def _undone(session: Session) -> set[int]:
    """The changes that are taken back now; what undid something may have been undone itself."""
    undone: set[int] = set()
    steps = select(Change.seq, Change.undoes).where(Change.undoes.is_not(None)).order_by(Change.seq.desc())
    for seq, undoes in session.execute(steps):
        if seq not in undone and undoes is not None:
            undone.add(undoes)
    return undone
