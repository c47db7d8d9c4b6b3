"""Noticing that nobody has done anything in the window for a while."""

from __future__ import annotations

import time

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QWindow

LOOK_EVERY_MS = 5_000
_DOING = {
    QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.MouseMove, QEvent.Type.Wheel,
    QEvent.Type.TouchBegin, QEvent.Type.TouchUpdate, QEvent.Type.TabletMove, QEvent.Type.InputMethod,
    QEvent.Type.FocusIn,
}  # fmt: skip


class IdleWatch(QObject):
    """Says `idle` once nothing was typed or moved for some minutes. The clock of the wall counts: sleep is idleness.

    It listens at the windows, where an event of the system comes by once, and only while it has to.
    """

    idle = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._limit = 0.0
        self._last = time.time()
        self._windows: list[QWindow] = []
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_EVERY_MS)
        self._timer.timeout.connect(self.look)

    def watch(self, minutes: int) -> None:
        """Wait for so many minutes of nothing; 0 ends it."""
        self._limit, self._last = minutes * 60.0, time.time()
        if minutes and not self._timer.isActive():
            QGuiApplication.instance().focusWindowChanged.connect(self._listen_at)  # type: ignore[union-attr]
            self._listen_at(QGuiApplication.focusWindow())
            self._timer.start()
        elif not minutes and self._timer.isActive():
            QGuiApplication.instance().focusWindowChanged.disconnect(self._listen_at)  # type: ignore[union-attr]
            self._timer.stop()
            for window in self._windows:
                window.removeEventFilter(self)
            self._windows.clear()

    def look(self) -> None:
        """Whether it is time; a clock that was set back counts as having done something."""
        now = time.time()
        if now < self._last:
            self._last = now
        if self._limit and now - self._last >= self._limit:
            self._last = now
            self.idle.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Something is done; it goes on to where it belongs."""
        if event.type() in _DOING:
            self._last = time.time()
        return super().eventFilter(watched, event)

    def _listen_at(self, window: QWindow | None) -> None:
        if window is not None and window not in self._windows:
            window.installEventFilter(self)
            window.destroyed.connect(lambda: self._forget(window))
            self._windows.append(window)

    def _forget(self, window: QWindow) -> None:
        self._windows = [one for one in self._windows if one is not window]
