"""`reflexa withdraw`, `pseudonymise`, `make-permanent`: looked at first, then done and told in counts."""

from __future__ import annotations

import csv
import json
import stat
from pathlib import Path

import pytest

from app.operations.rights.permanence import make_permanent
from app.study import Study
from tests.cli.conftest import Reflexa
from tests.operations.rights import found_in


def test_a_dry_run_shows_what_is_touched_and_touches_nothing(reflexa: Reflexa, closed: Path) -> None:
    before = closed.read_bytes()
    told = reflexa("withdraw", closed, "--participant", "Nur", "--how", "mentions", "--dry-run", "--json").json
    assert len(told["turns"]) == 2
    assert all("withdrawn" in one["proposed"] for one in told["places"])
    assert reflexa("withdraw", closed, "--participant", "nur", "--how", "own-turns", "--dry-run").code == 0
    assert closed.read_bytes() == before


def test_own_turns_are_withdrawn_and_the_study_is_sound(reflexa: Reflexa, closed: Path) -> None:
    answer = reflexa("withdraw", closed, "--participant", "Nur", "--how", "own-turns", "--json")
    assert answer.code == 0
    assert (answer.json["turns"], answer.json["purge_finished"]) == (2, True)
    assert "[turn withdrawn]" in reflexa("text", closed, "--source", "FG1").out
    assert reflexa("verify", closed, "--full").out == "ok\n"
    assert "Undo stops here" in reflexa("undo", closed).err
    assert found_in(closed.parent, "Somebody noticed", but=("reflexa.log",)) == []


def test_decisions_come_from_a_file(reflexa: Reflexa, closed: Path, tmp_path: Path) -> None:
    start = reflexa("text", closed, "--source", "FG1").out.index("Somebody noticed")
    where = ("--source", "FG1", "--start", start, "--end", start + 16)
    assert reflexa("code", closed, *where, "--code", "Somebody noticed").code == 0
    told = reflexa("withdraw", closed, "--participant", "Nur", "--how", "own-turns", "--dry-run", "--json").json
    (key,) = [one["key"] for one in told["places"] if one["key"].startswith("code:")]
    file = tmp_path / "decisions.json"
    file.write_text(json.dumps({key: {"do": "change", "text": "Being missed"}}))
    withdraw = ("withdraw", closed, "--participant", "Nur", "--how", "own-turns", "--decisions", file)
    assert reflexa(*withdraw).code == 0
    assert [one["name"] for one in reflexa("dump", closed, "--json").json["code"]] == ["Being missed"]
    file.write_text("[]")
    assert reflexa(*withdraw).code == 1


def test_nobody_of_that_name(reflexa: Reflexa, closed: Path) -> None:
    answer = reflexa("withdraw", closed, "--participant", "Zed", "--how", "own-turns")
    assert answer.code == 1
    assert "Nur" in answer.err


def test_a_name_is_replaced_with_a_log_beside_and_can_be_undone(reflexa: Reflexa, closed: Path, tmp_path: Path) -> None:
    log = tmp_path / "log.csv"
    answer = reflexa("pseudonymise", closed, "--name", "Nur", "--as", "Ana", "--log", log, "--json")
    assert answer.json["replaced"] == 4
    rows = list(csv.reader(log.read_text(encoding="utf-8-sig").splitlines()))
    assert rows[0][:2] == ["found", "replaced by"]
    assert all(row[:2] == ["Nur", "Ana"] for row in rows[1:])
    assert stat.S_IMODE(log.stat().st_mode) == 0o600
    assert "Ana: It felt" in reflexa("text", closed, "--source", "FG1").out
    assert reflexa("undo", closed).code == 0
    assert "Nur: It felt" in reflexa("text", closed, "--source", "FG1").out


def test_the_log_is_never_the_study(reflexa: Reflexa, closed: Path) -> None:
    before = closed.read_bytes()
    assert reflexa("pseudonymise", closed, "--name", "Nur", "--as", "Ana", "--log", closed).code == 2
    assert closed.read_bytes() == before


def test_made_permanent_the_name_is_gone(reflexa: Reflexa, closed: Path) -> None:
    assert reflexa("pseudonymise", closed, "--name", "Bilal", "--as", "Tom").code == 0
    assert found_in(closed.parent, "Bilal")
    answer = reflexa("make-permanent", closed, "--json")
    assert answer.json["purge_finished"]
    assert found_in(closed.parent, "Bilal") == []
    assert "Undo stops here" in reflexa("undo", closed).err


@pytest.mark.parametrize("near", [False, True])
def test_near_spellings_are_replaced_only_if_wanted(reflexa: Reflexa, closed: Path, near: bool) -> None:
    words = ("--name", "Bilall", "--as", "Tom", *(["--near"] if near else []))
    reflexa("pseudonymise", closed, *words)
    assert ("Tom:" in reflexa("text", closed, "--source", "FG1").out) is near


def test_a_purge_that_was_cut_off_is_finished_by_the_next_command_that_writes(reflexa: Reflexa, closed: Path) -> None:
    with Study.open(closed) as study:
        study.run(make_permanent)
    answer = reflexa("make-permanent", closed)
    assert "finishing it now" in answer.err
    with Study.open(closed, read_only=True) as study:
        assert not study.purge_due
