"""What rows that paint themselves have in common."""

from __future__ import annotations

from PySide6.QtGui import QColor, QFont, QPainter
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem

from app.ui.style.tokens import Tokens

SMALL = 12
"""Pixels of quiet letters."""


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
