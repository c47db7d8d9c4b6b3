"""Searching by command: exact, whole words, typos, patterns."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.study import Study
from tests.cli.conftest import Reflexa


def test_every_place_with_its_offsets_and_speaker_as_json(reflexa: Reflexa, closed: Path) -> None:
    rows = reflexa("search", closed, "BELONG", "--json").json
    assert [(row["source"], row["speaker"], row["text"]) for row in rows] == [("FG1", "Nur", "belong")]
    with Study.open(closed, read_only=True) as study:
        text = study.connection.execute("SELECT text FROM source").fetchone()[0]
    assert text[rows[0]["start"] : rows[0]["end"]] == "belong"


@pytest.mark.parametrize(
    ("words", "there"),
    [
        (("belnog", "--fuzzy"), ["belong"]),
        (("going each kept", "--fuzzy"), ["kept each other going"]),
        (("long", "--whole-word"), []),
        (("long",), ["long"]),
        ((r"\bs\w+here\b", "--regex"), []),
        ((r"^same\b", "--regex"), ["Same"]),
        ((r"^same\b", "--regex", "--match-case"), []),
    ],
)
def test_how_it_is_meant(reflexa: Reflexa, closed: Path, words: tuple[str, ...], there: list[str]) -> None:
    answer = reflexa("search", closed, *words, "--json")
    assert answer.code == 0
    assert [row["text"] for row in answer.json] == there


def test_without_json_each_place_is_a_line_and_nothing_found_is_none(reflexa: Reflexa, closed: Path) -> None:
    assert reflexa("search", closed, "pass it on").out.splitlines() == ["FG1  189-199  Bilal: pass it on"]
    assert reflexa("search", closed, "zzz").out == ""


@pytest.mark.parametrize(
    ("words", "code"), [(("(", "--regex"), 1), ((" ",), 2), (("a" * 1001,), 2), (("a", "--regex", "--fuzzy"), 2)]
)
def test_what_cannot_be_looked_for_is_one_line(
    reflexa: Reflexa, closed: Path, words: tuple[str, ...], code: int
) -> None:
    answer = reflexa("search", closed, *words)
    assert (answer.code, answer.out) == (code, "")
    assert answer.err.strip()
    assert "Traceback" not in answer.err


def test_a_pattern_that_explodes_is_cut_off(reflexa: Reflexa, closed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.analysis.search.patterns.MOST_S", 0.0)
    answer = reflexa("search", closed, r"(\w+\s?)*\d$", "--regex")
    assert answer.code == 1
    assert "cut off" in answer.err
