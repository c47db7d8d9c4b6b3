"""Preferences: who works here, how the window looks, how transcripts are set."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QDoubleSpinBox,
    QFontComboBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QSpinBox,
    QVBoxLayout,
)

from app.ui.widgets.labels import PlainLabel

if TYPE_CHECKING:
    from app.ui.window.main_window import MainWindow

SCALES = (100, 110, 125, 150, 175, 200)
LANGUAGES = [("system", "As the system says"), ("en", "English")]
"""The window speaks English so far; dates and Qt's own buttons follow the system where it is chosen."""


class PreferencesDialog(QDialog):
    """What OK takes over at once; Cancel changes nothing."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self.setObjectName("preferencesDialog")
        self.setWindowTitle(self.tr("Preferences"))
        self._window = window
        settings = window.settings
        self.working_as = QLineEdit(settings.working_as)
        self.working_as.setObjectName("preferences.workingAs")
        self.working_as.setPlaceholderText(self.tr("Your name as it shall stand in the study"))
        self.theme = QComboBox()
        for key, text in (
            ("system", self.tr("As the system says")),
            ("light", self.tr("Light")),
            ("dark", self.tr("Dark")),
            ("strong light", self.tr("High contrast, light")),
            ("strong dark", self.tr("High contrast, dark")),
        ):
            self.theme.addItem(text, key)
        self.theme.setCurrentIndex(self.theme.findData(settings.theme))
        self.scale = QComboBox()
        self.scale.setObjectName("preferences.scale")
        for percent in SCALES:
            self.scale.addItem(self.tr("{percent} %").format(percent=percent), percent)
        self.scale.setCurrentIndex(max(0, self.scale.findData(settings.scale)))
        self.language = QComboBox()
        for key, text in LANGUAGES:
            self.language.addItem(self.tr(text), key)
        self.language.setCurrentIndex(max(0, self.language.findData(settings.language)))
        reading = settings.reading
        self.family = QFontComboBox()
        if reading.family:
            self.family.setCurrentText(reading.family)
        self.own_font = QCheckBox(self.tr("Use this font for transcripts"))
        self.own_font.setChecked(bool(reading.family))
        self.family.setEnabled(bool(reading.family))
        self.own_font.toggled.connect(self.family.setEnabled)
        self.points = QSpinBox()
        self.points.setRange(8, 32)
        self.points.setValue(reading.points)
        self.measure = QSpinBox()
        self.measure.setRange(40, 120)
        self.measure.setValue(reading.measure)
        self.spacing = QDoubleSpinBox()
        self.spacing.setRange(1.0, 2.5)
        self.spacing.setSingleStep(0.1)
        self.spacing.setValue(reading.spacing)
        self.numbers = QComboBox()
        self.numbers.setObjectName("preferences.numbers")
        for key, text in (
            ("turns", self.tr("Of turns")),
            ("paragraphs", self.tr("Of paragraphs")),
            ("none", self.tr("None")),
        ):
            self.numbers.addItem(text, key)
        self.numbers.setCurrentIndex(max(0, self.numbers.findData(reading.numbers)))
        self.recent = QCheckBox(self.tr("List recent studies on the start screen"))
        self.recent.setChecked(settings.keep_recent)
        self.hints = QCheckBox(self.tr("Quiet notes on wording in what goes out (“themes emerged”, “bias” …)"))
        self.hints.setObjectName("preferences.hints")
        self.hints.setChecked(settings.wording_hints)
        self.hints_in_journal = QCheckBox(self.tr("In the journal too"))
        self.hints_in_journal.setObjectName("preferences.hintsInJournal")
        self.hints_in_journal.setChecked(settings.wording_hints_in_journal)
        self.hints_in_journal.setEnabled(settings.wording_hints)
        self.hints.toggled.connect(self.hints_in_journal.setEnabled)
        self.lock_after = QComboBox()
        self.lock_after.setObjectName("preferences.lockAfter")
        for minutes, text in (
            (-1, self.tr("After 10 minutes with a password, else never")),
            (0, self.tr("Never")),
            (5, self.tr("After 5 minutes")),
            (10, self.tr("After 10 minutes")),
            (30, self.tr("After 30 minutes")),
        ):
            self.lock_after.addItem(text, minutes)
        self.lock_after.setCurrentIndex(max(0, self.lock_after.findData(settings.lock_after)))
        form = QFormLayout()
        form.setVerticalSpacing(12)
        form.setHorizontalSpacing(16)
        form.addRow(self.tr("Working as"), self.working_as)
        form.addRow(
            "", PlainLabel(self.tr("Never your login name: only what you write here goes into studies."), "small")
        )
        form.addRow(self.tr("Look"), self.theme)
        form.addRow(self.tr("Size of the window’s parts"), self.scale)
        form.addRow("", PlainLabel(self.tr("Another size holds from the next start."), "small"))
        form.addRow(self.tr("Language"), self.language)
        form.addRow("", self.own_font)
        form.addRow(self.tr("Font of transcripts"), self.family)
        form.addRow(self.tr("Size of transcripts (points)"), self.points)
        form.addRow(self.tr("Characters a line"), self.measure)
        form.addRow(self.tr("Line height"), self.spacing)
        form.addRow(self.tr("Numbers beside the text"), self.numbers)
        form.addRow("", self.hints)
        form.addRow("", self.hints_in_journal)
        form.addRow("", self.recent)
        form.addRow(self.tr("Lock when nothing is done"), self.lock_after)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        self.backups = buttons.addButton(self.tr("Backups …"), QDialogButtonBox.ButtonRole.ActionRole)
        self.backups.setObjectName("preferences.backups")
        self.backups.clicked.connect(self._choose_backups)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 16)
        layout.setSpacing(16)
        layout.addLayout(form)
        layout.addWidget(buttons)
        for field in (
            self.working_as,
            self.theme,
            self.scale,
            self.language,
            self.family,
            self.points,
            self.measure,
            self.spacing,
            self.numbers,
            self.lock_after,
        ):
            label = form.labelForField(field)
            if isinstance(label, QLabel):
                field.setAccessibleName(label.text())
        for number in (self.points, self.measure, self.spacing):  # style sheets do not reach into number fields
            for inner in number.findChildren(QLineEdit):
                inner.setTextMargins(6, 0, 0, 0)

    def _choose_backups(self) -> None:
        from app.ui.backups.rules_dialog import BackupRulesDialog

        if BackupRulesDialog(self).exec() and self._window.backups is not None:
            self._window.backups.keeper.renew_rules()
            self._window.backups.show()

    def accept(self) -> None:
        """Take everything over."""
        from app.ui.widgets.wording_hints import look_again
        from app.ui.window.opening import settle_person

        settings = self._window.settings
        settings.working_as = " ".join(self.working_as.text().split())
        settings.theme = self.theme.currentData()
        settings.scale = self.scale.currentData()
        settings.language = self.language.currentData()
        settings.keep_recent = self.recent.isChecked()
        settings.lock_after = self.lock_after.currentData()
        settings.wording_hints = self.hints.isChecked()
        settings.wording_hints_in_journal = self.hints_in_journal.isChecked()
        settings.reading = replace(
            settings.reading,
            family=self.family.currentFont().family() if self.own_font.isChecked() else "",
            points=self.points.value(),
            measure=self.measure.value(),
            spacing=round(self.spacing.value(), 2),
            numbers=self.numbers.currentData(),
        )
        settings.apply_language()
        self._window.restyle()
        look_again(self._window)
        if self._window.locking is not None:
            self._window.locking.watch()
        if self._window.desk is not None:
            settle_person(self._window.desk)
        super().accept()
