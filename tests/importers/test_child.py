"""Reading in a child process: results come back, refusals too, and cancelling ends it at once."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from app.importers import ImportRefused, TranscriptDraft, child, read_transcript
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


def test_a_draft_of_many_turns_comes_back_in_pieces_and_whole(tmp_path: Path) -> None:
    path = tmp_path / "talk.txt"
    path.write_text("P1: a\nP2: b\n" * 700)
    ((_, came),) = read_in_child([path])
    assert came == read_transcript(path)
    assert isinstance(came, TranscriptDraft) and len(came.turns) == 1400


def test_cancelling_kills_the_child_and_ends_the_results(tmp_path: Path) -> None:
    path = tmp_path / "talk.txt"
    path.write_text("P1: a\n" * 1000)
    assert list(read_in_child([path, path], is_cancelled=lambda: True)) == []


def test_a_file_that_takes_too_long_is_given_up_and_the_next_gets_a_fresh_child(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "talk.txt"
    path.write_text("P1: a\n")
    monkeypatch.setattr(child, "SECONDS_A_FILE", -1)
    results = read_in_child([path, path])
    _, given_up = next(results)
    assert isinstance(given_up, ImportRefused) and "longer than -1 seconds" in given_up.sentence
    monkeypatch.undo()
    assert isinstance(next(results)[1], TranscriptDraft)


class Crash:
    """Ends the process that unpickles it, as a fault deep in a library would."""

    def __reduce__(self) -> tuple[object, tuple[int]]:
        return os._exit, (1,)


def test_a_file_that_brings_the_child_down_is_refused_and_the_next_one_read(tmp_path: Path) -> None:
    bad, good = tmp_path / "bad.txt", tmp_path / "good.txt"
    for path in (bad, good):
        path.write_text("P1: a\n")
    results = dict(read_in_child([bad, good], {bad: {"encoding": Crash()}}))
    refused = results[bad]
    assert isinstance(refused, ImportRefused) and "bad.txt" in refused.sentence
    assert isinstance(results[good], TranscriptDraft)


def test_importing_the_package_loads_no_parser() -> None:
    code = (
        "import sys, app.importers, app.importers.child; app.importers.formats(); "
        "print(sorted({'docx', 'lxml', 'charset_normalizer', 'sqlalchemy', 'PySide6'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
