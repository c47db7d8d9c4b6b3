"""A disk that takes no more is told of in words."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest


@pytest.mark.skipif(sys.platform == "win32", reason="files are limited by another system's means")
def test_a_study_that_finds_no_room_is_refused_in_words_and_leaves_nothing(tmp_path: Path) -> None:
    limited = (
        "import resource, signal, sys\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))\n"
        "from app.__main__ import main\n"
        "sys.exit(main(sys.argv[1:]))\n"
    )
    command = [sys.executable, "-c", limited, "demo", str(tmp_path / "study.reflexa")]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120)
    assert done.returncode == 1
    assert "could not be made (the disk is full or refuses to write). Nothing is left behind." in done.stderr
    assert list(tmp_path.iterdir()) == []
