"""The codings of a transcript while they are still on their way: counted and given lanes part by part."""

from __future__ import annotations

from collections.abc import Sequence

from app.ui.transcript.density import Density
from app.ui.transcript.marks import CodingMark
from app.ui.transcript.spans import SpanIndex


class Gathering:
    """Indexes that grow in the order of the text; a panel takes them over once they are whole."""

    def __init__(self, length: int) -> None:
        self.spans = SpanIndex()
        self.hidden = SpanIndex()
        self.density = Density(length)

    def add(self, shown: Sequence[CodingMark], hidden: Sequence[CodingMark] = ()) -> None:
        """Add codings that start where those before them did, or further on."""
        self.spans.append(shown)
        self.hidden.append(hidden)
        self.density.append(shown)
