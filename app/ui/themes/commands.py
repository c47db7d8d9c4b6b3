"""Everything one can do in the Themes workspace, as actions of the registry; all of it works without a mouse."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, QPoint, Qt
from PySide6.QtWidgets import QMenu, QWidget

from app.analysis.themes import ThemeRow
from app.models.kinds import Belongs, CodeRole, ThemeKind
from app.operations.themes import make_overarching
from app.ui.themes import clustering, merging
from app.ui.themes.theme_tree import Link
from app.ui.themes.wording import word

if TYPE_CHECKING:
    from app.ui.themes.workspace import ThemesWorkspace


def add_theme_actions(place: ThemesWorkspace) -> None:
    """Register the actions."""
    _add_actions_on_codes(place)
    _add_actions_on_themes(place)
    _add_actions_on_excerpts(place)
    add = place.desk.actions.add
    place.desk.actions.separator("Themes")

    def find() -> None:
        if place.in_board:
            place.board.search.setFocus()
        else:
            place.go_to(place.filter)

    add("themes.sheets", _tr("Show themes and their sheets"), lambda: place.show_view("sheets"), menu="Themes")
    add("themes.matrix", _tr("Show themes by dimensions"), lambda: place.show_view("matrix"), menu="Themes")
    meet = lambda: place.show_view("framework")  # noqa: E731
    add("themes.framework", _tr("Show where themes meet the framework"), meet, menu="Themes")
    add("themes.lens", _tr("Change the entries of the lens …"), place.edit_lens, menu="Themes")
    add("themes.switch", _tr("Switch between sheets and matrix"), place.switch_view, keys="Ctrl+Shift+L", menu="Themes")
    add("themes.filter", _tr("Filter codes"), find, keys="Ctrl+Shift+F", menu="Themes")


def show_tree_menu(place: ThemesWorkspace, point: QPoint, on_row: bool) -> None:
    """The context menu of the tree."""
    if not on_row or not place.tree.chosen_theme():
        names = ["themes.new"]
    elif place.tree.chosen_links():
        names = ["themes.add", "themes.move", "themes.out", "-", *(f"themes.role_{role.value}" for role in CodeRole),
                 "-", "themes.make", "themes.split"]  # fmt: skip
    else:
        names = ["themes.rename", "themes.subtheme", "themes.overarching", "-", "themes.up", "themes.down",
                 "themes.nest", "themes.unnest", "-", "themes.merge", "themes.life", "themes.delete"]  # fmt: skip
    _show(place, names, point)


def show_code_menu(place: ThemesWorkspace, point: QPoint) -> None:
    """The context menu of the list of codes."""
    _show(place, ["themes.make", "themes.add"], point)


def show_excerpt_menu(place: ThemesWorkspace, point: QPoint) -> None:
    """The context menu of the list of excerpts."""
    names = [f"themes.belongs_{belongs.value}" for belongs in Belongs]
    more = ["-", "themes.against", "themes.quoted", "-", "themes.why", "themes.jump", "themes.not_brought"]
    _show(place, [*names, *more], point)


def show_chip_menu(place: ThemesWorkspace, link: Link, anchor: QWidget) -> None:
    """What can be done with a code of a theme, at its chip in the sheet."""
    menu = _menu(place)
    theme = place.theme(link[0])
    at_hand = next((role for code_id, role in theme.codes if code_id == link[1]), None) if theme else None
    for role in CodeRole:
        action = menu.addAction(_tr("{role} of this theme").format(role=word(role).capitalize()))
        action.setCheckable(True)
        action.setChecked(role == at_hand)
        action.triggered.connect(lambda _, role=role: clustering.give_role(place, [link], role))
    menu.addSeparator()
    _fill_with_themes(
        place, menu.addMenu(_tr("Add to")), lambda to: clustering.add_codes(place, [link[1]], to), link[0]
    )
    _fill_with_themes(place, menu.addMenu(_tr("Move to")), lambda to: clustering.move_links(place, [link], to), link[0])
    menu.addAction(_tr("Take out")).triggered.connect(lambda: clustering.take_out(place, [link]))
    menu.exec(anchor.mapToGlobal(anchor.rect().bottomLeft()))


def _add_actions_on_codes(place: ThemesWorkspace) -> None:
    add, tree = place.desk.actions.add, place.tree

    def make() -> None:
        chosen = place.chosen_codes()
        if chosen:
            clustering.ask_name(place, chosen)
        else:
            place.desk.say(_tr("Choose some codes in the list first."))

    def add_to() -> None:
        if place.in_board:
            place.board.ask_where(place.board.chosen_cards(), stays=True)
            return
        chosen = place.chosen_codes()
        if chosen:
            _choose_theme(place, lambda theme_id: clustering.add_codes(place, chosen, theme_id))
        else:
            place.desk.say(_tr("Choose some codes first."))

    moves = _with_links(place, lambda links: _choose_theme(place, lambda to: clustering.move_links(place, links, to)))

    def move() -> None:
        if place.in_board:
            place.board.ask_where(place.board.chosen_cards(), stays=False)
        else:
            moves()

    add("themes.make", _tr("Make a theme from the chosen codes"), make, keys="Ctrl+Shift+T", menu="Themes")
    add("themes.new", _tr("New theme"), lambda: clustering.ask_name(place, []), keys="Ctrl+Shift+N", menu="Themes")
    place.desk.actions.separator("Themes")
    add("themes.add", _tr("Add codes to a theme …"), add_to, keys="Ctrl+Shift+A", menu="Themes")
    add(
        "themes.move",
        _tr("Move codes to a theme …"),
        move,
        keys="Ctrl+Shift+M",
        menu="Themes",
    )
    out = _with_links(place, lambda links: clustering.take_out(place, links))
    add("themes.out", _tr("Take codes out of their theme"), out, keys="Ctrl+Shift+O", menu="Themes")
    tree.takeOutWanted.connect(out)
    for role in CodeRole:
        text = _tr("Code is {role} of its theme").format(role=word(role))
        give = _with_links(place, lambda links, role=role: clustering.give_role(place, links, role))
        add(f"themes.role_{role.value}", text, give, menu="Themes")
    place.desk.actions.separator("Themes")


def _add_actions_on_themes(place: ThemesWorkspace) -> None:
    """Moving themes has the keys that outlines have in word processors."""
    add, tree = place.desk.actions.add, place.tree
    on = lambda run: _with_theme(place, run)  # noqa: E731

    def umbrella(theme: ThemeRow) -> None:
        place.desk.done(make_overarching, theme.id, theme.kind != ThemeKind.OVERARCHING)

    def rename_in_tree(theme: ThemeRow) -> None:
        place.show_view("sheets")
        tree.rename(theme.id)

    def rename() -> None:
        if not (place.in_board and place.board.rename()):
            on(rename_in_tree)()

    add("themes.rename", _tr("Rename theme"), rename, keys="F2", menu="Themes")
    add("themes.subtheme", _tr("New subtheme"), on(lambda one: clustering.ask_name(place, [], one.id)), menu="Themes")
    add("themes.overarching", _tr("Make it overarching, or a theme again"), on(umbrella), menu="Themes")
    for name, text, key, run in (
        ("up", _tr("Move theme up"), "Up", lambda one: clustering.shift(place, one, -1)),
        ("down", _tr("Move theme down"), "Down", lambda one: clustering.shift(place, one, 1)),
        ("nest", _tr("Put theme under the one above"), "Right", lambda one: clustering.nest(place, one)),
        ("unnest", _tr("Put theme one level up"), "Left", lambda one: clustering.unnest(place, one)),
    ):
        add(f"themes.{name}", text, on(run), keys=f"Alt+Shift+{key}", menu="Themes")
    into = lambda one: _choose_theme(  # noqa: E731
        place, lambda to: merging.ask_merge(place, one.id, to), one.id
    )
    add("themes.merge", _tr("Merge theme into another …"), on(into), menu="Themes")
    split = _with_links(place, lambda links: merging.ask_split(place, links))
    add("themes.split", _tr("Split chosen codes off as a theme …"), split, menu="Themes")
    life = on(lambda one: place.desk.lifeWanted.emit("theme", one.id))
    add("themes.life", _tr("Life of this theme …"), life, menu="Themes")
    delete = on(lambda one: clustering.ask_delete(place, one))
    add("themes.delete", _tr("Delete theme …"), delete, menu="Themes")
    tree.deleteWanted.connect(delete)


def _add_actions_on_excerpts(place: ThemesWorkspace) -> None:
    """In the list each has a letter of its own, so these stay out of the menu bar."""
    add, decisions = place.desk.actions.add, place.sheet.decisions

    def write_why() -> None:
        place.sheet.show_side("excerpts")
        decisions.write_why()

    def show_page(name: str) -> None:
        place.show_view("sheets")
        place.sheet.show_side("excerpts")
        place.sheet.side.show_page(name)

    for belongs, text in (
        (Belongs.IN, _tr("Excerpt belongs to the theme (I)")),
        (Belongs.OUT, _tr("Excerpt does not belong (O)")),
        (Belongs.UNDECIDED, _tr("Excerpt is undecided (U)")),
    ):
        add(f"themes.belongs_{belongs.value}", text, lambda belongs=belongs: decisions.set_belongs(belongs))
    add("themes.against", _tr("Excerpt runs against the theme, or not (A)"), decisions.switch_against)
    add("themes.quoted", _tr("Excerpt is quoted, or not (Q)"), decisions.switch_quoted)
    add("themes.why", _tr("Say why (W)"), write_why)
    add("themes.jump", _tr("Show excerpt in its transcript (Enter)"), decisions.jump)
    add("themes.not_brought", _tr("Excerpt is no longer brought in"), decisions.take_out)
    place.desk.actions.separator("Themes")
    for name, text in (
        ("excerpts", _tr("Excerpts of the theme")),
        ("quotes", _tr("Quotes of the theme")),
        ("behind", _tr("Who is behind the theme")),
        ("review", _tr("Review the theme")),
    ):
        add(f"themes.page_{name}", text, lambda name=name: show_page(name), menu="Themes")
    add("themes.bring", _tr("Bring an excerpt in from a transcript …"), place.bring_in, menu="Themes")


def _with_links(place: ThemesWorkspace, run: Callable[[list[Link]], Any]) -> Callable[[], None]:
    def act() -> None:
        links = place.chosen_links()
        if links:
            run(links)
        else:
            place.desk.say(_tr("Choose a code inside a theme first."))

    return act


def _with_theme(place: ThemesWorkspace, run: Callable[[ThemeRow], Any]) -> Callable[[], None]:
    def act() -> None:
        place.commit_pending()  # what commits on losing the focus would draw the tree anew under the action
        theme = place.theme(place.chosen_theme())
        if theme is not None:
            run(theme)
        else:
            place.desk.say(_tr("Choose a theme first."))

    return act


def _choose_theme(place: ThemesWorkspace, run: Callable[[str], Any], but: str = "") -> None:
    """A menu of all themes at the middle of what one works in."""
    if not place.themes:
        place.desk.say(_tr("There is no theme yet. Make one from some codes."))
        return
    menu = _menu(place)
    _fill_with_themes(place, menu, run, but)
    anchor = place.tree if place.tree.hasFocus() else place.codes_list
    menu.exec(anchor.mapToGlobal(QPoint(24, min(anchor.height() // 3, 160))))


def _fill_with_themes(place: ThemesWorkspace, menu: QMenu, run: Callable[[str], Any], but: str) -> None:
    for theme in place.themes:
        action = menu.addAction("     " * theme.depth + theme.name.replace("&", "&&"))
        action.setEnabled(theme.id != but)
        action.triggered.connect(lambda _, theme_id=theme.id: run(theme_id))


def _menu(place: ThemesWorkspace) -> QMenu:
    """A menu that is gone when it closes; what opened it may be gone by then too."""
    menu = QMenu(place)
    menu.setObjectName("themes.menu")
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    return menu


def _show(place: ThemesWorkspace, names: list[str], point: QPoint) -> None:
    menu = _menu(place)
    for name in names:
        if name == "-":
            menu.addSeparator()
        else:
            menu.addAction(place.desk.actions[name])
    menu.exec(point)


def _tr(text: str) -> str:
    return QCoreApplication.translate("ThemeCommands", text)
