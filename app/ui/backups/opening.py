"""Opening safely, in the window: what is offered when a study is open elsewhere or damaged, and what is told of it."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFileDialog

from app.backups import backups_of, free_name_beside, is_backup
from app.errors import ReflexaError, StudyRefused
from app.ui.backups.telling import FileWatch, tell_of_copies, tell_of_crash, tell_of_place
from app.ui.passwords.opening import waiting
from app.ui.window.guarding import study_at, study_on
from app.ui.window.questions import ask_where, choose

if TYPE_CHECKING:
    from app.study import Study
    from app.ui.window.main_window import MainWindow


def show_backups(window: MainWindow, path: Path | None = None) -> None:
    """The backups of the study that is open, or of one at `path`; then what was chosen there is opened."""
    from app.ui.backups.dialog import BackupsDialog

    desk = window.desk
    study = desk.study if desk is not None and path in (None, desk.study.path) else None
    where = path or (study.path if study is not None else None)
    if where is None:
        chosen, _ = QFileDialog.getOpenFileName(
            window, _tr("Backups of which study?"), "", _tr("Studies (*.reflexa);;All files (*)")
        )
        if not chosen:
            return
        where = Path(chosen)
    keeper = window.backups.keeper if window.backups is not None and study is not None else None
    dialog = BackupsDialog(where, study, keeper, window)
    dialog.exec()
    dialog.deleteLater()
    if dialog.wanted is not None:
        opened, looking = dialog.wanted
        if window.open_study(opened, read_only=looking) and looking:
            window.banner.say(
                _tr("A backup, open for looking. Nothing in it can be changed."),
                [(_tr("Back to “{name}”").format(name=where.name), lambda: window.open_study(where))],
            )


def offer_after_refusal(window: MainWindow, path: Path, sentence: str) -> None:
    """A study that cannot be opened is told why; where there are backups of it, they are one press away."""
    found = [one for one in backups_of(path) if one.is_sound]
    if not found:
        window.say_refused(sentence)
        return
    when = found[0].at.astimezone().strftime("%Y-%m-%d %H:%M")
    button = _tr("Backups (the newest of {when}) …").format(when=when)
    window.offer_refused(sentence, button, lambda: show_backups(window, path))


def offer_when_in_use(window: MainWindow, path: Path, sentence: str) -> bool:
    """Somebody has the study open: read it, or work on a copy. Returns whether something is open now."""
    chosen = choose(window, sentence, [_tr("Open for reading only"), _tr("Work on a copy …")])
    if chosen == 0:
        return window.open_study(path, read_only=True)
    if chosen == 1:
        return work_on_copy(window, path)
    return False


def work_on_copy(window: MainWindow, path: Path) -> bool:
    """Ask for a name, copy the study as it is on disk now, and open the copy."""
    proposed = free_name_beside(path, _tr("copy"))
    copy = ask_where(window, _tr("Work on a copy"), proposed)
    if copy is None:
        return False
    try:
        study = study_on(window, path, read_only=True)
        if study is None:  # nobody gave its password
            return False
        with study, waiting():
            key = study.cipher_key
            copy_study(study, copy)
        window.asked_read_only = False
        window.show_study(study_at(window, copy, read_only=False, password=key))
    except ReflexaError as error:
        window.say_refused(error.sentence)
        return False
    window.banner.say(
        _tr("This is a copy of “{name}”. What you do here does not reach the other file.").format(name=path.name)
    )
    return True


def copy_study(study: Study, copy: Path) -> None:
    """The study as it is committed, whoever has it open, as a new file; as encrypted as it. Raises ReflexaError."""
    if copy.exists():
        raise StudyRefused(f"“{copy.name}” exists already and was left as it is. Choose another name.")
    try:
        study.back_up_to(copy)
    except (OSError, sqlite3.Error):
        copy.unlink(missing_ok=True)
        raise StudyRefused(f"“{copy.name}” could not be written. Nothing is left behind.") from None


def tell_of(window: MainWindow, path: Path, *, asked_read_only: bool) -> None:
    """What one should know of the study that was just opened: why it cannot be changed, what lies beside it."""
    desk = window.desk
    if desk is None:
        return
    if desk.study.read_only and not is_backup(path) and not asked_read_only:
        window.banner.say(
            _tr("This file or its folder cannot be written, so the study is open for reading only."),
            [(_tr("Work on a copy …"), lambda: work_on_copy(window, path))],
        )
    tell_of_crash(window, desk)
    if not is_backup(path):
        if not asked_read_only:
            tell_of_copies(window, desk)
        tell_of_place(window, desk)
        FileWatch(window, desk)


def _tr(text: str) -> str:
    return QCoreApplication.translate("Backups", text)
