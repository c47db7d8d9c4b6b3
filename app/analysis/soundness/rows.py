"""Every row of a study as bare values, and whether each value is one that its column may hold."""

from __future__ import annotations

import json
import sqlite3
import uuid
from collections.abc import Callable, Iterator
from datetime import date, datetime
from functools import cache
from typing import Any

from sqlalchemy import JSON, Boolean, Column, Date, Enum, Float, Integer, Table

from app.analysis.soundness.fault import UNREADABLE, Fault, reason
from app.models.base import Moment
from app.models.journal import study_tables

Row = dict[str, Any]
Tables = dict[str, dict[str, Row]]
"""{table: {id: row}}; a row holds every column but the bulky ones."""

MOMENT = "%Y-%m-%dT%H:%M:%S.%fZ"

STUDY_TABLES: dict[str, Table] = {table.name: table for table in study_tables()}


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
    for table in STUDY_TABLES.values():
        for key, row in tables[table.name].items():
            if not _is_key(key):
                yield Fault("A key is not in the form of keys", f"{table.name} {plain(key)}", "It cannot be trusted.")
            yield from row_faults(table, key, row)


def row_faults(table: Table, key: object, row: Row) -> Iterator[Fault]:
    """Every value of one row against what its column may hold: its type, its closed list, its form."""
    for name, nullable, legal in _rules(table):
        value = row[name]
        if not (nullable if value is None else legal(value)):
            yield Fault(
                "A value is not one that may stand there",
                f"{table.name} {plain(key)}, {name}",
                "What was written there is damaged.",
            )


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


def _is_key(key: object) -> bool:
    try:
        return isinstance(key, str) and str(uuid.UUID(key)) == key
    except ValueError:
        return False


Legal = Callable[[Any], bool]


@cache
def _rules(table: Table) -> tuple[tuple[str, bool, Legal], ...]:
    """(column, whether it may be empty, what it may hold otherwise) of every column that `read_rows` reads."""
    columns = [column for column in table.columns if not column.info.get("bulky")]
    return tuple((column.name, bool(column.nullable), _rule(column)) for column in columns)


def _rule(column: Column[Any]) -> Legal:
    if isinstance(column.type, Enum):
        return frozenset(column.type.enums).__contains__
    return next((legal for kind, legal in _LEGAL if isinstance(column.type, kind)), is_text)


def _parses(parse: Callable[[str], object]) -> Legal:
    def legal(value: Any) -> bool:
        try:
            parse(value)
        except (ValueError, TypeError):
            return False
        return is_text(value)

    return legal


_LEGAL: tuple[tuple[type[Any], Legal], ...] = (
    (Moment, _parses(lambda value: datetime.strptime(value, MOMENT))),  # noqa: DTZ007 - only its form is asked
    (Date, _parses(date.fromisoformat)),
    (JSON, _parses(json.loads)),
    (Boolean, lambda value: value in (0, 1)),
    (Integer, lambda value: isinstance(value, int)),
    (Float, lambda value: isinstance(value, int | float)),
)
"""The first kind that fits decides, so what is special stands before what is general."""
