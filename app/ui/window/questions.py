"""The few questions that must be answered before going on: one sentence, one thing to do, and a way out."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QWidget


def ask(parent: QWidget, sentence: str, yes: str) -> bool:
    """Ask; Esc and closing mean no. Returns whether `yes` was chosen."""
    box = QMessageBox(parent)
    box.setObjectName("question")
    box.setWindowTitle("Reflexa")
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText(sentence)
    accept = box.addButton(yes, QMessageBox.ButtonRole.AcceptRole)
    box.addButton(QMessageBox.StandardButton.Cancel)
    box.setDefaultButton(QMessageBox.StandardButton.Cancel)
    box.exec()
    return box.clickedButton() is accept
