"""The only module that knows what is special about SQLite: the file's header, its pragmas, transactions, backup.

A rollback journal with synchronous=EXTRA keeps one study one file that may be copied or synced at any time; WAL was
measured and refused (a copy of an open study had no table at all; WAL/NORMAL lost acknowledged work).
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from types import ModuleType
from urllib.parse import quote

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.pool import StaticPool

from app import cipher
from app.cipher import StudyKey, key_of
from app.models.seal import seal

APPLICATION_ID = 0x52464C58
"""RFLX: tells a study from any other SQLite file."""

PATIENCE = 2.0
"""Seconds to wait for another process that is writing at this moment."""

MAGIC = b"SQLite format 3\x00"

PRAGMAS = (
    "journal_mode=DELETE",
    "synchronous=EXTRA",
    "foreign_keys=ON",
    "secure_delete=ON",
    "trusted_schema=OFF",
    "temp_store=MEMORY",
    "cell_size_check=ON",
    "cache_size=-32000",
    "mmap_size=0",
    "recursive_triggers=OFF",
)


def read_header(path: Path) -> tuple[int, int] | None:
    """(application_id, user_version) straight from the file's bytes, or None if it is no SQLite file.

    SQLite itself is not asked, so that a foreign file is not touched in any way; Raises OSError.
    """
    with path.open("rb") as file:
        head = file.read(100)
    if len(head) < 100 or not head.startswith(MAGIC):
        return None
    return int.from_bytes(head[68:72]), int.from_bytes(head[60:64])


def encrypted_header(path: Path, key: StudyKey) -> tuple[int, int]:
    """The same of an encrypted study, as the driver reads it. Raises sqlite3.Error."""
    with closing(connect(path, read_only=True, key=key)) as connection:
        one, other = (connection.execute(f"PRAGMA {name}") for name in ("application_id", "user_version"))
        return int(one.fetchone()[0]), int(other.fetchone()[0])


def missing_bytes(path: Path) -> int:
    """How many bytes the file lacks against the size its own header states; 0 for a whole file. Raises OSError."""
    with path.open("rb") as file:
        head = file.read(100)
    page_size = int.from_bytes(head[16:18])
    page_size = 65536 if page_size == 1 else page_size
    return max(0, int.from_bytes(head[28:32]) * page_size - path.stat().st_size)


def connect(path: Path, *, read_only: bool, key: StudyKey | None = None) -> sqlite3.Connection:
    """Open an existing file; never creates one. Raises sqlite3.Error.

    With a key it is an encrypted one. Its driver's connections and errors can be used as those of `sqlite3`.
    """
    mode = "ro" if read_only else "rw"
    uri = f"file:{quote(str(path.resolve()))}?mode={mode}"
    if key is not None:
        connection = cipher.connect(uri, key, timeout=PATIENCE)
    else:
        connection = sqlite3.connect(uri, uri=True, check_same_thread=False, isolation_level=None, timeout=PATIENCE)
    for pragma in PRAGMAS:
        if not (read_only and pragma.startswith("journal_mode")):
            connection.execute(f"PRAGMA {pragma}")
    return connection


def connect_beside(connection: sqlite3.Connection, path: Path) -> sqlite3.Connection:
    """One more connection for reading, of the kind of `connection` and with its key: to its file, or to a copy of it.

    It sees what is committed, whatever is being done through the other one. Raises sqlite3.Error.
    """
    return connect(path, read_only=True, key=key_of(connection))


def engine_on(connection: sqlite3.Connection) -> Engine:
    """An engine over exactly this one connection.

    The driver's own transaction handling is off (isolation_level None) and BEGIN is sent here, because the driver
    would otherwise commit before DDL, and a migration could not be one transaction. Parameters are hidden, because an
    error must not repeat a participant's words.
    """
    engine = create_engine(
        "sqlite://",
        creator=lambda: connection,
        poolclass=StaticPool,
        module=driver_of(connection),
        hide_parameters=True,
        pool_reset_on_return=None,  # a session has ended its transaction before it gives the connection back
    )

    @event.listens_for(engine, "begin")
    def begin(opened: Connection) -> None:
        writes = opened.get_execution_options().get("writes", False)
        connection.execute("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def driver_of(connection: sqlite3.Connection) -> ModuleType:
    """The module that a connection comes from, plain or encrypted."""
    return sqlite3 if isinstance(connection, sqlite3.Connection) else cipher.driver()


def error_name(error: BaseException) -> str:
    """SQLite's own word for an error, such as SQLITE_CONSTRAINT_UNIQUE; empty for what is none of its errors."""
    name = str(getattr(error, "sqlite_errorname", ""))
    if name == "SQLITE_CONSTRAINT" and str(error).startswith("UNIQUE"):  # SQLCipher's driver says less
        return "SQLITE_CONSTRAINT_UNIQUE"
    return name


def schema_of(connection: sqlite3.Connection) -> dict[tuple[str, str], str]:
    """{(type, name): SQL} of everything in the file's own schema, white space evened out.

    Nothing is left out by its name: a trigger may well be called `sqlite...` to hide.
    """
    rows = connection.execute("SELECT type, name, sql FROM main.sqlite_schema")
    # a damaged file may hold bytes where words belong
    return {(str(kind), str(name)): " ".join(str(sql or "").split()) for kind, name, sql in rows}


def backup(connection: sqlite3.Connection, target: Path | str) -> sqlite3.Connection:
    """Copy the live database page by page into `target` (a path, or ":memory:"); returns the open copy.

    A copy on disk is sealed and may be read by its owner alone, like the study itself, and the copy of an encrypted
    study is encrypted with the same key. Raises OSError, sqlite3.Error.
    """
    key = key_of(connection)
    if isinstance(target, Path):
        target.touch(mode=0o600)
    if key is not None:
        where = f"file:{quote(str(target.resolve()))}?mode=rw" if isinstance(target, Path) else target
        copy = cipher.connect(where, key)
    else:
        copy = sqlite3.connect(target, check_same_thread=False, isolation_level=None)
    try:
        connection.backup(copy)
        if isinstance(target, Path):
            seal(copy, target)
    except BaseException:
        copy.close()
        raise
    return copy
