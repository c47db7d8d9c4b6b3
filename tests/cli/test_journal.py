"""The reflexive journal by commands."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import Reflexa


def test_an_entry_is_written_with_its_kind_links_and_writer(reflexa: Reflexa, closed: Path) -> None:
    reflexa("code", closed, "--source", "FG1", "--start", 5, "--end", 41, "--code", "Place")
    answer = reflexa(
        "journal", "add", closed, "--text", "I *want* it to be true.", "--kind", "feeling",
        "--about", "code:place", "--about", "group:FG1", "--private", "--as", "Ana",
    )  # fmt: skip
    assert answer.code == 0
    assert answer.json["created"] is True
    (entry,) = reflexa("journal", "list", closed, "--json").json
    assert entry["id"] == answer.json["entry"]
    assert (entry["kind"], entry["private"], entry["person"]) == ("feeling", True, "Ana")
    assert [(one["subject"], one["name"]) for one in entry["about"]] == [("code", "Place"), ("group", "FG1")]
    assert reflexa("info", closed, "--json").json["journal_entries"] == 1
    told = reflexa("journal", "list", closed).out
    assert "private" in told
    assert "I *want* it to be true." in told


def test_what_is_not_there_or_not_said_is_refused_and_nothing_written(reflexa: Reflexa, closed: Path) -> None:
    for more in (
        ("--about", "code:Nowhere"),
        ("--about", "moon:Luna"),
        ("--about", "group:"),
        ("--about", "group:FG9"),
    ):
        assert reflexa("journal", "add", closed, "--text", "Hm", *more).code in (1, 2)
    assert reflexa("journal", "add", closed, "--text", "  ").code == 1
    assert reflexa("journal", "list", closed, "--json").json == []
