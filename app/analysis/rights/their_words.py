"""Where words that somebody said stand again: in names of codes, memos, the journal, labels - as said, or nearly.

A run of words of theirs is enough; of a short name (an in-vivo code) the whole of it must be theirs.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from app.analysis.rights.names import Likeness
from app.analysis.search.folding import Folded, fold
from app.analysis.search.words import unspaced

RUN = 4
"""So many words of theirs in a row are theirs; common phrases are shorter."""
SHORT_RUN = 2
"""Of a name, all of which is theirs."""
UNUSUAL = 6
"""Letters from which on a single word that nobody else says is told."""
NEAR = 82.0
"""Likeness (of 100) from which on a sentence is nearly what they said."""
NEAR_WORDS = 4


class Again(NamedTuple):
    """A stretch of a text that is theirs, or nearly; code points, end exclusive."""

    start: int
    end: int
    likeness: Likeness


class Word(NamedTuple):
    """A word, or one letter of a script without spaces, where it stands in a folded text."""

    start: int
    end: int
    text: str


class TheirWords:
    """What somebody said, made ready for looking; what `others` say as well gives nobody away."""

    def __init__(self, said: Iterable[str], others: Iterable[str] = ()) -> None:
        self._said = [" ".join(fold(one).text.split()) for one in said]
        self._lines = [[word.text for word in words(line)] for line in self._said]
        theirs = [[word.text for word in words(fold(one).text)] for one in others]
        self._common = {word for line in theirs for word in line}
        self._runs_of_others = set(_runs_of(theirs, RUN))
        self._vocabulary = {word for line in self._lines for word in line}
        self._shingles = set(_runs_of(self._lines, RUN)) - self._runs_of_others
        self._own = {word for word in self._vocabulary - self._common if _is_unusual(word)}

    def again_in(self, text: str, *, name: bool = False) -> list[Again]:
        """Every stretch of a text that is theirs; `name`: a short text that counts as a whole."""
        folded = fold(text)
        found = list(words(folded.text))
        spans = list(self._runs(found))
        if not spans and len(found) <= RUN + 2 and self._holds_whole(found, name=name):
            spans = [(0, len(found))]
        again = [Again(*_back(folded, found, start, end), Likeness.EXACT) for start, end in _merged(spans)]
        for more in (self._nearly(folded, found), self._words_of_their_own(folded, found)):
            again += [one for one in more if all(_apart(one, other) for other in again)]
        return sorted(again)

    def _runs(self, found: list[Word]) -> Iterator[tuple[int, int]]:
        for at in range(len(found) - RUN + 1):
            if tuple(word.text for word in found[at : at + RUN]) in self._shingles:
                yield at, at + RUN

    def _holds_whole(self, found: list[Word], *, name: bool) -> bool:
        """Whether a whole short text is words of theirs in a row."""
        if len(found) < (SHORT_RUN if name else RUN - 1):
            return False
        wanted = tuple(word.text for word in found)
        return any(run == wanted for run in _runs_of(self._lines, len(wanted)))

    def _words_of_their_own(self, folded: Folded, found: list[Word]) -> Iterator[Again]:
        for number, word in enumerate(found):
            if word.text in self._own:
                yield Again(*_back(folded, found, number, number + 1), Likeness.WORD)

    def _nearly(self, folded: Folded, found: list[Word]) -> Iterator[Again]:
        """Sentences that are like one of theirs, though no run of words is the same."""
        from rapidfuzz import fuzz, process

        for start, end in _sentences(folded.text, found):
            few = found[start:end]
            known = sum(word.text in self._vocabulary for word in few)
            if len(few) < NEAR_WORDS or known * 2 < len(few):
                continue
            told = folded.text[few[0].start : few[-1].end]
            best = process.extractOne(told, self._said, scorer=fuzz.partial_ratio, score_cutoff=NEAR)
            if best is not None and len(best[0]) * 2 >= len(told):
                yield Again(*_back(folded, found, start, end), Likeness.NEAR)


def words(text: str) -> Iterator[Word]:
    """The words of a folded text; a letter of a script without spaces is one by itself, signs in a row are one."""
    begun, sort = -1, ""
    for at, letter in enumerate(text):
        now = _sort(letter)
        if begun >= 0 and (now != sort or now == "alone"):
            yield from _word(text, begun, at)
            begun = -1
        if now and begun < 0:
            begun, sort = at, now
    if begun >= 0:
        yield from _word(text, begun, len(text))


def _word(text: str, start: int, end: int) -> Iterator[Word]:
    """The word without quotation marks around it."""
    while start < end and text[start] == "'":
        start += 1
    while end > start and text[end - 1] == "'":
        end -= 1
    if start < end:
        yield Word(start, end, text[start:end])


def _sort(letter: str) -> str:
    """Whether a character belongs to a word, is one alone, is a sign, or stands between words."""
    if letter.isalnum():
        return "alone" if unspaced(letter) else "word"
    if letter == "'":
        return "word"
    if letter.isascii():
        return ""
    category = unicodedata.category(letter)
    return "word" if category[0] == "M" and letter != "\ufe0f" else "sign" if category in _SIGNS else ""


_SIGNS = {"So", "Sk", "Cn", "Cf", "Mn"}


def _is_unusual(word: str) -> bool:
    """Whether a single word may give its speaker away where nobody else says it."""
    if word.isascii():
        return len(word) >= UNUSUAL
    return len(word) > 1 or _sort(word) == "sign"


def _runs_of(lines: Iterable[list[str]], length: int) -> Iterator[tuple[str, ...]]:
    for line in lines:
        for at in range(len(line) - length + 1):
            yield tuple(line[at : at + length])


def _sentences(text: str, found: list[Word]) -> Iterator[tuple[int, int]]:
    start = 0
    for number in range(1, len(found)):
        between = text[found[number - 1].end : found[number].start]
        if any(sign in between for sign in '.?!;:\n。！？；：“”"') and number > start:
            yield start, number
            start = number
    yield start, len(found)


def _merged(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _back(folded: Folded, found: list[Word], start: int, end: int) -> tuple[int, int]:
    return folded.back(found[start].start), folded.back(found[end - 1].end)


def _apart(one: Again, other: Again) -> bool:
    return one.end <= other.start or one.start >= other.end
