"""The codings that one does not see yet come in bit by bit, and nobody can tell from what is shown."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from app.operations.codings import code_passage, remove_code
from app.ui.code import rest_of_codings
from app.ui.transcript.spans import SpanIndex
from tests.ui.code.conftest import Bench


@pytest.fixture
def many(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> Bench:
    """Codings over every word, read three characters at a time, one part a turn."""
    monkeypatch.setattr(rest_of_codings, "FIRST_PART", 3)
    monkeypatch.setattr(rest_of_codings, "FEW", 0)
    monkeypatch.setattr(rest_of_codings, "AT_ONCE", 0.0)
    script = bench.code.script
    assert script is not None
    turn = script.turns[0]
    ids = list(bench.code.codes)
    with bench.desk.study.change("Codings") as session:
        for number, at in enumerate(range(turn.start, turn.end - 4, 3)):
            code_passage(session, script.id, at, min(turn.end, at + 5 + number % 7), ids[number % len(ids)])
        code_passage(session, script.id, 0, len(script.text), ids[0])
    open_anew(bench)
    return bench


def open_anew(bench: Bench) -> None:
    """Open the transcript as if one came from another."""
    script = bench.code.script
    assert script is not None
    bench.code.script = None
    bench.code.show_source(script.id)


def lanes(bench: Bench) -> dict[str, int]:
    """{key: lane} of all that is shown."""
    spans = bench.code.panel.view.spans
    return {key: spans.lane(mark) for key, mark in spans.marks.items()}


def test_what_came_bit_by_bit_is_what_comes_at_once(qtbot: QtBot, many: Bench) -> None:
    taken: list[int] = []
    whole = many.code.take_codings
    many.code.take_codings = lambda *given: (taken.append(1), whole(*given))  # type: ignore[method-assign,assignment]
    open_anew(many)
    assert not taken
    qtbot.waitUntil(lambda: bool(taken), timeout=5000)
    bit_by_bit, marks = lanes(many), dict(many.code.marks)
    open_anew(many)
    assert many.code.marks == marks
    assert lanes(many) == bit_by_bit
    fresh = SpanIndex([mark for beside in marks.values() for mark in beside])
    assert {key: fresh.lane(mark) for key, mark in fresh.marks.items()} == bit_by_bit


def test_a_coding_made_and_one_taken_off_meanwhile_are_seen_once(many: Bench) -> None:
    script = many.code.script
    assert script is not None
    start, end = many.span("Same here")
    many.desk.run(code_passage, script.id, start, end, many.id("Distance"))
    assert ("Same here", "Distance") in many.coded()
    open_anew(many)
    excerpt = next(one for one, marks in many.code.marks.items() if (marks[0].start, marks[0].end) == (start, end))
    open_anew(many)
    many.desk.run(remove_code, excerpt, many.id("Distance"))
    assert [mark.code_id for mark in many.code.marks[excerpt]] == [""]
    shown = many.code.panel.view.spans.over(start, end)
    assert [mark.name for mark in shown if mark.excerpt_id == excerpt] == ["no code yet"]


def test_the_window_may_close_while_they_come(many: Bench, qtbot: QtBot) -> None:
    open_anew(many)
    many.window.close_study()
    qtbot.wait(30)
    assert many.window.desk is None


def test_hidden_codings_are_gathered_too(many: Bench) -> None:
    many.window.actions_["code.show_none"].trigger()
    open_anew(many)
    assert many.code.marks
    assert not many.code.panel.view.spans.marks
    assert len(many.code.panel.view.hidden.marks) == sum(len(marks) for marks in many.code.marks.values())
