"""Simulated power cuts and failing disks below SQLite, under the very statements that the program sent.

A day's work is done by the program, and every statement that it sends is written down. The statements are then sent again
to SQLite on a simulated disk (an APSW VFS): what was written since the last sync is lost or kept sector by sector, at
random, when the power goes. What is left of the disk is opened by the program. With `synchronous=OFF` the same must lose,
or the simulation proves nothing.
"""

from __future__ import annotations

import random
import shutil
import tempfile
from contextlib import closing, suppress
from dataclasses import dataclass, field
from pathlib import Path

import apsw

from app import study_file
from app.analysis.verify import verify
from app.errors import ReflexaError
from app.models.sqlite import PRAGMAS
from app.study import Study
from soak.deeds import Deeds, first_study, newest_change, sum_of
from soak.kills import no_backups_by_themselves

SECTOR = 512
NAME = "/study.reflexa"


class Disk:
    """Files as the system shows them, and what of them has surely arrived; `limit` is the write at which it ends."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.shown: dict[str, bytearray] = {}
        self.arrived: dict[str, bytes] = {}
        self.waiting: dict[str, list[tuple[int, bytes | None]]] = {}
        self.writes = 0
        self.limit = 0
        self.once = False
        """Fail that one write only, as a disk does, and not for good, as a power cut."""
        self.dead = False

    def lay(self, name: str, content: bytes) -> None:
        """A file that has been there for long."""
        self.shown[name], self.arrived[name], self.waiting[name] = bytearray(content), content, []

    def tick(self) -> None:
        """A write, a sync or a deletion is about to be done."""
        self.writes += 1
        if self.writes == self.limit:
            if self.once:
                raise apsw.IOError("the disk failed")
            self.dead = True
        if self.dead:
            raise apsw.IOError("the power went")

    def after_the_cut(self) -> dict[str, bytes]:
        """What is found on the disk: all that was synced, and any of the sectors written since."""
        found = {}
        for name in self.arrived.keys() | self.shown.keys():
            waiting = self.waiting.get(name, [])
            if name not in self.arrived and not waiting:
                continue
            content = bytearray(self.arrived.get(name, b""))
            for place, written in waiting:
                if written is None:
                    if self.chance.random() < 0.5:
                        del content[place:]
                    continue
                for start in range(0, len(written), SECTOR):
                    if self.chance.random() < 0.5:
                        piece = written[start : start + SECTOR]
                        content.extend(bytes(max(0, place + start + len(piece) - len(content))))
                        content[place + start : place + start + len(piece)] = piece
            found[name] = bytes(content)
        return found


class _File:
    def __init__(self, disk: Disk, name: str) -> None:
        self.disk, self.name = disk, name
        disk.shown.setdefault(name, bytearray())
        disk.waiting.setdefault(name, [])

    def excepthook(self, *_: object) -> None:
        """Errors of the simulated disk are wanted."""

    def xRead(self, amount: int, offset: int) -> bytes:
        return bytes(self.disk.shown[self.name][offset : offset + amount])

    def xWrite(self, data: bytes, offset: int) -> None:
        self.disk.tick()
        shown = self.disk.shown[self.name]
        shown.extend(bytes(max(0, offset + len(data) - len(shown))))
        shown[offset : offset + len(data)] = data
        self.disk.waiting[self.name].append((offset, bytes(data)))

    def xTruncate(self, size: int) -> None:
        self.disk.tick()
        del self.disk.shown[self.name][size:]
        self.disk.waiting[self.name].append((size, None))

    def xSync(self, flags: int) -> None:
        self.disk.tick()
        self.disk.arrived[self.name] = bytes(self.disk.shown[self.name])
        self.disk.waiting[self.name] = []

    def xFileSize(self) -> int:
        return len(self.disk.shown[self.name])

    def xLock(self, level: int) -> None: ...

    def xUnlock(self, level: int) -> None: ...

    def xCheckReservedLock(self) -> bool:
        return False

    def xFileControl(self, op: int, pointer: int) -> bool:
        return False

    def xSectorSize(self) -> int:
        return SECTOR

    def xDeviceCharacteristics(self) -> int:
        return 0

    def xClose(self) -> None: ...


class _System(apsw.VFS):
    """The one simulated system; `disk` is the disk that is in it now."""

    disk: Disk

    def __init__(self) -> None:
        super().__init__("soak", "")

    def xOpen(self, name: object, flags: list[int]) -> _File:
        flags[1] = flags[0]
        said = name.filename() if isinstance(name, apsw.URIFilename) else name
        return _File(self.disk, str(said) if said else f"temporary {len(self.disk.shown)}")

    def xAccess(self, path: str, flags: int) -> bool:
        return path in self.disk.shown

    def xDelete(self, path: str, sync: bool) -> None:
        self.disk.tick()
        self.disk.shown.pop(path, None)
        self.disk.waiting.pop(path, None)
        if sync or self.disk.chance.random() < 0.5:
            self.disk.arrived.pop(path, None)

    def xFullPathname(self, name: str) -> str:
        return name

    def xSleep(self, microseconds: int) -> int:
        return microseconds


SYSTEM = _System()


@dataclass(frozen=True)
class Trace:
    """A day's work: the study before it, the statements, and after which statement which change was acknowledged."""

    before: bytes
    statements: tuple[str, ...]
    acknowledged: tuple[tuple[int, int], ...]
    sums: dict[int, str]


def record(folder: Path, seed: int, deeds: int) -> Trace:
    """Let the program work on a study and write down what it sends."""
    chance = random.Random(seed)
    folder.mkdir()
    path = folder / "study.reflexa"
    first_study(path, chance, turns=30, codings=20)
    before, statements = path.read_bytes(), list[str]()
    real = study_file.connect

    def write_down(statement: str) -> None:
        if not statements or statements[-1] != statement:  # it is told twice when the schema has changed meanwhile
            statements.append(statement)

    def traced(*arguments: object, **more: object) -> object:
        connection = real(*arguments, **more)  # type: ignore[arg-type]
        if not more["read_only"]:
            connection.set_trace_callback(write_down)
        return connection

    study_file.connect = traced  # type: ignore[assignment]
    try:
        study = Study.open(path)
    finally:
        study_file.connect = real
    acknowledged: list[tuple[int, int]] = []
    sums: dict[int, str] = {}
    with study:
        worker, last = Deeds(study, chance, folder, local=True), newest_change(study)
        for _ in range(deeds):
            worker.do(worker.next()[1])
            newest = newest_change(study)
            for seq in range(last + 1, newest + 1):
                acknowledged.append((len(statements), seq))
                sums[seq] = sum_of(study.connection, seq)
            last = newest
        study.connection.set_trace_callback(None)  # its seal would be that of the file here
    return Trace(before, tuple(one for one in statements), tuple(acknowledged), sums)


def _send(trace: Trace, disk: Disk, synchronous: str) -> int:
    """Send the statements until the disk ends; returns the last change that was acknowledged."""
    SYSTEM.disk = disk
    done = 0
    connection = apsw.Connection(NAME, vfs="soak")
    try:
        for pragma in PRAGMAS:
            connection.execute(f"PRAGMA {pragma.replace('synchronous=EXTRA', f'synchronous={synchronous}')}")
        marks = list(trace.acknowledged)
        for number, statement in enumerate(trace.statements):
            while marks and marks[0][0] <= number:
                done = marks.pop(0)[1]
            if not statement.startswith("--"):  # what triggers do is told as a comment
                for _ in connection.execute(statement):
                    pass
        done = trace.acknowledged[-1][1]
    except apsw.Error:
        pass
    finally:
        disk.dead = True
        with suppress(apsw.Error):
            connection.close()
    return done


@dataclass
class Cuts:
    """How a series of power cuts ended."""

    cuts: int = 0
    lost: int = 0
    torn: int = 0
    refused: int = 0
    faults: list[str] = field(default_factory=list)

    @property
    def harmed(self) -> int:
        """Cuts that cost anything."""
        return self.lost + self.torn + self.refused


def cut_power(cuts: int, *, synchronous: str = "EXTRA", seed: int = 5, days: int = 10, deeds: int = 25) -> Cuts:
    """Cut the power at random writes of some days' work, and open what is left."""
    result, chance = Cuts(), random.Random(seed)
    with tempfile.TemporaryDirectory(prefix="soak-") as scratch:
        no_backups_by_themselves(Path(scratch))
        traces = [record(Path(scratch, f"day-{day}"), seed * 31 + day, deeds) for day in range(min(days, cuts))]
        lengths = [_writes(trace, synchronous) for trace in traces]
        for number in range(cuts):
            trace, writes = traces[number % len(traces)], lengths[number % len(traces)]
            disk = Disk(random.Random(seed * 7 + number))
            disk.lay(NAME, trace.before)
            disk.limit = chance.randrange(1, writes + 1)
            done = _send(trace, disk, synchronous)
            folder = Path(scratch, "found")
            folder.mkdir()
            for name, content in disk.after_the_cut().items():
                if not name.startswith("temporary"):
                    (folder / name.lstrip("/")).write_bytes(content)
            result.cuts += 1
            _look(folder / NAME.lstrip("/"), trace, done, result, number)
            shutil.rmtree(folder)
    return result


def _writes(trace: Trace, synchronous: str) -> int:
    disk = Disk(random.Random(0))
    disk.lay(NAME, trace.before)
    if _send(trace, disk, synchronous) != trace.acknowledged[-1][1]:
        raise RuntimeError("the statements cannot be sent again")
    return disk.writes


def _look(path: Path, trace: Trace, done: int, result: Cuts, number: int) -> None:
    """What the program finds after a cut."""
    try:
        study = Study.open(path)
    except ReflexaError as error:
        result.refused += 1
        result.faults.append(f"cut {number}: {error.sentence}")
        return
    with closing(study):
        lost = [seq for seq, one in trace.sums.items() if seq <= done and sum_of(study.connection, seq) != one]
        ahead = newest_change(study) > max(done, min(trace.sums) - 1) + 1
    if lost:
        result.lost += 1
        result.faults.append(f"cut {number}: change {lost[0]} was lost")
    elif ahead or (found := verify(path, full=True)):
        result.torn += 1
        result.faults.append(f"cut {number}: {'changes that nobody acknowledged' if ahead else found[0]}")


# A disk that fails once ------------------------------------------------------------------------------------------


@dataclass
class Failures:
    """How a series of failing writes ended."""

    failures: int = 0
    said: int = 0
    faults: list[str] = field(default_factory=list)


def fail_writes(failures: int, *, seed: int = 6, days: int = 3, deeds: int = 12) -> Failures:
    """Fail one write, sync or deletion; the change is taken back and done again, and all must be there in the end."""
    result = Failures()
    with tempfile.TemporaryDirectory(prefix="soak-") as scratch:
        no_backups_by_themselves(Path(scratch))
        for day in range(min(days, failures)):
            trace = record(Path(scratch, f"day-{day}"), seed * 37 + day, deeds)
            writes, number = _writes(trace, "EXTRA"), failures // min(days, failures)
            for at in range(number):
                disk = Disk(random.Random(at))
                disk.lay(NAME, trace.before)
                disk.limit, disk.once = 1 + at * writes // number, True
                result.failures += 1
                result.said += _send_again(trace, disk)
                path = Path(scratch, "found.reflexa")
                path.write_bytes(bytes(disk.shown[NAME]))
                with closing(Study.open(path)) as study:
                    lost = [seq for seq, one in trace.sums.items() if sum_of(study.connection, seq) != one]
                faults = [f"change {lost[0]} is missing"] if lost else [str(one) for one in verify(path, full=True)[:1]]
                result.faults += [f"failure {at} of day {day}: {one}" for one in faults]
    return result


def _send_again(trace: Trace, disk: Disk) -> int:
    """Send all statements; a transaction that fails is rolled back and sent again. Returns how often one failed."""
    SYSTEM.disk = disk
    failed, begun, number = 0, 0, 0
    statements = [one for one in trace.statements if not one.startswith("--")]
    with closing(apsw.Connection(NAME, vfs="soak")) as connection:
        for pragma in PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")
        while number < len(statements):
            if statements[number].startswith("BEGIN"):
                begun = number
            try:
                for _ in connection.execute(statements[number]):
                    pass
                number += 1
            except apsw.Error:
                failed += 1
                if failed > 3:
                    raise
                if connection.in_transaction:
                    with suppress(apsw.Error):
                        connection.execute("ROLLBACK")
                number = begun
    return failed
