"""The quick-code box: type over a selection, Enter codes it. It never hides the selection and Esc leaves no trace."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QGuiApplication, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from app.analysis.code_search import SHOWN, CodeHit, Match
from app.ui.style.icons import sign_icon
from app.ui.style.tokens import LIGHT, Tokens
from app.ui.widgets.labels import PlainLabel

WIDTH = 432
ROW = 30
ASIDE = Qt.ItemDataRole.UserRole
"""What stands behind the name of a row, quietly: where the code lies, or its definition."""


@dataclass(frozen=True)
class _Take:
    """How Enter was pressed."""

    stay: bool = False
    unsure: bool = False


class QuickCode(QFrame):
    """A field over a list of codes, the last row of which makes a new one."""

    codeWanted = Signal(str, bool)
    """A code's id, and whether one is unsure of it."""
    newWanted = Signal(str, bool)
    """The name of a new code (`parent / child` nests), and whether one is unsure of it."""
    closed = Signal(bool)
    """The box is gone; whether anything was coded with it."""

    def __init__(self, find: Callable[[str], list[CodeHit]], parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setObjectName("quickCode")
        self.setProperty("look", "popup")
        self.setFixedWidth(WIDTH)
        self._find = find
        self._hits: list[CodeHit] = []
        self._selection = QRect()
        self._done = False
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
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._rows = _Rows(self.list)
        self.list.setItemDelegate(self._rows)
        self.list.itemClicked.connect(lambda _: self._take(_Take()))
        hint = PlainLabel(
            self.tr("Enter codes  ·  Shift+Enter stays  ·  Alt+Enter: unsure")
            + "\n"
            + self.tr("Ctrl+Enter makes a new code; “parent / child” nests it"),
            "small",
        )
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(8, 8, 8, 8)
        self._column.setSpacing(6)
        for part in (self.field, self.list, hint):
            self._column.addWidget(part)

    def open_at(self, selection: QRect, typed: str = "", tokens: Tokens = LIGHT) -> None:
        """Open beneath the selection (in global pixels), or above it where there is no room beneath."""
        self._selection, self._done, self._rows.tokens = selection, False, tokens
        self.field.blockSignals(True)
        self.field.setText(typed)
        self.field.blockSignals(False)
        self._on_typed(typed)
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
                self._choose(max(0, min(self.list.count() - 1, self.list.currentRow() + step)))
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                held = event.modifiers()
                how = _Take(
                    stay=bool(held & Qt.KeyboardModifier.ShiftModifier),
                    unsure=bool(held & Qt.KeyboardModifier.AltModifier),
                )
                if held & Qt.KeyboardModifier.ControlModifier:
                    self._make(how)
                else:
                    self._take(how)
                return True
        return super().eventFilter(watched, event)

    def hideEvent(self, event: object) -> None:
        """Say that the box is gone."""
        super().hideEvent(event)  # type: ignore[arg-type]
        self.closed.emit(self._done)

    def _on_typed(self, typed: str) -> None:
        self._hits = self._find(typed)
        self.list.clear()
        for hit in self._hits:
            self._add(hit.code.name, _aside(hit), hit.code.sign, hit.code.colour)
        name = " ".join(typed.split())
        if name and not any(hit.match == Match.WHOLE for hit in self._hits):
            parent, _, child = name.rpartition(" / ")
            self._add(
                self.tr("New code “{name}”").format(name=child or name),
                self.tr("under “{parent}”").format(parent=parent) if parent and child else "",
                "+",
                "#5C6270",
            )
        certain = next((row for row, hit in enumerate(self._hits) if hit.certain), None)
        self._choose(certain if certain is not None else len(self._hits))
        self._place()

    def _add(self, text: str, aside: str, sign: str, colour: str) -> None:
        item = QListWidgetItem(sign_icon(sign, colour), text)
        item.setData(ASIDE, aside)
        item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{text}, {aside}" if aside else text)
        self.list.addItem(item)

    def _choose(self, row: int) -> None:
        """Highlight a row and say it: the keyboard stays in the field."""
        self.list.setCurrentRow(row if row < self.list.count() else -1)
        item = self.list.currentItem()
        said = str(item.data(Qt.ItemDataRole.AccessibleTextRole)) if item is not None else ""
        self.field.setAccessibleDescription(said)

    def _place(self) -> None:
        """Beneath the selection; where there is no room for the longest list, above it and upside down: the field
        stays where it is next to the words, and the list grows away from them.
        """
        screen = QGuiApplication.screenAt(self._selection.center()) or QGuiApplication.primaryScreen()
        room = screen.availableGeometry()
        rows = max(1, self.list.count())
        self.list.setFixedHeight(rows * ROW + 6)
        self._column.activate()  # or the height is that of the list before
        height = self._column.totalSizeHint().height()
        tallest = height + (SHOWN + 1 - rows) * ROW
        above = self._selection.bottom() + 8 + tallest > room.bottom()
        directions = QVBoxLayout.Direction
        self._column.setDirection(directions.BottomToTop if above else directions.TopToBottom)
        top = max(room.top(), self._selection.top() - height - 8) if above else self._selection.bottom() + 8
        left = max(room.left() + 8, min(self._selection.left(), room.right() - WIDTH - 8))
        self.setGeometry(QRect(QPoint(left, top), QSize(WIDTH, height)))

    def _take(self, how: _Take) -> None:
        row = self.list.currentRow()
        if 0 <= row < len(self._hits):
            self._finish(how)
            self.codeWanted.emit(self._hits[row].code.id, how.unsure)
        elif row >= 0:
            self._make(how)

    def _make(self, how: _Take) -> None:
        name = " ".join(self.field.text().split())
        if name:
            self._finish(how)
            self.newWanted.emit(name, how.unsure)

    def _finish(self, how: _Take) -> None:
        self._done = True
        if how.stay:
            self.field.selectAll()
        else:
            self.hide()


class _Rows(QStyledItemDelegate):
    """Draws a sign, the name, and quietly behind it where the code lies or what it means."""

    tokens: Tokens = LIGHT

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:  # noqa: ARG002
        """Every row alike."""
        return QSize(0, ROW)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """The name comes first and is cut last."""
        painter.save()
        area: QRect = option.rect
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(self.tokens.chosen))
            painter.drawRoundedRect(area.adjusted(0, 1, 0, -1), 6, 6)
        index.data(Qt.ItemDataRole.DecorationRole).paint(painter, QRect(area.left() + 6, area.top() + 5, 20, 20))
        metrics, words = option.fontMetrics, area.adjusted(34, 0, -8, 0)
        name = metrics.elidedText(str(index.data()), Qt.TextElideMode.ElideRight, words.width())
        painter.setFont(option.font)
        painter.setPen(QColor(self.tokens.text))
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, name)
        left = words.left() + metrics.horizontalAdvance(name) + 12
        if left < words.right() - 40:
            rest = QRect(left, words.top(), words.right() - left, words.height())
            aside = metrics.elidedText(str(index.data(ASIDE)), Qt.TextElideMode.ElideRight, rest.width())
            painter.setPen(QColor(self.tokens.quiet))
            painter.drawText(rest, Qt.AlignmentFlag.AlignVCenter, aside)
        painter.restore()


def _aside(hit: CodeHit) -> str:
    above = hit.code.path[: -len(hit.code.name) - 3] if hit.code.parent_id else ""
    brief = " ".join(hit.code.brief.split()) if hit.match == Match.DEFINITION else ""
    return " · ".join(part for part in (above, brief) if part)
