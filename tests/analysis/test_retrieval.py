"""Retrieval: any, all, overlapping, followed by, not, said by whom - in reading order."""

from __future__ import annotations

import pytest

from app.analysis.retrieval import Combine, Question, around, choices, retrieve
from app.analysis.transcripts import transcript
from app.operations.codes import create_code
from app.operations.codings import code_passage
from app.study import Study
from tests.material import Talk, bring_in, draft_of


@pytest.fixture
def talk(study: Study) -> Talk:
    """A transcript to code."""
    return bring_in(study, draft_of())


@pytest.fixture
def codes(study: Study, talk: Talk) -> dict[str, str]:
    """One holds two excerpts, Two overlaps the first of them, Three comes later, Four stands on the same words."""
    made = {name: study.run(create_code, name) for name in ("One", "Two", "Three", "Four")}
    made["Under"] = study.run(create_code, "Under", parent_id=made["One"])
    start, end = talk.span("belong")
    study.run(code_passage, talk.source_id, start, end, made["One"])
    study.run(code_passage, talk.source_id, start, end, made["Four"], unsure=True)
    study.run(code_passage, talk.source_id, start - 8, start + 3, made["Two"])
    study.run(code_passage, talk.source_id, *talk.span("Same here"), made["Three"])
    study.run(code_passage, talk.source_id, *talk.span("pass it on"), made["Under"])
    return made


def found(study: Study, **asked: object) -> list[str]:
    """The words that answer."""
    with study.read() as session:
        rows = retrieve(session, Question(**asked))  # type: ignore[arg-type]
        text = transcript(session, rows[0].source_id).text if rows else ""
    return [text[row.start : row.end] for row in rows]


def test_any_all_and_not(study: Study, codes: dict[str, str]) -> None:
    one, four, three = codes["One"], codes["Four"], codes["Three"]
    assert found(study, codes=(one, three)) == ["belong", "Same here"]
    assert found(study, codes=(one, four), combine=Combine.ALL) == ["belong"]
    assert found(study, codes=(one, three), combine=Combine.ALL) == []
    assert found(study, codes=(one, three), without=(four,)) == ["Same here"]
    assert len(found(study)) == 4


def test_codes_beneath_count_when_asked(study: Study, codes: dict[str, str]) -> None:
    assert found(study, codes=(codes["One"],)) == ["belong"]
    assert found(study, codes=(codes["One"],), beneath=True) == ["belong", "pass it on"]


def test_overlapping_gives_both_sides_and_only_those_that_meet(study: Study, codes: dict[str, str]) -> None:
    words = found(study, codes=(codes["One"], codes["Two"]), combine=Combine.OVERLAPPING)
    assert len(words) == 2
    assert words[1] == "belong"
    assert found(study, codes=(codes["One"], codes["Three"]), combine=Combine.OVERLAPPING) == []


def test_followed_by_reaches_so_many_turns_and_not_backwards(study: Study, codes: dict[str, str]) -> None:
    one, three = codes["One"], codes["Three"]
    far = found(study, codes=(one, three), combine=Combine.FOLLOWED, turns=50)
    assert far == ["belong", "Same here"]
    assert found(study, codes=(three, one), combine=Combine.FOLLOWED, turns=50) == []
    reach = next(n for n in range(50) if found(study, codes=(one, three), combine=Combine.FOLLOWED, turns=n))
    assert found(study, codes=(one, three), combine=Combine.FOLLOWED, turns=reach - 1) == []


def test_unsure_and_who_says_it(study: Study, codes: dict[str, str]) -> None:
    assert found(study, unsure=True) == ["belong"]
    assert found(study, codes=(codes["One"],), unsure=True) == []
    with study.read() as session:
        people = choices(session).participants
        groups = choices(session).groups
    by_person = {name: found(study, participant_id=key) for key, name in people}
    assert sum("Same here" in words for words in by_person.values()) <= 1
    assert found(study, participant_id="nobody") == []
    for key, _ in groups:
        assert len(found(study, group_id=key)) in (0, 4)


def test_around_an_excerpt_stand_its_turns_and_the_question_before(study: Study, talk: Talk) -> None:
    with study.read() as session:
        script = transcript(session, talk.source_id)
    assert script is not None
    start, end = talk.span("Same here")
    seen = around(script, start, end)
    assert [turn.start <= start < turn.end for turn in seen.turns] == [True]
    assert seen.question is None or seen.question.by_moderator
