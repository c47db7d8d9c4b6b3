"""Statements that somebody waits for hundreds of times a day: put together once, run with no more ado than SQLite's.

They are stated over the tables as any other, and types are converted both ways as the models say. What is left out is
SQLAlchemy's way from a statement to the driver, which costs more than the database itself does.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import Any

from sqlalchemy import Insert, Select, bindparam
from sqlalchemy.dialects.sqlite import dialect
from sqlalchemy.orm import Session

DRIVER = "driver"
"""Where a session whose transaction has begun may keep its bare connection: asking for it each time costs as much as
a statement."""

_Convert = Callable[[Any], Any] | None


class Prepared:
    """One statement with named parameters (`bindparam`), for `session` of a reading or a change."""

    def __init__(self, statement: Select[*tuple[Any, ...]] | Insert) -> None:
        self._statement = statement

    def rows(self, session: Session, **values: object) -> list[tuple[Any, ...]]:
        """All rows, as plain tuples. Raises sqlite3.Error, which `Study.read` and `Study.change` explain."""
        sql, parameters = self._compiled
        bound = [
            value if name not in values else values[name] if convert is None else convert(values[name])
            for name, value, convert in parameters
        ]
        driver: Any = session.info.get(DRIVER) or session.connection().connection.driver_connection
        found: list[tuple[Any, ...]] = driver.execute(sql, bound).fetchall()
        converting = self._results
        if not converting:
            return found
        return [_converted(row, converting) for row in found]

    def row(self, session: Session, **values: object) -> tuple[Any, ...] | None:
        """The first row, or None."""
        return next(iter(self.rows(session, **values)), None)

    @cached_property
    def _compiled(self) -> tuple[str, list[tuple[str, Any, _Convert]]]:
        """The SQL, and of each of its parameters in order the name, what it is by itself, and its conversion."""
        compiled = self._statement.compile(dialect=dialect())
        kinds = {name: bind.type.dialect_impl(compiled.dialect) for name, bind in compiled.binds.items()}
        return str(compiled), [
            (name, compiled.params[name], kinds[name].bind_processor(compiled.dialect))
            for name in compiled.positiontup or ()
        ]

    @cached_property
    def _results(self) -> list[tuple[int, Callable[[Any], Any]]]:
        """(place, conversion) of the columns that are not taken as they come."""
        if isinstance(self._statement, Insert):
            return []
        used = dialect()
        kinds = [column.type.dialect_impl(used) for column in self._statement.selected_columns]
        converting = [(place, kind.result_processor(used, None)) for place, kind in enumerate(kinds)]
        return [(place, convert) for place, convert in converting if convert is not None]


def inserting(table: Any) -> Prepared:
    """A new row of a table (or of a mapped class): every column is named."""
    columns = getattr(table, "__table__", table).columns
    return Prepared(Insert(columns[0].table).values({column.name: bindparam(column.name) for column in columns}))


def _converted(row: tuple[Any, ...], converting: list[tuple[int, Callable[[Any], Any]]]) -> tuple[Any, ...]:
    cells = list(row)
    for place, convert in converting:
        cells[place] = convert(cells[place])
    return tuple(cells)
