"""Offsets hold on the screen: whatever stands before an excerpt, the words one sees are the words one gets."""

from __future__ import annotations

from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.ui.transcript.panel import TranscriptPanel
from tests.ui.transcript.conftest import Page, drag, point_at, show, talk, tinted

KNOWN = "somebody noticed"
BEFORE = {
    "emoji": "So 😀😀 and 👩‍👩‍👧 said",
    "byte order mark": "\ufeffSo it was said",
    "combining marks": "Cafe\u0301 nai\u0308ve said",
    "right to left": "قالت لنا ذلك مرة said",
    "no-break space": "So\u00a0it\u00a0was\u2003said",
    "tab": "So\tit was\tsaid",
    "Chinese": "我们都在这里 𠮷 said",
}


@pytest.mark.parametrize("before", BEFORE.values(), ids=BEFORE.keys())
@pytest.mark.parametrize("same_turn", [True, False])
def test_words_dragged_over_are_the_words_selected(panel: TranscriptPanel, before: str, same_turn: bool) -> None:
    page = Page()
    if same_turn:
        page.say("Nur", f"{before} {KNOWN} when I was gone")
    else:
        page.say("😀 Nur", before).say("Bilal", f"{KNOWN} when I was gone")
    show(panel, page)
    start, end = page.span(KNOWN)
    drag(panel, point_at(panel, start), point_at(panel, end))
    assert panel.selection() == (start, end)
    assert page.text[slice(*panel.selection())] == KNOWN


@pytest.mark.parametrize("before", BEFORE.values(), ids=BEFORE.keys())
def test_the_tint_lies_where_the_words_are(panel: TranscriptPanel, before: str) -> None:
    page = Page().say("Nur", f"{before} {KNOWN} when I was gone")
    show(panel, page, page.mark(KNOWN))
    start, end = page.span(KNOWN)
    (rect,) = tinted(panel, start, end)
    assert abs(rect.left() - point_at(panel, start).x()) <= 1
    assert abs(rect.right() - point_at(panel, end).x()) <= 1
    assert rect.top() <= point_at(panel, start).y() <= rect.bottom()


def test_windows_line_ends_never_reach_the_view_and_lone_ones_do_not_shift_it(panel: TranscriptPanel) -> None:
    page = Page().say("Nur", "One line.").say("Bilal", f"Then {KNOWN}.")
    show(panel, page)
    assert panel.view.toPlainText() == page.text
    panel.select(*page.span(KNOWN))
    assert panel.view.textCursor().selectedText() == KNOWN


def test_a_tint_over_several_lines_covers_each_of_them(panel: TranscriptPanel) -> None:
    long = " ".join(f"word{number}" for number in range(60))
    page = Page().say("Nur", long)
    show(panel, page, page.mark(long))
    rects = tinted(panel, *page.span(long))
    assert len(rects) >= 3
    assert all(one.bottom() <= other.bottom() for one, other in pairwise(rects))
    assert {round(rect.left()) for rect in rects[1:]} == {round(rects[1].left())}


def test_right_to_left_words_are_tinted_where_they_stand(panel: TranscriptPanel) -> None:
    page = Page().say("نور", "هذا مكان أنتمي إليه حقا")
    show(panel, page, page.mark("أنتمي إليه"))
    start, end = page.span("أنتمي إليه")
    (rect,) = tinted(panel, start, end)
    edges = sorted((point_at(panel, start).x(), point_at(panel, end).x()))
    assert abs(rect.left() - edges[0]) <= 2
    assert abs(rect.right() - edges[1]) <= 2


def _caret(panel: TranscriptPanel) -> int:
    return panel.view.offsets.from_qt(panel.view.textCursor().position())


def _hidden(page: Page) -> set[int]:
    return {at for turn in page.turns for at in range(turn.label_start, turn.start) if "\n" not in
            page.text[turn.label_end : turn.start]}  # fmt: skip


NONE, CTRL, SHIFT = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
)


@pytest.mark.parametrize("held", [NONE, CTRL, SHIFT, CTRL | SHIFT], ids=["plain", "ctrl", "shift", "ctrl-shift"])
@pytest.mark.parametrize(
    "key",
    [Qt.Key.Key_Right, Qt.Key.Key_Left, Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Home, Qt.Key.Key_End],
    ids=["right", "left", "down", "up", "home", "end"],
)
def test_the_caret_never_stands_inside_a_hidden_label(
    panel: TranscriptPanel, key: Qt.Key, held: Qt.KeyboardModifier
) -> None:
    page = talk()
    show(panel, page)
    hidden = _hidden(page)
    middle = page.span("Same here")[0] + 3
    for begin in (middle, page.turns[2].start, page.turns[1].end, len(page.text) - 2, page.turns[0].start):
        panel.select(begin, begin)
        for _ in range(8):
            QTest.keyClick(panel.view, key, held)
            assert _caret(panel) not in hidden


@pytest.mark.parametrize("held", [NONE, CTRL], ids=["letters", "words"])
def test_arrows_walk_through_the_whole_text_both_ways(panel: TranscriptPanel, held: Qt.KeyboardModifier) -> None:
    page = talk()
    show(panel, page)
    panel.select(page.turns[0].start, page.turns[0].start)
    seen = set()
    for _ in range(len(page.text) + 5):
        QTest.keyClick(panel.view, Qt.Key.Key_Right, held)
        seen.add(_caret(panel))
    assert all(any(turn.start <= at <= turn.end for at in seen) for turn in page.turns)
    assert _caret(panel) >= page.turns[-1].end
    for _ in range(len(page.text) + 5):
        QTest.keyClick(panel.view, Qt.Key.Key_Left, held)
    assert _caret(panel) == page.turns[0].start


def test_up_and_down_come_through_every_turn(panel: TranscriptPanel) -> None:
    page = talk()
    show(panel, page)
    panel.select(page.turns[0].start, page.turns[0].start)
    for turn in page.turns[1:]:
        QTest.keyClick(panel.view, Qt.Key.Key_Down)
        assert turn.start <= _caret(panel) <= turn.end
    for turn in reversed(page.turns[:-1]):
        QTest.keyClick(panel.view, Qt.Key.Key_Up)
        assert turn.start <= _caret(panel) <= turn.end


def test_a_click_at_the_left_of_a_line_puts_the_caret_before_its_first_word(panel: TranscriptPanel) -> None:
    page = talk()
    show(panel, page)
    for turn in page.turns:
        spot = QPoint(0, point_at(panel, turn.start).y())
        QTest.mouseClick(panel.view.viewport(), Qt.MouseButton.LeftButton, pos=spot)
        assert _caret(panel) == turn.start


def test_a_selection_that_ends_inside_a_label_ends_before_it(panel: TranscriptPanel) -> None:
    page = talk()
    show(panel, page)
    second = page.turns[1]
    panel.select(page.turns[0].start, second.label_start + 2)
    start, end = panel.selection()
    assert start == page.turns[0].start
    assert page.text[start:end].strip() == "It felt like a place where I belong, you know."
    panel.select(second.label_start + 2, second.end)
    assert panel.selection() == (second.start, second.end)


def test_a_selection_of_nothing_but_a_label_holds_no_words(panel: TranscriptPanel) -> None:
    page, told = talk(), []
    show(panel, page)
    panel.selectionMade.connect(lambda start, end: told.append((start, end)))
    panel.select(page.turns[1].label_start, page.turns[1].label_end)
    start, end = panel.selection()
    assert start == end
    assert told == []


def test_shift_down_over_a_label_selects_words_of_both_turns(panel: TranscriptPanel) -> None:
    page = talk()
    show(panel, page)
    panel.select(page.turns[0].start, page.turns[0].start)
    QTest.keyClick(panel.view, Qt.Key.Key_Down, SHIFT)
    QTest.keyClick(panel.view, Qt.Key.Key_End, SHIFT)
    assert panel.selection() == (page.turns[0].start, page.turns[1].end)


def test_backwards_selecting_over_labels_does_not_lose_its_other_end(panel: TranscriptPanel) -> None:
    page = talk()
    show(panel, page)
    panel.select(page.turns[2].end, page.turns[2].end)
    for _ in range(60):
        QTest.keyClick(panel.view, Qt.Key.Key_Left, CTRL | SHIFT)
    assert panel.selection() == (page.turns[0].start, page.turns[2].end)


def test_labels_on_their_own_lines_stay_in_the_text(panel: TranscriptPanel) -> None:
    page = Page().say("Nur", "I belong here.", own_line=True).say("Bilal", "So do I.", own_line=True)
    show(panel, page, page.mark("So do I"))
    assert panel.view.labels.above == {}
    assert point_at(panel, page.turns[0].label_start).y() < point_at(panel, page.turns[0].start).y()
    drag(panel, point_at(panel, page.span("So do I")[0]), point_at(panel, page.span("So do I")[1]))
    assert panel.selection() == page.span("So do I")
    panel.select(0, 0)
    for _ in range(4):
        QTest.keyClick(panel.view, Qt.Key.Key_Right)
    assert _caret(panel) == 4


def test_the_second_part_of_a_split_turn_can_be_selected(panel: TranscriptPanel) -> None:
    page = Page().say("Nur", "I belong here. So do I.")
    first = page.turns[0]
    cut = page.text.index("So do I")
    page.turns = [
        type(first)("a", 1, first.label_start, first.label_end, first.start, cut, "Nur", ""),
        type(first)("b", 2, cut, cut, cut, first.end, "Bilal", ""),
    ]
    show(panel, page)
    drag(panel, point_at(panel, cut), point_at(panel, cut + 7))
    assert panel.selection() == (cut, cut + 7)
    panel.select(cut + 2, cut + 2)
    panel.going.select_turn()
    assert panel.selection() == (cut, first.end)


@pytest.mark.parametrize("text", ["No turns at all, just a field note.\nAnd a second line.", "", "\n\n\n", "😀"])
def test_a_text_without_turns_and_one_without_words_can_be_shown(panel: TranscriptPanel, text: str) -> None:
    show(panel, Page(text))
    assert panel.view.toPlainText() == text
    panel.going.next_turn()
    panel.going.select_turn()
    panel.going.next_excerpt()
    assert not panel.find("nowhere")
    panel.select(0, len(text))
    assert panel.selection() == (0, len(text))


def test_no_text_says_so(panel: TranscriptPanel) -> None:
    panel.clear("No transcript yet.")
    panel.grab()
    assert panel.message.isVisible()
    assert not panel.view.isVisible()
    show(panel, talk())
    assert panel.view.isVisible()
    assert not panel.message.isVisible()


def test_the_caret_in_a_character_of_two_units_is_before_it(panel: TranscriptPanel) -> None:
    show(panel, Page("a😀b"))
    cursor = QTextCursor(panel.view.document())
    cursor.setPosition(2)
    panel.view.setTextCursor(cursor)
    assert panel.selection()[0] in (1, 2)
    assert panel.view.offsets.from_qt(3) == 2
    assert panel.view.offsets.to_qt(2) == 3


def test_turns_that_are_not_seen_at_first_are_set_when_one_goes_there(panel: TranscriptPanel, qtbot: QtBot) -> None:
    def places() -> list[tuple[float, int]]:
        shown = (block for block, _ in panel.view.visible_blocks())
        return [(block.blockFormat().topMargin(), block.layout().lineCount()) for block in shown]

    page = Page()
    for number in range(400):
        page.say("Nur" if number % 2 else "Moderator", f"words of turn {number} " * 5)
    panel.set_transcript("s", page.text, page.turns)
    assert 0 < len(panel.view.labels.above) < 400
    panel.view.select(*page.span("words of turn 398"))
    assert len(panel.view.labels.above) == 400
    panel.set_transcript("s", page.text, page.turns)
    panel.grab()
    qtbot.waitUntil(lambda: len(panel.view.labels.above) == 400)
    panel.restore_place(page.turns[-1].start)
    set_late = places()
    panel.view.set_anew()
    panel.view.lay_out_to(len(page.text))
    panel.restore_place(page.turns[-1].start)
    assert set_late == places()
