"""Find in this transcript: a slim bar over it (Ctrl+F), next and previous (F3, Shift+F3)."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit, QToolButton, QWidget

from app.ui.style.icons import icon
from app.ui.style.tokens import Tokens
from app.ui.widgets.labels import PlainLabel


class FindBar(QWidget):
    """What is looked for, found as one types; a plain search, so `Why?` finds just that."""

    closed = Signal()

    def __init__(self, find: Callable[..., bool], parent: QWidget | None = None) -> None:
        """`find(text, forward, match_case, on=...)` selects the next hit and says whether there is one."""
        super().__init__(parent)
        self.setObjectName("findBar")
        self.setProperty("look", "bar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._find = find
        self.field = QLineEdit()
        self.field.setObjectName("findBar.field")
        self.field.setPlaceholderText(self.tr("Find in this transcript"))
        self.field.setAccessibleName(self.tr("Find in this transcript"))
        self.field.setClearButtonEnabled(True)
        self.field.textEdited.connect(lambda _: self._look(on=False))
        self.case = QCheckBox(self.tr("Match case"))
        self.told = PlainLabel("", "small")
        self.told.setObjectName("findBar.told")
        self.close_button = QToolButton()
        self.close_button.setProperty("look", "plain")
        self.close_button.setAccessibleName(self.tr("Close the find bar"))
        self.close_button.clicked.connect(self.close_bar)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 6, 8, 6)
        layout.addWidget(self.field, 1)
        layout.addWidget(self.case)
        layout.addWidget(self.told)
        layout.addWidget(self.close_button)
        self.hide()

    def open_bar(self, text: str = "") -> None:
        """Show the bar, with what is selected in it."""
        self.show()
        if text and "\n" not in text:
            self.field.setText(text)
        self.field.setFocus()
        self.field.selectAll()

    def close_bar(self) -> None:
        """Hide the bar."""
        self.hide()
        self.closed.emit()

    def next(self, *, forward: bool = True) -> None:
        """Go to the next hit, or the one before."""
        self._look(forward=forward)

    def _look(self, *, forward: bool = True, on: bool = True) -> None:
        text = self.field.text()
        found = bool(text) and self._find(text, forward, self.case.isChecked(), on=on)
        self.told.setText("" if found or not text else self.tr("Not in this transcript"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes on, Shift+Enter goes back, Esc closes."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.next(forward=not event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        elif event.key() == Qt.Key.Key_Escape:
            self.close_bar()
        else:
            super().keyPressEvent(event)

    def restyle(self, tokens: Tokens) -> None:
        """Draw the icon in the colours of the tokens."""
        self.close_button.setIcon(icon("close", tokens.quiet, 16))
