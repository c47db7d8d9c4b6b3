"""Writing memos where they are listed: the field for the one at hand, and what a filter leaves of the list."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from PySide6.QtCore import QCoreApplication

from app.analysis.memos import About, MemoRow
from app.operations.memos import note_passage, write_field_note, write_memo
from app.ui.desk import Desk
from app.ui.widgets.fields import TextField


class MemoField(TextField):
    """The memo at hand. It stays there while one types, even when emptying it took it off the list."""

    def __init__(self, desk: Desk, *, lines: int, most: int) -> None:
        super().__init__(_tr("The memo at hand"), _tr("Empty: it vanishes."), self._write, lines=lines, most=most)
        self._desk = desk
        self.memo: MemoRow | None = None

    def at_hand(self, chosen: MemoRow | None, rows: Iterable[MemoRow]) -> MemoRow | None:
        """The chosen one of these rows; while one is writing in another, that one."""
        held = self.memo
        if held is None or not self.hasFocus() or (chosen is not None and chosen.id == held.id):
            return chosen
        return next((row for row in rows if row.id == held.id), held)

    def show_memo(self, row: MemoRow | None) -> None:
        """Show what the study says of it; what was typed in another one is committed first."""
        if row is not None and row is self.memo:
            return
        other = (self.memo.id if self.memo else "") != (row.id if row else "")
        if other:
            self.commit_now()
        self.memo = row
        self.show_text(row.text if row is not None else "", anew=other)

    def text_key(self) -> str:
        """Names the memo at hand among all texts of a study."""
        return f"memo/{self.memo.about_kind.value}/{self.memo.about_id}" if self.memo is not None else "memo"

    def _write(self, text: str, seq: int | None) -> int | None:
        return None if self.memo is None else put_memo(self._desk, self.memo, text, seq)


def put_memo(desk: Desk, row: MemoRow, text: str, seq: int | None) -> int | None:
    """What a text field does on commit; empty text lets the memo go."""
    if row.is_field_note:
        return desk.commit_field(seq, write_field_note, row.about_kind.value, row.about_id, text)
    if row.about_kind == About.NOTE:
        return desk.commit_field(seq, note_passage, row.source_id, row.start, row.end, text)
    return desk.commit_field(seq, write_memo, row.about_kind.value, row.about_id, text, row.kind)


def fitting(rows: Sequence[MemoRow], kinds: Collection[About] | None, search: str) -> list[MemoRow]:
    """Those about these kinds (all, if None) that hold every word of `search`, in themselves or in what they are on."""
    words = search.casefold().split()
    return [row for row in rows if (kinds is None or row.about_kind in kinds) and _holds(row, words)]


def _holds(row: MemoRow, words: list[str]) -> bool:
    text = f"{row.text}\n{row.about_name}\n{row.kind}".casefold() if words else ""
    return all(word in text for word in words)


def _tr(text: str) -> str:
    return QCoreApplication.translate("MemoField", text)
