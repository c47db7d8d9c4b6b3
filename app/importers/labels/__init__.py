"""Families of label styles: each module proposes the labels of one family, and one place says which families there are.

A label style is a way to write who speaks. `app.importers.speakers` chooses the family that explains a text best; a
new style is one more module and one more line here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from app.importers.labels import above, beside, bold, colon, questions, records, tabbed
from app.importers.labels.page import Label, Page


@dataclass(frozen=True)
class Family:
    """A family of styles: finds its labels in a page; `styles` are the names it reports, in words for a person."""

    name: str
    find: Callable[[Page], Sequence[Label]]
    styles: Mapping[str, str]


FAMILIES: tuple[Family, ...] = (
    Family("colon", colon.find, colon.STYLES),
    Family("question", questions.find, questions.STYLES),
    Family("bold", bold.find, bold.STYLES),
    Family("above", above.find, above.STYLES),
    Family("tab", tabbed.find, tabbed.STYLES),
    Family("record", records.find, records.STYLES),
    Family("beside", beside.find, beside.STYLES),
)
"""In the order in which they are preferred when they explain a text equally well."""

STYLES: Mapping[str, str] = {name: title for family in FAMILIES for name, title in family.styles.items()}
"""{name: how it looks} of every style that can be asked for."""

__all__ = ["FAMILIES", "STYLES", "Family", "Label", "Page", "colon"]
