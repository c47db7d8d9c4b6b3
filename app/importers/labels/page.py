"""A text cut into lines, with what its format knows of it, and a label found in it."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import pairwise

from app.importers.draft import KnownLabel

LONGEST_LABEL = 200
"""Code points of a line that are looked at for a label: a name of 60 with times and marks around it."""
_NUMBERED = re.compile(r"^[ \t]{0,8}(?P<number>\d{1,5})(?:[.)]?[ \t]+|$)")
MOST_NUMBERED, LEAST_NUMBERED = 0.8, 6
"""Lines are numbered when so many begin with a number, and nearly each number is one more than the one before."""


class Shape(StrEnum):
    """How a label is written beside its words. What is written like the others is likely one of them."""

    PLAIN = "plain"
    TIMED = "timed"
    TITLED = "titled"
    BOLD = "bold"
    HEADING = "heading"
    CAPITALS = "capitals"
    DASHED = "dashed"
    KNOWN = "known"


@dataclass(frozen=True, slots=True)
class Label:
    """A label-like start of a line. Offsets are code points of the whole text, end exclusive."""

    line: int
    start: int
    end: int
    name: str
    style: str
    time_ms: int | None = None
    shape: Shape = Shape.PLAIN
    alone: bool = False
    continues: bool = False
    """It names nobody and goes on with the turn before it."""


class Page:
    """A text and its lines. A line ends at LF only: `splitlines` would also cut at U+0085 and others.

    Where lines are numbered, as in records of courts and in close transcripts, a line begins behind its number.
    """

    def __init__(self, text: str, bold: Collection[tuple[int, int]] = (), known: Sequence[KnownLabel] = ()) -> None:
        self.text = text
        self.lines: list[tuple[int, int]] = []
        self.known = tuple(known)
        self._bold_from = dict(bold)
        self._filled: list[int] = []
        start = 0
        for line in text.split("\n"):
            if line.strip():
                self._filled.append(len(self.lines))
            self.lines.append((start, start + len(line)))
            start += len(line) + 1
        self._before = {} if self.known else self._numbers()
        for number, end in self._before.items():
            self.lines[number] = (end, self.lines[number][1])
        if self._before:
            self._filled = [number for number in self._filled if self.words(number)]
        self._is_filled = frozenset(self._filled)
        self._beginnings = [text[start : min(end, start + LONGEST_LABEL)] for start, end in self.lines]
        self.has_bold = bool(self._bold_from) or "**" in text

    def _numbers(self) -> dict[int, int]:
        """{line: where its number ends} when the lines are numbered; else nothing."""
        found = {
            line: match
            for line in self._filled
            if (match := _NUMBERED.match(self.text[slice(*self.lines[line])])) is not None
        }
        if len(found) < max(LEAST_NUMBERED, MOST_NUMBERED * len(self._filled)):
            return {}
        numbers = [int(match["number"]) for match in found.values()]
        steps = sum(1 for one, two in pairwise(numbers) if two in (1, one + 1))
        if steps < MOST_NUMBERED * (len(numbers) - 1):
            return {}
        return {line: self.lines[line][0] + match.end() for line, match in found.items()}

    @property
    def is_numbered(self) -> bool:
        """Whether its lines begin with running numbers."""
        return bool(self._before)

    def with_number(self, label: Label) -> Label:
        """The label with the number of its line, which is no word of whoever spoke before."""
        begin = self._before.get(label.line)
        if begin is None or self.text[begin : label.start].strip():
            return label
        first = self.text.rfind("\n", 0, begin) + 1
        raw = self.text[first:begin]
        return replace(label, start=first + len(raw) - len(raw.lstrip()))

    @property
    def filled(self) -> Sequence[int]:
        """Numbers of the lines that hold words."""
        return self._filled

    def words(self, number: int) -> str:
        """The words of a line without white space at its ends."""
        start, end = self.lines[number]
        return self.text[start:end].strip()

    def beginning(self, number: int) -> str:
        """As much of a line as a label can take."""
        return self._beginnings[number]

    def is_blank(self, number: int) -> bool:
        """Whether a line is empty, or there is no such line."""
        return number not in self._is_filled

    def words_below(self, number: int) -> bool:
        """Whether words stand in one of the next two lines, as they do below a name of its own."""
        return not (self.is_blank(number + 1) and self.is_blank(number + 2))

    def bold_until(self, start: int) -> int | None:
        """Where the bold span that begins at `start` ends, or None."""
        return self._bold_from.get(start)
