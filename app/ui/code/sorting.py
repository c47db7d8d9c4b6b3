"""The order in which the tree shows codes: the researcher's own, or another that changes nothing in the study."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from app.analysis.codes import CodeRow

OWN = "own"
SORTS = {
    OWN: "In my own order",
    "name": "By name",
    "newest": "Newest first",
    "recent": "Most recently used first",
}


def in_order(rows: Sequence[CodeRow], how: str, recent: Sequence[str]) -> list[CodeRow]:
    """The rows with siblings in this order, each parent before its children."""
    if how == OWN:
        return list(rows)
    used = {code_id: place for place, code_id in enumerate(recent)}
    keys: dict[str, Callable[[CodeRow], Any]] = {
        "name": lambda row: row.name.casefold(),
        "newest": lambda row: -row.created_at.timestamp(),
        "recent": lambda row: used.get(row.id, len(used)),
    }
    beneath: dict[str | None, list[CodeRow]] = {}
    known = {row.id for row in rows}
    for row in rows:
        beneath.setdefault(row.parent_id if row.parent_id in known else None, []).append(row)
    ordered: list[CodeRow] = []
    waiting = sorted(beneath.get(None, []), key=keys[how])[::-1]
    while waiting:
        row = waiting.pop()
        ordered.append(row)
        waiting += sorted(beneath.get(row.id, []), key=keys[how])[::-1]
    return ordered
