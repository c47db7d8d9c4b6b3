"""Saving what can be saved of a damaged study, from the window: where to, and then what came of it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from app.backups import backups_of, free_name_beside
from app.cipher import Secret, looks_encrypted
from app.errors import ReflexaError, WrongPassword
from app.study import Study
from app.ui.beside import beside
from app.ui.passwords.opening import PasswordDialog
from app.ui.window.questions import ask, ask_where, choose


def ask_and_salvage(path: Path, study: Study | None, parent: QWidget) -> Path | None:
    """Ask where to, save what can be saved, say what was lost; the new study if it shall be opened."""
    proposed = free_name_beside(path, _tr("saved"))
    target = ask_where(parent, _tr("Save what can be saved"), proposed)
    if target is None:
        return None
    try:
        said = (
            salvaged(path, target, study.cipher_key, parent)
            if study is not None
            else _with_password(path, target, parent)
        )
    except WrongPassword as error:
        said = error.sentence
    if said is None:
        return None
    if not target.exists():
        choose(parent, said, [])
        return None
    return target if ask(parent, said, _tr("Open it")) else None


def _with_password(path: Path, target: Path, parent: QWidget) -> str | None:
    """The same for a study that is not open; it or a backup of it may show that it has a password. None: not given."""
    if not any(looks_encrypted(one) for one in (path, *(backup.path for backup in backups_of(path)))):
        return salvaged(path, target, None, parent)
    dialog = PasswordDialog(path.name, lambda given: salvaged(path, target, given, parent), parent)
    dialog.exec()
    dialog.deleteLater()
    said: str | None = dialog.study
    return said


def salvaged(path: Path, target: Path, password: Secret | None, parent: QWidget) -> str:
    """What came of it, in words. A thread does it; the window stays alive and takes no orders meanwhile.

    Raises WrongPassword.
    """

    def work() -> str:
        from app.salvage import salvage

        try:
            report = salvage(path, target, password=password)
        except WrongPassword:
            raise
        except ReflexaError as error:
            return error.sentence
        except OSError as error:
            return _tr("It could not be written ({why}).").format(why=error.strerror or type(error).__name__)
        lines = [_tr("“{name}” is a new, sound study. The old file was left as it is.").format(name=target.name)]
        lines += [_tr("Put right: {what}").format(what=one) for one in report.mended]
        lines += [_tr("Could not be saved: {what}").format(what=one) for one in report.lost]
        lines += [_tr("Nothing was lost.")] if report.whole else []
        return "\n".join(lines)

    saving = _tr("Saving what can be saved of “{name}” …").format(name=path.name)
    return beside(parent, saving, work, can_stop=False) or ""


def _tr(text: str) -> str:
    return QCoreApplication.translate("Backups", text)
