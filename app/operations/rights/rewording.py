"""Other words for a place of the study, wherever it is kept: a column, a string in kept JSON, the change journal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, Table, delete, select, update

from app.analysis.rights.places import FREE_TO_DELETE, Place, columns_of, with_string
from app.errors import NotPossible
from app.models import Base
from app.operations.codes import delete_code
from app.operations.names import clean_text, one_line
from app.operations.themes import delete_theme
from app.study import ChangeSession


class Deed(StrEnum):
    """What is done with a place."""

    CHANGE = "change"
    LEAVE = "leave"
    DELETE = "delete"


@dataclass(frozen=True)
class Decision:
    """The researcher's decision on one place; with `text` None what was proposed stands there."""

    deed: Deed
    text: str | None = None


def says(session: ChangeSession, place: Place) -> str | None:
    """What stands in a place now; None if there is no such place any more."""
    table, column = Base.metadata.tables[place.table], columns_of(place.table)[place.column]
    key = next(iter(table.primary_key.columns))
    held: Any = session.scalar(select(column).where(key == _key(place)))
    try:
        for step in place.path:
            held = held[step]
    except (KeyError, IndexError, TypeError):
        return None
    return held if isinstance(held, str) else None


def reword(session: ChangeSession, place: Place, words: str) -> bool:
    """Put other words in a place; a name that is taken gets a number. Returns whether the place was still there."""
    table, row_id, column = Base.metadata.tables[place.table], _key(place), columns_of(place.table)[place.column]
    key = next(iter(table.primary_key.columns))
    held = session.execute(select(column).where(key == row_id)).first()
    if held is None:
        return False
    value: Any = clean_text(words)
    if isinstance(column.type, JSON):
        try:
            value = with_string(held[0], place.path, value)
        except (KeyError, IndexError, TypeError):
            return False
    elif place.is_name:
        value = _free(session, table, place, one_line(value))
    elif place.table == "change" and place.column == "label":
        value = one_line(value) or "…"
        # an undo bears the label of what it takes back, so all of one label are reworded alike
        session.execute(update(table).where(column == place.text).values(label=value))
        return True
    session.execute(update(table).where(key == row_id).values({place.column: value}))
    return True


def take_out(session: ChangeSession, place: Place, gap: str) -> None:
    """Delete what stands in a place: a note whole, the code or theme of a name, else the words."""
    table = Base.metadata.tables[place.table]
    if place.table in FREE_TO_DELETE and place.column == "text":
        session.execute(delete(table).where(table.c.id == place.row_id))
    elif place.column == "name" and place.table in {"code", "theme"}:
        try:
            (delete_code if place.table == "code" else delete_theme)(session, place.row_id)
        except NotPossible:  # another place of it was decided before, or codes beneath it would collide
            reword(session, place, gap)
    elif place.is_name or place.path or (place.table, place.column) == ("change", "label"):
        reword(session, place, gap)
    elif columns_of(place.table)[place.column].nullable:
        key = next(iter(table.primary_key.columns))
        session.execute(update(table).where(key == _key(place)).values({place.column: None}))
    else:
        reword(session, place, "" if _may_be_empty(place) else gap)


def replaced(text: str, changes: Sequence[tuple[int, int, str]]) -> str:
    """The text with other words in some places, which are in order."""
    parts, at = [], 0
    for start, end, words in changes:
        parts += [text[at:start], words]
        at = end
    return "".join([*parts, text[at:]])


def _key(place: Place) -> str | int:
    return int(place.row_id) if place.table == "change" else place.row_id


def _may_be_empty(place: Place) -> bool:
    """Rows that must say something keep a gap; the tables say which."""
    says_something = {"journal_entry", "review_comment", "map_note", "theme_relation", "participant_attribute"}
    return place.table not in says_something


def _free(session: ChangeSession, table: Table, place: Place, name: str) -> str:
    """The name, with a number if another row of the table bears it."""
    column, number, free = table.c[place.column], 2, name or "…"
    others = select(column).where(table.c.id != place.row_id)
    if place.table == "speaker":  # who speaks is called the same in every transcript
        others = others.where(table.c.source_id.in_(select(table.c.source_id).where(table.c.id == place.row_id)))
    taken = set(session.scalars(others))
    while free in taken and place.table in {"code", "theme", "source", "focus_group", "lens", "lens_entry", "speaker"}:
        free, number = f"{name} {number}", number + 1
    return free
