"""Finding a name wherever it stands: as it is written, in part, with an ending, with typos, in scripts without spaces.

Nothing is decided here: every place is shown to the researcher, who confirms it or does not.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from typing import Any, NamedTuple

from app.analysis.search.folding import fold, folded_words
from app.analysis.search.words import begins, ends, unspaced, words_of

SMALL_WORDS = {
    "bin", "binti", "bte", "ibn", "al", "el", "de", "del", "della", "di", "da", "dos", "la", "le", "van", "von", "der",
    "den", "ter", "ten", "dr", "prof", "mr", "mrs", "ms", "miss", "sir", "madam", "the", "and", "of", "st", "her",
    "his", "my", "our", "their", "sister", "brother", "mother", "father",
}  # fmt: skip
"""Words inside names that are no part by which anybody is found."""
PART_FROM = 3
NEAR_FROM = 4
ENDINGS = 3
"""Letters that an inflected name may have more than the name."""
_PREFIXES = ("و", "ف", "ب", "ل", "ك", "ال", "وال", "بال", "لل", "ה", "ב", "ל", "ו", "מ", "ש", "כ")
"""What Arabic and Hebrew write in one with a name."""


ORDINARY_FROM = 3
"""So often a word is said in small letters that it is an ordinary one."""
_BEFORE_SENTENCES = """.?!:;…"“‘„«([-–—•]}»”"""


class Likeness(StrEnum):
    """How a place is like the name that was given."""

    EXACT = "as written"
    PART = "part of the name"
    FORM = "with an ending"
    NEAR = "nearly"
    WORD = "maybe another word"

    @property
    def is_sure(self) -> bool:
        """Whether it is the name, so that it may be proposed for replacing."""
        return self in {Likeness.EXACT, Likeness.PART, Likeness.FORM}


class Spelling(NamedTuple):
    """Where a name, or something like it, stands in a text; code points, end exclusive."""

    start: int
    end: int
    likeness: Likeness


@dataclass(frozen=True)
class Name:
    """A name made ready for finding."""

    given: str
    near: bool = True

    def in_text(self, text: str) -> list[Spelling]:
        """Every place in a text, in order; parts of one name beside each other are one place."""
        folded = fold(text)
        wanted = folded_words(self.given).strip()
        if not wanted:
            return []
        spans = {
            (at, at + len(wanted)): Likeness.EXACT
            for at in _all(folded.text, wanted)
            if _whole(folded.text, at, wanted)
        }
        words = [one for one in words_of(wanted) if any(letter.isalnum() for letter in one)]
        for word in words:
            if any(map(unspaced, word)):
                spans |= {
                    span: like for span, like in _unspaced(folded.text, word, near=self.near) if span not in spans
                }
        if any(letter.isdigit() for word in words for letter in word):
            words = []  # “Participant 3” is not found by “participant”
        parts = [
            one for one in words if not any(map(unspaced, one)) and one not in SMALL_WORDS and len(one) >= PART_FROM
        ]
        parts += [piece for one in parts if "'" in one for piece in one.split("'") if len(piece) >= NEAR_FROM]
        if parts:
            several = len(words) > 1
            like = {one: kind for one in set(words_of(folded.text)) if (kind := self._like(one, parts, several))}
            for word, (length, likeness, offset) in like.items():
                for at in _all(folded.text, word):
                    if begins(folded.text, at) and ends(folded.text, at + len(word)):
                        spans.setdefault((at + offset, at + offset + length), likeness)
        found = [Spelling(folded.back(start), folded.back(end), one) for (start, end), one in sorted(spans.items())]
        return [self._as_written(text, one) for one in _joined(text, _apart(found))]

    def _like(self, word: str, parts: Iterable[str], several: bool) -> tuple[int, Likeness, int] | None:
        """(letters that are the name, how it is like it, letters before it) of one word of a text."""
        for part in parts:
            likeness = Likeness.PART if several or f"'{part}" in self.given.lower() else Likeness.EXACT
            if word == part:
                return len(word), likeness, 0
            stem, _, ending = word.rpartition("'")
            if stem == part and ending in {"s", "nin", "in", "un"}:
                return len(part), likeness, 0
            prefix = word.removesuffix(part)
            if prefix in _PREFIXES and word.endswith(part):
                return len(part), Likeness.FORM, len(prefix)
        if not self.near:
            return None
        for part in parts:
            stem = word if "'" in part else word.partition("'")[0]
            if _bare(stem) == _bare(part):
                return len(stem), Likeness.NEAR, 0
            if len(part) >= NEAR_FROM and stem.startswith(part) and len(stem) - len(part) <= ENDINGS:
                return len(stem), Likeness.NEAR, 0
            if _typed_like(part, stem):
                return len(stem), Likeness.NEAR, 0
        return None

    def _as_written(self, text: str, one: Spelling) -> Spelling:
        """“will” may be no name where “Will” is one; a single letter may always be none."""
        words = text[one.start : one.end]
        if len(words) == 1 and len(self.given.strip()) == 1 and one.likeness.is_sure and words != text.strip():
            return one._replace(likeness=Likeness.WORD)
        if self.given[:1].isupper() and words[:1].islower() and one.likeness.is_sure:
            return one._replace(likeness=Likeness.WORD)
        return one


def find(text: str, names: Iterable[str], *, near: bool = True, ordinary: Collection[str] = ()) -> list[Spelling]:
    """The places of several names in one text; where they overlap the longer one stands.

    `ordinary` are words, folded, that are said as such: at the beginning of a sentence such a one may be no name, and
    one that is merely like a name is none.
    """
    found = [one for name in names if name.strip() for one in Name(name, near).in_text(text)]
    told = (_as_ordinary(text, one, ordinary) for one in found) if ordinary else found
    return _apart(sorted((one for one in told if one is not None), key=lambda one: (one.start, -one.end)))


def ordinary_words(texts: Iterable[str]) -> frozenset[str]:
    """The words that are said in small letters, time and again."""
    often = Counter(word for text in texts for word in words_of(text) if word.islower())
    return frozenset(fold(word).text for word, times in often.items() if times >= ORDINARY_FROM)


def _as_ordinary(text: str, one: Spelling, ordinary: Collection[str]) -> Spelling | None:
    written = text[one.start : one.end]
    if fold(written).text not in ordinary:
        return one
    if one.likeness == Likeness.NEAR:
        return None if written.islower() else one
    return one._replace(likeness=Likeness.WORD) if begins_sentence(text, one.start) else one


def begins_sentence(text: str, at: int) -> bool:
    """Whether a sentence may begin here, so that a capital says nothing."""
    if at > 1 and text[at - 1] == " " and text[at - 2].isalnum():  # nearly always, and asked for every word
        return False
    before = text[max(0, at - 40) : at]
    return not before.strip() or "\n" in before[len(before.rstrip()) :] or before.rstrip()[-1] in _BEFORE_SENTENCES


def _typed_like(part: str, word: str) -> bool:
    from rapidfuzz.distance import OSA

    typos = 0 if len(part) < NEAR_FROM else 1 if len(part) < 2 * NEAR_FROM else 2
    if not typos or len(word) < NEAR_FROM or abs(len(word) - len(part)) > typos:
        return False
    return bool(OSA.distance(part, word, score_cutoff=typos) <= typos)


def _bare(word: str) -> str:
    """Letters without their marks."""
    apart = unicodedata.normalize("NFD", word)
    return "".join(letter for letter in apart if unicodedata.category(letter)[0] != "M")


def _unspaced(text: str, name: str, *, near: bool) -> Iterator[tuple[tuple[int, int], Likeness]]:
    """A name in Chinese, Thai and the like: whole, without its first letter (the family's), with one letter other."""
    for at in _all(text, name):
        yield (at, at + len(name)), Likeness.EXACT
    if len(name) < 3:
        return
    for at in _all(text, name[1:]):
        if text[max(0, at - 1) : at] != name[0]:
            yield (at, at + len(name) - 1), Likeness.PART
    if near:
        import regex

        sought: Any = regex.compile(f"(?:{regex.escape(name)}){{1<=s<=1}}")
        for found in sought.finditer(text, overlapped=True):
            if all(unspaced(letter) and letter.isalnum() for letter in found[0]):
                yield found.span(), Likeness.NEAR


def _whole(text: str, at: int, wanted: str) -> bool:
    return any(map(unspaced, wanted)) or (begins(text, at) and ends(text, at + len(wanted)))


def _all(text: str, words: str) -> Iterator[int]:
    at = text.find(words)
    while at >= 0:
        yield at
        at = text.find(words, at + 1)


def _apart(found: list[Spelling]) -> list[Spelling]:
    """Places that do not overlap: of those that do, the longest, and of those the surest."""
    rank = {one: place for place, one in enumerate(Likeness)}
    kept: list[Spelling] = []
    for one in sorted(found, key=lambda one: (one.start - one.end, rank[one.likeness], one.start)):
        if all(one.end <= other.start or one.start >= other.end for other in kept):
            kept.append(one)
    return sorted(kept)


def _joined(text: str, found: list[Spelling]) -> list[Spelling]:
    """First and family name beside each other are one place."""
    rank = {one: place for place, one in enumerate(Likeness)}
    joined = found[:1]
    for before, one in pairwise(found):
        between = text[before.end : one.start]
        parts = {before.likeness, one.likeness} - {Likeness.EXACT}
        if parts and between in {" ", "-", "\u00a0"}:
            worse = max((joined[-1].likeness, one.likeness), key=lambda like: rank[like])
            joined[-1] = Spelling(joined[-1].start, one.end, worse)
        else:
            joined.append(one)
    return joined
