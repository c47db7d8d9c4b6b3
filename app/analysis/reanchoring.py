"""Finding the excerpts of a transcript again in a corrected version of it.

What the difference of the two texts leaves alone is found exactly. The rest is looked for by likeness: where the
difference would put it, in its neighbourhood, and at last in all that is new. Plain data in, plain data out, so that
it can run beside the window.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from app.analysis.difference import difference
from app.models.anchors import Anchor
from app.models.splice import Splice, moved_excerpt

NEAR = 80.0
"""How alike (0 to 100) two passages must be for one to be the other corrected."""

NEIGHBOURHOOD = 2_000
"""How many characters around its place an excerpt is looked for first."""

TELLING = 20
"""From how many characters on words that stand in only one other place are surely the same passage."""


class Finding(StrEnum):
    """How an excerpt was found again."""

    EXACT = "exact"
    NEAR = "near"
    LOST = "lost"


@dataclass(frozen=True, slots=True)
class Found:
    """An excerpt and where it is in the other text; `likeness` from 0 to 100. What is lost has its old place's."""

    anchor: Anchor
    finding: Finding
    start: int
    end: int
    likeness: float


@dataclass(frozen=True)
class Reanchoring:
    """What becomes of a transcript's excerpts in the corrected text."""

    before: str
    after: str
    splice: Splice
    found: tuple[Found, ...]

    def of(self, finding: Finding) -> list[Found]:
        """Those that were found so."""
        return [one for one in self.found if one.finding == finding]


def reanchored(
    before: str, after: str, anchors: Sequence[Anchor], on_progress: Callable[[int], bool] | None = None
) -> Reanchoring:
    """Find every excerpt again. `on_progress` hears how many are done; where it says False, the rest count as lost."""
    splice = difference(before, after)
    search = _Search(before, after, splice)
    found: list[Found] = []
    for number, anchor in enumerate(anchors):
        going = on_progress is None or number % 50 or on_progress(number)
        found.append(search.find(anchor) if going else search.lost(anchor))
    return Reanchoring(before, after, splice, tuple(found))


class _Search:
    def __init__(self, before: str, after: str, splice: Splice) -> None:
        self._before, self._after, self._splice = before, after, splice
        self._new = [
            (place, place + len(edit.inserted))
            for place, edit in zip(splice.places, splice.edits, strict=True)
            if len(edit.inserted) > 2
        ]

    def find(self, anchor: Anchor) -> Found:
        quote = self._before[anchor.start : anchor.end]
        start, end = self._trimmed(*moved_excerpt(self._splice, (anchor.start, anchor.end)))
        if _same_words(self._after[start:end], quote):
            return Found(anchor, Finding.EXACT, start, end, 100.0)
        elsewhere = self._word_for_word(quote, start)
        if elsewhere is not None:
            return Found(anchor, Finding.EXACT, *elsewhere, 100.0)
        best = (_likeness(quote, self._after[start:end]) if start < end else 0.0, start, end)
        if best[0] < NEAR:
            around = (max(0, start - NEIGHBOURHOOD), min(len(self._after), end + NEIGHBOURHOOD))
            best = max(best, self._alike(quote, *around))
        if best[0] < NEAR and len(quote) >= TELLING:
            best = max([best, *(self._alike(quote, *stretch) for stretch in self._rooms(len(quote)))])
        likeness, start, end = best
        if likeness < NEAR or start == end:
            return self.lost(anchor)
        return Found(anchor, Finding.NEAR, start, end, likeness)

    def lost(self, anchor: Anchor) -> Found:
        start, _ = moved_excerpt(self._splice, (anchor.start, anchor.end))
        return Found(anchor, Finding.LOST, start, start, 0.0)

    def _word_for_word(self, quote: str, near: int) -> tuple[int, int] | None:
        """The same words in the neighbourhood, or in the only place where so many of them stand."""
        low = max(0, near - NEIGHBOURHOOD)
        at = self._after.find(quote, low, near + NEIGHBOURHOOD + len(quote))
        if at < 0 and len(quote) >= TELLING:
            at = self._after.find(quote)
            if at >= 0 and self._after.find(quote, at + 1) >= 0:
                at = -1
        elif at >= 0 and len(quote) < TELLING and self._after.find(quote, at + 1, near + NEIGHBOURHOOD) >= 0:
            at = -1
        return (at, at + len(quote)) if at >= 0 else None

    def _alike(self, quote: str, low: int, high: int) -> tuple[float, int, int]:
        """The most alike passage of a stretch, from word to word."""
        from rapidfuzz.fuzz import partial_ratio_alignment

        stretch = self._after[low:high]
        if len(stretch) < len(quote) // 2:
            return 0.0, low, low
        found = partial_ratio_alignment(quote, stretch, score_cutoff=NEAR - 10)
        if found is None:
            return 0.0, low, low
        start, end = self._whole_words(low + found.dest_start, low + found.dest_end)
        return _likeness(quote, self._after[start:end]), start, end

    def _rooms(self, length: int) -> list[tuple[int, int]]:
        """The stretches that are new and long enough to hold it, with a little around them."""
        return [
            (max(0, start - length), min(len(self._after), end + length))
            for start, end in self._new
            if end - start >= length // 2
        ]

    def _whole_words(self, start: int, end: int) -> tuple[int, int]:
        text = self._after
        while 0 < start < len(text) and text[start - 1].isalnum() and text[start].isalnum():
            start -= 1
        while 0 < end < len(text) and text[end - 1].isalnum() and text[end].isalnum():
            end += 1
        return self._trimmed(start, end)

    def _trimmed(self, start: int, end: int) -> tuple[int, int]:
        while start < end and self._after[start].isspace():
            start += 1
        while end > start and self._after[end - 1].isspace():
            end -= 1
        return start, end


def _same_words(one: str, other: str) -> bool:
    return one == other or (one.split() == other.split() and bool(one.strip()))


def _likeness(one: str, other: str) -> float:
    from rapidfuzz.fuzz import ratio

    return float(ratio(" ".join(one.split()), " ".join(other.split())))
