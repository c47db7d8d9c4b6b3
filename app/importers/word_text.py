"""What is gathered on a walk through a Word document: text, where it is bold, labels of tables, what stayed out."""

from __future__ import annotations

from collections import Counter

from app.importers.draft import KnownLabel
from app.importers.plain_text import Normaliser, times

_LEFT_OUT = {
    "deleted": ("stretch of deleted (tracked) text", "stretches of deleted (tracked) text"),
    "hidden": ("stretch of hidden text", "stretches of hidden text"),
    "comment": ("comment", "comments"),
    "footnote": ("footnote", "footnotes"),
    "endnote": ("endnote", "endnotes"),
    "inserted document": ("inserted document", "inserted documents"),
    "symbol": ("symbol of a picture font", "symbols of picture fonts"),
}


class WordText:
    """Text that grows piece by piece; offsets are code points of what was added so far, normalised at once."""

    def __init__(self, like: WordText | None = None) -> None:
        """A text of its own; with `like`, one that counts into the same report (a cell of a table)."""
        self.length = 0
        self.bold: list[tuple[int, int]] = []
        self.known: list[KnownLabel] = []
        self.left_out: Counter[str] = like.left_out if like else Counter()
        self.normaliser: Normaliser = like.normaliser if like else Normaliser()
        self._parts: list[str] = []

    @property
    def text(self) -> str:
        """All that was added."""
        return "".join(self._parts)

    def ends_with(self, text: str) -> bool:
        """Whether what was added last ends so."""
        return bool(self._parts) and self._parts[-1].endswith(text)

    def add(self, text: str, *, bold: bool = False) -> None:
        """Add words; pieces that are bold one after the other are one bold span."""
        text = self.normaliser.clean(text)
        if not text:
            return
        if bold:
            if self.bold and self.bold[-1][1] == self.length:
                self.bold[-1] = (self.bold[-1][0], self.length + len(text))
            else:
                self.bold.append((self.length, self.length + len(text)))
        self._parts.append(text)
        self.length += len(text)

    def append(self, cell: WordText) -> None:
        """Add the text of a cell without white space at its ends, its bold spans and labels with it."""
        text = cell.text
        first = len(text) - len(text.lstrip())
        last = len(text.rstrip())
        if last <= first:
            return
        shift = self.length - first
        spans = ((max(start, first), min(end, last)) for start, end in cell.bold)
        self.bold += [(start + shift, end + shift) for start, end in spans if start < end]
        self.known += [
            KnownLabel(one.start + shift, one.end + shift, one.name, one.time_ms)
            for one in cell.known
            if first <= one.start and one.end <= last
        ]
        self._parts.append(text[first:last])
        self.length += last - first

    def warnings(self) -> list[str]:
        """What stayed out and a person must know of."""
        told = []
        for thing, (one, several) in _LEFT_OUT.items():
            number = self.left_out[thing]
            if number:
                told.append(f"{number:,} {one if number == 1 else several} left out.")
        if self.left_out["inserted"]:
            told.append(f"{times(self.left_out['inserted'], 'tracked insertion')} taken in.")
        return told + self.normaliser.warnings

    def notes(self) -> list[str]:
        """What was done as a matter of course."""
        told = [
            f"{times(self.left_out[thing], thing)} left out." for thing in ("picture", "object") if self.left_out[thing]
        ]
        if self.left_out["text box"]:
            told.append(f"{times(self.left_out['text box'], 'text box')} read after the paragraph it hangs on.")
        return told + self.normaliser.notes
