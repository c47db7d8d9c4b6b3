"""kill -9 at random moments: while one works, while an older study is brought up to date, while a document is written."""

from __future__ import annotations

import gzip
import io
import multiprocessing
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
import traceback
import zipfile
from collections import Counter
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from app import study_file
from app.analysis.verify import verify
from app.backups import Rules, backups_of
from app.errors import ReflexaError
from app.exporters.registry import export
from app.password import Password
from app.study import Study
from soak.deeds import KINDS, Deeds, first_study, newest_change, sum_of

ROOT = Path(__file__).parent.parent
OLDER = sorted((ROOT / "tests" / "data" / "schemas").glob("schema-*.reflexa.gz"))
FRESH_EVERY = 20


@dataclass
class Kills:
    """How a series of kills ended."""

    kills: int = 0
    hot: int = 0
    """So often a journal was left, which is a kill in the middle of writing."""
    in_logs: dict[str, int] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)
    during: Counter[str] = field(default_factory=Counter)
    backups: int = 0
    left_over: int = 0

    @property
    def acknowledged(self) -> int:
        """How many changes were acknowledged, and looked for afterwards."""
        return sum(self.in_logs.values())


def _process(target: object, *arguments: object) -> multiprocessing.process.BaseProcess:
    """A process of the program; where the system can, a fork of one that has imported it all."""
    method = "forkserver" if "forkserver" in multiprocessing.get_all_start_methods() else "spawn"
    context = multiprocessing.get_context(method)
    if method == "forkserver":
        context.set_forkserver_preload(["soak.kills"])
    return context.Process(target=target, args=arguments, daemon=True)  # type: ignore[attr-defined, no-any-return]


def no_backups_by_themselves(folder: Path) -> None:
    """Settings of nobody, for this process and those that it starts: backups are made when they are asked for."""
    os.environ["XDG_CONFIG_HOME"] = str(folder / "config")
    Rules(automatic=False, fewest=3).save()


# While one works --------------------------------------------------------------------------------------------------


def work(path: Path, acknowledged: Path, doing: Path, seed: int, config: str, typed: str = "") -> None:
    """Do one thing after the other until killed. What is done is written down only after the program came back."""
    os.environ["XDG_CONFIG_HOME"] = config
    try:
        chance = random.Random(seed)
        log = os.open(acknowledged, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
        now = os.open(doing, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        os.pwrite(now, b"opening".ljust(40), 0)
        password = Password(typed) if typed else None
        worker = Deeds(Study.open(path, password=password), chance, path.parent, password=password)
        last = newest_change(worker.study)
        while True:
            name, deed = worker.next()
            os.pwrite(now, name.encode().ljust(40), 0)
            worker.do(deed)
            newest = newest_change(worker.study)
            for seq in range(last + 1, newest + 1):
                os.write(log, f"{seq} {sum_of(worker.study.connection, seq)}\n".encode())
            last = newest
    except BaseException:
        acknowledged.with_suffix(".stumbled").write_text(traceback.format_exc())
        raise


def kill_while_working(kills: int, *, seed: int = 1, mean: float = 0.3, typed: str = "") -> Kills:
    """Kill, open again, and compare with what was acknowledged; with `typed` the study is encrypted."""
    result, chance = Kills(), random.Random(seed)
    password = Password(typed) if typed else None
    with tempfile.TemporaryDirectory(prefix="soak-") as scratch:
        no_backups_by_themselves(Path(scratch))
        first = Path(scratch, "first.reflexa")
        first_study(first, chance, password=password)
        for number in range(kills):
            folder = Path(scratch, f"run-{number // FRESH_EVERY}")
            path, acknowledged, doing = folder / "study.reflexa", folder / "acknowledged", folder / "doing"
            if not path.exists():
                folder.mkdir()
                shutil.copy(first, path)
            doing.unlink(missing_ok=True)
            config = os.environ["XDG_CONFIG_HOME"]
            process = _process(work, path, acknowledged, doing, seed * 100_003 + number, config, typed)
            process.start()
            _until(lambda doing=doing: doing.exists() and doing.stat().st_size > 0, process)
            if number % 6:  # every sixth is killed from the opening on, the others at work
                _until(lambda doing=doing: doing.read_text().strip() not in ("", "opening"), process)
            time.sleep(chance.expovariate(1 / mean))
            process.kill()
            process.join()
            result.kills += 1
            killed_in = doing.read_text().strip() if doing.exists() else "starting"
            result.during[killed_in] += 1
            journal = path.with_name(path.name + "-journal")
            result.hot += killed_in != "opening" and journal.exists() and journal.stat().st_size > 512
            result.faults += [f"kill {number}: {one}" for one in _after(path, acknowledged, result, password)]
    return result


def _until(what: object, process: multiprocessing.process.BaseProcess) -> None:
    while process.is_alive() and not what():  # type: ignore[operator]
        time.sleep(0.002)


def _after(path: Path, acknowledged: Path, result: Kills, password: Password | None = None) -> list[str]:
    """What is wrong after a kill."""
    stumbled = acknowledged.with_suffix(".stumbled")
    if stumbled.exists():
        said = stumbled.read_text().strip().splitlines()[-1]
        stumbled.unlink()
        return [f"the program stumbled: {said}"]
    try:
        study = Study.open(path, password=password)
    except ReflexaError as error:
        return [f"refused: {error.sentence}"]
    wrong = []
    with study:
        said = dict(line.split() for line in acknowledged.read_text().splitlines()) if acknowledged.exists() else {}
        last = max(map(int, said), default=0)
        newest = newest_change(study)
        if said and newest > last + 1:
            wrong.append(f"{newest - last} changes that nobody acknowledged")
        wrong += [f"change {seq} was lost" for seq, one in said.items() if sum_of(study.connection, int(seq)) != one]
        if newest == last + 1 and said:  # done, and killed before it could be written down
            with acknowledged.open("a") as log:
                log.write(f"{newest} {sum_of(study.connection, newest)}\n")
        result.in_logs[str(acknowledged)] = len(said)
    wrong += [f"not sound: {fault}" for fault in verify(path, full=True, password=password)[:1]]
    wrong += [f"half a document: {one}" for one in KINDS if not is_whole(path.parent / one)]
    for made in backups_of(path):
        result.backups += 1
        wrong += [f"a damaged backup: {fault}" for fault in verify(made.path, password=password)[:1]]
    result.left_over += len(list(path.parent.glob(".reflexa-*")))
    return wrong


def is_whole(path: Path, old: bytes = b"") -> bool:
    """Whether a document is not there, is the old one, or can be read to its end."""
    if not path.exists() or (content := path.read_bytes()) == old:
        return True
    if path.suffix in (".docx", ".xlsx", ".odt", ".qdpx"):
        try:
            with zipfile.ZipFile(io.BytesIO(content)) as archive:
                return archive.testzip() is None
        except zipfile.BadZipFile:
            return False
    if path.suffix == ".html":
        return content.rstrip().endswith(b"</html>")
    if path.suffix == ".pdf":
        return content.rstrip().endswith(b"%%EOF")
    return content.endswith(b"\n")


# While an older study is brought up to date ----------------------------------------------------------------------


def migrate(path: Path, doing: Path, nth: int, config: str) -> None:
    """Open an older study; with `nth` die before that statement, else when killed."""
    os.environ["XDG_CONFIG_HOME"] = config
    done = 0

    def count(_: str) -> None:
        nonlocal done
        done += 1
        if done == nth:
            os.kill(os.getpid(), signal.SIGKILL)

    real = study_file.connect

    def traced(*arguments: object, **more: object) -> sqlite3.Connection:
        connection = real(*arguments, **more)  # type: ignore[arg-type]
        connection.set_trace_callback(count)
        return connection

    study_file.connect = traced  # type: ignore[assignment]
    doing.write_text("opening")
    Study.open(path).close()
    doing.write_text(str(done))


def kill_while_migrating(kills: int, *, seed: int = 2) -> Kills:
    """Half of the kills before a statement, spread over all of them, half at a random moment; each schema in turn."""
    result, chance = Kills(), random.Random(seed)
    kept = [gzip.decompress(one.read_bytes()) for one in OLDER]
    with tempfile.TemporaryDirectory(prefix="soak-") as scratch:
        no_backups_by_themselves(Path(scratch))
        config = os.environ["XDG_CONFIG_HOME"]
        undisturbed = [_undisturbed(Path(scratch, f"undisturbed-{n}"), one, config) for n, one in enumerate(kept)]
        for number in range(kills):
            old = kept[number // 2 % len(kept)]
            took, statements, expected = undisturbed[number // 2 % len(kept)]
            folder = Path(scratch, str(number))
            folder.mkdir()
            path, doing = folder / "study.reflexa", folder / "doing"
            path.write_bytes(old)
            by_statement = number % 2 == 0
            process = _process(migrate, path, doing, 1 + number * statements // kills if by_statement else 0, config)
            process.start()
            _until(lambda doing=doing: doing.exists(), process)
            if by_statement:
                process.join()
            else:
                time.sleep(chance.uniform(0, took))
                process.kill()
                process.join()
            result.kills += 1
            journal = path.with_name(path.name + "-journal")
            result.hot += journal.exists() and journal.stat().st_size > 512
            result.during["statement" if by_statement else "moment"] += 1
            result.faults += [f"kill {number}: {one}" for one in _after_migration(path, expected)]
            shutil.rmtree(folder)
    return result


def _undisturbed(folder: Path, old: bytes, config: str) -> tuple[float, int, dict[str, list[object]]]:
    folder.mkdir()
    path, doing = folder / "study.reflexa", folder / "doing"
    path.write_bytes(old)
    process = _process(migrate, path, doing, 0, config)
    process.start()
    _until(lambda: doing.exists(), process)
    begun = time.monotonic()
    process.join()
    return time.monotonic() - begun, int(doing.read_text()), rows_of(path)


def _after_migration(path: Path, expected: dict[str, list[object]]) -> list[str]:
    try:
        Study.open(path).close()
    except ReflexaError as error:
        return [f"refused: {error.sentence}"]
    wrong = [f"not sound: {fault}" for fault in verify(path, full=True)[:1]]
    wrong += ["rows were lost or altered"] if rows_of(path) != expected else []
    wrong += [f"a damaged backup: {one.path.name}" for one in backups_of(path) if not _opens(one.path)]
    return wrong


def _opens(path: Path) -> bool:
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
        return bool(connection.execute("PRAGMA integrity_check").fetchone()[0] == "ok")


def rows_of(path: Path) -> dict[str, list[object]]:
    """Every row but those of the journal and the seal."""
    with closing(sqlite3.connect(path)) as connection:
        names = [row[0] for row in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY 1")]
        return {name: connection.execute(f'SELECT * FROM "{name}" ORDER BY 1').fetchall() for name in names
                if not name.startswith(("change", "sqlite_", "seal"))}  # fmt: skip


# While a document is written -------------------------------------------------------------------------------------


def write_documents(path: Path, doing: Path, seed: int, config: str) -> None:
    """Write one document after the other over those that are there."""
    os.environ["XDG_CONFIG_HOME"] = config
    chance = random.Random(seed)
    with Study.open(path) as study:
        doing.write_text("writing")
        while True:
            name = chance.choice(KINDS)
            kind = {"project": "qdpx"}.get(name.partition(".")[0], name.partition(".")[0])
            export(study, kind, path.parent / name, force=True)


def kill_while_exporting(kills: int, *, seed: int = 3, mean: float = 0.5) -> Kills:
    """Each document must be the old one or a new one, and whole."""
    result, chance = Kills(), random.Random(seed)
    old = b"the old document, which somebody still needs"
    with tempfile.TemporaryDirectory(prefix="soak-") as scratch:
        no_backups_by_themselves(Path(scratch))
        path, doing = Path(scratch, "study.reflexa"), Path(scratch, "doing")
        first_study(path, chance, codings=100)
        for number in range(kills):
            for name in KINDS:
                path.with_name(name).write_bytes(old)
            doing.unlink(missing_ok=True)
            process = _process(write_documents, path, doing, seed * 1009 + number, os.environ["XDG_CONFIG_HOME"])
            process.start()
            _until(lambda: doing.exists(), process)
            time.sleep(chance.expovariate(1 / mean))
            process.kill()
            process.join()
            result.kills += 1
            if process.exitcode != -signal.SIGKILL:
                result.faults.append(f"kill {number}: the program ended by itself ({process.exitcode})")
            result.left_over += len(list(path.parent.glob(".reflexa-*")))
            for one in path.parent.glob(".reflexa-*"):
                one.unlink()
            new = sum(path.with_name(name).read_bytes() != old for name in KINDS)
            result.during["new documents"] += new
            result.faults += [
                f"kill {number}: half a document: {name}" for name in KINDS if not is_whole(path.with_name(name), old)
            ]
            try:
                Study.open(path).close()
            except ReflexaError as error:
                result.faults.append(f"kill {number}: {error.sentence}")
            result.faults += [f"kill {number}: not sound: {fault}" for fault in verify(path)[:1]]
    return result


# While the window is open ----------------------------------------------------------------------------------------

WINDOW = """
import os, random, sys
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
import app.ui.start as start
from app.ui.window.main_window import MainWindow
path, log, seed = Path(sys.argv[1]), os.open(sys.argv[2], os.O_WRONLY | os.O_APPEND | os.O_CREAT), int(sys.argv[3])
chance = random.Random(seed)
real = MainWindow.show_study
def shown(window, study):
    real(window, study)
    from app.operations.codes import create_code
    from soak.deeds import Deeds, newest_change, sum_of
    worker, last = Deeds(study, chance, path.parent, local=True), [newest_change(study)]
    def act():
        _, deed = worker.next()
        worker.do(deed)
        newest = newest_change(study)
        for seq in range(last[0] + 1, newest + 1):
            os.write(log, f"{seq} {sum_of(study.connection, seq)}\\n".encode())
        last[0] = newest
        if chance.random() < 0.1:
            window.show_place(chance.choice(("transcripts", "code", "compare", "themes", "map", "outputs")))
    window.acting = QTimer(window, interval=5, timeout=act)
    window.acting.start()
    print("ready", flush=True)
MainWindow.show_study = shown
start.open_window(path)
"""


def kill_the_window(kills: int, *, seed: int = 4, mean: float = 0.6) -> Kills:
    """The same with the real window open on the study, offscreen; what it shows follows each change."""
    result, chance = Kills(), random.Random(seed)
    with tempfile.TemporaryDirectory(prefix="soak-") as scratch:
        no_backups_by_themselves(Path(scratch))
        path, acknowledged = Path(scratch, "study.reflexa"), Path(scratch, "acknowledged")
        first_study(path, chance)
        environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT)}
        for number in range(kills):
            process = subprocess.Popen(
                [sys.executable, "-c", WINDOW, str(path), str(acknowledged), str(number)],
                stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, cwd=ROOT, env=environment, text=True,
            )  # fmt: skip
            assert process.stdout is not None
            if process.stdout.readline() != "ready\n":
                result.faults.append(f"kill {number}: the window did not open the study")
            time.sleep(chance.expovariate(1 / mean))
            process.kill()
            process.wait()
            result.kills += 1
            journal = path.with_name(path.name + "-journal")
            result.hot += journal.exists() and journal.stat().st_size > 512
            result.faults += [f"kill {number}: {one}" for one in _after(path, acknowledged, result)]
    return result
