"""The line a password is typed in, and the two lines in which a new one is chosen."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from app.errors import NotPossible
from app.password import SHORTEST, Password, made_up_phrase
from app.ui.widgets.labels import PlainLabel


class PasswordLine(QLineEdit):
    """Shows dots; an input method keeps and proposes nothing of it."""

    def __init__(self, name: str, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setAccessibleName(title)
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self.setMaxLength(1000)
        self.setMinimumWidth(280)
        hints = Qt.InputMethodHint
        self.setInputMethodHints(hints.ImhHiddenText | hints.ImhSensitiveData | hints.ImhNoPredictiveText)

    @property
    def password(self) -> Password:
        """What is typed."""
        return Password(self.text())

    def show_letters(self, shown: bool) -> None:
        """Letters instead of dots, for whoever sits alone."""
        self.setEchoMode(QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password)


class NewPassword(QWidget):
    """A new password, said twice; or five words made up by the program."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.first = PasswordLine("password.new", self.tr("New password"))
        self.second = PasswordLine("password.again", self.tr("The same again"))
        self.shown = QCheckBox(self.tr("Show what is typed"))
        self.shown.setObjectName("password.show")
        self.make_up = QPushButton(self.tr("Make up five words"))
        self.make_up.setObjectName("password.makeUp")
        self.make_up.setAutoDefault(False)
        self.said = PlainLabel("", "small", wrap=True)
        self.said.setObjectName("password.said")
        self.said.setMinimumHeight(self.said.fontMetrics().height() + 4)
        for line in (self.first, self.second):
            line.textChanged.connect(self._look)
            self.shown.toggled.connect(line.show_letters)
        self.make_up.clicked.connect(self._fill)
        row = QHBoxLayout()
        row.addWidget(self.shown)
        row.addStretch(1)
        row.addWidget(self.make_up)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        for line in (self.first, self.second):
            label = PlainLabel(line.accessibleName(), "quiet")
            label.setBuddy(line)
            layout.addWidget(label)
            layout.addWidget(line)
        layout.addLayout(row)
        layout.addWidget(self.said)
        layout.addWidget(
            PlainLabel(
                self.tr(
                    "There is no way back in without it: no hint, no recovery, no second key. Nobody can open the study"
                    " for you. Write it down and keep it where you keep what is valuable."
                ),
                "warn",
                wrap=True,
            )
        )
        self._look()

    @property
    def ready(self) -> bool:
        """Whether it is strong enough and twice the same."""
        return not self._wrong()

    @property
    def password(self) -> Password:
        """What was chosen."""
        return self.first.password

    def clear(self) -> None:
        """Let the field forget."""
        self.first.clear()
        self.second.clear()

    def _fill(self) -> None:
        self.shown.setChecked(True)  # or nobody could write it down
        phrase = made_up_phrase()
        self.first.setText(phrase)
        self.second.setText(phrase)
        self.first.setFocus()
        self.first.setCursorPosition(0)

    def _look(self) -> None:
        self.said.setText(self._wrong() or self.tr("Good. Both are the same."))
        self.changed.emit()

    def _wrong(self) -> str:
        """What is still missing, in a sentence."""
        try:
            self.first.password.check()
        except NotPossible as weak:
            if len(self.first.text()) < SHORTEST:
                return self.tr("{n} characters or more; several words are easier to keep in mind.").format(n=SHORTEST)
            return weak.sentence.removesuffix(" Nothing was changed.")
        if self.first.password != self.second.password:
            return self.tr("Type the same in the second line.")
        return ""
