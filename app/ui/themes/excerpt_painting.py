"""How an excerpt of a theme is drawn: words, where they stand, and three decisions one can press."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import (
    QAbstractItemModel,
    QCoreApplication,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFont, QFontMetrics, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from app.analysis.themes import ThemeExcerptRow
from app.models.kinds import Belongs
from app.ui.style.icons import sign_pixmap
from app.ui.style.tokens import LIGHT, Tokens
from app.ui.themes.excerpt_model import CODES, ROW, WHERE, WITHHELD
from app.ui.themes.wording import title
from app.ui.widgets.rows import draw_words, row_fonts

Index = QModelIndex | QPersistentModelIndex
LINES = 3
_PILL = 22
_SIGNS = 4
_ORDER = (Belongs.UNDECIDED, Belongs.IN, Belongs.OUT)


@dataclass(frozen=True)
class Pill:
    """One control of a row: what it is called, where it lies, whether it is on."""

    name: str
    text: str
    area: QRect
    on: bool
    enabled: bool = True


class ExcerptDelegate(QStyledItemDelegate):
    """All rows are equally high, so that a thousand of them cost what is seen."""

    decided = Signal(str, str)
    """An excerpt's id and the control pressed: a `Belongs` value, "against" or "quoted"."""
    tokens: Tokens = LIGHT

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: ARG002
        """Three lines of words, one of attribution, one of decisions."""
        serif, small = row_fonts(option.font)
        return QSize(120, QFontMetrics(serif).lineSpacing() * LINES + QFontMetrics(small).lineSpacing() + _PILL + 34)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Ground, words, attribution with signs, decisions, hairline."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        t, area, state = self.tokens, option.rect, option.state
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        ground = t.chosen if chosen else t.hover if state & QStyle.StateFlag.State_MouseOver else None
        if ground is not None:
            painter.fillRect(area, QColor(ground))
        serif, small = row_fonts(option.font)
        inner = area.adjusted(8, 10, -8, -8)
        row: ThemeExcerptRow = index.data(ROW)
        painter.setFont(serif)
        painter.setPen(QColor(t.quiet if row.belongs == Belongs.OUT else t.text))
        below = draw_words(painter, str(index.data(Qt.ItemDataRole.DisplayRole)), serif, inner, LINES) + 4
        self._where(painter, small, QRect(inner.left(), below, inner.width(), 18), index)
        for pill in self.pills(option, index):
            self._pill(painter, small, pill)
        painter.setPen(QColor(t.line))
        painter.drawLine(area.bottomLeft(), area.bottomRight())
        painter.restore()

    def pills(self, option: QStyleOptionViewItem, index: Index) -> list[Pill]:
        """The controls of a row with where they lie."""
        row: ThemeExcerptRow = index.data(ROW)
        _, small = row_fonts(option.font)
        metrics = QFontMetrics(small)
        left, top = option.rect.left() + 6, option.rect.bottom() - _PILL - 8
        made: list[Pill] = []

        def add(name: str, text: str, on: bool, *, gap: int, room: int, enabled: bool = True) -> None:
            nonlocal left
            left += gap
            area = QRect(left, top, metrics.horizontalAdvance(text) + room, _PILL)
            made.append(Pill(name, text, area, on, enabled))
            left = area.right() + 1

        for belongs in _ORDER:
            add(belongs.value, title(belongs), row.belongs == belongs, gap=0, room=16)
        add("against", _tr("Runs against"), row.runs_against, gap=10, room=30)
        quoted, withheld = row.quoted_order is not None, bool(index.data(WITHHELD))
        add("quoted", _tr("Quoted"), quoted, gap=2, room=30, enabled=quoted or not withheld)
        return made

    def editorEvent(self, event: QEvent, model: QAbstractItemModel, option: QStyleOptionViewItem, index: Index) -> bool:
        """A press on a control decides."""
        if event.type() == QEvent.Type.MouseButtonRelease and isinstance(event, QMouseEvent):
            name = self.at(event.position().toPoint(), option, index)
            if event.button() == Qt.MouseButton.LeftButton and name:
                self.decided.emit(index.data(ROW).excerpt_id, name)
                return True
        return super().editorEvent(event, model, option, index)

    def at(self, point: QPoint, option: QStyleOptionViewItem, index: Index) -> str:
        """The control at a point, or ""."""
        return next((p.name for p in self.pills(option, index) if p.enabled and p.area.contains(point)), "")

    def _where(self, painter: QPainter, small: QFont, area: QRect, index: Index) -> None:
        signs = index.data(CODES)[:_SIGNS]
        right = area.right() - len(signs) * 20
        for place, code in enumerate(signs):
            painter.drawPixmap(right + place * 20 + 3, area.top(), sign_pixmap(code.sign, code.colour, 17))
        painter.setFont(small)
        painter.setPen(QColor(self.tokens.quiet))
        line = QRect(area.left(), area.top(), right - area.left() - 6, area.height())
        shown = QFontMetrics(small).elidedText(str(index.data(WHERE)), Qt.TextElideMode.ElideRight, line.width())
        painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, shown)

    def _pill(self, painter: QPainter, small: QFont, pill: Pill) -> None:
        t = self.tokens
        painter.setPen(Qt.PenStyle.NoPen)
        if pill.on:
            painter.setPen(QColor(t.accent))
            painter.setBrush(QColor(t.raised))
            painter.drawRoundedRect(QRectF(pill.area).adjusted(0.5, 0.5, -0.5, -0.5), 11, 11)
        font = QFont(small)
        painter.setFont(font)
        text = pill.area.adjusted(8, 0, -4, 0)
        if pill.name in ("against", "quoted"):
            self._box(painter, QRectF(pill.area.left() + 8, pill.area.top() + 6, 10, 10), pill)
            text = pill.area.adjusted(23, 0, -2, 0)
        painter.setPen(QColor(t.text if pill.on else t.quiet))
        painter.drawText(text, Qt.AlignmentFlag.AlignVCenter, pill.text)

    def _box(self, painter: QPainter, area: QRectF, pill: Pill) -> None:
        """A small box, ticked if it is so; none where it cannot be."""
        if not pill.enabled:
            return
        t = self.tokens
        painter.setBrush(QColor(t.accent if pill.on else t.raised))
        painter.setPen(QPen(QColor(t.accent if pill.on else t.quiet), 1))
        painter.drawRoundedRect(area, 2, 2)
        if pill.on:
            painter.setPen(QPen(QColor(t.on_accent), 1.6))
            x, y = area.left(), area.top()
            painter.drawPolyline([QPointF(x + 2, y + 5), QPointF(x + 4.2, y + 7.2), QPointF(x + 8, y + 2.8)])


def _tr(text: str) -> str:
    return QCoreApplication.translate("ThemeExcerpts", text)
