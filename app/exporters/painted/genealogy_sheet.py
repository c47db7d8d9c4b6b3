"""Genealogies as files: vectors in SVG and PDF, 300 dots an inch in PNG."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QSize, QSizeF
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter, QPdfWriter

from app.analysis.genealogy_picture import GenealogyPicture
from app.exporters.painted.brush import PAPER
from app.exporters.painted.drawing import genealogy_size, genealogy_svg, paint_genealogy
from app.exporters.painted.figure import DPI, ensure_application


def to_svg(picture: GenealogyPicture) -> bytes:
    """The drawing with its description."""
    return genealogy_svg(picture)


def to_png(picture: GenealogyPicture) -> bytes:
    """The drawing, about 170 mm wide and wider where there is more; the description is inside."""
    ensure_application()
    size = genealogy_size(picture)
    scale = min(max(2008 / size.width(), 2.0), 12_000 / max(size.width(), size.height()))
    image = QImage(QSize(ceil(size.width() * scale), ceil(size.height() * scale)), QImage.Format.Format_RGB32)
    image.setDotsPerMeterX(round(DPI / 0.0254))
    image.setDotsPerMeterY(round(DPI / 0.0254))
    image.fill(PAPER.paper)
    image.setText("Title", picture.title)
    image.setText("Description", picture.described)
    painter = QPainter(image)
    painter.scale(scale, scale)
    paint_genealogy(painter, picture)
    painter.end()
    held = QByteArray()
    buffer = QBuffer(held)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]  # the stub says bytes, Qt wants text
    return bytes(held.data())


def to_pdf(pictures: Sequence[GenealogyPicture]) -> bytes:
    """One page a drawing, each as large as its drawing."""
    ensure_application()
    held = QByteArray()
    buffer = QBuffer(held)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(72)
    writer.setTitle(pictures[0].title)
    writer.setCreator("Reflexa")
    painter = QPainter()
    for number, picture in enumerate(pictures):
        size = genealogy_size(picture)
        writer.setPageSize(QPageSize(QSizeF(size.width(), size.height()), QPageSize.Unit.Point))
        writer.setPageMargins(QMarginsF(0, 0, 0, 0), QPageLayout.Unit.Point)
        if number == 0:
            painter.begin(writer)
        else:
            writer.newPage()
        paint_genealogy(painter, picture)
    painter.end()
    buffer.close()
    return bytes(held.data())
