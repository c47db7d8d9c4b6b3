"""Words that say something else than reflexive TA does: themes that emerge, saturation, bias, agreement of coders.

For the researcher's own writing that goes out, and there only a hint. What stands in quotation marks is somebody else's
and is passed over. The words lie in `resources/wording`: `a|b` is one or the other, `...` up to three words between.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cache

from app.resources import resource

_QUOTED = re.compile(r"“[^”]*”|„[^“”]*[“”]|«[^»]*»|(?<!\w)\"[^\"]*\"|(?<!\w)‘[^’]*’(?!\w)")
_BETWEEN = r"[\s,]+(?:[\w’'-]+[\s,]+){0,3}?"


@dataclass(frozen=True)
class WordingHint:
    """What is said about some words and what could stand there instead; `key` names the kind of hint."""

    key: str
    why: str
    instead: str


@dataclass(frozen=True)
class Spot:
    """A hint at [start, end) of a text, in code points."""

    start: int
    end: int
    words: str
    hint: WordingHint


def spots(text: str) -> list[Spot]:
    """Where a text says what one might want to say otherwise, in reading order; none overlaps another."""
    if not text.strip():
        return []
    passed = [found.span() for found in _QUOTED.finditer(text)]
    met: list[Spot] = []
    for hint, wanted, excepted in _rules():
        left_out = [found.span() for found in excepted.finditer(text)] if excepted is not None else []
        for found in wanted.finditer(text):
            start, end = found.span()
            if not any(first < end and start < last for first, last in passed + left_out):
                met.append(Spot(start, end, found[0], hint))
    kept: list[Spot] = []
    for spot in sorted(met, key=lambda one: (one.start, -one.end)):
        if not kept or spot.start >= kept[-1].end:
            kept.append(spot)
    return kept


@cache
def _rules() -> tuple[tuple[WordingHint, re.Pattern[str], re.Pattern[str] | None], ...]:
    """The hints with what they look for, and what is left alone."""
    held = json.loads(resource("wording", "en.json").read_text(encoding="utf-8"))
    return tuple(
        (
            WordingHint(one["key"], one["why"], one["instead"]),
            _pattern(one["phrases"]),
            _pattern(one["except"]) if one["except"] else None,
        )
        for one in held["hints"]
    )


def _pattern(phrases: list[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{_phrase(phrase)})" for phrase in phrases), re.IGNORECASE)


def _phrase(phrase: str) -> str:
    """Whole words only; a hyphen may be missing, or a space."""
    parts: list[str] = []
    gap = ""
    for word in phrase.split():
        if word == "...":
            gap = _BETWEEN
            continue
        forms = "|".join(re.escape(form).replace(r"\-", r"[-‐‑–\s]?") for form in word.split("|"))
        parts.append(f"{gap if parts else ''}\\b(?:{forms})\\b")
        gap = r"\s+"
    return "".join(parts)
