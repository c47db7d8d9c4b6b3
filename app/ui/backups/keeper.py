"""Backups that make themselves while a study is open: after opening, every hour, before a mass change, at closing.

A thread does the work: SQLite copies through a connection of its own, and a child process verifies, so that the window
goes on. Only before a mass change the copy (in memory, some 40 ms for 28 MB) is made at once; the rest follows.
"""

from __future__ import annotations

import logging
import queue
import sqlite3
import threading
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from app.backups import Backup, Reason, Rules, backups_of, folders_of, write_backup
from app.cipher import StudyKey, key_of
from app.errors import BackupNotMade
from app.models.sqlite import backup, connect_beside
from app.models.verbs import Verb

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

    from app.study import Notice, Study

log = logging.getLogger(__name__)

FIRST_MS = 5_000
"""After opening, once the window has long been painted and nobody waits."""
HOURLY_MS = 3_600_000
ASK_EVERY_MS = 100
MOST_IN_MEMORY = 500_000_000


@dataclass(frozen=True)
class _Job:
    """One backup to be written: from a copy in memory, or from the file through a connection like `like`."""

    reason: Reason
    copy: sqlite3.Connection | None
    like: sqlite3.Connection


class Keeper(QObject):
    """Keeps backups of one open study, and says when the last one was made."""

    made = Signal(object)
    """The `Backup` that is there now."""
    failed = Signal(str)
    """Why there is none, in one sentence."""

    def __init__(self, study: Study, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._study = study
        self._rules = Rules.load()
        self._jobs: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._answers: queue.SimpleQueue[Backup | str] = queue.SimpleQueue()
        self._waiting = 0
        self._seq = -1
        """The last change that is in a backup."""
        self.last: Backup | None = None
        self._thread: threading.Thread | None = None
        self._asking = self._timer(ASK_EVERY_MS, self._ask)
        self._first = self._timer(FIRST_MS, lambda: self._by_itself(Reason.OPENED))
        self._first.setSingleShot(True)
        self._hourly = self._timer(HOURLY_MS, lambda: self._by_itself(Reason.HOURLY))
        self._purged = [0]
        """The last change after which nothing of before may be kept; the thread looks at it too."""
        study.before_mass = self._before_mass
        study.listen(self._on_change)
        study.before_purge = self.wait
        if self.automatic:
            self._first.start()
            self._hourly.start()

    @property
    def automatic(self) -> bool:
        """Whether backups make themselves here: not where nothing can change, nor where they were turned off."""
        return self._rules.automatic and not self._study.read_only

    @property
    def busy(self) -> bool:
        """Whether a backup is being written or waits for it."""
        return self._waiting > 0

    def look(self) -> None:
        """Find the last backup there is on disk."""
        found = [one for one in backups_of(self._study.path, self._rules) if one.is_sound]
        self.last = found[0] if found else None

    def renew_rules(self) -> None:
        """Take over what was chosen in the Preferences."""
        self._rules = Rules.load()
        for timer in (self._first, self._hourly):
            timer.stop()
        if self.automatic:
            self._hourly.start()

    def back_up(self, reason: Reason = Reason.ASKED) -> None:
        """Write a backup beside the window; `made` or `failed` says what came of it."""
        self._send(_Job(reason, None, self._study.connection))

    def close(self) -> None:
        """The study closes: what has changed since the last backup is written while the window goes already."""
        for timer in (self._first, self._hourly, self._asking):
            timer.stop()
        self._study.before_mass = self._study.before_purge = None
        if self.automatic and self._last_change() != self._seq and self._seq != -1:
            self._copy_now(Reason.CLOSED)
        if self._thread is not None:
            self._jobs.put(None)

    def rest(self) -> None:
        """Make no backup any more, not even at closing: the study is to be destroyed."""
        self._rules = replace(self._rules, automatic=False)
        for timer in (self._first, self._hourly):
            timer.stop()

    def wait(self) -> None:
        """Until everything is written (for tests, and for whoever must know)."""
        if self._thread is not None:
            self._jobs.put(None)
            self._thread.join()
            self._thread = None
            self._ask()

    def _on_change(self, notice: Notice) -> None:
        if notice.verb in (Verb.WITHDRAW, Verb.MAKE_PERMANENT):
            self._purged[0] = notice.seq

    def _by_itself(self, reason: Reason) -> None:
        if self._last_change() != self._seq:
            self.back_up(reason)

    def _before_mass(self, reason: Reason) -> None:
        if self.automatic:
            self._copy_now(reason)

    def _copy_now(self, reason: Reason) -> None:
        """Copy what is committed into memory at once; it is written out and verified by the thread."""
        try:
            with closing(connect_beside(self._study.connection, self._study.path)) as beside:
                copy = backup(beside, ":memory:")
        except (sqlite3.Error, MemoryError):
            self.failed.emit(self.tr("No backup could be made first. Your work itself is saved."))
            return
        self._send(_Job(reason, copy, copy))

    def _send(self, job: _Job) -> None:
        if self._thread is None:
            self._thread = threading.Thread(
                target=_work,
                args=(self._jobs, self._answers, self._study.path, self._rules, self._purged),
                name="backups",
            )
            self._thread.start()
        self._waiting += 1
        self._jobs.put(job)
        self._asking.start()

    def _ask(self) -> None:
        while True:
            try:
                answer = self._answers.get_nowait()
            except queue.Empty:
                break
            self._waiting -= 1
            if isinstance(answer, str):
                self.failed.emit(answer)
            else:
                self._seq = answer.seq
                self.last = answer if answer.is_sound else self.last
                self.made.emit(answer)
        if not self.busy:
            self._asking.stop()
            if self._thread is not None:  # a thread that waits would keep the program from ending
                self._jobs.put(None)
                self._thread = None

    def _last_change(self) -> int:
        if not self._study.is_open:
            return self._seq
        row = self._study.connection.execute("SELECT max(seq) FROM change").fetchone()
        return int(row[0] or 0)

    def _timer(self, every: int, run: Callable[[], object]) -> QTimer:
        timer = QTimer(self)
        timer.setInterval(every)
        timer.timeout.connect(run)
        return timer


def _work(
    jobs: queue.SimpleQueue[_Job | None],
    answers: queue.SimpleQueue[Backup | str],
    study_path: Path,
    rules: Rules,
    purged: list[int],
) -> None:
    """The thread: one job after the other until there are no more."""
    while (job := jobs.get()) is not None:
        try:
            with closing(_copied(job, study_path)) as source:
                check = partial(is_sound_elsewhere, key=key_of(source))
                made = write_backup(source, study_path, job.reason, check=check, rules=rules, at=datetime.now(UTC))
            if made.seq < purged[0]:  # it was begun before a purge and came after it
                for folder in folders_of(study_path, rules):
                    (folder / made.name).unlink(missing_ok=True)
                raise BackupNotMade("A backup of before was not kept.")
            answers.put(made)
        except BackupNotMade as error:
            answers.put(error.sentence)
        except Exception as error:  # noqa: BLE001 - whatever goes wrong with a backup, the work goes on
            log.error("no backup: %s", type(error).__name__)
            answers.put("No backup could be written. The study itself is saved; older backups are as they were.")


def _copied(job: _Job, study_path: Path) -> sqlite3.Connection:
    """What is to be written: a copy in memory, so that a change of the window waits for no disk.

    Of a study so large that memory is not the place for it, the file itself.
    """
    if job.copy is not None:
        return job.copy
    beside = connect_beside(job.like, study_path)
    if study_path.stat().st_size > MOST_IN_MEMORY:
        return beside
    with closing(beside):
        return backup(beside, ":memory:")


def is_sound_elsewhere(path: Path, key: StudyKey | None = None) -> bool:
    """Verify in a child process, so that the window keeps Python for itself; here, where none can be had.

    The key of an encrypted study goes there through a pipe, which nobody else can read.
    """
    import multiprocessing

    try:
        context = multiprocessing.get_context("spawn")
        here, there = context.Pipe(duplex=False)
        takes_key, gives_key = context.Pipe(duplex=False)
        child = context.Process(target=_verify, args=(path, there, takes_key), daemon=True)
        child.start()
        there.close()
        takes_key.close()
        with closing(here), closing(gives_key):
            gives_key.send_bytes(key.as_told_to_driver().encode() if key is not None else b"")
            answer = here.recv()
        child.join()
    except (EOFError, OSError, RuntimeError):
        from app.analysis.verify import verify

        return not verify(path, password=key)
    return bool(answer)


def _verify(path: Path, pipe: Connection, takes_key: Connection) -> None:
    """The child: yes or no."""
    import os
    from contextlib import suppress

    with suppress(OSError, AttributeError):
        os.nice(10)
    from app.analysis.verify import verify

    told = takes_key.recv_bytes().decode()
    pipe.send(not verify(path, password=StudyKey.told_to_driver(told) if told else None))
