"""No event changes the document: it is the text of the study."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication, QInputMethodEvent, QKeyEvent
from PySide6.QtTest import QTest

from app.ui.transcript.panel import TranscriptPanel
from tests.ui.transcript.conftest import point_at, show, talk

KEYS = [
    (Qt.Key.Key_Backspace, Qt.KeyboardModifier.NoModifier),
    (Qt.Key.Key_Delete, Qt.KeyboardModifier.NoModifier),
    (Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier),
    (Qt.Key.Key_Tab, Qt.KeyboardModifier.NoModifier),
    (Qt.Key.Key_X, Qt.KeyboardModifier.ControlModifier),
    (Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier),
    (Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier),
    (Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier),
    (Qt.Key.Key_Insert, Qt.KeyboardModifier.ShiftModifier),
    (Qt.Key.Key_Delete, Qt.KeyboardModifier.ShiftModifier),
    (Qt.Key.Key_Backspace, Qt.KeyboardModifier.ControlModifier),
    (Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier),
]


def _keys(panel: TranscriptPanel) -> None:
    for key, held in KEYS:
        QTest.keyClick(panel.view, key, held)
    QTest.keyClicks(panel.view, "belonging ")
    _type(panel, "é")


def _type(panel: TranscriptPanel, letter: str) -> None:
    """A letter that QTest's own keys do not have."""
    panel.view.keyPressEvent(QKeyEvent(QKeyEvent.Type.KeyPress, 0, Qt.KeyboardModifier.NoModifier, letter))


def _input_method(panel: TranscriptPanel) -> None:
    event = QInputMethodEvent("ni", [])
    panel.view.inputMethodEvent(event)
    event = QInputMethodEvent("", [])
    event.setCommitString("你好", -1, 3)
    panel.view.inputMethodEvent(event)


def _drops(panel: TranscriptPanel) -> None:
    text, html, urls = QMimeData(), QMimeData(), QMimeData()
    text.setText("dropped")
    html.setHtml("<b>dropped</b>")
    urls.setUrls([QUrl.fromLocalFile("/somewhere/talk.docx")])
    spot = QPointF(point_at(panel, panel.view.turns[0].start + 3))
    for data in (text, html, urls):
        event = QDropEvent(
            spot, Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        )
        panel.view.dropEvent(event)
        assert not event.isAccepted()
        panel.view.insertFromMimeData(data)
        assert not panel.view.canInsertFromMimeData(data)


def _pasting(panel: TranscriptPanel) -> None:
    QGuiApplication.clipboard().setText("pasted")
    for act in (panel.view.paste, panel.view.cut, panel.view.undo, panel.view.redo):
        act()
    spot = point_at(panel, panel.view.turns[1].start + 3)
    QTest.mouseClick(panel.view.viewport(), Qt.MouseButton.MiddleButton, pos=spot)


@pytest.mark.parametrize("event", [_keys, _input_method, _drops, _pasting])
@pytest.mark.parametrize("selected", [True, False])
def test_no_event_changes_the_document(
    panel: TranscriptPanel, event: Callable[[TranscriptPanel], None], selected: bool
) -> None:
    page = talk()
    show(panel, page, page.mark("a place where I belong"))
    if selected:
        panel.select(*page.span("a place where I belong"))
    else:
        panel.select(page.turns[0].start, page.turns[0].start)
    before = panel.view.toPlainText(), panel.view.document().revision()
    event(panel)
    assert (panel.view.toPlainText(), panel.view.document().revision()) == before
    assert before[0] == page.text


def test_what_is_typed_or_committed_goes_to_the_quick_code_box(panel: TranscriptPanel) -> None:
    page, typed = talk(), []
    panel.typed.connect(typed.append)
    show(panel, page)
    panel.select(*page.span("Same here"))
    QTest.keyClicks(panel.view, "B")
    _type(panel, "é")
    event = QInputMethodEvent("", [])
    event.setCommitString("归属")
    panel.view.inputMethodEvent(event)
    assert typed == ["B", "é", "归属"]
    assert panel.view.inputMethodQuery(Qt.InputMethodQuery.ImEnabled) is True


def test_keys_that_are_no_letters_type_nothing(panel: TranscriptPanel) -> None:
    page, typed = talk(), []
    panel.typed.connect(typed.append)
    show(panel, page)
    panel.select(*page.span("Same here"))
    for key, held in KEYS:
        QTest.keyClick(panel.view, key, held)
    QTest.keyClick(panel.view, Qt.Key.Key_Escape)
    assert typed == []
