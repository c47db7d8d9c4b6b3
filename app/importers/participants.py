"""Participants from a table (csv): who they are in the study's own terms, and typed attributes beside."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from pathlib import Path

from app.importers.draft import ImportRefused
from app.importers.plain_text import normalised
from app.importers.txt_format import decode

LARGEST = 20_000_000
MOST_COLUMNS = 200

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


def read_participants(path: Path) -> ParticipantTable:
    """Read a csv of participants. Raises ImportRefused (unreadable, no name column, empty name, id given twice)."""
    try:
        if path.stat().st_size > LARGEST:
            raise ImportRefused(f"“{path.name}” is too large for a table of participants.")
        content = path.read_bytes()
    except OSError as error:
        raise ImportRefused(f"“{path.name}” cannot be read ({error.strerror or 'unknown reason'}).") from error
    if path.suffix.casefold() not in {".csv", ".tsv", ".txt"}:
        raise ImportRefused(f"“{path.name}” is no csv file. Save the table as csv (UTF-8) and bring that in.")
    text, _, warnings = decode(path.name, content, None)
    text, changed = normalised(text)
    if not text.strip():
        raise ImportRefused(f"“{path.name}” is empty.")
    header, *lines = _table(path.name, text)
    columns = _columns(path.name, header)
    taken = set(columns.values())
    others = [(place, name.strip()) for place, name in enumerate(header) if place not in taken and name.strip()]
    rows = [_row(path.name, number, line, columns, others) for number, line in lines_with_words(lines)]
    _refuse_doubles(path.name, rows)
    return ParticipantTable(path.name, tuple(rows), tuple(name for _, name in others), (*warnings, *changed))


def lines_with_words(lines: list[list[str]]) -> list[tuple[int, list[str]]]:
    """The rows that hold anything, with their number in the file (the header is row 1)."""
    return [(number, line) for number, line in enumerate(lines, start=2) if any(cell.strip() for cell in line)]


def _table(name: str, text: str) -> list[list[str]]:
    try:
        dialect: type[csv.Dialect] | csv.Dialect = csv.Sniffer().sniff(text[:4000], delimiters=",;\t")
    except csv.Error:
        dialect = csv.excel
    try:
        lines = list(csv.reader(io.StringIO(text, newline=""), dialect))
    except csv.Error as error:
        raise ImportRefused(f"“{name}” is not a table that can be read ({error}).") from error
    if len(lines[0]) > MOST_COLUMNS:
        raise ImportRefused(f"“{name}” has {len(lines[0])} columns; a table of participants may have {MOST_COLUMNS}.")
    return lines


def _columns(name: str, header: list[str]) -> dict[str, int]:
    names = [cell.strip().casefold() for cell in header]
    columns = {
        field: next(names.index(known) for known in known_names if known in names)
        for field, known_names in _FIELDS.items()
        if any(known in names for known in known_names)
    }
    if "pseudonym" not in columns:
        if "id" not in columns:
            raise ImportRefused(f"“{name}” has no column “pseudonym” (or “name”), so nobody can be told apart.")
        columns["pseudonym"] = columns["id"]
    return columns


def _row(
    name: str, number: int, line: list[str], columns: dict[str, int], others: list[tuple[int, str]]
) -> ParticipantRow:
    def cell(place: int) -> str:
        return " ".join(line[place].split()) if place < len(line) else ""

    values = {field: cell(place) for field, place in columns.items()}
    if not values["pseudonym"]:
        raise ImportRefused(f"“{name}”, row {number}: the pseudonym is empty. Fill it in and bring the file in again.")
    said = values.get("consent_to_quote", "").casefold()
    consent = True if said in _YES else False if said in _NO else None
    attributes = tuple((title, cell(place)) for place, title in others)
    return ParticipantRow(
        id=values.get("id", ""), pseudonym=values["pseudonym"], role=values.get("role", ""),
        group=values.get("group", ""), consent_to_quote=consent, status=values.get("status", ""),
        note=values.get("note", ""), attributes=attributes,
    )  # fmt: skip


def _refuse_doubles(name: str, rows: list[ParticipantRow]) -> None:
    seen: set[str] = set()
    for row in rows:
        if row.id and row.id in seen:
            raise ImportRefused(f"“{name}” has the id “{row.id}” twice. Give every person an id of their own.")
        seen.add(row.id)
