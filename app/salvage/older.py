"""Rows of a study of an older schema as rows of the present one: what each step of `app.models.migrations` adds."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import Table

from app.models.approach import as_statement
from app.models.base import new_key
from app.models.migrations import FORMER, OLDEST, SCHEMA, expected_schema, schema_digest
from app.models.sqlite import APPLICATION_ID
from app.salvage.report import Report

Row = dict[str, Any]

NEW_TABLES = {
    2: frozenset(
        ("approach_version", "checklist_answer", "journal_entry", "journal_link", "journal_revision", "phase_visit")
    )
}
NEW_COLUMNS: dict[int, dict[str, frozenset[str]]] = {
    2: {
        "change": frozenset(("purge_due",)),
        "focus_group": frozenset(("minutes", "guide")),
        "participant": frozenset(("consent_to_share", "consent_to_archive")),
        "source": frozenset(("transcription", "checked_by", "checked_on")),
        "study": frozenset(("withdrawal_deadline", "smallest_group", "disk_protection")),
    }
}
"""{schema number: what came in with it}."""
APPROACH, BEHIND = "approach", "questions"
"""The column of the study's row that went with schema 2, and the one behind which it stood."""


def version_of(schema: dict[tuple[str, str], str], stated: int) -> int:
    """The schema number of a file: by its tables where these are read well, else what its header states."""
    if schema == expected_schema():
        return SCHEMA
    digest = schema_digest(schema)
    by_tables = next((number for number, one in FORMER.items() if one == digest), None)
    return by_tables or (stated if OLDEST <= stated <= SCHEMA else SCHEMA)


def stated_version(content: bytes) -> int:
    """What the header of a plain file states; 0 where it is none of a study."""
    return int.from_bytes(content[60:64]) if int.from_bytes(content[68:72]) == APPLICATION_ID else 0


def shape(table: Table, version: int) -> tuple[str, ...]:
    """The columns of a table in a study of that schema, in their order; none where it had no such table."""
    later = range(version + 1, SCHEMA + 1)
    if any(table.name in NEW_TABLES.get(one, ()) for one in later):
        return ()
    added = {name for one in later for name in NEW_COLUMNS.get(one, {}).get(table.name, ())}
    names = [column.name for column in table.columns if column.name not in added]
    if table.name == "study" and version < 2:
        names.insert(names.index(BEHIND) + 1, APPROACH)
    return tuple(names)


def brought_up(table: Table, row: Row) -> Row:
    """The row with what the models preset for columns that it does not have."""
    for column in table.columns:
        if column.name not in row:
            row[column.name] = None if column.nullable else getattr(column.default, "arg", None)
    return row


def move_approach(rows: dict[str, dict[Any, Row]], report: Report) -> None:
    """The approach that the first schema kept in the study's row becomes the first version of the statement."""
    for row in rows.get("study", {}).values():
        told = row.pop(APPROACH, None)
        try:
            statement = as_statement(json.loads(told or "{}"))
        except (ValueError, TypeError, AttributeError):
            report.lose("statement of the approach")
            continue
        if statement and not rows.setdefault("approach_version", {}):
            key = new_key()
            words = json.dumps(statement, ensure_ascii=False)
            rows["approach_version"][key] = {
                "id": key, "at": row["created_at"], "statement": words, "reason": "", "person_id": None,
            }  # fmt: skip
