"""Commands on the reflexive journal: journal add, journal list."""

from __future__ import annotations

from argparse import Namespace

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.analysis.journal import Entry, entries
from app.cli.errors import DONE, UsageError
from app.cli.names import code_named, entry_named, participant_named, source_named, theme_named
from app.cli.opening import for_reading, for_writing
from app.cli.speech import show, show_json
from app.models import Group, MapVersion
from app.operations.journal import write_entry

_NAMED = {
    "code": code_named,
    "theme": theme_named,
    "source": source_named,
    "participant": participant_named,
    "lens_entry": entry_named,
}
SUBJECTS = (*_NAMED, "group", "version")


def add(arguments: Namespace) -> int:
    """A new entry, linked to what it speaks of."""
    wanted = [_thing(word) for word in arguments.about]
    with for_writing(arguments) as study, study.change() as session:
        links = [(subject, _named(session, subject, name)) for subject, name in wanted]
        entry_id = write_entry(session, arguments.text, kind=arguments.kind, links=links, private=arguments.private)
    show_json({"created": True, "entry": entry_id})
    return DONE


def listed(arguments: Namespace) -> int:
    """The entries, newest first; private ones are marked."""
    with for_reading(arguments) as study, study.read() as session:
        found = entries(session)
    if arguments.json:
        show_json([_as_json(entry) for entry in found])
        return DONE
    for entry in found:
        head = (entry.at.astimezone().strftime("%Y-%m-%d"), entry.kind, "private" if entry.private else "", entry.who)
        show(" · ".join(part for part in head if part))
        show(entry.text + "\n")
    return DONE


def _thing(typed: str) -> tuple[str, str]:
    subject, colon, name = typed.partition(":")
    if not colon or subject not in SUBJECTS or not name.strip():
        raise UsageError(f"--about needs SORT:NAME, and SORT is one of {', '.join(SUBJECTS)}.")
    return subject, name.strip()


def _named(session: Session, subject: str, name: str) -> str:
    if subject in _NAMED:
        return _NAMED[subject](session, name)
    table, column = (Group, Group.label) if subject == "group" else (MapVersion, MapVersion.label)
    found = session.scalars(select(table.id).where((column == name) | (table.id == name))).all()
    if len(found) != 1:
        word = "group" if subject == "group" else "map version"
        raise UsageError(f"There is {'no' if not found else 'more than one'} {word} “{name}” in this study.")
    return found[0]


def _as_json(entry: Entry) -> dict[str, object]:
    return {
        "id": entry.id,
        "at": entry.at.isoformat(timespec="seconds").replace("+00:00", "Z"),
        "kind": entry.kind,
        "text": entry.text,
        "private": entry.private,
        "phase": entry.phase.value if entry.phase is not None else None,
        "person": entry.who,
        "edited": entry.edited,
        "about": [{"subject": link.subject, "id": link.id, "name": link.name} for link in entry.links],
    }
