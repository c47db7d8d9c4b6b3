"""Tints, lanes and names: codings stay legible however many there are."""

from __future__ import annotations

from itertools import pairwise

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QDropEvent, QImage, QPalette
from PySide6.QtTest import QTest

from app.operations.codes import PALETTE
from app.ui.code.code_tree import CODE_MIME
from app.ui.style.tokens import contrast
from app.ui.transcript.colours import ReadingColours, reading_colours
from app.ui.transcript.marks import CodingMark
from app.ui.transcript.panel import TranscriptPanel
from tests.ui.transcript.conftest import Page, drag, point_at, show, talk, tinted

WORDS = "I belong where somebody notices when I am not there and says so the next time we meet"

ALL_COLOURS = [reading_colours(dark, strong) for dark in (False, True) for strong in (False, True)]


def crowd(page: Page, count: int) -> list[CodingMark]:
    """So many codings over each other, each a little shorter."""
    start, end = page.span(WORDS)
    return [
        CodingMark(f"c{n}", f"e{n}", f"k{n}", start + n, end - n, f"Code number {n}", f"C{n}", PALETTE[n % 8])
        for n in range(count)
    ]


def long_page(turns: int = 60) -> Page:
    page = Page()
    for number in range(turns):
        page.say("Nur", f"Turn {number} says that it takes a while until one belongs, as everybody knows by now. " * 3)
    return page


def test_ten_overlapping_codings_have_ten_lanes_and_ten_names(panel: TranscriptPanel) -> None:
    page = Page().say("Nur", WORDS).say("Bilal", "Yes.")
    marks = crowd(page, 10)
    show(panel, page, *marks)
    placed = panel.lanes._placed
    assert len({round(one.bar.left()) for one in placed}) == 10
    names = sorted((one.name for one in placed if one.name is not None), key=lambda name: name.top())
    assert len(names) == 10
    assert all(one.bottom() <= other.top() for one, other in pairwise(names))
    assert all(one.name.left() > other.bar.right() for one in placed for other in placed if one.name is not None)


def _rows(panel: TranscriptPanel) -> list[QRectF]:
    return sorted((one.name for one in panel.lanes._placed if one.name is not None), key=lambda row: row.top())


def test_names_go_down_to_where_there_is_room(panel: TranscriptPanel) -> None:
    page = Page().say("Nur", WORDS)
    show(panel, page, *crowd(page, 12))
    rows = _rows(panel)
    assert len(rows) == 12
    assert all(one.bottom() <= other.top() for one, other in pairwise(rows))


def test_names_beside_their_own_lines_are_not_moved_by_a_crowd_above(panel: TranscriptPanel) -> None:
    page = Page().say("Nur", WORDS).say("Bilal", "We do. Yes.")
    beside = page.mark("We do", "mine")
    show(panel, page, *crowd(page, 9), beside)
    (one,) = [one for one in panel.lanes._placed if one.mark == beside]
    assert abs(one.name.top() - one.bar.top()) <= 30
    rows = _rows(panel)
    assert all(one.bottom() <= other.top() for one, other in pairwise(rows))


@pytest.mark.parametrize("count", [13, 20, 30])
def test_bars_of_many_codings_share_the_room_and_no_place(panel: TranscriptPanel, count: int) -> None:
    page = Page().say("Nur", WORDS)
    show(panel, page, *crowd(page, count))
    bars = sorted((one.bar for one in panel.lanes._placed), key=lambda bar: bar.left())
    assert len(bars) == count
    assert all(one.right() <= other.left() for one, other in pairwise(bars))


def test_codings_without_room_for_a_name_are_counted(panel: TranscriptPanel) -> None:
    page = Page().say("Nur", WORDS)
    show(panel, page, *crowd(page, 30))
    placed = panel.lanes._placed
    named = [one for one in placed if one.name is not None]
    assert sum(one.more for one in named) == len(placed) - len(named) > 0


def test_names_grow_with_the_words(panel: TranscriptPanel) -> None:
    page = Page().say("Nur", WORDS)
    show(panel, page, *crowd(page, 2))
    before = _rows(panel)[0].height()
    panel.set_reading("", 24, 72, 1.5)
    panel.grab()
    assert _rows(panel)[0].height() > before


def test_pointing_at_a_name_shows_its_exact_words(panel: TranscriptPanel) -> None:
    page = Page().say("Nur", WORDS)
    show(panel, page, page.mark("somebody notices when I am", "one"), page.mark("notices when", "two", "#D55E00"))
    inside, outside = page.text.index(" when"), page.text.index(" I am")
    before = _colour_under(panel, inside), _colour_under(panel, outside)
    (two,) = [one for one in panel.lanes._placed if one.mark.name == "two"]
    QTest.mouseMove(panel.lanes, two.name.center().toPoint())
    assert _colour_under(panel, inside) != before[0]
    assert _colour_under(panel, outside) == before[1]
    assert panel.lanes.card.isVisible()
    screen = panel.screen().availableGeometry()
    assert screen.contains(panel.lanes.card.geometry())
    QTest.mouseMove(panel.lanes, QPoint(panel.lanes.width() - 1, panel.lanes.height() - 1))
    assert (_colour_under(panel, inside), _colour_under(panel, outside)) == before


def test_a_lane_stands_beside_its_lines(panel: TranscriptPanel) -> None:
    page = long_page()
    mark = CodingMark("c", "e", "k", page.turns[2].start, page.turns[2].end, "belonging", "Be", "#0072B2")
    show(panel, page, mark)
    for scrolled in (0, 130):
        panel.view.verticalScrollBar().setValue(scrolled)
        panel.grab()
        (placed,) = panel.lanes._placed
        rects = tinted(panel, mark.start, mark.end)
        assert abs(placed.bar.top() - rects[0].top()) <= 1
        assert abs(placed.bar.bottom() - rects[-1].bottom()) <= 1


def test_one_excerpt_over_the_whole_text_is_seen_wherever_one_reads(panel: TranscriptPanel) -> None:
    page = long_page()
    whole = CodingMark("c", "e", "k", 0, len(page.text), "everything", "Ev", "#0072B2")
    show(panel, page, whole)
    bar = panel.view.verticalScrollBar()
    for value in (0, bar.maximum() // 2, bar.maximum()):
        bar.setValue(value)
        panel.grab()
        (placed,) = panel.lanes._placed
        assert placed.bar.top() <= 60
        assert placed.bar.bottom() >= panel.lanes.height() * 0.75
        assert placed.name is not None


def _colour_under(panel: TranscriptPanel, position: int) -> str:
    """The colour of the ground between two words."""
    image: QImage = panel.grab().toImage()
    ratio = image.devicePixelRatio()
    spot = panel.view.viewport().mapTo(panel, point_at(panel, position))
    return QColor(image.pixel(int((spot.x() + 2) * ratio), int((spot.y() - 8) * ratio))).name()


@pytest.mark.parametrize("colours", ALL_COLOURS)
@pytest.mark.parametrize("text", ["text", "moderator"])
def test_words_are_readable_on_the_tint_of_every_colour(colours: ReadingColours, text: str) -> None:
    for colour in (*PALETTE, "#8A8F98"):
        ground = _mixed(colours.paper, colour, colours.tint)
        assert contrast(getattr(colours, text), ground) >= 4.5, colour


@pytest.mark.parametrize("colours", ALL_COLOURS)
@pytest.mark.parametrize("current", [False, True])
@pytest.mark.parametrize("colour", PALETTE)
def test_words_stay_readable_under_ten_codings_of_one_colour(
    panel: TranscriptPanel, colours: ReadingColours, current: bool, colour: str
) -> None:
    page = Page().say("Nur", WORDS)
    marks = [
        CodingMark(f"c{n}", "e0" if current else f"e{n}", f"k{n}", *page.span(WORDS), "x", "X", colour)
        for n in range(10)
    ]
    panel.set_colours(colours)
    ground = panel.palette()
    for role in (QPalette.ColorRole.Window, QPalette.ColorRole.Base):
        ground.setColor(role, QColor(colours.paper))
    panel.setPalette(ground)
    panel.setAutoFillBackground(True)
    show(panel, page, *marks)
    panel.set_current_excerpt("e0" if current else None)
    assert contrast(colours.text, _colour_under(panel, page.text.index(" belong"))) >= 4.5


@pytest.mark.parametrize("colours", ALL_COLOURS)
def test_names_and_labels_are_readable_beside_the_text(colours: ReadingColours) -> None:
    for name in ("text", "moderator", "label", "quiet", "lane_text", "focus"):
        assert contrast(getattr(colours, name), colours.paper) >= 4.5, name
    assert contrast(colours.on_selection, colours.selection) >= 4.5
    assert contrast(colours.text, colours.found) >= 4.5


def test_overlapping_tints_are_told_apart_from_single_ones(panel: TranscriptPanel) -> None:
    page = Page().say("Nur", WORDS)
    show(panel, page, page.mark("somebody notices when I am", "one"), page.mark("notices when", "two", "#D55E00"))
    once, twice = page.text.index(" notices"), page.text.index(" when")
    assert _colour_under(panel, once) != _colour_under(panel, twice)
    assert _colour_under(panel, page.text.index(" belong")) != _colour_under(panel, once)


def test_a_coding_added_takes_a_free_lane_and_moves_no_other(panel: TranscriptPanel) -> None:
    page = Page().say("Nur", WORDS)
    marks = crowd(page, 3)
    show(panel, page, *marks)
    lanes = {mark.key: panel.view.spans.lane(mark) for mark in marks}
    new = CodingMark("n", "en", "kn", marks[0].start, marks[0].end, "new", "Ne", "#000000")
    panel.update_codings([], [new])
    assert panel.view.spans.lane(new) == 3
    panel.update_codings([marks[1]], [])
    assert {mark.key: panel.view.spans.lane(mark) for mark in (marks[0], marks[2])} == {
        key: lane for key, lane in lanes.items() if key != marks[1].key
    }


def test_clicking_a_lane_brings_its_coding_forward(
    panel: TranscriptPanel,
) -> None:
    page, told = talk(), []
    show(panel, page, page.mark("a place where I belong", "one"), page.mark("place where", "two"))
    panel.codingActivated.connect(lambda excerpt, code: told.append((excerpt, code)))
    for one in list(panel.lanes._placed):
        QTest.mouseClick(panel.lanes, Qt.MouseButton.LeftButton, pos=one.bar.center().toPoint())
    assert sorted(told) == [("e-one", "k-one"), ("e-two", "k-two")]


def test_a_click_on_tinted_words_chooses_the_shortest_excerpt(panel: TranscriptPanel) -> None:
    page, told = talk(), []
    show(panel, page, page.mark("a place where I belong", "one"), page.mark("place where", "two"))
    panel.excerptClicked.connect(told.append)
    for words in ("lace where", "I belong", "Same"):
        spot = point_at(panel, page.span(words)[0] + 1)
        QTest.mouseClick(panel.view.viewport(), Qt.MouseButton.LeftButton, pos=spot)
        QTest.qWait(1)
    assert told == ["e-two", "e-one", ""]


@pytest.mark.parametrize("which", ["end", "start"])
def test_dragging_an_end_of_the_excerpt_says_its_new_ends(panel: TranscriptPanel, which: str) -> None:
    page, told = talk(), []
    show(panel, page, page.mark("place where", "one"))
    panel.set_current_excerpt("e-one")
    panel.endsMoved.connect(lambda *moved: told.append(moved))
    panel.grab()
    start, end = page.span("place where")
    if which == "end":
        drag(panel, point_at(panel, end), point_at(panel, page.span("where I belong")[1]))
        assert told == [("e-one", start, page.span("where I belong")[1])]
    else:
        drag(panel, point_at(panel, start), point_at(panel, page.span("felt")[0]))
        assert told == [("e-one", page.span("felt")[0], end)]


def test_an_end_dragged_into_a_label_stays_with_the_words(panel: TranscriptPanel) -> None:
    page, told = talk(), []
    show(panel, page, page.mark("place where", "one"))
    panel.set_current_excerpt("e-one")
    panel.endsMoved.connect(lambda *moved: told.append(moved))
    panel.grab()
    drag(panel, point_at(panel, page.span("place where")[1]), point_at(panel, page.turns[1].start) - QPoint(2, 0))
    ((_, start, end),) = told
    assert start == page.span("place where")[0]
    assert "Bilal" not in page.text[start:end]


def test_a_click_on_an_end_moves_nothing(panel: TranscriptPanel) -> None:
    page, told = talk(), []
    show(panel, page, page.mark("place where", "one"))
    panel.set_current_excerpt("e-one")
    panel.endsMoved.connect(lambda *moved: told.append(moved))
    panel.grab()
    QTest.mouseClick(panel.view.viewport(), Qt.MouseButton.LeftButton, pos=point_at(panel, page.span("place where")[1]))
    assert told == []


def _drop(panel: TranscriptPanel, position: int) -> bool:
    data = QMimeData()
    data.setData(CODE_MIME, b"k1\nk2")
    event = QDropEvent(
        QPointF(point_at(panel, position)),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    panel.view.dropEvent(event)
    return event.isAccepted()


def test_a_code_dropped_codes_the_selection_or_the_excerpt_and_nothing_elsewhere(panel: TranscriptPanel) -> None:
    page, told = talk(), []
    show(panel, page, page.mark("Same here", "one"))
    panel.codeDropped.connect(lambda *dropped: told.append(dropped))
    panel.select(*page.span("felt like a place"))
    assert _drop(panel, page.span("like")[0])
    assert _drop(panel, page.span("Same here")[0] + 2)
    assert not _drop(panel, page.span("Somebody")[0])
    assert told == [("k1\nk2", *page.span("felt like a place")), ("k1\nk2", *page.span("Same here"))]


def _mixed(ground: str, colour: str, part: float) -> str:
    one, other = QColor(ground), QColor(colour)
    mixed = [round(a + (b - a) * part) for a, b in zip(one.getRgb()[:3], other.getRgb()[:3], strict=True)]
    return QColor(*mixed).name()
