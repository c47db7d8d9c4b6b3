"""What one may want to come back to: codings one is unsure of, and turns that no code holds."""

from __future__ import annotations

from sqlalchemy import select

from app.analysis.overview import info
from app.analysis.people import participants
from app.analysis.unsettled import uncoded_turns, unsure_codings
from app.models import Turn
from app.operations.codes import create_code
from app.operations.codings import code_passage, mark_unsure
from app.operations.excerpts import take_excerpt
from app.operations.sources import join_turn, taken_with
from app.study import Study
from tests.material import LINES, Talk, bring_in, draft_of

FIRST, SECOND, _, FOURTH, FIFTH = (words for _, words in LINES)


def left(study: Study, talk: Talk, source_id: str | None = None) -> list[str]:
    with study.read() as session:
        return [talk.text[row.start : row.end] for row in uncoded_turns(session, source_id)]


def test_turns_without_a_code_are_listed_in_reading_order_without_the_moderators(study: Study, talk: Talk) -> None:
    assert left(study, talk) == [FIRST, SECOND, FOURTH, FIFTH]
    code_id = study.run(create_code, "Belonging")
    study.run(code_passage, talk.source_id, *talk.span("Same here"), code_id)
    assert left(study, talk) == [FIRST, FOURTH, FIFTH]
    assert left(study, talk, talk.source_id) == [FIRST, FOURTH, FIFTH]
    assert left(study, talk, "no such transcript") == []


def test_turns_that_were_joined_are_one_turn_wherever_turns_are_counted(study: Study) -> None:
    talk = bring_in(study, draft_of((("Nur", "It felt like home."), ("Nur", "I belong."), ("Bilal", "Same here."))))
    with study.read() as session:
        second = session.scalars(select(Turn.id).order_by(Turn.start)).all()[1]
    study.run(join_turn, second)
    assert left(study, talk) == ["It felt like home.\nNur: I belong.", "Same here."]
    study.run(code_passage, talk.source_id, *talk.span("home"), study.run(create_code, "Belonging"))
    assert left(study, talk) == ["Same here."]
    with study.read() as session:
        assert {one.pseudonym: one.turns for one in participants(session)} == {"Nur": 1, "Bilal": 1}
        assert info(session)["turns"] == taken_with(session, talk.source_id).turns == 2


def test_an_excerpt_without_a_code_does_not_count_as_coded(study: Study, talk: Talk) -> None:
    study.run(take_excerpt, talk.source_id, *talk.span("Same here"))
    assert SECOND in left(study, talk)


def test_a_long_coding_holds_every_turn_it_touches_whatever_begins_after_it(study: Study, talk: Talk) -> None:
    code_id = study.run(create_code, "Belonging")
    study.run(code_passage, talk.source_id, talk.span("felt")[0], talk.span("noticed")[1], code_id)
    study.run(code_passage, talk.source_id, *talk.span("It felt"), code_id)
    assert left(study, talk) == [FIFTH]
    study.run(code_passage, talk.source_id, 0, len(talk.text), code_id)
    assert left(study, talk) == []


def test_codings_that_end_where_a_turn_begins_do_not_hold_it(study: Study, talk: Talk) -> None:
    code_id = study.run(create_code, "Belonging")
    study.run(code_passage, talk.source_id, talk.span(FIRST)[0], talk.span(SECOND)[0], code_id)
    assert SECOND in left(study, talk)


def test_unsure_codings_of_one_transcript_or_of_all_until_they_are_sure(study: Study, talk: Talk) -> None:
    other = bring_in(study, draft_of(file_name="FG2.txt"))
    code_id = study.run(create_code, "Belonging")
    done = [study.run(code_passage, one.source_id, *one.span("noticed"), code_id, unsure=True) for one in (other, talk)]
    study.run(code_passage, talk.source_id, *talk.span("Same here"), code_id)
    with study.read() as session:
        assert [row.coding_id for row in unsure_codings(session)] == [done[1].coding_id, done[0].coding_id]
        assert [row.excerpt_id for row in unsure_codings(session, other.source_id)] == [done[0].excerpt_id]
    study.run(mark_unsure, done[0].coding_id, unsure=False)
    with study.read() as session:
        assert [row.coding_id for row in unsure_codings(session)] == [done[1].coding_id]
