"""Tables with a column of speakers (.csv, .tsv, .xlsx): a row is a line, the cells before the words are its label."""

from __future__ import annotations

import csv
import io

from app.importers.draft import ImportRefused, TextDraft
from app.importers.encodings import decode
from app.importers.labels.column_heads import NAME_HEADS, WORDS_HEADS
from app.importers.plain_text import Normaliser
from app.importers.registry import no_sign, register
from app.importers.word_tables import speaker_columns, write_rows
from app.importers.word_text import WordText

MOST_ROWS, MOST_COLUMNS, LARGEST_CELL = 200_000, 60, 500_000


def looks_like_workbook(content: bytes) -> bool:
    """Whether this is an archive that holds a workbook."""
    return content.startswith(b"PK") and b"xl/" in content


@register("csv", "Table (csv, tsv)", ".csv", ".tsv", ".tab", says="table", looks_like=no_sign, is_text=True)
def read_csv(name: str, content: bytes, encoding: str | None) -> TextDraft:
    """Read a table of values. Raises ImportRefused where no column says who speaks, or it is no table."""
    text, found, doubts = decode(name, content, encoding)
    normaliser = Normaliser()
    text = normaliser.clean(text).lstrip("\ufeff")
    csv.field_size_limit(LARGEST_CELL)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text)))
    except csv.Error as error:
        raise ImportRefused(
            f"“{name}” is damaged: its rows cannot be told apart ({error}). Save it again as csv (UTF-8)."
        ) from error
    return _draft(name, rows, found, [*doubts, *normaliser.warnings], normaliser.notes)


@register("xlsx", "Workbook", ".xlsx", ".xlsm", says="workbook", looks_like=looks_like_workbook)
def read_workbook(name: str, content: bytes, encoding: str | None) -> TextDraft:  # noqa: ARG001 - XML says its encoding
    """Read the first sheet that says who speaks. Raises ImportRefused for a workbook without one, or damaged."""
    from openpyxl import load_workbook

    from app.importers.archive import Archive

    Archive(name, content).check_xml()  # all checks of an archive, before a library reads it
    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
        sheets = []
        for sheet in book.worksheets[:20]:
            rows = sheet.iter_rows(max_row=MOST_ROWS + 1, max_col=MOST_COLUMNS, values_only=True)
            sheets.append([["" if cell is None else str(cell) for cell in row] for row in rows])
    except Exception as error:  # openpyxl raises whatever a broken part makes it stumble over
        raise ImportRefused(f"“{name}” is damaged or no workbook. Open it in Excel, save it again and try.") from error
    filled = [_as_wide_as_needed(rows) for rows in sheets if any(cell.strip() for row in rows for cell in row)]
    spoken = [rows for rows in filled if speaker_columns(rows) or speaker_columns(_names_first(rows))]
    notes = [f"The first of {len(filled)} sheets that says who speaks was read."] if len(filled) > 1 else []
    return _draft(name, next(iter(spoken or filled), []), None, [], notes)


def _draft(name: str, rows: list[list[str]], encoding: str | None, doubts: list[str], notes: list[str]) -> TextDraft:
    rows = [row for row in rows if any(cell.strip() for cell in row)]
    if not rows:
        raise ImportRefused(f"“{name}” is empty: there is no row with words in it. Choose the transcript itself.")
    if len(rows) > MOST_ROWS or max(map(len, rows)) > MOST_COLUMNS:
        raise ImportRefused(f"“{name}” has more rows or columns than a transcript. It was not read.")
    if speaker_columns(rows) is None:
        rows = _names_first(rows)
    if speaker_columns(rows) is None:
        raise ImportRefused(
            f"“{name}” has no columns that say who speaks and what. Name them “speaker” and “text” in its first row."
        )
    found = WordText()
    write_rows([[_cell(words, found) for words in row] for row in rows], found)
    return TextDraft(found.text, encoding, (*doubts, *found.warnings()), tuple(notes), known=tuple(found.known))


def _as_wide_as_needed(rows: list[list[str]]) -> list[list[str]]:
    """The rows without the empty cells that a sheet has behind its last filled column."""
    width = max(place + 1 for row in rows for place, cell in enumerate(row) if cell.strip())
    return [row[:width] for row in rows]


def _names_first(rows: list[list[str]]) -> list[list[str]]:
    """The rows with the column of names in front, where a head says that it stands behind the words."""
    for row in rows[:2]:
        name = next((place for place, cell in enumerate(row) if NAME_HEADS.match(cell.strip())), None)
        if name and any(WORDS_HEADS.match(cell.strip()) for cell in row[:name]):
            return [[*one[name : name + 1], *one[:name], *one[name + 1 :]] for one in rows]
    return rows


def _cell(words: str, like: WordText) -> WordText:
    held = WordText(like)
    held.add(words)
    return held


def _separator(text: str) -> str:
    """What stands between cells: whichever the first lines have most of."""
    first = "\n".join(text.split("\n", 20)[:20])
    return max("\t;,|", key=first.count)
