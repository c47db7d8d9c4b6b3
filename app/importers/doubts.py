"""What a person should look at in the turns that were found: where they may be wrong without anything having failed."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from statistics import median

from app.importers.draft import TurnDraft
from app.importers.labels import colon
from app.importers.likeness import likely_same
from app.importers.plain_text import times
from app.importers.speakers import Found

MOST_PAIRS = 20
"""So many likely pairs of labels are told."""
MAY_BE_ONE = "may be one person"
LONG_SHARE, LONG_TIMES, LEAST_LINES = 0.25, 15, 30
"""A turn is strangely long when it holds so much of the lines, and so many times as many as others do."""


def doubts(text: str, found: Found, speakers: Mapping[str, int]) -> list[str]:
    """One sentence for each."""
    told = []
    if not found.turns:
        told.append("No speaker labels were found, so the text comes in without turns.")
    elif found.doubtful:
        what = "start of a paragraph looks" if found.doubtful == 1 else "starts of paragraphs look"
        told.append(f"{found.doubtful} {what} like a speaker seen only once; not taken as speakers unless you say so.")
    if found.style in colon.STYLES:
        told += _without_colon(text, found.turns, speakers)
    told += _strangely_long(text, found.turns)
    return told + [
        f"“{pair.label}” and “{pair.into}” {MAY_BE_ONE} ({pair.why}). They stay two unless you merge them."
        for pair in likely_same(speakers)[:MOST_PAIRS]
    ]


def _without_colon(text: str, turns: Sequence[TurnDraft], speakers: Mapping[str, int]) -> list[str]:
    """Paragraphs that begin with a speaker's name and a slip of the typist in the place of the colon."""
    names = "|".join(re.escape(name) for name in speakers if len(name) > 1)
    if not names:
        return []
    labels = {turn.label_start for turn in turns}
    slips = [
        one
        for one in re.finditer(rf"^[ \t]*(?P<name>{names})(?:[;,.] ?|[ \t]{{2,}}|\t)(?=\S)", text, re.MULTILINE)
        if one.start("name") not in labels and one.start() not in labels
    ]
    if not slips:
        return []
    verb, first = "begins" if len(slips) == 1 else "begin", slips[0]["name"]
    begun = f"{times(len(slips), 'paragraph')} {verb} with a speaker's name and no colon (the first with “{first}”)"
    return [f"{begun}. What stands there is part of the turn before it."]


def _strangely_long(text: str, turns: Sequence[TurnDraft]) -> list[str]:
    """A turn that holds far more lines than others: another way of writing who speaks may begin inside it."""
    if len(turns) < 2:
        return []
    filled = [found.start() for found in re.finditer(r"^[ \t]*\S", text, re.MULTILINE)]
    lines = [bisect_left(filled, turn.end) - bisect_left(filled, turn.start) for turn in turns]
    longest = max(lines)
    if longest < max(LEAST_LINES, LONG_SHARE * len(filled), LONG_TIMES * max(1, median(lines))):
        return []
    number = lines.index(longest) + 1
    where = f"Turn {number:,} runs over {longest:,} lines without a label"
    return [f"{where}. Look whether somebody else speaks in it, or another way of writing begins there."]
