"""A backup as a study again: always a copy under a new name, never over a file that is there."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from app.backups.making import to_disk
from app.backups.names import SUFFIX
from app.backups.places import PART
from app.errors import StudyRefused


def restore_to(source: Path, target: Path) -> None:
    """Write the file `source` out once more as `target`, whole or not at all. Raises StudyRefused.

    Whether it is sound is for whoever opens it to find out; the backup stays.
    """
    if target.exists():
        raise StudyRefused(f"“{target.name}” exists already and was left as it is. Choose another name.")
    part = target.with_name(f".{target.name}.{os.getpid()}{PART}")
    try:
        with source.open("rb") as backup:
            handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
            with os.fdopen(handle, "wb") as copy:
                while block := backup.read(1 << 20):
                    copy.write(block)
        to_disk(part)
        give_name(part, target)
        to_disk(target.parent)
    except OSError as error:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        reason = error.strerror or type(error).__name__
        raise StudyRefused(f"“{target.name}” could not be written ({reason}). Nothing is left behind.") from None


def give_name(part: Path, target: Path) -> None:
    """Replace nothing, not even what came in between; not every file system can link."""
    try:
        os.link(part, target)
    except FileExistsError:
        raise
    except OSError:
        if target.exists():
            raise FileExistsError(17, "it exists already") from None
        part.rename(target)
    else:
        part.unlink()


def free_name_beside(study_path: Path, mark: str) -> Path:
    """A name beside the study that says what the copy is: `mark` is a word or a date; a number is added if need be."""
    folder = study_path.parent
    stem = study_path.name.removesuffix(SUFFIX)
    first = folder / f"{stem} {mark}{SUFFIX}"
    numbered = (folder / f"{stem} {mark} {number}{SUFFIX}" for number in range(2, 1000))
    return next((one for one in (first, *numbered) if not one.exists()), first)
