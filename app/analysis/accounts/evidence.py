"""The evidence a study holds for the items of a checklist, by name: sentences that judge nothing.

An item of `resources/checklists` names the functions it asks. Where the study holds nothing, a function says nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

from app import __version__
from app.analysis.accounts.facts import Facts
from app.analysis.accounts.methods import people_by_role
from app.analysis.accounts.theme_evidence import BY_THEME
from app.analysis.accounts.wording import common, many, sentence, some
from app.analysis.days import day, span
from app.analysis.map_words import listed
from app.models.verbs import Verb

LONG_REST = 14
"""Days without a change from which on a rest is told of."""

Evidence = Callable[[Facts], list[str]]


def evidence(held: Facts, names: list[str]) -> list[str]:
    """What the study holds for these names, each sentence once."""
    return list(dict.fromkeys(line for name in names for line in FUNCTIONS[name](held)))


def _transcripts_made(held: Facts) -> list[str]:
    alike: dict[str, list[str]] = {}
    for source in held.sources:
        parts = [source.transcription.strip().rstrip(".")] if source.transcription.strip() else []
        if source.checked_by or source.checked_on:
            by = f" by {source.checked_by}" if source.checked_by else ""
            on = f" on {day(source.checked_on)}" if source.checked_on is not None else ""
            parts.append(f"checked against the recording{by}{on}")
        how = "; ".join(parts) or "nothing is written down of how it was made"
        alike.setdefault(how, []).append(source.name)
    return [f"{listed(names)}: {how}." for how, names in alike.items()]


def _transcripts_corrected(held: Facts) -> list[str]:
    made = held.done(Verb.CORRECT, Verb.REPLACE)
    return [sentence(f"Transcripts were corrected {span(step.at for step in made)}")] if made else []


def _coverage(held: Facts) -> list[str]:
    said = []
    for source in held.sources:
        if not source.coded_on:
            parts = ["nothing is coded in it"]
        else:
            by = f" by {listed(source.coders)}" if len(source.coders) > 1 else ""
            parts = [f"it was coded {span(source.coded_on)}{by}"]
            if source.uncoded_turns:
                carry = "carries" if source.uncoded_turns == 1 else "carry"
                parts.append(f"{many(source.uncoded_turns, 'turn')} {carry} no code, which may be right")
        if source.noted:
            parts.append("there are notes beside its text")
        said.append(f"{source.name}: {'; '.join(parts)}.")
    return said


def _calendar(held: Facts) -> list[str]:
    said = [
        sentence(
            f"{visit.phase.value}: from {day(visit.began_at)}"
            + (f" to {day(visit.ended_at)}" if visit.ended_at is not None else ", going on")
            + (" (entered later)" if visit.added_later else "")
        )
        for visit in held.visits
    ]
    days = sorted({step.day for step in held.steps if step.verb != Verb.EXPORT})
    said += [
        f"No change between {day(before)} and {day(after)}."
        for before, after in pairwise(days)
        if (after - before).days >= LONG_REST
    ]
    return said


def _approach(held: Facts) -> list[str]:
    said = [f"{term}: {words}" for term, words in held.approach_now]
    said += [
        sentence(f"Stated anew on {day(one.at)}" + (f": {one.reason}" if one.reason else ""))
        for one in held.approach[1:]
    ]
    return said


def _questions(held: Facts) -> list[str]:
    return [line.strip() for line in held.sheet.questions.splitlines() if line.strip()]


def _framework(held: Facts) -> list[str]:
    if held.lens is None:
        return []
    mapped = held.done(Verb.MAP)
    if not mapped or not held.mappings:
        return []
    return [f"Read through {held.lens.name}; themes were mapped to it {span(step.at for step in mapped)}."]


def _from_the_log(held: Facts) -> list[str]:
    said = ["The methods facts are made from the study’s own log; what has no event stands there as a blank."]
    by_verb = (
        (Verb.EDIT_CODE, "Rename", "codes were renamed"),
        (Verb.MERGE_CODES, "", "codes were merged"),
        (Verb.SPLIT_CODE, "", "codes were split"),
        (Verb.SET_ASIDE_CODE, "Set aside", "codes were set aside"),
        (Verb.SET_ASIDE_CODE, "Bring back", "codes were brought back"),
        (Verb.EDIT_THEME, "Rename", "themes were renamed"),
        (Verb.MERGE_THEMES, "", "themes were merged"),
        (Verb.SPLIT_THEME, "", "themes were split"),
    )
    for verb, begins, words in by_verb:
        made = [step for step in held.done(verb) if step.label.startswith(begins)]
        if made:
            said.append(sentence(f"{words} {span(step.at for step in made)}"))
    return said


def _positioned(held: Facts) -> list[str]:
    said = [f"{term}: {words}" for term, words in held.approach_now if "position" in term.casefold()]
    entries = [entry for entry in held.journal if "position" in entry.kind.casefold()]
    if entries:
        said.append(f"The journal speaks of positionality {span(entry.at for entry in entries)}.")
    return said


def _journal_kept(held: Facts) -> list[str]:
    if not held.journal:
        return []
    kinds = some(dict.fromkeys(entry.kind for entry in held.journal if entry.kind), quoted=False)
    on = f" on {kinds}" if kinds else ""
    return [sentence(f"{held.who} wrote in the journal {span(entry.at for entry in held.journal)}{on}")]


def _others(held: Facts) -> list[str]:
    said = [f"Researchers in the study: {some((name for name, _ in held.researchers), quoted=False)}."]
    if held.comments:
        by = listed(dict.fromkeys(thread.author or "somebody unnamed" for thread in held.comments))
        said.append(f"{by} commented {span(thread.at for thread in held.comments)}.")
    return said if held.researchers else said[1:]


def _coders(held: Facts) -> list[str]:
    names = list(dict.fromkeys(name for source in held.sources for name in source.coders))
    return [f"Coded by {listed(names)}."] if names else []


def _coding(held: Facts) -> list[str]:
    return [sentence(f"{held.who} coded {span(held.coded_on)}")] if held.coded_on else []


def _codes_over_time(held: Facts) -> list[str]:
    first = held.codes_at_first
    now = len(held.active_codes)
    said = [f"Now {many(now, 'code')} {'is' if now == 1 else 'are'} in use."] if held.codes else []
    if first is not None:
        were = "was" if first[0] == 1 else "were"
        said.insert(0, f"When the first theme was made, on {day(first[1])}, there {were} {many(first[0], 'code')}.")
    return said


def _people(held: Facts) -> list[str]:
    people = sum(held.roles.values())
    return [f"{many(people, 'person', 'people')}: {people_by_role(held)}."] if people else []


def _left(held: Facts) -> list[str]:
    return [f"{many(held.withdrawn, 'person', 'people')} withdrew."] if held.withdrawn else []


def _groups(held: Facts) -> list[str]:
    return [
        f"{group.label}: " + "; ".join(
            part for part in (
                day(group.held_on) if group.held_on is not None else "",
                many(group.minutes, "minute") if group.minutes else "",
                common(group.composition.strip().rstrip(".")),
            ) if part
        ) + "."
        for group in held.groups if group.held_on is not None or group.minutes or group.composition.strip()
    ]  # fmt: skip


def _of_groups(field: str, words: str) -> Evidence:
    def said(held: Facts) -> list[str]:
        found: dict[str, list[str]] = {}
        for group in held.groups:
            value = getattr(group, field)
            if value:
                found.setdefault(str(value).strip(), []).append(group.label)
        return [f"{listed(labels)}: {value.rstrip('.')}{words}." for value, labels in found.items()]

    return said


def _field_notes(held: Facts) -> list[str]:
    noted = [group.label for group in held.groups if group.field_note.strip()]
    return [f"There are field notes on {listed(noted)}."] if noted else []


def _attribution(held: Facts) -> list[str]:
    return [f"Quotes are attributed by {held.sheet.attribution_template.replace('{', '').replace('}', '')}."]


def _program(held: Facts) -> list[str]:  # noqa: ARG001
    return [f"Reflexa, version {__version__}."]


FUNCTIONS: dict[str, Evidence] = {
    "transcripts_made": _transcripts_made,
    "transcripts_corrected": _transcripts_corrected,
    "coverage": _coverage,
    "calendar": _calendar,
    "approach": _approach,
    "questions": _questions,
    "framework": _framework,
    "from_the_log": _from_the_log,
    "positioned": _positioned,
    "journal_kept": _journal_kept,
    "others": _others,
    "coders": _coders,
    "coding": _coding,
    "codes_over_time": _codes_over_time,
    "people": _people,
    "left": _left,
    "groups": _groups,
    "moderators": _of_groups("moderator", ""),
    "places": _of_groups("place", ""),
    "guides": _of_groups("guide", ""),
    "minutes": _of_groups("minutes", " minutes"),
    "field_notes": _field_notes,
    "attribution": _attribution,
    "program": _program,
    **BY_THEME,
}
"""{name in the lists: what answers to it}."""
