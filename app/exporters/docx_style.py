"""How our Word documents look: A4, quiet headings, tables with rules across only, quotes set in."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any

from docx.document import Document as Docx
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt, RGBColor

from app.analysis.days import local_day
from app.exporters.document import Document

FONT, FONT_COMPLEX = "Calibri", "Arial"
INK, QUIET = "1F2A37", "595959"
PAGE_SHORT, PAGE_LONG, MARGIN = Cm(21), Cm(29.7), Cm(2.2)
TERM_WIDTH = Cm(4.2)
"""How far the text of a field stands in, so that its term has room before it."""
ITEM_INDENT = Cm(0.6)

FIELD, FIELD_MORE, NOTE = "Field", "Field More", "Note"
ITEM, SET_IN = "List Item", "Set In"
TABLE, TABLE_TEXT, TABLE_DENSE, TABLE_QUOTE = "Reflexa Table", "Table Text", "Table Text Dense", "Quote in Table"
TABLE_QUOTE_DENSE = "Quote in Table Dense"

_TABLE_STYLE = f"""
<w:style {nsdecls("w")} w:type="table" w:customStyle="1" w:styleId="ReflexaTable">
  <w:name w:val="{TABLE}"/><w:basedOn w:val="TableNormal"/><w:uiPriority w:val="59"/><w:qFormat/>
  <w:tblPr>
    <w:tblBorders>
      <w:top w:val="single" w:sz="8" w:space="0" w:color="{INK}"/>
      <w:bottom w:val="single" w:sz="8" w:space="0" w:color="{INK}"/>
      <w:insideH w:val="single" w:sz="4" w:space="0" w:color="C8CDD3"/>
    </w:tblBorders>
    <w:tblCellMar>
      <w:top w:w="60" w:type="dxa"/><w:left w:w="85" w:type="dxa"/>
      <w:bottom w:w="60" w:type="dxa"/><w:right w:w="85" w:type="dxa"/>
    </w:tblCellMar>
  </w:tblPr>
  <w:tblStylePr w:type="firstRow">
    <w:rPr><w:b/><w:bCs/></w:rPr>
    <w:tcPr><w:tcBorders><w:bottom w:val="single" w:sz="8" w:space="0" w:color="{INK}"/></w:tcBorders></w:tcPr>
  </w:tblStylePr>
</w:style>"""


def dress(docx: Docx, document: Document) -> None:
    """Give an empty Word document its page, styles, footer and properties; nothing of the login name is in it."""
    _properties(docx, document)
    _language(docx, document.language)
    _styles(docx)
    section = docx.sections[0]
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = MARGIN
    section.footer_distance = Cm(1.1)
    turn_page(section._sectPr, document.landscape)  # noqa: SLF001 - python-docx has no public way to its XML
    _footer(section.footer.paragraphs[0])


def turn_page(section: Any, landscape: bool) -> None:
    """Set the size and orientation of a section's pages."""
    size = section.get_or_add_pgSz()
    size.w, size.h = (PAGE_LONG, PAGE_SHORT) if landscape else (PAGE_SHORT, PAGE_LONG)
    size.set(qn("w:orient"), "landscape" if landscape else "portrait")


def text_width(landscape: bool) -> int:
    """The width between the margins, in twentieths of a point."""
    return int(((PAGE_LONG if landscape else PAGE_SHORT) - 2 * MARGIN) / 635)


def room_for_figure(landscape: bool) -> tuple[int, int]:
    """Width and height that a figure may have between the margins, with its heading and caption beside it."""
    across, down = (PAGE_LONG, PAGE_SHORT) if landscape else (PAGE_SHORT, PAGE_LONG)
    return int(across - 2 * MARGIN), int(down - 2 * MARGIN - Cm(2.6))


def _properties(docx: Docx, document: Document) -> None:
    properties = docx.core_properties
    properties.title, properties.subject = document.title[:255], document.statement[:255]  # as much as they may hold
    properties.author = properties.last_modified_by = properties.comments = properties.keywords = ""
    properties.language = document.language
    # The day alone: no output says at what hour somebody worked.
    properties.created = properties.modified = datetime.combine(local_day(document.at), time())
    properties.revision = 1


def _language(docx: Docx, language: str) -> None:
    for mark in docx.styles.element.iter(qn("w:lang")):
        mark.set(qn("w:val"), language)


def _styles(docx: Docx) -> None:
    docx.styles.element.append(parse_xml(_TABLE_STYLE))
    _paragraph(docx, "Normal", 10.5, after=6, line=1.15)
    title = _paragraph(docx, "Title", 20, after=4, bold=True)
    for border in title.element.iter(qn("w:pBdr")):
        border.getparent().remove(border)
    for level, size in enumerate((15, 12.5, 11.5, 11, 10.5, 10.5, 10.5, 10.5, 10.5), start=1):
        heading = _paragraph(docx, f"Heading {level}", size, before=16 if level == 1 else 12, after=4, bold=True)
        heading.paragraph_format.keep_with_next = True
    _paragraph(docx, NOTE, 10.5, after=10, base="Normal").font.color.rgb = RGBColor.from_string(QUIET)
    field = _paragraph(docx, FIELD, 10.5, after=3, base="Normal").paragraph_format
    field.left_indent, field.first_line_indent = TERM_WIDTH, -TERM_WIDTH
    field.tab_stops.add_tab_stop(TERM_WIDTH)
    _paragraph(docx, FIELD_MORE, 10.5, after=3, base="Normal").paragraph_format.left_indent = TERM_WIDTH
    item = _paragraph(docx, ITEM, 10.5, after=3, base="Normal").paragraph_format
    item.left_indent, item.first_line_indent = ITEM_INDENT, -ITEM_INDENT
    item.tab_stops.add_tab_stop(ITEM_INDENT)
    _paragraph(docx, SET_IN, 10.5, after=6, base="Normal").paragraph_format.left_indent = 2 * ITEM_INDENT
    quote = _paragraph(docx, "Quote", 10.5, after=4)
    quote.font.italic = quote.font.cs_italic = False
    quote.paragraph_format.left_indent = TERM_WIDTH
    for name, size, base in (
        (TABLE_TEXT, 9.5, "Normal"),
        (TABLE_DENSE, 8.5, "Normal"),
        (TABLE_QUOTE, 9.5, "Quote"),
        (TABLE_QUOTE_DENSE, 8.5, "Quote"),
    ):
        cell = _paragraph(docx, name, size, after=2, line=1.05, base=base)
        cell.paragraph_format.left_indent = Cm(0)


def _paragraph(
    docx: Docx,
    name: str,
    size: float,
    *,
    before: float = 0,
    after: float = 0,
    line: float | None = None,
    bold: bool | None = None,
    base: str = "",
) -> Any:
    """A paragraph style of the template made ours, or a new one on top of `base`; sizes in points."""
    styles = docx.styles
    style: Any = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH) if base else styles[name]
    if base:
        style.base_style = styles[base]
        style.quick_style = True
    style.font.size, style.font.bold = Pt(size), bold
    style.font.color.rgb = RGBColor.from_string(INK)
    properties = style.element.get_or_add_rPr()
    complex_size = properties.find(qn("w:szCs"))
    if complex_size is None:
        complex_size = OxmlElement("w:szCs")
        properties.find(qn("w:sz")).addnext(complex_size)
    complex_size.set(qn("w:val"), str(int(size * 2)))
    fonts = properties.get_or_add_rFonts()
    fonts.attrib.clear()
    for script, font in (("ascii", FONT), ("hAnsi", FONT), ("cs", FONT_COMPLEX)):
        fonts.set(qn(f"w:{script}"), font)
    style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)
    if line is not None:
        style.paragraph_format.line_spacing = line
    return style


def _footer(paragraph: Any) -> None:
    """Page X of Y, counted by Word."""
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for word, field in (("Page ", "PAGE"), (" of ", "NUMPAGES")):
        paragraph.add_run(word)
        for kind, code in (("begin", ""), ("", field), ("end", "")):
            run = paragraph.add_run().element
            mark = OxmlElement("w:fldChar" if kind else "w:instrText")
            if kind:
                mark.set(qn("w:fldCharType"), kind)
            mark.text = code or None
            run.append(mark)
