"""Everything one can do in the Themes workspace, as actions of the registry; all of it works without a mouse."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QPoint
from PySide6.QtWidgets import QMenu

from app.models.kinds import CodeRole
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
from app.ui.window.questions import ask

if TYPE_CHECKING:
    from app.study import ChangeSession
    from app.ui.themes.workspace import ThemesWorkspace


def add_theme_actions(place: ThemesWorkspace) -> None:
    """Register the actions."""
    add = place.desk.actions.add
    add(
        "themes.make",
        _tr("Make a theme from the chosen codes"),
        lambda: make_theme(place),
        keys="Ctrl+Shift+T",
        menu="Themes",
    )
    add("themes.new", _tr("New theme"), lambda: make_theme(place, []), keys="Ctrl+Alt+N", menu="Themes")
    add("themes.subtheme", _tr("New subtheme of this theme"), lambda: _subtheme(place), menu="Themes")
    place.desk.actions.separator("Themes")
    add(
        "themes.add",
        _tr("Add the chosen codes to a theme …"),
        lambda: _add_menu(place),
        keys="Ctrl+Shift+A",
        menu="Themes",
    )
    add("themes.move", _tr("Move this code to a theme …"), lambda: _move_menu(place), menu="Themes")
    add(
        "themes.out",
        _tr("Take this code out of its theme"),
        lambda: _take_out(place),
        keys="Ctrl+Shift+O",
        menu="Themes",
    )
    for role in CodeRole:
        text = _tr("This code is {role} of its theme").format(role=_tr(role.value))
        add(f"themes.role_{role.value}", text, lambda role=role: _role(place, role), menu="Themes")
    place.desk.actions.separator("Themes")
    add("themes.rename", _tr("Rename theme"), lambda: place.tree.rename(place.tree.chosen_theme()), menu="Themes")
    add("themes.up", _tr("Move theme up"), lambda: _shift(place, -1), keys="Ctrl+Shift+Up", menu="Themes")
    add("themes.down", _tr("Move theme down"), lambda: _shift(place, 1), keys="Ctrl+Shift+Down", menu="Themes")
    add(
        "themes.nest",
        _tr("Put theme under the one above it"),
        lambda: _nest(place),
        keys="Ctrl+Shift+Right",
        menu="Themes",
    )
    add("themes.unnest", _tr("Put theme on top"), lambda: _unnest(place), keys="Ctrl+Shift+Left", menu="Themes")
    add("themes.delete", _tr("Delete theme …"), lambda: _delete(place), menu="Themes")
    place.desk.actions.separator("Themes")
    add("themes.sheets", _tr("Show themes and their sheets"), lambda: place.show_view("sheets"), menu="Themes")
    add("themes.matrix", _tr("Show themes by dimensions"), lambda: place.show_view("matrix"), menu="Themes")


def make_theme(place: ThemesWorkspace, code_ids: list[str] | None = None, parent_id: str | None = None) -> None:
    """Make a theme of codes (those chosen in the list by default) and open its name for writing."""
    codes = place.codes_list.chosen() if code_ids is None else code_ids
    taken = {theme.name.casefold() for theme in place.themes}
    base, number = (_tr("New subtheme") if parent_id else _tr("New theme")), 1
    name = base
    while name.casefold() in taken:
        number += 1
        name = f"{base} {number}"
    theme_id = place.desk.run(create_theme, name, parent_id=parent_id, code_ids=codes)
    if theme_id is not None:
        place.show_theme(theme_id)
        place.tree.rename(theme_id)


def drop_codes(place: ThemesWorkspace, code_ids: list[str], theme_id: str) -> None:
    """Codes dropped on a theme feed it; dropped beside all themes they make a new one."""
    if not theme_id:
        make_theme(place, code_ids)
        return

    def each(session: ChangeSession) -> bool:
        return sum(add_code(session, theme_id, code_id) for code_id in code_ids) > 0

    name = next((theme.name for theme in place.themes if theme.id == theme_id), "")
    if len(code_ids) == 1:
        place.desk.run(add_code, theme_id, code_ids[0])
    else:
        place.desk.run_all(
            _tr("Add {n} codes to theme ‘{name}’").format(n=len(code_ids), name=name), Verb.CLUSTER, each
        )


def show_menu(place: ThemesWorkspace, point: QPoint) -> None:
    """The context menu of the tree."""
    menu = QMenu(place)
    if place.tree.chosen_code():
        names = ["themes.move", "themes.out", "-", *(f"themes.role_{role.value}" for role in CodeRole)]
    elif place.tree.chosen_theme():
        names = ["themes.subtheme", "themes.rename", "-", "themes.up", "themes.down", "themes.nest", "themes.unnest",
                 "-", "themes.delete"]  # fmt: skip
    else:
        names = ["themes.new"]
    for name in names:
        if name == "-":
            menu.addSeparator()
        else:
            menu.addAction(place.desk.actions[name])
    menu.exec(point)


def _subtheme(place: ThemesWorkspace) -> None:
    parent = place.tree.chosen_theme()
    if parent:
        make_theme(place, [], parent)
    else:
        place.desk.say(_tr("Choose a theme first."))


def _theme_menu(place: ThemesWorkspace, run: object, but: str = "") -> None:
    menu = QMenu(place)
    for theme in place.themes:
        if theme.id != but:
            action = menu.addAction("    " * theme.depth + theme.name.replace("&", "&&"))
            action.triggered.connect(lambda _, theme_id=theme.id: run(theme_id))  # type: ignore[operator]
    if menu.isEmpty():
        place.desk.say(_tr("There is no theme yet. Make one from some codes."))
        return
    anchor = place.tree if but else place.codes_list
    menu.exec(anchor.mapToGlobal(anchor.rect().center()))


def _add_menu(place: ThemesWorkspace) -> None:
    codes = place.codes_list.chosen()
    if codes:
        _theme_menu(place, lambda theme_id: drop_codes(place, codes, theme_id))
    else:
        place.desk.say(_tr("Choose some codes in the list first."))


def _move_menu(place: ThemesWorkspace) -> None:
    theme_id, code_id = place.tree.chosen_theme(), place.tree.chosen_code()
    if code_id:
        _theme_menu(place, lambda target: place.desk.run(move_code_between, code_id, theme_id, target), but=theme_id)
    else:
        place.desk.say(_tr("Choose a code inside a theme first."))


def _take_out(place: ThemesWorkspace) -> None:
    theme_id, code_id = place.tree.chosen_theme(), place.tree.chosen_code()
    if code_id:
        place.desk.run(take_code_out, theme_id, code_id)
    else:
        place.desk.say(_tr("Choose a code inside a theme first."))


def _role(place: ThemesWorkspace, role: CodeRole) -> None:
    theme_id, code_id = place.tree.chosen_theme(), place.tree.chosen_code()
    if code_id:
        place.desk.run(set_role, theme_id, code_id, role)
    else:
        place.desk.say(_tr("Choose a code inside a theme first."))


def _siblings(place: ThemesWorkspace) -> tuple[list[str], int, str | None]:
    at_hand = next((theme for theme in place.themes if theme.id == place.tree.chosen_theme()), None)
    if at_hand is None:
        return [], -1, None
    ids = [theme.id for theme in place.themes if theme.parent_id == at_hand.parent_id]
    return ids, ids.index(at_hand.id), at_hand.parent_id


def _shift(place: ThemesWorkspace, step: int) -> None:
    ids, at, parent_id = _siblings(place)
    if ids and 0 <= at + step < len(ids):
        place.desk.run(move_theme, ids[at], parent_id, at + step)


def _nest(place: ThemesWorkspace) -> None:
    ids, at, _ = _siblings(place)
    if at > 0:
        place.desk.run(move_theme, ids[at], ids[at - 1])


def _unnest(place: ThemesWorkspace) -> None:
    ids, at, parent_id = _siblings(place)
    if parent_id is not None:
        place.desk.run(move_theme, ids[at], None)


def _delete(place: ThemesWorkspace) -> None:
    """Delete the theme at hand after saying what goes with it."""
    theme = next((one for one in place.themes if one.id == place.tree.chosen_theme()), None)
    if theme is None:
        place.desk.say(_tr("Choose a theme first."))
        return
    subthemes = sum(one.parent_id == theme.id for one in place.themes)
    mappings = sum(one.theme_id == theme.id for one in place.mappings)
    takes = [_tr("Delete the theme “{name}”? Its codes and excerpts stay.").format(name=theme.name)]
    takes += [_tr("{n} subthemes go with it.").format(n=subthemes)] if subthemes else []
    takes += [_tr("{n} mappings go with it.").format(n=mappings)] if mappings else []
    if ask(place, " ".join(takes), _tr("Delete theme")) and place.desk.done(delete_theme, theme.id):
        place.desk.say(_tr("Deleted “{name}”.").format(name=theme.name), with_undo=True)


def _tr(text: str) -> str:
    return QCoreApplication.translate("ThemeCommands", text)
