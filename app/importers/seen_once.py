"""Labels that come once, or hardly ever: what makes a speaker of one after all, and what keeps it a doubt.

A name that comes once may be somebody who spoke once, or a line of the talk with a colon in it. It is taken when the
way it is written leaves no doubt (a time, bold, capitals), when it differs by a slip or a title from somebody who has
been heard, when it joins speakers, names everybody, or is a full name where nearly every paragraph has its label.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence

from app.importers.labels.names import ID_LIKE, MODERATOR_LIKE, key, looks_like_person
from app.importers.labels.page import Label, Page, Shape
from app.importers.likeness import likely_one

ONCE = "seen only once"
RARE = "too rare for a speaker"

_TOGETHER = re.compile(r"\s*[/&+,]\s*|\s+(?:and|und|y|dan|et)\s+")
_ALL_OF = re.compile(r"^(?:both|all|beide|ambos|kedua-dua)\s+", re.IGNORECASE)
_EVERYBODY = re.compile(
    r"^(?:audience(?: (?:member|question)s?)?|all|everyone|everybody|several(?: (?:people|voices|speakers))?|many"
    r"|multiple (?:speakers|voices|participants)|various|chorus|crowd|(?:the )?(?:whole )?group|participants|members"
    r"|(?:unknown|unidentified|other)(?: (?:speaker|participant|person|voice|male|female|man|woman))?|(?:fe)?male voice"
    r"|alle|mehrere|publikum|gruppe|unbekannt|todos|todas|varios|varias|público|grupo|desconocid[oa]"
    r"|(?:an?|some|several) (?:hon(?:ourable|\.)?|rt\.? hon\.?) (?:members?|senators?)"
    r"|the press|reporters?"
    r"|voix diverses|(?:(?:un|plusieurs) )?députés?|varios señores diputados|un señor diputado|zurufe?"
    r"|unbekannte[rs]? \w+"
    r"|semua|(?:beberapa|seorang) (?:ahli|orang|peserta)|ahli-ahli|para peserta"
    r"|眾人|众人|大家|全體|全体|所有人|觀眾|观众"
    r"|الجميع|الجمهور|المشاركون)\W*$",
    re.IGNORECASE,
)
_BRACKETED = re.compile(r"^(?P<name>[^\[\]]+?)\s*[\[【](?P<within>[^\[\]【】]{2,80})[\]】]$")
_ROLE_BEHIND = re.compile(r"[^\W\d_].*\s?\([^()]{2,110}\)$")
_TITLED = re.compile(
    r"^(?:(?:the )?(?:assistant |deputy |acting |right )?"
    r"(?:mrs?|ms|miss|dr|prof|professor|hon|honou?rable|sir|lord|baroness|senator|representative|congress(?:wo)?man"
    r"|chair(?:wo)?man|secretary|minister|speaker|judge|justice|governor|mayor"
    r"|m|mme|mlle|mm|herr|frau|abg|präsident(?:in)?|sr|sra|señora?|(?:el|la|los|las) señor(?:a|es|as)?|o sr|a sra?"
    r"|de heer|mevrouw|minister|pose[łl](?:anka)?|datuk|dato|tan sri|tuan|puan|encik|yb|bapak|ibu)\b)",
    re.IGNORECASE,
)
_FULL_NAME = re.compile(
    r"^(?=.{5,40}$)(?:[^\W\d_][\w’'.-]*\s+){1,4}[^\W\d_][\w’'.-]*(?: (?:Jr|Sr|II|III)\.?)?$", re.UNICODE
)
_SMALL = re.compile(r"^(?:v[ao]n|de[rnl]?|della|d[iau]|dos|l[ae]|bin(?:ti)?|ibn|[ae]l|y|e|a/[lp]|anak)$")
_NO_NAMES = re.compile(
    r"\b(?:the|a|an|this|that|my|our|your|his|her|it|in|on|of|to|for|with|from|about|and|or|part|remarks?|discussion"
    r"|group|session|section|chapter|introduction|conclusion|summary|question|answer|topic|theme|activity|exercise|task"
    r"|appendix|table|figure|note|notes|time|date|location|place|title|project|study|interview|focus|transcript|audio"
    r"|video|recording|page|point|reason|example|step|phase|stage|round|problem|solution|case|day|week|year|number|word"
    r"|thing|things|first|second|third|last|next|key|main|best|worst|good|bad|big|new|old|also|see|but|so|then|well|okay"
    r"|what|why|how|when|where|who|which|if|not|no|yes|is|are|was|were|said|says|der|die|das|ein|eine|und|ich|wir|los"
    r"|las|una|que|pero|yang|ini|itu|dan|saya|kami|question|guide|protocol|survey|university|school|department|street)\b",
    re.IGNORECASE,
)
NEARLY_EVERY = 0.8
"""A full name that comes once is taken where labels stand before so many of the paragraphs."""
MOST_HEARD = 60
LONG_TEXT, HARDLY_ANY = 100, 0.02
"""In a text of so many lines, labels that stand before fewer than this share of them are lines of the talk."""


def take_what_is_written_like_the_others(
    page: Page, labels: Sequence[Label], groups: Mapping[str, Sequence[Label]], why: dict[str, str], begins: int
) -> None:
    """Take labels that come once where something else speaks for them."""
    taken = [label for label in labels if not why[key(label.name)]]
    sure = _sure_shapes(taken)
    heard = {one for one in groups if not why[one]}
    within = {key(part["within"]) for one in groups if (part := _BRACKETED.match(groups[one][0].name))}
    bracketed = sum(1 for one in groups if _BRACKETED.match(groups[one][0].name))
    timed = sum(1 for label in labels if label.shape == Shape.TIMED)
    lines = sum(1 for line in page.filled if line >= begins)
    share = len(taken) / lines if lines else 0.0
    alike = [like for like in _LIKENESSES if len(taken) >= 4 and sum(map(like, taken)) >= 0.6 * len(taken)]
    for one, group in groups.items():
        if why[one] != ONCE:
            continue
        name = group[0].name
        if (
            (group[0].shape in sure and _fits(group[0], timed))
            or (any(like(group[0]) for like in alike) and not _NO_NAMES.search(_WITHOUT_ROLE.sub("", name)))
            or _joins(one, heard)
            or (_BRACKETED.match(name) and bracketed > 1 and len(taken) >= 2)
            or (one in within and taken)
            or (_EVERYBODY.match(name.strip("()")) and len(taken) >= 4)
            or (len(taken) >= 4 and share >= NEARLY_EVERY / 2 and _is_slip_of_another(name, heard, groups))
            or (len(taken) >= 6 and share >= NEARLY_EVERY and _is_full_name(name))
        ):
            why[one] = ""


def leave_what_is_too_rare(
    page: Page, groups: Mapping[str, Sequence[Label]], why: dict[str, str], kept: Collection[str]
) -> None:
    """In a long text a phrase that comes twice marks no speakers, unless something else says that it does."""
    if len(page.filled) < LONG_TEXT:
        return
    taken = [one for one in groups if not why[one]]
    if sum(len(groups[one]) for one in taken) >= HARDLY_ANY * len(page.filled):
        return
    marked = {Shape.KNOWN, Shape.TIMED, Shape.BOLD, Shape.HEADING}
    if any(
        one in kept or groups[one][0].shape in marked or _names_a_role(groups[one][0].name) or len(groups[one]) > 4
        for one in taken
    ):
        return
    why.update(dict.fromkeys(taken, RARE))


def _names_a_role(name: str) -> bool:
    return bool(MODERATOR_LIKE.match(name) or ID_LIKE.match(name))


def _sure_shapes(taken: Sequence[Label]) -> set[Shape]:
    shapes = Counter(label.shape for label in taken)
    least = {Shape.HEADING: 2, Shape.BOLD: 2, Shape.CAPITALS: 4, Shape.TITLED: 4}
    sure = {one for one, least_of in least.items() if shapes[one] >= max(least_of, 0.8 * len(taken))}
    return sure | {Shape.TIMED, Shape.KNOWN} | ({Shape.DASHED} if shapes[Shape.DASHED] else set())


def _fits(label: Label, timed: int) -> bool:
    """Whether a label of a shape that needs no other reason is no mere line with a time, no heading in capitals."""
    if label.shape == Shape.TIMED:
        return timed > 1 or looks_like_person(label.name)
    return label.shape != Shape.CAPITALS or len(label.name) < 5 or not _NO_NAMES.search(label.name)


def _has_title(label: Label) -> bool:
    return bool(_TITLED.match(label.name))


def _has_role_behind(label: Label) -> bool:
    return bool(_ROLE_BEHIND.match(label.name)) and label.name[0].isupper()


def _stands_alone(label: Label) -> bool:
    return label.alone and label.style == "name colon" and label.name[0].isupper() and len(label.name.split()) <= 5


_LIKENESSES = (_has_title, _has_role_behind, _stands_alone)
"""Ways of writing a label that, where most are written so, speak for one that comes once."""
_WITHOUT_ROLE = re.compile(r"\s?[\[(].*$|,.*$|^the\b|\b(?:of|for|the|and)\b", re.IGNORECASE)


def _joins(one: str, heard: Collection[str]) -> bool:
    """Whether this label is made of those that have been heard: "Aina and Ben", "Both P1 and P2"."""
    parts = [part for part in _TOGETHER.split(_ALL_OF.sub("", one.strip("()"))) if part]
    return len(parts) > 1 and set(parts) <= set(heard)


def _is_slip_of_another(name: str, heard: Collection[str], groups: Mapping[str, Sequence[Label]]) -> bool:
    if len(heard) > MOST_HEARD or _NO_NAMES.search(name):
        return False
    return any(likely_one(name, groups[other][0].name) for other in heard)


def _is_full_name(name: str) -> bool:
    if not _FULL_NAME.match(name) or _NO_NAMES.search(name):
        return False
    words = name.split()
    capitals = [word for word in words if word[0].isupper()]
    return len(capitals) >= 2 and all(word[0].isupper() or _SMALL.match(word) for word in words)
