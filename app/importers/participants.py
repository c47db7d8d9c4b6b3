"""Participants from a table (csv): who they are in the study's own terms, and typed attributes beside."""

from __future__ import annotations

import csv
import io
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from app.importers.draft import ImportRefused
from app.importers.encodings import decode
from app.importers.plain_text import Normaliser, times
from app.importers.reading import read_bytes, shown_name
from app.importers.registry import what_is

LARGEST = 20_000_000
MOST_COLUMNS = 200
SUFFIXES = (".csv", ".tsv", ".txt")

_FIELDS = {
    "id": ("participant_id", "id", "participant", "code", "participant id", "no"),
    "pseudonym": ("pseudonym", "name", "alias", "speaker", "label"),
    "role": ("role",),
    "group": ("focus_group", "group", "focus group", "session"),
    "consent_to_quote": ("consent_to_quote", "consent to quote", "consent", "may be quoted"),
    "status": ("status",),
    "note": ("note", "notes", "comment", "remark"),
}
_YES = {"yes", "y", "true", "1", "ja", "sí", "si", "ya", "oui"}
_NO = {"no", "n", "false", "0", "nein", "tidak", "non"}


@dataclass(frozen=True)
class ParticipantRow:
    """One person of the table; attributes are the columns that have no place of their own."""

    id: str
    pseudonym: str
    role: str = ""
    group: str = ""
    consent_to_quote: bool | None = None
    status: str = ""
    note: str = ""
    attributes: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class ParticipantTable:
    """A table of participants as found in a file."""

    file_name: str
    rows: tuple[ParticipantRow, ...]
    attributes: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Columns:
    """Where the fields stand in a row, and the columns that are attributes."""

    fields: dict[str, int]
    attributes: tuple[tuple[int, str], ...]
    width: int


def read_participants(path: Path) -> ParticipantTable:
    """Read a csv of participants. Raises ImportRefused (unreadable, no name column, empty name, id given twice)."""
    path = Path(path)
    name = shown_name(path)
    content = read_bytes(path, LARGEST)
    seen = what_is(content)
    if path.suffix.casefold() not in SUFFIXES or (seen is not None and seen[1] != "plain text"):
        raise ImportRefused(f"“{name}” is no csv file. Save the table as csv (UTF-8) and bring that in.")
    text, _, doubts = decode(name, content)
    normaliser = Normaliser()
    records = _records(name, normaliser.clean(text))
    doubts += normaliser.warnings
    columns = _columns(name, records[0][1])
    rows = [_row(name, number, cells, columns) for number, cells in records[1:]]
    _refuse_doubles(name, [number for number, _ in records[1:]], rows)
    return ParticipantTable(
        name, tuple(rows), tuple(title for _, title in columns.attributes), (*doubts, *_doubts(records, rows, columns))
    )


def _records(name: str, text: str) -> list[tuple[int, list[str]]]:
    """(row number, cells) of every row that holds anything; the head is row 1, as a spreadsheet counts."""
    head = text.lstrip("\n").partition("\n")[0]
    delimiter = max(",;\t", key=head.count)
    try:
        lines = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error as error:
        raise ImportRefused(f"“{name}” is not a table that can be read ({error}). Save it again as csv.") from error
    records = [(number, line) for number, line in enumerate(lines, start=1) if any(cell.strip() for cell in line)]
    if not records:
        raise ImportRefused(f"“{name}” is empty: there is no table in it.")
    if len(records[0][1]) > MOST_COLUMNS:
        raise ImportRefused(f"“{name}” has {len(records[0][1])} columns; a table of people may have {MOST_COLUMNS}.")
    return records


def _columns(name: str, head: list[str]) -> _Columns:
    titles = [" ".join(cell.split()) for cell in head]
    folded = [title.casefold() for title in titles]
    twice = [title for title, number in Counter(title for title in folded if title).items() if number > 1]
    if twice:
        raise ImportRefused(f"“{name}” has the column “{twice[0]}” twice. Give every column a name of its own.")
    fields = {
        field: folded.index(known)
        for field, names in _FIELDS.items()
        if (known := next((one for one in names if one in folded), None)) is not None
    }
    if "pseudonym" not in fields:
        if "id" not in fields:
            raise ImportRefused(f"“{name}” has no column “pseudonym” (or “name”), so nobody can be told apart.")
        fields["pseudonym"] = fields["id"]
    taken = set(fields.values())
    others = tuple((place, title) for place, title in enumerate(titles) if title and place not in taken)
    return _Columns(fields, others, len(head))


def _row(name: str, number: int, cells: list[str], columns: _Columns) -> ParticipantRow:
    def cell(place: int) -> str:
        return " ".join(cells[place].split()) if place < len(cells) else ""

    if any(one.strip() for one in cells[columns.width :]):
        raise ImportRefused(f"“{name}”, row {number}: there are more cells than columns. Put it right and try again.")
    values = {field: cell(place) for field, place in columns.fields.items()}
    if not values["pseudonym"]:
        raise ImportRefused(f"“{name}”, row {number}: the name is empty. Fill it in and bring the file in again.")
    said = values.get("consent_to_quote", "").casefold()
    return ParticipantRow(
        id=values.get("id", ""),
        pseudonym=values["pseudonym"],
        role=values.get("role", ""),
        group=values.get("group", ""),
        consent_to_quote=True if said in _YES else False if said in _NO else None,
        status=values.get("status", ""),
        note=values.get("note", ""),
        attributes=tuple((title, cell(place)) for place, title in columns.attributes),
    )


def _refuse_doubles(name: str, numbers: list[int], rows: list[ParticipantRow]) -> None:
    first: dict[str, int] = {}
    for number, row in zip(numbers, rows, strict=True):
        if row.id and row.id in first:
            raise ImportRefused(
                f"“{name}”, row {number}: the id “{row.id}” stands in row {first[row.id]} already. "
                "Give every person an id of their own."
            )
        first.setdefault(row.id, number)


def _doubts(records: list[tuple[int, list[str]]], rows: list[ParticipantRow], columns: _Columns) -> list[str]:
    doubts = []
    place = columns.fields.get("consent_to_quote")
    unclear = [
        number
        for (number, cells), row in zip(records[1:], rows, strict=True)
        if place is not None and place < len(cells) and cells[place].strip() and row.consent_to_quote is None
    ]
    if unclear:
        listed = ", ".join(str(number) for number in unclear[:10])
        doubts.append(f"Consent to quote is neither yes nor no in row {listed}: it is taken as not known.")
    untitled = [place for place, title in enumerate(records[0][1]) if not title.strip()]
    lost = [place for place in untitled if any(len(cells) > place and cells[place].strip() for _, cells in records[1:])]
    if lost:
        doubts.append(f"{times(len(lost), 'column')} without a name left out.")
    twice = [
        one for one, number in Counter((row.group, row.pseudonym.casefold()) for row in rows).items() if number > 1
    ]
    if twice:
        doubts.append(f"{times(len(twice), 'name')} given to more than one person of the same group.")
    return doubts
