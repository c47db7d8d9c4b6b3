"""Where an excerpt begins and ends: given by the selection, dragged, or moved word by word - with the words in view."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QElapsedTimer, QObject

from app.operations.excerpts import move_ends

if TYPE_CHECKING:
    from app.ui.code.workspace import CodeWorkspace
    from app.ui.transcript.marks import CodingMark

ONE_GO_MS = 3000
"""Moves of one excerpt that follow each other within this time are one change."""


class ExcerptEnds(QObject):
    """Moves the ends of the excerpt at hand."""

    def __init__(self, place: CodeWorkspace) -> None:
        super().__init__(place)
        self._place = place
        self._moving: tuple[str, int | None] = ("", None)
        """The excerpt that one is just moving, and the change it is part of."""
        self._since = QElapsedTimer()

    def to_selection(self) -> None:
        """Give the excerpt at hand the ends of the selection."""
        start, end = self._place.panel.selection()
        excerpt_id = self._place.inspector.excerpt_id
        if excerpt_id is None or end <= start:
            self._place.desk.say(self.tr("Choose an excerpt, then select the words it shall have."))
            return
        self.move(excerpt_id, start, end)

    def move(self, excerpt_id: str, start: int, end: int) -> None:
        """Give an excerpt these ends."""
        self._place.desk.run(move_ends, excerpt_id, start, end)
        self._place.show_excerpt(excerpt_id)

    def nudge(self, *, end: bool, forward: bool) -> None:
        """Move the end (or the start) of the excerpt at hand by a word."""
        place = self._place
        mark = next(iter(place.marks.get(place.inspector.excerpt_id or "", [])), None)
        if mark is None:
            place.desk.say(self.tr("Choose an excerpt first: put the caret into it and press Enter."))
            return
        span = self._next_ends(mark, end=end, forward=forward)
        if span is None:
            place.desk.say(self.tr("There are no more words on this side."))
        elif not place.panel.view.text[span[0] : span[1]].strip():
            place.desk.say(self.tr("An excerpt keeps at least one word."))
        else:
            self._move_on(mark, span, span[end])

    def _next_ends(self, mark: CodingMark, *, end: bool, forward: bool) -> tuple[int, int] | None:
        """The ends a word further; where another excerpt has exactly these, the word after it."""
        taken = {(one.start, one.end) for marks in self._place.marks.values() for one in marks}
        at = mark.end if end else mark.start
        while (edge := self._place.panel.going.word_edge(at, forward=forward, end=end)) is not None:
            span = (mark.start, edge) if end else (edge, mark.end)
            if span not in taken:
                return span
            at = edge
        return None

    def _move_on(self, mark: CodingMark, span: tuple[int, int], at: int) -> None:
        place, (moving, seq) = self._place, self._moving
        goes_on = moving == mark.excerpt_id and self._since.isValid() and self._since.elapsed() < ONE_GO_MS
        selected = place.panel.selection() == (mark.start, mark.end)
        done = place.desk.commit_field(seq if goes_on else None, move_ends, mark.excerpt_id, *span)
        if done is None:
            return
        self._moving = (mark.excerpt_id, done or None)
        self._since.start()
        if selected:
            place.panel.select(*span, reveal=False)
        place.show_excerpt(mark.excerpt_id)
        place.panel.reveal(at)
