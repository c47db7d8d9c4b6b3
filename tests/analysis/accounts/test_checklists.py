"""Checklists: every item has its evidence function, answers are free, and nothing is scored."""

from __future__ import annotations

import json

import pytest

from app.analysis.accounts.checklists import LISTS, answered, answers, checklist
from app.analysis.accounts.evidence import FUNCTIONS, evidence
from app.analysis.accounts.facts import Facts
from app.analysis.wording import spots
from app.errors import NotPossible
from app.models.kinds import ReviewLevel
from app.operations.checklists import answer
from app.operations.journal import write_entry
from app.operations.reviews import record_check
from app.operations.themes import create_theme, edit_theme
from app.resources import resource
from app.study import Study
from tests.material import Talk


@pytest.mark.parametrize("key", LISTS)
def test_every_item_asks_functions_that_there_are(key: str) -> None:
    for item in checklist(key).items:
        assert set(item.evidence) <= FUNCTIONS.keys()


def test_the_lists_have_their_items() -> None:
    assert {key: len(checklist(key).items) for key in LISTS} == {
        "fifteen": 15, "twenty": 20, "reporting": 8, "coreq": 32, "gramms": 6
    }  # fmt: skip


def test_every_list_says_where_it_comes_from() -> None:
    for key in LISTS:
        assert checklist(key).citation
        assert "score" not in json.loads(resource("checklists", f"{key}.json").read_text(encoding="utf-8"))


def test_no_program_speaks_to_seven_eight_and_nine(study: Study, talk: Talk) -> None:
    with study.read() as session:
        silent = [one for one in answered(session, "fifteen") if one.item.alone]
    assert [one.item.key for one in silent] == ["7", "8", "9"]
    assert all(one.evidence == () for one in silent)


def test_what_clashes_in_coreq_is_answered_with_what_to_say_instead() -> None:
    clashing = {item.key: item.instead for item in checklist("coreq").items if item.instead}
    assert list(clashing) == ["22", "24", "25", "28"]
    assert all(text.startswith("Not applicable in reflexive TA; instead: ") for text in clashing.values())


@pytest.mark.parametrize("key", LISTS)
def test_an_empty_study_has_no_evidence_that_claims_anything(study: Study, key: str) -> None:
    with study.read() as session:
        said = [line for one in answered(session, key) for line in one.evidence]
    assert all(line.startswith(("The methods facts", "Quotes are attributed", "Reflexa")) for line in said)


def test_evidence_is_sentences_from_rows(study: Study, talk: Talk) -> None:
    theme = study.run(create_theme, "Barriers")
    study.run(edit_theme, theme, definition="Two themes emerged here.")
    study.run(record_check, theme, ReviewLevel.WHOLE, "Read all again.")
    with study.read() as session:
        held = Facts(session)
        assert evidence(held, ["topics"]) == ["These names sound like topics: “Barriers”."]
        assert evidence(held, ["own_wording"]) == ["“Barriers”, definition: “themes emerged”."]
        assert "Read all again." in evidence(held, ["reviewed"])[0]


def test_a_private_entry_is_no_evidence(study: Study) -> None:
    study.run(write_entry, "Canary", kind="positionality canary", private=True)
    with study.read() as session:
        for key in LISTS:
            assert not any("canary" in line.casefold() for one in answered(session, key) for line in one.evidence)


def test_an_answer_is_kept_changed_and_taken_away_with_undo(study: Study) -> None:
    study.run(answer, "fifteen", "7", "I read for what is not said.")
    study.run(answer, "fifteen", "7", "Say more on silence.", role="supervisor")
    study.run(answer, "fifteen", "7", "I read for what stays unsaid.")
    with study.read() as session:
        assert answers(session, "fifteen") == {
            ("7", ""): "I read for what stays unsaid.", ("7", "supervisor"): "Say more on silence."
        }  # fmt: skip
    study.run(answer, "fifteen", "7", "  ")
    study.undo()
    study.undo()
    with study.read() as session:
        assert answers(session, "fifteen")["7", ""] == "I read for what is not said."


@pytest.mark.parametrize(
    ("key", "item", "role"), [("sixteen", "1", ""), ("fifteen", "16", ""), ("twenty", "1", "dean")]
)
def test_what_there_is_none_of_is_refused(study: Study, key: str, item: str, role: str) -> None:
    with pytest.raises(NotPossible):
        study.run(answer, key, item, "Words", role)


def test_the_lists_themselves_speak_the_language_of_the_approach() -> None:
    for key in ("fifteen", "reporting", "gramms"):
        for item in checklist(key).items:
            assert spots(item.text) == []
