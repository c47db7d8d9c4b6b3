"""Pinned codes as actions of the registry: coding with them, pinning, and the menu that pins a code from elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QMenu

from app.ui.actions import as_menu_text
from app.ui.code.pins import NUMBERS, PinnedRows

if TYPE_CHECKING:
    from app.ui.code.workspace import CodeWorkspace

CODE_WITH = "Code/Pinned codes"
PIN_AS = f"{CODE_WITH}/Pin the code as"


def add_pin_actions(place: CodeWorkspace) -> None:
    """Alt+1 to Alt+9, and what pins."""
    add = place.desk.actions.add
    for number in NUMBERS:
        add(f"code.pinned_{number}", "–", lambda number=number: place.coding.code_with_pinned(number),
            keys=f"Alt+{number}", menu=CODE_WITH)  # fmt: skip
    place.desk.actions.separator(CODE_WITH)
    add("code.pin", _tr("Pin or unpin the code"), lambda: _switch(place), keys="Alt+P", menu=CODE_WITH)
    for number in NUMBERS:
        add(f"code.pin_as_{number}", _tr("Pin the code as {number}").format(number=number),
            lambda number=number: _pin(place, _code_at_hand(place), number), menu=PIN_AS)  # fmt: skip
    place.tree.setItemDelegate(PinnedRows(place.pins, place.tree, place.tree.comments.room))
    place.pin_bar.redrawn.connect(lambda: word_pin_actions(place))
    place.pin_bar.wanted.connect(place.coding.code_with_pinned)
    word_pin_actions(place)


def word_pin_actions(place: CodeWorkspace) -> None:
    """Say in the menu which code lies under which number."""
    for number in NUMBERS:
        code = place.codes.get(place.pins.code(number))
        text = (
            _tr("Code with {number}: {name}").format(number=number, name=as_menu_text(code.name))
            if code is not None
            else _tr("Code with {number} (nothing pinned)").format(number=number)
        )
        action = place.desk.actions[f"code.pinned_{number}"]
        if action.text() != text:
            action.setText(text)


def pin_menu(place: CodeWorkspace, parent: QMenu) -> QMenu:
    """The sub-menu "Pin as …" for the context menu of a code; the number it has is ticked."""
    menu = parent.addMenu(_tr("Pin as"))
    menu.setObjectName("menu.pin_as")
    code_id = _code_at_hand(place)
    for number in NUMBERS:
        held = place.codes.get(place.pins.code(number))
        text = f"{number}   {as_menu_text(held.name)}" if held is not None else str(number)
        action = menu.addAction(text, lambda number=number: _pin(place, code_id, number))
        action.setCheckable(True)
        action.setChecked(bool(code_id) and place.pins.number(code_id) == number)
    return menu


def _code_at_hand(place: CodeWorkspace) -> str:
    """The code chosen in the tree, else the one that the inspector shows."""
    chosen = place.tree.chosen()
    return chosen[0] if len(chosen) == 1 else place.inspector.code_id or ""


def _switch(place: CodeWorkspace) -> None:
    code_id = _code_at_hand(place)
    number = place.pins.number(code_id) or place.pins.free_number(place.codes)
    if code_id and not number:
        place.desk.say(_tr("All nine numbers are taken: choose one under “Pin the code as”."))
    else:
        _pin(place, code_id, number)


def _pin(place: CodeWorkspace, code_id: str, number: int) -> None:
    """Pin a code; asked again for the number it has, take it off."""
    code = place.codes.get(code_id)
    if code is None:
        place.desk.say(_tr("Choose a code first: in the list, or in an excerpt."))
    elif place.pins.number(code_id) == number:
        place.pins.unpin(code_id)
        place.desk.say(_tr("“{name}” is pinned no longer.").format(name=code.name))
    else:
        place.pins.pin(code_id, number)
        place.desk.say(_tr("“{name}” is pinned: Alt+{number} codes with it.").format(name=code.name, number=number))


def _tr(text: str) -> str:
    return QCoreApplication.translate("PinCommands", text)
