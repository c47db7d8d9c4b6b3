"""What others said about the analysis: threads of a comment and its replies, each at the thing it speaks of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from app import models  # its classes by their full name: this module is imported before most are mapped
from app.models.kinds import ReviewStatus


@dataclass(frozen=True)
class Reply:
    """An answer to a comment."""

    id: str
    author: str
    at: datetime
    text: str


@dataclass(frozen=True)
class Thread:
    """A comment with its replies, oldest first. `subject` is "theme", "code", "version" or "excerpt"."""

    id: str
    subject: str
    subject_id: str
    name: str
    """What it speaks of, in words; of an excerpt the transcript, never a participant's words."""
    source_id: str
    author: str
    at: datetime
    kind: str
    text: str
    status: ReviewStatus
    replies: tuple[Reply, ...]

    @property
    def is_open(self) -> bool:
        """Whether it waits for somebody."""
        return self.status == ReviewStatus.OPEN


def threads(session: Session) -> list[Thread]:
    """All comments with their replies, oldest first."""
    rows = session.scalars(
        select(models.ReviewComment).order_by(models.ReviewComment.at, models.ReviewComment.id)
    ).all()
    replies: dict[str, list[Reply]] = {}
    for row in rows:
        if row.reply_to_id is not None:
            replies.setdefault(row.reply_to_id, []).append(Reply(row.id, row.author, row.at, row.text))
    names = _names(session, [row for row in rows if row.reply_to_id is None])
    found = []
    for row in rows:
        if row.reply_to_id is not None:
            continue
        subject, subject_id = _subject(row)
        name, source_id = names.get(subject_id, ("", ""))
        found.append(
            Thread(row.id, subject, subject_id, name, source_id, row.author, row.at, row.kind, row.text, row.status,
                   tuple(replies.get(row.id, ())))
        )  # fmt: skip
    return found


_COMMENTED = text(
    "SELECT theme_id, code_id, version_id, excerpt_id, status FROM review_comment WHERE reply_to_id IS NULL"
)
"""In plain SQL: the first paint waits for it, and not for the mapping of comments and map versions."""


def commented(session: Session) -> dict[str, bool]:
    """{id of what is commented on: whether a comment on it is open}; cheap, for the marks."""
    found: dict[str, bool] = {}
    for *ids, status in session.execute(_COMMENTED).all():
        subject_id = next(one for one in ids if one is not None)
        found[subject_id] = found.get(subject_id, False) or status == ReviewStatus.OPEN
    return found


def _subject(row: models.ReviewComment) -> tuple[str, str]:
    for word in ("theme", "code", "version", "excerpt"):
        held = getattr(row, f"{word}_id")
        if held is not None:
            return word, held
    raise AssertionError("a comment is on exactly one thing")


def _names(session: Session, rows: list[models.ReviewComment]) -> dict[str, tuple[str, str]]:
    """{id: (its name, the source of an excerpt)}."""
    ids = {_subject(row)[1] for row in rows}
    if not ids:
        return {}
    found: dict[str, tuple[str, str]] = {}
    for key, name in (
        *session.execute(select(models.Theme.id, models.Theme.name).where(models.Theme.id.in_(ids))).all(),
        *session.execute(select(models.Code.id, models.Code.name).where(models.Code.id.in_(ids))).all(),
        *session.execute(
            select(models.MapVersion.id, models.MapVersion.label).where(models.MapVersion.id.in_(ids))
        ).all(),
    ):
        found[key] = (name, "")
    for key, source_id, name in session.execute(
        select(models.Excerpt.id, models.Source.id, models.Source.name)
        .join(models.Source, models.Source.id == models.Excerpt.source_id)
        .where(models.Excerpt.id.in_(ids))
    ).all():
        found[key] = (name, source_id)
    return found
