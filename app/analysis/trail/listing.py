"""Which changes a trail shows, newest first, and their heads in words. Only what is seen is fetched."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.analysis.map_content import VersionRow
from app.analysis.trail.classes import Halpern, class_of, verbs_of
from app.analysis.trail.subjects import changes_of, driver
from app.models import Change
from app.models.verbs import BORDERS, Verb

NOWHERE = "nothing in particular"
"""In a filter: changes that were made while no phase was said."""


@dataclass(frozen=True)
class Wanted:
    """What a trail is narrowed to; what is None or empty narrows nothing. Days are days here, both included."""

    subject: tuple[str, str] | None = None
    actor: str | None = None
    kinds: frozenset[Halpern] = frozenset()
    phase: str | None = None
    since: date | None = None
    until: date | None = None
    text: str = ""
    steps_of_undo: bool = False
    undone: bool = True


@dataclass(frozen=True)
class Entry:
    """The head of one change. `taken_back_at` is when undo took it back, if that still holds."""

    seq: int
    at: datetime
    actor: str
    verb: Verb
    label: str
    reason: str
    phase: str
    origin: str
    taken_back_at: datetime | None

    @property
    def day(self) -> date:
        """The day it was made, here."""
        return self.at.astimezone().date()

    @property
    def kind(self) -> Halpern:
        """Which of the six classes it belongs to."""
        return class_of(self.verb)

    @property
    def is_border(self) -> bool:
        """Whether undo and looking back stop here."""
        return self.verb in BORDERS

    @property
    def words(self) -> str:
        """What was done, in a line."""
        said = self.label or f"{self.verb.value.capitalize()} (what was said here was removed)"
        return {Verb.UNDO: "Undo: ", Verb.REDO: "Redo: "}.get(self.verb, "") + said


def found(session: Session, wanted: Wanted | None = None) -> list[int]:
    """The numbers of the changes that are wanted, newest first."""
    wanted = wanted or Wanted()
    where, values = _where(wanted)
    words = wanted.text.casefold().split()
    plain = wanted.text.isascii()
    columns = "seq" if plain else "seq, label, reason"
    rows = driver(session).execute(f"SELECT {columns} FROM change WHERE {where} ORDER BY seq DESC", values)
    if plain:
        return [row[0] for row in rows]
    return [seq for seq, label, reason in rows if all(word in f"{label}\n{reason or ''}".casefold() for word in words)]


def entries(session: Session, seqs: Sequence[int]) -> list[Entry]:
    """The heads of these changes, in the order asked for; numbers that are no change are left out."""
    raw = driver(session)
    numbers = json.dumps(list(seqs))
    heads = {
        row[0]: row
        for row in raw.execute(
            "SELECT seq, at, actor, verb, label, reason, phase, origin FROM change"
            " WHERE seq IN (SELECT value FROM json_each(?))",
            (numbers,),
        )
    }
    back = dict(
        raw.execute(
            f"SELECT undoes, max(at) FROM change AS back WHERE undoes IN (SELECT value FROM json_each(?))"
            f" AND {_STANDS} GROUP BY undoes",
            (numbers,),
        ).fetchall()
    )
    return [_entry(heads[seq], back.get(seq)) for seq in seqs if seq in heads]


def actors(session: Session) -> list[str]:
    """Who made changes, by name."""
    return [row[0] for row in driver(session).execute("SELECT DISTINCT actor FROM change ORDER BY actor") if row[0]]


def seq_at(session: Session, day: date) -> int:
    """The last change that was made until the end of a day; 0 if the study is younger."""
    row = driver(session).execute("SELECT max(seq) FROM change WHERE at < ?", (_start(day + timedelta(days=1)),))
    return int(row.fetchone()[0] or 0)


def seq_of_version(session: Session, version: VersionRow) -> int:
    """The change by which a version of the map was kept, or the last one until then."""
    last = select(func.max(Change.seq))
    kept = session.scalar(last.where(Change.verb == Verb.KEEP_VERSION, Change.at == version.at))
    return kept or session.scalar(last.where(Change.at <= version.at)) or 0


def undone(session: Session) -> frozenset[int]:
    """The numbers of all changes that are taken back now."""
    rows = driver(session).execute(f"SELECT undoes FROM change AS back WHERE {_STANDS}")
    return frozenset(row[0] for row in rows)


_STANDS = (
    "back.verb = 'undo' AND NOT EXISTS"
    " (SELECT 1 FROM change AS again WHERE again.undoes = back.seq AND again.verb = 'redo')"
)
"""SQL: an undo that no redo took back. Undo always takes back the change as it was first made (`undo_list`)."""


def _where(wanted: Wanted) -> tuple[str, list[Any]]:
    parts: list[str] = ["1"]
    values: list[Any] = []
    if not wanted.steps_of_undo:
        parts.append("verb NOT IN ('undo', 'redo')")
    if not wanted.undone:
        parts.append(f"seq NOT IN (SELECT undoes FROM change AS back WHERE {_STANDS})")
    if wanted.actor is not None:
        parts.append("actor = ?")
        values.append(wanted.actor)
    if wanted.kinds:
        verbs = verbs_of(wanted.kinds)
        parts.append(f"verb IN ({', '.join('?' * len(verbs))})")
        values += verbs
    if wanted.phase is not None:
        parts.append("phase IS ?")
        values.append(None if wanted.phase == NOWHERE else wanted.phase)
    if wanted.since is not None:
        parts.append("at >= ?")
        values.append(_start(wanted.since))
    if wanted.until is not None:
        parts.append("at < ?")
        values.append(_start(wanted.until + timedelta(days=1)))
    for like in map(_like, wanted.text.split()):
        parts.append("(label LIKE ? ESCAPE '\\' OR reason LIKE ? ESCAPE '\\')")
        values += [like, like]
    if wanted.subject is not None:
        sql, more = changes_of(*wanted.subject)
        parts.append(f"seq IN ({sql})")
        values += more
    return " AND ".join(parts), values


def _like(text: str) -> str:
    """A pattern that finds all that may be meant: SQLite folds the case of ASCII letters only."""
    return f"%{''.join(_letter(c) for c in text)}%"


def _letter(c: str) -> str:
    if c in "\\%_":
        return f"\\{c}"
    return c if c.isascii() else "_" if len(c.casefold()) == 1 else "%"  # "ß" may stand as two letters


def _start(day: date) -> str:
    """The moment at which a day begins here, as the journal writes moments."""
    return datetime.combine(day, time()).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def _entry(row: tuple[Any, ...], back: str | None) -> Entry:
    seq, at, actor, verb, label, reason, phase, origin = row
    return Entry(
        seq,
        datetime.fromisoformat(at),
        actor,
        Verb(verb),
        label,
        reason or "",
        phase or "",
        origin,
        None if back is None else datetime.fromisoformat(back),
    )
