"""The one place where code points (the study) and UTF-16 units (Qt) are converted into each other."""

from __future__ import annotations

from bisect import bisect_left


class OffsetMap:
    """Converts offsets of one text. Without characters beyond U+FFFF both are the same and nothing is computed."""

    def __init__(self, text: str) -> None:
        self._points = [place for place, character in enumerate(text) if character > "\uffff"] if _astral(text) else []
        self._units = [place + number for number, place in enumerate(self._points)]

    def to_qt(self, point: int) -> int:
        """The UTF-16 unit at which this code point starts."""
        return point + bisect_left(self._points, point) if self._points else point

    def from_qt(self, unit: int) -> int:
        """The code point at this UTF-16 unit; the middle of a character counts as its start."""
        if not self._points:
            return unit
        return unit - bisect_left(self._units, unit)


def _astral(text: str) -> bool:
    """Counting the units is many times quicker than looking at each character."""
    return not text.isascii() and len(text.encode("utf-16-le", "surrogatepass")) != 2 * len(text)
