"""A walk of our own over the body of a Word document, in reading order.

python-docx's `paragraphs` silently lose inserted and moved text, content controls, simple fields, tables and text
boxes, and know nothing of what was deleted. The rule here: what would stand on the printed page comes in.
- a paragraph is a line, a soft break begins a new one; nothing is added between paragraphs;
- inserted and moved-to text is in; deleted, moved-away and hidden text stays out and is counted;
- of a field its result is read, never its instruction; of two forms of the same content the first;
- a text box comes once, after the paragraph it hangs on; notes and comments are counted, not mixed into the talk.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator

from lxml import etree

from app.importers.word_tables import Row, write_rows
from app.importers.word_text import WordText

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"

_WORDS, _RUN_PROPERTIES = f"{W}t", f"{W}rPr"
_BOLD, _HIDDEN, _STYLE = f"{W}b", f"{W}vanish", f"{W}rStyle"
_GONE = {f"{W}del", f"{W}moveFrom"}
_PROPERTIES = {
    f"{W}{name}"
    for name in ("pPr", "rPr", "tblPr", "tblPrEx", "trPr", "tcPr", "sdtPr", "sdtEndPr", "sectPr", "tblGrid")
}
_CHARACTERS = {
    f"{W}tab": "\t",
    f"{W}ptab": "\t",
    f"{W}br": "\n",
    f"{W}cr": "\n",
    f"{W}noBreakHyphen": "\u2011",
}
_COUNTED = {
    f"{W}footnoteReference": "footnote",
    f"{W}endnoteReference": "endnote",
    f"{W}commentReference": "comment",
}
_DRAWN = {f"{W}drawing": "picture", f"{W}pict": "picture", f"{W}object": "object"}
_SYMBOLS = {0xF04A: "☺", 0xF04B: "😐", 0xF04C: "☹", 0xF0E0: "→", 0xF0DF: "←", 0xF0FC: "✓", 0xF0FB: "✗", 0xF0B7: "•"}
"""What Word's automatic correction makes of :) and --> in its picture fonts."""


class WordWalk:
    """One walk; `bold_styles` are the ids of character styles that are bold."""

    def __init__(self, bold_styles: Collection[str] = ()) -> None:
        self.found = WordText()
        self._bold_styles = bold_styles
        self._fields: list[str] = []

    def blocks(self, parent: etree._Element, into: WordText) -> None:
        """Paragraphs and tables in reading order, through whatever wraps them."""
        for child in _elements(parent):
            tag = child.tag
            if tag == f"{W}p":
                self._paragraph(child, into)
            elif tag == f"{W}tbl":
                self._table(child, into)
            elif tag == f"{W}altChunk":
                into.left_out["inserted document"] += 1
            elif tag == f"{W}sdt" and _is_placeholder(child):
                continue
            elif tag in _GONE:
                into.left_out["deleted"] += 1
            elif tag == f"{MC}AlternateContent":
                self.blocks(_first_form(child), into)
            else:
                self.blocks(child, into)

    def _paragraph(self, paragraph: etree._Element, into: WordText) -> None:
        before = into.length
        boxes: list[etree._Element] = []
        self._inline(paragraph, into, boxes)
        # A field whose instruction never ends would swallow the rest of the document.
        self._fields = [state for state in self._fields if state == "result"]
        if not _runs_on(paragraph) or (boxes and into.length > before):
            into.add("\n")
        for box in boxes:
            into.left_out["text box"] += 1
            self.blocks(box, into)

    def _inline(self, parent: etree._Element, into: WordText, boxes: list[etree._Element]) -> None:
        for child in _elements(parent):
            tag = child.tag
            if tag == f"{W}r":
                self._run(child, into, boxes)
            elif tag in _GONE:
                into.left_out["deleted"] += 1
            elif tag == f"{M}t":
                into.add(child.text or "")
            elif tag == f"{MC}AlternateContent":
                self._inline(_first_form(child), into, boxes)
            elif tag == f"{W}sdt" and _is_placeholder(child):
                continue
            else:
                into.left_out["inserted"] += tag == f"{W}ins" and next(child.iter(f"{W}t"), None) is not None
                self._inline(child, into, boxes)

    def _run(self, run: etree._Element, into: WordText, boxes: list[etree._Element]) -> None:
        bold = hidden = False
        for child in run:
            tag = child.tag
            if tag == _RUN_PROPERTIES:
                bold, hidden = self._looks(child)
                if hidden and next(run.iter(_WORDS), None) is not None:
                    into.left_out["hidden"] += 1
                continue
            if tag == f"{W}fldChar":
                self._field(child.get(f"{W}fldCharType"))
            elif hidden or "instruction" in self._fields:
                continue
            elif tag == _WORDS:
                # Word shows a line end inside the XML as a space; line breaks are elements of their own.
                into.add((child.text or "").replace("\n", " "), bold=bold)
            else:
                self._piece(child, into, boxes)

    def _piece(self, child: etree._Element, into: WordText, boxes: list[etree._Element]) -> None:
        """What a run holds beside words: breaks, marks of notes, symbols, drawings."""
        tag = str(child.tag)
        if tag in _CHARACTERS:
            into.add(_CHARACTERS[tag])
        elif tag == f"{W}sym":
            self._symbol(child, into)
        elif tag in _COUNTED:
            into.left_out[_COUNTED[tag]] += 1
        elif tag == f"{W}ruby":
            base = child.find(f"{W}rubyBase")
            if base is not None:
                self._inline(base, into, boxes)
        elif tag in _DRAWN or tag == f"{MC}AlternateContent":
            self._drawn(child, into, boxes)

    def _field(self, kind: str | None) -> None:
        """Fields nest and run over paragraphs; what is open is known by its state."""
        if kind == "begin":
            self._fields.append("instruction")
        elif self._fields and kind == "separate":
            self._fields[-1] = "result"
        elif self._fields and kind == "end":
            self._fields.pop()

    def _looks(self, properties: etree._Element) -> tuple[bool, bool]:
        """Whether a run is bold and whether it is hidden; what it says itself goes before its style."""
        bold = hidden = said = False
        for one in properties.iterchildren(_BOLD, _HIDDEN, _STYLE):
            if one.tag == _BOLD:
                bold, said = is_on(one), True
            elif one.tag == _HIDDEN:
                hidden = is_on(one)
            elif not said:
                bold = one.get(f"{W}val") in self._bold_styles
        return bold, hidden

    def _symbol(self, element: etree._Element, into: WordText) -> None:
        try:
            number = int(element.get(f"{W}char") or "", 16)
        except ValueError:
            return
        if number in _SYMBOLS:
            into.add(_SYMBOLS[number])
        elif 0x20 <= number < 0xD800:
            into.add(chr(number))
        else:
            into.left_out["symbol"] += 1

    def _drawn(self, element: etree._Element, into: WordText, boxes: list[etree._Element]) -> None:
        """Text boxes of a drawing are read after their paragraph; anything else drawn is a picture."""
        form = _first_form(element) if element.tag == f"{MC}AlternateContent" else element
        found = list(_boxes(form))
        boxes.extend(found)
        if not found:
            into.left_out[_DRAWN.get(str(element.tag), "picture")] += 1

    def _table(self, table: etree._Element, into: WordText) -> None:
        rows: list[Row] = []
        for row in _inside(table, f"{W}tr"):
            if row.find(f"{W}trPr/{W}del") is not None:
                into.left_out["deleted"] += 1
                continue
            cells = []
            for cell in _inside(row, f"{W}tc"):
                if cell.find(f"{W}tcPr/{W}cellDel") is not None:
                    into.left_out["deleted"] += 1
                    continue
                inner = WordText(into)
                self.blocks(cell, inner)
                cells.append(inner)
            if cells:
                rows.append(cells)
        write_rows(rows, into)


def is_on(switch: etree._Element) -> bool:
    """Whether a switch that is present, such as bold or hidden, is not said to be off."""
    return switch.get(f"{W}val", "true") not in {"0", "false", "off", "none"}


def _elements(parent: etree._Element) -> Iterator[etree._Element]:
    """Children that can hold words: no comments, instructions or properties."""
    for child in parent:
        if isinstance(child.tag, str) and child.tag not in _PROPERTIES:
            yield child


def _inside(parent: etree._Element, tag: str) -> Iterator[etree._Element]:
    """Rows of a table or cells of a row, through content controls and tracked insertions around them."""
    for child in _elements(parent):
        if child.tag == tag:
            yield child
        elif child.tag == f"{MC}AlternateContent":
            yield from _inside(_first_form(child), tag)
        elif child.tag not in _GONE:
            yield from _inside(child, tag)


def _boxes(element: etree._Element) -> Iterator[etree._Element]:
    """Outermost text boxes."""
    for child in _elements(element):
        if child.tag == f"{W}txbxContent":
            yield child
        else:
            yield from _boxes(_first_form(child) if child.tag == f"{MC}AlternateContent" else child)


def _first_form(alternate: etree._Element) -> etree._Element:
    """Of the same content in several forms the first that holds words; another one would double them."""
    forms = [*alternate.findall(f"{MC}Choice"), *alternate.findall(f"{MC}Fallback")]
    holds: Callable[[etree._Element], bool] = lambda form: next(form.iter(f"{W}t", f"{W}p"), None) is not None  # noqa: E731
    return next((form for form in forms if holds(form)), forms[0] if forms else alternate.makeelement("none"))


def _runs_on(paragraph: etree._Element) -> bool:
    """A deleted or moved-away paragraph mark: this paragraph runs on into the next one."""
    first = paragraph[0] if len(paragraph) else None
    mark = first.find(_RUN_PROPERTIES) if first is not None and first.tag == f"{W}pPr" else None
    return mark is not None and (mark.find(f"{W}del") is not None or mark.find(f"{W}moveFrom") is not None)


def _is_placeholder(control: etree._Element) -> bool:
    """A content control that nobody filled in shows "Click here to enter text"."""
    return control.find(f"{W}sdtPr/{W}showingPlcHdr") is not None
