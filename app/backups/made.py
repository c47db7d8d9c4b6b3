"""Where this computer put backups of which study, so that a purge finds them after a rename, a move, another choice.

It lies beside what was chosen about backups, and knows studies by the signs that stand in names of backups.
"""

from __future__ import annotations

import json
import os
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.backups.rules import config_folder


@dataclass(frozen=True)
class Made:
    """A folder in which backups were made, and the study file that they are of.

    `inside`: it is on the disk of the settings, so that one that is not there was deleted and not unplugged.
    """

    folder: Path
    study: Path
    inside: bool

    @property
    def is_away(self) -> bool:
        """Whether it is on a drive that is not there at this moment."""
        return not self.inside and not self.folder.parent.is_dir()


def remember(sign: str, folder: Path, study_path: Path) -> None:
    """Backups of a study are made in this folder, which is there. Where it cannot be written down, it is not."""
    made = Made(folder.resolve(), study_path.resolve(), _is_inside(folder))
    with suppress(OSError):
        held = _read()
        mine = [_of(one) for one in held.get(sign, [])]
        if made not in mine:
            mine = [one for one in mine if one.folder != made.folder or one.study != made.study]
            held[sign] = [_as_json(one) for one in (*mine, made)]
            left = {key: [one for one in some if not _is_gone(_of(one))] for key, some in held.items()}
            _write({key: some for key, some in left.items() if some})


def made_for(sign: str, study_path: Path) -> list[Made]:
    """The folders with backups of this file, and of a file of the same study that is there no more.

    A copy that somebody works on beside it keeps its own.
    """
    here = study_path.resolve()
    return [made for made in map(_of, _read().get(sign, [])) if made.study == here or not made.study.exists()]


def forget(sign: str, study_path: Path) -> None:
    """The study is gone, and its backups are."""
    gone = {made.folder for made in made_for(sign, study_path) if not made.is_away}
    with suppress(OSError):
        held = _read()
        held[sign] = [one for one in held.get(sign, []) if _of(one).folder not in gone]
        _write({key: made for key, made in held.items() if made})


def _is_gone(made: Made) -> bool:
    """Whether somebody deleted it."""
    return made.inside and not made.folder.is_dir()


def _of(held: Any) -> Made:
    return Made(Path(str(held["folder"])), Path(str(held["study"])), bool(held["inside"]))


def _as_json(made: Made) -> dict[str, Any]:
    return {"folder": str(made.folder), "study": str(made.study), "inside": made.inside}


def _is_inside(folder: Path) -> bool:
    try:
        config = config_folder()
        config.mkdir(parents=True, exist_ok=True)
        return folder.stat().st_dev == config.stat().st_dev
    except OSError:
        return True


def _read() -> dict[str, list[Any]]:
    """What was written down; what is not legible is not known."""
    try:
        held = json.loads(_file().read_text(encoding="utf-8"))
        return {str(sign): [one for one in made if _of(one)] for sign, made in held.items()}
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return {}


def _write(held: dict[str, list[Any]]) -> None:
    file = _file()
    file.parent.mkdir(parents=True, exist_ok=True)
    part = file.with_name(f"{file.name}.{os.getpid()}")
    descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as open_part:
        json.dump(held, open_part)
    part.replace(file)


def _file() -> Path:
    return config_folder() / "backups-made.json"
