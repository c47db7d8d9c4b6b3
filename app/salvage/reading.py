"""Every row that can still be read of a file: by SQLite as far as it goes, then from the pages themselves.

Of an encrypted study SQLite alone can read pages; there, rows are asked for from both ends and then around the damage.
"""

from __future__ import annotations

import sqlite3
import tempfile
from collections import deque
from contextlib import closing, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import Table

from app import cipher
from app.cipher import PAGE, Secret, StudyKey
from app.errors import StudyRefused
from app.models import load_all
from app.models.migrations import SCHEMA, is_ours
from app.models.sqlite import APPLICATION_ID, MAGIC, schema_of
from app.salvage.encrypted import key_and_contents, readable, with_pages_of_backup
from app.salvage.older import APPROACH, brought_up, shape, stated_version, version_of
from app.salvage.pages import rows_in_pages
from app.salvage.words import as_text

Row = dict[str, Any]
UNREADABLE = (sqlite3.Error, UnicodeError, OverflowError, MemoryError)
MOST_ASKED = 2_000
"""How often rows around damage are asked for in one table of an encrypted study."""


@dataclass
class Found:
    """{table: {key: row}} with every column of the present schema, and whether SQLite found the pages sound."""

    rows: dict[str, dict[Any, Row]] = field(default_factory=dict)
    sound: bool = True
    version: int = SCHEMA
    """The schema of the file."""
    key: StudyKey | None = None
    """What it is encrypted with."""
    named: bool = False
    """Whether the pages that name the tables are as they should be."""


def all_tables() -> list[Table]:
    """Every table of a study, parents before children, the journal's too."""
    return list(load_all().sorted_tables)


def key_of_row(table: Table, row: Row) -> Any:
    """The value of its primary key."""
    return row[next(iter(table.primary_key.columns)).name]


def read_damaged(path: Path, password: Secret | None = None) -> Found:
    """What can be read of a damaged study. Raises StudyRefused if there is nothing of one in it, OSError."""
    key, contents = key_and_contents(path, password)
    found: list[Found] = []
    refusal: StudyRefused | None = None
    for one in contents:
        try:
            found.append(_of_bytes(path, one) if key is None else _of_encrypted(path, one, key))
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
    stated = version_of({}, stated_version(content))
    found = Found(sound=False, version=stated)
    with suppress(*UNREADABLE), closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        connection.deserialize(_with_good_header(content))
        for pragma in ("trusted_schema=OFF", "cell_size_check=ON", "query_only=ON"):
            connection.execute(f"PRAGMA {pragma}")
        found = _by_sqlite(connection, stated)
    if not found.sound:
        _add_from_pages(found, content)
    return _something_of(found, path)


def _of_encrypted(path: Path, content: bytes, key: StudyKey) -> Found:
    """As it is, or else with one page of a backup in the place of a lost one on which the tables may be named."""
    found = _read_copy(content, key)
    if not _reads(found):
        tried = (_read_copy(one, key) for one in with_pages_of_backup(path, content, key))
        found = next(filter(_reads, tried), found)
    return _something_of(found, path)


def _reads(found: Found) -> bool:
    """Whether the tables could be found."""
    return found.named and any(found.rows.values())


def _read_copy(content: bytes, key: StudyKey) -> Found:
    """The copy that is read is as encrypted as the study."""
    found = Found(sound=False, key=key)
    with tempfile.TemporaryDirectory(prefix="reflexa-") as folder:
        copy = Path(folder) / "copy"
        copy.write_bytes(readable(content, key))
        with suppress(*UNREADABLE), closing(cipher.connect(f"{copy.as_uri()}?mode=ro", key)) as connection:
            # the first lets SQLite read a file that is shorter than it states
            for pragma in ("writable_schema=ON", "trusted_schema=OFF", "cell_size_check=ON", "query_only=ON"):
                connection.execute(f"PRAGMA {pragma}")
            stated = int(connection.execute("PRAGMA user_version").fetchone()[0])
            found = _by_sqlite(connection, stated, ends=len(content))
            found.key = key
    return found


def _something_of(found: Found, path: Path) -> Found:
    if not any(found.rows.values()):
        raise StudyRefused(f"Nothing of a study can be read in “{path.name}”. Restore a backup.")
    return found


def read_sound(connection: sqlite3.Connection) -> Found:
    """Everything in a sound study, such as a backup. Raises sqlite3.Error."""
    return _by_sqlite(connection, int(connection.execute("PRAGMA user_version").fetchone()[0]))


def _by_sqlite(connection: sqlite3.Connection, stated: int, *, ends: int = 0) -> Found:
    """What SQLite reads. `ends`: a number that no row goes beyond, to ask for rows around damage too."""
    connection.text_factory = as_text
    found = Found(version=version_of({}, stated))
    try:
        schema = schema_of(connection)
        found.version = version_of(schema, stated)
        found.sound = found.named = is_ours(schema, found.version)
        lines = [str(line) for (line,) in connection.execute("PRAGMA integrity_check(5)")]
        found.sound = found.sound and lines == ["ok"]
    except UNREADABLE:
        found.sound = False
    for table in all_tables():
        rows = found.rows.setdefault(table.name, {})
        names = _columns_there(connection, table, found.version)
        if not names:
            continue
        listed = ", ".join(f'"{name}"' for name in names)
        select = f'SELECT rowid, {listed} FROM main."{table.name}" NOT INDEXED'
        try:
            for _, *values in connection.execute(select):
                _keep(rows, table, names, values)
        except UNREADABLE:
            found.sound = False
            for values in _around(connection, select, ends):
                _keep(rows, table, names, values)
    return found


def _columns_there(connection: sqlite3.Connection, table: Table, version: int) -> tuple[str, ...]:
    """The columns that the file has of a table, where its schema can be read; else those that it should have."""
    expected = shape(table, version)
    with suppress(*UNREADABLE):
        there = [str(row[1]) for row in connection.execute(f'PRAGMA main.table_info("{table.name}")')]
        ours = {*(column.name for column in table.columns), *((APPROACH,) if table.name == "study" else ())}
        return tuple(name for name in there if name in ours) or expected
    return expected


def _keep(rows: dict[Any, Row], table: Table, names: tuple[str, ...], values: list[Any]) -> None:
    row = brought_up(table, dict(zip(names, values, strict=True)))
    rows.setdefault(key_of_row(table, row), row)


def _around(connection: sqlite3.Connection, select: str, ends: int) -> list[list[Any]]:
    """The rows before and after what cannot be read: from both ends, then from the middle of what lies between."""
    found: list[list[Any]] = []
    gaps, asked = deque([(0, ends)]), 0
    while gaps and asked < MOST_ASKED:
        low, high = gaps.popleft()
        reached = {"ASC": low, "DESC": high}
        whole = False
        for order in reached:
            asked += 1
            between = f"{select} WHERE rowid > {reached['ASC']} AND rowid < {reached['DESC']} ORDER BY rowid {order}"
            try:
                for rowid, *values in connection.execute(between):
                    reached[order] = rowid
                    found.append(values)
            except UNREADABLE:
                continue
            whole = True
            break
        low, high = reached["ASC"], reached["DESC"]
        if not whole and high - low > 2:
            middle = (low + high) // 2
            gaps += [(low, middle), (middle - 1, high)]
    return found


def _add_from_pages(found: Found, content: bytes) -> None:
    """Rows that SQLite did not come to. Keys never repeat: a row whose key is known elsewhere is not meant."""
    scanned = list(rows_in_pages(content, all_tables(), found.version))
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
    if begins and ours and version in range(SCHEMA + 1, SCHEMA + 20):
        raise StudyRefused(
            f"“{path.name}” is of study format {version}, newer than this program ({SCHEMA}), so it is not rebuilt."
            " Bring Reflexa up to date, or restore a backup."
        )


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
