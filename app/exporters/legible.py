"""Characters that no XML file can hold: replaced in a whole document, and counted."""

from __future__ import annotations

import re
from dataclasses import fields, is_dataclass
from typing import Any

from app.exporters.document import Document

_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def legible(document: Document) -> tuple[Document, int]:
    """The same document with each character that XML forbids as U+FFFD, and how many there were.

    They are counted where every text stands once: in the head and the table.
    """
    if not _count(document):
        return document, 0
    clean: Document = _replaced(document)
    return clean, _count((document.title, document.head, document.table)) or 1


def fit_for_xml(text: str) -> str:
    """The text with each character that XML forbids as U+FFFD."""
    return _NOT_IN_XML.sub("\ufffd", text)


def _count(part: Any) -> int:
    if isinstance(part, str):
        return len(_NOT_IN_XML.findall(part)) if _NOT_IN_XML.search(part) else 0
    if isinstance(part, tuple):
        return sum(map(_count, part))
    if is_dataclass(part):
        return sum(_count(getattr(part, field.name)) for field in fields(part))
    return 0


def _replaced(part: Any) -> Any:
    if isinstance(part, str):
        return _NOT_IN_XML.sub("\ufffd", part)
    if isinstance(part, tuple):
        held = map(_replaced, part)
        return type(part)(*held) if hasattr(part, "_fields") else tuple(held)  # a tuple with names keeps them
    if is_dataclass(part) and not isinstance(part, type):
        return type(part)(**{field.name: _replaced(getattr(part, field.name)) for field in fields(part)})
    return part
