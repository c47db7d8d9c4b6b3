"""The file of a study, looked at without touching a byte: its header, its size, its pages, its schema."""

from __future__ import annotations

import io
import sqlite3
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO
from urllib.parse import quote

from app import cipher
from app.analysis.soundness.fault import UNREADABLE, Fault, reason
from app.cipher import PAGE, Secret, StudyKey, unlock
from app.errors import PasswordNeeded, StudyInUse
from app.models.migrations import SCHEMA, expected_schema
from app.models.seal import Standing, standing
from app.models.sqlite import APPLICATION_ID, MAGIC, schema_of
from app.rollback import rolled_back

HEADER = 100
MOST_PAGE_FAULTS = 100
PATIENCE = 2.0
"""Seconds to wait for somebody who is writing."""

_UNTOUCHED = "Nothing more can be said of it; it was left untouched."
BACKUP = "Open a backup, and keep this file for salvage."

_FIXED = (
    (18, b"\x01\x01", "how it is written"),
    (21, b"\x40\x20\x20", "the payload fractions"),
    (44, b"\x00\x00\x00\x04", "the schema format"),
    (48, bytes(8), "the cache size"),
    (56, b"\x00\x00\x00\x01", "the text encoding"),
    (64, bytes(4), "the vacuum mode"),
    (72, bytes(20), "the reserved bytes"),
)
"""(offset, bytes, meaning) of what the header of every study says alike."""


@dataclass(frozen=True)
class Look:
    """A file opened for looking. Without a connection, `faults` say why SQLite cannot read it.

    An encrypted file has no header that could be read; `faults` say what its check sums say. `standing` is what the
    seal says, None where it should be and is not.
    """

    header: bytes
    size: int
    connection: sqlite3.Connection | None
    faults: tuple[Fault, ...] = ()
    standing: Standing | None = Standing.NONE


def look_at(path: Path, password: Secret | None = None) -> Look:
    """Open a file to look at it; an unfinished change is taken back in memory. Raises StudyInUse, OSError."""
    try:
        key = unlock(path, password)
    except PasswordNeeded as error:
        return Look(b"", 0, None, (Fault("The file cannot be read", path.name, error.sentence),))
    if key is not None:
        return _look_at_encrypted(path, key)
    with path.open("rb") as file:
        header = file.read(HEADER)
    size = path.stat().st_size
    refusal = _no_study(path, header, size)
    if refusal is not None:
        return Look(header, size, None, (refusal,))
    uri = f"file:{quote(str(path.resolve()))}?mode=ro"
    connection = sqlite3.connect(uri, uri=True, isolation_level=None, timeout=PATIENCE)
    try:
        _begin(connection)
    except UNREADABLE as error:
        connection.close()
        if reason(error).startswith("SQLITE_BUSY"):
            raise StudyInUse(f"“{path.name}” is being written at this moment. Try again.") from error
        journal = path.with_name(path.name + "-journal")
        if journal.exists():
            return _look_in_memory(rolled_back(path.read_bytes(), journal.read_bytes()))
        return Look(header, size, None, (*header_faults(header, size), _unreadable(error)))
    with path.open("rb") as file:  # again, now that nobody can write in between
        header = file.read(HEADER)
        return Look(header, path.stat().st_size, connection, standing=_standing(connection, file))


def header_faults(header: bytes, size: int) -> Iterator[Fault]:
    """What the first hundred bytes say, against what they say in every study and against the file's size."""
    for place, expected, meaning in _FIXED:
        if header[place : place + len(expected)] != expected:
            yield _in_header(meaning)
    page_size = int.from_bytes(header[16:18])
    page_size = 65536 if page_size == 1 else page_size
    if page_size < 512 or page_size & (page_size - 1):
        yield _in_header("the page size")
    elif int.from_bytes(header[28:32]) * page_size != size:
        stated = int.from_bytes(header[28:32]) * page_size
        yield Fault(
            "The file is shorter than its header says" if size < stated else "The file is longer than its header says",
            f"{size} bytes instead of {stated}",
            f"A part of the study is missing. {BACKUP}" if size < stated else "What follows is no part of the study.",
        )
    if header[24:28] != header[92:96]:
        yield _in_header("the change counter")
    if not 3_000_000 <= int.from_bytes(header[96:100]) < 4_000_000:
        yield _in_header("the version of SQLite")


def page_faults(connection: sqlite3.Connection) -> Iterator[Fault]:
    """What SQLite itself finds wrong: pages, indexes, constraints, references."""
    try:
        for (line,) in connection.execute(f"PRAGMA integrity_check({MOST_PAGE_FAULTS})"):
            if line != "ok":
                yield Fault("The database is damaged", " ".join(str(line).split()), BACKUP)
    except UNREADABLE as error:
        yield _unreadable(error)
    try:
        for table, row, parent, _ in connection.execute("PRAGMA foreign_key_check"):
            yield Fault(
                "A row points to one that is not there",
                f"table {table}, row {row}, towards {parent}",
                "What it belonged to is lost or its key is damaged.",
            )
    except UNREADABLE as error:
        yield _unreadable(error)


def schema_faults(connection: sqlite3.Connection) -> Iterator[Fault]:
    """Tables, indexes and constraints, against those of this version of the program."""
    try:
        found, expected = schema_of(connection), expected_schema()
    except UNREADABLE as error:
        yield _unreadable(error)
        return
    for kind, name in sorted(found.keys() | expected.keys()):
        a_kind = f"An {kind}" if kind == "index" else f"A {kind}"
        if (kind, name) not in found:
            yield Fault(f"{a_kind} is missing", legible(name), "The study cannot be opened.")
        elif (kind, name) not in expected:
            yield Fault(f"{a_kind} is there that is not a study's own", legible(name), "The study is not opened.")
        elif found[kind, name] != expected[kind, name]:
            yield Fault(f"{a_kind} is not as it should be", legible(name), "The study cannot be opened.")


def seal_faults(path: Path, stands: Standing | None, *, alone: bool) -> Iterator[Fault]:
    """What the seal says, if it says that something is wrong; `alone`: nothing else was found."""
    if stands is Standing.BROKEN:
        where = "It lies where no word or row is, or in words of the trail of changes. " if alone else ""
        yield Fault(
            "The file was changed after the study was closed, not by this program",
            f"{path.name}, one byte or more",
            f"{where}The disk or another program did this. {BACKUP}",
        )
    elif stands is None and alone:
        yield Fault("The seal is not in its place", path.name, "A row that every study has is gone or damaged.")


def legible(name: str) -> str:
    """A name from a damaged file, fit to be printed."""
    return name.encode("utf-8", "backslashreplace").decode() if name.isprintable() else ascii(name)


def _look_at_encrypted(path: Path, key: StudyKey) -> Look:
    """The same for an encrypted study. What a crash cut off is taken back in a copy, which is as encrypted."""
    size, journal = path.stat().st_size, path.with_name(path.name + "-journal")
    content = rolled_back(path.read_bytes(), journal.read_bytes()) if journal.exists() else b""
    with tempfile.TemporaryDirectory(prefix="reflexa-") as folder:
        looked_at = path.resolve()
        if content:
            looked_at, size = Path(folder) / "copy", len(content)
            looked_at.write_bytes(content)
        connection = cipher.connect(f"file:{quote(str(looked_at))}?mode=ro", key, timeout=PATIENCE)
        try:
            _begin(connection)
            version = int(connection.execute("PRAGMA user_version").fetchone()[0])
            ours = connection.execute("PRAGMA application_id").fetchone()[0] == APPLICATION_ID
            faults = tuple(_encryption_faults(connection, size))
            if content:  # the folder goes; Windows lets no open file go
                whole = cipher.connect(":memory:", key)
                connection.execute("ROLLBACK")
                connection.backup(whole)
                connection.close()
                connection = whole
                _begin(connection)
        except UNREADABLE as error:
            connection.close()
            if reason(error).startswith("SQLITE_BUSY"):
                raise StudyInUse(f"“{path.name}” is being written at this moment. Try again.") from error
            return Look(b"", size, None, (_unreadable(error),))
    refusal = _other_format(path, version) if ours else _not_ours(path)
    if refusal is not None:
        connection.close()
        return Look(b"", size, None, (refusal,))
    return Look(b"", size, connection, faults)


def _encryption_faults(connection: sqlite3.Connection, size: int) -> Iterator[Fault]:
    """What the check sums of an encrypted study say: each page, used or not, has one that only its key can make."""
    try:
        for (line,) in connection.execute("PRAGMA cipher_integrity_check"):
            yield Fault("A page of the encrypted file was changed", " ".join(str(line).split()), BACKUP)
    except UNREADABLE as error:
        yield _unreadable(error)
    stated = int(connection.execute("PRAGMA page_count").fetchone()[0]) * PAGE
    if stated != size:
        yield Fault("The file is not as long as its header says", f"{size} bytes instead of {stated}", BACKUP)


def _look_in_memory(content: bytes) -> Look:
    """The same on a copy in memory, from which the unfinished change has been taken back."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    try:
        connection.deserialize(content)
        _begin(connection)
    except UNREADABLE as error:
        connection.close()
        header, size = content[:HEADER], len(content)
        return Look(header, size, None, (*header_faults(header, size), _unreadable(error)))
    return Look(content[:HEADER], len(content), connection, standing=_standing(connection, io.BytesIO(content)))


def _standing(connection: sqlite3.Connection, file: BinaryIO) -> Standing | None:
    try:
        return standing(connection, file)
    except (*UNREADABLE, OSError, ValueError):
        return None


def _begin(connection: sqlite3.Connection) -> None:
    """One moment of the study, whoever writes meanwhile; bytes that are no text come through to be named."""
    connection.text_factory = lambda raw: raw.decode("utf-8", "surrogateescape")
    for pragma in ("trusted_schema=OFF", "cell_size_check=ON", "query_only=ON", "mmap_size=0", "temp_store=MEMORY"):
        connection.execute(f"PRAGMA {pragma}")
    connection.execute("BEGIN")
    connection.execute("SELECT count(*) FROM main.sqlite_schema").fetchone()


def _no_study(path: Path, header: bytes, size: int) -> Fault | None:
    if size == 0:
        return Fault("The file is empty", path.name, "Open a backup.")
    if len(header) < HEADER or not header.startswith(MAGIC):
        return Fault("The file does not begin as a study does", path.name, _UNTOUCHED)
    if int.from_bytes(header[68:72]) != APPLICATION_ID:
        return _not_ours(path)
    return _other_format(path, int.from_bytes(header[60:64]))


def _not_ours(path: Path) -> Fault:
    return Fault("The file is not a Reflexa study", path.name, _UNTOUCHED)


def _other_format(path: Path, version: int) -> Fault | None:
    if version > SCHEMA:
        return Fault(f"The study is of format {version}, newer than this program ({SCHEMA})", path.name, _UNTOUCHED)
    if version < SCHEMA:
        return Fault(f"The study is of the older format {version}", path.name, "Open it once to bring it up to date.")
    return None


def _in_header(meaning: str) -> Fault:
    return Fault("The header of the file is damaged", meaning, BACKUP)


def _unreadable(error: Exception) -> Fault:
    return Fault("The database cannot be read to its end", reason(error), BACKUP)
