"""What a theme map says: themes, codes, relations, mappings, places - of the study now, or frozen in a version.

The same data whether live or frozen, so that whatever draws, describes or compares maps knows no difference.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from itertools import chain
from typing import Any

from sqlalchemy import String, cast, select
from sqlalchemy.orm import Session

from app.analysis.codes import code_rows
from app.analysis.overview import study_title
from app.analysis.themes import lens_in_use, mapping_rows, theme_rows, unexplained
from app.models import MapNote, MapRegion, MapVersion, Theme, ThemeLineage, ThemeRelation
from app.models.kinds import CodeRole, Direction, LineageKind, RelationKind, ThemeKind, ThemeStatus, Weight

FORMAT = 1


@dataclass(frozen=True)
class MapCode:
    """A code that feeds a theme."""

    id: str
    name: str
    colour: str
    role: CodeRole


@dataclass(frozen=True)
class MapTheme:
    """A theme. `x` and `y` are its middle where the researcher put it, in units of the map; None: the layout places."""

    id: str
    name: str
    kind: ThemeKind
    parent_id: str | None
    status: ThemeStatus
    concept: str
    definition: str
    boundary: str
    unexplained: str
    codes: tuple[MapCode, ...]
    x: float | None = None
    y: float | None = None
    size: float = 1.0
    """How large the researcher wants it, 1 as usual; it never stands for a count."""
    merged_from: tuple[str, ...] = ()
    """Ids of the themes that went into it."""
    split_from: tuple[str, ...] = ()
    """Ids of the themes it was split from."""


@dataclass(frozen=True)
class MapEntry:
    """A dimension or other entry of the lens. `place` is left, top, width, height where the researcher put it."""

    id: str
    name: str
    definition: str
    parent_id: str | None
    place: tuple[float, float, float, float] | None = None


@dataclass(frozen=True)
class MapRelation:
    """A line between two themes; `label` is what it says."""

    id: str
    from_id: str
    to_id: str
    kind: RelationKind
    label: str

    @property
    def words(self) -> str:
        """What stands on the line."""
        return self.label or self.kind.value


@dataclass(frozen=True)
class MapMapping:
    """What a theme has to do with an entry."""

    theme_id: str
    entry_id: str
    weight: Weight
    direction: Direction
    rationale: str


@dataclass(frozen=True)
class MapWords:
    """A free note on the map."""

    id: str
    text: str
    x: float
    y: float


@dataclass(frozen=True)
class MapContent:
    """One whole map."""

    title: str
    lens: str
    entries: tuple[MapEntry, ...]
    themes: tuple[MapTheme, ...]
    relations: tuple[MapRelation, ...]
    mappings: tuple[MapMapping, ...]
    notes: tuple[MapWords, ...]

    def as_json(self) -> dict[str, Any]:
        """As it is frozen in a version."""
        return {"format": FORMAT, **asdict(self)}

    @classmethod
    def from_json(cls, held: dict[str, Any]) -> MapContent:
        """As it was frozen. Raises KeyError, TypeError, ValueError for what no version of ours holds."""
        return cls(
            title=str(held["title"]),
            lens=str(held["lens"]),
            entries=tuple(_entry(one) for one in held["entries"]),
            themes=tuple(_theme(one) for one in held["themes"]),
            relations=tuple(MapRelation(**{**one, "kind": RelationKind(one["kind"])}) for one in held["relations"]),
            mappings=tuple(
                MapMapping(**{**one, "weight": Weight(one["weight"]), "direction": Direction(one["direction"])})
                for one in held["mappings"]
            ),
            notes=tuple(MapWords(**one) for one in held["notes"]),
        )


@dataclass(frozen=True)
class VersionRow:
    """A version in a list, oldest first."""

    id: str
    label: str
    note: str
    at: datetime


def live_content(session: Session) -> MapContent:
    """The map as the study says it now, through the lens in use. Themes let go are not on it."""
    lens = lens_in_use(session)
    lens_id = lens.id if lens is not None else ""
    silent = unexplained(session, lens_id)
    places = {
        row.id: (row.map_x, row.map_y, row.map_size)
        for row in session.execute(select(Theme.id, Theme.map_x, Theme.map_y, Theme.map_size))
    }
    regions = {row.entry_id: (row.x, row.y, row.width, row.height) for row in session.scalars(select(MapRegion)).all()}
    codes = {code.id: code for code in code_rows(session)}
    came: dict[tuple[str, LineageKind], list[str]] = {}
    lineage = select(ThemeLineage.theme_id, ThemeLineage.kind, ThemeLineage.other_id)
    for theme_id, kind, other_id in session.execute(lineage.order_by(ThemeLineage.at, ThemeLineage.id)):
        came.setdefault((theme_id, kind), []).append(other_id)
    gone: set[str] = set()
    themes = []
    for row in theme_rows(session):
        if row.status == ThemeStatus.LET_GO or row.parent_id in gone:
            gone.add(row.id)
            continue
        fed = tuple(MapCode(one, codes[one].name, codes[one].colour, role) for one, role in row.codes if one in codes)
        x, y, size = places[row.id]
        themes.append(
            MapTheme(row.id, row.name, row.kind, row.parent_id, row.status, row.concept, row.definition, row.boundary,
                     silent.get(row.id, ""), fed, x, y, size,
                     tuple(came.get((row.id, LineageKind.MERGED_FROM), ())),
                     tuple(came.get((row.id, LineageKind.SPLIT_FROM), ())))
        )  # fmt: skip
    shown = {theme.id for theme in themes}
    relations = session.scalars(select(ThemeRelation).order_by(ThemeRelation.from_id, ThemeRelation.to_id)).all()
    return MapContent(
        title=study_title(session),
        lens=lens.name if lens is not None else "",
        entries=tuple(
            MapEntry(one.id, one.name, one.definition, one.parent_id, regions.get(one.id))
            for one in ((*lens.entries, *chain(*lens.indicators.values())) if lens is not None else ())
        ),
        themes=tuple(themes),
        relations=tuple(
            MapRelation(one.id, one.from_id, one.to_id, one.kind, one.label)
            for one in relations
            if {one.from_id, one.to_id} <= shown
        ),
        mappings=tuple(
            MapMapping(one.theme_id, one.entry_id, one.weight, one.direction, one.rationale)
            for one in sorted(mapping_rows(session, lens_id), key=lambda one: (one.theme_id, one.entry_id))
            if one.theme_id in shown
        ),
        notes=tuple(
            MapWords(one.id, one.text, one.x, one.y) for one in session.scalars(select(MapNote).order_by(MapNote.id))
        ),
    )


def version_rows(session: Session) -> list[VersionRow]:
    """All versions, oldest first."""
    rows = session.execute(
        select(MapVersion.id, MapVersion.label, MapVersion.note, MapVersion.at).order_by(MapVersion.at, MapVersion.id)
    ).all()
    return [VersionRow(*row) for row in rows]


def frozen_content(session: Session, version_id: str) -> MapContent | None:
    """The map of a version as it was, or None if the version is gone."""
    snapshot = session.scalar(select(MapVersion.snapshot).where(MapVersion.id == version_id))
    return None if snapshot is None else MapContent.from_json(snapshot)


def versions_that_hold(session: Session, key: str) -> list[str]:
    """The labels of the versions in which a theme, code or lens entry stands. Deleting it leaves them whole."""
    rows = session.execute(
        select(MapVersion.label)
        .where(cast(MapVersion.snapshot, String).contains(key, autoescape=True))
        .order_by(MapVersion.at, MapVersion.id)
    )
    return list(rows.scalars())


def _entry(held: dict[str, Any]) -> MapEntry:
    place = held.get("place")
    return MapEntry(**{**held, "place": tuple(place) if place else None})


def _theme(held: dict[str, Any]) -> MapTheme:
    return MapTheme(
        **{
            **held,
            "kind": ThemeKind(held["kind"]),
            "status": ThemeStatus(held["status"]),
            "codes": tuple(MapCode(**{**one, "role": CodeRole(one["role"])}) for one in held["codes"]),
            "merged_from": tuple(held.get("merged_from", ())),
            "split_from": tuple(held.get("split_from", ())),
        }
    )
