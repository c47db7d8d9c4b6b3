"""How a cell of a table of codes is drawn: a dot, a number or a dash, and a frame round the cell at hand."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from app.ui.compare.tables_model import TableModel
from app.ui.style.tokens import LIGHT, Tokens

Index = QModelIndex | QPersistentModelIndex
ENOUGH = 120
"""More letters of a name are not measured: no head has room for them."""


class CellDelegate(QStyledItemDelegate):
    """A dot where something is heard, or the number; a dash where a code would meet itself.

    Ground and grid are drawn by the table: most cells are empty, and an empty one costs nothing here.
    """

    tokens: Tokens = LIGHT

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """What tells this cell from an empty one."""
        t, area, state = self.tokens, option.rect, option.state
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        if chosen or state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(area, QColor(t.chosen if chosen else t.hover))
        model = index.model()
        assert isinstance(model, TableModel)
        found = model.found_at(index.row(), index.column())
        if found and not model.counts:
            painter.save()
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(t.accent))
            painter.drawEllipse(QPointF(QRectF(area).center()), 5, 5)
            painter.restore()
        elif found != 0:
            painter.setFont(font_of(option.font, 13))
            painter.setPen(QColor(t.text if found else t.quiet))
            painter.drawText(area, Qt.AlignmentFlag.AlignCenter, str(index.data()))
        if chosen and state & QStyle.StateFlag.State_HasFocus:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(t.focus), 2))
            painter.drawRect(area.adjusted(1, 1, -1, -1))


def font_of(base: QFont, pixels: int, *, strong: bool = False) -> QFont:
    """The font of the window in a size of its own."""
    font = QFont(base)
    font.setPixelSize(pixels)
    font.setWeight(QFont.Weight.DemiBold if strong else QFont.Weight.Normal)
    return font


def width_of(words: str, font: QFont) -> int:
    """How much room words take."""
    return QFontMetrics(font).horizontalAdvance(words[:ENOUGH])
