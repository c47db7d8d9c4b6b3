"""What one sees is what stands there: names above and inside turns, both directions of script, hits, empty lines."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.ui.transcript.marks import TurnMark
from app.ui.transcript.panel import TranscriptPanel
from tests.ui.transcript.conftest import Page, drag, point_at, show, talk, tinted
from tests.ui.transcript.test_codings_shown import long_page

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def spaced() -> Page:
    """Three turns with an empty line between them, as most transcripts have."""
    page = Page()
    for speaker, words in (("Nur", "I belong here."), ("Bilal", "So do I, as it is."), ("Nur", "Good to hear that.")):
        page.say(speaker, words)
        page.text += "\n"
    return page


def split(page: Page, words: str, speaker: str) -> Page:
    """Split the first turn before these words: the second part has no label in the text."""
    first, cut = page.turns[0], page.text.index(words)
    before = len(page.text[:cut].rstrip())
    page.turns[:1] = [
        TurnMark("a", 1, first.label_start, first.label_end, first.start, before, first.speaker, ""),
        TurnMark("b", 2, cut, cut, cut, first.end, speaker, ""),
    ]
    return page


def _ink(panel: TranscriptPanel, left: float, top: float, width: float, height: float) -> int:
    """How many pixels of a rectangle of the viewport are as dark as letters."""
    image: QImage = panel.grab().toImage()
    at = panel.view.viewport().mapTo(panel, QPoint(int(left), int(top)))
    pixels = ((at.x() + x, at.y() + y) for x in range(int(width)) for y in range(int(height)))
    return sum(QColor(image.pixel(*spot)).lightness() < 110 for spot in pixels if image.valid(*spot))


def test_the_name_above_the_very_first_turn_is_seen(panel: TranscriptPanel) -> None:
    page = talk()
    show(panel, page)
    top = point_at(panel, page.turns[0].start).y() - 8
    height = panel.view.setting.label_height()
    assert top >= height
    assert _ink(panel, 0, top - height, 60, height - 2) > 10


@pytest.mark.parametrize("number", [7, 20])
def test_a_turn_gone_back_to_is_seen_with_its_name(panel: TranscriptPanel, number: int) -> None:
    page = long_page()
    show(panel, page)
    panel.restore_place(page.turns[number].label_start)
    assert panel.reading_place() == page.turns[number].label_start
    assert point_at(panel, page.turns[number].start).y() >= panel.view.setting.label_height()


def test_a_name_at_the_bottom_is_seen_before_its_words_are(panel: TranscriptPanel) -> None:
    page = long_page()
    show(panel, page)
    below = point_at(panel, page.turns[6].start).y()
    panel.resize(panel.width(), below - 12)
    assert page.turns[6] in [
        panel.view.labels.above.get(block.blockNumber()) for block, _ in panel.view.visible_blocks()
    ]


@pytest.mark.parametrize(
    ("speaker", "words"), [("Dana", "אני חושבת שהמנטורית"), ("Wei Jie", "(12) هذا مكان أنتمي إليه")]
)
def test_words_run_their_own_way_whatever_letters_the_name_has(
    panel: TranscriptPanel, speaker: str, words: str
) -> None:
    page = Page().say("Dana", words).say("نور", "and in English too")
    show(panel, page)
    first, second = page.turns
    assert point_at(panel, first.start).x() > point_at(panel, first.end).x()
    assert point_at(panel, second.start).x() < point_at(panel, second.end).x()
    assert panel.view.toPlainText() == page.text


def test_a_tint_over_both_directions_lies_on_its_words_and_on_no_others(panel: TranscriptPanel) -> None:
    page = Page().say("Dana", "אני חושבת שהמנטורית עזרה לי, when everyone felt stupid, ואז הכול")
    coded = "עזרה לי, when everyone"
    show(panel, page, page.mark(coded))
    rects = tinted(panel, *page.span(coded))
    assert len(rects) == 2
    (mine,) = tinted(panel, *page.span("when"))
    (other,) = tinted(panel, *page.span("felt stupid"))
    (before,) = tinted(panel, *page.span("אני חושבת"))
    assert any(rect.left() - 1 <= mine.left() and mine.right() <= rect.right() + 1 for rect in rects)
    for rect in rects:
        assert rect.intersected(other).width() <= 1
        assert rect.intersected(before).width() <= 1


def test_a_tint_ends_with_the_last_word_of_a_line(panel: TranscriptPanel) -> None:
    words = " ".join(["belonging"] * 40)
    page = Page().say("Nur", words)
    show(panel, page, page.mark(words))
    rects = tinted(panel, *page.span(words))
    line = panel.view.document().firstBlock().layout().lineAt(0)
    last = page.turns[0].label_start + line.textStart() + line.textLength()
    assert page.text[last - 1] == " "
    assert abs(rects[0].right() - tinted(panel, last - 10, last - 1)[0].right()) <= 1


def test_the_name_of_the_second_part_of_a_split_turn_stands_before_its_words(panel: TranscriptPanel) -> None:
    page = split(Page().say("Nur", "I belong here. So do I."), "So do I", "Bilal")
    plain = Page().say("Nur", "I belong here. So do I.")
    show(panel, plain)
    narrow = point_at(panel, plain.text.index("So do I")).x()
    show(panel, page)
    wide = point_at(panel, page.turns[1].start).x()
    width = panel.view.setting.inside_width("Bilal")
    assert abs(wide - narrow - width) <= 2
    assert _ink(panel, wide - width, point_at(panel, page.turns[1].start).y() - 8, width - 6, 16) > 20
    drag(panel, point_at(panel, page.turns[1].start), point_at(panel, page.turns[1].end))
    assert panel.selection() == (page.turns[1].start, page.turns[1].end)
    assert panel.view.toPlainText() == page.text


@pytest.mark.parametrize("held", [Qt.KeyboardModifier.NoModifier, SHIFT], ids=["moving", "selecting"])
@pytest.mark.parametrize("there, back", [(Qt.Key.Key_Right, Qt.Key.Key_Left), (Qt.Key.Key_Down, Qt.Key.Key_Up)])
def test_one_key_goes_over_an_empty_line(
    panel: TranscriptPanel, held: Qt.KeyboardModifier, there: Qt.Key, back: Qt.Key
) -> None:
    page = spaced()
    first, second = page.turns[:2]
    show(panel, page)
    panel.select(first.end, first.end)
    QTest.keyClick(panel.view, there, held)
    went = panel.view.textCursor().position()
    assert second.start <= went <= second.end
    QTest.keyClick(panel.view, back, held)
    assert first.start <= panel.view.textCursor().position() <= first.end


def test_the_caret_stays_in_the_words_at_both_ends_of_the_text(panel: TranscriptPanel) -> None:
    page = spaced()
    show(panel, page)
    for key, end in ((Qt.Key.Key_Home, page.turns[0].start), (Qt.Key.Key_End, page.turns[2].end)):
        for _ in range(2):
            QTest.keyClick(panel.view, key, CTRL)
            assert panel.view.textCursor().position() == end
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_PageDown):
        QTest.keyClick(panel.view, key)
        assert panel.view.textCursor().position() == page.turns[2].end


def test_everything_can_be_selected(panel: TranscriptPanel) -> None:
    page = spaced()
    show(panel, page)
    panel.select(page.turns[2].start, page.turns[2].start)
    for _ in range(2):
        QTest.keyClick(panel.view, Qt.Key.Key_A, CTRL)
        assert panel.selection() == (page.turns[0].start, page.turns[2].end)


def test_whole_turns_are_selected_with_shift_ctrl_and_arrows(panel: TranscriptPanel) -> None:
    page = spaced()
    show(panel, page)
    panel.select(page.turns[0].start, page.turns[0].start)
    for turn in page.turns:
        QTest.keyClick(panel.view, Qt.Key.Key_Down, CTRL | SHIFT)
        assert panel.selection() == (page.turns[0].start, turn.end)
    panel.select(page.turns[2].end, page.turns[2].end)
    for turn in reversed(page.turns):
        QTest.keyClick(panel.view, Qt.Key.Key_Up, CTRL | SHIFT)
        assert panel.selection() == (turn.start, page.turns[2].end)


def test_a_selection_is_told_once_when_the_mouse_lets_go(panel: TranscriptPanel) -> None:
    page, told = talk(), []
    show(panel, page)
    panel.selectionMade.connect(lambda start, end: told.append((start, end)))
    for _ in range(2):
        drag(panel, point_at(panel, page.span("felt")[0]), point_at(panel, page.span("a place")[1]))
        QTest.mouseClick(panel.view.viewport(), Qt.MouseButton.LeftButton, pos=point_at(panel, page.span("Why")[0]))
    assert told == [(page.span("felt")[0], page.span("a place")[1])] * 2


def test_enter_on_coded_words_chooses_the_excerpt(panel: TranscriptPanel) -> None:
    page, told = talk(), []
    show(panel, page, page.mark("a place where I belong", "one"))
    panel.excerptClicked.connect(told.append)
    at = page.span("place")[0]
    panel.select(at, at)
    QTest.keyClick(panel.view, Qt.Key.Key_Return)
    assert told == ["e-one"]


def _ground(panel: TranscriptPanel, position: int) -> str:
    image: QImage = panel.grab().toImage()
    spot = panel.view.viewport().mapTo(panel, point_at(panel, position))
    return QColor(image.pixel(spot.x() + 2, spot.y() - 9)).name()


def test_every_hit_that_is_seen_is_marked_until_one_stops_looking(panel: TranscriptPanel) -> None:
    page = Page().say("Nur", "we were here and here").say("Bilal", "and HERE too")
    show(panel, page)
    hits = [at for at in range(len(page.text)) if page.text[at:].lower().startswith("here")]
    found = QColor(panel.view.colours.found).name()
    assert panel.find("here")
    assert [_ground(panel, at + 1) == found for at in hits[1:]] == [True, True]
    assert panel.find("here", match_case=True)
    assert _ground(panel, hits[2] + 1) != found
    panel.stop_finding()
    panel.select(0, 0)
    assert all(_ground(panel, at + 1) != found for at in hits)
    assert not panel.find("")


def test_an_end_dragged_into_another_turn_shows_where_it_would_lie(panel: TranscriptPanel) -> None:
    page = talk()
    show(panel, page, page.mark("a place where I belong", "one"))
    panel.set_current_excerpt("e-one")
    panel.grab()
    target = page.span("Same here. We kept")[1]
    before = _ground(panel, target - 8)
    viewport = panel.view.viewport()
    QTest.mousePress(viewport, Qt.MouseButton.LeftButton, pos=point_at(panel, page.span("where I belong")[1]))
    QTest.mouseMove(viewport, point_at(panel, target))
    assert _ground(panel, target - 8) != before
    QTest.mouseRelease(viewport, Qt.MouseButton.LeftButton, pos=point_at(panel, target))


def test_a_tint_does_not_run_on_under_the_name_of_the_next_speaker(panel: TranscriptPanel) -> None:
    page = split(Page().say("Nur", "I belong here. So do I."), "So do I", "Bilal")
    show(panel, page, page.mark("I belong here."))
    panel.view.redraw()
    panel.grab()
    (ground,) = panel.view._grounds_of(panel.view.document().firstBlock())
    width = panel.view.setting.inside_width("Bilal")
    assert ground[1].right() <= point_at(panel, page.turns[1].start).x() - width + 1


SAID = "I was lost! 😀 Was I? Yes. It was 3.5 weeks later."


def test_sentences_are_selected_one_after_the_other(panel: TranscriptPanel) -> None:
    page = Page().say("Nur", SAID).say("Bilal", "Another turn. Of two.")
    show(panel, page)
    at = page.span("Was")[0] + 1
    panel.select(at, at)
    found = []
    for _ in range(4):
        panel.going.select_sentence()
        found.append(page.text[slice(*panel.selection())])
    assert found == ["😀 Was I?", "😀 Was I? Yes.", "😀 Was I? Yes. It was 3.5 weeks later.",
                     "😀 Was I? Yes. It was 3.5 weeks later."]  # fmt: skip


def test_a_part_of_a_sentence_becomes_the_sentence(panel: TranscriptPanel) -> None:
    page = Page().say("Nur", SAID)
    show(panel, page)
    panel.select(*page.span("3.5"))
    panel.going.select_sentence()
    assert panel.selection() == page.span("It was 3.5 weeks later.")


def test_the_codes_at_the_caret_are_told_to_who_does_not_see_them(panel: TranscriptPanel, qtbot: QtBot) -> None:
    page = talk()
    show(panel, page, page.mark("a place where I belong", "belonging"), page.mark("where", "somewhere"))
    told = {"place": "Excerpt coded as belonging", "where": "Excerpt coded as belonging, somewhere", "like": ""}
    for words, said in told.items():
        at = page.span(words)[0]
        panel.select(at, at)
        qtbot.waitUntil(lambda said=said: panel.view.accessibleDescription() == said)


def test_only_what_a_change_touches_is_drawn_otherwise(panel: TranscriptPanel) -> None:
    page = talk()
    first, second = page.mark("a place where I belong", "one"), page.mark("Same here", "two", "#D55E00")
    show(panel, page, first, second)
    plain = {mark.key: _ground(panel, mark.start + 4) for mark in (first, second)}
    panel.set_current_excerpt("e-one")
    assert _ground(panel, first.start + 4) != plain[first.key]
    assert _ground(panel, second.start + 4) == plain[second.key]
    panel.set_current_excerpt("e-two")
    assert _ground(panel, first.start + 4) == plain[first.key]
    panel.update_codings([second], [])
    assert _ground(panel, second.start + 4) not in plain.values()
    panel.update_codings([], [second])
    panel.set_current_excerpt(None)
    assert {mark.key: _ground(panel, mark.start + 4) for mark in (first, second)} == plain


def test_an_excerpt_brought_forward_out_of_view_is_drawn_as_such_when_it_comes_into_view(
    panel: TranscriptPanel,
) -> None:
    page = long_page()
    mark = page.mark("Turn 3 says")
    show(panel, page, mark)
    plain = _ground(panel, mark.start + 4)
    bar = panel.view.verticalScrollBar()
    bar.setValue(bar.maximum())
    panel.grab()
    panel.set_current_excerpt(mark.excerpt_id)
    bar.setValue(0)
    assert _ground(panel, mark.start + 4) != plain
