"""The few questions that must be answered before going on: one sentence, one thing to do, and a way out."""

from __future__ import annotations

from collections.abc import Sequence

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


def choose(parent: QWidget, sentence: str, ways: Sequence[str]) -> int | None:
    """Ask which of several ways to go; Esc and closing mean none. Returns the number of the way."""
    box = QMessageBox(parent)
    box.setObjectName("question")
    box.setWindowTitle("Reflexa")
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText(sentence)
    buttons = [box.addButton(way, QMessageBox.ButtonRole.AcceptRole) for way in ways]
    cancel = box.addButton(QMessageBox.StandardButton.Cancel)
    box.setDefaultButton(cancel)
    box.setEscapeButton(cancel)
    box.exec()
    clicked = box.clickedButton()
    return next((number for number, button in enumerate(buttons) if button is clicked), None)
