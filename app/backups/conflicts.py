"""Copies of a study that lie beside it because a cloud folder, or a download, could not tell which one to keep.

They are found by their names and told by what is in them: the key of the study, and where the two change journals part.
They are read only; nothing is ever merged, moved or deleted here.
"""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from app.backups.names import SUFFIX
from app.cipher import key_of
from app.models.migrations import is_ours
from app.models.sqlite import APPLICATION_ID, connect_beside, missing_bytes, read_header, schema_of

MOST = 20
"""Copies that are looked into; a folder with more of them has another trouble."""

_MARKS = re.compile(
    r"(?: ?\((?i:[^()]*(?:conflict|konflikt|conflit|conflitto)[^()]*)\)"  # Dropbox, Nextcloud, Case Conflict
    r"| ?\(\d{1,3}\)"  # Google Drive, downloads
    r"|\.sync-conflict-[0-9A-Za-z-]+"  # Syncthing
    r"|-(?=[A-Z0-9-]*[A-Z])[A-Z0-9][A-Z0-9-]{2,}"  # OneDrive: the computer's name
    r"|-(?i:[A-Z0-9-]*(?:macbook|imac|laptop|desktop)[A-Z0-9-]*)"
    r"| \d{1,2})$"  # iCloud
)


class Relation(StrEnum):
    """How a copy stands to the study."""

    SAME = "the same"
    OLDER = "only older"
    NEWER = "goes further than this study"
    PARTED = "both hold changes of their own"


@dataclass(frozen=True)
class ConflictCopy:
    """One copy beside the study."""

    path: Path
    relation: Relation
    seq: int
    """The number of its last change."""
    at: datetime
    """When its last change was made."""
    parted: datetime | None
    """The last moment at which both were one, if each went on by itself."""

    @property
    def words(self) -> str:
        """How it stands to the study, for a person."""
        if self.parted is None:
            return self.relation.value
        return f"parted after {self.parted.astimezone():%Y-%m-%d %H:%M}; {self.relation.value}"


def named_like_copies(study_path: Path) -> list[Path]:
    """Files beside the study whose names say that they are copies of it, or that it is one of theirs."""
    wanted = _without_marks(study_path.name)
    try:
        beside = sorted(study_path.resolve().parent.iterdir())
        return [
            one
            for one in beside
            if one.name.endswith(SUFFIX)
            and _without_marks(one.name) == wanted
            and one.is_file()
            and not one.samefile(study_path)
        ]
    except OSError:
        return []


def conflict_copies(connection: sqlite3.Connection, study_path: Path) -> list[ConflictCopy]:
    """Those of them that are the same study as the one that `connection` has open. Raises sqlite3.Error for that one.

    A file that is no study, another one, damaged or under another password is passed over.
    """
    named = named_like_copies(study_path)[:MOST]
    if not named:
        return []
    key, mine = _history(connection)
    found = (_looked_into(connection, path, key, mine) for path in named)
    return [one for one in found if one is not None]


def _looked_into(
    connection: sqlite3.Connection, path: Path, key: str, mine: list[tuple[int, str]]
) -> ConflictCopy | None:
    try:
        if key_of(connection) is None:
            header = read_header(path)
            if header is None or header[0] != APPLICATION_ID or missing_bytes(path):
                return None
        with closing(connect_beside(connection, path)) as copy:
            version = int(copy.execute("PRAGMA user_version").fetchone()[0])
            if not is_ours(schema_of(copy), version):
                return None
            its_key, its = _history(copy)
    except (OSError, sqlite3.Error, UnicodeError):
        return None
    if its_key != key or not its:
        return None
    common = 0
    for one, other in zip(mine, its, strict=False):
        if one != other:
            break
        common += 1
    relation = _relation(common, len(mine), len(its))
    seq, at = its[-1]
    try:
        last = datetime.fromisoformat(at)
        parted = datetime.fromisoformat(its[common - 1][1]) if relation is Relation.PARTED and common else None
    except ValueError:
        return None
    return ConflictCopy(path, relation, seq, last, parted)


def _relation(common: int, mine: int, its: int) -> Relation:
    if common == its:
        return Relation.SAME if common == mine else Relation.OLDER
    return Relation.NEWER if common == mine else Relation.PARTED


def _history(connection: sqlite3.Connection) -> tuple[str, list[tuple[int, str]]]:
    """The key of the study, and number and time of every change."""
    row = connection.execute("SELECT id FROM main.study").fetchone()
    changes = connection.execute("SELECT seq, at FROM main.change ORDER BY seq").fetchall()
    return str(row[0]) if row else "", [(int(seq), str(at)) for seq, at in changes]


def _without_marks(name: str) -> str:
    stem = name.removesuffix(SUFFIX)
    while True:
        shorter = _MARKS.sub("", stem)
        if shorter in ("", stem):
            return stem.casefold()
        stem = shorter
