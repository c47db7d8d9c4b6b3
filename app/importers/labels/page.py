"""A text cut into lines, with what its format knows of it, and a label found in it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum

from app.importers.draft import KnownLabel

LONGEST_LABEL = 200
"""Code points of a line that are looked at for a label: a name of 60 with times and marks around it."""


class Shape(StrEnum):
    """How a label is written beside its words. What is written like the others is likely one of them."""

    PLAIN = "plain"
    TIMED = "timed"
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
    """A text and its lines. A line ends at LF only: `splitlines` would also cut at U+0085 and others."""

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

        self._is_filled = frozenset(self._filled)

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
        start, end = self.lines[number]
        return self.text[start : min(end, start + LONGEST_LABEL)]

    def is_blank(self, number: int) -> bool:
        """Whether a line is empty, or there is no such line."""
        return number not in self._is_filled

    def words_below(self, number: int) -> bool:
        """Whether words stand in one of the next two lines, as they do below a name of its own."""
        return not (self.is_blank(number + 1) and self.is_blank(number + 2))

    def bold_until(self, start: int) -> int | None:
        """Where the bold span that begins at `start` ends, or None."""
        return self._bold_from.get(start)
