"""Labels beside the words without a colon: `Name [00:00] words`, and names in capitals with a dash (parliaments)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from app.importers.labels.names import CLOCK, GAP, clean, could_be_name, looks_like_person, milliseconds
from app.importers.labels.page import Label, Page, Shape

STYLES = {"name time": "Name [00:00] words", "name dash": "NAME.- words"}

_NAME_TIME = re.compile(
    rf"^{GAP}*(?:\*\*|__)?(?P<name>[^\W\d_][^:：\t\n\[\](){{}}*]{{0,59}}?)(?:\*\*|__)?{GAP}*"
    rf"[\[(](?P<time>{CLOCK})[\])](?:\*\*|__)?{GAP}+(?=\S)"
)
_DASHED = re.compile(
    r"^\s*(?:\*\*|__)?(?P<name>[^\W\d_a-z][^\n:：*_]{1,59}?)(?:\*\*|__)?(?:(?P<dot>\.\s?[-–—])|\s[–—-])(?:\*\*|__)?\s+(?=\S)"
)


def find(page: Page) -> Sequence[Label]:
    """Every line that begins with a name and a time in brackets; without any, those with a name and a dash."""
    timed = [label for line in page.filled if (label := _timed(page, line)) is not None]
    return timed or [label for line in page.filled if (label := _dashed(page, line)) is not None]


def _timed(page: Page, line: int) -> Label | None:
    words = page.beginning(line)
    found = _NAME_TIME.match(words) if ":" in words else None
    name = clean(found["name"].rstrip(" ,-–—|·")) if found else ""
    if found is None or not could_be_name(name) or not looks_like_person(name):
        return None
    return _label(page, line, words, found, name, "name time", milliseconds(found["time"]), Shape.TIMED)


def _dashed(page: Page, line: int) -> Label | None:
    """In capitals only: a dash after other words is a dash."""
    words = page.beginning(line)
    found = _DASHED.match(words)
    name = clean(found["name"]) if found else ""
    if found is None or not could_be_name(name) or name != name.upper() or name == name.lower():
        return None
    shape = Shape.DASHED if found["dot"] else Shape.CAPITALS
    return _label(page, line, words, found, name, "name dash", None, shape)


def _label(
    page: Page, line: int, words: str, found: re.Match[str], name: str, style: str, time_ms: int | None, shape: Shape
) -> Label:
    first = page.lines[line][0]
    begin = first + len(words) - len(words.lstrip())
    return Label(line, begin, first + len(found[0].rstrip()), name, style, time_ms, shape)
