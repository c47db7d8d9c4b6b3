"""The few questions that must be answered before going on: one sentence, one thing to do, and a way out."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

SUFFIX = ".reflexa"


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


def ask_where(parent: QWidget, title: str, proposed: Path | str = "") -> Path | None:
    """Ask for the name of a study file that is to be written; None if nobody gave one."""
    kinds = QCoreApplication.translate("Questions", "Studies (*.reflexa)")
    typed, _ = QFileDialog.getSaveFileName(parent, title, str(proposed), kinds)
    if not typed:
        return None
    return Path(typed if typed.endswith(SUFFIX) else f"{typed}{SUFFIX}")
