"""Taking a copy of a study back to what it was at an earlier moment.

Each change after that moment is taken back by its entry, newest first, exactly as undo does it; so the study passes
through the very states that it was in. The journal is not written meanwhile: the copy is for looking only.
"""

from __future__ import annotations

import sqlite3

from app.errors import NotPossible
from app.models.journal import invert, mark_current
from app.models.undo_list import Step, step_of
from app.models.verbs import BORDERS


def last_border(connection: sqlite3.Connection) -> Step | None:
    """The newest change before which nothing can be seen any more, or None in an empty journal."""
    marks = ", ".join("?" * len(BORDERS))
    row = connection.execute(
        f"SELECT max(seq) FROM change WHERE verb IN ({marks})", [verb.value for verb in BORDERS]
    ).fetchone()
    return None if row[0] is None else step_of(connection, row[0])


def rewind(connection: sqlite3.Connection, seq: int) -> None:
    """Make the study on this connection what it was right after change `seq`. Only ever for a copy in memory.

    Raises NotPossible behind the last border, JournalBroken if the journal does not fit the rows.
    """
    border = last_border(connection)
    if border is not None and seq < border.seq:
        raise NotPossible(f"One cannot look back behind this step: {border.label}. Nothing was changed.")
    last = connection.execute("SELECT ifnull(max(seq), 0) FROM change").fetchone()[0]
    connection.execute("PRAGMA foreign_keys=OFF")  # each row comes back by its own entry, cascades as well
    connection.execute("BEGIN")
    connection.execute("CREATE TEMP TABLE now_changing (seq INTEGER NOT NULL, splicing INTEGER NOT NULL)")
    mark_current(connection, last + 1)  # what splices write down on the way goes with what is later than `seq`
    for (later,) in connection.execute("SELECT seq FROM change WHERE seq > ? ORDER BY seq DESC", (seq,)).fetchall():
        invert(connection, later)
    connection.execute("DROP TABLE temp.now_changing")
    connection.execute("DELETE FROM change_row WHERE change_seq > ?", (seq,))
    connection.execute("DELETE FROM change WHERE seq > ?", (seq,))
    connection.execute("COMMIT")
    connection.execute("PRAGMA query_only=ON")
