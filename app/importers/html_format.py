"""Web pages (.html): their words by lxml, paragraph by paragraph; nothing they point to is fetched or run."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from app.importers.draft import ImportRefused, TextDraft
from app.importers.encodings import decode
from app.importers.registry import register
from app.importers.word_text import WordText

if TYPE_CHECKING:
    from lxml import etree

_START = re.compile(
    rb"^(?:\xef\xbb\xbf)?\s*(?:<!--.{0,2000}?-->\s*)?<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL
)
_META = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w-]{2,40})", re.IGNORECASE)
_OUT = {"script", "style", "head", "noscript", "template", "svg", "math", "iframe", "object", "embed", "select",
        "textarea", "button", "nav"}  # fmt: skip
_BLOCKS = {"p", "div", "section", "article", "main", "header", "footer", "aside", "ul", "ol", "li", "dl", "dt", "dd",
           "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre", "figure", "figcaption", "address", "hr",
           "body", "form", "fieldset", "details", "summary", "caption"}  # fmt: skip
_BOLD = {"b", "strong", "th"}
DEEPEST = 240
MOST_IN_A_TAG = 5_000
"""Attributes of one tag: more are compared with each other for minutes."""
_TAG = re.compile(r"<[a-zA-Z][^<>]*")


def looks_like_html(content: bytes) -> bool:
    """Whether the file begins as a web page does."""
    return _START.match(content[:3000]) is not None


@register("html", "Web page", ".html", ".htm", ".xhtml", says="web page", looks_like=looks_like_html, is_text=True)
def read_html(name: str, content: bytes, encoding: str | None) -> TextDraft:
    """Read a web page. Raises ImportRefused for one without words."""
    from lxml import etree, html

    declared = _META.search(content[:4000])
    try:
        text, used, doubts = decode(name, content, encoding or (declared[1].decode("ascii") if declared else None))
    except ImportRefused:
        if encoding is not None or declared is None:
            raise
        text, used, doubts = decode(name, content, None)  # it says an encoding that it does not have
    if any(len(tag[0]) > MOST_IN_A_TAG and len(tag[0].split()) > MOST_IN_A_TAG for tag in _TAG.finditer(text)):
        raise ImportRefused(f"“{name}” holds a tag with thousands of attributes. Save the page again, or as .txt.")
    parser = html.HTMLParser(no_network=True, remove_comments=True, remove_pis=True, huge_tree=False)
    try:
        root = html.document_fromstring(re.sub(r"^\s*<\?xml[^>]*\?>", "", text), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError, AssertionError) as error:
        raise ImportRefused(f"“{name}” holds no text that can be read. Save the page again, or as .txt.") from error
    found = WordText()
    _walk(root, found, bold=False, kept=False, depth=0)
    if not found.text.strip():
        raise ImportRefused(f"“{name}” holds no text. Choose a page with the words of the transcript.")
    return TextDraft(
        found.text, used, (*doubts, *found.warnings()), tuple(found.notes()), tuple(found.bold), tuple(found.known)
    )


def _walk(part: etree._Element, into: WordText, *, bold: bool, kept: bool, depth: int) -> None:
    """Words of an element in order; blocks stand on lines of their own. What lies too deep is read as it stands."""
    tag = part.tag if isinstance(part.tag, str) else ""
    if tag in _OUT or not tag:
        return
    if depth > DEEPEST:
        into.add(_words(" ".join(str(words) for words in part.itertext()), into, kept=False))
        return
    if tag == "table":
        _table(part, into, depth)
        return
    if tag == "br":
        into.add("\n")
    if tag == "img":
        into.left_out["picture"] += 1
    block = tag in _BLOCKS
    bold, kept = bold or tag in _BOLD, kept or tag == "pre"
    if block:
        _new_line(into)
    into.add(_words(part.text, into, kept=kept), bold=bold)
    for one in part:
        _walk(one, into, bold=bold, kept=kept, depth=depth + 1)
        into.add(_words(one.tail, into, kept=kept), bold=bold)
    if block:
        _new_line(into)


def _table(part: etree._Element, into: WordText, depth: int) -> None:
    from app.importers.word_tables import write_rows

    rows: list[list[WordText]] = []
    for row in part.iter("tr"):
        cells = []
        for cell in row.iterchildren("td", "th"):
            held = WordText(into)
            _walk(cell, held, bold=False, kept=False, depth=depth + 1)
            cells.append(held)
        rows.append(cells)
    _new_line(into)
    write_rows(rows, into)


def _new_line(into: WordText) -> None:
    if into.length and not into.ends_with("\n"):
        into.add("\n")


def _words(text: str | None, into: WordText, *, kept: bool) -> str:
    """White space as a browser shows it: a run is one space, none at the beginning of a line."""
    if not text or kept:
        return text or ""
    words = re.sub(r"[ \t\r\n\f]+", " ", text)
    return words.lstrip(" ") if not into.length or into.ends_with("\n") or into.ends_with(" ") else words
