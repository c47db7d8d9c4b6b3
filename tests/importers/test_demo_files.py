"""The example transcripts come in whole, and the same from Word as from plain text."""

from __future__ import annotations

import pytest

from app.importers import TranscriptDraft, read_transcript
from app.resources import resource

TURNS = {"FG1-mentees": 66, "FG2-mentors": 61, "FG3-mentees": 82, "FG4-mentors": 71}


def spoken(draft: TranscriptDraft) -> list[tuple[str | None, int | None, str, str]]:
    text = draft.text
    return [
        (one.speaker, one.time_ms, text[one.label_start : one.label_end], text[one.start : one.end])
        for one in draft.turns
    ]


@pytest.mark.parametrize("name", TURNS)
def test_word_and_text_give_the_same_turns(name: str) -> None:
    text, word = (read_transcript(resource("demo", f"{name}.{ending}")) for ending in ("txt", "docx"))
    assert len(text.turns) == TURNS[name]
    assert spoken(text) == spoken(word)
    assert text.head == word.head
    assert text.warnings == word.warnings == ()
    assert [key for key, _ in text.head] == [
        "Focus group", "Date", "Place", "Length", "Moderator", "Participants", "Transcription",
    ]  # fmt: skip
