"""The reflexive journal: writing entries, editing them without losing what they said, and linking them to things."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Literal

from sqlalchemy import delete, or_, select, update

from app.errors import NotPossible
from app.models import (
    Base,
    ChangeRow,
    Code,
    Coding,
    Excerpt,
    Group,
    JournalEntry,
    JournalLink,
    JournalRevision,
    LensEntry,
    MapVersion,
    Memo,
    Participant,
    PhaseVisit,
    ReviewComment,
    Source,
    Theme,
    new_key,
)
from app.models.kinds import Phase
from app.models.verbs import Verb
from app.operations.memos import erase_note
from app.operations.names import clean_text, get, one_line
from app.study import ChangeSession

SUBJECTS: dict[str, tuple[type[Base], str]] = {
    "source": (Source, "transcript"),
    "excerpt": (Excerpt, "excerpt"),
    "code": (Code, "code"),
    "theme": (Theme, "theme"),
    "version": (MapVersion, "map version"),
    "lens_entry": (LensEntry, "lens entry"),
    "group": (Group, "group"),
    "participant": (Participant, "participant"),
    "comment": (ReviewComment, "comment"),
}
"""{word for a thing that an entry may speak of: (what it is, how a person calls it)}."""

Link = tuple[str, str]
"""A word of SUBJECTS and the id of the thing."""


def write_entry(
    session: ChangeSession,
    text: str,
    *,
    kind: str = "",
    links: Iterable[Link] = (),
    private: bool = False,
    phase: Phase | Literal[""] | None = None,
    at: datetime | None = None,
) -> str:
    """Write an entry and say what it speaks of; returns its id. Raises NotPossible if it says nothing.

    Without `phase` it belongs to the phase that the researcher said to be in at that moment, if there is one; "" is
    none of them.
    """
    words = _words(text)
    moment = at or session.at
    within = _phase_at(session, moment) if phase is None else Phase(phase) if phase else None
    session.announce(Verb.JOURNAL, "Write in the journal")
    entry = JournalEntry(
        id=new_key(),
        at=moment,
        kind=one_line(kind),
        text=words,
        private=private,
        phase=within,
        person_id=session.person_id,
    )
    session.add(entry)
    session.flush()
    for subject, subject_id in links:
        link_entry(session, entry.id, subject, subject_id)
    return entry.id


def edit_entry(
    session: ChangeSession,
    entry_id: str,
    *,
    text: str | None = None,
    kind: str | None = None,
    private: bool | None = None,
    phase: Phase | Literal[""] | None = None,
) -> None:
    """Change an entry as far as is named; `phase` "" takes it out of any. What it was before is kept as a revision.

    Typing on is one edit: within one change what stood before it is kept once, and of a new entry nothing. Which phase
    it belonged to before stands in the change that altered it.
    """
    entry = get(session, JournalEntry, entry_id, "entry")
    words = entry.text if text is None else _words(text)
    word = entry.kind if kind is None else one_line(kind)
    within = entry.phase if phase is None else Phase(phase) if phase else None
    said_again = (words, word) == (entry.text, entry.kind)
    if within == entry.phase or not said_again:
        session.announce(Verb.JOURNAL, "Edit journal entry")
    elif within is None:
        session.announce(Verb.JOURNAL, "Take journal entry out of its phase")
    else:
        session.announce(Verb.JOURNAL, f"Put journal entry in the phase ‘{within.value}’")
    if within != entry.phase or not said_again:
        if not _written_now(session, entry_id):
            session.add(
                JournalRevision(
                    id=new_key(),
                    entry_id=entry_id,
                    at=session.at,
                    kind=entry.kind,
                    text=entry.text,
                    person_id=session.person_id,
                )
            )
        entry.text, entry.kind, entry.phase = words, word, within
    if private is not None:
        entry.private = private
    session.flush()


def delete_entry(session: ChangeSession, entry_id: str) -> None:
    """Delete an entry with what it said before."""
    entry = get(session, JournalEntry, entry_id, "entry")
    session.announce(Verb.JOURNAL, "Delete journal entry")
    session.delete(entry)
    session.flush()


def link_entry(session: ChangeSession, entry_id: str, subject: str, subject_id: str) -> bool:
    """Say that an entry speaks of a thing; returns whether that is new."""
    model, word = _subject(subject)
    get(session, JournalEntry, entry_id, "entry")
    get(session, model, subject_id, word)
    if _link(session, entry_id, subject, subject_id) is not None:
        return False
    session.announce(Verb.JOURNAL, f"Link journal entry to {word}")
    link = JournalLink(id=new_key(), entry_id=entry_id)
    setattr(link, f"{subject}_id", subject_id)
    session.add(link)
    session.flush()
    return True


def unlink_entry(session: ChangeSession, entry_id: str, subject: str, subject_id: str) -> bool:
    """Say that an entry does not speak of a thing; returns whether it did."""
    word = _subject(subject)[1]
    link = _link(session, entry_id, subject, subject_id)
    if link is None:
        return False
    session.announce(Verb.JOURNAL, f"Take link to {word} off journal entry")
    session.delete(link)
    session.flush()
    return True


def links_go_over(session: ChangeSession, subject: str, from_id: str, to_id: str) -> None:
    """Let entries that speak of one thing speak of another, into which it goes; none speaks of that twice."""
    column = JournalLink.__table__.c[f"{subject}_id"]
    there = select(JournalLink.entry_id).where(column == to_id)
    session.execute(delete(JournalLink).where(column == from_id, JournalLink.entry_id.in_(there)))
    session.execute(update(JournalLink).where(column == from_id).values({column.name: to_id}))


def entry_from_memo(session: ChangeSession, memo_id: str, *, kind: str | None = None, private: bool = False) -> str:
    """Turn a memo into an entry of the same day and person that speaks of what the memo stood on; returns its id."""
    memo = get(session, Memo, memo_id, "memo")
    session.announce(Verb.JOURNAL, "Turn memo into journal entry")
    entry_id = write_entry(
        session,
        memo.text,
        kind=memo.kind if kind is None else kind,
        links=_links_of(session, memo),
        private=private,
        at=memo.created_at,
    )
    get(session, JournalEntry, entry_id, "entry").person_id = memo.person_id
    if memo.excerpt_id is not None and not memo.kind:
        erase_note(session, memo.excerpt_id)
    else:
        session.delete(memo)
    session.flush()
    return entry_id


def _links_of(session: ChangeSession, memo: Memo) -> list[Link]:
    """What a memo stood on. On a coding it speaks of the excerpt and of the code."""
    if memo.coding_id is not None:
        coding = get(session, Coding, memo.coding_id, "coding")
        return [("excerpt", coding.excerpt_id), ("code", coding.code_id)]
    held = ((word, getattr(memo, f"{word}_id", None)) for word in SUBJECTS)
    return [(word, key) for word, key in held if key is not None]


def _words(text: str) -> str:
    words = clean_text(text).strip("\n")
    if not words.strip():
        raise NotPossible("A journal entry needs words. To let it go, delete it.")
    return words


def _subject(subject: str) -> tuple[type[Base], str]:
    if subject not in SUBJECTS:
        raise NotPossible(f"A journal entry cannot speak of a “{subject}”.")
    return SUBJECTS[subject]


def _link(session: ChangeSession, entry_id: str, subject: str, subject_id: str) -> JournalLink | None:
    column = getattr(JournalLink, f"{subject}_id")
    return session.scalars(select(JournalLink).where(JournalLink.entry_id == entry_id, column == subject_id)).first()


def _phase_at(session: ChangeSession, moment: datetime) -> Phase | None:
    """The phase that the researcher said to be in at this moment."""
    return session.scalar(
        select(PhaseVisit.phase)
        .where(PhaseVisit.began_at <= moment, or_(PhaseVisit.ended_at.is_(None), PhaseVisit.ended_at > moment))
        .order_by(PhaseVisit.began_at.desc())
        .limit(1)
    )


def _written_now(session: ChangeSession, entry_id: str) -> bool:
    """Whether this change has made the entry, or has kept already what it said before."""
    revisions = select(JournalRevision.id).where(JournalRevision.entry_id == entry_id)
    touched = or_(
        (ChangeRow.table_name == "journal_entry") & (ChangeRow.row_id == entry_id) & ChangeRow.before.is_(None),
        (ChangeRow.table_name == "journal_revision") & ChangeRow.row_id.in_(revisions),
    )
    return session.scalar(select(ChangeRow.row_id).where(ChangeRow.change_seq == session.seq, touched)) is not None
