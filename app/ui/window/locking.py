"""Locking the window: what is typed is committed, the study is closed, and only its password brings it back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication, QDialog

from app.ui.passwords.cover import Cover
from app.ui.passwords.idle import IdleWatch
from app.ui.passwords.lock_page import LockPage
from app.ui.window.guarding import study_at

if TYPE_CHECKING:
    from app.password import Password
    from app.study import Study
    from app.ui.window.main_window import MainWindow


WAIT_MS = 50


class WindowLock(QObject):
    """Lives as long as the window; watches while a study is open."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self.page: LockPage | None = None
        self._covers: list[Cover] = []
        self._watch = IdleWatch(self)
        self._watch.idle.connect(self.lock)

    def watch(self) -> None:
        """Begin to wait, as the Preferences say, or stop where nothing is open."""
        desk = self._window.desk
        self._watch.watch(0 if desk is None else self._window.settings.minutes_until_lock(desk.study.encrypted))

    def lock(self) -> None:
        """Lock now. A dialog is closed as by Esc; one that would lose words by it stays, under a cover.

        So does one whose work is not done: it goes on to its end, and then the window locks.
        """
        window = self._window
        if window.desk is None or self._covers:
            return
        dialog = QApplication.activeModalWidget()
        if window.desk.works:
            if isinstance(dialog, QDialog):
                self._cover(dialog, window.desk.study)
            else:
                QTimer.singleShot(WAIT_MS, self, self.lock)
            return
        if isinstance(dialog, QDialog):
            dialog.reject()
            if dialog.isVisible():
                self._cover(dialog, window.desk.study)
            else:  # once what waited for it has ended
                QTimer.singleShot(WAIT_MS, self, self.lock)
            return
        writing = QApplication.focusWidget()
        if writing is not None:
            writing.clearFocus()  # a field commits when it is left
        study = window.desk.study
        path, read_only, encrypted = study.path, study.read_only, study.encrypted

        def attempt(password: Password | None) -> Study:
            return study_at(window, path, read_only=read_only, password=password)

        window.close_study()
        self.page = LockPage(path, attempt, encrypted=encrypted)
        self.page.unlocked.connect(window.show_study)
        self.page.left.connect(self.forget)
        self.page.restyle(window.tokens)
        window.stack.addWidget(self.page)
        window.stack.setCurrentWidget(self.page)
        window.setWindowTitle(self.tr("Reflexa (locked)"))
        for name, text in (("edit.undo", self.tr("Undo")), ("edit.redo", self.tr("Redo"))):
            window.actions_[name].setText(text)  # they name what was done
        self.page.setFocus()

    def _cover(self, dialog: QDialog, study: Study) -> None:
        """The study stays open, for the words in the dialog belong to it; nothing of either is seen."""
        top = Cover(dialog, study.path, encrypted=study.encrypted)
        centre = self._window.centralWidget()
        assert centre is not None
        below = Cover(centre)
        title = self._window.windowTitle()
        self._window.setWindowTitle(self.tr("Reflexa (locked)"))
        self._covers = [top, below]

        def uncover() -> None:
            self._covers.clear()
            below.lift()
            self._window.setWindowTitle(title)

        def end() -> None:
            """It has closed by itself, its work done, and nobody has said the password."""
            if self._covers:
                uncover()
                QTimer.singleShot(WAIT_MS, self, self.lock)

        top.lifted.connect(uncover)
        dialog.finished.connect(end)

    def forget(self) -> None:
        """The page goes: the study is open again, or somebody wants another one."""
        page, self.page = self.page, None
        if page is not None:
            page.line.clear()
            if self._window.stack.currentWidget() is page:
                self._window.stack.setCurrentWidget(self._window.start)
                self._window.setWindowTitle("Reflexa")
            self._window.stack.removeWidget(page)
            page.deleteLater()
