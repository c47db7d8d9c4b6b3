"""The numbers at the left: what is numbered, and turns that are chosen by their numbers."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from app.ui.transcript.gutter import Numbers
from app.ui.transcript.panel import TranscriptPanel
from tests.ui.transcript.conftest import Page, point_at, show, talk

CTRL, SHIFT, NONE = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.NoModifier,
)


def numbered(panel: TranscriptPanel) -> list[str]:
    return [number for number, _ in panel.gutter.numbers_seen()]


def click(panel: TranscriptPanel, page: Page, words: str, held: Qt.KeyboardModifier = NONE) -> None:
    """Click in the gutter, at the height of these words."""
    height = point_at(panel, page.span(words)[0]).y()
    QTest.mouseClick(panel.gutter, Qt.MouseButton.LeftButton, held, QPoint(20, height))


def test_turns_paragraphs_or_nothing_is_numbered(panel: TranscriptPanel) -> None:
    page = talk()
    page.text += "\n\n   \nA line by nobody.\n"
    show(panel, page)
    assert numbered(panel) == ["1", "2", "3", "4"]
    panel.set_numbers("paragraphs")
    assert numbered(panel) == ["1", "2", "3", "4", "5"]
    panel.set_numbers("none")
    assert numbered(panel) == []
    panel.set_numbers("nonsense")
    assert panel.gutter.numbers == Numbers.TURNS


def test_numbers_are_drawn_and_none_is_blank(panel: TranscriptPanel) -> None:
    show(panel, talk())
    some = panel.gutter.grab().toImage()
    panel.set_numbers("none")
    blank = panel.gutter.grab().toImage()
    assert some != blank


def test_a_click_selects_the_turn_without_its_label(panel: TranscriptPanel) -> None:
    page = talk()
    show(panel, page)
    click(panel, page, "kept each other")
    assert panel.selection() == (page.turns[1].start, page.turns[1].end)
    assert panel.view.hasFocus()


@pytest.mark.parametrize("held", [CTRL, SHIFT])
def test_more_turns_are_taken_in_both_ways_with_a_key_held(panel: TranscriptPanel, held: Qt.KeyboardModifier) -> None:
    page = talk()
    show(panel, page)
    click(panel, page, "kept each other")
    click(panel, page, "Somebody noticed", held)
    assert panel.selection() == (page.turns[1].start, page.turns[3].end)
    click(panel, page, "It felt", held)
    assert panel.selection() == (page.turns[0].start, page.turns[3].end)


def test_a_key_held_with_nothing_selected_takes_the_one_turn(panel: TranscriptPanel) -> None:
    page = talk()
    show(panel, page)
    click(panel, page, "say) more", CTRL)
    assert panel.selection() == (page.turns[2].start, page.turns[2].end)


def test_paragraph_numbers_of_another_text_are_counted_anew(panel: TranscriptPanel) -> None:
    panel.set_numbers("paragraphs")
    show(panel, talk())
    show(panel, Page().say("Nur", "Only this."))
    assert numbered(panel) == ["1"]
    show(panel, Page())
    assert numbered(panel) == []
    QTest.mouseClick(panel.gutter, Qt.MouseButton.LeftButton, NONE, QPoint(20, 5))
    assert panel.selection() == (0, 0)
