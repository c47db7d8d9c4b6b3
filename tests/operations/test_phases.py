"""Visits to phases: any order, corrected later, and each change says in which phase it was made."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from app.analysis.phases import current_phase, visits
from app.errors import NotPossible
from app.models.kinds import Phase
from app.operations.codes import create_code
from app.operations.phases import (
    add_visit,
    correct_visit,
    delete_visit,
    leave_phase,
    moment_on,
    note_on_visit,
    visit_phase,
)
from app.study import Study
from tests.material import rows_of


def _on(month: int, day: int) -> datetime:
    return datetime(2024, month, day, 9, 30, tzinfo=UTC)


def _go(study: Study, phase: Phase | None, at: datetime) -> None:
    with study.change(at=at) as session:
        if phase is None:
            leave_phase(session)
        else:
            visit_phase(session, phase)


def _spans(study: Study) -> list[tuple[Phase, date, date | None]]:
    with study.read() as session:
        return [(one.phase, one.began_on, one.ended_on) for one in visits(session)]


def _now(study: Study) -> Phase | None:
    with study.read() as session:
        return current_phase(session)


def _phases_of_changes(study: Study) -> dict[str, str | None]:
    return dict(study.connection.execute("SELECT label, phase FROM change"))


def test_going_somewhere_else_ends_the_visit_before_and_returns_are_normal(study: Study) -> None:
    _go(study, Phase.DEVELOPING, _on(4, 2))
    _go(study, Phase.CODING, _on(4, 10))
    _go(study, Phase.DEVELOPING, _on(4, 12))
    _go(study, None, _on(5, 1))
    assert _spans(study) == [
        (Phase.DEVELOPING, date(2024, 4, 2), date(2024, 4, 10)),
        (Phase.CODING, date(2024, 4, 10), date(2024, 4, 12)),
        (Phase.DEVELOPING, date(2024, 4, 12), date(2024, 5, 1)),
    ]
    assert _now(study) is None


def test_the_same_phase_again_is_no_change(study: Study) -> None:
    _go(study, Phase.CODING, _on(4, 2))
    before = rows_of(study)
    _go(study, Phase.CODING, _on(4, 3))
    assert rows_of(study) == before
    assert [step.label for step in [study.next_undo()] if step] == ["Go to the phase ‘coding’"]


def test_changes_carry_the_phase_in_which_they_were_made(study: Study) -> None:
    study.run(create_code, "before")
    _go(study, Phase.CODING, _on(4, 2))
    study.run(create_code, "while coding")
    _go(study, Phase.WRITING, _on(4, 3))
    study.run(create_code, "while writing")
    study.undo()
    study.undo()  # the way to writing is taken back
    study.run(create_code, "coding again")
    _go(study, None, _on(4, 4))
    study.run(create_code, "nowhere")
    found = _phases_of_changes(study)
    assert {label.split("‘")[1][:-1]: phase for label, phase in found.items() if label.startswith("Create code")} == {
        "before": None,
        "while coding": "coding",
        "while writing": "writing up",
        "coding again": "coding",
        "nowhere": None,
    }


def test_the_phase_is_known_after_opening_again(study: Study) -> None:
    _go(study, Phase.REFINING, _on(4, 2))
    path = study.path
    study.close()
    with Study.open(path) as again:
        again.run(create_code, "next day")
        assert _phases_of_changes(again)["Create code ‘next day’"] == Phase.REFINING.value


def test_a_visit_that_failed_leaves_the_phase_as_it_was(study: Study) -> None:
    _go(study, Phase.CODING, _on(4, 2))
    with pytest.raises(RuntimeError), study.change() as session:
        visit_phase(session, Phase.WRITING)
        session.flush()
        raise RuntimeError
    study.run(create_code, "still")
    assert _phases_of_changes(study)["Create code ‘still’"] == "coding"


def test_visits_are_added_and_corrected_later_and_say_so(study: Study) -> None:
    first = study.run(add_visit, Phase.FAMILIARISING, moment_on(date(2024, 1, 8)), moment_on(date(2024, 1, 31)))
    _go(study, Phase.CODING, _on(4, 2))
    with study.read() as session:
        told = {one.phase: one for one in visits(session)}
    assert told[Phase.FAMILIARISING].added_later and not told[Phase.CODING].added_later
    second = told[Phase.CODING].id
    study.run(note_on_visit, second, "With Dr Tan")
    study.run(correct_visit, first, ended_at=moment_on(date(2024, 2, 3)))
    with study.read() as session:
        told = {one.phase: one for one in visits(session)}
    assert told[Phase.FAMILIARISING].ended_on == date(2024, 2, 3)
    assert told[Phase.CODING].note == "With Dr Tan" and not told[Phase.CODING].added_later
    study.run(correct_visit, second, began_at=moment_on(date(2024, 3, 28)))
    with study.read() as session:
        (coding,) = (one for one in visits(session) if one.phase == Phase.CODING)
    assert coding.added_later and coding.ended_on is None
    study.run(delete_visit, second)
    assert _now(study) is None


@pytest.mark.parametrize(
    ("began", "ended", "said"),
    [
        (date(2024, 5, 2), date(2024, 5, 1), "cannot end before"),
        (date(2999, 5, 2), None, "has not come"),
        (date(2024, 5, 2), date(2999, 5, 1), "has not come"),
        (date(2024, 5, 2), None, "still going on"),
    ],
)
def test_visits_that_cannot_have_been_are_refused(study: Study, began: date, ended: date | None, said: str) -> None:
    _go(study, Phase.CODING, _on(4, 2))
    before = rows_of(study)
    with pytest.raises(NotPossible, match=said):
        study.run(add_visit, Phase.WRITING, moment_on(began), None if ended is None else moment_on(ended))
    assert rows_of(study) == before


def test_visiting_can_be_undone_and_redone(study: Study) -> None:
    _go(study, Phase.CODING, _on(4, 2))
    _go(study, Phase.WRITING, _on(4, 5))
    after = rows_of(study)
    study.undo()
    assert _now(study) == Phase.CODING
    study.redo()
    assert rows_of(study) == after
