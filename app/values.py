"""What a value of an attribute says, however it is written: for whoever reads a table and for whoever keeps it."""

from __future__ import annotations

import re

YES = {"yes", "y", "true", "1", "ja", "sí", "si", "ya", "oui"}
NO = {"no", "n", "false", "0", "nein", "tidak", "non"}
_NUMBER = re.compile(r"([+-]?\d+)(?:[.,](\d+))?")


def as_number(said: str) -> str | None:
    """The number with a point; None for what is none. A comma before three digits may be a thousand: it is not sure."""
    found = _NUMBER.fullmatch(said)
    if found is None or ("," in said and len(found[2]) == 3):
        return None
    return said.replace(",", ".")


def as_yes_or_no(said: str) -> str | None:
    """Yes or no, also in other words; None for what is neither."""
    folded = said.casefold()
    return "yes" if folded in YES else "no" if folded in NO else None
