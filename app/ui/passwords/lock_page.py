"""What is seen of a locked study: its file's name, and the way back in. Nothing of it is in the window any more."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from app.errors import ReflexaError
from app.password import Password
from app.ui.passwords.fields import PasswordLine
from app.ui.passwords.opening import Attempt, waiting
from app.ui.style.icons import icon
from app.ui.style.tokens import Tokens
from app.ui.widgets.labels import PlainLabel


class LockPage(QWidget):
    """Covers the window until the password is given. A study without one is opened again by a key."""

    unlocked = Signal(object)
    """The `Study`, open again."""
    left = Signal()
    """Nobody goes on with this study now."""

    def __init__(self, path: Path, attempt: Attempt, *, encrypted: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("lockPage")
        self.setProperty("look", "paper")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._attempt = attempt
        self._sign = QLabel()
        self.line = PasswordLine("lockPage.password", self.tr("Password of the study"))
        self.line.setVisible(encrypted)
        self.line.setPlaceholderText(self.tr("Password"))
        self.said = PlainLabel("", "warn", wrap=True)
        self.said.setObjectName("lockPage.said")
        self.said.hide()
        self.go_on = QPushButton(self.tr("Unlock") if encrypted else self.tr("Go on"))
        self.go_on.setObjectName("lockPage.unlock")
        self.go_on.setProperty("look", "primary")
        self.go_on.setMinimumHeight(32)
        leave = QPushButton(self.tr("Close the study"))
        leave.setObjectName("lockPage.close")
        leave.setMinimumHeight(32)
        self.go_on.clicked.connect(self._try)
        self.line.returnPressed.connect(self._try)
        leave.clicked.connect(self.left.emit)
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self._sign)
        head.addWidget(PlainLabel(self.tr("Locked"), "title"))
        head.addStretch(1)
        doors = QHBoxLayout()
        doors.setSpacing(8)
        doors.addWidget(self.go_on)
        doors.addWidget(leave)
        doors.addStretch(1)
        said = self.tr("“{name}” is closed; all that was done in it is on disk.").format(name=path.name)
        if not encrypted:
            said += " " + self.tr("It has no password, so anybody at this computer can go on.")
        column = QVBoxLayout()
        column.setSpacing(16)
        column.addStretch(2)
        column.addLayout(head)
        column.addWidget(PlainLabel(said, "quiet", wrap=True))
        column.addWidget(self.line)
        column.addWidget(self.said)
        column.addLayout(doors)
        column.addStretch(3)
        inner = QWidget()
        inner.setFixedWidth(440)
        inner.setLayout(column)
        row = QHBoxLayout(self)
        row.addStretch(1)
        row.addWidget(inner)
        row.addStretch(1)
        self.setFocusProxy(self.line if encrypted else self.go_on)

    def restyle(self, tokens: Tokens) -> None:
        """Draw the sign in the colours of the tokens."""
        self._sign.setPixmap(icon("lock", tokens.accent, 40).pixmap(QSize(40, 40)))

    def _try(self) -> None:
        password: Password | None = self.line.password if self.line.text() else None
        try:
            with waiting():
                study = self._attempt(password)
        except ReflexaError as error:
            self.said.setText(error.sentence)
            self.said.show()
            self.line.selectAll()
            self.setFocus()
            return
        self.unlocked.emit(study)
