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
from app.models.kinds import Phase
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
    for visit in held.visits:
        note = f": {visit.note}" if visit.note.strip() else ""
        tell(visit.began_at, sentence(f"{held.who} turned to {_mine(held, visit.phase)}{note}"))
    for version in held.versions:
        note = f" {sentence(version.note)}" if version.note.strip() else ""
        tell(version.at, f"{_who(held)} kept the map of themes as “{version.label}”.{note}")
    for check in held.checks:
        finding = f": {check.finding}" if check.finding.strip() else ""
        tell(check.at, sentence(f"{held.who} reviewed “{check.theme}” {check.level}{finding}"))
    for thread in held.comments:
        on_what = "an excerpt" if thread.subject == "excerpt" else f"“{thread.name}”"
        tell(thread.at, f"{thread.author or 'Somebody'} commented on {on_what}.")
    for entry in held.journal:
        kind = f" ({entry.kind})" if entry.kind else ""
        tell(entry.at, f"{_who(held)} wrote in the journal{kind}.")
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
    lines = []
    for verbs, words in _MUCH_OF_A_KIND:
        steps = [step for step in found if step.verb in verbs and not _is_decision(step)]
        told = sentence(words(held, on, steps)) if steps else ""
        if told:
            reasons = dict.fromkeys(step.reason.strip() for step in steps if step.reason.strip())
            lines.append((steps[0].at, " ".join((told, *(f"Why: {sentence(reason)}" for reason in reasons)))))
    decided = [step for step in found if step.verb in _ALONE or _is_decision(step)]
    return lines + decisions(held, decided)


def decisions(held: Facts, found: list[Step]) -> list[tuple[datetime, str]]:
    """Steps in sentences with their reasons; what was done for one reason on one day is told together."""
    together: dict[tuple[date, str], list[Step]] = {}
    for step in found:
        key = step.reason.strip() or f"of itself: {step.seq}"
        together.setdefault((step.day, key), []).append(step)
    return [
        (steps[0].at, f"{sentence('; '.join(dict.fromkeys(past(held, step) for step in steps)))}{why(steps[0])}")
        for steps in together.values()
    ]


def _is_decision(step: Step) -> bool:
    """Whether an edit is one that the account tells by itself: another name, another status."""
    return step.verb in (Verb.EDIT_CODE, Verb.EDIT_THEME) and (
        step.label.startswith("Rename") or " is now " in step.label
    )


def past(held: Facts, step: Step) -> str:
    """The label of a change as something that somebody did."""
    words = step.label.replace("‘", "“").replace("’ ", "” ")
    words = f"{words[:-1]}”" if words.endswith("’") else words
    first, _, rest = words.partition(" ")
    if first not in _PAST:  # it says how something stands now
        return words[:1].lower() + words[1:]
    named = _NOUN.sub(lambda found: f"the {found[0]}", rest, count=1)
    return f"{held.who} {_PAST[first]} {named}"


_NOUN = re.compile(r"\b(?:code|theme|lens) (?=“)")
_PAST = {"Rename": "renamed", "Merge": "merged", "Bring": "brought", "Delete": "deleted", "Read": "began to read",
         "Add": "added", "Copy": "copied", "Describe": "described", "Move": "moved", "Relate": "related",
         "Turn": "turned", "Remove": "removed", "Set": "set", "Split": "split", "State": "stated",
         "Make": "made", "Create": "made", "Take": "took", "Put": "put", "Edit": "edited",
         "Change": "changed"}  # fmt: skip
_ALONE = frozenset((
    Verb.SET_ASIDE_CODE, Verb.MERGE_CODES, Verb.SPLIT_CODE, Verb.DELETE_CODE, Verb.MERGE_THEMES, Verb.SPLIT_THEME,
    Verb.DELETE_THEME, Verb.RELATE, Verb.EDIT_LENS,
))  # fmt: skip

Words = Callable[[Facts, date, list[Step]], str]


def _just(words: str) -> Words:
    return lambda *_: words


def _named(one: str, several: str) -> Words:
    """A sentence with the things that the labels name first."""

    def words(held: Facts, on: date, steps: list[Step]) -> str:  # noqa: ARG001
        names = list(dict.fromkeys(step.names[0] for step in steps if step.names))
        return f"{(one if len(names) == 1 else several).format(who=held.who)} {some(names)}" if names else ""

    return words


def _stated(held: Facts, on: date, steps: list[Step]) -> str:  # noqa: ARG001
    anew = any(step.day < on for step in held.done(Verb.STATE_APPROACH))
    return f"the approach was stated{' anew' if anew else ''}"


def _coded(held: Facts, on: date, steps: list[Step]) -> str:  # noqa: ARG001
    where = [source.name for source in held.sources if on in source.coded_on]
    return f"{held.who} coded in {some(where, quoted=False)}" if where else f"{held.who} went over codings"


def _described(held: Facts, on: date, steps: list[Step]) -> str:  # noqa: ARG001
    names = [step.names[0] for step in steps if step.names]
    return f"{held.who} worked on the wording of {some(names)}" if names else ""


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
    (frozenset((Verb.CREATE_CODE,)), _named("{who} made the code", "{who} made the codes")),
    (frozenset((Verb.CODE, Verb.UNCODE, Verb.EDIT_EXCERPT)), _coded),
    (frozenset((Verb.EDIT_CODE,)), _described),
    (frozenset((Verb.CREATE_THEME,)), _named("{who} made the theme", "{who} made the themes")),
    (frozenset((Verb.CLUSTER,)), _just("codes were moved to and between themes")),
    (frozenset((Verb.EDIT_THEME,)), _described),
    (
        frozenset((Verb.DECIDE,)),
        _named(*["{who} decided which excerpts belong to"] * 2),
    ),
    (frozenset((Verb.MAP,)), _mapped),
    (frozenset((Verb.MEMO,)), _just("memos were written")),
    (frozenset((Verb.ANSWER_CHECKLIST,)), _just("questions of a checklist were answered")),
    (frozenset((Verb.EXPORT,)), _just("documents were made of the study")),
)
