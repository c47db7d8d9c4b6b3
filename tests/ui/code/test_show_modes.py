"""Which codings stand in the text, chosen by the control over it or by command; remembered for each study."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.models.kinds import ExcerptLevel
from app.operations.codes import create_code, delete_code
from app.operations.codings import code_passage
from app.operations.excerpts import take_excerpt
from app.operations.themes import create_theme
from app.ui.code.show_modes import Mode
from app.ui.code.workspace import CodeWorkspace
from tests.ui.code.conftest import Bench


@pytest.fixture
def coded(bench: Bench) -> Bench:
    """Three codings, one of them unsure, one between people; an excerpt without a code."""
    script = bench.code.script
    assert script is not None

    def code(words: str, name: str, **how: object) -> None:
        bench.desk.run(code_passage, script.id, *bench.span(words), bench.id(name), **how)

    code("a place where I belong", "Belonging by being noticed")
    code("kept each other going", "Distance", unsure=True)
    start, end = bench.span("Same here")[0], bench.span("say more?")[1]
    bench.desk.run(code_passage, script.id, start, end, bench.id("The inherited drive"), level=ExcerptLevel.INTERACTION)
    bench.desk.run(take_excerpt, script.id, *bench.span("pass it on"))
    return bench


def seen(bench: Bench) -> set[str]:
    """The names of the codings in the text."""
    return {mark.name for mark in bench.code.panel.view.spans.marks.values()}


def show(bench: Bench, mode: Mode) -> None:
    bench.window.actions_[f"code.show_{mode}"].trigger()


EVERYTHING = {"Belonging by being noticed", "Distance", "The inherited drive", "no code yet"}


@pytest.mark.parametrize(
    ("mode", "names"),
    [
        (Mode.ALL, EVERYTHING),
        (Mode.UNSURE, {"Distance"}),
        (Mode.INTERACTION, {"The inherited drive"}),
        (Mode.NONE, set()),
    ],
)
def test_each_mode_shows_its_codings_and_the_study_keeps_all(coded: Bench, mode: Mode, names: set[str]) -> None:
    before, changes = coded.coded(), coded.changes()
    show(coded, mode)
    assert seen(coded) == names
    assert coded.coded() == before
    assert coded.changes() == changes


def test_only_the_chosen_code_follows_what_is_chosen_with_those_beneath(coded: Bench) -> None:
    place = coded.code
    child = coded.desk.run(create_code, "Near", parent_id=coded.id("Distance"))
    assert place.script is not None
    coded.desk.run(code_passage, place.script.id, *coded.span("Somebody noticed"), child)
    show(coded, Mode.CHOSEN)
    assert seen(coded) == set()
    assert "Choose a code" in place.show_bar.told.text()
    place.show_code(coded.id("Distance"))
    place.inspector.settle()
    assert seen(coded) == {"Distance", "Near"}
    assert place.show_bar.combo.currentText() == "Only Distance"
    place.tree.codeChosen.emit(coded.id("The inherited drive"))
    place.inspector.settle()
    assert seen(coded) == {"The inherited drive"}
    coded.desk.run(delete_code, coded.id("The inherited drive"))
    place.inspector.settle()
    assert seen(coded) == set()


def choose(bench: Bench, text: str) -> None:
    """Choose in the opened list."""
    combo = bench.code.show_bar.combo
    combo.showPopup()
    combo.hidePopup()
    at = next(at for at in range(combo.count()) if text in combo.itemText(at))
    combo.setCurrentIndex(at)
    combo.activated.emit(at)


def test_one_theme_shows_the_codes_of_it_and_of_its_subthemes(coded: Bench) -> None:
    above = coded.desk.run(create_theme, "Staying")
    below = coded.desk.run(create_theme, "Being kept", parent_id=above)
    from app.operations.themes import add_code

    coded.desk.run(add_code, below, coded.id("Distance"))
    choose(coded, "Theme: Staying")
    assert seen(coded) == {"Distance"}
    assert coded.code.show_bar.combo.currentText() == "Theme: Staying"
    assert coded.window.actions_["code.show_theme"].isChecked()
    coded.desk.run(add_code, above, coded.id("The inherited drive"))
    assert seen(coded) == {"Distance", "The inherited drive"}


def test_a_mode_asked_for_again_ends(coded: Bench) -> None:
    show(coded, Mode.NONE)
    assert coded.window.actions_["code.show_none"].isChecked()
    show(coded, Mode.NONE)
    assert seen(coded) == EVERYTHING
    assert coded.window.actions_["code.show_all"].isChecked()


def test_the_control_says_that_codings_are_hidden_and_brings_them_back(qtbot: QtBot, coded: Bench) -> None:
    bar = coded.code.show_bar
    assert not bar.told.isVisible()
    assert not bar.all.isVisible()
    show(coded, Mode.UNSURE)
    assert bar.told.isVisible()
    assert bar.told.text() == "Other codings are hidden"
    qtbot.mouseClick(bar.all, Qt.MouseButton.LeftButton)
    assert seen(coded) == EVERYTHING
    assert not bar.told.isVisible()


def test_it_is_remembered_for_the_study(coded: Bench) -> None:
    show(coded, Mode.UNSURE)
    again = CodeWorkspace(coded.desk)
    assert again.show_bar.showing.mode == Mode.UNSURE
    again.deleteLater()


@pytest.mark.parametrize("held", ["nonsense", "theme:gone", "theme:", ""])
def test_what_is_remembered_and_no_longer_there_is_all(coded: Bench, held: str) -> None:
    coded.desk.settings.remember_place(coded.desk.study.key, "codings/shown", held)
    coded.code.show_bar.restore()
    assert seen(coded) == EVERYTHING


def test_a_coding_made_while_hidden_is_said_and_stays_hidden(coded: Bench) -> None:
    offered: list[str] = []
    coded.desk.offered.connect(lambda sentence, *_: offered.append(sentence))
    show(coded, Mode.NONE)
    coded.select("Somebody noticed")
    coded.code.coding.code_with([coded.id("Distance")])
    assert seen(coded) == set()
    assert offered == ["Coded as “Distance”; this coding is hidden now."]
    show(coded, Mode.ALL)
    assert ("Somebody noticed", "Distance") in coded.coded()
    assert len(coded.code.panel.view.spans.marks) == 5


def test_a_coding_that_becomes_unsure_appears_among_the_unsure(coded: Bench) -> None:
    from app.operations.codings import mark_unsure

    show(coded, Mode.UNSURE)
    mark = next(m for marks in coded.code.marks.values() for m in marks if m.name.startswith("Belonging"))
    coded.desk.done(mark_unsure, mark.coding_id, unsure=True)
    assert seen(coded) == {"Distance", "Belonging by being noticed"}
    coded.desk.done(mark_unsure, mark.coding_id, unsure=False)
    assert seen(coded) == {"Distance"}


def test_hidden_codings_still_count_as_coded(coded: Bench) -> None:
    coded.code.panel.select(0, 0)
    shown = []
    while coded.code.panel.going.next_uncoded():
        shown.append(coded.code.panel.selection())
    show(coded, Mode.NONE)
    coded.code.panel.select(0, 0)
    hidden = []
    while coded.code.panel.going.next_uncoded():
        hidden.append(coded.code.panel.selection())
    assert shown == hidden
    assert len(shown) > 2


def test_arrow_keys_go_through_the_modes(qtbot: QtBot, coded: Bench) -> None:
    combo = coded.code.show_bar.combo
    combo.setFocus()
    qtbot.keyClick(combo, Qt.Key.Key_Down)
    assert coded.code.show_bar.showing.mode == Mode.CHOSEN
    qtbot.keyClick(combo, Qt.Key.Key_Down)
    assert coded.code.show_bar.showing.mode == Mode.UNSURE
    qtbot.keyClick(combo, Qt.Key.Key_Up)
    qtbot.keyClick(combo, Qt.Key.Key_Up)
    assert coded.code.show_bar.showing.mode == Mode.ALL
    assert seen(coded) == EVERYTHING
