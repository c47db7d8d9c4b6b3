"""Values of attributes as their type wants them: numbers with a point, days as year-month-day, yes or no."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from app.importers.participants import ParticipantTable
from app.values import as_number, as_yes_or_no

TEXT, NUMBER, YES_NO, DATE = KINDS = ("text", "number", "yes or no", "date")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[ T].*)?")
_DAY = re.compile(r"(\d{1,2})([./-])(\d{1,2})\2(\d{4})")
_LISTED = 5


def typed(table: ParticipantTable, kinds: Mapping[str, str]) -> ParticipantTable:
    """The table with the types that were said of its attributes; what does not fit stays as it is, and is told."""
    columns = {title: [dict(row.attributes).get(title, "") for row in table.rows] for title in kinds}
    fitted = {title: _column(values, kinds[title]) for title, values in columns.items()}
    doubts = []
    for title, (_, unfit) in fitted.items():
        if unfit:
            named = ", ".join(f"“{one}”" for one in list(dict.fromkeys(unfit))[:_LISTED])
            what = {NUMBER: "no number", DATE: "no day that is sure", YES_NO: "neither yes nor no"}[kinds[title]]
            doubts.append(f"“{title}”: {named} is {what}, and stays as it is written.")
    rows = tuple(
        replace(row, attributes=tuple((title, fitted[title][0][number] if title in fitted else value)
                                      for title, value in row.attributes))
        for number, row in enumerate(table.rows)
    )  # fmt: skip
    return replace(table, rows=rows, kinds=dict(kinds), warnings=(*table.warnings, *doubts))


def _column(values: Sequence[str], kind: str) -> tuple[list[str], list[str]]:
    """(the values as the type wants them, those that do not fit)."""
    day_first = _day_first(values) if kind == DATE else None
    found, unfit = [], []
    for said in values:
        fit: str | None = said
        if said and kind == NUMBER:
            fit = as_number(said)
        elif said and kind == YES_NO:
            fit = as_yes_or_no(said)
        elif said and kind == DATE:
            fit = _as_day(said, day_first)
        if fit is None:
            unfit.append(said)
        found.append(said if fit is None else fit)
    return found, unfit


def _day_first(values: Sequence[str]) -> bool | None:
    """Whether the day comes before the month, as the column as a whole shows; None where it does not."""
    pairs = [(int(found[1]), int(found[3])) for one in values if (found := _DAY.fullmatch(one)) and found[2] != "."]
    first, second = any(one > 12 for one, _ in pairs), any(two > 12 for _, two in pairs)
    return first if first != second else None


def _as_day(said: str, day_first: bool | None) -> str | None:
    parts: tuple[int, int, int] | None = None
    if iso := _ISO.fullmatch(said):
        parts = int(iso[1]), int(iso[2]), int(iso[3])
    elif found := _DAY.fullmatch(said):
        one, two, year = int(found[1]), int(found[3]), int(found[4])
        order = True if found[2] == "." or one == two else day_first
        if order is not None:
            parts = (year, two, one) if order else (year, one, two)
    try:
        return date(*parts).isoformat() if parts else None
    except ValueError:
        return None
