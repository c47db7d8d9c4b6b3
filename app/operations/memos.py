"""Memos: what the researcher writes on an excerpt, code, theme, transcript, group or participant."""

from __future__ import annotations

from sqlalchemy import select

from app.errors import NotPossible
from app.models import Base, Code, Coding, Excerpt, Group, Memo, Participant, Source, Theme
from app.models.verbs import Verb
from app.operations.names import clean_text, get
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
