"""Which way words run. The words decide, never the hidden label before them: "Dana: אני חושבת" runs right to left."""

from __future__ import annotations

import re
from unicodedata import bidirectional

_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]")


def has_right_to_left(text: str) -> bool:
    """Whether any letter of a script that runs right to left stands in the text."""
    return not text.isascii() and _RIGHT_TO_LEFT.search(text) is not None


def runs_right_to_left(words: str) -> bool | None:
    """The way of the first letter that has one; None where no letter has."""
    for character in words:
        kind = bidirectional(character)
        if kind in ("L", "R", "AL"):
            return kind != "L"
    return None
