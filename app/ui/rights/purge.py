"""Finishing a purge in the window, with a sign of life, and what is said of it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QEventLoop, Qt
from PySide6.QtGui import QGuiApplication

from app.errors import ReflexaError
from app.ui.desk import Desk


def purge(desk: Desk, show: Callable[[str], None]) -> tuple[str, int]:
    """Purge file and backups; returns what is to be said of it, and how many backups were deleted."""
    from app.purging import finish_purge

    def tell(step: str) -> None:
        show(step)
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)

    QGuiApplication.setOverrideCursor(Qt.CursorShape.WaitCursor)
    try:
        with desk.at_work():
            done = finish_purge(desk.study, say=tell)
    except ReflexaError as error:
        return error.sentence, 0
    finally:
        QGuiApplication.restoreOverrideCursor()
    if done.left:
        names = ", ".join(f"“{path.name}”" for path in done.left[:3])
        left = _tr("Copies could not be reached or deleted ({names}). It is tried again when the study is opened.")
        return left.format(names=names), done.backups
    return _tr("The file was written anew and verified; no backup from before is left."), done.backups


def finish_what_is_due(desk: Desk) -> None:
    """At opening: a purge that was cut off is finished, and it is said."""
    if not desk.study.is_open or desk.study.read_only or not desk.study.purge_due:
        return
    desk.say(_tr("A purge was not finished the last time; finishing it now …"))
    sentence, _ = purge(desk, lambda _: None)
    desk.say(sentence)


def _tr(text: str) -> str:
    return QCoreApplication.translate("Purge", text)
