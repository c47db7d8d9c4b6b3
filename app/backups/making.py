"""Making a backup: copied by SQLite under a passing name, verified, brought to the disk, then named; then thinning."""

from __future__ import annotations

import errno
import os
import shutil
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from app.backups.made import remember
from app.backups.names import Backup, Moment, Reason, moment_of, name_of, parsed
from app.backups.places import PART, folders_of, in_folder
from app.backups.rules import Rules
from app.backups.thinning import superfluous
from app.errors import BackupNotMade
from app.models.sqlite import backup, connect_beside

if TYPE_CHECKING:
    from app.study import Study

OLD_PART = 3600.0
"""Seconds after which a half-written backup is one that a crash left."""

Check = Callable[[Path], bool]


def make_backup(
    study: Study,
    reason: Reason,
    *,
    check: Check,
    rules: Rules | None = None,
    at: datetime | None = None,
) -> Backup:
    """Back the open study up as it is on disk; a state that has a sound backup already gets no second one.

    The study's own connection is left alone, so this may run in a thread beside the window. `check` says whether a
    file is a sound study. Raises BackupNotMade; the study and the backups that there were are as they were then.
    """
    try:
        with closing(connect_beside(study.connection, study.path)) as beside:
            return write_backup(beside, study.path, reason, check=check, rules=rules, at=at)
    except sqlite3.Error as error:
        raise BackupNotMade(_sentence(error)) from None


def write_backup(
    connection: sqlite3.Connection,
    study_path: Path,
    reason: Reason,
    *,
    check: Check,
    rules: Rules | None = None,
    at: datetime | None = None,
) -> Backup:
    """The same from a connection to the study or to a copy of it in memory. Raises BackupNotMade."""
    chosen = Rules.load() if rules is None else rules
    now = at or datetime.now(UTC)
    folders = folders_of(study_path, chosen)
    try:
        moment = _moment(connection)
        there = next((one for one in in_folder(folders[0]) if _same(one, moment)), None)
        if there is not None:
            remember(moment.study, folders[0], study_path)
            return there
        made = _write(connection, folders[0], study_path, moment, now, reason, check)
        remember(moment.study, folders[0], study_path)
    except (OSError, sqlite3.Error) as error:
        raise BackupNotMade(_sentence(error)) from None
    if made.is_sound:
        _thin(folders[0], made, now, chosen)
    if chosen.second:
        _copy_to_second(made, folders[1], now, chosen)
        remember(moment.study, folders[1], study_path)
    return made


def copy_before_update(connection: sqlite3.Connection, study_path: Path) -> Backup:
    """The backup of a study of an older schema, before it is brought up to date. Raises BackupNotMade.

    Only its pages and references can be checked, since what is asked of a study is of the present schema.
    """
    return write_backup(connection, study_path, Reason.UPDATE, check=lambda path: _pages_are_sound(path, connection))


def _moment(connection: sqlite3.Connection) -> Moment:
    key = connection.execute("SELECT id FROM study").fetchone()
    last = connection.execute("SELECT seq, at FROM change ORDER BY seq DESC LIMIT 1").fetchone()
    return moment_of(str(key[0]) if key else "", *((int(last[0]), str(last[1])) if last else (0, "")))


def _same(one: Backup, moment: Moment) -> bool:
    return one.is_sound and (one.seq, one.study, one.state) == (moment.seq, moment.study, moment.state)


def _write(
    connection: sqlite3.Connection,
    folder: Path,
    study_path: Path,
    moment: Moment,
    now: datetime,
    reason: Reason,
    check: Check,
) -> Backup:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    _sweep(folder)
    name = name_of(study_path, moment, now, reason)
    part = folder / f".{name}.{os.getpid()}{PART}"
    try:
        backup(connection, part).close()
        if not check(part):
            name = name_of(study_path, moment, now, Reason.NOT_SOUND)
        to_disk(part)
        part.replace(folder / name)
        to_disk(folder)
    except BaseException:
        _discard(part)
        with suppress(OSError):  # a folder made for nothing
            folder.rmdir()
        raise
    made = parsed(folder / name)
    assert made is not None
    return made


def _pages_are_sound(path: Path, like: sqlite3.Connection) -> bool:
    with closing(connect_beside(like, path)) as copy:
        return (
            copy.execute("PRAGMA integrity_check(1)").fetchone()[0] == "ok"
            and copy.execute("PRAGMA foreign_key_check").fetchone() is None
        )


def _thin(folder: Path, made: Backup, now: datetime, rules: Rules) -> None:
    """What cannot be deleted stays; the next time will do."""
    ours = [one for one in in_folder(folder) if one.study == made.study]
    for one in superfluous(ours, now, rules.fewest):
        if one.name != made.name:
            with suppress(OSError):
                one.path.unlink(missing_ok=True)


def _copy_to_second(made: Backup, folder: Path, now: datetime, rules: Rules) -> None:
    """The finished backup once more in another place. Raises BackupNotMade; the first one is there all the same."""
    part = folder / f".{made.name}.{os.getpid()}{PART}"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        _sweep(folder)
        part.touch(mode=0o600)
        shutil.copyfile(made.path, part)
        to_disk(part)
        part.replace(folder / made.name)
        to_disk(folder)
    except OSError as error:
        _discard(part)
        raise BackupNotMade(f"The backup is there, but not in the second place ({_reason(error)}).") from None
    if made.is_sound:
        _thin(folder, made, now, rules)


def to_disk(path: Path) -> None:
    """Bring a file, or the names in a folder, to the disk. Windows does not let a folder be asked."""
    try:
        handle = os.open(path, os.O_RDONLY if path.is_dir() or os.name != "nt" else os.O_RDWR)
    except PermissionError:
        if path.is_dir():
            return
        raise
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _sweep(folder: Path) -> None:
    """Take away what a crash left half written."""
    for path in folder.iterdir():
        if PART in path.name and path.name.startswith("."):
            with suppress(OSError):
                if abs(time.time() - path.stat().st_mtime) > OLD_PART:
                    path.unlink()


def _discard(part: Path) -> None:
    for path in (part, part.with_name(part.name + "-journal")):
        with suppress(OSError):
            path.unlink(missing_ok=True)


def _sentence(error: Exception) -> str:
    reason = _reason(error)
    return f"No backup could be written ({reason}). The study itself is saved; older backups are as they were."


def _reason(error: Exception) -> str:
    name = str(getattr(error, "sqlite_errorname", ""))
    if name in ("SQLITE_FULL", "SQLITE_IOERR_WRITE") or getattr(error, "errno", 0) in (errno.ENOSPC, errno.EDQUOT):
        return "the disk is full"
    return name or getattr(error, "strerror", None) or type(error).__name__
