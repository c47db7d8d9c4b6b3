"""One thing that is wrong with a study, in plain words and without a word that a participant said."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from app.models.sqlite import error_name


@dataclass(frozen=True)
class Fault:
    """What is wrong, where, and what follows from it for the researcher."""

    what: str
    where: str
    consequence: str

    def __str__(self) -> str:
        """The fault in one line."""
        return f"{self.what} ({self.where}). {self.consequence}"


UNREADABLE = (sqlite3.Error, UnicodeError)
"""What reading a damaged file raises; Python stumbles over SQLite's own message when that quotes damaged names."""


def reason(error: Exception) -> str:
    """Why something could not be read, in SQLite's short word and without content."""
    return error_name(error) or type(error).__name__
