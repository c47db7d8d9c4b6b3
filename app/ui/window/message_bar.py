"""Messages beside the work: one sentence at the foot of the window, with Undo in it where that helps."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QSizePolicy, QWidget

from app.ui.widgets.labels import ElidedLabel
from app.ui.window.phase_button import PhaseButton

if TYPE_CHECKING:
    from app.ui.desk import Desk
    from app.ui.widgets.wording_hints import WordingNote

SHOWN_MS = 12_000


class MessageBar(QWidget):
    """The foot of the window: the last message at the left, the place in the study at the right."""

    whySaid = Signal(int, str)
    """The number of a change and why it was made."""

    def __init__(self, undo: QAction, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("messageBar")
        self.setProperty("look", "foot")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedHeight(36)
        self._resting = ""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.rest)
        self.sentence = ElidedLabel("", "")
        self.sentence.setObjectName("messageBar.sentence")
        self.undo = QPushButton(self.tr("Undo"))
        self.undo.setProperty("look", "link")
        self.undo.clicked.connect(undo.trigger)
        self.undo.hide()
        self.act = QPushButton()
        self.act.setObjectName("messageBar.act")
        self.act.setProperty("look", "link")
        self.act.clicked.connect(self._act)
        self.act.hide()
        self._run: Callable[[], object] = lambda: None
        self.why = QLineEdit()
        self.why.setObjectName("messageBar.why")
        self.why.setAccessibleName(self.tr("Why? (optional)"))
        self.why.setPlaceholderText(self.tr("Why? (optional)"))
        self.why.setMaximumWidth(360)
        self.why.setMinimumWidth(180)
        self.why.returnPressed.connect(self.say_why)
        self.why.textEdited.connect(lambda _: self._timer.start(SHOWN_MS * 5))
        self.why.hide()
        self._why_of = 0
        self._desk: Desk | None = None
        self._note: WordingNote | None = None
        self.place = ElidedLabel("", "small")
        self.place.setObjectName("messageBar.place")
        self.place.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        self.place.setMaximumWidth(400)  # what is said comes first
        self.phase = PhaseButton()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 0, 16, 0)
        layout.addWidget(self.sentence, 1)
        layout.addWidget(self.why)
        layout.addWidget(self.act)
        layout.addWidget(self.undo)
        layout.addWidget(self.place)
        layout.addWidget(self.phase)

    def serve(self, desk: Desk, show_visits: Callable[[], object]) -> None:
        """Take over an open study."""
        self.phase.serve(desk, show_visits)
        self._desk = desk

    def leave(self) -> None:
        """The study is closed."""
        self.rest()
        self.phase.leave()
        self._desk = None
        if self._note is not None:
            self._note.hide()
            self._note.deleteLater()
            self._note = None

    def say(self, sentence: str, with_undo: bool) -> None:
        """Show a sentence for a while; screen readers get it as the bar's name."""
        self.sentence.setText(sentence)
        self.sentence.setAccessibleName(sentence)
        self.say_why()
        self.undo.setVisible(with_undo)
        self.act.hide()
        self._timer.start(SHOWN_MS)

    def offer(self, sentence: str, button: str, run: Callable[[], object]) -> None:
        """Show a sentence with something one may do about it."""
        self.say(sentence, with_undo=False)
        self._run = run
        self.act.setText(button)
        self.act.show()

    def ask_why(self, seq: int) -> None:
        """Give room for the reason of a change; leaving it empty costs nothing."""
        from app.ui.widgets.wording_hints import WordingNote

        if self._note is None and self._desk is not None:
            self._note = WordingNote(self.why, self._desk, lambda: f"why/{self._why_of}")
        self._why_of = seq
        self.why.clear()
        self.why.show()
        self._timer.start(SHOWN_MS * 2)

    def say_why(self) -> None:
        """Take what is written as the reason, if anything is; the field goes."""
        if self._why_of and self.why.text().strip():
            self.whySaid.emit(self._why_of, self.why.text())
        self._why_of = 0
        self.why.hide()

    def _act(self) -> None:
        self.act.hide()
        self._run()

    def show_resting(self, sentence: str) -> None:
        """What stands here when there is nothing to say."""
        self._resting = sentence
        if not self._timer.isActive():
            self.rest()

    def rest(self) -> None:
        """Back to the resting sentence."""
        self._timer.stop()
        self.say_why()
        self.sentence.setText(self._resting)
        self.undo.hide()
        self.act.hide()
