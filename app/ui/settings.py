"""What the program remembers about the window, outside any study: looks, sizes, places. Never a participant's word."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import QByteArray, QLocale, QSettings

RECENT = 8


@dataclass(frozen=True)
class Reading:
    """How transcripts are set: point size, characters a line, line height."""

    family: str
    points: int
    measure: int
    spacing: float
    numbers: str = "turns"
    """What is numbered beside the text: "turns", "paragraphs", "none"."""


class Settings:
    """A thin cover over QSettings, so that each key has one name and one default."""

    def __init__(self, path: Path | None = None) -> None:
        self._store = QSettings(str(path), QSettings.Format.IniFormat) if path else QSettings("Reflexa", "Reflexa")

    @property
    def theme(self) -> str:
        """The look: "system", "light", "dark", "strong light" or "strong dark" (high contrast)."""
        return str(self._store.value("look/theme", "system"))

    @theme.setter
    def theme(self, value: str) -> None:
        self._store.setValue("look/theme", value)

    @property
    def scale(self) -> int:
        """How large the window is drawn, in per cent; it holds from the next start."""
        held = str(self._store.value("look/scale", "100"))
        return int(held) if held.isdigit() and 50 <= int(held) <= 300 else 100

    @scale.setter
    def scale(self, value: int) -> None:
        self._store.setValue("look/scale", str(value))

    @property
    def language(self) -> str:
        """Language of the window: "system" or a language tag."""
        return str(self._store.value("look/language", "system"))

    @language.setter
    def language(self, value: str) -> None:
        self._store.setValue("look/language", value)

    def apply_language(self) -> None:
        """Let dates and numbers follow the language chosen."""
        QLocale.setDefault(QLocale.system() if self.language == "system" else QLocale(self.language))

    @property
    def working_as(self) -> str:
        """The name the researcher gave, put forward for new studies."""
        return str(self._store.value("person/working_as", ""))

    @working_as.setter
    def working_as(self, value: str) -> None:
        self._store.setValue("person/working_as", value)

    @property
    def reading(self) -> Reading:
        """How transcripts are set."""
        return Reading(
            str(self._store.value("reading/family", "")),
            int(str(self._store.value("reading/points", 12))),
            int(str(self._store.value("reading/measure", 72))),
            float(str(self._store.value("reading/spacing", 1.5))),
            str(self._store.value("reading/numbers", "turns")),
        )

    @reading.setter
    def reading(self, value: Reading) -> None:
        for name, held in vars(value).items():
            self._store.setValue(f"reading/{name}", held)

    @property
    def lock_after(self) -> int:
        """Minutes of doing nothing after which the window locks: 0 never, -1 as is usual for the study."""
        held = str(self._store.value("privacy/lock_after", "-1"))
        return int(held) if held in {"0", "5", "10", "30"} else -1

    @lock_after.setter
    def lock_after(self, value: int) -> None:
        self._store.setValue("privacy/lock_after", str(value))

    def minutes_until_lock(self, encrypted: bool) -> int:
        """The same for a study: usual are 10 minutes for one with a password, and never for a plain one."""
        if self.lock_after >= 0:
            return self.lock_after
        return 10 if encrypted else 0

    @property
    def keep_recent(self) -> bool:
        """Whether studies opened before are listed on the start screen."""
        return str(self._store.value("privacy/keep_recent", "true")) == "true"

    @keep_recent.setter
    def keep_recent(self, value: bool) -> None:
        self._store.setValue("privacy/keep_recent", "true" if value else "false")
        if not value:
            self._store.remove("recent")

    @property
    def wording_hints(self) -> bool:
        """Whether quiet notes on wording stand under texts that go out."""
        return str(self._store.value("writing/hints", "true")) == "true"

    @wording_hints.setter
    def wording_hints(self, value: bool) -> None:
        self._store.setValue("writing/hints", "true" if value else "false")

    @property
    def wording_hints_in_journal(self) -> bool:
        """Whether they stand in the journal too, where one thinks aloud."""
        return str(self._store.value("writing/hints_in_journal", "false")) == "true"

    @wording_hints_in_journal.setter
    def wording_hints_in_journal(self, value: bool) -> None:
        self._store.setValue("writing/hints_in_journal", "true" if value else "false")

    def recent(self) -> list[Path]:
        """Studies opened before, newest first, that are still there."""
        held = self._store.value("recent/paths", [])
        paths = [held] if isinstance(held, str) else list(held or [])  # type: ignore[call-overload]
        return [Path(path) for path in paths if Path(path).exists()]

    def remember_recent(self, path: Path) -> None:
        """Put a study on top of the recent ones."""
        if self.keep_recent:
            others = [one for one in self.recent() if one != path]
            self._store.setValue("recent/paths", [str(one) for one in [path, *others][:RECENT]])

    def forget_study(self, study_key: str, path: Path) -> None:
        """Forget everything of one study: where it lay, and its places."""
        self._store.setValue("recent/paths", [str(one) for one in self.recent() if one != path])
        self._store.remove(f"place/{study_key}")
        self._store.sync()

    def place(self, study_key: str, name: str, default: Any = None) -> Any:
        """View state of one study (by its row's key): last workspace, transcript, reading place."""
        return self._store.value(f"place/{study_key}/{name}", default)

    def remember_place(self, study_key: str, name: str, value: Any) -> None:
        """Keep view state of one study; it is no change of the study."""
        self._store.setValue(f"place/{study_key}/{name}", value)

    def shortcuts(self) -> dict[str, list[str]]:
        """{id of a command: the keys the person gave it}; an empty list takes its keys away."""
        try:
            held = json.loads(str(self._store.value("keys/given", "{}")))
        except ValueError:
            return {}
        if not isinstance(held, dict):
            return {}
        return {str(one): [str(key) for key in keys] for one, keys in held.items() if isinstance(keys, list)}

    def remember_shortcuts(self, given: Mapping[str, list[str]]) -> None:
        """Keep the keys the person gave."""
        if given:
            self._store.setValue("keys/given", json.dumps(dict(given)))
        else:
            self._store.remove("keys/given")

    def state(self, name: str) -> QByteArray | None:
        """A saved window or splitter state."""
        held = self._store.value(f"window/{name}")
        return held if isinstance(held, QByteArray) else None

    def remember_state(self, name: str, state: QByteArray) -> None:
        """Keep a window or splitter state."""
        self._store.setValue(f"window/{name}", state)

    def sync(self) -> None:
        """Write to disk now."""
        self._store.sync()
