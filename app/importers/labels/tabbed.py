"""Labels set apart by a tab: `Name<TAB>words` or `time<TAB>Name<TAB>words`, as tables become when saved as text."""

from __future__ import annotations

import re
from collections.abc import Sequence

from app.importers.labels.column_heads import are_heads
from app.importers.labels.names import GAP, RANGE, clean, could_be_name, milliseconds
from app.importers.labels.page import Label, Page, Shape

STYLES = {"name tab": "Name, tab, words"}

_LABEL = re.compile(
    rf"^ *(?:[\[(]?(?P<time>{RANGE}|\d\d(?: \d\d){{2,3}})[\])]?\t+)?(?P<name>[^\W_][^:：\t\n]{{0,39}}?) *\t{GAP}*(?=\S)"
)


def find(page: Page) -> Sequence[Label]:
    """Every line with a short first cell."""
    labels = []
    for line in page.filled:
        words = page.beginning(line)
        found = _LABEL.match(words) if "\t" in words else None
        if found is None or not could_be_name(clean(found["name"])) or are_heads(page.words(line).split("\t")):
            continue
        start = page.lines[line][0]
        begin = start + len(found[0]) - len(found[0].lstrip())
        shape = Shape.TIMED if found["time"] else Shape.PLAIN
        end = start + len(found[0].rstrip())
        labels.append(Label(line, begin, end, clean(found["name"]), "name tab", milliseconds(found["time"]), shape))
    return labels
