"""Where the window meets passwords: opening with one, new studies, which commands apply, who locks."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.cipher import Secret
    from app.study import Study
    from app.ui.window.locking import WindowLock
    from app.ui.window.main_window import MainWindow


def study_on(window: MainWindow, path: Path, *, read_only: bool) -> Study | None:
    """The study, after its password where it has one; None if nobody gave it. Raises ReflexaError."""
    from app.cipher import looks_encrypted  # nothing of the database is imported before the window is painted

    if not looks_encrypted(path):
        return study_at(window, path, read_only=read_only, password=None)
    from app.ui.passwords.opening import open_or_ask

    return open_or_ask(path, lambda given: study_at(window, path, read_only=read_only, password=given), window)


def study_at(window: MainWindow, path: Path, *, read_only: bool, password: Secret | None) -> Study:
    """Open a study file. Raises ReflexaError."""
    from app.page_check import PageCheck

    pages = PageCheck(path, password)  # while what follows is imported
    from app.study import Study

    working_as = window.settings.working_as
    return Study.open(path, read_only=read_only, working_as=working_as, pages=pages, password=password)


def ask_and_make(window: MainWindow, path: Path) -> None:
    """A new study, once it is said whether it gets a password."""
    from app.ui.passwords.choosing import NewStudyDialog

    dialog = NewStudyDialog(path.name, window)
    if dialog.exec():
        window.new_study(path, password=dialog.password)
    dialog.deleteLater()


def show_protection(window: MainWindow) -> None:
    """Which of the commands on passwords apply to what is open, if anything is."""
    if window.locking is not None:
        window.locking.forget()
        window.locking.watch()
    study = None if window.desk is None else window.desk.study
    may = study is not None and not study.read_only
    had = study is not None and study.encrypted
    for name, applies in (("set", not had), ("change", had), ("remove", had)):
        window.actions_[f"study.{name}_password"].setEnabled(may and applies)
        window.actions_[f"study.{name}_password"].setVisible(applies)
    window.actions_["study.lock"].setEnabled(study is not None)


def lock_of(window: MainWindow) -> WindowLock:
    """What locks the window; it is made while nobody waits."""
    from app.ui.window.locking import WindowLock

    if window.locking is None:
        window.locking = WindowLock(window)
        window.locking.watch()
    return window.locking
