"""The page on which a transcript is corrected: labels out of reach, one change, and what is lost shown before."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QInputMethodEvent, QTextCursor
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from app.models import Excerpt, Source
from app.operations.codes import create_code
from app.operations.codings import code_passage
from app.ui.code.workspace import CodeWorkspace
from app.ui.correcting.dialog import CorrectingDialog
from app.ui.window.main_window import MainWindow
from tests.material import Talk, bring_in, draft_of


class Page:
    """The open page with shorthands."""

    def __init__(self, window: MainWindow, talk: Talk) -> None:
        assert window.desk is not None
        self.window, self.desk, self.talk = window, window.desk, talk
        place = window.show_place("code")
        assert isinstance(place, CodeWorkspace)
        self.code = place
        self.open()

    def open(self) -> None:
        """Open it by its command."""
        self.desk.actions["code.correct"].trigger()
        dialog = next(one for one in self.code.findChildren(CorrectingDialog) if one.isVisible())
        self.dialog, self.editor = dialog, dialog.editor

    def select(self, words: str) -> None:
        """Select these words on the page."""
        text = self.editor.document().toRawText().replace("\u2029", "\n")
        start = len(text[: text.index(words)].encode("utf-16-le")) // 2
        cursor = self.editor.textCursor()
        cursor.setPosition(start)
        cursor.setPosition(start + len(words.encode("utf-16-le")) // 2, QTextCursor.MoveMode.KeepAnchor)
        self.editor.setTextCursor(cursor)

    def type(self, words: str) -> None:
        """Type."""
        QTest.keyClicks(self.editor, words)

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """One key."""
        QTest.keyClick(self.editor, key, modifier)

    def text(self) -> str:
        """The text in the study."""
        with self.desk.read() as session:
            return session.scalar(select(Source.text)) or ""

    def quotes(self) -> list[str]:
        """The quotes in the study."""
        with self.desk.read() as session:
            return list(session.scalars(select(Excerpt.quote).order_by(Excerpt.start)))


@pytest.fixture
def page(window: MainWindow, tmp_path: Path, blank: bytes) -> Page:
    """A transcript with emoji and two codings, open to be corrected."""
    path = tmp_path / "belonging.reflexa"
    path.write_bytes(blank)
    assert window.open_study(path)
    assert window.desk is not None
    talk = bring_in(window.desk.study, draft_of(before="Méthode 😀\u00a0x\n"))
    code_id = window.desk.run(create_code, "Belonging")
    for words in ("a place where I belong", "honestly"):
        window.desk.run(code_passage, talk.source_id, *talk.span(words), code_id)
    return Page(window, talk)


def test_several_places_are_one_change_and_the_text_view_follows(page: Page) -> None:
    page.select("It felt")
    page.type("It really felt")
    page.select("where I")
    page.type("in which 😀 I".replace("😀 ", ""))
    page.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    page.dialog.correct.click()
    assert page.text() == page.talk.text.replace("It felt", "It really felt").replace("where I", "in which I")
    assert page.quotes() == ["a place in which I belong", "honestly"]
    assert page.desk.study.next_undo().label == "Correct transcript ‘FG1’ (2 places)"
    assert page.code.script.text == page.text()
    page.desk.study.undo()
    assert page.text() == page.talk.text == page.code.script.text


def test_what_a_widget_would_turn_into_something_else_stays_as_it_was(page: Page) -> None:
    page.select("noticed")
    page.type("knew")
    page.dialog.done_with_words()
    assert "knew" in page.text()
    assert page.text().startswith("Méthode 😀\u00a0x\n")


@pytest.mark.parametrize("words", ["Bilal", "Nur: It", ".\nBilal"])
def test_labels_take_no_edit_by_any_way(page: Page, qtbot: QtBot, words: str) -> None:
    page.select(words)
    before = page.editor.document().toRawText()
    page.type("x")
    page.press(Qt.Key.Key_Delete)
    page.press(Qt.Key.Key_X, Qt.KeyboardModifier.ControlModifier)
    pasted = QMimeData()
    pasted.setText("Somebody else")
    page.editor.insertFromMimeData(pasted)
    composed = QInputMethodEvent("", [])
    composed.setCommitString("你")
    page.editor.inputMethodEvent(composed)
    page.editor.textCursor().insertText("by a way nobody foresaw")
    qtbot.waitUntil(lambda: page.editor.document().toRawText() == before)
    assert page.editor.splice().edits == ()
    assert "This turn is by" in page.dialog.refusal.text()


def test_the_keys_that_delete_stop_at_a_label(page: Page) -> None:
    page.select("Same")
    page.press(Qt.Key.Key_Left)
    before = page.editor.document().toRawText()
    page.press(Qt.Key.Key_Backspace)
    page.press(Qt.Key.Key_Backspace, Qt.KeyboardModifier.ControlModifier)
    assert page.editor.document().toRawText() == before
    page.select("honestly.")
    page.press(Qt.Key.Key_Right)
    page.press(Qt.Key.Key_Delete)
    assert page.editor.document().toRawText() == before


def test_words_before_and_behind_those_of_a_turn_can_be_written(page: Page) -> None:
    page.select("Same here")
    page.press(Qt.Key.Key_Left)
    page.type("Well. ")
    page.select("on.")
    page.press(Qt.Key.Key_Right)
    page.press(Qt.Key.Key_Return)
    page.type("Yes.")
    page.dialog.done_with_words()
    assert "Bilal: Well. Same here." in page.text()
    assert page.text().endswith("pass it on.\nYes.\n")
    assert [turn.speaker for turn in page.code.script.turns].count("Bilal") == 2


def test_what_would_be_deleted_is_shown_and_one_can_go_back(page: Page) -> None:
    page.select(", honestly")
    page.press(Qt.Key.Key_Delete)
    page.dialog.done_with_words()
    assert page.dialog.pages.currentIndex() == 1
    shown = page.dialog.list.model().index(0, 0).data()
    assert "Belonging" in shown
    assert "honestly" in shown
    assert "deleted" in shown.casefold()
    assert page.text() == page.talk.text
    page.dialog.go_back()
    assert page.dialog.pages.currentIndex() == 0
    page.editor.undo()
    assert page.editor.places() == 0 or page.editor.splice().edits == ()


def test_confirmed_it_is_deleted_and_undo_brings_it_back(page: Page) -> None:
    page.select(", honestly")
    page.press(Qt.Key.Key_Delete)
    page.dialog.done_with_words()
    page.dialog.findChild(type(page.dialog.correct), "correcting.yes").click()
    assert page.quotes() == ["a place where I belong"]
    page.desk.study.undo()
    assert page.quotes() == ["a place where I belong", "honestly"]


def test_leaving_asks_only_if_something_was_changed(page: Page) -> None:
    page.dialog.reject()
    assert not page.dialog.isVisible()
    page.open()
    page.select("felt")
    page.type("feels")
    page.dialog.reject()
    assert page.dialog.isVisible()
    assert page.dialog.confirm.isVisible()
    page.dialog.confirm.yes.click()
    assert not page.dialog.isVisible()
    assert page.text() == page.talk.text


def test_the_codes_of_the_words_under_the_caret_are_named(page: Page) -> None:
    page.select("belong")
    assert "Belonging" in page.dialog.codes.text()
    page.select("Same")
    assert page.dialog.codes.text() == ""


def test_find_and_replace_goes_round_and_keeps_off_the_labels(page: Page) -> None:
    page.dialog.sought.setText("Bilal")
    page.dialog.instead.setText("B.")
    page.dialog.replace_here()
    page.dialog.replace_here()
    assert page.editor.splice().edits == ()
    page.dialog.sought.setText("when")
    page.dialog.instead.setText("while")
    page.dialog.replace_here()
    page.dialog.replace_here()
    page.dialog.done_with_words()
    assert "noticed while I was" in page.text()


def test_typing_and_taking_it_back_is_no_change(page: Page) -> None:
    before = page.desk.study.next_undo()
    page.select("felt")
    page.type("feels")
    page.select("feels")
    page.type("felt")
    page.dialog.done_with_words()
    assert page.desk.study.next_undo() == before


def test_a_study_that_is_open_for_reading_is_not_corrected(page: Page) -> None:
    page.dialog.reject()
    page.desk.study.read_only = True
    from app.ui.correcting import open_correcting

    assert open_correcting(page.desk, page.talk.source_id, page.code) is None


def test_the_reading_place_is_kept_where_words_before_it_are_corrected(
    window: MainWindow, tmp_path: Path, blank: bytes
) -> None:
    path = tmp_path / "long.reflexa"
    path.write_bytes(blank)
    assert window.open_study(path)
    assert window.desk is not None
    lines = tuple((("Nur", "Bilal")[n % 2], f"This is turn {n} with a few words in it.") for n in range(200))
    page = Page(window, bring_in(window.desk.study, draft_of(lines)))
    page.dialog.reject()
    start = page.talk.text.index("turn 150")
    page.code.panel.select(start, start + 8)
    page.code.panel.restore_place(start)
    first = page.code.panel.reading_place()
    seen = page.talk.text[first : first + 40]
    page.open()
    page.select("turn 0")
    page.type("turn number 0")
    page.dialog.done_with_words()
    now = page.code.panel.reading_place()
    assert page.text()[now : now + 40] == seen
    assert page.text()[slice(*page.code.panel.selection())] == "turn 150"
    page.desk.study.undo()
    assert page.code.panel.reading_place() == first
