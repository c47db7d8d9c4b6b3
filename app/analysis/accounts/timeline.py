"""The study day by day, in the researcher's voice: what was done, decided, written and said. No clock times."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from app.analysis.accounts.facts import Facts
from app.analysis.accounts.log import Step, why
from app.analysis.accounts.wording import sentence, some
from app.analysis.days import local_day
from app.analysis.genealogy import Happening
from app.analysis.journal import Entry
from app.analysis.map_words import SORTS, listed
from app.models.kinds import Phase, ThemeKind
from app.models.verbs import Verb


@dataclass(frozen=True)
class Day:
    """One day: the phases visited, and sentences of what happened."""

    on: date
    phases: tuple[str, ...]
    lines: tuple[str, ...]


def days(held: Facts) -> list[Day]:
    """All days on which something happened, in order; on each day, what came first is told first."""
    told: dict[date, list[tuple[datetime, str]]] = {}

    def tell(at: datetime, words: str) -> None:
        told.setdefault(local_day(at), []).append((at, words))

    by_day: dict[date, list[Step]] = {}
    for step in held.steps:
        by_day.setdefault(step.day, []).append(step)
    for on, found in by_day.items():
        for at, words in _done(held, on, found):
            tell(at, words)
    began = {visit.began_on for visit in held.visits}
    for visit in held.visits:
        note = f": {visit.note}" if visit.note.strip() else ""
        later = " (entered later)" if visit.added_later else ""
        tell(visit.began_at, sentence(f"{held.who} turned to {_mine(held, visit.phase)}{later}{note}"))
        if visit.ended_at is not None and visit.ended_on not in began and not visit.added_later:
            tell(visit.ended_at, sentence(f"{held.who} left {_mine(held, visit.phase)}"))
    for version in held.versions:
        note = f" {sentence(version.note)}" if version.note.strip() else ""
        tell(version.at, f"{_who(held)} kept the map of themes as “{version.label}”.{note}")
    for check in held.checks:
        finding = f": {check.finding}" if check.finding.strip() else ""
        theme = held.name_then("theme", check.theme_id, check.at, check.theme)
        tell(check.at, sentence(f"{held.who} reviewed “{theme}” {check.level}{finding}"))
    for thread in held.comments:
        name = held.name_then(thread.subject, thread.subject_id, thread.at, thread.name)
        on_what = "an excerpt" if thread.subject == "excerpt" else f"“{name}”"
        tell(thread.at, f"{thread.author or 'Somebody'} commented on {on_what}.")
    written: dict[date, list[Entry]] = {}
    for entry in held.journal:
        written.setdefault(local_day(entry.at), []).append(entry)
    for found_on_day in written.values():
        kinds = list(dict.fromkeys(entry.kind for entry in found_on_day if entry.kind))
        tell(found_on_day[0].at, f"{_who(held)} wrote in the journal{f' ({listed(kinds)})' if kinds else ''}.")
    return [Day(on, _phases(held, on), _in_order(told[on])) for on in sorted(told) if told[on]]


def _in_order(told: list[tuple[datetime, str]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(words for _, words in sorted(told, key=lambda one: one[0])))


def _who(held: Facts) -> str:
    return sentence(held.who).rstrip(".")


def _mine(held: Facts, phase: Phase) -> str:
    """The phase as the one says it who is in it."""
    return phase.value.replace("yourself", "myself" if held.who == "I" else "ourselves")


def _phases(held: Facts, on: date) -> tuple[str, ...]:
    """The phases in which the researcher said to be on a day."""
    here = {
        visit.phase
        for visit in held.visits
        if visit.began_on <= on and (visit.ended_on is None or on < visit.ended_on or on == visit.began_on)
    }
    return tuple(_mine(held, phase) for phase in Phase if phase in here)


def _done(held: Facts, on: date, found: list[Step]) -> list[tuple[datetime, str]]:
    """What the changes of one day come to: much of a kind is one sentence, each decision has its own."""
    lines = _made(held, on)
    for verbs, words in _MUCH_OF_A_KIND:
        steps = [step for step in found if step.verb in verbs and not _is_decision(step)]
        told = sentence(words(held, on, steps)) if steps else ""
        if told:
            reasons = dict.fromkeys(step.reason.strip() for step in steps if step.reason.strip())
            said = " ".join((told, *(f"Why: {sentence(reason)}" for reason in reasons)))
            lines.append((steps[0].seq, steps[0].at, said))
    decided = [step for step in found if step.verb in _ALONE or _is_decision(step)]
    lines += [(step.seq, step.at, told) for step, told in decisions(held, decided)]
    return [(at, told) for _, at, told in sorted(lines, key=lambda line: line[0])]


def _made(held: Facts, on: date) -> list[tuple[int, datetime, str]]:
    """The codes and themes that came about on a day, each sort in a sentence; what a file brought was not made here."""
    brought = {step.seq for step in held.steps if step.label.startswith("Bring in")}
    made: dict[str, list[tuple[int, datetime, str]]] = {}
    for lived in (held.codes_lived, held.themes_lived):
        for life in lived.lives:
            for event in life.events:
                known = event.words.startswith("made")  # of what was merged behind a border only the name is left
                if event.what == Happening.MADE and known and event.day == on and event.seq not in brought:
                    kind = held.kinds_at_first.get(life.id, ThemeKind.THEME)
                    sort = "code" if lived.sort == "code" else SORTS[kind]
                    made.setdefault(sort, []).append((event.seq or 0, event.at, event.name or life.name))
    return [
        (*min(found)[:2], f"{_who(held)} made {_the(sort, [name for _, _, name in sorted(found)])}.")
        for sort, found in made.items()
    ]


def decisions(held: Facts, found: list[Step]) -> list[tuple[Step, str]]:
    """Steps in sentences with their reasons, each with the first of its steps.

    What was done for one reason on one day is told together, and what was renamed without one as well.
    """
    together: dict[tuple[date, str], list[Step]] = {}
    for step in found:
        renamed = f"renamed: {step.verb}" if step.label.startswith("Rename") else f"of itself: {step.seq}"
        together.setdefault((step.day, step.reason.strip() or renamed), []).append(step)
    return [(steps[0], f"{sentence(_in_a_row(held, steps))}{why(steps[0])}") for steps in together.values()]


def _in_a_row(held: Facts, steps: list[Step]) -> str:
    """What was done, and then what else: who did it is said once."""
    first, *others = dict.fromkeys(past(held, step) for step in steps)
    return "; ".join((first, *(one.removeprefix(f"{held.who} ") for one in others)))


def _is_decision(step: Step) -> bool:
    """Whether an edit is one that the account tells by itself: another name, another status, another sort of theme."""
    return step.verb in (Verb.EDIT_CODE, Verb.EDIT_THEME) and (step.label.startswith("Rename") or "’ is " in step.label)


def past(held: Facts, step: Step) -> str:
    """The label of a change as something that somebody did."""
    words = step.label.replace("‘", "“").replace("’ ", "” ").replace("’:", "”:")
    words = f"{words[:-1]}”" if words.endswith("’") else words
    for begins, done in _OTHERWISE.items():
        if words.startswith(begins):
            return f"{held.who} {done}{words.removeprefix(begins)}"
    first, _, rest = words.partition(" ")
    if first not in IMPERATIVES or words.startswith("Turn by"):  # it says how something stands now
        return words[:1].lower() + words[1:]
    named = _NOUN.sub(lambda found: f"the {found[0]}", rest, count=1)
    return f"{held.who} {IMPERATIVES[first]} {_ONE_OF_THEM.sub(_with_article, named)}"


def _with_article(found: re.Match[str]) -> str:
    return f"{found[1]}{'an' if found[2][0] in 'aeiou' else 'a'} {found[2]}"


_NOUN = re.compile(r"\b(?:code|theme|lens|transcript|group|participant) (?=“)")
_ONE_OF_THEM = re.compile(
    r"(^|\b(?:on|to|into|off) )(journal entry|excerpt|memo|field note|note|link|turn|code|theme|transcript|group"
    r"|participant|coding|map version|lens entry|comment)\b(?! “)"
)
"""Things that a label calls by their sort alone."""
IMPERATIVES = {
    "Add": "added", "Answer": "answered", "Bring": "brought", "Change": "changed", "Check": "checked",
    "Code": "coded", "Comment": "commented", "Copy": "copied", "Correct": "corrected", "Create": "made",
    "Decide": "decided", "Delete": "deleted", "Describe": "described", "Edit": "edited", "Export": "exported",
    "Go": "went", "Import": "imported", "Join": "joined", "Keep": "kept", "Lay": "laid", "Leave": "left",
    "Let": "let", "Link": "linked", "Make": "made", "Map": "mapped", "Mark": "marked", "Merge": "merged",
    "Move": "moved", "Name": "named", "Note": "wrote a note", "Order": "ordered", "Place": "placed",
    "Pseudonymise": "pseudonymised", "Put": "put", "Read": "began to read", "Recolour": "recoloured",
    "Relate": "related", "Remove": "removed", "Rename": "renamed", "Reorder": "reordered", "Replace": "replaced",
    "Reply": "replied", "Say": "said", "See": "saw", "Set": "set", "Size": "sized", "Split": "split",
    "Spread": "spread", "State": "stated", "Take": "took", "Tidy": "tidied", "Turn": "turned",
    "Withdraw": "withdrew", "Write": "wrote",
}  # fmt: skip
"""{how the label of a change begins: what somebody did}."""
_OTHERWISE = {
    "Create study": "began the study",
    "No longer see": "no longer saw",
    "Interaction": "marked an interaction",
}
_ALONE = frozenset((
    Verb.SET_ASIDE_CODE, Verb.MERGE_CODES, Verb.SPLIT_CODE, Verb.DELETE_CODE, Verb.MERGE_THEMES, Verb.SPLIT_THEME,
    Verb.DELETE_THEME, Verb.RELATE, Verb.EDIT_LENS,
))  # fmt: skip

Words = Callable[[Facts, date, list[Step]], str]


def _just(words: str) -> Words:
    return lambda *_: words


def _the(sort: str, names: list[str]) -> str:
    """The code “this”, the codes “this” and “that”."""
    return f"the {sort}{'s' if len(dict.fromkeys(names)) > 1 else ''} {some(names)}"


def _decided(held: Facts, on: date, steps: list[Step]) -> str:  # noqa: ARG001
    names = list(dict.fromkeys(step.names[0] for step in steps if step.names))
    return f"{held.who} decided which excerpts belong to {some(names)}" if names else ""


def _brought_codes(held: Facts, on: date, steps: list[Step]) -> str:  # noqa: ARG001
    names = [step.names[0] for step in steps if step.label.startswith("Bring in") and step.names]
    return f"{held.who} brought in the code list {some(names)}" if names else ""


def _stated(held: Facts, on: date, steps: list[Step]) -> str:  # noqa: ARG001
    anew = any(step.day < on for step in held.done(Verb.STATE_APPROACH))
    reason = next((one.reason for one in held.approach if local_day(one.at) == on and one.reason.strip()), "")
    return f"the approach was stated{' anew' if anew else ''}{f': {reason}' if reason else ''}"


def _coded(held: Facts, on: date, steps: list[Step]) -> str:  # noqa: ARG001
    where = [source.name for source in held.sources if on in source.coded_on]
    return f"{held.who} coded in {some(where, quoted=False)}" if where else f"{held.who} went over codings"


def _described(sort: str) -> Words:
    """Work on wording, and putting things elsewhere, which is none; colours are not told."""

    def words(held: Facts, on: date, steps: list[Step]) -> str:  # noqa: ARG001
        names = [step.names[0] for step in steps if step.label.startswith("Describe") and step.names]
        if names:
            return f"{held.who} worked on the wording of {_the(sort, names)}"
        moved = any(step.label.startswith("Move") for step in steps)
        return f"{held.who} put {sort}s in another order or under each other" if moved else ""

    return words


def _mapped(held: Facts, on: date, steps: list[Step]) -> str:  # noqa: ARG001
    themes = some(step.names[0] for step in steps if step.label.startswith("Map ") and step.names)
    return f"{held.who} mapped {themes} to the framework" if themes else f"{held.who} worked on the mappings"


_MUCH_OF_A_KIND: tuple[tuple[frozenset[Verb], Words], ...] = (
    (frozenset((Verb.CREATE_STUDY,)), _just("the study was begun")),
    (frozenset((Verb.DESCRIBE_STUDY,)), _just("questions and frame of the study were written down")),
    (frozenset((Verb.STATE_APPROACH,)), _stated),
    (frozenset((Verb.IMPORT,)), _just("transcripts came into the study")),
    (frozenset((Verb.EDIT_PEOPLE,)), _just("groups and participants were described")),
    (frozenset((Verb.EDIT_TURNS, Verb.CORRECT, Verb.REPLACE)), _just("transcripts were corrected")),
    (frozenset((Verb.DELETE_SOURCE,)), _just("a transcript was taken out of the study")),
    (frozenset((Verb.PSEUDONYMISE,)), _just("names were replaced in the transcripts")),
    (frozenset((Verb.WITHDRAW,)), _just("a participant withdrew, and what belonged to them was removed")),
    (frozenset((Verb.CREATE_CODE,)), _brought_codes),
    (frozenset((Verb.CODE, Verb.UNCODE, Verb.EDIT_EXCERPT)), _coded),
    (frozenset((Verb.EDIT_CODE,)), _described("code")),
    (frozenset((Verb.CLUSTER,)), _just("codes were moved to and between themes")),
    (frozenset((Verb.EDIT_THEME,)), _described("theme")),
    (frozenset((Verb.DECIDE,)), _decided),
    (frozenset((Verb.MAP,)), _mapped),
    (frozenset((Verb.MEMO,)), _just("memos were written")),
    (frozenset((Verb.ANSWER_CHECKLIST,)), _just("questions of a checklist were answered")),
    (frozenset((Verb.EXPORT,)), _just("documents were made of the study")),
)
