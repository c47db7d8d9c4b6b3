"""Memos: what the researcher writes on an excerpt, code, theme, transcript, group or participant."""

from __future__ import annotations

from functools import cache
from typing import Any

from sqlalchemy import Column, exists, select

from app.errors import NotPossible
from app.models import (
    Base,
    Code,
    Coding,
    Excerpt,
    Group,
    Memo,
    Participant,
    Source,
    Theme,
    load_all,
)
from app.models.kinds import ExcerptLevel
from app.models.verbs import Verb
from app.operations.excerpts import excerpts_at, take_excerpt
from app.operations.names import clean_text, get
from app.operations.people import edit_group, edit_participant
from app.study import ChangeSession

SUBJECTS: dict[str, tuple[type[Base], str]] = {
    "excerpt": (Excerpt, "excerpt"),
    "coding": (Coding, "coding"),
    "code": (Code, "code"),
    "theme": (Theme, "theme"),
    "source": (Source, "transcript"),
    "group": (Group, "group"),
    "participant": (Participant, "participant"),
}
"""{word for a subject: (what it is, how a person calls it)}."""


def write_memo(session: ChangeSession, subject: str, subject_id: str, text: str, kind: str = "") -> str | None:
    """Set the one memo of this kind on a subject (a word of SUBJECTS); empty text deletes it. Returns the memo's id."""
    if subject not in SUBJECTS:
        raise NotPossible(f"No memo can be written on a “{subject}”.")
    what, word = SUBJECTS[subject]
    get(session, what, subject_id, word)
    column = getattr(Memo, f"{subject}_id")
    memo = session.scalars(select(Memo).where(column == subject_id, Memo.kind == kind)).first()
    text = clean_text(text)
    deed = "Delete" if not text else "Write" if memo is None else "Change"
    session.announce(Verb.MEMO, f"{deed} memo on {word}")
    if not text:
        if memo is not None:
            session.delete(memo)
        return None
    if memo is None:
        memo = Memo(kind=kind, text=text, created_at=session.at, person_id=session.person_id)
        setattr(memo, f"{subject}_id", subject_id)
        session.add(memo)
    else:
        memo.text = text
    session.flush()
    return memo.id


def note_passage(
    session: ChangeSession, source_id: str, start: int, end: int, text: str, *, level: ExcerptLevel | None = None
) -> str | None:
    """Set the note beside a passage: the memo of the excerpt that stands there, taken if need be. Returns its id.

    Empty text lets the note go, and with it an excerpt that was taken for the note alone. Raises as `take_excerpt`.
    """
    if clean_text(text):
        session.announce(Verb.MEMO, "Write note beside the text")
        excerpt_id = take_excerpt(session, source_id, start, end, level=level)
        write_memo(session, "excerpt", excerpt_id, text)
        return excerpt_id
    session.announce(Verb.MEMO, "Delete note beside the text")
    for excerpt_id in excerpts_at(session, source_id, start, end):
        if level in (None, get(session, Excerpt, excerpt_id, "excerpt").level):
            erase_note(session, excerpt_id)
    return None


def erase_note(session: ChangeSession, excerpt_id: str) -> None:
    """Delete the memo of an excerpt, and the excerpt with it if it was taken for the note and holds nothing else."""
    excerpt = get(session, Excerpt, excerpt_id, "excerpt")
    session.announce(Verb.MEMO, "Delete note beside the text")
    memo = session.scalars(select(Memo).where(Memo.excerpt_id == excerpt_id, Memo.kind == "")).first()
    if memo is None:
        return
    taken_for_it = memo.created_at == excerpt.created_at
    session.delete(memo)
    session.flush()
    held = (column.table for column in _on_excerpts() if session.scalar(select(exists().where(column == excerpt_id))))
    if taken_for_it and next(held, None) is None:
        session.delete(excerpt)
        session.flush()


def write_field_note(session: ChangeSession, subject: str, subject_id: str, text: str) -> None:
    """Write the one field note of a group, or of a participant."""
    if subject not in ("group", "participant"):
        raise NotPossible(f"There is no field note on a “{subject}”.")
    what, word = SUBJECTS[subject]
    get(session, what, subject_id, word)
    session.announce(Verb.MEMO, f"{'Write' if clean_text(text) else 'Delete'} field note on {word}")
    if subject == "group":
        edit_group(session, subject_id, field_note=text)
    else:
        edit_participant(session, subject_id, note=text)


@cache
def _on_excerpts() -> tuple[Column[Any], ...]:
    """Every column of the study that points to an excerpt."""
    return tuple(
        column
        for table in load_all().sorted_tables
        for column in table.columns
        if any(key.column.table is Excerpt.__table__ for key in column.foreign_keys)
    )
