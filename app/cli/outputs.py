"""The command that writes documents: export."""

from __future__ import annotations

from argparse import Namespace
from datetime import date

from app.analysis.tables import Meeting, TableQuestion
from app.cli.errors import DONE, UsageError
from app.cli.names import participant_named
from app.cli.opening import for_export
from app.cli.speech import say, show, show_json
from app.exporters.options import ExportOptions, JournalChoice, RefiTarget, TableShown
from app.exporters.registry import export as write_document
from app.study import Study


def export(arguments: Namespace) -> int:
    """Write a document and register that it left; whose words had to stay out is said."""
    if arguments.output.resolve() == arguments.study.resolve():
        raise UsageError("The document would overwrite the study. Give it another name.")
    with for_export(arguments) as study:
        participant = _participant(study, arguments.participant)
        written = write_document(
            study,
            arguments.kind,
            arguments.output,
            force=arguments.force,
            to_whom=arguments.to_whom,
            options=ExportOptions(
                counts=arguments.counts,
                table=_table(arguments),
                map_version=arguments.version,
                map_codes=arguments.codes,
                since=arguments.since,
                target=RefiTarget(arguments.target),
                names=arguments.names,
                times=arguments.times,
                attributes=arguments.attributes,
                entries=arguments.entries,
                refused=arguments.refused,
                archive=arguments.archive,
                small_groups=arguments.small_groups,
                checklist=arguments.checklist,
                participant=participant,
                journal=_journal(arguments),
                about=arguments.about,
            ),
        )
    notes = list(written.warnings)
    if written.withheld:
        notes.append(f"Withheld for want of consent: {_counted(written.withheld, 'quote')}.")
    if written.consent_not_recorded:
        people = _counted(written.consent_not_recorded, "participant")
        notes.append(f"Quoted although no consent to quote is recorded either way: {people}.")
    if arguments.json:
        show_json({"kind": written.kind, "file": str(written.path), "warnings": notes})
        return DONE
    show(f"Wrote {written.path}")
    for note in notes:
        say(note)
    return DONE


def _participant(study: Study, name: str) -> str:
    """The key of the participant that an export is about."""
    if not name:
        return ""
    with study.read() as session:
        return participant_named(session, name)


def _journal(arguments: Namespace) -> JournalChoice:
    """Which entries of the journal leave. Raises UsageError for what is no day."""
    days = []
    for words in (arguments.first_day, arguments.last_day):
        try:
            days.append(date.fromisoformat(words) if words else None)
        except ValueError:
            raise UsageError(f"“{words}” is not a day. Write days as year-month-day: 2026-03-31.") from None
    return JournalChoice(
        frozenset(arguments.entry) if arguments.entry else None,
        frozenset(arguments.entry_kind) if arguments.entry_kind else None,
        *days,
    )


def _table(arguments: Namespace) -> TableShown:
    """What a table of codes shall hold; the kind of export says what its columns are."""
    meeting = Meeting.SAME_TURN if arguments.same_turn else Meeting.OVERLAPPING
    return TableShown(TableQuestion(meeting=meeting, beneath=arguments.beneath, set_aside=arguments.set_aside))


def _counted(number: int, thing: str) -> str:
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"
