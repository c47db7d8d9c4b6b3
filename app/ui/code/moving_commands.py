"""Going about and selecting by key in the Code workspace, as actions of the registry; what finds nothing says so."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QKeyEvent

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from app.ui.code.workspace import CodeWorkspace

GO, SELECT, ENDS = "Code/Go to", "Code/Select", "Code/Ends of the excerpt"


def add_going_actions(place: CodeWorkspace) -> None:
    """The sub-menu of places to go to."""
    going, line = place.panel.going, lambda: place.desk.actions.separator(GO)
    _go(place, "next_turn", _tr("Next turn"), going.next_turn, "Alt+Down")
    _go(place, "previous_turn", _tr("Previous turn"), going.previous_turn, "Alt+Up")
    _go(place, "next_of_speaker", _tr("Next turn of this person"), going.next_of_speaker, "Alt+PgDown")
    _go(place, "previous_of_speaker", _tr("Previous turn of this person"), going.previous_of_speaker, "Alt+PgUp")
    _go(place, "next_speaker", _tr("Next turn of somebody else"), going.next_speaker, "Alt+Shift+PgDown")
    _go(place, "previous_speaker", _tr("Previous turn of somebody else"), going.previous_speaker, "Alt+Shift+PgUp")
    line()
    _go(place, "next_excerpt", _tr("Next excerpt"), going.next_excerpt, "Alt+Right")
    _go(place, "previous_excerpt", _tr("Previous excerpt"), going.previous_excerpt, "Alt+Left")
    _go(place, "next_coding", _tr("Next coding of these words"), lambda: _cycle(place, forward=True), "F4")
    _go(place, "previous_coding", _tr("Previous coding of these words"), lambda: _cycle(place, forward=False),
        "Shift+F4")  # fmt: skip
    line()
    _go(place, "next_uncoded", _tr("Next words that are not coded"), going.next_uncoded, "F8")
    _go(place, "previous_uncoded", _tr("Previous words that are not coded"), going.previous_uncoded, "Shift+F8")
    line()
    add = place.desk.actions.add
    add("code.next_part", _tr("Next part of the workspace"), lambda: _to_part(place, 1), keys="F6", menu=GO)
    add("code.previous_part", _tr("Previous part of the workspace"), lambda: _to_part(place, -1), keys="Shift+F6",
        menu=GO)  # fmt: skip


def add_selecting_actions(place: CodeWorkspace) -> None:
    """The sub-menus of selecting, and of moving the ends of an excerpt."""
    add, going, ends = place.desk.actions.add, place.panel.going, place.coding.ends
    add("code.select_sentence", _tr("Select the sentence; again, one more"), going.select_sentence, keys="Ctrl+Shift+S",
        menu=SELECT)  # fmt: skip
    add("code.select_turn", _tr("Select the whole turn"), going.select_turn, keys="Ctrl+T", menu=SELECT)
    place.desk.actions.separator(SELECT)
    for name, text, key in (
        ("extend_word", _tr("Select on by a word"), "Ctrl+Shift+Right"),
        ("shrink_word", _tr("Select back by a word"), "Ctrl+Shift+Left"),
    ):
        add(f"code.{name}", text, lambda key=key: _press(place, key), fixed=key, menu=SELECT)
    for name, text, extend, forward, keys in (
        (
            "extend_sentence",
            _tr("Select on to the end of the sentence"),
            going.extend_by_sentence,
            True,
            "Alt+Shift+Right",
        ),
        (
            "shrink_sentence",
            _tr("Select back to the start of the sentence"),
            going.extend_by_sentence,
            False,
            "Alt+Shift+Left",
        ),
        ("extend_turn", _tr("Select on to the end of the turn"), going.extend_by_turn, True, "Alt+Shift+Down"),
        ("shrink_turn", _tr("Select back to the start of the turn"), going.extend_by_turn, False, "Alt+Shift+Up"),
    ):
        add(f"code.{name}", text, lambda do=extend, forward=forward: do(forward=forward), keys=keys, menu=SELECT)
    add("code.ends", _tr("Give the excerpt the ends of the selection"), ends.to_selection, keys="Ctrl+M", menu=ENDS)
    place.desk.actions.separator(ENDS)
    for name, text, end, forward, keys in (
        ("start_earlier", _tr("Let the excerpt begin a word earlier"), False, False, "Alt+H"),
        ("start_later", _tr("Let the excerpt begin a word later"), False, True, "Alt+J"),
        ("end_earlier", _tr("Let the excerpt end a word earlier"), True, False, "Alt+K"),
        ("end_later", _tr("Let the excerpt end a word later"), True, True, "Alt+L"),
    ):
        add(f"code.{name}", text, lambda end=end, forward=forward: ends.nudge(end=end, forward=forward), keys=keys,
            menu=ENDS)  # fmt: skip


def _go(place: CodeWorkspace, name: str, text: str, go: Callable[[], bool], keys: str) -> None:
    def run() -> None:
        if not go():
            place.desk.say(_tr("{what}: there is none from here.").format(what=text))

    place.desk.actions.add(f"code.{name}", text, run, keys=keys, menu=GO)


def _cycle(place: CodeWorkspace, *, forward: bool) -> bool:
    found = place.panel.going.cycle(forward=forward)
    if found is None:
        return False
    mark, number, count = found
    place.desk.say(_tr("“{name}”, {number} of {count} here").format(name=mark.name, number=number, count=count))
    return True


def _press(place: CodeWorkspace, key: str) -> None:
    """Do what a key does in the text."""
    from PySide6.QtGui import QKeySequence

    pressed = QKeySequence(key)[0]  # type: ignore[index]
    place.panel.view.keyPressEvent(QKeyEvent(QEvent.Type.KeyPress, pressed.key(), pressed.keyboardModifiers()))


def _to_part(place: CodeWorkspace, step: int) -> None:
    """Give the keyboard to the next part: transcripts, codes, text, drawer, inspector."""
    parts: list[QWidget] = [place.sources, place.filter, place.tree, place.panel, place.drawer, place.inspector]
    seen = [part for part in parts if part.isVisible()]
    here = next((at for at, part in enumerate(seen) if part.hasFocus() or part.isAncestorOf(_focused(place))), -1)
    for offset in range(1, len(seen) + 1):
        part = seen[(here + step * offset) % len(seen)]
        target = part if part.focusPolicy() != Qt.FocusPolicy.NoFocus else _first_control(part)
        if target is not None:
            target.setFocus(Qt.FocusReason.TabFocusReason)
            return


def _focused(place: CodeWorkspace) -> QWidget:
    return place.window().focusWidget() or place


def _first_control(part: QWidget) -> QWidget | None:
    """What the keyboard would reach first inside."""
    inside = part.nextInFocusChain()
    while inside is not None and inside is not part:
        if part.isAncestorOf(inside) and inside.isVisible() and inside.focusPolicy() & Qt.FocusPolicy.TabFocus:
            return inside
        inside = inside.nextInFocusChain()
    return part.focusProxy()


def _tr(text: str) -> str:
    return QCoreApplication.translate("MovingCommands", text)
