"""Writing a free note for the map."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QPlainTextEdit, QVBoxLayout, QWidget

from app.ui.desk import Desk
from app.ui.widgets.wording_hints import WordingHints


class NoteDialog(QDialog):
    """A field for the words. Ok keeps them, Cancel does not."""

    def __init__(self, desk: Desk, parent: QWidget | None = None, text: str = "", note_id: str = "new") -> None:
        super().__init__(parent)
        self.setObjectName("mapNote")
        self.setWindowTitle(self.tr("Note on the map"))
        self.resize(440, 240)
        self.text = QPlainTextEdit(text)
        self.text.setObjectName("mapNote.text")
        self.text.setAccessibleName(self.tr("Words of the note"))
        self.text.setPlaceholderText(self.tr("Words that stand on the map and in its figure"))
        self.text.setTabChangesFocus(True)
        self.hints = WordingHints(self.text, desk, lambda: f"note/{note_id}")
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 16)
        layout.setSpacing(8)
        layout.addWidget(self.text, 1)
        layout.addWidget(self.hints)
        layout.addWidget(buttons)

    def ask(self) -> str | None:
        """The words, or None where they are not to be kept."""
        self.text.setFocus()
        return self.text.toPlainText() if self.exec() == QDialog.DialogCode.Accepted else None
