"""Word documents (.docx): where the words are, what must be refused, and which character styles are bold."""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING

from app.importers.draft import ImportRefused, TextDraft
from app.importers.registry import register

if TYPE_CHECKING:  # lxml is loaded when a Word document is read, not before
    from lxml import etree

    from app.importers.archive import Archive

RELATIONS = "{http://schemas.openxmlformats.org/package/2006/relationships}"
STRICT = (
    (
        b"http://purl.oclc.org/ooxml/wordprocessingml/main",
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    ),
    (b"http://purl.oclc.org/ooxml/officeDocument/math", b"http://schemas.openxmlformats.org/officeDocument/2006/math"),
)
"""A strict document says the same under other names."""


def looks_like_word(content: bytes) -> bool:
    """Whether this is an archive that holds a Word document."""
    return content.startswith(b"PK") and b"word/" in content


@register("docx", "Word document", ".docx", ".docm", says="Word document", looks_like=looks_like_word)
def read_docx(name: str, content: bytes, encoding: str | None) -> TextDraft:  # noqa: ARG001 - XML says its encoding
    """Read a Word document. Raises ImportRefused for what is no Word document, protected, damaged or without text."""
    from app.importers.archive import Archive, parse_xml
    from app.importers.word_walk import W, WordWalk

    if not content.startswith(b"PK"):
        raise ImportRefused(f"“{name}” is no Word document, whatever its name says. Open it in Word and save it.")
    archive = Archive(name, content)
    main = _main_part(archive)
    part = archive.part(main)
    if part is None:
        raise ImportRefused(f"“{name}” is an archive but no Word document. Choose the transcript itself.")
    root = _transitional(name, parse_xml(name, part))
    body = root.find(f"{W}body")
    if body is None:
        raise ImportRefused(f"“{name}” is no Word document that can be read. Open it in Word and save it again.")
    walk = WordWalk(_bold_styles(archive, main) if b"rStyle" in part else frozenset())
    try:
        walk.blocks(body, walk.found)
    except RecursionError:
        raise ImportRefused(f"“{name}” is nested deeper than any transcript, so it was not read.") from None
    found = walk.found
    found.left_out["comment"] = max(found.left_out["comment"], _comments(archive, main))
    if not found.text.strip():
        pictures = " It holds pictures only." if found.left_out["picture"] else ""
        raise ImportRefused(f"“{name}” holds no text.{pictures} Choose a document with the words of the transcript.")
    return TextDraft(
        found.text, None, tuple(found.warnings()), tuple(found.notes()), tuple(found.bold), tuple(found.known)
    )


def _main_part(archive: Archive) -> str:
    """The part that holds the body; its name is free, the package says where it is."""
    relations = archive.xml("_rels/.rels")
    for one in () if relations is None else relations.iter(f"{RELATIONS}Relationship"):
        if (one.get("Type") or "").endswith("/officeDocument") and one.get("TargetMode") != "External":
            target = posixpath.normpath((one.get("Target") or "").lstrip("/"))
            if target in archive.names:
                return target
    return "word/document.xml"


def _transitional(name: str, root: etree._Element) -> etree._Element:
    from lxml import etree

    from app.importers.archive import parse_xml

    if not str(root.tag).startswith("{" + STRICT[0][0].decode()):
        return root
    content = etree.tostring(root)
    for strict, transitional in STRICT:
        content = content.replace(strict, transitional)
    return parse_xml(name, content)


def _bold_styles(archive: Archive, main: str) -> frozenset[str]:
    """Ids of the character styles that make words bold, such as Strong, by themselves or through what they rest on."""
    from app.importers.word_walk import W, is_on

    try:
        root = archive.xml(posixpath.join(posixpath.dirname(main), "styles.xml"))
    except ImportRefused:
        return frozenset()  # the words are whole without their styles
    if root is None:
        return frozenset()
    bold: set[str] = set()
    resting_on: dict[str, str] = {}
    for style in root.iter(f"{W}style"):
        if style.get(f"{W}type") != "character":
            continue
        key, switch, base = style.get(f"{W}styleId") or "", style.find(f"{W}rPr/{W}b"), style.find(f"{W}basedOn")
        if switch is not None:
            bold.update([key] if is_on(switch) else [])
        elif base is not None:
            resting_on[key] = base.get(f"{W}val") or ""
    for _ in range(10):
        bold |= {key for key, base in resting_on.items() if base in bold}
    return frozenset(bold)


def _comments(archive: Archive, main: str) -> int:
    """Comments there are, also those that no mark in the text points to."""
    content = archive.part(posixpath.join(posixpath.dirname(main), "comments.xml")) or b""
    return len(re.findall(rb"<(?:\w+:)?comment[\s>]", content))
