"""What one does with codes and themes, each as one change: make, add, move, take out, give a role, arrange, delete."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from app.analysis.map_content import versions_that_hold
from app.analysis.themes import ThemeRow, taken_with_theme
from app.models.kinds import CodeRole, ThemeKind
from app.models.verbs import Verb
from app.operations.themes import (
    add_code,
    create_theme,
    delete_theme,
    move_code_between,
    move_theme,
    set_role,
    take_code_out,
)
from app.ui.themes.theme_tree import Link

if TYPE_CHECKING:
    from app.study import ChangeSession
    from app.ui.themes.workspace import ThemesWorkspace


def ask_name(place: ThemesWorkspace, code_ids: list[str], parent_id: str | None = None) -> None:
    """Open the card that asks for the name of a new theme of these codes."""
    above = place.theme(parent_id or "")
    if above is not None:
        head = _tr("New subtheme of “{name}”").format(name=above.name)
    elif len(code_ids) == 1:
        head = _tr("New theme from “{code}”").format(code=place.codes[code_ids[0]].name)
    elif code_ids:
        head = _tr("New theme from {n} codes").format(n=len(code_ids))
    else:
        head = _tr("New theme")
    if place.in_board:
        cards = place.board.chosen_cards() if code_ids else []
        place.board.ask_theme(cards, head, free_name(place, above is not None), parent_id)
        return
    place.show_view("sheets")
    place.naming.ask(head, free_name(place, above is not None), code_ids, parent_id)


def make_named(place: ThemesWorkspace, name: str) -> None:
    """Make the theme the card asks about; a name that is refused leaves the card open."""
    card = place.naming
    theme_id = place.desk.run(create_theme, name, parent_id=card.parent_id, code_ids=card.code_ids)
    if theme_id is not None:
        card.dismiss()
        place.codes_list.clearSelection()
        place.show_theme(theme_id)
        place.tree.setFocus()


def add_codes(place: ThemesWorkspace, code_ids: list[str], theme_id: str) -> None:
    """Let codes feed a theme; where they feed others, they stay there too."""
    if len(code_ids) == 1:
        place.desk.run(add_code, theme_id, code_ids[0])
        return

    def each(session: ChangeSession) -> None:
        for code_id in code_ids:
            add_code(session, theme_id, code_id)

    label = _tr("Add {n} codes to theme ‘{name}’").format(n=len(code_ids), name=_name(place, theme_id))
    place.desk.run_all(label, Verb.CLUSTER, each)


def drop_codes(place: ThemesWorkspace, code_ids: list[str], theme_id: str) -> None:
    """Codes dropped on a theme feed it; dropped beside all themes they make a new one."""
    known = [code_id for code_id in code_ids if code_id in place.codes]
    if known and theme_id:
        add_codes(place, known, theme_id)
    elif known:
        ask_name(place, known)


def drop_links(place: ThemesWorkspace, links: list[Link], theme_id: str, stays: bool) -> None:
    """Codes of themes dropped on another theme move there, or feed both."""
    if not theme_id:
        ask_name(place, list(dict.fromkeys(code_id for _, code_id in links)))
    elif stays:
        add_codes(place, [code_id for _, code_id in links], theme_id)
    else:
        move_links(place, links, theme_id)


def move_links(place: ThemesWorkspace, links: list[Link], theme_id: str) -> None:
    """Move codes from their themes to another one."""
    moving = [link for link in links if link[0] != theme_id]
    if len(moving) == 1:
        place.desk.run(move_code_between, moving[0][1], moving[0][0], theme_id)
    elif moving:

        def each(session: ChangeSession) -> None:
            for source, code_id in moving:
                move_code_between(session, code_id, source, theme_id)

        label = _tr("Move {n} codes to theme ‘{name}’").format(n=len(moving), name=_name(place, theme_id))
        place.desk.run_all(label, Verb.CLUSTER, each)


def take_out(place: ThemesWorkspace, links: list[Link]) -> None:
    """Take codes out of their themes."""
    if len(links) == 1:
        place.desk.run(take_code_out, *links[0])
    elif links:

        def each(session: ChangeSession) -> None:
            for theme_id, code_id in links:
                take_code_out(session, theme_id, code_id)

        place.desk.run_all(_tr("Take {n} codes out of their themes").format(n=len(links)), Verb.CLUSTER, each)


def give_role(place: ThemesWorkspace, links: list[Link], role: CodeRole) -> None:
    """Say what codes are to their themes."""
    if len(links) == 1:
        place.desk.done(set_role, *links[0], role)
    elif links:

        def each(session: ChangeSession) -> None:
            for theme_id, code_id in links:
                set_role(session, theme_id, code_id, role)

        label = _tr("{n} codes are {role} of their themes").format(n=len(links), role=role.value)
        place.desk.run_all(label, Verb.CLUSTER, each)


def place_theme(place: ThemesWorkspace, theme_id: str, parent_id: str, before_id: str) -> None:
    """Put a theme under another one or on top, before a sibling or last."""
    others = [one.id for one in _siblings(place, parent_id or None) if one.id != theme_id]
    position = others.index(before_id) if before_id in others else None
    place.desk.done(move_theme, theme_id, parent_id or None, position)


def shift(place: ThemesWorkspace, theme: ThemeRow, step: int) -> None:
    """Move a theme up or down among its siblings."""
    ids = [one.id for one in _siblings(place, theme.parent_id)]
    at = ids.index(theme.id) + step
    if 0 <= at < len(ids):
        place.desk.done(move_theme, theme.id, theme.parent_id, at)


def nest(place: ThemesWorkspace, theme: ThemeRow) -> None:
    """Put a theme under the sibling above it."""
    siblings = _siblings(place, theme.parent_id)
    at = siblings.index(theme)
    if at:
        place.desk.done(move_theme, theme.id, siblings[at - 1].id)
    else:
        place.desk.say(_tr("There is no theme above “{name}” to put it under.").format(name=theme.name))


def unnest(place: ThemesWorkspace, theme: ThemeRow) -> None:
    """Put a theme out of the one it is under, right after it."""
    above = place.theme(theme.parent_id or "")
    if above is not None:
        around = _siblings(place, above.parent_id)
        place.desk.done(move_theme, theme.id, above.parent_id, around.index(above) + 1)


def ask_delete(place: ThemesWorkspace, theme: ThemeRow) -> None:
    """Say beside the work what deleting a theme takes along, and delete it if that is meant."""
    with place.desk.read() as session:
        taken = taken_with_theme(session, theme.id)
        kept = versions_that_hold(session, theme.id)
    overarching = theme.kind == ThemeKind.OVERARCHING
    under = (_tr("1 subtheme"), _tr("{n} subthemes"))
    under = (_tr("1 theme under it"), _tr("{n} themes under it")) if overarching else under
    counted = (
        (taken.subthemes, *under),
        (taken.mappings, _tr("1 mapping"), _tr("{n} mappings")),
        (taken.decisions, _tr("decisions on 1 excerpt"), _tr("decisions on {n} excerpts")),
    )
    goes = [one if n == 1 else many.format(n=n) for n, one, many in counted if n]
    said = _tr("Delete “{name}”?").format(name=theme.name)
    said += " " + _tr("With it go {what}.").format(what=", ".join(goes)) if goes else ""
    stays = _tr("Its codes and excerpts stay.")
    if kept:
        stays += " " + _tr("The map versions {labels} keep it as it was.").format(labels=_labels(kept))
    place.confirm.ask(f"{said} {stays}", _tr("Delete theme"), lambda: _delete(place, theme))


def _delete(place: ThemesWorkspace, theme: ThemeRow) -> None:
    if place.desk.done(delete_theme, theme.id):
        place.desk.say(_tr("Deleted “{name}”.").format(name=theme.name), with_undo=True)
        place.tree.setFocus()


def _labels(labels: list[str]) -> str:
    return ", ".join(f"“{one}”" for one in labels)


def _siblings(place: ThemesWorkspace, parent_id: str | None) -> list[ThemeRow]:
    return [theme for theme in place.themes if theme.parent_id == parent_id]


def _name(place: ThemesWorkspace, theme_id: str) -> str:
    theme = place.theme(theme_id)
    return theme.name if theme is not None else ""


def free_name(place: ThemesWorkspace, beneath: bool) -> str:
    """“New theme”, numbered if there is one already."""
    taken = {theme.name.casefold() for theme in place.themes}
    base, number = (_tr("New subtheme") if beneath else _tr("New theme")), 1
    name = base
    while name.casefold() in taken:
        number += 1
        name = f"{base} {number}"
    return name


def _tr(text: str) -> str:
    return QCoreApplication.translate("Clustering", text)
