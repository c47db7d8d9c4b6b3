"""Going about a transcript without the mouse: the next turn, sentence or excerpt, each put at the caret or selected."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.ui.transcript.sentences import sentence

if TYPE_CHECKING:
    from app.ui.transcript.panel import TranscriptPanel


class Going:
    """The ways about one panel. Positions are code points."""

    def __init__(self, panel: TranscriptPanel) -> None:
        self._panel = panel

    def next_turn(self) -> None:
        """Put the caret at the start of the next turn."""
        here = self._panel.selection()[0]
        turn = next((one for one in self._panel.view.turns if one.start > here), None)
        self._go(turn.start if turn else None)

    def previous_turn(self) -> None:
        """Put the caret at the start of this turn, or of the one before."""
        here = self._panel.selection()[0]
        turn = next((one for one in reversed(self._panel.view.turns) if one.start < here), None)
        self._go(turn.start if turn else None)

    def select_turn(self) -> None:
        """Select the words of the turn at the caret."""
        turn = self._panel.view.turn_at(self._panel.selection()[0])
        if turn is not None:
            self._panel.select(turn.start, turn.end)

    def select_sentence(self) -> None:
        """Select the sentence at the caret; asked again, one more of the same turn."""
        panel = self._panel
        start, end = panel.selection()
        turn = panel.view.turn_at(start)
        if turn is None:
            return
        first, last = sentence(panel.view.text[turn.start : turn.end], start - turn.start, end - turn.start)
        panel.select(turn.start + first, turn.start + last)

    def next_excerpt(self) -> None:
        """Bring the next excerpt forward."""
        self._step(1)

    def previous_excerpt(self) -> None:
        """Bring the excerpt before forward."""
        self._step(-1)

    def _step(self, direction: int) -> None:
        panel, here = self._panel, self._panel.selection()[0]
        starts = {mark.excerpt_id: mark for mark in panel.view.spans.marks.values()}
        ordered = sorted(starts.values(), key=lambda mark: (mark.start, mark.end))
        current = next((place for place, mark in enumerate(ordered) if mark.excerpt_id == panel.view.current), None)
        if current is not None:
            place = current + direction
        elif direction > 0:
            place = next((number for number, mark in enumerate(ordered) if mark.start >= here), len(ordered))
        else:
            place = sum(1 for mark in ordered if mark.start < here) - 1
        if 0 <= place < len(ordered):
            panel.select(ordered[place].start, ordered[place].end)
            panel.excerptClicked.emit(ordered[place].excerpt_id)

    def _go(self, position: int | None) -> None:
        if position is not None:
            view = self._panel.view
            cursor = view.textCursor()
            cursor.setPosition(view.offsets.to_qt(position))
            view.setTextCursor(cursor)
            self._panel.reveal(position)
