"""A password for a study and for the copies that the program itself made of it: backups go along, whatever changes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from app.backups import Rules
from app.backups.names import SUFFIX
from app.cipher import StudyKey, new_key, unlock
from app.errors import ReflexaError
from app.password import Password
from app.purging import own_copies, unreachable
from app.rewriting import put_in_place, write_anew
from app.study import Study

LIMITS = (
    "A disk may keep remnants of what was written before, an SSD above all; exports, and copies that you or others"
    " made, stay as they are."
)
"""What a password reaches no more, in words for a person."""


@dataclass(frozen=True)
class Protected:
    """What became of the study's backups."""

    along: int
    """Backups that have the password of the study now."""
    left: tuple[Path, ...] = ()
    """Backups that could not be written anew, and places that could not be reached."""


def protect(
    study: Study, password: Password | None, *, rules: Rules | None = None, say: Callable[[], None] | None = None
) -> Protected:
    """Give an open study a password, another one, or none, and its backups the same. `say` is called after each file.

    Where there was none before, the backups come first: no crash leaves plain copies of an encrypted study. Raises
    ReflexaError; the study is as it was then.
    """
    if password is not None:
        password.check()
    old, new = study.cipher_key, None if password is None else new_key(password)
    tell = say or (lambda: None)
    copies = [path for path in own_copies(study, rules) if path.suffix == SUFFIX]
    away = unreachable(study, rules)
    if old is None:
        left = _taken_along(copies, old, new, tell)
        study.set_key(new)
    else:
        study.set_key(new)
        left = _taken_along(copies, old, new, tell)
    tell()
    return Protected(len(copies) - len(left), (*left, *away))


def _taken_along(
    copies: list[Path], old: StudyKey | None, new: StudyKey | None, tell: Callable[[], None]
) -> list[Path]:
    left = []
    for path in copies:
        try:
            key = unlock(path, old)
            if key is not None or new is not None:
                put_in_place(write_anew(path, key, new), path)
        except ReflexaError:  # another password of long ago, or a disk that refuses
            left.append(path)
        tell()
    return left
