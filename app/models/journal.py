"""The change journal: TEMP triggers write every touched row down; undo replays them backwards.

The triggers are made from the metadata when a study opens and leave nothing in the file. They see what session events
miss: bulk statements, cascades, columns never loaded. Undoing a change is a change of its own, written by the same
triggers, so redo is nothing but undoing the undo, and an inserted row never needs an image of itself.

The text of a transcript is the exception: correcting it is one entry (`splicing.py`) that holds the words which gave
way and those that came, and moves turns and excerpts without an entry for each of them.

Values travel as JSON: numbers and text as they are, real numbers as SQL text (JSON would round them), bytes as hex.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterable
from functools import cache
from typing import Any

from sqlalchemy import Column, Float, LargeBinary, Table

from app.errors import ReflexaError
from app.models import load_all
from app.models.splice import SpliceBroken
from app.models.splicing import OP, SPLICED, moved_rows, unsplice
from app.resources import resource

JOURNAL_TABLES = frozenset({"change", "change_row"})

STAYING = frozenset({"person"})
"""Tables whose new rows outlive the undo of what brought them in: whose name was said may be at work by now."""


class JournalBroken(ReflexaError):
    """The journal does not fit the rows it speaks of, so a change cannot be taken back."""

    def __init__(self, seq: int, what: str) -> None:
        super().__init__(f"This step cannot be taken back: entry {seq} of the journal speaks of {what}.")


def study_tables() -> list[Table]:
    """Every table whose rows are journalled, parents before children."""
    return [table for table in load_all().sorted_tables if table.name not in JOURNAL_TABLES]


def install_triggers(connection: sqlite3.Connection) -> None:
    """Make the TEMP triggers on this connection. Outside a change they refuse to let anything be written."""
    connection.execute("CREATE TEMP TABLE now_changing (seq INTEGER NOT NULL, splicing INTEGER NOT NULL)")
    connection.executescript(_written_out())


@cache
def _written_out() -> str:
    """The triggers as `make schema` wrote them: making them at each opening would map every class first."""
    return resource("triggers.sql").read_text(encoding="utf-8")


def mark_current(connection: sqlite3.Connection, seq: int | None) -> None:
    """Say which change the triggers write for; None forbids writing."""
    connection.execute("DELETE FROM temp.now_changing")
    if seq is not None:
        connection.execute("INSERT INTO temp.now_changing VALUES (?, 0)", (seq,))


def _value(column: Column[Any], row: str) -> str:
    """SQL for one value of OLD or NEW, in the form it has in the journal."""
    name = f'{row}."{column.name}"'
    if isinstance(column.type, LargeBinary):
        return f"CASE WHEN {name} IS NULL THEN NULL ELSE hex({name}) END"
    if isinstance(column.type, Float):
        return f"CASE WHEN {name} IS NULL THEN NULL ELSE quote({name}) END"
    return name


def _decode(column: Column[Any], value: Any) -> Any:
    if value is None:
        return None
    if isinstance(column.type, LargeBinary):
        return bytes.fromhex(value)
    if isinstance(column.type, Float):
        return float(value)
    return value


def _object(columns: Iterable[Column[Any]], row: str) -> str:
    pairs = ", ".join(f"'{column.name}', {_value(column, row)}" for column in columns)
    return f"json_object({pairs})"


def trigger_statements() -> tuple[str, ...]:
    """CREATE TEMP TRIGGER statements for every table of a study, made from the models."""
    return tuple(statement for table in study_tables() for statement in _triggers(table))


def _triggers(table: Table) -> list[str]:
    columns = list(table.columns)
    slim = [column for column in columns if not column.info.get("bulky")]
    mutable = [column for column in columns if not column.primary_key]
    nothing_open = "NOT EXISTS (SELECT 1 FROM now_changing)"
    guard = f"SELECT RAISE(ABORT, 'a study is changed only inside a change') WHERE {nothing_open}"
    into = "INSERT INTO change_row (change_seq, table_name, row_id, op, before, after)"
    seq = "(SELECT seq FROM now_changing)"
    differs = " OR ".join(f'OLD."{column.name}" IS NOT NEW."{column.name}"' for column in mutable)
    changed = " UNION ALL ".join(
        f"SELECT '{column.name}' AS c, {_value(column, 'OLD')} AS b, {_value(column, 'NEW')} AS a"
        f' WHERE OLD."{column.name}" IS NOT NEW."{column.name}"'
        for column in mutable
    )
    name = table.name
    if name in SPLICED:
        differs = f"({differs}) AND NOT EXISTS (SELECT 1 FROM now_changing WHERE splicing)"
    head = f'CREATE TEMP TRIGGER "{name}_'
    inserted = f"{into} VALUES ({seq}, '{name}', NEW.id, 'insert', NULL, {_object(slim, 'NEW')})"
    deleted = f"{into} VALUES ({seq}, '{name}', OLD.id, 'delete', {_object(columns, 'OLD')}, NULL)"
    updated = (
        f"{into} SELECT {seq}, '{name}', NEW.id, 'update', json_group_object(c, b), json_group_object(c, a)"
        f" FROM ({changed})"
    )
    return [
        f'{head}inserted" AFTER INSERT ON main."{name}" BEGIN {guard}; {inserted}; END;',
        f'{head}deleted" AFTER DELETE ON main."{name}" BEGIN {guard}; {deleted}; END;',
        f'{head}updated" AFTER UPDATE ON main."{name}" WHEN {differs} BEGIN {guard}; {updated}; END;',
    ]


def invert(connection: sqlite3.Connection, seq: int, staying: Collection[str] = ()) -> None:
    """Take back every row of change `seq`, last first, inside the open transaction; new rows of tables `staying` stay.

    Raises JournalBroken.
    """
    connection.execute("PRAGMA defer_foreign_keys=ON")
    rows = connection.execute(
        "SELECT table_name, row_id, op, before, after FROM change_row WHERE change_seq = ? ORDER BY id DESC", (seq,)
    ).fetchall()
    tables = load_all().tables
    for table_name, row_id, op, before, after in rows:
        table = tables.get(table_name)
        if table is None:
            raise JournalBroken(seq, f"a table {table_name} that is not there")
        if op == OP:
            try:
                unsplice(connection, _current(connection), row_id, before, after)
            except SpliceBroken as error:
                raise JournalBroken(seq, "words that are not there") from error
            continue
        if op == "insert" and table_name in staying:
            continue
        if op == "insert":
            done = connection.execute(f'DELETE FROM main."{table_name}" WHERE id = ?', (row_id,)).rowcount
        else:
            try:
                image = json.loads(before)
                values = [_decode(table.columns[name], value) for name, value in image.items()]
            except (KeyError, ValueError, TypeError, AttributeError) as error:
                raise JournalBroken(seq, "a column that is not there") from error
            names = [f'"{name}"' for name in image]
            if op == "delete":
                marks = ", ".join("?" * len(values))
                statement = f'INSERT INTO main."{table_name}" ({", ".join(names)}) VALUES ({marks})'
                done = connection.execute(statement, values).rowcount
            else:
                setting = ", ".join(f"{name} = ?" for name in names)
                statement = f'UPDATE main."{table_name}" SET {setting} WHERE id = ?'
                done = connection.execute(statement, [*values, row_id]).rowcount
        if done != 1:
            raise JournalBroken(seq, f"a row of {table_name} that is not there")


def _current(connection: sqlite3.Connection) -> int:
    """The change that the triggers write for."""
    return int(connection.execute("SELECT seq FROM temp.now_changing").fetchone()[0])


def newest_row(connection: sqlite3.Connection) -> int:
    """The number of the row that was written last to the journal, 0 for none."""
    return int(connection.execute("SELECT coalesce(max(id), 0) FROM change_row").fetchone()[0])


def touched_rows(connection: sqlite3.Connection, seq: int, after: int = 0) -> dict[str, frozenset[str]]:
    """{table: ids of the rows that change `seq` touched}; a correction touches all turns and excerpts of its source.

    `after`: only what came after this row of the journal, where a change is continued.
    """
    touched: dict[str, set[str]] = {}
    spliced = set()
    for table_name, row_id, op in connection.execute(
        "SELECT table_name, row_id, op FROM change_row WHERE change_seq = ? AND id > ?", (seq, after)
    ):
        touched.setdefault(table_name, set()).add(row_id)
        if op == OP:
            spliced.add(row_id)
    for source_id in spliced:
        for table_name, ids in moved_rows(connection, source_id).items():
            touched.setdefault(table_name, set()).update(ids)
    return {table: frozenset(ids) for table, ids in touched.items()}
