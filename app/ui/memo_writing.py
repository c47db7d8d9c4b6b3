"""Writing a memo where it is listed: which operation a row of the list is written by."""

from __future__ import annotations

from app.analysis.memos import About, MemoRow
from app.operations.memos import note_passage, write_field_note, write_memo
from app.ui.desk import Desk


def put_memo(desk: Desk, row: MemoRow, text: str, seq: int | None) -> int | None:
    """What a text field does on commit; empty text lets the memo go."""
    if row.is_field_note:
        return desk.commit_field(seq, write_field_note, row.about_kind.value, row.about_id, text)
    if row.about_kind == About.NOTE:
        return desk.commit_field(seq, note_passage, row.source_id, row.start, row.end, text)
    return desk.commit_field(seq, write_memo, row.about_kind.value, row.about_id, text, row.kind)


def holds(row: MemoRow, words: list[str]) -> bool:
    """Whether all the words stand in what is written or in the name of what it is about."""
    text = f"{row.text}\n{row.about_name}\n{row.kind}".casefold()
    return all(word in text for word in words)
