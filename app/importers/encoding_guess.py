"""Which old single-byte encoding the bytes of a text are in: the one that reads with the fewest impossible words.

Read in the wrong one, words get signs inside, capitals after small letters, or letters of two scripts.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from itertools import pairwise

SINGLE_BYTE = (
    "cp1252", "mac_roman", "cp1250", "iso8859_2", "cp1254", "cp1257", "cp850", "iso8859_6", "cp866", "tis_620",
)  # fmt: skip
"""In the order in which they are preferred when two read equally well."""
SAMPLE = 60_000
CLEARLY = 0.5
"""Another encoding than windows-1252 is taken when its reading has less than this share of its impossible places."""

_WORD = re.compile(r"[^\s\x00-\x26\x28-\x2c\x2e-\x40\x5b-\x60\x7b-\x7f]+")
_WORN: tuple[tuple[str, str, str], ...] = (
    ("cp1254", "[ðÐýÝþÞ]", "[æáÆÁ]"),  # Turkish looks like Icelandic, which has æ and á too
    ("cp1250", "(?s)^(?=.*[ìÌ])(?=.*[øØ])", "[åÅæÆ]"),  # Czech: no Western language has ì and ø
    ("cp1250", "(?s)^(?=.*[öüÖÜ])(?=.*[õûÕÛ])", "[äãçßÄÃÇ]"),  # Hungarian
)
"""(encoding, letters that its texts show when they are read as windows-1252, letters that they do not show)."""
_INSIDE = "'’-\u00ad\u200d·"
"""Signs that words may have inside; punctuation may stand around them."""


def likeliest(content: bytes) -> str:
    """The name of the encoding, as Python calls it."""
    sample = content[:SAMPLE]
    counts = {name: _impossible(sample.decode(name, errors="replace")) for name in SINGLE_BYTE}
    best = min(SINGLE_BYTE, key=lambda name: counts[name])
    if counts[best] >= CLEARLY * counts["cp1252"]:
        best = "cp1252"
    if best == "cp1252":
        text = sample.decode("cp1252", errors="replace")
        worn = (name for name, shown, hidden in _WORN if re.search(shown, text) and not re.search(hidden, text))
        best = next(worn, best)
    return best


def is_japanese_euc(content: bytes) -> bool:
    """Whether the bytes read as EUC-JP are words in hiragana, which by chance does not happen."""
    try:
        text = content.decode("euc_jp")
    except UnicodeDecodeError:
        return False
    wide = [letter for letter in text[:SAMPLE] if letter > "\u2e80"]
    return sum(1 for letter in wide if "\u3041" <= letter <= "\u309f") > len(wide) / 5


def _impossible(text: str) -> int:
    return sum(_faults(word) for word in _WORD.findall(text) if not word.isascii())


@lru_cache(maxsize=8192)
def _faults(word: str) -> int:
    """How many places of a word cannot be right."""
    faults = 2 * word.count("\ufffd")
    inner = word.strip("".join(letter for letter in set(word) if unicodedata.category(letter)[0] == "P"))
    if not any(map(str.isalpha, inner)):
        return faults
    faults += sum(1 for letter in inner if unicodedata.category(letter)[0] not in "LM" and letter not in _INSIDE)
    faults += sum(1 for one, two in pairwise(inner) if one.islower() and two.isupper())
    scripts = {_script(letter) for letter in inner if letter.isalpha() and letter not in "ªº"}
    return faults + 2 * (len(scripts) - 1 if scripts else 0)


def _script(letter: str) -> str:
    return unicodedata.name(letter, "NONE").partition(" ")[0]
