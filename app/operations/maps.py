"""The theme map: placing, relating, noting, and keeping versions of it."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Mapping as Mapped
from datetime import datetime
from math import isfinite

from sqlalchemy import select

from app.analysis.map_content import MapContent, live_content
from app.errors import NotPossible
from app.models import LensEntry, MapNote, MapRegion, MapVersion, Theme, ThemeRelation, new_key
from app.models.kinds import RelationKind
from app.models.verbs import Verb
from app.operations.names import clean_name, clean_text, get
from app.study import ChangeSession

SMALLEST, LARGEST = 0.5, 3.0
FARTHEST = 100_000.0
"""How far from the middle of the map anything may be placed, in units of the map."""


def place_themes(session: ChangeSession, places: Mapped[str, tuple[float, float] | None]) -> None:
    """Put the middles of themes where the researcher wants them; None gives a theme back to the layout.

    Raises NotPossible for a place that is no place.
    """
    for theme_id, place in places.items():
        theme = get(session, Theme, theme_id, "theme")
        if place is None:
            session.announce(Verb.ARRANGE_MAP, _said("Let the layout place", theme.name, len(places)))
            theme.map_x = theme.map_y = None
        else:
            session.announce(Verb.ARRANGE_MAP, _said("Place", theme.name, len(places)))
            theme.map_x, theme.map_y = _inside(*place)


def size_themes(session: ChangeSession, theme_ids: Iterable[str], factor: float) -> None:
    """Draw themes larger or smaller on the map (between half and three times as usual); size is a choice, no count.

    Raises NotPossible for a factor that is none.
    """
    if not (isfinite(factor) and factor > 0):
        raise NotPossible("That is no size.")
    ids = list(theme_ids)
    for theme_id in ids:
        theme = get(session, Theme, theme_id, "theme")
        session.announce(Verb.ARRANGE_MAP, _said("Size", theme.name, len(ids)))
        theme.map_size = round(min(LARGEST, max(SMALLEST, theme.map_size * factor)), 3)


def place_region(session: ChangeSession, entry_id: str, place: tuple[float, float, float, float] | None) -> None:
    """Put the region of a dimension (left, top, width, height), or give it back to the layout."""
    entry = get(session, LensEntry, entry_id, "lens entry")
    session.announce(Verb.ARRANGE_MAP, f"Place the region ‘{entry.name}’")
    row = session.scalars(select(MapRegion).where(MapRegion.entry_id == entry_id)).one_or_none()
    if place is None:
        if row is not None:
            session.delete(row)
        return
    x, y = _inside(place[0], place[1])
    width, height = _inside(place[2], place[3])
    if width < 1 or height < 1:
        raise NotPossible("A region needs room.")
    if row is None:
        session.add(MapRegion(entry_id=entry_id, x=x, y=y, width=width, height=height))
    else:
        row.x, row.y, row.width, row.height = x, y, width, height


def relate(session: ChangeSession, from_id: str, to_id: str, kind: RelationKind, label: str = "") -> str:
    """Say what one theme has to do with another, or say it otherwise; returns the relation's id. Raises NotPossible."""
    one, other = get(session, Theme, from_id, "theme"), get(session, Theme, to_id, "theme")
    if from_id == to_id:
        raise NotPossible("A theme is not related to itself.")
    kind, label = RelationKind(kind), " ".join(clean_text(label).split())[:200]
    if kind == RelationKind.OWN_WORD and not label:
        raise NotPossible("Say in a word what the two themes have to do with each other.")
    session.announce(Verb.RELATE, f"Relate ‘{one.name}’ and ‘{other.name}’: {label or kind.value}")
    row = session.scalars(
        select(ThemeRelation).where(ThemeRelation.from_id == from_id, ThemeRelation.to_id == to_id)
    ).one_or_none()
    if row is None:
        row = ThemeRelation(id=new_key(), from_id=from_id, to_id=to_id, kind=kind, label=label)
        session.add(row)
    else:
        row.kind, row.label = kind, label
    session.flush()
    return row.id


def turn_relation_round(session: ChangeSession, relation_id: str) -> None:
    """Let a relation run the other way. Raises NotPossible if there is one already."""
    row = get(session, ThemeRelation, relation_id, "relation")
    taken = session.scalar(
        select(ThemeRelation.id).where(ThemeRelation.from_id == row.to_id, ThemeRelation.to_id == row.from_id)
    )
    if taken is not None:
        raise NotPossible("There is already a relation the other way.")
    session.announce(Verb.RELATE, "Turn a relation round")
    row.from_id, row.to_id = row.to_id, row.from_id


def unrelate(session: ChangeSession, relation_id: str) -> None:
    """Take a relation away."""
    row = get(session, ThemeRelation, relation_id, "relation")
    session.announce(Verb.RELATE, "Remove a relation")
    session.delete(row)
    session.flush()


def write_note(session: ChangeSession, text: str, x: float, y: float) -> str:
    """Put free words on the map; returns the note's id."""
    text = clean_text(text).strip()
    if not text:
        raise NotPossible("A note needs words.")
    session.announce(Verb.ARRANGE_MAP, "Write a note on the map")
    x, y = _inside(x, y)
    note = MapNote(id=new_key(), text=text, x=x, y=y)
    session.add(note)
    session.flush()
    return note.id


def edit_note(
    session: ChangeSession, note_id: str, *, text: str | None = None, place: tuple[float, float] | None = None
) -> None:
    """Say a note otherwise or put it elsewhere; without words it goes."""
    note = get(session, MapNote, note_id, "note")
    words = note.text if text is None else clean_text(text).strip()
    session.announce(Verb.ARRANGE_MAP, "Edit a note on the map" if words else "Delete a note on the map")
    if not words:
        session.delete(note)
        session.flush()
        return
    note.text = words
    if place is not None:
        note.x, note.y = _inside(*place)


def keep_version(
    session: ChangeSession,
    label: str,
    note: str = "",
    *,
    at: datetime | None = None,
    content: MapContent | None = None,
) -> str:
    """Freeze the map as it is now under a label; returns the version's id.

    `at` and `content` are for a map of the past that comes from elsewhere.
    """
    label = clean_name(label, "version")
    session.announce(Verb.KEEP_VERSION, f"Keep the map as version ‘{label}’")
    version = MapVersion(
        id=new_key(),
        label=label,
        note=clean_text(note),
        at=at or session.at,
        person_id=session.person_id,
        snapshot=(content or live_content(session)).as_json(),
    )
    session.add(version)
    session.flush()
    return version.id


def delete_version(session: ChangeSession, version_id: str) -> None:
    """Delete a version with the comments on it."""
    version = get(session, MapVersion, version_id, "version")
    session.announce(Verb.KEEP_VERSION, f"Delete version ‘{version.label}’")
    session.delete(version)
    session.flush()


def _said(deed: str, name: str, count: int) -> str:
    return f"{deed} ‘{name}’ on the map" if count == 1 else f"{deed} {count} themes on the map"


def _inside(x: float, y: float) -> tuple[float, float]:
    if not (isfinite(x) and isfinite(y) and abs(x) <= FARTHEST and abs(y) <= FARTHEST):
        raise NotPossible("That lies outside the map.")
    return round(float(x), 2), round(float(y), 2)
