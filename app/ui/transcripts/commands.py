"""Everything one can do in the Transcripts workspace, as actions of the registry."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QAction

from app.ui.transcripts.deleting_groups import choose_group

if TYPE_CHECKING:
    from app.ui.transcripts.workspace import TranscriptsWorkspace

MENU, GO = "Transcripts", "Transcripts/Go to"


def add_list_actions(place: TranscriptsWorkspace) -> list[QAction]:
    """What comes in, and what one does with the chosen transcript; returns the latter."""
    add, line = place.desk.actions.add, place.desk.actions.separator
    add("transcripts.import", _tr("Bring in transcripts …"), place.choose_files, menu=MENU)
    add("transcripts.participants", _tr("Bring in participants …"), place.choose_table, menu="File")
    up, down = _tr("Move transcript up"), _tr("Move transcript down")
    here = [
        add("transcripts.open", _tr("Open transcript for coding"), place.open_chosen, menu=MENU),
        add("transcripts.rename", _tr("Rename transcript"), place.list.rename, keys="F2", menu=MENU),
        add("transcripts.up", up, lambda: place.list.step(-1), keys="Alt+Up", menu=MENU),
        add("transcripts.down", down, lambda: place.list.step(1), keys="Alt+Down", menu=MENU),
        add("transcripts.correct", _tr("Correct transcript …"), place.correct_chosen, menu=MENU),
        add("transcripts.replace", _tr("Replace by a corrected file …"), place.replace_chosen, menu=MENU),
        add("transcripts.delete", _tr("Delete transcript …"), place.ask_delete, menu=MENU),
    ]
    for action in here:  # these keys mean other things elsewhere, so they hold in the list alone
        action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        place.list.addAction(action)
    line(MENU)
    return here


def add_reading_actions(place: TranscriptsWorkspace) -> None:
    """What one does while reading. Most have a single letter as well, since nothing is typed into the text."""
    page, line = place.reading, place.desk.actions.separator
    going, repairs = page.panel.going, page.repairs
    _read(place, "note", _tr("Write a note beside the text"), page.write_note, keys="Alt+N", fixed="N")
    _read(place, "turn_by", _tr("This turn is by …"), repairs.ask, keys="Ctrl+Shift+B", fixed="S")
    _read(place, "split_turn", _tr("Split the turn at the caret"), repairs.split, fixed="Return")
    _read(place, "join_turn", _tr("Join the turn to the one before"), repairs.join, fixed="Backspace")
    _read(place, "copy", _tr("Copy quote with attribution"), page.copy_quote, keys="Ctrl+Shift+C")
    line(MENU)
    _read(place, "read", _tr("I have read this transcript to the end"), lambda: page.mark(read=True))
    _read(place, "unread", _tr("I have not read this transcript yet"), lambda: page.mark(read=False))
    line(MENU)
    for name, text, run, keys in (
        ("next_turn", _tr("Next turn"), going.next_turn, "Alt+Down"),
        ("previous_turn", _tr("Previous turn"), going.previous_turn, "Alt+Up"),
        ("next_of_speaker", _tr("Next turn of this person"), going.next_of_speaker, "Alt+PgDown"),
        ("previous_of_speaker", _tr("Previous turn of this person"), going.previous_of_speaker, "Alt+PgUp"),
        ("next_note", _tr("Next note"), lambda: page.go_to_note(forward=True), "F8"),
        ("previous_note", _tr("Previous note"), lambda: page.go_to_note(forward=False), "Shift+F8"),
    ):
        _read(place, name, text, run, keys=keys, menu=GO)
    _read(place, "find", _tr("Find in this transcript"), page.open_find_bar, keys="Ctrl+F", menu=GO)
    _read(place, "find_next", _tr("Find next"), page.find_bar.next, keys="F3", menu=GO)
    _read(
        place, "find_before", _tr("Find previous"), lambda: page.find_bar.next(forward=False), keys="Shift+F3", menu=GO
    )
    add = place.desk.actions.add
    next_part, before = _tr("Next part of the workspace"), _tr("Previous part of the workspace")
    add("transcripts.next_part", next_part, lambda: place.go_round(1), keys="F6", menu=GO)
    add("transcripts.previous_part", before, lambda: place.go_round(-1), keys="Shift+F6", menu=GO)
    line(MENU)
    add("transcripts.reading", _tr("Read"), lambda: place.show_page(place.reading), menu=MENU)
    add("transcripts.notes", _tr("Notes on this transcript"), lambda: place.show_page(place.notes), menu=MENU)
    add("transcripts.voices", _tr("Voices: who speaks how much"), lambda: place.show_page(place.voices), menu=MENU)
    add("transcripts.people", _tr("Participants"), lambda: place.show_page(place.people), menu=MENU)
    add("transcripts.add_participant", _tr("Add participant"), place.add_participant, menu=MENU)
    add("transcripts.delete_group", _tr("Delete a group …"), lambda: choose_group(place), menu=MENU)
    add("transcripts.withdraw", _tr("Withdraw a participant …"), place.withdraw_participant, menu=MENU)
    add("transcripts.person", _tr("Everything about this person …"), place.export_person, menu=MENU)
    add("transcripts.pseudonymise", _tr("Pseudonymise …"), place.pseudonymise, menu=MENU)


def _read(
    place: TranscriptsWorkspace,
    name: str,
    text: str,
    run: Callable[[], object],
    *,
    keys: str | tuple[str, ...] = (),
    fixed: str = "",
    menu: str = MENU,
) -> None:
    """An action on the text one reads: it is shown first, and its keys hold there alone."""

    def act() -> None:
        place.show_text()
        run()

    action = place.desk.actions.add(f"transcripts.{name}", text, act, keys=keys, fixed=fixed, menu=menu)
    place.removeAction(action)
    place.reading.addAction(action)


def _tr(text: str) -> str:
    return QCoreApplication.translate("TranscriptsCommands", text)
