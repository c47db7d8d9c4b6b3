"""Select, type a few letters, Enter: what the quick-code box takes, makes and leaves."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from app.models.kinds import CodeOrigin
from app.operations.codes import set_aside
from tests.ui.code.conftest import Bench

WORDS = "felt like a place where I belong"
ENTER, SHIFT, CTRL = Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier


def type_over(qtbot: QtBot, bench: Bench, words: str, typed: str) -> None:
    bench.select(words)
    qtbot.keyClicks(bench.code.panel.view, typed)
    assert bench.code.coding.box.isVisible()


@pytest.mark.parametrize("typed", ["bel", "notic", "bbbn", "belonigng", "BELONGING BY BEING NOTICED"])
def test_enter_takes_the_code_that_is_meant(qtbot: QtBot, bench: Bench, typed: str) -> None:
    type_over(qtbot, bench, WORDS, typed)
    qtbot.keyClick(bench.code.coding.box.field, ENTER)
    assert bench.coded() == {(WORDS, "Belonging by being noticed")}
    assert not bench.code.coding.box.isVisible()
    assert len(bench.code.codes) == 4


@pytest.mark.parametrize("typed", ["belonging elsewhere", "drives", "zz", "inherit a drive"])
def test_enter_makes_a_new_code_where_none_is_meant(qtbot: QtBot, bench: Bench, typed: str) -> None:
    if typed == "drives":
        typed = "longing"
    type_over(qtbot, bench, WORDS, typed)
    qtbot.keyClick(bench.code.coding.box.field, ENTER)
    assert bench.coded() == {(WORDS, typed)}
    assert len(bench.code.codes) == 5


def test_new_code_with_its_coding_is_one_change_and_one_undo(qtbot: QtBot, bench: Bench) -> None:
    before = bench.changes()
    type_over(qtbot, bench, WORDS, "care")
    qtbot.keyClick(bench.code.coding.box.field, ENTER)
    assert bench.changes() == before + 1
    qtbot.keyClick(bench.code.panel.view, Qt.Key.Key_Z, CTRL)
    assert bench.coded() == set()
    assert len(bench.code.codes) == 4


def test_control_enter_makes_a_new_code_even_if_one_fits(qtbot: QtBot, bench: Bench) -> None:
    type_over(qtbot, bench, WORDS, "Bel")
    qtbot.keyClick(bench.code.coding.box.field, ENTER, CTRL)
    assert bench.coded() == {(WORDS, "Bel")}


def test_parent_and_child_are_made_at_once(qtbot: QtBot, bench: Bench) -> None:
    type_over(qtbot, bench, WORDS, "distance / silence")
    qtbot.keyClick(bench.code.coding.box.field, ENTER, CTRL)
    assert bench.coded() == {(WORDS, "silence")}
    assert bench.row("silence").path == "Distance / silence"


def test_shift_enter_stays_for_another_code_on_the_same_words(qtbot: QtBot, bench: Bench) -> None:
    type_over(qtbot, bench, WORDS, "bel")
    field = bench.code.coding.box.field
    qtbot.keyClick(field, ENTER, SHIFT)
    assert bench.code.coding.box.isVisible()
    qtbot.keyClicks(field, "new one")
    qtbot.keyClick(field, ENTER, SHIFT)
    qtbot.keyClicks(field, "dist")
    qtbot.keyClick(field, ENTER)
    assert not bench.code.coding.box.isVisible()
    assert bench.coded() == {(WORDS, name) for name in ("Belonging by being noticed", "new one", "Distance")}
    assert len(bench.code.marks) == 1


def test_escape_leaves_no_trace(qtbot: QtBot, bench: Bench) -> None:
    before = bench.changes()
    type_over(qtbot, bench, WORDS, "bel")
    qtbot.keyClick(bench.code.coding.box.field, Qt.Key.Key_Escape)
    assert not bench.code.coding.box.isVisible()
    assert bench.changes() == before
    assert bench.code.panel.selection() == bench.span(WORDS)
    qtbot.waitUntil(bench.code.panel.view.hasFocus)


def test_after_escape_the_next_code_goes_to_the_words_selected_then(qtbot: QtBot, bench: Bench) -> None:
    type_over(qtbot, bench, WORDS, "bel")
    qtbot.keyClick(bench.code.coding.box.field, Qt.Key.Key_Escape)
    bench.select("kept each other going")
    bench.code.tree.applyWanted.emit(bench.id("Distance"))
    assert bench.coded() == {("kept each other going", "Distance")}


def test_arrows_choose_another_row(qtbot: QtBot, bench: Bench) -> None:
    type_over(qtbot, bench, WORDS, "bel")
    field = bench.code.coding.box.field
    qtbot.keyClick(field, Qt.Key.Key_Down)
    qtbot.keyClick(field, ENTER)
    assert bench.coded() == {(WORDS, "bel")}


def test_a_click_in_the_list_takes_that_row(qtbot: QtBot, bench: Bench) -> None:
    type_over(qtbot, bench, WORDS, "d")
    box = bench.code.coding.box
    rows = [box.list.item(place).text() for place in range(box.list.count())]
    place = rows.index("The inherited drive")
    spot = box.list.visualItemRect(box.list.item(place)).center()
    qtbot.mouseClick(box.list.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert bench.coded() == {(WORDS, "The inherited drive")}


def test_a_code_set_aside_is_not_offered(qtbot: QtBot, bench: Bench) -> None:
    bench.desk.run(set_aside, bench.id("Distance"))
    type_over(qtbot, bench, WORDS, "dista")
    box = bench.code.coding.box
    assert "Distance" not in [box.list.item(place).text() for place in range(box.list.count())]
    qtbot.keyClick(box.field, Qt.Key.Key_Escape)


def test_typing_without_a_selection_says_what_to_do(qtbot: QtBot, bench: Bench) -> None:
    bench.code.panel.select(20, 20)
    qtbot.keyClicks(bench.code.panel.view, "b")
    assert not bench.code.coding.box.isVisible()
    assert bench.said == ["Select some words first, then type the code."]


def test_enter_on_an_empty_field_codes_nothing_unless_a_row_is_there(qtbot: QtBot, bench: Bench) -> None:
    bench.select(WORDS)
    bench.window.actions_["code.quick"].trigger()
    box = bench.code.coding.box
    assert box.isVisible()
    qtbot.keyClicks(box.field, "   ")
    assert not any("New code" in box.list.item(place).text() for place in range(box.list.count()))
    qtbot.keyClick(box.field, Qt.Key.Key_Escape)


def test_two_codes_on_one_excerpt_are_one_excerpt(qtbot: QtBot, bench: Bench) -> None:
    for typed in ("bel", "dist"):
        type_over(qtbot, bench, WORDS, typed)
        qtbot.keyClick(bench.code.coding.box.field, ENTER)
    assert len(bench.coded()) == 2
    assert len(bench.code.marks) == 1


def test_edge_punctuation_and_spaces_join_the_excerpt_that_is_there(qtbot: QtBot, bench: Bench) -> None:
    type_over(qtbot, bench, "Same here", "bel")
    qtbot.keyClick(bench.code.coding.box.field, ENTER)
    type_over(qtbot, bench, "Same here. ", "dist")
    qtbot.keyClick(bench.code.coding.box.field, ENTER)
    assert len(bench.code.marks) == 1
    assert {quote for quote, _ in bench.coded()} == {"Same here"}


def test_coding_the_same_again_says_so_and_changes_nothing(qtbot: QtBot, bench: Bench) -> None:
    type_over(qtbot, bench, WORDS, "bel")
    qtbot.keyClick(bench.code.coding.box.field, ENTER)
    before = bench.changes()
    type_over(qtbot, bench, WORDS, "bel")
    qtbot.keyClick(bench.code.coding.box.field, ENTER)
    assert bench.changes() == before
    assert bench.said[-1] == "This excerpt has “Belonging by being noticed” already."


def test_repeat_last_and_in_vivo(qtbot: QtBot, bench: Bench) -> None:
    type_over(qtbot, bench, WORDS, "bel")
    qtbot.keyClick(bench.code.coding.box.field, ENTER)
    bench.select("kept each other going")
    bench.window.actions_["code.repeat"].trigger()
    bench.select("pass it on.")
    bench.window.actions_["code.in_vivo"].trigger()
    assert bench.coded() == {
        (WORDS, "Belonging by being noticed"),
        ("kept each other going", "Belonging by being noticed"),
        ("pass it on.", "pass it on"),
    }
    assert bench.row("pass it on").origin == CodeOrigin.IN_VIVO


def test_in_vivo_words_that_are_a_code_already_take_that_code(bench: Bench) -> None:
    for _ in range(2):
        bench.select("pass it on")
        bench.window.actions_["code.in_vivo"].trigger()
    bench.select("pass it on.")
    bench.code.panel.select(*bench.span("Somebody"))
    bench.code.coding.code_with([bench.id("pass it on")])
    assert bench.coded() == {("pass it on", "pass it on"), ("Somebody", "pass it on")}


def test_repeat_before_anything_was_coded_says_so(bench: Bench) -> None:
    bench.select(WORDS)
    bench.window.actions_["code.repeat"].trigger()
    assert bench.said == ["No code was used yet in this sitting."]


def test_the_box_never_covers_the_selection(qtbot: QtBot, bench: Bench) -> None:
    box = bench.code.coding.box
    room = QGuiApplication.primaryScreen().availableGeometry()
    for top in (room.top() + 5, room.center().y(), room.bottom() - 30):
        for left in (room.left(), room.right() - 60):
            selection = QRect(left, top, 50, 24)
            box.open_at(selection, "b")
            assert not box.geometry().intersects(selection)
            assert room.contains(box.geometry())
            box.hide()


def test_the_box_stays_on_the_screen_beside_a_selection_of_the_whole_view(qtbot: QtBot, bench: Bench) -> None:
    room = QGuiApplication.primaryScreen().availableGeometry()
    bench.code.coding.box.open_at(room, "b")
    assert room.contains(bench.code.coding.box.geometry())
    bench.code.coding.box.hide()


def test_names_that_look_like_markup_are_shown_as_they_are(qtbot: QtBot, bench: Bench) -> None:
    type_over(qtbot, bench, WORDS, "<b>x</b> & y")
    qtbot.keyClick(bench.code.coding.box.field, ENTER)
    assert bench.coded() == {(WORDS, "<b>x</b> & y")}


def test_a_letter_typed_while_the_box_opens_goes_into_it(qtbot: QtBot, bench: Bench) -> None:
    bench.select(WORDS)
    qtbot.keyClicks(bench.code.panel.view, "bel")
    assert bench.code.coding.box.field.text() == "bel"
    qtbot.keyClick(bench.code.coding.box.field, Qt.Key.Key_Escape)
