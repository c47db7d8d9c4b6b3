"""About Reflexa, with its licences."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QPlainTextEdit, QVBoxLayout, QWidget

from app import __version__
from app.resources import resource
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
