"""Making a study, asking it for figures and rows, and the ways in which opening one is refused."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from app.study import Study
from tests.analysis.test_verify import cut_off, damage
from tests.cli.conftest import Reflexa

INFO = {
    "title", "schema", "transcripts", "words", "turns", "participants", "groups", "codes", "codes_set_aside",
    "excerpts", "codings", "themes", "subthemes", "mappings", "memos", "journal_entries", "changes",
    "encrypted",
}  # fmt: skip


def test_new_makes_a_study_with_a_title(reflexa: Reflexa, path: Path) -> None:
    answer = reflexa("new", path, "--title", "Place & self", "--json")
    assert answer.code == 0
    assert answer.json["study"] == str(path)
    figures = reflexa("info", path, "--json").json
    assert set(figures) == INFO
    assert (figures["title"], figures["transcripts"], figures["encrypted"]) == ("Place & self", 0, False)


def test_new_says_in_words_what_it_made(reflexa: Reflexa, path: Path) -> None:
    answer = reflexa("new", path)
    assert (answer.code, answer.out, answer.err) == (0, f"Made {path}\n", "")


def test_new_never_overwrites(reflexa: Reflexa, path: Path) -> None:
    path.write_text("thesis")
    answer = reflexa("new", path)
    assert (answer.code, answer.out) == (1, "")
    assert answer.err.count("\n") == 1
    assert path.read_text() == "thesis"


def test_new_with_a_name_works_as_that_person(reflexa: Reflexa, path: Path) -> None:
    reflexa("new", path, "--as", "Ana")
    assert [row["name"] for row in reflexa("dump", path, "--json").json["person"]] == ["Ana"]


def test_a_name_that_nobody_can_have_leaves_no_study_behind(reflexa: Reflexa, path: Path) -> None:
    assert reflexa("new", path, "--as", "\u200b").code == 1
    assert not path.exists()


def test_demo_builds_the_example_and_it_is_sound(reflexa: Reflexa, path: Path) -> None:
    assert reflexa("demo", path).code == 0
    figures = reflexa("info", path, "--json").json
    expected = {"transcripts": 4, "turns": 280, "participants": 23, "codes": 35, "excerpts": 97, "codings": 127}
    assert {name: figures[name] for name in expected} == expected
    answer = reflexa("verify", path, "--full")
    assert (answer.code, answer.out, answer.err) == (0, "ok\n", "")


def test_info_counts_words_without_labels(reflexa: Reflexa, closed: Path) -> None:
    figures = reflexa("info", closed, "--json").json
    assert (figures["words"], figures["turns"], figures["participants"]) == (33, 5, 2)
    assert "words            33\n" in reflexa("info", closed).out


def test_dump_holds_every_table_sorted_by_key(reflexa: Reflexa, closed: Path) -> None:
    answer = reflexa("dump", closed, "--json")
    tables = answer.json
    assert answer.out.count("\n") == 1
    assert {"source", "turn", "code", "theme", "change", "change_row"} <= set(tables)
    for rows in tables.values():
        assert rows == sorted(rows, key=lambda row: row.get("id", row.get("seq")))


@pytest.mark.parametrize("command", [["info"], ["dump"], ["history"], ["undo"], ["text", "--source", "x"]])
@pytest.mark.parametrize("content", [None, b"", b"thesis" * 100, b"SQLite format 3\0" + bytes(200)])
def test_what_is_no_study_is_refused_in_one_line_and_untouched(
    reflexa: Reflexa, path: Path, command: list[str], content: bytes | None
) -> None:
    if content is not None:
        path.write_bytes(content)
    answer = reflexa(command[0], path, *command[1:])
    assert (answer.code, answer.out) == (1, "")
    assert answer.err.startswith("reflexa: “belonging.reflexa”")
    assert answer.err.count("\n") == 1
    assert (path.read_bytes() if path.exists() else None) == content


def test_beside_an_open_window_one_may_read_but_not_write(reflexa: Reflexa, closed: Path) -> None:
    with Study.open(closed, working_as="Ana"):
        for command in (["info"], ["dump"], ["history"], ["verify"], ["text", "--source", "FG1"]):
            assert reflexa(command[0], closed, *command[1:]).code == 0
        answer = reflexa("theme", "add", closed, "--name", "Place")
    assert (answer.code, answer.out) == (1, "")
    assert "open elsewhere (by Ana on" in answer.err


def test_what_the_command_line_did_says_so_in_the_trail(reflexa: Reflexa, closed: Path) -> None:
    reflexa("theme", "add", closed, "--name", "Place", "--as", "Ana")
    last = reflexa("dump", closed, "--json").json["change"][-1]
    assert (last["origin"], last["actor"]) == ("command line", "Ana")


def test_an_unexpected_error_is_one_line_and_a_log_without_content(
    reflexa: Reflexa, closed: Path, log_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def burst(*_: object) -> None:
        raise LookupError("words of a participant")

    monkeypatch.setattr("app.analysis.overview.info", burst)
    answer = reflexa("info", closed)
    assert (answer.code, answer.out) == (1, "")
    assert answer.err.count("\n") == 1
    assert "LookupError" in answer.err
    (log,) = log_folder.rglob("*.log")
    assert str(log) in answer.err
    assert "LookupError" in log.read_text()
    assert "participant" not in log.read_text() + answer.err
    assert str(closed) not in log.read_text()


def test_a_value_that_damage_made_illegal_is_told_as_damage(reflexa: Reflexa, closed: Path, log_folder: Path) -> None:
    damage(closed, "UPDATE turn SET kind = 'song'")
    answer = reflexa("dump", closed)
    assert (answer.code, answer.out) == (1, "")
    assert "is damaged" in answer.err
    assert not log_folder.exists()


def test_an_interruption_ends_with_130_and_nothing_half_done(
    reflexa: Reflexa, closed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    before = reflexa("dump", closed).out
    monkeypatch.setattr("app.cli.themes.edit_theme", interrupted)
    answer = reflexa("theme", "add", closed, "--name", "Place")
    assert (answer.code, answer.out) == (130, "")
    assert reflexa("dump", closed).out == before


def test_a_study_that_a_crash_cut_off_is_read_as_it_was_before(reflexa: Reflexa, closed: Path) -> None:
    before = reflexa("dump", closed).out
    cut_off(closed, closed)
    assert reflexa("dump", closed).out == before


def test_json_keeps_letters_as_they_are(reflexa: Reflexa, path: Path) -> None:
    reflexa("new", path, "--title", "帰属 😀")
    answer = reflexa("info", path, "--json")
    assert "帰属 😀" in answer.out
    assert json.loads(answer.out)["title"] == "帰属 😀"
