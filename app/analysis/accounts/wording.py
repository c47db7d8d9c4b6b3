"""How accounts put numbers, lists and blanks into words."""

from __future__ import annotations

from collections.abc import Iterable

from app.analysis.map_words import listed

MOST = 8


def many(number: int, thing: str, things: str = "") -> str:
    """ "1 code", "12 codes"."""
    return f"{number:,} {thing}" if number == 1 else f"{number:,} {things or thing + 's'}"


def are(number: int) -> str:
    """What agrees with a number: "there is 1 code", "there are 12 codes"."""
    return "is" if number == 1 else "are"


def were(number: int) -> str:
    """The same of former times."""
    return "was" if number == 1 else "were"


def common(word: str) -> str:
    """A role as it stands inside a sentence: "Mentee" is "mentee" there, "GP" stays."""
    return word[:1].lower() + word[1:] if word[1:].islower() else word


def times(number: int) -> str:
    """ "once", "twice", "3 times"."""
    return {1: "once", 2: "twice"}.get(number, f"{number} times")


def blank(what: str) -> str:
    """A place the researcher fills: the study holds nothing of it."""
    return f"[say {what}]"


def some(names: Iterable[str], most: int = MOST, *, quoted: bool = True) -> str:
    """The names in a row; of many the first, and how many more there are; "" where there is none."""
    held = [f"“{name}”" if quoted else name for name in dict.fromkeys(names)]
    if len(held) <= most + 1:
        return listed(held) if held else ""
    return f"{', '.join(held[:most])} and {len(held) - most} more"


def sentence(text: str) -> str:
    """With a capital letter in front and one full stop at the end."""
    text = text.strip()
    if not text:
        return ""
    return text[:1].upper() + text[1:] + ("" if text.endswith((".", "?", "!", "]", "…", ".”")) else ".")
