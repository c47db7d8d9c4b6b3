"""Reading: finding, going, coming back, other sizes."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextBlock
from PySide6.QtTest import QTest

from app.ui.code.find_bar import FindBar
from app.ui.transcript.panel import TranscriptPanel
from tests.ui.transcript.conftest import Page, point_at, show, talk
from tests.ui.transcript.test_codings_shown import long_page


def found(panel: TranscriptPanel, page: Page) -> str:
    return page.text[slice(*panel.selection())]


def test_finding_goes_on_and_round_and_back(panel: TranscriptPanel) -> None:
    page = talk()
    show(panel, page)
    places = [page.text.index("I "), page.text.index("I w")]
    seen = []
    for _ in range(3):
        assert panel.find("I ")
        seen.append(panel.selection()[0])
    assert seen[:2] != seen[1:]
    assert seen[0] == seen[-1] or len(places) > 2
    assert panel.find("I ", forward=False)
    assert panel.selection()[0] == seen[1]


@pytest.mark.parametrize("wanted", ["Why?", "(really", ")", "why? can"])
def test_what_is_looked_for_is_taken_literally(panel: TranscriptPanel, wanted: str) -> None:
    page = talk()
    show(panel, page)
    assert panel.find(wanted)
    assert found(panel, page).casefold() == wanted.casefold()


def test_case_counts_only_if_asked(panel: TranscriptPanel) -> None:
    page = talk()
    show(panel, page)
    assert panel.find("SOMEBODY")
    assert not panel.find("SOMEBODY", match_case=True)


def test_letters_that_grow_in_lower_case_do_not_shift_what_is_found(panel: TranscriptPanel) -> None:
    page = Page().say("Nur", "İİİ Straße 😀 somebody noticed")
    show(panel, page)
    assert panel.find("Noticed")
    assert found(panel, page) == "noticed"


@pytest.mark.parametrize("forward", [True, False])
def test_a_name_in_a_label_does_not_hold_the_search_up(panel: TranscriptPanel, forward: bool) -> None:
    page = Page().say("Nur", "one").say("Nur", "two").say("Nur", "three")
    show(panel, page)
    starts = set()
    for _ in range(3):
        assert panel.find("Nur", forward)
        starts.add(panel.view.found)
    assert len(starts) == 3


def test_typing_on_stays_at_the_first_hit_that_still_fits(panel: TranscriptPanel, qtbot) -> None:
    page = Page().say("Nur", "They said this is the place, this is the time.")
    show(panel, page)
    bar = FindBar(panel.find)
    qtbot.addWidget(bar)
    bar.open_bar()
    qtbot.keyClicks(bar.field, "this is")
    assert panel.selection()[0] == page.text.index("this is")
    qtbot.keyClick(bar.field, Qt.Key.Key_Return)
    assert panel.selection()[0] == page.text.rindex("this is")
    qtbot.keyClick(bar.field, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert panel.selection()[0] == page.text.index("this is")
    qtbot.keyClicks(bar.field, " nowhere")
    assert bar.told.text() == "Not in this transcript"
    for _ in range(8):
        qtbot.keyClick(bar.field, Qt.Key.Key_Backspace)
    assert bar.told.text() == ""


def test_turns_are_stepped_through_and_selected_by_keys(panel: TranscriptPanel) -> None:
    page = talk()
    show(panel, page)
    panel.select(page.turns[0].start, page.turns[0].start)
    panel.going.next_turn()
    assert panel.selection()[0] == page.turns[1].start
    panel.going.select_turn()
    assert panel.selection() == (page.turns[1].start, page.turns[1].end)
    panel.going.previous_turn()
    assert panel.selection()[0] == page.turns[0].start


def test_excerpts_are_stepped_through_in_text_order(panel: TranscriptPanel) -> None:
    page, told = talk(), []
    show(panel, page, page.mark("Somebody noticed", "three"), page.mark("a place", "one"), page.mark("Same", "two"))
    panel.excerptClicked.connect(told.append)
    panel.excerptClicked.connect(panel.set_current_excerpt)
    for step in (panel.going.next_excerpt, panel.going.next_excerpt, panel.going.next_excerpt, panel.going.next_excerpt,
                 panel.going.previous_excerpt):  # fmt: skip
        step()
    assert told == ["e-one", "e-two", "e-three", "e-two"]


def test_the_reading_place_comes_back(panel: TranscriptPanel) -> None:
    page = long_page()
    show(panel, page)
    bar = panel.view.verticalScrollBar()
    bar.setValue(bar.maximum() // 2)
    kept, at = panel.reading_place(), bar.value()
    panel.clear("")
    show(panel, page)
    panel.restore_place(kept)
    assert panel.reading_place() == kept
    assert abs(bar.value() - at) <= 40


def test_the_reading_place_inside_one_endless_turn_comes_back(panel: TranscriptPanel) -> None:
    page = Page().say("Nur", "and then we went on and on and on. " * 600)
    show(panel, page)
    bar = panel.view.verticalScrollBar()
    bar.setValue(bar.maximum() // 2)
    kept, at = panel.reading_place(), bar.value()
    show(panel, page)
    panel.restore_place(kept)
    assert panel.reading_place() == kept
    assert abs(bar.value() - at) <= 40


def test_a_reading_place_beyond_the_end_is_no_trouble(panel: TranscriptPanel) -> None:
    show(panel, talk())
    panel.restore_place(10_000)
    assert panel.view.verticalScrollBar().value() == 0


def test_the_window_may_change_its_width_and_the_lines_stay(panel: TranscriptPanel) -> None:
    show(panel, long_page())
    panel.resize(1300, 700)
    measure = panel.view.lineWrapColumnOrWidth()
    for width in (1250, 1400, 1900):
        panel.resize(width, 700)
        panel.grab()
        assert panel.view.lineWrapColumnOrWidth() == measure
        assert panel.lanes.x() >= panel.view.viewport().x() + measure


@pytest.mark.parametrize("width", [420, 520, 700])
def test_where_room_is_short_the_text_gets_the_greater_part(panel: TranscriptPanel, width: int) -> None:
    page = talk()
    show(panel, page, page.mark("Same here"))
    panel.resize(width, 600)
    panel.grab()
    assert panel.view.lineWrapColumnOrWidth() >= width * 0.5
    assert panel.lanes.x() + panel.lanes.width() <= width
    assert panel.lanes.width() >= 40


@pytest.mark.parametrize("points", [8, 12, 24, 32])
def test_other_sizes_keep_place_label_and_selection(panel: TranscriptPanel, points: int) -> None:
    page = long_page()
    show(panel, page, page.mark("Turn 3 says"))
    panel.select(*page.span("Turn 3 says"), reveal=False)
    panel.set_reading("", points, 72, 1.5)
    panel.grab()
    assert panel.selection() == page.span("Turn 3 says")
    assert panel.view.toPlainText() == page.text
    first = page.turns[1]
    gap = point_at(panel, first.start).y() - point_at(panel, page.turns[0].end).y()
    assert gap >= panel.view.setting.label_height()


def test_a_bigger_font_shows_the_same_words_on_top(panel: TranscriptPanel) -> None:
    page = long_page()
    show(panel, page)
    panel.restore_place(page.turns[20].label_start)
    panel.set_reading("", 24, 72, 1.5)
    panel.grab()
    assert panel.reading_place() in range(page.turns[20].label_start, page.turns[20].end)


def test_the_selection_is_said_with_its_place_on_the_screen(panel: TranscriptPanel) -> None:
    page = talk()
    show(panel, page)
    panel.select(*page.span("Same here"))
    rect = panel.selection_rect()
    spot = panel.view.viewport().mapToGlobal(point_at(panel, page.span("Same here")[0]))
    assert rect.contains(spot)


def test_copying_asks_for_a_quote(panel: TranscriptPanel, qtbot) -> None:
    page = talk()
    show(panel, page)
    panel.select(*page.span("Same here"))
    with qtbot.waitSignal(panel.copyWanted):
        QTest.keyClick(panel.view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)


@pytest.mark.parametrize("turns", [60, 900])
def test_a_place_near_the_end_is_reached_at_once_although_a_long_text_is_laid_out_bit_by_bit(
    panel: TranscriptPanel, turns: int
) -> None:
    page = long_page(turns)
    bar, height = panel.view.verticalScrollBar(), panel.view.viewport().height()
    place = page.turns[-12].label_start
    panel.set_transcript("s", page.text, page.turns)
    panel.restore_place(place)
    assert panel.reading_place() == place
    panel.set_transcript("s", page.text, page.turns)
    panel.reveal(page.turns[-1].start)
    assert 0 < point_at(panel, page.turns[-1].start).y() < height
    panel.set_transcript("s", page.text, page.turns)
    QTest.keyClick(panel.view, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    assert 0 < point_at(panel, page.turns[-1].end).y() < height
    assert point_at(panel, page.turns[-1].end).y() > height * 0.75
    assert bar.value() == bar.maximum() or bar.maximum() - bar.value() < 100


def test_opening_one_text_after_another_stays_as_quick_as_the_first(panel: TranscriptPanel) -> None:
    page = long_page(900)
    for _ in range(12):
        panel.set_transcript("s", page.text, page.turns)
        panel.restore_place(len(page.text))
    panel.set_transcript("s", page.text, page.turns)
    laid_out = sum(block.layout().lineCount() > 0 for block in _blocks(panel))
    assert laid_out < len(page.turns) / 3


def _blocks(panel: TranscriptPanel) -> list[QTextBlock]:
    block, found = panel.view.document().begin(), []
    while block.isValid():
        found.append(block)
        block = block.next()
    return found
