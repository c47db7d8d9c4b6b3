"""A broken study is refused in the window, or opens with what can be read; it never brings the window down."""

from __future__ import annotations

import tempfile
from contextlib import suppress
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent
from pytestqt.qtbot import QtBot

from app.errors import ReflexaError
from app.ui.window.main_window import MainWindow
from tests.hostile.mutants import Due, mutants
from tests.thorough import times

EVERY = times(61, 1)
"""Of the many mutants only every so-manieth is tried here; `make soak` tries all."""


def test_no_mutant_brings_the_window_down(window: MainWindow, demo_bytes: bytes, tmp_path: Path, qtbot: QtBot) -> None:
    good = tmp_path / "good.reflexa"
    good.write_bytes(demo_bytes)
    tried = 0
    for number, mutant in enumerate(mutants(good, bits=0)):
        if number % EVERY and mutant.due != Due.SAME_OR_REFUSED:
            continue
        tried += 1
        with tempfile.TemporaryDirectory() as folder, qtbot.capture_exceptions():  # the window tells them in a sentence
            window.open_study(mutant.write(Path(folder)))
            for name in ("transcripts", "code", "compare", "themes", "map", "outputs"):
                with suppress(ReflexaError):  # which the window shows as a sentence
                    window.show_place(name)
            window.close_study()
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)  # as between two deeds of a person
    assert tried > 10
