"""The theme table: what each theme is about, in whose words, and how it meets the lens. No counts of hits."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import zip_longest

from sqlalchemy.orm import Session

from app.analysis.codes import code_rows
from app.analysis.themes import ThemeExcerptRow, ThemeRow, excerpts_of_theme
from app.exporters.document import (
    Block,
    Cell,
    Column,
    Document,
    Heading,
    Paragraph,
    Quote,
    Row,
    Run,
    Sheet,
    SheetColumn,
    Table,
    Value,
    paragraphs,
    plain,
    strong,
)
from app.exporters.options import ExportOptions, day
from app.exporters.quotations import Quotations, Span
from app.exporters.study_head import study_head, study_title
from app.exporters.theme_links import ThemeLinks
from app.models.kinds import Belongs, CodeRole, ThemeKind, ThemeStatus

UNCHOSEN_QUOTES = 2
"""How many quotes stand for a theme as long as the researcher has chosen none."""

NO_THEMES = "There are no themes in this study yet."
CONTRARY = "Runs against"

_PARTS = (
    (SheetColumn("theme", "Theme", 26), 3.0),
    (SheetColumn("concept", "Central organising concept", 40), 4.2),
    (SheetColumn("subthemes", "Subthemes", 30), 3.4),
    (SheetColumn("codes", "Codes", 34), 3.6),
    (SheetColumn("quotes", "Quotes", 70), 7.2),
    (SheetColumn("dimensions", "Dimensions", 50), 5.0),
    (SheetColumn("unexplained", "What the framework does not explain", 40), 3.6),
)


@dataclass(frozen=True)
class Entry:
    """One theme with its cells, in the order of the columns; `over` names the overarching theme above it."""

    theme: ThemeRow
    over: ThemeRow | None
    cells: tuple[Cell, ...]


def build(session: Session, options: ExportOptions) -> Document:
    """The theme table of a study."""
    links = ThemeLinks(session)
    quotations = Quotations(session, options)
    names = {code.id: code.name for code in code_rows(session)}
    tops = [row for row in links.rows if row.kind != ThemeKind.SUBTHEME and not links.is_let_go(row)]
    entries = [_entry(session, row, links, quotations, names) for row in tops]
    let_go = [row for row in links.rows if links.is_let_go(row)]
    table = _sheet("Themes", entries)
    return Document(
        title=f"Theme table: {study_title(session)}",
        statement=f"Themes as they stood on {day(options.at)}. They are the researcher's work on what was said and may "
        "go on changing.",
        at=options.at,
        head=tuple(study_head(session, links.lens) + quotations.notes()),
        blocks=tuple(_blocks(entries, let_go, links)),
        table=table,
        sheets=(table, _let_go_sheet(let_go, links)),
        participant_ids=quotations.participant_ids,
        withheld=quotations.withheld,
        consent_not_recorded=quotations.consent_not_recorded,
        landscape=True,
    )


def _entry(session: Session, row: ThemeRow, links: ThemeLinks, quotations: Quotations, names: dict[str, str]) -> Entry:
    """A theme with its subthemes. An overarching theme speaks for itself alone: its themes have rows of their own."""
    facets = [one for one in links.rows if row in links.above(one) and not links.is_let_go(one)]
    below = facets if row.kind == ThemeKind.THEME else []
    cells = (
        _name(row),
        paragraphs(row.concept),
        tuple(part for one in below for part in _subtheme(one)),
        _codes([row, *below], names),
        _quotes(session, row, below, quotations),
        _dimensions([row, *below], links),
        paragraphs(links.unexplained.get(row.id, "")),
    )
    return Entry(row, links.umbrella(row), cells)


def _name(row: ThemeRow) -> Cell:
    """The name; a theme that is not yet defined and named says so."""
    if row.status == ThemeStatus.DEFINED:
        return (strong(row.name),)
    return strong(row.name), Paragraph((Run(row.status.value, quiet=True),))


def _subtheme(row: ThemeRow) -> Cell:
    return (strong(row.name), *paragraphs(row.concept))


def _codes(rows: list[ThemeRow], names: dict[str, str]) -> Cell:
    """Each code once; core and contrast are named, parts are not."""
    roles: dict[str, CodeRole] = {}
    for row in rows:
        for code_id, role in row.codes:
            if roles.get(code_id, CodeRole.PART) == CodeRole.PART:
                roles[code_id] = role
    return tuple(
        Paragraph((Run(names[code_id]), *([] if role == CodeRole.PART else [Run(f" ({role.value})", quiet=True)])))
        for code_id, role in roles.items()
        if code_id in names
    )


def _quotes(session: Session, row: ThemeRow, below: list[ThemeRow], quotations: Quotations) -> Cell:
    """The quotes chosen for the theme and its subthemes, else the first ones decided in, else the first undecided."""
    own = excerpts_of_theme(session, row.id)
    held = [own, *(excerpts_of_theme(session, one.id) for one in below)]
    chosen = [
        one
        for excerpts in held
        for one in sorted(excerpts, key=lambda each: -1 if each.quoted_order is None else each.quoted_order)
        if one.quoted_order is not None and not one.runs_against
    ]
    picked = [quote for one in _each_once(chosen) if (quote := quotations.chosen(_span(one))) is not None]
    if not picked and row.kind == ThemeKind.THEME:
        picked = quotations.first_of(_candidates(own), wanted=UNCHOSEN_QUOTES)
    against = _contrary([one for excerpts in held for one in excerpts if one.runs_against], quotations)
    return (*picked, against) if against is not None else tuple(picked)


def _candidates(excerpts: list[ThemeExcerptRow]) -> list[Span]:
    """Excerpts decided in; as long as there are none, those not yet decided on. Transcripts take turns."""
    fitting = [one for one in excerpts if not one.runs_against]
    decided = [one for one in fitting if one.belongs == Belongs.IN]
    undecided = [one for one in fitting if one.belongs == Belongs.UNDECIDED]
    by_source: dict[str, list[ThemeExcerptRow]] = {}
    for one in decided or undecided:
        by_source.setdefault(one.source_id, []).append(one)
    rounds = zip_longest(*by_source.values())
    return [_span(one) for each_round in rounds for one in each_round if one is not None]


def _contrary(excerpts: list[ThemeExcerptRow], quotations: Quotations) -> Quote | None:
    """The quote that runs against the theme: the one chosen first, else the first that may be shown."""
    in_order = sorted(excerpts, key=lambda one: (one.quoted_order is None, one.quoted_order or 0))
    found = quotations.first_of((_span(one) for one in _each_once(in_order)), lead=CONTRARY)
    return found[0] if found else None


def _each_once(excerpts: list[ThemeExcerptRow]) -> list[ThemeExcerptRow]:
    return list({one.excerpt_id: one for one in reversed(excerpts)}.values())[::-1]


def _span(row: ThemeExcerptRow) -> Span:
    return Span(row.excerpt_id, row.source_id, row.start, row.end, row.edited_text, row.gloss)


def _dimensions(rows: list[ThemeRow], links: ThemeLinks) -> Cell:
    """Weight, direction and rationale of each mapping; what is mapped through a subtheme says so."""
    parts: list[Paragraph] = []
    for place, row in enumerate(rows):
        for dimension in links.dimensions(row.id):
            through = f" (subtheme “{row.name}”)" if place else ""
            mapping = dimension.mapping
            words = f": {mapping.weight.value}, {mapping.direction.value}{through}"
            parts.append(Paragraph((Run(dimension.name, strong=True), Run(words))))
            parts += paragraphs(mapping.rationale)
    return tuple(parts)


def _blocks(entries: list[Entry], let_go: list[ThemeRow], links: ThemeLinks) -> list[Block]:
    if not entries and not let_go:
        return [Paragraph((Run(NO_THEMES),))]
    blocks: list[Block] = []
    if entries:
        blocks.append(_table(entries))
    if let_go:
        columns = (Column("Theme", 3), Column("Central organising concept", 5), Column("Definition", 5))
        gone = tuple(
            Row(((strong(links.path(row)),), paragraphs(row.concept), paragraphs(row.definition))) for row in let_go
        )
        blocks += [Heading("Themes let go"), Table("Themes let go", columns, gone, dense=True, landscape=True)]
    return blocks


def _table(entries: list[Entry]) -> Table:
    """Themes under their overarching theme; columns in which nobody wrote anything are left out."""
    themes = [entry for entry in entries if entry.theme.kind == ThemeKind.THEME]
    umbrellas = {entry.theme.id: entry for entry in entries if entry.theme.kind == ThemeKind.OVERARCHING}
    filled = [place for place in range(len(_PARTS)) if any(entry.cells[place] for entry in themes)] or [0]
    lines: list[Row] = []
    under_now = ""
    for entry in themes:
        under = entry.over.id if entry.over else ""
        if under != under_now:
            over = umbrellas.pop(under, None)
            lines.append(Row((_group(over),), group=True))
            under_now = under
        lines.append(Row(tuple(entry.cells[place] for place in filled)))
    lines += [Row((_group(alone),), group=True) for alone in umbrellas.values()]
    columns = tuple(Column(_PARTS[place][0].title, _PARTS[place][1]) for place in filled)
    return Table("Themes", columns, tuple(lines), landscape=True, dense=True)


def _group(over: Entry | None) -> Cell:
    """All that is said of an overarching theme, over the rows of its themes."""
    if over is None:
        return (strong("Themes of their own"),)
    return tuple(part for cell in over.cells for part in cell)


def _sheet(name: str, entries: list[Entry]) -> Sheet:
    columns = (
        SheetColumn("overarching_theme", "Overarching theme", 26),
        SheetColumn("kind", "Kind", 12),
        *(column for column, _ in _PARTS),
        SheetColumn("status", "Status", 18),
        SheetColumn("definition", "Definition", 50),
        SheetColumn("boundary", "Boundary", 40),
    )
    return Sheet(name, columns, tuple(_record(entry) for entry in entries), NO_THEMES)


def _record(entry: Entry) -> tuple[Value, ...]:
    theme = entry.theme
    over = entry.over.name if entry.over else ""
    cells = (plain(cell) for cell in entry.cells[1:])
    return (over, theme.kind.value, theme.name, *cells, theme.status.value, theme.definition, theme.boundary)


def _let_go_sheet(rows: list[ThemeRow], links: ThemeLinks) -> Sheet:
    columns = (
        SheetColumn("theme", "Theme", 26),
        SheetColumn("concept", "Central organising concept", 50),
        SheetColumn("definition", "Definition", 60),
    )
    records = tuple((links.path(row), row.concept, row.definition) for row in rows)
    return Sheet("Let go", columns, records, "No theme was let go.")
