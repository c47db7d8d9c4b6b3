"""Interaction excerpts: several turns as one passage, with what people do in it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QInputDialog, QMenu
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from app.models import Excerpt
from app.models.kinds import ExcerptLevel
from app.operations.excerpts import set_interaction
from app.ui.code.interaction_kinds import KINDS
from tests.ui.code.conftest import Bench


@pytest.fixture
def across(bench: Bench) -> Bench:
    """A moderator's question and one participant's answer are selected."""
    start, end = bench.span("Can you say more?")[0], bench.span("I was not there.")[1]
    bench.code.panel.select(start, end)
    return bench


def open_menu(bench: Bench) -> QMenu:
    bench.window.actions_["code.interaction"].trigger()
    menu = bench.code.coding.interactions.menu
    assert menu is not None
    return menu


def choose(menu: QMenu, text: str) -> None:
    next(action for action in menu.actions() if action.text() == text).trigger()
    menu.close()


def excerpts(bench: Bench) -> list[tuple[str, str]]:
    with bench.desk.read() as session:
        return [(row[0].value, row[1]) for row in session.execute(select(Excerpt.level, Excerpt.interaction))]


def test_turns_selected_become_an_interaction_excerpt_of_the_kind_and_the_box_opens(across: Bench) -> None:
    before = across.changes()
    menu = open_menu(across)
    assert [action.text() for action in menu.actions()][: len(KINDS)] == list(KINDS)
    choose(menu, "builds on")
    assert excerpts(across) == [("interaction", "builds on")]
    assert across.changes() == before + 1
    assert across.code.coding.box.isVisible()
    across.code.coding.box.codeWanted.emit(across.id("Distance"), False)
    assert excerpts(across) == [("interaction", "builds on")]
    ((mark,),) = across.code.marks.values()
    assert (mark.name, mark.kind, mark.interaction) == ("Distance", "builds on", True)


def test_closing_the_box_keeps_the_excerpt_and_one_undo_takes_it(across: Bench) -> None:
    choose(open_menu(across), "no answer")
    across.code.coding.box.close()
    assert excerpts(across) == [("interaction", "no answer")]
    across.window.undo()
    assert excerpts(across) == []


def test_closing_the_menu_leaves_no_trace(across: Bench) -> None:
    before = across.changes()
    open_menu(across).close()
    assert excerpts(across) == []
    assert across.changes() == before
    assert not across.code.coding.box.isVisible()


def test_one_turn_is_no_interaction_and_it_is_said(bench: Bench) -> None:
    bench.select("kept each other going")
    bench.window.actions_["code.interaction"].trigger()
    assert bench.said[-1].startswith("An interaction is between people")
    start, end = bench.span("Same here")[0], bench.span("honestly.")[1] + 1
    bench.code.panel.select(start, end)  # with the end of the line
    bench.window.actions_["code.interaction"].trigger()
    assert bench.said[-1].startswith("An interaction is between people")
    bench.code.panel.select(0, 0)
    bench.window.actions_["code.interaction"].trigger()
    assert bench.said[-1].startswith("Select the turns first")
    assert excerpts(bench) == []


def test_ones_own_word_is_kept_and_put_forward_next_time(across: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QInputDialog, "getText", lambda *_, **__: ("  repairs &  thanks 😀 ", True))
    choose(open_menu(across), "In your own word …")
    assert excerpts(across) == [("interaction", "repairs & thanks 😀")]
    across.code.coding.box.close()
    across.code.panel.select(across.span("Same here")[0], across.span("say more?")[1])
    texts = [action.text() for action in open_menu(across).actions()]
    assert "repairs && thanks 😀" in texts


def test_a_word_too_long_is_refused_with_a_sentence(across: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QInputDialog, "getText", lambda *_, **__: ("x" * 10_000, True))
    choose(open_menu(across), "In your own word …")
    assert "may have 80 characters" in across.said[-1]
    assert excerpts(across) == []


def test_the_same_turns_again_are_the_same_excerpt_with_the_new_kind(across: Bench) -> None:
    choose(open_menu(across), "agrees")
    across.code.coding.box.close()
    choose(open_menu(across), "challenges")
    assert excerpts(across) == [("interaction", "challenges")]


def test_the_sheet_shows_the_kind_and_changes_it(qtbot: QtBot, across: Bench) -> None:
    choose(open_menu(across), "agrees")
    across.code.coding.box.close()
    sheet = across.code.inspector.excerpt
    assert sheet.kind.isVisible()
    assert sheet.kind.text() == "agrees"
    assert sheet.kind.accessibleName() == "What people do here: agrees"
    qtbot.mouseClick(sheet.kind, Qt.MouseButton.LeftButton)
    menu = across.code.coding.interactions.menu
    assert menu is not None
    assert [action.text() for action in menu.actions() if action.isChecked()] == ["agrees"]
    choose(menu, "shifts view")
    assert excerpts(across) == [("interaction", "shifts view")]
    assert across.code.inspector.excerpt.kind.text() == "shifts view"
    qtbot.mouseClick(sheet.kind, Qt.MouseButton.LeftButton)
    assert across.code.coding.interactions.menu is not None
    choose(across.code.coding.interactions.menu, "Not told")
    assert excerpts(across) == [("interaction", "")]
    assert across.code.inspector.excerpt.kind.text() == "What people do …"


def test_an_excerpt_of_one_person_shows_no_kind(bench: Bench) -> None:
    bench.select("kept each other going")
    bench.window.actions_["code.take"].trigger()
    assert not bench.code.inspector.excerpt.kind.isVisible()


def test_more_codes_go_on_the_same_excerpt(across: Bench) -> None:
    choose(open_menu(across), "asks")
    across.code.coding.box.close()
    across.code.panel.select(0, 0)
    across.code.coding.code_with([across.id("Distance")])
    across.code.coding.code_with_new("Asking back")
    assert excerpts(across) == [("interaction", "asks")]
    assert {name for _, name in across.coded()} == {"Distance", "Asking back"}


def test_the_kind_is_told_to_who_does_not_see_the_bracket(qtbot: QtBot, across: Bench) -> None:
    choose(open_menu(across), "laughs together")
    across.code.coding.box.codeWanted.emit(across.id("Distance"), True)
    said = "Excerpt coded as Distance (laughs together; unsure)"
    qtbot.waitUntil(lambda: across.code.panel.view.accessibleDescription() == said)


def test_words_of_one_person_become_an_interaction_once(bench: Bench) -> None:
    script = bench.code.script
    assert script is not None
    bench.select("kept each other going")
    bench.window.actions_["code.take"].trigger()
    (excerpt_id,) = bench.code.marks
    assert bench.desk.done(set_interaction, excerpt_id, "builds on")
    assert excerpts(bench) == [(ExcerptLevel.INTERACTION.value, "builds on")]
    before = bench.changes()
    assert bench.desk.done(set_interaction, excerpt_id, " builds\non ")
    assert bench.changes() == before
    bench.code.panel.select(*bench.span("kept each other going"))
    bench.code.inspector.show_excerpt(None)
    bench.window.actions_["code.take"].trigger()
    other = next(one for one in bench.code.marks if one != excerpt_id)
    assert not bench.desk.done(set_interaction, other, "asks")
    assert bench.said[-1] == "There is already an interaction excerpt with these ends."
