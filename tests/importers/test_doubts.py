"""Where the turns may be wrong although nothing failed, it is said."""

from __future__ import annotations

from pathlib import Path

from app.importers import TranscriptDraft, read_transcript

TALK = "Aina: a house\nBen: a garden\nAina: a road\nBen: a river\n"


def read(tmp_path: Path, text: str) -> TranscriptDraft:
    (tmp_path / "talk.txt").write_text(text, "utf-8")
    return read_transcript(tmp_path / "talk.txt")


def test_a_name_with_a_slip_for_its_colon_is_said_and_stays_in_the_turn(tmp_path: Path) -> None:
    draft = read(tmp_path, f"{TALK}Aina; a slip\nBen: yes\nAina said so and Ben, too\n{TALK}")
    assert draft.speakers == {"Aina": 4, "Ben": 5}
    told = [one for one in draft.warnings if "no colon" in one]
    assert len(told) == 1
    assert told[0].startswith("1 paragraph begins with a speaker's name and no colon (the first with “Aina”)")


def test_a_turn_that_is_far_longer_than_all_others_is_said(tmp_path: Path) -> None:
    rest = "".join(f"so {who} went on\n" for who in ("Aina", "Ben") * 30)
    draft = read(tmp_path, TALK + rest)
    assert any("Turn 4 runs over 60 lines" in one for one in draft.warnings)


def test_an_ordinary_talk_leaves_no_doubt(tmp_path: Path) -> None:
    assert read(tmp_path, TALK * 3 + "Aina: one\n\ntwo\n\nthree\n" + TALK).warnings == ()
