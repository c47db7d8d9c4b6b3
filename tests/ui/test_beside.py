"""Long work beside the window: the window stays alive, and what is given up leaves nothing behind."""

from __future__ import annotations

import gc
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.errors import ExportRefused
from app.ui import beside as module
from app.ui.beside import beside, start_beside
from app.ui.window.main_window import MainWindow


@pytest.fixture(autouse=True)
def collecting() -> Iterator[None]:
    """Garbage is collected, as in a window that has long been painted."""
    before = gc.isenabled()
    gc.enable()
    yield
    if not before:
        gc.disable()


@pytest.fixture
def parent(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> QWidget:
    """A window that waits for nothing before it says so."""
    monkeypatch.setattr(module, "AT_ONCE_S", 0.0)
    monkeypatch.setattr(module, "LOOK_AGAIN_MS", 1)
    made = QWidget()
    qtbot.addWidget(made)
    made.show()
    return made


def test_the_window_answers_while_a_thread_works_and_gets_what_it_returns(parent: QWidget) -> None:
    answered = threading.Event()
    QTimer.singleShot(0, answered.set)  # only a window that answers comes to this
    assert beside(parent, "Working", lambda: answered.wait(60)) is True
    assert gc.isenabled()


def test_what_the_work_raises_is_raised_where_somebody_waits(parent: QWidget) -> None:
    def refuse() -> None:
        raise ExportRefused("No.")

    with pytest.raises(ExportRefused, match="No"):
        beside(parent, "Working", refuse)


def test_work_that_is_given_up_goes_on_alone_and_garbage_waits_for_it(parent: QWidget, qtbot: QtBot) -> None:
    go_on = threading.Event()
    QTimer.singleShot(0, _press_stop)
    assert beside(parent, "Working", lambda: go_on.wait(60)) is None
    assert not gc.isenabled(), "a thread would collect widgets"
    go_on.set()
    qtbot.waitUntil(gc.isenabled)


def test_garbage_waits_for_threads_that_are_asked_how_far_they_are(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "LOOK_AGAIN_MS", 1)
    go_on = threading.Event()
    start_beside(threading.Thread(target=lambda: go_on.wait(60), daemon=True))
    assert not gc.isenabled()
    go_on.set()
    qtbot.waitUntil(gc.isenabled)


def test_an_export_that_is_stopped_writes_nothing_and_the_study_goes_on(
    demo_window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    monkeypatch.setattr(module, "AT_ONCE_S", 0.0)
    monkeypatch.setattr(module, "LOOK_AGAIN_MS", 1)
    go_on = threading.Event()
    _hold_back(monkeypatch, go_on)
    outputs, target = demo_window.show_place("outputs"), tmp_path / "codebook.csv"
    left = outputs.register.rowCount()
    QTimer.singleShot(0, _press_stop)
    assert not outputs.export_to("codebook", target)
    go_on.set()
    qtbot.waitUntil(gc.isenabled)
    assert not target.exists()
    assert outputs.register.rowCount() == left
    assert outputs.export_to("codebook", target)
    assert target.exists()


def _hold_back(monkeypatch: pytest.MonkeyPatch, go_on: threading.Event) -> None:
    from app.ui.outputs import exporting

    made: Callable[..., object] = exporting.prepare

    def slowly(*arguments: object) -> object:
        assert go_on.wait(60)
        return made(*arguments)

    monkeypatch.setattr(exporting, "prepare", slowly)


def _press_stop() -> None:
    dialog = QApplication.activeModalWidget()
    assert dialog is not None
    stop = dialog.findChild(QPushButton, "waiting.stop")
    assert stop is not None
    stop.click()
