"""Every row that can still be read of a file: by SQLite as far as it goes, then from the pages themselves."""

from __future__ import annotations

import sqlite3
from contextlib import closing, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import Table

from app.cipher import Secret, unlock
from app.errors import StudyRefused
from app.models import load_all
from app.models.migrations import SCHEMA, expected_schema
from app.models.sqlite import APPLICATION_ID, MAGIC, connect, schema_of
from app.rollback import rolled_back
from app.salvage.pages import PAGE, rows_in_pages
from app.salvage.words import as_text

Row = dict[str, Any]
UNREADABLE = (sqlite3.Error, UnicodeError, OverflowError, MemoryError)


@dataclass
class Found:
    """{table: {key: row}} with every column, and whether SQLite found the pages sound."""

    rows: dict[str, dict[Any, Row]] = field(default_factory=dict)
    sound: bool = True


def all_tables() -> list[Table]:
    """Every table of a study, parents before children, the journal's too."""
    return list(load_all().sorted_tables)


def key_of_row(table: Table, row: Row) -> Any:
    """The value of its primary key."""
    return row[next(iter(table.primary_key.columns)).name]


def read_damaged(path: Path, password: Secret | None = None) -> Found:
    """What can be read of a damaged study. Raises StudyRefused if there is nothing of one in it, OSError."""
    key = unlock(path, password)
    if key is not None:
        with closing(connect(path, read_only=True, key=key)) as connection:
            return _by_sqlite(connection)
    content = path.read_bytes()
    journal = path.with_name(path.name + "-journal")
    if not journal.exists():
        return _of_bytes(path, content)
    found: list[Found] = []
    refusal: StudyRefused | None = None
    for one in (rolled_back(content, journal.read_bytes()), content):
        try:
            found.append(_of_bytes(path, one))
        except StudyRefused as error:  # whether it is of use with the journal says nothing of it without
            refusal = error
    if refusal is not None and not found:
        raise refusal
    return _better(found)


def _better(found: list[Found]) -> Found:
    """With its journal or without: a journal that belongs to another file spoils what is there."""
    with_it, without = found[0], found[-1]
    keys, other_keys = (set(one.rows.get("study", {})) for one in (without, with_it))
    of_another_study = bool(keys) and not keys & other_keys
    if of_another_study or (without.sound and not with_it.sound):
        return without
    return with_it if with_it.sound or _rows(with_it) >= _rows(without) else without


def _rows(found: Found) -> int:
    return sum(len(rows) for rows in found.rows.values())


def _of_bytes(path: Path, content: bytes) -> Found:
    _check_it_may_be_ours(path, content)
    found = Found(sound=False)
    with suppress(*UNREADABLE), closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        connection.deserialize(_with_good_header(content))
        for pragma in ("trusted_schema=OFF", "cell_size_check=ON", "query_only=ON"):
            connection.execute(f"PRAGMA {pragma}")
        found = _by_sqlite(connection)
    if not found.sound:
        _add_from_pages(found, content)
    if not any(found.rows.values()):
        raise StudyRefused(f"Nothing of a study can be read in “{path.name}”. Restore a backup.")
    return found


def read_sound(connection: sqlite3.Connection) -> Found:
    """Everything in a sound study, such as a backup. Raises sqlite3.Error."""
    return _by_sqlite(connection)


def _by_sqlite(connection: sqlite3.Connection) -> Found:
    connection.text_factory = as_text
    found = Found()
    try:
        found.sound = schema_of(connection) == expected_schema()
        lines = [str(line) for (line,) in connection.execute("PRAGMA integrity_check(5)")]
        found.sound = found.sound and lines == ["ok"]
    except UNREADABLE:
        found.sound = False
    for table in all_tables():
        rows = found.rows.setdefault(table.name, {})
        names = [column.name for column in table.columns]
        listed = ", ".join(f'"{name}"' for name in names)
        try:
            for values in connection.execute(f'SELECT {listed} FROM main."{table.name}" NOT INDEXED'):
                row = dict(zip(names, values, strict=True))
                rows.setdefault(key_of_row(table, row), row)
        except UNREADABLE:
            found.sound = False
    return found


def _add_from_pages(found: Found, content: bytes) -> None:
    """Rows that SQLite did not come to. Keys never repeat: a row whose key is known elsewhere is not meant."""
    scanned = list(rows_in_pages(content, all_tables()))
    for table, row in scanned:
        if table.name == "change_row":
            found.rows.setdefault(table.name, {}).setdefault(key_of_row(table, row), row)
    home = {row["row_id"]: row["table_name"] for row in found.rows.get("change_row", {}).values()}
    for name, rows in found.rows.items():
        if name not in ("change", "change_row"):
            home.update(dict.fromkeys(rows, name))
    for table, row in scanned:
        key = key_of_row(table, row)
        if home.get(key, table.name) == table.name:
            found.rows.setdefault(table.name, {}).setdefault(key, row)


def _check_it_may_be_ours(path: Path, content: bytes) -> None:
    """Not a byte of another program's file is looked into; a study of another format is for that version."""
    begins, ours = content.startswith(MAGIC), int.from_bytes(content[68:72]) == APPLICATION_ID
    version = int.from_bytes(content[60:64])
    if begins and not ours and b"change_row" not in content:
        raise StudyRefused(f"“{path.name}” is not a Reflexa study. It was left untouched.")
    if begins and ours and version != SCHEMA and version in range(1, SCHEMA + 20):
        raise StudyRefused(f"“{path.name}” is of study format {version}, so it is not rebuilt. Restore a backup.")


def _with_good_header(content: bytes) -> bytes:
    """The same bytes with the header that every study has, and a size that is a whole number of pages."""
    whole = bytearray(content)
    whole.extend(bytes(-len(whole) % PAGE))
    whole[0:16] = MAGIC
    whole[16:18] = PAGE.to_bytes(2)
    whole[18:24] = b"\x01\x01\x00\x40\x20\x20"
    whole[28:32] = (len(whole) // PAGE).to_bytes(4)
    whole[32:40] = bytes(8)  # what is free is not wanted
    whole[44:48] = (4).to_bytes(4)
    whole[48:56] = bytes(8)
    whole[56:60] = (1).to_bytes(4)
    whole[60:64] = SCHEMA.to_bytes(4)
    whole[64:68] = bytes(4)
    whole[68:72] = APPLICATION_ID.to_bytes(4)
    whole[92:96] = whole[24:28]
    return bytes(whole)
