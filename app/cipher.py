"""The only module that knows what is special about SQLCipher: its file, its key, its driver.

An encrypted study is a SQLCipher 4 file with its default settings: 16 bytes of salt, then pages under AES-256, each
with a random vector and an HMAC-SHA512, so that no byte can change unseen. The key comes from the password by PBKDF2
with 256,000 rounds of HMAC-SHA512. Other programs that know SQLCipher 4 open it with the same password.

The key is derived here, not by SQLCipher: once for all the connections of an opening. Whether it fits is found from the
first page alone, before any library touches the file. The driver, and all else that takes time to import, is imported
only for an encrypted study: this module is read at every start.
"""

from __future__ import annotations

import os
import sqlite3
import sys
from collections import Counter
from contextlib import suppress
from functools import cache, cached_property
from pathlib import Path
from typing import Any, NoReturn, cast

from app.errors import PasswordNeeded, ReflexaError, WrongPassword
from app.password import Password

PAGE, SALT, MAC = 4096, 16, 64
ROUNDS = 256_000
"""SQLCipher's default."""

STATEMENTS = 2_000
"""How many statements a connection keeps prepared: more than the program has, because when there is no room left the
driver forgets the newest first, and each is prepared anew each time."""

_MASK = 0x3A
_FEWEST_BYTES = 250
"""How many of the 256 values stand in 4,096 random bytes; less than this is chance once in more than 10^12 files."""
_KNOWN = (b"SQLite format 3", b"PK", b"%PDF", b"\x1f\x8b", b"BZh", b"7z\xbc\xaf", b"\xfd7zXZ", b"\x89PNG",
          b"\xff\xd8\xff", b"GIF8", b"RIFF", b"ID3", b"\xd0\xcf\x11\xe0", b"\x28\xb5\x2f\xfd", b"Rar!", b"\x7fELF",
          b"MZ")  # fmt: skip
"""How files begin that are as even as an encrypted one, and are none."""


class StudyKey:
    """The key of one study, with the salt in its file."""

    def __init__(self, raw: bytes, salt: bytes) -> None:
        self.__raw = raw
        self.salt = salt

    def as_told_to_driver(self) -> str:
        """The form in which SQLCipher takes a key as it is."""
        return f"x'{self.__raw.hex()}{self.salt.hex()}'"

    @classmethod
    def told_to_driver(cls, told: str) -> StudyKey:
        """The key again out of that form."""
        held = bytes.fromhex(told[2:-1])
        return cls(held[:-SALT], held[-SALT:])

    def fits(self, page: bytes, number: int = 1) -> bool:
        """Whether a page of a file was written with this key and is as it was: SQLCipher's own check of a page."""
        import hmac

        return hmac.compare_digest(self._sum(page, number), page[-MAC:])

    def signed(self, page: bytes, number: int) -> bytes:
        """A damaged page with the check sum that fits it, so that SQLCipher reads what stands there."""
        return page[:-MAC] + self._sum(page, number)

    def _sum(self, page: bytes, number: int) -> bytes:
        import hmac

        said = page[SALT if number == 1 else 0 : -MAC] + number.to_bytes(4, "little")
        return hmac.digest(self._mac_key, said, "sha512")

    @cached_property
    def _mac_key(self) -> bytes:
        from hashlib import pbkdf2_hmac

        return pbkdf2_hmac("sha512", self.__raw, bytes(one ^ _MASK for one in self.salt), 2, 32)

    def __repr__(self) -> str:
        return "StudyKey(not shown)"

    def __reduce__(self) -> NoReturn:
        raise TypeError("A key is not written down.")


Secret = Password | StudyKey
"""What opens an encrypted study: its password, or the key of another file that was written with the same one."""


def new_key(password: Password) -> StudyKey:
    """A key for a file that is to be written, with a salt of its own. Raises ReflexaError without the driver."""
    driver()
    salt = os.urandom(SALT)
    while salt.startswith(_KNOWN):  # else the file would be taken for one of those
        salt = os.urandom(SALT)
    return StudyKey(password.derive(salt, ROUNDS), salt)


def looks_encrypted(path: Path) -> bool:
    """Whether a file may be an encrypted study: a page at least, as even as noise. Not readable: no."""
    with suppress(OSError), path.open("rb") as file:
        page = file.read(PAGE)
        return len(page) == PAGE and not page.startswith(_KNOWN) and len(Counter(page)) >= _FEWEST_BYTES
    return False


def unlock(path: Path, password: Secret | None) -> StudyKey | None:
    """The key of an encrypted study; None for every file that is none, whatever the password.

    Raises PasswordNeeded, WrongPassword. Nothing but the first page is read.
    """
    if not looks_encrypted(path):
        return None
    if password is None:
        raise PasswordNeeded(f"“{path.name}” is not a study, or it needs its password. It was left untouched.")
    with path.open("rb") as file:
        page = file.read(PAGE)
    key = password if isinstance(password, StudyKey) else StudyKey(password.derive(page[:SALT], ROUNDS), page[:SALT])
    if not key.fits(page) and not key.fits(_before_crash(path, page)):
        raise wrong_password(path)
    return key


def _before_crash(path: Path, page: bytes) -> bytes:
    """The first page as it was before a change that a crash cut off: it may be half written."""
    from app.rollback import rolled_back

    with suppress(OSError):
        return rolled_back(page, path.with_name(path.name + "-journal").read_bytes())[:PAGE]
    return page


def wrong_password(path: Path) -> WrongPassword:
    """What is said of a file that a password does not open."""
    return WrongPassword(
        f"“{path.name}” is not a study, or the password is wrong. It was left untouched."
        " If you are sure of the password, the file is damaged: open a backup."
    )


@cache
def driver() -> Any:
    """The driver of encrypted files, whose errors are made errors of `sqlite3` too. Raises ReflexaError without it."""
    try:
        from sqlcipher3 import dbapi2
    except ImportError as error:
        raise ReflexaError(
            "Studies with a password need the package sqlcipher3, which is not installed here. Nothing was changed."
        ) from error
    for name in ("DatabaseError", "InterfaceError", "DataError", "OperationalError", "IntegrityError", "InternalError",
                 "ProgrammingError", "NotSupportedError"):  # fmt: skip
        kind = getattr(dbapi2, name)
        kind.__bases__ = (*kind.__bases__, getattr(sqlite3, name))
    return dbapi2


@cache
def _connection_type() -> Any:
    class EncryptedConnection(driver().Connection):  # type: ignore[misc]
        """A connection that knows its key, so that a copy of it is written with the same one."""

        key: StudyKey | None = None

        def __repr__(self) -> str:
            return "EncryptedConnection()"

    return EncryptedConnection


def connect(target: str, key: StudyKey | None, *, timeout: float = 2.0) -> sqlite3.Connection:
    """SQLCipher on a file (as a URI) or ":memory:"; without a key it reads plain files. Raises sqlite3.Error."""
    connection = driver().connect(
        target,
        uri=True,
        check_same_thread=False,
        isolation_level=None,
        timeout=timeout,
        factory=_connection_type(),
        cached_statements=STATEMENTS,
    )
    connection.execute("PRAGMA cipher_log_level=NONE")  # else it speaks of pages on standard error
    if key is not None:
        connection.key = key
        connection.set_key(key.as_told_to_driver())
        connection.execute("PRAGMA cipher_compatibility=4")  # whatever a later SQLCipher presets
        keep_memory_private()
    return cast("sqlite3.Connection", connection)


def key_of(connection: object) -> StudyKey | None:
    """The key of an open connection; None for a plain study."""
    key = getattr(connection, "key", None)
    return key if isinstance(key, StudyKey) else None


@cache
def keep_memory_private() -> None:
    """Write no core dump of this process, which holds a key and what it opened. It stays so until the process ends."""
    with suppress(Exception):  # a service of the system, where it has one
        if sys.platform.startswith("linux"):
            from ctypes import CDLL

            not_dumpable = 4, 0
            CDLL(None).prctl(*not_dumpable, 0, 0, 0)
        elif sys.platform != "win32":
            import resource

            resource.setrlimit(resource.RLIMIT_CORE, (0, resource.getrlimit(resource.RLIMIT_CORE)[1]))
