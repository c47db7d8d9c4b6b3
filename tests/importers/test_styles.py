"""Ways of writing who speaks that real files have, each with its traps: every label and every turn is right."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest
from docx import Document
from openpyxl import Workbook

from app.importers import read_transcript

STYLES = Path(__file__).parent.parent / "data" / "styles"
TRUTHS = json.loads((STYLES / "truth.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", sorted(TRUTHS))
def test_a_style_is_read_with_every_label_and_turn(name: str) -> None:
    draft = read_transcript(STYLES / name)
    assert dict(draft.speakers) == TRUTHS[name]["speakers"]
    merged = TRUTHS[name].get("n_turns_after_merging_same_speaker")
    assert merged is None or draft.turns_merged == merged


def word_table(path: Path, rows: Sequence[Sequence[str]], before: Sequence[str] = ()) -> Path:
    document = Document()
    for words in before:
        document.add_paragraph(words)
    table = document.add_table(0, max(map(len, rows)))
    for row in rows:
        for cell, words in zip(table.add_row().cells, row, strict=False):
            cell.text = words
    document.save(str(path))
    return path


SAID = (
    "Hello there everybody here",
    "Hi and welcome to you",
    "So we go on with it",
    "Yes, we do that now",
    "And more of it",
    "And on",
)
TABLES: Mapping[str, tuple[Sequence[Sequence[str]], Mapping[str, int]]] = {
    "two columns": ([*zip(("Anna", "Ben", "Anna", "Ben", "Anna", ""), SAID, strict=True)], {"Anna": 3, "Ben": 2}),
    "numbers and a head": (
        [("No.", "Speaker", "Transcript"), *zip("1234", ("Moderator", "P1", "P2", "P1"), SAID, strict=False)],
        {"Moderator": 1, "P1": 2, "P2": 1},
    ),
    "times before names": (
        [*zip(("0:01", "0:05", "0:09", "0:12"), ("Anna:", "Ben:", "Anna:", "Ben:"), SAID, strict=False)],
        {"Anna": 2, "Ben": 2},
    ),
    "times behind names": (
        [("Speaker", "Time", "Text"), *zip(("Anna", "Ben", "Chloe"), ("0:01", "0:05", "0:09"), SAID, strict=False)],
        {"Anna": 1, "Ben": 1, "Chloe": 1},
    ),
    "notes behind the words": (
        [("Time", "Speaker", "Text", "Notes"), ("0:01", "Anna", SAID[0], "loud"), ("0:02", "Ben", SAID[1], "")],
        {"Anna": 1, "Ben": 1},
    ),
    "German head": (
        [("Wer", "Zeit", "Was"), *zip(("Anna", "Ben", "Anna"), ("0:01", "0:05", "0:09"), SAID, strict=False)],
        {"Anna": 2, "Ben": 1},
    ),
}


@pytest.mark.parametrize("name", TABLES)
def test_a_table_of_talk_is_read_from_word_a_workbook_and_values(tmp_path: Path, name: str) -> None:
    rows, truth = TABLES[name]
    book = Workbook()
    for row in rows:
        book.active.append(row)
    book.save(tmp_path / "talk.xlsx")
    (tmp_path / "talk.csv").write_text(
        "\n".join(",".join(f'"{cell}"' for cell in row) for row in rows), encoding="utf-8"
    )
    word_table(tmp_path / "talk.docx", rows, ("Focus group 1", "Date: 3 May"))
    for ending in ("docx", "xlsx", "csv"):
        draft = read_transcript(tmp_path / f"talk.{ending}")
        assert dict(draft.speakers) == truth, ending
        assert draft.text[draft.turns[0].start : draft.turns[0].end].startswith(SAID[0])


def test_a_row_without_a_name_goes_on_with_who_spoke(tmp_path: Path) -> None:
    path = tmp_path / "talk.tsv"
    path.write_text(
        "Band\tTimecode\tSprecher\tTranskript\n1\t0:01\tINT\tJa?\n1\t0:05\t\tBitte.\n1\t0:09\tAB\tGern.\n", "utf-8"
    )
    draft = read_transcript(path)
    assert [(turn.speaker, turn.continues) for turn in draft.turns] == [("INT", False), ("INT", True), ("AB", False)]
    assert [draft.text[turn.start : turn.end] for turn in draft.turns] == ["Ja?", "Bitte.", "Gern."]
    assert draft.turns_whole == draft.turns_merged == 2


def test_names_behind_the_words_are_found(tmp_path: Path) -> None:
    path = tmp_path / "talk.csv"
    path.write_text('text,speaker\n"Hello, all",Anna\nHi,Ben\n"So ""then""",Anna\n', "utf-8")
    draft = read_transcript(path)
    assert [(turn.speaker, draft.text[turn.start : turn.end]) for turn in draft.turns] == [
        ("Anna", "Hello, all"), ("Ben", "Hi"), ("Anna", 'So "then"'),
    ]  # fmt: skip


def test_labels_of_teams_in_word_have_their_words_after_a_soft_break(tmp_path: Path) -> None:
    document = Document()
    document.add_paragraph("Meeting with Ben-20240503_100000-Meeting Recording")
    document.add_paragraph("May 3, 2024, 9:00AM")
    for who, said in (
        ("Tan, Wei Ling", "Hello"),
        ("Ben Tan", "Yes"),
        ("Tan, Wei Ling", "Fine"),
        ("Chloe (Guest)", "I"),
    ):
        paragraph = document.add_paragraph()
        paragraph.add_run(who).bold = True
        paragraph.add_run("   1:00:03").add_break()
        paragraph.add_run(said)
    document.save(str(tmp_path / "talk.docx"))
    draft = read_transcript(tmp_path / "talk.docx")
    assert dict(draft.speakers) == {"Tan, Wei Ling": 2, "Ben Tan": 1, "Chloe (Guest)": 1}
    assert {turn.time_ms for turn in draft.turns} == {3_603_000}


def test_a_phrase_that_comes_twice_in_long_talk_is_nobody(tmp_path: Path) -> None:
    path = tmp_path / "talk.txt"
    path.write_text("Then we go on and on.\n" * 150 + "Remember this: go.\n" * 2 + "And on we go.\n" * 150, "utf-8")
    draft = read_transcript(path)
    assert draft.turns == ()
    assert [one.why for one in draft.candidates] == ["too rare for a speaker"]
