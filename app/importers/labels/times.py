"""Times on a line of their own over a label: they belong to it, not to what was said before."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from app.importers.labels.names import RANGE, milliseconds
from app.importers.labels.page import Label, Page

_ONLY_TIME = re.compile(rf"^(?:[•·*-]\s*)?\\?[\[(<]?{RANGE}\\?[\])>]?$")


def is_only_time(words: str) -> bool:
    """Whether a line says nothing but when: "00:01:02", "[0:01 - 0:09]", "• 01:02"."""
    return _ONLY_TIME.match(words) is not None


def with_times_above(page: Page, labels: Iterable[Label]) -> list[Label]:
    """The labels, those without a time taking the one that stands alone in the line above them."""
    taken = []
    for label in labels:
        if label.time_ms is not None or (page.is_blank(label.line - 1) and page.is_blank(label.line - 2)):
            taken.append(label)
            continue
        above = next((line for line in (label.line - 1, label.line - 2) if not page.is_blank(line)), None)
        words = page.words(above) if above is not None else ""
        if above is not None and is_only_time(words):
            start, end = page.lines[above]
            begin = end - len(page.text[start:end].lstrip())
            taken.append(replace(label, start=begin, time_ms=milliseconds(words)))
        else:
            taken.append(label)
    return taken
