"""Facts for a methods section: numbers and dates from what was logged, and a blank where nothing was.

Nothing is claimed that has no event behind it. The sentences are a quarry, not a finished section.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from app import __version__
from app.analysis.accounts.facts import Facts
from app.analysis.accounts.wording import are, blank, common, many, sentence, some, times, were
from app.analysis.days import day, span
from app.analysis.map_words import listed
from app.models.kinds import CodeOrigin, CodeStatus, Phase, ReviewStatus, ThemeKind, ThemeStatus
from app.models.verbs import Verb


@dataclass(frozen=True)
class Part:
    """A part of the account with its sentences, a paragraph each. Blanks stand in square brackets: [say ...]."""

    title: str
    lines: tuple[str, ...]


def methods(held: Facts) -> list[Part]:
    """All parts, in the order in which a methods section tells them."""
    return [
        Part("Approach", tuple(_approach(held))),
        Part("Groups and people", tuple(_groups(held))),
        Part("Transcription", tuple(_transcription(held))),
        Part("Phases, and returns between them", tuple(_phases(held))),
        Part("Coding", tuple(_coding(held))),
        Part("Themes", tuple(_themes(held))),
        Part("The framework", tuple(_framework(held))),
        Part("Working with others", tuple(_others(held))),
        Part("Reflexivity", tuple(_reflexivity(held))),
        Part("Program", (_program(),)),
    ]


def _program() -> str:
    return f"The study was kept in Reflexa, version {__version__}; it suggests no codes and no themes."


def _approach(held: Facts) -> list[str]:
    said = [f"{term}: {words}" for term, words in held.approach_now] or [
        blank("which variant of thematic analysis, from which stance, and why it fits the question")
    ]
    if len(held.approach) > 1:
        said.append(
            f"The approach was first stated on {day(held.approach[0].at)} and stated anew on "
            f"{listed(day(one.at) for one in held.approach[1:])}."
        )
        said += [sentence(f"Why, on {day(one.at)}: {one.reason}") for one in held.approach[1:] if one.reason]
    return said


def _groups(held: Facts) -> list[str]:
    if not held.groups:
        return [blank("how many groups or interviews there were, with whom, when and for how long")]
    dates = [group.held_on for group in held.groups if group.held_on is not None]
    met = f" {span(dates)}" if dates else ""
    said = [sentence(f"{many(len(held.groups), 'focus group')} met{met}")]
    if len(dates) < len(held.groups):
        said.append(blank(f"when {some((one.label for one in held.groups if one.held_on is None), quoted=False)} met"))
    people = sum(held.roles.values())
    if people:
        roles = people_by_role(held)
        people_there = many(people, "person", "people")
        said.append(sentence(f"{people_there} took part: {roles}"))
    else:
        said.append(blank("who took part"))
    timed = {group.label: group.minutes for group in held.groups if group.minutes}
    if timed:
        lengths = sorted(timed.values())
        how_long = f"{lengths[0]} minutes" if lengths[0] == lengths[-1] else f"{lengths[0]} to {lengths[-1]} minutes"
        said.append(
            f"The groups talked for {how_long} each." if len(timed) > 1 else f"The group talked for {how_long}."
        )
    missing = [group.label for group in held.groups if not group.minutes]
    if missing:
        said.append(blank(f"how long {some(missing, quoted=False)} talked"))
    guides = {group.guide.strip() for group in held.groups if group.guide.strip()}
    said.append(
        sentence(f"The question guide: {'; '.join(sorted(guides))}")
        if guides
        else blank("which question guide was used")
    )
    moderators = {group.moderator.strip() for group in held.groups if group.moderator.strip()}
    if not moderators:
        said.append(blank("who moderated, and what they were to the participants"))
    return said


def people_by_role(held: Facts) -> str:
    """Each role with its number; where one role has so few that somebody could be recognised, without numbers."""
    if any(number < held.sheet.smallest_group for number in held.roles.values()):
        return listed(map(common, held.roles))
    return listed(many(number, common(role)) for role, number in held.roles.items())


def _transcription(held: Facts) -> list[str]:
    if not held.sources:
        return [blank("how the talk was written down")]
    words = sum(source.words for source in held.sources)
    said = [sentence(f"{many(len(held.sources), 'transcript')} with {many(words, 'word')} came in "
                     f"{span(source.imported_at for source in held.sources)}")]  # fmt: skip
    styles = list(dict.fromkeys(source.transcription.strip() for source in held.sources if source.transcription))
    said.append(sentence(f"How they were transcribed: {'; '.join(styles)}") if styles
                else blank("in what style the talk was written down, and by whom"))  # fmt: skip
    checked = [source for source in held.sources if source.checked_on is not None or source.checked_by]
    alike: dict[str, list[str]] = {}
    for source in checked:
        by = f" by {source.checked_by}" if source.checked_by else ""
        on = f" on {day(source.checked_on)}" if source.checked_on is not None else ""
        alike.setdefault(f"checked against the recording{by}{on}.", []).append(source.name)
    said += [f"{some(names)} {'was' if len(names) == 1 else 'were'} {how}" for how, names in alike.items()]
    unchecked = [source.name for source in held.sources if source not in checked]
    if unchecked:
        said.append(blank(f"whether and by whom {some(unchecked)} {'was' if len(unchecked) == 1 else 'were'} checked "
                          "against the recording"))  # fmt: skip
    corrected = held.done(Verb.CORRECT, Verb.REPLACE)
    if corrected:
        said.append(sentence(f"Transcripts were corrected in the program {span(step.at for step in corrected)}"))
    return said


def _phases(held: Facts) -> list[str]:
    if not held.visits:
        return [blank("how the work moved between the phases: no visit to a phase was recorded")]
    said = []
    for phase in Phase:
        here = [visit for visit in held.visits if visit.phase == phase]
        if not here:
            continue
        began = listed(day(visit.began_at) for visit in here)
        said.append(sentence(f"{phase.value}: entered on {began}"))
    places = list(Phase)
    order = [places.index(visit.phase) for visit in held.visits]
    back = sum(1 for before, after in pairwise(order) if after < before)
    if back:
        said.append(sentence(f"{held.who} went back to an earlier phase {times(back)}"))
    later = sum(visit.added_later for visit in held.visits)
    if later:
        said.append(sentence(f"{many(later, 'visit')} {'was' if later == 1 else 'were'} entered or corrected later"))
    return said


def _coding(held: Facts) -> list[str]:
    if not held.coded_on:
        return [blank("how the coding was done: nothing is coded yet")]
    said = [sentence(f"{held.who} coded {span(held.coded_on)}, on {many(len(held.coded_on), 'day')}")]
    coders = list(dict.fromkeys(name for source in held.sources for name in source.coders))
    if len(coders) > 1:
        for name in coders:
            mine = [source.name for source in held.sources if name in source.coders]
            said.append(f"{name} coded in {some(mine)}.")
    without = [source.name for source in held.sources if not source.coded_on]
    if without:
        said.append(sentence(f"nothing is coded in {some(without)}"))
    now = len(held.active_codes)
    aside = [code for code in held.codes if code.status == CodeStatus.SET_ASIDE]
    first = held.codes_at_first
    if first is not None:
        then, begun = first
        said.append(f"When the first theme was made, on {day(begun)}, there {were(then)} {many(then, 'code')}; "
                    f"now there {are(now)} {many(now, 'code')} in use.")  # fmt: skip
    else:
        said.append(f"There {are(now)} {many(now, 'code')} in use now.")
    if aside:
        said.append(f"{many(len(aside), 'code')} {are(len(aside))} set aside.")
    renamed = [step for step in held.done(Verb.EDIT_CODE) if step.label.startswith("Rename")]
    changes = [
        f"{words} {times(len(found))}"
        for words, found in (
            ("codes were renamed", renamed),
            ("merged", held.done(Verb.MERGE_CODES)),
            ("split", held.done(Verb.SPLIT_CODE)),
        )
        if found
    ]
    if changes:
        if not renamed:
            changes[0] = f"codes were {changes[0]}"
        said.append(sentence(listed(changes)))
    origins = {code.origin for code in held.codes if code.origin is not None}
    if origins:
        kinds = []
        for origin, word in ((CodeOrigin.INDUCTIVE, "as inductive"), (CodeOrigin.IN_VIVO, "as in vivo"),
                             (CodeOrigin.THEORY_LED, "as led by theory")):  # fmt: skip
            number = sum(code.origin == origin for code in held.codes)
            if number:
                kinds.append(f"{number} {word}")
        said.append(sentence(f"of all codes, {held.who} marked {listed(kinds)}"))
    else:
        said.append(blank("whether codes were inductive, in vivo or led by theory"))
    return said


def _themes(held: Facts) -> list[str]:
    if not held.themes:
        return [blank("how themes were developed: none has been made yet")]
    standing = held.standing_themes
    below = sum(row.kind == ThemeKind.SUBTHEME and row.status != ThemeStatus.LET_GO for row in held.themes)
    with_them = f" with {many(below, 'subtheme')}" if below else ""
    first = "the first of those that stand now was" if len(standing) > 1 else "it was"
    since = held.standing_since
    said = [
        sentence(f"{held.who} developed {many(len(standing), 'theme')}{with_them}; {first} made on {day(since)}")
        if since is not None
        else blank("which themes the analysis came to: all those that were made were let go")
    ]
    made = held.done(Verb.CREATE_THEME, Verb.SPLIT_THEME)
    gone = [row.name for row in held.themes if row.status == ThemeStatus.LET_GO]
    if len(made) > len(held.themes):
        said.append(f"In all, {many(len(made), 'theme')} and subthemes were made on the way.")
    if gone:
        said.append(sentence(f"{held.who} let go of {some(gone)}"))
    acts = [
        f"{words} {times(len(found))}"
        for words, found in (
            ("merged", held.done(Verb.MERGE_THEMES)),
            ("split", held.done(Verb.SPLIT_THEME)),
        )
        if found
    ]
    if acts:
        said.append(f"Themes were {listed(acts)}.")
    for status in (ThemeStatus.DEFINED, ThemeStatus.DEVELOPED, ThemeStatus.CANDIDATE):
        here = [row.name for row in standing if row.status == status]
        if here:
            said.append(sentence(f"{status.value}: {some(here)}"))
    for version in held.versions:
        note = f" {sentence(version.note)}" if version.note.strip() else ""
        said.append(f"On {day(version.at)} the theme map was kept as “{version.label}”.{note}")
    if not held.versions:
        said.append(blank("how the map of themes came about: no version of it was kept"))
    for level in dict.fromkeys(check.level for check in held.checks):
        found = [check for check in held.checks if check.level == level]
        one = len({check.theme for check in found}) == 1
        against = level if one else level.replace(" its ", " their ")
        said.append(sentence(f"{some(check.theme for check in found)} {'was' if one else 'were'} "
                             f"reviewed {against} {span(check.at for check in found)}"))  # fmt: skip
    if not held.checks:
        said.append(blank("how themes were reviewed against their excerpts and against the whole data: no review is "
                          "recorded"))  # fmt: skip
    return said


def _framework(held: Facts) -> list[str]:
    lens = held.lens
    if lens is None:
        return [blank("whether a theory led the reading, and from when on")]
    source = f" ({lens.citation.rstrip('.')})" if lens.citation else ""
    mapped = held.done(Verb.MAP)
    if not mapped or not held.mappings:
        return [blank(f"whether and how {lens.name}{source} came in: no theme is mapped to it")]
    said = [f"The themes were read through {lens.name}{source}."]
    if held.coded_on:
        said.append(
            f"Coding began on {day(held.coded_on[0])}; themes were mapped to the framework "
            f"{span(step.at for step in mapped)}."
        )
    without = [row.name for row in held.standing_themes if row.id not in {one.theme_id for one in held.mappings}]
    if without:
        said.append(sentence(f"not mapped: {some(without)}"))
    misses = [row.name for row in held.themes if held.unexplained.get(row.id, "").strip()]
    if misses:
        said.append(sentence(f"{held.who} wrote down what the framework does not explain of {some(misses)}"))
    return said


def _others(held: Facts) -> list[str]:
    said = []
    people = [f"{name} ({role})" if role else name for name, role in held.researchers]
    if people:
        said.append(sentence(f"researchers in the study: {listed(people)}"))
    if held.comments:
        by = listed(dict.fromkeys(thread.author or "somebody unnamed" for thread in held.comments))
        replies = sum(len(thread.replies) for thread in held.comments)
        answered = f", with {many(replies, 'reply', 'replies')}" if replies else ""
        said.append(f"{by} wrote {many(len(held.comments), 'comment')} on the analysis "
                    f"{span(thread.at for thread in held.comments)}{answered}.")  # fmt: skip
        waiting = sum(thread.status == ReviewStatus.OPEN for thread in held.comments)
        if waiting:
            said.append(f"{many(waiting, 'comment')} {'is' if waiting == 1 else 'are'} still open.")
    else:
        said.append(blank("how others took part in the analysis: no comment is recorded"))
    said.append(blank("whether a second person read or coded a transcript, and what came of talking about it"))
    return said


def _reflexivity(held: Facts) -> list[str]:
    said = []
    if held.journal:
        kinds = some(dict.fromkeys(entry.kind for entry in held.journal if entry.kind), quoted=False)
        on = f" on {kinds}" if kinds else ""
        said.append(sentence(f"{held.who} kept a reflexive journal {span(entry.at for entry in held.journal)}{on}"))
    else:
        said.append(blank("how reflexivity was practised: the journal holds no entry that may be told of"))
    if held.memos:
        said.append(sentence(f"memos were written {span(at for _, at in held.memos)}"))
    if not any("positional" in term.casefold() for term, _ in held.approach_now):
        said.append(blank("who you are to the people and the topic, and how that shaped the reading"))
    return said
