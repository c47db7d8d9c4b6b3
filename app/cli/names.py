"""What is meant by a name that was typed: a transcript, a code, a theme, a word of a closed list."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.analysis.codes import CodeRow, code_rows
from app.analysis.themes import find_entry, lens_rows
from app.analysis.transcripts import find_source, source_cards
from app.cli.errors import UsageError
from app.errors import NotPossible
from app.models import Participant, Theme
from app.operations.themes import find_theme

Kind = TypeVar("Kind", bound=StrEnum)

SHOWN = 12
"""How many names a message offers at most."""


def source_named(session: Session, name: str) -> str:
    """The id of a transcript. Raises NotPossible with the names there are."""
    found = find_source(session, name)
    if found is None:
        offered = _offer(card.name for card in source_cards(session))
        raise NotPossible(f"There is no transcript “{name}” in this study. {offered}")
    return found


def code_named(session: Session, name: str) -> str:
    """The id of a code. Raises NotPossible if there is none, or several of this name."""
    found = code_if_there(session, name)
    if found is None:
        raise NotPossible(f"There is no code “{name}” in this study. {_offer(row.path for row in code_rows(session))}")
    return found


def code_if_there(session: Session, name: str) -> str | None:
    """The id of a code by id, by path, or by name wherever it stands; None if there is none."""
    rows = code_rows(session)
    wanted = " ".join(name.split()).casefold()
    by_path = [row for row in rows if row.id == name or row.path.casefold() == wanted]
    found: list[CodeRow] = by_path or [row for row in rows if row.name.casefold() == wanted]
    if len(found) > 1:
        raise NotPossible(f"Several codes are called “{name}”. Say which: {'; '.join(row.path for row in found)}.")
    return found[0].id if found else None


def theme_named(session: Session, name: str) -> str:
    """The id of a theme. Raises NotPossible with the names there are."""
    found = session.get(Theme, name)
    theme_id = found.id if found is not None else find_theme(session, name)
    if theme_id is None:
        from app.analysis.themes import theme_rows

        raise NotPossible(
            f"There is no theme “{name}” in this study. {_offer(row.name for row in theme_rows(session))}"
        )
    return theme_id


def participant_named(session: Session, name: str) -> str:
    """The id of a participant by id, label or pseudonym. Raises NotPossible if there is none, or several."""
    rows = session.execute(select(Participant.id, Participant.label, Participant.pseudonym)).all()
    wanted = " ".join(name.split()).casefold()
    found = [row for row in rows if name == row.id or (row.label and row.label.casefold() == wanted)]
    found = found or [row for row in rows if row.pseudonym.casefold() == wanted]
    if len(found) > 1:
        raise NotPossible(f"Several participants are called “{name}”. Say which by its id: "
                          f"{'; '.join(row.id for row in found)}.")  # fmt: skip
    if not found:
        offered = _offer(row.pseudonym for row in rows)
        raise NotPossible(f"There is no participant “{name}” in this study. {offered}")
    return str(found[0].id)


def entry_named(session: Session, name: str) -> str:
    """The id of an entry of the lens in use (or of another one). Raises NotPossible with the names there are."""
    found = find_entry(session, name)
    if found is None:
        offered = _offer(entry.name for lens in lens_rows(session) for entry in lens.entries)
        raise NotPossible(f"No lens of this study has an entry “{name}”. {offered}")
    return found


def word_of(kind: type[Kind], typed: str | None, option: str, short: Mapping[str, Kind] | None = None) -> Kind | None:
    """A word of a closed list, spaces or hyphens alike; None if nothing was typed. Raises UsageError."""
    if typed is None:
        return None
    wanted = " ".join(typed.replace("-", " ").replace("_", " ").split()).casefold()
    known = {member.value: member for member in kind} | dict(short or {})
    if wanted not in known:
        raise UsageError(f"{option} cannot be “{typed}”. It is one of: {', '.join(member.value for member in kind)}.")
    return known[wanted]


def _offer(names: Iterable[str]) -> str:
    held = list(names)
    if not held:
        return "There is none yet."
    more = f" and {len(held) - SHOWN} more" if len(held) > SHOWN else ""
    return f"There are: {'; '.join(held[:SHOWN])}{more}."
