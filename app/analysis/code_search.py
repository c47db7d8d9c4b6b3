"""Finding a code by a few typed letters: what the quick-code box lists, and what Enter may take.

A code is preselected only when what is typed is the start of its name or of a word in it, its initials, or one typo
away; codes found through path, definition or likeness alone are listed but never preselected, so that Enter never
codes with something one did not mean.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum

from app.analysis.codes import CodeRow

SHOWN = 8
READY_LENGTH = 16
"""Up to how many letters typing is made ready for; longer ones are rare and get fewer."""
LIKE_ENOUGH = 70
"""The likeness (of 100) from which a name is listed although nothing in it is what was typed."""


class Match(IntEnum):
    """How typed text fits a code, best first."""

    WHOLE = 0
    NAME = 1
    WORD = 2
    INITIALS = 3
    TYPO = 4
    INSIDE = 5
    LIKE = 6
    DEFINITION = 7


_TIER = {Match.WHOLE: 0, Match.NAME: 1, Match.WORD: 1, Match.INITIALS: 1, Match.TYPO: 2}
_LISTED = 3
"""Within a tier the nearest code comes first: a fit that may be taken is never behind one that is only listed."""


@dataclass(frozen=True)
class CodeHit:
    """A code in the list; `certain` hits may be preselected."""

    code: CodeRow
    match: Match

    @property
    def certain(self) -> bool:
        """Whether Enter may take it."""
        return self.match <= Match.TYPO


@dataclass(frozen=True, slots=True)
class _Entry:
    """A code as it is compared: folded once, however often one types."""

    code: CodeRow
    name: str
    path: str
    words: str
    """The words of the name, each after a space: " peer support" for "Peer-support"."""
    initials: str


def find_codes(codes: Sequence[CodeRow], typed: str, nearness: Mapping[str, int], limit: int = SHOWN) -> list[CodeHit]:
    """The codes that fit, best first; among equals those nearest (0 = this turn, 1 = this transcript, 2 = recent)."""
    return CodeIndex(codes).find(typed, nearness, limit)


class CodeIndex:
    """All codes made ready for being found: each keystroke costs a few milliseconds over thousands of them."""

    def __init__(self, codes: Sequence[CodeRow]) -> None:
        self._entries = [_entry(code) for code in codes]
        self._starts: dict[int, dict[str, list[int]]] = {}
        self._spoken: defaultdict[str, set[int]] = defaultdict(set)
        """{word of a path or definition: entries}."""
        self._heard = 0
        """How many entries have given their words to it."""

    def get_ready(self) -> Iterator[None]:
        """Do beforehand, step by step, what the first letters would have to wait for."""
        from rapidfuzz import fuzz, process  # noqa: F401 - imported here so that no keystroke does

        yield
        for length in range(3, READY_LENGTH):
            self._starts_of(length)
            yield
        while self._heard < len(self._entries):
            self._hear(self._heard + 200)
            yield

    def find(self, typed: str, nearness: Mapping[str, int], limit: int = SHOWN) -> list[CodeHit]:
        """The codes that fit, best first; among equals those nearest (0 = this turn, 1 = transcript, 2 = recent)."""
        wanted = _folded(typed)
        if not wanted:
            ordered = sorted(self._entries, key=lambda entry: nearness.get(entry.code.id, 9))
            return [CodeHit(entry.code, Match.LIKE) for entry in ordered[:limit]]
        found = dict(self._by_letters(wanted))
        if len(wanted) >= 4:
            for place in self._one_typo_away(wanted):
                if found.get(place, Match.DEFINITION) > Match.TYPO:
                    found[place] = Match.TYPO
        if len(wanted) >= 3 and len(found) < limit:
            for place, match in self._alike(wanted, limit):
                found.setdefault(place, match)

        def rank(place: int) -> tuple[int, int, int, int]:
            code, match = self._entries[place].code, found[place]
            return _TIER.get(match, _LISTED), nearness.get(code.id, 9), match, len(code.name)

        return [CodeHit(self._entries[place].code, found[place]) for place in sorted(found, key=rank)[:limit]]

    def _by_letters(self, wanted: str) -> Iterator[tuple[int, Match]]:
        """What holds the very letters that were typed."""
        word, letters = f" {_in_words(wanted)}", wanted.replace(" ", "")
        several = len(letters) > 1
        for place, entry in enumerate(self._entries):
            if wanted in (entry.name, entry.path):
                yield place, Match.WHOLE
            elif entry.name.startswith(wanted):
                yield place, Match.NAME
            elif word in entry.words:
                yield place, Match.WORD
            elif several and entry.initials == letters:
                yield place, Match.INITIALS
            elif wanted in entry.path or (several and entry.initials.startswith(letters)):
                yield place, Match.INSIDE

    def _one_typo_away(self, wanted: str) -> Iterator[int]:
        """One letter wrong, missing, doubled or swapped against the start of a name or of a word in it."""
        from rapidfuzz import process
        from rapidfuzz.distance import OSA

        for length in (len(wanted) - 1, len(wanted), len(wanted) + 1):
            starts = self._starts_of(length)
            for start, _, _ in process.extract(wanted, list(starts), scorer=OSA.distance, score_cutoff=1, limit=None):
                yield from starts[start]

    def _starts_of(self, length: int) -> dict[str, list[int]]:
        """{first letters of a name or of a word in it: entries}; typing on asks for one more length each time."""
        if length not in self._starts:
            starts: defaultdict[str, list[int]] = defaultdict(list)
            for place, entry in enumerate(self._entries):
                if len(entry.name) >= length:
                    starts[entry.name[:length]].append(place)
                at = 0
                while 0 < (at := entry.words.find(" ", at) + 1) <= len(entry.words) - length:
                    starts[entry.words[at : at + length]].append(place)
            self._starts[length] = starts
        return self._starts[length]

    def _alike(self, wanted: str, limit: int) -> Iterator[tuple[int, Match]]:
        """Names and paths that are like it in another order of words; then all words in path and definition."""
        from rapidfuzz import fuzz, process

        paths = [entry.path for entry in self._entries]
        for _, _, place in process.extract(
            wanted, paths, scorer=fuzz.token_set_ratio, limit=limit, score_cutoff=LIKE_ENOUGH
        ):
            yield place, Match.LIKE
        spoken = [self._spoken_near(word) for word in wanted.split()]
        for place in sorted(set.intersection(*spoken)):
            yield place, Match.DEFINITION

    def _spoken_near(self, word: str) -> set[int]:
        """The entries whose path or definition has this word, a word that holds it, or one a typo away."""
        from rapidfuzz import process
        from rapidfuzz.distance import OSA

        self._hear(len(self._entries))
        near = [spoken for spoken in self._spoken if word in spoken]
        if len(word) >= 4:
            words = list(self._spoken)
            near += [hit[0] for hit in process.extract(word, words, scorer=OSA.distance, score_cutoff=1, limit=None)]
        return set().union(*(self._spoken[spoken] for spoken in near))

    def _hear(self, end: int) -> None:
        """Take in the words of the entries up to this one."""
        for place in range(self._heard, min(end, len(self._entries))):
            entry = self._entries[place]
            for word in _folded(f"{entry.path} {entry.code.brief} {entry.code.full}").split():
                self._spoken[word.strip(".,:;!?()“”\"'")].add(place)
        self._heard = max(self._heard, min(end, len(self._entries)))


def _entry(code: CodeRow) -> _Entry:
    name = _folded(code.name)
    words = _in_words(name)
    return _Entry(code, name, _folded(code.path), f" {words}", "".join(word[0] for word in words.split()))


def _in_words(name: str) -> str:
    return " ".join(name.replace("-", " ").replace("/", " ").split())


def _folded(text: str) -> str:
    """Case and composition apart, spaces made one."""
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())
