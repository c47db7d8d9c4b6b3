"""Bringing a project of another program in through the window: read apart, shown, taken in, undone."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot
from sqlalchemy import func, select

from app.models import Code, Coding
from app.study import Study
from app.ui.importing.project_dialog import ProjectDialog
from app.ui.window.main_window import MainWindow
from tests.importers.test_refi import counting, project, selection, spans


@pytest.fixture
def opened(window: MainWindow, tmp_path: Path, blank: bytes) -> MainWindow:
    path = tmp_path / "belonging.reflexa"
    path.write_bytes(blank)
    with Study.open(path) as study:
        window.settings.remember_place(study.key, "workspace", "outputs")
    assert window.open_study(path)
    return window


def read(window: MainWindow, path: Path, qtbot: QtBot) -> ProjectDialog:
    assert window.desk is not None
    dialog = ProjectDialog(window.desk, path, window)
    dialog.open()
    qtbot.waitUntil(lambda: not dialog.waiting.isVisible(), timeout=20_000)
    return dialog


def count(window: MainWindow, kind: type) -> int:
    assert window.desk is not None
    with window.desk.read() as session:
        return session.scalar(select(func.count()).select_from(kind)) or 0


def test_a_project_is_shown_with_what_it_loses_and_comes_in_as_one_step(
    opened: MainWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    path = project(tmp_path / "p.qdpx", origin="NVivo", selections=spans(counting()) + selection(5, 9999, key="s9"))
    dialog = read(opened, path, qtbot)
    assert "Written by NVivo. It holds 1 transcript, 1 code, 3 marked passages." in dialog.said.text()
    assert "3 of 4 selections" in dialog.reading.text()
    assert dialog.losses.count() == 1
    dialog.take.click()
    assert (count(opened, Code), count(opened, Coding)) == (1, 3)
    assert "3 codings" in dialog.said.text()
    dialog.copy.click()
    assert "does not stand inside the text" in QGuiApplication.clipboard().text()
    dialog.close()
    opened.undo()
    assert count(opened, Code) == 0


def test_cancelling_while_it_comes_in_takes_back_what_came(
    opened: MainWindow, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.operations.bringing_project.PIECE", 1)
    path = project(tmp_path / "p.qdpx", selections=spans(counting()))
    dialog = read(opened, path, qtbot)
    came: list[int] = []

    def look() -> None:
        came.append(count(opened, Coding))
        if came[-1] == 2:
            dialog.shut.click()
        elif dialog.take.isHidden() is False:
            QTimer.singleShot(0, look)

    QTimer.singleShot(0, look)
    dialog.take.click()
    assert {0, 1, 2} <= set(came), "the window answered between the pieces"
    assert dialog.isVisible()
    assert dialog.said.text() == "Cancelled. Nothing came in."
    assert (count(opened, Code), count(opened, Coding)) == (0, 0)
    dialog.take.click()
    assert (count(opened, Code), count(opened, Coding)) == (1, 3)
    dialog.close()
    opened.undo()
    assert count(opened, Code) == 0


def test_a_file_that_is_none_is_said_in_the_dialog_and_changes_nothing(
    opened: MainWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    path = tmp_path / "none.qdpx"
    path.write_text("no archive")
    dialog = read(opened, path, qtbot)
    assert "no REFI-QDA project" in dialog.said.text()
    assert dialog.take.isHidden()
    assert count(opened, Code) == 0
    dialog.close()


def test_closing_while_it_is_read_ends_the_reading(opened: MainWindow, tmp_path: Path) -> None:
    assert opened.desk is not None
    dialog = ProjectDialog(opened.desk, project(tmp_path / "p.qdpx"), opened)
    dialog.open()
    dialog.reject()
    assert not dialog.reader.busy
