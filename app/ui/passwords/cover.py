"""A cover over a dialog with words that closing it would lose: nothing is seen or reached until one may go on."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from app.cipher import unlock
from app.errors import ReflexaError
from app.ui.passwords.fields import PasswordLine
from app.ui.passwords.opening import waiting
from app.ui.widgets.labels import PlainLabel


class Cover(QWidget):
    """Lies over all of `covered`, whose parts take no key and no click meanwhile."""

    lifted = Signal()

    def __init__(self, covered: QWidget, path: Path | None = None, *, encrypted: bool = False) -> None:
        """With a path it asks for the password of that study; without one it only hides what is beneath.

        What is only hidden stays enabled: a dialog over it may be a part of it, and keeps it from being reached.
        """
        super().__init__(covered)
        self.setObjectName("cover")
        self.setProperty("look", "paper")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._path, self._encrypted = path, encrypted
        self._beneath = [
            one
            for one in covered.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly)
            if path is not None and one is not self and one.isEnabled() and not one.isWindow()
        ]
        for one in self._beneath:
            one.setEnabled(False)
        self.line = PasswordLine("cover.password", self.tr("Password of the study"))
        self.said = PlainLabel("", "warn", wrap=True)
        if path is not None:
            self._build(path)
        covered.installEventFilter(self)
        self.setGeometry(covered.rect())
        self.show()
        self.raise_()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """As large as what it covers, and no way to leave that by Esc or the corner of the window."""
        if event.type() == QEvent.Type.Resize and isinstance(watched, QWidget):
            self.setGeometry(watched.rect())
        if event.type() in (QEvent.Type.KeyPress, QEvent.Type.Close) and self._path is not None:
            event.ignore()
            return True
        return super().eventFilter(watched, event)

    def lift(self) -> None:
        """What is beneath is there again, as it was."""
        covered = self.parentWidget()
        if covered is not None:
            covered.removeEventFilter(self)
        for one in self._beneath:
            one.setEnabled(True)
        self.hide()
        self.deleteLater()
        self.lifted.emit()

    def _build(self, path: Path) -> None:
        self.line.setParent(self)
        self.line.setVisible(self._encrypted)
        self.line.setMaximumWidth(440)
        go_on = QPushButton(self.tr("Unlock") if self._encrypted else self.tr("Go on"))
        go_on.setObjectName("cover.unlock")
        go_on.setProperty("look", "primary")
        go_on.setAutoDefault(False)
        go_on.setMaximumWidth(160)
        attempt: Callable[[], None] = self._try
        go_on.clicked.connect(lambda: attempt())
        self.line.returnPressed.connect(attempt)
        self.said.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(48, 48, 48, 48)
        layout.setSpacing(16)
        layout.addStretch(2)
        layout.addWidget(PlainLabel(self.tr("Locked"), "title"))
        words = self.tr("“{name}” is locked. What you have not saved in this dialog is kept beneath.")
        layout.addWidget(PlainLabel(words.format(name=path.name), "quiet", wrap=True))
        layout.addWidget(self.line)
        layout.addWidget(self.said)
        layout.addWidget(go_on)
        layout.addStretch(3)
        (self.line if self._encrypted else go_on).setFocus()

    def _try(self) -> None:
        assert self._path is not None
        try:
            with waiting():
                unlock(self._path, self.line.password)
        except ReflexaError as error:
            self.said.setText(error.sentence)
            self.said.show()
            self.line.selectAll()
            return
        self.line.clear()
        self.lift()
