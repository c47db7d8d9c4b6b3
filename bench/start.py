"""Process start to a painted window, each in a fresh process. Run as a script it is the process that is timed."""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import time
from pathlib import Path

from bench.measure import Figure

ROOT = Path(__file__).parent.parent


def figures(demo: Path, big: Path, runs: int = 9) -> list[Figure]:
    """The three figures of DESIGN 9: every kind of start once in each round, so that a slow minute is everybody's."""
    scratch = big.with_name("started.reflexa")
    shutil.copy(big, scratch)
    kinds = {
        "bare": ["bare"],
        "shell": ["shell"],
        "demo": ["study", str(demo)],
        "big": ["study", str(scratch)],
        "bare_orm": ["bare_orm"],
    }
    rounds = [{kind: _start(arguments) for kind, arguments in kinds.items()} for _ in range(runs + 1)][1:]
    took = {kind: round(statistics.median(one[kind] for one in rounds), 1) for kind in kinds}
    return [
        Figure("start to painted shell", "no study", took["bare"], took["shell"], 1.5),
        Figure("start to painted study", "demo", took["bare"], took["demo"], 5),
        Figure("start to painted study", "50 x 10,000 words, 20,000 codings", took["bare"], took["big"], 5),
        Figure("the same over bare window + sqlalchemy.orm", "20,000 codings", took["bare_orm"], took["big"], 1.5),
    ]


def _start(arguments: list[str]) -> float:
    """Milliseconds from making the process to its first line, which it prints when all is painted."""
    # byte code is cached as on a researcher's machine, whatever this one is set to
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    begun = time.perf_counter()
    child = subprocess.Popen(
        [sys.executable, "-m", "bench.start", *arguments], stdout=subprocess.PIPE, cwd=ROOT, env=environment
    )
    assert child.stdout is not None
    child.stdout.readline()
    took = (time.perf_counter() - begun) * 1000
    child.wait()
    return took


def _settings():
    """Settings of somebody who has done nothing yet: where other rows ended must not decide what is opened here."""
    from app.ui.settings import Settings

    path = ROOT / "build" / "bench" / "start.ini"
    path.unlink(missing_ok=True)
    return Settings(path)


def _painted() -> None:
    print("painted", flush=True)
    os._exit(0)


def _bare(with_orm: bool) -> None:
    from PySide6.QtWidgets import QApplication, QMainWindow, QTextEdit

    if with_orm:
        import sqlalchemy.orm  # noqa: F401

    application = QApplication([])
    window = QMainWindow()
    window.setCentralWidget(QTextEdit())
    window.resize(1280, 820)
    window.show()
    application.processEvents()
    window.grab()
    _painted()


def _shell() -> None:
    from app.ui.start import make_application
    from app.ui.window.main_window import MainWindow

    application = make_application()
    window = MainWindow(_settings())
    window.show()
    application.processEvents()
    window.grab()
    _painted()


def _study(path: Path) -> None:
    from app.ui.start import make_application
    from app.ui.window.main_window import MainWindow

    application = make_application()
    window = MainWindow(_settings())
    window.show()
    application.processEvents()
    if not window.open_study(path):
        print("refused", flush=True)
        os._exit(1)
    application.processEvents()
    window.grab()
    _painted()


if __name__ == "__main__":
    what = sys.argv[1]
    if not what.startswith("bare"):
        import gc

        gc.disable()  # as app.__main__ does
    if what.startswith("bare"):
        _bare(what == "bare_orm")
    elif what == "shell":
        _shell()
    else:
        _study(Path(sys.argv[2]))
