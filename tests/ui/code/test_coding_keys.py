"""Coding by key beyond the box: doubt, which code to remove, ends by word, and selections that hold nothing."""

from __future__ import annotations

import re

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from pytestqt.qtbot import QtBot

from app.models.kinds import Consent
from app.operations.codes import create_code, move_code, set_aside
from app.operations.codings import code_passage
from app.operations.excerpts import take_excerpt
from app.operations.people import edit_participant
from tests.ui.code.conftest import Bench

ENTER, ESC = Qt.Key.Key_Return, Qt.Key.Key_Escape
CTRL, SHIFT, ALT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)
WORDS = "felt like a place where I belong"


def code(bench: Bench, words: str, name: str, *, unsure: bool = False) -> str:
    assert bench.code.script is not None
    coded = bench.desk.run(code_passage, bench.code.script.id, *bench.span(words), bench.id(name), unsure=unsure)
    bench.code.show_excerpt(coded.excerpt_id)
    return coded.excerpt_id


def unsure(bench: Bench) -> dict[str, bool]:
    return {mark.name: mark.unsure for marks in bench.code.marks.values() for mark in marks}


def quote(bench: Bench, excerpt_id: str) -> str:
    mark = bench.code.marks[excerpt_id][0]
    return bench.code.script.text[mark.start : mark.end]


# --- the box ---------------------------------------------------------------------------------------------------------


def test_alt_enter_codes_as_unsure_and_again_makes_what_is_there_unsure(qtbot: QtBot, bench: Bench) -> None:
    code(bench, WORDS, "Distance")
    for typed in ("bel", "dist", "quite new"):
        bench.select(WORDS)
        qtbot.keyClicks(bench.code.panel.view, typed)
        qtbot.keyClick(bench.code.coding.box.field, ENTER, ALT)
    assert unsure(bench) == {"Distance": True, "Belonging by being noticed": True, "quite new": True}


def test_alt_shift_enter_is_unsure_and_stays(qtbot: QtBot, bench: Bench) -> None:
    bench.select(WORDS)
    qtbot.keyClicks(bench.code.panel.view, "bel")
    qtbot.keyClick(bench.code.coding.box.field, ENTER, ALT | SHIFT)
    assert bench.code.coding.box.isVisible()
    assert unsure(bench) == {"Belonging by being noticed": True}
    qtbot.keyClick(bench.code.coding.box.field, ESC)


@pytest.mark.parametrize("committed", ["归属", "ح", "ひらがな", "é"])
def test_what_an_input_method_commits_opens_the_box(bench: Bench, committed: str) -> None:
    bench.desk.run(create_code, "归属感")
    bench.select(WORDS)
    event = QInputMethodEvent("", [])
    event.setCommitString(committed)
    bench.code.panel.view.inputMethodEvent(event)
    box = bench.code.coding.box
    assert box.isVisible()
    assert box.field.text() == committed
    assert box.list.currentItem().text() == ("归属感" if committed == "归属" else f"New code “{committed}”")
    box.hide()


@pytest.mark.parametrize("typed", ["b", "7", "?", "/", "-", "ß", "ع"])
def test_any_plain_character_opens_the_box(bench: Bench, typed: str) -> None:
    from tests.ui.code.conftest import press

    bench.select(WORDS)
    press(bench.code.panel.view, typed)
    assert bench.code.coding.box.isVisible()
    assert bench.code.coding.box.field.text() == typed
    bench.code.coding.box.hide()


def test_a_space_opens_the_box_empty_and_enter_there_does_nothing(qtbot: QtBot, bench: Bench) -> None:
    code(bench, "Same here", "Distance")
    before = bench.changes()
    bench.select(WORDS)
    qtbot.keyClick(bench.code.panel.view, Qt.Key.Key_Space)
    box = bench.code.coding.box
    assert box.isVisible()
    assert box.field.text() == ""
    assert box.list.count() == 4
    assert box.list.currentRow() == -1
    qtbot.keyClick(box.field, ENTER)
    assert bench.changes() == before
    box.hide()


@pytest.mark.parametrize("typed", ["quietly", "the drive of others", "noticed belonging"])
def test_new_code_is_highlighted_where_no_code_may_be_taken(qtbot: QtBot, bench: Bench, typed: str) -> None:
    bench.select(WORDS)
    qtbot.keyClicks(bench.code.panel.view, typed)
    box = bench.code.coding.box
    assert box.list.currentItem().text() == f"New code “{typed}”"
    assert box.field.accessibleDescription() == f"New code “{typed}”"
    box.hide()


def test_a_row_says_where_a_code_lies_and_under_what_a_new_one_would(qtbot: QtBot, bench: Bench) -> None:
    from app.ui.code.quick_code import ASIDE

    bench.desk.run(move_code, bench.id("Distance"), bench.id("The inherited drive"))
    bench.select(WORDS)
    qtbot.keyClicks(bench.code.panel.view, "dist")
    box = bench.code.coding.box
    assert (box.list.item(0).text(), box.list.item(0).data(ASIDE)) == ("Distance", "The inherited drive")
    box.field.setText("distance / silence")
    assert box.list.currentItem().text() == "New code “silence”"
    assert box.list.currentItem().data(ASIDE) == "under “distance”"
    qtbot.keyClick(box.field, ENTER)
    assert bench.row("silence").path == "The inherited drive / Distance / silence"


def test_a_parent_that_is_not_there_is_made_with_its_child_as_one_change(qtbot: QtBot, bench: Bench) -> None:
    before = bench.changes()
    bench.select(WORDS)
    qtbot.keyClicks(bench.code.panel.view, "care / of one another")
    qtbot.keyClick(bench.code.coding.box.field, ENTER, CTRL)
    assert bench.row("of one another").path == "care / of one another"
    assert bench.changes() == before + 1


@pytest.mark.parametrize("typed", ["x" * 10_000, "\u202e\u202d", "   "])
def test_a_name_that_cannot_be_is_refused_in_a_sentence_or_makes_nothing(
    qtbot: QtBot, bench: Bench, typed: str
) -> None:
    before = bench.changes()
    bench.select(WORDS)
    qtbot.keyClicks(bench.code.panel.view, "x")
    box = bench.code.coding.box
    box.field.setMaxLength(20_000)
    box.field.setText(typed)
    qtbot.keyClick(box.field, ENTER, CTRL)
    assert bench.changes() == before
    assert bench.said or typed.isspace()
    box.hide()


def test_a_name_of_a_code_set_aside_is_said_to_be_so(qtbot: QtBot, bench: Bench) -> None:
    bench.desk.run(set_aside, bench.id("Distance"))
    bench.select(WORDS)
    qtbot.keyClicks(bench.code.panel.view, "distance")
    qtbot.keyClick(bench.code.coding.box.field, ENTER)
    assert bench.coded() == set()
    assert bench.said == ["“Distance” is set aside. Bring it back before coding with it."]


def test_escape_from_a_box_opened_for_the_excerpt_at_hand_leaves_caret_and_place_as_they_were(
    qtbot: QtBot, bench: Bench
) -> None:
    code(bench, "And then you pass it on", "Distance")
    bench.code.panel.select(*[bench.span("It felt")[0]] * 2)
    bar = bench.code.panel.view.verticalScrollBar()
    caret, scrolled, before = bench.code.panel.selection(), bar.value(), bench.changes()
    qtbot.keyClicks(bench.code.panel.view, "b")
    assert bench.code.panel.selection() == bench.span("And then you pass it on")
    qtbot.keyClick(bench.code.coding.box.field, ESC)
    assert (bench.code.panel.selection(), bar.value(), bench.changes()) == (caret, scrolled, before)


def test_codes_of_this_turn_come_before_those_of_the_transcript_and_those_before_recent_ones(bench: Bench) -> None:
    for name in ("place a", "place b", "place c", "place d"):
        bench.desk.run(create_code, name)
    code(bench, "Same here", "place b")
    code(bench, "It felt", "place c")
    bench.code.coding.finder.use(bench.id("place d"))
    bench.select(WORDS)
    bench.code.coding.open_box("pla")
    box = bench.code.coding.box
    assert [box.list.item(row).text() for row in range(4)] == ["place c", "place b", "place d", "place a"]
    box.hide()


def test_a_code_that_is_renamed_is_found_by_its_new_name(qtbot: QtBot, bench: Bench) -> None:
    from app.operations.codes import edit_code

    bench.code.coding.finder.find("dist")
    bench.desk.run(edit_code, bench.id("Distance"), name="Nearness")
    assert [hit.code.name for hit in bench.code.coding.finder.find("near")] == ["Nearness"]
    assert bench.code.coding.finder.find("dist") == []


# --- selections that hold nothing, or everything ---------------------------------------------------------------------

BLANK = "Only spaces are selected, and no words."


@pytest.mark.parametrize("action", ["code.quick", "code.in_vivo", "code.take", "code.repeat", "code.pinned_1"])
def test_spaces_alone_are_not_coded_and_it_is_said(bench: Bench, action: str) -> None:
    bench.code.coding.finder.use(bench.id("Distance"))
    bench.code.pins.pin(bench.id("Distance"), 1)
    before, at = bench.changes(), bench.span("here. We")[0] + 5
    bench.code.panel.select(at, at + 1)
    assert bench.code.panel.selection() == (at, at + 1)
    bench.window.actions_[action].trigger()
    assert bench.said == [BLANK]
    assert bench.changes() == before
    assert not bench.code.coding.box.isVisible()


@pytest.mark.parametrize(
    ("action", "said"),
    [
        ("code.quick", "Select some words first, then type the code."),
        ("code.in_vivo", "Select the words that shall be the code."),
        ("code.take", "Select some words first."),
        ("code.uncode", "Choose an excerpt first: put the caret into it, or click its lane."),
        ("code.unsure", "Choose an excerpt first: put the caret into it, or click its lane."),
        ("code.ends", "Choose an excerpt, then select the words it shall have."),
        ("code.end_later", "Choose an excerpt first: put the caret into it and press Enter."),
        ("code.delete_excerpt", "Choose an excerpt first: put the caret into it and press Enter."),
    ],
)
def test_without_a_selection_it_is_said_what_to_do(bench: Bench, action: str, said: str) -> None:
    before = bench.changes()
    bench.code.panel.select(20, 20)
    bench.window.actions_[action].trigger()
    assert bench.said == [said]
    assert bench.changes() == before


def test_the_whole_text_can_be_coded_and_it_is_said_with_undo(qtbot: QtBot, bench: Bench) -> None:
    offered = []
    bench.desk.said.connect(lambda _, undo: offered.append(undo))
    qtbot.keyClick(bench.code.panel.view, Qt.Key.Key_A, CTRL)
    qtbot.keyClicks(bench.code.panel.view, "dist")
    qtbot.keyClick(bench.code.coding.box.field, ENTER)
    assert bench.said == ["The whole transcript is coded as “Distance”."]
    assert offered == [True]
    assert len(bench.coded()) == 1
    bench.window.undo()
    assert bench.coded() == set()


def test_words_of_several_people_are_an_interaction_and_in_vivo_leaves_their_names_out(bench: Bench) -> None:
    start, end = bench.span("I belong.")[0], bench.span("Same here")[1]
    bench.code.panel.select(start, end)
    bench.window.actions_["code.in_vivo"].trigger()
    ((_, name),) = bench.coded()
    assert name == "I belong. Same here"
    ((mark,),) = bench.code.marks.values()
    assert mark.interaction


def test_very_many_words_become_a_name_that_is_cut_between_words(qtbot: QtBot, bench: Bench) -> None:
    qtbot.keyClick(bench.code.panel.view, Qt.Key.Key_A, CTRL)
    bench.window.actions_["code.in_vivo"].trigger()
    ((_, name),) = bench.coded()
    assert len(name) <= 122
    assert name.endswith(" …")
    assert name.removesuffix(" …").rsplit(" ", 1)[1] in re.findall(r"\w+", bench.code.script.text)


def test_words_of_who_may_not_be_quoted_are_no_code(bench: Bench) -> None:
    turn = next(one for one in bench.code.script.turns if one.speaker == "Nur")
    bench.desk.run(edit_participant, turn.participant_id, consent_to_quote=Consent.NO)
    bench.select(WORDS)
    bench.window.actions_["code.in_vivo"].trigger()
    assert bench.coded() == set()
    assert bench.said == ["Not made: a code of these words would quote somebody who gave no consent."]


# --- remove, doubt ---------------------------------------------------------------------------------------------------


def test_with_several_codes_it_is_asked_which_to_remove(qtbot: QtBot, bench: Bench) -> None:
    code(bench, WORDS, "Distance")
    code(bench, WORDS, "Belonging by being noticed")
    bench.code.show_code(bench.id("Distance"))
    bench.window.actions_["code.uncode"].trigger()
    menu = bench.code.coding.coded.which
    assert [action.text() for action in menu.actions() if not action.isSeparator()] == [
        "Remove which code?", "Distance", "Belonging by being noticed"]  # fmt: skip
    assert menu.activeAction().text() == "Distance"
    qtbot.keyClick(menu, ENTER)
    assert bench.coded() == {(WORDS, "Belonging by being noticed")}
    assert bench.said[-1] == "Removed code “Distance”; the excerpt stays."
    bench.window.actions_["code.uncode"].trigger()
    assert bench.coded() == {(WORDS, "")}


def test_escape_from_that_question_removes_nothing(qtbot: QtBot, bench: Bench) -> None:
    code(bench, WORDS, "Distance")
    code(bench, WORDS, "Belonging by being noticed")
    before = bench.changes()
    bench.window.actions_["code.uncode"].trigger()
    qtbot.keyClick(bench.code.coding.coded.which, ESC)
    assert bench.code.coding.coded.which is None
    assert bench.changes() == before


def test_the_words_at_the_caret_are_uncoded_when_the_excerpt_at_hand_lies_elsewhere(bench: Bench) -> None:
    code(bench, "Same here", "Distance")
    code(bench, WORDS, "The inherited drive")
    bench.code.panel.select(*[bench.span("here. We")[0]] * 2)
    bench.window.actions_["code.uncode"].trigger()
    assert bench.coded() == {("Same here", ""), (WORDS, "The inherited drive")}


def test_names_with_an_ampersand_are_asked_for_as_they_are(bench: Bench) -> None:
    bench.desk.run(create_code, "give & take")
    for name in ("give & take", "Distance"):
        code(bench, WORDS, name)
    bench.window.actions_["code.uncode"].trigger()
    assert "give && take" in [action.text() for action in bench.code.coding.coded.which.actions()]
    bench.code.coding.coded.which.close()


def test_unsure_and_sure_again_of_the_code_at_hand(qtbot: QtBot, bench: Bench) -> None:
    code(bench, WORDS, "Distance")
    code(bench, WORDS, "Belonging by being noticed")
    bench.code.show_code(bench.id("Distance"))
    qtbot.keyClick(bench.code.panel.view, Qt.Key.Key_U, ALT)
    assert unsure(bench) == {"Distance": True, "Belonging by being noticed": False}
    assert bench.said[-1] == "Unsure of “Distance”."
    qtbot.keyClick(bench.code.panel.view, Qt.Key.Key_U, ALT)
    assert unsure(bench) == {"Distance": False, "Belonging by being noticed": False}
    bench.window.undo()
    assert unsure(bench)["Distance"]


# --- ends by word ----------------------------------------------------------------------------------------------------

EARLIER, LATER = Qt.Key.Key_H, Qt.Key.Key_J
SHORTER, LONGER = Qt.Key.Key_K, Qt.Key.Key_L


def test_either_end_moves_by_a_word_each_way(qtbot: QtBot, bench: Bench) -> None:
    excerpt_id, view = code(bench, "like a place", "Distance"), bench.code.panel.view
    for key, expected in ((EARLIER, "felt like a place"), (LONGER, "felt like a place where"),
                          (LATER, "like a place where"), (SHORTER, "like a place")):  # fmt: skip
        qtbot.keyClick(view, key, ALT)
        assert quote(bench, excerpt_id) == expected
    assert bench.code.inspector.excerpt_id == excerpt_id


def test_while_one_keeps_nudging_it_is_one_change_and_one_undo(qtbot: QtBot, bench: Bench) -> None:
    excerpt_id = code(bench, "like a place", "Distance")
    before = bench.changes()
    for _ in range(3):
        qtbot.keyClick(bench.code.panel.view, LONGER, ALT)
    assert quote(bench, excerpt_id) == "like a place where I belong."
    assert bench.changes() == before + 1
    bench.window.undo()
    assert quote(bench, excerpt_id) == "like a place"


def test_after_another_change_or_a_pause_nudging_is_a_change_of_its_own(
    qtbot: QtBot, bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    from app.ui.code import excerpt_ends

    code(bench, "like a place", "Distance")
    before = bench.changes()
    qtbot.keyClick(bench.code.panel.view, LONGER, ALT)
    bench.desk.run(create_code, "Between")
    qtbot.keyClick(bench.code.panel.view, LONGER, ALT)
    assert bench.changes() == before + 3
    monkeypatch.setattr(excerpt_ends, "ONE_GO_MS", -1)
    qtbot.keyClick(bench.code.panel.view, LONGER, ALT)
    assert bench.changes() == before + 4


def test_an_end_goes_on_into_the_next_turn_and_stops_at_the_end_of_the_text(qtbot: QtBot, bench: Bench) -> None:
    excerpt_id = code(bench, "I belong.", "Distance")
    qtbot.keyClick(bench.code.panel.view, LONGER, ALT)
    assert quote(bench, excerpt_id).endswith("Bilal: Same")
    last = code(bench, "pass it on.", "Distance")
    qtbot.keyClick(bench.code.panel.view, LONGER, ALT)
    assert bench.said[-1] == "There are no more words on this side."
    assert quote(bench, last) == "pass it on."


def test_an_excerpt_keeps_a_word_and_goes_past_one_that_has_the_same_ends(qtbot: QtBot, bench: Bench) -> None:
    code(bench, "like a place where", "Distance")
    excerpt_id = code(bench, "like a place", "Distance")
    qtbot.keyClick(bench.code.panel.view, LONGER, ALT)
    assert quote(bench, excerpt_id) == "like a place where I"
    single = code(bench, "Somebody", "Distance")
    for key in (SHORTER, LATER):
        qtbot.keyClick(bench.code.panel.view, key, ALT)
        assert bench.said[-1] == "An excerpt keeps at least one word."
    assert quote(bench, single) == "Somebody"


def test_a_selection_of_the_excerpt_follows_its_ends(qtbot: QtBot, bench: Bench) -> None:
    code(bench, "like a place", "Distance")
    bench.select("like a place")
    qtbot.keyClick(bench.code.panel.view, LONGER, ALT)
    assert bench.code.panel.selection() == bench.span("like a place where")
    bench.code.panel.select(*bench.span("Same here"))
    qtbot.keyClick(bench.code.panel.view, LONGER, ALT)
    assert bench.code.panel.selection() == bench.span("Same here")


# --- going -----------------------------------------------------------------------------------------------------------


def test_cycling_shows_each_coding_in_the_inspector_and_says_its_place(qtbot: QtBot, bench: Bench) -> None:
    long, short = code(bench, WORDS, "Distance"), code(bench, "a place", "The inherited drive")
    bench.code.panel.select(*[bench.span("place")[0]] * 2)
    seen = []
    for _ in range(3):
        qtbot.keyClick(bench.code.panel.view, Qt.Key.Key_F4)
        seen.append((bench.code.inspector.excerpt_id, bench.code.codes[bench.code.inspector.code_id].name))
    assert seen == [(long, "Distance"), (short, "The inherited drive"), (long, "Distance")]
    assert bench.said[-1] == "“Distance”, 1 of 2 here"


@pytest.mark.parametrize(
    "action", ["code.next_excerpt", "code.next_coding", "code.next_of_speaker", "code.next_uncoded"]
)
def test_where_there_is_none_it_is_said(bench: Bench, action: str) -> None:
    bench.code.panel.select(*bench.span("you pass it on."))
    bench.window.actions_[action].trigger()
    assert len(bench.said) == 1
    assert bench.said[0].endswith("there is none from here.")


def test_f6_goes_round_the_parts_of_the_workspace(qtbot: QtBot, bench: Bench) -> None:
    place = bench.code
    place.panel.setFocus()
    code(bench, WORDS, "Distance")
    place.inspector.settle()
    seen = []
    for _ in range(6):
        bench.window.actions_["code.next_part"].trigger()
        seen.append(bench.window.focusWidget())
    assert place.inspector.isAncestorOf(seen[0])
    assert seen[1:5] == [place.sources, place.filter, place.tree, place.panel.view]
    bench.window.actions_["code.previous_part"].trigger()
    assert bench.window.focusWidget() is place.panel.view


def test_nothing_is_kept_of_an_excerpt_without_a_code_when_it_is_nudged_and_undone(bench: Bench, qtbot: QtBot) -> None:
    excerpt_id = bench.desk.run(take_excerpt, bench.code.script.id, *bench.span("a place"))
    bench.code.show_excerpt(excerpt_id)
    qtbot.keyClick(bench.code.panel.view, EARLIER, ALT)
    assert quote(bench, excerpt_id) == "like a place"
    bench.window.undo()
    assert quote(bench, excerpt_id) == "a place"
