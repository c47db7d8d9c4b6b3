"""Finding a code by a few typed letters: what the quick-code box lists, and what Enter may take.

A code is preselected only when what is typed is the start of its name or of a word in it, its initials, or one typo
away; codes found through path, definition or likeness alone are listed but never preselected, so that Enter never
codes with something one did not mean.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum

from app.analysis.codes import CodeRow


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


@dataclass(frozen=True)
class CodeHit:
    """A code in the list; `certain` hits may be preselected."""

    code: CodeRow
    match: Match

    @property
    def certain(self) -> bool:
        """Whether Enter may take it."""
        return self.match <= Match.TYPO


def find_codes(codes: Sequence[CodeRow], typed: str, nearness: Mapping[str, int], limit: int = 8) -> list[CodeHit]:
    """The codes that fit, best first; among equals those nearest (0 = this turn, 1 = this transcript, 2 = recent)."""
    wanted = " ".join(typed.casefold().split())
    if not wanted:
        ordered = sorted(codes, key=lambda code: nearness.get(code.id, 9))
        return [CodeHit(code, Match.LIKE) for code in ordered[:limit]]
    hits = {code.id: CodeHit(code, match) for code in codes if (match := _match(code, wanted)) is not None}
    if len(wanted) >= 3:
        rest = [code for code in codes if code.id not in hits]
        names = [code.path.casefold() for code in rest]
        from rapidfuzz import fuzz, process  # when somebody types: opening a study need not wait for it

        for _, _, place in process.extract(wanted, names, scorer=fuzz.token_set_ratio, limit=limit, score_cutoff=70):
            hits[rest[place].id] = CodeHit(rest[place], Match.LIKE)
    ranked = sorted(hits.values(), key=lambda hit: (hit.match, nearness.get(hit.code.id, 9), len(hit.code.name)))
    return ranked[:limit]


def _match(code: CodeRow, wanted: str) -> Match | None:
    name = code.name.casefold()
    if wanted in (name, code.path.casefold()):
        return Match.WHOLE
    if name.startswith(wanted):
        return Match.NAME
    words = name.replace("-", " ").replace("/", " ").split()
    if any(" ".join(words[place:]).startswith(wanted) for place in range(len(words))):
        return Match.WORD
    if len(wanted) >= 2 and "".join(word[0] for word in words).startswith(wanted.replace(" ", "")):
        return Match.INITIALS
    if len(wanted) >= 4 and _one_typo(wanted, name, words):
        return Match.TYPO
    if wanted in code.path.casefold():
        return Match.INSIDE
    if len(wanted) >= 3 and any(wanted in text.casefold() for text in (code.brief, code.full)):
        return Match.DEFINITION
    return None


def _one_typo(wanted: str, name: str, words: Sequence[str]) -> bool:
    """One letter wrong, missing, doubled or swapped against the start of the name or of a word."""
    from rapidfuzz.distance import OSA

    starts = [name[: len(wanted) + extra] for extra in (-1, 0, 1)]
    starts += [word[: len(wanted) + extra] for word in words for extra in (-1, 0, 1)]
    return any(OSA.distance(wanted, start, score_cutoff=1) <= 1 for start in starts if len(start) >= 3)
