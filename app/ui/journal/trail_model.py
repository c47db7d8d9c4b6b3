"""The list of changes: of a hundred thousand only those that are seen are fetched."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QListView, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from app.analysis.trail.listing import Entry, entries
from app.ui.desk import Desk
from app.ui.style.tokens import LIGHT, Tokens
from app.ui.widgets.rows import paint_ground, small_font
from app.ui.wording import day_in_words, short_day

Index = QModelIndex | QPersistentModelIndex
ENTRY_ROLE = Qt.ItemDataRole.UserRole
PAGE, PAGES = 64, 24


class TrailModel(QAbstractListModel):
    """The changes that a filter leaves, newest first; a page of them is read when one of it is shown."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.seqs: list[int] = []
        self._pages: OrderedDict[int, list[Entry]] = OrderedDict()

    def show_seqs(self, seqs: Sequence[int]) -> None:
        """Show these changes."""
        self.beginResetModel()
        self.seqs = list(seqs)
        self._pages.clear()
        self.endResetModel()

    def forget(self) -> None:
        """Heads are others now (a reason was added): read them again."""
        self._pages.clear()
        if self.seqs:
            self.dataChanged.emit(self.index(0), self.index(len(self.seqs) - 1))

    def entry(self, row: int) -> Entry | None:
        """The change in this row."""
        if not 0 <= row < len(self.seqs):
            return None
        number, place = divmod(row, PAGE)
        page = self._pages.get(number)
        if page is None:
            with self._desk.read() as session:
                page = entries(session, self.seqs[number * PAGE : (number + 1) * PAGE])
            self._pages[number] = page
            if len(self._pages) > PAGES:
                self._pages.popitem(last=False)
        return page[place] if place < len(page) else None

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """How many."""
        return 0 if parent.isValid() else len(self.seqs)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """What was done (display); when, by whom, in which phase and why (status tip)."""
        if role not in (Qt.ItemDataRole.DisplayRole, ENTRY_ROLE, Qt.ItemDataRole.StatusTipRole,
                        Qt.ItemDataRole.AccessibleTextRole):  # fmt: skip
            return None
        entry = self.entry(index.row())
        if entry is None:
            return None
        if role == ENTRY_ROLE:
            return entry
        if role == Qt.ItemDataRole.DisplayRole:
            return entry.words
        if role == Qt.ItemDataRole.StatusTipRole:
            return self.about(entry)
        return f"{entry.words} – {day_in_words(entry.at)} – {self.about(entry)}"

    def about(self, entry: Entry) -> str:
        """By whom, in which phase, why, and whether it still holds."""
        back = self.tr("taken back on {day}").format(day=short_day(entry.taken_back_at)) if entry.taken_back_at else ""
        why = self.tr("why: {reason}").format(reason=" ".join(entry.reason.split())) if entry.reason else ""
        return " · ".join(part for part in (back, entry.actor, entry.phase, why) if part)


class TrailList(QListView):
    """Changes as rows of one height."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("trail.list")
        self.setAccessibleName(self.tr("Changes, the newest first"))
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.trail = TrailModel(desk)
        self.setModel(self.trail)
        self._delegate = _Delegate(self)
        self.setItemDelegate(self._delegate)

    def chosen(self) -> Entry | None:
        """The chosen change."""
        return self.trail.entry(self.currentIndex().row())

    def restyle(self, tokens: Tokens) -> None:
        """Take over colours."""
        self._delegate.tokens = tokens
        self.viewport().update()


class _Delegate(QStyledItemDelegate):
    """What was done and its day in one line, the rest in a quiet one; what was taken back is struck through."""

    tokens: Tokens = LIGHT

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: ARG002
        """One height."""
        return QSize(160, option.fontMetrics.lineSpacing() + QFontMetrics(small_font(option.font)).lineSpacing() + 18)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Two lines and a hairline."""
        entry = index.data(ENTRY_ROLE)
        if not isinstance(entry, Entry):
            return
        painter.save()
        area: QRect = option.rect
        paint_ground(painter, option, self.tokens)
        inner = area.adjusted(12, 7, -12, -6)
        font, quiet = QFont(option.font), small_font(option.font)
        font.setStrikeOut(entry.taken_back_at is not None)
        day, flag = short_day(entry.at), int(Qt.AlignmentFlag.AlignVCenter)
        reserved = QFontMetrics(quiet).horizontalAdvance(day) + 12
        high = option.fontMetrics.lineSpacing()
        words = QRect(inner.left(), inner.top(), inner.width() - reserved, high)
        painter.setFont(font)
        painter.setPen(QColor(self.tokens.quiet if entry.taken_back_at else self.tokens.text))
        elide = Qt.TextElideMode.ElideRight
        painter.drawText(words, flag, QFontMetrics(font).elidedText(entry.words, elide, words.width()))
        painter.setFont(quiet)
        painter.setPen(QColor(self.tokens.quiet))
        painter.drawText(
            QRect(inner.right() - reserved, inner.top(), reserved, high), flag | int(Qt.AlignmentFlag.AlignRight), day
        )
        about = QRect(inner.left(), words.bottom() + 4, inner.width(), QFontMetrics(quiet).lineSpacing())
        said = str(index.data(Qt.ItemDataRole.StatusTipRole))
        painter.drawText(about, flag, QFontMetrics(quiet).elidedText(said, elide, about.width()))
        painter.setPen(QColor(self.tokens.line))
        painter.drawLine(area.bottomLeft(), area.bottomRight())
        painter.restore()
