"""Going about a transcript by key: where each step leads, and that it says when there is none."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.ui.transcript.marks import TurnMark
from app.ui.transcript.panel import TranscriptPanel
from app.ui.transcript.words import words
from tests.ui.transcript.conftest import Page, show, talk


def put(panel: TranscriptPanel, position: int) -> None:
    panel.select(position, position)


def selected(panel: TranscriptPanel) -> str:
    start, end = panel.selection()
    return panel.view.text[start:end]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("I belong, you know.", ["I", "belong,", "you", "know."]),
        ("don’t well-known 3.5 (laughs)", ["don’t", "well", "known", "3.5", "(laughs)"]),
        ("你好，世界。", ["你", "好", "世", "界。"]),
        ("قالت: نعم!", ["قالت:", "نعم!"]),
        ("😀 yes – no", ["😀", "yes", "no"]),
        ("", []),
        (" … ", []),
    ],
)
def test_words_take_the_punctuation_at_their_edges_along(text: str, found: list[str]) -> None:
    assert [text[start:end] for start, end in words(text)] == found


def test_turns_of_the_same_person_and_of_somebody_else(panel: TranscriptPanel) -> None:
    page = talk().say("Nur", "And again.").say("Bilal", "Yes.")
    show(panel, page)
    starts, going = [turn.start for turn in page.turns], panel.going
    put(panel, starts[0] + 5)
    assert going.next_of_speaker()
    assert panel.selection()[0] == starts[3]
    assert going.next_speaker()
    assert panel.selection()[0] == starts[5]
    assert going.previous_of_speaker()
    assert panel.selection()[0] == starts[1]
    assert going.previous_speaker()
    assert panel.selection()[0] == starts[0]
    put(panel, starts[5])
    assert not going.next_speaker()
    assert not going.next_turn()
    assert panel.selection()[0] == starts[5]


def test_a_text_without_turns_leads_nowhere_and_still_has_words(panel: TranscriptPanel) -> None:
    panel.set_transcript("s", "Only words. And more 😀 of them.", [])
    going = panel.going
    assert not any(step() for step in (going.next_turn, going.previous_turn, going.next_speaker, going.next_of_speaker,
                                       going.next_excerpt, going.previous_excerpt, going.next_uncoded,
                                       going.previous_uncoded))  # fmt: skip
    assert going.cycle() is None
    assert going.word_edge(0, forward=True, end=True) == 4
    assert going.extend_by_sentence(forward=True)
    assert selected(panel) == "Only words."


def test_an_empty_text_leads_nowhere(panel: TranscriptPanel) -> None:
    panel.set_transcript("s", "", [])
    assert not panel.going.extend_by_sentence(forward=True)
    assert not panel.going.extend_by_turn(forward=False)
    assert panel.going.word_edge(0, forward=True, end=True) is None


def test_selections_grow_and_shrink_by_sentence_over_the_borders_of_turns(panel: TranscriptPanel) -> None:
    page = talk()
    show(panel, page)
    put(panel, page.turns[1].start)
    going = panel.going
    assert going.extend_by_sentence(forward=True)
    assert selected(panel) == "Same here."
    assert going.extend_by_sentence(forward=True)
    assert selected(panel).endswith("honestly.")
    assert going.extend_by_sentence(forward=True)
    assert selected(panel).endswith("Why?")
    assert going.extend_by_sentence(forward=False)
    assert going.extend_by_sentence(forward=False)
    assert selected(panel).strip() == "Same here."


def test_selections_grow_by_turn_both_ways(panel: TranscriptPanel) -> None:
    page = talk()
    show(panel, page)
    put(panel, page.turns[1].start + 5)
    assert panel.going.extend_by_turn(forward=True)
    assert panel.selection() == (page.turns[1].start + 5, page.turns[1].end)
    assert panel.going.extend_by_turn(forward=True)
    assert panel.selection()[1] == page.turns[2].end
    put(panel, page.turns[1].start + 5)
    assert panel.going.extend_by_turn(forward=False)
    assert panel.going.extend_by_turn(forward=False)
    assert panel.selection() == (page.turns[0].start, page.turns[1].start + 5)
    assert not panel.going.extend_by_turn(forward=False)


def test_control_shift_arrows_select_by_word(qtbot: QtBot, panel: TranscriptPanel) -> None:
    page = talk()
    show(panel, page)
    put(panel, page.turns[1].start)
    held = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    for _ in range(2):
        qtbot.keyClick(panel.view, Qt.Key.Key_Right, held)
    assert selected(panel).strip(" .") == "Same here"
    qtbot.keyClick(panel.view, Qt.Key.Key_Left, held)
    assert selected(panel).strip() == "Same"


def test_codings_over_the_caret_come_forward_in_turn_and_round_again(panel: TranscriptPanel) -> None:
    page = talk()
    marks = [page.mark("like a place where I belong", "long"), page.mark("a place", "two"), page.mark("Same", "else")]
    show(panel, page, *marks)
    panel.codingActivated.connect(lambda excerpt_id, _code: panel.set_current_excerpt(excerpt_id))
    put(panel, page.span("place")[0])
    told = [panel.going.cycle() for _ in range(3)]
    assert [(mark.name, place, count) for mark, place, count in told if mark] == [
        ("long", 1, 2), ("two", 2, 2), ("long", 1, 2)]  # fmt: skip
    assert panel.view.current == "e-long"
    assert panel.view.pointed == "c-long"
    mark, place, _ = panel.going.cycle(forward=False)
    assert (mark.name, place) == ("two", 2)
    put(panel, page.span("Same")[0])
    assert panel.view.pointed == ""
    put(panel, page.span("Somebody")[0])
    assert panel.going.cycle() is None


def test_uncoded_words_are_selected_between_and_around_codings_and_never_the_moderators(panel: TranscriptPanel) -> None:
    page = talk()
    moderator = page.turns[2]
    page.turns[2] = TurnMark(moderator.id, 3, moderator.label_start, moderator.label_end, moderator.start,
                             moderator.end, moderator.speaker, "", moderator=True)  # fmt: skip
    no_code = page.mark("Somebody", "none")._replace(code_id="", coding_id="")
    show(
        panel, page, page.mark("like a place"), page.mark("Same here. We kept each other going, honestly", "b"), no_code
    )
    put(panel, 0)
    found = []
    while panel.going.next_uncoded():
        found.append(selected(panel))
    assert found == ["It felt", "where I belong, you know.", "Somebody noticed when I was not there."]
    assert panel.going.previous_uncoded()
    assert selected(panel) == "where I belong, you know."
    assert panel.going.previous_uncoded()
    assert not panel.going.previous_uncoded()
    assert selected(panel) == "It felt"


def test_after_the_caret_was_moved_the_next_excerpt_is_the_next_one_from_there(panel: TranscriptPanel) -> None:
    page = talk()
    show(panel, page, page.mark("felt", "one"), page.mark("Same", "two"), page.mark("Somebody", "three"))
    panel.excerptClicked.connect(panel.set_current_excerpt)
    put(panel, 0)
    assert panel.going.next_excerpt()
    assert panel.view.current == "e-one"
    put(panel, page.turns[2].start)
    assert panel.going.next_excerpt()
    assert panel.view.current == "e-three"
    assert not panel.going.next_excerpt()


def test_the_edge_of_a_word_is_found_in_the_next_turn_and_beyond_letters_of_two_units(panel: TranscriptPanel) -> None:
    page = Page().say("Nur", "One 😀 two").say("Bilal", "three four")
    show(panel, page)
    edge = panel.going.word_edge
    assert edge(page.span("One")[1], forward=True, end=True) == page.span("😀")[1]
    assert edge(page.turns[0].end, forward=True, end=True) == page.span("three")[1]
    assert edge(page.turns[1].start, forward=False, end=False) == page.span("two")[0]
    assert edge(page.turns[1].end, forward=True, end=True) is None
    assert edge(page.turns[0].start, forward=False, end=False) is None


def test_a_word_in_a_turn_as_long_as_a_book_is_found_at_once(panel: TranscriptPanel) -> None:
    page = Page().say("Nur", "word " * 40_000 + "last")
    show(panel, page)
    at = page.turns[0].start + 5 * 20_000
    assert panel.going.word_edge(at, forward=True, end=True) == at + 4
    assert panel.going.word_edge(at, forward=False, end=False) == at - 5
