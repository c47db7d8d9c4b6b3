"""A study's file written anew under another password, or under none: whole, or not at all.

The new file grows beside the old one and takes its place in one step of the file system. Until then the old one is the
study; a crash leaves one or the other. What a crash leaves of an unfinished file goes when the study is next opened.
"""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing, suppress
from pathlib import Path
from urllib.parse import quote

from app import cipher
from app.cipher import StudyKey
from app.errors import ReflexaError, StudyRefused
from app.models.seal import seal, unseal
from app.models.sqlite import connect, encrypted_header, read_header, schema_of

UNFINISHED = ".rewriting"


def write_anew(path: Path, key: StudyKey | None, new_key: StudyKey | None) -> Path:
    """Write the study at `path` (under `key`) under `new_key` beside it, check it, and return the new file.

    The caller holds the lock, and puts it in place. Raises StudyRefused; nothing is left behind then.
    """
    target = unfinished(path)
    try:
        forget_unfinished(path)
        os.close(os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        _copy(path, key, target, new_key)
        _check(path, key, target, new_key)
        os.chmod(target, path.stat().st_mode & 0o777)  # noqa: PTH101 - beside fsync
        _to_disk(target)
    except (OSError, sqlite3.Error) as error:
        forget_unfinished(path)
        raise StudyRefused(
            f"“{path.name}” could not be written anew ({_short(error)}). It is as it was; make room and do it again."
        ) from error
    except BaseException:
        forget_unfinished(path)
        raise
    return target


def put_in_place(target: Path, path: Path) -> None:
    """Let the new file be the study, in one step. Nobody may have the old one open here. Raises ReflexaError."""
    try:
        target.replace(path)
    except OSError as error:
        forget_unfinished(path)
        raise ReflexaError(
            f"“{path.name}” could not be replaced ({_short(error)}). It is as it was; close what else has it open."
        ) from error
    with suppress(OSError):  # Windows opens no folder, and needs no more than this
        _to_disk(path.parent)


def unfinished(path: Path) -> Path:
    """Where the new file grows."""
    return path.with_name(f".{path.name}{UNFINISHED}")


def forget_unfinished(path: Path) -> None:
    """Take away what a crash left of a new file: it may be a plain copy of an encrypted study."""
    for left in (unfinished(path), unfinished(path).with_name(unfinished(path).name + "-journal")):
        with suppress(OSError):
            left.unlink(missing_ok=True)


def _copy(path: Path, key: StudyKey | None, target: Path, new_key: StudyKey | None) -> None:
    header = read_header(path) if key is None else encrypted_header(path, key)
    assert header is not None
    uri = f"file:{quote(str(path))}?mode=ro"
    with closing(cipher.connect(uri, key)) as connection:
        connection.execute("PRAGMA temp_store=MEMORY")
        # the key goes as a value, never as a part of a statement
        connection.execute("ATTACH ? AS anew KEY ?", (str(target), new_key.as_told_to_driver() if new_key else ""))
        if new_key is not None:
            connection.execute("PRAGMA anew.cipher_compatibility=4")
        connection.execute("PRAGMA anew.journal_mode=OFF")
        connection.execute("SELECT sqlcipher_export('anew')")
        unseal(connection, "anew")
        connection.execute(f"PRAGMA anew.application_id={header[0]}")
        connection.execute(f"PRAGMA anew.user_version={header[1]}")
        connection.execute("DETACH anew")


def _check(path: Path, key: StudyKey | None, target: Path, new_key: StudyKey | None) -> None:
    """Before the old file goes, the new one is read: every page, and as many rows in every table."""
    with (
        closing(connect(path, read_only=True, key=key)) as old,
        closing(connect(target, read_only=True, key=new_key)) as new,
    ):
        sound = new.execute("PRAGMA quick_check(1)").fetchone()[0] == "ok"
        schema = schema_of(old)
        tables = [name for kind, name in schema if kind == "table"]
        if not sound or schema != schema_of(new) or any(_rows(old, one) != _rows(new, one) for one in tables):
            raise sqlite3.DatabaseError("the new file is not like the old one")
    with closing(connect(target, read_only=False, key=new_key)) as new:
        seal(new, target)


def _rows(connection: sqlite3.Connection, table: str) -> int:
    return int(connection.execute(f'SELECT count(*) FROM main."{table}"').fetchone()[0])


def _to_disk(path: Path) -> None:
    """Wait until the disk has it."""
    handle = os.open(path, os.O_RDWR if path.is_file() else os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _short(error: Exception) -> str:
    return getattr(error, "strerror", None) or type(error).__name__
