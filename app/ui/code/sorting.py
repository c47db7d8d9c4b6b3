"""The order in which the tree shows codes: the researcher's own, or another that changes nothing in the study."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any

from app.analysis.codes import CodeRow, Spread


class Order(StrEnum):
    """How siblings stand."""

    OWN = "own"
    NAME = "name"
    NEWEST = "newest"
    USED = "used"
    HEARD = "heard"


def in_order(
    rows: Sequence[CodeRow],
    how: Order,
    *,
    used: Mapping[str, datetime] | None = None,
    spread: Mapping[str, Spread] | None = None,
) -> list[CodeRow]:
    """The rows with siblings in this order, each parent before its children; equal ones stand as in one's own order."""
    if how == Order.OWN:
        return list(rows)
    used, spread = used or {}, spread or {}

    def heard(row: CodeRow) -> tuple[int, int]:
        found = spread.get(row.id)
        return (-found.groups, -found.excerpts) if found is not None else (0, 0)

    keys: dict[Order, Callable[[CodeRow], Any]] = {
        Order.NAME: lambda row: row.name.casefold(),
        Order.NEWEST: lambda row: -row.created_at.timestamp(),
        Order.USED: lambda row: -used[row.id].timestamp() if row.id in used else 0.0,
        Order.HEARD: heard,
    }
    beneath: dict[str | None, list[CodeRow]] = {}
    known = {row.id for row in rows}
    for row in rows:
        beneath.setdefault(row.parent_id if row.parent_id in known else None, []).append(row)
    ordered: list[CodeRow] = []
    waiting = sorted(beneath.get(None, []), key=keys[how])[::-1]
    while waiting:  # no recursion: a codebook from elsewhere may be a thousand levels deep
        row = waiting.pop()
        ordered.append(row)
        waiting += sorted(beneath.get(row.id, []), key=keys[how])[::-1]
    return ordered
