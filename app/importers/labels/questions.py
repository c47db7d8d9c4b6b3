"""Question and answer as courts and press offices write them: `Q    words`, `A.  words`, beside names with a colon.

"A" also begins sentences, so answers count only where they are written as the questions are, and are about as many.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from app.importers.labels import colon
from app.importers.labels.names import GAP
from app.importers.labels.page import Label, Page, Shape

STYLES = {"question answer": "Q words, A words"}

_LABEL = re.compile(
    rf"^{GAP}*[\"“]?(?P<name>[QAPRFDВО])(?:(?P<stop>\.(?:{GAP}?[-–—])?|[-–—])|(?={GAP}))(?:(?P<gap>{GAP}+)(?=[^\s–—-])|{GAP}*$)"
)
PAIRS = (("Q", "A"), ("P", "R"), ("F", "A"), ("D", "R"), ("В", "О"))
"""Question and answer, pregunta and respuesta, Frage and Antwort, domanda and risposta, вопрос and ответ."""
LEAST_QUESTIONS = 2
ANSWERED = 0.5
"""Answers count where there are so many of them for each question."""


def find(page: Page) -> Sequence[Label]:
    """The questions and answers with whoever else speaks between them; nothing where nobody asks."""
    begun = {line: match for line in page.filled if (match := _LABEL.match(page.beginning(line))) is not None}
    found = max((_pair(begun, *pair) for pair in PAIRS), key=len) if begun else {}
    labels = [_label(page, line, match) for line, match in found.items()]
    others = [label for label in colon.find(page) if label.line not in found] if found else []
    return sorted([*labels, *others], key=lambda label: label.start)


def _pair(begun: Mapping[int, re.Match[str]], question: str, answer: str) -> dict[int, re.Match[str]]:
    """The lines of one pair of letters. Only "Q" may stand alone, and without a full stop."""
    asked = {
        line: match for line, match in begun.items() if match["name"] == question and (question == "Q" or match["stop"])
    }
    if len(asked) < LEAST_QUESTIONS:
        return {}
    usual = Counter(map(_way, asked.values())).most_common(1)[0][0]
    answered = {line: match for line, match in begun.items() if match["name"] == answer and _way(match) == usual}
    if len(answered) >= ANSWERED * len(asked):
        return asked | answered
    return asked if question == "Q" else {}


def _way(match: re.Match[str]) -> str:
    return "stop" if match["stop"] else "wide" if len(match["gap"] or "") > 1 else "narrow"


def _label(page: Page, line: int, found: re.Match[str]) -> Label:
    first = page.lines[line][0]
    end = first + found.end("stop" if found["stop"] else "name")
    return Label(line, first + found.start("name"), end, found["name"], "question answer", None, Shape.CAPITALS)
