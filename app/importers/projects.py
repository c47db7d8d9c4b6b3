"""Which projects of other programs can come in, and the one way to read one."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from app.importers.draft import ImportRefused
from app.importers.project import ProjectDraft
from app.importers.reading import shown_name

READERS = {
    ".qdpx": ("refi", "read_refi"),
    ".qde": ("refi", "read_refi"),
    ".qda": ("qualcoder", "read_qualcoder"),
    ".sqlite3": ("taguette", "read_taguette"),
    ".rqda": ("rqda", "read_rqda"),
}
"""{ending: module and function that read it}; modules are imported when they are used."""


def is_project(path: Path) -> bool:
    """Whether a file's ending is that of a project of another program."""
    return path.suffix.casefold() in READERS


def read_project(path: Path) -> ProjectDraft:
    """Read a project. Raises ImportRefused with one sentence that names the file."""
    found = READERS.get(path.suffix.casefold())
    if found is None:
        endings = ", ".join(READERS)
        raise ImportRefused(f"“{shown_name(path)}” is no project that can come in. Those end in {endings}.")
    read: Callable[[Path], ProjectDraft] = getattr(import_module(f"app.importers.{found[0]}"), found[1])
    return read(path)
