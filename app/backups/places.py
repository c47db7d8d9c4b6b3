"""Where the backups of a study lie, and which there are."""

from __future__ import annotations

from pathlib import Path

from app.backups.names import FOLDER, Backup, parsed, stem_of
from app.backups.rules import Rules

PART = ".part"


def folders_of(study_path: Path, rules: Rules | None = None) -> list[Path]:
    """Every folder in which backups of the study may lie, the one that is written to first.

    Also with another place chosen the one beside the study is named, since older backups may lie there.
    """
    chosen = Rules.load() if rules is None else rules
    name = stem_of(study_path) + FOLDER
    beside = study_path.resolve().parent / name
    places = [Path(chosen.place) / name if chosen.place else beside]
    if chosen.second:
        places.append(Path(chosen.second) / name)
    return list(dict.fromkeys([*places, beside]))


def backups_of(study_path: Path, rules: Rules | None = None) -> list[Backup]:
    """The backups of a study, the newest first; the same one in two places is named once."""
    found: dict[str, Backup] = {}
    for folder in folders_of(study_path, rules):
        for backup in in_folder(folder):
            found.setdefault(backup.name, backup)
    return sorted(found.values(), key=lambda one: (one.at, one.seq), reverse=True)


def in_folder(folder: Path) -> list[Backup]:
    """The backups in one folder, the newest by sequence first; a folder that is not there holds none."""
    try:
        names = sorted(folder.iterdir())
    except OSError:
        return []
    found = (parsed(path) for path in names)
    return sorted((one for one in found if one is not None), key=lambda one: (one.seq, one.at), reverse=True)


def delete_backups(study_path: Path, rules: Rules | None = None) -> list[Path]:
    """Delete every backup of the study in all its places, begun ones too; returns what could not be deleted."""
    left: list[Path] = []
    for folder in folders_of(study_path, rules):
        try:
            inside = list(folder.iterdir())
        except OSError:
            continue
        for path in inside:
            if parsed(path) is not None or PART in path.suffixes or path.name.endswith((".lock", "-journal")):
                try:
                    path.unlink(missing_ok=True)
                except OSError:
                    left.append(path)
        try:
            folder.rmdir()
        except OSError:  # something else lies in it
            continue
    return left
