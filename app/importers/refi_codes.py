"""The code book of a REFI-QDA file: codes in their tree, with colours in whatever way a program writes them."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator

from lxml import etree

from app.importers.project import CodeDraft, Loss, Subject, key_of

_NAMED_COLOURS = {
    "red": "#FF0000", "green": "#008000", "blue": "#0000FF", "yellow": "#FFFF00", "black": "#000000",
    "white": "#FFFFFF", "orange": "#FFA500", "purple": "#800080", "gray": "#808080", "grey": "#808080",
    "pink": "#FFC0CB", "brown": "#A52A2A", "cyan": "#00FFFF", "aqua": "#00FFFF", "magenta": "#FF00FF",
    "fuchsia": "#FF00FF", "lime": "#00FF00", "maroon": "#800000", "navy": "#000080", "olive": "#808000",
    "silver": "#C0C0C0", "teal": "#008080", "violet": "#EE82EE", "indigo": "#4B0082", "gold": "#FFD700",
    "darkred": "#8B0000", "darkgreen": "#006400", "darkblue": "#00008B", "darkorange": "#FF8C00",
    "lightblue": "#ADD8E6", "lightgreen": "#90EE90", "lightgray": "#D3D3D3", "lightgrey": "#D3D3D3",
    "darkgray": "#A9A9A9", "darkgrey": "#A9A9A9", "crimson": "#DC143C", "coral": "#FF7F50", "salmon": "#FA8072",
    "turquoise": "#40E0D0", "skyblue": "#87CEEB", "steelblue": "#4682B4", "orchid": "#DA70D6", "tan": "#D2B48C",
}  # fmt: skip


class CodesIn:
    """The codes of a code book, those above before those beneath. NVivo lists cases as codes too; those are cases."""

    def __init__(
        self,
        cases: Collection[str] = (),
        noted: Callable[[etree._Element, Subject, str], None] = lambda _element, _subject, _key: None,
    ) -> None:
        """`cases` are keys of cases; `noted` is told of each code, for the notes on it."""
        self._cases, self._noted = cases, noted
        self._seen: set[str] = set()
        self.losses: list[Loss] = []

    def read(self, book: etree._Element) -> Iterator[CodeDraft]:
        """The codes in document order."""
        tops = [one for held in book if local_name(held) == "Codes" for one in _codes_in(held)]
        waiting: list[tuple[etree._Element, str | None]] = [(one, None) for one in reversed(tops)]
        while waiting:
            element, parent = waiting.pop()
            key, name = key_of(element.get("guid")) or f"nameless {len(self._seen)}", element.get("name", "")
            if key in self._cases:
                self.losses.append(Loss("Code", name, "it is a case, and comes as a participant"))
                waiting += [(one, parent) for one in reversed(_codes_in(element))]
                continue
            if key in self._seen:
                self.losses.append(Loss("Code", name, "its key stands twice in the file"))
                waiting += [(one, key) for one in reversed(_codes_in(element))]
                continue
            self._seen.add(key)
            codable = element.get("isCodable", "true").strip().casefold() not in ("false", "0")
            colour = self._colour(element.get("color", ""), name)
            yield CodeDraft(key, name, parent, said_of(element), colour, codable)
            self._noted(element, Subject.CODE, key)
            waiting += [(one, key) for one in reversed(_codes_in(element))]

    def _colour(self, said: str, name: str) -> str:
        """The colour as #RRGGBB, from whatever a program wrote."""
        text = said.strip()
        if not text:
            return ""
        if found := re.fullmatch("#?([0-9A-Fa-f]{8})", text):
            return f"#{found[1][2:].upper()}"
        if found := re.fullmatch("#?([0-9A-Fa-f]{6})", text):
            return f"#{found[1].upper()}"
        if found := re.fullmatch("#([0-9A-Fa-f]{3})", text):
            return "#" + "".join(letter * 2 for letter in found[1]).upper()
        if found := re.fullmatch(r"(?:rgba?\()?\s*(\d{1,3})\s*,\s*(\d{1,3})\s*,\s*(\d{1,3})\s*(?:,[^)]*)?\)?", text):
            return "#" + "".join(f"{min(255, int(part)):02X}" for part in found.groups())
        if text.casefold() in _NAMED_COLOURS:
            return _NAMED_COLOURS[text.casefold()]
        self.losses.append(Loss("Colour of the code", name, "it is no colour that can be read"))
        return ""


def local_name(element: etree._Element) -> str:
    """The name of an element without its namespace; "" for comments and the like."""
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def said_of(element: etree._Element) -> str:
    """Its description, or nothing."""
    return next(((one.text or "").strip() for one in element if local_name(one) == "Description"), "")


def _codes_in(element: etree._Element) -> list[etree._Element]:
    return [one for one in element if local_name(one) == "Code"]
