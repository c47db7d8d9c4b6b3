"""Labels of parliaments' and hearings' records: `Mr. Name. words`, `NAME. words`, `MR. X.- words`, `○Name　words`.

Nothing but a title, capitals, a dash behind a full stop or a circle sets such a name apart from a sentence, so names
with a full stop alone count only where several of them come again and again.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence

from app.importers.labels.names import GAP, clean, could_be_name, key, looks_like_person
from app.importers.labels.page import Label, Page, Shape

STYLES = {
    "name dash": "NAME.- words",
    "name stop": "NAME. words, or Mr. Name. words",
    "circle name": "○Name, a wide space, words",
}

_ROLE = r"(?:,\s[^.:：\n]{3,120}?)?"
_BRACKETS = r"(?:\s?\([^()\n]{1,110}\))?"
_TITLE = (
    r"(?:(?:Mrs?|Ms|Dr|Prof|Hon|Sen|Rep|Gen|Lt|Col|Sra?|Mmes?|MM?|Mlle)\.?|Miss|Mlle|Senator|Representative|Chair(?:wo)?man"
    r"|Chairperson|Chair|Secretary|Governor|Ambassador|Judge|Justice|Commissioner|Delegate|The|Le|La)"
)
_CIRCLE = re.compile(rf"^{GAP}*[○◯〇●◎◇◆■□]\s?(?P<name>[^\s:：○][^\n:：\t]{{0,50}}?)(?:\u3000|\t| {{2,}})\s*(?=\S)")
_DASHED = re.compile(
    rf"^\s*(?:\*\*|__)?(?P<name>[^\W\d_a-z][^\n:：*_()]{{0,59}}?{_ROLE}{_BRACKETS})(?:\*\*|__)?"
    rf"(?:(?P<dot>\s?\.\s?[-–—])|\s[–—-])(?:\*\*|__)?\s+(?=\S)"
)
_TITLED = re.compile(
    rf"^{GAP}*(?P<name>(?P<who>{_TITLE}\s(?:\b[^\W\d_]\.\s|[^.,:：!?\n]){{2,60}}?){_ROLE}{_BRACKETS})\.{GAP}+(?=[^\s\da-zß-ÿ])"
)
_CAPITALS = re.compile(
    rf"^{GAP}*(?P<name>(?P<who>[^\W\d_a-z](?:[^\W\d_a-z]|['’ .-]){{1,50}}[^\W\d_a-z]){_ROLE}{_BRACKETS})\.{GAP}+(?=\S)"
)
_SMALL = re.compile(
    r"^(?:of|the|for|de|du|des?|d|l[aes]?|v[ao]n|der|zu|[ae]l|bin(?:ti)?|y|e|d[aio]|dos|dell?a?|and|et|président(?:e)?|ministre"
    r"|rapporteure?|secrétaire|garde|générale?|premi(?:er|ère)|vice-présidente?|chairman|president|speaker|clerk|court"
    r"|witness|acting)$",
    re.IGNORECASE,
)
"""Small words of names and offices."""
LEAST, LEAST_SHARE, LEAST_CAPITALS = 4, 0.007, 0.1
"""Names with a full stop come so often, and begin so many of the lines: with a title, in capitals alone."""

_Proposal = Callable[[Page, int], Label | None]


def find(page: Page) -> Sequence[Label]:
    """Every line that begins as in a record. With a full stop alone, only names that come again and again."""
    for proposed in (_circled, _dashed, _dashed_anybody):
        found = _all(page, proposed)
        if found and (proposed is not _dashed_anybody or _come_again(found)):
            return found
    found = _all(page, _stopped)
    if sum(label.shape == Shape.CAPITALS for label in found) < LEAST_CAPITALS * len(page.filled):
        found = [label for label in found if label.shape == Shape.TITLED]
    enough = len(found) >= max(LEAST, LEAST_SHARE * len(page.filled))
    return found if enough and _come_again(found) else []


def _come_again(found: Sequence[Label]) -> bool:
    """Whether at least two names come again, and most labels are theirs."""
    again = [count for count in Counter(key(label.name) for label in found).values() if count > 1]
    return len(again) > 1 and sum(again) >= 0.5 * len(found)


def _all(page: Page, proposed: _Proposal) -> list[Label]:
    return [label for line in page.filled if (label := proposed(page, line)) is not None]


def _circled(page: Page, line: int) -> Label | None:
    words = page.beginning(line)
    found = _CIRCLE.match(words)
    name = clean(found["name"]) if found else ""
    if found is None or not could_be_name(name):
        return None
    return _label(page, line, words, found, "circle name", Shape.DASHED)


def _dashed(page: Page, line: int) -> Label | None:
    """Without a full stop in capitals only: a dash after other words is a dash."""
    words = page.beginning(line)
    found = _DASHED.match(words) if "-" in words or "–" in words or "—" in words else None
    if found is None:
        return None
    name = clean(found["name"])
    who = name.partition(" (")[0].partition(",")[0]
    loud = who == who.upper() and who != who.lower()
    if not could_be_name(who) or not (loud or (found["dot"] and _is_officeholder(who))):
        return None
    return _label(page, line, words, found, "name dash", Shape.DASHED if found["dot"] else Shape.CAPITALS)


def _dashed_anybody(page: Page, line: int) -> Label | None:
    """`Anna Bell (Lab). – words`: any name, where names so written come again."""
    words = page.beginning(line)
    found = _DASHED.match(words) if "-" in words or "–" in words or "—" in words else None
    who = clean(found["name"]).partition(" (")[0].partition(",")[0] if found else ""
    if found is None or not found["dot"] or not could_be_name(who) or not looks_like_person(who):
        return None
    return _label(page, line, words, found, "name dash", Shape.DASHED)


def _stopped(page: Page, line: int) -> Label | None:
    words = page.beginning(line)
    if "." not in words:
        return None
    found = _TITLED.match(words)
    if found is not None and could_be_name(clean(found["who"])) and _is_officeholder(found["who"]):
        return _label(page, line, words, found, "name stop", Shape.TITLED)
    found = _CAPITALS.match(words)
    name = clean(found["who"]) if found else ""
    if found is None or not could_be_name(name) or not looks_like_person(name) or name == name.lower():
        return None
    return _label(page, line, words, found, "name stop", Shape.CAPITALS)


def _is_officeholder(who: str) -> bool:
    """Whether it is a title and names with capitals: "Mr. Smith of Ohio", "M. le président", and no sentence."""
    if re.match(rf"{_TITLE}(?:\s|$)", who) is None:
        return False
    words = [word for word in re.split(r"[\s'’]+", who)[1:] if word]
    return 0 < len(words) <= 7 and all(not word[0].islower() or _SMALL.match(word) for word in words)


def _label(page: Page, line: int, words: str, found: re.Match[str], style: str, shape: Shape) -> Label:
    first = page.lines[line][0]
    begin = first + len(words) - len(words.lstrip())
    return Label(line, begin, first + len(found[0].rstrip()), clean(found["name"]), style, None, shape)
