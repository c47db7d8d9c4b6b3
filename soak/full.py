"""A full disk: each thing that writes says so in a sentence, the study is whole, and it can be done once there is room."""

from __future__ import annotations

import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from app.analysis.verify import verify
from app.backups import backups_of
from app.errors import NotPossible, ReflexaError
from app.operations.codes import edit_code
from app.operations.studies import new_study
from app.study import Study
from soak.deeds import Deeds, first_study, newest_change
from soak.kills import KINDS, is_whole, no_backups_by_themselves


@dataclass
class Fulls:
    """How a series of full disks ended; `where` says what stood for the disk."""

    where: str = ""
    tried: int = 0
    refused: int = 0
    """So often the disk was really too full for what was done."""
    faults: list[str] = field(default_factory=list)


def deeds_on(worker: Deeds) -> dict[str, Callable[[], object]]:
    """What is tried, by name; each writes more than fits into what is left."""
    return {
        "coding": worker.code,
        "editing a code": lambda: worker.study.run(
            edit_code, worker.ids("code")[0], full=f"{worker.chance.random()}" * 9000
        ),
        "memo": worker.memo,
        "import": lambda: worker.bring_in(600),
        "correction": worker.correct,
        "merging codes": worker.merge,
        "undo": worker.study.undo,
        "export": worker.export,
        "backup": worker.back_up,
        "new study": lambda: new_study(worker.folder / f"{worker.chance.random()}.reflexa").close(),
    }


def fill_disks(rounds: int, *, seed: int = 8) -> Fulls:
    """Try each deed so many times with a disk on which hardly anything is left."""
    result = Fulls()
    with tempfile.TemporaryDirectory(prefix="soak-") as scratch:
        no_backups_by_themselves(Path(scratch))
        with _small_disk(Path(scratch), result) as (folder, full):
            chance = random.Random(seed)
            path = folder / "study.reflexa"
            first_study(path, chance)
            with Study.open(path) as study:
                worker = Deeds(study, chance, folder, local=True)
                for number in range(rounds):
                    for name in deeds_on(worker):
                        _try(worker, name, full, chance.randrange(0, 60_000) if number else 0, result)
    return result


def _try(worker: Deeds, name: str, full: Callable[[int], object], left: int, result: Fulls) -> None:
    deed = deeds_on(worker)[name]
    if name == "import":  # the file to bring in lies on another disk
        while len(worker.ids("source")) > 4:
            worker.delete_source()
    before = newest_change(worker.study)
    result.tried += 1
    with full(left):  # type: ignore[attr-defined]
        try:
            with suppress(NotPossible):
                deed()
        except ReflexaError as error:
            result.refused += 1
            if not any(
                word in error.sentence for word in ("full", "room", "could not be made", "refuses", "No study can")
            ):
                result.faults.append(f"{name}: not clear: {error.sentence}")
            if newest_change(worker.study) != before:
                result.faults.append(f"{name}: refused, and the study was changed")
        except OSError as error:
            if name != "import":
                result.faults.append(f"{name}: {type(error).__name__}")
        result.faults += [f"{name}: not sound: {one}" for one in verify(worker.study.path)[:1]]
    result.faults += [f"{name}: half a document: {one}" for one in KINDS if not is_whole(worker.folder / one)]
    result.faults += [f"{name}: damaged backup" for one in backups_of(worker.study.path) if verify(one.path)]
    try:
        with suppress(NotPossible):
            deeds_on(worker)[name]()  # there is room again
    except (ReflexaError, OSError) as error:
        result.faults.append(f"{name}: not possible with room: {error}")
    shutil.rmtree(worker.folder / "study-backups", ignore_errors=True)
    for one in worker.folder.glob("0.*"):
        one.unlink()


@contextmanager
def _small_disk(scratch: Path, result: Fulls) -> Iterator[tuple[Path, Callable[[int], object]]]:
    """A folder, and how to leave only so many bytes in it: a small disk where one may be mounted, else a limit on files."""
    folder = scratch / "disk"
    folder.mkdir()
    mounted = sys.platform == "linux" and os.getuid() == 0 and _mount(folder)
    result.where = "a disk of 24 MB" if mounted else "a limit on the size of files"
    try:
        yield folder, (lambda left: _filled(folder, left)) if mounted else (lambda left: limited(folder, left))
    finally:
        if mounted:
            subprocess.run(["umount", "-l", str(folder)], check=False)


def _mount(folder: Path) -> bool:
    return (
        subprocess.run(["mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", str(folder)], capture_output=True).returncode
        == 0
    )


@contextmanager
def _filled(folder: Path, left: int) -> Iterator[None]:
    filler = folder / "filler"
    with filler.open("wb", buffering=0) as file:
        with suppress(OSError):
            while True:
                file.write(bytes(65536))
        with suppress(OSError):
            while True:
                file.write(bytes(512))
        file.truncate(max(0, file.tell() - left))
    try:
        yield
    finally:
        filler.unlink()


@contextmanager
def limited(folder: Path, left: int, of: int = 0) -> Iterator[None]:
    """No file may grow past the size of the study (or past `of`) and what is `left`."""
    size = of or (folder / "study.reflexa").stat().st_size
    limits, handler = resource.getrlimit(resource.RLIMIT_FSIZE), signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size + left, limits[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        signal.signal(signal.SIGXFSZ, handler)
