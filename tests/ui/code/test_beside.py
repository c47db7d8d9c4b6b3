"""Two transcripts beside each other: read one while coding in the other, and change places."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.operations.codings import code_passage
from app.ui.code.beside import Beside
from app.ui.code.workspace import CodeWorkspace
from app.ui.window.main_window import MainWindow


@pytest.fixture
def place(demo_window: MainWindow) -> CodeWorkspace:
    """The example, with a second transcript beside the first."""
    shown = demo_window.show_place("code")
    assert isinstance(shown, CodeWorkspace)
    shown.show_source(shown.cards[0].id)
    demo_window.actions_["code.beside"].trigger()
    return shown


def beside(place: CodeWorkspace) -> Beside:
    """The second one."""
    return place.beside


def test_another_transcript_stands_beside_with_its_codings(place: CodeWorkspace) -> None:
    assert beside(place).isVisible()
    assert beside(place).source_id == place.cards[1].id
    assert beside(place).panel.view.spans.marks
    assert beside(place).panel.view.text != place.panel.view.text
    beside(place).choice.setCurrentIndex(2)
    beside(place).choice.activated.emit(2)
    assert beside(place).source_id == place.cards[2].id


def test_a_coding_made_in_either_is_drawn_in_both(place: CodeWorkspace) -> None:
    beside(place).show_source(place.cards[0].id)
    before = len(beside(place).panel.view.spans.marks)
    place.desk.run(code_passage, place.cards[0].id, 300, 340, next(iter(place.codes)))
    assert len(beside(place).panel.view.spans.marks) == before + 1


def test_the_two_change_places_and_the_selection_comes_along(place: CodeWorkspace, qtbot: QtBot) -> None:
    beside(place).panel.select(500, 520)
    beside(place).work.click()
    assert place.script.id == place.cards[1].id
    assert place.panel.selection() == (500, 520)
    assert beside(place).source_id == place.cards[0].id


def test_typing_beside_says_what_to_do_and_changes_nothing(place: CodeWorkspace, qtbot: QtBot) -> None:
    said: list[str] = []
    place.desk.said.connect(lambda sentence, _: said.append(sentence))
    beside(place).panel.select(500, 520)
    qtbot.keyClicks(beside(place).panel.view, "x")
    assert said == ["To code here, work in this transcript first."]
    assert not place.coding.box.isVisible()


def test_it_closes_by_button_and_by_the_same_command(place: CodeWorkspace) -> None:
    beside(place).shut.click()
    assert not beside(place).isVisible()
    place.desk.actions["code.beside"].trigger()
    assert beside(place).isVisible()
    place.desk.actions["code.beside"].trigger()
    assert not beside(place).isVisible()
    assert place.panel.view.hasFocus() or place.panel.view.focusPolicy() != Qt.FocusPolicy.NoFocus
