"""What rows that paint themselves have in common."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QTextLayout, QTextOption
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem

from app.ui.style.tokens import SERIF, Tokens

SMALL = 12
"""Pixels of quiet letters."""

ENOUGH = 1_000
"""Code points of an excerpt that are looked at to fill the lines of a row."""


def paint_ground(painter: QPainter, option: QStyleOptionViewItem, tokens: Tokens) -> None:
    """The ground of a row that is chosen or under the mouse."""
    if option.state & QStyle.StateFlag.State_Selected:
        painter.fillRect(option.rect, QColor(tokens.chosen))
    elif option.state & QStyle.StateFlag.State_MouseOver:
        painter.fillRect(option.rect, QColor(tokens.hover))


def small_font(base: QFont) -> QFont:
    """The font of quiet lines beside or beneath one in `base`."""
    font = QFont(base)
    font.setPixelSize(SMALL)
    return font


def row_fonts(base: QFont) -> tuple[QFont, QFont]:
    """Serif for participants' words, and small sans for the program's."""
    serif = QFont(SERIF)
    serif.setPixelSize(14)
    return serif, small_font(base)


def draw_words(painter: QPainter, words: str, font: QFont, area: QRect, lines: int) -> int:
    """Draw the first lines of an excerpt, the last with an ellipsis where the words go on; returns where they end.

    What stands beneath them follows at once: the room that few words leave is left at the foot of the row.
    """
    metrics = QFontMetrics(font)
    words = " ".join(words[:ENOUGH].split())
    layout = QTextLayout(words, font)
    wrap = QTextOption()
    wrap.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(wrap)
    layout.beginLayout()
    top = area.top()
    for number in range(1, lines + 1):
        line = layout.createLine()
        if not line.isValid():
            break
        line.setLineWidth(area.width())
        rest = words.encode("utf-16-le")[2 * line.textStart() :]  # Qt counts UTF-16 units
        if number == lines and 2 * line.textLength() < len(rest):
            shown = metrics.elidedText(rest.decode("utf-16-le", "replace"), Qt.TextElideMode.ElideRight, area.width())
            painter.drawText(QRect(area.left(), top, area.width(), metrics.lineSpacing()), 0, shown)
        else:
            line.draw(painter, QPointF(area.left(), top - line.y()))
        top += metrics.lineSpacing()
    layout.endLayout()
    return top
