"""Codes whose names are so close to another one that one may have meant it."""

from __future__ import annotations

from collections.abc import Iterable

from rapidfuzz import fuzz, process, utils

from app.analysis.codes import CodeRow

CLOSE = 86.0
"""Likeness (0 to 100) of two names from which on one asks "did you mean ...?"; a letter more or less in ten."""


def close_to(name: str, codes: Iterable[CodeRow], but: str = "") -> CodeRow | None:
    """The code whose name is closest to this one, whatever the order of its words; None if none is close."""
    others = [code for code in codes if code.id != but]
    if len(name.strip()) < 4:
        return None
    found = process.extractOne(
        name,
        [code.name for code in others],
        scorer=fuzz.token_sort_ratio,
        processor=utils.default_process,
        score_cutoff=CLOSE,
    )
    return others[found[2]] if found is not None else None
