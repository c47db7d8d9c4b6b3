"""SQLite's check of a study's pages, begun while the program still imports what it needs to open the study.

The check takes a second for each gigabyte and leaves Python alone meanwhile, so it costs no time of its own here.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing, suppress
from pathlib import Path
from threading import Thread
from urllib.parse import quote

from app import cipher
from app.cipher import Secret, StudyKey, unlock
from app.errors import ReflexaError

_HEAD, _OURS = b"SQLite format 3\x00", b"RFLX"


class PageCheck:
    """Looks at the pages of one file beside everything else, for reading only. A file that is not ours is left."""

    def __init__(self, path: Path, password: Secret | None = None) -> None:
        self._path = path
        self._password = password
        self._seen = _state(path)
        self._sound = False
        self._thread = Thread(target=self._look, name="page check", daemon=True)
        self._thread.start()

    def found_sound(self) -> bool:
        """Whether every page was found sound and the file is still the one that was looked at; waits for the end.

        False says nothing: the file may be damaged, or could not be looked at in this way.
        """
        self._thread.join()
        return self._sound and self._seen is not None and self._seen == _state(self._path)

    def _look(self) -> None:
        with suppress(OSError, sqlite3.Error, UnicodeDecodeError, ReflexaError):
            key = unlock(self._path, self._password)  # the password keeps what is derived here
            with self._path.open("rb") as file:
                head = file.read(100)
            if key is None and (not head.startswith(_HEAD) or head[68:72] != _OURS):
                return
            uri = f"file:{quote(str(self._path.resolve()))}?mode=ro"
            with closing(_connection(uri, key)) as connection:
                for pragma in ("trusted_schema=OFF", "cell_size_check=ON", "mmap_size=0"):
                    connection.execute(f"PRAGMA {pragma}")
                self._sound = connection.execute("PRAGMA quick_check(1)").fetchone()[0] == "ok"


def _connection(uri: str, key: StudyKey | None) -> sqlite3.Connection:
    return sqlite3.connect(uri, uri=True, isolation_level=None) if key is None else cipher.connect(uri, key)


def _state(path: Path) -> tuple[int, int, int] | None:
    """What tells a file from the same one written to since."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_ino, found.st_size, found.st_mtime_ns
