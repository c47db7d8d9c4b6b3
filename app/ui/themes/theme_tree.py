"""Themes with their subthemes and codes as one tree: drag codes in and between, nest themes, rename in place."""

from __future__ import annotations

from PySide6.QtCore import (
    QItemSelectionModel,
    QMimeData,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QColor,
    QDragEnterEvent,
    QDragMoveEvent,
    QDropEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QAbstractItemView, QStyleOptionViewItem, QTreeWidget, QTreeWidgetItem, QWidget

from app.analysis.codes import CodeRow
from app.analysis.themes import ThemeRow
from app.models.kinds import CodeRole
from app.ui.code.code_tree import CODE_MIME
from app.ui.reviews.mark import RowMarks
from app.ui.style.icons import icon
from app.ui.style.tokens import Tokens
from app.ui.themes.code_list import plain_tip
from app.ui.themes.tree_painting import LINE, CodeLine, LineDelegate, ThemeLine, middle_of_first_line
from app.ui.themes.wording import word

THEME_MIME = "application/x-reflexa-theme"
LINK_MIME = "application/x-reflexa-theme-code"
_THEME = Qt.ItemDataRole.UserRole
_CODE = Qt.ItemDataRole.UserRole + 1

Index = QModelIndex | QPersistentModelIndex
Link = tuple[str, str]
"""(theme id, code id): a code as it stands in one theme."""


class ThemeTree(QTreeWidget):
    """It shows rows and says what is wanted; it changes nothing itself."""

    themeChosen = Signal(str)
    renameWanted = Signal(str, str)
    codesDropped = Signal(list, str)
    """Codes (ids) onto a theme's id; "" makes a new theme of them."""
    linksDropped = Signal(list, str, bool)
    """Codes of themes (links) onto a theme's id; the last says whether they stay where they were too (Ctrl held)."""
    themeMoved = Signal(str, str, str)
    """A theme's id, its new parent's id ("" for the top), the sibling it shall stand before ("" for last)."""
    takeOutWanted = Signal()
    deleteWanted = Signal()
    commentsWanted = Signal(str)
    menuWanted = Signal(QPoint, bool)
    """Where, and whether something stands there."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("themes.tree")
        self.setAccessibleName(self.tr("Themes"))
        self.setHeaderHidden(True)
        self.setIndentation(18)
        self.setMouseTracking(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragDrop)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._on_menu)
        self.currentItemChanged.connect(self._on_chosen)
        self.itemChanged.connect(self._on_edited)
        self.comments = RowMarks(self)
        self._delegate = LineDelegate(self, self.comments.room)
        self.setItemDelegate(self._delegate)
        self.empty_words = ""
        """What stands in the tree while there is no theme."""
        self._names: dict[str, str] = {}
        self._items: dict[str, QTreeWidgetItem] = {}

    def show_themes(self, rows: list[ThemeRow], codes: dict[str, CodeRow], feeds: dict[str, list[str]]) -> None:
        """Show these themes; `feeds` gives {code id: names of all themes it feeds}."""
        theme_id, code_id, links = self.chosen_theme(), self.chosen_code(), set(self.chosen_links())
        place = list(self._items).index(theme_id) if theme_id in self._items else 0
        folded = {key for key, item in self._items.items() if item.childCount() and not item.isExpanded()}
        scrolled = self.verticalScrollBar().value()
        self.blockSignals(True)
        self.clear()
        self._items.clear()
        self._names = {row.id: row.name for row in rows}
        for row in rows:
            item = self._theme_item(row)
            self._items[row.id] = item
            above = self._items.get(row.parent_id or "")
            (above or self.invisibleRootItem()).addChild(item)
        for row in rows:
            for held, role in row.codes:
                if held in codes:
                    others = [name for name in feeds.get(held, []) if name != row.name]
                    self._items[row.id].addChild(self._code_item(row.id, codes[held], role, others))
        for key, item in self._items.items():
            item.setExpanded(key not in folded)
        if theme_id not in self._items and rows:
            theme_id = rows[min(place, len(rows) - 1)].id
        self._set_current(theme_id, code_id, links)
        self.blockSignals(False)
        self.doItemsLayout()
        self.verticalScrollBar().setValue(scrolled)

    def drawRow(self, painter: QPainter, options: QStyleOptionViewItem, index: Index) -> None:
        """A row, and its mark if somebody commented on the theme."""
        super().drawRow(painter, options, index)
        self.comments.paint(painter, self.visualRect(index), self._theme_of_row(index))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A press on the mark opens the comments; elsewhere it chooses."""
        index = self.indexAt(event.position().toPoint())
        theme_id = self._theme_of_row(index)
        if self.comments.hit(event.position().toPoint(), self.visualRect(index), theme_id):
            self.commentsWanted.emit(theme_id)
        else:
            super().mousePressEvent(event)

    @staticmethod
    def _theme_of_row(index: Index) -> str:
        return "" if index.data(_CODE) else str(index.data(_THEME) or "")

    def chosen_theme(self) -> str:
        """The theme at hand (that of a chosen code too), or ""."""
        item = self.currentItem()
        return str(item.data(0, _THEME) or "") if item is not None else ""

    def chosen_code(self) -> str:
        """The code at hand, or ""."""
        item = self.currentItem()
        return str(item.data(0, _CODE) or "") if item is not None else ""

    def chosen_links(self) -> list[Link]:
        """All chosen codes, each with the theme it is chosen in."""
        return [(item.data(0, _THEME), item.data(0, _CODE)) for item in self.selectedItems() if item.data(0, _CODE)]

    def choose(self, theme_id: str, code_id: str = "") -> None:
        """Choose a theme, or a code in it, and bring it into view, without saying so."""
        self.blockSignals(True)
        item = self._set_current(theme_id, code_id, {(theme_id, code_id)} if code_id else set())
        if item is not None:
            self.scrollToItem(item)
        self.blockSignals(False)

    def rename(self, theme_id: str) -> None:
        """Open a theme's name for editing in place."""
        item = self._items.get(theme_id)
        if item is not None:
            self.setCurrentItem(item)
            self.editItem(item, 0)

    def restyle(self, tokens: Tokens) -> None:
        """Take over colours."""
        self._delegate.tokens = tokens
        self.viewport().update()

    def mimeTypes(self) -> list[str]:
        """Codes from the list, codes of themes, themes."""
        return [CODE_MIME, LINK_MIME, THEME_MIME]

    def mimeData(self, items: list[QTreeWidgetItem]) -> QMimeData:
        """A theme, or codes with the themes they come from."""
        data = QMimeData()
        links = [(item.data(0, _THEME), item.data(0, _CODE)) for item in items if item.data(0, _CODE)]
        if links:
            data.setData(LINK_MIME, "\n".join(" ".join(link) for link in links).encode())
        else:
            data.setData(THEME_MIME, str(items[0].data(0, _THEME) or "").encode())
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
            self.codesDropped.emit(_said(data, CODE_MIME).split("\n"), target)
        elif data.hasFormat(LINK_MIME):
            links = [tuple(line.split(" ")) for line in _said(data, LINK_MIME).split("\n")]
            stays = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
            self.linksDropped.emit(links, target, stays)
        elif data.hasFormat(THEME_MIME):
            self._drop_theme(_said(data, THEME_MIME), item)
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        self.setState(QAbstractItemView.State.NoState)
        self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Delete takes codes out of their theme, or asks about the theme."""
        if event.key() == Qt.Key.Key_Delete and self.state() != self.State.EditingState and self.currentItem():
            (self.takeOutWanted if self.chosen_links() else self.deleteWanted).emit()
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: object) -> None:
        """Other widths need other heights."""
        super().resizeEvent(event)  # type: ignore[arg-type]
        self.scheduleDelayedItemsLayout()

    def drawBranches(self, painter: QPainter, area: QRect, index: Index) -> None:
        """A chevron beside the first line of a name; what is chosen is marked at the words alone."""
        tokens = self._delegate.tokens
        painter.fillRect(area, QColor(tokens.panel))
        if not self.model().hasChildren(index):
            return
        name = "chevron" if self.isExpanded(index) else "chevron-right"
        middle = area.top() + middle_of_first_line(index.data(LINE), self.font())
        side = 14
        place = QRect(area.right() - side - 1, middle - side // 2, side, side)
        icon(name, tokens.quiet, side).paint(painter, place)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Where there is no theme yet, say how one comes about, where codes can be dropped."""
        super().paintEvent(event)
        if self.topLevelItemCount() or not self.empty_words:
            return
        tokens = self._delegate.tokens
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(tokens.edge), 1, Qt.PenStyle.DashLine))
        painter.setBrush(QColor(tokens.paper))
        area = QRectF(self.viewport().rect()).adjusted(4, 4, -4, -4)
        painter.drawRoundedRect(area, 8, 8)
        painter.setPen(QColor(tokens.quiet))
        flags = int(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap)
        painter.drawText(area.adjusted(20, 48, -20, -16), flags, self.empty_words)
        painter.end()

    def _drop_theme(self, theme_id: str, item: QTreeWidgetItem | None) -> None:
        where = self.dropIndicatorPosition()
        places = QAbstractItemView.DropIndicatorPosition
        if item is None:
            self.themeMoved.emit(theme_id, "", "")
            return
        target = str(item.data(0, _THEME))
        if target == theme_id:
            return
        if item.data(0, _CODE) or where not in (places.AboveItem, places.BelowItem):
            self.themeMoved.emit(theme_id, target, "")
            return
        above = item.parent()
        siblings = above if above is not None else self.invisibleRootItem()
        first = siblings.indexOfChild(item) + (where == places.BelowItem)
        after = [siblings.child(place) for place in range(first, siblings.childCount())]
        ids = [str(one.data(0, _THEME)) for one in after if one is not None and not one.data(0, _CODE)]
        before = next((one for one in ids if one != theme_id), "")
        self.themeMoved.emit(theme_id, str(above.data(0, _THEME)) if above is not None else "", before)

    def _fits(self, data: QMimeData) -> bool:
        return any(data.hasFormat(kind) for kind in self.mimeTypes())

    def _theme_item(self, row: ThemeRow) -> QTreeWidgetItem:
        item = QTreeWidgetItem([row.name])
        item.setData(0, _THEME, row.id)
        item.setData(0, LINE, ThemeLine(row))
        item.setFlags(item.flags() | Qt.ItemFlag.ItemIsEditable)
        about = ", ".join((word(row.kind), word(row.status)))
        item.setToolTip(0, plain_tip("\n".join(part for part in (row.name, about, row.concept) if part)))
        item.setData(0, Qt.ItemDataRole.AccessibleDescriptionRole, f"{about}. {row.concept}")
        return item

    def _code_item(self, theme_id: str, code: CodeRow, role: CodeRole, others: list[str]) -> QTreeWidgetItem:
        also = self.tr("also in {themes}").format(themes=", ".join(others)) if others else ""
        item = QTreeWidgetItem([code.name])
        item.setData(0, _THEME, theme_id)
        item.setData(0, _CODE, code.id)
        item.setData(0, LINE, CodeLine(code, role, also))
        item.setToolTip(0, plain_tip("\n".join(part for part in (code.path, word(role), also, code.brief) if part)))
        item.setData(0, Qt.ItemDataRole.AccessibleDescriptionRole, ", ".join(p for p in (word(role), also) if p))
        return item

    def _set_current(self, theme_id: str, code_id: str, links: set[Link]) -> QTreeWidgetItem | None:
        theme = self._items.get(theme_id)
        if theme is None:
            return None
        children = {link: one for item in self._items.values() for link, one in _codes_under(item)}
        item = children.get((theme_id, code_id), theme)
        self.setCurrentItem(item, 0, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        for link in links:
            if link in children:
                children[link].setSelected(True)
        return item

    def _on_menu(self, point: QPoint) -> None:
        self.menuWanted.emit(self.viewport().mapToGlobal(point), self.itemAt(point) is not None)

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
        item.setText(0, old)  # the study decides; a refused name leaves the old one
        self.blockSignals(False)
        if typed.strip():
            self.renameWanted.emit(theme_id, typed)


def _codes_under(item: QTreeWidgetItem) -> list[tuple[Link, QTreeWidgetItem]]:
    children = (item.child(place) for place in range(item.childCount()))
    return [
        ((one.data(0, _THEME), one.data(0, _CODE)), one) for one in children if one is not None and one.data(0, _CODE)
    ]


def _said(data: QMimeData, kind: str) -> str:
    return bytes(data.data(kind).data()).decode()
