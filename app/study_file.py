"""Opening and making study files safely: the lock, the checks before any write, the refusals in one sentence."""

from __future__ import annotations

import json
import os
import platform
import sqlite3
import tempfile
from contextlib import closing, suppress
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock, Timeout

from app.backups.names import is_backup
from app.cipher import Secret, StudyKey, new_key, unlock, wrong_password
from app.errors import BackupNotMade, NotPossible, ReflexaError, StudyInUse, StudyRefused
from app.models.migrations import OLDEST, SCHEMA, create_schema, is_ours, migrate
from app.models.seal import seal
from app.models.sqlite import (
    APPLICATION_ID,
    connect,
    encrypted_header,
    error_name,
    missing_bytes,
    read_header,
    schema_of,
)
from app.page_check import PageCheck
from app.password import Password
from app.rewriting import forget_unfinished
from app.rollback import rolled_back, speaks_of_a_change


class StudyLock:
    """The lock file NAME.reflexa.lock. The operating system frees it when a process dies, so it is never stale."""

    def __init__(self, study_path: Path, who: str) -> None:
        self.took_back = False
        """Whether a change that a crash cut off was taken back under this lock."""
        self._path = study_path.with_name(study_path.name + ".lock")
        self._lock = FileLock(self._path, blocking=False)
        holder = self._read()
        try:
            self._lock.acquire()
        except Timeout:
            raise StudyInUse(
                f"“{study_path.name}” is open elsewhere{holder}. Close it there, or open it for reading only."
            ) from None
        card = {"who": who, "host": platform.node(), "since": datetime.now(UTC).isoformat(timespec="seconds")}
        with suppress(OSError):  # Windows lets nobody write into or delete a locked file; the lock holds all the same
            self._path.write_text(json.dumps(card), encoding="utf-8")

    def release(self) -> None:
        """Give the study free and take the lock file away."""
        with suppress(OSError):
            self._path.unlink(missing_ok=True)
        self._lock.release()

    def _read(self) -> str:
        try:
            card = json.loads(self._path.read_text(encoding="utf-8"))
            who = f"by {card['who']} " if card.get("who") else ""
            since = datetime.fromisoformat(card["since"]).astimezone()
            return f" ({who}on {card['host']} since {since:%Y-%m-%d %H:%M})"
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return ""


def create_file(path: Path, password: Password | None = None) -> tuple[sqlite3.Connection, StudyLock]:
    """Make an empty study file with its schema, encrypted if a password is given. Raises StudyRefused, StudyInUse."""
    if path.exists():
        raise StudyRefused(f"“{path.name}” exists already and was left as it is. Choose another name.")
    key = None if password is None else new_key(password)
    try:
        lock = StudyLock(path, "")
    except OSError as error:
        raise StudyRefused(f"No study can be made in that folder ({error.strerror or 'not writable'}).") from error
    connection: sqlite3.Connection | None = None
    try:
        path.touch(mode=0o600, exist_ok=False)
        connection = connect(path, read_only=False, key=key)
        connection.execute("BEGIN IMMEDIATE")
        create_schema(connection)
        connection.execute("COMMIT")
    except (OSError, sqlite3.Error) as error:
        if connection is not None:
            connection.close()
        if not isinstance(error, FileExistsError):
            path.unlink(missing_ok=True)
        lock.release()
        raise StudyRefused(f"“{path.name}” could not be made ({_short(error)}). Nothing is left behind.") from error
    return connection, lock


def open_file(
    path: Path, *, read_only: bool, who: str, pages: PageCheck | None = None, password: Secret | None = None
) -> tuple[sqlite3.Connection, StudyLock | None]:
    """Open a study file after all checks; the lock is None for a study opened read-only. `pages` was begun before.

    Raises StudyRefused (PasswordNeeded, WrongPassword), StudyInUse; the file is untouched to the byte then.
    """
    key = unlock(path, password)
    if key is None:
        _check_header(path)
    home = path.resolve()
    lock = None if read_only else _lock_if_writable(home, who)
    try:
        if lock is not None and _hot_journal(home):
            lock.took_back = _roll_back_unfinished(home, key)
        version = _check_header(path, key)
        _check_inside(home, version, pages, key)
        if lock is not None:
            forget_unfinished(home)
        if version < SCHEMA:
            _bring_up_to_date(home, version, key, may_write=lock is not None)
        return connect(home, read_only=lock is None, key=key), lock
    except (sqlite3.Error, UnicodeDecodeError) as error:  # a damaged schema may not even be text
        _release(lock)
        if error_name(error).startswith("SQLITE_BUSY"):
            raise StudyInUse(f"“{path.name}” is being written at this moment. Try again.") from error
        unfinished = lock is None and _hot_journal(home)
        if not unfinished and key is not None and error_name(error) == "SQLITE_NOTADB":
            raise wrong_password(path) from error
        raise StudyRefused(_cut_off(path) if unfinished else _damaged(path)) from error
    except BaseException:
        _release(lock)
        raise


def _lock_if_writable(path: Path, who: str) -> StudyLock | None:
    """The lock, or None where nothing may be written: a backup, a protected file or folder. Raises StudyInUse."""
    if is_backup(path) or not (os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)):
        return None
    try:
        return StudyLock(path, who)
    except OSError:
        return None


def _check_header(path: Path, key: StudyKey | None = None) -> int:
    """The schema number that the header states. Raises StudyRefused with the reason."""
    name = f"“{path.name}”"
    try:
        if path.is_dir():
            raise StudyRefused(f"{name} is a folder, not a study. Choose a file that ends in .reflexa.")
        header = read_header(path) if key is None else encrypted_header(path, key)
        size = path.stat().st_size
    except FileNotFoundError:
        raise StudyRefused(f"{name} is not there. Was it moved or renamed?") from None
    except OSError as error:
        raise StudyRefused(f"{name} cannot be read ({_short(error)}).") from error
    if size == 0:
        raise StudyRefused(f"{name} is empty, so it is no study. Open a backup, or make a new study.")
    if header is None or header[0] != APPLICATION_ID or header[1] < OLDEST:
        raise StudyRefused(f"{name} is not a Reflexa study. It was left untouched.")
    if header[1] > SCHEMA:
        raise StudyRefused(
            f"{name} was made by a newer Reflexa (study format {header[1]}, this one knows {SCHEMA})."
            " It was left untouched; bring Reflexa up to date to open it."
        )
    return header[1]


def _check_inside(path: Path, version: int, pages: PageCheck | None, key: StudyKey | None) -> None:
    """Look inside without writing: all there, pages sound, and a schema that is ours, with nobody's trigger or view."""
    if key is None and missing_bytes(path) and not _hot_journal(path):
        raise StudyRefused(_damaged(path))
    connection = connect(path, read_only=True, key=key)
    try:
        if not is_ours(schema_of(connection), version):
            raise StudyRefused(f"“{path.name}” has tables that are not a study's own. It was left untouched.")
        if pages is not None and pages.found_sound():
            return
        if connection.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
            raise StudyRefused(_damaged(path))
    finally:
        connection.close()


def _roll_back_unfinished(path: Path, key: StudyKey | None) -> bool:
    """Let SQLite take back the change that a crash cut off; only then do the header and the size say what is true.

    Returns whether there was one: a journal that is empty or spent speaks of none.

    It is tried on a copy first: a journal that does not belong to the study (a cloud folder or a rename put it there)
    would put the pages of another file in the place of ours. Raises StudyRefused.
    """
    journal = path.with_name(path.name + "-journal")
    if not _sound_once_rolled_back(path, journal, key):
        raise StudyRefused(
            f"“{journal.name}” lies beside the study and does not belong to it, or the study is damaged. Nothing was"
            f" touched. Move “{journal.name}” to another folder and open “{path.name}” again."
        )
    cut_off = _speaks_of_a_change(journal)
    connection = connect(path, read_only=False, key=key)
    try:
        connection.execute("SELECT count(*) FROM main.sqlite_schema").fetchone()
    finally:
        connection.close()
    return cut_off


def _speaks_of_a_change(journal: Path) -> bool:
    try:
        with journal.open("rb") as file:
            return speaks_of_a_change(file.read(28))
    except OSError:
        return False


def _sound_once_rolled_back(path: Path, journal: Path, key: StudyKey | None) -> bool:
    """Whether the study's bytes are a sound study once this journal has been taken back, as far as pages tell."""
    try:
        content = rolled_back(path.read_bytes(), journal.read_bytes())
        if key is None:  # in memory, since the disk may be full: that is how such a journal comes about
            connection = sqlite3.connect(":memory:", isolation_level=None)
            connection.deserialize(content)
            return _is_sound(connection)
        with tempfile.TemporaryDirectory(prefix="reflexa-") as folder:  # the copy is as encrypted as the study
            (Path(folder) / "copy").write_bytes(content)
            return _is_sound(connect(Path(folder) / "copy", read_only=True, key=key))
    except FileNotFoundError:  # whoever was writing has just finished
        return True
    except (sqlite3.Error, UnicodeError, OverflowError, MemoryError):
        return False
    except OSError as error:
        raise StudyRefused(
            f"“{path.name}” was cut off in the middle of a change, and there is no room to look into it"
            f" ({_short(error)}). It was left untouched; make room and open it again."
        ) from error


def _is_sound(connection: sqlite3.Connection) -> bool:
    with closing(connection):
        for pragma in ("trusted_schema=OFF", "cell_size_check=ON", "query_only=ON"):
            connection.execute(f"PRAGMA {pragma}")
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        ours = connection.execute("PRAGMA application_id").fetchone()[0] == APPLICATION_ID
        sound = ours and is_ours(schema_of(connection), version)
        return sound and bool(connection.execute("PRAGMA quick_check(1)").fetchone()[0] == "ok")


def _hot_journal(path: Path) -> bool:
    """A journal beside the file: left by a crash, or another process is writing at this moment."""
    return path.with_name(path.name + "-journal").exists()


def _bring_up_to_date(path: Path, version: int, key: StudyKey | None, *, may_write: bool) -> None:
    """Migrate after a backup. Raises StudyRefused, and then the file is as it was."""
    name = f"“{path.name}” comes from an older version"
    if not may_write:
        raise StudyRefused(f"{name}; open it once where it can be written.")
    from app.backups import copy_before_update  # seldom wanted

    connection = connect(path, read_only=False, key=key)
    try:
        older = copy_before_update(connection, path)
    except (BackupNotMade, sqlite3.Error) as error:
        connection.close()
        raise StudyRefused(f"{name}, and no backup could be written first. It was left untouched.") from error
    try:
        migrate(connection, version)
        seal(connection, path)
    except Exception as error:  # whatever a step does wrong, the study must not be lost over it
        raise StudyRefused(
            f"{name} and could not be brought up to date. It is as it was, with a backup of it (“{older.name}”)."
        ) from error
    finally:
        connection.close()


def _release(lock: StudyLock | None) -> None:
    if lock is not None:
        lock.release()


def _damaged(path: Path) -> str:
    return f"“{path.name}” is damaged and was left untouched. Open a backup; `reflexa verify` says what is wrong."


def _cut_off(path: Path) -> str:
    return f"“{path.name}” was cut off in the middle of a change. Open it once where it can be written."


def _short(error: Exception) -> str:
    if _takes_no_more(error_name(error)):
        return "the disk is full or refuses to write"
    return getattr(error, "strerror", None) or type(error).__name__


def _takes_no_more(name: str) -> bool:
    return name == "SQLITE_FULL" or name.startswith("SQLITE_IOERR")


def identity(path: Path) -> tuple[int, int] | None:
    """Which file this is: a file that was deleted or replaced under us would take what we write with it."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def explained(cause: BaseException | None) -> ReflexaError:
    """One sentence for what the database refused; neither it nor its cause repeats what a participant said."""
    if isinstance(cause, ReflexaError):
        return cause
    name = "" if cause is None else error_name(cause)
    if _takes_no_more(name):
        return ReflexaError("The disk is full or refuses to write. Nothing was lost; make room and do it again.")
    if name.startswith("SQLITE_CONSTRAINT_UNIQUE"):
        return NotPossible("There is already one like it, so nothing was changed.")
    if name.startswith("SQLITE_CONSTRAINT"):
        return NotPossible("That would break a rule of the study, so nothing was changed.")
    if name.startswith("SQLITE_BUSY"):
        return ReflexaError("Another program is using the study file. Nothing was changed; try again in a moment.")
    what = name or type(cause).__name__
    return ReflexaError(f"The study file could not be read or written ({what}). Nothing was changed.")
