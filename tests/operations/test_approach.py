"""The approach statement: the newest one holds, those before stay, and what changed is told in words."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from app.analysis.approach import approach, approach_versions, lines, what_changed
from app.errors import NotPossible
from app.models.approach import PARTS, as_statement
from app.operations.approach import say_why_approach, state_approach
from app.study import Study
from tests.material import dumped

FIRST = {"variant": {"choice": "reflexive", "words": ""}, "theory": {"choice": "contextualist", "words": "So far."}}
SECOND = {"theory": {"choice": "critical realist", "words": "So far."}, "lens": {"choice": "", "words": "Wenger."}}


def _told(study: Study) -> list[tuple[str, str]]:
    with study.read() as session:
        return lines(approach(session))


def test_the_newest_statement_holds_and_the_one_before_stays(study: Study) -> None:
    assert _told(study) == []
    for day, statement, reason in ((1, FIRST, ""), (9, SECOND, "Reading Wenger again")):
        with study.change(at=datetime(2026, 3, day, tzinfo=UTC)) as session:
            state_approach(session, statement, reason)
    assert _told(study) == [
        ("Ontology and epistemology", "critical realist. So far."),
        ("Lens, and when it came in", "Wenger."),
    ]
    with study.read() as session:
        versions = approach_versions(session)
    assert [(one.at.day, one.reason) for one in versions] == [(9, "Reading Wenger again"), (1, "")]
    assert what_changed(versions[1].statement, versions[0].statement) == [
        "Variant of thematic analysis: no longer said (it was: reflexive).",
        "Ontology and epistemology: from “contextualist” to “critical realist”.",
        "Lens, and when it came in: now said.",
    ]
    assert what_changed(FIRST, {**FIRST, "theory": {"choice": "contextualist", "words": "Still."}}) == [
        "Ontology and epistemology: in other words."
    ]


def test_stating_the_same_is_no_version_and_typing_on_is_one(study: Study) -> None:
    with study.change() as session:
        state_approach(session, {"positionality": {"words": "I was"}})
        seq = session.seq
    with study.change(continues=seq) as session:
        state_approach(session, {"positionality": {"words": "I was a mentee"}, "theory": {"words": "  "}})
    study.run(state_approach, {"positionality": {"choice": "", "words": "I was a mentee"}})
    with study.read() as session:
        (only,) = approach_versions(session)
    assert only.statement == {"positionality": {"choice": "", "words": "I was a mentee"}}


def test_what_was_stated_last_holds_though_the_clock_went_back(study: Study) -> None:
    for hour, words in ((9, "first"), (8, "second"), (7, "third")):
        with study.change(at=datetime(2026, 3, 1, hour, tzinfo=UTC)) as session:
            state_approach(session, {"positionality": {"words": words}})
    assert _told(study) == [("Positionality", "third")]
    with study.read() as session:
        assert len(approach_versions(session)) == 3


def test_the_reason_can_be_said_later_and_all_of_it_undone(study: Study) -> None:
    before = dumped(study)
    version = study.run(state_approach, FIRST)
    study.run(say_why_approach, version, "Supervision")
    with study.read() as session:
        assert approach_versions(session)[0].reason == "Supervision"
    study.undo()
    study.undo()
    assert dumped(study) == before


def test_what_is_no_part_of_a_statement_is_refused(study: Study) -> None:
    with pytest.raises(NotPossible):
        study.run(state_approach, {"theory": {"score": "5"}})


def test_words_of_a_former_study_become_choices_where_they_are_one() -> None:
    assert as_statement({"semantic_latent": "both", "stance": "CoP", "theory": "my own", "variant": " "}) == {
        "semantic_latent": {"choice": "both", "words": ""},
        "stance": {"choice": "", "words": "CoP"},
        "theory": {"choice": "", "words": "my own"},
    }


def test_no_choice_is_a_number() -> None:
    assert not any(letter.isdigit() for part in PARTS for choice in part.choices for letter in choice)
