"""All that is written on the transcript one reads: the memo on it as a whole, and the notes beside its words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.analysis.codes import memo_text
from app.analysis.memos import About, MarginNote, MemoRow
from app.operations.memos import write_memo
from app.ui.code.memo_list import MemoList
from app.ui.desk import Desk
from app.ui.quotes import QuoteShelf
from app.ui.widgets.fields import TextField
from app.ui.widgets.labels import PlainLabel, SectionLabel
from app.ui.widgets.wording_hints import WordingHints

if TYPE_CHECKING:
    from app.study import Notice


class NotesTab(QWidget):
    """Enter or a click on a note leads to its words and opens it."""

    noteWanted = Signal(int, int)
    """The words of a note that is to be opened."""

    def __init__(self, desk: Desk, shelf: QuoteShelf, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("transcripts.notes")
        self._desk = desk
        self._source_id = ""
        self.memo = TextField(
            self.tr("Memo on this transcript"), self.tr("Memo on this transcript …"), self._write, lines=4, most=14
        )
        self.memo.setObjectName("transcripts.notes.memo")
        self.list = MemoList(shelf)
        self.list.setObjectName("transcripts.notes.list")
        self.list.setAccessibleName(self.tr("Notes beside the text"))
        self.list.activated.connect(lambda _: self._open())
        self.list.clicked.connect(lambda _: self._open())
        self.nothing = PlainLabel(
            self.tr("None yet. Select words, or put the caret into a sentence, and press N."), "quiet", wrap=True
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 8)
        layout.setSpacing(8)
        layout.addWidget(SectionLabel(self.tr("On the whole")))
        layout.addWidget(self.memo)
        layout.addWidget(WordingHints(self.memo, desk, lambda: f"memo/source/{self._source_id}"))
        layout.addSpacing(8)
        layout.addWidget(SectionLabel(self.tr("Beside the text")))
        layout.addWidget(self.nothing)
        layout.addWidget(self.list, 1)
        layout.addStretch(0)

    def show_source(self, source_id: str) -> None:
        """Show what is written on a transcript; what is typed on the one before is committed first."""
        other = source_id != self._source_id
        if other:
            self.memo.commit_now()
        self._source_id = source_id
        self.memo.setReadOnly(self._desk.study.read_only)
        with self._desk.read() as session:
            text = memo_text(session, "source", source_id) if source_id else ""
        self.memo.show_text(text, anew=other)

    def show_notes(self, notes: Sequence[MarginNote], name: str) -> None:
        """Show the notes beside the words of the transcript of this name."""
        self.list.memos.show_rows([self._row(note, name) for note in notes])
        self.list.setVisible(bool(notes))
        self.nothing.setVisible(not notes)

    def refresh(self, notice: Notice | None) -> None:
        """The memo may be another one now."""
        if notice is None or notice.touches("memo"):
            self.show_source(self._source_id)

    def restyle(self) -> None:
        """Take over colours."""
        self.list.restyle(self._desk.tokens)

    def commit_pending(self) -> None:
        """Commit what is typed."""
        self.memo.commit_now()

    def _row(self, note: MarginNote, name: str) -> MemoRow:
        about = About.EXCERPT if note.coded else About.NOTE
        key = f"note on {note.excerpt_id}"
        place = (self._source_id, note.start, note.end)
        return MemoRow(key, note.text, about, note.excerpt_id, name, *place, note.at, note.who)

    def _open(self) -> None:
        row = self.list.row()
        if row is not None:
            self.noteWanted.emit(row.start, row.end)

    def _write(self, text: str, seq: int | None) -> int | None:
        if not self._source_id:
            return None
        return self._desk.commit_field(seq, write_memo, "source", self._source_id, text)
