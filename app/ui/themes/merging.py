"""Themes that become one, and one that becomes two: asked beside the work, done as one change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from app.analysis.map_content import versions_that_hold
from app.operations.theme_merging import merge_themes, split_theme
from app.ui.themes import clustering
from app.ui.themes.theme_tree import Link

if TYPE_CHECKING:
    from app.ui.themes.workspace import ThemesWorkspace


def ask_merge(place: ThemesWorkspace, theme_id: str, into_id: str) -> None:
    """Say what merging does, and do it if that is meant."""
    gone, into = place.theme(theme_id), place.theme(into_id)
    if gone is None or into is None:
        return
    with place.desk.read() as session:
        kept = versions_that_hold(session, theme_id)
    said = _tr(
        "Merge “{gone}” into “{into}”? Codes, decisions, mappings, relations, comments and checks go along; "
        "what “{into}” says itself holds, and texts of “{gone}” are added under its name."
    ).format(gone=gone.name, into=into.name)
    if kept:
        labels = ", ".join(f"“{one}”" for one in kept)
        said += " " + _tr("The map versions {labels} keep both as they were.").format(labels=labels)
    place.confirm.ask(said, _tr("Merge"), lambda: _merge(place, theme_id, into_id, gone.name, into.name))


def ask_split(place: ThemesWorkspace, links: list[Link]) -> None:
    """Ask for the name of the theme that chosen codes of one theme become."""
    homes = {theme_id for theme_id, _ in links}
    theme = place.theme(links[0][0]) if len(homes) == 1 else None
    if theme is None:
        place.desk.say(_tr("Choose codes of one theme to split them off."))
        return
    if len(links) == len(theme.codes):
        place.desk.say(_tr("All codes of “{name}” are chosen: leave some of them in it.").format(name=theme.name))
        return
    place.show_view("sheets")
    head = _tr("Split from “{name}”").format(name=theme.name)
    stand_in = clustering.free_name(place, theme.parent_id is not None)
    place.naming.ask(head, stand_in, [code_id for _, code_id in links], theme.parent_id, split_from=theme.id)


def split_named(place: ThemesWorkspace, name: str) -> None:
    """Split the theme that the card asks about; a name that is refused leaves the card open."""
    card = place.naming
    made = place.desk.run(split_theme, card.split_from, card.code_ids, name)
    if made is not None:
        card.dismiss()
        place.show_theme(made)
        place.tree.setFocus()
        place.desk.say_done(_tr("Split off “{name}”, with what was decided on its excerpts.").format(name=name))


def _merge(place: ThemesWorkspace, theme_id: str, into_id: str, gone: str, into: str) -> None:
    if place.desk.run(merge_themes, theme_id, into_id) is not None:
        place.show_theme(into_id)
        place.tree.setFocus()
        place.desk.say_done(_tr("Merged “{gone}” into “{into}”.").format(gone=gone, into=into))


def _tr(text: str) -> str:
    return QCoreApplication.translate("Merging", text)
