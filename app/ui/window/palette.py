"""The command palette (Ctrl+K): everything one can do, found by typing a few letters of it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget
from rapidfuzz import fuzz, process, utils

from app.ui.actions import Actions, plain_text

SHOWN = 9


class CommandPalette(QFrame):
    """A field over a list; Enter runs the chosen action, Esc leaves no trace."""

    def __init__(self, actions: Actions, window: QWidget) -> None:
        super().__init__(window, Qt.WindowType.Popup)
        self.setObjectName("commandPalette")
        self.setProperty("look", "popup")
        self._actions = actions
        self._found: list[QAction] = []
        self.field = QLineEdit()
        self.field.setPlaceholderText(self.tr("What do you want to do?"))
        self.field.setAccessibleName(self.tr("Command"))
        self.field.textChanged.connect(self._find)
        self.field.installEventFilter(self)
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("Commands"))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.itemClicked.connect(lambda _: self._run())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 8, 8, 8)
        layout.addWidget(self.field)
        layout.addWidget(self.list)

    def open_over(self, anchor: QWidget) -> None:
        """Show under the search button."""
        self.field.clear()
        self._find("")
        self.resize(max(480, anchor.width()), 40 * 8 + 56)
        corner = anchor.mapToGlobal(anchor.rect().topLeft())
        self.move(corner.x() - (self.width() - anchor.width()) // 2, corner.y())
        self.show()
        self.field.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrows move in the list while the field keeps the focus."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
                step = 1 if event.key() == Qt.Key.Key_Down else -1
                self.list.setCurrentRow(max(0, min(self.list.count() - 1, self.list.currentRow() + step)))
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._run()
                return True
        return super().eventFilter(watched, event)

    def _find(self, typed: str) -> None:
        ready = [action for action in self._actions.all() if action.isEnabled() and action.text()]
        names = [plain_text(action).rstrip(" …") for action in ready]
        if typed.strip():
            hits = process.extract(
                typed, names, scorer=fuzz.WRatio, processor=utils.default_process, limit=SHOWN, score_cutoff=50
            )
            self._found = [ready[place] for _, _, place in hits]
        else:
            self._found = ready
        self.list.clear()
        for action in self._found:
            keys = self._actions.keys_said(action.objectName())
            item = QListWidgetItem(plain_text(action) + (f"    {keys}" if keys else ""))
            self.list.addItem(item)
        if self._found:
            self.list.setCurrentRow(0)
        else:
            nothing = QListWidgetItem(self.tr("No command is called like that."))
            nothing.setFlags(Qt.ItemFlag.NoItemFlags)
            self.list.addItem(nothing)

    def _run(self) -> None:
        row = self.list.currentRow()
        self.hide()
        if 0 <= row < len(self._found):
            self._found[row].trigger()
