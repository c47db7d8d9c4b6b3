"""Mapping themes onto the entries of a lens: weight, direction and rationale, in words."""

from __future__ import annotations

from sqlalchemy import select

from app.errors import NotPossible
from app.models import Excerpt, Lens, LensEntry, Mapping, MappingExcerpt, MappingIndicator, Theme, Unexplained
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


def mark_indicator(session: ChangeSession, theme_id: str, entry_id: str, indicator_id: str, on: bool = True) -> bool:
    """Say that an indicator beneath an entry is seen in a theme (or not); a mapping is made if there is none yet.

    Returns whether anything changed.
    """
    indicator = get(session, LensEntry, indicator_id, "indicator")
    if indicator.parent_id != entry_id:
        raise NotPossible("This indicator does not stand beneath this entry of the lens.")
    mapping_id = _mapping(session, theme_id, entry_id, make=on)
    held = session.scalars(
        select(MappingIndicator).where(
            MappingIndicator.mapping_id == mapping_id, MappingIndicator.entry_id == indicator_id
        )
    ).one_or_none()
    if (held is not None) == on or mapping_id is None:
        return False
    theme = get(session, Theme, theme_id, "theme")
    session.announce(Verb.MAP, f"{'See' if on else 'No longer see'} ‘{indicator.name}’ in ‘{theme.name}’")
    if held is None:
        session.add(MappingIndicator(mapping_id=mapping_id, entry_id=indicator_id))
    else:
        session.delete(held)
    session.flush()
    return True


def bear_mapping(session: ChangeSession, theme_id: str, entry_id: str, excerpt_id: str, on: bool = True) -> bool:
    """Say that an excerpt bears a mapping (or not); a mapping is made if there is none yet.

    Returns whether anything changed.
    """
    get(session, Excerpt, excerpt_id, "excerpt")
    mapping_id = _mapping(session, theme_id, entry_id, make=on)
    held = session.scalars(
        select(MappingExcerpt).where(MappingExcerpt.mapping_id == mapping_id, MappingExcerpt.excerpt_id == excerpt_id)
    ).one_or_none()
    if (held is not None) == on or mapping_id is None:
        return False
    theme, entry = get(session, Theme, theme_id, "theme"), get(session, LensEntry, entry_id, "lens entry")
    what = "Let an excerpt bear" if on else "No longer let an excerpt bear"
    session.announce(Verb.MAP, f"{what} ‘{theme.name}’ as ‘{entry.name}’")
    if held is None:
        session.add(MappingExcerpt(mapping_id=mapping_id, excerpt_id=excerpt_id))
    else:
        session.delete(held)
    session.flush()
    return True


def _mapping(session: ChangeSession, theme_id: str, entry_id: str, *, make: bool) -> str | None:
    held = session.scalar(select(Mapping.id).where(Mapping.theme_id == theme_id, Mapping.entry_id == entry_id))
    return map_theme(session, theme_id, entry_id) if held is None and make else held


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
