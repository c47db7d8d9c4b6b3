"""Comments on the analysis with their replies, and the checks a theme went through."""

from __future__ import annotations

from datetime import datetime

from app.errors import NotPossible
from app.models import Code, Excerpt, MapVersion, ReviewCheck, ReviewComment, Theme, new_key
from app.models.kinds import ReviewLevel, ReviewStatus
from app.models.verbs import Verb
from app.operations.names import clean_text, get, one_line
from app.study import ChangeSession

SUBJECTS: dict[str, tuple[type[Theme | Code | MapVersion | Excerpt], str]] = {
    "theme": (Theme, "theme"),
    "code": (Code, "code"),
    "version": (MapVersion, "version"),
    "excerpt": (Excerpt, "excerpt"),
}


def comment(
    session: ChangeSession,
    subject: str,
    subject_id: str,
    text: str,
    *,
    author: str = "",
    kind: str = "",
    at: datetime | None = None,
) -> str:
    """Comment on a theme, code, version or excerpt; returns the comment's id. Raises NotPossible."""
    if subject not in SUBJECTS:
        raise NotPossible(f"One cannot comment on a “{subject}”.")
    model, word = SUBJECTS[subject]
    get(session, model, subject_id, word)
    words = clean_text(text).strip()
    if not words:
        raise NotPossible("A comment needs words.")
    session.announce(Verb.REVIEW, f"Comment on a {word}")
    row = ReviewComment(id=new_key(), author=one_line(author), at=at or session.at, kind=one_line(kind), text=words)
    setattr(row, f"{subject}_id", subject_id)
    session.add(row)
    session.flush()
    return row.id


def reply(session: ChangeSession, comment_id: str, text: str, *, author: str = "", at: datetime | None = None) -> str:
    """Answer a comment (never a reply: answers stand in one row); returns the reply's id."""
    about = get(session, ReviewComment, comment_id, "comment")
    words = clean_text(text).strip()
    if not words:
        raise NotPossible("A reply needs words.")
    session.announce(Verb.REVIEW, "Reply to a comment")
    row = ReviewComment(
        id=new_key(),
        author=one_line(author),
        at=at or session.at,
        text=words,
        reply_to_id=about.reply_to_id or about.id,
    )
    session.add(row)
    session.flush()
    return row.id


def set_comment_status(session: ChangeSession, comment_id: str, status: ReviewStatus) -> None:
    """Say where a comment stands: open, discussed or set aside."""
    row = get(session, ReviewComment, comment_id, "comment")
    session.announce(Verb.REVIEW, f"A comment is {ReviewStatus(status).value}")
    row.status = ReviewStatus(status)


def delete_comment(session: ChangeSession, comment_id: str) -> None:
    """Delete a comment with its replies."""
    row = get(session, ReviewComment, comment_id, "comment")
    session.announce(Verb.REVIEW, "Delete a comment")
    session.delete(row)
    session.flush()


def record_check(session: ChangeSession, theme_id: str, level: ReviewLevel, finding: str) -> str:
    """Record that a theme was checked against its excerpts or the whole data, and what came of it."""
    theme = get(session, Theme, theme_id, "theme")
    session.announce(Verb.REVIEW, f"Check ‘{theme.name}’ {ReviewLevel(level).value}")
    row = ReviewCheck(
        id=new_key(),
        theme_id=theme_id,
        level=ReviewLevel(level),
        at=session.at,
        finding=clean_text(finding),
        person_id=session.person_id,
    )
    session.add(row)
    session.flush()
    return row.id


def delete_check(session: ChangeSession, check_id: str) -> None:
    """Take a check back."""
    row = get(session, ReviewCheck, check_id, "check")
    session.announce(Verb.REVIEW, "Delete a check")
    session.delete(row)
    session.flush()
