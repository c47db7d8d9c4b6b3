"""What is other between two maps, in words: new, gone, renamed, merged, moved, mapped otherwise."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from app.analysis.map_content import MapContent, MapMapping, MapTheme
from app.analysis.map_words import SORTS, listed, with_article

ALIKE = 0.5
"""Share of the smaller one's codes that two themes have in common where one became the other and keys do not say so."""


class Difference(StrEnum):
    """How a theme is other."""

    NEW = "new"
    GONE = "gone"
    RENAMED = "renamed"
    MERGED = "merged"
    SPLIT = "split"
    MOVED = "moved"
    CODES = "other codes"
    CONCEPT = "another concept"
    STATUS = "another status"
    REMAPPED = "mapped otherwise"
    RELATED = "related otherwise"


@dataclass(frozen=True)
class MapChange:
    """One difference in words; `before_id` and `after_id` are the themes it speaks of, where they are."""

    kind: Difference
    words: str
    before_id: str | None = None
    after_id: str | None = None


def compare(before: MapContent, after: MapContent) -> list[MapChange]:
    """The differences between an earlier and a later map, theme by theme in the later one's order."""
    pairs = _pairs(before, after)
    from_of: dict[str, list[MapTheme]] = {}
    into_of: dict[str, list[MapTheme]] = {}
    for old, new in pairs:
        from_of.setdefault(new.id, []).append(old)
        into_of.setdefault(old.id, []).append(new)
    changes: list[MapChange] = []
    was = {old.id: old for old in before.themes}
    for new in after.themes:
        olds = from_of.get(new.id, [])
        others = [old for old in olds if old.id != new.id]
        parents = [was[one] for one in new.split_from if one in was]
        if not olds and parents:
            words = f"“{new.name}” was split from {listed(f'“{one.name}”' for one in parents)}."
            changes.append(MapChange(Difference.SPLIT, words, parents[0].id, new.id))
        elif not olds:
            changes.append(MapChange(Difference.NEW, f"New {SORTS[new.kind]}: {_placed(after, new)}.", None, new.id))
        elif len(olds) > 1 and len(others) < len(olds):
            words = f"{listed(f'“{one.name}”' for one in others)} went into “{new.name}”."
            changes.append(MapChange(Difference.MERGED, words, others[0].id, new.id))
            changes += _between(before, after, was[new.id], new)
        elif len(olds) > 1:
            words = f"“{new.name}” came out of {listed(f'“{one.name}”' for one in olds)}."
            changes.append(MapChange(Difference.MERGED, words, olds[0].id, new.id))
        elif len(into_of[olds[0].id]) == 1:
            changes += _between(before, after, olds[0], new)
    for old in before.themes:
        news = into_of.get(old.id, [])
        if not news:
            changes.append(MapChange(Difference.GONE, f"Gone: {SORTS[old.kind]} {_placed(before, old)}.", old.id))
        elif len(news) > 1:
            words = f"“{old.name}” was split into {listed(f'“{one.name}”' for one in news)}."
            changes.append(MapChange(Difference.SPLIT, words, old.id, news[0].id))
    return changes + _relations(before, after)


def _pairs(before: MapContent, after: MapContent) -> list[tuple[MapTheme, MapTheme]]:
    """Which theme became which: by key, by what was merged, by name, then - for what is left - by their codes."""
    olds, news = list(before.themes), list(after.themes)
    by_id, by_name = {one.id: one for one in news}, {one.name.casefold(): one for one in news}
    pairs = [(old, by_id[old.id]) for old in olds if old.id in by_id]
    held = {old.id for old, _ in pairs}
    taken = {new.id for _, new in pairs}
    for old in olds:
        into = next((new for new in news if old.id in new.merged_from), None)
        if old.id not in held and into is not None:
            pairs.append((old, into))
            held.add(old.id)
            taken.add(into.id)
    taken |= {new.id for new in news if new.split_from}
    for old in olds:
        new = by_name.get(old.name.casefold())
        if old.id not in held and new is not None and new.id not in taken:
            pairs.append((old, new))
            held.add(old.id)
            taken.add(new.id)
    codes = {one.id: set(_codes(content, one)) for content in (before, after) for one in content.themes}
    waiting_new = [one for one in news if one.id not in taken and one.parent_id is None]
    for old in olds:
        if old.id in held or not codes[old.id]:
            continue
        for new in waiting_new:
            smaller = min(len(codes[old.id]), len(codes[new.id]))
            if smaller and len(codes[old.id] & codes[new.id]) / smaller >= ALIKE:
                pairs.append((old, new))
    return pairs


def _between(before: MapContent, after: MapContent, old: MapTheme, new: MapTheme) -> list[MapChange]:
    found: list[tuple[Difference, str]] = []
    if old.name != new.name:
        found.append((Difference.RENAMED, f"“{old.name}” is now called “{new.name}”."))
    above = _name(before, old.parent_id), _name(after, new.parent_id)
    parts = [f"is {with_article(new.kind)} now"] if old.kind != new.kind else []
    if above[0] != above[1]:
        now = "" if parts else "now "
        parts.append(f"{now}stands {f'under “{above[1]}”' if above[1] else 'on its own'}")
    if parts:
        found.append((Difference.MOVED, f"“{new.name}” {' and '.join(parts)}."))
    mine, yours = _codes(before, old), _codes(after, new)
    gained, lost = [yours[one] for one in yours if one not in mine], [mine[one] for one in mine if one not in yours]
    if gained or lost:
        parts = [f"gained {_named(gained)}"] if gained else []
        parts += [f"lost {_named(lost)}"] if lost else []
        found.append((Difference.CODES, f"“{new.name}” {', and '.join(parts)}."))
    if old.concept != new.concept:
        said = (
            f"The central organising concept of “{new.name}” is now: {new.concept}"
            if new.concept
            else f"“{new.name}” has no central organising concept any more."
        )
        found.append((Difference.CONCEPT, said))
    if old.status != new.status:
        found.append((Difference.STATUS, f"“{new.name}” is {new.status.value} (was {old.status.value})."))
    words = _remapped(before, after, old, new)
    if words:
        found.append((Difference.REMAPPED, f"“{new.name}”: {words}."))
    return [MapChange(kind, said, old.id, new.id) for kind, said in found]


def _codes(content: MapContent, theme: MapTheme) -> dict[str, str]:
    """{code id: name} of a theme and what stands beneath it."""
    held = (theme, *(one for one in content.themes if one.parent_id == theme.id))
    return {code.id: code.name for one in held for code in one.codes}


def _remapped(before: MapContent, after: MapContent, old: MapTheme, new: MapTheme) -> str:
    mine, yours = _by_name(before, old.id), _by_name(after, new.id)
    said = []
    if came := [f"{name} ({_weighed(mapping)})" for name, mapping in yours.items() if name not in mine]:
        said.append(f"now mapped to {listed(came)}")
    for name, mapping in yours.items():
        was = mine.get(name)
        if was is not None and (was.weight, was.direction) != (mapping.weight, mapping.direction):
            said.append(f"mapped to {name} as {_weighed(mapping)} (was {_weighed(was)})")
    if went := [name for name in mine if name not in yours]:
        said.append(f"no longer mapped to {listed(went)}")
    return "; ".join(said)


def _by_name(content: MapContent, theme_id: str) -> dict[str, MapMapping]:
    """{dimension: how a theme is mapped to it}, in the order of the lens."""
    held = {one.entry_id: one for one in content.mappings if one.theme_id == theme_id}
    return {entry.name: held[entry.id] for entry in content.entries if entry.id in held}


def _weighed(mapping: MapMapping) -> str:
    return f"{mapping.weight.value}, {mapping.direction.value}"


def _relations(before: MapContent, after: MapContent) -> list[MapChange]:
    mine, yours = _lines(before), _lines(after)
    changes = []
    for (one, other), (words, ids) in yours.items():
        was = mine.get((one, other))
        if was is None:
            changes.append(
                MapChange(Difference.RELATED, f"“{one}” and “{other}” are now related: {words}.", None, ids[0])
            )
        elif was[0] != words:
            said = f"“{one}” and “{other}”: {words} (was {was[0]})."
            changes.append(MapChange(Difference.RELATED, said, was[1][0], ids[0]))
    for (one, other), (_, ids) in mine.items():
        if (one, other) not in yours:
            said = f"“{one}” and “{other}” are no longer related."
            changes.append(MapChange(Difference.RELATED, said, ids[0]))
    return changes


def _lines(content: MapContent) -> dict[tuple[str, str], tuple[str, tuple[str, str]]]:
    names = {theme.id: theme.name for theme in content.themes}
    return {
        (names[one.from_id], names[one.to_id]): (one.words, (one.from_id, one.to_id))
        for one in content.relations
        if one.from_id in names and one.to_id in names
    }


def _named(codes: list[str]) -> str:
    return f"the code{'s' if len(codes) > 1 else ''} {listed(f'“{one}”' for one in codes)}"


def _placed(content: MapContent, theme: MapTheme) -> str:
    above = _name(content, theme.parent_id)
    return f"“{theme.name}”" + (f", under “{above}”" if above else "")


def _name(content: MapContent, theme_id: str | None) -> str:
    return next((theme.name for theme in content.themes if theme.id == theme_id), "")
