"""Everything one can do in the Code workspace, as actions of the registry."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QPoint
from PySide6.QtWidgets import QMenu

from app.analysis.codes import taken_with_code
from app.models.kinds import CodeStatus
from app.operations.codes import bring_back, create_code, delete_code, edit_code, set_aside
from app.operations.sources import join_turn, split_turn
from app.ui.code.moving_commands import add_going_actions, add_selecting_actions
from app.ui.code.pages import drawer_pages
from app.ui.code.pin_commands import add_pin_actions, pin_menu
from app.ui.window.questions import ask

if TYPE_CHECKING:
    from app.analysis.transcripts import TurnRow
    from app.ui.code.workspace import CodeWorkspace


def add_code_actions(place: CodeWorkspace) -> None:
    """Register the actions; the tree's own signals are connected here too."""
    add, coding = place.desk.actions.add, place.coding
    add("code.quick", _tr("Code the selection …"), lambda: coding.open_box(""), keys="Ctrl+Return", menu="Code")
    add("code.in_vivo", _tr("Code with its own words (in vivo)"), coding.code_in_vivo, keys="Ctrl+I", menu="Code")
    add("code.repeat", _tr("Code with the last code again"), coding.repeat_last, keys="Ctrl+.", menu="Code")
    add_pin_actions(place)
    add("code.take", _tr("Keep as an excerpt without a code"), coding.take, keys="Ctrl+E", menu="Code")
    place.desk.actions.separator("Code")
    add("code.uncode", _tr("Remove code"), coding.coded.uncode, keys="Ctrl+Backspace", menu="Code")
    add("code.unsure", _tr("Mark as unsure, or as sure again"), coding.coded.switch_unsure, keys="Alt+U", menu="Code")
    add("code.delete_excerpt", _tr("Delete excerpt"), coding.coded.delete, keys="Ctrl+Shift+Backspace", menu="Code")
    add("code.copy", _tr("Copy quote with attribution"), coding.copy_quote, keys="Ctrl+Shift+C", menu="Code")
    place.desk.actions.separator("Code")
    add_going_actions(place)
    add_selecting_actions(place)
    place.desk.actions.separator("Code")
    add("code.new", _tr("New code"), lambda: _new_code(place, ""), keys="Ctrl+Shift+N", menu="Code")
    add("code.new_under", _tr("New code under this one"), lambda: _new_code(place, _chosen(place)), menu="Code")
    add("code.rename", _tr("Rename code"), lambda: place.tree.rename(_chosen(place)), menu="Code")
    add("code.aside", _tr("Set code aside, or bring it back"), lambda: _aside(place), menu="Code")
    add("code.delete", _tr("Delete code …"), lambda: _delete(place), menu="Code")
    add("code.without", _tr("Excerpts without a code"), place.show_without_code, menu="Code")
    place.desk.actions.separator("Code")
    add("code.find", _tr("Find in this transcript"), lambda: _find(place), keys="Ctrl+F", menu="Edit")
    add("code.find_next", _tr("Find next"), lambda: place.find_bar.next(), keys="F3", menu="Edit")
    add(
        "code.find_before",
        _tr("Find previous"),
        lambda: place.find_bar.next(forward=False),
        keys="Shift+F3",
        menu="Edit",
    )
    place.desk.actions.separator("Code")
    add("code.turn_by", _tr("This turn is by …"), lambda: _turn_by(place), keys="Ctrl+Shift+B", menu="Code")
    add("code.split_turn", _tr("Split the turn at the caret"), lambda: _split(place), menu="Code")
    add("code.join_turn", _tr("Join the turn to the one before"), lambda: _join(place), menu="Code")
    for page in drawer_pages():
        add(
            f"code.page_{page.name}",
            page.title,
            lambda name=page.name: place.open_page(name),
            keys=page.keys,
            menu="View",
        )
    place.tree.menuWanted.connect(lambda point, code_id: _tree_menu(place, point, code_id))
    place.tree.renameWanted.connect(lambda code_id, name: place.desk.run(edit_code, code_id, name=name))


def _chosen(place: CodeWorkspace) -> str:
    chosen = place.tree.chosen()
    return chosen[0] if chosen else ""


def _new_code(place: CodeWorkspace, parent_id: str) -> None:
    """Make a code with a name that is free and open it for naming."""
    taken = {code.name.casefold() for code in place.codes.values()}
    base, number = _tr("New code"), 1
    name = base
    while name.casefold() in taken:
        number += 1
        name = f"{base} {number}"
    code_id = place.desk.run(create_code, name, parent_id=parent_id or None)
    if code_id is not None:
        place.show_code(code_id)
        place.tree.rename(code_id)


def _aside(place: CodeWorkspace) -> None:
    code = place.codes.get(_chosen(place))
    if code is None:
        place.desk.say(_tr("Choose a code first."))
    elif code.status == CodeStatus.SET_ASIDE:
        place.desk.run(bring_back, code.id)
    elif place.desk.done(set_aside, code.id):
        place.desk.say(_tr("“{name}” is set aside; its codings stay.").format(name=code.name), with_undo=True)


def _delete(place: CodeWorkspace) -> None:
    """Delete the chosen code, after saying what it would take."""
    code = place.codes.get(_chosen(place))
    if code is None:
        place.desk.say(_tr("Choose a code first."))
        return
    with place.desk.read() as session:
        codings, beneath, themes = taken_with_code(session, code.id)
    takes = [_tr("It comes off {n} excerpts, which stay.").format(n=codings)] if codings else []
    takes += [_tr("{n} codes beneath it move up.").format(n=beneath)] if beneath else []
    takes += [_tr("It goes out of {n} themes.").format(n=themes)] if themes else []
    sentence = " ".join([_tr("Delete the code “{name}”?").format(name=code.name), *takes])
    if (not takes or ask(place, sentence, _tr("Delete code"))) and place.desk.done(delete_code, code.id):
        place.desk.say(_tr("Deleted “{name}”.").format(name=code.name), with_undo=True)


def _find(place: CodeWorkspace) -> None:
    start, end = place.panel.selection()
    words = place.script.text[start:end] if place.script is not None else ""
    place.find_bar.open_bar(words if len(words) < 80 else "")


def _turn_here(place: CodeWorkspace) -> TurnRow | None:
    position = place.panel.selection()[0]
    turns = place.script.turns if place.script is not None else ()
    turn = next((one for one in reversed(turns) if one.label_start <= position), None)
    if turn is None:
        place.desk.say(_tr("Put the caret into a turn first."))
    return turn


def _turn_by(place: CodeWorkspace) -> None:
    from app.ui.transcripts.speaker_menu import build_speaker_menu

    turn = _turn_here(place)
    if turn is not None and place.script is not None:
        menu = build_speaker_menu(place.desk, place, place.script.id, turn.id)
        menu.exec(place.panel.selection_rect().bottomLeft())


def _split(place: CodeWorkspace) -> None:
    turn = _turn_here(place)
    if turn is not None:
        place.desk.run(split_turn, turn.id, place.panel.selection()[0])


def _join(place: CodeWorkspace) -> None:
    turn = _turn_here(place)
    if turn is not None:
        place.desk.run(join_turn, turn.id)


def _tree_menu(place: CodeWorkspace, point: QPoint, code_id: str) -> None:
    if code_id and code_id not in place.tree.chosen():
        place.show_code(code_id)
    menu = QMenu(place)
    names = ["code.new"]
    if code_id:
        names += ["code.new_under", "-", "code.rename", "code.aside", "-", "code.delete"]
    for name in names:
        if name == "-":
            menu.addSeparator()
        else:
            menu.addAction(place.desk.actions[name])
    if code_id:
        pin_menu(place, menu)
    menu.exec(point)


def _tr(text: str) -> str:
    return QCoreApplication.translate("CodeCommands", text)
