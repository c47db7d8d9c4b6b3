"""The box "This turn is by ...": type to find who speaks, Enter takes it; a new name makes a new speaker."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from app.ui.widgets.labels import PlainLabel

WIDTH, ROW, MOST = 320, 30, 10
_LABEL = Qt.ItemDataRole.UserRole


@dataclass(frozen=True)
class Choice:
    """A speaker of the transcript: the label to give, and how it is shown."""

    label: str
    shown: str
    now: bool = False
    """Whether the turn is theirs now."""


class SpeakerBox(QFrame):
    """A field over the speakers of the transcript. Esc leaves everything as it is."""

    chosen = Signal(str)
    """The label of who speaks, a new one, or "" for nobody known."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setObjectName("speakerBox")
        self.setProperty("look", "popup")
        self.setFixedWidth(WIDTH)
        self._choices: list[Choice] = []
        self.field = QLineEdit()
        self.field.setObjectName("speakerBox.field")
        self.field.setAccessibleName(self.tr("This turn is by"))
        self.field.setPlaceholderText(self.tr("This turn is by …"))
        self.field.textChanged.connect(self._fill)
        self.field.installEventFilter(self)
        self.list = QListWidget()
        self.list.setObjectName("speakerBox.list")
        self.list.setAccessibleName(self.tr("Who speaks in this transcript"))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setUniformItemSizes(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.itemClicked.connect(lambda _: self._take())
        hint = PlainLabel(self.tr("Type to find  ·  a number takes at once"), "small")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(8, 8, 8, 8)
        self._column.setSpacing(6)
        for part in (self.field, self.list, hint):
            self._column.addWidget(part)

    def open_at(self, place: QRect, choices: list[Choice]) -> None:
        """Open beneath a place (in global pixels), or above it where there is no room."""
        self._choices = choices
        self.field.setText("")
        self._fill("")
        self._column.activate()
        size = QSize(WIDTH, self._column.totalSizeHint().height())
        screen = QGuiApplication.screenAt(place.center()) or QGuiApplication.primaryScreen()
        room = screen.availableGeometry()
        top = place.bottom() + 8
        if top + size.height() > room.bottom():
            top = max(room.top(), place.top() - 8 - size.height())
        left = max(room.left() + 8, min(place.left(), room.right() - WIDTH - 8))
        self.setGeometry(QRect(QPoint(left, top), size))
        self.show()
        self.field.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrows choose, Enter takes, a number in the empty field takes at once."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            event.accept()  # no shortcut of the workspace acts behind the box
            return True
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            key, last = event.key(), self.list.count() - 1
            if key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
                step = 1 if key == Qt.Key.Key_Down else -1
                self.list.setCurrentRow(max(0, min(last, self.list.currentRow() + step)))
                self._tell()
                return True
            if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._take()
                return True
            if not self.field.text() and self._take_number(event.text()):
                return True
        return super().eventFilter(watched, event)

    def _fill(self, typed: str) -> None:
        words = typed.casefold().split()
        self.list.clear()
        for number, choice in enumerate(self._choices, start=1):
            if all(word in f"{choice.shown} {choice.label}".casefold() for word in words):
                ahead = f"{number}   " if number < 10 else "     "
                now = self.tr("{name} (now)").format(name=choice.shown) if choice.now else choice.shown
                self._add(f"{ahead}{now}", choice.label)
        name = " ".join(typed.split())
        if name and not any(name.casefold() in (one.label.casefold(), one.shown.casefold()) for one in self._choices):
            self._add(self.tr("New speaker “{name}”").format(name=name), name)
        if not name:
            self._add(self.tr("Nobody known"), "")
        self.list.setCurrentRow(0)
        self.list.setFixedHeight(min(MOST, max(1, self.list.count())) * ROW + 6)
        self._tell()

    def _add(self, text: str, label: str) -> None:
        item = QListWidgetItem(text)
        item.setData(_LABEL, label)
        item.setSizeHint(QSize(0, ROW))
        self.list.addItem(item)

    def _tell(self) -> None:
        """Say the highlighted row: the keyboard stays in the field."""
        item = self.list.currentItem()
        self.field.setAccessibleDescription(item.text().strip() if item is not None else "")

    def _take_number(self, text: str) -> bool:
        named = any(one.label[:1].isdigit() or one.shown[:1].isdigit() for one in self._choices)
        if named or text not in set("123456789") or int(text) > len(self._choices):
            return False
        self.hide()
        self.chosen.emit(self._choices[int(text) - 1].label)
        return True

    def _take(self) -> None:
        item = self.list.currentItem()
        if item is not None:
            self.hide()
            self.chosen.emit(str(item.data(_LABEL)))
