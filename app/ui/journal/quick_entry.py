"""The quick entry (Ctrl+J): a small window beside the work that knows what one was looking at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from app.analysis.journal import entry_of
from app.ui.journal.editor import EntryEditor
from app.ui.journal.wording import began
from app.ui.widgets.labels import ElidedLabel

if TYPE_CHECKING:
    from app.study import Notice
    from app.ui.desk import Desk

_DRAFT = "journal/draft"
_SEEN_HERE = ("journal_entry", "journal_link", "source", "excerpt", "code", "theme", "map_version", "participant")


class QuickEntry(QDialog):
    """Ctrl+Enter keeps the entry. Esc puts the window away; what was typed is in the journal all the same, and the
    next Ctrl+J goes on with it.
    """

    goWanted = Signal(str, str)
    entryWanted = Signal(str)
    """Show this entry in the journal."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("quickEntry")
        self.setWindowTitle(self.tr("Write in the journal"))
        self.setMinimumWidth(560)
        self.desk = desk
        self._looked_at: list[tuple[str, str]] = []
        self.editor = EntryEditor(desk, "quick", self)
        self.editor.written.connect(self._remember)
        self.editor.done.connect(lambda keep: self.keep() if keep else self.put_away())
        self.editor.goWanted.connect(self.goWanted)
        self.going_on = ElidedLabel("", "small")
        self.another = QPushButton(self.tr("Begin another"))
        self.another.setObjectName("quick.another")
        self.another.setProperty("look", "link")
        self.another.clicked.connect(self._begin_another)
        self.kept = QPushButton(self.tr("Keep"))
        self.kept.setObjectName("quick.keep")
        self.kept.setProperty("look", "primary")
        self.kept.setToolTip(self.tr("Ctrl+Enter"))
        self.kept.clicked.connect(self.keep)
        self.away = QPushButton(self.tr("Put away"))
        self.away.setObjectName("quick.away")
        self.away.setToolTip(self.tr("Esc: what you typed stays, and the next Ctrl+J goes on with it"))
        self.away.clicked.connect(self.put_away)
        for button in (self.another, self.kept, self.away):
            button.setAutoDefault(False)
        self._build()
        desk.changed.connect(self._on_change)
        desk.holding.connect(self.put_away)

    def open_on(self, looked_at: list[tuple[str, str]], prompt: tuple[str, str] = ("", "")) -> None:
        """Open beside the work: with the draft, if there is one, or with a new entry on what one looks at.

        A question (and the kind of entry it asks for) always begins a new one.
        """
        question, kind = prompt
        if question:
            self.put_away()
            self._forget()
        if not self.isVisible():
            self._looked_at = looked_at
            if question or not self._open_draft():
                self.editor.begin(nearest(looked_at))
                self._show_draft("")
            self.editor.ask(question, kind)
            self.editor.offer(looked_at)
            self.adjustSize()
            self._place()
        self._stand_over(QApplication.activeModalWidget())
        self.show()
        self.raise_()
        self.activateWindow()
        self.editor.text.setFocus()

    def keep(self) -> None:
        """The entry is written: say so, and begin with an empty one next time."""
        self.editor.commit_now()
        written = self.editor.entry_id
        if self.editor.text.words().strip() and not written:
            return  # the study refused and said why; the words stay here
        self._forget()
        self.hide()
        if written:
            self.desk.offer(self.tr("Kept in the journal."), self.tr("Show"), lambda: self.entryWanted.emit(written))

    def put_away(self) -> None:
        """Out of sight. What was typed is in the journal, and is gone on with next time."""
        self.editor.commit_now()
        self.hide()

    def reject(self) -> None:
        """Esc anywhere in the window."""
        self.put_away()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Closing the window loses nothing either."""
        self.editor.commit_now()
        super().closeEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Enter keeps the entry wherever the keyboard is."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                self.keep()
            return
        super().keyPressEvent(event)

    # --- the draft -----------------------------------------------------------------------------------------------

    def _open_draft(self) -> bool:
        """Go on with what was put away; returns whether there is such a thing."""
        key = str(self.desk.settings.place(self.desk.study.key, _DRAFT, ""))
        if not key:
            return False
        with self.desk.read() as session:
            entry = entry_of(session, key)
        if entry is None:
            self._forget()
            return False
        self.editor.open_entry(entry, begun_here=True)
        self._show_draft(began(entry.at))
        return True

    def _begin_another(self) -> None:
        self.editor.commit_now()
        self._forget()
        self.editor.begin(nearest(self._looked_at))
        self._show_draft("")
        self.editor.text.setFocus()

    def _show_draft(self, sentence: str) -> None:
        self.going_on.setText(sentence)
        self.going_on.setVisible(bool(sentence))
        self.another.setVisible(bool(sentence))

    def _remember(self, entry_id: str) -> None:
        self.desk.settings.remember_place(self.desk.study.key, _DRAFT, entry_id)

    def _forget(self) -> None:
        self.desk.settings.remember_place(self.desk.study.key, _DRAFT, "")

    def _on_change(self, notice: Notice) -> None:
        if self.isVisible() and notice.touches(*_SEEN_HERE) and not self.editor.refresh():
            self._forget()
            self._show_draft("")

    # --- the window ----------------------------------------------------------------------------------------------

    def _place(self) -> None:
        """At the foot of the window's right side, where it hides least of a text."""
        parent = self.parentWidget()
        if parent is not None:
            corner = parent.mapToGlobal(QPoint(parent.width(), parent.height()))
            self.move(corner - QPoint(self.width() + 24, self.height() + 64))

    def _stand_over(self, dialog: QWidget | None) -> None:
        """A dialog lets nobody write behind it: stand over it as its own, and beside the window once it is gone."""
        self.winId()  # from here on there is a window of the system
        below = dialog if isinstance(dialog, QDialog) and dialog is not self else self.parentWidget()
        own, under = self.windowHandle(), below.window().windowHandle() if below is not None else None
        if own is not None and under is not None and own.transientParent() is not under:
            own.setTransientParent(under)
            if isinstance(below, QDialog):
                below.finished.connect(lambda _: self._stand_over(QApplication.activeModalWidget()))

    def _build(self) -> None:
        draft = QHBoxLayout()
        draft.addWidget(self.going_on, 1)
        draft.addWidget(self.another)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(ElidedLabel(self.tr("Ctrl+Enter keeps it  ·  Esc puts it away"), "small"), 1)
        foot.addWidget(self.away)
        foot.addWidget(self.kept)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 12)
        layout.setSpacing(8)
        layout.addLayout(draft)
        layout.addWidget(self.editor)
        layout.addStretch(1)
        layout.addLayout(foot)


def nearest(looked_at: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """What is linked without asking: not what is around something nearer (the rest is offered)."""
    subjects = {subject for subject, _ in looked_at}
    around = {"group"} | ({"source"} if "excerpt" in subjects else set())
    return [one for one in looked_at if one[0] not in around or subjects <= around]
