"""What is looked for, and how: one frozen question, made ready once and then asked of text after text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple, Protocol

from app.analysis.search.folding import Folded, folded_words
from app.analysis.search.texts import Said, SearchText
from app.analysis.search.words import begins, ends

LONGEST = 1_000
"""Characters that may be looked for."""


class Kind(StrEnum):
    """How what is typed is meant."""

    EXACT = "exact"
    WORD = "whole word"
    PATTERN = "regular expression"
    LIKE = "with typos"


@dataclass(frozen=True)
class Query:
    """What is typed and how it is meant. Typos are found whatever the case."""

    words: str
    kind: Kind = Kind.EXACT
    match_case: bool = False


class Hit(NamedTuple):
    """Something found: [start, end) of a text, inside one of its stretches. Code points."""

    text: SearchText
    start: int
    end: int
    said: Said


class Sought(Protocol):
    """A query made ready."""

    slow: bool
    """Whether nobody knows how long it takes: then it is asked in a thread of its own."""

    def hits(self, text: SearchText) -> Iterator[Hit]:
        """What is found in a text, in order. Raises CutOff."""
        ...

    def get_ready(self, text: SearchText) -> Iterator[None]:
        """What must be done for a text before it is asked the first time, step by step."""
        ...


class ExactSought:
    """Words as they are typed, anywhere or as whole words."""

    slow = False

    def __init__(self, query: Query) -> None:
        self._match_case = query.match_case
        self._whole = query.kind == Kind.WORD
        words = folded_words(query.words, match_case=query.match_case)
        self._words = words.strip() if self._whole else words

    def get_ready(self, text: SearchText) -> Iterator[None]:
        """Fold the text."""
        text.folded(match_case=self._match_case)
        yield

    def hits(self, text: SearchText) -> Iterator[Hit]:
        """Every place, one after the other."""
        if not self._words.strip():
            return iter(())
        folded = text.folded(match_case=self._match_case)
        spans = _whole_words(folded.text, self._words) if self._whole else _places(folded.text, self._words)
        return inside(text, folded, spans)


def sought(query: Query) -> Sought:
    """The query made ready. Raises BadPattern for a regular expression that is none."""
    if query.kind == Kind.PATTERN:
        from app.analysis.search.patterns import PatternSought

        return PatternSought(query)
    if query.kind == Kind.LIKE:
        from app.analysis.search.likeness import LikeSought

        return LikeSought(query)
    return ExactSought(query)


def inside(text: SearchText, folded: Folded, spans: Iterable[tuple[int, int]]) -> Iterator[Hit]:
    """The spans of the folded text (in order) that lie in one stretch: not in a label, not across two turns.

    A walk beside the stretches: to look each place up costs three times as much.
    """
    stretches, starts = text.stretches, text.starts
    if not stretches:
        return
    straight, back = folded.straight, folded.back
    place, last = -1, len(stretches) - 1
    said, until = stretches[0], starts[0]
    for start, end in spans:
        if not straight:
            start, end = back(start), back(end)
        if start >= until:
            while place < last and starts[place + 1] <= start:
                place += 1
            said = stretches[place]
            until = starts[place + 1] if place < last else len(text.text) + 1
        if place >= 0 and end <= said.end:
            yield Hit(text, start, end, said)


def _places(text: str, words: str) -> Iterator[tuple[int, int]]:
    find, length = text.find, len(words)
    at = find(words)
    while at >= 0:
        end = at + length
        yield at, end
        at = find(words, end)


def _whole_words(text: str, words: str) -> Iterator[tuple[int, int]]:
    for start, end in _places(text, words):
        if begins(text, start) and ends(text, end):
            yield start, end
