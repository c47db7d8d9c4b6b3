"""A coded transcript on paper: turns with who speaks and when, the codings named beside them, page by page.

It is the researcher's own working copy. Who refused to be quoted or shared, or has withdrawn, is dots in it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QRectF, QSizeF, Qt
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QColor,
    QFont,
    QPagedPaintDevice,
    QPageLayout,
    QPageSize,
    QPainter,
    QPdfWriter,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFrameFormat,
    QTextLength,
    QTextTableFormat,
)

from app.analysis.codes import CodeRow, CodingRow
from app.analysis.transcripts import Transcript, TurnRow, clock
from app.exporters.painted.sheet import ensure_application
from app.models.kinds import ExcerptLevel

WORKING_COPY = "Working copy: it holds confidential words. Keep it as you keep the transcripts."
MARGIN_MM = 18.0
QUIET, TEXT = "#5C6270", "#1C1E21"


@dataclass(frozen=True)
class Pages:
    """What is printed: a transcript, its codings (none: the text alone), and what stands at the head."""

    script: Transcript
    codings: Sequence[CodingRow]
    codes: Mapping[str, CodeRow]
    study: str
    day: str
    hidden: frozenset[str] = frozenset()
    """The participants whose words are dots in `script`."""


def to_pdf(pages: Pages) -> bytes:
    """The pages as a PDF of A4 size; letters stay letters."""
    ensure_application()
    held = QByteArray()
    buffer = QBuffer(held)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(96)
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    writer.setTitle(f"{pages.script.name} – {pages.study}")
    writer.setCreator("Reflexa")
    print_on(writer, pages)
    buffer.close()
    return bytes(held.data())


def print_on(device: QPagedPaintDevice, pages: Pages) -> bool:
    """Print on any paged device (a PDF, a printer). Returns whether the device took it."""
    device.setPageMargins(QMarginsF(MARGIN_MM, MARGIN_MM, MARGIN_MM, MARGIN_MM), QPageLayout.Unit.Millimeter)
    painter = QPainter(device)
    if not painter.isActive():
        return False
    scale = device.logicalDpiX() / 96
    room = device.pageLayout().paintRectPixels(device.logicalDpiX())
    size = QSizeF(room.width() / scale, room.height() / scale)
    foot = 24.0
    document = document_of(pages, size.width())
    document.setPageSize(QSizeF(size.width(), size.height() - foot))
    painter.scale(scale, scale)
    count = document.pageCount()
    for number in range(count):
        if number:
            device.newPage()
        painter.save()
        painter.translate(0, -number * document.pageSize().height())
        context = QAbstractTextDocumentLayout.PaintContext()
        context.clip = QRectF(0, number * document.pageSize().height(), size.width(), document.pageSize().height())
        painter.setClipRect(context.clip)
        document.documentLayout().draw(painter, context)
        painter.restore()
        painter.setFont(_font(11))
        painter.setPen(QColor(QUIET))
        line = QRectF(0, size.height() - foot + 6, size.width(), foot - 6)
        painter.drawText(line, int(Qt.AlignmentFlag.AlignLeft), pages.script.name)
        painter.drawText(line, int(Qt.AlignmentFlag.AlignRight), f"{number + 1} / {count}")
    return painter.end()


def document_of(pages: Pages, width: float) -> QTextDocument:
    """The transcript as a document: a table with a row a turn, words at the left and codings at the right."""
    document = QTextDocument()
    document.setUndoRedoEnabled(False)
    document.setDocumentMargin(0)
    document.setTextWidth(width)
    cursor = QTextCursor(document)
    cursor.insertText(pages.script.name, _format(20, bold=True))
    head = " · ".join(part for part in (pages.study, pages.script.group, pages.day) if part)
    cursor.insertBlock()
    cursor.insertText(head, _format(12, QUIET))
    cursor.insertBlock()
    cursor.insertText(WORKING_COPY, _format(12, QUIET, italic=True))
    below = QTextBlockFormat()
    below.setBottomMargin(14)
    cursor.setBlockFormat(below)
    cursor.insertBlock(QTextBlockFormat())
    shape = QTextTableFormat()
    shape.setBorder(0)
    shape.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_None)
    shape.setCellPadding(4)
    shape.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
    coded = bool(pages.codings)
    columns = [70.0, 30.0] if coded else [100.0]
    shape.setColumnWidthConstraints([QTextLength(QTextLength.Type.PercentageLength, one) for one in columns])
    turns = pages.script.turns
    if not turns:
        cursor.insertText(pages.script.text, _format(14))
        return document
    table = cursor.insertTable(len(turns), len(columns), shape)
    for number, (turn, here) in enumerate(_by_turn(turns, pages.codings)):
        _write_turn(table.cellAt(number, 0).firstCursorPosition(), pages.script, turn, here)
        if coded:
            _write_codes(table.cellAt(number, 1).firstCursorPosition(), here, turn, pages.codes)
    return document


def _by_turn(turns: Sequence[TurnRow], codings: Sequence[CodingRow]) -> Iterator[tuple[TurnRow, list[CodingRow]]]:
    """Each turn with the codings that touch it: one walk over both, however many there are."""
    coming = sorted((row for row in codings if row.code_id), key=lambda row: row.start)
    here: list[CodingRow] = []
    at = 0
    for turn in turns:
        while at < len(coming) and coming[at].start < turn.end:
            here.append(coming[at])
            at += 1
        here = [row for row in here if row.end > turn.start]
        yield turn, here


def _write_turn(cursor: QTextCursor, script: Transcript, turn: TurnRow, codings: Sequence[CodingRow]) -> None:
    """Who speaks and when, then the words; those that a code holds are underlined."""
    quiet = QUIET if turn.by_moderator else TEXT
    cursor.insertText(f"{turn.number}  ", _format(11, QUIET))
    cursor.insertText(turn.speaker or "Unknown speaker", _format(12, quiet, bold=True))
    time = clock(turn.time_ms)
    if time:
        cursor.insertText(f"  {time}", _format(11, QUIET))
    cursor.insertText("\n", _format(13))
    edges = sorted({turn.start, turn.end, *(max(turn.start, row.start) for row in codings),
                    *(min(turn.end, row.end) for row in codings)})  # fmt: skip
    for start, end in pairwise(edges):
        shown = _format(13, quiet)
        if any(row.start <= start and row.end >= end for row in codings):
            shown.setFontUnderline(True)
        cursor.insertText(script.text[start:end], shown)


def _write_codes(
    cursor: QTextCursor, codings: Sequence[CodingRow], turn: TurnRow, codes: Mapping[str, CodeRow]
) -> None:
    """The names of the codings that begin in this turn; of those that go on, so that it is said."""
    for number, row in enumerate(sorted(codings, key=lambda one: (one.start, one.end))):
        code = codes.get(row.code_id)
        if code is None:
            continue
        if number:
            cursor.insertText("\n")
        tile = _format(11, code.colour, bold=True)
        cursor.insertText("▌ ", tile)
        goes_on = " (goes on)" if row.start < turn.start else ""
        kind = f" · {row.interaction or 'interaction'}" if row.level == ExcerptLevel.INTERACTION else ""
        cursor.insertText(f"{code.name}{' ?' if row.unsure else ''}{kind}{goes_on}", _format(11))


def _format(size: int, colour: str = TEXT, *, bold: bool = False, italic: bool = False) -> QTextCharFormat:
    made = QTextCharFormat()
    font = _font(size)
    font.setBold(bold)
    font.setItalic(italic)
    made.setFont(font)
    made.setForeground(QColor(colour))
    return made


def _font(size: int) -> QFont:
    font = QFont(["Helvetica", "Arial", "Liberation Sans", "DejaVu Sans"])
    font.setStyleHint(QFont.StyleHint.SansSerif)
    font.setPixelSize(size)
    return font
