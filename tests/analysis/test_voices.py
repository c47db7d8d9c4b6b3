"""Who speaks how much."""

from __future__ import annotations

import pytest

from app.analysis.people import groups, participants, speakers_of
from app.analysis.voices import Voice, moderated, voices
from app.models.kinds import ParticipantStatus, SpeakerKind
from app.operations.people import edit_participant, link_speaker
from app.operations.sources import give_turn
from app.study import Study
from tests.material import Talk, bring_in, draft_of


def _of(study: Study, **where: str) -> list[Voice]:
    with study.read() as session:
        return voices(session, **where)


def test_nobody_speaks_in_an_empty_study(study: Study) -> None:
    assert _of(study) == []
    assert moderated([]) is None


def test_turns_words_and_longest_turn_of_each_with_moderators_apart(study: Study, talk: Talk) -> None:
    rows = _of(study, source_id=talk.source_id)
    assert [(row.name, row.turns, row.words, row.longest) for row in rows] == [
        ("Nur", 2, 15, 8),
        ("Bilal", 2, 14, 8),
        ("Moderator", 1, 4, 4),
    ]
    assert [row.share for row in rows] == [pytest.approx(15 / 29), pytest.approx(14 / 29), None]
    assert [row.moderates for row in rows] == [False, False, True]
    assert moderated(rows) == pytest.approx(4 / 33)
    source, start, end = rows[0].longest_at
    assert (source, talk.text[start:end]) == (talk.source_id, "It felt like a place where I belong.")


def test_a_person_of_two_transcripts_is_one_voice_and_groups_can_be_asked_for(study: Study, talk: Talk) -> None:
    second = bring_in(
        study, draft_of((("Nur", "Once more."), ("Carla", "Yes, yes, yes.")), file_name="b.txt"), group="B"
    )
    with study.read() as session:
        nur = participants(session)[0].id
        other = speakers_of(session, second.source_id)[0].id
        group = next(one.id for one in groups(session) if one.label == "B")
    study.run(link_speaker, other, SpeakerKind.PARTICIPANT, nur)
    whole = {row.name: row for row in _of(study)}
    assert (whole["Nur"].turns, whole["Nur"].words, whole["Nur"].group) == (3, 17, "FG1, B")
    assert [(row.name, row.words) for row in _of(study, group_id=group)] == [("Nur", 2), ("Carla", 3)]


def test_turns_of_nobody_known_are_a_voice_of_their_own(study: Study, talk: Talk) -> None:
    with study.read() as session:
        turn = session.connection().exec_driver_sql("SELECT id FROM turn ORDER BY start LIMIT 1").scalar()
    study.run(give_turn, turn, "")
    rows = {row.key: row for row in _of(study)}
    assert (rows[""].name, rows[""].turns, rows[""].kind) == ("", 1, SpeakerKind.UNKNOWN)


def test_who_has_withdrawn_is_left_out(study: Study, talk: Talk) -> None:
    with study.read() as session:
        nur = participants(session)[0].id
    study.run(edit_participant, nur, status=ParticipantStatus.WITHDRAWN)
    rows = _of(study)
    assert [row.name for row in rows] == ["Bilal", "Moderator"]
    assert rows[0].share == 1.0


def test_words_of_any_script_are_runs_between_spaces(study: Study) -> None:
    talk = bring_in(study, draft_of((("Nur", "ana هنا 😀\u00a0now\u3000then"), ("Bo", "…"))))
    assert [row.words for row in _of(study, source_id=talk.source_id)] == [5, 1]
