"""Which change undo and redo would take next, read from the journal alone, so that it survives closing.

An undo is a change that `undoes` another; a redo is a change that undoes an undo. What undo takes back is always the
change as it was first made (a redo brings back the very same rows), so one step down from an undo is what lies below
the change it names, however often the two have alternated.
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
            seq = row[3] - 1
        elif row[1] == Verb.REDO:
            seq = _undone_by(connection, row[3])
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


def step_of(connection: sqlite3.Connection, seq: int) -> Step | None:
    """The change of this number."""
    row = _row(connection, seq)
    return None if row is None else _step(seq, row)


def _undone_by(connection: sqlite3.Connection, undo: int) -> int:
    """Which change the undo `undo` took back."""
    row = _row(connection, undo)
    return 0 if row is None else row[3]


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
