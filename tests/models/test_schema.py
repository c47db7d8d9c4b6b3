"""The schema that is written out is the one that the models state."""

from __future__ import annotations

import sqlite3

from sqlalchemy import create_engine
from sqlalchemy.pool import StaticPool

from app.models import Base
from app.models.migrations import expected_schema
from app.models.sqlite import schema_of


def test_the_schema_written_out_is_that_of_the_models() -> None:
    connection = sqlite3.connect(":memory:", check_same_thread=False)
    engine = create_engine("sqlite://", creator=lambda: connection, poolclass=StaticPool)
    Base.metadata.create_all(engine)
    assert schema_of(connection) == expected_schema(), "run `make schema`"
