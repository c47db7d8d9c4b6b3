"""What is done while nobody waits: a step at a time, each after a pause in which nothing was typed or moved."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QWidget

PAUSE_MS, AFTER_INPUT_MS = 400, 1_500
"""How long it is quiet before a step, and before the next one after somebody did something."""

_INPUT = {
    QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.MouseMove, QEvent.Type.Wheel,
    QEvent.Type.TouchBegin, QEvent.Type.TouchUpdate, QEvent.Type.InputMethod,
}  # fmt: skip


class CalmSteps(QObject):
    """Calls `step` in such pauses until it says that nothing is left to do: a step may hold the window for a moment."""

    def __init__(self, window: QWidget, step: Callable[[], bool]) -> None:
        super().__init__(window)
        self._window, self._step = window, step
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._do)
        self._listening: QObject | None = None

    def start(self) -> None:
        """Begin, or begin anew."""
        if self._listening is None:
            self._listening = self._window.windowHandle()  # an event of the system comes by there once
            if self._listening is not None:
                self._listening.installEventFilter(self)
        self._timer.start(PAUSE_MS)

    def stop(self) -> None:
        """No step any more, and nothing that listens."""
        self._timer.stop()
        if self._listening is not None:
            with suppress(RuntimeError):  # the window is gone already
                self._listening.removeEventFilter(self)
            self._listening = None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Somebody does something: the next step waits. The event goes on to where it belongs."""
        if event.type() in _INPUT:
            self._timer.start(AFTER_INPUT_MS)
        return super().eventFilter(watched, event)

    def _do(self) -> None:
        if self._step():
            self._timer.start(PAUSE_MS)
        else:
            self.stop()
