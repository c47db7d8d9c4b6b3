"""Themes, mappings, relations and groups of a project that comes in; what is there by the same name stays as it is."""

from __future__ import annotations

from collections.abc import Mapping as Lookup
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import insert, select

from app.errors import NotPossible
from app.importers.project import GroupDraft, Loss, ProjectDraft
from app.models import Group, Mapping, Theme, ThemeCode, ThemeRelation, Unexplained, new_key
from app.models.kinds import CodeRole, Direction, RelationKind, ThemeKind, ThemeStatus, Weight
from app.operations.foreign import fitting_name, foreign_key
from app.operations.names import as_date, clean_text, folded, next_position
from app.operations.people import ensure_group
from app.operations.themes import LONGEST_THEME
from app.study import ChangeSession

_TEXTS = ("concept", "definition", "boundary", "story", "implication")


@dataclass
class ThemesIn:
    """{foreign key: theme}, how many are new, and what had no place."""

    themes: dict[str, str] = field(default_factory=dict)
    new: int = 0
    losses: list[Loss] = field(default_factory=list)


def bring_groups(session: ChangeSession, groups: tuple[GroupDraft, ...]) -> dict[str, str]:
    """{foreign text: its group}; of a group that is there, what nobody has said yet is filled in."""
    found: dict[str, str] = {}
    for one in groups:
        group_id = ensure_group(session, one.label)
        group = session.get_one(Group, group_id)
        for name, text in one.fields:
            if not getattr(group, name):
                with suppress(NotPossible):  # a date that is none is not worth the whole project
                    setattr(group, name, as_date(text) if name == "held_on" else clean_text(text))
        found.update(dict.fromkeys(one.sources, group_id))
    session.flush()
    return found


def bring_themes(
    session: ChangeSession, draft: ProjectDraft, codes: Lookup[str, str], lens: Lookup[str, str]
) -> ThemesIn:
    """Make the themes that are not there; `codes` are ours by foreign key, `lens` entries in use by folded name."""
    came = ThemesIn()
    rows = session.execute(select(Theme.id, Theme.name, Theme.kind)).all()
    there = {folded(name): key for key, name, _ in rows}
    kinds = {key: kind for key, _, kind in rows}
    fresh: set[str] = set()
    places = {place.represents: (place.x, place.y) for place in draft.places}
    for one in draft.themes:
        name = fitting_name(one.name, "theme", LONGEST_THEME)
        key = foreign_key("theme", one.key)
        if key in kinds or folded(name) in there:
            came.themes[one.key] = key if key in kinds else there[folded(name)]
            continue
        fields = dict(one.fields)
        above = came.themes.get(one.parent or "")
        parent, kind = _placed(above, kinds, fields.get("kind", ""))
        if parent != above:
            came.losses.append(Loss("Place of the theme", name, "a subtheme has none beneath it, so it stands on top"))
        x, y = places.get(one.key, (None, None))
        theme = Theme(
            id=key,
            name=name,
            kind=kind,
            parent_id=parent,
            position=next_position(session, Theme, Theme.parent_id == parent),
            status=_one_of(ThemeStatus, fields.get("status", ""), ThemeStatus.CANDIDATE),
            map_x=x,
            map_y=y,
            created_at=session.at,
            person_id=session.person_id,
            **{text: clean_text(fields.get(text, "")) for text in _TEXTS},
        )
        session.add(theme)
        session.flush()
        there[folded(name)] = came.themes[one.key] = key
        kinds[key] = kind
        fresh.add(one.key)
        feeding = {codes[code]: (code, role) for code, role in one.codes if code in codes}
        links = [
            {"theme_id": theme.id, "code_id": codes[code], "role": _one_of(CodeRole, role, CodeRole.PART),
             "position": place, "added_at": session.at, "id": new_key()}
            for place, (code, role) in enumerate(feeding.values())
        ]  # fmt: skip
        if links:
            session.execute(insert(ThemeCode), links)
    came.new = len(fresh)
    _bring_mappings(session, draft, came, fresh, lens)
    _bring_relations(session, draft, came)
    return came


def _bring_mappings(
    session: ChangeSession, draft: ProjectDraft, came: ThemesIn, fresh: set[str], lens: Lookup[str, str]
) -> None:
    lens_id = lens.get("")
    for one in draft.mappings:
        entry = lens.get(folded(one.entry))
        if one.theme not in fresh:
            continue
        if entry is None:
            came.losses.append(Loss("Mapping", one.entry, "the lens in use has no such entry"))
            continue
        session.add(
            Mapping(
                id=new_key(), theme_id=came.themes[one.theme], entry_id=entry,
                weight=_one_of(Weight, one.weight, Weight.SUPPORTING),
                direction=_one_of(Direction, one.direction, Direction.SHOWS), rationale=clean_text(one.rationale),
                created_at=session.at, person_id=session.person_id,
            )
        )  # fmt: skip
    for theme in draft.themes:
        if theme.unexplained and theme.key in fresh and lens_id is not None:
            session.add(
                Unexplained(id=new_key(), theme_id=came.themes[theme.key], lens_id=lens_id,
                            text=clean_text(theme.unexplained))
            )  # fmt: skip
    session.flush()


def _bring_relations(session: ChangeSession, draft: ProjectDraft, came: ThemesIn) -> None:
    rows = session.execute(select(ThemeRelation.id, ThemeRelation.from_id, ThemeRelation.to_id)).all()
    there, taken = {row[0] for row in rows}, {(row[1], row[2]) for row in rows}
    for one in draft.relations:
        ends = came.themes.get(one.origin, ""), came.themes.get(one.target, "")
        key = foreign_key("relation", one.key)
        if "" in ends or ends[0] == ends[1] or ends in taken or key in there:
            continue
        taken.add(ends)
        said, _, label = one.name.partition(": ")
        kind = _one_of(RelationKind, said, RelationKind.OWN_WORD)
        session.add(
            ThemeRelation(id=key, from_id=ends[0], to_id=ends[1], kind=kind,
                          label=label or (one.name if kind == RelationKind.OWN_WORD else ""))
        )  # fmt: skip
    session.flush()


def _placed(parent: str | None, kinds: Lookup[str, ThemeKind], said: str) -> tuple[str | None, ThemeKind]:
    """(what a theme stands under, its kind), as far as two levels and an umbrella allow what the project says."""
    above = kinds.get(parent or "")
    if above is None or above == ThemeKind.SUBTHEME:
        return None, ThemeKind.OVERARCHING if said == ThemeKind.OVERARCHING else ThemeKind.THEME
    return parent, ThemeKind.THEME if above == ThemeKind.OVERARCHING else ThemeKind.SUBTHEME


def _one_of(kind: Any, said: str, otherwise: Any) -> Any:
    try:
        return kind(said)
    except ValueError:
        return otherwise
