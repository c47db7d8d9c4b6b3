"""How codes, themes and the lens in use hang together, put into words once for every output."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.analysis.themes import LensRow, MappingRow, ThemeRow, lens_in_use, mapping_rows, theme_rows, unexplained
from app.models.kinds import CodeRole, ThemeKind, ThemeStatus


@dataclass(frozen=True)
class CodeTheme:
    """A theme that a code feeds, by its path, and what the code is to it."""

    theme_id: str
    path: str
    role: CodeRole

    @property
    def text(self) -> str:
        """The path; the role is named when it says more than being a part."""
        return self.path if self.role == CodeRole.PART else f"{self.path} ({self.role.value})"


@dataclass(frozen=True)
class Dimension:
    """What a theme has to do with an entry of the lens, in words."""

    name: str
    mapping: MappingRow

    @property
    def text(self) -> str:
        """Name, weight and direction."""
        return f"{self.name}: {self.mapping.weight.value}, {self.mapping.direction.value}"


class ThemeLinks:
    """The themes of a study with their paths, the codes that feed them and the dimensions they are mapped to."""

    def __init__(self, session: Session) -> None:
        self.rows: list[ThemeRow] = theme_rows(session)
        self.lens: LensRow | None = lens_in_use(session)
        self.unexplained: dict[str, str] = unexplained(session, self.lens.id) if self.lens else {}
        self._by_id = {row.id: row for row in self.rows}
        self._mappings: dict[str, list[Dimension]] = {}
        if self.lens is not None:
            named = {entry.id: (place, entry.name) for place, entry in enumerate(self.lens.all_entries)}
            for mapping in sorted(mapping_rows(session, self.lens.id), key=lambda one: named[one.entry_id][0]):
                dimension = Dimension(named[mapping.entry_id][1], mapping)
                self._mappings.setdefault(mapping.theme_id, []).append(dimension)
        self._of_code: dict[str, list[CodeTheme]] = {}
        for row in self.rows:
            if not self.is_let_go(row):
                for code_id, role in row.codes:
                    self._of_code.setdefault(code_id, []).append(CodeTheme(row.id, self.path(row), role))

    def above(self, row: ThemeRow) -> Iterator[ThemeRow]:
        """The themes over this one, nearest first."""
        while row.parent_id is not None:
            row = self._by_id[row.parent_id]
            yield row

    def path(self, row: ThemeRow) -> str:
        """Theme / subtheme."""
        return " / ".join([one.name for one in reversed(list(self.above(row)))] + [row.name])

    def umbrella(self, row: ThemeRow) -> ThemeRow | None:
        """The overarching theme over this one, unless it was let go."""
        over = (one for one in self.above(row) if one.kind == ThemeKind.OVERARCHING)
        return next((one for one in over if one.status != ThemeStatus.LET_GO), None)

    def is_let_go(self, row: ThemeRow) -> bool:
        """Whether the theme was let go, or the theme it is a facet of; letting an umbrella go leaves its themes."""
        facets = (one for one in self.above(row) if one.kind != ThemeKind.OVERARCHING)
        return any(one.status == ThemeStatus.LET_GO for one in (row, *facets))

    def dimensions(self, theme_id: str) -> list[Dimension]:
        """The mappings of a theme itself, in the order of the lens."""
        return self._mappings.get(theme_id, [])

    def themes_of_code(self, code_id: str) -> list[CodeTheme]:
        """The themes a code feeds; where it feeds a subtheme, the theme over it is named in its path alone."""
        links = self._of_code.get(code_id, [])
        named_in_paths = {over.id for link in links for over in self.above(self._by_id[link.theme_id])}
        return [link for link in links if link.theme_id not in named_in_paths]

    def dimensions_of_code(self, code_id: str) -> list[tuple[Dimension, str]]:
        """The dimensions a code is tied to through its themes, each with the name of the theme it comes through."""
        found: dict[tuple[str, str], tuple[Dimension, str]] = {}
        for link in self._of_code.get(code_id, []):
            row = self._by_id[link.theme_id]
            for one in (row, *self.above(row)):
                for dimension in self.dimensions(one.id):
                    found.setdefault((one.id, dimension.mapping.entry_id), (dimension, one.name))
        return list(found.values())
