"""What the journal forgets for good, and the note that a purge of file and backups is still due."""

from __future__ import annotations

import sqlite3


def forget_images(connection: sqlite3.Connection, seq: int) -> None:
    """Let the journal keep who did what when, up to this change, but not what any row held; a purge is due then."""
    connection.execute("DELETE FROM change_row WHERE change_seq <= ?", (seq,))
    connection.execute("UPDATE change SET purge_due = 1 WHERE seq = ?", (seq,))


def purge_due(connection: sqlite3.Connection) -> int:
    """The newest change after which a purge is still due; 0 for none."""
    return int(connection.execute("SELECT ifnull(max(seq), 0) FROM change WHERE purge_due").fetchone()[0])


def purge_done(connection: sqlite3.Connection) -> None:
    """No purge is due any more."""
    connection.execute("UPDATE change SET purge_due = NULL WHERE purge_due IS NOT NULL")
