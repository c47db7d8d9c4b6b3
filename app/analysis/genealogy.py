"""The lives of codes and themes: made, renamed, described, split, merged, set aside, let go - with days and reasons.

What the change journal holds tells most. Behind a border it keeps no rows; what was merged and split is then known from
the lineages, which survive it. Changes that are taken back are no part of a life.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy.orm import Session

from app.analysis.days import day
from app.analysis.map_words import listed
from app.analysis.trail.listing import undone
from app.analysis.trail.subjects import driver, last_name


class Happening(StrEnum):
    """What happens in a life."""

    MADE = "made"
    RENAMED = "renamed"
    DESCRIBED = "described"
    SPLIT = "split from another"
    MERGED = "merged into another"
    TOOK_IN = "took another in"
    GAVE = "gave part of itself to another"
    SET_ASIDE = "set aside"
    BROUGHT_BACK = "brought back"
    STATUS = "came further"
    LET_GO = "let go"
    DELETED = "deleted"


ENDS = frozenset({Happening.MERGED, Happening.DELETED})


@dataclass(frozen=True)
class Event:
    """One thing that happened: when, what, in words, why if it was said, and by which change if that is known."""

    at: datetime
    what: Happening
    words: str
    reason: str = ""
    seq: int | None = None
    other_id: str = ""
    name: str = ""
    """What it is called from here on, where that is new."""

    @property
    def day(self) -> date:
        """The day, here."""
        return self.at.astimezone().date()


@dataclass(frozen=True)
class Life:
    """The life of one code or theme, by its last name. `resting`: set aside or let go, but still there."""

    id: str
    name: str
    events: tuple[Event, ...]
    alive: bool
    resting: bool = False


@dataclass(frozen=True)
class Genealogy:
    """Lives in the order in which they began, with those they are related to. `sort` is "code" or "theme"."""

    sort: str
    lives: tuple[Life, ...]

    @property
    def empty(self) -> bool:
        """Whether there is nothing to draw."""
        return not self.lives


@dataclass
class _Draft:
    """A life while it is gathered."""

    name: str = ""
    events: list[Event] = field(default_factory=list)
    alive: bool = False
    resting: bool = False


_DESCRIBING = {
    "code": {"brief": "brief definition", "full": "full definition", "when_to_use": "when to use",
             "when_not_to_use": "when not to use"},
    "theme": {"concept": "central organising concept", "definition": "definition", "boundary": "boundary",
              "story": "story", "implication": "implication"},
}  # fmt: skip


_EVER = (
    'row_id IN (SELECT id FROM "{table}" UNION SELECT row_id FROM change_row INDEXED BY ix_change_row_altered'
    " WHERE op <> 'insert' AND op = 'delete' AND table_name = ?)"
)
"""SQL: rows that are in a table now or were once. `op <> 'insert'` lets it go by the index."""


def genealogy(session: Session, sort: str, key: str = "") -> Genealogy:
    """All codes ("code") or themes ("theme") that ever were; with `key` only that one and those it is related to."""
    lives = _lives(session, sort)
    if key:
        family = _family(lives, key)
        lives = {one: life for one, life in lives.items() if one in family}
    told = {one: life for one, life in lives.items() if life.events}
    began = {one: (told[one].events[0].at, told[one].name) for one in told}
    together: dict[str, None] = {}  # those that are related stand together, where the first of them began
    for first in sorted(began, key=began.__getitem__):
        if first not in together:
            together |= dict.fromkeys(sorted(_family(told, first), key=began.__getitem__))
    return Genealogy(sort, tuple(told[one] for one in together))


def families(found: Genealogy) -> list[tuple[Life, ...]]:
    """The lives by those that are related, in the same order."""
    lives = {life.id: life for life in found.lives}
    told: dict[str, None] = {}
    grouped = []
    for life in found.lives:
        if life.id not in told:
            family = _family(lives, life.id)
            told |= dict.fromkeys(family)
            grouped.append(tuple(one for one in found.lives if one.id in family))
    return grouped


def restructured(found: Genealogy) -> Genealogy:
    """The same without lives in which nothing happened but being made and described."""
    quiet = {Happening.MADE, Happening.DESCRIBED}
    return replace(found, lives=tuple(one for one in found.lives if {event.what for event in one.events} - quiet))


def told_of(event: Event) -> str:
    """What happened in a sentence, and why in another where it was said."""
    why = event.reason.strip().rstrip(".")
    return f"{event.words[:1].upper()}{event.words[1:]}." + (f" Why: {why}." if why else "")


def in_words(found: Genealogy) -> list[str]:
    """The lives in sentences: for who reads, and for who cannot see the drawing."""
    told = []
    for life in found.lives:
        happened = "; ".join(
            f"{day(event.day)}: {event.words}" + (f" ({event.reason.strip().rstrip('.')})" if event.reason else "")
            for event in life.events
        )
        told.append(f"“{life.name}” – {happened}.")
    return told


def _lives(session: Session, sort: str) -> dict[str, Life]:
    raw = driver(session)
    drafts: dict[str, _Draft] = {}
    back = undone(session)
    for seq, at, reason, key, op, before, after in raw.execute(
        "SELECT change.seq, change.at, change.reason, row_id, op, before, after FROM change_row"
        " JOIN change ON change.seq = change_seq"
        f" WHERE {_EVER.format(table=sort)} AND table_name = ? AND verb NOT IN ('undo', 'redo') ORDER BY change_row.id",
        (sort, sort),
    ):
        if seq in back:
            continue
        draft = drafts.setdefault(key, _Draft())
        moment = datetime.fromisoformat(at)
        _take(draft, sort, moment, reason or "", seq, op, _image(before), _image(after))
    for row in raw.execute(f'SELECT * FROM "{sort}"').fetchall():
        _from_row(raw, drafts, sort, row)
    _lineage(raw, drafts, sort, back)
    lives = {}
    for key, draft in drafts.items():
        if not draft.alive:
            draft.name = last_name(raw, sort, "name", key, draft.name)
        lives[key] = Life(key, draft.name, tuple(_tidied(draft)), draft.alive, draft.resting)
    return lives


def _take(
    draft: _Draft, sort: str, at: datetime, reason: str, seq: int, op: str, old: dict[str, Any], new: dict[str, Any]
) -> None:
    """What one row of the journal says of a life."""
    add = draft.events.append
    if op == "insert":
        draft.name = str(new.get("name") or draft.name)
        add(Event(at, Happening.MADE, f"made as “{draft.name}”", reason, seq, name=draft.name))
    elif op == "delete":
        draft.name = str(old.get("name") or draft.name)
        add(Event(at, Happening.DELETED, "deleted", reason, seq))
    else:
        if "name" in new and not _makeshift(str(new["name"])) and not _makeshift(str(old.get("name") or "")):
            draft.name = str(new["name"])
            words = f"renamed from “{old.get('name')}” to “{draft.name}”"
            add(Event(at, Happening.RENAMED, words, reason, seq, name=draft.name))
        if "status" in new:
            add(_status(at, str(new["status"]), str(new.get("set_aside_reason") or "") or reason, seq))
        said = [name for column, name in _DESCRIBING[sort].items() if column in new]
        if said:
            deed = (
                "written" if not any(old.get(column) for column in _DESCRIBING[sort] if column in new) else "rewritten"
            )
            add(Event(at, Happening.DESCRIBED, f"{listed(said)} {deed}", reason, seq))


def _status(at: datetime, status: str, reason: str, seq: int | None) -> Event:
    what = {
        "set aside": Happening.SET_ASIDE,
        "active": Happening.BROUGHT_BACK,
        "let go": Happening.LET_GO,
    }.get(status, Happening.STATUS)
    words = {Happening.STATUS: f"now {status}", Happening.BROUGHT_BACK: "brought back"}.get(what, status)
    return Event(at, what, words, reason, seq)


def _from_row(raw: Any, drafts: dict[str, _Draft], sort: str, row: Any) -> None:
    """What is there now; where the journal does not reach back to its making, its own date tells it."""
    names = [column[1] for column in raw.execute(f"PRAGMA table_info({sort})")]
    now = dict(zip(names, row, strict=True))
    draft = drafts.setdefault(now["id"], _Draft())
    draft.alive, draft.name = True, now["name"]
    draft.resting = now["status"] in ("set aside", "let go")
    if not any(event.what == Happening.MADE for event in draft.events):
        first = next((event.name for event in draft.events if event.name), "")
        name = "" if first else now["name"]
        words = f"made as “{name}”" if name else "made"
        draft.events.insert(0, Event(datetime.fromisoformat(now["created_at"]), Happening.MADE, words, name=name))
        silent = draft.resting and not any(e.what in (Happening.SET_ASIDE, Happening.LET_GO) for e in draft.events)
        if silent:
            last = draft.events[-1].at
            draft.events.append(_status(last, now["status"], str(now.get("set_aside_reason") or ""), None))


def _lineage(raw: Any, drafts: dict[str, _Draft], sort: str, back: frozenset[int]) -> None:
    """Merging and splitting: as the journal wrote it then, and for what lies behind a border as it is kept now."""
    table, column = f"{sort}_lineage", f"{sort}_id"
    seen: dict[str, tuple[int | None, str, dict[str, Any]]] = {}
    for seq, reason, key, after in raw.execute(
        "SELECT change.seq, change.reason, row_id, after FROM change_row JOIN change ON change.seq = change_seq"
        f" WHERE {_EVER.format(table=table)} AND table_name = ? AND op = 'insert' AND verb NOT IN ('undo', 'redo')",
        (table, table),
    ):
        if seq not in back:
            seen[key] = (seq, reason or "", _image(after))
    for key, owner, kind, other, name, at in raw.execute(
        f'SELECT id, "{column}", kind, other_id, other_name, at FROM {table}'
    ):
        seen.setdefault(key, (None, "", {column: owner, "kind": kind, "other_id": other, "other_name": name, "at": at}))
    for seq, reason, image in seen.values():
        _join(drafts, image, str(image[column]), seq, reason)


def _join(drafts: dict[str, _Draft], image: dict[str, Any], owner: str, seq: int | None, reason: str) -> None:
    other, name = str(image["other_id"]), str(image["other_name"])
    at = datetime.fromisoformat(str(image["at"]))
    one = drafts.setdefault(owner, _Draft())
    two = drafts.setdefault(other, _Draft(name=name))
    if image["kind"] == "merged from":
        two.events = [event for event in two.events if event.seq != seq or event.what != Happening.DELETED]
        two.name = name
        if not any(event.what == Happening.MADE for event in two.events):
            two.events.insert(0, Event(at, Happening.MADE, f"known as “{name}”", name=name))
        two.events.append(Event(at, Happening.MERGED, f"merged into “{one.name}”", reason, seq, owner))
        one.events.append(Event(at, Happening.TOOK_IN, f"“{name}” was merged into it", reason, seq, other))
    else:
        one.events = [e for e in one.events if e.seq != seq or seq is None or e.what != Happening.MADE]
        called = _name_at(one, at) or one.name
        one.events.append(Event(at, Happening.SPLIT, f"split from “{name}”", reason, seq, other, called))
        two.events.append(Event(at, Happening.GAVE, f"“{called}” was split from it", reason, seq, owner))


def _name_at(draft: _Draft, at: datetime) -> str:
    """What it was called at a moment, where a later renaming says what it was before."""
    for event in draft.events:
        if event.what == Happening.RENAMED and event.at > at:
            return event.words.removeprefix("renamed from “").partition("” to “")[0]
    return ""


def _tidied(draft: _Draft) -> Iterable[Event]:
    """In order, with what happened to the same thing on one day told once (typing a definition is many changes)."""
    events = sorted(draft.events, key=lambda event: (event.at, event.what in ENDS))
    if any(event.what == Happening.SPLIT for event in events):
        first = next(event for event in events if event.what == Happening.SPLIT)
        events = [e for e in events if not (e.what == Happening.MADE and e.day >= first.day)]
    kept: list[Event] = []
    for event in events:
        last = kept[-1] if kept else None
        if last and event.what == Happening.DESCRIBED and last.what == Happening.DESCRIBED and last.day == event.day:
            if event.words not in last.words:
                kept[-1] = replace(last, words=f"{last.words}, {event.words}")
            continue
        kept.append(event)
    return kept


def _family(lives: dict[str, Life], key: str) -> set[str]:
    """Everything that one came from or went into, however far."""
    family, ahead = {key}, [key]
    while ahead:
        life = lives.get(ahead.pop())
        for event in life.events if life else ():
            if event.other_id in lives and event.other_id not in family:
                family.add(event.other_id)
                ahead.append(event.other_id)
    return family


def _makeshift(name: str) -> bool:
    """Whether this is the name that a code bears for a moment while it is merged away."""
    return len(name) == 36 and name.count("-") == 4


def _image(text: str | None) -> dict[str, Any]:
    return json.loads(text) if text else {}
