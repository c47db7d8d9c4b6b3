"""Finding who speaks: each family of label styles proposes labels, the one that explains the text best is taken.

Labels the format declares (a table's cells) stand beside those. A label's turn runs to the next label; unlabelled
paragraphs belong to the turn they follow; a line that is only an event, at the end of a turn, is a turn by nobody.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from app.importers.acceptance import Judgement, judge
from app.importers.draft import LabelCandidate, TurnDraft, TurnKind
from app.importers.head import Head, find_head
from app.importers.labels import FAMILIES, STYLES, Family, Label, Page, colon
from app.importers.labels.names import CLOCK, clean, key, milliseconds
from app.importers.labels.page import Shape
from app.importers.labels.times import with_times_above

__all__ = ["KNOWN_STYLE", "NO_STYLE", "STYLES", "Found", "find_turns"]

KNOWN_STYLE, NO_STYLE = "table", "none"
NEARLY_ALL = 0.8
"""A family whose labels begin so many of the lines leaves nothing for another to explain."""

_EVENT = re.compile(r"^>?\s*(?:\\?[\[【][^\[\]【】\n]{1,80}[\]】]\s*)+[.。]?$|^>?\s*[(（][^()（）\n]{1,40}[)）][.。]?$")
_ASIDE = re.compile(r"\b(?:I|you|we|he|she|they|is|are|was|were|it)\b")
_NAMELESS = re.compile(rf"^[ \t]*(?P<stamp>\\?[\[(](?P<time>{CLOCK})\\?[\])]:)[ \t]*$", re.MULTILINE)
_END = re.compile(
    r"^\W*(?:the )?end of (?:the )?(?:transcript(?:ion)?|interview|recording|focus group|session|discussion)\W*$"
    r"|^transcribed by\b.{0,60}$|^\W*(?:transcript|interview|recording|session) ends\W*$|^(?:[-*_=]\s?){3,}$",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Found:
    """What was found in a text."""

    style: str
    turns: tuple[TurnDraft, ...]
    head: tuple[tuple[str, str], ...]
    candidates: tuple[LabelCandidate, ...]
    doubtful: int = 0
    """Labels written like names that come once and are not taken."""


def find_turns(
    page: Page,
    *,
    style: str | None = None,
    not_speakers: Collection[str] = (),
    also_speakers: Collection[str] = (),
    merges: Mapping[str, str] | None = None,
) -> Found:
    """The turns of a page. `merges` gives {label as found: label to count as}; names are compared without case."""
    known = _known_labels(page)
    with_colon = colon.find(page)
    head = find_head(page, with_colon)
    best, judgement = _best(page, known, with_colon, head, style, not_speakers, also_speakers)
    taken = judgement.taken
    turns = tuple(_turns(page, taken, merges or {}))
    return Found(
        best if taken else NO_STYLE, turns, head.pairs if _head_counts(head, taken) else (), judgement.candidates,
        judgement.doubtful,
    )  # fmt: skip


def _best(
    page: Page,
    known: Sequence[Label],
    with_colon: Sequence[Label],
    head: Head,
    style: str | None,
    not_speakers: Collection[str],
    also_speakers: Collection[str],
) -> tuple[str, Judgement]:
    """The style that explains most turns, and what was decided about its labels."""
    lines = {label.line for label in known}
    best: tuple[int, str, Judgement] | None = None
    for family in FAMILIES:
        if style in STYLES and style not in family.styles:
            continue
        proposed = with_times_above(page, with_colon if family.find is colon.find else family.find(page))
        labels = [one for one in proposed if one.line >= head.until and one.line not in lines]
        if style in family.styles and style != "name colon":
            labels = [one for one in labels if one.style == style]
        judgement = judge(page, _in_order(labels, known), head, not_speakers, also_speakers)
        taken = judgement.taken
        if best is None or len(taken) > best[0]:
            best = len(taken), _style_of(family, taken), judgement
        if best[0] >= NEARLY_ALL * len(page.filled) > 0:
            break
    if best is None:
        return KNOWN_STYLE, judge(page, known, head, not_speakers, also_speakers)
    return best[1], best[2]


def _style_of(family: Family, taken: Sequence[Label]) -> str:
    counts = Counter(KNOWN_STYLE if label.shape == Shape.KNOWN else label.style for label in taken)
    return counts.most_common(1)[0][0] if counts else next(iter(family.styles))


def _known_labels(page: Page) -> list[Label]:
    labels, number = [], 0
    for one in page.known:
        while number + 1 < len(page.lines) and page.lines[number + 1][0] <= one.start:
            number += 1
        labels.append(Label(number, one.start, one.end, one.name, KNOWN_STYLE, one.time_ms, Shape.KNOWN,
                            continues=one.continues))  # fmt: skip
    return labels


def _in_order(labels: Sequence[Label], known: Sequence[Label]) -> list[Label]:
    return sorted([*labels, *known], key=lambda label: label.start) if known else list(labels)


def _head_counts(head: Head, taken: Sequence[Label]) -> bool:
    return not taken or taken[0].line >= head.until


def _turns(page: Page, labels: Sequence[Label], merges: Mapping[str, str]) -> Iterator[TurnDraft]:
    shown = _shown_names(labels, merges)
    text, before = page.text, ""  # `before`: who spoke last, as long as nothing came between
    for place, label in enumerate(labels):
        label = page.with_number(label)
        stop = page.with_number(labels[place + 1]).start if place + 1 < len(labels) else len(text)
        start, end = _trimmed(text, label.end, stop)
        events: list[tuple[int, int]] = []
        while (last := _last_line(text, start, end)) is not None and _is_aside(text[slice(*last)]):
            events.append(last)
            start, end = _trimmed(text, start, last[0])
        kind = TurnKind.EVENT if _is_event(text[start:end]) else TurnKind.SPEECH
        turn = TurnDraft(label.start, label.end, start, end, shown[key(label.name)], label.time_ms, kind,
                         continues=label.continues and before == key(label.name))  # fmt: skip
        before = "" if events or kind == TurnKind.EVENT else key(label.name)
        yield from _going_on(text, turn) if label.style == colon.TIME_AFTER else (turn,)
        for first, until in reversed(events):
            yield TurnDraft(first, first, first, until, None, None, TurnKind.EVENT)


def _going_on(text: str, turn: TurnDraft) -> Iterator[TurnDraft]:
    """The turn, cut where a label names nobody: `(00:01:09):` on its own line, as Rev writes when one speaks on."""
    for found in _NAMELESS.finditer(text, turn.label_end, turn.end):
        start, end = _trimmed(text, turn.start, found.start())
        yield replace(turn, start=start, end=end)
        start, end = _trimmed(text, found.end(), turn.end)
        time = milliseconds(found["time"])
        turn = replace(turn, label_start=found.start("stamp"), label_end=found.end("stamp"), start=start, end=end,
                       time_ms=time, continues=True)  # fmt: skip
    yield turn


def _shown_names(labels: Sequence[Label], merges: Mapping[str, str]) -> dict[str, str]:
    """How each label is shown: by its first spelling, or by the name it is merged into (and that one's spelling)."""
    first: dict[str, str] = {}
    for label in labels:
        first.setdefault(key(label.name), label.name)
    into = {key(old): clean(new) for old, new in merges.items() if clean(new)}
    shown = {}
    for one, spelling in first.items():
        name, seen = spelling, {one}
        while (target := into.get(key(name))) is not None:
            name = target
            if key(name) in seen:
                break
            seen.add(key(name))
        shown[one] = first.get(key(name), name) if key(name) != one else name
    return shown


def _last_line(text: str, start: int, end: int) -> tuple[int, int] | None:
    """The last line of a turn that has others before it."""
    at = text.rfind("\n", start, end)
    return None if at < 0 else _trimmed(text, at, end)


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without white space at its ends; empty spans stay at their start."""
    words = text[start:end]
    lead = len(words) - len(words.lstrip())
    if lead == len(words):
        return start, start
    return start + lead, start + len(words.rstrip())


def _is_event(words: str) -> bool:
    return bool(_EVENT.match(words)) and not _ASIDE.search(words)


def _is_aside(words: str) -> bool:
    return _is_event(words) or bool(_END.match(words))
