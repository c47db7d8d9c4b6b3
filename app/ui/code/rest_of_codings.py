"""The codings of a transcript that one does not see yet: read bit by bit while nobody waits, or at once if asked for.

A long transcript has tens of thousands; read in one go they would stop the window for a second.
"""

from __future__ import annotations

from time import perf_counter
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from app.analysis.codes import codings_from
from app.ui.transcript.gathering import Gathering

if TYPE_CHECKING:
    from app.ui.code.workspace import CodeWorkspace
    from app.ui.transcript.marks import CodingMark

AT_ONCE = 0.012
"""Seconds that one turn may take, less than a frame."""
FIRST_PART = 8_192
"""Characters of the first part; the next are longer or shorter, as their codings are many."""
FEW, MANY = 150, 400


class RestOfCodings(QObject):
    """Gathers all codings of the transcript shown; the workspace takes them over once they are whole."""

    def __init__(self, place: CodeWorkspace) -> None:
        super().__init__(place)
        self._place = place
        self._at = 0
        self._length = 0
        self._part = FIRST_PART
        self._gathered: Gathering | None = None
        self._marks: dict[str, list[CodingMark]] = {}
        self._turn = QTimer(self)
        self._turn.setSingleShot(True)
        self._turn.timeout.connect(self._go_on)

    def start(self, length: int) -> None:
        """Begin with the transcript shown now, once it is painted; what was under way is dropped."""
        self._at, self._length, self._part = 0, length, FIRST_PART
        self._gathered, self._marks = Gathering(length), {}
        self._turn.start(0)

    def stop(self) -> None:
        """Leave it: there is no transcript any more."""
        self._turn.stop()
        self._gathered = None

    def finish(self) -> None:
        """Somebody asks for all of them: read the rest now."""
        if self._gathered is not None:
            self._read(until=float("inf"), part=self._length)

    def _go_on(self) -> None:
        self._read(until=perf_counter() + AT_ONCE, part=0)

    def _read(self, *, until: float, part: int) -> None:
        place, gathered = self._place, self._gathered
        if gathered is None or place.script is None or not place.desk.study.is_open:
            return
        with place.desk.read() as session:
            while self._at < self._length:
                end = self._at + (part or self._part)
                rows = codings_from(session, place.script.id, self._at, end)
                marks = [place.mark_of(row) for row in rows]
                for mark in marks:
                    self._marks.setdefault(mark.excerpt_id, []).append(mark)
                gathered.add(*place.show_bar.showing.parted(marks))
                self._at = end
                self._part = max(64, self._part // 2) if len(rows) > MANY else self._part
                self._part = self._part * 2 if len(rows) < FEW else self._part
                if perf_counter() > until:
                    break
        if self._at < self._length:
            self._turn.start(0)
            return
        self.stop()
        place.take_codings(gathered, self._marks)
