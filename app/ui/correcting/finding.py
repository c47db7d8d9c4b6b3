"""Looking for excerpts beside the window: a thread searches, a timer asks how far it is."""

from __future__ import annotations

import threading
from collections.abc import Sequence

from PySide6.QtCore import QObject, QTimer, Signal

from app.analysis.reanchoring import Reanchoring, reanchored
from app.models.anchors import Anchor
from app.ui.beside import start_beside

ASK_EVERY_MS = 50


class Finder(QObject):
    """One search; `cancel` ends it early, and then nothing is said."""

    progress = Signal(int)
    """How many excerpts are done."""
    found = Signal(object)
    """A `Reanchoring`."""
    failed = Signal()
    """Something in the texts brought the search down."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._done = 0
        self._answer: Reanchoring | None = None
        self._cancelled = threading.Event()
        self._thread: threading.Thread | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(ASK_EVERY_MS)
        self._timer.timeout.connect(self._ask)

    def start(self, before: str, after: str, anchors: Sequence[Anchor]) -> None:
        """Begin."""
        self._thread = threading.Thread(target=self._search, args=(before, after, list(anchors)), daemon=True)
        start_beside(self._thread)
        self._timer.start()

    def cancel(self) -> None:
        """End it; the thread comes to a stop at its next excerpt."""
        self._cancelled.set()
        self._timer.stop()

    def _search(self, before: str, after: str, anchors: list[Anchor]) -> None:
        answer = reanchored(before, after, anchors, self._on_progress)
        if not self._cancelled.is_set():
            self._answer = answer

    def _on_progress(self, done: int) -> bool:
        self._done = done
        return not self._cancelled.is_set()

    def _ask(self) -> None:
        self.progress.emit(self._done)
        if self._thread is None or self._thread.is_alive():
            return
        self._timer.stop()
        if self._answer is not None:
            self.found.emit(self._answer)
        else:
            self.failed.emit()
