"""The change journal as an account needs it: what stands now. What was taken back never was."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.analysis.days import local_day
from app.models import Change, ChangeRow, JournalEntry
from app.models.verbs import Verb


@dataclass(frozen=True, slots=True)
class Step:
    """One change that stands."""

    seq: int
    at: datetime
    actor: str
    verb: str
    label: str
    reason: str
    phase: str

    @property
    def day(self) -> date:
        """The day it was made, here."""
        return local_day(self.at)

    @property
    def names(self) -> list[str]:
        """What its label names between single quotation marks."""
        return [part.partition("’")[0] for part in self.label.split("‘")[1:] if "’" in part]


def steps(session: Session) -> list[Step]:
    """All changes that stand, oldest first; undoing and bringing back are no steps of their own."""
    table = Change.__table__.c
    rows = session.execute(
        select(table.seq, table.at, table.actor, table.verb, table.label, table.reason, table.phase, table.undoes)
        .order_by(table.seq)
    ).all()  # fmt: skip
    undone: set[int] = set()
    for row in reversed(rows):
        if row.undoes is not None and row.seq not in undone:
            undone.add(row.undoes)
    return [
        Step(row.seq, row.at, row.actor, row.verb, row.label, row.reason or "", row.phase or "")
        for row in rows
        if row.undoes is None and row.seq not in undone
    ]


def of_private_entries(session: Session, seqs: Sequence[int]) -> set[int]:
    """Which of these changes of the journal may be of a private entry: all but those of entries that are open now."""
    open_ones = set(session.scalars(select(JournalEntry.id).where(~JournalEntry.private)))
    told = {
        seq
        for seq, key in session.execute(
            select(ChangeRow.change_seq, ChangeRow.row_id).where(
                ChangeRow.change_seq.in_(seqs), ChangeRow.table_name == "journal_entry"
            )
        )
        if key in open_ones
    }
    return set(seqs) - told


def why(step: Step) -> str:
    """The reason that was given, as a sentence of its own; nothing where none was."""
    return f" Why: {step.reason.strip().rstrip('.')}." if step.reason.strip() else ""


def rows_at(session: Session, table: str, seq: int, now: int) -> int | None:
    """How many rows a table had after change `seq`; None where the journal does not go back that far.

    `now` is how many it has: where the journal's balance does not come to that, it is not whole.
    """
    held = ChangeRow.__table__.c
    balance: Counter[bool] = Counter()
    counted = (
        select(held.op, held.change_seq <= seq, func.count())
        .where(held.table_name == table, held.op.in_(("insert", "delete")))
        .group_by(held.op, held.change_seq <= seq)
    )
    for op, before, number in session.execute(counted):
        balance[bool(before)] += number if op == "insert" else -number
    return balance[True] if balance[True] + balance[False] == now else None


def first(found: list[Step], *verbs: Verb) -> Step | None:
    """The first step of these verbs."""
    return next((step for step in found if step.verb in verbs), None)
