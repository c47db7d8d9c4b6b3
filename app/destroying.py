"""Destroying a study: its file, and every copy that the program made of it by itself."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from app.backups import Rules, folders_of
from app.purging import own_copies, unreachable
from app.study import Study

REMAINS = (
    "Deleting a file does not overwrite it: on the disk itself remnants cannot be excluded, on an SSD above all.",
    "What was exported, and copies that you, others, a cloud folder or the computer's own backup made, stay.",
)
"""What destroying does not reach, in words for a person."""


@dataclass(frozen=True)
class Doomed:
    """What would be deleted, and what is out of reach at this moment."""

    study: Path
    copies: tuple[Path, ...]
    folders: tuple[Path, ...]
    away: tuple[Path, ...]


def doomed(study: Study, rules: Rules | None = None) -> Doomed:
    """Everything that destroying an open study would delete."""
    chosen = Rules.load() if rules is None else rules
    return Doomed(
        study.path.resolve(),
        tuple(own_copies(study, chosen)),
        tuple(folders_of(study.path, chosen)),
        tuple(unreachable(study.path, chosen)),
    )


def destroy(what: Doomed) -> list[Path]:
    """Delete all of it, copies first, once the study is closed; returns what could not be deleted."""
    beside = [what.study.with_name(what.study.name + ending) for ending in ("-journal", ".lock")]
    left = [path for path in (*what.copies, what.study, *beside) if not _deleted(path)]
    for folder in what.folders:
        with suppress(OSError):  # something else lies in it, or it was never there
            folder.rmdir()
    return [*left, *what.away]


def _deleted(path: Path) -> bool:
    try:
        path.unlink(missing_ok=True)
    except OSError:
        return False
    return True
