"""Reading in a child process: results come back, refusals too, and cancelling ends it at once."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from app.importers import ImportRefused, TranscriptDraft
from app.importers.child import read_in_child


def test_drafts_and_refusals_come_back_in_order_and_options_arrive(tmp_path: Path) -> None:
    good, bad, other = tmp_path / "good.txt", tmp_path / "bad.txt", tmp_path / "other.txt"
    good.write_text("P1: a\nP2: b\n")
    bad.write_bytes(b"")
    other.write_bytes("P1: año\n".encode("cp850"))
    seen: list[tuple[int, Path]] = []
    options = {other: {"encoding": "cp850"}}
    results = list(read_in_child([good, bad, other], options, lambda number, path: seen.append((number, path))))
    assert seen == [(0, good), (1, bad), (2, other)]
    (_, first), (_, second), (_, third) = results
    assert isinstance(first, TranscriptDraft) and len(first.turns) == 2
    assert isinstance(second, ImportRefused) and "bad.txt" in second.sentence
    assert isinstance(third, TranscriptDraft) and third.text == "P1: año\n"


def test_cancelling_kills_the_child_and_ends_the_results(tmp_path: Path) -> None:
    path = tmp_path / "talk.txt"
    path.write_text("P1: a\n" * 1000)
    assert list(read_in_child([path, path], is_cancelled=lambda: True)) == []


def test_importing_the_package_loads_no_parser() -> None:
    code = (
        "import sys, app.importers, app.importers.child; app.importers.formats(); "
        "print(sorted({'docx', 'lxml', 'charset_normalizer', 'sqlalchemy', 'PySide6'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
