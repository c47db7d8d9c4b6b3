"""Figures of a whole study: what `reflexa info` says, the history, and the dump that equality is judged by."""

from __future__ import annotations

import base64
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.cipher import key_of
from app.models import (
    Base,
    Change,
    ChangeRow,
    Code,
    Coding,
    Excerpt,
    Group,
    JournalEntry,
    Mapping,
    Memo,
    Participant,
    Source,
    StudySheet,
    Theme,
    Turn,
    load_all,
)
from app.models.journal import JOURNAL_TABLES
from app.models.kinds import CodeStatus, ThemeKind
from app.models.migrations import SCHEMA


def info(session: Session) -> dict[str, Any]:
    """Counts of a study; words are white-space runs of what was said, without labels."""

    def count(kind: type[Base], *where: Any) -> int:
        return session.scalar(select(func.count()).select_from(kind).where(*where)) or 0

    return {
        "title": session.scalar(select(StudySheet.title)) or "",
        "schema": SCHEMA,
        "transcripts": count(Source),
        "words": session.scalar(select(func.sum(Source.words))) or 0,
        "turns": count(Turn, ~Turn.continues),
        "participants": count(Participant),
        "groups": count(Group),
        "codes": count(Code),
        "codes_set_aside": count(Code, Code.status == CodeStatus.SET_ASIDE),
        "excerpts": count(Excerpt),
        "codings": count(Coding),
        "themes": count(Theme, Theme.kind != ThemeKind.SUBTHEME),
        "subthemes": count(Theme, Theme.kind == ThemeKind.SUBTHEME),
        "mappings": count(Mapping),
        "memos": count(Memo),
        "journal_entries": count(JournalEntry),
        "changes": count(Change),
        "encrypted": key_of(session.connection().connection.driver_connection) is not None,
    }


def dump(session: Session, *, with_journal: bool = True) -> dict[str, list[dict[str, Any]]]:
    """Every table as rows sorted by key: the equality used for undo, round trips and tests."""
    tables: dict[str, list[dict[str, Any]]] = {}
    for table in load_all().sorted_tables:
        if table.name in JOURNAL_TABLES and not with_journal:
            continue
        key = next(iter(table.primary_key.columns))
        rows = session.execute(select(table).order_by(key)).mappings().all()
        tables[table.name] = [{name: _plain(value) for name, value in row.items()} for row in rows]
    return tables


def history(session: Session) -> list[dict[str, Any]]:
    """The change journal, oldest first, in words; `rows` is how many rows each change touched."""
    touched = dict(session.execute(select(ChangeRow.change_seq, func.count()).group_by(ChangeRow.change_seq)).all())
    return [
        {
            "seq": change.seq,
            "at": _plain(change.at),
            "actor": change.actor,
            "verb": change.verb,
            "label": change.label,
            "reason": change.reason,
            "undoes": change.undoes,
            "rows": touched.get(change.seq, 0),
        }
        for change in session.scalars(select(Change).order_by(Change.seq)).all()
    ]


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat(timespec="microseconds").replace("+00:00", "Z")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bytes):
        return base64.b64encode(value).decode()
    return value


def study_title(session: Session) -> str:
    """The title of the study."""
    return session.scalar(select(StudySheet.__table__.c.title)) or ""
