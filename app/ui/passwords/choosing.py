"""Whether a new study is encrypted; and a password given to an open one, changed or taken away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QRadioButton, QVBoxLayout, QWidget

from app.cipher import unlock
from app.errors import NotPossible, ReflexaError, WrongPassword
from app.password import Password
from app.ui.desk import Desk
from app.ui.passwords.fields import NewPassword, PasswordLine
from app.ui.passwords.opening import waiting
from app.ui.widgets.labels import PlainLabel

if TYPE_CHECKING:
    from app.protecting import Protected


class NewStudyDialog(QDialog):
    """Asked once for every new study: whether to encrypt it, or whether this disk is encrypted."""

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("newStudyDialog")
        self.setWindowTitle(self.tr("New study"))
        self.plain = QRadioButton(self.tr("Without a password: this disk is encrypted, or nobody else can reach it"))
        self.plain.setObjectName("newStudy.plain")
        self.plain.setChecked(True)
        self.encrypted = QRadioButton(self.tr("With a password: the file and its backups are encrypted"))
        self.encrypted.setObjectName("newStudy.encrypted")
        self.new = NewPassword()
        self.new.hide()
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.make = buttons.addButton(self.tr("Make the study"), QDialogButtonBox.ButtonRole.AcceptRole)
        self.make.setObjectName("newStudy.make")
        self.make.setProperty("look", "primary")
        self.make.setDefault(True)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        self.encrypted.toggled.connect(self._show_fields)
        self.new.changed.connect(self._look)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 16)
        layout.setSpacing(12)
        layout.addWidget(PlainLabel(self.tr("Who may open “{name}”?").format(name=name), "strong", wrap=True))
        layout.addWidget(
            PlainLabel(self.tr("A study holds what people said in confidence, in one file."), "quiet", wrap=True)
        )
        layout.addWidget(self.plain)
        layout.addWidget(self.encrypted)
        layout.addWidget(self.new)
        layout.addStretch(1)
        layout.addWidget(buttons)
        self.setMinimumWidth(520)

    @property
    def password(self) -> Password | None:
        """What was chosen; None for a study without one."""
        return self.new.password if self.encrypted.isChecked() else None

    def accept(self) -> None:
        """Only with a password that will do."""
        if self.make.isEnabled():
            super().accept()

    def _show_fields(self, shown: bool) -> None:
        self.new.setVisible(shown)
        if shown:
            self.new.first.setFocus()
        self._look()
        self.adjustSize()

    def _look(self) -> None:
        self.make.setEnabled(self.plain.isChecked() or self.new.ready)


class ChangePasswordDialog(QDialog):
    """Set, change or remove the password of the open study. Who changes or removes it says the present one first."""

    def __init__(self, desk: Desk, parent: QWidget, *, remove: bool = False) -> None:
        super().__init__(parent)
        self.setObjectName("changePasswordDialog")
        self._desk, self._remove = desk, remove
        self.done_with: Protected | None = None
        had = desk.study.encrypted
        self.setWindowTitle(self._title(had))
        self.present = PasswordLine("password.present", self.tr("Present password")) if had else None
        self.new = None if remove else NewPassword()
        self.said = PlainLabel("", "warn", wrap=True)
        self.said.setObjectName("changePassword.said")
        self.said.hide()
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.do = buttons.addButton(self._title(had), QDialogButtonBox.ButtonRole.AcceptRole)
        self.do.setObjectName("changePassword.do")
        self.do.setProperty("look", "primary")
        self.do.setDefault(True)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 16)
        layout.setSpacing(12)
        layout.addWidget(PlainLabel(self._explained(had), wrap=True))
        if self.present is not None:
            label = PlainLabel(self.present.accessibleName(), "quiet")
            label.setBuddy(self.present)
            layout.addWidget(label)
            layout.addWidget(self.present)
            self.present.textChanged.connect(self._look)
        if self.new is not None:
            layout.addWidget(self.new)
            self.new.changed.connect(self._look)
        layout.addWidget(self.said)
        layout.addStretch(1)
        layout.addWidget(buttons)
        self.setMinimumWidth(520)
        self._look()

    def accept(self) -> None:
        """Do it; what is refused is said here, and the study is as it was."""
        from app.protecting import protect

        if not self.do.isEnabled():
            return
        study = self._desk.study
        try:
            with waiting(), self._desk.at_work():
                if self.present is not None:
                    self._check(self.present)
                self.done_with = protect(
                    study, self.new.password if self.new is not None else None, say=QGuiApplication.processEvents
                )
        except ReflexaError as error:
            self.said.setText(error.sentence)
            self.said.show()
            return
        super().accept()

    def _check(self, present: PasswordLine) -> None:
        """Raises NotPossible if that is not the password of the study."""
        try:
            unlock(self._desk.study.path, present.password)
        except WrongPassword:
            raise NotPossible(self.tr("That is not the present password. Nothing was changed.")) from None

    def _look(self) -> None:
        known = self.present is None or bool(self.present.text())
        self.do.setEnabled(known and (self.new is None or self.new.ready))

    def _title(self, had: bool) -> str:
        if self._remove:
            return self.tr("Remove the password")
        return self.tr("Change the password") if had else self.tr("Set a password")

    def _explained(self, had: bool) -> str:
        if self._remove:
            return self.tr(
                "The study and its backups are written anew without encryption: whoever can open files on this computer"
                " can then read them."
            )
        if had:
            return self.tr("The study and its backups are written anew under the new password.")
        return self.tr(
            "The study and its backups are written anew, encrypted. This disk may keep remnants of the old files, an"
            " SSD above all; exports, and copies that you or others made, stay as they are."
        )
