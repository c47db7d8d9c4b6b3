"""Where sentences begin and end, as Unicode says it for any language."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import QTextBoundaryFinder

from app.ui.transcript.offsets import OffsetMap


def sentence(words: str, start: int, end: int) -> tuple[int, int]:
    """The sentence of `words` that holds the caret (`start` equals `end`), without the space after it.

    Of a selection: all sentences that it touches; one more if it is whole sentences already. Offsets are code points.
    """
    spans = sentences(words)
    if not spans:
        return 0, len(words)
    start, end = max(0, min(start, len(words))), max(0, min(end, len(words)))
    first = max((number for number, span in enumerate(spans) if span[0] <= start), default=0)
    last = max((number for number, span in enumerate(spans) if span[0] < end), default=0)
    last = max(first, last)
    if start != end and (start, end) == (spans[first][0], spans[last][1]):
        last = min(last + 1, len(spans) - 1)
    return spans[first][0], spans[last][1]


def sentences(words: str) -> list[tuple[int, int]]:
    """Each sentence without the space after it. Code points."""
    offsets = OffsetMap(words)
    finder = QTextBoundaryFinder(QTextBoundaryFinder.BoundaryType.Sentence, words)
    edges = [0]
    while (unit := finder.toNextBoundary()) >= 0:
        edges.append(offsets.from_qt(unit))
    found = []
    for first, last in pairwise(edges):
        part = words[first:last]
        if part.strip():
            found.append((first + len(part) - len(part.lstrip()), first + len(part.rstrip())))
    return found
