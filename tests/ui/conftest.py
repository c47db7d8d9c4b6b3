"""Fixtures of the window: offscreen, with settings of its own, on a real study file."""

from __future__ import annotations

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from app.demo import build_demo
from app.ui.settings import Settings
from app.ui.window.main_window import MainWindow


@pytest.fixture(scope="session", autouse=True)
def clipboard_left_empty(qapp: QCoreApplication) -> Iterator[None]:
    """Without a display Qt keeps what was copied until after Python has ended, and then stumbles over it."""
    yield
    QGuiApplication.clipboard().clear()


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Settings that no other test sees."""
    return Settings(tmp_path / "settings.ini")


@pytest.fixture
def window(qtbot: QtBot, settings: Settings) -> Iterator[MainWindow]:
    """The main window, shown, without a study."""
    settings.theme = "light"
    made = MainWindow(settings)
    qtbot.addWidget(made)
    made.resize(1280, 820)
    made.show()
    made.activateWindow()
    yield made
    made.close()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)  # or every later window is styled with this one


@pytest.fixture(scope="session")
def demo_bytes(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The example study as a file, built once."""
    path = tmp_path_factory.mktemp("demo") / "demo.reflexa"
    build_demo(path).close()
    return path.read_bytes()


@pytest.fixture
def demo_window(window: MainWindow, tmp_path: Path, demo_bytes: bytes) -> MainWindow:
    """The window with the example study open."""
    path = tmp_path / "mentoring.reflexa"
    path.write_bytes(demo_bytes)
    assert window.open_study(path)
    return window
