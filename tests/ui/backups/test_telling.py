"""What the window says of a study's file: copies beside it, where it lies, a crash, a file that went away."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from app.analysis.verify import verify
from app.operations.codes import create_code
from app.study import Study
from app.ui.backups import telling
from app.ui.backups.copies_dialog import CopiesDialog
from app.ui.window.main_window import MainWindow


def study_of(window: MainWindow) -> Study:
    assert window.desk is not None
    return window.desk.study


def settled(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: window.backups is not None)


@pytest.fixture
def path(tmp_path: Path, demo_bytes: bytes) -> Path:
    made = tmp_path / "mentoring.reflexa"
    made.write_bytes(demo_bytes)
    return made


def focus(window: MainWindow) -> None:
    QApplication.sendEvent(window, QEvent(QEvent.Type.WindowActivate))


def test_a_conflict_copy_is_told_shown_once_and_can_be_looked_into(
    window: MainWindow, path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = path.with_name("mentoring (conflicted copy 2024-05-01).reflexa")
    copy.write_bytes(path.read_bytes())
    with Study.open(copy) as there:
        there.run(create_code, "Only there")
    kept = copy.read_bytes()
    assert window.open_study(path)
    settled(window, qtbot)
    assert "changes that are not in here" in window.banner.sentence.accessibleName()

    def look(dialog: CopiesDialog) -> int:
        qtbot.waitUntil(lambda: not dialog._idle.isActive())
        said = [dialog.table.item(0, column).text() for column in range(4)]  # type: ignore[union-attr]
        assert said[0] == copy.name
        assert said[2] == "goes further than this study"
        assert "Only there" in said[3]
        assert f"{copy.name}”: goes further than this study." in dialog.detail.text()
        dialog.look.click()
        return 1

    monkeypatch.setattr(CopiesDialog, "exec", look)
    window.banner.buttons()[0].click()
    assert study_of(window).path == copy
    assert study_of(window).read_only
    assert window.open_study(path)
    settled(window, qtbot)
    assert window.banner.isHidden()  # shown once, and nothing new since
    assert copy.read_bytes() == kept


def test_a_copy_is_written_out_as_a_new_study(window: MainWindow, path: Path, tmp_path: Path, qtbot: QtBot) -> None:
    path.with_name("mentoring (1).reflexa").write_bytes(path.read_bytes())
    assert window.open_study(path)
    dialog = CopiesDialog(study_of(window), window)
    qtbot.addWidget(dialog)
    assert not dialog.write_out(path)
    assert "exists already" in dialog.said.text()
    assert dialog.write_out(tmp_path / "new.reflexa")
    assert verify(tmp_path / "new.reflexa") == []


def test_a_study_in_a_cloud_folder_is_told_so_once(
    window: MainWindow, tmp_path: Path, demo_bytes: bytes, qtbot: QtBot
) -> None:
    (tmp_path / "Dropbox").mkdir()
    path = tmp_path / "Dropbox" / "mentoring.reflexa"
    path.write_bytes(demo_bytes)
    assert window.open_study(path)
    settled(window, qtbot)
    assert "in a folder of Dropbox" in window.banner.sentence.accessibleName()
    window.close_study()
    assert window.open_study(path)
    settled(window, qtbot)
    assert window.banner.isHidden()


@pytest.mark.parametrize("how", ["moved", "deleted", "replaced"])
def test_a_file_that_went_away_is_noticed_and_saved_from_the_open_study(
    window: MainWindow, path: Path, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    assert window.open_study(path)
    settled(window, qtbot)
    study_of(window).run(create_code, "Still here")
    if how == "moved":
        path.rename(tmp_path / "elsewhere.reflexa")
    elif how == "deleted":
        path.unlink()
    else:
        (tmp_path / "other").write_bytes(path.read_bytes()[:4096])
        (tmp_path / "other").replace(path)
    assert window.banner.isHidden()
    focus(window)
    assert ("replaced" if how == "replaced" else "moved or deleted") in window.banner.sentence.accessibleName()
    focus(window)
    target = path if how == "deleted" else tmp_path / "saved.reflexa"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    window.banner.buttons()[0].click()
    assert study_of(window).path == target
    assert not study_of(window).read_only
    study_of(window).run(create_code, "Work goes on")
    window.close_study()
    assert verify(target) == []
    with Study.open(target) as saved:
        names = {name for (name,) in saved.connection.execute("SELECT name FROM code")}
    assert {"Still here", "Work goes on"} <= names


def test_a_file_that_is_put_back_is_not_spoken_of_any_more(window: MainWindow, path: Path, qtbot: QtBot) -> None:
    assert window.open_study(path)
    settled(window, qtbot)
    away = path.rename(path.with_name("away"))
    focus(window)
    assert not window.banner.isHidden()
    away.rename(path)
    focus(window)
    assert window.banner.isHidden()
    study_of(window).run(create_code, "After")


def test_nothing_is_saved_where_no_name_is_given(
    window: MainWindow, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert window.open_study(path)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: ("", ""))
    assert not telling.save_as_copy(window)
    assert study_of(window).path == path


def test_an_action_that_a_crash_cut_off_is_said_to_be_taken_back(window: MainWindow, path: Path, qtbot: QtBot) -> None:
    content = path.read_bytes()
    page = content[:4096]
    header = bytes.fromhex("d9d505f920a163d7") + struct.pack(">IIIII", 1, 7, len(content) // 4096, 512, 4096)
    record = struct.pack(">I", 1) + page + struct.pack(">I", 7 + sum(page[at] for at in range(4096 - 200, 0, -200)))
    path.with_name(path.name + "-journal").write_bytes(header.ljust(512, b"\0") + record)
    assert window.open_study(path)
    settled(window, qtbot)
    assert "The last action before a crash was taken back" in window.banner.sentence.accessibleName()
    window.close_study()
    QCoreApplication.processEvents()
    assert window.open_study(path)
    settled(window, qtbot)
    assert window.banner.isHidden()
