"""What one can do on the board, as actions of the registry; the actions on codes and themes hold there too."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QPoint, Qt
from PySide6.QtWidgets import QMenu

from app.models.kinds import CodeRole
from app.ui.board import deeds

if TYPE_CHECKING:
    from app.ui.themes.workspace import ThemesWorkspace

MENU = "Themes/Board"


def add_board_actions(place: ThemesWorkspace) -> None:
    """Register them, and put the buttons over the board."""
    page, add = place.board, place.desk.actions.add

    def shown(run: Callable[[], object]) -> Callable[[], None]:
        def act() -> None:
            place.show_view("board")
            run()

        return act

    def pile() -> None:
        cards = page.chosen_cards() if place.in_board else [("", one) for one in place.chosen_codes()]
        place.show_view("board")
        deeds.pile_up(page, cards)

    def spread() -> None:
        if page.chosen_pile():
            deeds.spread(page, page.chosen_pile())
        else:
            place.desk.say(_tr("Choose a pile first. A theme is taken apart by moving its codes."))

    def lay() -> None:
        codes = page.tray.chosen()
        if codes:
            deeds.bring(page, codes, ("", ""), None)
        else:
            place.desk.say(_tr("Choose some codes at the left of the board first."))

    def lasso() -> None:
        page.view.lasso = not page.view.lasso
        place.desk.actions["themes.lasso"].setChecked(page.view.lasso)

    add("themes.board", _tr("Show the clustering board"), lambda: _go(place), keys="Ctrl+Shift+B", menu=MENU)
    place.desk.actions.separator(MENU)
    add("themes.lay", _tr("Lay the chosen codes on the board"), shown(lay), fixed="Enter", menu=MENU)
    add("themes.pile", _tr("Put the chosen cards in a pile"), pile, keys="Ctrl+G", menu=MENU)
    add("themes.spread", _tr("Spread the pile out"), shown(spread), keys="Ctrl+Shift+G", menu=MENU)

    def off() -> None:
        if page.chosen_theme() and not page.canvas.chosen_cards():
            place.desk.actions["themes.delete"].trigger()
        else:
            deeds.take_off(page, page.canvas.chosen_cards())

    add("themes.take_off", _tr("Take cards off the board"), shown(off), fixed="Delete", menu=MENU)
    line = lambda: deeds.line_up(page, page.canvas.chosen_cards())  # noqa: E731
    add("themes.line_up", _tr("Put the chosen cards in rows"), shown(line), menu=MENU)
    place.desk.actions.separator(MENU)
    text = _tr("Draw a lasso round cards")
    add("themes.lasso", text, shown(lasso), keys="Ctrl+L", menu=MENU, checkable=True)
    add("themes.tidy", _tr("Tidy the board"), shown(lambda: deeds.tidy(page)), keys="Ctrl+T", menu=MENU)
    add("themes.fit", _tr("Show the whole board"), shown(page.view.fit), fixed="0", menu=MENU)
    add("themes.in", _tr("Zoom in on the board"), shown(lambda: page.view.zoom(1.25)), fixed="+", menu=MENU)
    add("themes.away", _tr("Zoom out of the board"), shown(lambda: page.view.zoom(0.8)), fixed="-", menu=MENU)
    _add_buttons(place)


def show_board_menu(place: ThemesWorkspace, point: QPoint) -> None:
    """The context menu of the board, for what is chosen."""
    page = place.board
    cards, theme, pile = page.chosen_cards(), page.chosen_theme(), page.chosen_pile()
    names: list[str] = []
    if cards and not pile:
        names += ["themes.pile", "themes.make", "themes.move", "themes.add", "themes.line_up",
                  "themes.take_off", "-"]  # fmt: skip
    if page.chosen_links():
        names += [f"themes.role_{role.value}" for role in CodeRole] + ["-"]
    if pile:
        names += ["themes.make", "themes.rename", "themes.spread", "-"]
    elif theme and not cards:
        names += ["themes.rename", "themes.subtheme", "themes.overarching", "-", "themes.nest", "themes.unnest", "-",
                  "themes.delete", "-"]  # fmt: skip
    names += ["themes.new", "-", "themes.tidy", "themes.fit"]
    menu = QMenu(place)
    menu.setObjectName("themes.board.menu")
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    for name in names:
        if name == "-":
            menu.addSeparator()
        else:
            menu.addAction(place.desk.actions[name])
    menu.exec(point)


def _add_buttons(place: ThemesWorkspace) -> None:
    """The bar over the board."""
    for name, text, action in (
        ("lasso", _tr("Lasso"), "themes.lasso"),
        ("pile", _tr("Pile"), "themes.pile"),
        ("make", _tr("Theme …"), "themes.make"),
        ("tidy", _tr("Tidy"), "themes.tidy"),
        ("away", "\N{MINUS SIGN}", "themes.away"),
        ("in", "+", "themes.in"),
        ("fit", _tr("Fit"), "themes.fit"),
    ):
        if name == "tidy":
            place.board.bar.addStretch(1)
        button = place.board.add_button(name, text, action)
        button.setAccessibleName(place.desk.actions[action].text().partition("\t")[0])
        button.setToolTip(button.accessibleName())
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        if len(text) == 1:
            button.setFixedWidth(32)
        if name == "lasso":
            button.setCheckable(True)
            place.desk.actions["themes.lasso"].toggled.connect(button.setChecked)


def _go(place: ThemesWorkspace) -> None:
    place.show_view("board")
    place.board.view.setFocus()


def _tr(text: str) -> str:
    return QCoreApplication.translate("BoardCommands", text)
