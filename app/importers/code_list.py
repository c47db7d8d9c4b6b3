"""A code list from a table (csv, xlsx) or a REFI-QDA code book (.qdc); also our own codebook, read back."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from app.importers.draft import ImportRefused
from app.importers.encodings import decode
from app.importers.plain_text import Normaliser
from app.importers.reading import read_bytes, shown_name
from app.importers.registry import what_is
from app.importers.workbook import workbook_sheets

LARGEST = 20_000_000
MOST_CODES = 20_000
MOST_COLUMNS = 200

_GUARDED = re.compile("'(?:[\t\r\n]|[\\s'\"‘’“”«»]*[=+\\-@＝＋－＠])")
"""An apostrophe in front of what a spreadsheet could run as a formula: it was put there when the table was written."""

FIELDS: dict[str, tuple[str, ...]] = {
    "name": ("code", "name", "code name", "label", "codename", "codes"),
    "path": ("path", "code path", "full name"),
    "parent": ("parent", "parent code", "category", "category name", "group", "beneath"),
    "brief": ("brief_definition", "brief definition", "brief", "definition", "description", "memo"),
    "full": ("full_definition", "full definition", "full", "full description"),
    "when_to_use": ("when_to_use", "when to use", "inclusion", "include"),
    "when_not_to_use": ("when_not_to_use", "when not to use", "exclusion", "exclude"),
    "colour": ("colour", "color", "hex colour", "hex color"),
    "origin": ("origin", "source of the code", "kind of code"),
}
"""What a column may become, with the heads it is known by."""


@dataclass(frozen=True)
class CodeTable:
    """A table as it stands in the file; `columns` says which column is taken for what."""

    file_name: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    columns: Mapping[str, int]
    warnings: tuple[str, ...] = ()
    first: int = 2
    """The number of the first of the rows, as a spreadsheet counts them."""


@dataclass(frozen=True)
class CodeEntry:
    """One code of the list. `path` are the names from the top down to its own."""

    path: tuple[str, ...]
    fields: Mapping[str, str] = field(default_factory=dict)
    row: int = 0


def read_code_list(path: Path) -> CodeTable:
    """Read a table of codes. Raises ImportRefused (not a table, empty, too large, no column of names)."""
    path = Path(path)
    name = shown_name(path)
    content = read_bytes(path, LARGEST)
    warnings: tuple[str, ...] = ()
    if path.suffix.casefold() == ".qdc":
        from app.importers.refi_codebook import HEAD, read_codes

        rows, warnings = read_codes(name, content)
        if not rows:
            raise ImportRefused(f"“{name}” names no code.")
        if len(rows) > MOST_CODES:
            raise ImportRefused(f"“{name}” has {len(rows)} codes; a code list may have {MOST_CODES}.")
        return CodeTable(name, HEAD, rows, {"name": 0, "path": 1, "full": 2, "colour": 3}, warnings, 1)
    if path.suffix.casefold() == ".xlsx":
        records = _workbook(name, content)
    elif path.suffix.casefold() in (".csv", ".tsv", ".txt"):
        seen = what_is(content)
        if content.startswith(b"PK") or (seen is not None and seen[1] != "plain text"):
            raise ImportRefused(f"“{name}” is no csv file. Save the table as csv (UTF-8) or xlsx and bring that in.")
        text, _, doubts = decode(name, content)
        warnings = tuple(doubts)
        records = _csv(name, Normaliser().clean(text))
    else:
        raise ImportRefused(f"“{name}” is no table. Save the code list as csv (UTF-8) or xlsx and bring that in.")
    first = next((number for number, row in enumerate(records, start=1) if any(cell.strip() for cell in row)), 0)
    records = records[first - 1 :] if first else []
    if not records:
        raise ImportRefused(f"“{name}” is empty: there is no table in it.")
    if len(records) > MOST_CODES:
        raise ImportRefused(f"“{name}” has {len(records)} rows; a code list may have {MOST_CODES}.")
    head = records[0]
    if len(head) > MOST_COLUMNS:
        raise ImportRefused(f"“{name}” has {len(head)} columns; a code list may have {MOST_COLUMNS}.")
    columns = guess_columns(head)
    if not columns:  # no head at all: one name a row
        return CodeTable(name, tuple("" for _ in head), tuple(records), {"name": 0}, warnings, first)
    if not {"name", "path"} & set(columns):
        raise ImportRefused(f"“{name}” has no column “name” (or “code”), so there is no telling what the codes are.")
    return CodeTable(name, head, tuple(records[1:]), columns, warnings, first + 1)


def guess_columns(head: tuple[str, ...]) -> dict[str, int]:
    """{field: place of its column} by the words at the head of the columns."""
    folded = [" ".join(title.replace("_", " ").casefold().split()) for title in head]
    found: dict[str, int] = {}
    for known, names in FIELDS.items():
        wanted = [" ".join(one.replace("_", " ").split()) for one in names]
        place = next((folded.index(one) for one in wanted if one in folded), None)
        if place is not None and place not in found.values():
            found[known] = place
    return found


def entries(table: CodeTable, columns: Mapping[str, int] | None = None) -> list[CodeEntry]:
    """The codes of a table, row by row; `columns` instead of those guessed. Rows without a name are left out."""
    chosen = table.columns if columns is None else columns
    made: list[CodeEntry] = []
    known: dict[str, tuple[str, ...]] = {}
    for number, cells in enumerate(table.rows, start=table.first):

        def cell(known: str, cells: tuple[str, ...] = cells) -> str:
            place = chosen.get(known)
            return cells[place].strip() if place is not None and place < len(cells) else ""

        path = _path(cell("name"), cell("path"), cell("parent"), known)
        if path:
            known.setdefault(" / ".join(path), path)
            fields = {one: cell(one) for one in FIELDS if one not in ("name", "path", "parent") and cell(one)}
            made.append(CodeEntry(path, fields, number))
    return made if "path" in chosen else _with_all_above(made)


def _path(name: str, path: str, parent: str, known: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """A name alone may be written as "parent / child"; a path that ends in the name says where it stands.

    What stands above is looked up among the paths known by now, for a name may have a slash of its own.
    """
    if path and name and path.endswith(name):
        parent = path[: -len(name)].removesuffix(" / ")
    elif path or not parent:
        return _parts(path or name)
    return (*known.get(parent, _parts(parent)), name) if name else ()


def _parts(path: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in path.split(" / ") if part.strip())


def _with_all_above(found: list[CodeEntry]) -> list[CodeEntry]:
    """Tables often name only the code right above, which stands under another one by a row of its own."""
    above: dict[str, tuple[str, ...]] = {}
    for entry in found:
        name = entry.path[-1].casefold()
        above[name] = () if name in above else entry.path[:-1]  # a name that comes twice says nothing

    def whole(path: tuple[str, ...]) -> tuple[str, ...]:
        seen = {name.casefold() for name in path}
        while more := above.get(path[0].casefold(), ()):
            if seen & {name.casefold() for name in more}:
                break  # in a circle
            seen |= {name.casefold() for name in more}
            path = more + path
        return path

    return [replace(entry, path=whole(entry.path)) if len(entry.path) > 1 else entry for entry in found]


def _csv(name: str, text: str) -> list[tuple[str, ...]]:
    head = text.lstrip("\n").partition("\n")[0]
    delimiter = max(",;\t", key=head.count)
    try:
        rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
        return [tuple(cell[1:] if _GUARDED.match(cell) else cell for cell in row) for row in rows]
    except csv.Error as error:
        raise ImportRefused(f"“{name}” is not a table that can be read ({error}). Save it again as csv.") from error


def _workbook(name: str, content: bytes) -> list[tuple[str, ...]]:
    """The sheet whose head names codes, else the first that holds anything."""
    filled = [rows for rows in workbook_sheets(name, content, MOST_CODES + 2) if rows]
    known = [rows for rows in filled if {"name", "path"} & set(guess_columns(next(filter(None, rows))))]
    return next(iter(known or filled), [])
