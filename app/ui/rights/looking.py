"""Looking through a study for somebody beside the window: a thread looks, a timer asks how far it is."""

from __future__ import annotations

import threading

from PySide6.QtCore import QObject, QTimer, Signal

from app.analysis.rights.withdrawal import Begun, Withdrawal
from app.ui.beside import start_beside

ASK_EVERY_MS = 50
AT_ONCE_S = 0.4
"""So long the window waits: nearly every study is looked through by then, and nothing flickers."""


class Looker(QObject):
    """One look at a time; `cancel` ends it early, and then nothing is said."""

    progress = Signal(float)
    """How much is done, from 0 to 1."""
    found = Signal(object)
    """A `Withdrawal`."""
    failed = Signal()
    """Something in the study brought the look down."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._look: _Look | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(ASK_EVERY_MS)
        self._timer.timeout.connect(self._ask)

    @property
    def looking(self) -> bool:
        """Whether a look is going on."""
        return self._look is not None

    def start(self, begun: Begun) -> None:
        """Begin; a look that still goes on ends."""
        self.cancel()
        self._look = _Look(begun)
        start_beside(self._look)
        self._look.join(AT_ONCE_S)
        self._timer.start()
        self._ask()

    def cancel(self) -> None:
        """End it; the thread comes to a stop at the next text."""
        self._timer.stop()
        if self._look is not None:
            self._look.cancelled.set()
            self._look = None

    def _ask(self) -> None:
        look = self._look
        if look is None:
            return
        if look.is_alive():
            self.progress.emit(look.done)
            return
        self._timer.stop()
        self._look = None
        if look.answer is not None:
            self.found.emit(look.answer)
        else:
            self.failed.emit()


class _Look(threading.Thread):
    def __init__(self, begun: Begun) -> None:
        super().__init__(name="withdrawal", daemon=True)
        self._begun, self.cancelled = begun, threading.Event()
        self.done = 0.0
        self.answer: Withdrawal | None = None

    def run(self) -> None:
        """Look, and keep the answer."""
        self.answer = self._begun.finish(self._on_progress)

    def _on_progress(self, done: float) -> bool:
        self.done = done
        return not self.cancelled.is_set()
