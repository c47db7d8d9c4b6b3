"""Saving what can be saved of a damaged study, from the window: where to, and then what came of it."""

from __future__ import annotations

import threading
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEventLoop, QTimer
from PySide6.QtGui import QGuiApplication, Qt
from PySide6.QtWidgets import QWidget

from app.backups import free_name_beside
from app.errors import ReflexaError
from app.study import Study
from app.ui.window.questions import ask, ask_where, choose


def ask_and_salvage(path: Path, study: Study | None, parent: QWidget) -> Path | None:
    """Ask where to, save what can be saved, say what was lost; the new study if it shall be opened."""
    proposed = free_name_beside(path, _tr("saved"))
    target = ask_where(parent, _tr("Save what can be saved"), proposed)
    if target is None:
        return None
    said = salvaged(path, target, study)
    if not target.exists():
        choose(parent, said, [])
        return None
    return target if ask(parent, said, _tr("Open it")) else None


def salvaged(path: Path, target: Path, study: Study | None) -> str:
    """What came of it, in words. A thread does it; the window stays alive and takes no orders meanwhile."""
    from app.salvage import salvage

    told: list[str] = []
    password = study.cipher_key if study is not None else None

    def work() -> None:
        try:
            report = salvage(path, target, password=password)
        except ReflexaError as error:
            told.append(error.sentence)
        except OSError as error:
            told.append(_tr("It could not be written ({why}).").format(why=error.strerror or type(error).__name__))
        else:
            lines = [_tr("“{name}” is a new, sound study. The old file was left as it is.").format(name=target.name)]
            lines += [_tr("Put right: {what}").format(what=one) for one in report.mended]
            lines += [_tr("Could not be saved: {what}").format(what=one) for one in report.lost]
            lines += [_tr("Nothing was lost.")] if report.whole else []
            told.append("\n".join(lines))

    QGuiApplication.setOverrideCursor(Qt.CursorShape.WaitCursor)
    thread = threading.Thread(target=work, name="salvage")
    loop, asking = QEventLoop(), QTimer()
    asking.setInterval(50)
    asking.timeout.connect(lambda: None if thread.is_alive() else loop.quit())
    thread.start()
    asking.start()
    loop.exec(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)
    thread.join()
    QGuiApplication.restoreOverrideCursor()
    return told[0] if told else _tr("Something unexpected went wrong; nothing was written.")


def _tr(text: str) -> str:
    return QCoreApplication.translate("Backups", text)
