"""The files of one import: what each is, what was found in it, whether it comes in."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from PySide6.QtCore import QAbstractItemModel, QEvent, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from app.ui.importing.choices import FileChoices
from app.ui.style.tokens import LIGHT, Tokens
from app.ui.transcripts import wording

Index = QModelIndex | QPersistentModelIndex

_FILE, _LINES = Qt.ItemDataRole.UserRole, Qt.ItemDataRole.UserRole + 1


class Stage(StrEnum):
    """How far the reading of a file has come."""

    WAITING = "waiting"
    READING = "reading"
    READ = "read"
    REFUSED = "refused"


@dataclass
class FileEntry:
    """One file: its path, what came of reading it, and whether it is to come in."""

    path: Path
    stage: Stage = Stage.WAITING
    choices: FileChoices | None = None
    sentence: str = ""
    ticked: bool = True
    same_as: str = ""
    doubts: tuple[str, ...] = field(default=())

    @property
    def comes_in(self) -> bool:
        """Whether "Import" would take it."""
        return self.stage == Stage.READ and self.ticked


class FileList(QListWidget):
    """The entries with their boxes to tick. Space ticks, arrows choose."""

    chosen = Signal(int)
    ticked = Signal(int, bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("import.files")
        self.setAccessibleName(self.tr("Files"))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.setResizeMode(QListWidget.ResizeMode.Adjust)
        self._delegate = _FileDelegate(self)
        self.setItemDelegate(self._delegate)
        self._shown: list[tuple[object, ...]] = []
        """What each row was filled with."""
        self.currentRowChanged.connect(self.chosen)
        self.itemChanged.connect(self._on_changed)

    def show_entries(self, entries: list[FileEntry]) -> None:
        """Draw those entries anew of which something else is to be said; the chosen row stays."""
        now = [(id(entry), entry.stage, entry.ticked, *second_lines(entry)) for entry in entries]
        if now == self._shown:
            return
        self.blockSignals(True)
        while self.count() > len(entries):
            self.takeItem(self.count() - 1)
        for row, entry in enumerate(entries):
            item = self.item(row)
            if item is None:
                item = QListWidgetItem()
                self.addItem(item)
            elif self._shown[row] == now[row]:
                continue
            self._fill(item, entry)
        self._shown = now
        self.blockSignals(False)
        self.scheduleDelayedItemsLayout()
        self.viewport().update()

    def restyle(self, tokens: Tokens) -> None:
        """Take over other colours."""
        self._delegate.tokens = tokens
        self.viewport().update()

    def _fill(self, item: QListWidgetItem, entry: FileEntry) -> None:
        item.setText(entry.path.name)
        item.setToolTip(entry.path.name)
        item.setData(_FILE, entry)
        lines = second_lines(entry)
        item.setData(_LINES, lines)
        item.setData(Qt.ItemDataRole.AccessibleTextRole, ". ".join([entry.path.name, *lines]))
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if entry.stage == Stage.READ:
            item.setFlags(flags | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked if entry.ticked else Qt.CheckState.Unchecked)
        else:
            item.setFlags(flags)
            item.setData(Qt.ItemDataRole.CheckStateRole, None)

    def _on_changed(self, item: QListWidgetItem) -> None:
        entry = item.data(_FILE)
        if isinstance(entry, FileEntry) and entry.stage == Stage.READ:
            self.ticked.emit(self.row(item), item.checkState() == Qt.CheckState.Checked)


def second_lines(entry: FileEntry) -> list[str]:
    """What stands under the name of a file."""
    if entry.stage == Stage.WAITING:
        return [wording.tr("Waiting …")]
    if entry.stage == Stage.READING:
        return [wording.tr("Reading …")]
    if entry.stage == Stage.REFUSED or entry.choices is None:
        return [entry.sentence]
    draft = entry.choices.draft
    found = " · ".join([wording.turns(draft.turns_whole), wording.labels(len(draft.speakers))])
    lines = [found if draft.turns else wording.tr("Text without turns")]
    if entry.same_as:
        lines.append(entry.same_as)
    if draft.warnings:
        number = len(draft.warnings)
        lines.append(wording.tr("1 doubt") if number == 1 else wording.tr("{n} doubts").format(n=number))
    return lines


class _FileDelegate(QStyledItemDelegate):
    """Draws the box, the name, and under it what was found or why the file is refused, wrapped."""

    def __init__(self, parent: QListWidget) -> None:
        super().__init__(parent)
        self.tokens: Tokens = LIGHT
        self._list = parent

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """As high as its lines at the width there is."""
        entry = index.data(_FILE)
        width = self._list.viewport().width()
        high = option.fontMetrics.height() + 20
        if isinstance(entry, FileEntry):
            metrics = QFontMetrics(_small(option))
            box = QRect(0, 0, max(80, width - 56), 1000)
            for line in index.data(_LINES) or ():
                high += metrics.boundingRect(box, int(Qt.TextFlag.TextWordWrap), line).height() + 2
        return QSize(width, high)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Ground, box, words."""
        entry = index.data(_FILE)
        if not isinstance(entry, FileEntry):
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = option.rect.adjusted(8, 2, -8, -2)
        if option.state & (QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_MouseOver):
            chosen = bool(option.state & QStyle.StateFlag.State_Selected)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(self.tokens.chosen if chosen else self.tokens.hover))
            painter.drawRoundedRect(area, 8, 8)
        self._box(painter, option, entry)
        words = area.adjusted(32, 8, -8, -6)
        font = QFont(option.font)
        font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
        refused = entry.stage == Stage.REFUSED
        painter.setPen(QColor(self.tokens.text if entry.comes_in else self.tokens.quiet))
        shown = painter.fontMetrics().elidedText(entry.path.name, Qt.TextElideMode.ElideMiddle, words.width())
        painter.drawText(words, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft, shown)
        top = words.top() + painter.fontMetrics().height() + 2
        painter.setFont(_small(option))
        for line in index.data(_LINES) or ():
            doubt = refused or (line == entry.same_as and line != "")
            painter.setPen(QColor(self.tokens.warn if doubt else self.tokens.quiet))
            box = QRect(words.left(), top, words.width(), 1000)
            bounds = painter.fontMetrics().boundingRect(box, int(Qt.TextFlag.TextWordWrap), line)
            painter.drawText(box, int(Qt.TextFlag.TextWordWrap), line)
            top += bounds.height() + 2
        painter.restore()

    def _box(self, painter: QPainter, option: QStyleOptionViewItem, entry: FileEntry) -> None:
        mark = self.box(option)
        if entry.stage == Stage.READ:
            painter.setPen(QColor(self.tokens.accent if entry.ticked else self.tokens.quiet))
            painter.setBrush(QColor(self.tokens.accent if entry.ticked else self.tokens.raised))
            painter.drawRoundedRect(mark, 4, 4)
        sign = {Stage.READ: "✓" if entry.ticked else "", Stage.REFUSED: "!", Stage.READING: "…", Stage.WAITING: "…"}
        on_tile = entry.stage == Stage.READ
        colour = (
            self.tokens.on_accent
            if on_tile
            else self.tokens.warn
            if entry.stage == Stage.REFUSED
            else self.tokens.quiet
        )
        font = QFont(option.font)
        font.setPixelSize(12)
        font.setWeight(QFont.Weight.Bold)
        painter.setFont(font)
        painter.setPen(QColor(colour))
        painter.drawText(mark, Qt.AlignmentFlag.AlignCenter, sign[entry.stage])

    def box(self, option: QStyleOptionViewItem) -> QRect:
        """Where the box to tick is drawn."""
        return QRect(option.rect.left() + 16, option.rect.top() + 10, 16, 16)

    def editorEvent(self, event: QEvent, model: QAbstractItemModel, option: QStyleOptionViewItem, index: Index) -> bool:
        """A click on the drawn box ticks, and so does Space."""
        clicked = (
            isinstance(event, QMouseEvent)
            and event.type() == QEvent.Type.MouseButtonRelease
            and self.box(option).adjusted(-8, -8, 8, 8).contains(event.position().toPoint())
        )
        spaced = isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Space
        if not (clicked or spaced) or not index.flags() & Qt.ItemFlag.ItemIsUserCheckable:
            return False
        now = Qt.CheckState(index.data(Qt.ItemDataRole.CheckStateRole))
        other = Qt.CheckState.Unchecked if now == Qt.CheckState.Checked else Qt.CheckState.Checked
        return model.setData(index, other, Qt.ItemDataRole.CheckStateRole)


def _small(option: QStyleOptionViewItem) -> QFont:
    """The font of the lines under a name."""
    font = QFont(option.font)
    font.setPixelSize(12)
    return font
