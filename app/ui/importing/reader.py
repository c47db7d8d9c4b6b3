"""Reading files beside the window: a child process parses, a thread waits for it, a timer asks the thread."""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from app.importers import ImportRefused

ASK_EVERY_MS = 30
TAKE_MS = 20
"""Milliseconds that may go by with taking answers before the window is asked again."""


@dataclass(frozen=True)
class _Wanted:
    """One file to read, with what is said about it."""

    path: Path
    options: dict[str, Any]


class Reader(QObject):
    """Reads the files it is given one after the other and says what came of each."""

    started = Signal(object)
    """The path whose reading begins."""
    read = Signal(object, object)
    """A path and its `TranscriptDraft`, or `ProjectDraft` where a project was wanted."""
    refused = Signal(object, str)
    """A path and the sentence that says why."""
    resting = Signal()
    """Nothing is left to read."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._waiting: list[_Wanted] = []
        self._answers: queue.SimpleQueue[tuple[str, Path | None, Any]] = queue.SimpleQueue()
        self._cancelled = threading.Event()
        self._thread: threading.Thread | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(ASK_EVERY_MS)
        self._timer.timeout.connect(self._ask)

    @property
    def busy(self) -> bool:
        """Whether files are being read or waiting."""
        return self._thread is not None or bool(self._waiting)

    def want(self, paths: Sequence[Path], **options: Any) -> None:
        """Read these files too."""
        self._waiting += [_Wanted(path, options) for path in paths]
        self._start()

    def cancel(self) -> None:
        """Kill the child and forget what waits; nothing more is said."""
        self._waiting.clear()
        self._cancelled.set()
        self._timer.stop()
        if self._thread is not None:
            self._thread.join()
            self._thread = None

    def _start(self) -> None:
        if self._thread is not None or not self._waiting:
            return
        batch, self._waiting = self._waiting, []
        self._cancelled, self._answers = threading.Event(), queue.SimpleQueue()
        self._thread = threading.Thread(target=_wait_for, args=(batch, self._answers, self._cancelled), daemon=True)
        self._thread.start()
        self._timer.start()

    def _ask(self) -> None:
        """What came since one last asked; not so much at once that the window would stand still."""
        until = time.monotonic() + TAKE_MS / 1000
        while self._thread is not None and time.monotonic() < until:
            try:
                what, path, answer = self._answers.get_nowait()
            except queue.Empty:
                return
            if what == "end":
                self._thread.join()
                self._thread = None
                self._timer.stop()
                self._start()
                if not self.busy:
                    self.resting.emit()
            elif what == "start":
                self.started.emit(path)
            elif isinstance(answer, ImportRefused):
                self.refused.emit(path, answer.sentence)
            else:
                self.read.emit(path, answer)


def _wait_for(
    batch: list[_Wanted], answers: queue.SimpleQueue[tuple[str, Path | None, Any]], cancelled: threading.Event
) -> None:
    """The thread: it only waits for the child, and passes on what that says."""
    try:
        from app.importers.child import read_in_child

        options = {one.path: one.options for one in batch}
        for path, result in read_in_child(
            [one.path for one in batch],
            options,
            lambda _, path: answers.put(("start", path, None)),
            cancelled.is_set,
        ):
            answers.put(("result", path, result))
    except OSError as error:
        refusal = ImportRefused(f"No files can be read now ({error.strerror or 'unknown reason'}). Try again.")
        for one in batch:
            answers.put(("result", one.path, refusal))
    finally:
        answers.put(("end", None, None))
