"""Finishing a purge: what a change took away for good also leaves the unused parts of the file, and the backups.

The change itself (a withdrawal, making pseudonyms permanent) deletes rows and the journal's images in one transaction
and says in the same one that a purge is due. Whatever cuts the rest off - a crash, a full disk, a drive that is not
there - leaves that said, and whoever opens the study next finishes it. SQLite's secure_delete overwrites what is
deleted; VACUUM then writes the file anew, so that no unused part of a page is left either.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from app.analysis.verify import verify
from app.backups import Reason, Rules, folders_of, make_backup
from app.backups.made import made_for
from app.backups.names import moment_of
from app.backups.places import in_folder
from app.errors import BackupNotMade, ReflexaError
from app.study import Study

LIMITS = (
    "What left the study before cannot be called back: exports, and copies of the file that you or others made.",
    "On the disk itself remnants cannot be excluded, on an SSD above all; only encryption helps against those.",
)
"""What no purge reaches, in words for a person; for certificates and documents."""


@dataclass(frozen=True)
class Purged:
    """What a purge came to."""

    backups: int
    """Backups from before, deleted."""
    fresh: bool
    """Whether a new backup was written."""
    left: tuple[Path, ...] = ()
    """Copies that could not be deleted, and places that could not be reached: the purge stays due."""

    @property
    def done(self) -> bool:
        """Whether nothing is left to do."""
        return not self.left


def finish_purge(study: Study, *, rules: Rules | None = None, say: Callable[[str], None] | None = None) -> Purged:
    """Purge the file and the backups of an open study; call it again if it could not be done to its end.

    Backups go only once the study was found sound. Raises ReflexaError, and then the purge stays due.
    """
    chosen = Rules.load() if rules is None else rules
    tell = say or (lambda _: None)
    if study.before_purge is not None:
        study.before_purge()
    tell("Writing the file anew …")
    study.rebuild()
    tell("Checking the study …")
    if verify(study.path, full=True, password=study.cipher_key):
        raise ReflexaError(
            "The study was written anew but does not verify, so its backups were kept. `reflexa verify` says what is"
            " wrong; the purge is finished when the study is opened again."
        )
    tell("Replacing the backups …")
    old, away = own_copies(study, chosen), unreachable(study, chosen)
    fresh: Path | None = None
    if chosen.automatic or old:
        with suppress(BackupNotMade):
            fresh = make_backup(
                study,
                Reason.PURGED,
                check=lambda path: not verify(path, password=study.cipher_key),
                rules=_without(chosen, away),
            ).path
    old = [path for path in old if fresh is None or path.name != fresh.name]
    left = [path for path in old if not _deleted(path)]
    left += away
    if not left:
        study.purge_done()
    return Purged(len(old) - sum(path in left for path in old), fresh is not None, tuple(left))


def own_copies(study: Study, rules: Rules | None = None) -> list[Path]:
    """Every copy of the study that the program made by itself: backups in all places, begun ones, copies of updates.

    A backup is the study's own by its key, whatever its number: the study may have been restored from an older one.
    """
    sign, chosen = sign_of(study), folders_of(study.path, rules)
    found = [one.path for folder in every_folder(study, rules) for one in in_folder(folder) if one.study == sign]
    for folder in every_folder(study, rules):
        with suppress(OSError):
            found += [
                path
                for path in folder.iterdir()
                if path.name.endswith((".part", "-journal")) and (folder in chosen or f"~{sign}" in path.name)
            ]
    beside = study.path.resolve()
    found += beside.parent.glob(f"{_literal(beside.stem)}-before-update-*{beside.suffix}")
    return sorted(set(found))


def every_folder(study: Study, rules: Rules | None = None) -> list[Path]:
    """Every folder in which backups of the study may lie: those of today's choices, and where some were made before."""
    before = [made.folder for made in made_for(sign_of(study), study.path)]
    return list(dict.fromkeys([*folders_of(study.path, rules), *before]))


def sign_of(study: Study) -> str:
    """What tells the study in names of backups."""
    return moment_of(study.key, 0, "").study


def unreachable(study: Study, rules: Rules | None = None) -> list[Path]:
    """Places of backups that are not there at this moment, such as a drive that is not plugged in."""
    chosen = [folder for folder in folders_of(study.path, rules) if not folder.parent.is_dir()]
    before = [made.folder for made in made_for(sign_of(study), study.path) if made.is_away]
    return list(dict.fromkeys([*chosen, *before]))


def _without(rules: Rules, away: list[Path]) -> Rules:
    """The rules without places that are not there; a folder made where a drive belongs would hide that."""
    parents = {str(folder.parent) for folder in away}
    place, second = (("" if str(Path(one)) in parents else one) for one in (rules.place, rules.second))
    return replace(rules, place=place, second=second)


def _deleted(path: Path) -> bool:
    try:
        path.unlink(missing_ok=True)
    except OSError:
        return False
    return True


def _literal(name: str) -> str:
    return "".join(f"[{letter}]" if letter in "*?[" else letter for letter in name)
