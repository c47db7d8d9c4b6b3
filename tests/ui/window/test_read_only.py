"""A study opened for looking: the window says so, and nothing can be changed."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog

import app.ui.start
from app.__main__ import main
from app.operations.themes import create_theme
from app.ui.map.workspace import MapWorkspace
from app.ui.reviews.panel import CommentsPanel
from app.ui.themes.workspace import ThemesWorkspace
from app.ui.window.main_window import MainWindow


@pytest.fixture
def looking(window: MainWindow, tmp_path: Path, demo_bytes: bytes, monkeypatch: pytest.MonkeyPatch) -> MainWindow:
    """The example, opened by the command of the File menu."""
    path = tmp_path / "mentoring.reflexa"
    path.write_bytes(demo_bytes)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(path), ""))
    window.actions_["study.look"].trigger()
    return window


def test_the_window_states_it(looking: MainWindow) -> None:
    assert looking.desk is not None
    assert looking.desk.study.read_only
    assert looking.top.read_only.isVisible()
    assert "read-only" in looking.windowTitle()


def test_nothing_can_be_changed_and_the_file_stays_as_it_was(looking: MainWindow, demo_bytes: bytes) -> None:
    assert looking.desk is not None
    path = looking.desk.study.path
    for name in ("themes", "map", "code", "outputs", "compare", "journal", "transcripts"):
        assert looking.show_place(name) is not None
    assert looking.desk.run(create_theme, "Mine") is None
    assert "reading only" in looking.foot.sentence.text()
    themes = looking.show_place("themes")
    assert isinstance(themes, ThemesWorkspace)
    assert themes.sheet.name.isReadOnly()
    assert themes.sheet.concept.isReadOnly()
    place = looking.show_place("map")
    assert isinstance(place, MapWorkspace)
    assert not place.editable
    assert not place.save.isEnabled()
    looking.actions_["study.comments"].trigger()
    panel = looking.findChild(CommentsPanel)
    assert panel is not None
    assert not panel.text.isVisible()
    assert not panel.status.isEnabled()
    looking.close_study()
    assert path.read_bytes() == demo_bytes


def test_one_may_go_on_to_work_on_it(looking: MainWindow) -> None:
    assert looking.desk is not None
    assert looking.open_study(looking.desk.study.path)
    assert looking.desk is not None
    assert not looking.desk.study.read_only
    assert not looking.top.read_only.isVisible()


def test_the_command_line_opens_it_for_looking(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    asked: list[tuple[Path | None, bool]] = []

    def open_window(study: Path | None, *, read_only: bool = False) -> int:
        asked.append((study, read_only))
        return 0

    monkeypatch.setattr(app.ui.start, "open_window", open_window)
    study = tmp_path / "a.reflexa"
    assert main(["--read-only", str(study)]) == 0
    assert main([str(study), "--read-only"]) == 0
    assert asked == [(study, True), (study, True)]
