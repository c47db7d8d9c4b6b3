"""Chosen entries of the reflexive journal, by day. A private entry is among them only where it was chosen by itself."""

from __future__ import annotations

from itertools import groupby

from sqlalchemy.orm import Session

from app.analysis.days import local_day
from app.analysis.journal import Entry, entries
from app.exporters.document import Block, Document, Heading, prose
from app.exporters.options import ExportOptions, day
from app.exporters.study_head import study_title
from app.exporters.telling import account, quiet, said

NO_ENTRY = "No entry was chosen, or there is none that may leave."
_CALLED = {"source": "transcript", "version": "map version", "lens_entry": "lens entry"}


def build(session: Session, options: ExportOptions) -> Document:
    """The chosen entries, the oldest first."""
    chosen = chosen_entries(session, options)
    return account(
        f"Reflexive journal: {study_title(session)}",
        f"Chosen entries as they read on {day(options.at)}, in the researcher’s own words. They may speak of people: "
        "read them once more before they leave.",
        options.at,
        [],
        told(chosen) if chosen else [said(NO_ENTRY)],
    )


def chosen_entries(session: Session, options: ExportOptions) -> list[Entry]:
    """The entries that leave, the oldest first."""
    return [
        entry
        for entry in reversed(entries(session))
        if options.journal.takes(entry.id, entry.kind, local_day(entry.at), private=entry.private)
    ]


def told(chosen: list[Entry], level: int = 2, *, names: bool = True) -> list[Block]:
    """Each entry under its day: its kind and phase, what it says, and what it speaks of."""
    blocks: list[Block] = []
    for on, here in groupby(chosen, key=lambda entry: local_day(entry.at)):
        blocks.append(Heading(day(on), level))
        for entry in here:
            about = [entry.kind, entry.phase.value if entry.phase is not None else "", entry.who if names else ""]
            if any(about):
                blocks.append(quiet(" · ".join(part for part in about if part)))
            blocks += prose(entry.text)
            links = [link for link in entry.links if link.subject != "participant"]
            if links:
                spoken = "; ".join(f"{_CALLED.get(link.subject, link.subject)} “{link.name}”" for link in links)
                blocks.append(quiet(f"On {spoken}"))
    return blocks
