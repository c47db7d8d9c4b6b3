"""A document as Markdown (CommonMark with tables): every word is escaped, so that none of them is read as markup."""

from __future__ import annotations

import re

from app.exporters.document import (
    BULLET,
    Block,
    Cell,
    Document,
    Fields,
    Figure,
    Heading,
    PageBreak,
    Paragraph,
    Quote,
    Run,
    Table,
)

_MARKS = re.compile(r"([\\`*_{}\[\]<>#|~!&])")
_BEGINS = re.compile(r"^(\s*)(?:([-+=])|(\d{1,9})([.)]))")


def write(document: Document) -> bytes:
    """The bytes of a .md file."""
    parts = [f"# {escaped(document.title)}", f"*{escaped(document.statement)}*"]
    parts += [f"**{escaped(term)}:** {_lines(text)}" for term, text in document.head]
    parts += [part for block in document.blocks if (part := _block(block))]
    return ("\n\n".join(parts) + "\n").encode("utf-8")


def escaped(text: str) -> str:
    """Words as they are: what Markdown would read as a mark has a backslash in front."""
    safe = _MARKS.sub(r"\\\1", " ".join(text.split()))
    return _BEGINS.sub(
        lambda found: f"{found[1]}\\{found[2]}" if found[2] else f"{found[1]}{found[3]}\\{found[4]}", safe
    )


def _lines(text: str) -> str:
    return "  \n".join(escaped(line) for line in text.split("\n") if line.strip())


def _block(block: Block) -> str:
    if isinstance(block, Heading):
        return f"{'#' * min(6, block.level + 1)} {escaped(block.text)}"
    if isinstance(block, Paragraph):
        return _paragraph(block)
    if isinstance(block, Quote):
        return _quote(block)
    if isinstance(block, Fields):
        return "\n\n".join(f"**{escaped(term)}**\n\n{_parts(parts)}" for term, parts in block.items)
    if isinstance(block, Table):
        return _table(block)
    if isinstance(block, Figure):
        return f"{escaped(block.caption)}: {escaped(block.described)}"
    return "---" if isinstance(block, PageBreak) else ""


def _parts(parts: Cell) -> str:
    return "\n\n".join(_quote(part) if isinstance(part, Quote) else _runs(part) for part in parts)


def _paragraph(paragraph: Paragraph) -> str:
    """A paragraph; lines that the writer broke inside of an item or a quote stay in it."""
    lead = "> " if paragraph.set_in else {"": "", BULLET: "- "}.get(paragraph.item, f"{paragraph.item} ")
    more = "> " if paragraph.set_in else " " * len(lead)
    return lead + _runs(paragraph).replace("\n", f"  \n{more}")


def _runs(paragraph: Paragraph) -> str:
    return "".join(map(_run, paragraph.runs))


def _run(run: Run) -> str:
    """The words in their tone; spaces around them stay outside the marks."""
    words = "\n".join(escaped(line) for line in run.text.split("\n"))
    mark = "*" * (2 * run.strong + run.emphasis)
    if mark and words:
        words = f"{mark}{words}{mark}"
    return run.text[: len(run.text) - len(run.text.lstrip())] + words + run.text[len(run.text.rstrip()) :]


def _quote(quote: Quote) -> str:
    lead = f"**{escaped(quote.lead)}:** " if quote.lead else ""
    return "\n>\n".join(f"> {lead if not place else ''}{_lines(line.text)}" for place, line in enumerate(quote.lines))


def _table(table: Table) -> str:
    """A table with pipes; line breaks inside a cell are written as <br>."""
    rows = ["| " + " | ".join(escaped(column.title) for column in table.columns) + " |"]
    rows.append("|" + " --- |" * len(table.columns))
    for row in table.rows:
        cells = list(row.cells) + [()] * (len(table.columns) - len(row.cells))
        rows.append("| " + " | ".join(_cell(cell) for cell in cells) + " |")
    return "\n".join(rows)


def _cell(cell: Cell) -> str:
    said = []
    for part in cell:
        if isinstance(part, Quote):
            lead = f"**{escaped(part.lead)}:** " if part.lead else ""
            said.append(lead + "<br>".join(escaped(line.text) for line in part.lines))
        else:
            said.append(_runs(part).strip())
    return "<br>".join(said)
