"""Tables of codes by command: which one, with what in it, in the register."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import Reflexa


def code(reflexa: Reflexa, study: Path, name: str, start: int, end: int) -> None:
    reflexa("code", study, "--source", "FG1", "--start", start, "--end", end, "--code", name)


def lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8-sig").splitlines()


def test_a_table_is_written_as_presence_or_as_counts_and_registered(
    reflexa: Reflexa, closed: Path, tmp_path: Path
) -> None:
    code(reflexa, closed, "Belonging", 5, 41)
    code(reflexa, closed, "Belonging", 5, 20)
    table = tmp_path / "table.csv"
    assert reflexa("export", "by-participant", closed, "-o", table).code == 0
    assert lines(table)[1] == "Belonging,present,"
    assert reflexa("export", "by-group", closed, "-o", table, "--counts", "--force").code == 0
    assert lines(table) == ["code,FG1,heard_in_groups", "Belonging,2,1"]
    assert {row["kind"] for row in reflexa("dump", closed).json["export"]} == {"by-participant", "by-group"}


def test_codes_meet_in_the_same_words_or_in_the_same_turn(reflexa: Reflexa, closed: Path, tmp_path: Path) -> None:
    code(reflexa, closed, "One", 5, 12)
    code(reflexa, closed, "Two", 20, 30)
    table = tmp_path / "table.csv"
    reflexa("export", "code-by-code", closed, "-o", table)
    assert lines(table)[1:] == ["One,,", "Two,,"]
    reflexa("export", "code-by-code", closed, "-o", table, "--same-turn", "--force")
    assert lines(table)[1:] == ["One,,present", "Two,present,"]


def test_a_code_holds_what_lies_beneath_it_if_asked(reflexa: Reflexa, closed: Path, tmp_path: Path) -> None:
    code(reflexa, closed, "Above / Beneath", 5, 41)
    table = tmp_path / "table.csv"
    reflexa("export", "by-group", closed, "-o", table, "--set-aside")
    assert lines(table)[1:] == ["Above,", "Above / Beneath,present"]
    reflexa("export", "by-group", closed, "-o", table, "--beneath", "--force")
    assert lines(table)[1:] == ["Above,present", "Above / Beneath,present"]


def test_a_table_of_codes_is_no_word_document(reflexa: Reflexa, closed: Path, tmp_path: Path) -> None:
    answer = reflexa("export", "by-group", closed, "-o", tmp_path / "table.docx")
    assert answer.code == 1
    assert ".xlsx, .csv" in answer.err
