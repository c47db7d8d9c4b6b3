"""Labels that are likely one person: a slip of the typist, a title more, a first name for a full one. Only suggested.

rapidfuzz counts the letters that differ (optimal string alignment); nobody is merged unasked.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations

from app.importers.labels.names import ID_LIKE, INITIALS, MODERATOR_LIKE, key

_TITLE = re.compile(
    r"\b(?:dr|prof|professor|mr|mrs|ms|miss|sir|madam|datuk|dato'?|tan sri|puan|encik|cik|herr|frau|señora?|sr|sra|hon"
    r"|minister|senator)\b\.?|\((?:host|guest|co-?host|moderator|facilitator|she|he|they)[^)]*\)|先生|女士|小姐|老師|老师|教授|醫師|医师",
    re.IGNORECASE,
)
_OFFICE = re.compile(r"(?<=\w\s)\([^()]*\)\s*$|,\s[^,]*(?:,\s[^,]*)?$")
"""What somebody is, behind the name: "Anna Brown, host", "Bell (Minister of Roads)"."""
_FEMALE = re.compile(r"\b(?:fe|wo)m[ae]\w*\b", re.IGNORECASE)
MOST_LABELS = 200
"""Beyond this no two are compared: it is a forum, or no transcript."""


@dataclass(frozen=True)
class LikelySame:
    """Two labels that may be one person; `into` is the one that comes more often."""

    label: str
    into: str
    why: str


def likely_same(speakers: Mapping[str, int]) -> list[LikelySame]:
    """The pairs among these labels ({label: turns}) that a person should look at."""
    if len(speakers) > MOST_LABELS:
        return []
    found = []
    for one, two in combinations(speakers, 2):
        why = _why(one, two)
        if why:
            less, more = sorted((one, two), key=lambda label: (speakers[label], len(label)))
            found.append(LikelySame(less, more, why))
    return found


def likely_one(one: str, two: str) -> bool:
    """Whether two labels may name one person."""
    return bool(_why(one, two))


def _why(one: str, two: str) -> str:
    bare = [" ".join(_OFFICE.sub("", _TITLE.sub(" ", key(label))).split()) for label in (one, two)]
    if not all(bare):
        return ""
    if bare[0] == bare[1]:
        return "but for a title"
    if any(key(long) == f"{key(long).rpartition(' (')[0]} ({key(short)})" for long, short in ((one, two), (two, one))):
        return "the short form"
    if bool(_FEMALE.search(one)) != bool(_FEMALE.search(two)):
        return ""  # "Unidentified male" and "Unidentified female"
    if any(pattern.match(one) and pattern.match(two) for pattern in (ID_LIKE, INITIALS)):
        return ""  # "P1" and "P2", "AB" and "AC" are two people
    words = [label.split() for label in bare]
    short, long = sorted(words, key=len)
    if len(short) == 1 < len(long) and short[0] in (long[0], long[-1]) and len(short[0]) > 1:
        return "a part of the name"
    from rapidfuzz.distance import OSA  # takes a while to import, and most pairs are told apart before

    letters = min(map(len, bare))
    slips = OSA.distance(*bare, score_cutoff=2)
    if any(MODERATOR_LIKE.match(label) for label in (one, two)) and re.search(r"\d", one + two):
        return ""  # "Researcher 1" and "Researcher 2"
    if re.sub(r"\D", "", bare[0]) != re.sub(r"\D", "", bare[1]):
        return ""
    wide = all(ord(letter) > 0x2E80 for letter in bare[0] + bare[1])
    if slips == 1 and (letters >= 5 or (wide and letters >= 3)):
        return "one letter apart"
    return "two letters apart" if slips == 2 and letters >= 9 else ""
