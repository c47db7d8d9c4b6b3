"""Fields commit by themselves: one change a field and focus, and nothing typed is lost or moved."""

from __future__ import annotations

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.operations.codes import create_code, edit_code
from tests.ui.code.conftest import Bench

CTRL = Qt.KeyboardModifier.ControlModifier


def pause(field) -> None:
    """Two idle seconds, without waiting for them."""
    assert field._timer.isActive() or field.words() == field._committed
    field._timer.timeout.emit()


def open_sheet(bench: Bench, name: str = "Distance"):
    bench.code.show_code(bench.id(name))
    return bench.code.inspector.code


def test_typing_pausing_and_typing_on_is_one_change(qtbot: QtBot, bench: Bench) -> None:
    sheet = open_sheet(bench)
    before = bench.changes()
    sheet.brief.setFocus()
    for words in ("When people ", "keep ", "away. "):
        qtbot.keyClicks(sheet.brief, words)
        pause(sheet.brief)
    sheet.name.setFocus()
    assert bench.changes() == before + 1
    assert bench.row("Distance").brief == "When people keep away."


def test_a_pause_after_a_space_keeps_the_caret_and_the_space(qtbot: QtBot, bench: Bench) -> None:
    sheet = open_sheet(bench)
    sheet.brief.setFocus()
    qtbot.keyClicks(sheet.brief, "When people ")
    pause(sheet.brief)
    assert sheet.brief.toPlainText() == "When people "
    qtbot.keyClicks(sheet.brief, "keep away")
    assert sheet.brief.toPlainText() == "When people keep away"


def test_coming_back_to_a_field_begins_another_change(qtbot: QtBot, bench: Bench) -> None:
    sheet = open_sheet(bench)
    before = bench.changes()
    for words in ("One.", " Two."):
        sheet.brief.setFocus()
        sheet.brief.moveCursor(sheet.brief.textCursor().MoveOperation.End)
        qtbot.keyClicks(sheet.brief, words)
        sheet.full.setFocus()
    assert bench.changes() == before + 2
    assert bench.row("Distance").brief == "One. Two."


def test_a_field_never_joins_a_change_that_is_not_its_own(qtbot: QtBot, bench: Bench) -> None:
    sheet = open_sheet(bench)
    bench.desk.run(create_code, "Just made")
    before = bench.changes()
    sheet.name.setFocus()
    sheet.name.selectAll()
    qtbot.keyClicks(sheet.name, "the inherited drive")  # refused: there is one
    pause(sheet.name)
    sheet.name.selectAll()
    qtbot.keyClicks(sheet.name, "Closeness")
    pause(sheet.name)
    assert bench.changes() == before + 1
    bench.desk.study.undo()
    assert {"Just made", "Distance"} <= {row.name for row in bench.code.codes.values()}


def test_text_that_cleans_to_what_is_there_makes_no_change_and_joins_none(qtbot: QtBot, bench: Bench) -> None:
    sheet = open_sheet(bench)
    bench.desk.run(create_code, "Just made")
    before = bench.changes()
    sheet.brief.setFocus()
    qtbot.keyClicks(sheet.brief, "  ")
    pause(sheet.brief)
    qtbot.keyClicks(sheet.brief, "a")
    pause(sheet.brief)
    assert bench.changes() == before + 1
    bench.desk.study.undo()
    assert "Just made" in {row.name for row in bench.code.codes.values()}


def test_a_refused_name_is_put_back_on_leaving(qtbot: QtBot, bench: Bench) -> None:
    sheet = open_sheet(bench)
    for refused in ("The inherited DRIVE", "  "):
        sheet.name.setFocus()
        sheet.name.selectAll()
        qtbot.keyClicks(sheet.name, refused)
        pause(sheet.name)
        assert sheet.name.text() == refused
        sheet.brief.setFocus()
        assert sheet.name.text() == "Distance"


def test_undo_in_a_field_undoes_typing_only(qtbot: QtBot, bench: Bench) -> None:
    sheet = open_sheet(bench)
    before = bench.changes()
    sheet.brief.setFocus()
    qtbot.keyClicks(sheet.brief, "nonsense")
    qtbot.keyClick(sheet.brief, Qt.Key.Key_Z, CTRL)
    assert sheet.brief.toPlainText() == ""
    qtbot.keyClick(sheet.brief, Qt.Key.Key_Z, CTRL)
    assert bench.changes() == before
    sheet.name.setFocus()
    qtbot.keyClicks(sheet.name, "x")
    qtbot.keyClick(sheet.name, Qt.Key.Key_Z, CTRL)
    assert sheet.name.text() == "Distance"
    assert bench.changes() == before


def test_an_undo_from_elsewhere_is_shown_in_the_field(qtbot: QtBot, bench: Bench) -> None:
    sheet = open_sheet(bench)
    sheet.brief.setFocus()
    qtbot.keyClicks(sheet.brief, "nonsense ")
    pause(sheet.brief)
    bench.desk.study.undo()
    assert sheet.brief.toPlainText() == ""
    bench.desk.study.redo()
    assert sheet.brief.toPlainText() == "nonsense"


def test_what_is_being_typed_is_not_overwritten_by_another_change(qtbot: QtBot, bench: Bench) -> None:
    sheet = open_sheet(bench)
    sheet.brief.setFocus()
    qtbot.keyClicks(sheet.brief, "half a sen")
    bench.desk.run(edit_code, bench.id("Distance"), full="elsewhere")
    assert sheet.brief.toPlainText() == "half a sen"
    assert sheet.full.toPlainText() == "elsewhere"


def test_control_enter_commits_and_opens_no_box(qtbot: QtBot, bench: Bench) -> None:
    sheet = open_sheet(bench)
    bench.select("Same here")
    sheet.brief.setFocus()
    qtbot.keyClicks(sheet.brief, "kept")
    qtbot.keyClick(sheet.brief, Qt.Key.Key_Return, CTRL)
    assert bench.row("Distance").brief == "kept"
    assert not bench.code.coding.box.isVisible()


def test_going_to_another_code_commits_to_the_first(qtbot: QtBot, bench: Bench) -> None:
    sheet = open_sheet(bench)
    sheet.brief.setFocus()
    qtbot.keyClicks(sheet.brief, "kept")
    bench.code.show_code(bench.id("The inherited drive"))
    assert bench.row("Distance").brief == "kept"
    assert bench.row("The inherited drive").brief == ""
    assert sheet.brief.toPlainText() == ""


def test_typing_on_after_going_to_another_code_is_another_change(qtbot: QtBot, bench: Bench) -> None:
    sheet = open_sheet(bench)
    sheet.brief.setFocus()
    before = bench.changes()
    qtbot.keyClicks(sheet.brief, "one")
    bench.code.show_code(bench.id("The inherited drive"))
    qtbot.keyClicks(sheet.brief, "two")
    sheet.brief.commit_now()
    assert bench.changes() == before + 2
    bench.desk.study.undo()
    assert bench.row("Distance").brief == "one"


def test_closing_the_study_commits(qtbot: QtBot, bench: Bench) -> None:
    sheet, path = open_sheet(bench), bench.desk.study.path
    sheet.brief.setFocus()
    qtbot.keyClicks(sheet.brief, "kept")
    bench.window.close_study()
    assert bench.window.open_study(path)
    assert Bench(bench.window).row("Distance").brief == "kept"


def test_words_that_cannot_be_kept_stay_in_the_field(qtbot: QtBot, bench: Bench) -> None:
    sheet, path = open_sheet(bench), bench.desk.study.path
    sheet.brief.setFocus()
    qtbot.keyClicks(sheet.brief, "a long thought")
    aside = path.rename(path.with_name("moved.reflexa"))
    pause(sheet.brief)
    assert sheet.brief.toPlainText() == "a long thought"
    assert "moved, deleted or replaced" in bench.said[-1]
    aside.rename(path)
    sheet.name.setFocus()
    assert bench.row("Distance").brief == "a long thought"
