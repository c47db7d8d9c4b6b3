"""Where the selections of a REFI-QDA project stand: programs count in different ways, and the file does not say which.

The standard counts Unicode code points; NVivo for Windows counts UTF-16 units, some count a line end CR LF as one, some
the byte order mark. So every way of counting is tried on all selections of a project, and the one is taken under which
they repeat their names and begin and end at words (REFI-QDA 1.5, section 10.2; ends were exclusive in all files seen).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import NamedTuple

from app.importers.plain_text import Normaliser

BOM = "\ufeff"
NEAR = 0.1
"""Part of all selections by which another reading must be better than the one the program is known for."""

KEPT = 80
"""Characters of the words kept with a selection that are compared; programs cut them short."""
SHORT = 3
"""Words of so few characters may be met by chance."""


@dataclass(frozen=True)
class Reading:
    """A way of counting."""

    utf16: bool = False
    crlf_is_one: bool = False
    counts_bom: bool = False

    @property
    def words(self) -> str:
        """As a person may read it."""
        unit = "UTF-16 units" if self.utf16 else "characters"
        ends = "a CR LF as one" if self.crlf_is_one else "a CR LF as two"
        return f"{unit}, {ends}, the byte order mark {'counted' if self.counts_bom else 'not counted'}"


READINGS = tuple(Reading(*ways) for ways in product((False, True), repeat=3))


@dataclass(frozen=True)
class RawSpan:
    """A selection as the file gives it. `said` is its name or description, which in some programs repeats the words."""

    source: str
    start: int
    end: int
    said: str = ""


class RawText:
    """The text of a source as it lies in the archive, and as a study keeps it."""

    def __init__(self, raw: str) -> None:
        """`raw` is the decoded file; its byte order mark, if it has one, is its first character."""
        self._bom = raw.startswith(BOM)
        body = raw.removeprefix(BOM)
        self.text = Normaliser().clean(body)
        self._length = len(body)
        self._pairs = [found.start() for found in re.finditer("\r(?=\n)", body)]
        self._astral = [found.start() for found in re.finditer("[\U00010000-\U0010ffff]", body)]
        self._away = Normaliser.taken_away(body)

    @property
    def has_bom(self) -> bool:
        """Whether it begins with a byte order mark."""
        return self._bom

    @property
    def has_pairs(self) -> bool:
        """Whether lines end in CR LF."""
        return bool(self._pairs)

    @property
    def has_astral(self) -> bool:
        """Whether it holds characters that are two units of UTF-16."""
        return bool(self._astral)

    def place(self, offset: int, reading: Reading) -> int | None:
        """The place in `text` that an offset means under a reading; None if it lies outside or inside a character."""
        offset -= reading.counts_bom and self._bom
        if not (reading.crlf_is_one and self._pairs) and not (reading.utf16 and self._astral):
            return offset - bisect_left(self._away, offset) if 0 <= offset <= self._length else None
        low, high = 0, self._length
        while low < high:
            middle = (low + high) // 2
            if self._counted(middle, reading) < offset:
                low = middle + 1
            else:
                high = middle
        if self._counted(low, reading) != offset:
            return None
        return low - bisect_left(self._away, low)

    def _counted(self, index: int, reading: Reading) -> int:
        """How many units stand before a character, under a reading."""
        count = index
        if reading.crlf_is_one:
            count -= bisect_left(self._pairs, index)
        if reading.utf16:
            count += bisect_left(self._astral, index)
        return count


@dataclass(frozen=True)
class Judged:
    """The reading that was taken, and how well selections stand under it."""

    reading: Reading
    inside: int
    at_words: int
    of: int
    repeat: int = 0
    """How many repeat the words that the program kept with them."""

    @property
    def sentence(self) -> str:
        """What the report says."""
        if not self.of:
            return "The texts of the file hold no selections."
        return (
            f"Positions were read as {self.reading.words}: {self.inside} of {self.of} selections stand in their text, "
            f"{self.at_words} begin and end at words"
            + (f", {self.repeat} repeat the words kept with them." if self.repeat else ".")
        )


def judge(texts: Mapping[str, RawText], spans: Sequence[RawSpan], origin: str) -> Judged:
    """The way of counting that fits the selections best; where it is close, what the program is known for."""
    wanted = [span for span in spans if span.source in texts]
    known = known_for(origin)
    scores: dict[Reading, _Score] = {}
    for reading in READINGS:
        alike = _alike(reading, texts.values())
        scores[reading] = scores[alike] if alike in scores else _score(texts, wanted, reading)
    best = max(READINGS, key=lambda one: (scores[one].points, one == known))
    close = scores[best].points - scores[known].points <= NEAR * len(wanted)
    if close and scores[best].repeat <= scores[known].repeat:
        best = known
    score = scores[best]
    return Judged(best, score.inside, score.at_words, len(wanted), score.repeat)


def _alike(reading: Reading, texts: Iterable[RawText]) -> Reading:
    """The plainest reading under which these texts are counted in the same way; it is judged first."""
    held = list(texts)
    return Reading(
        reading.utf16 and any(text.has_astral for text in held),
        reading.crlf_is_one and any(text.has_pairs for text in held),
        reading.counts_bom and any(text.has_bom for text in held),
    )


def places_of(raw: RawText, start: int, end: int, said: str, reading: Reading) -> tuple[int, int] | None:
    """Where a selection stands in a text; None outside. One program may count in two ways within one project.

    So what does not repeat the words kept with it stands where another way of counting has it repeat them.
    """
    found = _places(raw, start, end, reading)
    if _repeats(raw, found, said):
        return found
    others = {_alike(one, (raw,)) for one in READINGS} - {_alike(reading, (raw,))} if len(said.strip()) > SHORT else ()
    for other in sorted(others, key=READINGS.index):
        there = _places(raw, start, end, other)
        if _repeats(raw, there, said):
            return there
    return found


def _places(raw: RawText, start: int, end: int, reading: Reading) -> tuple[int, int] | None:
    first, last = raw.place(start, reading), raw.place(end, reading)
    return None if first is None or last is None or first >= last else (first, last)


def _repeats(raw: RawText, places: tuple[int, int] | None, said: str) -> bool:
    """Whether the words at these places begin with what was kept, which may be cut short."""
    wanted = " ".join(said.split())[:KEPT]
    return places is not None and " ".join(raw.text[places[0] : places[1]].split())[: len(wanted)] == wanted


def known_for(origin: str) -> Reading:
    """How a program was seen to count."""
    said = origin.casefold()
    if "nvivo" in said and "mac" not in said:
        return Reading(utf16=True)
    if "atlas" in said:
        return Reading(crlf_is_one=True)
    return Reading()


class _Score(NamedTuple):
    points: float
    inside: int
    at_words: int
    repeat: int


def _score(texts: Mapping[str, RawText], spans: Sequence[RawSpan], reading: Reading) -> _Score:
    points, inside, at_words, repeat = 0.0, 0, 0, 0
    for span in spans:
        text = texts[span.source]
        places = _places(text, span.start, span.end, reading)
        if places is None:
            continue
        start, end = places
        inside += 1
        clean = _at_edge(text.text, start) and _at_edge(text.text, end)
        at_words += clean
        points += clean + 0.5 * (clean and not (text.text[start].isspace() or text.text[end - 1].isspace()))
        if len(span.said.strip()) > SHORT and _repeats(text, places, span.said):
            points += 2
            repeat += 1
    return _Score(points, inside, at_words, repeat)


def _at_edge(text: str, place: int) -> bool:
    return place in (0, len(text)) or not (text[place - 1].isalnum() and text[place].isalnum())
