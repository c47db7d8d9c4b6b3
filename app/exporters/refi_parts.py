"""Pieces of REFI-QDA XML: elements in the order the schema wants, keys, moments, colours."""

from __future__ import annotations

import re
import uuid
from bisect import bisect_left
from datetime import UTC, datetime

from lxml import etree

from app.exporters.legible import fit_for_xml
from app.exporters.options import RefiTarget
from app.models import ParticipantAttribute
from app.models.kinds import AttributeKind

PROJECT, CODEBOOK = "urn:QDA-XML:project:1.0", "urn:QDA-XML:codebook:1.0"
ORIGIN = "Reflexa"
NAMESPACE = uuid.UUID("0d0b7a3e-52b4-5d0e-9c55-7c2f5b0a4e11")


_TYPES = {
    AttributeKind.NUMBER: ("Float", "FloatValue", re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)")),
    AttributeKind.YES_NO: ("Boolean", "BooleanValue", re.compile("yes|no")),
    AttributeKind.DATE: ("Date", "DateValue", re.compile(r"\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])")),
}
"""{type: what the format calls it, where its values stand, how they must look}; what does not look so is text."""
TEXT = ("Text", "TextValue")


class Xml:
    """Makes elements of one namespace; text that XML cannot hold becomes the replacement character."""

    def __init__(self, namespace: str) -> None:
        self._namespace = namespace

    def root(self, kind: str, /, **attributes: str | None) -> etree._Element:
        """The outermost element."""
        element = etree.Element(f"{{{self._namespace}}}{kind}", nsmap={None: self._namespace})  # type: ignore[dict-item]
        return _with(element, attributes)

    def add(
        self, parent: etree._Element, kind: str, text: str | None = None, /, **attributes: str | None
    ) -> etree._Element:
        """An element under another one; attributes that are None or "" are left out."""
        element = etree.SubElement(parent, f"{{{self._namespace}}}{kind}")
        if text is not None:
            element.text = fit_for_xml(text)
        return _with(element, attributes)


def _with(element: etree._Element, attributes: dict[str, str | None]) -> etree._Element:
    for name, value in attributes.items():
        if value:
            element.set(name, fit_for_xml(value))
    return element


def derived(*parts: str) -> str:
    """A key that is the same at each export, for what has none of its own in a study."""
    return str(uuid.uuid5(NAMESPACE, "\x1f".join(parts)))


def moment(at: datetime | None) -> str | None:
    """A moment as the schema wants it."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ") if at is not None else None


def written(root: etree._Element) -> bytes:
    """The bytes of a whole document."""
    return etree.tostring(root, xml_declaration=True, encoding="utf-8", pretty_print=True)


INTERACTION = "Interaction"
"""What is said of an excerpt that holds several voices, before a colon and its kind."""
MAKING_HEADS = (("transcription", "Transcription:"), ("language", "Language:"), ("checked_by", "Checked by:"),
                ("checked_on", "Checked on:"))  # fmt: skip
"""How a transcript was made, as the description of its text says it."""
DEFINITION_HEADS = (
    ("full", "Full definition:"),
    ("when_to_use", "When to use:"),
    ("when_not_to_use", "When not to use:"),
)
"""How what a code's definition holds beside the brief one is written into its one description, and read back."""


def description(brief: str, **more: str) -> str:
    """One description of a code."""
    parts = [brief] + [f"{head} {more[field]}" for field, head in DEFINITION_HEADS if more.get(field)]
    return "\n".join(part for part in parts if part)


class Places:
    """Positions as the target counts them."""

    def __init__(self, text: str, target: RefiTarget) -> None:
        self._target = target
        self._ends = [at for at, one in enumerate(text) if one == "\n"] if target.crlf else []
        self._astral = [at for at, one in enumerate(text) if one > "\uffff"] if target.utf16 else []

    def span(self, start: int, end: int) -> tuple[str, str]:
        """Start and end as they are written."""
        return self._at(start), self._at(end)

    def _at(self, place: int) -> str:
        return str(place + bisect_left(self._ends, place) + bisect_left(self._astral, place))


def type_of(rows: list[ParticipantAttribute]) -> tuple[str, str]:
    """The type of a variable: that of all its values, if all look as the format wants them."""
    kinds = {row.kind for row in rows}
    found = _TYPES.get(next(iter(kinds))) if len(kinds) == 1 else None
    if found is None or not all(found[2].fullmatch(row.value) for row in rows):
        return TEXT
    return found[:2]
