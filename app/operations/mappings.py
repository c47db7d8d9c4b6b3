"""Mapping themes onto the entries of a lens: weight, direction and rationale, in words."""

from __future__ import annotations

from sqlalchemy import select

from app.models import Lens, LensEntry, Mapping, Theme, Unexplained
from app.models.kinds import Direction, Weight
from app.models.verbs import Verb
from app.operations.names import clean_text, get
from app.study import ChangeSession


def map_theme(
    session: ChangeSession,
    theme_id: str,
    entry_id: str,
    *,
    weight: Weight | None = None,
    direction: Direction | None = None,
    rationale: str | None = None,
) -> str:
    """Map a theme to a lens entry, or change what is given of an existing mapping; returns its id."""
    theme, entry = get(session, Theme, theme_id, "theme"), get(session, LensEntry, entry_id, "lens entry")
    session.announce(Verb.MAP, f"Map ‘{theme.name}’ to ‘{entry.name}’")
    mapping = session.scalars(
        select(Mapping).where(Mapping.theme_id == theme_id, Mapping.entry_id == entry_id)
    ).one_or_none()
    if mapping is None:
        mapping = Mapping(
            theme_id=theme_id,
            entry_id=entry_id,
            weight=Weight.SUPPORTING,
            direction=Direction.SHOWS,
            rationale="",
            created_at=session.at,
            person_id=session.person_id,
        )
        session.add(mapping)
    if weight is not None:
        mapping.weight = Weight(weight)
    if direction is not None:
        mapping.direction = Direction(direction)
    if rationale is not None:
        mapping.rationale = clean_text(rationale)
    session.flush()
    return mapping.id


def unmap_theme(session: ChangeSession, theme_id: str, entry_id: str) -> bool:
    """Take a mapping away. Returns whether there was one."""
    theme, entry = get(session, Theme, theme_id, "theme"), get(session, LensEntry, entry_id, "lens entry")
    mapping = session.scalars(
        select(Mapping).where(Mapping.theme_id == theme_id, Mapping.entry_id == entry_id)
    ).one_or_none()
    if mapping is None:
        return False
    session.announce(Verb.MAP, f"Remove mapping of ‘{theme.name}’ to ‘{entry.name}’")
    session.delete(mapping)
    session.flush()
    return True


def say_unexplained(session: ChangeSession, theme_id: str, lens_id: str, text: str) -> None:
    """Say what a lens does not explain of a theme; empty text takes it back."""
    theme = get(session, Theme, theme_id, "theme")
    get(session, Lens, lens_id, "lens")
    session.announce(Verb.MAP, f"Say what the framework does not explain of ‘{theme.name}’")
    row = session.scalars(
        select(Unexplained).where(Unexplained.theme_id == theme_id, Unexplained.lens_id == lens_id)
    ).one_or_none()
    text = clean_text(text)
    if not text:
        if row is not None:
            session.delete(row)
    elif row is None:
        session.add(Unexplained(theme_id=theme_id, lens_id=lens_id, text=text))
    else:
        row.text = text
    session.flush()
