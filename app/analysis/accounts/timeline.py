"""The study day by day, in the researcher's voice: what was done, decided, written and said. No clock times."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

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
    """All days on which something happened, in order."""
    told: dict[date, list[str]] = {}
    by_day: dict[date, list[Step]] = {}
    for step in held.steps:
        by_day.setdefault(step.day, []).append(step)
    for on, found in by_day.items():
        begun = [step for step in found if step.verb == Verb.CREATE_STUDY]
        told.setdefault(on, []).extend(_done(held, on, begun))
    for visit in held.visits:
        note = f": {visit.note}" if visit.note.strip() else ""
        told.setdefault(visit.began_on, []).append(sentence(f"{held.who} turned to {_mine(held, visit.phase)}{note}"))
    for on, found in by_day.items():
        told.setdefault(on, []).extend(_done(held, on, [step for step in found if step.verb != Verb.CREATE_STUDY]))
    for version in held.versions:
        note = f" {sentence(version.note)}" if version.note.strip() else ""
        told.setdefault(local_day(version.at), []).append(
            f"{_who(held)} kept the map of themes as “{version.label}”.{note}"
        )
    for check in held.checks:
        finding = f": {check.finding}" if check.finding.strip() else ""
        told.setdefault(local_day(check.at), []).append(
            sentence(f"{held.who} reviewed “{check.theme}” {check.level}{finding}")
        )
    for thread in held.comments:
        on_what = "an excerpt" if thread.subject == "excerpt" else f"“{thread.name}”"
        told.setdefault(local_day(thread.at), []).append(f"{thread.author or 'Somebody'} commented on {on_what}.")
    for entry in held.journal:
        kind = f" ({entry.kind})" if entry.kind else ""
        told.setdefault(local_day(entry.at), []).append(f"{_who(held)} wrote in the journal{kind}.")
    return [Day(on, _phases(held, on), tuple(dict.fromkeys(told[on]))) for on in sorted(told) if told[on]]


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


def _done(held: Facts, on: date, found: list[Step]) -> list[str]:
    """What the changes of one day come to: much of a kind is one sentence, each decision has its own."""
    lines = []
    for verbs, words in _MUCH_OF_A_KIND:
        steps = [step for step in found if step.verb in verbs and not _is_decision(step)]
        told = sentence(words(held, on, steps)) if steps else ""
        if told:
            reasons = dict.fromkeys(step.reason.strip() for step in steps if step.reason.strip())
            lines += [told, *(f"Why: {sentence(reason)}" for reason in reasons)]
    return lines + [f"{sentence(past(step))}{why(step)}" for step in found if step.verb in _ALONE or _is_decision(step)]


def _is_decision(step: Step) -> bool:
    """Whether an edit is one that the account tells by itself: another name, another status."""
    return step.verb in (Verb.EDIT_CODE, Verb.EDIT_THEME) and (
        step.label.startswith("Rename") or " is now " in step.label
    )


def past(step: Step) -> str:
    """The label of a change as something that happened."""
    first, _, rest = step.label.partition(" ")
    words = f"{_PAST.get(first, first)} {rest}"
    return words.replace("‘", "“").replace("’ ", "” ").removesuffix("’") + ("”" if step.label.endswith("’") else "")


_PAST = {"Rename": "Renamed", "Merge": "Merged", "Bring": "Brought", "Delete": "Deleted", "Read": "Began to read",
         "Add": "Added", "Copy": "Copied", "Describe": "Described", "Move": "Moved", "Relate": "Related",
         "Turn": "Turned", "Remove": "Removed"}  # fmt: skip
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
    (frozenset((Verb.STATE_APPROACH,)), _just("the approach was stated")),
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
    (frozenset((Verb.EXPORT,)), _just("documents were written from the study")),
)
