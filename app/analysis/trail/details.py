"""One change looked into: what each row held before and after, in words."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any

from sqlalchemy import Boolean, Column, Date
from sqlalchemy.orm import Session

from app.analysis.days import day
from app.analysis.trail.field_names import FIELDS, NAMED_BY, NOUNS, QUOTED
from app.analysis.trail.subjects import driver, last_name
from app.models import load_all
from app.models.base import Moment
from app.models.kinds import SEMANTIC_LATENT
from app.models.splicing import OP

LONGEST = 220
MOST_ROWS = 14


@dataclass(frozen=True)
class FieldChange:
    """One field: how people call it, what it said before and after. "" is nothing."""

    name: str
    before: str
    after: str


@dataclass(frozen=True)
class RowChange:
    """One row: what it is and how it is called, what was done to it (made, changed, deleted, corrected), its fields."""

    what: str
    deed: str
    fields: tuple[FieldChange, ...]


@dataclass(frozen=True)
class Details:
    """What a change did. `rest` are the rows beyond those told one by one; `forgotten`: nothing is kept of it."""

    rows: tuple[RowChange, ...]
    rest: str = ""
    forgotten: bool = False


DEEDS = {"insert": "made", "update": "changed", "delete": "deleted", OP: "corrected"}


def details(session: Session, seq: int, *, quotes: bool = False) -> Details:
    """What change `seq` did; participants' words are in it only with `quotes` (on the screen, never in a document)."""
    raw = driver(session)
    found = raw.execute(
        "SELECT table_name, row_id, op, before, after FROM change_row WHERE change_seq = ? ORDER BY id", (seq,)
    ).fetchall()
    told: list[RowChange] = []
    rest: Counter[str] = Counter()
    voices: list[str] = []
    for table, key, op, before, after in found:
        if table not in NOUNS:
            continue
        old, new = _image(before), _image(after)
        if table == "export_voice" and new.get("participant_id"):
            voices.append(name_of(raw, "participant", str(new["participant_id"])))
            continue
        if len(told) >= MOST_ROWS:
            rest[NOUNS[table]] += 1
            continue
        row = _row(raw, table, key, op, old, new, quotes=quotes)
        if row is not None:
            told.append(row)
    if voices:  # one line for all of them: the document is told above
        told.append(RowChange(NOUNS["export_voice"], "named", (FieldChange("people", "", ", ".join(voices)),)))
    return Details(tuple(told), _rest(rest), forgotten=not found)


def shortened(words: str, longest: int = LONGEST) -> str:
    """The words in one line, cut with an ellipsis where they are long."""
    flat = " ".join(words.split())
    return flat if len(flat) <= longest else flat[: longest - 1].rstrip() + "…"


def name_of(raw: Any, table: str, key: str, *, quotes: bool = False) -> str:
    """How a row is called now, or was called when it went."""
    column = NAMED_BY.get(table)
    if table == "excerpt":
        return _excerpt_name(raw, key, quotes=quotes)
    if table == "coding":
        return _coding_name(raw, key)
    if column is None:
        return NOUNS.get(table, "something")
    row = raw.execute(f'SELECT "{column}" FROM "{table}" WHERE id = ?', (key,)).fetchone()
    name = row[0] if row else last_name(raw, table, column, key, str(_last_image(raw, table, key).get(column) or ""))
    return f"‘{shortened(str(name), 80)}’" if name else "something that is gone"


def _row(
    raw: Any, table: str, key: str, op: str, old: dict[str, Any], new: dict[str, Any], *, quotes: bool
) -> RowChange | None:
    if op == "update" and not set(old) & set(FIELDS):
        return None  # only its place or its number changed
    image = new or old
    called = NAMED_BY.get(table)
    named = image.get(called) if called else None
    name = f"‘{shortened(str(named), 80)}’" if named and op != "update" else name_of(raw, table, key, quotes=quotes)
    noun = NOUNS[table]
    what = noun if name == noun or table == "study" else f"{noun} {name}"
    columns = load_all().tables[table].columns
    fields = []
    for column, called_so in FIELDS.items():
        if column not in image or (column == called and op != "update"):
            continue
        if (table, column) in QUOTED and not quotes:
            continue
        target = columns.get(column)
        said = [_value(raw, target, side.get(column), quotes=quotes) for side in (old, new)]
        if said[0] != said[1]:
            fields.append(FieldChange(called_so, *said))
    if op == "update" and not fields:
        return None
    return RowChange(what, DEEDS[op], tuple(fields))


def _value(raw: Any, column: Column[Any] | None, value: Any, *, quotes: bool) -> str:
    """A value as people say it; "" for nothing."""
    if value is None or value == "":
        return ""
    if column is None:  # the words of a correction
        return shortened("; ".join(str(part) for edit in value for part in edit if isinstance(part, str)))
    if column.foreign_keys:
        target = next(iter(column.foreign_keys)).column.table.name
        return name_of(raw, target, str(value), quotes=quotes)
    if isinstance(column.type, Boolean):
        return "yes" if value else "no"
    if isinstance(column.type, Moment):
        return day(datetime.fromisoformat(str(value)))
    if isinstance(column.type, Date):
        return day(date.fromisoformat(str(value)))
    if column.name == "semantic_latent" and isinstance(value, int):
        return SEMANTIC_LATENT[value]
    return shortened(str(value))


def _excerpt_name(raw: Any, key: str, *, quotes: bool) -> str:
    row = raw.execute(
        "SELECT quote, source.name FROM excerpt JOIN source ON source.id = source_id WHERE excerpt.id = ?", (key,)
    ).fetchone()
    if row is None:
        image = _last_image(raw, "excerpt", key)
        where = name_of(raw, "source", str(image["source_id"])) if image.get("source_id") else ""
        row = (str(image.get("quote") or ""), "") if image else ("", "")
    else:
        where = f"‘{row[1]}’"
    said = f"“{shortened(row[0], 90)}” " if quotes and row[0] else ""
    return f"{said}in {where}" if where else said.strip() or "that is gone"


def _coding_name(raw: Any, key: str) -> str:
    row = raw.execute("SELECT code_id FROM coding WHERE id = ?", (key,)).fetchone()
    code = row[0] if row else _last_image(raw, "coding", key).get("code_id")
    return f"as {name_of(raw, 'code', str(code))}" if code else "that is gone"


def _last_image(raw: Any, table: str, key: str) -> dict[str, Any]:
    """What the journal last said of a row that is gone."""
    row = raw.execute(
        "SELECT before FROM change_row WHERE row_id = ? AND table_name = ? AND op = 'delete' ORDER BY id DESC LIMIT 1",
        (key, table),
    ).fetchone()
    return _image(row[0]) if row else {}


def _image(text: str | None) -> dict[str, Any]:
    found = json.loads(text) if text else {}
    return found if isinstance(found, dict) else {}


def _rest(rows: Counter[str]) -> str:
    """The nouns of further rows, without counting them out loud."""
    return ", ".join(sorted(_several(noun) if count > 1 else noun for noun, count in rows.items()))


@cache
def _several(noun: str) -> str:
    return f"{noun} (several)" if " " in noun else noun + ("es" if noun.endswith("s") else "s")
