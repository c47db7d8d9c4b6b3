"""The head of a transcript: lines "Key: value" before the first turn, such as date, place and who was there."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from app.importers.labels.names import MODERATOR_LIKE, clean, could_be_name, key
from app.importers.labels.page import Label, Page

KEYS = re.compile(
    r"^(focus ?group( (number|name|no\.?|id))?|fgd?|group|date|time|start(ed)?|end(ed)?|place|location|venue|setting"
    r"|site|length|duration|moderators?|co-?moderators?|facilitators?|interviewers?|researchers?|note-?takers?|observers?"
    r"|participants|participants? (list|names?|id)|present|attendees|attendance|speakers|people|transcription"
    r"|transcribed( by)?|transcriber|transcript(_by)?|translated by|title|file( ?name)?|recording|recorded|audio|video"
    r"|study|project|language|notes?|topic|theme|interview( (number|no\.?|id|date))?|session|version|source|media|tags"
    r"|categories|legend|key|conventions|consent|ethics|pseudonym|id|subject|context|setting|summary"
    r"|datum|ort|dauer|fecha|lugar|duración|moderador(a|es)?|participantes|tarikh|tempat|peserta|日期|地點|地点|時間|时间"
    r"|主持人|參與者|参与者|與會者|التاريخ|المكان|المشاركون)$",
    re.IGNORECASE,
)
_PEOPLE = re.compile(
    r"^(participants|participants? (list|names?)|present|attendees|attendance|speakers|people|(co-?)?moderators?"
    r"|facilitators?|interviewers?|researchers?|participantes|moderador(a|es)?|peserta|主持人|參與者|参与者|與會者|المشاركون)$",
    re.IGNORECASE,
)
_BULLET = re.compile(r"^\s*(?:[-*•·–]|\d{1,2}[.)])\s+(?P<item>\S.*)$")
_SPOKEN = re.compile(r"[?!…？！]|[.。]\s*$")
_LEGEND = re.compile(
    r"^(?:key|legend|speakers?|participants?|abbreviations?|initials|people|transcription key|legende|abkürzungen"
    r"|leyenda|petunjuk|singkatan)$",
    re.IGNORECASE,
)
_ROLE = re.compile(
    r"^(?:interviewee|respondent|participant|informant|subject|speaker|guest|host|befragter?|interviewpartner(?:in)?"
    r"|entrevistad[oa]|responden|informan|受访者|受訪者)s?\b.{0,4}$",
    re.IGNORECASE,
)
MOST_PEOPLE, LEAST_AFTER = 20, 2
LEAST_KEYS = 3
MOST_BEFORE = 5
"""Lines of title that may stand before the first "Key: value"."""


@dataclass(frozen=True)
class Head:
    """The lines of the head in order, the first line after it, and the names (keys) it gives for people present."""

    pairs: tuple[tuple[str, str], ...] = ()
    until: int = 0
    named: frozenset[str] = frozenset()


def find_head(page: Page, labels: Sequence[Label]) -> Head:
    """The head of a page whose lines with a colon are `labels`."""
    by_line = {label.line: label for label in labels}
    pairs: list[tuple[str, str]] = []
    number, until = 0, 0
    if page.lines and page.words(0) == "---":
        number = until = _front_matter(page, pairs)
    before = 0
    while number < len(page.lines):
        if page.is_blank(number):
            number += 1
            continue
        label = by_line.get(number)
        block = _people_block(page, number, by_line)
        if block:
            pairs += [(_shown(one.name), _behind(page, one)) for one in block]
            number = until = block[-1].line + 1
            before = MOST_BEFORE
            continue
        if label is not None and _is_key(page, label, by_line, bool(pairs)):
            value, number = _value(page, label, by_line)
            pairs.append((_shown(label.name), value))
            until, before = number, MOST_BEFORE
            continue
        before += 1
        if label is not None and MODERATOR_LIKE.match(label.name):
            break
        if pairs or before > MOST_BEFORE:
            break
        number += 1
    if not pairs:
        until = _block_of_keys(page, labels, pairs)
    return Head(tuple(pairs), until, frozenset(_names(pairs)))


def _block_of_keys(page: Page, labels: Sequence[Label], pairs: list[tuple[str, str]]) -> int:
    """The line after a block of "Key: value" that stands behind a preface, before anybody speaks; 0 without one."""
    seen: set[str] = set()
    block: list[Label] = []
    for label in labels:
        if block and label.line != block[-1].line + 1:
            break
        if label.time_ms is None and KEYS.match(label.name) and not _is_said(_behind(page, label)):
            block.append(label)
        elif block or key(label.name) in seen:
            break
        seen.add(key(label.name))
    if len({key(one.name) for one in block}) < LEAST_KEYS:
        return 0
    pairs += [(_shown(one.name), _behind(page, one)) for one in block]
    return block[-1].line + 1


def _front_matter(page: Page, pairs: list[tuple[str, str]]) -> int:
    """The line after a block of keys between two lines of three hyphens; 0 when it is never closed."""
    end = next((number for number in page.filled[1:80] if page.words(number) == "---"), None)
    if end is None:
        return 0
    for number in range(1, end):
        name, colon, value = page.words(number).partition(":")
        if colon and name.replace("_", "").isalpha():
            pairs.append((_shown(name), value.strip()))
        elif pairs and (item := _BULLET.match(page.words(number))):
            pairs[-1] = (pairs[-1][0], ", ".join(filter(None, (pairs[-1][1], item["item"]))))
    return end + 1


def _is_key(page: Page, label: Label, by_line: dict[int, Label], begun: bool) -> bool:
    """Whether a line of the head is one: a key of heads - but "Moderator: Welcome" is the first turn."""
    if label.time_ms is not None or not KEYS.match(label.name):
        return False
    if not MODERATOR_LIKE.match(label.name):
        return True
    after = label.line + 1
    value = page.text[label.end : page.lines[label.line][1]].strip()
    if not value or len(value.split()) > 15 or _SPOKEN.search(re.sub(r"\([^)]*\)|\b[A-Z]\w{0,2}\.", "", value)):
        return False
    follows = by_line.get(after)
    if follows is not None and KEYS.match(follows.name) and follows.time_ms is None:
        return True
    timed = sum(1 for one in by_line.values() if one.time_ms is not None) > len(by_line) // 2
    named = all(not word[0].islower() for word in re.sub(r"\([^)]*\)", "", value).split() if word[0].isalpha())
    return begun and not page.is_blank(label.line - 1) and (timed or named)


def _people_block(page: Page, number: int, by_line: dict[int, Label]) -> list[Label]:
    """Lines "Interviewer: Jane Doe" up to an empty one, which say who is there and are no turns; else nothing.

    They are when they are short, no sentences, and either none of them speaks after them or "Key:" stands over them.
    """
    block = []
    while not page.is_blank(number):
        label = by_line.get(number)
        if label is None or label.time_ms is not None:
            return []
        block.append(label)
        number += 1
    after = [label for line, label in by_line.items() if line >= number]
    if not block or len({key(label.name) for label in after}) < min(2, len(after)) or len(after) < LEAST_AFTER:
        return []
    legend = bool(_LEGEND.match(block[0].name)) and not _behind(page, block[0])
    items = block[1:] if legend else block
    if len({key(one.name) for one in items}) < len(items) or len(after) < len(items):
        return []
    if not items or any(_is_said(_behind(page, one)) for one in items):
        return []
    if legend:
        return block
    speaking = {key(label.name) for label in after}
    people = [one for one in items if not KEYS.match(one.name)]
    own = any(KEYS.match(one.name) or _ROLE.match(one.name) or MODERATOR_LIKE.match(one.name) for one in items)
    return [] if not own or any(key(one.name) in speaking for one in items) or len(people) > MOST_PEOPLE else block


def _is_said(value: str) -> bool:
    bare = re.sub(r"\([^)]*\)|\b[A-Z]\w{0,2}\.", "", value)
    return not value or len(value.split()) > 8 or bool(_SPOKEN.search(bare))


def _behind(page: Page, label: Label) -> str:
    return page.text[label.end : page.lines[label.line][1]].strip(" \t*")


def _value(page: Page, label: Label, by_line: dict[int, Label]) -> tuple[str, int]:
    """What stands behind a key, with the items of a list below it; and the line after that."""
    value = page.text[label.end : page.lines[label.line][1]].strip(" \t*")
    items: list[str] = []
    number = label.line + 1
    while not value and number < len(page.lines):
        item = _BULLET.match(page.text[slice(*page.lines[number])])
        if item is None or (number in by_line and key(by_line[number].name) in {key(one) for one in items}):
            break
        items.append(item["item"].strip())
        number += 1
    return value or ", ".join(items), number


def _shown(name: str) -> str:
    name = clean(name.replace("_", " "))
    return name[:1].upper() + name[1:].lower() if name.isupper() or name.islower() else name


def _names(pairs: Sequence[tuple[str, str]]) -> set[str]:
    """Keys of the names given for people present, whole and their first words: "Aina Rahman" may speak as "Aina"."""
    named: set[str] = set()
    for name, value in pairs:
        if not _PEOPLE.match(name):
            continue
        inside = re.findall(r"\(([^)]*)\)", value)
        for part in re.split(r"[,;、，；/|]|\band\b|\bund\b|\by\b|\bdan\b|&", re.sub(r"\([^)]*\)", "", value)) + inside:
            person = clean(re.sub(r"\s*[=–—-]\s.*", "", part)).strip(". ")
            if could_be_name(person) and len(person.split()) <= 5:
                words = key(person).split()
                named |= {" ".join(words[: count + 1]) for count in range(len(words))}
    return named
