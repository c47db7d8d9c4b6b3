"""Icons (SVG in the colour of the tokens) and the signs that stand for codes: a coloured tile with two letters."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QIcon, QPainter, QPixmap

from app.resources import resource
from app.ui.style.tokens import contrast


@cache
def icon(name: str, colour: str, size: int = 24) -> QIcon:
    """The icon resources/icons/NAME.svg drawn in one colour."""
    from PySide6.QtSvg import QSvgRenderer

    drawing = resource("icons", f"{name}.svg").read_text(encoding="utf-8").replace("currentColor", colour)
    pixmap = QPixmap(QSize(size * 2, size * 2))
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    QSvgRenderer(QByteArray(drawing.encode())).render(painter)
    painter.end()
    faded = QPixmap(pixmap.size())  # Qt's own way to fade a picture leaves a light one on a dark ground as it is
    faded.fill(Qt.GlobalColor.transparent)
    painter = QPainter(faded)
    painter.setOpacity(0.35)
    painter.drawPixmap(0, 0, pixmap)
    painter.end()
    drawn = QIcon()
    for made, mode in ((pixmap, QIcon.Mode.Normal), (faded, QIcon.Mode.Disabled)):
        made.setDevicePixelRatio(2)
        drawn.addPixmap(made, mode)
    return drawn


@cache
def sign_pixmap(sign: str, colour: str, size: int = 20, ratio: float = 2.0) -> QPixmap:
    """A code's sign: its two letters on a tile of its colour, so that colour is never the only mark.

    `ratio`: pixels of the screen to one of `size`; drawn at the screen's own it is sharp and costs least.
    """
    pixmap = QPixmap(QSize(round(size * ratio), round(size * ratio)))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colour))
    painter.drawRoundedRect(QRectF(0, 0, size, size), 4, 4)
    font = QFont()
    font.setPixelSize(max(8, int(size * 0.52)))
    font.setWeight(QFont.Weight.DemiBold)
    broad = QFontMetrics(font).horizontalAdvance(sign)
    if broad > size - 2:
        font.setPixelSize(max(6, font.pixelSize() * (size - 2) // broad))
    painter.setFont(font)
    painter.setPen(QColor(ink_on(colour)))
    painter.drawText(QRectF(0, 0, size, size), Qt.AlignmentFlag.AlignCenter, sign)
    painter.end()
    return pixmap


@cache
def sign_icon(sign: str, colour: str, size: int = 20) -> QIcon:
    """The same for lists and trees; where a row is chosen the tile keeps its colour."""
    pixmap, tile = sign_pixmap(sign, colour, size), QIcon()
    for mode in (QIcon.Mode.Normal, QIcon.Mode.Selected, QIcon.Mode.Active):
        tile.addPixmap(pixmap, mode)
    return tile


def ink_on(colour: str) -> str:
    """Black or white, whichever reads better on the colour."""
    return "#FFFFFF" if contrast(colour, "#FFFFFF") >= contrast(colour, "#111111") else "#111111"
