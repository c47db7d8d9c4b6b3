"""The list of transcripts: group by group, renamed in place, moved by drag or Alt+Up and Alt+Down.

It shows cards and says what is wanted; it changes nothing itself.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QDragEnterEvent, QDragMoveEvent, QDropEvent, QFont, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from app.analysis.transcripts import SourceCard
from app.ui.style.tokens import LIGHT, Tokens
from app.ui.transcripts import wording
from app.ui.transcripts.read_so_far import HowFar, said

Index = QModelIndex | QPersistentModelIndex
DropPlace = QAbstractItemView.DropIndicatorPosition

_CARD = Qt.ItemDataRole.UserRole
_GROUP = Qt.ItemDataRole.UserRole + 1
_READ = Qt.ItemDataRole.UserRole + 2
"""How far it is read, in words."""

HEADING_HEIGHT = 40
CARD_HEIGHT = 52


def in_blocks(cards: list[SourceCard]) -> list[list[SourceCard]]:
    """The transcripts of one group together; groups in the order of their first transcript."""
    blocks: dict[str, list[SourceCard]] = {}
    for card in cards:
        blocks.setdefault(card.group_id or "", []).append(card)
    return list(blocks.values())


def moved(cards: list[SourceCard], source_id: str, by: int) -> list[str]:
    """The ids after one step up (-1) or down (+1): within the group, and at its edge the whole group moves."""
    blocks = in_blocks(cards)
    place = next((number for number, block in enumerate(blocks) if any(one.id == source_id for one in block)), None)
    if place is None:
        return [card.id for card in cards]
    block = blocks[place]
    row = next(number for number, one in enumerate(block) if one.id == source_id)
    if 0 <= row + by < len(block):
        block[row], block[row + by] = block[row + by], block[row]
    elif 0 <= place + by < len(blocks):
        blocks[place], blocks[place + by] = blocks[place + by], blocks[place]
    return [one.id for block in blocks for one in block]


class SourceList(QListWidget):
    """All transcripts as cards under the headings of their groups."""

    chosen = Signal(str)
    openWanted = Signal(str)
    renameWanted = Signal(str, str)
    orderWanted = Signal(list)
    groupWanted = Signal(str, str)
    """A transcript's id and the label of the group it was dropped on ("" for none)."""
    deleteWanted = Signal(str)
    menuWanted = Signal(QPoint, str)

    def __init__(self, how_far: Callable[[str], HowFar], parent: QWidget | None = None) -> None:
        """`how_far` says how far a transcript (by its id) is read."""
        super().__init__(parent)
        self._how_far = how_far
        self.setObjectName("sourceList")
        self.setAccessibleName(self.tr("Transcripts"))
        self.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed)
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._on_menu)
        self._cards: list[SourceCard] = []
        self._delegate = _CardDelegate(self)
        self._delegate.renamed.connect(self.renameWanted)
        self.setItemDelegate(self._delegate)
        self.currentItemChanged.connect(lambda *_: self.chosen.emit(self.current()))
        self.itemDoubleClicked.connect(self._open)

    def show_cards(self, cards: list[SourceCard]) -> None:
        """Show these transcripts; the chosen one stays chosen, or else its neighbour. Says nothing."""
        chosen, row = self.current(), self.currentRow()
        self._cards = [card for block in in_blocks(cards) for card in block]
        self.blockSignals(True)
        self.clear()
        for block in in_blocks(cards):
            if block[0].group_id or len(block) < len(cards):
                self._add_heading(block[0].group)
            for card in block:
                self._add_card(card)
        self.blockSignals(False)
        if not self.choose(chosen):
            self._choose_near(row)

    def show_how_far(self, source_id: str) -> None:
        """A transcript is read further now, or less far."""
        for row in range(self.count()):
            card, item = self._card_at(row), self.item(row)
            if card is not None and card.id == source_id and item is not None:
                self._tell_how_far(item, card)

    def _tell_how_far(self, item: QListWidgetItem, card: SourceCard) -> None:
        told = said(self._how_far(card.id))
        if item.data(_READ) != told:
            item.setData(_READ, told)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{card.name}, {told}, {_figures(card)}")

    def cards(self) -> list[SourceCard]:
        """The transcripts in the order shown."""
        return self._cards

    def current(self) -> str:
        """The id of the chosen transcript, or ""."""
        item = self.currentItem()
        card = item.data(_CARD) if item is not None else None
        return card.id if isinstance(card, SourceCard) else ""

    def choose(self, source_id: str) -> bool:
        """Choose a transcript without saying so. Returns whether it is there."""
        for row in range(self.count()):
            card = self._card_at(row)
            if card is not None and card.id == source_id:
                self.blockSignals(True)
                self.setCurrentRow(row)
                self.blockSignals(False)
                return True
        return False

    def rename(self) -> None:
        """Open the name of the chosen transcript for editing in place."""
        item = self.currentItem()
        if item is not None and self.current():
            self.setFocus()
            self.editItem(item)

    def step(self, by: int) -> None:
        """One step up (-1) or down (+1)."""
        if self.current():
            order = moved(self._cards, self.current(), by)
            if order != [card.id for card in self._cards]:
                self.orderWanted.emit(order)

    def restyle(self, tokens: Tokens) -> None:
        """Take over other colours."""
        self._delegate.tokens = tokens
        self.viewport().update()

    def event(self, event: QEvent) -> bool:
        """Alt+Up and Alt+Down are the list's own while it has the focus, whatever they mean in other workspaces."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and _step_of(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens, Delete asks; the rest is the list's own. The Enter that ends a renaming passes here too."""
        if self.state() == QAbstractItemView.State.EditingState:
            super().keyPressEvent(event)
        elif _step_of(event):
            self.step(_step_of(event))
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.current():
            self.openWanted.emit(self.current())
        elif event.key() == Qt.Key.Key_Delete and self.current():
            self.deleteWanted.emit(self.current())
        else:
            super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Cards move here; files are the workspace's."""
        if event.source() is self:
            super().dragEnterEvent(event)
        else:
            event.ignore()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """The same while moving."""
        if event.source() is self:
            super().dragMoveEvent(event)
        else:
            event.ignore()

    def dropEvent(self, event: QDropEvent) -> None:
        """On a heading: into that group. Between cards: another place in the order, the group stays."""
        if event.source() is not self or not self.current():
            event.ignore()
            return
        event.setDropAction(Qt.DropAction.IgnoreAction)  # the list is drawn anew by what the study says
        event.accept()
        self.drop_at(self.current(), self.itemAt(event.position().toPoint()), self.dropIndicatorPosition())

    def drop_at(self, source_id: str, target: QListWidgetItem | None, where: DropPlace) -> None:
        """What dropping a card on, above or below an item means."""
        if target is not None and where == DropPlace.OnItem and target.data(_CARD) is None:
            self.groupWanted.emit(source_id, str(target.data(_GROUP)))
            return
        row = self.count() if target is None else self.row(target) + (where == DropPlace.BelowItem)
        above = [card for number in range(row) if (card := self._card_at(number)) is not None and card.id != source_id]
        order = [card.id for card in self._cards if card.id != source_id]
        order.insert(len(above), source_id)
        if order != [card.id for card in self._cards]:
            self.orderWanted.emit(order)

    def _card_at(self, row: int) -> SourceCard | None:
        item = self.item(row)
        card = item.data(_CARD) if item is not None else None
        return card if isinstance(card, SourceCard) else None

    def _add_heading(self, group: str) -> None:
        item = QListWidgetItem(group or self.tr("No group"))
        item.setData(_GROUP, group)
        item.setData(Qt.ItemDataRole.AccessibleTextRole, self.tr("Group {name}").format(name=item.text()))
        item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsDropEnabled)
        self.addItem(item)

    def _add_card(self, card: SourceCard) -> None:
        item = QListWidgetItem(card.name)
        item.setData(_CARD, card)
        self._tell_how_far(item, card)
        item.setToolTip(card.file_name)
        item.setFlags(
            Qt.ItemFlag.ItemIsEnabled
            | Qt.ItemFlag.ItemIsSelectable
            | Qt.ItemFlag.ItemIsEditable
            | Qt.ItemFlag.ItemIsDragEnabled
        )
        self.addItem(item)

    def _choose_near(self, row: int) -> None:
        rows = [number for number in range(self.count()) if self._card_at(number) is not None]
        if rows:
            self.blockSignals(True)
            self.setCurrentRow(min(rows, key=lambda number: abs(number - max(row, 0))))
            self.blockSignals(False)

    def _open(self, item: QListWidgetItem) -> None:
        if item.data(_CARD) is not None:
            self.openWanted.emit(item.data(_CARD).id)

    def _on_menu(self, position: QPoint) -> None:
        item = self.itemAt(position)
        if item is not None and item.data(_CARD) is not None:
            self.menuWanted.emit(self.viewport().mapToGlobal(position), item.data(_CARD).id)


class _CardDelegate(QStyledItemDelegate):
    """Draws a card in two lines and a heading in one, and edits a name where it stands."""

    renamed = Signal(str, str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.tokens: Tokens = LIGHT

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Two heights on the 8-pixel grid, more where the font is larger."""
        line = option.fontMetrics.height()
        if index.data(_CARD) is None:
            return QSize(0, max(HEADING_HEIGHT, line + 20))
        return QSize(0, max(CARD_HEIGHT, 2 * line + 18))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Ground, then words."""
        painter.save()
        card = index.data(_CARD)
        area = option.rect.adjusted(8, 2, -8, -2)
        if card is None:
            self._heading(painter, option, area, str(index.data()))
        else:
            self._card(painter, option, area, card, f"{index.data(_READ)} · {wording.words(card.words)}")
        painter.restore()

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:  # noqa: ARG002
        """A field over the name."""
        field = QLineEdit(parent)
        field.setObjectName("sourceList.name")
        field.setAccessibleName(self.tr("Name of the transcript"))
        return field

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:  # noqa: ARG002
        """As wide as the card."""
        editor.setGeometry(option.rect.adjusted(8, 2, -8, -2))

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:  # noqa: ARG002
        """The study is asked; the list is drawn anew when it says so."""
        card = index.data(_CARD)
        if isinstance(editor, QLineEdit) and card is not None and editor.text().strip() not in {"", card.name}:
            self.renamed.emit(card.id, editor.text())

    def _heading(self, painter: QPainter, option: QStyleOptionViewItem, area: QRect, text: str) -> None:
        font = QFont(option.font)
        font.setPixelSize(11)
        font.setWeight(QFont.Weight.DemiBold)
        font.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, 1)
        painter.setFont(font)
        painter.setPen(QColor(self.tokens.quiet))
        shown = painter.fontMetrics().elidedText(text.upper(), Qt.TextElideMode.ElideRight, area.width() - 16)
        painter.drawText(area.adjusted(8, 0, -8, -4), Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignLeft, shown)

    def _card(self, painter: QPainter, option: QStyleOptionViewItem, area: QRect, card: SourceCard, told: str) -> None:
        state = option.state
        ground = None
        if state & QStyle.StateFlag.State_Selected:
            ground = self.tokens.chosen
        elif state & QStyle.StateFlag.State_MouseOver:
            ground = self.tokens.hover
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if ground is not None:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(ground))
            painter.drawRoundedRect(area, 8, 8)
        words = area.adjusted(8, 6, -8, -6)
        font = QFont(option.font)
        font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
        painter.setPen(QColor(self.tokens.text))
        shown = painter.fontMetrics().elidedText(card.name, Qt.TextElideMode.ElideRight, words.width())
        painter.drawText(words, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft, shown)
        small = QFont(option.font)
        small.setPixelSize(12)
        painter.setFont(small)
        painter.setPen(QColor(self.tokens.quiet))
        shown = painter.fontMetrics().elidedText(told, Qt.TextElideMode.ElideRight, words.width())
        painter.drawText(words, Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignLeft, shown)


def _step_of(event: QKeyEvent) -> int:
    """-1 for Alt+Up, +1 for Alt+Down, 0 for any other key."""
    alt = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier == Qt.KeyboardModifier.AltModifier
    return {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()), 0) if alt else 0


def _figures(card: SourceCard) -> str:
    return " · ".join([wording.people(card.people), wording.turns(card.turns), wording.words(card.words)])
