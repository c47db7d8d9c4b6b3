"""Codes: making, naming, describing, arranging, setting aside and deleting them."""

from __future__ import annotations

from typing import Any

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session

from app.errors import NotPossible
from app.models import Code, new_key
from app.models.kinds import CodeOrigin, CodeStatus
from app.models.verbs import Verb
from app.operations.names import clean_name, clean_text, folded, get, next_position
from app.study import ChangeSession

PALETTE = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#7B5EA7", "#8C6D1F")
"""Eight hues that colour-blind readers can tell apart (after Okabe and Ito 2008); colour is never the only sign."""

LONGEST_CODE_NAME = 200
"""More than a label; what a code means has its own fields."""

_TEXTS = {"brief", "full", "when_to_use", "when_not_to_use"}
_PLAIN = {"semantic_latent", "example_excerpt_id"}


def create_code(
    session: ChangeSession,
    name: str,
    *,
    parent_id: str | None = None,
    colour: str | None = None,
    origin: CodeOrigin | None = None,
) -> str:
    """Make a code; returns its id. Raises NotPossible if a sibling bears the name already (but for case)."""
    name = clean_name(name, "code", LONGEST_CODE_NAME)
    session.announce(Verb.CREATE_CODE, f"Create code ‘{name}’")
    _refuse_double(session, name, parent_id)
    count = session.scalar(select(func.count()).select_from(Code)) or 0
    code = Code(
        id=new_key(),
        name=name,
        parent_id=parent_id,
        position=next_position(session, Code, Code.parent_id == parent_id),
        colour=colour.upper() if colour else PALETTE[count % len(PALETTE)],
        origin=origin,
        created_at=session.at,
        person_id=session.person_id,
    )
    session.add(code)
    session.flush()
    return code.id


def ensure_code(session: ChangeSession, path: str) -> str:
    """The code at `name` or `parent / child` (spaces around the slash), made with its parents where it is missing.

    A code that has the slash in its own name is found before a child is made.
    """
    names, parent_id = path.split(" / "), None
    while True:
        found = find_code(session, " / ".join(names), parent_id)
        if found is not None:
            return found
        name = names.pop(0)
        if not names:
            return create_code(session, name, parent_id=parent_id)
        parent_id = find_code(session, name, parent_id) or create_code(session, name, parent_id=parent_id)


def find_code(session: Session, name: str, parent_id: str | None = None) -> str | None:
    """The id of the code of this name under this parent, whatever the case; None if there is none."""
    wanted = folded(name)
    rows = session.execute(_SIBLINGS, {"parent": parent_id}).all()
    return next((str(key) for key, other in rows if folded(other) == wanted), None)


def edit_code(session: ChangeSession, /, code_id: str, **fields: Any) -> None:
    """Set fields of a code: name, colour, brief, full, when_to_use, when_not_to_use, semantic_latent, origin ..."""
    code = get(session, Code, code_id, "code")
    for field, value in fields.items():
        if field == "name":
            name = clean_name(value, "code", LONGEST_CODE_NAME)
            session.announce(Verb.EDIT_CODE, f"Rename code ‘{code.name}’ to ‘{name}’")
            _refuse_double(session, name, code.parent_id, but=code_id)
            code.name = name
            continue
        session.announce(Verb.EDIT_CODE, f"{'Recolour' if field == 'colour' else 'Describe'} code ‘{code.name}’")
        if field == "colour":
            code.colour = str(value).upper()
        elif field in _TEXTS:
            setattr(code, field, clean_text(value))
        elif field == "origin":
            code.origin = CodeOrigin(value) if value else None
        elif field in _PLAIN:
            setattr(code, field, value)
        else:
            raise NotPossible(f"A code has no field “{field}”.")


def move_code(session: ChangeSession, code_id: str, parent_id: str | None, position: int | None = None) -> None:
    """Put a code under another one (or on top with None), before the sibling now at `position` (last with None)."""
    code = get(session, Code, code_id, "code")
    above: str | None = parent_id
    while above is not None:
        if above == code_id:
            raise NotPossible(f"“{code.name}” cannot be moved under itself.")
        above = get(session, Code, above, "code").parent_id
    session.announce(Verb.EDIT_CODE, f"Move code ‘{code.name}’")
    if parent_id != code.parent_id:
        _refuse_double(session, code.name, parent_id, but=code_id)
    siblings = [one for one in _children(session, parent_id) if one.id != code_id]
    code.parent_id = parent_id
    siblings.insert(len(siblings) if position is None else position, code)
    for place, sibling in enumerate(siblings):
        sibling.position = place


def set_aside(session: ChangeSession, code_id: str, reason: str = "") -> None:
    """Put a code aside with a reason; its codings stay and it can be brought back."""
    code = get(session, Code, code_id, "code")
    session.announce(Verb.SET_ASIDE_CODE, f"Set aside code ‘{code.name}’")
    code.status, code.set_aside_reason = CodeStatus.SET_ASIDE, clean_text(reason)


def bring_back(session: ChangeSession, code_id: str) -> None:
    """Take a code that was set aside into use again."""
    code = get(session, Code, code_id, "code")
    session.announce(Verb.SET_ASIDE_CODE, f"Bring back code ‘{code.name}’")
    code.status, code.set_aside_reason = CodeStatus.ACTIVE, ""


def delete_code(session: ChangeSession, code_id: str) -> None:
    """Delete a code with its codings; the excerpts stay, and codes beneath it move up to where it was."""
    code = get(session, Code, code_id, "code")
    session.announce(Verb.DELETE_CODE, f"Delete code ‘{code.name}’")
    children, siblings = _children(session, code_id), _children(session, code.parent_id)
    for child in children:
        _refuse_double(session, child.name, code.parent_id, but=code_id)
    code.name = new_key()  # a child may bear the same name and takes the place before the code is gone
    session.flush()
    place = siblings.index(code)
    siblings[place : place + 1] = children
    for position, sibling in enumerate(siblings):
        sibling.position = position
    for child in children:
        child.parent_id = code.parent_id
    session.flush()
    session.delete(code)
    session.flush()


def _children(session: Session, parent_id: str | None) -> list[Code]:
    """The codes directly under a code (or on top), in order."""
    return list(session.scalars(select(Code).where(Code.parent_id == parent_id).order_by(Code.position, Code.name)))


def _refuse_double(session: Session, name: str, parent_id: str | None, but: str | None = None) -> None:
    found = find_code(session, name, parent_id)
    if found is not None and found != but:
        raise NotPossible(f"There is already a code “{name}” here (upper and lower case count as the same).")


_K = Code.__table__.c
_SIBLINGS = select(_K.id, _K.name).where(_K.parent_id.is_not_distinct_from(bindparam("parent")))
