"""The codes beside the themes: those in no theme yet come first, so that none is forgotten."""

from __future__ import annotations

from PySide6.QtCore import QMimeData, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QColor, QIcon, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QListWidget, QListWidgetItem, QWidget

from app.analysis.codes import CodeRow
from app.models.kinds import CodeStatus
from app.ui.code.code_tree import CODE_MIME
from app.ui.style.icons import sign_pixmap
from app.ui.style.tokens import LIGHT, Tokens

_ID = Qt.ItemDataRole.UserRole


class CodeList(QListWidget):
    """Several can be chosen and dragged onto a theme."""

    makeWanted = Signal()
    menuWanted = Signal(QPoint)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("themes.codes")
        self.setAccessibleName(self.tr("Codes"))
        self.setIconSize(QSize(20, 20))
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
        chosen = set(self.chosen())
        self._rows, self._placed = rows, placed
        self.clear()
        active = [row for row in rows if row.status == CodeStatus.ACTIVE]
        loose = [row for row in active if row.id not in placed]
        if loose:
            self._head(self.tr("In no theme yet"))
            self._add(loose, chosen)
        self._head(self.tr("In a theme"))
        self._add([row for row in active if row.id in placed], chosen)
        aside = [row for row in rows if row.status == CodeStatus.SET_ASIDE]
        if aside:
            self._head(self.tr("Set aside"))
            self._add(aside, chosen, quiet=True)
        self.filter_by(self._filter)

    def chosen(self) -> list[str]:
        """The ids of the chosen codes, in the order they stand."""
        items = [self.item(place) for place in range(self.count())]
        return [item.data(_ID) for item in items if item is not None and item.isSelected() and item.data(_ID)]

    def filter_by(self, typed: str) -> None:
        """Show only codes whose path holds all typed words."""
        self._filter = typed
        words = typed.casefold().split()
        paths = {row.id: row.path.casefold() for row in self._rows}
        for place in range(self.count()):
            item = self.item(place)
            if item is not None and item.data(_ID):
                item.setHidden(not all(word in paths.get(item.data(_ID), "") for word in words))

    def mimeTypes(self) -> list[str]:
        """Codes."""
        return [CODE_MIME]

    def mimeData(self, items: list[QListWidgetItem]) -> QMimeData:
        """The ids of the dragged codes, one a line."""
        data = QMimeData()
        data.setData(CODE_MIME, "\n".join(item.data(_ID) for item in items if item.data(_ID)).encode())
        return data

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter makes a theme of what is chosen."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.chosen():
            self.makeWanted.emit()
            return
        super().keyPressEvent(event)

    def _head(self, text: str) -> None:
        item = QListWidgetItem(text)
        item.setFlags(Qt.ItemFlag.NoItemFlags)
        item.setForeground(QColor(self.tokens.quiet))
        self.addItem(item)

    def _add(self, rows: list[CodeRow], chosen: set[str], *, quiet: bool = False) -> None:
        for row in rows:
            item = QListWidgetItem(QIcon(sign_pixmap(row.sign, row.colour)), row.name)
            item.setData(_ID, row.id)
            themes = self._placed.get(row.id, [])
            item.setToolTip(self.tr("Feeds: {themes}").format(themes=", ".join(themes)) if themes else row.name)
            if quiet:
                item.setForeground(QColor(self.tokens.quiet))
            self.addItem(item)
            item.setSelected(row.id in chosen)
