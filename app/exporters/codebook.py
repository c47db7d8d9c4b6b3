"""The codebook: the code list as it stood on a day, a record of where coding got to."""

from __future__ import annotations

from sqlalchemy.orm import Session

from app.exporters.code_entries import Entry, code_entries
from app.exporters.document import (
    Block,
    Cell,
    Column,
    Document,
    Fields,
    Heading,
    PageBreak,
    Paragraph,
    Row,
    Run,
    Sheet,
    SheetColumn,
    Table,
    Value,
    paragraphs,
)
from app.exporters.options import ExportOptions, day, iso_day
from app.exporters.quotations import Quotations
from app.exporters.study_head import study_head, study_title
from app.exporters.theme_links import ThemeLinks
from app.models.kinds import CodeStatus

NO_CODES = "There are no codes in this study yet."

_DEFINITION = (
    ("Brief definition", "brief"),
    ("Full definition", "full"),
    ("When to use", "when_to_use"),
    ("When not to use", "when_not_to_use"),
)


def build(session: Session, options: ExportOptions) -> Document:
    """The codebook of a study."""
    links = ThemeLinks(session)
    quotations = Quotations(session, options)
    entries = code_entries(session, links, quotations, options.counts)
    in_use = [entry for entry in entries if entry.code.status == CodeStatus.ACTIVE]
    aside = [entry for entry in entries if entry.code.status == CodeStatus.SET_ASIDE]
    date = day(options.at)
    head = study_head(session, links.lens) + quotations.notes()
    return Document(
        title=f"Codebook: {study_title(session)}",
        statement=f"Code list as it stood on {date}. It is a record of where coding got to, not an instrument to code "
        "with.",
        at=options.at,
        head=tuple(head),
        blocks=tuple(_blocks(in_use, aside, options.counts)),
        table=_sheet("All codes", entries, NO_CODES, options.counts),
        sheets=(
            _sheet("Codes", in_use, NO_CODES, options.counts),
            _sheet("Set aside", aside, "No code is set aside.", options.counts),
        ),
        participant_ids=quotations.participant_ids,
        withheld=quotations.withheld,
        consent_not_recorded=quotations.consent_not_recorded,
    )


def _blocks(in_use: list[Entry], aside: list[Entry], counts: bool) -> list[Block]:
    if not in_use and not aside:
        return [Paragraph((Run(NO_CODES),))]
    blocks: list[Block] = []
    if in_use:
        blocks += [Heading("Overview"), _overview(in_use), PageBreak(), Heading("Codes")]
        for entry in in_use:
            blocks += [Heading(entry.code.name, 2 + entry.code.depth), Fields(tuple(_fields(entry, counts)))]
    if aside:
        rows = tuple(Row((_name(e), paragraphs(e.code.brief), paragraphs(e.code.set_aside_reason))) for e in aside)
        columns = (Column("Code", 3), Column("Brief definition", 4), Column("Why it was set aside", 4))
        blocks += [Heading("Codes set aside"), Table("Codes set aside", columns, rows)]
    return blocks


def _overview(entries: list[Entry]) -> Table:
    """All codes on a page or two; it lies across the page when themes join it."""
    columns = [Column("Code", 3), Column("Brief definition", 5)]
    with_themes = any(entry.themes for entry in entries)
    with_dimensions = any(entry.dimensions for entry in entries)
    if with_themes:
        columns.append(Column("Themes", 4))
    if with_dimensions:
        columns.append(Column("Dimensions, through its themes", 4))
    rows = []
    for entry in entries:
        cells = [_name(entry), paragraphs(entry.code.brief)]
        if with_themes:
            cells.append(paragraphs("\n".join(theme.text for theme in entry.themes)))
        if with_dimensions:
            cells.append(paragraphs("\n".join(dict.fromkeys(one.text for one, _ in entry.dimensions))))
        rows.append(Row(tuple(cells)))
    return Table("Overview of the codes", tuple(columns), tuple(rows), landscape=len(columns) > 2)


def _name(entry: Entry) -> Cell:
    code = entry.code
    over = (Paragraph((Run(f"{entry.parent} /", quiet=True),)),) if entry.parent else ()
    sign = Run(f"  {code.sign}", quiet=True, colour=code.colour)
    return (*over, Paragraph((Run(code.name, strong=True), sign)))


def _fields(entry: Entry, counts: bool) -> list[tuple[str, Cell]]:
    """What is filled, and nothing else."""
    code = entry.code
    items: list[tuple[str, Cell]] = [("Under", paragraphs(entry.parent))]
    items += [(term, paragraphs(getattr(code, field))) for term, field in _DEFINITION]
    if entry.example is not None:
        items.append(("Example", (entry.example,)))
    items.append(("Themes", paragraphs("\n".join(theme.text for theme in entry.themes))))
    items.append(("Dimensions", paragraphs("\n".join(entry.dimension_lines))))
    items.append(("History", paragraphs(entry.history)))
    if counts:
        spread = entry.spread
        heard = f"{_number(spread.excerpts, 'excerpt')}, heard in {_number(spread.groups, 'group')}"
        items.append(("Excerpts", paragraphs(heard)))
    kind = [entry.semantic_latent, f"origin {entry.origin}" if entry.origin else ""]
    told = "; ".join([code.sign, *filter(None, kind), f"first made on {day(code.created_at)}"])
    items.append(("Record", (Paragraph((Run("■", colour=code.colour), Run(f" {told}"))),)))
    return [(term, cell) for term, cell in items if cell]


def _number(count: int, of: str) -> str:
    return f"{count} {of}" if count == 1 else f"{count} {of}s"


_COLUMNS = (
    SheetColumn("path", "Path", 36),
    SheetColumn("code", "Code", 28),
    SheetColumn("parent", "Parent", 24),
    SheetColumn("level", "Level", 7),
    SheetColumn("sign", "Sign", 6),
    SheetColumn("colour", "Colour", 10),
    SheetColumn("status", "Status", 10),
    SheetColumn("brief_definition", "Brief definition", 40),
    SheetColumn("full_definition", "Full definition", 50),
    SheetColumn("when_to_use", "When to use", 40),
    SheetColumn("when_not_to_use", "When not to use", 40),
    SheetColumn("example", "Example", 60),
    SheetColumn("example_attribution", "Example by", 20),
    SheetColumn("semantic_latent", "Semantic or latent", 18),
    SheetColumn("origin", "Origin", 12),
    SheetColumn("first_made", "First made", 12),
    SheetColumn("themes", "Themes", 36),
    SheetColumn("dimensions", "Dimensions, through its themes", 50),
    SheetColumn("history", "History", 30),
    SheetColumn("set_aside_reason", "Why it was set aside", 36),
    SheetColumn("id", "Id", 38),
)
_COUNTS = (
    SheetColumn("excerpts", "Excerpts", 10),
    SheetColumn("transcripts", "Transcripts", 12),
    SheetColumn("groups", "Heard in groups", 12),
)


def _sheet(name: str, entries: list[Entry], empty: str, counts: bool) -> Sheet:
    columns = _COLUMNS + _COUNTS if counts else _COLUMNS
    return Sheet(name, columns, tuple(_record(entry, counts) for entry in entries), empty)


def _record(entry: Entry, counts: bool) -> tuple[Value, ...]:
    code, example = entry.code, entry.example
    record: tuple[Value, ...] = (
        code.path,
        code.name,
        entry.parent,
        code.depth + 1,
        code.sign,
        code.colour,
        code.status.value,
        code.brief,
        code.full,
        code.when_to_use,
        code.when_not_to_use,
        example.words if example else "",
        example.attribution if example else "",
        entry.semantic_latent,
        entry.origin,
        iso_day(code.created_at),
        "\n".join(theme.text for theme in entry.themes),
        "\n".join(entry.dimension_lines),
        entry.history,
        code.set_aside_reason,
        code.id,
    )
    if counts:
        record += (entry.spread.excerpts, entry.spread.sources, entry.spread.groups)
    return record
