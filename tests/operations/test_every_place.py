"""A participant's name and words in every text that any table keeps, one by one: after a withdrawal they are nowhere.

The tables themselves say which texts there are, so that one that is added later is tried as well.
"""

from __future__ import annotations

import ctypes.util
import enum
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import JSON, Enum, LargeBinary, Table, insert, select, update

from app.analysis.rights.places import columns_of
from app.analysis.rights.withdrawal import How, withdrawal
from app.analysis.verify import verify
from app.backups import Reason, Rules, make_backup
from app.models import Base, Participant, load_all, new_key
from app.models.base import Moment
from app.models.verbs import Verb
from app.operations.excerpts import take_excerpt
from app.operations.people import edit_participant
from app.operations.rights.permanence import make_permanent
from app.operations.rights.withdrawing import withdraw
from app.operations.studies import new_study
from app.password import Password
from app.purging import finish_purge, own_copies
from app.study import Study
from tests.material import bring_in, draft_of
from tests.operations.rights import decrypted, found_in, ways_of_writing

NAME = "Quetzalcoatl"
SAID = "we were only borrowing the weather"
LINES = ((NAME, f"Well, {SAID} back then."), ("Bilal", "I did not see it so."), (NAME, "Never mind."))
PASSWORD = Password("seven words that nobody else would say")
OWN = {"speaker.label", "participant.pseudonym", "participant.label"}
"""How somebody else is called, which is theirs although it is the same."""
STANDING = {"source", "excerpt", "turn"}
"""Rows that were brought in and belong together."""


def fill(study: Study) -> list[str]:
    """A row in every table, with the words in every text of it; returns which texts."""
    load_all()
    filled = []
    with study.change("Fill every table", Verb.DECIDE) as session:
        for table in Base.metadata.sorted_tables:
            if table.name.startswith("change"):
                continue
            columns = [name for name in columns_of(table.name) if f"{table.name}.{name}" not in OWN]
            for column in columns or [""]:
                values = {} if not column else {column: _words(table, column)}
                if column and table.name not in STANDING and _try(session, table, None, values):
                    filled.append(f"{table.name}.{column}")
                elif column:
                    key = next(iter(table.primary_key.columns))
                    row = session.scalar(select(key).limit(1))
                    assert row is not None, f"{table.name} stays empty"
                    assert _try(session, table, row, values), f"{table.name}.{column}"
                    filled.append(f"{table.name}.{column}")
                elif table.name not in STANDING:
                    _try(session, table, None, {})
    with study.change(reason=f"since {NAME} said: {SAID}") as session:
        session.announce(Verb.DECIDE, f"Decide on ‘{SAID}’ of {NAME}")
        session.execute(update(Base.metadata.tables["study"]).values(smallest_group=2))
    return filled


def _words(table: Table, column: str) -> Any:
    words = f"{table.name} {column}: {NAME} said “{SAID}”"
    return {"list": [{"words": words}, words]} if isinstance(table.c[column].type, JSON) else words


def _try(session: Any, table: Table, row: Any, values: dict[str, Any]) -> bool:
    """Insert a row, or alter one; tables with “exactly one of these” are tried with each."""
    for more in [{}] if row is not None else _subjects(session, table):
        try:
            with session.begin_nested():
                if row is None:
                    session.execute(insert(table).values({**_required(session, table), **more, **values}))
                else:
                    key = next(iter(table.primary_key.columns))
                    session.execute(update(table).where(key == row).values(values))
        except Exception:  # noqa: BLE001 - a rule of the table; the next way is tried
            continue
        return True
    return False


def _subjects(session: Any, table: Table) -> Iterator[dict[str, Any]]:
    yield {}
    for column in table.columns:
        for key in column.foreign_keys:
            held = session.scalar(select(key.column).limit(1))
            if held is not None and column.nullable:
                yield {column.name: held}


def _required(session: Any, table: Table) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for column in table.columns:
        if not column.nullable and not (column.primary_key and column.autoincrement is True):
            found[column.name] = _value(session, column, list(found.values()))
    return found


def _value(session: Any, column: Any, taken: list[Any]) -> Any:
    if column.foreign_keys:
        other = next(iter(column.foreign_keys)).column
        return session.scalar(select(other).where(other.not_in(taken)).order_by(other).limit(1))
    kind = column.type
    made: Any = f"x{new_key()[:8]}"
    if column.name == "id":
        made = new_key()
    elif column.name == "colour":
        made = "#AABBCC"
    elif isinstance(kind, Moment):
        made = datetime.now(UTC)
    elif isinstance(kind, Enum):
        made = next(iter(kind.enum_class)) if isinstance(kind.enum_class, enum.EnumMeta) else kind.enums[0]
    elif isinstance(kind, JSON):
        made = {}
    elif isinstance(kind, LargeBinary):
        made = f"{NAME}: {SAID}".encode("utf-16")
    elif kind.python_type is bool:
        made = False
    elif kind.python_type in {int, float}:
        made = 1
    elif kind.python_type is date:
        made = date(2026, 1, 1)
    return made


@pytest.fixture(params=["plain", "encrypted"])
def full(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[Study, list[str]]]:
    """A study in which every text is of Quetzalcoatl, with a backup."""
    password = PASSWORD if request.param == "encrypted" else None
    if password is not None and not ctypes.util.find_library("crypto"):
        pytest.skip("no library to decrypt a page with")
    with new_study(tmp_path / "belonging.reflexa", "Belonging", password=password) as study:
        talk = bring_in(study, draft_of(LINES, original=f"{NAME}: {SAID}".encode() * 9), keep_original=True)
        study.run(take_excerpt, talk.source_id, *talk.span("did not see it"))
        filled = fill(study)
        make_backup(study, Reason.HOURLY, check=lambda _: True)
        assert verify(study.path, full=True, password=study.cipher_key) == [], [str(one) for one in verify(study.path)]
        yield study, filled


def everything_in(study: Study) -> list[bytes]:
    """The bytes of the study and of all its backups; of an encrypted one in clear."""
    files = [study.path, *own_copies(study, Rules(automatic=False))]
    key = study.cipher_key
    return [one.read_bytes() if key is None else decrypted(one, key.as_told_to_driver()) for one in files]


def how_often(study: Study, words: str) -> int:
    """In how many of its files the words stand in some way."""
    ways = ways_of_writing(words)
    return sum(any(way in content for way in ways) for content in everything_in(study))


@pytest.mark.parametrize("how", [How.OWN_TURNS, How.MENTIONS])
def test_withdrawn_they_are_nowhere(full: tuple[Study, list[str]], how: How) -> None:
    study, filled = full
    assert len(filled) > 60
    assert (how_often(study, NAME), how_often(study, SAID)) == (2, 2)
    with study.read() as session:
        who = session.scalars(select(Participant.id).where(Participant.pseudonym == NAME)).one()
        plan = withdrawal(session, who, how)
    assert plan is not None
    study.run(withdraw, plan)
    assert finish_purge(study).done
    left = [
        f"{table.name}.{column}"
        for table in Base.metadata.sorted_tables
        for column in table.columns.keys()  # noqa: SIM118
        for (value,) in study.connection.execute(f'SELECT CAST("{column}" AS TEXT) FROM "{table.name}"')
        if value and (NAME in value or SAID in value)
    ]
    assert left == []
    assert (how_often(study, NAME), how_often(study, SAID)) == (0, 0)
    folder, password = study.path.parent, study.cipher_key
    assert verify(study.path, full=True, password=password) == []
    study.close()
    assert found_in(folder, NAME) == found_in(folder, SAID) == []


def test_made_permanent_what_was_replaced_is_nowhere(full: tuple[Study, list[str]]) -> None:
    study, _ = full
    with study.read() as session:
        who = session.scalars(select(Participant.id).where(Participant.pseudonym == NAME)).one()
    study.run(edit_participant, who, note="Xanthippe was their first name")
    study.run(edit_participant, who, note="")
    make_backup(study, Reason.HOURLY, check=lambda _: True)
    assert how_often(study, "Xanthippe") == 2
    study.run(make_permanent)
    assert finish_purge(study).done
    assert how_often(study, "Xanthippe") == 0
    assert study.connection.execute("SELECT count(*) FROM change_row WHERE before OR after").fetchone() == (0,)
