"""Writing a new, sound study from the rows that were saved; nothing of it has its name before it verifies."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing, suppress
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Table

from app.analysis.verify import verify
from app.backups import backups_of
from app.backups.making import to_disk
from app.backups.places import PART
from app.backups.restoring import give_name
from app.cipher import Secret, unlock
from app.errors import ReflexaError, StudyRefused
from app.models.base import Moment
from app.models.kinds import Origin
from app.models.migrations import SCHEMA, create_schema
from app.models.seal import seal
from app.models.sqlite import connect
from app.models.verbs import Verb
from app.salvage.mending import JOURNAL, mend
from app.salvage.reading import Found, all_tables, read_damaged, read_sound
from app.salvage.report import Report, named

REBUILT = "Rebuilt from a damaged file"
MOST_BACKUPS = 5


def salvage(path: Path, target: Path, *, password: Secret | None = None) -> Report:
    """Save what can be saved of the study at `path` as a new study `target`, which verifies.

    Backups of the study that can be read help. What was encrypted is written encrypted with the same key. Raises
    StudyRefused, OSError; nothing is left behind then, and `path` is never touched.
    """
    if target.exists():
        raise StudyRefused(f"“{target.name}” exists already and was left as it is. Choose another name.")
    report = Report()
    found = read_damaged(path, password)
    mend(found, _backups(path, password, found.version), report)
    if not found.rows.get("study"):
        raise StudyRefused(f"The sheet of the study cannot be read in “{path.name}”. Restore a backup.")
    for key in list(found.rows["study"])[1:]:
        del found.rows["study"][key]
    part = target.with_name(f".{target.name}.{os.getpid()}{PART}")
    try:
        if not _written(part, found, report, with_images=True):
            report.lose("what undo would need: undo begins anew")
            if not _written(part, found, report, with_images=False):
                raise StudyRefused(f"What is left of “{path.name}” makes no sound study. Restore a backup.")
        to_disk(part)
        give_name(part, target)
    finally:
        for left in (part, part.with_name(part.name + "-journal")):
            with suppress(OSError):
                left.unlink(missing_ok=True)
    return report.close()


def _backups(path: Path, password: Secret | None, version: int) -> list[Found]:
    """What the newest readable backups of the same format hold."""
    held: list[Found] = []
    for one in backups_of(path):
        with suppress(sqlite3.Error, OSError, ReflexaError):
            key = unlock(one.path, password)
            with closing(connect(one.path, read_only=True, key=key)) as connection:
                found = read_sound(connection) if one.is_sound else None
                if found is not None and found.sound and found.version == version:
                    held.append(found)
        if len(held) == MOST_BACKUPS:
            break
    return held


def _written(part: Path, found: Found, report: Report, *, with_images: bool) -> bool:
    """Write the new file; whether it verifies."""
    part.unlink(missing_ok=True)
    part.touch(mode=0o600)
    key = found.key
    lost = Report()
    with closing(connect(part, read_only=False, key=key)) as connection:
        connection.execute("PRAGMA foreign_keys=OFF")
        connection.execute("BEGIN IMMEDIATE")
        create_schema(connection)
        for table in all_tables():
            if table.name != "change_row" or with_images:
                _insert(connection, table, found, lost)
        _let_orphans_go(connection, lost)
        if not with_images or found.version < SCHEMA:
            at = Moment().process_bind_param(datetime.now(UTC), None)
            connection.execute(
                "INSERT INTO change (at, actor, verb, label, origin) VALUES (?, '', ?, ?, ?)",
                (at, Verb.MIGRATE, REBUILT, Origin.WINDOW),
            )
        connection.execute("COMMIT")
        seal(connection, part)
    sound = not verify(part, full=True, password=key)
    if sound:
        report.lost += lost.close().lost
    return sound


def _insert(connection: sqlite3.Connection, table: Table, found: Found, lost: Report) -> None:
    names = [column.name for column in table.columns]
    listed, marks = ", ".join(f'"{name}"' for name in names), ", ".join("?" * len(names))
    insert = f'INSERT INTO main."{table.name}" ({listed}) VALUES ({marks})'
    for row in found.rows.get(table.name, {}).values():
        try:
            connection.execute(insert, [row[one] for one in names])
        except (sqlite3.Error, UnicodeError, OverflowError):
            lost.lose("undo step" if table.name in JOURNAL else named(table.name))


def _let_orphans_go(connection: sqlite3.Connection, lost: Report) -> None:
    """A row whose parent is lost loses the reference where it may stand alone, and goes where it may not."""
    tables = {table.name: table for table in all_tables()}
    while broken := connection.execute("PRAGMA foreign_key_check").fetchall():
        for name, rowid, _, number in broken:
            links = connection.execute(f'PRAGMA foreign_key_list("{name}")').fetchall()
            column = next(str(link[3]) for link in links if link[0] == number)
            if tables[name].columns[column].nullable:
                with suppress(sqlite3.IntegrityError):
                    connection.execute(f'UPDATE main."{name}" SET "{column}" = NULL WHERE rowid = ?', (rowid,))
                    continue
            connection.execute(f'DELETE FROM main."{name}" WHERE rowid = ?', (rowid,))
            lost.lose(named(name))
