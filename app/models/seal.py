"""The seal: a sum over the bytes of a study's file, written when it is closed, by which one flipped bit is seen.

Half of a young study's bytes hold nothing, and no check of words and rows can miss a bit there. The seal is one row
with one value of a fixed size at a fixed place: the change counter that the file has once the seal is written, and the
SHA-256 of the file as it is then. Left out are that value itself and the free pages that hang on a list: SQLite does
not put them back when it takes back a change that a crash cut off. While the header shows the sealed counter, nobody
has written to the file since by way of SQLite, so every byte must be as it was. With another counter (a crash, or
another program) there is no seal, and nothing is said.

It is no part of what is studied: no mapped class, no trigger, no change, no undo. An encrypted study needs none, since
each of its pages has a check sum of its own.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from contextlib import suppress
from enum import Enum
from pathlib import Path
from typing import BinaryIO

from app.cipher import key_of

TABLE = "seal"
CREATE = f"""CREATE TABLE {TABLE} (
\tid INTEGER NOT NULL,
\tmark BLOB NOT NULL,
\tCONSTRAINT pk_{TABLE} PRIMARY KEY (id),
\tCONSTRAINT ck_{TABLE}_one CHECK (id = 1),
\tCONSTRAINT ck_{TABLE}_size CHECK (length(mark) = 36)
)"""

NO_MARK = bytes(4) + b"\xff" * 32
"""What stands where no seal was written yet: of the same size, so that writing one moves nothing."""

PATIENCE_MS = 200
"""How long closing waits for somebody who reads the file at this moment; there is no seal then."""

_HEADER, _BLOCK = 100, 1 << 20
_COUNTER, _VALID_FOR, _VERSION = slice(24, 28), slice(92, 96), slice(96, 100)


class Standing(Enum):
    """What a file's seal says of it."""

    WHOLE = "every byte is as it was when the study was closed last"
    BROKEN = "some byte is not as it was when the study was closed last"
    NONE = "it was not closed since it was written to last"


def change_counter(path: Path) -> bytes:
    """What the header of a file says of how often it was written to; empty where it cannot be read."""
    with suppress(OSError), path.open("rb") as file:
        return file.read(_HEADER)[_COUNTER]
    return b""


def make_room(connection: sqlite3.Connection) -> None:
    """The one row, without a seal, inside the open transaction."""
    connection.execute(f"INSERT OR IGNORE INTO main.{TABLE} (id, mark) VALUES (1, ?)", (NO_MARK,))


def unseal(connection: sqlite3.Connection, schema: str) -> None:
    """Take the seal out of a file whose rows were copied from another one: its counter may come to the same number."""
    if connection.execute(f"SELECT 1 FROM {schema}.sqlite_schema WHERE name = ?", (TABLE,)).fetchone():
        connection.execute(f"UPDATE {schema}.{TABLE} SET mark = ?", (NO_MARK,))


def seal(connection: sqlite3.Connection, path: Path, *, unless: bytes | None = None) -> None:
    """Seal the file that `connection` has open, outside a transaction; one whose counter is still `unless` is left.

    A disk that is full, somebody who reads at this moment, an encrypted file or an older schema: no seal, and no harm.
    """
    if key_of(connection) is not None or (unless is not None and change_counter(path) == unless):
        return
    # The file is closed after the transaction: closing it would give up every lock that this process has on it (POSIX).
    with suppress(sqlite3.Error, OSError, ValueError), path.open("rb") as file:
        connection.execute(f"PRAGMA busy_timeout={PATIENCE_MS}")
        connection.execute("BEGIN IMMEDIATE")
        try:
            mark = _next_mark(connection, file)
            if mark is not None:
                connection.execute(f"UPDATE main.{TABLE} SET mark = ?", (mark,))
            connection.execute("COMMIT")
        finally:
            if connection.in_transaction:
                connection.execute("ROLLBACK")


def standing(connection: sqlite3.Connection, file: BinaryIO) -> Standing:
    """What the seal says of the bytes in `file`, which `connection` has open.

    Raises ValueError where the row of the seal is not there or is none, sqlite3.Error, OSError.
    """
    mark, root = _mark(connection)
    header = _header(file)
    if header[_COUNTER] != mark[:4]:
        return Standing.NONE
    whole = _sum(file, header, root) == mark[4:]
    if _header(file)[_COUNTER] != header[_COUNTER]:  # somebody wrote meanwhile
        return Standing.NONE
    return Standing.WHOLE if whole else Standing.BROKEN


def _next_mark(connection: sqlite3.Connection, file: BinaryIO) -> bytes | None:
    """The mark of the file as it will be once the mark is written; None if the one that it bears holds."""
    mark, root = _mark(connection)
    header = _header(file)
    if header[_COUNTER] == mark[:4]:
        return None
    page = _page_size(header)
    file.seek(root * page - len(mark))
    if file.read(len(mark)) != mark:
        raise ValueError
    counter = ((int.from_bytes(header[_COUNTER]) + 1) & 0xFFFFFFFF).to_bytes(4)
    major, minor, patch = sqlite3.sqlite_version_info
    coming = bytearray(header)
    coming[_COUNTER] = coming[_VALID_FOR] = counter
    coming[_VERSION] = (major * 1_000_000 + minor * 1_000 + patch).to_bytes(4)
    return counter + _sum(file, bytes(coming), root)


def _mark(connection: sqlite3.Connection) -> tuple[bytes, int]:
    """The mark, and the number of the page at whose end it stands."""
    rows = connection.execute(f"SELECT mark FROM main.{TABLE}").fetchall()
    place = connection.execute("SELECT rootpage FROM main.sqlite_schema WHERE name = ?", (TABLE,)).fetchone()
    if len(rows) != 1 or not isinstance(rows[0][0], bytes) or len(rows[0][0]) != len(NO_MARK) or place is None:
        raise ValueError
    return rows[0][0], int(place[0])


def _header(file: BinaryIO) -> bytes:
    file.seek(0)
    header = file.read(_HEADER)
    if len(header) < _HEADER:
        raise ValueError
    return header


def _page_size(header: bytes) -> int:
    size = int.from_bytes(header[16:18])
    return 65536 if size == 1 else size


def _sum(file: BinaryIO, header: bytes, root: int) -> bytes:
    """The sum over the file under this header, without the mark at the end of page `root` and without free pages."""
    from hashlib import sha256

    page = _page_size(header)
    if page < 512 or page & (page - 1):
        raise ValueError
    left_out = defaultdict(list)
    left_out[0].append((0, header))
    for number in _free_pages(file, header, page):
        left_out[(number - 1) * page // _BLOCK].append(((number - 1) * page % _BLOCK, bytes(page)))
    place = root * page - len(NO_MARK)
    left_out[place // _BLOCK].append((place % _BLOCK, bytes(len(NO_MARK))))
    total, number = sha256(), 0
    file.seek(0)
    while block := file.read(_BLOCK):
        for start, instead in left_out.get(number, ()):
            block = block[:start] + instead + block[start + len(instead) :]
        total.update(block)
        number += 1
    return total.digest()


def _free_pages(file: BinaryIO, header: bytes, page: int) -> set[int]:
    """The pages that the list of free pages names (not those on which the list itself stands)."""
    found: set[int] = set()
    seen: set[int] = set()
    following = int.from_bytes(header[32:36])
    while following and following not in seen:
        seen.add(following)
        file.seek((following - 1) * page)
        trunk = file.read(page)
        if len(trunk) < page:
            break
        following = int.from_bytes(trunk[:4])
        named = min(int.from_bytes(trunk[4:8]), page // 4 - 2)
        found.update(int.from_bytes(trunk[at : at + 4]) for at in range(8, 8 + 4 * named, 4))
    return found - seen - {0, 1}
