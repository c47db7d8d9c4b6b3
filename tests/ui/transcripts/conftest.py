"""The Transcripts workspace on a study with three small transcripts in two groups."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QMainWindow
from pytestqt.qtbot import QtBot
from sqlalchemy.orm import Session

from app.importers import read_transcript
from app.operations.importing import ImportPlan, import_transcripts, plan_for
from app.study import ChangeSession, Study
from app.ui.actions import Actions
from app.ui.desk import Desk
from app.ui.settings import Settings
from app.ui.style.tokens import LIGHT
from app.ui.transcripts.workspace import TranscriptsWorkspace

TALK = "Int: How was it?\nAina: Good.\nInt: And?\nAina: So so.\nDan: Fine.\nDan: Really.\n"


def _plan(session: Session, folder: Path, name: str, group: str) -> ImportPlan:
    path = folder / f"{name}.txt"
    path.write_text(TALK.replace("Good", name), encoding="utf-8")
    return replace(plan_for(session, read_transcript(path), group=group), name=name)


@pytest.fixture
def filled(study: Study, tmp_path: Path) -> Study:
    """ "one" and "two" of FG1, "three" of FG2; Int is the moderator, Aina and Dan speak in each."""
    for name, group in (("one", "FG1"), ("two", "FG1"), ("three", "FG2")):

        def bring_in(session: ChangeSession, name: str = name, group: str = group) -> None:
            import_transcripts(session, [_plan(session, tmp_path, name, group)])

        study.run(bring_in)
    return study


@pytest.fixture
def desk(study: Study, tmp_path: Path, qtbot: QtBot) -> Desk:
    """A desk whose actions live in a bare window."""
    window = QMainWindow()
    qtbot.addWidget(window)
    made = Desk(study, Settings(tmp_path / "settings.ini"), Actions(window), LIGHT)
    made.window = window  # type: ignore[attr-defined]
    return made


@pytest.fixture
def workspace(filled: Study, desk: Desk, qtbot: QtBot) -> TranscriptsWorkspace:
    """The workspace, shown in the window."""
    made = TranscriptsWorkspace(desk)
    desk.window.setCentralWidget(made)  # type: ignore[attr-defined]
    desk.window.resize(1200, 800)  # type: ignore[attr-defined]
    desk.window.show()  # type: ignore[attr-defined]
    qtbot.waitExposed(desk.window)  # type: ignore[attr-defined]
    return made
