"""Where the caret may rest: not in a label that takes no room, and not on an empty line that is only layout."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QTextCursor

from app.ui.transcript.marks import TurnMark


class CaretRest:
    """The places of one text at which the caret may stand. Positions are code points."""

    def __init__(self, text: str, turn_at: Callable[[int], TurnMark | None]) -> None:
        self._text = text
        self._turn_at = turn_at

    def instead(self, position: int) -> int | None:
        """The nearest place that is seen: this one, or the words after a hidden label; None on an empty line."""
        turn = self._turn_at(position)
        if turn is not None and turn.label_start <= position < turn.start and not self.label_is_shown(turn):
            return turn.start
        text, end = self._text, len(self._text)
        begins = position > 0 and text[position - 1] == "\n"
        empty = begins if position == end else text[position] == "\n" and (begins or position == 0)
        return None if empty else position

    def label_is_shown(self, turn: TurnMark) -> bool:
        """A label on a line of its own stays in the text and can be walked through."""
        return "\n" in self._text[turn.label_start : turn.start]

    def press(
        self,
        event: QKeyEvent,
        base: Callable[[QKeyEvent], None],
        over_edge: Callable[[QKeyEvent], bool],
        where: Callable[[], int],
        put: Callable[[int], None],
    ) -> None:
        """Let a key move the caret, again and again until it has come to another place that is seen.

        `over_edge` is asked where a key does not get on: whether it has moved the caret into the next block.
        """
        began = where()
        while True:
            before = where()
            base(event)
            now = where()
            if now == before:
                if over_edge(event):
                    continue
                put(self._nearest(now, backwards=now > began))
                return
            rest = self.instead(now)
            if rest is not None and rest != began:
                if rest != now:
                    put(rest)
                return

    def _nearest(self, position: int, *, backwards: bool) -> int:
        step, at = -1 if backwards else 1, position
        while 0 <= at <= len(self._text):
            rest = self.instead(at)
            if rest is not None:
                return rest
            at += step
        return position


def mode_of(cursor: QTextCursor) -> QTextCursor.MoveMode:
    """How to move the caret so that a selection keeps its other end."""
    return QTextCursor.MoveMode.KeepAnchor if cursor.hasSelection() else QTextCursor.MoveMode.MoveAnchor


def turn_key(event: QKeyEvent) -> bool | None:
    """Whether a key goes to the end (True) or the start (False) of a turn; None for every other key."""
    keys = QKeySequence.StandardKey
    if event.matches(keys.MoveToEndOfBlock) or event.matches(keys.SelectEndOfBlock):
        return True
    if event.matches(keys.MoveToStartOfBlock) or event.matches(keys.SelectStartOfBlock):
        return False
    bound = (keys.MoveToStartOfDocument, keys.MoveToEndOfDocument, keys.SelectStartOfDocument, keys.SelectEndOfDocument)
    held = event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier)
    if held == Qt.KeyboardModifier.ControlModifier and not any(event.matches(key) for key in bound):
        return {Qt.Key.Key_Down: True, Qt.Key.Key_Up: False}.get(Qt.Key(event.key()))
    return None
