"""Which labels are put forward as one person, and which are not."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.importers.likeness import likely_same
from app.importers.reading import read_transcript


@pytest.mark.parametrize(
    ("one", "two", "why"),
    [
        ("Whalepanda", "Whalepnada", "one letter apart"),
        ("Participant", "Particpant", "one letter apart"),
        ("呂士暘", "呂世暘", "one letter apart"),
        ("Dr. Aina Tan", "Aina Tan", "but for a title"),
        ("Bob (Host)", "Bob", "but for a title"),
        ("Christina", "Christina Cacioppo", "a part of the name"),
        ("Fridtjof Detzner", "Fritjof Detznar", "two letters apart"),
        ("P1", "P2", ""),
        ("Participant 1", "Participant 2", ""),
        ("Researcher 1", "Researcher 2", ""),
        ("AB", "AC", ""),
        ("Aina", "Aini", ""),
        ("Lee Wei", "Tan Wei", ""),
        ("Ben", "Bea", ""),
        ("?", "??", ""),
        ("Unidentified male", "Unidentified female", ""),
        ("Participant (P)", "P", "the short form"),
        ("ANNA BROWN, host", "BROWN", "a part of the name"),
    ],
)
def test_a_pair_is_put_forward_with_its_reason_or_not_at_all(one: str, two: str, why: str) -> None:
    assert [pair.why for pair in likely_same({one: 3, two: 1})] == ([why] if why else [])


def test_the_rarer_label_would_go_into_the_other() -> None:
    (pair,) = likely_same({"Particpant": 2, "Participant": 40})
    assert (pair.label, pair.into) == ("Particpant", "Participant")


def test_a_suggestion_is_a_doubt_and_nobody_is_merged(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("Whalepanda: a\nAina: b\nWhalepnada: c\nWhalepanda: d\nWhalepnada: e\nAina: f\n")
    draft = read_transcript(path)
    assert draft.speakers == {"Whalepanda": 2, "Aina": 2, "Whalepnada": 2}
    assert any("“Whalepnada” and “Whalepanda” may be one person" in one or
               "“Whalepanda” and “Whalepnada” may be one person" in one for one in draft.warnings)  # fmt: skip
    merged = read_transcript(path, merges={"Whalepnada": "Whalepanda"})
    assert not [one for one in merged.warnings if "one person" in one]


def test_hundreds_of_names_are_not_compared() -> None:
    assert likely_same({f"Somebody called {n}a": 1 for n in range(300)}) == []
