"""Stating the approach: each statement is a version of its own, with the reason why it is another one now."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from sqlalchemy import select

from app.errors import NotPossible
from app.models import ApproachVersion, ChangeRow, new_key
from app.models.verbs import Verb
from app.operations.names import clean_text, get, one_line
from app.study import ChangeSession

Statement = Mapping[str, Mapping[str, str]]
"""{part: {"choice": a word, "words": free text}}; the parts that are offered stand in `app.models.approach`."""


def state_approach(session: ChangeSession, statement: Statement, reason: str = "") -> str | None:
    """State the approach as it is now; returns the id of the version. What was stated before stays to be read.

    What is typed on within one change is one version. The same statement again is none.
    """
    clean = _clean(statement)
    newest = session.scalars(
        select(ApproachVersion).order_by(ApproachVersion.at.desc(), ApproachVersion.id.desc()).limit(1)
    ).first()
    session.announce(Verb.STATE_APPROACH, "State the approach")
    before = newest.statement if newest is not None else {}
    if clean == before and not reason.strip():
        return newest.id if newest is not None else None
    if newest is not None and (clean == before or _made_now(session, newest.id)):
        newest.statement = clean
        newest.reason = clean_text(reason).strip() or newest.reason
        session.flush()
        return newest.id
    version = ApproachVersion(
        id=new_key(),
        at=session.at if newest is None else max(session.at, newest.at + _NEXT),  # a clock may have gone back
        statement=clean,
        reason=clean_text(reason).strip(),
        person_id=session.person_id,
    )
    session.add(version)
    session.flush()
    return version.id


def say_why_approach(session: ChangeSession, version_id: str, reason: str) -> None:
    """Say, or say otherwise, why a version of the statement came about."""
    version = get(session, ApproachVersion, version_id, "version")
    session.announce(Verb.STATE_APPROACH, "Say why the approach changed")
    version.reason = clean_text(reason).strip()


_NEXT = timedelta(microseconds=1)
"""The newest statement is the one that holds, so each is later than the one before."""


def _clean(statement: Statement) -> dict[str, dict[str, str]]:
    """The parts that say something. Raises NotPossible for what is no part of a statement."""
    clean = {}
    for name, said in statement.items():
        if not set(said) <= {"choice", "words"}:
            raise NotPossible("A part of the approach is a choice and words beside it.")
        choice, words = one_line(said.get("choice", "")), clean_text(said.get("words", "")).strip()
        if choice or words:
            clean[name] = {"choice": choice, "words": words}
    return clean


def _made_now(session: ChangeSession, version_id: str) -> bool:
    """Whether this change has made the version: somebody is still typing."""
    made = (ChangeRow.table_name == "approach_version") & (ChangeRow.row_id == version_id) & ChangeRow.before.is_(None)
    return session.scalar(select(ChangeRow.row_id).where(ChangeRow.change_seq == session.seq, made)) is not None
