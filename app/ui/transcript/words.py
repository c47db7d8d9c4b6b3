"""Where words begin and end, as Unicode says it for any language; punctuation at a word's edge belongs to it."""

from __future__ import annotations

import unicodedata
from itertools import pairwise

from PySide6.QtCore import QTextBoundaryFinder

from app.ui.transcript.offsets import OffsetMap

REACH = 400
"""How far (in characters) a word is looked for: a turn may be as long as a book."""


def word_edge(text: str, position: int, within: tuple[int, int], *, forward: bool, end: bool) -> int | None:
    """The nearest end (or start) of a word after (or before) a position, inside a stretch; None if there is none."""
    first, last = max(within[0], position - REACH), min(within[1], position + REACH)
    if first >= last:
        return None
    edges = [first + word[end] for word in words(text[first:last])]
    if forward:
        return min((edge for edge in edges if edge > position), default=None)
    return max((edge for edge in edges if edge < position), default=None)


def words(text: str) -> list[tuple[int, int]]:
    """The words of a short text with the punctuation that hangs on them. Code points."""
    offsets = OffsetMap(text)
    finder = QTextBoundaryFinder(QTextBoundaryFinder.BoundaryType.Word, text)
    edges = [0]
    while (unit := finder.toNextBoundary()) >= 0:
        edges.append(offsets.from_qt(unit))
    return [
        (_back_over(text, start), _on_over(text, end))
        for start, end in pairwise(edges)
        if not _is_edge(text[start:end])
    ]


def _is_edge(part: str) -> bool:
    return all(letter.isspace() or unicodedata.category(letter).startswith("P") for letter in part)


def _on_over(text: str, end: int) -> int:
    """Behind the punctuation that follows, if a space or the end comes after it: not inside “well-known”."""
    at = end
    while at < len(text) and unicodedata.category(text[at]).startswith("P"):
        at += 1
    return at if at == len(text) or text[at].isspace() else end


def _back_over(text: str, start: int) -> int:
    """Before the punctuation that opens the word."""
    at = start
    while at > 0 and unicodedata.category(text[at - 1]).startswith("P"):
        at -= 1
    return at if at == 0 or text[at - 1].isspace() else start
