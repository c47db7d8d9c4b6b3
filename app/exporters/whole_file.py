"""Writing a file whole or not at all: beside the target, to the disk, then in its place in one step."""

from __future__ import annotations

import errno
import os
import tempfile
import time
from contextlib import suppress
from pathlib import Path

from app.errors import ExportRefused

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
PREFIX, OLD = ".reflexa-", 3600.0
"""How a half-written file begins, and after how many seconds it is one that a crash left."""
_FORBIDDEN = {errno.EACCES, errno.EPERM, errno.EROFS}


def check_target(path: Path, *, force: bool) -> None:
    """Raises ExportRefused if nothing may be written there, before any work is done."""
    if not path.parent.is_dir():
        raise ExportRefused(f"There is no folder “{path.parent.name}” for “{path.name}”. Make it first.")
    if path.is_dir():
        raise ExportRefused(f"“{path.name}” is a folder. Choose a name for the file.")
    if path.exists() and not force:
        raise ExportRefused(f"“{path.name}” exists already and was left as it is. Choose another name or replace it.")


def write_whole(path: Path, content: bytes, *, force: bool) -> None:
    """Put a file there that its owner alone may read. If anything fails, an older file stays as it was.

    Raises ExportRefused.
    """
    check_target(path, force=force)
    beside: Path | None = None
    try:
        _sweep(path.parent)
        handle, name = tempfile.mkstemp(prefix=PREFIX, suffix=path.suffix, dir=path.parent)
        beside = Path(name)
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        check_target(path, force=force)
        beside.replace(path)
        beside = None
    except OSError as error:
        raise ExportRefused(_sentence(path, error)) from error
    finally:
        if beside is not None:
            beside.unlink(missing_ok=True)


def _sweep(folder: Path) -> None:
    """Take away what a crash left half written here: it holds words of participants."""
    for left in folder.glob(f"{PREFIX}*"):
        with suppress(OSError):
            if time.time() - left.stat().st_mtime > OLD:
                left.unlink()


def _sentence(path: Path, error: OSError) -> str:
    if error.errno in _FULL:
        return f"The disk is full, so “{path.name}” was not written. Make room and do it again."
    if error.errno in _FORBIDDEN:
        return f"“{path.name}” cannot be written in that folder. Choose another one."
    return f"“{path.name}” could not be written ({error.strerror or type(error).__name__}). Nothing is left behind."
