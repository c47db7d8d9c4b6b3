"""Where themes meet the framework: a row a theme, a column a dimension; weight and direction in words, and why."""

from __future__ import annotations

from sqlalchemy.orm import Session

from app.analysis.map_content import MapContent, MapTheme, live_content
from app.analysis.map_layout import subthemes, top_themes
from app.analysis.themes import lens_in_use
from app.exporters.document import (
    Block,
    Cell,
    Column,
    Document,
    Heading,
    Paragraph,
    Row,
    Run,
    Sheet,
    SheetColumn,
    Table,
    paragraphs,
    plain,
    strong,
)
from app.exporters.options import ExportOptions, day
from app.exporters.study_head import study_head, study_title

TITLE = "Where themes meet the framework"
SILENT = "What the framework does not explain"
NO_THEMES = "There are no themes in this study yet."
READING = (
    "A cell says how much of a theme a dimension carries, what the theme says of it, and why. An empty dimension is a "
    "finding and no gap to be filled."
)


def build(session: Session, options: ExportOptions) -> Document:
    """The matrix of the lens in use."""
    content = live_content(session)
    names = [entry.name for entry in content.entries if entry.parent_id is None]
    themes = [one for top in top_themes(content) for one in (top, *subthemes(content, top.id))]
    cells = [_cells(content, theme) for theme in themes]
    sheet = Sheet(
        "Matrix",
        (SheetColumn("theme", "Theme", 30),
         *(SheetColumn(name, name, 40) for name in names),
         SheetColumn("unexplained", SILENT, 40)),
        tuple(tuple(plain(cell) for cell in row) for row in cells),
        NO_THEMES,
    )  # fmt: skip
    return Document(
        title=f"{TITLE}: {study_title(session)}",
        statement=f"Themes and framework as they stood on {day(options.at)}. {READING}",
        at=options.at,
        head=tuple(study_head(session, lens_in_use(session))),
        blocks=_blocks(names, cells),
        table=sheet,
        sheets=(sheet,),
        landscape=True,
    )


def _cells(content: MapContent, theme: MapTheme) -> tuple[Cell, ...]:
    name: Cell = (strong(theme.name),) if theme.parent_id is None else (Paragraph((Run(f"– {theme.name}"),)),)
    columns = tuple(_met(content, theme, entry.id) for entry in content.entries if entry.parent_id is None)
    return (name, *columns, paragraphs(theme.unexplained))


def _met(content: MapContent, theme: MapTheme, entry_id: str) -> Cell:
    """What a theme has to do with a dimension and with what stands beneath it (its indicators)."""
    names = {entry.id: entry.name for entry in content.entries}
    here = {entry_id, *(entry.id for entry in content.entries if entry.parent_id == entry_id)}
    parts: list[Paragraph] = []
    for one in content.mappings:
        if one.theme_id == theme.id and one.entry_id in here:
            of = "" if one.entry_id == entry_id else f" ({names[one.entry_id]})"
            parts.append(strong(f"{one.weight.value}, {one.direction.value}{of}"))
            parts.extend(paragraphs(one.rationale))
    return tuple(parts)


def _blocks(names: list[str], rows: list[tuple[Cell, ...]]) -> tuple[Block, ...]:
    if not rows:
        return (Paragraph((Run(NO_THEMES),)),)
    columns = (Column("Theme", 2.4), *(Column(name, 4.0) for name in names), Column(SILENT, 3.2))
    return (Heading(TITLE), Table(TITLE, columns, tuple(Row(row) for row in rows), landscape=True))
