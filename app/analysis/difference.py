"""The difference of two versions of a text, word by word, as a splice that makes one of the other."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from app.models.splice import Splice, spliced

_TOKENS = re.compile(r"\s+|\w+|[^\w\s]")
_WORD = re.compile(r"\w+")
_LINES = re.compile(r"[^\n]*\n|[^\n]+")

FEW, HARDLY = 4, 0.3
"""Of more words than so few, a part below this in common is chance."""

Span = tuple[str, int, int, int, int]
"""What happened (equal, replace, delete, insert) to which pieces of the one and the other."""


def difference(before: str, after: str) -> Splice:
    """The splice from one text to the other. Lines that stayed are found first, then words in the others."""
    head = shared_head(before, after)
    while head and not before[head - 1].isspace():  # a word that changed in its middle is one word
        head -= 1
    tail = min(shared_head(before[::-1], after[::-1]), len(before) - head, len(after) - head)
    while tail and not before[len(before) - tail].isspace():
        tail -= 1
    one, other = before[head : len(before) - tail], after[head : len(after) - tail]
    return spliced((head + at, removed, inserted) for at, removed, inserted in _by_lines(one, other))


def rewritten(at: int, before: str, after: str) -> Iterator[tuple[int, str, str]]:
    """The edits, word by word, of a stretch that begins at `at`; one edit where hardly a word is the same."""
    from rapidfuzz.distance import Indel

    words = _WORD.findall(before), _WORD.findall(after)
    if max(len(one) for one in words) > FEW and Indel.normalized_similarity(*words) < HARDLY:
        yield at, before, after
        return
    yield from _edits(at, _TOKENS.findall(before), _TOKENS.findall(after))


def carried(before: str, after: str, offset: int) -> int:
    """Where a place of a text lies once the text is another, as far as its unchanged ends say."""
    head = shared_head(before, after)
    if offset <= head:
        return offset
    tail = min(shared_head(before[::-1], after[::-1]), min(len(before), len(after)) - head)
    return max(head, offset + len(after) - len(before)) if offset >= len(before) - tail else min(offset, len(after))


def shared_head(one: str, other: str) -> int:
    """How many characters two texts begin with alike; found by halving, since both may be a book."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def _by_lines(before: str, after: str) -> Iterator[tuple[int, str, str]]:
    ours, theirs = _LINES.findall(before), _LINES.findall(after)
    position = 0
    for what, first, last, start, end in _opcodes(ours, theirs):
        removed = "".join(ours[first:last])
        if what != "equal":
            yield from rewritten(position, removed, "".join(theirs[start:end]))
        position += len(removed)


def _edits(at: int, ours: Sequence[str], theirs: Sequence[str]) -> Iterator[tuple[int, str, str]]:
    for what, first, last, start, end in _opcodes(ours, theirs):
        removed = "".join(ours[first:last])
        if what != "equal":
            yield at, removed, "".join(theirs[start:end])
        at += len(removed)


def _opcodes(ours: Sequence[str], theirs: Sequence[str]) -> Iterator[Span]:
    from rapidfuzz.distance import Levenshtein

    for one in Levenshtein.opcodes(ours, theirs):
        yield one.tag, one.src_start, one.src_end, one.dest_start, one.dest_end
