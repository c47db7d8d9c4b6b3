"""Whether a study is sound: every invariant, on any file however damaged, without touching a byte of it.

SQLite's own check is nearly blind for a study, which is mostly text (it saw 18 of 300 flipped bits); here every text
has a hash, every quote its place, and every row of the study is held against the journal of how it came to be.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from app.analysis.soundness.content import content_faults
from app.analysis.soundness.fault import Fault
from app.analysis.soundness.file import header_faults, look_at, page_faults, schema_faults, seal_faults
from app.analysis.soundness.rows import read_tables, value_faults
from app.analysis.soundness.trail import change_faults, journal_faults, read_changes
from app.cipher import Secret

__all__ = ["Fault", "verify"]

ALIKE = 20
"""How many faults of one kind are told one by one; damage in one place may show in thousands."""


def verify(path: Path, *, full: bool = False, password: Secret | None = None) -> list[Fault]:
    """Everything that is wrong with the study at `path`; an empty list for a sound one.

    An encrypted study needs its password; without it, or with a wrong one, just that is the fault.

    With `full` the journal is walked to its beginning, otherwise its newest 50,000 rows. Raises StudyInUse while the
    file is being written.
    """
    try:
        look = look_at(path, password)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        return [Fault("The file cannot be read", path.name, f"{reason}. Nothing can be said of it.")]
    if look.connection is None:
        return list(look.faults)
    with closing(look.connection) as connection:
        outside = header_faults(look.header, look.size) if look.header else look.faults
        found = [*outside, *_inside(connection, full=full)]
        found += seal_faults(path, look.standing, alone=not found)
    return _told(found)


def _inside(connection: sqlite3.Connection, *, full: bool) -> list[Fault]:
    schema = list(schema_faults(connection))
    found = [*schema, *page_faults(connection)]
    if schema:  # without our tables there is nothing more to ask
        return found
    tables = read_tables(connection, found)
    changes = read_changes(connection, found)
    for check in (
        value_faults(tables),
        content_faults(connection, tables),
        change_faults(connection, changes),
        journal_faults(connection, tables, changes, full=full),
    ):
        found += _as_far_as_it_goes(check)
    return found


def _as_far_as_it_goes(check: Iterator[Fault]) -> Iterator[Fault]:
    """Damage may take a form that no check foresaw; that it stopped a check is a fault too."""
    try:
        yield from check
    except Exception as error:  # noqa: BLE001
        yield Fault("A check could not be finished", type(error).__name__, "Something it asks for is damaged.")


def _told(found: list[Fault]) -> list[Fault]:
    """Each fault once; of many alike the first ones, and how many more there are."""
    return list(_shortened(list(dict.fromkeys(found))))


def _shortened(found: list[Fault]) -> Iterator[Fault]:
    told: Counter[str] = Counter()
    for fault in found:
        told[fault.what] += 1
        if told[fault.what] <= ALIKE:
            yield fault
    for what, number in told.items():
        if number > ALIKE:
            yield Fault(what, f"{number - ALIKE} more", "They are of the same kind as those above.")
