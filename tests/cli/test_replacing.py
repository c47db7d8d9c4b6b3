"""`reflexa replace`: a corrected file, and what becomes of the excerpts."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import Reflexa


def coded(reflexa: Reflexa, closed: Path, talk_file: Path) -> None:
    """FG2 with two passages coded."""
    assert reflexa("import", closed, talk_file).code == 0
    text = reflexa("text", closed, "--source", "FG2").out
    for words in ("For me it took a year", "it felt right"):
        start = text.index(words)
        answer = reflexa(
            "code", closed, "--source", "FG2", "--start", start, "--end", start + len(words), "--code", "Time"
        )
        assert answer.code == 0, answer.err


def corrected(tmp_path: Path, talk_file: Path, *changes: tuple[str, str]) -> Path:
    """The same file with these words changed."""
    text = talk_file.read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    file = tmp_path / "FG2 corrected.txt"
    file.write_text(text, encoding="utf-8")
    return file


def test_a_corrected_file_takes_the_place_and_excerpts_follow(
    reflexa: Reflexa, closed: Path, talk_file: Path, tmp_path: Path
) -> None:
    coded(reflexa, closed, talk_file)
    file = corrected(tmp_path, talk_file, ("At the café", "Well, at the café"), ("took a year", "took one year"))
    answer = reflexa("replace", closed, "--source", "FG2", file, "--json")
    assert answer.code == 0
    said = answer.json
    assert (said["replaced"], said["exact"], said["near"], said["lost"], said["threshold"]) == (True, 1, 1, 0, 80.0)
    assert said["near_excerpts"][0]["after"] == "For me it took one year"
    assert reflexa("text", closed, "--source", "FG2").out == file.read_text(encoding="utf-8")
    assert reflexa("verify", closed, "--full").code == 0
    assert reflexa("undo", closed).code == 0
    assert reflexa("text", closed, "--source", "FG2").out == talk_file.read_text(encoding="utf-8")


def test_nothing_is_replaced_where_excerpts_would_be_lost_unless_one_says_so(
    reflexa: Reflexa, closed: Path, talk_file: Path, tmp_path: Path
) -> None:
    coded(reflexa, closed, talk_file)
    file = corrected(tmp_path, talk_file, ("Ben: For me it took a year.\n\n", ""))
    refused = reflexa("replace", closed, "--source", "FG2", file, "--json")
    assert (refused.code, refused.json["replaced"], refused.json["lost"]) == (1, False, 1)
    assert reflexa("text", closed, "--source", "FG2").out == talk_file.read_text(encoding="utf-8")
    done = reflexa("replace", closed, "--source", "FG2", file, "--drop-lost")
    assert done.code == 0
    assert "1 lost" in done.out
    assert reflexa("text", closed, "--source", "FG2").out == file.read_text(encoding="utf-8")


def test_a_transcript_that_is_not_there_is_not_replaced(reflexa: Reflexa, closed: Path, talk_file: Path) -> None:
    answer = reflexa("replace", closed, "--source", "nowhere", talk_file)
    assert answer.code != 0
    assert "nowhere" in answer.err
