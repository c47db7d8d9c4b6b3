"""The audit report after Halpern's six classes: how the study came about, for somebody who was not there.

It quotes no participant, tells no clock time and scores nothing; private journal entries are not in it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from sqlalchemy.orm import Session

from app import __version__
from app.analysis.accounts.evidence import evidence
from app.analysis.accounts.facts import Facts
from app.analysis.accounts.methods import people_by_role
from app.analysis.accounts.timeline import days, decisions
from app.analysis.accounts.wording import many, sentence, some, times
from app.analysis.days import day, span
from app.analysis.exports import export_rows
from app.analysis.genealogy import Genealogy, restructured, told_of
from app.analysis.map_compare import compare
from app.analysis.map_content import MapContent, frozen_content, live_content
from app.analysis.map_words import listed
from app.exporters.audit_figures import lives_figures, phases_figure
from app.exporters.document import Block, Cell, Column, Document, Heading, PageBreak, Row, Table, paragraphs
from app.exporters.journal import chosen_entries, told
from app.exporters.options import ExportOptions
from app.exporters.study_head import study_title
from app.exporters.telling import account, led, point, quiet, said
from app.models.kinds import ThemeKind, ThemeStatus
from app.models.verbs import Verb

_GROUPS = ("Group", "Met on", "Length", "Who was there", "Moderator")
HOW_TO_READ = (
    "After a short account, and the study day by day, the report follows the six classes of an audit trail (Halpern "
    "1983, in Lincoln and Guba 1985). What it says comes from the study’s own log: each change was written down with "
    "its day, and with its reason where one was given. What was taken back again is left out."
)


def build(session: Session, options: ExportOptions) -> Document:
    """The whole report."""
    held = Facts(session)
    parts: list[tuple[str, list[Block]]] = [
        ("The study in short", _in_short(held)),
        ("Day by day", _day_by_day(held)),
        ("1. Raw data", _raw(held)),
        ("2. Data reduction and analysis products", _reduction(held)),
        ("3. Reconstruction and synthesis products", _synthesis(session, held)),
        ("4. Process notes", _process(session, held, options)),
        ("5. Intentions and dispositions", _intentions(session, held, options)),
        ("6. Development of instruments", _instruments(held)),
        ("Annex: fingerprints of the files", _fingerprints(held)),
    ]
    blocks: list[Block] = []
    for place, (title, part) in enumerate(parts):
        blocks += [*([PageBreak()] if place == 2 else []), Heading(title), *part]
    return account(
        f"Audit report: {study_title(session)}",
        f"How the analysis came about, as the study tells it on {day(options.at)}.",
        options.at,
        [("How to read it", HOW_TO_READ), ("Made with", f"Reflexa, version {__version__}")],
        blocks,
    )


# In short, and day by day -------------------------------------------------------------------------------------------


def _in_short(held: Facts) -> list[Block]:
    blocks: list[Block] = [led("Question", line) for line in evidence(held, ["questions"])]
    people = sum(held.roles.values())
    if held.groups:
        met = span(group.held_on for group in held.groups if group.held_on is not None)
        with_whom = ""
        if people:
            whom = people_by_role(held)
            alone = len(held.roles) == 1 and whom[:1].isdigit()
            with_whom = f" with {whom}" if alone else f" with {many(people, 'person', 'people')} ({whom})"
        groups = many(len(held.groups), "focus group")
        blocks.append(said(sentence(f"{groups} met{f' {met}' if met else ''}{with_whom}")))
    if held.researchers:
        names = listed(f"{name} ({role})" if role else name for name, role in held.researchers)
        blocks.append(said(sentence(f"the work was done by {names}")))
    if held.steps:
        worked = span(step.at for step in held.steps if step.verb != Verb.EXPORT)
        blocks.append(said(f"The work in the program was done {worked}."))
    lives = held.codes_lived.lives
    if lives:
        blocks.append(said(
            f"In all, {many(len(lives), 'code')} {'was' if len(lives) == 1 else 'were'} made on the way; "
            f"{many(len(held.active_codes), 'code')} {'is' if len(held.active_codes) == 1 else 'are'} in use now."
        ))  # fmt: skip
    if held.standing_themes:
        blocks.append(said(sentence(f"{held.who} came to {many(len(held.standing_themes), 'theme')}: "
                                    f"{some(row.name for row in held.standing_themes)}")))  # fmt: skip
    if held.versions:
        kept = listed(f"“{one.label}” ({day(one.at)})" for one in held.versions)
        blocks.append(said(f"The map of themes was kept as {kept}."))
    return blocks or [said("Nothing was done in this study yet.")]


def _day_by_day(held: Facts) -> list[Block]:
    blocks: list[Block] = []
    before: tuple[str, ...] = ()
    for one in days(held):
        blocks.append(Heading(day(one.on), 3))
        if one.phases and one.phases != before:
            blocks.append(quiet(sentence(f"while {listed(one.phases)}")))
        before = one.phases
        blocks += [point(line) for line in one.lines]
    return blocks or [said("Nothing was done in this study yet.")]


# The six classes ----------------------------------------------------------------------------------------------------


def _raw(held: Facts) -> list[Block]:
    if not held.sources and not held.groups:
        return [said("No data are in the study yet.")]
    blocks: list[Block] = []
    if held.groups:
        groups = [
            (
                group.label,
                day(group.held_on) if group.held_on is not None else "",
                many(group.minutes, "minute") if group.minutes else "",
                group.composition.strip(),
                group.moderator.strip(),
            )
            for group in held.groups
        ]
        blocks.append(_table("Groups", _GROUPS, (2, 3, 2, 5, 4), groups))
    rows = []
    for source in held.sources:
        made = [source.transcription.strip().rstrip(".")] if source.transcription.strip() else []
        if source.checked_by or source.checked_on is not None:
            by = f" by {source.checked_by}" if source.checked_by else ""
            on = f" on {day(source.checked_on)}" if source.checked_on is not None else ""
            made.append(f"checked against the recording{by}{on}")
        rows.append((source.name, day(source.imported_at), sentence("; ".join(made)) or "Nothing was written down."))
    if rows:
        blocks.append(_table("Transcripts", ("Transcript", "Came in on", "How it was made"), (3, 3, 8), rows))
    corrected = held.done(Verb.CORRECT, Verb.REPLACE, Verb.EDIT_TURNS)
    if corrected:
        blocks.append(said(sentence(f"transcripts were corrected after they came in, {span(s.at for s in corrected)}")))
    if held.done(Verb.PSEUDONYMISE):
        blocks.append(said(sentence(f"names were replaced {span(s.at for s in held.done(Verb.PSEUDONYMISE))}")))
    gone = f"{many(held.withdrawn, 'person', 'people')} withdrew; nothing of what they said is told here."
    blocks.append(said(gone if held.withdrawn else "Nobody is recorded as having withdrawn."))
    blocks += [Heading("What was coded of each transcript", 2), *map(point, evidence(held, ["coverage"]))]
    return blocks


def _reduction(held: Facts) -> list[Block]:
    blocks: list[Block] = [said(line) for line in evidence(held, ["codes_over_time"])]
    if not held.codes:
        return [said("There are no codes yet.")]
    blocks.append(
        said(sentence(f"{held.who} coded {span(held.coded_on)}") if held.coded_on else "Nothing is coded yet.")
    )
    blocks += [Heading("How codes changed", 2), *_lives(held.codes_lived)]
    aside = [code for code in held.codes if code.status.value == "set aside"]
    if aside:
        blocks.append(Heading("Codes set aside", 2))
        for code in aside:
            reason = code.set_aside_reason.strip() or "no reason was written down"
            blocks.append(point(f"“{code.name}”: {reason.rstrip('.')}."))
    return blocks


def _synthesis(session: Session, held: Facts) -> list[Block]:
    if not held.themes and not held.versions:
        return [said("There are no themes yet.")]
    blocks: list[Block] = [Heading("Themes as they stand", 2)]
    names = {code.id: code.name for code in held.codes}
    entries = {entry.id: entry.name for entry in held.lens.entries} if held.lens is not None else {}
    order = {key: place for place, key in enumerate(entries)}
    for row in held.themes:
        if row.status == ThemeStatus.LET_GO or row.kind == ThemeKind.SUBTHEME:
            continue
        blocks.append(Heading(row.name, 3))
        blocks.append(quiet(sentence(f"{row.kind.value}, {row.status.value}")))
        blocks += paragraphs(row.concept)
        below = [one for one in held.themes if one.parent_id == row.id and one.status != ThemeStatus.LET_GO]
        for one in (row, *below):
            codes = some((names[code_id] for code_id, _ in one.codes if code_id in names), 20)
            if one is not row:
                blocks.append(point(f"Under it stands “{one.name}”" + (f", fed by {codes}." if codes else ".")))
            elif codes:
                blocks.append(point(f"Fed by {codes}."))
        for mapping in sorted(held.mappings, key=lambda one: order.get(one.entry_id, 0)):
            if mapping.theme_id == row.id and mapping.entry_id in entries:
                rationale = f": {sentence(mapping.rationale)}" if mapping.rationale.strip() else "."
                how = f"{mapping.weight.value}, {mapping.direction.value}"
                blocks.append(point(f"{entries[mapping.entry_id]} ({how}){rationale}"))
        if held.unexplained.get(row.id, "").strip():
            blocks.append(point(f"What the framework does not explain: {held.unexplained[row.id].strip()}"))
    blocks += [Heading("How themes changed", 2), *_lives(held.themes_lived)]
    blocks += [Heading("From map to map", 2), *_maps(session, held)]
    return blocks


def _maps(session: Session, held: Facts) -> list[Block]:
    if not held.versions:
        return [said("No version of the map was kept.")]
    kept: list[tuple[str, MapContent]] = []
    blocks: list[Block] = []
    for version in held.versions:
        content = frozen_content(session, version.id)
        if content is None:
            continue
        kept.append((f"“{version.label}” ({day(version.at)})", content))
    first = kept[0] if kept else None
    if first is not None:
        tops = some((theme.name for theme in first[1].themes if theme.parent_id is None), 20)
        blocks.append(said(f"The first map, {first[0]}, held {tops}." if tops else f"{first[0]} was empty."))
    notes = {f"“{version.label}” ({day(version.at)})": version.note for version in held.versions}
    for (before, older), (after, newer) in pairwise([*kept, ("now", live_content(session))]):
        blocks.append(Heading(f"From {before} to {after}", 3))
        blocks += paragraphs(notes.get(after, ""))
        changes = compare(older, newer)
        blocks += [point(change.words) for change in changes] or [said("Nothing has changed since.")]
    return blocks


def _process(session: Session, held: Facts, options: ExportOptions) -> list[Block]:
    blocks: list[Block] = [Heading("Phases", 2)]
    if held.visits:
        blocks.append(said("Phases are places one comes back to; what follows is where the researcher said to be."))
        blocks.append(phases_figure(held, options.at))
        for visit in held.visits:
            until = f" to {day(visit.ended_at)}" if visit.ended_at is not None else ", going on"
            later = " (entered later)" if visit.added_later else ""
            note = f". {visit.note}" if visit.note.strip() else ""
            blocks.append(point(sentence(f"{visit.phase.value}: from {day(visit.began_at)}{until}{later}{note}")))
    else:
        blocks.append(said("No visit to a phase was recorded."))
    blocks.append(Heading("Decisions and their reasons", 2))
    reasoned = decisions(held, held.reasoned)
    blocks += [point(f"{day(step.at)}: {words}") for step, words in reasoned] or [said("No reason was written down.")]
    blocks.append(Heading("Reviews of themes", 2))
    blocks += [point(line) for line in evidence(held, ["reviewed"])] or [said("No review is recorded.")]
    blocks.append(Heading("Comments and what became of them", 2))
    for thread in held.comments:
        sort = {"code": "the code ", "theme": "the theme ", "version": "the map "}.get(thread.subject, "")
        on_what = "an excerpt" if thread.subject == "excerpt" else f"{sort}“{thread.name}”"
        blocks.append(Heading(f"{thread.author or 'Somebody'} on {on_what}, {day(thread.at)}", 3))
        blocks.append(quiet(" · ".join(part for part in (thread.kind, thread.status.value) if part)))
        blocks += paragraphs(thread.text)
        blocks += [led(f"{reply.author or 'Reply'}, {day(reply.at)}", reply.text) for reply in thread.replies]
    if not held.comments:
        blocks.append(said("Nobody has commented."))
    from app.exporters.registry import KINDS  # it names this module

    left, titles = export_rows(session), {kind.name: kind.title for kind in KINDS}
    blocks.append(Heading("What left the study", 2))
    lines = Counter(
        f"{day(row.at)}: {titles.get(row.kind, row.kind)}{f', for {row.to_whom}' if row.to_whom else ''}"
        for row in reversed(left)
    )
    blocks += [point(f"{line} ({times(number)})." if number > 1 else f"{line}.") for line, number in lines.items()] or [
        said("Nothing has left the study before this report.")
    ]
    return blocks


def _intentions(session: Session, held: Facts, options: ExportOptions) -> list[Block]:
    blocks: list[Block] = [Heading("Approach", 2)]
    for place, one in enumerate(held.approach):
        if len(held.approach) > 1:
            blocks.append(Heading(f"As stated on {day(one.at)}", 3))
            if place and one.reason:
                blocks.append(led("Why it was stated anew", one.reason))
        before = held.approach[place - 1].parts if place else ()
        blocks += [led(term, words) for term, words in one.parts if (term, words) not in before]
        if set(before) & set(one.parts):
            blocks.append(quiet("All else as before."))
    if not held.approach:
        blocks.append(said("No approach was stated."))
    chosen = chosen_entries(session, options)
    blocks.append(Heading("From the journal", 2))
    blocks += (
        told(chosen, 3, names=len(held.researchers) > 1) if chosen else [said("No entry of the journal is told here.")]
    )
    return blocks


def _instruments(held: Facts) -> list[Block]:
    blocks: list[Block] = []
    guides: dict[str, list[str]] = {}
    for group in held.groups:
        if group.guide.strip():
            guides.setdefault(group.guide.strip(), []).append(group.label)
    blocks += [led(f"Question guide, {listed(labels)}", sentence(guide)) for guide, labels in guides.items()]
    if not guides:
        blocks.append(said("Which question guide was used is not written down."))
    if held.lens is not None and held.mappings:
        source = f" {held.lens.citation}" if held.lens.citation else ""
        blocks.append(led("The lens one read through", f"{held.lens.name}.{source}"))
    for step in held.done(Verb.EDIT_LENS):
        words = step.label.replace("‘", "“").replace("’", "”")
        blocks.append(point(f"{day(step.at)}: {sentence(words)}"))
    return blocks


def _fingerprints(held: Facts) -> list[Block]:
    rows = [(source.name, source.file_name, source.file_hash, source.text_hash) for source in held.sources]
    if not rows:
        return [said("There are no files.")]
    about = "Whoever has the files can check that they are the ones the study speaks of (SHA-256)."
    columns = ("Transcript", "File", "Of the file that came in", "Of the text as it is now")
    return [said(about), _table("Fingerprints", columns, (3, 3, 5, 5), rows)]


# Pieces -------------------------------------------------------------------------------------------------------------


def _lives(found: Genealogy) -> list[Block]:
    """The eventful lives one by one; of the others only that there are such."""
    eventful = restructured(found)
    blocks: list[Block] = [*lives_figures(eventful)]
    for life in eventful.lives:
        blocks.append(Heading(life.name, 3))
        blocks += [point(f"{day(event.at)}: {told_of(event)}") for event in life.events]
    sorts, ended = ("codes", "set aside") if found.sort == "code" else ("themes and subthemes", "let go")
    rest = len(found.lives) - len(eventful.lives)
    if rest and not eventful.empty:
        blocks.append(said(f"The other {sorts} were made and kept their names."))
    elif rest:
        blocks.append(said(f"All {sorts} were made and kept their names; none was merged, split or {ended}."))
    return blocks or [said(f"The log tells of no {found.sort}.")]


def _table(title: str, titles: tuple[str, ...], widths: tuple[float, ...], rows: Sequence[tuple[str, ...]]) -> Table:
    """A table of plain words; columns in which nothing stands are left out."""
    filled = [place for place in range(len(titles)) if any(row[place] for row in rows)]
    columns = tuple(Column(titles[place], widths[place]) for place in filled)
    cells: list[tuple[Cell, ...]] = [tuple(paragraphs(row[place]) for place in filled) for row in rows]
    return Table(title, columns, tuple(Row(one) for one in cells), dense=False)
