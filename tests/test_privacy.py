"""Nothing goes online, and nothing that participants said lies anywhere but in the study and in what was exported."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
MAIN_JOB = "tests/ui/test_main_job.py"
SAID = ("I think you take and then you have to pass it on", "Treasure Chest", "Wei Jie")
"""What participants of the example say, and how one is called: canaries."""


def run(command: list[str], place: Path, *before: str) -> subprocess.CompletedProcess[str]:
    """Run Python in a process of its own, with a home of its own."""
    homes = {name: str(place / name.lower()) for name in
             ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME", "TMPDIR")}  # fmt: skip
    for home in homes.values():
        Path(home).mkdir(parents=True, exist_ok=True)
    environment = {**os.environ, **homes, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT),
                   "PYTHONDONTWRITEBYTECODE": "1"}  # fmt: skip
    return subprocess.run(
        [*before, sys.executable, *command], cwd=ROOT, env=environment, capture_output=True, text=True, timeout=300,
        check=False,
    )  # fmt: skip


def main_job(place: Path, *before: str, more: tuple[str, ...] = ()) -> subprocess.CompletedProcess[str]:
    """The whole main job in the window: import, code, cluster, map, undo, redo, reopen, export."""
    quiet = ("-q", "-p", "no:cacheprovider", "-p", "no:xdist", f"--basetemp={place / 'studies'}")
    return run(["-m", "pytest", *quiet, *more, MAIN_JOB], place, *before)


@dataclass(frozen=True)
class Watched:
    """The main job as it was watched: by Python, and by the system where it has the means (else None)."""

    done: subprocess.CompletedProcess[str]
    trace: list[str] | None
    home: Path


@pytest.fixture(scope="module")
def watched(tmp_path_factory: pytest.TempPathFactory) -> Watched:
    home = tmp_path_factory.mktemp("watched")
    trace = home / "trace.txt"
    watch = ("strace", "-f", "-qq", "-e", "trace=socket,connect,sendto,openat,open,creat,mkdir", "-o", str(trace))
    may = shutil.which("strace") is not None and not subprocess.run([*watch, "true"], capture_output=True).returncode
    done = main_job(home, *(watch if may else ()), more=("-p", "tests.no_sockets", "-s"))
    return Watched(done, trace.read_text(encoding="utf-8").splitlines() if may else None, home)


def test_the_main_job_opens_no_socket(watched: Watched, figure: Callable[[str], None]) -> None:
    assert watched.done.returncode == 0, watched.done.stdout
    (said,) = [line for line in watched.done.stdout.splitlines() if line.startswith("sockets opened: ")]
    figure(f"{said} in the whole main job")
    assert said == "sockets opened: 0"


def test_the_counter_of_sockets_counts(tmp_path: Path) -> None:
    probe = "import tests.no_sockets as counter, socket; socket.socket().close(); print(len(counter.SEEN))"
    assert int(run(["-c", probe], tmp_path).stdout) > 0


def test_the_main_job_works_where_there_is_no_network_at_all(tmp_path: Path) -> None:
    alone = ("unshare", "--net", "--map-root-user")
    if shutil.which("unshare") is None or subprocess.run([*alone, "true"], capture_output=True, check=False).returncode:
        pytest.skip("this machine gives no network namespace")
    done = main_job(tmp_path, *alone)
    assert done.returncode == 0, done.stdout


def test_the_system_sees_no_connection_either(watched: Watched) -> None:
    """Python's own count would not see what a library written in C does."""
    if watched.trace is None:
        pytest.skip("this machine has no strace")
    assert watched.done.returncode == 0, watched.done.stdout
    assert [line for line in watched.trace if "AF_INET" in line] == []


def test_the_system_sees_nothing_written_but_in_the_places_for_it(watched: Watched) -> None:
    """The study's folder, settings, caches; in the folder for temporary files nothing is left."""
    if watched.trace is None:
        pytest.skip("this machine has no strace")
    opened = re.compile(r'(?:openat\([^,]*, |open\(|creat\(|mkdir\()"([^"]*)"(.*) = \d+')
    written = {
        found[1]
        for line in watched.trace
        if (found := opened.search(line)) and ("O_" not in found[2] or re.search("O_CREAT|O_WRONLY|O_RDWR", found[2]))
    }
    assert any(path.endswith("study.reflexa-journal") for path in written)
    assert {path for path in written if not path.startswith((str(watched.home), "/dev/"))} == set()
    assert [path.name for path in (watched.home / "tmpdir").rglob("*")] == []


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home in which a study was made, coded, exported and searched from the command line and in the window."""
    home = tmp_path_factory.mktemp("home")
    steps = (
        ("demo", "s.reflexa"),
        ("export", "codebook", "s.reflexa", "-o", "out.docx"),
        ("export", "coded", "s.reflexa", "-o", "out.html"),
        ("search", "s.reflexa", SAID[1]),
        ("code", "s.reflexa", "--source", "no such transcript", "--start", "1", "--end", "9", "--code", SAID[1]),
        ("import", "s.reflexa", "missing.docx"),
        ("verify", "s.reflexa"),
    )
    work = home / "work"
    work.mkdir()
    for command, *arguments in steps:
        shown = [str(work / one) if "." in one and " " not in one else one for one in arguments]
        run(["-m", "app", command, *shown], home)
    window = (
        "import sys\nfrom pathlib import Path\n"
        "from app.ui.start import make_application\nfrom app.ui.settings import Settings\n"
        "from app.ui.window.main_window import MainWindow\n"
        "application = make_application()\nwindow = MainWindow(Settings())\nwindow.show()\n"
        "window.open_study(Path(sys.argv[1]))\n"
        "code = window.show_place('code')\ncode.find_bar.open_bar('Treasure Chest')\napplication.processEvents()\n"
        "raised = sys.excepthook\nwindow.close()\n"
    )
    done = run(["-c", f"import os\nos.umask(0o077)\n{window}", str(work / "s.reflexa")], home)
    assert done.returncode == 0, done.stderr
    return home


def test_nothing_that_was_said_lies_outside_the_study_and_its_outputs(place: Path) -> None:
    meant = place / "work"
    elsewhere = [path for path in place.rglob("*") if path.is_file() and meant not in path.parents]
    told = {path.name: [word for word in SAID if word.encode() in path.read_bytes()] for path in elsewhere}
    assert {name: words for name, words in told.items() if words} == {}
    assert any(SAID[1].encode() in path.read_bytes() for path in meant.glob("*.reflexa"))


def test_what_the_program_makes_is_readable_by_its_owner_alone(place: Path) -> None:
    made = [path for path in (place / "work").rglob("*") if path.is_file()]
    made += [path for path in place.rglob("*") if path.is_file() and path.suffix in {".log", ".ini", ".conf"}]
    assert len(made) >= 3
    assert [path.name for path in made if path.stat().st_mode & 0o077] == []


def test_nothing_is_left_beside_a_study_that_is_closed_but_its_backups(place: Path) -> None:
    left = {path.name for path in (place / "work").iterdir()}
    assert left - {"s.reflexa", "out.docx", "out.html", "s-backups"} == set()
