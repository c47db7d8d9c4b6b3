"""A code list brought in by command."""

from __future__ import annotations

from pathlib import Path

from app.study import Study
from tests.cli.conftest import Reflexa


def test_codes_come_in_as_one_change_and_what_stays_out_is_said(reflexa: Reflexa, closed: Path, tmp_path: Path) -> None:
    table = tmp_path / "list.csv"
    table.write_text(f"name,parent\nTrust,Relations\n{'x' * 201},\n", encoding="utf-8")
    answer = reflexa("codes", closed, table, "--json")
    assert answer.code == 1
    assert answer.json["made"] == 2
    assert answer.json["refused"] == ["Row 3: A code's name may have 200 characters; this one has 201."]
    assert answer.err == "reflexa: Row 3: A code's name may have 200 characters; this one has 201.\n"
    again = reflexa("codes", closed, table)
    assert again.out == "0 codes came in, 1 was there already and stays as it is.\n"
    assert reflexa("undo", closed, "--json").json == {"undone": "Bring in the code list ‘list.csv’"}


def test_codes_are_theory_led_unless_it_is_said_that_they_are_not(
    reflexa: Reflexa, closed: Path, tmp_path: Path
) -> None:
    for name, *more in (("Led",), ("Found", "--from-data")):
        table = tmp_path / f"{name}.csv"
        table.write_text(f"name\n{name}\n", encoding="utf-8")
        assert reflexa("codes", closed, table, *more).code == 0
    with Study.open(closed, read_only=True) as study:
        rows = study.connection.execute("SELECT name, origin FROM code ORDER BY name").fetchall()
    assert rows == [("Found", None), ("Led", "theory-led")]


def test_what_is_no_list_is_refused_in_one_line(reflexa: Reflexa, closed: Path, tmp_path: Path) -> None:
    table = tmp_path / "list.csv"
    table.write_text("parent,colour\na,b\n", encoding="utf-8")
    answer = reflexa("codes", closed, table)
    assert (answer.code, answer.out) == (1, "")
    assert answer.err.count("\n") == 1
