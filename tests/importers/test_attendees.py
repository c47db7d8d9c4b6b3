"""Initials and the list of those present that explains them."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import select

from app.importers import read_transcript
from app.models import Participant, Speaker
from app.models.kinds import SpeakerKind
from app.operations.importing import import_transcripts, plan_for
from app.study import Study

TALK = "AR: Welcome everyone.\nBT: Thanks.\nAR: So why?\nBT: Because.\n"


@pytest.mark.parametrize(
    "head",
    [
        "Attendees\nInitials\tName\tRole\nAR\tAina Rahman\tModerator\nBT\tBen Tan\tMentee\n\n",
        "Aina Rahman\tAR\tModerator\nBen Tan\tBT\n\n",
        "AR = Aina Rahman\nBT = Ben Tan\n\n",
        "Key:\nAR: Aina Rahman\nBT: Ben Tan\n\n",
        "Participants: Aina Rahman (AR), Ben Tan (BT)\n\n",
        "---\ntitle: x\nspeakers: ['Aina Rahman', 'Ben Tan', 'Chloe Lim']\n---\n\n",
    ],
)
def test_initials_are_explained_by_who_was_there(tmp_path: Path, head: str) -> None:
    (tmp_path / "talk.txt").write_text(head + TALK, encoding="utf-8")
    draft = read_transcript(tmp_path / "talk.txt")
    assert dict(draft.speakers) == {"AR": 2, "BT": 2}
    assert [(label, name) for label, name, _ in draft.attendees] == [("AR", "Aina Rahman"), ("BT", "Ben Tan")]


def test_initials_that_fit_two_names_or_none_stay_initials(tmp_path: Path) -> None:
    (tmp_path / "talk.txt").write_text("Participants: Aina Rahman, Ali Razak, Cem Oz\n\n" + TALK, encoding="utf-8")
    assert read_transcript(tmp_path / "talk.txt").attendees == ()


def test_who_the_list_says_moderates_does_and_the_others_are_called_by_their_names(
    tmp_path: Path, study: Study
) -> None:
    (tmp_path / "talk.txt").write_text("AR\tAina Rahman\tModerator\nBT\tBen Tan\tMentee\n\n" + TALK, encoding="utf-8")
    draft = read_transcript(tmp_path / "talk.txt")
    with study.change() as session:
        import_transcripts(session, [plan_for(session, draft)])
    with study.read() as session:
        kinds = {row.label: row.kind for row in session.scalars(select(Speaker))}
        assert kinds == {"AR": SpeakerKind.MODERATOR, "BT": SpeakerKind.PARTICIPANT}
        assert list(session.scalars(select(Participant.pseudonym))) == ["Ben Tan"]
