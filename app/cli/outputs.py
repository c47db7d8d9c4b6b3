"""The command that writes documents: export."""

from __future__ import annotations

from argparse import Namespace

from app.cli.errors import DONE, UsageError
from app.cli.opening import for_export
from app.cli.speech import say, show, show_json
from app.exporters.options import ExportOptions
from app.exporters.registry import export as write_document


def export(arguments: Namespace) -> int:
    """Write a document and register that it left; whose words had to stay out is said."""
    if arguments.output.resolve() == arguments.study.resolve():
        raise UsageError("The document would overwrite the study. Give it another name.")
    with for_export(arguments) as study:
        written = write_document(
            study,
            arguments.kind,
            arguments.output,
            force=arguments.force,
            to_whom=arguments.to_whom,
            options=ExportOptions(counts=arguments.counts),
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


def _counted(number: int, thing: str) -> str:
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"
