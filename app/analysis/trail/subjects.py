"""The things that a trail can be followed for: what there is, what there was, and which changes touched it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy.orm import Session

from app.models import load_all
from app.models.journal import JOURNAL_TABLES

SORTS: dict[str, tuple[str, str]] = {
    "code": ("code", "name"),
    "theme": ("theme", "name"),
    "source": ("source", "name"),
    "group": ("focus_group", "label"),
    "participant": ("participant", "pseudonym"),
    "lens": ("lens", "name"),
    "lens_entry": ("lens_entry", "name"),
    "version": ("map_version", "label"),
    "excerpt": ("excerpt", "quote"),
}
"""{sort: (its table, the column that names it)}."""

NOUNS = {
    "code": "code",
    "theme": "theme",
    "source": "transcript",
    "group": "group",
    "participant": "participant",
    "lens": "lens",
    "lens_entry": "part of a lens",
    "version": "map version",
    "excerpt": "excerpt",
}

CHOSEN_FROM = ("theme", "code", "source", "group", "participant", "lens", "version")
"""Of these a list is offered; there are too many excerpts, so they are followed from where they are seen."""


@dataclass(frozen=True)
class Subject:
    """One thing with a trail. `gone`: it is not in the study any more."""

    sort: str
    id: str
    name: str
    gone: bool = False


def subjects(session: Session) -> list[Subject]:
    """What the trail can be followed for, sorted by sort and name; what is gone comes last in its sort."""
    found = []
    raw = driver(session)
    for sort in CHOSEN_FROM:
        table, column = SORTS[sort]
        live = {row[0]: row[1] for row in raw.execute(f'SELECT id, "{column}" FROM "{table}"')}
        gone: dict[str, str] = {}
        for key, before in raw.execute(
            "SELECT row_id, before FROM change_row INDEXED BY ix_change_row_altered"
            " WHERE op <> 'insert' AND op = 'delete' AND table_name = ? ORDER BY id",
            (table,),
        ):
            if key not in live:
                gone[key] = str(json.loads(before).get(column) or "")
        of_sort = [Subject(sort, key, name) for key, name in live.items()]
        of_sort += [Subject(sort, key, last_name(raw, table, column, key, name), True) for key, name in gone.items()]
        found += sorted(of_sort, key=lambda one: (one.gone, one.name.casefold()))
    return [one for one in found if one.name]


def changes_of(sort: str, key: str) -> tuple[str, list[Any]]:
    """SQL for the numbers of all changes that touched a thing or a row that speaks of it, and its parameters."""
    table = SORTS[sort][0]
    parts = ["SELECT change_seq FROM change_row WHERE row_id = ?"]
    for other, column in _pointing_at(table):
        parts.append(f'SELECT made.change_seq FROM "{other}" AS other {_CHANGED} other.id WHERE other."{column}" = ?')
    if table == "source":  # a second code on an excerpt that was there touches the coding alone
        parts.append(
            "SELECT made.change_seq FROM excerpt CROSS JOIN coding ON coding.excerpt_id = excerpt.id"
            f" {_CHANGED} coding.id WHERE excerpt.source_id = ?"
        )
    values = [key] * len(parts)
    tables = ", ".join(f"'{other}'" for other in dict.fromkeys(name for name, _ in _pointing_at(table)))
    parts.append(
        f"SELECT made.change_seq FROM change_row AS altered INDEXED BY ix_change_row_altered {_CHANGED} altered.row_id"
        f" WHERE altered.op <> 'insert' AND altered.op IN ('update', 'delete') AND altered.table_name IN ({tables})"
        " AND (instr(altered.before, ?) OR instr(altered.after, ?))"
    )  # rows that spoke of it once: they were deleted, or speak of something else now
    values += [key, key]
    # A change may come several times: who asks sorts that out by IN. UNION would do so as well, at a higher price.
    return " UNION ALL ".join(parts), list(values)


_CHANGED = "CROSS JOIN change_row AS made ON made.row_id ="
"""CROSS: from the rows to their changes, in this order. Asked by IN, 20,000 ids would first be put into a list."""


@cache
def _pointing_at(table: str) -> tuple[tuple[str, str], ...]:
    """(table, column) of every foreign key to `table`."""
    return tuple(
        (other.name, column.name)
        for other in load_all().sorted_tables
        if other.name not in JOURNAL_TABLES
        for column in other.columns
        for key in column.foreign_keys
        if key.column.table.name == table
    )


def last_name(raw: Any, table: str, column: str, key: str, name: str) -> str:
    """The name a thing had when it went: a code bears a makeshift one for a moment while it is merged away."""
    if len(name) != 36 or name.count("-") != 4:
        return name
    for before, after in raw.execute(
        "SELECT before, after FROM change_row WHERE row_id = ? AND op = 'update' AND table_name = ? ORDER BY id DESC",
        (key, table),
    ):
        if json.loads(after).get(column) == name:
            return str(json.loads(before).get(column) or "")
    return name


def driver(session: Session) -> Any:
    """The bare connection: a hundred thousand rows of the journal are read without ado."""
    return session.connection().connection.driver_connection
