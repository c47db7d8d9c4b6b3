"""Long work beside the window: a thread does it, the window stays alive, and a dialog says what is going on."""

from __future__ import annotations

import gc
import threading
from collections.abc import Callable
from typing import Generic, TypeVar

from PySide6.QtCore import QCoreApplication, QTimer
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QProgressBar, QVBoxLayout, QWidget

from app.ui.widgets.labels import PlainLabel

R = TypeVar("R")

AT_ONCE_S = 0.3
"""So long the window just waits: most work is done by then, and nothing flickers."""
ASK_EVERY_MS, LOOK_AGAIN_MS = 30, 300


def beside(parent: QWidget, sentence: str, work: Callable[[], R], *, can_stop: bool = True) -> R | None:
    """Do `work` in a thread and return what it returns; None if one did not want to wait for it.

    `work` touches nothing that belongs to the window, above all not its study: it takes a copy. What it raises is
    raised here. Work that was given up goes on to its end unseen, so it must leave nothing behind.
    """
    thread = _Worker(work)
    _collecting.wait_for(thread)
    try:
        thread.start()
        thread.join(AT_ONCE_S)
        if thread.is_alive() and not _Waiting(parent, sentence, thread, can_stop=can_stop).waited():
            return None
        thread.join()
    finally:
        _collecting.look()
    return thread.result()


class _Worker(threading.Thread, Generic[R]):
    def __init__(self, work: Callable[[], R]) -> None:
        super().__init__(name="beside", daemon=True)
        self._work = work
        self._answer: list[R] = []
        self._error: BaseException | None = None

    def run(self) -> None:
        """Work, and keep what came of it."""
        try:
            self._answer.append(self._work())
        except BaseException as error:  # noqa: BLE001 - it is raised again where somebody waits for it
            self._error = error

    def result(self) -> R:
        """What the work returned. Raises what it raised."""
        if self._error is not None:
            raise self._error
        return self._answer[0]


class _Waiting(QDialog):
    """Says what is being done; Stop leaves it to itself."""

    def __init__(self, parent: QWidget, sentence: str, thread: threading.Thread, *, can_stop: bool) -> None:
        super().__init__(parent)
        self.setObjectName("waiting")
        self.setWindowTitle("Reflexa")
        self.setMinimumWidth(440)
        self._thread, self._can_stop = thread, can_stop
        bar = QProgressBar()
        bar.setRange(0, 0)
        bar.setTextVisible(False)
        bar.setAccessibleName(sentence)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 20, 20, 16)
        layout.setSpacing(12)
        layout.addWidget(PlainLabel(sentence, wrap=True))
        layout.addWidget(bar)
        if can_stop:
            buttons = QDialogButtonBox()
            self.stop = buttons.addButton(_tr("Stop"), QDialogButtonBox.ButtonRole.RejectRole)
            self.stop.setObjectName("waiting.stop")
            buttons.rejected.connect(self.reject)
            layout.addWidget(buttons)
        self._timer = QTimer(self)
        self._timer.setInterval(ASK_EVERY_MS)
        self._timer.timeout.connect(self._ask)

    def waited(self) -> bool:
        """Show it until the work is done; whether one waited for that."""
        self._timer.start()
        done = self.exec() == QDialog.DialogCode.Accepted
        self._timer.stop()
        self.deleteLater()
        return done

    def reject(self) -> None:
        """Esc stops what can be stopped."""
        if self._can_stop:
            super().reject()

    def _ask(self) -> None:
        if not self._thread.is_alive():
            self.accept()


class _Collecting:
    """No garbage is collected while threads work: it would collect widgets, from another thread than theirs."""

    def __init__(self) -> None:
        self._threads: list[threading.Thread] = []
        self._was_on = False

    def wait_for(self, thread: threading.Thread) -> None:
        """Collect nothing until this thread, too, has ended."""
        if not self._threads:
            self._was_on = gc.isenabled()
            gc.disable()
        self._threads.append(thread)

    def look(self) -> None:
        """Collect again once no thread works; those that were given up may take a while."""
        self._threads = [thread for thread in self._threads if thread.is_alive()]
        if self._threads:
            QTimer.singleShot(LOOK_AGAIN_MS, self.look)
        elif self._was_on:
            gc.enable()


_collecting = _Collecting()


def start_beside(thread: threading.Thread) -> None:
    """Start a thread that somebody else asks how far it is; garbage waits until it has ended."""
    _collecting.wait_for(thread)
    thread.start()
    _collecting.look()


def _tr(text: str) -> str:
    return QCoreApplication.translate("Beside", text)
