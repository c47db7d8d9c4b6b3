"""A document as Word writes it: real headings, tables whose header repeats, pages turned where a table needs it."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from copy import deepcopy
from io import BytesIO
from itertools import count, pairwise
from typing import Any
from xml.sax.saxutils import escape, quoteattr

import docx
from docx.opc.oxml import serialize_part_xml
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.parts.story import StoryPart

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
from app.exporters.docx_style import (
    FIELD,
    FIELD_MORE,
    ITEM,
    NOTE,
    QUIET,
    SET_IN,
    TABLE_DENSE,
    TABLE_QUOTE,
    TABLE_QUOTE_DENSE,
    TABLE_TEXT,
    dress,
    room_for_figure,
    text_width,
    turn_page,
)

DEEPEST_HEADING = 9
FIGURE_SCALE = 9525
"""A unit of a drawing is at most as long as a pixel of 96 an inch, in Word's own measure."""
_EMPTY = '<w:p><w:pPr><w:pStyle w:val="Normal"/></w:pPr></w:p>'
"""What Word wants after a table; the end of a section does as well."""


def write(document: Document) -> bytes:
    """The bytes of a .docx file."""
    file = docx.Document()
    dress(file, document)
    section = file.element.body.sectPr
    # The body is parsed in one piece and put in as a whole: lxml takes a hundred times longer to move its parts.
    xml = "".join(_section(section, *each) for each in _sections(document, file.part))
    file.element.replace(file.element.body, parse_xml(f"<w:body {nsdecls('w')}>{xml}</w:body>"))
    held = BytesIO()
    file.save(held)
    return held.getvalue()


def _section(like: Any, landscape: bool, xml: str, is_last: bool) -> str:
    """The XML of a section with what ends it: a paragraph of its own, but for the last."""
    properties = deepcopy(like)
    turn_page(properties, landscape)
    end = _as_xml(properties)
    return xml + (end if is_last else f'<w:p><w:pPr><w:spacing w:after="0"/>{end}</w:pPr></w:p>')


def last_section(file: Any) -> str:
    """The XML of what ends a document: its page."""
    return _as_xml(file.element.body.sectPr)


def _as_xml(element: Any) -> str:
    return serialize_part_xml(element).decode().partition("?>")[2]


def _sections(document: Document, holder: StoryPart) -> Iterator[tuple[bool, str, bool]]:
    """(landscape, XML, is the last) for each run of blocks whose pages lie the same way; `holder` takes pictures in."""
    lies = document.landscape
    parts = [_head(document)]
    new_page = False
    numbers = count(1)
    for block, following in pairwise((*document.blocks, None)):
        if isinstance(block, PageBreak):
            new_page = True
            continue
        turned = _lies(block, following, document.landscape)
        if turned != lies:
            yield lies, "".join(parts).removesuffix(_EMPTY), False
            parts, lies, new_page = [], turned, False
        parts.append(
            _figure(block, lies, holder, next(numbers))
            if isinstance(block, Figure)
            else _paragraph(block, keep=_leads_in(block, following))
            if isinstance(block, Paragraph)
            else _block(block, lies, new_page=new_page)
        )
        new_page = False
    yield lies, "".join(parts), True


def _lies(block: Block | None, following: Block | None, otherwise: bool) -> bool:
    """Whether a block stands on a landscape page; a heading goes with the table or figure below it."""
    wide = following if isinstance(block, Heading) else block
    return wide.landscape or otherwise if isinstance(wide, Table | Figure) else otherwise


def _head(document: Document) -> str:
    items = tuple((term, tuple(Paragraph((Run(line),)) for line in text.split("\n"))) for term, text in document.head)
    title = _p("Title", _run(Run(document.title)))
    return title + _p(NOTE, _run(Run(document.statement))) + _fields(Fields(items))


def _block(block: Block | None, landscape: bool, *, new_page: bool) -> str:
    if isinstance(block, Heading):
        level = min(block.level, DEEPEST_HEADING)
        return _p(f"Heading {level}", _run(Run(block.text)), "<w:pageBreakBefore/>" if new_page else "")
    if isinstance(block, Fields):
        return _fields(block)
    if isinstance(block, Table):
        return _table(block, text_width(landscape))
    if isinstance(block, Quote):
        return _quote(block, "Quote")
    return _paragraph(block) if isinstance(block, Paragraph) else ""


def _leads_in(block: Paragraph, following: Block | None) -> bool:
    """Whether a remark stands over a list: it goes to the page of what it leads in."""
    quiet = not block.item and all(run.quiet for run in block.runs)
    return quiet and isinstance(following, Paragraph) and bool(following.item)


def _paragraph(paragraph: Paragraph, *, keep: bool = False) -> str:
    if paragraph.item:
        return _p(ITEM, f"{_run(Run(paragraph.item))}<w:r><w:tab/></w:r>{_runs(paragraph)}")
    return _p(SET_IN if paragraph.set_in else "Normal", _runs(paragraph), "<w:keepNext/>" if keep else "")


def _figure(figure: Figure, landscape: bool, holder: StoryPart, number: int) -> str:
    """A drawing as a picture with a text for who cannot see it, and its caption below on the same page."""
    from app.exporters.painted.drawing import sheet_of
    from app.exporters.painted.sheet import write as written

    sheet = sheet_of(figure.picture, figure.caption)
    size = sheet.size
    width, height = room_for_figure(landscape)
    scale = min(FIGURE_SCALE, width / size.width(), height / size.height())
    inline = holder.new_pic_inline(
        BytesIO(written([sheet], "png")), int(size.width() * scale), int(size.height() * scale)
    )
    inline.docPr.set("id", str(number))
    inline.docPr.set("name", figure.caption)
    inline.docPr.set("descr", figure.described)
    return _p("Normal", f"<w:r><w:drawing>{_as_xml(inline)}</w:drawing></w:r>", "<w:keepNext/>") + _p(
        NOTE, _run(Run(figure.caption))
    )


def _fields(fields: Fields) -> str:
    """Each term before the text that belongs to it; quotes stand below their term in a style of their own."""
    xml = []
    for term, parts in fields.items:
        opening = _run(Run(term, strong=True))
        first, *more = parts
        if isinstance(first, Paragraph):
            xml.append(_p(FIELD, opening + "<w:r><w:tab/></w:r>" + _runs(first)))
        else:
            xml.append(_p(FIELD, opening, "<w:keepNext/>"))
            more = [first, *more]
        xml += [_p(FIELD_MORE, _runs(part)) if isinstance(part, Paragraph) else _quote(part, "Quote") for part in more]
    return "".join(xml)


def _quote(quote: Quote, style: str) -> str:
    """A paragraph for each speaker, right to left where their words are."""
    xml = []
    lead = _run(Run(f"{quote.lead}: ", strong=True)) if quote.lead else ""
    for line in quote.lines:
        said = _run(Run(f"“{line.words}”"))
        by = _run(Run(f" ({line.attribution})", quiet=True)) if line.attribution else ""
        xml.append(_p(style, lead + said + by, "<w:bidi/>" if _right_to_left(line.words) else ""))
        lead = ""
    return "".join(xml)


def _table(table: Table, width: int) -> str:
    total = sum(column.width for column in table.columns)
    widths = [int(width * column.width / total) for column in table.columns]
    text, quote = (TABLE_DENSE, TABLE_QUOTE_DENSE) if table.dense else (TABLE_TEXT, TABLE_QUOTE)
    grid = "".join(f'<w:gridCol w:w="{one}"/>' for one in widths)
    titles = [(Paragraph((Run(column.title, strong=True),)),) for column in table.columns]
    rows = [_row(titles, widths, text, quote, "<w:cantSplit/><w:tblHeader/>")]
    for row in table.rows:
        across = [sum(widths)] if row.group else widths
        rows += [_row(row.cells, across, text, quote, span=len(widths) if row.group else 1)]
    return (
        '<w:tbl><w:tblPr><w:tblStyle w:val="ReflexaTable"/>'
        f'<w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
        '<w:tblLook w:val="0020" w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" w:noHBand="1"'
        f' w:noVBand="1"/><w:tblCaption w:val={quoteattr(table.title)}/></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>{_EMPTY}"
    )


def _row(
    cells: Sequence[Cell],
    widths: Sequence[int],
    text: str,
    quote: str,
    properties: str = "",
    *,
    span: int = 1,
) -> str:
    """A row of a table; one whose cell spans several columns stands over the rows below it."""
    over = f'<w:gridSpan w:val="{span}"/><w:shd w:val="clear" w:color="auto" w:fill="EEF1F4"/>' if span > 1 else ""
    xml = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{over}</w:tcPr>{_cell(cell, text, quote)}</w:tc>'
        for cell, width in zip(cells, widths, strict=True)
    )
    head = f"<w:trPr>{properties}</w:trPr>" if properties else ""
    return f"<w:tr>{head}{xml}</w:tr>"


def _cell(cell: Cell, text: str, quote: str) -> str:
    """What stands in a cell; Word wants a paragraph even where nothing does."""
    parts = [_quote(part, quote) if isinstance(part, Quote) else _p(text, _runs(part)) for part in cell]
    return "".join(parts) or _p(text, "")


def _runs(paragraph: Paragraph) -> str:
    return "".join(map(_run, paragraph.runs))


def _p(style: str, runs: str, properties: str = "") -> str:
    style_id = style.replace(" ", "")
    return f'<w:p><w:pPr><w:pStyle w:val="{style_id}"/>{properties}</w:pPr>{runs}</w:p>'


def _run(run: Run) -> str:
    colour = run.colour.removeprefix("#") or (QUIET if run.quiet else "")
    marks: Iterable[str] = (
        "<w:b/><w:bCs/>" if run.strong else "",
        "<w:i/><w:iCs/>" if run.emphasis else "",
        f'<w:color w:val="{colour}"/>' if colour else "",
        "<w:rtl/>" if _right_to_left(run.text) else "",
    )
    words = "<w:br/>".join(
        f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in run.text.replace("\t", " ").split("\n")
    )
    return f"<w:r><w:rPr>{''.join(marks)}</w:rPr>{words}</w:r>"


def _right_to_left(text: str) -> bool:
    """Whether the first letter with a direction runs to the left."""
    for character in text:
        direction = unicodedata.bidirectional(character)
        if direction in {"L", "R", "AL"}:
            return direction != "L"
    return False
