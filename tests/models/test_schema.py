"""The schema that is written out is the one that the models state."""

from __future__ import annotations

import sqlite3

from sqlalchemy import create_engine
from sqlalchemy.pool import StaticPool

from app.models import load_all
from app.models.journal import trigger_statements
from app.models.migrations import SCHEMA, expected_schema, is_ours
from app.models.seal import CREATE
from app.models.sqlite import schema_of
from app.resources import resource


def test_the_schema_written_out_is_that_of_the_models() -> None:
    connection = sqlite3.connect(":memory:", check_same_thread=False)
    engine = create_engine("sqlite://", creator=lambda: connection, poolclass=StaticPool)
    load_all().create_all(engine)
    connection.execute(CREATE)
    assert schema_of(connection) == expected_schema(), "run `make schema`"
    assert is_ours(expected_schema(), SCHEMA), "run `make schema`"
    assert not is_ours({**expected_schema(), ("view", "sly"): "CREATE VIEW sly AS SELECT 1"}, SCHEMA)


def test_the_triggers_written_out_are_those_of_the_models() -> None:
    written = resource("triggers.sql").read_text(encoding="utf-8").splitlines()
    assert tuple(line for line in written if line and not line.startswith("--")) == trigger_statements(), "make schema"
