"""A theme map in words: for screen readers, as the alt text of a figure, and for who would rather read."""

from __future__ import annotations

from collections.abc import Iterable

from app.analysis.map_content import MapContent, MapTheme
from app.analysis.map_layout import home_of, subthemes, top_themes
from app.models.kinds import Direction, ThemeKind, Weight

SORTS = {ThemeKind.OVERARCHING: "overarching theme", ThemeKind.THEME: "theme", ThemeKind.SUBTHEME: "subtheme"}
"""What a theme is called in a sentence."""
_ORDER = list(Weight)
_SAYS = {Direction.SHOWS: "", Direction.FAILING: ", shown failing or absent", Direction.CONTESTS: ", contested"}


def describe(content: MapContent) -> str:
    """The whole map in sentences: dimension by dimension, then what is outside, then how themes stand to each other."""
    themes = top_themes(content)
    if not themes:
        return "An empty theme map."
    said = [
        f"Theme map of {_counted(len(themes), 'theme')}" + (f" read through {content.lens}." if content.lens else ".")
    ]
    for entry in (one for one in content.entries if one.parent_id is None):
        here = [theme for theme in themes if home_of(content, theme.id) == entry.id]
        if here:
            said.append(f"{entry.name} holds {listed(_named(content, theme) for theme in here)}.")
        elif any(one.entry_id == entry.id for one in content.mappings):
            said.append(f"No theme belongs to {entry.name} most.")
        else:
            said.append(f"No theme meets {entry.name}.")
    outside = [theme for theme in themes if home_of(content, theme.id) is None]
    if outside and content.entries:
        said.append(f"Outside every dimension: {listed(_named(content, theme) for theme in outside)}.")
    said += [_mapped(content, theme) for theme in themes if any(one.theme_id == theme.id for one in content.mappings)]
    names = {theme.id: theme.name for theme in content.themes}
    said += [
        f"{names[one.from_id]} – {one.words} – {names[one.to_id]}."
        for one in content.relations
        if one.from_id in names and one.to_id in names
    ]
    said += [
        f"What the framework does not explain of {one.name}: {one.unexplained}" for one in themes if one.unexplained
    ]
    said += [f"Note: {note.text}" for note in content.notes]
    return " ".join(" ".join(part.split()) for part in said)


def listed(words: Iterable[str]) -> str:
    """Words as a list in a sentence: a, b and c."""
    found = list(words)
    return found[0] if len(found) == 1 else ", ".join(found[:-1]) + f" and {found[-1]}" if found else "nothing"


def with_article(kind: ThemeKind) -> str:
    """A theme, a subtheme, an overarching theme."""
    return f"{'an' if kind == ThemeKind.OVERARCHING else 'a'} {SORTS[kind]}"


def _named(content: MapContent, theme: MapTheme) -> str:
    beneath = subthemes(content, theme.id)
    return f"“{theme.name}”" + (f" (with {listed(one.name for one in beneath)})" if beneath else "")


def _mapped(content: MapContent, theme: MapTheme) -> str:
    names = {entry.id: entry.name for entry in content.entries}
    mine = sorted(
        (one for one in content.mappings if one.theme_id == theme.id and one.entry_id in names),
        key=lambda one: (_ORDER.index(one.weight), names[one.entry_id]),
    )
    return (
        f"{theme.name}: {listed(f'{one.weight.value} in {names[one.entry_id]}{_SAYS[one.direction]}' for one in mine)}."
    )


def _counted(number: int, thing: str) -> str:
    return f"one {thing}" if number == 1 else f"{number} {thing}s"
