"""The head of an entry in the change journal, written with little ado: every action waits for it."""

from __future__ import annotations

import sqlite3
from datetime import datetime

from app.models.base import Moment, Words
from app.models.kinds import Origin
from app.models.verbs import Verb

_MOMENT, _WORDS = Moment(), Words()


def open_entry(
    connection: sqlite3.Connection,
    at: datetime,
    actor: str,
    reason: str | None,
    origin: Origin,
    phase: str | None = None,
) -> int:
    """Begin an entry inside the open transaction; returns its seq. What it is called is said when it is closed.

    Raises NotPossible for a reason that no study can keep.
    """
    made = connection.execute(
        "INSERT INTO change (at, actor, verb, label, reason, origin, phase) VALUES (?, ?, '', '', ?, ?, ?)",
        (
            _MOMENT.process_bind_param(at, None),
            _WORDS.process_bind_param(actor, None),
            _WORDS.process_bind_param(reason or None, None),
            origin.value,
            phase,
        ),
    )
    return int(made.lastrowid or 0)


def close_entry(connection: sqlite3.Connection, seq: int, verb: Verb, label: str) -> None:
    """Say what the change was."""
    connection.execute(
        "UPDATE change SET verb = ?, label = ? WHERE seq = ?", (verb.value, _WORDS.process_bind_param(label, None), seq)
    )


def last_entry(connection: sqlite3.Connection) -> tuple[int, Verb, str] | None:
    """(seq, verb, label) of the newest entry."""
    row = connection.execute("SELECT seq, verb, label FROM change ORDER BY seq DESC LIMIT 1").fetchone()
    return None if row is None else (row[0], Verb(row[1]), row[2])


def mark_undoing(connection: sqlite3.Connection, seq: int, undoes: int) -> None:
    """Say that entry `seq` takes another back."""
    connection.execute("UPDATE change SET undoes = ? WHERE seq = ?", (undoes, seq))


def person_named(connection: sqlite3.Connection, name: str) -> str | None:
    """The key of the researcher of this name."""
    row = connection.execute("SELECT id FROM person WHERE name = ?", (name,)).fetchone()
    return None if row is None else str(row[0])


def open_phase(connection: sqlite3.Connection) -> str | None:
    """The phase that the researcher says to be in now."""
    row = connection.execute(
        "SELECT phase FROM phase_visit WHERE ended_at IS NULL ORDER BY began_at DESC LIMIT 1"
    ).fetchone()
    return None if row is None else str(row[0])


def say_why(connection: sqlite3.Connection, seq: int, reason: str | None) -> None:
    """Add the reason of an entry afterwards; it is no change of the study and no step of undo."""
    connection.execute("UPDATE change SET reason = ? WHERE seq = ?", (_WORDS.process_bind_param(reason, None), seq))
