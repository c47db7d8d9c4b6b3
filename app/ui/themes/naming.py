"""The card in which a new theme gets its name: in place, before anything is changed."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from app.ui.widgets.labels import PlainLabel


class NamingCard(QWidget):
    """Enter makes the theme, Esc makes none. Without a name it gets the one that stands there in grey."""

    nameGiven = Signal(str)
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("themes.naming")
        self.setProperty("look", "card")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.code_ids: list[str] = []
        self.parent_id: str | None = None
        self.split_from = ""
        """The theme that the codes are split from, or ""."""
        self.head = PlainLabel("", "strong", wrap=True)
        self.field = QLineEdit()
        self.field.setObjectName("themes.naming.field")
        self.field.setAccessibleName(self.tr("Name of the new theme"))
        self.field.returnPressed.connect(self._give)
        self.make = QPushButton(self.tr("Make"))
        self.make.setObjectName("themes.naming.make")
        self.make.setProperty("look", "primary")
        self.make.clicked.connect(self._give)
        self.leave = QPushButton(self.tr("Leave it"))
        self.leave.setProperty("look", "plain")
        self.leave.clicked.connect(self.dismiss)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addStretch(1)
        buttons.addWidget(self.leave)
        buttons.addWidget(self.make)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 12, 12, 12)
        layout.setSpacing(8)
        layout.addWidget(self.head)
        layout.addWidget(self.field)
        layout.addLayout(buttons)
        self.hide()

    def ask(
        self, head: str, stand_in: str, code_ids: list[str], parent_id: str | None, *, split_from: str = ""
    ) -> None:
        """Ask for a name; `stand_in` is what the theme is called if none is given."""
        self.code_ids, self.parent_id, self.split_from = list(code_ids), parent_id, split_from
        self.head.setText(head)
        self.setAccessibleName(head)
        self.field.setPlaceholderText(stand_in)
        self.field.clear()
        self.show()
        self.field.setFocus()

    def dismiss(self) -> None:
        """Close; nothing was changed."""
        self.hide()
        self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc makes no theme."""
        if event.key() == Qt.Key.Key_Escape:
            self.dismiss()
            return
        super().keyPressEvent(event)

    def _give(self) -> None:
        self.nameGiven.emit(self.field.text().strip() or self.field.placeholderText())
