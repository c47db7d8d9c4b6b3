"""Which change undo and redo would take next, read from the journal alone, so that it survives closing.

An undo is a change that `undoes` another; a redo is a change that undoes an undo. What undo takes next is found by
walking back: past an undo lies whatever lay below the change it undid; past a redo of an undo likewise.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import UTC, datetime

from app.models.verbs import BORDERS, KEPT, Verb


@dataclass(frozen=True)
class Step:
    """One entry of the undo or redo list. `is_border` means that undo stops here."""

    seq: int
    label: str
    verb: Verb
    at: datetime
    is_border: bool = False


def next_undo(connection: sqlite3.Connection) -> Step | None:
    """What undo would take back next; a border if undo stops; None in an empty journal."""
    seq = _last(connection)
    while seq:
        row = _row(connection, seq)
        if row is None or row[1] in KEPT:
            seq -= 1
        elif row[1] == Verb.UNDO:
            seq = _below(connection, row[3])
        else:
            return _step(seq, row)
    return None


def next_redo(connection: sqlite3.Connection) -> Step | None:
    """What redo would bring back next (the undo that it takes back), or None."""
    seq = _last(connection)
    while seq:
        row = _row(connection, seq)
        if row is None or row[1] in KEPT:
            seq -= 1
        elif row[1] == Verb.UNDO:
            return _step(seq, row)
        elif row[1] == Verb.REDO:
            seq = row[3] - 1
        else:
            return None
    return None


def _below(connection: sqlite3.Connection, seq: int) -> int:
    """The place in the journal just under change `seq` in the undo list."""
    row = _row(connection, seq)
    while row is not None and row[1] == Verb.REDO:
        undo = _row(connection, row[3])
        if undo is None:
            break
        seq = undo[3]
        row = _row(connection, seq)
    return seq - 1


def _last(connection: sqlite3.Connection) -> int:
    return int(connection.execute("SELECT ifnull(max(seq), 0) FROM change").fetchone()[0])


def _row(connection: sqlite3.Connection, seq: int) -> tuple[str, str, str, int] | None:
    return connection.execute(  # type: ignore[no-any-return]
        "SELECT label, verb, at, undoes FROM change WHERE seq = ?", (seq,)
    ).fetchone()


def _step(seq: int, row: tuple[str, str, str, int]) -> Step:
    label, verb, at, _ = row
    moment = datetime.strptime(at, "%Y-%m-%dT%H:%M:%S.%fZ").replace(tzinfo=UTC)
    return Step(seq, label, Verb(verb), moment, is_border=Verb(verb) in BORDERS)
