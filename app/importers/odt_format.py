"""OpenDocument texts (.odt): the walk over their body with lxml, by the rules that Word documents follow too.

Deleted tracked words, comments and notes stay out and are counted; inserted words and text boxes come in once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.importers.draft import ImportRefused, TextDraft
from app.importers.registry import register

if TYPE_CHECKING:
    from lxml import etree

    from app.importers.word_text import WordText

_URN = "urn:oasis:names:tc:opendocument:xmlns:"
TEXT, TABLE, OFFICE, DRAW, STYLE, FO = (
    f"{{{_URN}{part}:1.0}}" for part in ("text", "table", "office", "drawing", "style", "xsl-fo-compatible")
)
_BLOCKS = {f"{TEXT}p", f"{TEXT}h"}
_OUT = {
    f"{TEXT}tracked-changes": "", f"{OFFICE}annotation": "comment", f"{TEXT}sequence-decls": "",
    f"{OFFICE}forms": "", f"{TEXT}table-of-content": "", f"{TEXT}soft-page-break": "", f"{OFFICE}annotation-end": "",
    f"{DRAW}image": "picture", f"{DRAW}object": "object", f"{TEXT}ruby-text": "",
}  # fmt: skip
DEEPEST = 200
MOST_SPACES = 10_000


def looks_like_odt(content: bytes) -> bool:
    """Whether this is an archive that says it holds an OpenDocument text."""
    return content.startswith(b"PK") and b"application/vnd.oasis.opendocument.text" in content[:200]


@register("odt", "OpenDocument text", ".odt", ".ott", says="OpenDocument text", looks_like=looks_like_odt)
def read_odt(name: str, content: bytes, encoding: str | None) -> TextDraft:  # noqa: ARG001 - XML says its encoding
    """Read an OpenDocument text. Raises ImportRefused for what is none, protected, damaged or without words."""
    from app.importers.archive import Archive
    from app.importers.word_text import WordText

    if not content.startswith(b"PK"):
        raise ImportRefused(f"“{name}” is no OpenDocument text, whatever its name says. Save it as .docx.")
    archive = Archive(name, content)
    root = archive.xml("content.xml")
    body = root.find(f"{OFFICE}body/{OFFICE}text") if root is not None else None
    if root is None or body is None:
        raise ImportRefused(f"“{name}” is an archive but no OpenDocument text. Choose the transcript itself.")
    manifest = archive.part("META-INF/manifest.xml") or b""
    if b"encryption-data" in manifest:
        raise ImportRefused(f"“{name}” is protected by a password. Save it without one and bring that in.")
    walk = _Walk(_bold_styles(root))
    walk.found = WordText()
    walk.blocks(body, walk.found, 0)
    found = walk.found
    tracked = root.find(f".//{TEXT}tracked-changes")
    if tracked is not None:
        found.left_out["deleted"] += len(tracked.findall(f".//{TEXT}deletion"))
        found.left_out["inserted"] += len(tracked.findall(f".//{TEXT}insertion"))
    if walk.too_deep:
        raise ImportRefused(f"“{name}” is nested deeper than any transcript, so it was not read.")
    if not found.text.strip():
        raise ImportRefused(f"“{name}” holds no text. Choose a document with the words of the transcript.")
    return TextDraft(
        found.text, None, tuple(found.warnings()), tuple(found.notes()), tuple(found.bold), tuple(found.known)
    )


def _bold_styles(root: etree._Element) -> frozenset[str]:
    """The automatic styles that make words bold."""
    return frozenset(
        style.get(f"{STYLE}name") or ""
        for style in root.iter(f"{STYLE}style")
        for words in style.iter(f"{STYLE}text-properties")
        if (words.get(f"{FO}font-weight") or "") in ("bold", "600", "700", "800", "900")
    )


class _Walk:
    """One walk through a body; `found` is what it gathers."""

    found: WordText

    def __init__(self, bold: frozenset[str]) -> None:
        self._bold = bold
        self.too_deep = False

    def blocks(self, parent: etree._Element, into: WordText, depth: int) -> None:
        """Paragraphs, lists, sections and tables one after the other."""
        if depth > DEEPEST:
            self.too_deep = True
            return
        for part in parent.iterchildren("*"):
            if part.tag in _BLOCKS:
                self._inline(part, into, part.get(f"{TEXT}style-name") in self._bold, depth + 1)
                into.add("\n")
            elif part.tag == f"{TABLE}table":
                self._table(part, into, depth + 1)
            elif part.tag in _OUT:
                self._count(part, into)
            else:
                self.blocks(part, into, depth + 1)

    def _inline(self, part: etree._Element, into: WordText, bold: bool, depth: int) -> None:
        if depth > DEEPEST:
            self.too_deep = True
            return
        into.add(_spaces(part.text), bold=bold)
        for one in part.iterchildren("*"):
            if one.tag == f"{TEXT}s":
                into.add(" " * min(MOST_SPACES, _number(one.get(f"{TEXT}c"), 1)), bold=bold)
            elif one.tag == f"{TEXT}tab":
                into.add("\t")
            elif one.tag == f"{TEXT}line-break":
                into.add("\n")
            elif one.tag == f"{TEXT}note":
                kind = "endnote" if one.get(f"{TEXT}note-class") == "endnote" else "footnote"
                into.left_out[kind] += 1
            elif one.tag == f"{DRAW}text-box":
                into.left_out["text box"] += 1
                into.add("\n")
                self.blocks(one, into, depth + 1)
            elif one.tag in _OUT:
                self._count(one, into)
            else:
                style = one.get(f"{TEXT}style-name")
                self._inline(one, into, style in self._bold if style and one.tag == f"{TEXT}span" else bold, depth + 1)
            into.add(_spaces(one.tail), bold=bold)

    def _table(self, table: etree._Element, into: WordText, depth: int) -> None:
        from app.importers.word_tables import write_rows
        from app.importers.word_text import WordText

        rows: list[list[WordText]] = []
        for row in table.iter(f"{TABLE}table-row"):
            cells = []
            for cell in row.iterchildren(f"{TABLE}table-cell"):
                held = WordText(into)
                self.blocks(cell, held, depth + 1)
                cells.append(held)
            rows.append(cells)
        write_rows(rows, into)

    def _count(self, part: etree._Element, into: WordText) -> None:
        if _OUT[part.tag]:
            into.left_out[_OUT[part.tag]] += 1


def _spaces(text: str | None) -> str:
    """White space as the format means it: any run of it is one space; more are written as elements."""
    if not text:
        return ""
    joined = " ".join(text.replace("\u00a0", "\ue000").split()).replace("\ue000", "\u00a0")
    return (" " if text[0].isspace() else "") + joined + (" " if joined and text[-1].isspace() else "")


def _number(text: str | None, otherwise: int) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 6 else otherwise
