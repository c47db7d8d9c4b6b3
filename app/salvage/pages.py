"""Rows straight from the pages of a file, for what SQLite gives up on: every table leaf that can be parsed.

The format is SQLite's own and frozen (www.sqlite.org/fileformat2.html). To which table a page belongs is found from the
form of its rows, so that no page above it need be sound. Free pages of a study hold nothing (secure_delete).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Integer, Table

from app.analysis.soundness.rows import row_faults
from app.salvage.older import brought_up, shape
from app.salvage.words import as_text

PAGE = 4096
LEAF = 0x0D
_SIZES = (0, 1, 2, 3, 4, 6, 8, 8, 0, 0)


def rows_in_pages(content: bytes, tables: list[Table], version: int) -> Iterator[tuple[Table, dict[str, Any]]]:
    """(table, row) of every row on a leaf page; where a row could be of several tables, of the one it fits best.

    `version`: the schema whose shapes the tables have.
    """
    by_width: dict[int, list[Shaped]] = {}
    for table in tables:
        names = shape(table, version)
        by_width.setdefault(len(names), []).append((table, names))
    for number in range(1, len(content) // PAGE + 1):
        found = list(_cells(content, number))
        if not found:
            continue
        candidates = by_width.get(len(found[0][1]), [])
        best = _best(candidates, found)
        if best is not None:
            for rowid, values in found:
                if len(values) == len(best[1]):
                    yield best[0], _row(best, rowid, values)


Shaped = tuple[Table, tuple[str, ...]]
"""A table and the columns that it has in the file."""


def _best(candidates: list[Shaped], found: list[tuple[int, list[Any]]]) -> Shaped | None:
    """The table whose rules most of the rows keep; none if hardly any does."""
    sample = found[:8]

    def faults(one: Shaped) -> int:
        rows = [_row(one, rowid, values) for rowid, values in sample if len(values) == len(one[1])]
        return sum(bool(list(row_faults(one[0], "", row))) for row in rows) + len(sample) - len(rows)

    scored = sorted(((faults(one), one[0].name, one) for one in candidates), key=lambda one: one[:2])
    return scored[0][2] if scored and scored[0][0] <= len(sample) // 2 else None


def _row(shaped: Shaped, rowid: int, values: list[Any]) -> dict[str, Any]:
    table, names = shaped
    row = brought_up(table, dict(zip(names, values, strict=True)))
    for column in table.primary_key.columns:
        if isinstance(column.type, Integer) and row[column.name] is None:  # the rowid by another name
            row[column.name] = rowid
    return row


def _cells(content: bytes, number: int) -> Iterator[tuple[int, list[Any]]]:
    start = (number - 1) * PAGE
    page = content[start : start + PAGE]
    head = 100 if number == 1 else 0
    if len(page) < PAGE or page[head] != LEAF:
        return
    count = int.from_bytes(page[head + 3 : head + 5])
    for place in range(min(count, (PAGE - head - 8) // 2)):
        at = int.from_bytes(page[head + 8 + 2 * place : head + 10 + 2 * place])
        if not head + 8 <= at < PAGE - 3:
            continue
        try:
            size, at = _varint(page, at)
            rowid, at = _varint(page, at)
            yield rowid, _record(_payload(content, page, at, size))
        except (IndexError, ValueError):
            continue


def _payload(content: bytes, page: bytes, at: int, size: int) -> bytes:
    if size > len(content):
        raise ValueError
    most = PAGE - 35
    if size <= most:
        if at + size > PAGE:
            raise ValueError
        return page[at : at + size]
    least = (PAGE - 12) * 32 // 255 - 23
    local = least + (size - least) % (PAGE - 4)
    local = local if local <= most else least
    whole = bytearray(page[at : at + local])
    following = int.from_bytes(page[at + local : at + local + 4])
    seen: set[int] = set()
    while len(whole) < size:
        if not 1 <= following <= len(content) // PAGE or following in seen:
            raise ValueError
        seen.add(following)
        start = (following - 1) * PAGE
        whole += content[start + 4 : start + PAGE]
        following = int.from_bytes(content[start : start + 4])
    return bytes(whole[:size])


def _record(payload: bytes) -> list[Any]:
    size, at = _varint(payload, 0)
    kinds = []
    while at < size:
        kind, at = _varint(payload, at)
        kinds.append(kind)
    values: list[Any] = []
    at = size
    for kind in kinds:
        length = _SIZES[kind] if kind < 10 else (kind - 12) // 2
        raw = payload[at : at + length]
        if len(raw) != length:
            raise ValueError
        at += length
        values.append(_value(kind, raw))
    return values


def _value(kind: int, raw: bytes) -> Any:
    if kind in (8, 9):
        return kind - 8
    if kind == 0 or (kind < 12 and kind > 9):
        return None
    if kind == 7:
        import struct

        return struct.unpack(">d", raw)[0]
    if kind < 7:
        return int.from_bytes(raw, signed=True)
    return raw if kind % 2 == 0 else as_text(raw)


def _varint(data: bytes, at: int) -> tuple[int, int]:
    value = 0
    for step in range(9):
        byte = data[at + step]
        if step == 8:
            value = (value << 8) | byte
            return value, at + 9
        value = (value << 7) | (byte & 0x7F)
        if not byte & 0x80:
            return value, at + step + 1
    raise ValueError
