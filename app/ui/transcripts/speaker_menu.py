"""The menu "This turn is by ...": the labels of the transcript, a new name, or nobody known."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QInputDialog, QMenu, QWidget

from app.analysis.people import speakers_of
from app.analysis.transcripts import turns_of
from app.operations.sources import give_turn
from app.ui.desk import Desk


def build_speaker_menu(desk: Desk, parent: QWidget, source_id: str, turn_id: str) -> QMenu:
    """A menu that gives the turn to whoever is chosen in it, as one change. The one who has it now is marked."""
    menu = QMenu(_tr("This turn is by"), parent)
    menu.setObjectName("menu.speaker")
    menu.setEnabled(not desk.study.read_only)
    with desk.read() as session:
        speakers = speakers_of(session, source_id)
        turn = next((one for one in turns_of(session, source_id) if one.id == turn_id), None)
    now = turn.speaker_id if turn is not None else None
    for speaker in speakers:
        action = menu.addAction(speaker.label.replace("&", "&&"))
        _mark(action, speaker.id == now)
        action.triggered.connect(lambda *_, label=speaker.label: desk.run(give_turn, turn_id, label))
    menu.addSeparator()
    menu.addAction(_tr("New name …")).triggered.connect(lambda *_: _ask_name(desk, parent, turn_id))
    unknown = menu.addAction(_tr("Unknown speaker"))
    _mark(unknown, turn is not None and now is None)
    unknown.triggered.connect(lambda *_: desk.run(give_turn, turn_id, ""))
    return menu


def _mark(action: QAction, chosen: bool) -> None:
    action.setCheckable(True)
    action.setChecked(chosen)


def _ask_name(desk: Desk, parent: QWidget, turn_id: str) -> None:
    name, given = QInputDialog.getText(parent, _tr("This turn is by"), _tr("Pseudonym of the speaker"))
    if given and name.strip():
        desk.run(give_turn, turn_id, name)


def _tr(text: str) -> str:
    return QCoreApplication.translate("speaker_menu", text)
