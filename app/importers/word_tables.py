"""Tables of a Word document as text in reading order, and which of them say who speaks.

A row is a line, its cells set apart by tabs as when a table is copied as text, so nothing is invented. In a table of
speakers the cells before the words are the label: quotes hold the words only. A table of one column, and a row with
several paragraphs in a cell that is no table of speakers, is layout: each cell stands for itself.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from app.importers.draft import KnownLabel
from app.importers.labels.column_heads import NAME_HEADS, WORDS_HEADS
from app.importers.labels.names import ID_LIKE, MODERATOR_LIKE, RANGE, clean, could_be_name, key, milliseconds
from app.importers.word_text import WordText

Row = list[WordText]

_TIME = re.compile(rf"^[\[(]?{RANGE}[\])]?$")
_NUMBER = re.compile(r"^\d{1,5}[.)]?$")
_NAME_TIME = re.compile(rf"^(?P<name>.*?)[:：\s]*[\[(]?(?P<time>{RANGE})[\])]?$", re.DOTALL)


@dataclass(frozen=True)
class Columns:
    """Which columns hold names, words and perhaps times."""

    name: int
    words: int
    time: int | None = None


def write_rows(rows: Sequence[Row], into: WordText) -> None:
    """Add a table to the text, row by row; rows of a table of speakers get their labels."""
    texts = [[cell.text.strip() for cell in row] for row in rows]
    columns = speaker_columns(texts)
    speaking = ""
    for row, cells in zip(rows, texts, strict=True):
        if not any(cells):
            continue
        if columns is not None and len(cells) > columns.words and not _is_head(cells, columns):
            speaking = _write_spoken(row, cells, columns, speaking, into)
        elif len(row) > 1 and not any("\n" in cell for cell in cells):
            _write_cells([cell for cell, words in zip(row, cells, strict=True) if words], into)
        else:
            for cell in row:
                _write_cells([cell], into)


def speaker_columns(texts: Sequence[Sequence[str]]) -> Columns | None:
    """The columns of a table of speakers, or None for any other table. Its head tells, or what its columns hold."""
    for row in texts[:2]:
        name = next((place for place, cell in enumerate(row) if NAME_HEADS.match(cell)), None)
        words = next((place for place, cell in enumerate(row) if WORDS_HEADS.match(cell)), None)
        if name is not None and words is not None and name < words:
            return Columns(name, words, _time_column([one for one in texts if one is not row], words))
    width = max((len(row) for row in texts), default=0)
    full = [row for row in texts if len(row) == width]
    if not 2 <= width <= 4:
        return None
    words = width - 1
    name = next((place for place in range(words) if _is_name_column(full, place, words)), None)
    others = [place for place in range(words) if place != name]
    if name is None or not all(_is_column_of(full, place, _TIME, _NUMBER) for place in others):
        return None
    return Columns(name, words, _time_column(full, words))


def _time_column(rows: Sequence[Sequence[str]], words: int) -> int | None:
    return next((place for place in range(words) if _is_column_of(rows, place, _TIME)), None)


def _is_column_of(rows: Sequence[Sequence[str]], place: int, *patterns: re.Pattern[str]) -> bool:
    cells = [row[place] for row in rows if len(row) > place and row[place]]
    fitting = sum(1 for cell in cells if any(pattern.match(cell) for pattern in patterns))
    return bool(cells) and fitting >= 0.8 * len(cells)


def _is_name_column(rows: Sequence[Sequence[str]], place: int, words: int) -> bool:
    """Short names that come again, or that only speakers have, beside words that are longer."""
    cells = [_name_and_time(row[place])[0] for row in rows if row[place]]
    speech = [row[words] for row in rows if row[words]]
    if not cells or not speech or _is_column_of(rows, place, _TIME, _NUMBER):
        return False
    names = [cell for cell in cells if could_be_name(cell) and len(cell.split()) <= 5]
    if len(names) < 0.9 * len(cells) or sum(map(len, speech)) / len(speech) < 1.5 * sum(map(len, cells)) / len(cells):
        return False
    known = sum(1 for name in names if ID_LIKE.match(name) or MODERATOR_LIKE.match(name))
    return known >= 0.8 * len(names) or (len(names) >= 4 and len({key(name) for name in names}) <= 0.7 * len(names))


def _is_head(cells: Sequence[str], columns: Columns) -> bool:
    return bool(NAME_HEADS.match(cells[columns.name]) and WORDS_HEADS.match(cells[columns.words]))


def _write_spoken(row: Row, cells: Sequence[str], columns: Columns, speaking: str, into: WordText) -> str:
    """A row of a table of speakers; returns who speaks now. Without a name the last one goes on."""
    name, within = _name_and_time(cells[columns.name])
    time = within or (milliseconds(cells[columns.time]) if columns.time is not None else None)
    before = [cell for cell, words in zip(row[: columns.words], cells, strict=False) if words]
    start = into.length
    for cell in before:
        into.append(cell)
        into.add("\t")
    if before and (name or speaking):
        into.known.append(KnownLabel(start, into.length - 1, name or speaking, time, continues=not name))
    into.append(row[columns.words])
    into.add("\n")
    for cell, words in zip(row[columns.words + 1 :], cells[columns.words + 1 :], strict=True):
        if words:
            _write_cells([cell], into)
    return name or speaking


def _name_and_time(cell: str) -> tuple[str, int | None]:
    found = _NAME_TIME.match(cell)
    if found is not None:
        return clean(found["name"].rstrip(":： [(")), milliseconds(found["time"])
    return clean(cell.rstrip(":： ")), None


def _write_cells(cells: Row, into: WordText) -> None:
    before = into.length
    for number, cell in enumerate(cells):
        into.add("\t" if number and into.length > before else "")
        into.append(cell)
    if into.length > before:
        into.add("\n")
