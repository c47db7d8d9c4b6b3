"""Labels that stand on a line of their own over the words, without a colon: a name with a time, or a name alone."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from app.importers.labels.names import GAP, RANGE, clean, could_be_name, key, looks_like_person, milliseconds
from app.importers.labels.page import Label, Page, Shape

STYLES = {
    "name time above": "Name 00:00 over the words",
    "time name above": "00:00 Name over the words",
    "name above": "Name over the words",
}

_MARK = r"(?:\*\*|__|\#{1,6}\s+)?"
_STAMP = rf"[\[(<]?{RANGE}[\])>]?"
_NAME = r"(?P<name>[^\W\d_][^:：\t\n*]{0,59}?)"
_NAME_TIME = re.compile(
    rf"^{GAP}*{_MARK}{_NAME}(?:\*\*|__)?{GAP}*[-–—,|·]?{GAP}*(?<=[\s*_|·\-–—,])(?P<time>{_STAMP}){GAP}*(?:\*\*|__)?{GAP}*$"
)
_TIME_NAME = re.compile(rf"^{GAP}*{_MARK}(?P<time>{_STAMP}){GAP}+[-–—|·]?{GAP}*(?:\*\*|__)?{_NAME}(?:\*\*|__)?{GAP}*$")
_ALONE = re.compile(rf"^{GAP}*(?P<mark>\*\*|__|\#{{1,6}}\s+)?{_NAME}(?:\*\*|__)?{GAP}*$")
LONGEST_LINE = 130
"""A name of 60, a range of times and what stands around them; a longer line is no label."""
LEAST_ALONE = 4
"""Lines with a name alone must come so often before they are taken as labels at all."""


def find(page: Page) -> Sequence[Label]:
    """Names over the words. Without times they count only when the whole text is written so."""
    timed = [label for line in page.filled if (label := _timed(page, line)) is not None]
    return timed or _alone(page)


def _timed(page: Page, line: int) -> Label | None:
    words = page.beginning(line)
    if ":" not in words or len(words) > LONGEST_LINE:
        return None
    for style, pattern in (("name time above", _NAME_TIME), ("time name above", _TIME_NAME)):
        found = pattern.match(words)
        if found is not None and could_be_name(clean(found["name"])) and page.words_below(line):
            return _label(page, line, clean(found["name"]), style, milliseconds(found["time"]), Shape.TIMED)
    return None


def _alone(page: Page) -> list[Label]:
    """Short lines that are written like names, come again and again, and have words below that are none of them."""
    found: list[tuple[int, str, Shape]] = []
    for line in page.filled:
        words = page.beginning(line)
        match = _ALONE.match(words) if len(words) <= LONGEST_LINE else None
        name = clean(match["name"]) if match else ""
        if match is None or not could_be_name(name) or not looks_like_person(name) or name[-1] in ".!?…,;。！？":
            continue
        if page.words_below(line):
            until = page.bold_until(page.lines[line][0] + match.start("name"))
            heavy = match["mark"] or (until is not None and until >= page.lines[line][0] + match.end("name"))
            found.append((line, name, Shape.BOLD if heavy else Shape.PLAIN))
    counts = Counter(key(name) for _, name, _ in found)
    again = [(line, name, shape) for line, name, shape in found if counts[key(name)] > 1]
    lines = {line for line, _, _ in again}
    below = sum(1 for line in lines if _next_filled(page, line) in lines)
    enough = len(again) >= LEAST_ALONE and len(counts.keys() & {key(name) for _, name, _ in again}) >= 2
    if not enough or below > len(again) // 5 or len(again) < len(page.filled) // 6:
        return []
    return [_label(page, line, name, "name above", None, shape) for line, name, shape in found]


def _next_filled(page: Page, line: int) -> int:
    return line + 1 if not page.is_blank(line + 1) else line + 2


def _label(page: Page, line: int, name: str, style: str, time_ms: int | None, shape: Shape) -> Label:
    start, end = page.lines[line]
    words = page.text[start:end]
    begin = start + len(words) - len(words.lstrip())
    return Label(line, begin, start + len(words.rstrip()), name, style, time_ms, shape, alone=True)
