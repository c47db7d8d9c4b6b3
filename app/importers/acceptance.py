"""Which label-like starts are speakers. What comes once needs a reason; what is refused keeps the reason why."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence

from app.importers.draft import LabelCandidate
from app.importers.head import KEYS, Head
from app.importers.labels.names import ID_LIKE, MODERATOR_LIKE, key, looks_like_person
from app.importers.labels.page import Label, Page, Shape
from app.importers.seen_once import ONCE, leave_what_is_too_rare, take_what_is_written_like_the_others

SAID_SO = "you said so"
HEADING = "looks like a heading"
BREAK = "looks like a break"
SENTENCE = "looks like a sentence"
OTHERWISE = "not written like the others"
SAME = "the same line each time"
ONLY_ONE = "the only name, and in few lines"

_BREAKS = re.compile(
    r"^(break|jingle|music|pause|ad(vert(isement)?)?s?|sponsor|intermission|timestamp|recording)$", re.IGNORECASE
)
_SENTENCE = re.compile(r"^(?=(?:\S+\s+){3}).*\b(?:I|you|he|she|we|they|it|said|says|told|asked|is|was|were|are)\b")
_ONLY_TIMES = re.compile(r"^[\s\\\[\]()\d:.,–—-]*(?:to[\s\\\[\]()\d:.,–—-]*)?$")
_HEADINGS = re.compile(
    r"^(interview|focus group|group|part|section|chapter|session|topic|theme|question|q(?=\s*\d)|round|page|table"
    r"|figure|appendix|step|day|week|task|activity|item|frage|pregunta|soalan|bahagian)\s*[#.-]?\s*[\divxa-c]{0,4}$"
    r"|^by (?:mr|ms|mrs|dr)\b"
    r"|^(?:actions?|decisions?|motion|resolution|vote|voting|agreed|antrag|abstimmung|beschluss|acuerdo|votación"
    r"|décision|decisione|tindakan|keputusan|usul)$",
    re.IGNORECASE,
)
_BEHIND = re.compile(r"\s\([^()]{1,30}\)$")
"""What stands in brackets behind: "Participant (P)", "Male 3 (late)"."""
_NOTES = re.compile(r"\b(?:notes?|comments?|remarks?|anmerkung(?:en)?|nota|notas|catatan)$", re.IGNORECASE)
_SCENE = re.compile(r"^(?:INT|EXT)\. \S")
_GUIDE = re.compile(r"^q\s?\d{1,2}[a-z]?$", re.IGNORECASE)
_ASKER = re.compile(r"^(?:question|frage|pregunta|domanda|pergunta|soalan|soru)$", re.IGNORECASE)
OFTEN_ASKED = 4
"""Who is only called "Question" asks so often; a guide's questions are numbered, or fewer."""
MOST_SHORT = 12
"""In a talk where everybody speaks once so many do; a longer list of words with a colon is a glossary."""
LEAST_PAGES, LEAST_HEAD, MOST_HEADS = 3, 15, 0.5
_CUT = re.compile(r"[^\s.!?:;…。！？\])\"”]$")
ONE_NAME, FEW_LINES = 0.5, 4
"""A name that is the only one marks turns when it begins so many of the lines."""


class Judgement:
    """What was decided about each label of one family, by its key: '' when it is a speaker, else why not."""

    def __init__(self, why: Mapping[str, str], labels: Sequence[Label]) -> None:
        self._why = why
        self._labels = labels

    @property
    def taken(self) -> list[Label]:
        """The labels that are speakers', in order."""
        return [label for label in self._labels if not self._why[key(label.name)]]

    @property
    def candidates(self) -> tuple[LabelCandidate, ...]:
        """Every label-like thing found, in order of first appearance."""
        counts = Counter(key(label.name) for label in self._labels if not label.continues)
        first = {key(label.name): label.name for label in reversed(self._labels)}
        return tuple(
            LabelCandidate(first[one], counts[one], not self._why[one], self._why[one])
            for one in dict.fromkeys(key(label.name) for label in self._labels)
        )

    @property
    def doubtful(self) -> int:
        """How many labels are written as names are and still not taken, for they come once."""
        return sum(1 for one in self.candidates if one.why == ONCE and looks_like_person(one.label))


def judge(
    page: Page,
    labels: Sequence[Label],
    head: Head,
    not_speakers: Collection[str] = (),
    also_speakers: Collection[str] = (),
) -> Judgement:
    """Decide for each label. What the researcher says goes first, then the names that the head gives."""
    named, begins = head.named, head.until
    if not labels:
        return Judgement({}, labels)
    refused, wanted = {key(one) for one in not_speakers}, {key(one) for one in also_speakers}
    groups: dict[str, list[Label]] = {}
    for label in labels:
        groups.setdefault(key(label.name), []).append(label)
    why = {
        one: SAID_SO if one in refused else "" if one in wanted else _why_not(page, group, named)
        for one, group in groups.items()
    }
    _leave_heads_of_pages(page, groups, why, wanted | set(named))
    _leave_what_is_written_otherwise(labels, groups, why, wanted | set(named))
    take_what_is_written_like_the_others(page, labels, groups, why, begins)
    _take_all_of_a_short_talk(page, labels, groups, why, begins)
    leave_what_is_too_rare(page, groups, why, wanted | set(named))
    _leave_the_only_name(page, groups, why, wanted | set(named), begins)
    return Judgement(why, labels)


def _why_not(page: Page, group: Sequence[Label], named: Collection[str]) -> str:
    name = group[0].name
    if _BREAKS.match(name) and all(_says_only_times(page, label) for label in group):
        return BREAK
    bare = _BEHIND.sub("", name)
    if (_NOTES.search(name) and len(name.split()) > 1) or (_GUIDE.match(name) and len(group) == 1):
        return HEADING
    if _SCENE.match(name):
        return HEADING
    if _inside_sentences(page, group):
        return SENTENCE
    if key(name) in named or MODERATOR_LIKE.match(name) or ID_LIKE.match(bare) or set(name) <= {"?"}:
        return ""
    if _ASKER.match(name) and len(group) >= OFTEN_ASKED:
        return ""
    if _HEADINGS.match(name) or (KEYS.match(name) and len(group) < 3):
        return HEADING
    if _SENTENCE.match(name):
        return SENTENCE
    return "" if len(group) > 1 else ONCE


def _inside_sentences(page: Page, group: Sequence[Label]) -> bool:
    """Whether a small word with a colon mostly goes on with the line above, as in text that is cut at 72 columns."""
    if not group[0].name[0].islower() or group[0].shape != Shape.PLAIN:
        return False
    going_on = sum(1 for label in group if _CUT.search(page.words(label.line - 1) if label.line else ""))
    return going_on > len(group) / 2


def _leave_heads_of_pages(
    page: Page, groups: Mapping[str, Sequence[Label]], why: dict[str, str], kept: Collection[str]
) -> None:
    """Where talk has its own words in each line, a label whose line never changes is printed on each page."""
    taken = {one for one, group in groups.items() if not why[one]}
    heads = {one for one in taken - set(kept) if _is_head_of_pages(page, groups[one])}
    spoken = sum(len(groups[one]) for one in taken - heads)
    if len(taken - heads) > 1:
        why.update({one: SAME for one in heads if len(groups[one]) <= MOST_HEADS * spoken})


def _is_head_of_pages(page: Page, group: Sequence[Label]) -> bool:
    """Whether the whole line comes again and again, but for its numbers: the head or foot of printed pages."""
    if len(group) < LEAST_PAGES or group[0].alone or group[0].shape not in {Shape.PLAIN, Shape.CAPITALS}:
        return False
    lines = {re.sub(r"\d+", "#", page.words(label.line)) for label in group}
    line = lines.pop()
    return not lines and len(line) >= LEAST_HEAD and line[-1] not in ".?!…。？！"


def _says_only_times(page: Page, label: Label) -> bool:
    return bool(_ONLY_TIMES.match(page.text[label.end : page.lines[label.line][1]]))


def _leave_what_is_written_otherwise(
    labels: Sequence[Label], groups: Mapping[str, Sequence[Label]], why: dict[str, str], kept: Collection[str]
) -> None:
    """Where times or headings mark nearly every turn, a name that never has one is a line of the talk."""
    taken = [label for label in labels if not why[key(label.name)]]
    marked = sum(1 for label in taken if label.shape in {Shape.TIMED, Shape.HEADING})
    if len(taken) < 20 or marked < 0.9 * len(taken):
        return
    for one, group in groups.items():
        plain = all(label.shape in {Shape.PLAIN, Shape.CAPITALS} for label in group)
        if not why[one] and plain and one not in kept and not MODERATOR_LIKE.match(group[0].name):
            why[one] = OTHERWISE


def _leave_the_only_name(
    page: Page, groups: Mapping[str, Sequence[Label]], why: dict[str, str], kept: Collection[str], begins: int
) -> None:
    """One word with a colon here and there ("Action:", "Reflection:") is no talk, unless it names a role."""
    taken = [one for one in groups if not why[one]]
    if len(taken) != 1 or taken[0] in kept:
        return
    group = groups[taken[0]]
    role = MODERATOR_LIKE.match(group[0].name) or ID_LIKE.match(group[0].name)
    lines = sum(1 for line in page.filled if line >= begins)
    if group[0].shape == Shape.KNOWN or role:
        return
    first = next((line for line in page.filled if line >= begins), 0)
    if (len(group) == 1 and lines > FEW_LINES and group[0].line > first) or (
        group[0].shape in {Shape.PLAIN, Shape.CAPITALS} and len(group) < ONE_NAME * lines
    ):
        why[taken[0]] = ONLY_ONE


def _take_all_of_a_short_talk(
    page: Page, labels: Sequence[Label], groups: Mapping[str, Sequence[Label]], why: dict[str, str], begins: int
) -> None:
    """Where nearly every line begins with a name and few come twice, everybody simply spoke once."""
    once = [one for one, group in groups.items() if why[one] == ONCE and looks_like_person(group[0].name)]
    again = sum(len(group) for one, group in groups.items() if not why[one])
    lines = sum(1 for line in page.filled if line >= begins)
    if (
        once
        and 1 < len(groups) <= MOST_SHORT
        and len(labels) >= 0.9 * min(lines, max(lines - 1, 4))
        and len(once) >= again
    ):
        why.update(dict.fromkeys(once, ""))
