"""Quotes for the screen: one Quoter kept as long as nothing it read has changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.analysis.quotation import Quoter, ShownQuote
from app.ui.desk import Desk

if TYPE_CHECKING:
    from app.analysis.transcripts import Transcript
    from app.study import Notice

_READ = ("source", "turn", "speaker", "participant", "focus_group", "study")


class QuoteShelf:
    """Shows quotes of the study on the desk; reads each transcript once."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._quoter: Quoter | None = None
        desk.changed.connect(self._on_change)

    def quote(self, source_id: str, start: int, end: int) -> ShownQuote:
        """The words of [start, end) as they are shown."""
        with self._desk.read() as session:
            if self._quoter is None:
                self._quoter = Quoter(session)
            self._quoter.use(session)
            return self._quoter.quote(source_id, start, end)

    def source_name(self, source_id: str) -> str:
        """The name of a transcript."""
        script = self.transcript(source_id)
        return script.name if script is not None else ""

    def transcript(self, source_id: str) -> Transcript | None:
        """The whole transcript of this id."""
        with self._desk.read() as session:
            if self._quoter is None:
                self._quoter = Quoter(session)
            self._quoter.use(session)
            return self._quoter.transcript(source_id)

    def _on_change(self, notice: Notice) -> None:
        if notice.touches(*_READ):
            self._quoter = None
