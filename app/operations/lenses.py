"""Lenses: theories as data, shipped in resources/lenses or brought by the researcher."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import select

from app.errors import NotPossible
from app.models import Lens, LensEntry, StudySheet, new_key
from app.models.verbs import Verb
from app.operations.names import clean_name, get, next_position, same_name
from app.resources import resource
from app.study import ChangeSession


def shipped_lens(key: str) -> dict[str, Any]:
    """One of the lenses that come with the program, as its JSON says it."""
    lens: dict[str, Any] = json.loads(resource("lenses", f"{key}.json").read_text(encoding="utf-8"))
    return lens


def add_lens(session: ChangeSession, lens: dict[str, Any]) -> str:
    """Add a lens with its entries; returns its id. The same name twice is refused."""
    name = clean_name(str(lens.get("name", "")), "lens")
    session.announce(Verb.EDIT_LENS, f"Add lens ‘{name}’")
    if any(same_name(held, name) for held in session.scalars(select(Lens.name))):
        raise NotPossible(f"There is already a lens called “{name}”.")
    row = Lens(
        id=new_key(),
        name=name,
        description=str(lens.get("description", "")),
        citation=str(lens.get("citation", "")),
        position=next_position(session, Lens),
    )
    session.add(row)
    session.flush()
    for position, entry in enumerate(lens.get("entries", [])):
        session.add(
            LensEntry(
                lens_id=row.id,
                name=clean_name(str(entry.get("name", "")), "lens entry"),
                definition=str(entry.get("definition", "")),
                citation=str(entry.get("citation", "")),
                position=position,
            )
        )
    session.flush()
    return row.id


def use_lens(session: ChangeSession, lens_id: str) -> None:
    """Read the study through another lens; the mappings of every lens are kept."""
    lens = get(session, Lens, lens_id, "lens")
    session.announce(Verb.EDIT_LENS, f"Read through ‘{lens.name}’")
    session.scalars(select(StudySheet)).one().lens_id = lens.id
