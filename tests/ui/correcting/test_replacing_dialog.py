"""Replacing a transcript in the window: decided row by row, nothing written before."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from app.models import Excerpt, Memo, Source
from app.operations.codes import create_code
from app.operations.codings import code_passage
from app.ui.correcting import open_replacing
from app.ui.correcting.replacing_dialog import ReplacingDialog
from app.ui.window.main_window import MainWindow
from tests.material import LINES, Talk, bring_in, draft_of


class Desk:
    """The open dialog with shorthands."""

    def __init__(self, window: MainWindow, talk: Talk, dialog: ReplacingDialog) -> None:
        assert window.desk is not None
        self.desk, self.talk, self.dialog = window.desk, talk, dialog

    def quotes(self) -> list[str]:
        """The quotes in the study."""
        with self.desk.read() as session:
            return list(session.scalars(select(Excerpt.quote).order_by(Excerpt.start)))

    def text(self) -> str:
        """The text in the study."""
        with self.desk.read() as session:
            return session.scalar(select(Source.text)) or ""

    def shown(self, row: int) -> str:
        """What a row says."""
        return str(self.dialog.model.index(row).data())


@pytest.fixture
def opened(window: MainWindow, tmp_path: Path, blank: bytes, qtbot: QtBot) -> Desk:
    """A corrected file in which one excerpt is exact, one near and one lost."""
    path = tmp_path / "belonging.reflexa"
    path.write_bytes(blank)
    assert window.open_study(path)
    assert window.desk is not None
    talk = bring_in(window.desk.study)
    code_id = window.desk.run(create_code, "Belonging")
    for words in ("a place where I belong", "Somebody noticed when I was not there", "kept each other going, honestly"):
        window.desk.run(code_passage, talk.source_id, *talk.span(words), code_id)
    lines = (LINES[0], ("Bilal", "Same here. 😀"), LINES[2], ("Nur", "Someone noticed when I wasn't there."), LINES[4])
    file = tmp_path / "FG1 corrected.txt"
    file.write_text(draft_of(lines).text, encoding="utf-8")
    dialog = open_replacing(window.desk, talk.source_id, file, window)
    qtbot.waitUntil(lambda: dialog.replace.isEnabled(), timeout=20_000)
    return Desk(window, talk, dialog)


def test_what_is_not_exact_is_shown_before_anything_is_written(opened: Desk) -> None:
    assert opened.dialog.told.text() == "Excerpts found exactly: 1. Found with other words: 1. Not found: 1."
    assert "kept each other going" in opened.shown(0)
    assert "Belonging" in opened.shown(0)
    assert "Someone noticed when I wasn't there" in opened.shown(1)
    assert opened.dialog.replace.text() == "Replace; 1 excerpt goes"
    assert opened.text() == opened.talk.text


def test_replacing_is_one_change_and_undo_brings_all_of_it_back(opened: Desk) -> None:
    opened.dialog.replace_now()
    assert opened.quotes() == ["a place where I belong", "Someone noticed when I wasn't there"]
    with opened.desk.read() as session:
        assert "kept each other going, honestly" in session.scalars(select(Memo.text)).one()
    opened.desk.study.undo()
    assert opened.text() == opened.talk.text
    assert len(opened.quotes()) == 3


def test_an_unticked_row_goes_and_a_ticked_one_stays(opened: Desk) -> None:
    model = opened.dialog.model
    assert not model.setData(model.index(0), Qt.CheckState.Checked, Qt.ItemDataRole.CheckStateRole)
    assert model.setData(model.index(1), Qt.CheckState.Unchecked, Qt.ItemDataRole.CheckStateRole)
    assert opened.dialog.replace.text() == "Replace; 2 excerpts go"
    opened.dialog.keep.setChecked(False)
    opened.dialog.replace_now()
    assert opened.quotes() == ["a place where I belong"]
    with opened.desk.read() as session:
        assert session.scalars(select(Memo)).all() == []


def test_a_lost_excerpt_is_put_on_words_that_one_selects(opened: Desk) -> None:
    dialog = opened.dialog
    dialog.list.setCurrentIndex(dialog.model.index(0))
    text = dialog.text.document().toPlainText()
    cursor = dialog.text.textCursor()
    start = text.index("And then you")
    start += sum(1 for one in text[:start] if one > "\uffff")
    cursor.setPosition(start)
    cursor.setPosition(start + len("And then you pass it on. ".rstrip()), QTextCursor.MoveMode.KeepAnchor)
    dialog.text.setTextCursor(cursor)
    dialog.put.click()
    assert dialog.replace.text() == "Replace"
    dialog.replace_now()
    assert opened.quotes()[-1] == "And then you pass it on."


def test_nothing_selected_is_said_and_changes_nothing(opened: Desk) -> None:
    dialog = opened.dialog
    dialog.list.setCurrentIndex(dialog.model.index(0))
    dialog.put.click()
    assert dialog.hint.text() != ""
    assert dialog.replace.text() == "Replace; 1 excerpt goes"


def test_leaving_writes_nothing(opened: Desk) -> None:
    opened.dialog.reject()
    assert opened.text() == opened.talk.text


def test_a_file_that_cannot_be_read_is_said(window: MainWindow, opened: Desk, tmp_path: Path, qtbot: QtBot) -> None:
    opened.dialog.reject()
    bad = tmp_path / "empty.txt"
    bad.touch()
    dialog = open_replacing(opened.desk, opened.talk.source_id, bad, window)
    qtbot.waitUntil(lambda: "empty" in dialog.told.text() and not dialog.progress.isVisible(), timeout=20_000)
    assert not dialog.replace.isEnabled()
    dialog.reject()
