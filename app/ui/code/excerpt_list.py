"""A list of excerpts: each with its words and who says them. Quotes are made only for the rows that are seen."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QPainter
from PySide6.QtWidgets import QListView, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from app.analysis.codes import CodingRow
from app.ui.quotes import QuoteShelf
from app.ui.style.tokens import LIGHT, Tokens
from app.ui.widgets.rows import draw_words, paint_ground, row_fonts

Index = QModelIndex | QPersistentModelIndex
LINES = 3
ROW_ROLE = Qt.ItemDataRole.UserRole


class ExcerptModel(QAbstractListModel):
    """The rows of the list."""

    def __init__(self, shelf: QuoteShelf, note: Callable[[CodingRow], str] | None) -> None:
        super().__init__()
        self._shelf, self._note = shelf, note
        self._rows: list[CodingRow] = []

    def show_rows(self, rows: Sequence[CodingRow]) -> None:
        """Show these excerpts."""
        self.beginResetModel()
        self._rows = list(rows)
        self.endResetModel()

    def row(self, place: int) -> CodingRow | None:
        """The excerpt in this row."""
        return self._rows[place] if 0 <= place < len(self._rows) else None

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """How many excerpts."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The words (display), the attribution (status tip), both for screen readers."""
        row = self.row(index.row())
        if row is None:
            return None
        if role == ROW_ROLE:
            return row
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.StatusTipRole, Qt.ItemDataRole.AccessibleTextRole):
            quote = self._shelf.quote(row.source_id, row.start, row.end)
            words = quote.words or f"({quote.withheld})"
            said = self._note(row) if self._note is not None else ""
            where = " · ".join(
                part for part in (said, quote.attribution, self._shelf.source_name(row.source_id)) if part
            )
            if role == Qt.ItemDataRole.DisplayRole:
                return words
            return where if role == Qt.ItemDataRole.StatusTipRole else f"{words} – {where}"
        return None


class _Delegate(QStyledItemDelegate):
    """Draws up to three lines of serif words over a quiet line of attribution."""

    tokens: Tokens = LIGHT

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: ARG002
        """The same height for every row, so that a thousand of them cost nothing."""
        serif, sans = row_fonts(option.font)
        return QSize(120, QFontMetrics(serif).lineSpacing() * LINES + QFontMetrics(sans).lineSpacing() + 22)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Words, attribution, hairline."""
        painter.save()
        area: QRect = option.rect
        paint_ground(painter, option, self.tokens)
        serif, sans = row_fonts(option.font)
        inner = area.adjusted(4, 8, -8, -6)
        words = str(index.data(Qt.ItemDataRole.DisplayRole))
        painter.setFont(serif)
        painter.setPen(QColor(self.tokens.text))
        below = draw_words(painter, words, serif, inner, LINES) + 4
        painter.setFont(sans)
        painter.setPen(QColor(self.tokens.quiet))
        line = QRect(inner.left(), below, inner.width(), QFontMetrics(sans).lineSpacing())
        where = QFontMetrics(sans).elidedText(
            str(index.data(Qt.ItemDataRole.StatusTipRole)), Qt.TextElideMode.ElideRight, line.width()
        )
        painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, where)
        painter.setPen(QColor(self.tokens.line))
        painter.drawLine(area.bottomLeft(), area.bottomRight())
        painter.restore()


class ExcerptList(QListView):
    """Excerpts to read and to jump to (Enter; a click too, unless clicking only chooses).

    `note` gives words that stand before the attribution of a row.
    """

    excerptWanted = Signal(str, str)
    """Source id and excerpt id."""
    rowChosen = Signal(str)
    """The excerpt that is chosen now."""

    def __init__(
        self,
        shelf: QuoteShelf,
        name: str,
        *,
        note: Callable[[CodingRow], str] | None = None,
        jump_on_click: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self._model = ExcerptModel(shelf, note)
        self._delegate = _Delegate(self)
        self.setModel(self._model)
        self.setItemDelegate(self._delegate)
        if jump_on_click:
            self.clicked.connect(self._jump)
        self.activated.connect(self._jump)
        self.selectionModel().currentChanged.connect(self._on_current)

    def show_rows(self, rows: Sequence[CodingRow]) -> None:
        """Show these excerpts."""
        self._model.show_rows(rows)

    def choose(self, excerpt_id: str) -> None:
        """Choose an excerpt, if it is in the list."""
        for place in range(self._model.rowCount()):
            row = self._model.row(place)
            if row is not None and row.excerpt_id == excerpt_id:
                self.setCurrentIndex(self._model.index(place))
                return

    def restyle(self, tokens: Tokens) -> None:
        """Take over colours."""
        self._delegate.tokens = tokens
        self.viewport().update()

    def _on_current(self, index: QModelIndex) -> None:
        row = self._model.row(index.row())
        if row is not None:
            self.rowChosen.emit(row.excerpt_id)

    def _jump(self, index: QModelIndex) -> None:
        row = self._model.row(index.row())
        if row is not None:
            self.excerptWanted.emit(row.source_id, row.excerpt_id)
