"""The strip of the whole transcript: where it is coded, what is seen, where one may jump."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest

from app.ui.transcript.density import STRETCHES, Density
from app.ui.transcript.marks import CodingMark
from app.ui.transcript.panel import TranscriptPanel
from tests.ui.transcript.conftest import Page, show, talk


def long_talk(turns: int = 400) -> Page:
    page = Page()
    for number in range(turns):
        page.say("Nur" if number % 2 else "Bilal", f"Turn {number}: it felt like a place, you know, " * 4)
    return page


def mark(start: int, end: int, key: str = "one") -> CodingMark:
    return CodingMark(f"c-{key}", f"e-{key}", "k", start, end, "belonging", "Be", "#0072B2")


def ink(panel: TranscriptPanel) -> list[int]:
    """The rows of the strip in which a coding is drawn."""
    picture = panel.map._picture_now().toImage()
    ground = QColor(panel.view.colours.paper)
    return [row for row in range(picture.height()) if picture.pixelColor(3, row) != ground]


def test_it_is_inked_where_codings_lie_and_nowhere_else(panel: TranscriptPanel) -> None:
    page = long_talk()
    half = len(page.text) // 2
    show(panel, page, mark(half, half + 2000))
    rows = ink(panel)
    assert rows
    assert abs(min(rows) - panel.map.height() / 2) < 4
    assert max(rows) - min(rows) < 30


def test_it_follows_each_change_as_if_counted_anew(panel: TranscriptPanel) -> None:
    page = long_talk()
    show(panel, page, mark(10, 500))
    new, far = mark(10, len(page.text), "two"), mark(len(page.text) - 900, len(page.text) - 100, "three")
    panel.update_codings([], [new, far])
    panel.grab()
    panel.update_codings([new], [])
    kept = ink(panel)
    panel.set_codings([mark(10, 500), far])
    panel.grab()
    assert kept == ink(panel)
    assert min(kept) < 10
    assert max(kept) > panel.map.height() - 20


def test_density_by_changes_equals_density_by_filling() -> None:
    marks = [mark(start, start + start % 4000 + 1, str(start)) for start in range(0, 90_000, 777)]
    filled, changed = Density(95_000), Density(95_000)
    filled.append(marks[::2])
    changed.change([], marks)
    changed.change(marks[1::2], [])
    assert filled.counts == changed.counts
    assert len(filled.counts) <= STRETCHES
    assert sum(filled.counts) > 0


@pytest.mark.parametrize("length", [0, 1, 5, STRETCHES + 1])
def test_density_of_very_short_texts_has_rows_for_every_height(length: int) -> None:
    density = Density(length)
    density.append([mark(0, max(1, length))])
    assert density.rows(700) == [1] * 700
    assert density.rows(3) == [1] * 3


def test_a_click_jumps_there_even_before_the_text_is_laid_out(panel: TranscriptPanel) -> None:
    page = long_talk(2000)
    show(panel, page)
    QTest.mouseClick(panel.map, Qt.MouseButton.LeftButton, pos=QPoint(8, panel.map.height() // 2))
    start, end = panel.view.visible_span()
    assert start <= len(page.text) * 0.51
    assert end >= len(page.text) * 0.49
    QTest.mouseClick(panel.map, Qt.MouseButton.LeftButton, pos=QPoint(8, panel.map.height() - 1))
    assert panel.view.visible_span()[1] >= len(page.text)
    QTest.mouseClick(panel.map, Qt.MouseButton.LeftButton, pos=QPoint(8, 0))
    assert panel.view.verticalScrollBar().value() == 0


def test_a_drag_carries_the_part_that_is_seen(panel: TranscriptPanel) -> None:
    page = long_talk()
    show(panel, page)
    grip = panel.map.seen_rect().center().toPoint()
    QTest.mousePress(panel.map, Qt.MouseButton.LeftButton, pos=grip)
    assert panel.view.verticalScrollBar().value() == 0
    QTest.mouseMove(panel.map, grip + QPoint(0, 200))
    QTest.mouseRelease(panel.map, Qt.MouseButton.LeftButton, pos=grip + QPoint(0, 200))
    moved = panel.map.seen_rect().center().y() - grip.y()
    assert abs(moved - 200) < 8
    place = panel.view.verticalScrollBar().value()
    QTest.mouseMove(panel.map, grip)
    assert panel.view.verticalScrollBar().value() == place


def test_it_shows_where_hits_of_a_search_stand(panel: TranscriptPanel) -> None:
    page = long_talk()
    show(panel, page)
    blank = panel.map._picture_now().toImage()
    assert panel.find("Turn 200:")
    found = panel.map._picture_now().toImage()
    rows = [row for row in range(found.height()) if found.pixelColor(12, row) != blank.pixelColor(12, row)]
    assert rows
    assert abs(rows[0] - panel.map.height() / 2) < 6
    panel.stop_finding()
    assert panel.map._picture_now().toImage() == blank


def test_hits_are_one_a_stretch_and_never_only_a_label(panel: TranscriptPanel) -> None:
    page = long_talk(50)
    show(panel, page)
    panel.find("o")
    assert len(panel.view.hits_apart(1000)) <= len(page.text) // 1000 + 1
    panel.find("Bilal")
    assert panel.view.hits_apart(1) == []


def test_scrolling_draws_the_picture_no_second_time(panel: TranscriptPanel) -> None:
    page = long_talk()
    show(panel, page, mark(10, 500))
    before = panel.map._picture_now()
    panel.view.verticalScrollBar().setValue(4000)
    panel.grab()
    assert panel.map._picture_now() is before


def test_its_tip_says_whose_turn_it_is_and_it_takes_no_focus(panel: TranscriptPanel) -> None:
    page = talk()
    show(panel, page)
    assert panel.map.tip(0) == "Turn 1 · Nur · 00:01"
    assert panel.map.tip(panel.map.height()).startswith("Turn 4 · Nur")
    assert panel.map.focusPolicy() == Qt.FocusPolicy.NoFocus
    assert panel.map.accessibleName()


def test_lanes_and_strip_do_not_overlap_even_when_it_is_narrow(panel: TranscriptPanel) -> None:
    show(panel, talk())
    for width in (1400, 1000, 620, 420):
        panel.resize(width, 500)
        panel.grab()
        assert panel.lanes.geometry().right() < panel.map.geometry().left()
        assert panel.map.geometry().right() < panel.view.verticalScrollBar().mapTo(panel, QPoint(0, 0)).x()


def test_no_text_is_no_crash(panel: TranscriptPanel) -> None:
    panel.clear("No transcript yet.")
    panel.map.grab()
    QTest.mouseClick(panel.map, Qt.MouseButton.LeftButton, pos=QPoint(3, 3))
    assert not panel.map.isVisible()


def test_no_place_in_the_text_seems_to_reach_to_its_end(panel: TranscriptPanel) -> None:
    page = long_talk()
    show(panel, page)
    for position in range(0, len(page.text) - 5000, 613):
        panel.restore_place(position)
        start, end = panel.view.visible_span()
        assert end - start < 3000, position
