"""Finding a name wherever it stands: as it is written, in part, with an ending, with typos, in scripts without spaces.

Nothing is decided here: every place is shown to the researcher, who confirms it or does not.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from typing import Any, NamedTuple

from app.analysis.search.folding import Folded, fold, folded_words
from app.analysis.search.words import begins, ends, unspaced, words_of

SMALL_WORDS = {
    "bin", "binti", "bte", "ibn", "al", "el", "de", "del", "della", "di", "da", "dos", "la", "le", "van", "von", "der",
    "den", "ter", "ten", "dr", "prof", "mr", "mrs", "ms", "miss", "sir", "madam", "the", "and", "of", "st", "her",
    "his", "my", "our", "their", "sister", "brother", "mother", "father",
}  # fmt: skip
"""Words inside names that are no part by which anybody is found."""
TITLES = {"dr", "prof", "mr", "mrs", "ms", "miss", "sir", "madam", "st", "the"}
PART_FROM = 3
SHORT_PART = 2
"""Letters of a part that is found only where it is written with a capital: “Jo” of “Jo Smith”."""
NEAR_FROM = 4
ENDINGS = 3
"""Letters that an inflected name may have more than the name."""
_PREFIX = re.compile("[وف]?(?:ال|لل|[بلك](?:ال)?)?|[והבלמשכ]{1,4}")
"""What Arabic and Hebrew write in one with a name."""
_HANGUL = re.compile("[가-힣]+")
_KOREAN = re.compile(
    "(?:씨|님|이)?(?:은|는|이|가|을|를|의|에|와|과|도|만|아|야|랑|이랑|에게|한테|께서|보다|처럼|하고)?"
)
"""What Korean writes in one behind a name."""
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\u0640]")
"""What is not seen, or only makes a word longer, and may stand inside a name: soft hyphens, marks of direction."""
_SPELLED = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "ø": "oe", "æ": "ae", "å": "aa"})
"""How letters are written on a keyboard that has none of them."""


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
        seen, places = _seen(text)
        found = self._in_seen(seen)
        return (
            [Spelling(places[one.start], places[one.end - 1] + 1, one.likeness) for one in found] if places else found
        )

    def _in_seen(self, text: str) -> list[Spelling]:
        folded = fold(text)
        wanted = folded_words(_UNSEEN.sub("", self.given)).strip()
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
        parts += [one[1:] for one in parts if len(one) == 3 and _HANGUL.fullmatch(one)]  # without the family's name
        if parts:
            several = len(words) > 1
            like = {one: kind for one in set(words_of(folded.text)) if (kind := self._like(one, parts, several))}
            for word, (length, likeness, offset) in like.items():
                for at in _all(folded.text, word):
                    if begins(folded.text, at) and ends(folded.text, at + len(word)):
                        spans.setdefault((at + offset, at + offset + length), likeness)
        spans |= self._short(text, folded, words, spans) | self._otherwise_put(folded.text, wanted, spans)
        found = [Spelling(folded.back(start), folded.back(end), one) for (start, end), one in sorted(spans.items())]
        return [self._as_written(text, one) for one in _joined(text, _apart(found))]

    def _short(
        self, text: str, folded: Folded, words: list[str], known: Collection[tuple[int, int]]
    ) -> dict[tuple[int, int], Likeness]:
        """Parts of two letters, where they have a capital as in the name; one that is often no name may be none."""
        spans: dict[tuple[int, int], Likeness] = {}
        for number, one in enumerate(words if len(words) > 1 else ()):
            small, capital = one in SMALL_WORDS, f"{one[0].upper()}{one[1:]}"
            fits = number == 0 and one not in TITLES if small else len(one) == SHORT_PART and one.isalpha()
            if not fits or capital not in self.given:
                continue
            for at in _all(folded.text, one):
                span = (at, at + len(one))
                if _whole(folded.text, at, one) and span not in known and text[folded.back(at)].isupper():
                    spans[span] = Likeness.WORD if small else Likeness.PART
        return spans

    def _otherwise_put(
        self, text: str, wanted: str, known: Mapping[tuple[int, int], Likeness]
    ) -> dict[tuple[int, int], Likeness]:
        """The pieces of a name with another sign between them, or none: “MaryJane”, “A. J.”."""
        pieces = [one for one in re.split(r"[\W_]+", wanted) if one]
        if not self.near or len(pieces) < 2 or any(letter.isdigit() or unspaced(letter) for letter in wanted):
            return {}
        between = r"(?:\. ?|[-' ])?" if "." in wanted else "[-' ]?"
        sure = [span for span, likeness in known.items() if likeness.is_sure]
        return {
            found.span(): Likeness.NEAR
            for found in re.finditer(between.join(map(re.escape, pieces)), text)
            if begins(text, found.start()) and ends(text, found.end())
            if all(found.end() <= start or found.start() >= end for start, end in sure)
        }

    def _like(self, word: str, parts: Iterable[str], several: bool) -> tuple[int, Likeness, int] | None:
        """(letters that are the name, how it is like it, letters before it) of one word of a text."""
        for part in parts:
            likeness = Likeness.PART if several or f"'{part}" in self.given.lower() else Likeness.EXACT
            if word == part:
                return len(word), likeness, 0
            stem, _, ending = word.rpartition("'")
            if stem == part and ending in {"s", "nin", "in", "un"}:
                return len(part), likeness, 0
            if word.endswith(part) and _PREFIX.fullmatch(word.removesuffix(part)):
                return len(part), Likeness.FORM, len(word) - len(part)
            if word.startswith(part) and _is_ending(word.removeprefix(part), part):
                return len(part), Likeness.FORM, 0
        for part in parts if self.near else ():
            stem = word if "'" in part else word.partition("'")[0]
            if _nearly(part, stem):
                return len(stem), Likeness.NEAR, 0
            behind = _behind_prefix(word, part)
            if behind:
                return len(word) - behind, Likeness.NEAR, behind
        return None

    def _as_written(self, text: str, one: Spelling) -> Spelling:
        """“will” may be no name where “Will” is one; a single letter may always be none."""
        words = text[one.start : one.end]
        if len(words) == 1 and len(self.given.strip()) == 1 and one.likeness.is_sure and words != text.strip():
            return one._replace(likeness=Likeness.WORD)
        if self.given[:1].isupper() and words[:1].islower() and one.likeness.is_sure:
            return one._replace(likeness=Likeness.WORD)
        if one.likeness.is_sure and _in_double_name(text, one):
            return one._replace(likeness=Likeness.NEAR)
        return one


def _seen(text: str) -> tuple[str, list[int]]:
    """The text without what is not seen, and where each letter of it stands; no places if that is all of it."""
    if text.isascii() or _UNSEEN.search(text) is None:
        return text, []
    places = [at for at, letter in enumerate(text) if not _UNSEEN.match(letter)]
    return "".join(text[at] for at in places), places


def _behind_prefix(word: str, part: str) -> int:
    """Where the name begins in a word that is nearly the name behind what is written in one with it; 0 if not."""
    if len(part) < PART_FROM or not "\u0590" <= word[0] <= "\u06ff":
        return 0
    bare = _bare(part).replace("ة", "ه")
    return next(
        (
            at
            for at in range(1, min(len(word), 8))
            if _bare(word[at:]).replace("ة", "ه") == bare and _PREFIX.fullmatch(_bare(word[:at])) and word[at].isalpha()
        ),
        0,
    )


def _in_double_name(text: str, one: Spelling) -> bool:
    """Whether it is but half of somebody else's double name: “Jo” in “Jo-Ann”."""
    before, after = text[max(0, one.start - 2) : one.start], text[one.end : one.end + 2]
    if after[:1] in _HYPHENS and after[1:].isupper():
        return True
    if before[1:] not in _HYPHENS or not before[:1].isalpha():
        return False
    start = one.start - 1
    while start > 0 and text[start - 1].isalpha():
        start -= 1
    return text[start].isupper()


_HYPHENS = {"-", "\u2010", "\u2011"}


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


def _is_ending(ending: str, part: str) -> bool:
    """Whether it is what is surely no other name: a number behind it, or what Korean writes there."""
    if _HANGUL.fullmatch(part):
        return _KOREAN.fullmatch(ending) is not None
    return ending.strip("_").isdecimal()


def _nearly(part: str, stem: str) -> bool:
    """Whether a word is like a part of the name: without its marks, spelled otherwise, with an ending, with typos."""
    if _bare(stem) == _bare(part) or stem.translate(_SPELLED) == part.translate(_SPELLED):
        return True
    longer = 0 < len(stem) - len(part) <= ENDINGS
    if longer and stem.startswith(part) and (len(part) >= NEAR_FROM or _HANGUL.fullmatch(part)):
        return True
    if part.endswith("ة") and stem.startswith(f"{part[:-1]}ت") and len(stem) - len(part) <= ENDINGS:
        return True
    return _typed_like(part, stem)


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
        alike = before.likeness.is_sure == one.likeness.is_sure
        if parts and alike and between in {" ", "-", "\u00a0"}:
            worse = max((joined[-1].likeness, one.likeness), key=lambda like: rank[like])
            joined[-1] = Spelling(joined[-1].start, one.end, worse)
        else:
            joined.append(one)
    return joined
