"""Question and answer as courts and press offices write them: `Q    words`, `A.  words`, beside names with a colon.

"A" also begins sentences, so answers count only where about as many of them stand as questions.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from app.importers.labels import colon
from app.importers.labels.names import GAP
from app.importers.labels.page import Label, Page, Shape

STYLES = {"question answer": "Q words, A words"}

_LABEL = re.compile(rf"^{GAP}*[\"“]?(?P<name>[QA])(?:\.|(?={GAP}))(?:{GAP}+(?=[^\s–—-])|{GAP}*$)")
LEAST_QUESTIONS = 2
ANSWERED = 0.5
"""Answers count where there are so many of them for each question."""


def find(page: Page) -> Sequence[Label]:
    """The questions and answers with whoever else speaks between them; nothing where nobody asks."""
    found = {line: label for line in page.filled if (label := _label(page, line)) is not None}
    asked = sum(label.name == "Q" for label in found.values())
    if asked < LEAST_QUESTIONS:
        return []
    if len(found) - asked < ANSWERED * asked:
        found = {line: label for line, label in found.items() if label.name == "Q"}
    others = [label for label in colon.find(page) if label.line not in found]
    return sorted([*found.values(), *others], key=lambda label: label.start)


def _label(page: Page, line: int) -> Label | None:
    words = page.beginning(line)
    found = _LABEL.match(words)
    if found is None:
        return None
    first = page.lines[line][0]
    end = first + found.end("name") + (words[found.end("name") : found.end("name") + 1] == ".")
    return Label(line, first + found.start("name"), end, found["name"], "question answer", None, Shape.CAPITALS)
