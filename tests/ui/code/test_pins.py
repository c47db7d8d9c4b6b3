"""Pinned codes: Alt and a digit codes; pins are kept for each study, and are no change of it."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu, QToolButton
from pytestqt.qtbot import QtBot

from app.operations.codes import create_code, delete_code, edit_code, set_aside
from app.ui.code.pin_commands import pin_menu
from app.ui.window.main_window import MainWindow
from tests.ui.code.conftest import Bench

ALT = Qt.KeyboardModifier.AltModifier
WORDS = "felt like a place where I belong"


def pin(bench: Bench, name: str, number: int) -> None:
    bench.code.show_code(bench.id(name))
    bench.window.actions_[f"code.pin_as_{number}"].trigger()


def chips(bench: Bench) -> list[str]:
    return [chip.accessibleName() for chip in bench.code.pin_bar.findChildren(QToolButton) if chip.isVisible()]


@pytest.mark.parametrize("number", [1, 5, 9])
def test_alt_and_a_digit_codes_the_selection(qtbot: QtBot, bench: Bench, number: int) -> None:
    pin(bench, "Distance", number)
    bench.select(WORDS)
    qtbot.keyClick(bench.code.panel.view, Qt.Key(Qt.Key.Key_0 + number), ALT)
    assert bench.coded() == {(WORDS, "Distance")}


def test_it_codes_the_excerpt_at_hand_without_a_selection(qtbot: QtBot, bench: Bench) -> None:
    pin(bench, "Distance", 1)
    pin(bench, "The inherited drive", 2)
    bench.select(WORDS)
    qtbot.keyClick(bench.code.panel.view, Qt.Key.Key_1, ALT)
    bench.code.panel.select(0, 0)
    qtbot.keyClick(bench.code.panel.view, Qt.Key.Key_2, ALT)
    assert bench.coded() == {(WORDS, "Distance"), (WORDS, "The inherited drive")}


def test_without_words_or_without_a_pin_it_is_said(qtbot: QtBot, bench: Bench) -> None:
    pin(bench, "Distance", 1)
    bench.code.panel.select(20, 20)
    qtbot.keyClick(bench.code.panel.view, Qt.Key.Key_1, ALT)
    bench.select(WORDS)
    qtbot.keyClick(bench.code.panel.view, Qt.Key.Key_2, ALT)
    assert bench.said[-2:] == [
        "Select some words first, then choose the code.",
        "No code is pinned as 2. Choose a code, then “Pin or unpin the code”.",
    ]
    assert bench.coded() == set()


def test_pins_are_no_change_and_outlive_closing(bench: Bench) -> None:
    before = bench.changes()
    pin(bench, "Distance", 3)
    assert bench.changes() == before
    path, window = bench.desk.study.path, bench.window
    window.close_study()
    assert window.open_study(path)
    again = Bench(window)
    assert again.code.pins.code(3) == again.id("Distance")
    assert window.actions_["code.pinned_3"].text() == "Code with 3: Distance"


def test_another_study_has_its_own_pins(bench: Bench, tmp_path: Path) -> None:
    pin(bench, "Distance", 3)
    assert bench.window.new_study(tmp_path / "other.reflexa")
    assert Bench(bench.window).code.pins.numbers() == {}


def test_chips_show_the_pins_only_if_there_are_some_and_code_when_clicked(qtbot: QtBot, bench: Bench) -> None:
    assert not bench.code.pin_bar.isVisible()
    pin(bench, "Distance", 2)
    pin(bench, "The inherited drive", 1)
    assert chips(bench) == ["Code with 1: The inherited drive", "Code with 2: Distance"]
    bench.select(WORDS)
    qtbot.mouseClick(bench.code.pin_bar.findChild(QToolButton, "code.pins.2"), Qt.MouseButton.LeftButton)
    assert bench.coded() == {(WORDS, "Distance")}
    bench.code.show_code(bench.id("Distance"))
    bench.window.actions_["code.pin"].trigger()
    bench.code.show_code(bench.id("The inherited drive"))
    bench.window.actions_["code.pin"].trigger()
    assert not bench.code.pin_bar.isVisible()


def test_nine_pins_share_the_row_and_none_is_cut_off(qtbot: QtBot, bench: Bench) -> None:
    for number in range(1, 10):
        bench.desk.run(create_code, f"A rather long name of a code & more, number {number}")
        pin(bench, f"A rather long name of a code & more, number {number}", number)
    for width in (700, 1280):
        bench.window.resize(width, 800)
        qtbot.wait(1)
        bar = bench.code.pin_bar
        buttons = [button for button in bar.findChildren(QToolButton) if button.isVisible()]
        assert len(buttons) == 9
        assert len({button.y() for button in buttons}) == 1
        assert all(one.geometry().right() < other.x() for one, other in pairwise(buttons))
        if bar.width() > 600:
            assert buttons[-1].geometry().right() <= bar.width()


def test_a_renamed_code_keeps_its_pin_and_is_called_by_its_name(bench: Bench) -> None:
    pin(bench, "Distance", 1)
    bench.desk.run(edit_code, bench.id("Distance"), name="Near & far")
    assert chips(bench) == ["Code with 1: Near & far"]
    assert bench.window.actions_["code.pinned_1"].text() == "Code with 1: Near && far"


def test_a_deleted_code_leaves_the_row_and_comes_back_with_undo(qtbot: QtBot, bench: Bench) -> None:
    pin(bench, "Distance", 1)
    bench.desk.run(delete_code, bench.id("Distance"))
    assert chips(bench) == []
    bench.select(WORDS)
    qtbot.keyClick(bench.code.panel.view, Qt.Key.Key_1, ALT)
    assert bench.coded() == set()
    bench.window.undo()
    assert chips(bench) == ["Code with 1: Distance"]


def test_a_code_set_aside_is_refused_in_a_sentence(qtbot: QtBot, bench: Bench) -> None:
    pin(bench, "Distance", 1)
    bench.desk.run(set_aside, bench.id("Distance"))
    bench.select(WORDS)
    qtbot.keyClick(bench.code.panel.view, Qt.Key.Key_1, ALT)
    assert bench.said[-1] == "“Distance” is set aside. Bring it back before coding with it."


def test_a_code_has_one_number_and_a_number_one_code(bench: Bench) -> None:
    pin(bench, "Distance", 1)
    pin(bench, "Distance", 2)
    assert bench.code.pins.numbers() == {bench.id("Distance"): 2}
    pin(bench, "The inherited drive", 2)
    assert bench.code.pins.numbers() == {bench.id("The inherited drive"): 2}
    pin(bench, "The inherited drive", 2)
    assert bench.code.pins.numbers() == {}


def test_pin_or_unpin_takes_the_first_free_number_and_says_when_there_is_none(bench: Bench) -> None:
    pin(bench, "Distance", 1)
    for number in range(3, 10):
        bench.desk.run(create_code, f"code {number}")
        pin(bench, f"code {number}", number)
    bench.code.show_code(bench.id("The inherited drive"))
    bench.window.actions_["code.pin"].trigger()
    assert bench.code.pins.number(bench.id("The inherited drive")) == 2
    bench.code.show_code(bench.id("Our jokes, our words"))
    bench.window.actions_["code.pin"].trigger()
    assert bench.said[-1] == "All nine numbers are taken: choose one under “Pin the code as”."


def test_without_a_code_at_hand_pinning_says_what_to_do(bench: Bench) -> None:
    bench.code.tree.clearSelection()
    for action in ("code.pin", "code.pin_as_1"):
        bench.window.actions_[action].trigger()
    assert bench.said == ["Choose a code first: in the list, or in an excerpt."] * 2
    assert bench.code.pins.numbers() == {}


def test_the_menu_of_a_code_ticks_its_number_and_names_those_taken(bench: Bench) -> None:
    pin(bench, "The inherited drive", 1)
    pin(bench, "Distance", 2)
    menu = QMenu(bench.window)
    rows = pin_menu(bench.code, menu).actions()
    assert [row.text() for row in rows[:3]] == ["1   The inherited drive", "2   Distance", "3"]
    assert [row.isChecked() for row in rows[:3]] == [False, True, False]
    rows[4].trigger()
    assert bench.code.pins.code(5) == bench.id("Distance")


@pytest.mark.parametrize("kept", ["", "[]", "3", "{", '{"0": "x", "12": "y"}', '{"a": "b"}'])
def test_pins_that_cannot_be_read_are_none(window: MainWindow, bench: Bench, kept: str) -> None:
    from app.ui.code.pins import Pins

    bench.desk.settings.remember_place(bench.desk.study.key, "pins", kept)
    assert Pins(bench.desk.settings, bench.desk.study.key, window).numbers() == {}
