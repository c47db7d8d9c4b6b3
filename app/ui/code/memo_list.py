"""The list of everything written: what it says, and beneath it what it is about. Quotes are made for what is seen."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter
from PySide6.QtWidgets import QListView, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from app.analysis.memos import About, MemoRow
from app.analysis.prose import plain
from app.ui.quotes import QuoteShelf
from app.ui.style.tokens import LIGHT, Tokens
from app.ui.widgets.rows import paint_ground, small_font
from app.ui.wording import short_day

Index = QModelIndex | QPersistentModelIndex
LINES, ENOUGH, QUOTED = 2, 400, 70
MEMO_ROLE = Qt.ItemDataRole.UserRole


class MemoModel(QAbstractListModel):
    """The rows of the list."""

    def __init__(self, shelf: QuoteShelf) -> None:
        super().__init__()
        self._shelf = shelf
        self.rows: list[MemoRow] = []

    def show_rows(self, rows: Sequence[MemoRow]) -> None:
        """Show these; where the same are there in the same order only what differs is drawn."""
        if [row.id for row in rows] != [row.id for row in self.rows]:
            self.beginResetModel()
            self.rows = list(rows)
            self.endResetModel()
            return
        self.rows = list(rows)
        if rows:
            self.dataChanged.emit(self.index(0), self.index(len(rows) - 1))

    def place_of(self, memo_id: str) -> int:
        """The row of a memo, or -1."""
        return next((place for place, row in enumerate(self.rows) if row.id == memo_id), -1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """How many."""
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """What is written (display), what it is about (status tip), both for screen readers."""
        if not 0 <= index.row() < len(self.rows):
            return None
        row = self.rows[index.row()]
        if role == MEMO_ROLE:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return plain(row.text[:ENOUGH]) if row.about_kind == About.ENTRY else row.text
        if role == Qt.ItemDataRole.StatusTipRole:
            return self.about(row)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{row.text} – {self.about(row)}"
        return None

    def about(self, row: MemoRow) -> str:
        """What it is about, who wrote it and when."""
        when = short_day(row.at) if row.at is not None else ""
        private = self.tr("private") if row.private else ""
        return " · ".join(part for part in (self.subject(row), row.kind, private, when, row.who) if part)

    def subject(self, row: MemoRow) -> str:
        """What it is about: the kind of thing and its name; for a passage its first words and where they stand."""
        if row.about_kind in (About.NOTE, About.EXCERPT):
            quote = self._shelf.quote(row.source_id, row.start, row.end)
            words = _shortened(quote.words or f"({quote.withheld})")
            return f"{self.kind(row)} “{words}” · {row.about_name}"
        if row.about_kind == About.CODING:
            return f"{self.kind(row)} “{row.about_name}” · {self._shelf.source_name(row.source_id)}"
        if row.about_kind == About.ENTRY:
            return " – ".join(part for part in (self.kind(row), row.about_name) if part)
        return f"{self.kind(row)} {row.about_name}"

    def kind(self, row: MemoRow) -> str:
        """The word for what it is about."""
        if row.is_field_note:
            return self.tr("Field note: group") if row.about_kind == About.GROUP else self.tr("Field note:")
        return {
            About.NOTE: self.tr("Note beside"),
            About.EXCERPT: self.tr("Excerpt"),
            About.CODING: self.tr("One coding with"),
            About.CODE: self.tr("Code"),
            About.THEME: self.tr("Theme"),
            About.SOURCE: self.tr("Transcript"),
            About.GROUP: self.tr("Group"),
            About.PARTICIPANT: self.tr("Participant"),
            About.ENTRY: self.tr("Journal"),
            About.COMMENT: self.tr("Comment on"),
        }[row.about_kind]


class MemoList(QListView):
    """Everything written, as rows of one height."""

    def __init__(self, shelf: QuoteShelf, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("code.memos.list")
        self.setAccessibleName(self.tr("Memos"))
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.memos = MemoModel(shelf)
        self.setModel(self.memos)
        self._delegate = _Delegate(self)
        self.setItemDelegate(self._delegate)

    def row(self) -> MemoRow | None:
        """The chosen one."""
        held = self.currentIndex().data(MEMO_ROLE)
        return held if isinstance(held, MemoRow) else None

    def show_rows(self, rows: Sequence[MemoRow]) -> None:
        """Show these; the chosen one, or what took its place, stays chosen."""
        kept, at = self.row(), self.currentIndex().row()
        self.memos.show_rows(rows)
        place = self.memos.place_of(kept.id) if kept is not None else -1
        if rows:
            self.setCurrentIndex(self.memos.index(place if place >= 0 else max(0, min(at, len(rows) - 1))))

    def enter(self) -> bool:
        """Take the keyboard, with a row chosen; whether there is one."""
        if not self.memos.rows:
            return False
        if not self.currentIndex().isValid():
            self.setCurrentIndex(self.memos.index(0))
        self.setFocus()
        return True

    def restyle(self, tokens: Tokens) -> None:
        """Take over colours."""
        self._delegate.tokens = tokens
        self.viewport().update()


class _Delegate(QStyledItemDelegate):
    """Two lines of what is written over a quiet line of what it is about."""

    tokens: Tokens = LIGHT

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: ARG002
        """The same height for every row, so that a thousand of them cost nothing."""
        high = QFontMetrics(small_font(option.font)).lineSpacing()
        return QSize(120, option.fontMetrics.lineSpacing() * LINES + high + 20)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Words, what they are about, hairline."""
        painter.save()
        area: QRect = option.rect
        paint_ground(painter, option, self.tokens)
        inner = area.adjusted(8, 7, -8, -6)
        metrics, quiet = option.fontMetrics, small_font(option.font)
        painter.setPen(QColor(self.tokens.text))
        words = QRect(inner.left(), inner.top(), inner.width(), metrics.lineSpacing() * LINES)
        text = " ".join(str(index.data())[:ENOUGH].split())
        painter.drawText(words, int(Qt.TextFlag.TextWordWrap), _elided(metrics, text, inner.width()))
        painter.setFont(quiet)
        painter.setPen(QColor(self.tokens.quiet))
        about = QRect(inner.left(), words.bottom() + 4, inner.width(), QFontMetrics(quiet).lineSpacing())
        shown = str(index.data(Qt.ItemDataRole.StatusTipRole))
        shown = QFontMetrics(quiet).elidedText(shown, Qt.TextElideMode.ElideRight, about.width())
        painter.drawText(about, int(Qt.AlignmentFlag.AlignVCenter), shown)
        painter.setPen(QColor(self.tokens.line))
        painter.drawLine(area.bottomLeft(), area.bottomRight())
        painter.restore()


def _elided(metrics: QFontMetrics, text: str, width: int) -> str:
    """As much as goes into the lines; a little less than their width, since lines break between words."""
    return metrics.elidedText(text, Qt.TextElideMode.ElideRight, int(width * (LINES - 0.25)))


def _shortened(words: str) -> str:
    words = " ".join(words[: QUOTED * 2].split())
    return words if len(words) <= QUOTED else f"{words[:QUOTED].rsplit(' ', 1)[0]} …"
