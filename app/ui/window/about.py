"""About Reflexa with its licences, and the cheat sheet of shortcuts made from the registry."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QPlainTextEdit,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from app import __version__
from app.resources import resource
from app.ui.actions import Actions, plain_text
from app.ui.widgets.labels import PlainLabel


class AboutDialog(QDialog):
    """What this is, and whose work it stands on."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("aboutDialog")
        self.setWindowTitle(self.tr("About Reflexa"))
        self.resize(560, 480)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 16)
        layout.setSpacing(12)
        layout.addWidget(PlainLabel(f"Reflexa {__version__}", "title"))
        layout.addWidget(
            PlainLabel(
                self.tr(
                    "Reflexive thematic analysis of focus groups. Everything stays on this computer: "
                    "the program never uses the network."
                ),
                wrap=True,
            )
        )
        licences = QPlainTextEdit(resource("licences.txt").read_text(encoding="utf-8"))
        licences.setReadOnly(True)
        licences.setAccessibleName(self.tr("Licences"))
        layout.addWidget(licences, 1)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        layout.addWidget(buttons)


class ShortcutsDialog(QDialog):
    """Every action that has a shortcut."""

    def __init__(self, actions: Actions, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("shortcutsDialog")
        self.setWindowTitle(self.tr("Shortcuts"))
        self.resize(520, 600)
        with_keys = [action for action in actions.all() if not action.shortcut().isEmpty()]
        table = QTableWidget(len(with_keys), 2)
        table.setAccessibleName(self.tr("Shortcuts"))
        table.setHorizontalHeaderLabels([self.tr("What it does"), self.tr("Keys")])
        table.verticalHeader().hide()
        table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        table.setShowGrid(False)
        for row, action in enumerate(with_keys):
            table.setItem(row, 0, QTableWidgetItem(plain_text(action)))
            keys = ", ".join(key.toString() for key in action.shortcuts())
            item = QTableWidgetItem(keys)
            item.setTextAlignment(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
            table.setItem(row, 1, item)
        table.setColumnWidth(0, 300)
        table.horizontalHeader().setStretchLastSection(True)
        layout = QVBoxLayout(self)
        layout.addWidget(table)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        layout.addWidget(buttons)
