"""The code tree: filter, choose, apply, rename in place, nest by dragging, drop a passage on a code."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping

from PySide6.QtCore import QItemSelectionModel, QMimeData, QModelIndex, QPersistentModelIndex, QPoint, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
)  # fmt: skip
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyleOptionViewItem,
    QTreeWidget,
    QTreeWidgetItem,
    QWidget,
)

from app.analysis.codes import CodeRow, Spread
from app.models.kinds import CodeStatus
from app.ui.code.merge_pill import MergePill
from app.ui.reviews.mark import RowMarks
from app.ui.style.icons import sign_icon
from app.ui.style.tokens import LIGHT, Tokens

CODE_MIME = "application/x-reflexa-code"
SELECTION_MIME = "application/x-reflexa-selection"

_ID = Qt.ItemDataRole.UserRole
_SIGN = Qt.ItemDataRole.UserRole + 7
Index = QModelIndex | QPersistentModelIndex
_FITS = QHeaderView.ResizeMode.ResizeToContents


class _Row(QTreeWidgetItem):
    """A code; its sign is drawn when the row is first seen, for there may be thousands."""

    def data(self, column: int, role: int) -> object:
        """Everything as Qt keeps it, but for the sign."""
        if role == Qt.ItemDataRole.DecorationRole and column == 0:
            sign = super().data(0, _SIGN)
            return sign_icon(*sign) if sign else None
        return super().data(column, role)


class CodeTree(QTreeWidget):
    """All codes, those set aside at the end. It shows rows and says what is wanted; it changes nothing itself."""

    codeChosen = Signal(str)
    applyWanted = Signal(str)
    commentsWanted = Signal(str)
    renameWanted = Signal(str, str)
    moveWanted = Signal(list, str, str)
    """Codes (ids), the new parent's id ("" for the top), the code they shall stand before ("" for last)."""
    mergeWanted = Signal(list, str)
    """Codes (ids) that shall go into another one."""
    passageDropped = Signal(str, dict)
    """A code's id and where the dropped passage stands: {"source", "start", "end"}."""
    menuWanted = Signal(QPoint, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("codeTree")
        self.setAccessibleName(self.tr("Codes"))
        self.setHeaderHidden(True)
        self.setUniformRowHeights(True)
        self.setIconSize(QSize(20, 20))
        self.setIndentation(16)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragDrop)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._on_menu)
        self.itemSelectionChanged.connect(self._on_chosen)
        self.itemDoubleClicked.connect(lambda item, _: self._apply(item))
        self.itemChanged.connect(self._on_edited)
        self._items: dict[str, QTreeWidgetItem] = {}
        self._rows: dict[str, CodeRow] = {}
        self._tokens: Tokens = LIGHT
        self._filter = ""
        self._hidden = False
        """Whether the filter may have hidden any row."""
        self._pill = MergePill(self.viewport())
        self.comments = RowMarks(self)

    def show_codes(self, rows: list[CodeRow]) -> None:
        """Show these codes; what was chosen and folded stays so."""
        if self._only_other_words(rows):
            return
        chosen, scrolled = self.chosen(), self.verticalScrollBar().value()
        at_hand = self.currentItem()
        current = str(at_hand.data(0, _ID) or "") if at_hand is not None else ""
        folded = {code_id for code_id, item in self._items.items() if item.childCount() and not item.isExpanded()}
        self.blockSignals(True)
        self.clear()
        self._items.clear()
        self._rows = {row.id: row for row in rows}
        aside: list[QTreeWidgetItem] = []
        for row in rows:
            item = self._item(row)
            self._items[row.id] = item
            parent = self._items.get(row.parent_id or "")
            if row.status == CodeStatus.SET_ASIDE:
                aside.append(item)
            elif parent is not None:
                parent.addChild(item)
            else:
                self.addTopLevelItem(item)
        if aside:
            head = QTreeWidgetItem([self.tr("Set aside")])
            head.setFlags(Qt.ItemFlag.ItemIsEnabled)
            head.setForeground(0, QColor(self._tokens.quiet))
            self.addTopLevelItem(head)
            head.addChildren(aside)
        for code_id, item in self._items.items():
            item.setExpanded(code_id not in folded)
            if code_id == current:
                self.setCurrentItem(item, 0, QItemSelectionModel.SelectionFlag.NoUpdate)
            item.setSelected(code_id in chosen)
        self.setRootIsDecorated(bool(aside) or any(row.parent_id for row in rows))
        self.blockSignals(False)
        self.filter_by(self._filter)
        self.verticalScrollBar().setValue(scrolled)

    def drawRow(self, painter: QPainter, options: QStyleOptionViewItem, index: Index) -> None:
        """A row, and its mark if somebody commented on the code."""
        super().drawRow(painter, options, index)
        first = index.sibling(index.row(), 0)
        self.comments.paint(painter, self.visualRect(first), str(first.data(_ID) or ""))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A press on the mark opens the comments; elsewhere it chooses."""
        first = self.indexAt(event.position().toPoint()).siblingAtColumn(0)
        code_id = str(first.data(_ID) or "")
        if self.comments.hit(event.position().toPoint(), self.visualRect(first), code_id):
            self.commentsWanted.emit(code_id)
        else:
            super().mousePressEvent(event)

    def show_spread(self, spread: Mapping[str, Spread], *, shown: bool) -> None:
        """Beside each code how many excerpts it has and in how many groups it is heard - or, as is usual, not."""
        self.blockSignals(True)
        self.setColumnCount(3 if shown else 1)
        self.setHeaderHidden(not shown)
        if shown:
            self.setHeaderLabels([self.tr("Code"), self.tr("Excerpts"), self.tr("Groups")])
            self.header().setStretchLastSection(False)
            for column, mode in ((0, QHeaderView.ResizeMode.Stretch), (1, _FITS), (2, _FITS)):
                self.header().setSectionResizeMode(column, mode)
            for code_id, item in self._items.items():
                self._count(item, spread.get(code_id, Spread(0, 0, 0)))
        self.blockSignals(False)

    def _count(self, item: QTreeWidgetItem, found: Spread) -> None:
        excerpts = self.tr("1 excerpt") if found.excerpts == 1 else self.tr("{n} excerpts").format(n=found.excerpts)
        groups = self.tr("1 group") if found.groups == 1 else self.tr("{n} groups").format(n=found.groups)
        said = self.tr("{excerpts}, heard in {groups}").format(excerpts=excerpts, groups=groups)
        for column, number in ((1, found.excerpts), (2, found.groups)):
            item.setText(column, str(number))
            item.setToolTip(column, said)
            item.setTextAlignment(column, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            item.setForeground(column, QColor(self._tokens.quiet))

    def chosen(self) -> list[str]:
        """The ids of the chosen codes."""
        return [item.data(0, _ID) for item in self.selectedItems() if item.data(0, _ID)]

    def choose(self, code_id: str) -> None:
        """Choose one code and bring it into view, without saying so."""
        item = self._items.get(code_id)
        self.blockSignals(True)
        self.clearSelection()
        if item is not None:
            self.setCurrentItem(item)
            self.scrollToItem(item)
        self.blockSignals(False)

    def filter_by(self, typed: str) -> None:
        """Show only the codes whose path holds all typed words, with what stands above them."""
        if not typed and not self._filter and not self._hidden:
            return
        self._filter = typed
        words = typed.casefold().split()
        self._hidden = bool(words)

        def visit(item: QTreeWidgetItem, above: str) -> bool:
            path = f"{above} {item.text(0)}".casefold()
            children = [item.child(place) for place in range(item.childCount())]
            below = [visit(child, path) for child in children if child is not None]
            shown = any(below) or all(word in path for word in words)
            item.setHidden(not shown)
            return shown

        for place in range(self.topLevelItemCount()):
            top = self.topLevelItem(place)
            if top is not None:
                visit(top, "")

    def rename(self, code_id: str) -> None:
        """Open the name of a code for editing in place."""
        item = self._items.get(code_id)
        if item is not None:
            self.editItem(item, 0)

    def restyle(self, tokens: Tokens) -> None:
        """Take over colours; what is shown is drawn anew by `show_codes`."""
        self._tokens = tokens
        self._rows.clear()

    def mimeTypes(self) -> list[str]:
        """What may be dropped: codes and passages."""
        return [CODE_MIME, SELECTION_MIME]

    def mimeData(self, items: list[QTreeWidgetItem]) -> QMimeData:
        """The ids of the dragged codes, one a line."""
        data = QMimeData()
        ids = [item.data(0, _ID) for item in items if item.data(0, _ID)]
        data.setData(CODE_MIME, "\n".join(ids).encode())
        return data

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take codes and passages, nothing else."""
        self._accept(event, super().dragEnterEvent)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """A passage can only be dropped on a code; beside a code there is room to merge into it."""
        self._accept(event, super().dragMoveEvent)
        self._offer_merging(event)
        if event.mimeData().hasFormat(SELECTION_MIME):
            item = self.itemAt(event.position().toPoint())
            event.setAccepted(item is not None and bool(item.data(0, _ID)))

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Nothing is dropped here."""
        self._pill.hide()
        super().dragLeaveEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        """A passage codes; codes nest under, or come before or after, what they are dropped on; on the labelled place
        beside a code they are merged into it.
        """
        merging = self._pill.isVisible() and self._pill.geometry().contains(event.position().toPoint())
        self._pill.hide()
        target = self.itemAt(event.position().toPoint())
        data = event.mimeData()
        if data.hasFormat(SELECTION_MIME):
            if target is not None and target.data(0, _ID):
                self.passageDropped.emit(target.data(0, _ID), json.loads(bytes(data.data(SELECTION_MIME).data())))
                event.acceptProposedAction()
            return
        if data.hasFormat(CODE_MIME):
            ids = bytes(data.data(CODE_MIME).data()).decode().split("\n")
            if merging and target is not None:
                self.mergeWanted.emit([one for one in ids if one != target.data(0, _ID)], target.data(0, _ID))
                event.setDropAction(Qt.DropAction.CopyAction)
                event.accept()
                return
            moved = self._without_those_beneath(ids)
            parent, before = self._place(target, moved)
            if parent not in moved:
                self.moveWanted.emit(moved, parent, before)
            event.setDropAction(Qt.DropAction.CopyAction)  # the tree is redrawn by the change; Qt must not move rows
            event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter applies the code to what is selected in the transcript."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.state() != self.State.EditingState:
            self._apply(self.currentItem())
            return
        super().keyPressEvent(event)

    def _only_other_words(self, rows: list[CodeRow]) -> bool:
        """Whether the same codes stand in the same order; then only those that changed are written anew."""
        shape = [(row.id, row.parent_id, row.status) for row in rows]
        if not rows or shape != [(row.id, row.parent_id, row.status) for row in self._rows.values()]:
            return False
        self.blockSignals(True)
        for row in rows:
            if row != self._rows[row.id]:
                self._word(self._items[row.id], row)
        self.blockSignals(False)
        self._rows = {row.id: row for row in rows}
        self.filter_by(self._filter)
        return True

    def _item(self, row: CodeRow) -> QTreeWidgetItem:
        item = _Row()
        item.setData(0, _ID, row.id)
        item.setFlags(item.flags() | Qt.ItemFlag.ItemIsEditable)
        self._word(item, row)
        return item

    def _word(self, item: QTreeWidgetItem, row: CodeRow) -> None:
        item.setText(0, row.name)
        item.setData(0, _SIGN, (row.sign, row.colour))
        about = [row.path, row.brief, row.set_aside_reason]
        item.setToolTip(0, _plain_tip("\n".join(part for part in about if part)))
        if row.status == CodeStatus.SET_ASIDE:
            item.setForeground(0, QColor(self._tokens.quiet))

    def _place(self, target: QTreeWidgetItem | None, moved: list[str]) -> tuple[str, str]:
        """Under which code, and before which one, what is dropped shall stand."""
        if target is None or not target.data(0, _ID):
            return "", ""
        where = self.dropIndicatorPosition()
        if where == QAbstractItemView.DropIndicatorPosition.OnItem:
            return str(target.data(0, _ID)), ""
        above = target.parent()
        siblings = above if above is not None else self.invisibleRootItem()
        first = siblings.indexOfChild(target) + (where == QAbstractItemView.DropIndicatorPosition.BelowItem)
        after = [siblings.child(place) for place in range(first, siblings.childCount())]
        ids = [str(item.data(0, _ID) or "") for item in after if item is not None]
        parent_id = str(above.data(0, _ID) or "") if above is not None else ""
        return parent_id, next((code_id for code_id in ids if code_id not in moved), "")

    def _without_those_beneath(self, moved: list[str]) -> list[str]:
        """A code that is dragged together with one above it stays beneath that one."""

        def above(code_id: str) -> set[str]:
            parent = self._rows[code_id].parent_id if code_id in self._rows else None
            return {parent, *above(parent)} if parent else set()

        return [code_id for code_id in moved if not above(code_id) & set(moved)]

    def _accept(self, event: QDragMoveEvent | QDragEnterEvent, base: Callable[..., None]) -> None:
        data = event.mimeData()
        if data.hasFormat(CODE_MIME) or data.hasFormat(SELECTION_MIME):
            base(event)
            event.acceptProposedAction()
        else:
            event.ignore()

    def _offer_merging(self, event: QDragMoveEvent) -> None:
        """The labelled place at the right of the code under the mouse."""
        item = self.itemAt(event.position().toPoint())
        ids = bytes(event.mimeData().data(CODE_MIME).data()).decode().split("\n")
        if item is None or not item.data(0, _ID) or ids in ([""], [item.data(0, _ID)]):
            self._pill.hide()
            return
        self._pill.stand_beside(self.visualItemRect(item), self.viewport().width(), item.text(0), self._tokens)
        self._pill.point_at(event.position().toPoint())

    def _on_menu(self, point: QPoint) -> None:
        item = self.itemAt(point)
        self.menuWanted.emit(self.viewport().mapToGlobal(point), str(item.data(0, _ID) or "") if item else "")

    def _on_chosen(self) -> None:
        ids = self.chosen()
        if len(ids) == 1:
            self.codeChosen.emit(ids[0])

    def _on_edited(self, item: QTreeWidgetItem, column: int) -> None:
        if column:
            return
        code_id = str(item.data(0, _ID) or "")
        old = self._rows[code_id].name if code_id in self._rows else ""
        if code_id and item.text(0) != old:
            typed = item.text(0)
            self.blockSignals(True)
            item.setText(0, old)  # the study decides; a refused name leaves the old one
            self.blockSignals(False)
            self.renameWanted.emit(code_id, typed)

    def _apply(self, item: QTreeWidgetItem | None) -> None:
        if item is not None and item.data(0, _ID):
            self.applyWanted.emit(item.data(0, _ID))


def _plain_tip(text: str) -> str:
    """A tool tip that Qt cannot take for markup."""
    from html import escape

    return f"<p style='white-space:pre-wrap'>{escape(text)}</p>" if text else ""
