"""The backups of a study in the window, and what is offered when a study is refused or open elsewhere."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QFileDialog, QMessageBox, QPushButton
from pytestqt.qtbot import QtBot

from app.analysis.verify import verify
from app.backups import Backup, Reason, Rules, backups_of, make_backup
from app.operations.codes import create_code
from app.study import Study
from app.ui.backups import opening
from app.ui.backups.dialog import BackupsDialog
from app.ui.window.main_window import MainWindow


def backed_up(study: Study) -> Backup:
    return make_backup(study, Reason.HOURLY, check=lambda path: not verify(path), rules=Rules())


def study_of(window: MainWindow) -> Study:
    assert window.desk is not None
    return window.desk.study


@pytest.fixture
def dialog(demo_window: MainWindow, qtbot: QtBot) -> BackupsDialog:
    study = study_of(demo_window)
    backed_up(study)
    study.run(create_code, "Only later")
    made = BackupsDialog(study.path, study, None, demo_window)
    qtbot.addWidget(made)
    qtbot.waitUntil(lambda: not made._idle.isActive())
    return made


def test_each_backup_says_when_why_and_what_came_since(dialog: BackupsDialog) -> None:
    assert dialog.table.rowCount() == 1
    said = [dialog.table.item(0, column).text() for column in range(3)]  # type: ignore[union-attr]
    assert said[1:] == ["while working", "1 code more (‘Only later’)"]
    assert dialog.detail.text() == "Since then: 1 code more (‘Only later’)."


def test_restoring_makes_a_new_file_and_leaves_the_study(dialog: BackupsDialog, tmp_path: Path) -> None:
    assert dialog._study is not None
    before = dialog._path.read_bytes()
    assert not dialog.write_out(dialog._path)
    assert "exists already" in dialog.said.text()
    new = tmp_path / "new.reflexa"
    assert dialog.write_out(new)
    assert dialog.wanted == (new, False)
    assert verify(new) == []
    assert dialog._path.read_bytes() == before


def test_looking_into_a_backup_opens_it_for_reading_with_a_way_back(
    demo_window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    study = study_of(demo_window)
    path, made = study.path, backed_up(study)
    before = made.path.read_bytes()
    monkeypatch.setattr(BackupsDialog, "exec", lambda self: self.look.click())
    demo_window.actions_["study.backups"].trigger()
    assert study_of(demo_window).path == made.path
    assert study_of(demo_window).read_only
    assert "backup" in demo_window.banner.sentence.text()
    assert path.resolve() in demo_window.settings.recent()
    assert made.path.resolve() not in demo_window.settings.recent()
    demo_window.banner.buttons()[0].click()
    assert study_of(demo_window).path == path
    assert demo_window.banner.isHidden()
    assert made.path.read_bytes() == before
    assert sorted(one.name for one in made.path.parent.iterdir()) == [made.name]


def test_a_backup_opened_like_a_study_is_for_reading_only(demo_window: MainWindow) -> None:
    made = backed_up(study_of(demo_window))
    with Study.open(made.path) as opened:
        assert opened.read_only


def test_a_damaged_study_is_refused_with_its_backups_one_press_away(
    window: MainWindow, tmp_path: Path, demo_bytes: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "mentoring.reflexa"
    path.write_bytes(demo_bytes)
    with Study.open(path) as study:
        made = backed_up(study)
    path.write_bytes(demo_bytes[:50_000])
    assert not window.open_study(path)
    assert "damaged" in window.start._message.text()
    assert not window.start.act.isHidden()
    monkeypatch.setattr(BackupsDialog, "exec", lambda self: self.write_out(tmp_path / "saved.reflexa"))
    window.start.act.click()
    assert study_of(window).path == tmp_path / "saved.reflexa"
    assert path.read_bytes() == demo_bytes[:50_000]
    assert made in backups_of(path, Rules())


def test_a_refused_study_without_backups_offers_none(window: MainWindow, tmp_path: Path) -> None:
    path = tmp_path / "x.reflexa"
    path.write_bytes(b"nothing of ours" * 50)
    assert not window.open_study(path)
    assert window.start.act.isHidden()


def press(text: str) -> None:
    """Press a button of the question that will open."""

    def find() -> None:
        box = QApplication.activeModalWidget()
        assert isinstance(box, QMessageBox)
        next(one for one in box.findChildren(QPushButton) if one.text() == text).click()

    QTimer.singleShot(0, find)


@pytest.fixture
def elsewhere(tmp_path: Path, demo_bytes: bytes) -> Path:
    path = tmp_path / "mentoring.reflexa"
    path.write_bytes(demo_bytes)
    return path


def test_a_study_open_elsewhere_can_be_read(window: MainWindow, elsewhere: Path) -> None:
    with Study.open(elsewhere, working_as="Aisyah"):
        press("Open for reading only")
        assert window.open_study(elsewhere)
        assert study_of(window).read_only
        window.close_study()


def test_a_study_open_elsewhere_can_be_worked_on_as_a_copy(
    window: MainWindow, elsewhere: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    proposed: list[str] = []

    def chosen(_: object, __: str, name: str, ___: str) -> tuple[str, str]:
        proposed.append(name)
        return name, ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", chosen)
    with Study.open(elsewhere, working_as="Aisyah") as theirs:
        theirs.run(create_code, "Theirs")
        press("Work on a copy …")
        assert window.open_study(elsewhere)
        copy = study_of(window)
        assert copy.path == elsewhere.with_name("mentoring copy.reflexa") == Path(proposed[0])
        assert not copy.read_only
        assert "copy of “mentoring.reflexa”" in window.banner.sentence.text()
        copy.run(create_code, "Mine")
        names = {row[0] for row in theirs.connection.execute("SELECT name FROM code")}
        assert "Theirs" in names
        assert "Mine" not in names
        with pytest.raises(opening.StudyRefused):
            opening.copy_study(theirs, copy.path)


def test_leaving_the_question_opens_nothing(window: MainWindow, elsewhere: Path) -> None:
    with Study.open(elsewhere):
        press("Cancel")
        assert not window.open_study(elsewhere)
    assert window.desk is None


def test_place_and_number_are_chosen_in_the_preferences(
    window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from app.ui.backups.rules_dialog import BackupRulesDialog
    from app.ui.window.preferences import PreferencesDialog

    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))

    def choose(dialog: BackupRulesDialog) -> bool:
        dialog.place.setText(str(tmp_path))
        dialog.fewest.setValue(12)
        dialog.accept()
        return True

    monkeypatch.setattr(BackupRulesDialog, "exec", choose)
    PreferencesDialog(window).backups.click()
    assert Rules.load() == Rules(place=str(tmp_path), fewest=12)
