"""Asking for the password of a study that is to be opened."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QCheckBox, QDialog, QDialogButtonBox, QVBoxLayout, QWidget

from app.cipher import looks_encrypted
from app.errors import ReflexaError, WrongPassword
from app.password import Password
from app.ui.passwords.fields import PasswordLine
from app.ui.widgets.labels import PlainLabel

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.study import Study

Attempt = Callable[[Password | None], "Study"]


def open_or_ask(path: Path, attempt: Attempt, parent: QWidget) -> Study | None:
    """Open by `attempt`, with the password where the file has one; None if nobody gave it. Raises ReflexaError."""
    if not looks_encrypted(path):
        return attempt(None)
    dialog = PasswordDialog(path.name, attempt, parent)
    dialog.exec()
    dialog.deleteLater()
    if dialog.refused is not None:
        raise dialog.refused
    opened: Study | None = dialog.study
    return opened


class PasswordDialog(QDialog):
    """One line for the password. A wrong one is said, and one may try again."""

    def __init__(self, name: str, attempt: Callable[[Password], Any], parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("passwordDialog")
        self.setWindowTitle(self.tr("Password"))
        self._attempt = attempt
        self.study: Any = None
        """What the attempt gave: the study, as a rule."""
        self.refused: ReflexaError | None = None
        self.line = PasswordLine("password.line", self.tr("Password of the study"))
        self.said = PlainLabel("", "warn", wrap=True)
        self.said.setObjectName("password.said")
        self.said.hide()
        shown = QCheckBox(self.tr("Show what is typed"))
        shown.setObjectName("password.show")
        shown.toggled.connect(self.line.show_letters)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.go_on = buttons.addButton(self.tr("Open"), QDialogButtonBox.ButtonRole.AcceptRole)
        self.go_on.setObjectName("password.open")
        self.go_on.setProperty("look", "primary")
        self.go_on.setDefault(True)
        self.go_on.setEnabled(False)
        self.line.textChanged.connect(lambda text: self.go_on.setEnabled(bool(text)))
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 16)
        layout.setSpacing(12)
        layout.addWidget(PlainLabel(self.tr("“{name}” needs its password").format(name=name), "strong", wrap=True))
        layout.addWidget(self.line)
        layout.addWidget(shown)
        layout.addWidget(self.said)
        layout.addWidget(buttons)
        self.setMinimumWidth(420)

    def accept(self) -> None:
        """Try it."""
        if not self.line.text():
            return
        try:
            with waiting():
                self.study = self._attempt(self.line.password)
        except WrongPassword as error:
            self.said.setText(error.sentence)
            self.said.show()
            self.said.setMinimumHeight(self.said.heightForWidth(self.line.width()))
            self.adjustSize()
            self.line.selectAll()
            self.line.setFocus()
            return
        except ReflexaError as error:
            self.refused = error
        super().accept()


@contextmanager
def waiting() -> Iterator[None]:
    """A sign of life while a key is derived or a file written anew."""
    QGuiApplication.setOverrideCursor(Qt.CursorShape.WaitCursor)
    try:
        yield
    finally:
        QGuiApplication.restoreOverrideCursor()
