"""Gentle notes on themes and mappings: what one might want to look at. They never stop anybody (METHOD 3 and 6d)."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from app.analysis.themes import LensRow, MappingRow, ThemeRow
from app.analysis.topic_names import is_topic


def notes_on(theme: ThemeRow, lens: LensRow | None, mappings: list[MappingRow]) -> list[str]:
    """What the sheet of a theme says quietly under its name."""
    notes = []
    names = {entry.name.casefold() for entry in lens.entries} if lens is not None else set()
    if theme.name.casefold() in names:
        notes.append(_tr("It bears the name of a dimension: a theme says something of its own about it."))
    elif is_topic(theme.name):
        notes.append(_tr("The name sounds like a topic. What do people say about it? A theme tells one shared idea."))
    if len(theme.codes) == 1:
        notes.append(_tr("It rests on one code: perhaps it is that code, or part of another theme."))
    if not theme.concept:
        notes.append(_tr("No central organising concept yet: “This theme is about how …”"))
    if any(not one.rationale for one in mappings if one.theme_id == theme.id):
        notes.append(_tr("A mapping has no rationale yet."))
    return notes


def notes_on_matrix(lens: LensRow | None, mappings: list[MappingRow]) -> list[str]:
    """What stands quietly over the matrix."""
    if lens is None or not mappings:
        return []
    notes = []
    met = [{one.theme_id for one in mappings if one.entry_id == entry.id} for entry in lens.entries]
    if len(lens.entries) > 1 and all(len(themes) == 1 for themes in met):
        notes.append(_tr("Each dimension has exactly one theme: are these themes, or the dimensions themselves?"))
    if all(not one.rationale for one in mappings):
        notes.append(_tr("No mapping has a rationale yet."))
    return notes


def _tr(text: str) -> str:
    return QCoreApplication.translate("ThemeNotes", text)
