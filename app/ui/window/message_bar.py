"""Messages beside the work: one sentence at the foot of the window, with Undo in it where that helps."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QWidget

from app.ui.widgets.labels import ElidedLabel, PlainLabel

SHOWN_MS = 12_000


class MessageBar(QWidget):
    """The foot of the window: the last message at the left, the place in the study at the right."""

    def __init__(self, undo: QAction, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("messageBar")
        self.setProperty("look", "foot")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedHeight(36)
        self._resting = ""
        self.sentence = ElidedLabel("", "")
        self.sentence.setObjectName("messageBar.sentence")
        self.undo = QPushButton(self.tr("Undo"))
        self.undo.setProperty("look", "link")
        self.undo.clicked.connect(undo.trigger)
        self.undo.hide()
        self.place = PlainLabel("", "small")
        self.place.setObjectName("messageBar.place")
        self.place.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 0, 16, 0)
        layout.addWidget(self.sentence, 1)
        layout.addWidget(self.undo)
        layout.addWidget(self.place)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.rest)

    def say(self, sentence: str, with_undo: bool) -> None:
        """Show a sentence for a while; screen readers get it as the bar's name."""
        self.sentence.setText(sentence)
        self.sentence.setAccessibleName(sentence)
        self.undo.setVisible(with_undo)
        self._timer.start(SHOWN_MS)

    def show_resting(self, sentence: str) -> None:
        """What stands here when there is nothing to say."""
        self._resting = sentence
        if not self._timer.isActive():
            self.rest()

    def rest(self) -> None:
        """Back to the resting sentence."""
        self._timer.stop()
        self.sentence.setText(self._resting)
        self.undo.hide()
