"""The code tree: merging by command and by dragging, splitting, why, did you mean, sorting, counts, code lists."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QTimer
from PySide6.QtGui import QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from app.analysis.codes import codings_of_code
from app.importers.code_list import read_code_list
from app.operations.codes import create_code
from app.operations.codings import code_passage
from app.ui.code.code_list_dialog import CodeListDialog
from app.ui.code.code_tree import CODE_MIME
from app.ui.code.quick_code import QuickCode
from app.ui.code.split_dialog import SplitDialog
from tests.ui.code.conftest import Bench


def coded(bench: Bench, code: str, *words: str) -> None:
    """Code these words."""
    for one in words:
        bench.desk.run(code_passage, bench.code.script.id, *bench.span(one), bench.id(code))


def reason(bench: Bench) -> str | None:
    """Why the last change was made."""
    return bench.desk.study.connection.execute("SELECT reason FROM change ORDER BY seq DESC LIMIT 1").fetchone()[0]


def drag(bench: Bench, code_ids: list[str], onto: str, *, at_pill: bool) -> None:
    """Drag codes over a row, and drop them on it or on the place beside it."""
    tree = bench.code.tree
    rect = tree.visualItemRect(tree._items[onto])
    data = QMimeData()
    data.setData(CODE_MIME, "\n".join(code_ids).encode())
    where = QPointF(rect.center())
    actions, button, none = Qt.DropAction.MoveAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    tree.dragMoveEvent(QDragMoveEvent(where.toPoint(), actions, data, button, none))
    assert tree._pill.isVisible()
    if at_pill:
        where = QPointF(tree._pill.geometry().center())
        tree.dragMoveEvent(QDragMoveEvent(where.toPoint(), actions, data, button, none))
    tree.dropEvent(QDropEvent(where, actions, data, button, none))
    assert not tree._pill.isVisible()


def test_a_code_is_merged_by_command_with_the_keyboard_alone(bench: Bench, qtbot: QtBot) -> None:
    coded(bench, "Distance", "Same here")
    bench.code.show_code(bench.id("Distance"))
    bench.window.actions_["code.merge"].trigger()
    box = next(one for one in bench.code.findChildren(QuickCode) if one.isVisible())
    qtbot.keyClicks(box.field, "inherited")
    qtbot.keyClick(box.field, Qt.Key.Key_Return)
    assert bench.coded() == {("Same here", "The inherited drive")}
    assert "Distance" not in {code.name for code in bench.code.codes.values()}
    assert bench.said[-1].startswith("Merged “Distance” into “The inherited drive”.")


def test_why_is_asked_beside_the_work_and_may_stay_empty(bench: Bench, qtbot: QtBot) -> None:
    foot = bench.window.foot
    bench.code.show_code(bench.id("Distance"))
    bench.window.actions_["code.aside"].trigger()
    assert foot.why.isVisible()
    qtbot.keyClicks(foot.why, "It says too little.")
    qtbot.keyClick(foot.why, Qt.Key.Key_Return)
    assert reason(bench) == "It says too little."
    assert not foot.why.isVisible()
    bench.window.actions_["code.aside"].trigger()
    bench.window.actions_["code.aside"].trigger()
    before = bench.changes()
    bench.desk.say("Something else.")
    assert not foot.why.isVisible()
    assert bench.changes() == before
    assert reason(bench) is None


def test_dropped_beside_a_code_it_is_merged_and_dropped_on_it_it_nests(bench: Bench) -> None:
    drag(bench, [bench.id("Distance")], bench.id("The inherited drive"), at_pill=False)
    assert bench.row("Distance").parent_id == bench.id("The inherited drive")
    bench.desk.study.undo()
    drag(bench, [bench.id("Distance")], bench.id("The inherited drive"), at_pill=True)
    assert "Distance" not in {code.name for code in bench.code.codes.values()}


def test_several_codes_are_merged_at_once_and_undone_at_once(bench: Bench) -> None:
    ids = [bench.id("Distance"), bench.id("Our jokes, our words")]
    before = bench.changes()
    drag(bench, ids, bench.id("The inherited drive"), at_pill=True)
    assert len(bench.code.codes) == 2
    assert bench.changes() == before + 1
    bench.desk.study.undo()
    assert len(bench.code.codes) == 4


def test_the_excerpts_ticked_go_to_the_new_code(bench: Bench, qtbot: QtBot) -> None:
    coded(bench, "Distance", "Same here", "pass it on")
    dialog = SplitDialog(bench.desk, bench.code.shelf, bench.row("Distance"), bench.code)
    qtbot.addWidget(dialog)
    dialog.accept()
    assert "name" in dialog.why.text()
    dialog.name.setText("Passing on")
    dialog.accept()
    assert "Tick" in dialog.why.text()
    item = next(dialog.list.item(n) for n in range(dialog.list.count()) if "pass it on" in dialog.list.item(n).text())
    item.setCheckState(Qt.CheckState.Checked)
    dialog.accept()
    assert bench.coded() == {("Same here", "Distance"), ("pass it on", "Passing on")}
    bench.desk.study.undo()
    assert bench.coded() == {("Same here", "Distance"), ("pass it on", "Distance")}


def test_a_split_can_leave_the_excerpts_in_both(bench: Bench, qtbot: QtBot) -> None:
    coded(bench, "Distance", "Same here")
    dialog = SplitDialog(bench.desk, bench.code.shelf, bench.row("Distance"), bench.code)
    qtbot.addWidget(dialog)
    dialog.name.setText("Both")
    dialog.keep.setChecked(True)
    dialog._tick(Qt.CheckState.Checked)
    dialog.accept()
    assert bench.coded() == {("Same here", "Distance"), ("Same here", "Both")}


def test_a_name_close_to_another_is_asked_about_and_nothing_is_held_up(bench: Bench) -> None:
    code_id = bench.desk.run(create_code, "Something")
    bench.code.tree.renameWanted.emit(code_id, "The inherited drives")
    foot = bench.window.foot
    assert bench.row("The inherited drives").id == code_id
    assert foot.sentence.text() == "There is also “The inherited drive”. Did you mean that one?"
    foot.act.click()
    assert code_id not in bench.code.codes
    bench.code.tree.renameWanted.emit(bench.id("Distance"), "Quite another thing")
    assert not foot.act.isVisible()


def order(bench: Bench) -> list[str]:
    """The names on top of the tree."""
    tree = bench.code.tree
    return [tree.topLevelItem(n).text(0) for n in range(tree.topLevelItemCount())]


def test_codes_are_sorted_without_changing_the_study(bench: Bench) -> None:
    own, before = order(bench), bench.changes()
    bench.window.actions_["code.sort_name"].trigger()
    assert order(bench) == sorted(own, key=str.casefold)
    bench.window.actions_["code.sort_newest"].trigger()
    assert order(bench) == own[::-1]
    coded(bench, "Distance", "Same here")
    coded(bench, "The inherited drive", "pass it on")
    bench.window.actions_["code.sort_used"].trigger()
    assert order(bench) == ["The inherited drive", "Distance", own[0], own[2]]
    bench.window.actions_["code.sort_own"].trigger()
    assert order(bench) == own
    assert bench.changes() == before + 2


def test_how_often_codes_occur_is_shown_only_when_asked(bench: Bench, qtbot: QtBot) -> None:
    coded(bench, "Distance", "Same here", "pass it on")
    tree, actions = bench.code.tree, bench.window.actions_
    assert (tree.columnCount(), tree.isHeaderHidden()) == (1, True)
    assert not actions["code.sort_heard"].isVisible()
    actions["code.counts"].trigger()
    item = tree._items[bench.id("Distance")]
    assert [item.text(column) for column in (1, 2)] == ["2", "1"]
    assert item.toolTip(1) == "2 excerpts, heard in 1 group"
    assert tree._items[bench.id("The inherited drive")].text(1) == "0"
    coded(bench, "Distance", "kept each other")
    qtbot.waitUntil(lambda: tree._items[bench.id("Distance")].text(1) == "3")
    actions["code.sort_heard"].trigger()
    assert order(bench)[0] == "Distance"
    actions["code.counts"].trigger()
    assert (tree.columnCount(), tree.isHeaderHidden()) == (1, True)
    assert order(bench)[0] == "Belonging by being noticed"
    assert actions["code.sort_own"].isChecked()


def test_order_and_numbers_are_remembered_with_the_study(bench: Bench) -> None:
    bench.window.actions_["code.sort_name"].trigger()
    bench.window.actions_["code.counts"].trigger()
    path = bench.desk.study.path
    bench.window.close_study()
    assert bench.window.open_study(path)
    again = Bench(bench.window)
    assert order(again) == sorted(order(again), key=str.casefold)
    assert again.code.tree.columnCount() == 3
    assert again.window.actions_["code.sort_name"].isChecked()


@pytest.fixture
def table(tmp_path: Path) -> Path:
    """A list from elsewhere."""
    path = tmp_path / "codes.csv"
    path.write_text(
        "Name;Category;Description;Rank\nTrust;Relations;They rely on each other;1\nDistance;;;2\n"
        "Rivalry;Relations;;3\n"
        f"{'x' * 201};Relations;;\n",
        encoding="utf-8-sig",
    )
    return path


def test_a_code_list_comes_in_as_theory_led_and_what_is_there_stays(
    bench: Bench, table: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(table), ""))
    shown: list[Any] = []

    def accept() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, CodeListDialog)
        rows = dialog.rows
        shown.extend([rows.index(n, column).data() for column in (0, 1, 2)] for n in range(rows.rowCount()))
        shown.append(dialog.count.text())
        dialog.accept()

    QTimer.singleShot(50, accept)
    bench.window.actions_["code.list"].trigger()
    assert shown == [
        ["5", f"Relations / {'x' * 201}", "A code's name may have 200 characters; this one has 201."],
        ["2", "Relations / Trust", "new"],
        ["3", "Distance", "already there, kept as it is"],
        ["4", "Relations / Rivalry", "new"],
        "New: 2. Already there, kept as they are: 1. Left out: 1. Columns not needed: 1.",
    ]
    assert bench.row("Trust").brief == "They rely on each other"
    assert bench.row("Trust").origin == "theory-led"
    assert bench.row("Trust").path == "Relations / Trust"
    assert bench.said[-1].startswith("3 codes came in from “codes.csv”. Already there and kept as they are: 1.")
    bench.desk.study.undo()
    assert len(bench.code.codes) == 4


def test_another_column_is_taken_for_the_names(bench: Bench, table: Path, qtbot: QtBot) -> None:
    dialog = CodeListDialog(bench.desk, read_code_list(table), bench.code)
    qtbot.addWidget(dialog)
    dialog.boxes["name"].setCurrentIndex(dialog.boxes["name"].findText("Description"))
    dialog.boxes["brief"].setCurrentIndex(0)
    dialog.boxes["parent"].setCurrentIndex(0)
    assert [entry.path for entry in dialog.entries()] == [("They rely on each other",)]
    dialog.boxes["name"].setCurrentIndex(0)
    assert not dialog.take.isEnabled()
    assert dialog.count.text().startswith("No codes")


def test_the_codes_of_a_code_are_read_in_order(bench: Bench) -> None:
    coded(bench, "Distance", "pass it on", "Same here")
    with bench.desk.read() as session:
        rows = codings_of_code(session, bench.id("Distance"))
    assert [row.start for row in rows] == sorted(row.start for row in rows)


def test_a_drop_of_a_code_on_itself_does_nothing(bench: Bench) -> None:
    tree, before = bench.code.tree, bench.changes()
    code_id = bench.id("Distance")
    rect = tree.visualItemRect(tree._items[code_id])
    data = QMimeData()
    data.setData(CODE_MIME, code_id.encode())
    where = QPoint(rect.center())
    tree.dragMoveEvent(
        QDragMoveEvent(where, Qt.DropAction.MoveAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    )
    assert not tree._pill.isVisible()
    tree.dropEvent(
        QDropEvent(
            QPointF(where), Qt.DropAction.MoveAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        )
    )
    assert bench.changes() == before
