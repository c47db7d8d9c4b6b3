"""Question and answer as courts and press offices write them: `Q    words`, `A.  words`, beside names with a colon.

"A" also begins sentences, so answers count only where they are written as the questions are, and are about as many.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from app.importers.labels import colon
from app.importers.labels.names import GAP
from app.importers.labels.page import Label, Page, Shape

STYLES = {"question answer": "Q words, A words"}

_LABEL = re.compile(rf"^{GAP}*[\"“]?(?P<name>[QA])(?:(?P<stop>\.)|(?={GAP}))(?:(?P<gap>{GAP}+)(?=[^\s–—-])|{GAP}*$)")
LEAST_QUESTIONS = 2
ANSWERED = 0.5
"""Answers count where there are so many of them for each question."""


def find(page: Page) -> Sequence[Label]:
    """The questions and answers with whoever else speaks between them; nothing where nobody asks."""
    found, ways = {}, {}
    for line in page.filled:
        match = _LABEL.match(page.beginning(line))
        if match is not None:
            found[line] = _label(page, line, match)
            ways[line] = "." if match["stop"] else "wide" if len(match["gap"] or "") > 1 else "narrow"
    usual = Counter(ways[line] for line, label in found.items() if label.name == "Q").most_common(1) or [("", 0)]
    found = {line: label for line, label in found.items() if label.name == "Q" or ways[line] == usual[0][0]}
    asked = sum(label.name == "Q" for label in found.values())
    if asked < LEAST_QUESTIONS:
        return []
    if len(found) - asked < ANSWERED * asked:
        found = {line: label for line, label in found.items() if label.name == "Q"}
    others = [label for label in colon.find(page) if label.line not in found]
    return sorted([*found.values(), *others], key=lambda label: label.start)


def _label(page: Page, line: int, found: re.Match[str]) -> Label:
    first = page.lines[line][0]
    end = first + found.end("stop" if found["stop"] else "name")
    return Label(line, first + found.start("name"), end, found["name"], "question answer", None, Shape.CAPITALS)
