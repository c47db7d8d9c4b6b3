"""Where words begin and end for a search. Scripts without spaces have no such places: every one of them is one."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

_UNSPACED = (
    (0x0E00, 0x0EFF),  # Thai, Lao
    (0x1000, 0x109F),  # Burmese
    (0x1780, 0x17FF),  # Khmer
    (0x2E80, 0x9FFF),  # Chinese, Japanese
    (0xF900, 0xFAFF),
    (0xFF66, 0xFF9F),
    (0x20000, 0x3FFFF),
)
MOST_AT_ONCE = 100_000
"""Characters whose words are taken in one step: a few milliseconds."""


def unspaced(letter: str) -> bool:
    """Whether the script of a letter has no spaces between words."""
    point = ord(letter)
    return point >= 0x0E00 and any(first <= point <= last for first, last in _UNSPACED)


@lru_cache(4096)
def in_word(letter: str) -> bool:
    """Whether a character belongs to a word that may go on beside it."""
    if letter.isalnum() or letter == "_":
        return not unspaced(letter)
    return letter > "\u02ff" and unicodedata.category(letter)[0] == "M"


def begins(text: str, at: int) -> bool:
    """Whether a word may begin here."""
    return at == 0 or not (in_word(text[at - 1]) and in_word(text[at]))


def ends(text: str, at: int) -> bool:
    """Whether a word may end here."""
    return at == len(text) or not (in_word(text[at - 1]) and in_word(text[at]))


def word_end(text: str, at: int) -> int:
    """Where the word ends that goes on here."""
    while at < len(text) and not ends(text, at):
        at += 1
    return at


def words_of(text: str) -> list[str]:
    """The words of a folded text as they stand in it; a clause of a script without spaces is one."""
    pattern = _ascii_words() if text.isascii() else _words()
    found: list[str] = pattern.findall(text)
    return found


def vocabulary_steps(text: str) -> Iterator[set[str]]:
    """Each word of a folded text once, in several steps."""
    at = 0
    while at < len(text):
        end = at + MOST_AT_ONCE
        while end < len(text) and in_word(text[end]):
            end += 1
        yield set(words_of(text[at:end]))
        at = end


@lru_cache(1)
def _ascii_words() -> Any:
    import re

    return re.compile(r"\w+(?:'\w+)*", re.ASCII)


@lru_cache(1)
def _words() -> Any:
    """Marks on letters belong to words, as they do not for `re`."""
    import regex

    return regex.compile(r"\w+(?:'\w+)*")
