"""Where words that somebody said stand again: in names of codes, memos, the journal, labels - as said, or nearly.

What nobody else says is surely theirs where it is a turn of phrase, a name, a quotation, or the whole of a short text.
A common word or phrase that only happens to be theirs alone is a suggestion: it is shown, and stays unless the
researcher says otherwise.
"""

from __future__ import annotations

import calendar
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import pairwise
from math import ceil
from typing import NamedTuple

from app.analysis.rights.names import Likeness, begins_sentence
from app.analysis.search.folding import Folded, fold
from app.analysis.search.words import unspaced

RUN = 4
"""So many words of theirs in a row are theirs; common phrases are shorter."""
UNUSUAL = 6
"""Letters from which on a single word that nobody else says is told; of a script with short words:"""
UNUSUAL_ELSEWHERE = 4
FULL = 4
"""Letters of a word that means something: two such in a row are told where nobody else says them so."""
NAME_FROM = 3
ENOUGH = 40
"""Words from which on it can be told how capitals are used."""
FEW_CAPITALS = 0.2
"""The share of words with a capital inside sentences from which on a capital makes no name, as in German."""
DAYS = {one.lower() for one in (*calendar.day_name, *calendar.month_name)}
"""What has a capital and names nobody."""
NEAR = 82.0
"""Likeness (of 100) from which on a sentence is nearly what they said."""
NEAR_WORDS = 4
SHARED = 0.4
"""The share of its words that a line must hold for a sentence to be nearly that line."""


Where = list[tuple[int, int]]


class Again(NamedTuple):
    """A stretch of a text that is theirs, or nearly; code points, end exclusive."""

    start: int
    end: int
    likeness: Likeness
    sure: bool = True


class Word(NamedTuple):
    """A word, or one letter of a script without spaces, where it stands in a folded text."""

    start: int
    end: int
    text: str


class TheirWords:
    """What somebody said, made ready for looking; what `others` say as well gives nobody away."""

    def __init__(self, said: Iterable[str], others: Iterable[str] = ()) -> None:
        spoken = list(said)
        self._said = [" ".join(fold(one).text.split()) for one in spoken]
        self._lines = [[word.text for word in words(line)] for line in self._said]
        self._vocabulary = set[str]().union(*self._lines)
        self._pairs, self._shingles = set(_runs_of(self._lines, 2)), set(_runs_of(self._lines, RUN))
        self._others: list[list[str]] = []
        self._common: set[str] = set()
        capitals = _Capitals(spoken)
        for one in others:
            line = [word.text for word in words(fold(one).text)]
            self._others.append(line)
            self._common.update(line)
            self._pairs.difference_update(_runs_of([line], 2))
            self._shingles.difference_update(_runs_of([line], RUN))
            capitals.hear(one)
        self._named = capitals.names() - self._common - DAYS
        self._own = {word for word in self._vocabulary - self._common - DAYS if _is_unusual(word)} | self._named

    def again_in(self, text: str, *, name: bool = False) -> list[Again]:
        """Every stretch of a text that is theirs; `name`: a short text that counts as a whole."""
        folded = fold(text)
        found = list(words(folded.text))
        again = [
            Again(*_back(folded, found, start, end), Likeness.EXACT, self._is_turn_of_phrase(found[start:end]))
            for start, end in _merged(self._runs(found))
        ]
        if name or len(found) <= RUN + 2:
            again += self._whole(text, folded, found, name=name)
        for quoted in _QUOTED.finditer(text):
            said, shift = quoted[quoted.lastgroup or 0], quoted.start(quoted.lastgroup or 0)
            inner = fold(said)
            again += [
                one._replace(start=one.start + shift, end=one.end + shift)
                for one in self._whole(said, inner, list(words(inner.text)), name=True)
            ]
        for more in (self._nearly(folded, found), self._in_common_words(text, folded, found)):
            again += [one for one in more if all(_apart(one, other) for other in again)]
        return _surest(again)

    def _runs(self, found: list[Word]) -> Iterator[tuple[int, int]]:
        for at in range(len(found) - RUN + 1):
            if tuple(word.text for word in found[at : at + RUN]) in self._shingles:
                yield at, at + RUN

    def _is_turn_of_phrase(self, found: Sequence[Word]) -> bool:
        """Whether some two words of it stand beside each other with nobody else."""
        return any((one.text, other.text) in self._pairs for one, other in pairwise(found))

    def _whole(self, text: str, folded: Folded, found: list[Word], *, name: bool) -> Iterator[Again]:
        """A whole short text that is words of theirs in a row."""
        if not found:
            return
        wanted = tuple(word.text for word in found)
        if len(wanted) == 1:
            theirs, sure = wanted[0] in self._own, name or self._is_name(text, folded, found[0])
        else:
            theirs = _holds(self._lines, self._where, wanted)
            sure = theirs and not _holds(self._others, self._where_others, wanted)
        if theirs:
            yield Again(*_back(folded, found, 0, len(found)), Likeness.EXACT, sure)

    def _in_common_words(self, text: str, folded: Folded, found: list[Word]) -> Iterator[Again]:
        """Single words that nobody else says, and pairs of words that nobody else puts beside each other."""
        own = [(at, word) for at, word in enumerate(found) if self._is_own(word.text)]
        spans = [(at, at + 1, self._is_name(text, folded, word)) for at, word in own]
        spans += [
            (at, at + 2, False)
            for at in range(len(found) - 1)
            if (found[at].text, found[at + 1].text) in self._pairs
            and all(_is_full(one.text) for one in found[at : at + 2])
        ]
        for start, end, sure in spans:
            yield Again(*_back(folded, found, start, end), Likeness.WORD, sure)

    def _is_name(self, text: str, folded: Folded, word: Word) -> bool:
        """Whether it is a name that is written as one here; a sign or a number is always."""
        if word.text not in self._named:
            return False
        first = text[folded.back(word.start)]
        return not first.isalpha() or not first.islower()

    def _is_own(self, word: str) -> bool:
        """Whether nobody else says it, nor another form of it."""
        return word in self._own and (word in self._named or word[: max(UNUSUAL - 1, len(word) - 3)] not in self._stems)

    @cached_property
    def _where(self) -> Mapping[str, Where]:
        return _where(self._lines)

    @cached_property
    def _where_others(self) -> Mapping[str, Where]:
        return _where(self._others)

    @cached_property
    def _stems(self) -> set[str]:
        return {word[:length] for word in self._common for length in range(UNUSUAL - 1, len(word) + 1)}

    def _nearly(self, folded: Folded, found: list[Word]) -> Iterator[Again]:
        """Sentences that are like one of theirs, though no run of words is the same."""
        from rapidfuzz import fuzz, process

        for start, end in _sentences(folded.text, found):
            few = found[start:end]
            known = sum(word.text in self._vocabulary for word in few)
            if len(few) < NEAR_WORDS or known * 2 < len(few):
                continue
            told = folded.text[few[0].start : few[-1].end]
            lines = [one for one in self._sharing({word.text for word in few}) if len(one) * 2 >= len(told)]
            if process.extractOne(told, lines, scorer=fuzz.partial_ratio, score_cutoff=NEAR) is not None:
                yield Again(*_back(folded, found, start, end), Likeness.NEAR)

    def _sharing(self, wanted: set[str]) -> list[str]:
        """The lines that hold enough of these words to be like them: likeness of all lines would take minutes.

        A line without any of the rarest words has too few of the others.
        """
        enough = ceil(len(wanted) * SHARED)
        rarest = sorted(wanted, key=lambda word: (len(self._lines_with.get(word, ())), word))
        held = set().union(*(self._lines_with.get(word, ()) for word in rarest[: len(wanted) - enough + 1]))
        return [self._said[line] for line in sorted(held) if len(wanted.intersection(self._lines[line])) >= enough]

    @cached_property
    def _lines_with(self) -> Mapping[str, set[int]]:
        """{word: the lines that hold it}."""
        return {word: {line for line, _ in where} for word, where in self._where.items()}


_QUOTED = re.compile(
    r"""“(?P<curly>[^“”]{1,400})”|"(?P<straight>[^"]{1,400})"|‘(?P<single>[^‘’]{1,400})’|«(?P<angle>[^«»]{1,400})»"""
    r"""|„(?P<low>[^„“]{1,400})“|「(?P<corner>[^「」]{1,400})」"""
)
_WORD = re.compile(r"[^\W\d_][\w’']*")


class _Capitals:
    """The words, folded, that somebody writes as names: with a capital inside a sentence, with a figure, as a sign."""

    def __init__(self, said: Sequence[str]) -> None:
        self._small: set[str] = set()
        self._words = self._capitals = 0
        self._folded: dict[str, str] = {}
        self._theirs: set[str] = set()
        for line in said:
            self._theirs |= self.hear(line)
        every = {word.text for one in said for word in words(fold(one).text)}
        self._others = {one for one in every if _SORTS[ord(one[0])] == "s"}
        self._others |= {one for one in every if len(one) >= NAME_FROM and any(map(str.isdigit, one))}

    def hear(self, one: str) -> set[str]:
        """Take in what somebody says; returns its words with a capital that begin no sentence. “I” is no name."""
        line, known, found = unicodedata.normalize("NFC", one), self._folded, set()
        for match in _WORD.finditer(line):
            word = match[0]
            is_i = word[0] == "I" and word[1:2] in {"", "'", "’"}
            if is_i or begins_sentence(line, match.start()):
                continue
            folded = known.get(word)
            if folded is None:
                folded = known[word] = fold(word).text.removesuffix("'s")
            self._words += 1
            if word[0].isupper():
                self._capitals += 1
                found.add(folded)
            else:
                self._small.add(folded)
        return found

    def names(self) -> set[str]:
        """Those that are written so by them, and not small by anybody."""
        if self._words >= ENOUGH and self._capitals > self._words * FEW_CAPITALS:
            return self._others
        return {one for one in self._theirs if len(one) >= NAME_FROM} - self._small | self._others


def words(text: str) -> Iterator[Word]:
    """The words of a folded text; a letter of a script without spaces is one by itself, signs in a row are one."""
    for found in _RUNS.finditer(text.translate(_SORTS)):
        start, end = found.span()
        while start < end and text[start] == "'":  # quotation marks around it
            start += 1
        while end > start and text[end - 1] == "'":
            end -= 1
        if start < end:
            yield Word(start, end, text[start:end])


class _Sorts(dict[int, str]):
    """{character: "w" if it belongs to a word, "a" if it is one alone, "s" if it is a sign, " " if it is between}."""

    def __missing__(self, point: int) -> str:
        self[point] = sort = self._sort(chr(point))
        return sort

    @staticmethod
    def _sort(letter: str) -> str:
        if letter.isalnum():
            return "a" if unspaced(letter) else "w"
        if letter == "'":
            return "w"
        if letter.isascii():
            return " "
        category = unicodedata.category(letter)
        return "w" if category[0] == "M" and letter != "\ufe0f" else "s" if category in _SIGNS else " "


_SIGNS = {"So", "Sk", "Cn", "Cf", "Mn"}
_SORTS = _Sorts()
_RUNS = re.compile("w+|s+|a")


def _is_unusual(word: str) -> bool:
    """Whether a single word may give its speaker away where nobody else says it."""
    return len(word) >= (UNUSUAL if _is_latin(word) else UNUSUAL_ELSEWHERE)


def _is_full(word: str) -> bool:
    """Whether it is a word that means something, as far as its length tells."""
    return len(word) >= FULL if _is_latin(word) else len(word) > 1


def _is_latin(word: str) -> bool:
    return word < "\u0250"


def _where(lines: Iterable[list[str]]) -> Mapping[str, Where]:
    """{word: where it stands, as (line, place in it)}."""
    places: dict[str, Where] = defaultdict(list)
    for number, line in enumerate(lines):
        for at, word in enumerate(line):
            places[word].append((number, at))
    return places


def _holds(lines: Sequence[list[str]], where: Mapping[str, Where], wanted: tuple[str, ...]) -> bool:
    """Whether these words stand in a row somewhere."""
    rarest = min(range(len(wanted)), key=lambda at: len(where.get(wanted[at], ())))
    return any(
        at >= rarest and tuple(lines[number][at - rarest : at - rarest + len(wanted)]) == wanted
        for number, at in where.get(wanted[rarest], ())
    )


def _surest(found: Iterable[Again]) -> list[Again]:
    """In order; where stretches overlap, they are one, and as sure as the surest of them."""
    joined: list[Again] = []
    for one in sorted(found, key=lambda one: (one.start, -one.end)):
        if joined and one.start < joined[-1].end:
            last = joined[-1]
            joined[-1] = last._replace(end=max(last.end, one.end), sure=last.sure or one.sure)
        else:
            joined.append(one)
    return joined


def _runs_of(lines: Iterable[list[str]], length: int) -> Iterator[tuple[str, ...]]:
    for line in lines:
        yield from zip(*(line[at:] for at in range(length)), strict=False)


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
