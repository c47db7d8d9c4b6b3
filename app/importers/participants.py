"""Participants from a table (csv, xlsx): who they are in the study's own terms, and typed attributes beside."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from app.importers.draft import ImportRefused
from app.importers.encodings import decode
from app.importers.plain_text import Normaliser, times
from app.importers.reading import read_bytes, shown_name
from app.importers.registry import what_is
from app.importers.workbook import doubts_of_sheet, workbook_sheets
from app.values import NO, YES

LARGEST = 20_000_000
HEAD_WITHIN = 10
"""Rows among which the titles of the columns stand."""
MOST_COLUMNS, MOST_PEOPLE = 200, 5_000
SUFFIXES = (".csv", ".tsv", ".txt")

_FIELDS = {
    "id": ("participant_id", "id", "participant", "code", "participant id", "no"),
    "pseudonym": ("pseudonym", "name", "alias", "speaker", "label"),
    "role": ("role",),
    "group": ("focus_group", "group", "focus group", "session"),
    "consent_to_quote": ("consent_to_quote", "consent to quote", "consent", "may be quoted"),
    "consent_to_share": ("consent_to_share", "consent to share", "may be shared"),
    "consent_to_archive": ("consent_to_archive", "consent to archive", "may be archived"),
    "status": ("status",),
    "note": ("note", "notes", "comment", "remark"),
}
CONSENTS = ("consent_to_quote", "consent_to_share", "consent_to_archive")


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
    consent_to_share: bool | None = None
    consent_to_archive: bool | None = None


@dataclass(frozen=True)
class ParticipantTable:
    """A table of participants as found in a file."""

    file_name: str
    rows: tuple[ParticipantRow, ...]
    attributes: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    kinds: Mapping[str, str] = field(default_factory=dict)
    """{attribute: its type} where it was said ("text", "number", "yes or no", "date")."""


@dataclass(frozen=True)
class _Columns:
    """Where the fields stand in a row, and the columns that are attributes."""

    fields: dict[str, int]
    attributes: tuple[tuple[int, str], ...]
    width: int


@dataclass(frozen=True)
class PeopleTable:
    """A table as it stands in a file, before it is said what its columns are."""

    file_name: str
    head: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]
    """(number as a spreadsheet counts, cells)."""
    doubts: tuple[str, ...] = ()


ATTRIBUTE = "attribute"
FIELDS = tuple(_FIELDS)
"""What a column may be beside an attribute."""


def read_participants(path: Path, columns: Mapping[str, str] | None = None) -> ParticipantTable:
    """Read a csv or xlsx of participants; `columns` as `participants_from` takes them.

    Raises ImportRefused (unreadable, no name column, empty name, id given twice).
    """
    return participants_from(read_people_table(path), columns)


def read_people_table(path: Path) -> PeopleTable:
    """The table in a csv, tsv or xlsx file. Raises ImportRefused (unreadable, empty, a column given twice)."""
    path = Path(path)
    name = shown_name(path)
    content = read_bytes(path, LARGEST)
    if path.suffix.casefold() == ".xlsx":
        rows, doubts = _sheet(name, content)
        records = _filled(name, rows)
    else:
        seen = what_is(content)
        if path.suffix.casefold() not in SUFFIXES or (seen is not None and seen[1] != "plain text"):
            raise ImportRefused(f"“{name}” is no csv file. Save the table as csv (UTF-8) or xlsx and bring that in.")
        text, _, found = decode(name, content)
        normaliser = Normaliser()
        records = _records(name, normaliser.clean(text))
        doubts = [*found, *normaliser.warnings]
    above = _above_the_head(records)
    if above:
        doubts.append(f"{times(above, 'row')} above the titles left out.")
        records = records[above:]
    head = tuple(" ".join(cell.split()) for cell in records[0][1])
    folded = [title.casefold() for title in head]
    twice = [title for title, number in Counter(title for title in folded if title).items() if number > 1]
    if twice:
        raise ImportRefused(f"“{name}” has the column “{twice[0]}” twice. Give every column a name of its own.")
    return PeopleTable(name, head, tuple((number, tuple(cells)) for number, cells in records[1:]), tuple(doubts))


def guessed_columns(table: PeopleTable) -> dict[str, str]:
    """{title: field} of the columns whose names tell what they are."""
    folded = {title.casefold(): title for title in table.head if title}
    found: dict[str, str] = {}
    for one, names in _FIELDS.items():
        title = next((folded[name] for name in names if name in folded), None)
        if title is not None and title not in found:
            found[title] = one
    if "pseudonym" not in found.values():
        found |= {title: "pseudonym" for title, one in found.items() if one == "id"}
    return found


def participants_from(table: PeopleTable, columns: Mapping[str, str] | None = None) -> ParticipantTable:
    """The people of a table. `columns` says of each title which of FIELDS it is, or ATTRIBUTE; others are left out.

    Without it names tell, and all columns that no field is known by are attributes. Raises ImportRefused.
    """
    name = table.file_name
    if columns is None:
        columns = {title: ATTRIBUTE for title in table.head if title} | guessed_columns(table)
    wanted = _columns(name, table.head, columns)
    records = list(table.rows)
    rows = [_row(name, number, cells, wanted) for number, cells in records]
    _refuse_doubles(name, [number for number, _ in records], rows)
    doubts = (*table.doubts, *_doubts(table.head, records, rows, wanted))
    return ParticipantTable(name, tuple(rows), tuple(title for _, title in wanted.attributes), doubts)


def _sheet(name: str, content: bytes) -> tuple[list[tuple[str, ...]], list[str]]:
    """The rows of the sheet that names people, else of the first that holds anything; and what is doubtful."""
    sheets = workbook_sheets(name, content)
    held = [number for number, rows in enumerate(sheets) if any(rows)]
    names = {one for names in (_FIELDS["pseudonym"], _FIELDS["id"]) for one in names}
    heads = {
        number: [cell.strip().casefold() for row in sheets[number][:HEAD_WITHIN] for cell in row] for number in held
    }
    fitting = (number for number, cells in heads.items() if not names.isdisjoint(cells))
    chosen = next(fitting, next(iter(held), None))
    if chosen is None:
        return [], []
    doubts = doubts_of_sheet(name, content, chosen)
    if len(held) > 1:
        doubts.insert(0, f"The file has {len(held)} sheets with something in them: sheet {chosen + 1} is read.")
    return sheets[chosen], doubts


def _above_the_head(records: Sequence[tuple[int, Sequence[str]]]) -> int:
    """How many rows of one cell stand above the titles of the columns, as a heading of the whole table does."""
    for number, (_, cells) in enumerate(records[:HEAD_WITHIN]):
        if sum(bool(cell.strip()) for cell in cells) > 1:
            return number
    return 0


def _records(name: str, text: str) -> list[tuple[int, Sequence[str]]]:
    """(row number, cells) of every row that holds anything; the head is row 1, as a spreadsheet counts."""
    told = re.match(r"\n*sep=(.)\n", text, re.IGNORECASE)  # as Excel wants to be told
    if told:
        text = "\n" + text[told.end() :]
    head = text.lstrip("\n").partition("\n")[0]
    delimiter = told[1] if told else max(",;\t", key=head.count)
    try:
        lines = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error as error:
        raise ImportRefused(f"“{name}” is not a table that can be read ({error}). Save it again as csv.") from error
    return _filled(name, lines)


def _filled(name: str, lines: Sequence[Sequence[str]]) -> list[tuple[int, Sequence[str]]]:
    """The rows that hold anything, with their numbers. Raises ImportRefused if there are none, or too many columns."""
    records = [(number, line) for number, line in enumerate(lines, start=1) if any(cell.strip() for cell in line)]
    if not records:
        raise ImportRefused(f"“{name}” is empty: there is no table in it.")
    if len(records[0][1]) > MOST_COLUMNS:
        raise ImportRefused(f"“{name}” has {len(records[0][1])} columns; a table of people may have {MOST_COLUMNS}.")
    if len(records) > MOST_PEOPLE + 1:
        raise ImportRefused(f"“{name}” has {len(records) - 1:,} rows; a table of people may have {MOST_PEOPLE:,}.")
    return records


def _columns(name: str, head: Sequence[str], said: Mapping[str, str]) -> _Columns:
    fields = {said[title]: place for place, title in enumerate(head) if said.get(title) in _FIELDS}
    if "pseudonym" not in fields:
        if "id" not in fields:
            raise ImportRefused(f"“{name}” has no column “pseudonym” (or “name”), so nobody can be told apart.")
        fields["pseudonym"] = fields["id"]
    others = tuple((place, title) for place, title in enumerate(head) if title and said.get(title) == ATTRIBUTE)
    return _Columns(fields, others, len(head))


def _row(name: str, number: int, cells: Sequence[str], columns: _Columns) -> ParticipantRow:
    def cell(place: int) -> str:
        return " ".join(cells[place].split()) if place < len(cells) else ""

    if any(one.strip() for one in cells[columns.width :]):
        raise ImportRefused(f"“{name}”, row {number}: there are more cells than columns. Put it right and try again.")
    values = {field: cell(place) for field, place in columns.fields.items()}
    if not values["pseudonym"]:
        raise ImportRefused(f"“{name}”, row {number}: the name is empty. Fill it in and bring the file in again.")
    return ParticipantRow(
        id=values.get("id", ""),
        pseudonym=values["pseudonym"],
        role=values.get("role", ""),
        group=values.get("group", ""),
        consent_to_quote=_yes_or_no(values.get("consent_to_quote", "")),
        consent_to_share=_yes_or_no(values.get("consent_to_share", "")),
        consent_to_archive=_yes_or_no(values.get("consent_to_archive", "")),
        status=values.get("status", ""),
        note=values.get("note", ""),
        attributes=tuple((title, cell(place)) for place, title in columns.attributes),
    )


def _yes_or_no(said: str) -> bool | None:
    said = said.casefold()
    return True if said in YES else False if said in NO else None


def _refuse_doubles(name: str, numbers: list[int], rows: list[ParticipantRow]) -> None:
    first: dict[str, int] = {}
    for number, row in zip(numbers, rows, strict=True):
        if row.id and row.id in first:
            raise ImportRefused(
                f"“{name}”, row {number}: the id “{row.id}” stands in row {first[row.id]} already. "
                "Give every person an id of their own."
            )
        first.setdefault(row.id, number)


def _doubts(
    head: Sequence[str], records: Sequence[tuple[int, Sequence[str]]], rows: list[ParticipantRow], columns: _Columns
) -> list[str]:
    doubts = []
    for use in CONSENTS:
        place = columns.fields.get(use)
        unclear = [
            number
            for (number, cells), row in zip(records, rows, strict=True)
            if place is not None and place < len(cells) and cells[place].strip() and getattr(row, use) is None
        ]
        if unclear:
            listed = ", ".join(str(number) for number in unclear[:10])
            what = use.replace("_", " ").capitalize()
            doubts.append(f"{what} is neither yes nor no in row {listed}: it is taken as not known.")
    untitled = [place for place, title in enumerate(head) if not title.strip()]
    lost = [place for place in untitled if any(len(cells) > place and cells[place].strip() for _, cells in records)]
    if lost:
        doubts.append(f"{times(len(lost), 'column')} without a name left out.")
    twice = [
        one for one, number in Counter((row.group, row.pseudonym.casefold()) for row in rows).items() if number > 1
    ]
    if twice:
        doubts.append(f"{times(len(twice), 'name')} given to more than one person of the same group.")
    return doubts
