"""What others said about the analysis: threads of a comment and its replies, each at the thing it speaks of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models import Code, Excerpt, MapVersion, ReviewComment, Source, Theme
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
    rows = session.scalars(select(ReviewComment).order_by(ReviewComment.at, ReviewComment.id)).all()
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


def commented(session: Session) -> dict[str, bool]:
    """{id of what is commented on: whether a comment on it is open}; cheap, for the marks."""
    found: dict[str, bool] = {}
    held = ReviewComment.__table__.c  # not the mapped class: the first paint waits for this
    columns = (held.theme_id, held.code_id, held.version_id, held.excerpt_id, held.status)
    for *ids, status in session.execute(select(*columns).where(held.reply_to_id.is_(None))).all():
        subject_id = next(one for one in ids if one is not None)
        found[subject_id] = found.get(subject_id, False) or status == ReviewStatus.OPEN
    return found


def _subject(row: ReviewComment) -> tuple[str, str]:
    for word in ("theme", "code", "version", "excerpt"):
        held = getattr(row, f"{word}_id")
        if held is not None:
            return word, held
    raise AssertionError("a comment is on exactly one thing")


def _names(session: Session, rows: list[ReviewComment]) -> dict[str, tuple[str, str]]:
    """{id: (its name, the source of an excerpt)}."""
    ids = {_subject(row)[1] for row in rows}
    if not ids:
        return {}
    found: dict[str, tuple[str, str]] = {}
    for key, name in (
        *session.execute(select(Theme.id, Theme.name).where(Theme.id.in_(ids))).all(),
        *session.execute(select(Code.id, Code.name).where(Code.id.in_(ids))).all(),
        *session.execute(select(MapVersion.id, MapVersion.label).where(MapVersion.id.in_(ids))).all(),
    ):
        found[key] = (name, "")
    for key, source_id, name in session.execute(
        select(Excerpt.id, Source.id, Source.name)
        .join(Source, Source.id == Excerpt.source_id)
        .where(Excerpt.id.in_(ids))
    ).all():
        found[key] = (name, source_id)
    return found
