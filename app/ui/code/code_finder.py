"""What the quick-code box asks for each letter: the codes that fit, nearest first - made ready while nobody waits."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from app.analysis.code_search import CodeHit, CodeIndex

if TYPE_CHECKING:
    from app.ui.code.workspace import CodeWorkspace

RECENT = 12
REST_MS = 600


class CodeFinder(QObject):
    """Finds codes for the words that the box was opened for."""

    def __init__(self, place: CodeWorkspace) -> None:
        super().__init__(place)
        self._place = place
        self.recent: list[str] = []
        """The codes used last in this sitting."""
        self._near: dict[str, int] = {}
        self._codes: object = None
        self._index = CodeIndex([])
        self._steps: Iterator[None] = iter(())
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.timeout.connect(self._get_ready)
        self._rest.start(REST_MS)
        place.desk.changed.connect(lambda notice: self._rest.start(REST_MS) if notice.touches("code") else None)

    def find(self, typed: str) -> list[CodeHit]:
        """The codes that fit what is typed."""
        return self._current().find(typed, self._near)

    def use(self, code_id: str) -> None:
        """A code was used."""
        self.recent = [code_id, *[one for one in self.recent if one != code_id]][:RECENT]

    def stand_at(self, span: tuple[int, int]) -> None:
        """From now on find for these words: codes of their turn first, then of their transcript, then recent ones."""
        place = self._place
        near = dict.fromkeys(self.recent, 2)
        near.update({mark.code_id: 1 for marks in place.marks.values() for mark in marks if mark.code_id})
        turn = place.panel.view.turn_at(span[0])
        first, last = (turn.start, turn.end) if turn is not None else span
        here = place.panel.view.codings_over(min(first, span[0]), max(last, span[1]))
        near.update({mark.code_id: 0 for mark in here if mark.code_id})
        self._near = near

    def _current(self) -> CodeIndex:
        if self._codes is not self._place.codes:  # the workspace reads them anew when one is other
            self._codes = self._place.codes
            self._index = CodeIndex(self._place.active_codes())
            self._steps = self._index.get_ready()
        return self._index

    def _get_ready(self) -> None:
        """One step at a time, so that a key pressed meanwhile waits for no more than one."""
        self._current()
        for _ in self._steps:
            self._rest.start(0)
            return
