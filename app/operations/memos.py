"""Memos: what the researcher writes on an excerpt, code, theme, transcript, group or participant."""

from __future__ import annotations

from sqlalchemy import select

from app.models import Memo
from app.models.verbs import Verb
from app.operations.names import clean_text
from app.study import ChangeSession

SUBJECTS = ("excerpt", "coding", "code", "theme", "source", "group", "participant")


def write_memo(session: ChangeSession, subject: str, subject_id: str, text: str, kind: str = "") -> str | None:
    """Set the one memo of this kind on a subject (a word of SUBJECTS); empty text deletes it. Returns the memo's id."""
    column = getattr(Memo, f"{subject}_id")
    memo = session.scalars(select(Memo).where(column == subject_id, Memo.kind == kind)).first()
    text = clean_text(text)
    session.announce(Verb.MEMO, f"{'Write' if memo is None else 'Change'} memo on {subject}")
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
