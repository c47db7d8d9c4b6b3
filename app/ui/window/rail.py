"""The rail at the left: one button a workspace, visited in any order."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QButtonGroup, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from app.ui.style.icons import icon
from app.ui.style.tokens import Tokens

LEAST = 50
"""Pixels of a button that sign and word need; where there is room it has some more."""


class Rail(QWidget):
    """The places of the window."""

    wanted = Signal(str)
    """The name of the workspace somebody asked for."""

    def __init__(self, places: list[tuple[str, str, str]], parent: QWidget | None = None) -> None:
        """`places`: (name, title, icon name) from top to bottom."""
        super().__init__(parent)
        self.setObjectName("rail")
        self.setProperty("look", "rail")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedWidth(92)
        self._group = QButtonGroup(self)
        self._buttons: dict[str, QToolButton] = {}
        self._icons = {name: icon_name for name, _, icon_name in places}
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 12, 8, 12)
        layout.setSpacing(8)
        for number, (name, title, _) in enumerate(places, start=1):
            button = QToolButton()
            button.setObjectName(f"rail.{name}")
            button.setText(title)
            button.setAccessibleName(title)
            button.setToolTip(f"{title} (Ctrl+{number})")
            button.setCheckable(True)
            button.setProperty("look", "rail")
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
            button.setIconSize(QSize(22, 22))
            button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            button.setFixedHeight(56)
            button.clicked.connect(lambda _, name=name: self.wanted.emit(name))
            self._group.addButton(button)
            self._buttons[name] = button
            layout.addWidget(button)
        layout.addStretch(1)
        self.setMinimumHeight(24 + len(places) * (LEAST + 8) - 8)

    def choose(self, name: str) -> None:
        """Mark the workspace that is shown."""
        if name in self._buttons:
            self._buttons[name].setChecked(True)

    def restyle(self, tokens: Tokens) -> None:
        """Draw the icons in the colours of the tokens."""
        for name, button in self._buttons.items():
            both = QIcon()
            quiet, chosen = icon(self._icons[name], tokens.quiet), icon(self._icons[name], tokens.accent)
            size = QSize(44, 44)
            both.addPixmap(quiet.pixmap(size), QIcon.Mode.Normal, QIcon.State.Off)
            both.addPixmap(chosen.pixmap(size), QIcon.Mode.Normal, QIcon.State.On)
            button.setIcon(both)
