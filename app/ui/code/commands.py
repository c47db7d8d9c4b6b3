"""Everything one can do in the Code workspace, as actions of the registry."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from app.operations.sources import join_turn, split_turn
from app.ui.code.memo_commands import add_memo_actions
from app.ui.code.moving_commands import add_going_actions, add_selecting_actions
from app.ui.code.pages import drawer_pages
from app.ui.code.pin_commands import add_pin_actions
from app.ui.code.printing import add_print_actions
from app.ui.code.show_modes import add_show_actions
from app.ui.code.tree_commands import add_tree_actions
from app.ui.reading_commands import add_reading_actions, set_size

if TYPE_CHECKING:
    from app.analysis.transcripts import TurnRow
    from app.ui.code.workspace import CodeWorkspace


def add_code_actions(place: CodeWorkspace) -> None:
    """Register the actions."""
    add, coding = place.desk.actions.add, place.coding
    add("code.quick", _tr("Code the selection …"), lambda: coding.open_box(""), keys="Ctrl+Return", menu="Code")
    add("code.in_vivo", _tr("Code with its own words (in vivo)"), coding.code_in_vivo, keys="Ctrl+I", menu="Code")
    add("code.repeat", _tr("Code with the last code again"), coding.repeat_last, keys="Ctrl+.", menu="Code")
    add_pin_actions(place)
    add("code.take", _tr("Keep as an excerpt without a code"), coding.take, keys="Ctrl+E", menu="Code")
    add("code.interaction", _tr("Code as interaction …"), coding.interactions.code_as, keys="Ctrl+Shift+E", menu="Code")
    place.desk.actions.separator("Code")
    add("code.uncode", _tr("Remove code"), coding.coded.uncode, keys="Ctrl+Backspace", menu="Code")
    add("code.unsure", _tr("Mark as unsure, or as sure again"), coding.coded.switch_unsure, keys="Alt+U", menu="Code")
    add("code.delete_excerpt", _tr("Delete excerpt"), coding.coded.delete, keys="Ctrl+Shift+Backspace", menu="Code")
    add_memo_actions(place)
    add("code.copy", _tr("Copy quote with attribution"), coding.copy_quote, keys="Ctrl+Shift+C", menu="Code")
    place.desk.actions.separator("Code")
    add_going_actions(place)
    add_selecting_actions(place)
    place.desk.actions.separator("Code")
    add_tree_actions(place)
    add_print_actions(place)
    add(
        "code.beside",
        _tr("Read a second transcript beside this one"),
        place.read_beside,
        keys="Ctrl+Shift+2",
        menu="View",
    )
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
    add_show_actions(place)
    add_reading_actions(place.desk, "code")
    place.panel.view.sizeWanted.connect(lambda by: set_size(place.desk, by))
    place.desk.actions.separator("Code")
    add("code.turn_by", _tr("This turn is by …"), lambda: _turn_by(place), keys="Ctrl+Shift+B", menu="Code")
    add("code.split_turn", _tr("Split the turn at the caret"), lambda: _split(place), menu="Code")
    add("code.join_turn", _tr("Join the turn to the one before"), lambda: _join(place), menu="Code")
    add("code.correct", _tr("Correct this transcript …"), lambda: _correct(place), menu="Code")
    for page in drawer_pages():
        add(
            f"code.page_{page.name}",
            page.title,
            lambda name=page.name: place.open_page(name),
            keys=page.keys,
            menu="View",
        )


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


def _correct(place: CodeWorkspace) -> None:
    from app.ui.correcting import open_correcting

    if place.script is not None:
        start, end = place.panel.selection()
        open_correcting(place.desk, place.script.id, place, at=start if start or end else place.panel.reading_place())


def _tr(text: str) -> str:
    return QCoreApplication.translate("CodeCommands", text)
