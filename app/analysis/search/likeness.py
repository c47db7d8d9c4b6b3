"""Words with typos in them: rapidfuzz compares with each word of a text once, and only where it fits one looks closer.

So a text of any length costs as much as its vocabulary. Several words may stand in another order and a little apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from app.analysis.search.folding import folded_words
from app.analysis.search.query import Hit, Query, inside
from app.analysis.search.texts import SearchText
from app.analysis.search.words import begins, ends, unspaced, word_end, words_of

FROM = 4
"""From how many letters on a word may have a typo; shorter ones would become other words."""
START_FROM = 3
"""From how many letters on a word is found by its start."""
APART = 24
"""How many characters may stand between several words, all in all, beside as many as were typed."""


class LikeSought:
    """Words with typos made ready; what was found alike in one text is remembered for the next."""

    slow = False

    def __init__(self, query: Query) -> None:
        words = list(dict.fromkeys(words_of(folded_words(query.words))))
        if len(words) > 1 and len(words[-1]) < START_FROM and not any(map(unspaced, words[-1])):
            words.pop()  # it is still being typed
        if len(words) == 1 and len(words[0]) == 1 and not unspaced(words[0]):
            words.clear()
        self._words = [_Word(word) for word in words]
        self._missing = len(words) // 4
        """A phrase one half remembers: one word in four may be another."""
        self._reach = 2 * sum(map(len, words)) + APART

    def get_ready(self, text: SearchText) -> Iterator[None]:
        """Hear its words."""
        text.folded()
        yield
        yield from text.hear()

    def hits(self, text: SearchText) -> Iterator[Hit]:
        """Every place that has the words or ones like them."""
        vocabulary = text.vocabulary()
        known = [word for word in self._words if word.look_among(vocabulary)]
        if not known or len(known) < len(self._words) - self._missing:
            return iter(())
        folded = text.folded()
        if len(self._words) == 1:
            return inside(text, folded, known[0].places(folded.text, vocabulary))
        return inside(text, folded, self._together(folded.text, known, vocabulary))

    def _together(self, text: str, known: list[_Word], vocabulary: set[str]) -> Iterator[tuple[int, int]]:
        """Where enough of the words stand near each other. The longest are the rarest: one looks around these."""
        needed = len(self._words) - self._missing
        by_length = sorted(known, key=lambda word: -len(word.word))
        anchors = by_length[: len(known) - needed + 1]
        forms = [word.forms() for word in reversed(by_length)]
        around = sorted({place for word in anchors for place in word.places(text, vocabulary)})
        done = 0
        for start, end in around:
            if start < done:
                continue
            first, last = max(done, end - self._reach), min(len(text), start + self._reach)
            window = text[first:last]
            if not _enough(window, forms, len(known) - needed):
                continue
            span = _nearest([list(word.places(window, vocabulary)) for word in known], needed, start - first)
            if span is not None and span[1] - span[0] <= self._reach:
                done = first + span[1]
                yield first + span[0], done


class _Word:
    """One word that is looked for, and the words like it that were met so far."""

    def __init__(self, word: str) -> None:
        self.word = word
        self._unspaced = any(map(unspaced, word))
        self._typos = 0 if len(word) < FROM else 1 if len(word) < 2 * FROM else 2
        self._seen: set[str] = set()
        self._wholes: set[str] = set()
        """Words that are like it."""
        self._starts: set[str] = set()
        """What may begin a word that is like it."""
        self._parts: set[str] = set()
        """The same of scripts without spaces, anywhere."""

    def look_among(self, vocabulary: set[str]) -> bool:
        """Whether any word of a text is like it."""
        new = vocabulary - self._seen
        if new:
            self._seen |= new
            self._compare(new)
        if self._parts or self._starts:
            return True
        return not self._wholes.isdisjoint(vocabulary)

    def _compare(self, words: set[str]) -> None:
        if self._unspaced:
            self._compare_parts(words)
            return
        length = len(self.word)
        if length < START_FROM:
            self._wholes |= words & {self.word}
            return
        if any(word.startswith(self.word) for word in words):
            self._starts.add(self.word)
        if not self._typos:
            return
        from rapidfuzz import process
        from rapidfuzz.distance import OSA

        def like(among: Iterable[str], typos: int) -> set[str]:
            found = process.extract(self.word, list(among), scorer=OSA.distance, score_cutoff=typos, limit=None)
            return {one[0] for one in found}

        self._wholes |= like((word for word in words if abs(len(word) - length) <= self._typos), self._typos)
        self._wholes -= {word for word in self._wholes if len(word) < FROM}
        if length > FROM:
            shortest = length - (length > FROM + 1)
            starts = {word[:n] for word in words for n in range(shortest, length + 1) if len(word) > n}
            self._starts |= like(starts, 1)

    def _compare_parts(self, clauses: set[str]) -> None:
        """Of Chinese or Thai each clause is a word to the machine: the most alike part of it counts."""
        if any(self.word in clause for clause in clauses):
            self._parts.add(self.word)
        if self._typos:
            from rapidfuzz import fuzz, process

            cutoff = 100 * (len(self.word) - 1) / len(self.word)
            long_enough = [clause for clause in clauses if len(clause) >= len(self.word) - 1]
            for clause, _, _ in process.extract(
                self.word, long_enough, scorer=fuzz.partial_ratio, score_cutoff=cutoff, limit=None
            ):
                where = fuzz.partial_ratio_alignment(self.word, clause)
                if where is not None:
                    self._parts.add(clause[where.dest_start : where.dest_end])

    def forms(self) -> list[str]:
        """The letters of which some stand wherever it, or a word like it, stands."""
        return [*self._starts, *self._wholes, *self._parts]

    def places(self, text: str, vocabulary: set[str]) -> Iterable[tuple[int, int]]:
        """Where it, or a word like it, stands in a folded text; in order."""
        spans: dict[int, int] = {}
        for part in self._parts:
            for at in _find(text, part):
                spans[at] = max(spans.get(at, 0), at + len(part))
        for start in self._starts:
            for at in _find(text, start):
                if begins(text, at):
                    spans[at] = word_end(text, at + len(start))
        for word in self._wholes & vocabulary:
            if word not in self._starts:
                for at in _find(text, word):
                    if at not in spans and begins(text, at) and ends(text, at + len(word)):
                        spans[at] = at + len(word)
        return sorted(spans.items())


def _find(text: str, words: str) -> Iterator[int]:
    at = text.find(words)
    while at >= 0:
        yield at
        at = text.find(words, at + 1)


def _enough(window: str, forms: list[list[str]], missing: int) -> bool:
    """Whether all but so many of the words may be in a window; asked thousands of times."""
    for ones in forms:
        for one in ones:
            if one in window:
                break
        else:
            if not missing:
                return False
            missing -= 1
    return True


def _nearest(places: list[list[tuple[int, int]]], needed: int, anchor: int) -> tuple[int, int] | None:
    """The span of enough of these words, of each the place nearest to the anchor; the nearest words first."""
    nearest = [min(spans, key=lambda span: abs(span[0] - anchor)) for spans in places if spans]
    if len(nearest) < needed:
        return None
    chosen = sorted(nearest, key=lambda span: abs(span[0] - anchor))
    while len(chosen) > needed and _width(chosen) > _width(chosen[:-1]) + APART:
        chosen.pop()
    return min(span[0] for span in chosen), max(span[1] for span in chosen)


def _width(spans: list[tuple[int, int]]) -> int:
    return max(span[1] for span in spans) - min(span[0] for span in spans)
