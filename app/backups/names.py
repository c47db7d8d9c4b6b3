"""What a backup is called: `STUDY~SEQUENCE~MOMENT~REASON~SIGN.reflexa`, fit for every file system.

The sequence is the number of the study's last change, so that the order of backups does not hang on a clock. The sign
tells the study (its key) and its state (the last change) without saying anything of them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from hashlib import sha256
from pathlib import Path

SUFFIX = ".reflexa"
FOLDER = "-backups"
"""How the name of a folder ends in which backups lie."""
LONGEST_STEM = 140
"""UTF-8 bytes of a study's name that are kept, so that the whole fits into the 255 that file systems allow."""

_FORM = re.compile(
    r"(?P<stem>.+)~(?P<seq>\d{6,18})~(?P<at>\d{4}-\d\d-\d\dT\d\d\.\d\d\.\d\dZ)~(?P<reason>[a-z-]+)"
    r"~(?P<study>[0-9a-f]{6})(?P<state>[0-9a-f]{6})\.reflexa",
)
_MOMENT = "%Y-%m-%dT%H.%M.%SZ"
_FORBIDDEN = re.compile(r'[\\/:*?"<>|\x00-\x1f\x7f]')


class Reason(StrEnum):
    """Why a backup was made; the value stands in its name."""

    OPENED = "opened"
    HOURLY = "hourly"
    CLOSED = "closed"
    ASKED = "asked"
    UPDATE = "before-update"
    PROJECT = "before-project"
    REPLACE = "before-replacing"
    MERGE = "before-merging"
    PURGED = "after-purging"
    NOT_SOUND = "not-sound"

    @property
    def words(self) -> str:
        """The reason for a person."""
        return _WORDS[self]


_WORDS = {
    Reason.OPENED: "when it was opened",
    Reason.HOURLY: "while working",
    Reason.CLOSED: "when it was closed",
    Reason.ASKED: "when you asked",
    Reason.UPDATE: "before it was brought up to date",
    Reason.PROJECT: "before a project came in",
    Reason.REPLACE: "before a transcript was replaced",
    Reason.MERGE: "before codes were merged",
    Reason.PURGED: "after words were purged",
    Reason.NOT_SOUND: "it did not verify",
}


@dataclass(frozen=True)
class Backup:
    """One backup on disk, as its name tells it."""

    path: Path
    seq: int
    at: datetime
    reason: Reason
    study: str
    """Six letters that stand for the study's key."""
    state: str
    """Six letters that stand for the last change."""

    @property
    def name(self) -> str:
        """The name of its file."""
        return self.path.name

    @property
    def is_sound(self) -> bool:
        """Whether it verified when it was made."""
        return self.reason is not Reason.NOT_SOUND


@dataclass(frozen=True)
class Moment:
    """Which study, and which state of it: what a backup is a backup of."""

    seq: int
    study: str
    state: str


def moment_of(key: str, seq: int, at: str) -> Moment:
    """From the key of the study and the number and time of its last change."""
    return Moment(seq, _short(key), _short(f"{seq} {at}"))


def name_of(study_path: Path, moment: Moment, at: datetime, reason: Reason) -> str:
    """The name of a backup that is made now."""
    when = at.astimezone(UTC).strftime(_MOMENT)
    return f"{stem_of(study_path)}~{moment.seq:06d}~{when}~{reason}~{moment.study}{moment.state}{SUFFIX}"


def parsed(path: Path) -> Backup | None:
    """The backup that a file's name tells of; None for every other file."""
    found = _FORM.fullmatch(path.name)
    if found is None:
        return None
    try:
        at = datetime.strptime(found["at"], _MOMENT).replace(tzinfo=UTC)
        reason = Reason(found["reason"])
    except ValueError:
        return None
    return Backup(path, int(found["seq"]), at, reason, found["study"], found["state"])


def stem_of(study_path: Path) -> str:
    """The name of a study without its ending, fit for every file system and not too long."""
    stem = _FORBIDDEN.sub("_", study_path.name.removesuffix(SUFFIX))
    return stem.encode()[:LONGEST_STEM].decode(errors="ignore").rstrip(". ") or "study"


def _short(words: str) -> str:
    return sha256(words.encode()).hexdigest()[:6]


def is_backup(path: Path) -> bool:
    """Whether a file is a backup by its name and by the folder that it lies in."""
    return parsed(path) is not None and path.parent.name.endswith(FOLDER)
