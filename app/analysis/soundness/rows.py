"""Every row of a study as bare values, and whether each value is one that its column may hold."""

from __future__ import annotations

import json
import sqlite3
import uuid
from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Boolean, Column, Date, Enum, Float, Integer, LargeBinary, Table

from app.analysis.soundness.fault import UNREADABLE, Fault, reason
from app.models.base import Base, Moment
from app.models.journal import study_tables

Row = dict[str, Any]
Tables = dict[str, dict[str, Row]]
"""{table: {id: row}}; a row holds every column but the bulky ones."""

MOMENT = "%Y-%m-%dT%H:%M:%S.%fZ"


def read_tables(connection: sqlite3.Connection, faults: list[Fault]) -> Tables:
    """All rows of all study tables; where a table cannot be read to its end, what was read and a fault."""
    return {
        table.name: {str(row["id"]): row for row in read_rows(connection, table, faults)} for table in study_tables()
    }


def read_rows(connection: sqlite3.Connection, table: Table, faults: list[Fault]) -> Iterator[Row]:
    """The rows of one table without its bulky columns, in the order in which they lie in the file."""
    columns = [column.name for column in table.columns if not column.info.get("bulky")]
    listed = ", ".join(f'"{name}"' for name in columns)
    try:
        for values in connection.execute(f'SELECT {listed} FROM main."{table.name}" NOT INDEXED'):
            yield dict(zip(columns, values, strict=True))
    except UNREADABLE as error:
        where = f"{table.name}, {reason(error)}"
        faults.append(Fault("A table cannot be read to its end", where, "Rows of it are lost."))


def value_faults(tables: Tables) -> Iterator[Fault]:
    """Every value against the kind of its column, every key against the form of keys."""
    for table in study_tables():
        for key, row in tables[table.name].items():
            if not _is_key(key):
                yield Fault("A key is not in the form of keys", f"{table.name} {plain(key)}", "It cannot be trusted.")
            yield from row_faults(table, key, row)


def row_faults(table: Table, key: object, row: Row) -> Iterator[Fault]:
    """Every value of one row against the kind of its column."""
    for column in table.columns:
        if column.name in row and not is_legal(column, row[column.name]):
            yield Fault(
                "A value is not one that may stand there",
                f"{table.name} {plain(key)}, {column.name}",
                "What was written there is damaged.",
            )


def is_legal(column: Column[Any], value: Any) -> bool:
    """Whether a column may hold a value: its type, its closed list, its form."""
    if value is None:
        return bool(column.nullable)
    for kind, legal in _LEGAL:
        if isinstance(column.type, kind):
            return legal(column, value)
    return is_text(value)


def is_text(value: object) -> bool:
    """Whether a value is text that was read whole: UTF-8, without NUL."""
    if not isinstance(value, str) or "\0" in value:
        return False
    try:
        value.encode()
    except UnicodeEncodeError:
        return False
    return True


def plain(key: object) -> str:
    """A key fit to be printed, whatever a damaged file made of it."""
    return str(key) if isinstance(key, int) or _is_key(key) else ascii(key)[:60]


def table_of(name: object) -> Table | None:
    """The study table of this name."""
    table = Base.metadata.tables.get(name) if isinstance(name, str) else None
    return table if table is not None and table in study_tables() else None


def _is_key(key: object) -> bool:
    try:
        return isinstance(key, str) and str(uuid.UUID(key)) == key
    except ValueError:
        return False


def _parses(parse: Callable[[str], object]) -> Callable[[Column[Any], Any], bool]:
    def legal(_column: Column[Any], value: Any) -> bool:
        try:
            parse(value)
        except (ValueError, TypeError):
            return False
        return is_text(value)

    return legal


_LEGAL: tuple[tuple[type[Any], Callable[[Column[Any], Any], bool]], ...] = (
    (Enum, lambda column, value: value in column.type.enums),  # type: ignore[attr-defined]
    (Moment, _parses(lambda value: datetime.strptime(value, MOMENT))),  # noqa: DTZ007 - only its form is asked
    (Date, _parses(date.fromisoformat)),
    (JSON, _parses(json.loads)),
    (Boolean, lambda _column, value: value in (0, 1)),
    (Integer, lambda _column, value: isinstance(value, int)),
    (Float, lambda _column, value: isinstance(value, int | float)),
    (LargeBinary, lambda _column, value: isinstance(value, bytes)),
)
"""The first kind that fits decides, so what is special stands before what is general."""
