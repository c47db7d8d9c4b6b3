"""A button with words on it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QPushButton


class Button(QPushButton):
    """What is pressed runs. In a dialog Enter presses it only where it has the keyboard or is made the default."""

    def __init__(self, name: str, text: str, run: Callable[[], object], look: str = "") -> None:
        super().__init__(text)
        self.setObjectName(name)
        self.setAutoDefault(False)
        if look:
            self.setProperty("look", look)
        self.clicked.connect(lambda: run())
