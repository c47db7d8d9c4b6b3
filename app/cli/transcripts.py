"""Commands on transcripts and the people in them: preview, import, participants, text."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path
from typing import Any

from app.cli.errors import DONE, NOT_DONE, UsageError
from app.cli.speech import say, show, show_json, show_raw
from app.errors import ReflexaError


def preview(arguments: Namespace) -> int:
    """What files hold; 1 if one of them cannot be read."""
    from app.importers import preview as preview_files

    files = [_previewed(preview_files, path, _options(arguments)) for path in arguments.files]
    if arguments.json:
        show_json({"files": files})
    else:
        for place, file in enumerate(files):
            _show_preview(file, first=place == 0)
    return NOT_DONE if any(file["error"] for file in files) else DONE


def bring_in(arguments: Namespace) -> int:
    """Import; 1 if a file stayed out."""
    from app.cli.bringing_in import bring_in as bring

    outcome = bring(arguments, _options(arguments))
    if arguments.json:
        show_json(outcome.as_json())
        return NOT_DONE if outcome.failed else DONE
    for one in outcome.imported:
        show(f"{one['file']}: {one['turns']} turns, {one['speakers']} speakers, as “{one['source']}”")
        for warning in one["warnings"]:
            say(f"{one['file']}: {warning}")
    for one in outcome.projects:
        show(f"{one['file']}: {one['summary']}")
        for line in (one["reading"], *(f"not taken over: {what}" for what in one["not_taken"])):
            say(line)
    for one in outcome.skipped:
        say(one["warning"])
    for one in outcome.failed:
        say(one["error"])
    for warning in outcome.warnings:
        say(warning)
    return NOT_DONE if outcome.failed else DONE


def participants(arguments: Namespace) -> int:
    """People of a csv file."""
    from app.analysis.people import participants as people
    from app.cli.opening import for_writing
    from app.importers import read_participants
    from app.importers.participants import ATTRIBUTE
    from app.importers.typed_values import KINDS, typed
    from app.operations.people import add_participants

    said = _columns(arguments.column)
    kinds = {title: field for title, field in (said or {}).items() if field in KINDS}
    fields = said and {title: ATTRIBUTE if title in kinds else field for title, field in said.items()}
    table = typed(read_participants(arguments.file, fields), kinds)
    with for_writing(arguments) as study:
        with study.read() as session:
            before = {person.id for person in people(session)}
        ids = study.run(add_participants, table)
    added = sum(1 for one in ids if one not in before)
    if arguments.json:
        show_json({"participants": len(ids), "added": added, "warnings": list(table.warnings)})
        return DONE
    show(f"{len(ids)} participants, {added} of them new")
    for warning in table.warnings:
        say(warning)
    return DONE


def _columns(said: list[str]) -> dict[str, str] | None:
    """{title: field} of what was typed; None where nothing was. Raises UsageError."""
    from app.importers.participants import ATTRIBUTE, FIELDS
    from app.importers.typed_values import KINDS

    may_be = (*FIELDS, ATTRIBUTE, *KINDS)
    found = {}
    for one in said:
        title, _, field = one.rpartition("=")
        if not title or field not in may_be:
            raise UsageError(f"--column {one}: write TITLE=FIELD; fields are {', '.join(may_be)}.")
        found[title] = field
    return found or None


def text(arguments: Namespace) -> int:
    """The text of a transcript, as bytes."""
    from app.analysis.transcripts import transcript
    from app.cli.names import source_named
    from app.cli.opening import for_reading

    with for_reading(arguments) as study, study.read() as session:
        script = transcript(session, source_named(session, arguments.source))
    words = "" if script is None else script.text
    if arguments.json:
        show_json(words)
    else:
        show_raw(words.encode())
    return DONE


def _options(arguments: Namespace) -> dict[str, Any]:
    merges = {}
    for pair in arguments.merge:
        one, sign, other = pair.partition("=")
        if not (sign and one.strip() and other.strip()):
            raise UsageError(f"--merge needs two labels, as in --merge 'Dr Lim=Lim'; “{pair}” is not that.")
        merges[one.strip()] = other.strip()
    return {
        "encoding": arguments.encoding,
        "style": arguments.style,
        "not_speakers": tuple(arguments.not_speaker),
        "also_speakers": tuple(arguments.speaker),
        "merges": merges,
    }


def _previewed(preview_files: Any, path: Path, options: dict[str, Any]) -> dict[str, Any]:
    """One file at a time, so that whatever a foreign file brings out in a library, the others are still shown."""
    try:
        shown: dict[str, Any] = preview_files([path], **options)["files"][0]
    except ReflexaError:
        raise
    except Exception as error:  # noqa: BLE001 - a foreign file may bring out any fault
        sentence = f"“{path.name}” cannot be read ({type(error).__name__}). It was left untouched."
        return {
            "file": path.name, "format": None, "encoding": None, "turns": [], "turns_merged": 0, "kinds": [],
            "speakers": {}, "warnings": [], "error": sentence,
        }  # fmt: skip
    return shown


def _show_preview(file: dict[str, Any], *, first: bool) -> None:
    if file["error"]:
        say(file["error"])
        return
    if not first:
        show()
    encoding = f", {file['encoding']}" if file["encoding"] else ""
    show(f"{file['file']} ({file['format']}{encoding}): {len(file['turns'])} turns")
    for label, turns in file["speakers"].items():
        show(f"  {turns:>5}  {label}")
    for warning in file["warnings"]:
        say(f"{file['file']}: {warning}")
