"""Where themes meet the framework: each entry of a lens with the themes that speak to it, and what it leaves unsaid.

An entry that no theme meets, and a theme that meets no entry, are findings and no gaps to fill (METHOD 3).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.analysis.themes import EntryRow, LensRow, MappingRow, ThemeRow
from app.models.kinds import ThemeKind, ThemeStatus, Weight

_ORDER = {weight: place for place, weight in enumerate(Weight)}


@dataclass(frozen=True)
class Meeting:
    """A theme at an entry, with the names of the indicators it was seen by."""

    theme: ThemeRow
    mapping: MappingRow
    indicators: tuple[str, ...]


@dataclass(frozen=True)
class MetEntry:
    """An entry with the themes that meet it, the central ones first; empty if none does."""

    entry: EntryRow
    meetings: tuple[Meeting, ...]


@dataclass(frozen=True)
class Framework:
    """The whole view."""

    entries: tuple[MetEntry, ...]
    unexplained: tuple[tuple[ThemeRow, str], ...]
    """Themes with what the lens does not explain of them."""
    apart: tuple[ThemeRow, ...]
    """Themes that meet no entry, neither themselves nor through what stands beneath them."""


def framework(
    themes: Sequence[ThemeRow], lens: LensRow, mappings: Sequence[MappingRow], misses: Mapping[str, str]
) -> Framework:
    """How the themes of a study meet a lens; themes that were let go are left out."""
    shown = {row.id: row for row in themes if not _let_go(themes, row)}
    place = {row.id: number for number, row in enumerate(themes)}
    met = []
    for entry in lens.entries:
        names = {one.id: one.name for one in lens.indicators.get(entry.id, ())}
        here = [one for one in mappings if one.entry_id == entry.id and one.theme_id in shown]
        here.sort(key=lambda one: (_ORDER[one.weight], place[one.theme_id]))
        meetings = (
            Meeting(shown[one.theme_id], one, tuple(name for key, name in names.items() if key in one.indicators))
            for one in here
        )
        met.append(MetEntry(entry, tuple(meetings)))
    mapped = {one.theme_id for one in mappings}
    reached = set(mapped)
    for row in reversed(themes):
        if row.id in reached and row.parent_id is not None:
            reached.add(row.parent_id)
    for row in themes:
        if row.parent_id in mapped:
            reached.add(row.id)
    return Framework(
        tuple(met),
        tuple((row, misses[row.id]) for row in shown.values() if misses.get(row.id)),
        tuple(row for row in shown.values() if row.id not in reached),
    )


def _let_go(themes: Sequence[ThemeRow], row: ThemeRow) -> bool:
    above = {one.id: one for one in themes}
    at: ThemeRow | None = row
    while at is not None:
        if at.status == ThemeStatus.LET_GO and (at is row or at.kind != ThemeKind.OVERARCHING):
            return True
        at = above.get(at.parent_id or "")
    return False
