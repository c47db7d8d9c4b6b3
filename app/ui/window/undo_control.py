"""Undo and redo as the window offers them: by name, and asking first before something out of view changes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QAction

from app.errors import ReflexaError
from app.ui.actions import as_menu_text
from app.ui.desk import Desk
from app.ui.wording import day_in_words

if TYPE_CHECKING:
    from app.models.undo_list import Step


class UndoControl:
    """What Ctrl+Z and Ctrl+Shift+Z do.

    If the next step lies out of view or on an earlier day, the first press shows it by name and date and the second
    press does it, so that nobody takes back blindly what they did a week ago.
    """

    def __init__(self, desk: Desk, undo: QAction, redo: QAction, in_view: Callable[[dict[str, frozenset[str]]], bool],
                 told: Callable[[], None]) -> None:  # fmt: skip
        self._desk = desk
        self._undo, self._redo = undo, redo
        self._in_view = in_view
        self._told = told
        self._armed: int | None = None
        desk.changed.connect(lambda _: self.show())

    def show(self) -> None:
        """Let the actions carry the names of their next steps."""
        step, again = self._desk.study.next_undo(), self._desk.study.next_redo()
        writable = not self._desk.study.read_only
        if step is None or step.is_border:
            stop = (
                _tr("Nothing to undo")
                if step is None
                else _tr("Undo stops here: {what}").format(what=as_menu_text(step.label))
            )
            self._undo.setText(stop)
            self._undo.setEnabled(False)
        else:
            self._undo.setText(_tr("Undo: {what}").format(what=as_menu_text(step.label)))
            self._undo.setEnabled(writable)
        self._redo.setText(
            _tr("Redo: {what}").format(what=as_menu_text(again.label)) if again else _tr("Nothing to redo")
        )
        self._redo.setEnabled(again is not None and writable)
        self._told()

    def undo(self) -> None:
        """One press of Ctrl+Z."""
        step = self._desk.study.next_undo()
        if step is None or step.is_border:
            self.show()
            return
        if self._needs_showing(step) and self._armed != step.seq:
            self._armed = step.seq
            day = day_in_words(step.at)
            asked = _tr("Undo would take back “{what}” of {day}. Press again to do it.")
            self._desk.say(asked.format(what=step.label, day=day))
            return
        self._armed = None
        self._take(self._desk.study.undo, _tr("Undone: {what}"))

    def redo(self) -> None:
        """One press of Ctrl+Shift+Z."""
        self._armed = None
        self._take(self._desk.study.redo, _tr("Done again: {what}"))

    def _take(self, step: Callable[[], Step | None], said: str) -> None:
        try:
            done = step()
        except ReflexaError as error:
            self._desk.say(error.sentence)
            return
        if done is not None:
            self._desk.say(said.format(what=done.label))

    def _needs_showing(self, step: Step) -> bool:
        earlier = step.at.astimezone().date() != datetime.now().astimezone().date()
        return earlier or not self._in_view(self._desk.study.rows_of(step.seq))


def _tr(text: str) -> str:
    return QCoreApplication.translate("UndoControl", text)
