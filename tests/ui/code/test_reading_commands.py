"""Size of letters, numbers beside the text, and the card over a lane: in the real workspace."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.models.kinds import ExcerptLevel
from app.operations.codes import create_code, edit_code
from app.operations.codings import code_passage
from app.operations.excerpts import set_interaction
from app.operations.memos import write_memo
from app.ui.transcript.gutter import Numbers
from app.ui.window.preferences import PreferencesDialog
from tests.ui.code.conftest import Bench

CTRL = Qt.KeyboardModifier.ControlModifier


def test_keys_make_letters_larger_and_smaller_and_usual_again(qtbot: QtBot, bench: Bench) -> None:
    view = bench.code.panel.view
    view.setFocus()
    for key, points in ((Qt.Key.Key_Plus, 13), (Qt.Key.Key_Equal, 14), (Qt.Key.Key_Minus, 13), (Qt.Key.Key_0, 12)):
        qtbot.keyClick(view, key, CTRL)
        assert view.setting.points == points
        assert bench.desk.settings.reading.points == points


def test_letters_stop_at_the_smallest_and_the_largest(bench: Bench) -> None:
    for _ in range(40):
        bench.window.actions_["code.larger"].trigger()
    assert bench.code.panel.view.setting.points == 32
    for _ in range(40):
        bench.window.actions_["code.smaller"].trigger()
    assert bench.code.panel.view.setting.points == 8


@pytest.mark.parametrize(("turned", "points"), [(120, 13), (-120, 11)])
def test_the_wheel_with_ctrl_does_the_same_and_scrolls_nothing(bench: Bench, turned: int, points: int) -> None:
    viewport = bench.code.panel.view.viewport()
    at = QPointF(20, 20)
    event = QWheelEvent(at, viewport.mapToGlobal(at), QPoint(), QPoint(0, turned), Qt.MouseButton.NoButton, CTRL,
                        Qt.ScrollPhase.NoScrollPhase, False)  # fmt: skip
    QApplication.sendEvent(viewport, event)
    assert bench.desk.settings.reading.points == points
    assert bench.code.panel.view.verticalScrollBar().value() == 0


def test_what_is_numbered_is_chosen_by_menu_and_in_the_preferences(bench: Bench) -> None:
    gutter, actions = bench.code.panel.gutter, bench.window.actions_
    assert actions["code.numbers_turns"].isChecked()
    actions["code.numbers_paragraphs"].trigger()
    assert gutter.numbers == Numbers.PARAGRAPHS
    assert bench.desk.settings.reading.numbers == "paragraphs"
    dialog = PreferencesDialog(bench.window)
    assert dialog.numbers.currentData() == "paragraphs"
    dialog.numbers.setCurrentIndex(dialog.numbers.findData("none"))
    dialog.accept()
    assert gutter.numbers == Numbers.NONE
    assert actions["code.numbers_none"].isChecked()


def test_the_card_says_name_path_definition_memos_who_when_unsure_and_kind(bench: Bench) -> None:
    place = bench.code
    assert place.script is not None
    child = bench.desk.run(create_code, "Being kept", parent_id=bench.id("Distance"))
    bench.desk.done(edit_code, child, brief="Somebody holds on.")
    bench.desk.done(write_memo, "code", child, "Compare with <b>belonging</b>")
    start, end = bench.span("Same here")[0], bench.span("say more?")[1]
    coded = bench.desk.run(
        code_passage, place.script.id, start, end, child, unsure=True, level=ExcerptLevel.INTERACTION
    )
    assert coded is not None
    bench.desk.done(set_interaction, coded.excerpt_id, "builds on")
    bench.desk.done(write_memo, "coding", coded.coding_id, "here it is only half meant")
    ((mark,),) = place.marks.values()
    card = place.panel.lanes.card
    card.show_mark(mark, place.panel.lanes.about(mark), QPoint(100, 100))
    path, name, definition, memo, here, about = card.words()
    assert (path, name, definition) == ("Distance", "Being kept", "Somebody holds on.")
    assert memo == "Memo: Compare with <b>belonging</b>"
    assert here == "Memo here: here it is only half meant"
    assert about.endswith("unsure · builds on")
    assert len(about.split(" · ")) >= 3
    card.hide()


def test_a_card_of_endless_words_stays_on_the_screen(bench: Bench) -> None:
    place = bench.code
    assert place.script is not None
    bench.desk.done(edit_code, bench.id("Distance"), brief="word " * 5000)
    bench.desk.done(write_memo, "code", bench.id("Distance"), "x" * 20_000)
    bench.desk.run(code_passage, place.script.id, *bench.span("kept each other"), bench.id("Distance"))
    ((mark,),) = place.marks.values()
    card = place.panel.lanes.card
    screen = card.screen().availableGeometry()
    card.show_mark(mark, place.panel.lanes.about(mark), screen.bottomRight())
    assert screen.contains(card.geometry())
    card.hide()
