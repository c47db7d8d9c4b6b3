"""Themes as views and outputs read them: the tree, one theme's sheet, and how themes meet a lens."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.models import (
    Coding,
    Excerpt,
    Lens,
    LensEntry,
    Mapping,
    MappingExcerpt,
    MappingIndicator,
    Source,
    StudySheet,
    Theme,
    ThemeCode,
    ThemeExcerpt,
    Unexplained,
)
from app.models.kinds import Belongs, CodeRole, Direction, ThemeKind, ThemeStatus, Weight


@dataclass(frozen=True)
class ThemeRow:
    """A theme in tree order, with the codes that feed it itself (not those of its subthemes)."""

    id: str
    name: str
    kind: ThemeKind
    parent_id: str | None
    position: int
    depth: int
    status: ThemeStatus
    concept: str
    definition: str
    boundary: str
    story: str
    implication: str
    codes: tuple[tuple[str, CodeRole], ...]


@dataclass(frozen=True)
class ThemeExcerptRow:
    """An excerpt that a theme's codes hold (or that was brought in), with the decisions on it.

    It is `new` if it came to the theme after one last decided on any of its excerpts.
    """

    excerpt_id: str
    source_id: str
    start: int
    end: int
    code_ids: tuple[str, ...]
    belongs: Belongs = Belongs.UNDECIDED
    runs_against: bool = False
    quoted_order: int | None = None
    edited_text: str = ""
    gloss: str = ""
    why: str = ""
    brought_in: bool = False
    new: bool = False


@dataclass(frozen=True)
class EntryRow:
    """A dimension (or other entry) of a lens."""

    id: str
    name: str
    definition: str
    citation: str
    parent_id: str | None


@dataclass(frozen=True)
class LensRow:
    """A lens with its entries in order; `indicators` stand beneath them: {entry: its indicators}."""

    id: str
    name: str
    description: str
    citation: str
    entries: tuple[EntryRow, ...]
    indicators: dict[str, tuple[EntryRow, ...]] = field(default_factory=dict)

    @property
    def all_entries(self) -> tuple[EntryRow, ...]:
        """The entries, each followed by its indicators: a theme may be mapped onto any of them."""
        return tuple(one for entry in self.entries for one in (entry, *self.indicators.get(entry.id, ())))


@dataclass(frozen=True)
class MappingRow:
    """What a theme has to do with a lens entry; `indicators` tell by what, `excerpts` bear it (ids)."""

    theme_id: str
    entry_id: str
    weight: Weight
    direction: Direction
    rationale: str
    indicators: frozenset[str] = frozenset()
    excerpts: frozenset[str] = frozenset()


@dataclass(frozen=True)
class TakenWithTheme:
    """What deleting a theme takes along: themes under it, mappings of all lenses, excerpts decided on."""

    subthemes: int
    mappings: int
    decisions: int


def theme_rows(session: Session) -> list[ThemeRow]:
    """All themes in tree order."""
    codes: dict[str, list[tuple[str, CodeRole]]] = {}
    for link in session.scalars(select(ThemeCode).order_by(ThemeCode.position)).all():
        codes.setdefault(link.theme_id, []).append((link.code_id, link.role))
    by_parent: dict[str | None, list[Theme]] = {}
    for theme in session.scalars(select(Theme).order_by(Theme.position, Theme.name)).all():
        by_parent.setdefault(theme.parent_id, []).append(theme)
    rows: list[ThemeRow] = []
    to_come = [(theme, 0) for theme in reversed(by_parent.get(None, []))]
    while to_come:
        theme, depth = to_come.pop()
        rows.append(
            ThemeRow(
                id=theme.id, name=theme.name, kind=theme.kind, parent_id=theme.parent_id, position=theme.position,
                depth=depth, status=theme.status, concept=theme.concept, definition=theme.definition,
                boundary=theme.boundary, story=theme.story, implication=theme.implication,
                codes=tuple(codes.get(theme.id, ())),
            )
        )  # fmt: skip
        to_come += [(child, depth + 1) for child in reversed(by_parent.get(theme.id, []))]
    return rows


def theme_and_below(rows: list[ThemeRow], theme_id: str) -> list[ThemeRow]:
    """A theme and everything beneath it, in tree order."""
    wanted, found = {theme_id}, []
    for row in rows:
        if row.id in wanted or row.parent_id in wanted:
            wanted.add(row.id)
            found.append(row)
    return found


def taken_with_theme(session: Session, theme_id: str) -> TakenWithTheme:
    """What would go with a theme if it were deleted."""
    ids = [row.id for row in theme_and_below(theme_rows(session), theme_id)]
    mappings = session.scalar(select(func.count()).where(Mapping.theme_id.in_(ids))) or 0
    decisions = session.scalar(select(func.count()).where(ThemeExcerpt.theme_id.in_(ids))) or 0
    return TakenWithTheme(len(ids) - 1, mappings, decisions)


def excerpts_of_theme(session: Session, theme_id: str) -> list[ThemeExcerptRow]:
    """The excerpts of a theme's codes and its subthemes' codes, and those brought in, in reading order.

    Those not yet decided on are undecided. Decisions are the theme's own.
    """
    below = _with_below(session, theme_id)
    held: dict[str, list[str]] = {}
    came: dict[str, datetime] = {}
    for excerpt_id, code_id, coded_at, added_at in session.execute(
        select(Coding.excerpt_id, Coding.code_id, Coding.created_at, ThemeCode.added_at)
        .join(ThemeCode, ThemeCode.code_id == Coding.code_id)
        .where(ThemeCode.theme_id.in_(below))
        .order_by(Coding.created_at, Coding.id)
    ).all():
        codes = held.setdefault(excerpt_id, [])
        if code_id not in codes:
            codes.append(code_id)
        at = max(coded_at, added_at)
        came[excerpt_id] = min(at, came.get(excerpt_id, at))
    decided = {
        row.excerpt_id: row for row in session.scalars(select(ThemeExcerpt).where(ThemeExcerpt.theme_id == theme_id))
    }
    last = max((row.decided_at for row in decided.values() if row.decided_at is not None), default=None)
    brought = [key for key, row in decided.items() if row.brought_in]
    in_codes = select(Coding.excerpt_id).join(ThemeCode, ThemeCode.code_id == Coding.code_id)
    spans = session.execute(
        select(Excerpt.id, Excerpt.source_id, Excerpt.start, Excerpt.end)
        .join(Source, Source.id == Excerpt.source_id)
        .where(Excerpt.id.in_(in_codes.where(ThemeCode.theme_id.in_(below))) | Excerpt.id.in_(brought))
        .order_by(Source.position, Source.name, Excerpt.start, Excerpt.end)
    ).all()
    rows = []
    for excerpt_id, source_id, start, end in spans:
        codes, decision = held.get(excerpt_id, []), decided.get(excerpt_id)
        row = ThemeExcerptRow(excerpt_id, source_id, start, end, tuple(codes))
        if decision is not None:
            row = replace(
                row, belongs=decision.belongs, runs_against=decision.runs_against, quoted_order=decision.quoted_order,
                edited_text=decision.edited_text, gloss=decision.gloss, why=decision.why,
                brought_in=decision.brought_in,
            )  # fmt: skip
        undecided = row.belongs == Belongs.UNDECIDED and (decision is None or decision.decided_at is None)
        if undecided and last is not None and came.get(excerpt_id, last) > last:
            row = replace(row, new=True)
        rows.append(row)
    return rows


def _with_below(session: Session, theme_id: str) -> list[str]:
    """The ids of a theme and of everything beneath it."""
    themes = session.execute(select(Theme.id, Theme.parent_id)).all()
    found = [theme_id]
    for one in found:  # it grows on the way
        found += [key for key, parent in themes if parent == one]
    return found


def lens_rows(session: Session) -> list[LensRow]:
    """All lenses of the study."""
    entries: dict[str, list[EntryRow]] = {}
    for entry in session.scalars(select(LensEntry).order_by(LensEntry.position, LensEntry.name)).all():
        row = EntryRow(entry.id, entry.name, entry.definition, entry.citation, entry.parent_id)
        entries.setdefault(entry.lens_id, []).append(row)

    def beneath(lens_id: str, parent_id: str | None) -> tuple[EntryRow, ...]:
        return tuple(row for row in entries.get(lens_id, ()) if row.parent_id == parent_id)

    return [
        LensRow(
            lens.id,
            lens.name,
            lens.description,
            lens.citation,
            beneath(lens.id, None),
            {row.id: beneath(lens.id, row.id) for row in beneath(lens.id, None)},
        )
        for lens in session.scalars(select(Lens).order_by(Lens.position)).all()
    ]


def lens_in_use(session: Session) -> LensRow | None:
    """The lens the study is read through now."""
    lens_id = session.scalar(select(StudySheet.lens_id))
    return next((lens for lens in lens_rows(session) if lens.id == lens_id), None)


def mapping_rows(session: Session, lens_id: str) -> list[MappingRow]:
    """All mappings onto the entries of one lens."""
    rows = session.scalars(
        select(Mapping).join(LensEntry, LensEntry.id == Mapping.entry_id).where(LensEntry.lens_id == lens_id)
    ).all()
    signs: dict[str, set[str]] = {}
    for mapping_id, entry_id in session.execute(select(MappingIndicator.mapping_id, MappingIndicator.entry_id)):
        signs.setdefault(mapping_id, set()).add(entry_id)
    bearing: dict[str, set[str]] = {}
    for mapping_id, excerpt_id in session.execute(select(MappingExcerpt.mapping_id, MappingExcerpt.excerpt_id)):
        bearing.setdefault(mapping_id, set()).add(excerpt_id)
    return [
        MappingRow(
            row.theme_id, row.entry_id, row.weight, row.direction, row.rationale,
            frozenset(signs.get(row.id, ())), frozenset(bearing.get(row.id, ())),
        )
        for row in rows
    ]  # fmt: skip


def unexplained(session: Session, lens_id: str) -> dict[str, str]:
    """{theme id: what this lens does not explain of it}."""
    rows = session.execute(select(Unexplained.theme_id, Unexplained.text).where(Unexplained.lens_id == lens_id)).all()
    return {row.theme_id: row.text for row in rows}


def find_entry(session: Session, name: str) -> str | None:
    """The id of the entry of the lens in use with this name or id, whatever the case; other lenses come after."""
    in_use = lens_in_use(session)
    lenses = ([in_use] if in_use else []) + lens_rows(session)
    wanted = name.casefold().replace("_", " ").strip()
    for lens in lenses:
        for entry in (*lens.entries, *(one for beneath in lens.indicators.values() for one in beneath)):
            if entry.id == name or entry.name.casefold() == wanted:
                return entry.id
    return None
