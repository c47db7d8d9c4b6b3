"""Labels that stand on a line of their own over the words, without a colon: a name with a time, or a name alone."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from app.importers.labels.names import GAP, RANGE, clean, could_be_name, key, looks_like_person, milliseconds
from app.importers.labels.page import Label, Page, Shape

STYLES = {
    "name time above": "Name 00:00 over the words",
    "time name above": "00:00 Name over the words",
    "name above": "Name over the words",
    "name, time below": "Name, below it 00:00, below it the words",
}

_MARK = r"(?:\*\*|__|\#{1,6}\s+)?"
_STAMP = rf"[\[(<]?{RANGE}[\])>]?"
_NAME = r"(?P<name>[^\W\d_][^:：\t\n*]{0,59}?)"
_NAME_TIME = re.compile(
    rf"^{GAP}*{_MARK}\[?{_NAME}\]?(?:\*\*|__)?{GAP}*[-–—,|·]?{GAP}*(?<=[\s*_|·\-–—,])(?P<time>{_STAMP}){GAP}*(?:\*\*|__)?{GAP}*$"
)
_TIME_NAME = re.compile(rf"^{GAP}*{_MARK}(?P<time>{_STAMP}){GAP}+[-–—|·]?{GAP}*(?:\*\*|__)?{_NAME}(?:\*\*|__)?{GAP}*$")
_ONLY_TIME = re.compile(rf"^{GAP}*{_STAMP}{GAP}*$")
_ALONE = re.compile(rf"^{GAP}*(?P<mark>\*\*|__|\#{{1,6}}\s+)?{_NAME}(?:\*\*|__)?{GAP}*$")
_ENDS = re.compile(r"[!?…,;。！？]\W*$|[^\W\d_]{4,}\.\W*$")
"""Ends of sentences: what stands so before a name and a time is what was said, not who said it."""
_OFFICE = re.compile(r"\s(?:--|[–—-])\s.*$")
LONGEST_LINE = 130
"""A name of 60, a range of times and what stands around them; a longer line is no label."""
LEAST_ALONE = 4
"""Lines with a name alone must come so often before they are taken as labels at all."""


def find(page: Page) -> Sequence[Label]:
    """Names over the words. Without times they count only when the whole text is written so."""
    timed = [label for line in page.filled if (label := _timed(page, line)) is not None]
    below = _with_times_below(page)
    return max(timed, below, key=len) or _alone(page)


def _timed(page: Page, line: int) -> Label | None:
    words = page.beginning(line)
    if ":" not in words or len(words) > LONGEST_LINE:
        return None
    for style, pattern in (("name time above", _NAME_TIME), ("time name above", _TIME_NAME)):
        found = pattern.match(words)
        if (
            found is not None
            and could_be_name(clean(found["name"]))
            and not _begins_inside(clean(found["name"]))
            and not _ENDS.search(found["name"])
            and page.words_below(line)
        ):
            return _label(page, line, clean(found["name"]), style, milliseconds(found["time"]), Shape.TIMED)
    return None


def _begins_inside(name: str) -> bool:
    """Whether it goes on with a sentence, as lines of subtitles do: several words, the first one small."""
    return len(name.split()) > 2 and name[0].islower()


def _with_times_below(page: Page) -> list[Label]:
    """Names over times over words, as Teams writes them: nearly every time that stands alone has a name over it."""
    times = [line for line in page.filled if _is_time(page, line) and page.words_below(line)]
    labels = []
    for line in times:
        above = next((one for one in (line - 1, line - 2) if not page.is_blank(one)), None)
        match = _ALONE.match(page.beginning(above)) if above is not None else None
        name = clean(match["name"]) if match else ""
        if above is None or not could_be_name(name) or not looks_like_person(name) or name[-1] in ".!?…,;。！？":
            continue
        label = _label(page, above, name, "name, time below", milliseconds(page.words(line)), Shape.PLAIN)
        labels.append(replace(label, end=page.lines[line][1]))
    again = Counter(key(label.name) for label in labels)
    repeated = sum(count for count in again.values() if count > 1)
    return labels if len(labels) >= 0.8 * len(times) and repeated >= 0.7 * len(labels) else []


def _is_time(page: Page, line: int) -> bool:
    words = page.beginning(line)
    return ":" in words and len(words) < LONGEST_LINE and _ONLY_TIME.match(words) is not None


def _alone(page: Page) -> list[Label]:
    """Short lines that are written like names, come again and again, and have words below that are none of them."""
    found: list[tuple[int, str, Shape]] = []
    marks: Counter[str] = Counter()
    for line in page.filled:
        words = page.beginning(line)
        small = words[:1].islower()  # most lines of prose that is cut at 72 columns; no need to look further
        match = _ALONE.match(words) if len(words) <= LONGEST_LINE and not small else None
        name = clean(match["name"]) if match else ""
        if match is None or not could_be_name(name) or not _is_person(name) or name[-1] in ".!?…,;。！？":
            continue
        if page.words_below(line):
            until = page.bold_until(page.lines[line][0] + match.start("name"))
            heavy = match["mark"] or (until is not None and until >= page.lines[line][0] + match.end("name"))
            found.append((line, name, Shape.BOLD if heavy else Shape.PLAIN))
            marks[match["mark"] or ""] += 1
    if marks:  # a heading of another level is none of the names
        usual = marks.most_common(1)[0][0]
        found = [one for one in found if page.beginning(one[0]).lstrip().startswith(usual + one[1][:1])]
    counts = Counter(key(name) for _, name, _ in found)
    again = [(line, name, shape) for line, name, shape in found if counts[key(name)] > 1]
    lines = {line for line, _, _ in again}
    below = sum(1 for line in lines if _next_filled(page, line) in lines)
    enough = len(again) >= LEAST_ALONE and len(counts.keys() & {key(name) for _, name, _ in again}) >= 2
    if not enough or below > len(again) // 5 or len(again) < len(page.filled) // 6:
        return []
    return [_label(page, line, name, "name above", None, shape) for line, name, shape in found]


def _is_person(name: str) -> bool:
    """Whether it is a person's name, perhaps with an office behind a dash."""
    return looks_like_person(_OFFICE.sub("", name))


def _next_filled(page: Page, line: int) -> int:
    return line + 1 if not page.is_blank(line + 1) else line + 2


def _label(page: Page, line: int, name: str, style: str, time_ms: int | None, shape: Shape) -> Label:
    start, end = page.lines[line]
    words = page.text[start:end]
    begin = start + len(words) - len(words.lstrip())
    return Label(line, begin, start + len(words.rstrip()), name, style, time_ms, shape, alone=True)
