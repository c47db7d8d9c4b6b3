"""The reflexive journal as it is read: entries with what they speak of, what they said before, words used as kinds."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from app.models import (
    Change,
    ChangeRow,
    Code,
    Excerpt,
    Group,
    JournalEntry,
    JournalLink,
    JournalRevision,
    LensEntry,
    MapVersion,
    Participant,
    Person,
    ReviewComment,
    Source,
    Theme,
)
from app.models.kinds import Phase
from app.models.verbs import Verb

KINDS = ("positionality", "hunch", "feeling", "decision", "theory", "method", "supervision")
"""Words for kinds of entries that are suggested; one's own word does as well."""


@dataclass(frozen=True, slots=True)
class Thing:
    """What an entry speaks of: its sort (a word of `operations.journal.SUBJECTS`), its id, and its name.

    An excerpt has no name of its own and never shows its words here: it is told by its transcript (`name`).
    """

    subject: str
    id: str
    name: str
    source_id: str = ""
    """The transcript of an excerpt."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry as it reads now."""

    id: str
    at: datetime
    kind: str
    text: str
    private: bool
    phase: Phase | None
    who: str
    links: tuple[Thing, ...]
    edited: bool
    """Whether it said something else before."""

    def speaks_of(self, subject: str, subject_id: str) -> bool:
        """Whether it has a link to this thing."""
        return any((link.subject, link.id) == (subject, subject_id) for link in self.links)


@dataclass(frozen=True, slots=True)
class Before:
    """What an entry said until it was edited at `until`, and who edited it then.

    `phase` is the one it was taken out of then, as the change journal has it; None where it stayed in its phase.
    """

    until: datetime
    kind: str
    text: str
    who: str
    phase: Phase | None = None


def entries(session: Session, *, about: tuple[str, str] | None = None) -> list[Entry]:
    """All entries, newest first, the private ones too; or those that speak of one thing (its sort and id)."""
    links = _links(session)
    edited = set(session.scalars(select(_R.entry_id).distinct()).all())
    rows = session.execute(
        select(_J.id, _J.at, _J.kind, _J.text, _J.private, _J.phase, func.coalesce(_P.name, ""))
        .select_from(JournalEntry.__table__.outerjoin(Person.__table__, _P.id == _J.person_id))
        .order_by(_J.at.desc(), _J.id.desc())
    ).all()
    found = [Entry(*row, links=links.get(row[0], ()), edited=row[0] in edited) for row in rows]
    return found if about is None else [entry for entry in found if entry.speaks_of(*about)]


def entry_of(session: Session, entry_id: str) -> Entry | None:
    """One entry, or None if it is gone."""
    return next((entry for entry in entries(session) if entry.id == entry_id), None)


def said_before(session: Session, entry_id: str) -> list[Before]:
    """What an entry said before, newest first."""
    rows = session.execute(
        select(_R.id, _R.at, _R.kind, _R.text, func.coalesce(_P.name, ""))
        .select_from(JournalRevision.__table__.outerjoin(Person.__table__, _P.id == _R.person_id))
        .where(_R.entry_id == entry_id)
        .order_by(_R.at.desc(), _R.id.desc())
    ).all()
    left = _phases_left(session, entry_id)
    return [Before(at, kind, text, who, left.get(key)) for key, at, kind, text, who in rows]


def _phases_left(session: Session, entry_id: str) -> dict[str, Phase]:
    """{revision: the phase that the entry left in the same change}."""
    entry, revision = aliased(ChangeRow), aliased(ChangeRow)
    rows = session.execute(
        select(revision.row_id, entry.before)
        .join(revision, revision.change_seq == entry.change_seq)
        .join(Change, Change.seq == entry.change_seq)
        .where(
            Change.verb == Verb.JOURNAL,
            (entry.table_name == "journal_entry") & (entry.row_id == entry_id) & (entry.op == "update"),
            (revision.table_name == "journal_revision") & (revision.op == "insert"),
        )
        .order_by(entry.id.desc())
    )
    found = {key: (before if isinstance(before, dict) else json.loads(before or "{}")) for key, before in rows}
    return {key: Phase(image["phase"]) for key, image in found.items() if image.get("phase")}


def kinds_used(rows: Iterable[Entry]) -> list[str]:
    """The suggested kinds, then the words of one's own that are in use."""
    own = {entry.kind for entry in rows if entry.kind} - set(KINDS)
    return [*KINDS, *sorted(own, key=str.casefold)]


def things(session: Session, links: Iterable[tuple[str, str]]) -> list[Thing]:
    """What these links lead to, in their order; what is gone is left out."""
    wanted = list(dict.fromkeys(links))
    found: dict[tuple[str, str], Thing] = {}
    for subject in {subject for subject, _ in wanted} & _NAMES.keys():
        for thing in _named(session, subject, [key for word, key in wanted if word == subject]):
            found[subject, thing.id] = thing
    return [found[one] for one in wanted if one in found]


def holding(rows: Sequence[tuple[str, Entry]], words: str) -> list[Entry]:
    """The entries that hold all words; `rows` are entries with their `folded_text`, so that typing on stays quick."""
    found = list(rows)
    for word in words.casefold().split():
        found = [row for row in found if word in row[0]]
    return [entry for _, entry in found]


def folded_text(entry: Entry) -> str:
    """What is looked through when somebody searches: the text, the kind, who wrote, and the names of its links."""
    return "\n".join((entry.text, entry.kind, entry.who, *(link.name for link in entry.links))).casefold()


def _links(session: Session) -> dict[str, tuple[Thing, ...]]:
    """{entry: what it speaks of}."""
    found: dict[str, list[Thing]] = {}
    for subject in _NAMES:
        column = JournalLink.__table__.c[f"{subject}_id"]
        rows = session.execute(select(_L.entry_id, column).where(column.is_not(None)).order_by(_L.id)).all()
        if rows:
            named = {thing.id: thing for thing in _named(session, subject)}
            for entry_id, key in rows:
                found.setdefault(entry_id, []).append(named[key])
    return {entry_id: tuple(links) for entry_id, links in found.items()}


def _named(session: Session, subject: str, keys: list[str] | None = None) -> list[Thing]:
    """The things of one sort with their names: these, or all that an entry speaks of."""
    table, name = _NAMES[subject]
    columns = [table.c.id, name]
    asked = select(*columns)
    if subject == "excerpt":
        asked = select(*columns, Source.__table__.c.id).join(Source.__table__, Source.__table__.c.id == _E.source_id)
    if keys is None:
        asked = asked.where(table.c.id.in_(select(JournalLink.__table__.c[f"{subject}_id"])))
    else:
        asked = asked.where(table.c.id.in_(keys))
    return [Thing(subject, *row) for row in session.execute(asked).all()]


# Plain tables and not mapped classes: everything written is read at once, and nobody changes it here.
_J, _R, _L, _P, _E = (kind.__table__.c for kind in (JournalEntry, JournalRevision, JournalLink, Person, Excerpt))
_NAMES = {
    "source": (Source.__table__, Source.__table__.c.name),
    "excerpt": (Excerpt.__table__, Source.__table__.c.name),
    "code": (Code.__table__, Code.__table__.c.name),
    "theme": (Theme.__table__, Theme.__table__.c.name),
    "version": (MapVersion.__table__, MapVersion.__table__.c.label),
    "lens_entry": (LensEntry.__table__, LensEntry.__table__.c.name),
    "group": (Group.__table__, Group.__table__.c.label),
    "participant": (Participant.__table__, Participant.__table__.c.pseudonym),
    "comment": (ReviewComment.__table__, ReviewComment.__table__.c.author),
}
"""{subject: (its table, the column of its name)}; an excerpt goes by its transcript, a comment by who made it."""
