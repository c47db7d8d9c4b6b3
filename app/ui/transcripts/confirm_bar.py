"""A question beside the work: what would be taken, one thing to do, and a way out. Never a box over the window."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QWidget

from app.ui.widgets.labels import PlainLabel


class ConfirmBar(QFrame):
    """Hidden until it asks. Esc and the second button keep everything as it is."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("confirmBar")
        self.setProperty("look", "card")
        self.sentence = PlainLabel("", wrap=True)
        self.sentence.setObjectName("confirmBar.sentence")
        self.yes = QPushButton()
        self.yes.setObjectName("confirmBar.yes")
        self.no = QPushButton(self.tr("Keep"))
        self.no.setObjectName("confirmBar.no")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 8, 8, 8)
        layout.setSpacing(8)
        layout.addWidget(self.sentence, 1)
        layout.addWidget(self.yes)
        layout.addWidget(self.no)
        self._done: Callable[[], object] | None = None
        self._before: QWidget | None = None
        self.yes.clicked.connect(self._accept)
        self.no.clicked.connect(self.dismiss)
        self.hide()

    def ask(self, sentence: str, yes: str, done: Callable[[], object]) -> None:
        """Ask in one sentence; `done` is called if the answer is yes. The keyboard stands on "Keep"."""
        self.sentence.setText(sentence)
        self.setAccessibleName(sentence)
        self.yes.setText(yes)
        self._done = done
        window = self.window()
        self._before = window.focusWidget()
        self.show()
        self.no.setFocus()

    def dismiss(self) -> None:
        """Close without doing anything; the keyboard goes back to where it was."""
        self._done = None
        self.hide()
        if self._before is not None:
            self._before.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc keeps."""
        if event.key() == Qt.Key.Key_Escape:
            self.dismiss()
            return
        super().keyPressEvent(event)

    def _accept(self) -> None:
        done = self._done
        self.dismiss()
        if done is not None:
            done()
