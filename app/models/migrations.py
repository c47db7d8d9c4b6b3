"""The schema's number and the way from every older one to it: one function a step, all in one transaction."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from datetime import UTC, datetime
from functools import cache

from app.models.base import Moment
from app.models.kinds import Origin
from app.models.sqlite import APPLICATION_ID, schema_of
from app.models.verbs import Verb
from app.resources import resource

SCHEMA = 1

STEPS: dict[int, Callable[[sqlite3.Connection], None]] = {}
"""{number that a step leads to: the step}. The first schema is made by `create_schema`, so it needs none.

A step works with foreign keys off (rebuilding a table would otherwise delete its children) and must leave exactly the
schema that the models state: a column is added by rebuilding its table, because the file is compared with them.
"""

OLDEST = 1


class MigrationFailed(Exception):
    """What the steps came to is not a sound study of the present schema."""


def create_schema(connection: sqlite3.Connection) -> None:
    """Make all tables in an empty file, inside the open transaction."""
    for statement in _statements():
        connection.execute(statement)
    connection.execute(f"PRAGMA application_id={APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version={SCHEMA}")


def migrate(connection: sqlite3.Connection, version: int) -> None:
    """Bring an older study up to `SCHEMA` and set a border to undo; a step that fails leaves the file as it was.

    Raises MigrationFailed if the result is not sound, and whatever a step raises.
    """
    connection.execute("PRAGMA foreign_keys=OFF")
    connection.execute("BEGIN IMMEDIATE")
    try:
        for number in range(version + 1, SCHEMA + 1):
            STEPS[number](connection)
        connection.execute(f"PRAGMA user_version={SCHEMA}")
        connection.execute(
            "INSERT INTO change (at, actor, verb, label, origin) VALUES (?, '', ?, ?, ?)",
            (Moment().process_bind_param(datetime.now(UTC), None), Verb.MIGRATE, "Bring up to date", Origin.WINDOW),
        )
        if schema_of(connection) != expected_schema():
            raise MigrationFailed("the schema is not the present one")
        if connection.execute("PRAGMA foreign_key_check").fetchone():
            raise MigrationFailed("a row points to one that is not there")
        connection.execute("COMMIT")
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    finally:
        connection.execute("PRAGMA foreign_keys=ON")


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
    """CREATE statements of the present schema, in an order that a fresh file accepts.

    They are kept written out: having them compiled from the models at each opening costs more than all the checks.
    """
    lines = resource("schema.sql").read_text(encoding="utf-8").splitlines()
    statements = "\n".join(line for line in lines if not line.startswith("--")).split(";\n")
    return tuple(statement.strip() for statement in statements if statement.strip())
