"""Visits to the phases of the analysis: places one goes to and leaves in any order, never gates.

A visit is kept by moments, since several may begin on one day, but only days are ever shown.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import select

from app.errors import NotPossible
from app.models import PhaseVisit, new_key
from app.models.kinds import Phase
from app.models.verbs import Verb
from app.operations.names import clean_text, get
from app.study import ChangeSession

KEEP = datetime.min.replace(tzinfo=UTC)
"""For `correct_visit`: this end stays as it is (None would mean that the visit goes on)."""


def visit_phase(session: ChangeSession, phase: Phase, note: str = "") -> str:
    """Say what one is doing now; the visit before ends. Returns the id of the open visit.

    Saying the same phase again changes nothing.
    """
    phase = Phase(phase)
    session.announce(Verb.VISIT_PHASE, f"Go to the phase ‘{phase.value}’")
    before = _open_visit(session)
    if before is not None:
        if before.phase == phase:
            return before.id
        _end(session, before)
    return _add(session, phase, session.at, None, note, later=False)


def leave_phase(session: ChangeSession) -> None:
    """Say that one is doing nothing in particular; the open visit ends."""
    visit = _open_visit(session)
    session.announce(Verb.VISIT_PHASE, f"Leave the phase ‘{visit.phase.value}’" if visit else "Leave a phase")
    if visit is not None:
        _end(session, visit)


def add_visit(
    session: ChangeSession, phase: Phase, began_at: datetime, ended_at: datetime | None, note: str = ""
) -> str:
    """Enter a visit that was forgotten; it is marked as entered later. Returns its id.

    Raises NotPossible for days that have not come, an end before the beginning, or a second open visit.
    """
    phase = Phase(phase)
    session.announce(Verb.VISIT_PHASE, f"Add a visit to the phase ‘{phase.value}’")
    _check(session, began_at, ended_at)
    if ended_at is None and _open_visit(session) is not None:
        raise NotPossible("Another visit is still going on. Say when this one ended.")
    return _add(session, phase, began_at, ended_at, note, later=True)


def correct_visit(
    session: ChangeSession,
    visit_id: str,
    *,
    phase: Phase | None = None,
    began_at: datetime | None = None,
    ended_at: datetime | None = KEEP,
) -> None:
    """Say otherwise which phase a visit was to, when it began or ended (None: it goes on); it is marked as such.

    Raises NotPossible as `add_visit` does.
    """
    visit = get(session, PhaseVisit, visit_id, "visit")
    session.announce(Verb.VISIT_PHASE, f"Correct a visit to the phase ‘{visit.phase.value}’")
    start = visit.began_at if began_at is None else began_at
    end = visit.ended_at if ended_at == KEEP else ended_at
    _check(session, start, end)
    if end is None and visit.ended_at is not None and _open_visit(session) is not None:
        raise NotPossible("Another visit is still going on. Say when this one ended.")
    kind = visit.phase if phase is None else Phase(phase)
    if (kind, start, end) == (visit.phase, visit.began_at, visit.ended_at):
        return
    visit.phase, visit.began_at, visit.ended_at, visit.added_later = kind, start, end, True


def note_on_visit(session: ChangeSession, visit_id: str, note: str) -> None:
    """Say in words what a visit was about. It is no correction."""
    visit = get(session, PhaseVisit, visit_id, "visit")
    session.announce(Verb.VISIT_PHASE, f"Note on a visit to the phase ‘{visit.phase.value}’")
    visit.note = clean_text(note)


def delete_visit(session: ChangeSession, visit_id: str) -> None:
    """Take a visit out of the record."""
    visit = get(session, PhaseVisit, visit_id, "visit")
    session.announce(Verb.VISIT_PHASE, f"Delete a visit to the phase ‘{visit.phase.value}’")
    session.delete(visit)
    session.flush()


def moment_on(day: date) -> datetime:
    """The moment that stands for a day where only the day is known: noon here, so that it is that day elsewhere too."""
    return datetime.combine(day, time(12)).astimezone()


def _open_visit(session: ChangeSession) -> PhaseVisit | None:
    return session.scalars(
        select(PhaseVisit).where(PhaseVisit.ended_at.is_(None)).order_by(PhaseVisit.began_at.desc())
    ).first()


def _end(session: ChangeSession, visit: PhaseVisit) -> None:
    visit.ended_at = max(session.at, visit.began_at)


def _add(
    session: ChangeSession, phase: Phase, began_at: datetime, ended_at: datetime | None, note: str, *, later: bool
) -> str:
    visit = PhaseVisit(
        id=new_key(),
        phase=phase,
        began_at=began_at,
        ended_at=ended_at,
        note=clean_text(note),
        added_later=later,
        person_id=session.person_id,
    )
    session.add(visit)
    session.flush()
    return visit.id


def _check(session: ChangeSession, began_at: datetime, ended_at: datetime | None) -> None:
    soon = session.at + timedelta(days=1)  # noon of today may still lie ahead
    if began_at > soon or (ended_at is not None and ended_at > soon):
        raise NotPossible("That day has not come yet. A visit is entered when it was made.")
    if ended_at is not None and ended_at < began_at:
        raise NotPossible("A visit cannot end before it began.")
