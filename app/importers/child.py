"""Parsing foreign files in a process of its own: cancelling is a kill, memory and time have limits."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import fields, replace
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from app.importers.draft import ImportRefused, TranscriptDraft
from app.importers.project import ProjectDraft
from app.importers.projects import read_project
from app.importers.reading import read_transcript, shown_name

SECONDS_A_FILE, SECONDS_A_PDF = 60, 25
MEMORY_BYTES = 3 * 1024**3
LOOK_EVERY = 0.05
BEHIND = 5
PIECE = 500
"""Parts of an answer that are sent at once."""

Result = TranscriptDraft | ProjectDraft | ImportRefused


def read_in_child(
    paths: Sequence[Path],
    options: Mapping[Path, Mapping[str, Any]] | None = None,
    on_progress: Callable[[int, Path], None] = lambda _number, _path: None,
    is_cancelled: Callable[[], bool] = lambda: False,
) -> Iterator[tuple[Path, Result]]:
    """Read files one after the other in a spawned child; yields (path, draft or why it is refused).

    With the option `project` a file is read as a project of another program.
    `is_cancelled` is asked about twenty times a second; when it says yes the child is killed and nothing more comes.
    A file that takes too long or brings the child down is refused, and the next one gets a fresh child.
    """
    child: _Child | None = None
    try:
        for number, path in enumerate(paths):
            on_progress(number, path)
            if child is None:
                child = _Child()
            result = child.read(path, dict((options or {}).get(path, {})), is_cancelled)
            if result is None:
                return
            if child.dead:
                child = None
            yield path, result
    finally:
        if child is not None:
            child.kill()


def read_guarded(path: Path, **options: Any) -> TranscriptDraft:
    """Read one file where nobody can cancel: a PDF in a child, since from a library in C there may be no way back.

    Raises ImportRefused.
    """
    if not _is_pdf(path):
        return read_transcript(path, **options)
    ((_, result),) = read_in_child([path], {path: options})
    if isinstance(result, ImportRefused):
        raise result
    assert isinstance(result, TranscriptDraft)
    return result


def _is_pdf(path: Path) -> bool:
    return path.suffix.casefold() == ".pdf"


class _Child:
    """One spawned process that reads file after file."""

    def __init__(self) -> None:
        context = multiprocessing.get_context("spawn")
        asked, self._asks = context.Pipe(duplex=False)  # two one-way pipes: a two-way one would be a socket
        self._answers, answers = context.Pipe(duplex=False)
        self._process = context.Process(target=_serve, args=(asked, answers), daemon=True)
        self._process.start()
        asked.close()
        answers.close()
        self.dead = False

    def read(self, path: Path, options: dict[str, Any], is_cancelled: Callable[[], bool]) -> Result | None:
        """The result of one file; None when cancelled."""
        begun = time.monotonic()
        try:
            self._asks.send((path, options))
            while not self._answers.poll(LOOK_EVERY):
                if is_cancelled():
                    self.kill()
                    return None
                limit = SECONDS_A_PDF if _is_pdf(path) else SECONDS_A_FILE
                if time.monotonic() - begun > limit:
                    self.kill()
                    return ImportRefused(
                        f"“{shown_name(path)}” took longer than {limit} seconds to read, so it was given up. Split it."
                    )
            result = self._whole()
        except (EOFError, OSError):
            self.kill()
            return ImportRefused(
                f"“{shown_name(path)}” cannot be read: reading it broke off. Open it in Word and save it again."
            )
        return result

    def _whole(self) -> Result:
        """An answer put together from its pieces: unpacking a big one at once would hold the window up."""
        gathered: dict[str, list[Any]] = {}
        while isinstance(part := self._answers.recv(), tuple):
            gathered.setdefault(part[0], []).extend(part[1])
        result: Result = part
        return replace(result, **{name: tuple(items) for name, items in gathered.items()}) if gathered else result  # type: ignore[type-var]

    def kill(self) -> None:
        """End the process at once."""
        self.dead = True
        self._process.kill()
        self._process.join()
        self._asks.close()
        self._answers.close()


def _serve(asked: Connection, answers: Connection) -> None:
    """The child's loop: whatever happens, an answer in one sentence."""
    _limit_memory()
    if hasattr(os, "nice"):
        os.nice(BEHIND)  # the window comes first, also where there are few cores
    while True:
        try:
            path, options = asked.recv()
        except (EOFError, OSError):
            return
        try:
            project = options.pop("project", False)
            _answer(answers, read_project(path) if project else read_transcript(path, **options))
        except ImportRefused as refused:
            answers.send(refused)
        except MemoryError:
            answers.send(ImportRefused(f"“{shown_name(path)}” asks for more memory than a transcript needs."))
        except Exception as error:  # noqa: BLE001 - a foreign file may bring out any fault of a library
            answers.send(_unreadable(path, error))


def _answer(answers: Connection, draft: TranscriptDraft | ProjectDraft) -> None:
    """Send a draft: long lists in pieces first, then the rest."""
    long = {one.name: getattr(draft, one.name) for one in fields(draft)}
    long = {name: items for name, items in long.items() if isinstance(items, tuple) and len(items) > PIECE}
    for name, items in long.items():
        for start in range(0, len(items), PIECE):
            answers.send((name, items[start : start + PIECE]))
    nothing: dict[str, Any] = dict.fromkeys(long, ())
    answers.send(replace(draft, **nothing))


def _unreadable(path: Path, error: Exception) -> ImportRefused:
    return ImportRefused(f"“{shown_name(path)}” cannot be read ({type(error).__name__}). Save it again as .docx.")


def _limit_memory() -> None:
    if sys.platform == "win32":
        return
    import resource

    with contextlib.suppress(ValueError, OSError):  # not every system lets itself be limited
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
