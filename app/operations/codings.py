"""Codings: tagging an excerpt with a code and taking the tag away."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from app.errors import NotPossible
from app.models import Code, Coding, Excerpt, new_key
from app.models.kinds import CodeStatus, ExcerptLevel
from app.models.prepared import Prepared, inserting
from app.models.verbs import Verb
from app.operations.excerpts import take_excerpt
from app.operations.names import get
from app.study import ChangeSession


@dataclass(frozen=True)
class Coded:
    """What coding came to: the excerpt, the coding, and whether the coding is new."""

    excerpt_id: str
    coding_id: str
    created: bool


def code_passage(
    session: ChangeSession,
    source_id: str,
    start: int,
    end: int,
    code_id: str,
    *,
    unsure: bool = False,
    level: ExcerptLevel | None = None,
    interaction: str = "",
) -> Coded:
    """Tag a stretch of a source with a code. Coding the same again changes nothing. Raises NotPossible."""
    code = _code(session, code_id)
    session.announce(Verb.CODE, f"Code excerpt as ‘{code.name}’")
    excerpt_id = take_excerpt(session, source_id, start, end, level=level, interaction=interaction)
    return _tag(session, excerpt_id, code, unsure=unsure)


def code_excerpt(session: ChangeSession, excerpt_id: str, code_id: str, *, unsure: bool = False) -> Coded:
    """Tag an existing excerpt with a code. A code that was set aside is refused: bring it back first."""
    code = _code(session, code_id)
    get(session, Excerpt, excerpt_id, "excerpt")
    session.announce(Verb.CODE, f"Code excerpt as ‘{code.name}’")
    return _tag(session, excerpt_id, code, unsure=unsure)


class _Code(NamedTuple):
    """What coding must know of a code."""

    id: str
    name: str
    status: CodeStatus


def _code(session: Session, code_id: str) -> _Code:
    """Raises NotPossible if the code is gone."""
    found = _CODE.row(session, code=code_id)
    if found is None:
        raise NotPossible("This code is not in the study any more.")
    return _Code(*found)


def _tag(session: ChangeSession, excerpt_id: str, code: _Code, *, unsure: bool) -> Coded:
    existing = _EXISTING.row(session, excerpt=excerpt_id, code=code.id)
    if existing is not None:
        return Coded(excerpt_id, existing[0], created=False)
    if code.status == CodeStatus.SET_ASIDE:
        raise NotPossible(f"“{code.name}” is set aside. Bring it back before coding with it.")
    coding_id = new_key()
    _INSERT.rows(
        session,
        id=coding_id,
        excerpt_id=excerpt_id,
        code_id=code.id,
        unsure=unsure,
        created_at=session.at,
        person_id=session.person_id,
    )
    return Coded(excerpt_id, coding_id, created=True)


def remove_code(session: ChangeSession, excerpt_id: str, code_id: str) -> bool:
    """Take a code off an excerpt; the excerpt stays. Returns whether there was anything to take off."""
    coding = _coding(session, excerpt_id, code_id)
    if coding is None:
        return False
    code = get(session, Code, code_id, "code")
    session.announce(Verb.UNCODE, f"Remove code ‘{code.name}’")
    session.delete(coding)
    session.flush()
    return True


def mark_unsure(session: ChangeSession, coding_id: str, unsure: bool) -> None:
    """Say that one is, or is no longer, unsure of a coding."""
    coding = get(session, Coding, coding_id, "coding")
    code = get(session, Code, coding.code_id, "code")
    session.announce(Verb.CODE, f"Mark ‘{code.name}’ as {'unsure' if unsure else 'sure'}")
    coding.unsure = unsure


def _coding(session: Session, excerpt_id: str, code_id: str) -> Coding | None:
    return session.scalars(
        select(Coding).where(Coding.excerpt_id == excerpt_id, Coding.code_id == code_id)
    ).one_or_none()


_C, _K = Coding.__table__.c, Code.__table__.c
_CODE = Prepared(select(_K.id, _K.name, _K.status).where(_K.id == bindparam("code")))
_INSERT = inserting(Coding)
_EXISTING = Prepared(select(_C.id).where(_C.excerpt_id == bindparam("excerpt"), _C.code_id == bindparam("code")))
