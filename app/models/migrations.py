"""The schema's number and the way from every older one to it: one function a step, all in one transaction."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from datetime import UTC, datetime
from functools import cache
from hashlib import sha256
from typing import Any

from sqlalchemy import Column

from app.models import load_all
from app.models.approach import as_statement
from app.models.base import Moment, new_key
from app.models.kinds import Origin
from app.models.seal import make_room
from app.models.sqlite import APPLICATION_ID, schema_of
from app.models.verbs import Verb
from app.resources import resource

SCHEMA = 3

OLDEST = 1

DIGEST = "-- Its digest: "
"""How the line of schema.sql begins that holds the `schema_digest` of a new study."""

FORMER = {
    1: "639376da736b287996474378e280a22e5fb43fe30cbcc5a46997e58fe1daff10",
    2: "d09b069890d627a0fd183672a7b40c0e80afc9ca7f5c749ebf80f6002c96202e",
}
"""{schema number: `schema_digest` of a study of it}, so that a file with somebody's trigger in it is never migrated."""


class MigrationFailed(Exception):
    """What the steps came to is not a sound study of the present schema."""


def conform(connection: sqlite3.Connection) -> None:
    """Give the file the tables and indexes of the present schema; every row stays.

    A new table comes empty, and a new column with what the models preset; an index that they state no more goes. What
    only changes its shape needs no more than this; a step that moves words from one column to another does so before.
    """
    present = schema_of(connection)
    stated = {_made_by(statement) for statement in _statements()}
    for kind, name in present.keys() - stated:
        if kind == "index" and present[kind, name]:  # SQLite's own indexes have no statement and go with their table
            connection.execute(f'DROP INDEX main."{name}"')
    for statement in _statements():
        kind, name = _made_by(statement)
        found = present.get((kind, name))
        if found == " ".join(statement.split()):
            continue
        if found is not None and kind == "table":
            _rebuild(connection, name, statement)
        elif found is None or kind == "table":
            connection.execute(statement)
        else:
            connection.execute(f'DROP INDEX main."{name}"')
            connection.execute(statement)
    _make_missing_indexes(connection)


def _rebuild(connection: sqlite3.Connection, name: str, statement: str) -> None:
    """Make a table anew and put its rows back. Its indexes go with the old one."""
    connection.execute(f'CREATE TEMP TABLE kept AS SELECT * FROM main."{name}"')
    connection.execute(f'DROP TABLE main."{name}"')
    connection.execute(statement)
    before = {str(row[1]) for row in connection.execute("PRAGMA temp.table_info(kept)")}
    table = load_all().tables[name]
    values = {
        column.name: f'"{column.name}"' if column.name in before else _preset(column)
        for column in table.columns
        if column.name in before or not column.nullable
    }
    names = ", ".join(f'"{one}"' for one in values)
    connection.execute(f'INSERT INTO main."{name}" ({names}) SELECT {", ".join(values.values())} FROM temp.kept')
    connection.execute("DROP TABLE temp.kept")


def _preset(column: Column[Any]) -> str:
    """What the models preset for a column, as SQL."""
    value = getattr(column.default, "arg", None)
    if isinstance(value, str):
        return "'" + str(value).replace("'", "''") + "'"
    if isinstance(value, int | float):
        return str(int(value) if isinstance(value, bool) else value)
    raise MigrationFailed(f"nothing is preset for {column}")


def _make_missing_indexes(connection: sqlite3.Connection) -> None:
    present = schema_of(connection)
    for statement in _statements():
        if _made_by(statement) not in present:
            connection.execute(statement)


def _made_by(statement: str) -> tuple[str, str]:
    """("table" or "index", name) of a CREATE statement."""
    words = statement.replace("(", " ").split()
    at = 2 if words[1] == "UNIQUE" else 1
    return words[at].lower(), words[at + 1].strip('"')


def _second(connection: sqlite3.Connection) -> None:
    """Journal, approach, phases, checklists and more come in; the approach that the study's own row told becomes the
    first version of the statement.
    """
    told, at = connection.execute("SELECT approach, created_at FROM study").fetchone() or ("{}", None)
    conform(connection)
    former = json.loads(told or "{}")
    statement = as_statement(former) if isinstance(former, dict) else {}
    if statement:
        connection.execute(
            "INSERT INTO approach_version (id, at, statement, reason) VALUES (?, ?, ?, '')",
            (new_key(), at, json.dumps(statement, ensure_ascii=False)),
        )


def _third(connection: sqlite3.Connection) -> None:
    """The room for the seal comes in."""
    conform(connection)
    make_room(connection)


STEPS: dict[int, Callable[[sqlite3.Connection], None]] = {
    2: _second,
    3: _third,
}
"""{number that a step leads to: the step}. The first schema is made by `create_schema`, so it needs none.

A step works with foreign keys off (rebuilding a table would otherwise delete its children) and must leave exactly the
schema that the models state: a column is added by rebuilding its table, because the file is compared with them.
"""


def create_schema(connection: sqlite3.Connection) -> None:
    """Make all tables in an empty file, inside the open transaction."""
    for statement in _statements():
        connection.execute(statement)
    make_room(connection)
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


def is_ours(schema: dict[tuple[str, str], str], version: int) -> bool:
    """Whether a file of schema number `version` holds the tables and indexes of a study and nothing else."""
    expected = _present_digest() if version == SCHEMA else FORMER.get(version)
    return schema_digest(schema) == expected


def schema_digest(schema: dict[tuple[str, str], str]) -> str:
    """A short sum of what `schema_of` says."""
    told = "\n".join(f"{kind} {name} {sql}" for (kind, name), sql in sorted(schema.items()))
    return sha256(told.encode()).hexdigest()


@cache
def _present_digest() -> str:
    """`schema_digest` of the present schema, as `make schema` wrote it down: every opening asks for it."""
    with resource("schema.sql").open(encoding="utf-8") as file:
        return next((line.split()[-1] for line in file if line.startswith(DIGEST)), "")


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
