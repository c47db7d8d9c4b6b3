"""The quick-code box: type over a selection, Enter codes it. It never hides the selection and Esc leaves no trace."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from app.analysis.code_search import CodeHit, Match
from app.ui.style.icons import sign_icon
from app.ui.widgets.labels import PlainLabel

WIDTH = 400
ROW = 30


class QuickCode(QFrame):
    """A field over a list of codes, the last row of which makes a new one."""

    codeWanted = Signal(str, bool)
    """A code's id, and whether to stay for another code."""
    newWanted = Signal(str, bool)
    """The name of a new code (`parent / child` nests), and whether to stay."""
    closed = Signal()

    def __init__(self, find: Callable[[str], list[CodeHit]], parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setObjectName("quickCode")
        self.setProperty("look", "popup")
        self.setFixedWidth(WIDTH)
        self._find = find
        self._hits: list[CodeHit] = []
        self.field = QLineEdit()
        self.field.setObjectName("quickCode.field")
        self.field.setAccessibleName(self.tr("Find or make a code"))
        self.field.setPlaceholderText(self.tr("Find or make a code …"))
        self.field.textChanged.connect(self._on_typed)
        self.field.installEventFilter(self)
        self.list = QListWidget()
        self.list.setObjectName("quickCode.list")
        self.list.setAccessibleName(self.tr("Codes that fit"))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setIconSize(QSize(20, 20))
        self.list.setUniformItemSizes(True)
        self.list.itemClicked.connect(lambda _: self._take(stay=False))
        hint = PlainLabel(self.tr("Enter: code  ·  Shift+Enter: and stay  ·  Ctrl+Enter: new code"), "small")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 8, 8, 8)
        layout.setSpacing(6)
        layout.addWidget(self.field)
        layout.addWidget(self.list)
        layout.addWidget(hint)

    def open_at(self, selection: QRect, typed: str = "") -> None:
        """Open beneath the selection (in global pixels), or above it where there is no room beneath."""
        self.field.setText(typed)
        self._on_typed(typed)
        self.adjustSize()
        screen = QGuiApplication.screenAt(selection.center()) or QGuiApplication.primaryScreen()
        room = screen.availableGeometry()
        below = QPoint(selection.left(), selection.bottom() + 8)
        if below.y() + self.sizeHint().height() > room.bottom():
            below.setY(max(room.top(), selection.top() - self.sizeHint().height() - 8))
        below.setX(max(room.left() + 8, min(below.x(), room.right() - WIDTH - 8)))
        self.move(below)
        self.show()
        self.field.setFocus()
        self.field.end(False)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrows choose in the list, Enter takes, while the field keeps the focus."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            event.accept()  # no shortcut of the workspace (Ctrl+Enter is one) acts behind the box
            return True
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
                step = 1 if event.key() == Qt.Key.Key_Down else -1
                self.list.setCurrentRow(max(0, min(self.list.count() - 1, self.list.currentRow() + step)))
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                stay = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
                if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                    self._make(stay)
                else:
                    self._take(stay)
                return True
        return super().eventFilter(watched, event)

    def hideEvent(self, event: object) -> None:
        """Say that the box is gone."""
        super().hideEvent(event)  # type: ignore[arg-type]
        self.closed.emit()

    def _on_typed(self, typed: str) -> None:
        self._hits = self._find(typed)
        self.list.clear()
        for hit in self._hits:
            text = hit.code.path
            if hit.match == Match.DEFINITION and hit.code.brief:
                text += f"   —   {hit.code.brief}"
            item = QListWidgetItem(sign_icon(hit.code.sign, hit.code.colour), text)
            item.setSizeHint(QSize(0, ROW))
            self.list.addItem(item)
        name = " ".join(typed.split())
        exists = any(name.casefold() in (hit.code.name.casefold(), hit.code.path.casefold()) for hit in self._hits)
        if name and not exists:
            item = QListWidgetItem(self.tr("New code “{name}”").format(name=name))
            item.setIcon(sign_icon("+", "#5C6270"))
            item.setSizeHint(QSize(0, ROW))
            self.list.addItem(item)
        certain = next((row for row, hit in enumerate(self._hits) if hit.certain or not name), None)
        self.list.setCurrentRow(certain if certain is not None else self.list.count() - 1)
        self.list.setFixedHeight(max(1, self.list.count()) * ROW + 6)
        self.adjustSize()

    def _take(self, stay: bool) -> None:
        row = self.list.currentRow()
        if 0 <= row < len(self._hits):
            self._done(stay)
            self.codeWanted.emit(self._hits[row].code.id, stay)
        else:
            self._make(stay)

    def _make(self, stay: bool) -> None:
        name = " ".join(self.field.text().split())
        if name:
            self._done(stay)
            self.newWanted.emit(name, stay)

    def _done(self, stay: bool) -> None:
        if stay:
            self.field.selectAll()
        else:
            self.hide()
