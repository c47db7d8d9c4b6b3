"""Labels set apart by a tab or a bar: `Name<TAB>words`, `time | Name | words`, as tables become when saved as text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from app.importers.labels.column_heads import are_heads
from app.importers.labels.names import GAP, RANGE, clean, could_be_name, key, milliseconds
from app.importers.labels.page import Label, Page, Shape

STYLES = {"name tab": "Name, tab or bar, words"}

_BAR = r" *\| *"
_TIME = rf"[\[(]?(?P<time>{RANGE}|\d\d(?: \d\d){{2,3}})[\])]?"
_LABEL = re.compile(rf"^ *(?:{_TIME}\t+)?(?P<name>[^\W_][^:：\t\n]{{0,39}}?) *\t{GAP}*(?=\S)")
_BARRED = re.compile(
    rf"^ *\|? *(?:{_TIME}{_BAR})?(?P<name>[^\W_][^:：|\n]{{0,39}}?)"
    rf"(?:{_BAR}[\[(]?(?P<behind>{RANGE})[\])]?)?{_BAR}(?=[^\s|])"
)
MOST_BARRED, FEW, AGAIN = 0.5, 12, 0.5
"""Bars set names apart where so many of the lines have them."""


def find(page: Page) -> Sequence[Label]:
    """Every line with a short first cell."""
    labels = []
    barred = sum("|" in page.beginning(line) for line in page.filled) > MOST_BARRED * len(page.filled)
    for line in page.filled:
        words = page.beginning(line)
        found = _LABEL.match(words) if "\t" in words else _BARRED.match(words) if barred else None
        cells = page.words(line).strip("|").split("\t" if "\t" in words else "|")
        if found is None or not could_be_name(clean(found["name"])) or are_heads(cells):
            continue
        start = page.lines[line][0]
        begin = start + len(found[0]) - len(found[0].lstrip())
        time = found["time"] or found.groupdict().get("behind")
        shape = Shape.TIMED if time else Shape.PLAIN
        end = start + len(found[0].rstrip())
        labels.append(Label(line, begin, end, clean(found["name"]), "name tab", milliseconds(time), shape))
    return labels if len(labels) <= FEW or _come_again(labels) else []


def _come_again(labels: Sequence[Label]) -> bool:
    """Whether names come again; first cells that never do are no names, but rows of some other table."""
    counts = Counter(key(label.name) for label in labels)
    return sum(count for count in counts.values() if count > 1) >= AGAIN * len(labels)
