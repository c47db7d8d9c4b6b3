"""A desk with a new study on disk, and an import preview on it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.study import Study
from app.ui.actions import Actions
from app.ui.desk import Desk
from app.ui.importing.dialog import ImportDialog
from app.ui.settings import Settings
from app.ui.style.tokens import LIGHT


@pytest.fixture
def desk(study: Study, tmp_path: Path, qtbot: QtBot) -> Desk:
    """A desk without a window around it."""
    window = QWidget()
    qtbot.addWidget(window)
    made = Desk(study, Settings(tmp_path / "settings.ini"), Actions(window), LIGHT)
    made.window_for_tests = window  # type: ignore[attr-defined]
    return made


@pytest.fixture
def dialog(desk: Desk, qtbot: QtBot) -> Iterator[ImportDialog]:
    """An import preview, shown."""
    made = ImportDialog(desk)
    qtbot.addWidget(made)
    made.show()
    yield made
    made.reader.cancel()


@pytest.fixture
def read(dialog: ImportDialog, qtbot: QtBot) -> Callable[..., None]:
    """Add files and wait until all of them are read, as the window does: through its event loop."""

    def add(*paths: Path) -> None:
        dialog.add_files(paths)
        qtbot.waitUntil(lambda: not dialog.reader.busy, timeout=30_000)

    return add
