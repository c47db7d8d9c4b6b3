"""What becomes of a mutant of a study: it is opened as the window and the commands do, and looked at by `verify`."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from app.analysis.verify import verify
from app.errors import ReflexaError
from app.models.base import Base
from app.study import Study
from tests.hostile.mutants import Due, Mutant

Rows = dict[str, list[dict[str, object]]]

TRAIL_WORDS = frozenset(("at", "actor", "label", "reason"))
"""What the trail of changes says in words stands nowhere twice, so a changed letter in it cannot be seen."""


def everything(path: Path) -> Rows:
    """Every row of a study, as bytes where it has any."""
    with closing(sqlite3.connect(path)) as connection:
        connection.row_factory = sqlite3.Row
        connection.text_factory = bytes
        return {
            name: [dict(row) for row in connection.execute(f'SELECT rowid, * FROM "{name}" NOT INDEXED')]
            for name in Base.metadata.tables
        }


def differences(one: Rows, other: Rows) -> set[str]:
    """In which columns two studies differ; a table with more or fewer rows differs as a whole."""
    found: set[str] = set()
    for name, rows in one.items():
        if len(rows) != len(other[name]):
            found.add(name)
            continue
        for before, after in zip(rows, other[name], strict=True):
            found |= {f"{column}" for column in before if before[column] != after[column]}
    return found


def judged(mutant: Mutant, good: Rows, folder: Path, look: Callable[[Path], bool]) -> str:
    """What is not as it is due, or nothing. `look` opens the file in some way and says whether it was opened."""
    path = mutant.write(folder)
    before = path.read_bytes()
    try:
        reported = bool(verify(path, full=True))
    except ReflexaError:
        reported = True
    except Exception as error:  # noqa: BLE001
        return f"verify crashed: {type(error).__name__}"
    if path.read_bytes() != before:
        return "verify changed the file"
    try:
        opened = look(path)
    except Exception as error:  # noqa: BLE001
        return f"opening crashed: {type(error).__name__}"
    if not opened and path.read_bytes() != before:
        return "it was refused, and changed"
    return _not_due(mutant, opened, reported, lambda: differences(good, everything(path)))


def _not_due(mutant: Mutant, opened: bool, reported: bool, differs: Callable[[], set[str]]) -> str:
    if mutant.due == Due.REFUSED:
        return "it was opened" if opened else "" if reported else "verify says nothing"
    if mutant.due == Due.REPORTED:
        return "" if reported else "verify says nothing"
    if reported or not opened:
        return ""
    what = differs() - (TRAIL_WORDS if mutant.due == Due.REPORTED_OR_HARMLESS else frozenset())
    return f"it says something else than before: {sorted(what)[:5]}" if what else ""


def opens(path: Path) -> bool:
    """Open a study for writing, as any command does."""
    try:
        Study.open(path).close()
    except ReflexaError as error:
        assert path.name in error.sentence
        return False
    return True
