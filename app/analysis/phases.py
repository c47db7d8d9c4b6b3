"""The visits to the phases of the analysis, as days: no clock times, no hours worked, nothing that is done or due."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models import Person, PhaseVisit
from app.models.kinds import Phase


@dataclass(frozen=True)
class Visit:
    """One stay in a phase. `ended_at` is None while it goes on; `added_later`: entered or corrected afterwards."""

    id: str
    phase: Phase
    began_at: datetime
    ended_at: datetime | None
    note: str
    added_later: bool
    person: str

    @property
    def began_on(self) -> date:
        """The day it began, here."""
        return self.began_at.astimezone().date()

    @property
    def ended_on(self) -> date | None:
        """The day it ended, here; None while it goes on."""
        return None if self.ended_at is None else self.ended_at.astimezone().date()


def visits(session: Session) -> list[Visit]:
    """All visits in the order in which they began."""
    table, person = PhaseVisit.__table__.c, Person.__table__.c
    rows = session.execute(
        select(table.id, table.phase, table.began_at, table.ended_at, table.note, table.added_later, person.name)
        .outerjoin(Person.__table__, person.id == table.person_id)
        .order_by(table.began_at, table.id)
    )
    return [Visit(*row[:6], row[6] or "") for row in rows]


def current_phase(session: Session) -> Phase | None:
    """What the researcher says to be doing now, or None."""
    return session.scalars(
        select(PhaseVisit.phase).where(PhaseVisit.ended_at.is_(None)).order_by(PhaseVisit.began_at.desc())
    ).first()
