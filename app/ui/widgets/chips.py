"""Chips: a code on an excerpt or theme - its sign, its name, and what can be done with it."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLayout, QLayoutItem, QSizePolicy, QToolButton, QWidget

from app.ui.style.icons import icon, sign_pixmap
from app.ui.style.tokens import Tokens
from app.ui.widgets.labels import ElidedLabel, as_plain

MEMO_SHOWN = 300
"""Characters of a memo that its sign tells."""


class CodeChip(QWidget):
    """One code: click opens it, the cross takes it off, the question mark says one is unsure."""

    opened = Signal(str)
    removed = Signal(str)
    unsureToggled = Signal(str, bool)
    memoWanted = Signal(str)

    def __init__(
        self, code_id: str, name: str, sign: str, colour: str, tokens: Tokens, *, unsure: bool = False, memo: str = ""
    ) -> None:
        super().__init__()
        self.setObjectName("codeChip")
        self.setProperty("look", "card")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        tile = QLabel()
        tile.setPixmap(sign_pixmap(sign, colour, 18))
        label = ElidedLabel(name if len(name) <= 42 else name[:41] + "…")
        label.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(4, 2, 2, 2)
        layout.setSpacing(6)
        layout.addWidget(tile)
        layout.addWidget(label)
        self.doubt = self._button("unsure", self.tr("Unsure of {name}").format(name=name), tokens, checked=unsure)
        self.doubt.toggled.connect(lambda on: self.unsureToggled.emit(code_id, on))
        words = memo if len(memo) <= MEMO_SHOWN else f"{memo[:MEMO_SHOWN]} …"
        said = (
            self.tr("Memo on this coding: {memo}").format(memo=words)
            if memo
            else self.tr("Write a memo on this coding")
        )
        self.memo = self._button("memo-full" if memo else "memo", said, tokens)
        self.memo.setToolTip(as_plain(said))
        self.memo.clicked.connect(lambda: self.memoWanted.emit(code_id))
        self.cross = self._button("close", self.tr("Remove code {name}").format(name=name), tokens)
        self.cross.clicked.connect(lambda: self.removed.emit(code_id))
        layout.addWidget(self.doubt)
        layout.addWidget(self.memo)
        layout.addWidget(self.cross)
        self._code_id = code_id

    def mousePressEvent(self, event: object) -> None:
        """A click opens the code."""
        super().mousePressEvent(event)  # type: ignore[arg-type]
        self.opened.emit(self._code_id)

    def _button(self, icon_name: str, name: str, tokens: Tokens, *, checked: bool | None = None) -> QToolButton:
        button = QToolButton()
        button.setProperty("look", "chip-button")
        colour = tokens.warn if checked else tokens.quiet
        button.setIcon(icon(icon_name, colour, 14))
        button.setIconSize(QSize(14, 14))
        button.setFixedSize(20, 20)
        button.setAccessibleName(name)
        button.setToolTip(name)
        if checked is not None:
            button.setCheckable(True)
            button.setChecked(checked)
        return button


class FlowLayout(QLayout):
    """Puts widgets side by side and goes to the next line where the room ends."""

    def __init__(self, parent: QWidget | None = None, spacing: int = 6) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self.setContentsMargins(0, 0, 0, 0)
        self.setSpacing(spacing)

    def addItem(self, item: QLayoutItem) -> None:
        """Qt's own way in."""
        self._items.append(item)

    def count(self) -> int:
        """How many items."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        """The item at this place."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        """Take the item at this place out."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def hasHeightForWidth(self) -> bool:
        """The narrower, the higher."""
        return True

    def heightForWidth(self, width: int) -> int:
        """How high it is at this width."""
        return self._lay_out(QRect(0, 0, width, 0), move=False)

    def setGeometry(self, rect: QRect) -> None:
        """Place the items."""
        super().setGeometry(rect)
        self._lay_out(rect, move=True)

    def sizeHint(self) -> QSize:
        """As small as may be."""
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        """The widest item."""
        size = QSize()
        for item in self._items:
            size = size.expandedTo(item.minimumSize())
        return size

    def clear(self) -> None:
        """Throw all widgets away."""
        while (item := self.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()

    def _lay_out(self, rect: QRect, *, move: bool) -> int:
        x, y, line = rect.x(), rect.y(), 0
        for item in self._items:
            hint = item.sizeHint()
            width = min(hint.width(), rect.width())
            if x + width > rect.right() + 1 and line:
                x, y, line = rect.x(), y + line + self.spacing(), 0
            if move:
                item.setGeometry(QRect(QPoint(x, y), QSize(width, hint.height())))
            x += width + self.spacing()
            line = max(line, hint.height())
        return y + line - rect.y()


class Chips(QWidget):
    """A flow of chips."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.flow = FlowLayout(self)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
