"""Word documents: a walk of our own over the body.

python-docx's `paragraphs` silently lose inserted and moved text, content controls, simple fields, tables and text
boxes, and do not know what was deleted. Rules here: what stands in the document as it would print comes in; deleted
and moved-away text stays out and is counted; a text box comes once; soft line breaks are line breaks; comments and
footnotes are counted, not mixed into what was said; hidden text stays out and is counted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from lxml import etree

from app.importers.archive import open_archive, parse_xml, read_part
from app.importers.draft import ImportRefused, TextDraft
from app.importers.plain_text import normalised
from app.importers.registry import register

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"

_LEFT_OUT = {f"{W}del": "deleted", f"{W}moveFrom": "deleted"}
_PASSED = {f"{W}pPr", f"{W}rPr", f"{W}tblPr", f"{W}trPr", f"{W}tcPr", f"{W}sdtPr", f"{W}sectPr", f"{W}tblGrid"}
_TEXT = {
    f"{W}tab": "\t",
    f"{W}br": "\n",
    f"{W}cr": "\n",
    f"{W}noBreakHyphen": "\u2011",
    f"{W}softHyphen": "\u00ad",
}
_COUNTED = {
    f"{W}footnoteReference": "footnotes",
    f"{W}endnoteReference": "endnotes",
    f"{W}commentReference": "comments",
    f"{W}drawing": "pictures",
    f"{W}pict": "pictures",
    f"{W}object": "embedded objects",
}


@dataclass
class _Walk:
    """What is gathered on the way through the body."""

    parts: list[str] = field(default_factory=list)
    length: int = 0
    bold: list[tuple[int, int]] = field(default_factory=list)
    counted: Counter[str] = field(default_factory=Counter)
    in_field: int = 0

    def add(self, text: str, *, bold: bool = False) -> None:
        if not text:
            return
        if bold and text.strip():
            if self.bold and self.bold[-1][1] == self.length:
                self.bold[-1] = (self.bold[-1][0], self.length + len(text))
            else:
                self.bold.append((self.length, self.length + len(text)))
        self.parts.append(text)
        self.length += len(text)


@register("docx", "Word document", ".docx", ".docm")
def read_docx(path: Path, content: bytes, encoding: str | None) -> TextDraft:  # noqa: ARG001
    """Read a Word document. Raises ImportRefused for what is no Word document, protected, damaged or without text."""
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise ImportRefused(
            f"“{path.name}” is protected by a password or in Word's old format. Save it as .docx without a password."
        )
    if not content.startswith(b"PK"):
        raise ImportRefused(f"“{path.name}” is no Word document, whatever its name says. Open it in Word and save it.")
    with open_archive(path.name, content) as archive:
        part = read_part(path.name, archive, "word/document.xml")
        if part is None:
            raise ImportRefused(f"“{path.name}” is an archive but no Word document. Open it in Word and save it.")
        root = parse_xml(path.name, part)
        comments = read_part(path.name, archive, "word/comments.xml")
    if STRICT.encode() in part[:4000] or (root.tag or "").startswith("{" + STRICT):
        root = _transitional(path.name, part)
    body = root.find(f"{W}body")
    if body is None:
        raise ImportRefused(f"“{path.name}” is no Word document that can be read. Open it in Word and save it.")
    walk = _Walk()
    _blocks(body, walk)
    raw = "".join(walk.parts)
    text, changed = normalised(raw)
    if not text.strip():
        pictures = " It holds pictures only." if walk.counted["pictures"] else ""
        raise ImportRefused(f"“{path.name}” holds no text.{pictures} Bring in the transcript as text.")
    bold = tuple(walk.bold) if len(text) == len(raw) else ()
    return TextDraft(text, None, (*_told(walk.counted, comments), *changed), bold)


def _transitional(name: str, part: bytes) -> etree._Element:
    """A strict document says the same under other names."""
    return parse_xml(name, part.replace(STRICT.encode(), W[1:-1].encode()))


def _blocks(parent: etree._Element, walk: _Walk) -> None:
    """Paragraphs and tables in reading order, through whatever wraps them."""
    for child in parent:
        if not isinstance(child.tag, str) or child.tag in _PASSED:
            continue
        if child.tag == f"{W}p":
            _paragraph(child, walk)
        elif child.tag == f"{W}tbl":
            _table(child, walk)
        elif child.tag in _LEFT_OUT:
            walk.counted["deleted"] += 1
        elif child.tag == f"{MC}AlternateContent":
            _blocks(_choice(child), walk)
        else:
            _blocks(child, walk)


def _paragraph(paragraph: etree._Element, walk: _Walk) -> None:
    before = walk.length
    boxes: list[etree._Element] = []
    _inline(paragraph, walk, boxes, bold=False)
    if not _mark_deleted(paragraph) or walk.length == before:
        walk.add("\n")
    for box in boxes:
        _blocks(box, walk)


def _mark_deleted(paragraph: etree._Element) -> bool:
    """A deleted paragraph mark: this paragraph runs on into the next one."""
    return paragraph.find(f"{W}pPr/{W}rPr/{W}del") is not None


def _inline(parent: etree._Element, walk: _Walk, boxes: list[etree._Element], *, bold: bool) -> None:
    for child in parent:
        if not isinstance(child.tag, str) or child.tag in _PASSED:
            continue
        if child.tag == f"{W}r":
            _run(child, walk, boxes)
        elif child.tag in _LEFT_OUT:
            walk.counted["deleted"] += 1
        elif child.tag == f"{MC}AlternateContent":
            _inline(_choice(child), walk, boxes, bold=bold)
        else:
            _inline(child, walk, boxes, bold=bold)


def _run(run: etree._Element, walk: _Walk, boxes: list[etree._Element]) -> None:
    properties = run.find(f"{W}rPr")
    if _on(properties, "vanish"):
        walk.counted["hidden"] += 1
        return
    bold = _on(properties, "b")
    for child in run:
        tag = child.tag
        if tag == f"{W}fldChar":
            kind = child.get(f"{W}fldCharType")
            walk.in_field += {"begin": 1, "separate": -1}.get(kind or "", 0)
            if kind == "end" and walk.in_field:
                walk.in_field = max(0, walk.in_field - (1 if _still_in_instruction(run, child) else 0))
        elif tag == f"{W}t":
            walk.add(child.text or "", bold=bold)
        elif tag in _TEXT:
            walk.add(_TEXT[tag] if child.get(f"{W}type") != "page" else "\n", bold=False)
        elif tag == f"{W}sym":
            walk.add(_symbol(child))
        elif tag == f"{MC}AlternateContent":
            _drawn(_choice(child), walk, boxes)
        elif tag in _COUNTED:
            _drawn(child, walk, boxes)
            if not _has_box(child):
                walk.counted[_COUNTED[tag]] += 1


def _still_in_instruction(run: etree._Element, end: etree._Element) -> bool:
    """A field that ends without a result never left its instruction."""
    previous = list(run.getroottree().iter(f"{W}fldChar"))
    place = previous.index(end)
    return place > 0 and previous[place - 1].get(f"{W}fldCharType") == "begin"


def _drawn(element: etree._Element, walk: _Walk, boxes: list[etree._Element]) -> None:
    """Text boxes inside a drawing; they are read after the paragraph they hang on."""
    boxes.extend(_outermost_boxes(element))
    if element.tag == f"{MC}Choice" and not _has_box(element):
        walk.counted["pictures"] += 1


def _outermost_boxes(element: etree._Element) -> Iterator[etree._Element]:
    for child in element:
        if not isinstance(child.tag, str):
            continue
        if child.tag == f"{W}txbxContent":
            yield child
        elif child.tag == f"{MC}AlternateContent":
            yield from _outermost_boxes(_choice(child))
        else:
            yield from _outermost_boxes(child)


def _has_box(element: etree._Element) -> bool:
    return next(element.iter(f"{W}txbxContent"), None) is not None


def _choice(alternate: etree._Element) -> etree._Element:
    """Of the same content in two forms, the first; the fallback would double it."""
    choice = alternate.find(f"{MC}Choice")
    fallback = alternate.find(f"{MC}Fallback")
    found = choice if choice is not None else fallback
    return found if found is not None else etree.Element("none")


def _table(table: etree._Element, walk: _Walk) -> None:
    """A row is a paragraph: "Name<TAB>text" where the first cell is short, so that the label style finds it."""
    for row in table.iter(f"{W}tr"):
        if next(row.iterancestors(f"{W}tbl"), None) is not table:
            continue
        cells = []
        for cell in row.iter(f"{W}tc"):
            if next(cell.iterancestors(f"{W}tr"), None) is not row:
                continue
            inner = _Walk(counted=walk.counted)
            _blocks(cell, inner)
            cells.append("".join(inner.parts).strip())
        words = [cell for cell in cells if cell]
        if words:
            walk.add("\t".join(words) + "\n\n")


def _symbol(element: etree._Element) -> str:
    code = element.get(f"{W}char") or ""
    try:
        return chr(int(code, 16)) if int(code, 16) < 0xE000 else "\ufffd"
    except ValueError:
        return "\ufffd"


def _on(properties: etree._Element | None, name: str) -> bool:
    if properties is None:
        return False
    found = properties.find(f"{W}{name}")
    return found is not None and found.get(f"{W}val", "true") not in {"0", "false", "off", "none"}


def _told(counted: Counter[str], comments: bytes | None) -> list[str]:
    told = []
    if counted["deleted"]:
        told.append(f"{counted['deleted']} stretches of deleted (tracked) text were left out.")
    if counted["hidden"]:
        told.append(f"{counted['hidden']} stretches of hidden text were left out.")
    kinds = ("footnotes", "endnotes", "pictures", "embedded objects")
    told.extend(f"{counted[kind]} {kind} were left out." for kind in kinds if counted[kind])
    notes = max(counted["comments"], comments.count(b"<w:comment ") if comments else 0)
    if notes:
        told.append(f"{notes} comments were left out.")
    return told
