"""The trail of changes: in order, and invertible - walked backwards over the present rows without writing one.

Each step back must fit: what a change left (`after`) is what stands there, what it brought in is there, what it took
away is not. Since undoing puts `before` in the place of `after`, the walk also proves every `before` by the `after` of
an earlier change.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from typing import Any

from sqlalchemy import Column, Float, LargeBinary, Table

from app.analysis.soundness.content import text_faults
from app.analysis.soundness.corrections import Texts
from app.analysis.soundness.fault import UNREADABLE, Fault, reason
from app.analysis.soundness.rows import STUDY_TABLES, Row, Tables, is_text, plain, read_rows, row_faults
from app.models import Change, load_all
from app.models.kinds import Phase
from app.models.splicing import OP
from app.models.verbs import BORDERS, KEPT, WITHOUT_IMAGES, Verb

NEWEST = 50_000
"""How many rows of the journal are walked unless the whole of it is asked for."""

_UNDO_STOPS = "Undo stops there; the present state of the study is not concerned."


def change_faults(connection: sqlite3.Connection, changes: dict[int, Row]) -> Iterator[Fault]:
    """The changes themselves: numbered without a gap, each value legal, undo and redo pointing at what they take."""
    table = load_all().tables[Change.__tablename__]
    expected = 1
    for seq, change in sorted(changes.items()):
        if seq != expected:
            yield Fault("Changes are missing from the trail", f"before change {seq}", _UNDO_STOPS)
        expected = seq + 1
        yield from row_faults(table, seq, change)
        if change["verb"] not in set(Verb) or not change["label"]:
            yield Fault("A change does not say what it is", f"change {seq}", _UNDO_STOPS)
        elif not _undoes_rightly(change, changes.get(change["undoes"])):
            yield Fault("A change takes back what cannot be taken back", f"change {seq}", _UNDO_STOPS)
        if change["phase"] is not None and change["phase"] not in set(Phase):
            yield Fault("A change names a phase that there is not", f"change {seq}", _UNDO_STOPS)
    if changes and changes[min(changes)]["verb"] != Verb.CREATE_STUDY:
        yield Fault("The trail does not begin with the making of the study", f"change {min(changes)}", _UNDO_STOPS)
    yield from _counter_faults(connection, expected - 1)


def read_changes(connection: sqlite3.Connection, faults: list[Fault]) -> dict[int, Row]:
    """{seq: change}."""
    rows = read_rows(connection, load_all().tables[Change.__tablename__], faults)
    return {row["seq"]: row for row in rows if isinstance(row["seq"], int)}


def journal_faults(
    connection: sqlite3.Connection, tables: Tables, changes: dict[int, Row], *, full: bool
) -> Iterator[Fault]:
    """Walk back; `tables` are used up on the way. Stops at the newest border but the making of the study."""
    border = max((seq for seq, change in changes.items() if change["verb"] in WITHOUT_IMAGES), default=0)
    limit = -1 if full else NEWEST
    walk, walked, newest = _Walk(connection, tables), 0, None
    try:
        for seq, *entry in connection.execute(
            "SELECT change_seq, table_name, row_id, op, before, after FROM main.change_row NOT INDEXED"
            " WHERE change_seq > ? ORDER BY id DESC LIMIT ?",
            (border, limit),
        ):
            walked += 1
            if seq not in changes or (newest is not None and seq > newest):
                yield Fault("The journal is out of order", f"change {plain(seq)}", _UNDO_STOPS)
            else:
                newest = seq
            for what in walk.step_back(*entry):
                yield Fault(what, f"journal of change {plain(seq)}, {plain_table(entry[0])}", _UNDO_STOPS)
    except UNREADABLE as error:
        yield Fault("The journal cannot be read to its end", reason(error), _UNDO_STOPS)
        return
    if not border and walked != limit:
        yield from walk.left_over()


def plain_table(name: object) -> str:
    """A table's name, fit to be printed."""
    return str(name) if name in STUDY_TABLES else ascii(name)[:40]


class _Walk:
    """The rows of a study on their way back through the journal."""

    def __init__(self, connection: sqlite3.Connection, tables: Tables) -> None:
        self._tables = tables
        self._texts = Texts(connection, tables)

    def step_back(self, table_name: Any, row_id: Any, op: Any, before: Any, after: Any) -> Iterator[str]:
        """Take one entry back; says what does not fit."""
        table = STUDY_TABLES.get(table_name)
        if table is None or not is_text(row_id):
            yield "An entry speaks of a table or row that cannot be"
            return
        if op == OP and table.name == "source":
            yield from self._texts.unsplice(row_id, before, after)
            return
        try:
            old, new = _image(table, before), _image(table, after)
        except (ValueError, KeyError, TypeError, AttributeError):
            yield "An entry cannot be read"
            return
        rows = self._tables[table.name]
        if op == "insert" and old is None and new is not None:
            yield from self._uninsert(rows, row_id, new)
        elif op == "delete" and old is not None and new is None:
            yield from self._undelete(table, rows, row_id, old)
        elif op == "update" and old is not None and new is not None:
            yield from self._unupdate(table, rows, row_id, old, new)
        else:
            yield "An entry is not whole"

    def left_over(self) -> Iterator[Fault]:
        """Rows that no change brought in."""
        for name, rows in self._tables.items():
            for key in rows:
                yield Fault("A row was brought in by no change", f"{name} {plain(key)}", "Where it is from is unknown.")

    def _uninsert(self, rows: dict[str, Row], key: str, new: Row) -> Iterator[str]:
        row = rows.pop(key, None)
        if row is None:
            yield "A row that a change brought in is not there"
        elif new != row:
            yield "A row is not as a change left it"

    def _undelete(self, table: Table, rows: dict[str, Row], key: str, old: Row) -> Iterator[str]:
        if key in rows:
            yield "A row that a change deleted is there"
        if old.keys() != {column.name for column in table.columns} or old["id"] != key:
            yield "A deleted row is not kept whole"
        yield from _damaged_text(old)
        if table.name == "source":
            self._texts.set(key, old.get("text"))
        rows[key] = {column: value for column, value in old.items() if not table.columns[column].info.get("bulky")}

    def _unupdate(self, table: Table, rows: dict[str, Row], key: str, old: Row, new: Row) -> Iterator[str]:
        row = rows.get(key)
        if row is None:
            yield "A row that a change touched is not there"
            return
        if not old or old.keys() != new.keys() or any(old[column] == new[column] for column in old):
            yield "An entry is not whole"
        slim = {column for column in old if not table.columns[column].info.get("bulky")}
        if any(row.get(column) != new.get(column) for column in slim):
            yield "A row is not as a change left it"
        if "text" in new and table.name == "source":
            yield from _damaged_text({**row, "text": new["text"]})
        row.update({column: old[column] for column in slim})
        if "text" in old and table.name == "source":
            yield from _damaged_text({**row, "text": old["text"]})
            self._texts.set(key, old["text"])


def _image(table: Table, image: object) -> Row | None:
    """One side of an entry as the values that the table would hold. Raises ValueError, KeyError, TypeError."""
    if image is None:
        return None
    if not isinstance(image, str) or not is_text(image):
        raise TypeError
    return {name: _decoded(table.columns[name], value) for name, value in json.loads(image).items()}


def _decoded(column: Column[Any], value: Any) -> Any:
    if value is None:
        return None
    if isinstance(column.type, LargeBinary):
        return bytes.fromhex(value)
    return float(value) if isinstance(column.type, Float) else value


def _damaged_text(source: Row) -> Iterator[str]:
    """The text of a source that the journal keeps, against its hash."""
    if "text_hash" in source:
        yield from (fault.what for fault in text_faults(source, source["text"], ""))


def _undoes_rightly(change: Row, taken: Row | None) -> bool:
    """An undo takes back a change of the researcher's, a redo takes back an undo; both carry its label."""
    if change["verb"] not in {Verb.UNDO, Verb.REDO}:
        return change["undoes"] is None
    if taken is None or taken["label"] != change["label"] or taken["seq"] >= change["seq"]:
        return False
    if change["verb"] == Verb.REDO:
        return bool(taken["verb"] == Verb.UNDO)
    return taken["verb"] not in {Verb.UNDO, Verb.REDO} | KEPT | BORDERS


def _counter_faults(connection: sqlite3.Connection, last: int) -> Iterator[Fault]:
    """The counter that SQLite keeps knows of the newest change, even if that is gone."""
    try:
        counters = dict(connection.execute("SELECT name, seq FROM main.sqlite_sequence").fetchall())
        last_row = connection.execute("SELECT ifnull(max(id), 0) FROM main.change_row").fetchone()[0]
    except UNREADABLE as error:
        yield Fault("The counters of the trail cannot be read", reason(error), _UNDO_STOPS)
        return
    rows_counted = counters.get("change_row", 0)
    if counters.get("change", 0) != last or not isinstance(rows_counted, int) or rows_counted < last_row:
        yield Fault("The newest changes are missing from the trail", "table sqlite_sequence", _UNDO_STOPS)
