"""Everything that was written in a study, in one list: memos, notes, field notes, journal entries, comments."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from app.analysis.journal import Entry, entries
from app.analysis.memos import About, MemoRow, memo_texts
from app.analysis.reviews import Thread, threads
from app.models import Coding, JournalLink, Memo

_LONG_AGO = datetime(1, 1, 1, tzinfo=UTC)


def written_texts(session: Session, *, about: tuple[str, str] | None = None) -> list[MemoRow]:
    """Everything written, newest first; what has no date comes last. Or what was written about one thing.

    What stands in a transcript is also about the transcript, and what is said of one coding about its code and its
    excerpt.
    """
    notes = memo_texts(session)
    thoughts = entries(session)
    said = threads(session)
    if about is not None:
        subject, key = about
        near = _codings_of(session, subject, key)
        notes = [row for row in notes if _is_about(row, subject, key, near)]
        thoughts = [
            entry
            for entry in thoughts
            if entry.speaks_of(subject, key) or (subject == "source" and any(key == x.source_id for x in entry.links))
        ]
        said = [one for one in said if (one.subject, one.subject_id) == about]
    rows = [*notes, *(_of_entry(entry) for entry in thoughts), *(_of_thread(one) for one in said)]
    return sorted(rows, key=lambda row: (row.at or _LONG_AGO, row.id), reverse=True)


def is_written_about(session: Session, subject: str, key: str) -> bool:
    """Whether the journal speaks of a thing, or one of its codings has a memo; cheap, for a line on its sheet."""
    linked = select(JournalLink.id).where(getattr(JournalLink, f"{subject}_id") == key)
    if session.scalar(select(exists(linked))):
        return True
    if subject not in ("code", "excerpt"):
        return False
    codings = select(Coding.id).where(getattr(Coding, f"{subject}_id") == key)
    return bool(session.scalar(select(exists().where(Memo.coding_id.in_(codings)))))


def _of_entry(entry: Entry) -> MemoRow:
    return MemoRow(
        entry.id, entry.text, About.ENTRY, "", " · ".join(dict.fromkeys(link.name for link in entry.links)), "", 0, 0,
        entry.at, entry.who, entry.kind, entry.private,
    )  # fmt: skip


def _of_thread(one: Thread) -> MemoRow:
    text = "\n\n".join((one.text, *(f"{reply.author}: {reply.text}".lstrip(": ") for reply in one.replies)))
    return MemoRow(one.id, text, About.COMMENT, one.subject_id, one.name, "", 0, 0, one.at, one.author, one.kind)


def _is_about(row: MemoRow, subject: str, key: str, codings: set[str]) -> bool:
    if row.about_kind == About.CODING and row.about_id in codings:
        return True
    if subject == "source" and row.source_id == key:
        return True
    kind = "excerpt" if row.about_kind == About.NOTE else row.about_kind.value
    return (kind, row.about_id) == (subject, key)


def _codings_of(session: Session, subject: str, key: str) -> set[str]:
    if subject not in ("code", "excerpt"):
        return set()
    column = Coding.code_id if subject == "code" else Coding.excerpt_id
    noted = select(Memo.coding_id).where(Memo.coding_id.is_not(None))
    return set(session.scalars(select(Coding.id).where(column == key, Coding.id.in_(noted))).all())
