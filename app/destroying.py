"""Destroying a study: its file, and every copy that the program made of it by itself."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from app.backups import Rules
from app.backups.made import forget
from app.errors import NotPossible
from app.purging import every_folder, own_copies, sign_of, unreachable
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
    sign: str
    """What tells the study in names of backups."""


def doomed(study: Study, rules: Rules | None = None) -> Doomed:
    """Everything that destroying an open study would delete. Raises NotPossible if its file is not where it was."""
    if not study.in_place:
        raise NotPossible("The study file was moved, deleted or replaced, so nothing was deleted. Put it back first.")
    chosen = Rules.load() if rules is None else rules
    return Doomed(
        study.path.resolve(),
        tuple(own_copies(study, chosen)),
        tuple(every_folder(study, chosen)),
        tuple(unreachable(study, chosen)),
        sign_of(study),
    )


def destroy(what: Doomed) -> list[Path]:
    """Delete all of it, copies first, once the study is closed; returns what could not be deleted."""
    beside = [what.study.with_name(what.study.name + ending) for ending in ("-journal", ".lock")]
    left = [path for path in (*what.copies, what.study, *beside) if not _deleted(path)]
    for folder in what.folders:
        with suppress(OSError):  # something else lies in it, or it was never there
            folder.rmdir()
    if not left:
        forget(what.sign, what.study)
    return [*left, *what.away]


def _deleted(path: Path) -> bool:
    try:
        path.unlink(missing_ok=True)
    except OSError:
        return False
    return True
