"""What the person chose about backups: whether, where, how many. It lies in a small file of the user's own settings.

It is no part of a study, and both the window and the command line must know it.
"""

from __future__ import annotations

import json
import os
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

FEWEST = 5


@dataclass(frozen=True)
class Rules:
    """Whether backups are made by themselves, another place than beside the study, a second one, how many at least."""

    automatic: bool = True
    place: str = ""
    second: str = ""
    fewest: int = FEWEST

    @classmethod
    def load(cls) -> Rules:
        """What was chosen; what is not legible counts as not chosen."""
        try:
            held = json.loads(_file().read_text(encoding="utf-8"))
            return cls(
                automatic=bool(held.get("automatic", True)),
                place=str(held.get("place", "")),
                second=str(held.get("second", "")),
                fewest=max(FEWEST, int(held.get("fewest", FEWEST))),
            )
        except (OSError, ValueError, TypeError, AttributeError):
            return cls()

    def save(self) -> None:
        """Keep what was chosen. Raises OSError."""
        file = _file()
        file.parent.mkdir(parents=True, exist_ok=True)
        part = file.with_name(f"{file.name}.{os.getpid()}")
        try:
            part.write_text(json.dumps(asdict(self)), encoding="utf-8")
            part.replace(file)
        except OSError:
            with suppress(OSError):
                part.unlink(missing_ok=True)
            raise


def config_folder() -> Path:
    """Where it lies."""
    from platformdirs import user_config_path

    return user_config_path("reflexa", appauthor=False)


def _file() -> Path:
    return config_folder() / "backups.json"
