"""The Code workspace on a small study of its own, with a few codes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QKeyEvent
from sqlalchemy import func, select

from app.models import Change
from app.operations.codes import create_code
from app.operations.studies import new_study
from app.ui.code.workspace import CodeWorkspace
from app.ui.window.main_window import MainWindow
from tests.material import MadeOnce, bring_in, draft_of

NAMES = ("Belonging by being noticed", "The inherited drive", "Our jokes, our words", "Distance")


class Bench:
    """A window, its Code workspace, and shorthands for what tests ask again and again."""

    def __init__(self, window: MainWindow) -> None:
        assert window.desk is not None
        self.window, self.desk = window, window.desk
        place = window.show_place("code")
        assert isinstance(place, CodeWorkspace)
        self.code: CodeWorkspace = place
        self.said: list[str] = []
        self.desk.said.connect(lambda sentence, _: self.said.append(sentence))

    def id(self, name: str) -> str:
        """The id of the code of this name."""
        return next(row.id for row in self.code.codes.values() if row.name == name)

    def span(self, words: str) -> tuple[int, int]:
        """Where these words stand in the transcript shown."""
        assert self.code.script is not None
        start = self.code.script.text.index(words)
        return start, start + len(words)

    def select(self, words: str) -> tuple[int, int]:
        """Select words in the transcript."""
        self.code.panel.select(*self.span(words))
        return self.span(words)

    def coded(self) -> set[tuple[str, str]]:
        """{(quote, name of code or "")} of the transcript shown."""
        assert self.code.script is not None
        marks = [mark for marks in self.code.marks.values() for mark in marks]
        return {(self.code.script.text[mark.start : mark.end], mark.name if mark.code_id else "") for mark in marks}

    def changes(self) -> int:
        """How many changes the journal holds."""
        with self.desk.read() as session:
            return session.scalar(select(func.count()).select_from(Change)) or 0

    def row(self, name: str) -> Any:
        """A code as the study says it."""
        return self.code.codes[self.id(name)]


@pytest.fixture
def bench(window: MainWindow, path: Path, made_once: MadeOnce) -> Bench:
    """One transcript, four codes, nothing coded."""
    made_once(_with_codes, path)
    assert window.open_study(path)
    return Bench(window)


def _with_codes(path: Path) -> None:
    with new_study(path, "Belonging", smallest_group=1) as study:
        bring_in(study, draft_of(file_name="FG1 😀.txt", before="\ufeffMéthode 😀\n"))
        for name in NAMES:
            study.run(create_code, name)


def press(widget: Any, letter: str) -> None:
    """A letter that QTest's own keys do not have."""
    from PySide6.QtCore import Qt

    widget.keyPressEvent(QKeyEvent(QKeyEvent.Type.KeyPress, 0, Qt.KeyboardModifier.NoModifier, letter))
