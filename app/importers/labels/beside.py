"""Labels beside the words without a colon: `Name [00:00] words`, `[Name] words`, names with a dash or a wide gap.

Without a colon such a beginning may be a line of the talk, so all but names with a time in brackets count only where
most lines begin so and at least two names come again.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence

from app.importers.labels.names import (
    CLOCK,
    GAP,
    ID_LIKE,
    RANGE,
    clean,
    could_be_name,
    key,
    looks_like_person,
    milliseconds,
)
from app.importers.labels.page import Label, Page, Shape
from app.importers.labels.times import is_only_time

STYLES = {
    "name time": "Name [00:00] words",
    "name in brackets": "[Name] words",
    "name dash words": "Name - words",
    "name gap": "Name, a wide gap, words",
    "time NAME": "00:00 NAME words",
}

_NAME = r"[^\W\d_][^:：\t\n\[\](){}*<>]{0,59}?"
_NAME_TIME = re.compile(
    rf"^{GAP}*(?:\*\*|__)?(?P<name>{_NAME})(?:\*\*|__)?{GAP}*"
    rf"[\[(](?P<time>{CLOCK})[\])](?:\*\*|__)?{GAP}+(?=\S)"
)
_NAME_BARE_TIME = re.compile(rf"^{GAP}*(?P<name>{_NAME}){GAP}+(?P<time>{CLOCK}){GAP}+(?![AaPp]\.?[Mm]\b)(?=\S)")
_BRACKETED = re.compile(
    rf"^{GAP}*(?:[\[(]?(?P<time>{RANGE})[\])]?{GAP}*)?"
    r"(?:\[(?P<square>[^\[\]\n]{1,60})\]|\((?P<round>[^()\n]{1,60})\)|<(?P<angle>[^<>/\n]{1,60})>)"
    rf"{GAP}*(?=\S)"
)
_DASH_WORDS = re.compile(rf"^{GAP}*(?P<name>[^\W_][^:：\t\n*–—-]{{0,39}}?)\s[–—-]\s+(?=\S)")
_GAP_WORDS = re.compile(
    rf"^{GAP}*(?:(?P<wide>[\u3040-\u30ff\u4e00-\u9fff]{{1,8}}) "
    rf"|(?P<name>[^\W\d_][^:：\t\n　]{{0,39}}?)(?:　| {{2,}}))\s*(?=\S)"
)
_TIME_CAPITALS = re.compile(
    rf"^{GAP}*[\[(]?(?P<time>{RANGE}|\d\d(?: \d\d){{2,3}})[\])]?{GAP}+(?P<name>[A-Z][A-Z\d]{{1,9}})(?= [^\s-]|\t){GAP}+"
)
MOST_LINES, NEARLY_ALL_LINES = 0.5, 0.9
"""Names beside words without a colon count where they begin this share of the lines."""
NO_NAME = frozenset(("but", "and", "so", "yes", "no", "well", "okay", "ok", "then", "now", "if", "or", "because"))

_Proposal = Callable[[Page, int], Label | None]


def find(page: Page) -> Sequence[Label]:
    """Every line that begins with a name and a time in brackets; without any, what else stands for a name."""
    found = _all(page, _timed)
    if found:
        return found
    proposals = (_bare_time, _bracketed, _dash_words, _gap_words, _time_capitals)
    labels = [_where_most_lines_begin_so(page, _all(page, one)) for one in proposals]
    return max(labels, key=len)


def _all(page: Page, proposed: _Proposal) -> list[Label]:
    return [label for line in page.filled if (label := proposed(page, line)) is not None]


def _where_most_lines_begin_so(page: Page, labels: list[Label]) -> list[Label]:
    if not labels:
        return []
    counts = Counter(key(label.name) for label in labels)
    again = {name for name, count in counts.items() if count > 1}
    sure = {name for name in counts if ID_LIKE.match(name)}
    lines = sum(1 for line in page.filled if not is_only_time(page.words(line)))
    nearly_all = len(labels) >= NEARLY_ALL_LINES * lines
    if len(labels) < MOST_LINES * lines or len(counts) < 2 or not again:
        return []
    if nearly_all:
        return labels
    if len(again | sure) < 2:
        return []
    return labels if sum(counts[name] for name in again | sure) >= 0.6 * len(labels) else []


def _timed(page: Page, line: int) -> Label | None:
    words = page.beginning(line)
    return _person_and_time(page, line, words, _NAME_TIME.match(words) if ":" in words else None)


def _bare_time(page: Page, line: int) -> Label | None:
    words = page.beginning(line)
    return _person_and_time(page, line, words, _NAME_BARE_TIME.match(words) if ":" in words else None)


def _person_and_time(page: Page, line: int, words: str, found: re.Match[str] | None) -> Label | None:
    name = clean(found["name"].rstrip(" ,-–—|·")) if found else ""
    if found is None or not could_be_name(name) or not looks_like_person(name):
        return None
    return _label(page, line, words, found, name, "name time", milliseconds(found["time"]), Shape.TIMED)


def _bracketed(page: Page, line: int) -> Label | None:
    words = page.beginning(line)
    found = _BRACKETED.match(words) if "]" in words or ")" in words or ">" in words else None
    name = clean(found["square"] or found["round"] or found["angle"]) if found else ""
    if found is None or not (_is_somebody(name) or (found["angle"] and could_be_name(name))):
        return None
    shape = Shape.TIMED if found["time"] else Shape.PLAIN
    return _label(page, line, words, found, name, "name in brackets", milliseconds(found["time"]), shape)


def _dash_words(page: Page, line: int) -> Label | None:
    words = page.beginning(line)
    found = _DASH_WORDS.match(words) if " -" in words or " –" in words or " —" in words else None
    name = clean(found["name"]) if found else ""
    if found is None or not _is_somebody(name):
        return None
    return _label(page, line, words, found, name, "name dash words", None, Shape.PLAIN)


def _gap_words(page: Page, line: int) -> Label | None:
    words = page.beginning(line)
    found = _GAP_WORDS.match(words) if " " in words or "　" in words else None
    name = clean(found["name"] or found["wide"]) if found else ""
    if found is None or not _is_somebody(name):
        return None
    return _label(page, line, words, found, name, "name gap", None, Shape.PLAIN)


def _time_capitals(page: Page, line: int) -> Label | None:
    words = page.beginning(line)
    found = _TIME_CAPITALS.match(words) if words[:40].lstrip(" \t[(")[:1].isdigit() else None
    if found is None or not _is_somebody(found["name"]):
        return None
    return _label(page, line, words, found, found["name"], "time NAME", milliseconds(found["time"]), Shape.TIMED)


def _is_somebody(name: str) -> bool:
    return could_be_name(name) and looks_like_person(name) and key(name) not in NO_NAME


def _label(
    page: Page, line: int, words: str, found: re.Match[str], name: str, style: str, time_ms: int | None, shape: Shape
) -> Label:
    first = page.lines[line][0]
    begin = first + len(words) - len(words.lstrip())
    return Label(line, begin, first + len(found[0].rstrip()), name, style, time_ms, shape)
