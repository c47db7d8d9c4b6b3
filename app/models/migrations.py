"""The schema's number and the way from every older one to it: one function a step, each in one transaction."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from functools import cache

from sqlalchemy.dialects.sqlite import dialect
from sqlalchemy.schema import CreateIndex, CreateTable

from app.models.base import Base
from app.models.sqlite import APPLICATION_ID, schema_of

SCHEMA = 1

STEPS: dict[int, Callable[[sqlite3.Connection], None]] = {}
"""{number that a step leads to: the step}. The first schema is made by `create_schema`, so it needs none."""


def create_schema(connection: sqlite3.Connection) -> None:
    """Make all tables in an empty file, inside the open transaction."""
    for statement in _statements():
        connection.execute(statement)
    connection.execute(f"PRAGMA application_id={APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version={SCHEMA}")


def migrate(connection: sqlite3.Connection, version: int) -> None:
    """Bring an older study up to `SCHEMA`. A step that fails leaves the file as the step before it did."""
    for number in range(version + 1, SCHEMA + 1):
        connection.execute("BEGIN IMMEDIATE")
        try:
            STEPS[number](connection)
            connection.execute(f"PRAGMA user_version={number}")
            connection.execute("COMMIT")
        except BaseException:
            connection.execute("ROLLBACK")
            raise


@cache
def expected_schema() -> dict[tuple[str, str], str]:
    """What `schema_of` must say of a study of this schema number."""
    connection = sqlite3.connect(":memory:")
    for statement in _statements():
        connection.execute(statement)
    schema = schema_of(connection)
    connection.close()
    return schema


@cache
def _statements() -> tuple[str, ...]:
    """CREATE statements of the present schema, in an order that a fresh file accepts."""
    like = dialect()
    statements: list[str] = []
    for table in Base.metadata.sorted_tables:
        statements.append(str(CreateTable(table).compile(dialect=like)))
        indexes = sorted(table.indexes, key=lambda index: str(index.name))
        statements.extend(str(CreateIndex(index).compile(dialect=like)) for index in indexes)
    return tuple(statements)
