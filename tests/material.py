"""Small transcripts for tests, brought in as the program does it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from sqlalchemy import select

from app.analysis.overview import dump
from app.importers.draft import TranscriptDraft, TurnDraft
from app.models import Source
from app.models.journal import study_tables
from app.operations.importing import import_transcripts, plan_for
from app.study import Study

LINES = (
    ("Nur", "It felt like a place where I belong."),
    ("Bilal", "Same here. We kept each other going, honestly."),
    ("Moderator", "Can you say more?"),
    ("Nur", "Somebody noticed when I was not there."),
    ("Bilal", "And then you pass it on."),
)


def draft_of(
    lines: tuple[tuple[str | None, str], ...] = LINES,
    *,
    file_name: str = "FG1.txt",
    before: str = "",
    head: tuple[tuple[str, str], ...] = (),
    original: bytes = b"",
) -> TranscriptDraft:
    """A draft with one turn a line, "Name: words"; a line without a name has no label."""
    text, turns = before, []
    for name, words in lines:
        label_start = len(text)
        text += f"{name}:" if name else ""
        label_end = len(text)
        text += " " if name else ""
        start = len(text)
        text += words
        turns.append(TurnDraft(label_start, label_end, start, len(text), name))
        text += "\n"
    return TranscriptDraft(
        file_name,
        "txt",
        "utf-8",
        text,
        tuple(turns),
        "name: text",
        f"hash of {file_name}",
        original=original,
        head=head,
    )


MadeOnce = Callable[[Callable[[Path], Any], Path], Any]
"""The fixture `made_once`."""


@dataclass(frozen=True)
class Talk:
    """A transcript that was brought in."""

    source_id: str
    text: str

    def span(self, words: str) -> tuple[int, int]:
        """Where these words stand."""
        start = self.text.index(words)
        return start, start + len(words)


def bring_in(
    study: Study, draft: TranscriptDraft | None = None, *, group: str = "FG1", keep_original: bool = False
) -> Talk:
    """Import one draft as one change."""
    draft = draft or draft_of()
    with study.change() as session:
        plan = replace(plan_for(session, draft, group=group), keep_original=keep_original)
        (imported,) = import_transcripts(session, [plan])
        text = session.scalar(select(Source.text).where(Source.id == imported.source_id))
    assert text == draft.text
    return Talk(imported.source_id, draft.text)


def rows_of(study: Study) -> dict[str, list[dict[str, Any]]]:
    """Every row of every study table by key, as SQLite holds them; the change journal is left out."""
    rows = {}
    for table in study_tables():
        found = study.connection.execute(f'SELECT * FROM main."{table.name}" ORDER BY id')
        names = [column[0] for column in found.description]
        rows[table.name] = [dict(zip(names, row, strict=True)) for row in found]
    return rows


def dumped(study: Study) -> dict[str, list[dict[str, Any]]]:
    """The same as the program says it: the equality of undo and redo."""
    with study.read() as session:
        return dump(session, with_journal=False)
