"""Going about a transcript without the mouse: to turns, speakers, excerpts and uncoded stretches, and selecting on.

What goes to a place returns whether there was one, so that whoever asked can say that there is none.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from PySide6.QtGui import QTextCursor

from app.ui.transcript.sentences import sentence, sentences
from app.ui.transcript.words import word_edge

if TYPE_CHECKING:
    from app.ui.transcript.marks import CodingMark, TurnMark
    from app.ui.transcript.panel import TranscriptPanel


class Going:
    """The ways about one panel. Positions are code points."""

    def __init__(self, panel: TranscriptPanel) -> None:
        self._panel = panel
        self._cycled = ""
        """The key of the coding brought forward by `cycle`, as long as the caret stays."""
        panel.view.cursorPositionChanged.connect(self._end_cycle)
        panel.view.setCursorWidth(2)  # one goes by the caret and must see it in a text that is only read

    # --- turns and speakers --------------------------------------------------------------------------------------

    def next_turn(self) -> bool:
        """Put the caret at the start of the next turn."""
        return self._go_to_turn(lambda _: True, forward=True)

    def previous_turn(self) -> bool:
        """Put the caret at the start of this turn, or of the one before."""
        return self._go_to_turn(lambda _: True, forward=False)

    def next_of_speaker(self) -> bool:
        """Put the caret at the start of the next turn of who speaks here."""
        return self._go_to_turn(self._by_same, forward=True)

    def previous_of_speaker(self) -> bool:
        """The same backwards."""
        return self._go_to_turn(self._by_same, forward=False)

    def next_speaker(self) -> bool:
        """Put the caret at the start of the next turn of somebody else."""
        return self._go_to_turn(self._by_other, forward=True)

    def previous_speaker(self) -> bool:
        """The same backwards."""
        return self._go_to_turn(self._by_other, forward=False)

    # --- excerpts and codings ------------------------------------------------------------------------------------

    def next_excerpt(self) -> bool:
        """Bring the next excerpt forward."""
        return self._step(forward=True)

    def previous_excerpt(self) -> bool:
        """Bring the excerpt before forward."""
        return self._step(forward=False)

    def cycle(self, *, forward: bool = True) -> tuple[CodingMark, int, int] | None:
        """Bring the next coding over the caret forward: the coding, its place among them, how many there are."""
        view, here = self._panel.view, self._panel.selection()[0]
        over = view.spans.over(here, here + 1)
        if not over:
            return None
        keys = [mark.key for mark in over]
        if self._cycled in keys:
            place = (keys.index(self._cycled) + (1 if forward else -1)) % len(over)
        else:
            place = 0 if forward else len(over) - 1
        mark = over[place]
        self._panel.codingActivated.emit(mark.excerpt_id, mark.code_id)
        self._cycled = mark.key
        view.bring_forward(view.current, mark.key)
        return mark, place + 1, len(over)

    def next_uncoded(self) -> bool:
        """Select the next stretch of a participant's words that no code holds; it may be right that none does."""
        after = self._panel.selection()[1]
        return self._select_first(one for one in self._uncoded(after, forward=True) if one[0] >= after)

    def previous_uncoded(self) -> bool:
        """The same backwards."""
        start = self._panel.selection()[0]
        return self._select_first(one for one in self._uncoded(start, forward=False) if one[1] <= start)

    # --- selecting -----------------------------------------------------------------------------------------------

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

    def extend_by_sentence(self, *, forward: bool) -> bool:
        """Move the loose end of the selection to the next end (or the start before) of a sentence."""

        def edge(at: int, within: tuple[int, int]) -> int | None:
            begin, end = within
            spans = sentences(self._panel.view.text[begin:end])
            if forward:
                return min((begin + span[1] for span in spans if begin + span[1] > at), default=None)
            return max((begin + span[0] for span in spans if begin + span[0] < at), default=None)

        return self._extend(self._edge(self._loose_end(), edge, forward=forward))

    def extend_by_turn(self, *, forward: bool) -> bool:
        """Move the loose end of the selection to the next end (or the start before) of a turn."""

        def edge(at: int, within: tuple[int, int]) -> int | None:
            begin, end = within
            return (end if end > at else None) if forward else (begin if begin < at else None)

        return self._extend(self._edge(self._loose_end(), edge, forward=forward))

    def word_edge(self, position: int, *, forward: bool, end: bool) -> int | None:
        """The nearest end (or start) of a word after (or before) a position, if need be in another turn."""

        def edge(at: int, within: tuple[int, int]) -> int | None:
            at = max(within[0] - 1, min(at, within[1] + 1))
            return word_edge(self._panel.view.text, at, within, forward=forward, end=end)

        return self._edge(position, edge, forward=forward)

    # --- inside --------------------------------------------------------------------------------------------------

    def _go_to_turn(self, wanted: Callable[[TurnMark], bool], *, forward: bool) -> bool:
        here = self._panel.selection()[0]
        if forward:
            found = next(
                (one for one in self._turns_from(here, forward=True) if one.start > here and wanted(one)), None
            )
        else:
            found = next(
                (one for one in self._turns_from(here, forward=False) if one.start < here and wanted(one)), None
            )
        if found is None:
            return False
        view = self._panel.view
        cursor = view.textCursor()
        cursor.setPosition(view.offsets.to_qt(found.start))
        view.setTextCursor(cursor)
        self._panel.reveal(found.start)
        return True

    def _by_same(self, turn: TurnMark) -> bool:
        here = self._panel.view.turn_at(self._panel.selection()[0])
        return here is not None and turn.speaker == here.speaker

    def _by_other(self, turn: TurnMark) -> bool:
        here = self._panel.view.turn_at(self._panel.selection()[0])
        return here is None or turn.speaker != here.speaker

    def _turns_from(self, position: int, *, forward: bool) -> Iterator[TurnMark]:
        """The turns from the one at a position on, or back from it."""
        turns = self._panel.view.turns
        here = max(0, bisect_right(turns, position, key=lambda turn: turn.label_start) - 1)
        return (turns[place] for place in (range(here, len(turns)) if forward else range(here, -1, -1)) if turns)

    def _stretches_from(self, position: int, *, forward: bool) -> Iterator[tuple[int, int]]:
        """The words of the turns in the same order; a text without turns is one stretch."""
        if not self._panel.view.turns:
            yield 0, len(self._panel.view.text)
        for turn in self._turns_from(position, forward=forward):
            yield turn.start, turn.end

    def _edge(self, position: int, edge: Callable[[int, tuple[int, int]], int | None], *, forward: bool) -> int | None:
        """The first place that `edge` finds in the stretches from here on."""
        found = (edge(position, stretch) for stretch in self._stretches_from(position, forward=forward))
        return next((place for place in found if place is not None), None)

    def _loose_end(self) -> int:
        view = self._panel.view
        return view.offsets.from_qt(view.textCursor().position())

    def _extend(self, position: int | None) -> bool:
        if position is None:
            return False
        view = self._panel.view
        cursor = view.textCursor()
        cursor.setPosition(view.offsets.to_qt(position), QTextCursor.MoveMode.KeepAnchor)
        view.lay_out_to(position)
        view.setTextCursor(cursor)
        view.ensureCursorVisible()
        return True

    def _step(self, *, forward: bool) -> bool:
        panel, here = self._panel, self._panel.selection()[0]
        marks = panel.view.spans.marks.values()
        at_hand = (mark for mark in panel.view.spans.over(here, here + 1) if mark.excerpt_id == panel.view.current)
        at = next((_order(mark) for mark in at_hand), (here, here, ""))
        if forward:
            mark = min((mark for mark in marks if _order(mark) > at), key=_order, default=None)
        else:
            mark = max((mark for mark in marks if _order(mark) < at), key=_order, default=None)
        if mark is None:
            return False
        panel.select(mark.start, mark.end)
        panel.excerptClicked.emit(mark.excerpt_id)
        return True

    def _uncoded(self, position: int, *, forward: bool) -> Iterator[tuple[int, int]]:
        """The stretches without a code in what participants say, from a position on or back from it."""
        for turn in self._turns_from(position, forward=forward):
            if turn.moderator or turn.kind != "speech":
                continue
            yield from self._gaps(turn.start, turn.end) if forward else reversed(list(self._gaps(turn.start, turn.end)))

    def _gaps(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """What no code holds of [start, end), without spaces at its ends; punctuation alone is nothing."""
        text, at = self._panel.view.text, start
        coded = [(mark.start, mark.end) for mark in self._panel.view.codings_over(start, end) if mark.code_id]
        for first, last in [*coded, (end, end)]:
            words = text[at:first] if first > at else ""
            if any(letter.isalnum() for letter in words):
                yield at + len(words) - len(words.lstrip()), at + len(words.rstrip())
            at = max(at, last)

    def _select_first(self, stretches: Iterator[tuple[int, int]]) -> bool:
        found = next(stretches, None)
        if found is None:
            return False
        self._panel.select(*found)
        return True

    def _end_cycle(self) -> None:
        view, self._cycled, was = self._panel.view, "", self._cycled
        if was and view.pointed == was:
            view.bring_forward(view.current, "")


def _order(mark: CodingMark) -> tuple[int, int, str]:
    return mark.start, mark.end, mark.excerpt_id
