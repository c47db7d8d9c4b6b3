"""Finding who speaks: labels at the start of lines, in whichever of the known styles fits the text best.

Every style proposes labels; a label counts when it comes again, when its name is a moderator's, or when the head of
the transcript names it. What is not taken stays a candidate that the researcher may accept.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from app.importers.draft import LabelCandidate, TurnDraft, TurnKind

TIME = r"\(?\[?(?P<time>(?:\d{1,2}:)?\d{1,2}:\d{2}(?:[.,]\d{1,3})?)\]?\)?"
NAME = r"(?P<name>[^\W_][^:：\t\n\[\]*]{0,59}?|\?+|\([A-Z]+(?:/[A-Z]+)*\))"

STYLES: Mapping[str, re.Pattern[str]] = {
    "time name colon": re.compile(rf"^[ \t]*{TIME}[ \t–-]*\**{NAME}\**[ \t]*[:：]\**[ \t]*(?=\S|$)"),
    "name time colon": re.compile(rf"^[ \t]*\**{NAME}\**[ \t]+{TIME}[ \t]*[:：][ \t]*(?=\S|$)"),
    "name colon": re.compile(rf"^[ \t]*\**{NAME}\**[ \t]*[:：]\**[ \t]*(?=\S|$)"),
    "name time above": re.compile(rf"^[ \t]*\**{NAME}\**[ \t]{{1,}}{TIME}[ \t]*$"),
    "time name above": re.compile(rf"^[ \t]*{TIME}[ \t]+\**{NAME}\**[ \t]*$"),
    "bold name": re.compile(rf"^[ \t]*{NAME}[ \t]*[:：]?[ \t]*(?=\S|$)"),
}
"""Patterns of one line each. In the "above" styles the label stands on its own line over the words."""

BOLD_LABEL = re.compile(
    rf"^(?:{TIME}[ \t]*)?(?P<name>[^:：\t\n\[\]]{{1,60}}?)"
    r"(?:[ \t]+[(\[]*(?:\d{1,2}:)?\d{1,2}:\d{2}[)\]]*)?[ \t]*[:：.]?$"
)
"""The bold start of a line when it is a label: a name, perhaps with a time before or after it."""

MODERATOR_LIKE = re.compile(
    r"^(moderator|facilitator|interviewer|researcher|int|mod|fac|host|chair|moderadora?|entrevistadora?"
    r"|interviewerin|moderatorin|主持人|主持|访谈者|訪談者|المحاور|penyelidik|pemudah cara)\b",
    re.IGNORECASE,
)
HEAD_KEYS = re.compile(
    r"^(focus group|group|date|place|location|venue|length|duration|moderators?|facilitators?|interviewers?"
    r"|participants?|present|attendees|transcription|transcribed by|transcript|title|file|recording|study|language|time"
    r"|notes?|topic|interview|session|project|version|source)$",
    re.IGNORECASE,
)
EVENT = re.compile(r"^[\[(][^\[\]()]{1,80}[\])][.]?$")
MOST_WORDS = 6


@dataclass(frozen=True)
class Found:
    """What was found in a text."""

    style: str
    turns: tuple[TurnDraft, ...]
    head: tuple[tuple[str, str], ...]
    candidates: tuple[LabelCandidate, ...]


@dataclass(frozen=True, slots=True)
class _Label:
    """A label-like start of a line: where the line starts, where the label ends, the name, the time."""

    line: int
    start: int
    end: int
    name: str
    time_ms: int | None


def find_turns(
    text: str,
    *,
    style: str | None = None,
    bold: Collection[tuple[int, int]] = (),
    not_speakers: Collection[str] = (),
    also_speakers: Collection[str] = (),
    merges: Mapping[str, str] | None = None,
) -> Found:
    """The turns of a text. `merges` gives {label as found: label to count as}; names are compared without case."""
    lines = _lines(text)
    names = {style: STYLES[style]} if style in STYLES else STYLES
    read = {name: _labels(name, pattern, text, lines, bold) for name, pattern in names.items()}
    head_end, head = _head(text, lines, read)
    named = _named_in_head(head)
    best, best_labels, best_accepted = "none", [], set[str]()
    for name, labels in read.items():
        body = [label for label in labels if label.start >= head_end]
        accepted = _accepted(body, named, not_speakers, also_speakers)
        kept = [label for label in body if _key(label.name) in accepted]
        if len(kept) > len([one for one in best_labels if _key(one.name) in best_accepted]):
            best, best_labels, best_accepted = name, body, accepted
    kept = [label for label in best_labels if _key(label.name) in best_accepted]
    turns = _turns(text, kept, merges or {})
    candidates = _candidates(best_labels, best_accepted, not_speakers)
    return Found(best, tuple(turns), tuple(head), tuple(candidates))


def _lines(text: str) -> list[tuple[int, int]]:
    """(start, end) of every line, in code points. Never splitlines(): U+0085 and others are not line ends here."""
    spans, start = [], 0
    for line in text.split("\n"):
        spans.append((start, start + len(line)))
        start += len(line) + 1
    return spans


def _labels(
    style: str, pattern: re.Pattern[str], text: str, lines: list[tuple[int, int]], bold: Collection[tuple[int, int]]
) -> list[_Label]:
    bold_starts = dict(bold)
    labels = []
    for number, (start, end) in enumerate(lines):
        if end - start > 200_000 or start == end:
            continue
        if style == "bold name":
            label = _bold_label(text, number, start, end, bold_starts)
        else:
            label = _pattern_label(pattern, text, number, start, end)
            if label is not None and "above" in style and not _words_below(text, lines, number):
                label = None
        if label is not None:
            labels.append(label)
    return labels


def _pattern_label(pattern: re.Pattern[str], text: str, number: int, start: int, end: int) -> _Label | None:
    found = pattern.match(text[start : min(end, start + 160)])
    if found is None:
        return None
    name = _clean(found["name"])
    if not _could_be_name(name):
        return None
    time_ms = _milliseconds(found["time"]) if "time" in found.re.groupindex else None
    lead = len(found[0]) - len(found[0].lstrip())
    return _Label(number, start + lead, start + len(found[0].rstrip()), name, time_ms)


def _bold_label(text: str, number: int, start: int, end: int, bold: Mapping[int, int]) -> _Label | None:
    """A line that starts with bold words and goes on in plain ones: the bold words are the label."""
    begin = start + len(text[start:end]) - len(text[start:end].lstrip())
    stop = bold.get(begin)
    if stop is None or stop > end:
        return None
    inner = text[begin:stop].strip()
    found = BOLD_LABEL.match(inner)
    if found is None or not _could_be_name(_clean(found["name"])):
        return None
    while stop < end and text[stop] in " \t:：":
        stop += 1
    time_ms = _milliseconds(found["time"]) if found["time"] else None
    last = stop
    while last > begin and text[last - 1].isspace():
        last -= 1
    return _Label(number, begin, last, _clean(found["name"]), time_ms)


def _words_below(text: str, lines: list[tuple[int, int]], number: int) -> bool:
    following = lines[number + 1 : number + 3]
    return any(text[start:end].strip() for start, end in following)


def _could_be_name(name: str) -> bool:
    if not name or len(name.split()) > MOST_WORDS:
        return False
    if re.search(r"\d{1,2}[-/.]\w{3,9}[-/.]\d{2,4}|\d{4}-\d{2}-\d{2}", name):
        return False
    return any(character.isalpha() for character in name) or set(name) == {"?"}


def _head(
    text: str, lines: list[tuple[int, int]], read: Mapping[str, list[_Label]]
) -> tuple[int, list[tuple[str, str]]]:
    """Where the head ends, and its lines "Key: value". The head is what stands before the first thing said."""
    keyed = {label.line: label for label in read.get("name colon", []) if HEAD_KEYS.match(label.name)}
    if not keyed:
        return 0, []
    first = min(keyed)
    before = [number for number in range(first) if text[slice(*lines[number])].strip()]
    if len(before) > 3:
        return 0, []
    head, end = [], 0
    for number in range(first, len(lines)):
        start, stop = lines[number]
        words = text[start:stop].strip()
        if number in keyed and not (
            MODERATOR_LIKE.match(keyed[number].name) and head and _blank(text, lines, number - 1)
        ):
            head.append((_head_key(keyed[number].name), text[keyed[number].end : stop].strip()))
            end = stop
        elif words:
            break
    return end, head


def _blank(text: str, lines: list[tuple[int, int]], number: int) -> bool:
    return number >= 0 and not text[slice(*lines[number])].strip()


def _head_key(name: str) -> str:
    return name.strip().capitalize()


def _named_in_head(head: list[tuple[str, str]]) -> set[str]:
    """Names that the head gives for people present."""
    named: set[str] = set()
    for key, value in head:
        if key.startswith(("Participant", "Moderator", "Facilitator", "Interviewer", "Present", "Attendees")):
            for part in re.split(r"[,;、，]| and ", re.sub(r"\([^)]*\)", "", value)):
                if part.strip():
                    named.add(_key(part))
    return named


def _accepted(
    labels: list[_Label], named: set[str], not_speakers: Collection[str], also_speakers: Collection[str]
) -> set[str]:
    counts = Counter(_key(label.name) for label in labels)
    refused, wanted = {_key(one) for one in not_speakers}, {_key(one) for one in also_speakers}
    repeated = {name for name, count in counts.items() if count >= 2}
    once = {name for name in counts if MODERATOR_LIKE.match(name) or name in named}
    return {name for name in (repeated | once | (wanted & counts.keys())) if name not in refused}


def _candidates(labels: list[_Label], accepted: set[str], not_speakers: Collection[str]) -> list[LabelCandidate]:
    refused = {_key(one) for one in not_speakers}
    counts: dict[str, tuple[str, int]] = {}
    for label in labels:
        shown, count = counts.get(_key(label.name), (label.name, 0))
        counts[_key(label.name)] = (shown, count + 1)
    return [
        LabelCandidate(shown, count, key in accepted,
                       "" if key in accepted else "you said so" if key in refused else "seen only once")
        for key, (shown, count) in counts.items()
    ]  # fmt: skip


def _turns(text: str, labels: list[_Label], merges: Mapping[str, str]) -> list[TurnDraft]:
    """From each label to the next one; unlabelled paragraphs belong to the turn they follow."""
    merged = {_key(old): new for old, new in merges.items()}
    first_spelling: dict[str, str] = {}
    turns = []
    for place, label in enumerate(labels):
        stop = labels[place + 1].start if place + 1 < len(labels) else len(text)
        start, end = label.end, stop
        while start < end and text[start].isspace():
            start += 1
        while end > start and text[end - 1].isspace():
            end -= 1
        key = _key(label.name)
        shown = merged.get(key, first_spelling.setdefault(key, label.name))
        kind = TurnKind.EVENT if EVENT.match(text[start:end]) else TurnKind.SPEECH
        turns.append(TurnDraft(label.start, label.end, start, end, shown, label.time_ms, kind))
    return turns


def _clean(name: str) -> str:
    return " ".join(name.replace("*", "").split()).strip(" -–—")


def _key(name: str) -> str:
    return _clean(name).casefold()


def _milliseconds(time: str | None) -> int | None:
    if not time:
        return None
    clock, _, part = time.replace(",", ".").partition(".")
    numbers = [int(one) for one in clock.split(":")]
    seconds = 0
    for number in numbers:
        seconds = seconds * 60 + number
    return seconds * 1000 + int((part + "000")[:3])
