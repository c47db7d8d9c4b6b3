"""The line on the sheet of a thing that leads to all that was written about it, or to a place to write."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton

from app.analysis.written import is_written_about
from app.ui.desk import Desk


class WrittenButton(QPushButton):
    """Says whether the journal speaks of a thing; how often is no matter."""

    leaving = Signal()
    """One is about to go elsewhere: a dialog in front of the window closes."""

    def __init__(self, desk: Desk, subject: str, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setProperty("look", "link")
        self._desk, self._subject, self._id = desk, subject, ""
        self._written = False
        self.clicked.connect(self._go)
        desk.changed.connect(lambda notice: self._say() if notice.touches("journal_link", "memo") else None)

    def show_on(self, subject_id: str) -> None:
        """Speak of this thing."""
        self._id = subject_id
        self._say()

    def _go(self) -> None:
        self.leaving.emit()
        wanted = self._desk.writtenWanted if self._written else self._desk.writeWanted
        wanted.emit(self._subject, self._id)

    def _say(self) -> None:
        if not self._id:
            return
        with self._desk.read() as session:
            self._written = is_written_about(session, self._subject, self._id)
        words = self.tr("Written about this") if self._written else self.tr("Journal …")
        self.setText(words)
        self.setAccessibleName(words if self._written else self.tr("Write in the journal about this"))
        self.setToolTip("" if self._written else self.tr("Write in the journal about this"))
        self.setVisible(self._written or not self._desk.study.read_only)
