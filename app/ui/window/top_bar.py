"""The bar over the workspaces: which study this is, the command palette, undo and redo by name."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QToolButton, QWidget

from app.ui.actions import as_menu_text, plain_text
from app.ui.style.icons import icon
from app.ui.style.tokens import Tokens
from app.ui.widgets.labels import ElidedLabel, PlainLabel

LONGEST_LABEL = 44


class TopBar(QWidget):
    """Title, search, undo, redo."""

    def __init__(self, palette: QAction, undo: QAction, redo: QAction, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("topBar")
        self.setProperty("look", "bar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedHeight(48)
        self._undo, self._redo = undo, redo
        self.title = ElidedLabel("", "strong")
        self.title.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        self.file = PlainLabel("", "small")
        self.read_only = PlainLabel(self.tr("Read-only: nothing can be changed"), "warn")
        self.read_only.setObjectName("topBar.readOnly")
        self.read_only.hide()
        self.search = QPushButton(self.tr("Run a command …"))
        self.search.setObjectName("topBar.palette")
        self.search.setProperty("look", "search")
        self.search.setAccessibleName(self.tr("Command palette"))
        self.search.setMinimumWidth(210)
        self.search.setMaximumWidth(360)
        self.search.clicked.connect(palette.trigger)
        self.search_key = PlainLabel("Ctrl K", "small", parent=self.search)
        inner = QHBoxLayout(self.search)
        inner.setContentsMargins(0, 0, 12, 0)
        inner.addStretch(1)
        inner.addWidget(self.search_key)
        self.undo = QToolButton()
        self.undo.setObjectName("topBar.undo")
        self.undo.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.undo.clicked.connect(undo.trigger)
        self.redo = QToolButton()
        self.redo.setObjectName("topBar.redo")
        self.redo.setAccessibleName(self.tr("Redo"))
        self.redo.clicked.connect(redo.trigger)
        for button in (self.undo, self.redo):
            button.setIconSize(QSize(16, 16))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 0, 16, 0)
        layout.setSpacing(8)
        layout.addWidget(self.title)
        layout.addWidget(self.file)
        layout.addWidget(self.read_only)
        layout.addStretch(1)
        layout.addWidget(self.search, 2)
        layout.addStretch(1)
        layout.addWidget(self.undo)
        layout.addWidget(self.redo)

    def show_steps(self) -> None:
        """Take over what the undo and redo actions say now."""
        text = plain_text(self._undo)
        shown = text if len(text) <= LONGEST_LABEL else text[: LONGEST_LABEL - 1] + "…"
        self.undo.setText(f" {as_menu_text(shown)}")
        self.undo.setAccessibleName(text)
        self.undo.setToolTip(f"{text} (Ctrl+Z)")
        self.undo.setEnabled(self._undo.isEnabled())
        self.redo.setToolTip(f"{plain_text(self._redo)} (Ctrl+Shift+Z)")
        self.redo.setEnabled(self._redo.isEnabled())

    def restyle(self, tokens: Tokens) -> None:
        """Draw the icons in the colours of the tokens."""
        self.undo.setIcon(icon("undo", tokens.text, 16))
        self.redo.setIcon(icon("redo", tokens.text, 16))
