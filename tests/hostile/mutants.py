"""Broken copies of a good study: cut, flipped, zeroed, and changed behind the program's back by any SQL there is.

Each has an expectation: it is refused (and `verify` says so too), `verify` reports it, it is the same study as before, or
(a flipped bit) it is reported or says the same as before.
"""

from __future__ import annotations

import contextlib
import random
import sqlite3
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from app.models.base import Base

PAGE = 4096


class Due(StrEnum):
    """What must become of a mutant."""

    REFUSED = "refused"
    REPORTED = "reported by verify"
    REPORTED_OR_HARMLESS = "reported by verify, or says the same"
    SAME_OR_REFUSED = "opens as the same study, or is refused"


@dataclass(frozen=True)
class Mutant:
    """A broken study as bytes, with files that lie beside it by what follows its name."""

    name: str
    content: bytes
    due: Due
    beside: dict[str, bytes] = field(default_factory=dict)

    def write(self, folder: Path) -> Path:
        """Lay it into an empty folder."""
        path = folder / f"{self.name}.reflexa"
        path.write_bytes(self.content)
        for ending, content in self.beside.items():
            path.with_name(path.name + ending).write_bytes(content)
        return path


def mutants(good: Path, *, bits: int = 40, seed: int = 42) -> Iterator[Mutant]:
    """All mutants of the closed study at `good`; `bits` of them have one bit flipped."""
    content = good.read_bytes()
    yield from _damaged(content, random.Random(seed), bits)
    yield from _beside(content, random.Random(seed))
    with contextlib.closing(sqlite3.connect(f"file:{good}?mode=ro", uri=True)) as connection:
        changes = list(_changes(connection))
    changed = good.with_name("mutant.part")
    for name, due, statements in changes:
        changed.write_bytes(content)
        if _change(changed, statements):
            yield Mutant(name, changed.read_bytes(), due)
    changed.unlink(missing_ok=True)


def flipped(content: bytes, chance: random.Random) -> tuple[int, bytes]:
    """(where, the bytes with one bit flipped there)."""
    broken, place = bytearray(content), chance.randrange(len(content))
    broken[place] ^= 1 << chance.randrange(8)
    return place, bytes(broken)


def _damaged(content: bytes, chance: random.Random, bits: int) -> Iterator[Mutant]:
    pages = len(content) // PAGE
    yield Mutant("empty", b"", Due.REFUSED)
    yield Mutant("header-99", content[:99], Due.REFUSED)
    yield Mutant("first-page", content[:PAGE], Due.REFUSED)
    for _ in range(6):
        size = chance.randrange(PAGE, len(content) - 1)
        yield Mutant(f"cut-{size}", content[:size], Due.REFUSED)
    yield Mutant("cut-1", content[:-1], Due.REFUSED)
    for _ in range(bits):
        place, broken = flipped(content, chance)
        yield Mutant(f"bit-{place}", broken, Due.REPORTED_OR_HARMLESS)
    for _ in range(6):
        page = chance.randrange(1, pages)
        yield Mutant(f"zero-page-{page}", _over(content, page * PAGE, bytes(PAGE)), Due.REPORTED_OR_HARMLESS)
        sector = chance.randrange(8, len(content) // 512)
        yield Mutant(f"zero-sector-{sector}", _over(content, sector * 512, bytes(512)), Due.REPORTED_OR_HARMLESS)
        noise = chance.randbytes(512)
        yield Mutant(f"noise-{sector}", _over(content, sector * 512, noise), Due.REPORTED_OR_HARMLESS)
    one, other = content[PAGE : 2 * PAGE], content[2 * PAGE : 3 * PAGE]
    yield Mutant("swapped-pages", content[:PAGE] + other + one + content[3 * PAGE :], Due.REFUSED)
    yield Mutant("doubled-page", content[:PAGE] + one + one + content[3 * PAGE :], Due.REFUSED)
    yield Mutant("old-page", content[:-PAGE] + content[-2 * PAGE : -PAGE], Due.REPORTED_OR_HARMLESS)
    yield Mutant("tail", content + b"thesis" * 1000, Due.REPORTED)
    yield Mutant("file-format-9", _over(content, 18, b"\x09\x09"), Due.REFUSED)
    yield Mutant("utf-16", _over(content, 56, b"\0\0\0\2"), Due.REFUSED)
    yield Mutant("page-size", _over(content, 16, b"\x0f\xff"), Due.REFUSED)
    yield Mutant("page-count", _over(content, 28, b"\x7f\xff\xff\xff"), Due.REFUSED)
    yield Mutant("zeros", bytes(len(content)), Due.REFUSED)


def _over(content: bytes, place: int, other: bytes) -> bytes:
    return content[:place] + other + content[place + len(other) :]


def _beside(content: bytes, chance: random.Random) -> Iterator[Mutant]:
    """Journals and locks of somebody else: a cloud folder or a rename puts them there."""
    wal = struct.pack(">IIIIIIII", 0x377F0682, 3007000, PAGE, 0, 1, 2, 3, 4) + chance.randbytes(8192)
    head = b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7" + struct.pack(">IIIII", 1, 0, 1, 512, PAGE) + bytes(484)
    journal = head + struct.pack(">I", 2) + bytes(PAGE) + struct.pack(">I", 0)
    for name, beside in {
        "wal": {"-wal": wal},
        "wal-shm": {"-wal": wal, "-shm": chance.randbytes(32768)},
        "journal": {"-journal": journal},
        "journal-empty": {"-journal": b""},
        "journal-zeros": {"-journal": bytes(5000)},
        "journal-noise": {"-journal": chance.randbytes(5000)},
        "journal-head": {"-journal": head[:30]},
        "lock": {".lock": b"\0\xff nobody"},
    }.items():
        yield Mutant(f"foreign-{name}", content, Due.SAME_OR_REFUSED, beside)


Change = tuple[str, Due, tuple[str, ...]]


def _change(path: Path, statements: tuple[str, ...]) -> bool:
    """Change a copy behind the program's back; False if that touched no row."""
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for pragma in ("foreign_keys=OFF", "ignore_check_constraints=ON", "writable_schema=ON"):
            connection.execute(f"PRAGMA {pragma}")
        try:
            return all(connection.execute(statement).rowcount != 0 for statement in statements)
        except sqlite3.IntegrityError:  # a rule of the table stands in the way, as it would in any program
            return False


def _changes(connection: sqlite3.Connection) -> Iterator[Change]:
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    yield "newer", Due.REFUSED, (f"PRAGMA user_version={version + 1000}",)
    yield "older-lie", Due.REFUSED, (f"PRAGMA user_version={version - 1}",)
    yield "other-application", Due.REFUSED, ("PRAGMA application_id=7",)
    names = [
        row[0]
        for row in connection.execute(
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
        )
    ]
    for table in names:
        yield from _of_table(connection, table)
    first, last = names[0], names[-1]
    for name, statements in {
        "trigger": (f'CREATE TRIGGER evil AFTER INSERT ON "{first}" BEGIN DELETE FROM "{first}"; END',),
        "trigger-hidden": (f'CREATE TRIGGER sqliteevil AFTER INSERT ON "{first}" BEGIN DELETE FROM "{first}"; END',),
        "view": (f'CREATE VIEW evil AS SELECT * FROM "{first}"',),
        "table": ("CREATE TABLE not_ours (x)",),
        "virtual-table": ("CREATE VIRTUAL TABLE not_ours USING fts4(x)",),
        "index": (f'CREATE INDEX not_ours ON "{first}" (1)',),
        "dropped-table": (f'DROP TABLE "{last}"',),
        "renamed-table": (f'ALTER TABLE "{last}" RENAME TO other',),
        "schema-written": (f"UPDATE sqlite_schema SET sql = sql || ' ' || '/* */' WHERE name = '{first}'",),
        "schema-root": (f"UPDATE sqlite_schema SET rootpage = 2 WHERE name = '{last}'",),
        "schema-nothing": (f"UPDATE sqlite_schema SET sql = NULL WHERE name = '{first}'",),
    }.items():
        yield f"schema-{name}", Due.REFUSED, statements
    yield "sequence", Due.REPORTED, ("UPDATE sqlite_sequence SET seq = 1",)


def _of_table(connection: sqlite3.Connection, table: str) -> Iterator[Change]:
    """Every column made wrong in the ways that it can be, and rows gone."""
    first = f'WHERE rowid = (SELECT min(rowid) FROM "{table}")'
    columns = (
        {column.name: column for column in Base.metadata.tables[table].columns} if table in Base.metadata.tables else {}
    )
    for row in connection.execute(f'PRAGMA foreign_key_list("{table}")').fetchall():
        yield f"orphan-{table}-{row[3]}", Due.REPORTED, (f'UPDATE "{table}" SET "{row[3]}" = 987654321 {first}',)
    for name, column in columns.items():
        if table == "change" and name in ("reason", "label", "actor", "at"):  # words of the trail stand nowhere twice
            continue
        wrong = f'UPDATE "{table}" SET "{name}" = {{}} {first} AND "{name}" IS NOT NULL'
        kind = str(column.type).upper()
        if column.primary_key or name == "seq":
            continue
        if "CHAR" in kind or "TEXT" in kind:
            yield f"words-{table}-{name}", Due.REPORTED, (wrong.format(f"\"{name}\" || ' changed'"),)
            yield f"bad-utf8-{table}-{name}", Due.REPORTED, (wrong.format("CAST(x'50313aff20' AS TEXT)"),)
            yield f"nul-{table}-{name}", Due.REPORTED, (wrong.format("'a' || char(0) || 'b'"),)
            yield f"bytes-{table}-{name}", Due.REPORTED, (wrong.format("x'00ff'"),)
        elif "INT" in kind:
            yield f"number-{table}-{name}", Due.REPORTED, (wrong.format(f'"{name}" + 99999999'),)
            yield f"negative-{table}-{name}", Due.REPORTED, (wrong.format("-7"),)
            yield f"no-number-{table}-{name}", Due.REPORTED, (wrong.format("'many'"),)
        if not column.nullable:
            yield f"nothing-{table}-{name}", Due.REPORTED, (wrong.format("NULL"),)
    yield f"row-gone-{table}", Due.REPORTED, (f'DELETE FROM "{table}" {first}',)
    yield f"rows-gone-{table}", Due.REPORTED, (f'DELETE FROM "{table}"',)
