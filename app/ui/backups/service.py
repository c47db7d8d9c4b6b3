"""Backups in the window: a keeper for the open study, and a line at the foot that says how they stand."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, QTimer

from app.backups import Backup
from app.ui.backups.keeper import Keeper
from app.ui.desk import Desk

if TYPE_CHECKING:
    from app.ui.window.message_bar import MessageBar

MINUTE_MS = 60_000


class BackupService(QObject):
    """Lives as long as a study is open in the window."""

    def __init__(self, desk: Desk, foot: MessageBar) -> None:
        super().__init__()
        self._desk, self._foot = desk, foot
        self._problem = ""
        self.keeper = Keeper(desk.study, self)
        self.keeper.made.connect(self._on_made)
        self.keeper.failed.connect(self._on_failed)
        self._minutes = QTimer(self)
        self._minutes.setInterval(MINUTE_MS)
        self._minutes.timeout.connect(self.show)
        self._minutes.start()
        self.keeper.look()
        self.show()

    def show(self) -> None:
        """Say at the foot that all is on disk, and when the last backup was made."""
        if self._desk.study.read_only:
            return
        said = _tr("All changes are on disk")
        if self._problem:
            said += " · " + self._problem
        elif self.keeper.last is not None:
            said += " · " + _tr("last backup {when}").format(when=how_long_ago(self.keeper.last.at, datetime.now(UTC)))
        elif self.keeper.automatic:
            said += " · " + _tr("no backup yet")
        else:
            said += " · " + _tr("no backups are made")
        self._foot.show_resting(said)

    def close(self) -> None:
        """The study closes."""
        self._minutes.stop()
        self.keeper.close()

    def _on_made(self, made: Backup) -> None:
        self._problem = "" if made.is_sound else _tr("the last backup did not verify: run “reflexa verify”")
        self.show()

    def _on_failed(self, sentence: str) -> None:
        """A backup that fails is no reason to interrupt anybody: it is said, and it stays said."""
        self._problem = _tr("no backup could be made")
        self._desk.say(sentence)
        self.show()


def how_long_ago(then: datetime, now: datetime) -> str:
    """A span in words; a moment that seems to lie ahead (a clock was set back) is named as a date."""
    minutes = int((now - then).total_seconds() // 60)
    if minutes < 0:
        return _tr("on {day}").format(day=then.astimezone().strftime("%Y-%m-%d %H:%M"))
    if minutes == 0:
        return _tr("just now")
    for size, one, many in (
        (60 * 24, _tr("1 day ago"), _tr("{n} days ago")),
        (60, _tr("1 hour ago"), _tr("{n} hours ago")),
        (1, _tr("1 minute ago"), _tr("{n} minutes ago")),
    ):
        if minutes >= size:
            number = minutes // size
            return one if number == 1 else many.format(n=number)
    return _tr("just now")


def _tr(text: str) -> str:
    return QCoreApplication.translate("Backups", text)
