"""Write resources/schema.sql and triggers.sql from the models: `make schema` after a change to them (a test says)."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy.dialects.sqlite import dialect
from sqlalchemy.schema import CreateIndex, CreateTable

from app.models import load_all
from app.models.journal import trigger_statements
from app.models.migrations import DIGEST, schema_digest
from app.models.seal import CREATE
from app.models.sqlite import schema_of

HEAD = "-- The tables of a study. Written from app/models by scripts/write_schema.py; do not edit by hand.\n"

TRIGGERS = "-- The change journal's TEMP triggers, a line each. Written from app/models; do not edit by hand.\n"


def schema_text() -> str:
    """CREATE statements of the present schema, in an order that a fresh file accepts."""
    like = dialect()
    statements: list[str] = []
    for table in load_all().sorted_tables:
        statements.append(str(CreateTable(table).compile(dialect=like)))
        indexes = sorted(table.indexes, key=lambda index: str(index.name))
        statements.extend(str(CreateIndex(index).compile(dialect=like)) for index in indexes)
    statements.append(CREATE)
    with closing(sqlite3.connect(":memory:")) as blank:
        for statement in statements:
            blank.execute(statement)
        digest = schema_digest(schema_of(blank))
    lines = [line.rstrip() for one in statements for line in [*one.strip().splitlines(), ";"]]
    return f"{HEAD}{DIGEST}{digest}\n\n" + "\n".join(lines).replace("\n;", ";\n") + "\n"


def trigger_text() -> str:
    """The triggers of the change journal, one statement a line."""
    return TRIGGERS + "\n" + "\n".join(trigger_statements()) + "\n"


if __name__ == "__main__":
    Path("resources/schema.sql").write_text(schema_text(), encoding="utf-8", newline="\n")
    Path("resources/triggers.sql").write_text(trigger_text(), encoding="utf-8", newline="\n")
