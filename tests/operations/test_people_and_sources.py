"""Transcripts and the people in them: importing, linking, repairing who said what, deleting."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import select

from app.analysis.people import speakers_of
from app.analysis.quotation import Quoter
from app.analysis.transcripts import find_source, source_cards, transcript, turns_of
from app.errors import NotPossible
from app.importers.participants import ParticipantRow, ParticipantTable
from app.models import Participant, Source, SourceOriginal, Speaker
from app.models.kinds import Consent, ParticipantStatus, SpeakerKind
from app.operations.codes import create_code
from app.operations.codings import code_passage
from app.operations.importing import already_imported, import_transcripts, plan_for
from app.operations.memos import write_memo
from app.operations.people import (
    add_participant,
    add_participants,
    delete_group,
    delete_participant,
    edit_group,
    edit_participant,
    ensure_group,
    link_speaker,
)
from app.operations.sources import (
    Taken,
    delete_source,
    give_turn,
    join_turn,
    regroup_source,
    rename_source,
    reorder_sources,
    split_turn,
    taken_with,
)
from app.study import Study
from tests.material import Talk, bring_in, draft_of, rows_of

HEAD = (("Focus group", "FG1 (Mentees)"), ("Date", "2025-11-03"), ("Place", "Room 2"), ("Moderator", "Dr Tan"))


def speakers(study: Study) -> dict[str, Speaker]:
    """The labels of the study by name."""
    with study.read() as session:
        return {one.label: one for one in session.scalars(select(Speaker))}


def said_by(study: Study, source_id: str) -> list[str]:
    """Who says each turn."""
    with study.read() as session:
        return [turn.speaker for turn in turns_of(session, source_id)]


# Import ----------------------------------------------------------------------------------------------------------


def test_an_import_is_one_change_with_everything_in_it(study: Study) -> None:
    drafts = [draft_of(file_name=f"FG{number}.docx") for number in (1, 2, 3)]
    before = rows_of(study)
    with study.change() as session:
        import_transcripts(session, [plan_for(session, draft, group="FG1") for draft in drafts])
    step = study.undo()
    assert step is not None
    assert step.label == "Import 3 transcripts"
    assert rows_of(study) == before


def test_what_the_head_says_of_the_group_is_kept_unless_someone_said_otherwise(study: Study) -> None:
    with study.change() as session:
        plan = plan_for(session, draft_of(head=HEAD))
        import_transcripts(session, [plan])
    assert plan.group == "FG1"
    (group,) = rows_of(study)["focus_group"]
    assert (group["label"], group["held_on"], group["place"], group["moderator"], group["composition"]) == (
        "FG1", "2025-11-03", "Room 2", "Dr Tan", "Mentees")  # fmt: skip
    study.run(edit_group, group["id"], place="Elsewhere", held_on="2025-11-04")
    with study.change() as session:
        import_transcripts(session, [plan_for(session, draft_of(file_name="b.txt", head=HEAD))])
    (group,) = rows_of(study)["focus_group"]
    assert (group["held_on"], group["place"]) == ("2025-11-04", "Elsewhere")


@pytest.mark.parametrize("said", ["", "yesterday", "03.11.2025", "2025-13-40"])
def test_a_date_in_the_head_that_is_none_is_left_out(study: Study, said: str) -> None:
    with study.change() as session:
        import_transcripts(session, [plan_for(session, draft_of(head=(("Group", "FG1"), ("Date", said))))])
    assert rows_of(study)["focus_group"][0]["held_on"] is None


@pytest.mark.parametrize("label", ["Moderator", "MODERATOR 2", "Facilitator (Tan)", "Interviewer", "主持人", "Int"])
def test_a_moderator_is_known_by_the_word(study: Study, label: str) -> None:
    with study.read() as session:
        (choice,) = plan_for(session, draft_of(((label, "Welcome."),))).speakers
        assert choice.kind == SpeakerKind.MODERATOR
        named = plan_for(session, draft_of((("Dr Tan", "Hi."), ("Integra", "Hi."))), moderators=["dr tan"])
        assert [choice.kind.value for choice in named.speakers] == ["moderator", "participant"]


def test_a_moderator_is_no_participant(study: Study, talk: Talk) -> None:
    assert {row["pseudonym"] for row in rows_of(study)["participant"]} == {"Nur", "Bilal"}
    assert speakers(study)["Moderator"].participant_id is None


def test_the_same_name_in_the_same_group_is_the_same_person(study: Study, talk: Talk) -> None:
    bring_in(study, draft_of((("NUR", "Again."),), file_name="FG1b.txt"), group="fg1")
    assert len(rows_of(study)["participant"]) == 2
    assert len(rows_of(study)["focus_group"]) == 1
    assert speakers(study)["NUR"].participant_id == speakers(study)["Nur"].participant_id


@pytest.mark.parametrize("group", ["FG2", ""])
def test_the_same_name_in_another_group_or_none_is_only_suggested(study: Study, talk: Talk, group: str) -> None:
    nur = speakers(study)["Nur"].participant_id
    with study.read() as session:
        (choice,) = plan_for(session, draft_of((("nur", "Hello."),), file_name="x.txt"), group=group).speakers
    assert (choice.participant_id, choice.suggestion) == (None, nur)
    bring_in(study, draft_of((("nur", "Hello."),), file_name="x.txt"), group=group)
    assert len(rows_of(study)["participant"]) == 3
    assert speakers(study)["nur"].participant_id != nur


def test_two_files_of_one_import_share_the_people_of_their_group(study: Study) -> None:
    lines = (("Jos\u00e9", "Hola."), ("Moderator", "Hi."))
    other = (("JOSE\u0301", "Otra vez."), ("Nur", "Hello."))
    drafts = [draft_of(lines, file_name="a.txt"), draft_of(other, file_name="b.txt")]
    with study.change() as session:
        import_transcripts(session, [plan_for(session, draft, group="FG1") for draft in drafts])
    assert [row["pseudonym"] for row in sorted(rows_of(study)["participant"], key=lambda row: row["position"])] == [
        "Jos\u00e9", "Nur"]  # fmt: skip
    with study.change() as session:
        import_transcripts(
            session, [plan_for(session, replace(draft, file_name="c.txt"), group="") for draft in drafts]
        )
    assert len(rows_of(study)["participant"]) == 5


def test_a_suggestion_that_was_accepted_is_the_same_person(study: Study, talk: Talk) -> None:
    with study.change() as session:
        plan = plan_for(session, draft_of((("nur", "Hello."),), file_name="x.txt"), group="FG2")
        chosen = tuple(replace(one, participant_id=one.suggestion) for one in plan.speakers)
        import_transcripts(session, [replace(plan, speakers=chosen)])
    assert len(rows_of(study)["participant"]) == 2


def test_the_bytes_of_a_file_are_kept_only_when_chosen(study: Study) -> None:
    bring_in(study, draft_of(original=b"PK\x03\x04"))
    assert rows_of(study)["source_original"] == []
    bring_in(study, draft_of(file_name="b.txt", original=b"PK\x03\x04"), keep_original=True)
    with study.read() as session:
        assert session.scalars(select(SourceOriginal.content)).one() == b"PK\x03\x04"


def test_names_of_transcripts_never_collide(study: Study) -> None:
    for name in ("talk.txt", "Talk.docx", "TALK.TXT", ".docx"):
        bring_in(study, draft_of(file_name=name))
    with study.read() as session:
        assert [card.name for card in source_cards(session)] == ["talk", "Talk (2)", "TALK (3)", ".docx"]


def test_a_file_that_came_in_before_is_known_by_its_bytes(study: Study, talk: Talk) -> None:
    with study.read() as session:
        assert already_imported(session, "hash of FG1.txt") == "FG1"
        assert already_imported(session, "another hash") is None


def test_words_are_counted_without_labels(study: Study) -> None:
    bring_in(study, draft_of((("Nur Aina", "three little words"), (None, "a heading"))))
    with study.read() as session:
        (card,) = source_cards(session)
    assert (card.words, card.turns, card.people, card.group) == (5, 2, 1, "FG1")


def test_a_talk_of_very_many_speakers_comes_in(study: Study) -> None:
    lines = tuple((f"Speaker {number}", "Hello.") for number in range(100))
    bring_in(study, draft_of(lines))
    with study.read() as session:
        plan = plan_for(session, draft_of(lines, file_name="b.txt"), group="FG1")
    assert all(choice.participant_id for choice in plan.speakers)


# Transcripts -----------------------------------------------------------------------------------------------------


def test_a_transcript_is_found_by_name_file_or_key(study: Study, talk: Talk) -> None:
    other = bring_in(study, draft_of(file_name="FG2.txt"))
    study.run(rename_source, other.source_id, "FG1.txt")
    with study.read() as session:
        for name in (talk.source_id, "FG1", "fg1"):
            assert find_source(session, name) == talk.source_id
        for name in ("FG2.txt", "FG1.txt"):
            assert find_source(session, name) == other.source_id
        assert find_source(session, "FG") is None
        assert transcript(session, "gone") is None


def test_renaming_to_a_name_that_is_taken_is_refused(study: Study, talk: Talk) -> None:
    other = bring_in(study, draft_of(file_name="FG2.txt"))
    with pytest.raises(NotPossible, match="already a transcript"):
        study.run(rename_source, other.source_id, "fg1")
    study.run(rename_source, other.source_id, "Fg2")
    with study.read() as session:
        assert [card.name for card in source_cards(session)] == ["FG1", "Fg2"]


def test_transcripts_are_put_in_order_and_into_groups(study: Study, talk: Talk) -> None:
    ids = [talk.source_id] + [bring_in(study, draft_of(file_name=f"{n}.txt")).source_id for n in "bc"]
    study.run(reorder_sources, [ids[2], "gone", ids[0]])
    with study.read() as session:
        assert [card.id for card in source_cards(session)] == [ids[2], ids[0], ids[1]]
    study.run(regroup_source, ids[0], " Fg9\u202e\0 ")
    study.run(regroup_source, ids[1], " ")
    with study.read() as session:
        assert [card.group for card in source_cards(session)] == ["FG1", "Fg9", ""]


def test_what_a_deletion_would_take_is_what_it_takes(study: Study, talk: Talk) -> None:
    other = bring_in(study, draft_of(file_name="other.txt"))
    code_id = study.run(create_code, "One")
    coded = study.run(code_passage, talk.source_id, *talk.span("belong"), code_id)
    study.run(code_passage, other.source_id, *other.span("belong"), code_id)
    for subject, key in (("source", talk.source_id), ("excerpt", coded.excerpt_id), ("coding", coded.coding_id),
                         ("code", code_id), ("source", other.source_id)):  # fmt: skip
        study.run(write_memo, subject, key, "words")
    before = rows_of(study)
    with study.read() as session:
        taken = taken_with(session, talk.source_id)
    assert taken == Taken(turns=5, excerpts=1, codings=1, memos=3)
    study.run(delete_source, talk.source_id)
    after = rows_of(study)
    assert [len(before[table]) - len(after[table]) for table in ("turn", "excerpt", "coding", "memo")] == [5, 1, 1, 3]
    assert after["participant"] == before["participant"]


# Turns -----------------------------------------------------------------------------------------------------------


def turn_ids(study: Study, source_id: str) -> list[str]:
    with study.read() as session:
        return [turn.id for turn in turns_of(session, source_id)]


def test_a_turn_is_given_to_a_label_of_the_transcript(study: Study, talk: Talk) -> None:
    second = turn_ids(study, talk.source_id)[1]
    study.run(give_turn, second, "nur")
    assert said_by(study, talk.source_id)[:2] == ["Nur", "Nur"]
    study.run(give_turn, second, " ")
    assert said_by(study, talk.source_id)[:2] == ["Nur", ""]
    assert len(rows_of(study)["participant"]) == 2


def test_a_turn_by_somebody_new_makes_a_participant_of_the_group(study: Study, talk: Talk) -> None:
    study.run(give_turn, turn_ids(study, talk.source_id)[1], "Carla")
    carla = next(row for row in rows_of(study)["participant"] if row["pseudonym"] == "Carla")
    assert carla["group_id"] == rows_of(study)["focus_group"][0]["id"]


def test_a_turn_by_a_known_person_of_the_group_makes_no_second_one(study: Study, talk: Talk) -> None:
    group_id = rows_of(study)["focus_group"][0]["id"]
    carla = study.run(add_participant, "Carla", group_id=group_id)
    study.run(add_participant, "Dina")
    study.run(give_turn, turn_ids(study, talk.source_id)[1], "carla")
    study.run(give_turn, turn_ids(study, talk.source_id)[2], "Dina")
    assert speakers(study)["carla"].participant_id == carla
    assert [row["pseudonym"] for row in rows_of(study)["participant"]].count("Carla") == 1
    assert [row["pseudonym"] for row in rows_of(study)["participant"]].count("Dina") == 2


def test_a_turn_is_split_at_the_caret_and_joined_again(study: Study, talk: Talk) -> None:
    second = turn_ids(study, talk.source_id)[1]
    at = talk.span("We kept")[0]
    study.run(split_turn, second, at)
    with study.read() as session:
        turns = turns_of(session, talk.source_id)
    assert [talk.text[turn.start : turn.end] for turn in turns[1:3]] == [
        "Same here.",
        "We kept each other going, honestly.",
    ]
    assert (turns[2].label_start, turns[2].label_end, turns[2].speaker) == (at, at, "Bilal")
    study.run(join_turn, turns[2].id)
    assert rows_of(study)["turn"][0].keys()
    assert len(turn_ids(study, talk.source_id)) == 5
    with study.read() as session:
        again = turns_of(session, talk.source_id)[1]
    assert talk.text[again.start : again.end] == "Same here. We kept each other going, honestly."


@pytest.mark.parametrize("offset", [0, -1, 46, 100_000])
def test_a_turn_is_not_split_outside_its_words(study: Study, talk: Talk, offset: int) -> None:
    second = turn_ids(study, talk.source_id)[1]
    with pytest.raises(NotPossible):
        study.run(split_turn, second, talk.span("Same here")[0] + offset)
    assert len(turn_ids(study, talk.source_id)) == 5


def test_a_turn_of_one_word_is_not_split_in_front_of_a_space(study: Study) -> None:
    talk = bring_in(study, draft_of((("Nur", " word "),)))
    (only,) = turn_ids(study, talk.source_id)
    for at in (talk.span(" word")[0] + 1, talk.span("word ")[1] - 1):
        with pytest.raises(NotPossible):
            study.run(split_turn, only, at)


def test_joining_makes_a_label_that_was_none_part_of_the_words_and_counts_it(study: Study) -> None:
    talk = bring_in(study, draft_of((("Nur", "It was like this"), ("Question", "who comes"))))
    study.run(join_turn, turn_ids(study, talk.source_id)[1])
    with study.read() as session:
        (card,), (turn,) = source_cards(session), turns_of(session, talk.source_id)
    assert talk.text[turn.start : turn.end] == "It was like this\nQuestion: who comes"
    assert card.words == 7
    with pytest.raises(NotPossible, match="first turn"):
        study.run(join_turn, turn.id)


def test_joining_two_turns_of_one_speaker_keeps_the_label_out_of_the_words(study: Study) -> None:
    talk = bring_in(study, draft_of((("Nur", "It was"), ("Nur", "like this."), ("Bilal", "Yes."))))
    ids = turn_ids(study, talk.source_id)
    study.run(join_turn, ids[1])
    with study.read() as session:
        (card,), turns = source_cards(session), turns_of(session, talk.source_id)
        quote = Quoter(session).quote(talk.source_id, turns[0].start, turns[1].end)
        assert [row.turns for row in speakers_of(session, talk.source_id)] == [1, 1]
    assert quote.words == "It was like this."
    assert (card.turns, card.words) == (2, 5)
    assert [turn.number for turn in turns] == [1, 1, 2]
    with pytest.raises(NotPossible, match="already"):
        study.run(join_turn, ids[1])
    study.run(give_turn, ids[1], "Bilal")
    with study.read() as session:
        assert [turn.speaker for turn in turns_of(session, talk.source_id)] == ["Bilal", "Bilal", "Bilal"]
    study.run(split_turn, ids[1], talk.span("like")[0])
    with study.read() as session:
        assert [turn.number for turn in turns_of(session, talk.source_id)] == [1, 2, 3]


def test_what_was_joined_to_a_turn_goes_with_it(study: Study) -> None:
    talk = bring_in(study, draft_of((("Aina", "Well."), ("Nur", "It was"), ("Nur", "like this."))))
    ids = turn_ids(study, talk.source_id)
    study.run(join_turn, ids[2])
    study.run(join_turn, ids[1])
    with study.read() as session:
        turns = turns_of(session, talk.source_id)
        words = [talk.text[turn.start : turn.end] for turn in turns]
        assert {turn.speaker for turn in turns} == {"Aina"}
        assert {turn.number for turn in turns} == {1}
    assert words == ["Well.\nNur: It was", "like this."]


# People ----------------------------------------------------------------------------------------------------------


def table(*rows: ParticipantRow) -> ParticipantTable:
    return ParticipantTable("people.csv", rows)


def test_a_table_finds_the_people_of_an_import_and_adds_the_others(study: Study, talk: Talk) -> None:
    rows = table(
        ParticipantRow("P1", "Nur", "Mentee", "FG1", True, "left the scheme early", "", (("age", "19"), ("year", ""))),
        ParticipantRow("P2", "Carla", "Mentor", "FG2", False, "withdrawn", "a note"),
    )
    nur, carla = study.run(add_participants, rows)
    assert speakers(study)["Nur"].participant_id == nur
    with study.read() as session:
        one, two = session.get_one(Participant, nur), session.get_one(Participant, carla)
    assert (one.label, one.role, one.consent_to_quote) == ("P1", "Mentee", Consent.YES)
    assert one.status == ParticipantStatus.LEFT_EARLY
    assert (two.consent_to_quote, two.status, two.note) == (Consent.NO, ParticipantStatus.WITHDRAWN, "a note")
    assert [(row["name"], row["kind"], row["value"]) for row in rows_of(study)["participant_attribute"]] == [
        ("age", "number", "19")
    ]
    before = rows_of(study)
    study.run(add_participants, rows)
    assert rows_of(study) == before


def test_a_table_that_comes_first_is_found_by_the_import(study: Study) -> None:
    (nur,) = study.run(add_participants, table(ParticipantRow("P1", "Nur", group="FG1")))
    bring_in(study)
    assert speakers(study)["Nur"].participant_id == nur


def test_a_label_in_another_spelling_of_the_same_letters_is_linked(study: Study) -> None:
    bring_in(study, draft_of((("Jose\u0301", "Hola."), ("\u200fLayla", "مرحبا"))))
    rows = table(ParticipantRow("P1", "José", group="FG1"), ParticipantRow("P2", "Layla", group="FG1"))
    study.run(add_participants, rows)
    assert len(rows_of(study)["participant"]) == 2


def test_a_table_with_one_column_twice_comes_in(study: Study) -> None:
    row = ParticipantRow("P1", "Nur", attributes=(("age", "19"), ("age", "20")))
    study.run(add_participants, table(row))
    assert [row["value"] for row in rows_of(study)["participant_attribute"]] == ["20"]


def test_labels_are_linked_only_within_the_group_of_the_person(study: Study, talk: Talk) -> None:
    study.run(delete_participant, speakers(study)["Nur"].participant_id)
    study.run(add_participants, table(ParticipantRow("P1", "Nur", group="FG2"), ParticipantRow("P2", "Nur")))
    assert speakers(study)["Nur"].participant_id is None
    (nur,) = study.run(add_participants, table(ParticipantRow("P3", "nur", group="fg1")))
    assert speakers(study)["Nur"].participant_id == nur


def test_who_stands_behind_a_label_can_be_said(study: Study, talk: Talk) -> None:
    labels = speakers(study)
    study.run(link_speaker, labels["Nur"].id, SpeakerKind.MODERATOR)
    assert (speakers(study)["Nur"].kind, speakers(study)["Nur"].participant_id) == ("moderator", None)
    study.run(link_speaker, labels["Nur"].id, SpeakerKind.UNKNOWN, labels["Bilal"].participant_id)
    assert speakers(study)["Nur"].participant_id == labels["Bilal"].participant_id
    assert speakers(study)["Nur"].kind == SpeakerKind.PARTICIPANT
    with pytest.raises(NotPossible):
        study.run(link_speaker, labels["Nur"].id, SpeakerKind.PARTICIPANT, "gone")


def test_a_deleted_person_or_group_leaves_the_talk(study: Study, talk: Talk) -> None:
    before = rows_of(study)["turn"]
    study.run(delete_participant, speakers(study)["Nur"].participant_id)
    study.run(delete_group, rows_of(study)["focus_group"][0]["id"])
    assert rows_of(study)["turn"] == before
    with study.read() as session:
        assert session.get_one(Source, talk.source_id).group_id is None


def test_fields_of_people_and_groups_are_set_and_others_refused(study: Study, talk: Talk) -> None:
    nur, group_id = speakers(study)["Nur"].participant_id, rows_of(study)["focus_group"][0]["id"]
    study.run(edit_participant, nur, pseudonym=" Nurul ", role="Mentee", consent_to_quote="no", status="withdrawn")
    other = study.run(ensure_group, "FG2")
    for wrong in ({"pseudonym": " "}, {"group_id": "gone"}, {"real_name": "x"}):
        with pytest.raises(NotPossible):
            study.run(edit_participant, nur, **wrong)
    for wrong in ({"label": "fg2"}, {"held_on": "tomorrow"}, {"colour": "x"}, {"label": ""}):
        with pytest.raises(NotPossible):
            study.run(edit_group, group_id, **wrong)
    study.run(edit_group, other, label="FG2 ", field_note="rain")
    with study.read() as session:
        assert session.get_one(Participant, nur).pseudonym == "Nurul"
