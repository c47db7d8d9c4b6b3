"""Texts as they are compared: case apart if wanted, typographic signs as one types them - with the way back.

Offsets of what is found stay code points of the text itself. Nearly always a folded text is as long as the text, and
the way back costs nothing; only letters that were written in two pieces (e and its accent) make it shorter.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

_AS_TYPED = {
    "\n": " ", "\t": " ", "\u00a0": " ", "\u2009": " ", "\u202f": " ", "\u3000": " ",
    "‘": "'", "’": "'", "ʼ": "'", "“": '"', "”": '"', "„": '"', "‐": "-", "‑": "-",
}  # fmt: skip
"""Signs that a word processor writes and nobody types; a line break in a turn is layout."""
_LOWER = {"İ": "i", "ẞ": "ß"}
"""The only letter that Python makes longer in lower case, and one that has two capitals."""


@dataclass(frozen=True)
class Folded:
    """A folded text; `back` leads from its offsets to those of the text."""

    text: str
    here: tuple[int, ...] = ()
    """Where in it pieces were put together: from these offsets on ..."""
    there: tuple[int, ...] = ()
    """... one is so much further in the text."""

    @property
    def straight(self) -> bool:
        """Whether its offsets are those of the text."""
        return not self.here

    def back(self, offset: int) -> int:
        """The offset in the text."""
        place = bisect_right(self.here, offset)
        return offset + self.there[place - 1] if place else offset


def fold(text: str, *, match_case: bool = False) -> Folded:
    """The text as it is compared."""
    composed = Folded(text)
    if not text.isascii() and not unicodedata.is_normalized("NFC", text):
        composed = _composed(text)
    flat = composed.text
    for sign, typed in _AS_TYPED.items():
        if sign in flat:
            flat = flat.replace(sign, typed)
    if not match_case:
        for capital, small in _LOWER.items():
            if capital in flat:
                flat = flat.replace(capital, small)
        flat = flat.lower()
        if "ς" in flat:  # which sigma is written depends on what follows
            flat = flat.replace("ς", "σ")
    return Folded(flat, composed.here, composed.there)


def folded_words(words: str, *, match_case: bool = False) -> str:
    """What is typed, folded as texts are."""
    return fold(words, match_case=match_case).text


def _composed(text: str) -> Folded:
    """Letters in several pieces put together, as far as Unicode has them in one."""
    parts: list[str] = []
    here: list[int] = []
    there: list[int] = []
    done = length = 0
    for found in _pieces().finditer(text):
        piece = found[0]
        whole = unicodedata.normalize("NFC", piece)
        if len(whole) == len(piece):  # nothing to compose, though maybe another order of accents
            continue
        parts += (text[done : found.start()], whole)
        length += found.start() - done + len(whole)
        done = found.end()
        here.append(length)
        there.append(done - length)
    return Folded("".join((*parts, text[done:])), tuple(here), tuple(there))


@lru_cache(1)
def _pieces() -> Any:
    """A letter with the marks that follow it, or a Korean syllable in its parts."""
    import regex

    return regex.compile(r"\P{M}\p{M}+|[\u1100-\u1112][\u1161-\u1175][\u11a8-\u11c2]?|[\uac00-\ud7a3][\u11a8-\u11c2]")
