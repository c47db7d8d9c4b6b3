"""Quotes as they are shown: no labels, each speaker named by the template, and nobody who did not agree."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from app.analysis.quotation import Quoter, ShownQuote
from app.importers.draft import TranscriptDraft, TurnDraft
from app.importers.participants import ParticipantRow, ParticipantTable
from app.models import Turn
from app.models.kinds import SpeakerKind, TurnKind
from app.models.verbs import Verb
from app.operations.people import add_participants, edit_participant, link_speaker
from app.operations.sources import give_turn
from app.operations.studies import describe_study
from app.study import Study
from tests.material import Talk, bring_in, draft_of, rows_of


@pytest.fixture(autouse=True)
def roles(study: Study, talk: Talk) -> None:
    """Nur is a mentee who agreed to be quoted, Bilal a mentor of whom nothing is recorded."""
    nur = ParticipantRow("P1", "Nur", "Mentee", "FG1", True)
    study.run(add_participants, ParticipantTable("p.csv", (nur, ParticipantRow("P2", "Bilal", "Mentor", "FG1"))))


def person(study: Study, name: str) -> str:
    return next(str(row["id"]) for row in rows_of(study)["participant"] if row["pseudonym"] == name)


def shown(study: Study, talk: Talk, first: str, last: str | None = None) -> ShownQuote:
    """The quote from the beginning of `first` to the end of `last`."""
    start, end = talk.span(first)
    return at(study, talk, start, talk.span(last)[1] if last else end)


def at(study: Study, talk: Talk, start: int, end: int) -> ShownQuote:
    with study.read() as session:
        return Quoter(session).quote(talk.source_id, start, end)


def test_one_voice_is_its_words_and_its_attribution(study: Study, talk: Talk) -> None:
    quote = shown(study, talk, "a place where I belong")
    assert (quote.words, quote.attribution) == ("a place where I belong", "Mentee, FG1")
    assert quote.cited == "“a place where I belong” (Mentee, FG1)"
    assert quote.participant_ids == {person(study, "Nur")}


def test_labels_are_dropped_wherever_the_selection_begins_and_ends(study: Study, talk: Talk) -> None:
    assert shown(study, talk, "Nur: It felt").words == "It felt"
    assert shown(study, talk, "ur: It felt").words == "It felt"
    assert shown(study, talk, ": It felt").words == "It felt"
    assert shown(study, talk, "I belong.\nBil").words == "I belong."
    assert shown(study, talk, "I belong.\nBilal: ").words == "I belong."
    assert shown(study, talk, "ilal") == ShownQuote(())
    assert shown(study, talk, "ilal").cited == ""


def test_several_voices_are_named_apart(study: Study, talk: Talk) -> None:
    quote = shown(study, talk, "where I belong", "Same here.")
    assert quote.words == "Mentee, FG1: where I belong.\nMentor, FG1: Same here."
    assert quote.cited == "“where I belong.” (Mentee, FG1)\n“Same here.” (Mentor, FG1)"
    assert quote.attribution == "Mentee, FG1; Mentor, FG1"
    assert quote.participant_ids == {person(study, "Nur"), person(study, "Bilal")}


def test_two_people_of_one_role_stay_two_voices(study: Study, talk: Talk) -> None:
    study.run(edit_participant, person(study, "Bilal"), role="Mentee")
    quote = shown(study, talk, "where I belong", "Same here.")
    assert [voice.words for voice in quote.voices] == ["where I belong.", "Same here."]
    assert quote.attribution == "Mentee, FG1, speaker A; Mentee, FG1, speaker B"


def test_neighbouring_turns_of_one_person_are_one_voice(study: Study, talk: Talk) -> None:
    with study.read() as session:
        turns = session.scalars(select(Turn).order_by(Turn.start)).all()
    study.run(give_turn, turns[1].id, "Nur")
    quote = shown(study, talk, "where I belong", "Same here.")
    assert quote.words == "where I belong. Same here."


def test_the_moderator_is_named_as_such(study: Study, talk: Talk) -> None:
    assert shown(study, talk, "Can you say more?").cited == "“Can you say more?” (Moderator, FG1)"


def test_whoever_said_no_is_quoted_nowhere(study: Study, talk: Talk) -> None:
    study.run(edit_participant, person(study, "Bilal"), consent_to_quote="no")
    for first, last in (("Same here.", None), ("where I belong", "Same"), ("honestly.", "Somebody noticed")):
        quote = shown(study, talk, first, last)
        assert quote.withheld
        assert (quote.words, quote.cited, quote.attribution, quote.voices) == ("", "", "", ())
    assert shown(study, talk, "where I belong.\nBilal: ").words == "where I belong."
    assert shown(study, talk, "Somebody noticed").words == "Somebody noticed"


def test_whoever_withdrew_is_quoted_nowhere(study: Study, talk: Talk) -> None:
    study.run(edit_participant, person(study, "Nur"), status="withdrawn")
    assert shown(study, talk, "belong").withheld
    study.undo()
    assert not shown(study, talk, "belong").withheld


def test_a_label_of_somebody_who_said_no_in_another_group_is_withheld_too(study: Study, talk: Talk) -> None:
    study.run(edit_participant, person(study, "Nur"), consent_to_quote="no")
    speaker = next(row for row in rows_of(study)["speaker"] if row["label"] == "Bilal")
    study.run(link_speaker, speaker["id"], SpeakerKind.PARTICIPANT, person(study, "Nur"))
    assert shown(study, talk, "Same here").withheld


def test_consent_that_is_not_recorded_is_counted(study: Study, talk: Talk) -> None:
    with study.read() as session:
        quoter = Quoter(session)
        both = frozenset({person(study, "Nur"), person(study, "Bilal")})
        assert quoter.consent_not_recorded(both) == 1
        assert quoter.consent_not_recorded(frozenset({"gone"})) == 0


@pytest.mark.parametrize(
    ("template", "attribution"),
    [
        ("{role}, {group}", "Mentee, FG1"),
        ("{pseudonym}, {role}, {group}", "Nur, Mentee, FG1"),
        ("{id}", "P1"),
        ("{id}, {group}", "P1, FG1"),
        ("{role} in {group}", "Mentee in FG1"),
        ("a student", "a student"),
        ("", "Mentee, FG1"),
        ("{real_name}, {role}", "{real_name}, Mentee"),
        ("{ROLE}", "{ROLE}"),
    ],
)
def test_the_template_says_how_people_are_named(study: Study, talk: Talk, template: str, attribution: str) -> None:
    study.run(describe_study, attribution_template=template)
    assert shown(study, talk, "belong").attribution == attribution


@pytest.mark.parametrize(
    ("template", "attribution"),
    [("{role}, {group}", "FG1"), ("{pseudonym}, {role}, {group}", "Nur, FG1"), ("as {role}, of {group}", "of FG1"),
     ("{id}, {group}", "Nur, FG1")],
)  # fmt: skip
def test_what_is_not_known_is_left_out_with_its_comma(
    study: Study, talk: Talk, template: str, attribution: str
) -> None:
    study.run(edit_participant, person(study, "Nur"), role="", label="")
    study.run(describe_study, attribution_template=template)
    assert shown(study, talk, "belong").attribution == attribution


def test_a_name_that_looks_like_a_field_stays_a_name(study: Study, talk: Talk) -> None:
    study.run(edit_participant, person(study, "Nur"), pseudonym="{group}")
    study.run(describe_study, attribution_template="{pseudonym}, {group}")
    assert shown(study, talk, "belong").attribution == "{group}, FG1"


def test_line_breaks_of_the_transcript_are_no_speech(study: Study) -> None:
    talk = bring_in(study, draft_of((("Nur", "one\n  two\t three"),), file_name="b.txt"))
    assert shown(study, talk, "one\n  two\t three").words == "one two three"


def test_headings_and_text_without_a_label_have_no_attribution(study: Study) -> None:
    lines = ((None, "After lunch"), ("Nur", "We were late."), (None, "[laughter]"), ("Nur", "Very."))
    talk = bring_in(study, draft_of(lines, file_name="b.txt", before="FOCUS GROUP\n"))
    quote = at(study, talk, 0, len(talk.text))
    assert [(voice.attribution, voice.words) for voice in quote.voices] == [
        ("", "FOCUS GROUP After lunch"), ("Mentee, FG1", "We were late."), ("", "[laughter]"), ("Mentee, FG1", "Very."),
    ]  # fmt: skip
    assert "Unknown" not in quote.cited


def test_a_turn_whose_speaker_is_unknown_says_so(study: Study, talk: Talk) -> None:
    with study.read() as session:
        first = session.scalars(select(Turn).order_by(Turn.start)).first()
    assert first is not None
    study.run(give_turn, first.id, "")
    assert shown(study, talk, "belong").attribution == "Unknown speaker, FG1"


def test_several_at_once_are_named_so(study: Study) -> None:
    talk = bring_in(study, draft_of((("All", "Yes!"),), file_name="b.txt"))
    speaker = next(row for row in rows_of(study)["speaker"] if row["label"] == "All")
    study.run(link_speaker, speaker["id"], SpeakerKind.SEVERAL)
    assert shown(study, talk, "Yes!").attribution == "Several speakers, FG1"


def test_times_in_labels_are_dropped(study: Study) -> None:
    text = "[00:01:02] Nur: Hello.\nBilal (00:01:05): Hi."
    turns = (TurnDraft(0, 15, 16, 22, "Nur", 62_000), TurnDraft(23, 40, 41, 44, "Bilal", 65_000))
    talk = bring_in(study, TranscriptDraft("t.txt", "txt", "utf-8", text, turns, "time", "h"))
    assert at(study, talk, 0, len(text)).words == "Mentee, FG1: Hello.\nMentor, FG1: Hi."


def test_withdrawn_words_are_not_shown(study: Study) -> None:
    draft = draft_of((("Nur", "Hello."), ("Nur", "gone"), ("Nur", "Bye.")), file_name="b.txt")
    talk = bring_in(study, draft)
    with study.change("Withdraw", Verb.EDIT_TURNS) as session:
        turn = session.scalars(select(Turn).where(Turn.source_id == talk.source_id).order_by(Turn.start)).all()[1]
        turn.kind = TurnKind.WITHDRAWN
    assert at(study, talk, 0, len(talk.text)).words == "Hello. Bye."


def test_an_astral_character_before_or_inside_does_not_shift_the_words(study: Study) -> None:
    talk = bring_in(study, draft_of((("Nur", "🙂 we 👩‍👩‍👧 belong é"), ("Bilal", "نعم belong")), file_name="b.txt"))
    assert shown(study, talk, "we 👩‍👩‍👧 belong é").words == "we 👩‍👩‍👧 belong é"
    assert shown(study, talk, "نعم belong").cited == "“نعم belong” (Mentor, FG1)"


def test_a_transcript_that_is_gone_shows_nothing(study: Study) -> None:
    with study.read() as session:
        assert Quoter(session).quote("gone", 0, 5) == ShownQuote(())


def test_the_shown_words_are_the_said_words_for_every_span(study: Study, talk: Talk) -> None:
    """Whatever is selected, what is shown are the words of the turns inside it: none lost, none doubled."""
    with study.read() as session:
        quoter = Quoter(session)
        turns = session.scalars(select(Turn).where(Turn.source_id == talk.source_id).order_by(Turn.start)).all()
        for start in range(0, len(talk.text), 3):
            for end in range(start + 1, len(talk.text) + 1, 5):
                said = " ".join(talk.text[max(start, turn.start) : min(end, turn.end)] for turn in turns
                                if turn.start < end and turn.end > start)  # fmt: skip
                voices = quoter.quote(talk.source_id, start, end).voices
                assert " ".join(voice.words for voice in voices).split() == said.split()


def test_one_transcript_is_read_once_for_many_quotes(study: Study, talk: Talk) -> None:
    asked: list[str] = []
    with study.read() as session:
        quoter = Quoter(session)
        study.connection.set_trace_callback(asked.append)
        for start in range(60):
            quoter.quote(talk.source_id, start, start + 30)
        study.connection.set_trace_callback(None)
    assert len(asked) == 3  # its text, who speaks, the turns: once for all quotes
