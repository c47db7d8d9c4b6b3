"""A document as a PDF of A4 pages: its figures first, drawn as vectors, then its words; wide tables lie across."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QRectF, QSizeF, Qt
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QColor,
    QFont,
    QPageLayout,
    QPageSize,
    QPainter,
    QPdfWriter,
    QTextDocument,
)

from app.analysis.map_picture import MapPicture
from app.exporters.document import (
    Block,
    Cell,
    Document,
    Fields,
    Figure,
    Heading,
    PageBreak,
    Paragraph,
    Quote,
    Run,
    Table,
)
from app.exporters.painted.brush import sans
from app.exporters.painted.figure import figure_size, paint_figure
from app.exporters.painted.sheet import ensure_application

MARGIN_MM = 16.0
FOOT = 26.0
DPI = 96
QUIET = "#4F5561"
_STYLE = """
h1 { font-size: 20px; margin-top: 0px; margin-bottom: 8px; }
h2 { font-size: 15px; margin-top: 16px; margin-bottom: 3px; }
h3 { font-size: 13px; margin-top: 10px; margin-bottom: 3px; }
p { font-size: 12px; margin-top: 0px; margin-bottom: 5px; }
th { background-color: #EEF0F3; }
"""


_SMALL = "font-size:10px; margin-bottom:3px;"
"""Of words in a table; Qt knows no style for what stands in a cell."""


def write(document: Document) -> bytes:
    """The bytes of a .pdf file."""
    ensure_application()
    held = QByteArray()
    buffer = QBuffer(held)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(DPI)
    writer.setTitle(document.title)
    writer.setCreator("Reflexa")
    pages = _Pages(writer, document.title)
    for number, (blocks, across) in enumerate(parts(document.blocks)):
        head = _head(document) if number == 0 else ""
        pages.words(head + "".join(_html(block) for block in blocks), across=across)
        if number == 0:  # after the page that says what this is
            for picture in document.figures:
                pages.figure(picture)
    pages.end()
    buffer.close()
    return bytes(held.data())


def parts(blocks: tuple[Block, ...]) -> list[tuple[list[Block], bool]]:
    """The stretches between page breaks, each with whether it lies across the page."""
    found: list[list[Block]] = [[]]
    for block in blocks:
        if isinstance(block, PageBreak):
            found.append([])
        else:
            found[-1].append(block)
    return [(part, any(isinstance(one, Table) and one.landscape for one in part)) for part in found]


class _Pages:
    """The pages of one PDF, numbered, upright or across."""

    def __init__(self, writer: QPdfWriter, title: str) -> None:
        self._writer, self._title = writer, title
        self._painter = QPainter()
        self._number = 0

    def words(self, html: str, *, across: bool) -> None:
        """Set words on as many pages as they need."""
        text = QTextDocument()
        text.setUndoRedoEnabled(False)
        text.setDocumentMargin(0)
        text.setDefaultFont(_font(12))
        text.setDefaultStyleSheet(_STYLE)
        room = self._turn(across=across)
        text.setHtml(html)
        text.setPageSize(QSizeF(room.width(), room.height() - FOOT))
        for page in range(text.pageCount()):
            self._next()
            self._painter.save()
            high = text.pageSize().height()
            self._painter.translate(0, -page * high)
            context = QAbstractTextDocumentLayout.PaintContext()
            context.clip = QRectF(0, page * high, room.width(), high)
            self._painter.setClipRect(context.clip)
            text.documentLayout().draw(self._painter, context)
            self._painter.restore()
            self._foot(room)

    def figure(self, picture: MapPicture) -> None:
        """A page with a figure as large as it goes."""
        size = figure_size(picture)
        room = self._turn(across=size.width() > size.height())
        self._next()
        self._painter.save()
        scale = min(room.width() / size.width(), (room.height() - FOOT) / size.height())
        self._painter.translate((room.width() - size.width() * scale) / 2, 0)
        self._painter.scale(scale, scale)
        paint_figure(self._painter, picture)
        self._painter.restore()
        self._foot(room)

    def end(self) -> None:
        """Nothing comes any more."""
        self._painter.end()

    def _turn(self, *, across: bool) -> QSizeF:
        """The next pages are upright or across; returns the room on them."""
        way = QPageLayout.Orientation.Landscape if across else QPageLayout.Orientation.Portrait
        margins = QMarginsF(MARGIN_MM, MARGIN_MM, MARGIN_MM, MARGIN_MM)
        layout = QPageLayout(QPageSize(QPageSize.PageSizeId.A4), way, margins, QPageLayout.Unit.Millimeter)
        self._writer.setPageLayout(layout)
        return QSizeF(layout.paintRectPixels(DPI).size())

    def _next(self) -> None:
        if self._number == 0:
            self._painter.begin(self._writer)
        else:
            self._writer.newPage()
        self._number += 1

    def _foot(self, room: QSizeF) -> None:
        self._painter.setFont(_font(10))
        self._painter.setPen(QColor(QUIET))
        line = QRectF(0, room.height() - FOOT + 8, room.width(), FOOT - 8)
        self._painter.drawText(line, int(Qt.AlignmentFlag.AlignLeft), self._title)
        self._painter.drawText(line, int(Qt.AlignmentFlag.AlignRight), str(self._number))


def _font(size: int) -> QFont:
    return sans(size)


def _head(document: Document) -> str:
    told = "".join(f"<p><b>{escape(term)}:</b> {_lines(text)}</p>" for term, text in document.head)
    return f"<h1>{escape(document.title)}</h1><p><i>{_lines(document.statement)}</i></p>{told}"


def _html(block: Block) -> str:
    if isinstance(block, Heading):
        level = min(6, block.level)  # Qt takes what is deeper for no heading
        return f"<h{level}>{escape(block.text)}</h{level}>"
    if isinstance(block, Paragraph):
        mark = f"{block.item}\u2002" if block.item else ""
        return f"<p>{mark}{''.join(_run(run) for run in block.runs)}</p>"
    if isinstance(block, Quote):
        return _quote(block, indented=True)
    if isinstance(block, Fields):
        return "".join(f"<p><b>{escape(term)}</b></p>{_cell(parts)}" for term, parts in block.items)
    if isinstance(block, Table):
        return _table(block)
    if isinstance(block, Figure):
        return f"<p>{_lines(block.caption)}: {_lines(block.described)}</p>"
    return ""


def _run(run: Run) -> str:
    words = _lines(run.text)
    style = "".join((
        "font-weight:600;" if run.strong else "",
        "font-style:italic;" if run.emphasis else "",
        f"color:{QUIET};" if run.quiet else "",
    ))  # fmt: skip
    return f'<span style="{style}">{words}</span>' if style else words


def _quote(quote: Quote, *, indented: bool = False) -> str:
    lead = f'<span style="font-weight:600">{escape(quote.lead)}:</span> ' if quote.lead else ""
    said = "<br>".join(_lines(line.text) for line in quote.lines)
    style = ' style="margin-left:18px; margin-bottom:7px;"' if indented else ""
    return f"<p{style}>{lead}{said}</p>"


def _cell(cell: Cell) -> str:
    said = "".join(_quote(part) if isinstance(part, Quote) else _html(part) for part in cell)
    small = said.replace("<p>", f'<p style="{_SMALL}">').replace('<span style="', '<span style="font-size:10px; ')
    return small or "<p></p>"


def _table(table: Table) -> str:
    whole = sum(column.width for column in table.columns) or 1.0
    heads = "".join(
        f'<th align="left" width="{100 * column.width / whole:.0f}%">'
        f'<p style="{_SMALL}">{escape(column.title)}</p></th>'
        for column in table.columns
    )
    rows = []
    for row in table.rows:
        if row.group:
            cells = f'<td colspan="{len(table.columns)}" bgcolor="#F6F7F9">{_cell(row.cells[0])}</td>'
        else:
            cells = "".join(f"<td>{_cell(cell)}</td>" for cell in row.cells)
        rows.append(f"<tr>{cells}</tr>")
    return (
        '<table width="100%" border="1" cellspacing="0" cellpadding="4"'
        ' style="border-collapse:collapse; border-style:solid; border-color:#A9AFB9">'
        f"<thead><tr>{heads}</tr></thead>{''.join(rows)}</table>"
    )


def _lines(text: str) -> str:
    return escape(text).replace("\n", "<br>")
