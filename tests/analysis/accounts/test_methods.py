"""Methods facts: from logged events alone, blanks for the rest, and in words that fit the approach."""

from __future__ import annotations

from datetime import UTC, date, datetime

from app import __version__
from app.analysis.accounts.facts import Facts
from app.analysis.accounts.methods import methods
from app.analysis.themes import lens_in_use
from app.analysis.wording import spots
from app.models.kinds import Phase, ThemeStatus
from app.operations.code_merging import merge_codes
from app.operations.codes import create_code, edit_code
from app.operations.codings import code_passage
from app.operations.lenses import copy_lens, use_lens
from app.operations.mappings import map_theme
from app.operations.people import add_participant, edit_group, ensure_group
from app.operations.phases import add_visit
from app.operations.sources import describe_source
from app.operations.studies import describe_study
from app.operations.themes import create_theme, edit_theme
from app.study import Study
from tests.material import Talk


def told(study: Study) -> str:
    """All of it as one text."""
    with study.read() as session:
        return "\n".join(line for part in methods(Facts(session)) for line in part.lines)


def test_an_empty_study_claims_nothing_and_says_what_is_missing(study: Study) -> None:
    text = told(study)
    for missing in ("[say how many groups", "[say how the coding was done", "[say how themes were developed",
                    "[say how reflexivity was practised", "[say how others took part"):  # fmt: skip
        assert missing in text
    assert f"Reflexa, version {__version__}" in text
    assert "developed" not in text.replace("how themes were developed", "")


def test_what_was_done_is_told_with_its_day_and_what_was_taken_back_is_not(study: Study, talk: Talk) -> None:
    at = datetime(2026, 3, 3, 9, tzinfo=UTC)
    with study.change(at=at) as session:
        first = create_code(session, "Belonging")
        code_passage(session, talk.source_id, *talk.span("Somebody noticed"), first)
    with study.change(at=at) as session:
        edit_code(session, first, name="Holding on")
    with study.change(at=at) as session:
        other = create_code(session, "Staying")
    with study.change(at=at) as session:
        merge_codes(session, [other], first)
    with study.change(at=at) as session:
        create_theme(session, "Held by others", code_ids=[first])
    assert "Codes were renamed once and merged once." in told(study)
    assert "I developed 1 theme; it was made on 3 March 2026." in told(study)
    study.undo()
    study.undo()
    text = told(study)
    assert "Codes were renamed once." in text
    assert "merged" not in text
    assert "[say how themes were developed" in text


def test_we_is_said_where_several_work_and_nobody_is_counted_who_could_be_recognised(study: Study) -> None:
    study.run(describe_study, smallest_group=3)
    with study.change(actor="A") as session:
        group = ensure_group(session, "FG1")
        edit_group(session, group, minutes=75, held_on=date(2026, 2, 1))
        for name in ("Nur", "Bilal", "Aina"):
            add_participant(session, name, group_id=group, role="mentee")
        add_participant(session, "Dan", group_id=group, role="mentor")
    with study.change(actor="B") as session:
        edit_theme(session, create_theme(session, "Ties"), status="let go")
    text = told(study)
    assert "4 people took part: mentee and mentor." in text
    assert "The group talked for 75 minutes." in text
    assert "We let go of “Ties”." in text


def test_returns_to_a_phase_are_told_as_days_without_hours(study: Study) -> None:
    days = [datetime(2026, 1, number, 9, 30, tzinfo=UTC) for number in (5, 9, 12, 15)]
    for place, phase in enumerate((Phase.CODING, Phase.GENERATING, Phase.CODING)):
        study.run(add_visit, phase, days[place], days[place + 1])
    text = told(study)
    assert "Coding: entered on 5 January 2026 and 12 January 2026." in text
    assert "I went back to an earlier phase once." in text
    assert "09:30" not in text
    assert "hour" not in text


def test_checking_is_claimed_for_those_transcripts_alone_that_were_checked(study: Study, talk: Talk) -> None:
    assert "[say whether and by whom" in told(study)
    study.run(describe_source, talk.source_id, transcription="Verbatim", checked_by="NH", checked_on="2026-02-03")
    text = told(study)
    assert "checked against the recording by NH on 3 February 2026" in text
    assert "[say whether and by whom" not in text


def test_one_code_is_spoken_of_as_one(study: Study, talk: Talk) -> None:
    at = datetime(2026, 3, 3, 9, tzinfo=UTC)
    with study.change(at=at) as session:
        code = create_code(session, "Belonging")
        code_passage(session, talk.source_id, *talk.span("Somebody noticed"), code)
    with study.change(at=at) as session:
        create_theme(session, "Held by others", code_ids=[code])
    assert "on 3 March 2026, there was 1 code; now there is 1 code in use." in told(study)


def test_the_programs_own_sentences_trigger_none_of_its_hints(study: Study, talk: Talk) -> None:
    study.run(create_theme, "Held by others")
    assert spots(told(study)) == []


def test_a_theme_that_was_let_go_dates_none_of_those_that_stand(study: Study) -> None:
    for day, name in ((1, "Let go"), (9, "Standing")):
        with study.change(at=datetime(2026, 3, day, tzinfo=UTC)) as session:
            theme = create_theme(session, name)
            edit_theme(session, theme, status=ThemeStatus.LET_GO if day == 1 else ThemeStatus.DEVELOPED)
    assert "I developed 1 theme; it was made on 9 March 2026." in told(study)


def test_a_lens_onto_which_nothing_is_mapped_was_not_read_through(study: Study) -> None:
    theme = study.run(create_theme, "Belonging")
    with study.read() as session:
        lens = lens_in_use(session)
    assert lens is not None
    study.run(map_theme, theme, lens.entries[0].id)
    assert "were read through" in told(study)
    study.run(use_lens, study.run(copy_lens, lens.id, "Another"))
    assert "were read through" not in told(study)
    assert "[say whether and how Another" in told(study)
