"""Who initials stand for: a list of those present, before the first turn, says "AR  Aina Rahman  Moderator"."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from app.importers.labels.names import MODERATOR_LIKE, could_be_name, key, looks_like_person

MOST_BEFORE = 6_000
"""Characters before the first turn in which a list of those present is looked for."""
LONGEST_SHORT = 6
"""A label of more letters is a name, and not initials."""
_CELLS = re.compile(r"\t+|\s+[-–—=]\s+|\s*[:：=]\s*|\s{3,}|\s*\|\s*")
_WITHIN = re.compile(r"(?P<name>[^\W\d_][^,;()\t\n:：]{2,58}?)\s*\((?P<short>[^\W\d_][\w./-]{0,5})\)")


@dataclass(frozen=True)
class Attendee:
    """The name behind a label, and whether the list says that this is who moderates."""

    name: str
    moderates: bool = False


def attendees(before: str, head: Sequence[tuple[str, str]], labels: Collection[str]) -> Mapping[str, Attendee]:
    """{label: who it is} for short labels; `before` is the text before the first turn."""
    short = {key(label): label for label in labels if len(label.strip(".")) <= LONGEST_SHORT}
    if not short:
        return {}
    found: dict[str, Attendee] = {}
    for line in before[:MOST_BEFORE].split("\n"):
        _from_line(line, short, found)
    _from_first_letters(head, short, found)
    return found


def _from_line(line: str, short: Mapping[str, str], found: dict[str, Attendee]) -> None:
    cells = [cell.strip(" -*•") for cell in _CELLS.split(line.strip()) if cell.strip(" -*•")]
    for place, cell in enumerate(cells):
        label = short.get(key(cell))
        names = [one for number, one in enumerate(cells) if number != place and _is_name(one)]
        if label is not None and names and label not in found:
            moderates = any(MODERATOR_LIKE.match(one) for one in cells if one not in (cell, names[0]))
            found[label] = Attendee(names[0], moderates)
    for one in _WITHIN.finditer(line):
        label = short.get(key(one["short"]))
        if label is not None and label not in found and _is_name(one["name"].strip()):
            found[label] = Attendee(one["name"].strip())


def _from_first_letters(head: Sequence[tuple[str, str]], short: Mapping[str, str], found: dict[str, Attendee]) -> None:
    """Initials of exactly one of the names that the head gives."""
    names = [part.strip(" .'\"[]") for _, value in head for part in re.split(r"[,;、，；/]|\band\b|\by\b", value)]
    for letters, label in short.items():
        fitting = {one for one in names if _is_name(one) and _first_letters(one) == letters}
        if label not in found and len(letters) > 1 and len(fitting) == 1:
            found[label] = Attendee(fitting.pop())


def _first_letters(name: str) -> str:
    return "".join(word[0] for word in re.split(r"[\s-]+", name) if word).casefold()


def _is_name(words: str) -> bool:
    return (
        len(words) > 3
        and could_be_name(words)
        and looks_like_person(words)
        and not MODERATOR_LIKE.match(words)
        and len(words.split()) > 1
    )
