"""One drawing as a file: SVG and PDF keep lines and letters as vectors, PNG has 300 dots an inch.

Each bears its title and, but for PDF, a text for who cannot see it.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import ceil

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QPointF, QRectF, QSize, QSizeF
from PySide6.QtGui import QGuiApplication, QImage, QPageLayout, QPageSize, QPainter, QPdfWriter
from PySide6.QtSvg import QSvgGenerator

from app.exporters.painted.brush import PAPER

DPI = 300
WIDTH = 2008
"""Dots of a PNG across: 170 mm, as wide as the words of a page."""
MOST = 12_000
"""Dots of a PNG along its longer side, at most."""
_application: QGuiApplication | None = None


@dataclass(frozen=True)
class Sheet:
    """A drawing that is ready to be painted, once or often. Its size is in units of the drawing, 72 to an inch."""

    title: str
    described: str
    size: QSizeF
    paint: Callable[[QPainter], None]


def write(sheets: Sequence[Sheet], ending: str) -> bytes:
    """The sheets in the format of `ending`: "svg" and "png" hold the first alone, "pdf" has a page for each."""
    ensure_application()
    if ending == "pdf":
        return _pdf(sheets)
    return _svg(sheets[0]) if ending == "svg" else _png(sheets[0])


def ensure_application() -> None:
    """Fonts need a QGuiApplication; without one (the command line) an offscreen one is made and kept."""
    global _application
    if QGuiApplication.instance() is None:
        if "QT_QPA_PLATFORM" not in os.environ and sys.platform.startswith("linux"):
            os.environ["QT_QPA_PLATFORM"] = "offscreen"
        _application = QGuiApplication(["reflexa"])


def _svg(sheet: Sheet) -> bytes:
    held, buffer = _opened()
    generator = QSvgGenerator()
    generator.setOutputDevice(buffer)
    generator.setSize(QSize(ceil(sheet.size.width()), ceil(sheet.size.height())))
    generator.setViewBox(QRectF(QPointF(0, 0), sheet.size))
    generator.setTitle(sheet.title)
    generator.setDescription(sheet.described)
    painter = QPainter(generator)
    sheet.paint(painter)
    painter.end()
    buffer.close()
    return bytes(held.data())


def _png(sheet: Sheet) -> bytes:
    width, height = sheet.size.width(), sheet.size.height()
    scale = min(max(WIDTH / width, 2.0), MOST / max(width, height))
    image = QImage(QSize(ceil(width * scale), ceil(height * scale)), QImage.Format.Format_RGB32)
    image.setDotsPerMeterX(round(DPI / 0.0254))
    image.setDotsPerMeterY(round(DPI / 0.0254))
    image.fill(PAPER.paper)
    image.setText("Title", sheet.title)
    image.setText("Description", sheet.described)
    painter = QPainter(image)
    painter.scale(scale, scale)
    sheet.paint(painter)
    painter.end()
    held, buffer = _opened()
    image.save(buffer, "PNG")  # type: ignore[call-overload]  # the stub says bytes, Qt wants text
    return bytes(held.data())


def _pdf(sheets: Sequence[Sheet]) -> bytes:
    held, buffer = _opened()
    writer = QPdfWriter(buffer)
    writer.setResolution(72)
    writer.setTitle(sheets[0].title)
    writer.setCreator("Reflexa")
    painter = QPainter()
    for number, sheet in enumerate(sheets):
        writer.setPageSize(QPageSize(sheet.size, QPageSize.Unit.Point))
        writer.setPageMargins(QMarginsF(0, 0, 0, 0), QPageLayout.Unit.Point)
        if number == 0:
            painter.begin(writer)
        else:
            writer.newPage()
        sheet.paint(painter)
    painter.end()
    buffer.close()
    return bytes(held.data())


def _opened() -> tuple[QByteArray, QBuffer]:
    """Bytes in memory and a device that writes into them."""
    held = QByteArray()
    buffer = QBuffer(held)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    return held, buffer
