"""What foreign things become: keys of ours for keys of theirs, names that are free, definitions taken apart."""

from __future__ import annotations

import uuid

from app.errors import NotPossible
from app.models.kinds import Consent
from app.operations.names import clean_name, clean_text

NAMESPACE = uuid.UUID("6f4b5d0e-9d0a-5c7e-8f3b-2a1c6e7d9b10")
BRIEF = 200
"""Characters up to which a description of one paragraph is a brief definition."""


def foreign_key(*parts: str) -> str:
    """A key of ours for a foreign one: the same each time."""
    return str(uuid.uuid5(NAMESPACE, "\x1f".join(parts)))


def fitting_name(name: str, what: str, longest: int) -> str:
    """The name as the study may keep it, cut where it is too long; what has none is said to have none."""
    try:
        return clean_name(name[:longest], what, longest)
    except NotPossible:
        return f"{what.capitalize()} without a name"


def free_name(name: str, taken: set[str]) -> str:
    """The name, numbered if it is taken; it is taken then."""
    number, free = 2, name
    while free.casefold() in taken:
        free, number = f"{name} ({number})", number + 1
    taken.add(free.casefold())
    return free


SECTIONS = {"Full definition:": "full", "When to use:": "when_to_use", "When not to use:": "when_not_to_use"}
"""The heads under which our own exports write what a code's definition holds beside the brief one."""


def definitions(description: str) -> tuple[str, str, str, str]:
    """(brief, full, when to use, when not to use) of what another program, or our own export, says of a code."""
    text = clean_text(description).strip()
    found = {"brief": "", "full": "", "when_to_use": "", "when_not_to_use": ""}
    at = "brief"
    own = any(f"\n{head}" in f"\n{text}" for head in SECTIONS)
    for line in text.split("\n") if own else ():
        head = next((one for one in SECTIONS if line.startswith(one)), None)
        if head is not None:
            at, line = SECTIONS[head], line[len(head) :].lstrip()
        found[at] += ("\n" if found[at] else "") + line
    if not own:
        found["brief" if len(text) <= BRIEF and "\n\n" not in text else "full"] = text
    return tuple(found[one].strip() for one in ("brief", "full", "when_to_use", "when_not_to_use"))  # type: ignore[return-value]


def consent_from(said: str) -> Consent:
    """Consent to be quoted, as our own exports write it; anything else is not recorded."""
    return Consent(said) if said in tuple(Consent) else Consent.NOT_RECORDED
