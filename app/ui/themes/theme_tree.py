"""Themes with their subthemes and codes as one tree: drag codes in and between, nest themes, rename in place."""

from __future__ import annotations

from PySide6.QtCore import QMimeData, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QColor, QDragEnterEvent, QDragMoveEvent, QDropEvent, QFont, QIcon
from PySide6.QtWidgets import QAbstractItemView, QTreeWidget, QTreeWidgetItem, QWidget

from app.analysis.codes import CodeRow
from app.analysis.themes import ThemeRow
from app.models.kinds import CodeRole, ThemeKind, ThemeStatus
from app.ui.code.code_tree import CODE_MIME
from app.ui.style.icons import sign_pixmap
from app.ui.style.tokens import LIGHT, Tokens

THEME_MIME = "application/x-reflexa-theme"
LINK_MIME = "application/x-reflexa-theme-code"
_THEME = Qt.ItemDataRole.UserRole
_CODE = Qt.ItemDataRole.UserRole + 1


class ThemeTree(QTreeWidget):
    """It shows rows and says what is wanted; it changes nothing itself."""

    themeChosen = Signal(str)
    renameWanted = Signal(str, str)
    codesDropped = Signal(list, str)
    """Codes (ids) onto a theme's id; "" makes a new theme of them."""
    codeMoved = Signal(str, str, str, bool)
    """A code from one theme to another; the last says whether it stays in the first too (Ctrl held)."""
    themeMoved = Signal(str, str, int)
    """A theme's id, its new parent's id ("" for the top), the position among its siblings (-1 for last)."""
    menuWanted = Signal(QPoint)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("themes.tree")
        self.setAccessibleName(self.tr("Themes"))
        self.setHeaderHidden(True)
        self.setIconSize(QSize(20, 20))
        self.setIndentation(20)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragDrop)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(lambda point: self.menuWanted.emit(self.viewport().mapToGlobal(point)))
        self.currentItemChanged.connect(self._on_chosen)
        self.itemChanged.connect(self._on_edited)
        self.tokens: Tokens = LIGHT
        self._names: dict[str, str] = {}
        self._items: dict[str, QTreeWidgetItem] = {}

    def show_themes(self, rows: list[ThemeRow], codes: dict[str, CodeRow], feeds: dict[str, list[str]]) -> None:
        """Show these themes; `feeds` gives {code id: names of all themes it feeds}."""
        chosen, code = self.chosen_theme(), self.chosen_code()
        folded = {key for key, item in self._items.items() if item.childCount() and not item.isExpanded()}
        self.blockSignals(True)
        self.clear()
        self._items.clear()
        self._names = {row.id: row.name for row in rows}
        for row in rows:
            item = self._theme_item(row)
            self._items[row.id] = item
            parent = self._items.get(row.parent_id or "")
            if parent is not None:
                parent.addChild(item)
            else:
                self.addTopLevelItem(item)
        for row in rows:
            for code_id, role in row.codes:
                if code_id in codes:
                    others = [name for name in feeds.get(code_id, []) if name != row.name]
                    self._items[row.id].addChild(self._code_item(row.id, codes[code_id], role, others))
        for theme_id, item in self._items.items():
            item.setExpanded(theme_id not in folded)
        self.blockSignals(False)
        self.choose(chosen, code)

    def chosen_theme(self) -> str:
        """The theme at hand (that of a chosen code too), or ""."""
        item = self.currentItem()
        return str(item.data(0, _THEME) or "") if item is not None else ""

    def chosen_code(self) -> str:
        """The code at hand, or ""."""
        item = self.currentItem()
        return str(item.data(0, _CODE) or "") if item is not None else ""

    def choose(self, theme_id: str, code_id: str = "") -> None:
        """Choose a theme, or a code in it, without saying so."""
        item = self._items.get(theme_id)
        self.blockSignals(True)
        if item is not None:
            codes = [item.child(place) for place in range(item.childCount())]
            named = [one for one in codes if one is not None and code_id and one.data(0, _CODE) == code_id]
            item = named[0] if named else item
            self.setCurrentItem(item)
            self.scrollToItem(item)
        self.blockSignals(False)

    def rename(self, theme_id: str) -> None:
        """Open a theme's name for editing in place."""
        item = self._items.get(theme_id)
        if item is not None:
            self.setCurrentItem(item)
            self.editItem(item, 0)

    def mimeTypes(self) -> list[str]:
        """Codes from the list, codes of themes, themes."""
        return [CODE_MIME, LINK_MIME, THEME_MIME]

    def mimeData(self, items: list[QTreeWidgetItem]) -> QMimeData:
        """A theme, or a code with the theme it comes from."""
        data = QMimeData()
        theme_id, code_id = str(items[0].data(0, _THEME) or ""), str(items[0].data(0, _CODE) or "")
        if code_id:
            data.setData(LINK_MIME, f"{theme_id}\n{code_id}".encode())
        else:
            data.setData(THEME_MIME, theme_id.encode())
        return data

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take what fits."""
        super().dragEnterEvent(event)
        event.setAccepted(self._fits(event.mimeData()))

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Take what fits."""
        super().dragMoveEvent(event)
        event.setAccepted(self._fits(event.mimeData()))

    def dropEvent(self, event: QDropEvent) -> None:
        """The study is changed and the tree drawn anew; Qt itself moves nothing."""
        item = self.itemAt(event.position().toPoint())
        target = str(item.data(0, _THEME) or "") if item is not None else ""
        data = event.mimeData()
        if data.hasFormat(CODE_MIME):
            self.codesDropped.emit(bytes(data.data(CODE_MIME).data()).decode().split("\n"), target)
        elif data.hasFormat(LINK_MIME):
            source, code_id = bytes(data.data(LINK_MIME).data()).decode().split("\n")
            stays = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
            if target and target != source:
                self.codeMoved.emit(code_id, source, target, stays)
        elif data.hasFormat(THEME_MIME):
            self._drop_theme(bytes(data.data(THEME_MIME).data()).decode(), item, target)
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()

    def _drop_theme(self, theme_id: str, item: QTreeWidgetItem | None, target: str) -> None:
        where = self.dropIndicatorPosition()
        between = where in (
            QAbstractItemView.DropIndicatorPosition.AboveItem,
            QAbstractItemView.DropIndicatorPosition.BelowItem,
        )
        if item is None:
            self.themeMoved.emit(theme_id, "", -1)
        elif between and not item.data(0, _CODE):
            above = item.parent()
            siblings = above if above is not None else self.invisibleRootItem()
            place = siblings.indexOfChild(item) + (where == QAbstractItemView.DropIndicatorPosition.BelowItem)
            self.themeMoved.emit(theme_id, str(above.data(0, _THEME)) if above is not None else "", place)
        elif target != theme_id:
            self.themeMoved.emit(theme_id, target, -1)

    def _fits(self, data: QMimeData) -> bool:
        return any(data.hasFormat(kind) for kind in self.mimeTypes())

    def _theme_item(self, row: ThemeRow) -> QTreeWidgetItem:
        item = QTreeWidgetItem([row.name])
        item.setData(0, _THEME, row.id)
        item.setFlags(item.flags() | Qt.ItemFlag.ItemIsEditable)
        font = QFont(self.font())
        font.setPixelSize(14 if row.kind != ThemeKind.SUBTHEME else 13)
        font.setWeight(QFont.Weight.DemiBold)
        font.setItalic(row.status == ThemeStatus.LET_GO)
        item.setFont(0, font)
        words = {ThemeKind.OVERARCHING: self.tr("overarching theme"), ThemeKind.SUBTHEME: self.tr("subtheme")}
        about = [words.get(row.kind, self.tr("theme")), row.status.value]
        item.setToolTip(0, ", ".join(about))
        if row.status == ThemeStatus.LET_GO:
            item.setForeground(0, QColor(self.tokens.quiet))
        return item

    def _code_item(self, theme_id: str, code: CodeRow, role: CodeRole, others: list[str]) -> QTreeWidgetItem:
        words = [code.name]
        if role != CodeRole.PART:
            words.append(role.value)
        if others:
            words.append(self.tr("also in {themes}").format(themes=", ".join(others)))
        item = QTreeWidgetItem(["   ·   ".join(words)])
        item.setData(0, _THEME, theme_id)
        item.setData(0, _CODE, code.id)
        item.setIcon(0, QIcon(sign_pixmap(code.sign, code.colour)))
        return item

    def _on_chosen(self, item: QTreeWidgetItem | None) -> None:
        if item is not None:
            self.themeChosen.emit(str(item.data(0, _THEME) or ""))

    def _on_edited(self, item: QTreeWidgetItem) -> None:
        theme_id = str(item.data(0, _THEME) or "")
        old = self._names.get(theme_id, "")
        if item.data(0, _CODE) or item.text(0) == old:
            return
        typed = item.text(0)
        self.blockSignals(True)
        item.setText(0, old)
        self.blockSignals(False)
        self.renameWanted.emit(theme_id, typed)
