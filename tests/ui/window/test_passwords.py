"""Passwords in the window: asked for at opening, chosen for a new study, changed, and the window that locks."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from app.analysis.verify import verify
from app.backups import Reason, backups_of, make_backup
from app.cipher import looks_encrypted
from app.errors import WrongPassword
from app.models import Source, StudySheet
from app.operations.codes import create_code
from app.operations.rights.permanence import make_permanent
from app.password import Password
from app.study import Study
from app.ui.backups import salvaging
from app.ui.importing.dialog import ImportDialog
from app.ui.passwords.choosing import ChangePasswordDialog, NewStudyDialog
from app.ui.passwords.cover import Cover
from app.ui.passwords.idle import IdleWatch
from app.ui.passwords.opening import PasswordDialog
from app.ui.rights.purge import purge
from app.ui.settings import Settings
from app.ui.widgets.fields import LineField
from app.ui.window.guarding import lock_of
from app.ui.window.main_window import MainWindow
from app.ui.window.palette import CommandPalette
from app.ui.window.preferences import PreferencesDialog
from app.ui.window.study_sheet import StudySheetDialog

TYPED, OTHER = "Zebras wade at noon", "Quite another one, really"


@pytest.fixture
def encrypted(tmp_path: Path, demo_bytes: bytes) -> Path:
    path = tmp_path / "mentoring.reflexa"
    path.write_bytes(demo_bytes)
    with Study.open(path) as study:
        study.set_password(Password(TYPED))
    return path


@pytest.fixture
def in_dialog() -> Callable[[Callable[[QDialog], None]], None]:
    """Do something in the modal dialog that comes next; it is closed in any case, so that no test hangs."""

    def later(act: Callable[[QDialog], None]) -> None:
        def now() -> None:
            dialog = QApplication.activeModalWidget()
            assert isinstance(dialog, QDialog)
            try:
                act(dialog)
            finally:
                if dialog.isVisible():
                    dialog.reject()

        QTimer.singleShot(50, now)

    return later


def opened(window: MainWindow, path: Path, in_dialog, typed: str = TYPED) -> bool:
    def answer(dialog: QDialog) -> None:
        assert isinstance(dialog, PasswordDialog)
        dialog.line.setText(typed)
        dialog.accept()

    in_dialog(answer)
    return window.open_study(path)


def test_a_damaged_encrypted_study_is_saved_after_its_password(
    window: MainWindow, encrypted: Path, in_dialog, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole, target = encrypted.read_bytes(), encrypted.with_name("saved.reflexa")
    encrypted.write_bytes(whole[:200_000] + bytes(1) + whole[200_001:])
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    told: list[str] = []
    monkeypatch.setattr(salvaging, "ask", lambda _, said, __: told.append(said) or True)
    monkeypatch.setattr(salvaging, "choose", lambda _, said, __: told.append(said))

    def answer(dialog: QDialog) -> None:
        assert isinstance(dialog, PasswordDialog)
        dialog.line.setText("not the one")
        dialog.accept()
        assert "password is wrong" in dialog.said.text()
        assert not target.exists()
        dialog.line.setText(TYPED)
        dialog.accept()

    in_dialog(answer)
    assert salvaging.ask_and_salvage(encrypted, None, window) == target, told
    assert "is a new, sound study" in told[0]
    assert verify(target, full=True, password=Password(TYPED)) == []


def seen_texts(window: MainWindow) -> str:
    labels = [label.text() for label in window.findChildren(QLabel) if label.isVisible()]
    lines = [line.text() for line in window.findChildren(QLineEdit) if line.isVisible()]
    return "\n".join([window.windowTitle(), *labels, *lines, *(one.text() for one in window.actions_.all())])


def test_an_encrypted_study_asks_for_its_password(window: MainWindow, encrypted: Path, in_dialog) -> None:
    said: list[str] = []

    def answer(dialog: QDialog) -> None:
        assert isinstance(dialog, PasswordDialog)
        assert dialog.line.echoMode() is QLineEdit.EchoMode.Password
        assert not dialog.go_on.isEnabled()
        dialog.line.setText("not the one")
        dialog.accept()
        said.append(dialog.said.text())
        assert dialog.isVisible()
        dialog.line.setText(TYPED)
        dialog.accept()

    in_dialog(answer)
    assert window.open_study(encrypted)
    assert "password is wrong" in said[0]
    assert window.desk.study.encrypted
    window.desk.run(create_code, "Written")


def test_who_gives_no_password_sees_nothing(window: MainWindow, encrypted: Path, in_dialog) -> None:
    before = encrypted.read_bytes()
    in_dialog(lambda dialog: dialog.reject())
    assert not window.open_study(encrypted)
    assert window.desk is None
    assert encrypted.read_bytes() == before


def test_a_plain_study_asks_for_none(demo_window: MainWindow) -> None:
    assert not demo_window.desk.study.encrypted
    assert demo_window.actions_["study.set_password"].isEnabled()
    assert not demo_window.actions_["study.change_password"].isVisible()
    assert not demo_window.actions_["study.remove_password"].isEnabled()


def test_a_new_study_is_made_with_a_password_said_twice(
    window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, in_dialog
) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "new"), ""))

    def answer(dialog: QDialog) -> None:
        assert isinstance(dialog, NewStudyDialog)
        assert dialog.make.isEnabled()
        dialog.encrypted.setChecked(True)
        for first, second in (("", ""), ("short", "short"), (TYPED, ""), (TYPED, OTHER), ("a" * 20, "a" * 20)):
            dialog.new.first.setText(first)
            dialog.new.second.setText(second)
            assert not dialog.make.isEnabled()
            dialog.accept()
            assert dialog.isVisible()
        assert "no recovery" in " ".join(label.text() for label in dialog.findChildren(QLabel))
        dialog.new.second.setText("a" * 20)
        dialog.new.first.setText(TYPED)
        dialog.new.second.setText(TYPED)
        dialog.accept()

    in_dialog(answer)
    window.choose_new()
    path = tmp_path / "new.reflexa"
    assert window.desk.study.encrypted
    assert looks_encrypted(path)
    window.close_study()
    Study.open(path, password=Password(TYPED)).close()


def test_five_words_can_be_made_up_and_are_shown(window: MainWindow, qtbot: QtBot) -> None:
    dialog = NewStudyDialog("x.reflexa", window)
    qtbot.addWidget(dialog)
    dialog.encrypted.setChecked(True)
    dialog.new.make_up.click()
    assert len(dialog.new.first.text().split()) == 5
    assert dialog.new.first.echoMode() is QLineEdit.EchoMode.Normal
    assert dialog.make.isEnabled()
    assert dialog.password == Password(dialog.new.first.text())


def test_a_new_study_without_a_password_is_a_plain_one(
    window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, in_dialog
) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "new"), ""))
    in_dialog(lambda dialog: dialog.reject())
    window.choose_new()
    assert window.desk is None
    assert not (tmp_path / "new.reflexa").exists()
    in_dialog(lambda dialog: dialog.accept())
    window.choose_new()
    assert not window.desk.study.encrypted


def test_a_password_is_set_changed_and_removed_with_the_backups(demo_window: MainWindow, in_dialog) -> None:
    study, path = demo_window.desk.study, demo_window.desk.study.path
    make_backup(study, Reason.ASKED, check=lambda _: True)

    def put_on(dialog: QDialog) -> None:
        dialog.new.first.setText(TYPED)
        dialog.new.second.setText(TYPED)
        dialog.accept()

    in_dialog(put_on)
    demo_window.actions_["study.set_password"].trigger()
    assert study.encrypted
    assert all(looks_encrypted(one.path) for one in backups_of(path))
    assert not demo_window.actions_["study.set_password"].isEnabled()
    assert "keep the password safe" in demo_window.foot.sentence.text()
    said = []

    def change(dialog: QDialog) -> None:
        dialog.new.first.setText(OTHER)
        dialog.new.second.setText(OTHER)
        assert not dialog.do.isEnabled()
        dialog.present.setText("not the present one")
        dialog.accept()
        said.append(dialog.said.text())
        dialog.present.setText(TYPED)
        dialog.accept()

    in_dialog(change)
    demo_window.actions_["study.change_password"].trigger()
    assert "not the present password" in said[0]
    with pytest.raises(WrongPassword):
        Study.open(path, read_only=True, password=Password(TYPED))

    def remove(dialog: QDialog) -> None:
        dialog.present.setText(OTHER)
        dialog.accept()

    in_dialog(remove)
    demo_window.actions_["study.remove_password"].trigger()
    assert not study.encrypted
    assert not looks_encrypted(path)
    demo_window.desk.run(create_code, "After all that")
    demo_window.undo()


def test_read_only_studies_keep_their_password(window: MainWindow, encrypted: Path, in_dialog) -> None:
    def answer(dialog: QDialog) -> None:
        dialog.line.setText(TYPED)
        dialog.accept()

    in_dialog(answer)
    assert window.open_study(encrypted, read_only=True)
    for name in ("set", "change", "remove"):
        assert not window.actions_[f"study.{name}_password"].isEnabled()
    assert window.actions_["study.lock"].isEnabled()
    lock_of(window).lock()
    window.locking.page.line.setText(TYPED)
    window.locking.page.go_on.click()
    assert window.desk.study.read_only


def test_lock_now_commits_closes_blanks_and_asks(window: MainWindow, encrypted: Path, in_dialog, qtbot: QtBot) -> None:
    assert opened(window, encrypted, in_dialog)
    window.show_place("themes")
    study = window.desk.study
    window.desk.run(create_code, "A telling name")
    window.actions_["study.lock"].trigger()
    assert not study.is_open
    assert window.desk is None
    page = window.locking.page
    assert window.stack.currentWidget() is page
    assert not encrypted.with_name("mentoring.reflexa.lock").exists()
    assert "A telling name" not in seen_texts(window)
    assert "Mentoring at a branch" not in seen_texts(window)
    page.line.setText("not the one")
    page.go_on.click()
    assert "password is wrong" in page.said.text()
    assert window.desk is None
    page.line.setText(TYPED)
    qtbot.keyClick(page.line, Qt.Key.Key_Return)
    assert window.desk.study.encrypted
    assert window.locking.page is None
    assert window._current_name() == "themes"
    window.undo()


def test_a_locked_study_can_be_left(window: MainWindow, encrypted: Path, in_dialog) -> None:
    assert opened(window, encrypted, in_dialog)
    lock_of(window).lock()
    window.locking.page.left.emit()
    assert window.stack.currentWidget() is window.start
    assert window.locking.page is None
    assert opened(window, encrypted, in_dialog)


def test_what_is_typed_in_a_field_is_committed_before_the_window_locks(
    window: MainWindow, encrypted: Path, in_dialog, qtbot: QtBot
) -> None:
    assert opened(window, encrypted, in_dialog)

    def lock_while_it_is_open(dialog: QDialog) -> None:
        assert isinstance(dialog, StudySheetDialog)
        field = dialog.title_field
        assert isinstance(field, LineField)
        field.setFocus()
        field.setText("Half typed")
        lock_of(window).lock()
        assert not dialog.isVisible()

    in_dialog(lock_while_it_is_open)
    window.actions_["study.sheet"].trigger()
    qtbot.waitUntil(lambda: window.desk is None)
    with Study.open(encrypted, password=Password(TYPED)) as study, study.read() as session:
        assert session.query(StudySheet).one().title == "Half typed"


def test_a_plain_study_locks_too_and_says_that_anybody_can_go_on(demo_window: MainWindow) -> None:
    lock_of(demo_window).lock()
    page = demo_window.locking.page
    assert not page.line.isVisible()
    assert "anybody" in " ".join(label.text() for label in page.findChildren(QLabel))
    page.go_on.click()
    assert demo_window.desk is not None


def test_how_long_one_may_do_nothing(settings: Settings) -> None:
    assert [settings.minutes_until_lock(encrypted) for encrypted in (False, True)] == [0, 10]
    for minutes in (0, 5, 10, 30):
        settings.lock_after = minutes
        assert [settings.minutes_until_lock(encrypted) for encrypted in (False, True)] == [minutes, minutes]


def test_the_preferences_hold_at_once(demo_window: MainWindow, qtbot: QtBot) -> None:
    lock = lock_of(demo_window)
    assert lock._watch._limit == 0
    dialog = PreferencesDialog(demo_window)
    qtbot.addWidget(dialog)
    dialog.lock_after.setCurrentIndex(dialog.lock_after.findData(5))
    dialog.accept()
    assert lock._watch._limit == 300


def test_the_window_locks_after_idle_time_and_not_while_one_works(
    window: MainWindow, encrypted: Path, in_dialog, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    clock = [1_000_000.0]
    monkeypatch.setattr("app.ui.passwords.idle.time.time", lambda: clock[0])
    assert opened(window, encrypted, in_dialog)
    watch = lock_of(window)._watch
    watch._listen_at(window.windowHandle())
    clock[0] += 9.5 * 60
    QApplication.sendEvent(window.windowHandle(), QEvent(QEvent.Type.FocusIn))  # somebody comes back
    clock[0] += 9.5 * 60
    watch.look()
    assert window.desk is not None
    clock[0] -= 3600  # a clock that is set back is no idleness
    watch.look()
    clock[0] += 9.5 * 60
    watch.look()
    assert window.desk is not None
    clock[0] += 40
    watch.look()
    assert window.desk is None
    assert window.locking.page is not None


def test_whoever_need_not_watch_listens_to_nothing(qtbot: QtBot, window: MainWindow) -> None:
    watch = IdleWatch(window)
    watch.watch(10)
    watch.watch(0)
    assert watch._windows == []
    QGuiApplication.processEvents()


def test_every_control_has_a_name(demo_window: MainWindow, qtbot: QtBot) -> None:
    for dialog in (NewStudyDialog("x", demo_window), ChangePasswordDialog(demo_window.desk, demo_window)):
        qtbot.addWidget(dialog)
        for line in dialog.findChildren(QLineEdit):
            assert line.accessibleName()
            assert line.objectName()


class Stubborn(QDialog):
    """A dialog with unsaved words: Esc does not close it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.words = QLineEdit("Not saved yet", self)

    def reject(self) -> None:
        """It would ask first."""


def test_a_dialog_with_unsaved_words_is_covered_and_keeps_them(
    window: MainWindow, encrypted: Path, in_dialog, qtbot: QtBot
) -> None:
    assert opened(window, encrypted, in_dialog)
    title = window.windowTitle()
    dialog = Stubborn(window.stack.currentWidget())  # like the dialog of a workspace

    def lock(_: QDialog) -> None:
        lock_of(window).lock()
        cover = dialog.findChild(Cover)
        assert cover is not None
        assert cover.geometry() == dialog.rect()
        assert not dialog.words.isEnabled()
        assert "Mentoring" not in window.windowTitle()
        assert window.centralWidget().findChild(Cover) is not None
        qtbot.keyClick(dialog, Qt.Key.Key_Escape)
        dialog.close()
        assert dialog.isVisible()
        assert cover.line.isEnabled()
        cover.line.setText("not the one")
        qtbot.keyClick(cover.line, Qt.Key.Key_Return)
        assert not dialog.words.isEnabled()
        assert "password is wrong" in cover.said.text()
        cover.line.setText(TYPED)
        qtbot.keyClick(cover.line, Qt.Key.Key_Return)
        assert dialog.words.isEnabled()
        assert dialog.words.text() == "Not saved yet"
        dialog.accept()

    in_dialog(lock)
    dialog.exec()
    assert window.windowTitle() == title
    window.desk.run(create_code, "Work goes on")
    lock_of(window).lock()
    assert window.desk is None


def test_an_import_that_goes_on_is_covered_comes_in_and_then_the_window_locks(
    window: MainWindow, encrypted: Path, in_dialog, qtbot: QtBot, tmp_path: Path
) -> None:
    assert opened(window, encrypted, in_dialog)
    files = [tmp_path / f"talk {number}.txt" for number in range(3)]
    for file in files:
        file.write_text(f"Nur: Here we are, {file.stem}.\nBilal: So we are.\n", encoding="utf-8")
    dialog = ImportDialog(window.desk, window)
    dialog.open()
    dialog.add_files(files)
    qtbot.waitUntil(lambda: dialog.bring_in.isEnabled(), timeout=20_000)
    seen: list[bool] = []

    def lock() -> None:
        lock_of(window).lock()
        cover = dialog.findChild(Cover)
        seen.append(cover is not None and cover.isVisible())

    QTimer.singleShot(0, lock)
    dialog.import_now()
    assert seen == [True]
    qtbot.waitUntil(lambda: window.desk is None)
    assert window.stack.currentWidget() is window.locking.page
    assert window.centralWidget().findChild(Cover) is None or not window.centralWidget().findChild(Cover).isVisible()
    with Study.open(encrypted, password=Password(TYPED)) as study, study.read() as session:
        assert {file.stem for file in files} <= set(session.scalars(select(Source.name)))


def test_a_purge_is_done_to_its_end_before_the_window_locks(
    window: MainWindow, encrypted: Path, in_dialog, qtbot: QtBot
) -> None:
    assert opened(window, encrypted, in_dialog)
    desk = window.desk
    assert desk.done(make_permanent)
    QTimer.singleShot(0, lock_of(window).lock)
    sentence, _ = purge(desk, lambda _: None)
    assert "verified" in sentence
    assert not desk.study.purge_due
    qtbot.waitUntil(lambda: window.desk is None)


def test_nothing_of_a_study_is_seen_on_top_of_a_locked_window(
    window: MainWindow, encrypted: Path, in_dialog, qtbot: QtBot
) -> None:
    """Neither the palette nor the sentence at the foot."""
    assert opened(window, encrypted, in_dialog)
    window.desk.run(create_code, "A telling name")
    window.desk.say("“A telling name” is done.", with_undo=True)
    CommandPalette(window.actions_, window).open_over(window.top.search)
    lock_of(window).lock()
    qtbot.waitUntil(lambda: [one for one in QApplication.topLevelWidgets() if one.isVisible()] == [window])
    assert "telling" not in seen_texts(window)
