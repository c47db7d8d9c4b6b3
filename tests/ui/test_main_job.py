"""The whole job with real widgets and a real file, from two transcripts to a codebook that is read back."""

from __future__ import annotations

from pathlib import Path

import docx
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDropEvent, QTextCursor
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.analysis.overview import dump, info
from app.analysis.verify import verify
from app.models.kinds import Direction, Weight
from app.resources import resource
from app.ui.code.code_tree import CODE_MIME
from app.ui.code.workspace import CodeWorkspace
from app.ui.importing.dialog import ImportDialog
from app.ui.themes.workspace import ThemesWorkspace
from app.ui.window.main_window import MainWindow


def drag_over(qtbot: QtBot, code: CodeWorkspace, start: int, end: int) -> None:
    """Select words as a hand does: press at the first letter, move, release after the last."""
    view = code.panel.view
    code.panel.reveal(start)
    points = []
    for position in (start, end):
        cursor = QTextCursor(view.document())
        cursor.setPosition(view.offsets.to_qt(position))
        rect = view.cursorRect(cursor)
        points.append(QPoint(rect.left() + 1, rect.center().y()))
    QTest.mousePress(view.viewport(), Qt.MouseButton.LeftButton, pos=points[0])
    QTest.mouseMove(view.viewport(), points[0] + QPoint(20, 0))
    QTest.mouseMove(view.viewport(), points[1])
    QTest.mouseRelease(view.viewport(), Qt.MouseButton.LeftButton, pos=points[1])


def find(code: CodeWorkspace, words: str) -> tuple[int, int]:
    assert code.script is not None
    start = code.script.text.index(words)
    return start, start + len(words)


def counts(window: MainWindow) -> dict[str, int]:
    assert window.desk is not None
    with window.desk.read() as session:
        told = info(session)
    return {name: told[name] for name in ("transcripts", "codes", "excerpts", "codings", "themes", "mappings")}


def rows(window: MainWindow) -> dict:
    assert window.desk is not None
    with window.desk.read() as session:
        return dump(session, with_journal=False)


def test_from_two_transcripts_to_a_codebook(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    path = tmp_path / "study.reflexa"
    assert window.new_study(path, "Mentoring")
    assert window.desk is not None
    at_first = rows(window)
    _import(qtbot, window)
    assert counts(window)["transcripts"] == 2

    code = window.show_place("code")
    assert isinstance(code, CodeWorkspace)
    code.show_source(code.cards[0].id)

    # by mouse: select, type, Enter
    first = find(code, "this shared folder that the seniors pass down")
    drag_over(qtbot, code, *first)
    assert code.panel.selection() == first
    qtbot.keyClicks(code.panel.view, "inherited")
    assert code.coding.box.isVisible()
    qtbot.keyClick(code.coding.box.field, Qt.Key.Key_Return)
    assert counts(window)["codings"] == 1
    assert [row.name for row in code.codes.values()] == ["inherited"]

    # by keyboard alone, overlapping the first: next turn, extend by words, type, Enter
    view = code.panel.view
    code.panel.select(first[0] + 5, first[0] + 5)
    for _ in range(8):
        qtbot.keyClick(view, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.ControlModifier)
    overlapping = code.panel.selection()
    assert overlapping[0] < first[1] < overlapping[1]
    qtbot.keyClicks(view, "ours / jokes")
    qtbot.keyClick(code.coding.box.field, Qt.Key.Key_Return)
    assert counts(window)["codings"] == 2
    assert {row.path for row in code.codes.values()} == {"inherited", "ours", "ours / jokes"}
    middle = first[1] - 1
    assert len(view.spans.over(middle, middle + 1)) == 2
    assert {view.spans.lane(mark) for mark in view.spans.over(middle, middle + 1)} == {0, 1}

    # a code dropped on a selection in the other transcript
    code.show_source(code.cards[1].id)
    third = find(code, "For me, honestly, no.") if "For me, honestly, no." in code.script.text else (
        code.script.turns[3].start, code.script.turns[3].end)  # fmt: skip
    code.panel.select(*third)
    inherited = next(row.id for row in code.codes.values() if row.name == "inherited")
    data = QMimeData()
    data.setData(CODE_MIME, inherited.encode())
    cursor = QTextCursor(view.document())
    cursor.setPosition(view.offsets.to_qt(third[0] + 2))
    spot = QPointF(view.cursorRect(cursor).center())
    buttons, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    view.dropEvent(QDropEvent(spot, Qt.DropAction.CopyAction, data, buttons, none))
    assert counts(window)["codings"] == 3

    themes = window.show_place("themes")
    assert isinstance(themes, ThemesWorkspace)
    themes.codes_list.selectAll()
    window.actions_["themes.make"].trigger()
    qtbot.keyClick(themes.naming.field, Qt.Key.Key_Return)
    assert counts(window)["themes"] == 1
    theme = themes.themes[0]
    assert len(theme.codes) == 3
    themes.sheet.concept.setFocus()
    qtbot.keyClicks(themes.sheet.concept, "What is handed down makes us.")
    themes.commit_pending()
    assert themes.themes[0].concept == "What is handed down makes us."

    themes.show_view("matrix")
    themes.matrix.setCurrentCell(0, 3)
    editor = themes.editor
    editor.weight.setCurrentIndex(editor.weight.findData(Weight.CENTRAL))
    editor.weight.activated.emit(editor.weight.currentIndex())
    editor.direction.setCurrentIndex(editor.direction.findData(Direction.CONTESTS))
    editor.direction.activated.emit(editor.direction.currentIndex())
    qtbot.keyClicks(editor.rationale, "It has a history.")
    themes.commit_pending()
    assert themes.matrix.cell(0, 3).head == "central, contests it"
    assert themes.matrix.cell(0, 3).text == "It has a history."

    # undo to the new study, redo to the end
    at_last = rows(window)
    study = window.desk.study
    undone = 0
    while study.undo() is not None:
        undone += 1
    assert undone >= 9
    assert rows(window) == at_first
    while study.redo() is not None:
        undone -= 1
    assert undone == 0
    assert rows(window) == at_last

    # close, reopen, export, read back
    window.close_study()
    assert verify(path) == []
    assert window.open_study(path)
    assert rows(window) == at_last
    outputs = window.show_place("outputs")
    target = tmp_path / "codebook.docx"
    assert outputs.export_to("codebook", target)
    words = "\n".join(paragraph.text for paragraph in docx.Document(str(target)).paragraphs)
    assert "inherited" in words
    assert "this shared folder that the seniors pass down" in words
    assert "Wei Jie:" not in words


def _import(qtbot: QtBot, window: MainWindow) -> None:
    dialog = ImportDialog(window.desk, window)
    dialog.show()
    dialog.add_files([resource("demo", "FG1-mentees.docx"), resource("demo", "FG2-mentors.docx")])
    qtbot.waitUntil(dialog.bring_in.isEnabled, timeout=30_000)
    with qtbot.waitSignal(dialog.imported, timeout=30_000):
        dialog.bring_in.click()
