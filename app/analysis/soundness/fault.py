"""One thing that is wrong with a study, in plain words and without a word that a participant said."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Fault:
    """What is wrong, where, and what follows from it for the researcher."""

    what: str
    where: str
    consequence: str

    def __str__(self) -> str:
        """The fault in one line."""
        return f"{self.what} ({self.where}). {self.consequence}"
