"""What a person may choose about backups: whether they make themselves, how many stay at least, and where they lie."""

from __future__ import annotations

from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from app.backups import Rules
from app.ui.widgets.labels import PlainLabel


class BackupRulesDialog(QDialog):
    """OK keeps it for every study of this person on this computer; Cancel changes nothing."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("backupRulesDialog")
        self.setWindowTitle(self.tr("Backups"))
        self.resize(560, 0)
        rules = Rules.load()
        self.automatic = QCheckBox(self.tr("Make backups while a study is open"))
        self.automatic.setObjectName("backupRules.automatic")
        self.automatic.setChecked(rules.automatic)
        self.fewest = QSpinBox()
        self.fewest.setObjectName("backupRules.fewest")
        self.fewest.setAccessibleName(self.tr("Keep at least"))
        self.fewest.setRange(5, 200)
        self.fewest.setValue(rules.fewest)
        self.place = self._field("place", self.tr("Where"), rules.place, self.tr("Beside the study"))
        self.second = self._field("second", self.tr("A second place"), rules.second, self.tr("None"))
        form = QFormLayout()
        form.setVerticalSpacing(12)
        form.setHorizontalSpacing(16)
        form.addRow("", self.automatic)
        form.addRow(self.tr("Keep at least"), self.fewest)
        form.addRow(self.tr("Where"), self._with_button(self.place))
        form.addRow(self.tr("A second place"), self._with_button(self.second))
        why = self.tr("Two days are kept whole, then one a day, a week, a month. A second disk helps where one fails.")
        form.addRow("", PlainLabel(why, "small", wrap=True))
        self.said = PlainLabel("", "warn", wrap=True)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 16)
        layout.setSpacing(16)
        layout.addLayout(form)
        layout.addWidget(self.said)
        layout.addWidget(buttons)

    def accept(self) -> None:
        """Keep what was chosen."""
        chosen = Rules(
            automatic=self.automatic.isChecked(),
            place=self.place.text().strip(),
            second=self.second.text().strip(),
            fewest=self.fewest.value(),
        )
        try:
            chosen.save()
        except OSError as error:
            self.said.setText(self.tr("This could not be kept ({why}).").format(why=error.strerror or "disk error"))
            return
        super().accept()

    def _field(self, name: str, title: str, held: str, empty: str) -> QLineEdit:
        field = QLineEdit(held)
        field.setObjectName(f"backupRules.{name}")
        field.setAccessibleName(title)
        field.setPlaceholderText(empty)
        field.setClearButtonEnabled(True)
        return field

    def _with_button(self, field: QLineEdit) -> QHBoxLayout:
        button = QPushButton(self.tr("Choose …"))
        button.setObjectName(f"{field.objectName()}.choose")
        button.setAccessibleName(self.tr("Choose: {what}").format(what=field.accessibleName()))
        button.setAutoDefault(False)
        button.clicked.connect(lambda: self._choose(field))
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(field, 1)
        row.addWidget(button)
        return row

    def _choose(self, field: QLineEdit) -> None:
        folder = QFileDialog.getExistingDirectory(self, field.accessibleName(), field.text())
        if folder:
            field.setText(folder)
