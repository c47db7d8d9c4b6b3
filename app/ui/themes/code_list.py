"""The codes beside the themes: those in no theme yet come first, so that none is forgotten."""

from __future__ import annotations

from PySide6.QtCore import QMimeData, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QIcon, QKeyEvent, QPixmap
from PySide6.QtWidgets import QAbstractItemView, QListWidget, QListWidgetItem, QWidget

from app.analysis.codes import CodeRow
from app.models.kinds import CodeStatus
from app.ui.code.code_tree import CODE_MIME
from app.ui.style.icons import sign_pixmap
from app.ui.style.tokens import LIGHT, Tokens

_ID = Qt.ItemDataRole.UserRole


class CodeList(QListWidget):
    """Several can be chosen and dragged onto a theme. What a filter hides is not chosen."""

    makeWanted = Signal()
    menuWanted = Signal(QPoint)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("themes.codes")
        self.setAccessibleName(self.tr("Codes"))
        self.setIconSize(QSize(20, 20))
        self.setUniformItemSizes(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setDragEnabled(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragOnly)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(lambda point: self.menuWanted.emit(self.viewport().mapToGlobal(point)))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.tokens: Tokens = LIGHT
        self._filter = ""
        self._rows: list[CodeRow] = []
        self._placed: dict[str, list[str]] = {}

    def show_codes(self, rows: list[CodeRow], placed: dict[str, list[str]]) -> None:
        """Show these codes; `placed` gives {code id: names of the themes it feeds}."""
        if rows == self._rows and placed == self._placed and self.count():
            return
        chosen, current, scrolled = set(self.chosen()), self.at_hand(), self.verticalScrollBar().value()
        self._rows, self._placed = rows, placed
        self.blockSignals(True)
        self.clear()
        active = [row for row in rows if row.status == CodeStatus.ACTIVE]
        self._section(self.tr("Not in a theme yet"), [row for row in active if row.id not in placed])
        self._section(self.tr("In a theme"), [row for row in active if row.id in placed])
        self._section(self.tr("Set aside"), [row for row in rows if row.status == CodeStatus.SET_ASIDE], quiet=True)
        for item in self._items():
            item.setSelected(item.data(_ID) in chosen)
            if item.data(_ID) == current:
                self.selectionModel().setCurrentIndex(
                    self.indexFromItem(item), self.selectionModel().SelectionFlag.NoUpdate
                )
        self.blockSignals(False)
        self.filter_by(self._filter)
        self.verticalScrollBar().setValue(scrolled)

    def chosen(self) -> list[str]:
        """The ids of the chosen codes that are seen, in the order they stand."""
        return [item.data(_ID) for item in self._items() if item.isSelected() and not item.isHidden()]

    def at_hand(self) -> str:
        """The id of the code the keyboard stands on, or ""."""
        item = self.currentItem()
        return str(item.data(_ID) or "") if item is not None else ""

    def restyle(self, tokens: Tokens) -> None:
        """Take over colours."""
        self.tokens = tokens
        rows, self._rows = self._rows, []
        self.show_codes(rows, self._placed)

    def filter_by(self, typed: str) -> None:
        """Show only codes whose path holds all typed words, with the headings they stand under."""
        self._filter = typed
        words = typed.casefold().split()
        paths = {row.id: row.path.casefold() for row in self._rows}
        heading: QListWidgetItem | None = None
        for item in (self.item(place) for place in range(self.count())):
            if not item.data(_ID):
                heading = item
                heading.setHidden(True)
                continue
            shown = all(word in paths.get(item.data(_ID), "") for word in words)
            item.setHidden(not shown)
            if shown and heading is not None:
                heading.setHidden(False)
        self.itemSelectionChanged.emit()

    def mimeTypes(self) -> list[str]:
        """Codes."""
        return [CODE_MIME]

    def mimeData(self, items: list[QListWidgetItem]) -> QMimeData:  # noqa: ARG002 - what is hidden is not dragged
        """The ids of the dragged codes, one a line."""
        data = QMimeData()
        data.setData(CODE_MIME, "\n".join(self.chosen()).encode())
        return data

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter makes a theme of what is chosen; Esc chooses nothing."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.chosen():
            self.makeWanted.emit()
            return
        if event.key() == Qt.Key.Key_Escape and self.chosen():
            self.clearSelection()
            return
        super().keyPressEvent(event)

    def _items(self) -> list[QListWidgetItem]:
        items = (self.item(place) for place in range(self.count()))
        return [item for item in items if item is not None and item.data(_ID)]

    def _section(self, heading: str, rows: list[CodeRow], *, quiet: bool = False) -> None:
        if not rows:
            return
        item = QListWidgetItem(heading)
        item.setFlags(Qt.ItemFlag.NoItemFlags)
        item.setForeground(QColor(self.tokens.quiet))
        font = QFont(self.font())
        font.setPixelSize(12)
        item.setFont(font)
        self.addItem(item)
        for row in rows:
            self.addItem(self._code(row, quiet=quiet))

    def _code(self, row: CodeRow, *, quiet: bool) -> QListWidgetItem:
        item = QListWidgetItem(_untinted(sign_pixmap(row.sign, row.colour)), row.name)
        item.setData(_ID, row.id)
        themes = self._placed.get(row.id, [])
        about = [row.path, row.brief, row.set_aside_reason if quiet else ""]
        about.append(self.tr("Feeds: {themes}").format(themes=", ".join(themes)) if themes else "")
        item.setToolTip(plain_tip("\n".join(part for part in about if part)))
        item.setData(Qt.ItemDataRole.AccessibleDescriptionRole, "; ".join(part for part in about[1:] if part))
        if quiet:
            item.setForeground(QColor(self.tokens.quiet))
        return item


def _untinted(pixmap: QPixmap) -> QIcon:
    """A sign keeps its colours when its row is chosen."""
    icon = QIcon(pixmap)
    icon.addPixmap(pixmap, QIcon.Mode.Selected)
    return icon


def plain_tip(text: str) -> str:
    """A tool tip that Qt cannot take for markup."""
    from html import escape

    return f"<p style='white-space:pre-wrap'>{escape(text)}</p>" if text else ""
