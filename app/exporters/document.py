"""A document as plain data: what it says, in reading order, and the same as tables for a spreadsheet.

Builders (`codebook.py` ...) make it from a study; writers (`to_docx.py` ...) turn it into bytes. It knows neither.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar, TypeAlias

from app.analysis.prose import BlockKind, blocks

if TYPE_CHECKING:
    from app.analysis.genealogy_picture import GenealogyPicture
    from app.analysis.map_picture import MapPicture
    from app.analysis.phases_picture import PhasesPicture

LANGUAGE = "en-GB"
"""The language of the program's own words; the words of people may be in any."""
BULLET = "•"


@dataclass(frozen=True, slots=True)
class Run:
    """Words in one tone. A `colour` (#RRGGBB) always stands beside words that say the same."""

    text: str
    strong: bool = False
    quiet: bool = False
    colour: str = ""
    emphasis: bool = False


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Words of the researcher or of the program.

    `item` is the mark of a line of a list ("•" or "2."); what the researcher quotes in own writing is `set_in`.
    """

    kind: ClassVar[str] = "paragraph"
    runs: tuple[Run, ...]
    item: str = ""
    set_in: bool = False

    @property
    def text(self) -> str:
        """The words alone."""
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True, slots=True)
class Line:
    """What one speaker says inside a quote, and how they are named."""

    words: str
    attribution: str = ""

    @property
    def text(self) -> str:
        """As it is pasted into a paper: “words” (attribution)."""
        return f"“{self.words}”" + (f" ({self.attribution})" if self.attribution else "")


@dataclass(frozen=True, slots=True)
class Quote:
    """Participants' words as they are shown, a line for each speaker; `lead` says what the quote is there for."""

    kind: ClassVar[str] = "quote"
    lines: tuple[Line, ...]
    lead: str = ""

    @property
    def text(self) -> str:
        """All lines, the lead in front."""
        said = "\n".join(line.text for line in self.lines)
        return f"{self.lead}: {said}" if self.lead else said

    @property
    def words(self) -> str:
        """The words for a cell of their own; several speakers are named in front."""
        if len(self.lines) == 1:
            return self.lines[0].words
        return "\n".join(f"{one.attribution}: {one.words}" if one.attribution else one.words for one in self.lines)

    @property
    def attribution(self) -> str:
        """Who says it, each name once."""
        return "; ".join(dict.fromkeys(line.attribution for line in self.lines if line.attribution))


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; level 1 is a part of the document."""

    kind: ClassVar[str] = "heading"
    text: str
    level: int = 1


@dataclass(frozen=True, slots=True)
class Fields:
    """Terms, each with what is said under it; only those that are filled."""

    kind: ClassVar[str] = "fields"
    items: tuple[tuple[str, tuple[Paragraph | Quote, ...]], ...]


@dataclass(frozen=True, slots=True)
class PageBreak:
    """What follows starts a new page."""

    kind: ClassVar[str] = "page break"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table in a text; `width` is its share of the page."""

    title: str
    width: float


Cell: TypeAlias = tuple[Paragraph | Quote, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table; with `group` set it is a heading over the rows below and its only cell spans them all."""

    cells: tuple[Cell, ...]
    group: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table in a text. Its header is repeated on each page; the first column names the row."""

    kind: ClassVar[str] = "table"
    title: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    landscape: bool = False
    dense: bool = False


@dataclass(frozen=True, slots=True)
class Figure:
    """A drawing in a text, as plain data that a writer paints; `described` is for who cannot see it."""

    kind: ClassVar[str] = "figure"
    picture: GenealogyPicture | PhasesPicture
    caption: str
    described: str
    landscape: bool = False


Block: TypeAlias = Heading | Paragraph | Quote | Fields | Table | Figure | PageBreak
Value: TypeAlias = str | int | None


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """A column of a sheet: `key` is its stable name, `title` the one people read; width in characters."""

    key: str
    title: str
    width: int = 24


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table to sort and filter: one record a row, one value a cell; `empty` is said where there is no record."""

    name: str
    columns: tuple[SheetColumn, ...]
    rows: tuple[tuple[Value, ...], ...]
    empty: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """One output of a study.

    `head` is what must be known to read it (a term and its text each). `blocks` are to be read, `sheets` hold the same
    for a workbook, and `table` for formats that know only one table. `participant_ids` are those whose words it holds,
    `withheld` counts the quotes left out since consent to quote was refused. `figures` only a PDF holds.
    """

    title: str
    statement: str
    at: datetime
    head: tuple[tuple[str, str], ...]
    blocks: tuple[Block, ...]
    table: Sheet
    sheets: tuple[Sheet, ...]
    participant_ids: frozenset[str] = frozenset()
    withheld: int = 0
    consent_not_recorded: int = 0
    landscape: bool = False
    language: str = LANGUAGE
    figures: tuple[MapPicture, ...] = ()


def paragraphs(text: str) -> tuple[Paragraph, ...]:
    """A paragraph for each line of a text that says something."""
    return tuple(Paragraph((Run(line.strip()),)) for line in text.splitlines() if line.strip())


def prose(text: str) -> tuple[Paragraph, ...]:
    """The researcher's little Markdown as paragraphs, list items and quotes, with its emphasis."""
    return tuple(
        Paragraph(
            tuple(Run(run.text, strong=run.strong, emphasis=run.emphasis) for run in block.runs),
            {BlockKind.ITEM: BULLET, BlockKind.NUMBERED: f"{block.number}."}.get(block.kind, ""),
            block.kind is BlockKind.QUOTE,
        )
        for block in blocks(text)
    )


def strong(text: str) -> Paragraph:
    """A paragraph that names something."""
    return Paragraph((Run(text, strong=True),))


def plain(cell: tuple[Paragraph | Quote, ...]) -> str:
    """The words of a cell as text, a line a paragraph."""
    return "\n".join(part.text for part in cell)
