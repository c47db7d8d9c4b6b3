"""Labels that only their bold letters set apart: bold words, then plain ones in the same line."""

from __future__ import annotations

import re
from collections.abc import Sequence

from app.importers.labels.names import CLOCK, clean, could_be_name, milliseconds
from app.importers.labels.page import Label, Page, Shape

STYLES = {"bold name": "Name in bold, then words"}

_TIME_FIRST = re.compile(rf"^\s*[\[(]?{CLOCK}[\])]?\s*")
_ONLY_TIME = re.compile(rf"^\s*(?:[\[(]?{CLOCK}[\])]?)?\s*$")
_INNER = re.compile(
    rf"^(?:[\[(]?(?P<before>{CLOCK})[\])]?\s*)?(?P<name>[^:：\t\n]{{1,60}}?)(?:\s*[\[(]?(?P<after>{CLOCK})[\])]?)?\s*[:：.–—-]?$"
)
_MARKED = re.compile(r"^\s*\*\*(?P<inner>[^*\n]{1,80})\*\*[ \t]*(?=\S)")


def find(page: Page) -> Sequence[Label]:
    """Every line that begins with bold words and goes on in plain ones."""
    if not page.has_bold:
        return []
    return [label for line in page.filled if (label := _label(page, line)) is not None]


def _label(page: Page, line: int) -> Label | None:
    start, end = page.lines[line]
    words = page.beginning(line)
    marked = _MARKED.match(words) if "**" in words else None
    if marked is not None:
        begin, stop, inner = start, start + len(marked[0]), marked["inner"]
    else:
        lead = len(words) - len(words.lstrip())
        time = _TIME_FIRST.match(words) if words[lead] in "[(0123456789" else None
        begin = start + lead
        name_from = next(
            (place for place in (begin, start + time.end() if time else begin) if page.bold_until(place)), None
        )
        until = page.bold_until(name_from) if name_from is not None else None
        if until is None or until > end or _ONLY_TIME.match(page.text[until:end]):
            return None
        stop, inner = until, page.text[begin:until]
    found = _INNER.match(inner.strip())
    name = clean(found["name"]) if found else ""
    if found is None or not could_be_name(name) or len(name.split()) > 5 or name[-1] in "?!…":
        return None
    while stop < end and page.text[stop] in " \t:：":
        stop += 1
    stop -= len(page.text[begin:stop]) - len(page.text[begin:stop].rstrip())
    return Label(line, begin, stop, name, "bold name", milliseconds(found["before"] or found["after"]), Shape.BOLD)
