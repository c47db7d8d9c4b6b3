"""Places in which words or names of somebody stand who is withdrawn, and what would stand there instead."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from app.analysis.rights.names import Likeness, Spelling, find
from app.analysis.rights.places import FREE_TO_DELETE, Place
from app.analysis.rights.their_words import Again, TheirWords

GAP = "[withdrawn]"

Span = tuple[int, int]


class Why(StrEnum):
    """Why a place is shown; what is not surely theirs stays unless the researcher says otherwise."""

    WORDS = "their words"
    NEARLY = "nearly their words"
    NAME = "their name"
    NOTE = "a note about them"
    MAYBE_NAME = "maybe their name"
    PHRASE = "a common phrase"
    WORD = "a single word"

    @property
    def is_sure(self) -> bool:
        """Whether it is theirs, so that a gap is proposed."""
        return self not in {Why.MAYBE_NAME, Why.PHRASE, Why.WORD}


@dataclass(frozen=True)
class Held:
    """A place in which words or names of theirs stand; `proposed` is what would stand there instead.

    `spans` are theirs, `maybe` may be; both in code points, end exclusive.
    """

    place: Place
    spans: tuple[Span, ...]
    maybe: tuple[Span, ...]
    why: Why

    @property
    def key(self) -> str:
        """What stands for it in decisions."""
        return self.place.key

    @property
    def doubtful(self) -> bool:
        """Whether nothing in it is surely theirs, so that it stays unless the researcher says otherwise."""
        return not self.spans

    @property
    def is_whole(self) -> bool:
        """Whether it is a note or entry that says nothing else."""
        return self.place.table in FREE_TO_DELETE and not with_gaps(self.place.text, self.spans, "").strip()

    @property
    def proposed(self) -> str:
        """The text with gaps for what is theirs, or else for what may be."""
        return with_gaps(self.place.text, self.spans or self.maybe)


def with_gaps(text: str, spans: Sequence[Span], gap: str = GAP) -> str:
    """The text with a gap in the place of each stretch."""
    parts, at = [], 0
    for start, end in spans:
        parts += [text[at:start], gap]
        at = end
    return "".join([*parts, text[at:]])


def held_in(
    where: Iterable[Place],
    said: TheirWords,
    called: Sequence[str],
    ordinary: Collection[str],
    own: Collection[tuple[str, str]],
    notes: Collection[str],
    *,
    shared: bool = False,
) -> Iterator[Held]:
    """Every place in which what they said, or a name by which they are called, stands; `own` goes by itself.

    `notes` are memos about them. `shared`: somebody else is called so as well, so that no name is surely theirs.
    """
    for place in where:
        if (place.table, place.row_id) in own or (f"{place.table}.{place.column}", place.row_id) in own:
            continue
        if (place.table, place.column) in _OF_OTHERS:
            continue
        if place.row_id in notes and place.column == "text":
            yield Held(place, ((0, len(place.text)),), (), Why.NOTE)
            continue
        again = said.again_in(place.text, name=place.is_name)
        if place.table in _FACTS and place.column != "note":
            again = [one for one in again if one.sure and " " in place.text[one.start : one.end]]
        if place.table == "change" and place.column == "label":
            again = [one for one in again if one.sure or _is_quoted(place.text, one)]
        named = find(place.text, called, ordinary=ordinary)
        if not place.is_name and place.table != "change":  # of a note, rather a name than a word at the beginning
            named = [one._replace(likeness=Likeness.EXACT) if _has_capital(place.text, one) else one for one in named]
        if shared:
            named = [one._replace(likeness=Likeness.WORD) for one in named]
        held = _held(place, again, named)
        if held is not None:
            yield held


_FACTS = {"participant", "participant_attribute"}
"""What is known of others: a word of it is nobody's own, however few say it; a name is told all the same."""
_OF_OTHERS = {("participant", "pseudonym"), ("participant", "label"), ("speaker", "label")}
"""How others are called is theirs, also where it is the same."""


def _held(place: Place, again: Sequence[Again], named: Sequence[Spelling]) -> Held | None:
    whys = {(one.start, one.end): _why(one) for one in again}
    for name in named:
        span = (name.start, name.end)
        whys[span] = Why.NAME if name.likeness.is_sure else whys.get(span, Why.MAYBE_NAME)
    if not whys:
        return None
    sure = _merged(span for span, why in whys.items() if why.is_sure)
    maybe = _merged(span for span, why in whys.items() if not why.is_sure and _apart(span, sure))
    return Held(place, sure, maybe, min(whys.values(), key=list(Why).index))


def _why(one: Again) -> Why:
    if one.sure:
        return Why.NEARLY if one.likeness == Likeness.NEAR else Why.WORDS
    return Why.WORD if one.likeness == Likeness.WORD else Why.PHRASE


def _is_quoted(label: str, one: Again) -> bool:
    """Labels of the trail are the program's words, but for what stands in quotation marks."""
    return any(found.start() < one.start and one.end < found.end() for found in re.finditer("‘[^’]+’|“[^”]+”", label))


def _has_capital(text: str, one: Spelling) -> bool:
    """Whether an ordinary word is written as a name; a single letter may be anything."""
    return one.likeness == Likeness.WORD and one.end - one.start > 1 and text[one.start].isupper()


def _merged(spans: Iterable[Span]) -> tuple[Span, ...]:
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)


def _apart(span: Span, others: Iterable[Span]) -> bool:
    return all(span[1] <= start or span[0] >= end for start, end in others)
