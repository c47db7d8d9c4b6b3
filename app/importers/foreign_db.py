"""Databases of other programs (SQLite), opened so that they can do nothing: in memory, read-only, not trusted."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from app.importers.draft import ImportRefused

MOST_ROWS = 2_000_000
MAGIC = b"SQLite format 3\x00"


@contextmanager
def foreign_db(name: str, content: bytes, tables: dict[str, set[str]]) -> Iterator[sqlite3.Connection]:
    """A connection on a copy in memory that has these tables with these columns. Raises ImportRefused.

    Views and triggers of the file never run: nothing is written, and only plain tables are read. Nothing is laid on
    the disk, so a crash leaves no words of a participant behind.
    """
    if not content.startswith(MAGIC):
        raise ImportRefused(f"“{name}” is no database, so it cannot be that project.")
    connection = sqlite3.connect(":memory:")
    try:
        connection.deserialize(_settled(content))
        connection.execute("PRAGMA trusted_schema=OFF")
        connection.execute("PRAGMA query_only=ON")
        connection.execute("PRAGMA cell_size_check=ON")
        _check(name, connection, tables)
        yield connection
    except (sqlite3.Error, UnicodeDecodeError, OverflowError) as error:
        raise ImportRefused(
            f"“{name}” is damaged: its tables cannot be read. Open it where it was made and save it again."
        ) from error
    finally:
        connection.close()


def _settled(content: bytes) -> bytes:
    """Without the mark that a journal of its own stands beside the file, which would keep a copy in memory shut."""
    return content[:18] + b"\x01\x01" + content[20:] if content[18:20] == b"\x02\x02" else content


def _check(name: str, connection: sqlite3.Connection, tables: dict[str, set[str]]) -> None:
    plain = "SELECT name FROM sqlite_master WHERE type = 'table' AND upper(ltrim(sql)) NOT LIKE 'CREATE VIRTUAL%'"
    there = {row[0] for row in connection.execute(plain)}
    for table, columns in tables.items():
        if table not in there:
            raise ImportRefused(f"“{name}” has no table “{table}”, so it is no project of that program.")
        held = {row[1] for row in connection.execute(f'PRAGMA table_info("{table}")')}
        missing = columns - held
        if missing:
            raise ImportRefused(f"“{name}” has another form than is known: “{table}” has no “{min(missing)}”.")


def columns_of(connection: sqlite3.Connection, table: str) -> set[str]:
    """The columns of a table; none if it is not there."""
    found = connection.execute("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?", (table,)).fetchone()
    return {row[1] for row in connection.execute(f'PRAGMA table_info("{table}")')} if found else set()


def text_of(value: object) -> str:
    """A value as text, whatever the column holds."""
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    return "" if value is None else str(value)


def as_moment(value: object) -> datetime | None:
    """A moment as these programs write it (UTC where they say nothing); None for what is none."""
    try:
        at = datetime.fromisoformat(text_of(value).strip())
    except ValueError:
        return None
    return at if at.tzinfo is not None else at.replace(tzinfo=UTC)


def as_colour(value: object) -> str:
    """A colour as #RRGGBB, also from the twelve digits of GTK; "" for what is none."""
    said = text_of(value).strip().upper()
    if re.fullmatch("#[0-9A-F]{12}", said):
        return f"#{said[1:3]}{said[5:7]}{said[9:11]}"
    return said if re.fullmatch("#[0-9A-F]{6}", said) else ""
