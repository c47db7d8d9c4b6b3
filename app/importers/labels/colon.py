"""Labels that end in a colon: `Name: text`, with a time before or after, bold, as a heading, or over the words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from app.importers.labels.names import (
    CLOCK,
    GAP,
    ID_LIKE,
    INITIALS,
    MARK,
    NAME,
    RANGE,
    clean,
    could_be_name,
    milliseconds,
)
from app.importers.labels.page import Label, Page, Shape

TIME_AFTER = "name time colon"
STYLES = {
    "name colon": "Name: words",
    "time name colon": "[00:00] Name: words",
    TIME_AFTER: "Name [00:00]: words",
}

_SECONDS = r"[\[(]\d{1,6}(?:\.\d{1,3})?s?\s*(?:-->|->|[-–—]|to)\s*\d{1,6}(?:\.\d{1,3})?s?[\])]"
_DAY = r"(?:\d{1,4}[./-]\d{1,2}[./-]\d{1,4},?\s+)"
_SPELT = r"[\[(]?(?:(?:\d{1,2}h)?\d{1,2}m\d{2}s|\d{1,2}\.\d\d\.\d\d|\d{1,6}\.\d{1,3}s?)[\])]?(?=\s)"
_STAMP = rf"(?:{_SECONDS}|{_SPELT}|\\?[\[(<{{#]?{_DAY}?{RANGE}(?:-\d)?\\?[\])>}}#]?)"
_MOOD = rf"(?:[\[(][^\W\d_][^\[\]()\d\n]{{1,30}}[\])]{GAP}+(?=[^\W\d_]))"
_LABEL = re.compile(
    rf"^{GAP}*(?P<heading>\#{{1,6}}\s+)?"
    rf"(?:>{{1,3}}{GAP}*|[-–]{GAP}+|[—•·‣]{GAP}*|[\"“„«]|\*(?=[A-Z][A-Z\d]{{1,6}}:))?"
    rf"(?P<number>\d{{1,4}}[.)]?\s+(?=[^\W\d]))?"
    rf"(?:{MARK}?(?P<before>{_STAMP}){GAP}*[-–—|]?{GAP}*)?{_MOOD}?"
    rf"(?P<bold>{MARK})?(?P<name>{NAME}(?:{GAP}\[[^\W\d_][^\[\]\t\n]{{1,80}}\])?)"
    rf"{MARK}?(?:{GAP}*[-–—,|]?{GAP}*(?P<after>{_STAMP}))?"
    rf"{GAP}*{MARK}?{GAP}*[:：]{GAP}*{MARK}?"
    rf"(?:{GAP}*(?P<later>\\?[\[(]{CLOCK}\\?[\])]))?{GAP}*"
)
_DAY_BEFORE = re.compile(rf"\W*{_DAY}")
_HALF_A_CLOCK = re.compile(r"\d{2}(?!\d)")


def find(page: Page) -> Sequence[Label]:
    """Every line that starts like a label with a colon."""
    labels, numbers = [], []
    for line in page.filled:
        words = page.beginning(line)
        found = _LABEL.match(words) if ":" in words or "：" in words else None
        if found is None:
            continue
        label = _label(page, line, found)
        if label is not None:
            labels.append(label)
            numbers.append((found["number"] or "").strip(" .)\t"))
    return _with_numbers_that_are_names(labels, numbers)


def _label(page: Page, line: int, found: re.Match[str]) -> Label | None:
    name = clean(found["name"])
    rest = page.beginning(line)[found.end() :]
    if not could_be_name(name) or rest.startswith("//"):
        return None
    if found["after"] and found[0][-1] in ":：" and _HALF_A_CLOCK.match(rest):
        return None  # the colon of "Aina [00:01:02]" stands inside the time
    if name[-1].isdigit() and _HALF_A_CLOCK.match(rest) and found[0].rstrip()[-1:] in ":：" and found[0][-1:] in ":：":
        return None  # "at 10:30" is a clock time, not somebody called "at 10"
    if name[-1].isdigit() and found[0][-1:] in ":：" and rest[:1].isdigit() and not ID_LIKE.match(name):
        return None  # "John 3:16" is a verse
    alone = not rest.strip()
    if alone and not found["later"] and not page.words_below(line):
        return None
    first = page.lines[line][0]
    begin = first + len(found[0]) - len(found[0].lstrip())
    time = found["before"] or found["after"] or found["later"]
    time = None if time and _DAY_BEFORE.match(time) else time  # a moment of a day says nothing of the recording
    style = "time name colon" if found["before"] else TIME_AFTER if found["after"] else "name colon"
    shape = _shape(page, found, first, name)
    return Label(line, begin, first + len(found[0].rstrip()), name, style, milliseconds(time), shape, alone)


def _shape(page: Page, found: re.Match[str], first: int, name: str) -> Shape:
    if found["before"] or found["after"]:
        return Shape.TIMED
    if found["heading"]:
        return Shape.HEADING
    until = page.bold_until(first + found.start("name"))
    if found["bold"] or (until is not None and until >= first + found.end("name")):
        return Shape.BOLD
    return (
        Shape.CAPITALS
        if INITIALS.match(name) or (name.isupper() and len(name) > 2 and name[0].isalpha())
        else Shape.PLAIN
    )


def _with_numbers_that_are_names(labels: list[Label], numbers: list[str]) -> list[Label]:
    """A number before a name counts paragraphs when hardly any comes twice; else it is part of who speaks."""
    used = [number for number in numbers if number]
    if not used or (len(used) >= 3 and len(set(used)) >= 0.8 * len(used)):
        return labels
    return [
        replace(label, name=f"{number} {label.name}") if number else label
        for label, number in zip(labels, numbers, strict=True)
    ]
