"""Who speaks in one transcript: its labels, and whom each of them stands for."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from app.analysis.people import ParticipantRow, SpeakerRow
from app.models.kinds import SpeakerKind
from app.ui.transcripts import wording
from app.ui.transcripts.choice_box import ChoiceBox
from app.ui.widgets.labels import ElidedLabel, PlainLabel

NEW = "new"


class SpeakersTable(QWidget):
    """A row a label. It shows what the study says and tells what is wanted."""

    linkWanted = Signal(str, str, str)
    """A speaker's id, the kind, and a participant's id ("" for none)."""
    newWanted = Signal(str, str)
    """A speaker's id and its label: make a participant of that name."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("speakers")
        self.setAccessibleName(self.tr("Who speaks in this transcript"))
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(8)
        self._grid.setColumnStretch(0, 2)
        self._grid.setColumnStretch(2, 5)
        self._shown: tuple[object, ...] = ()
        self.boxes: dict[str, ChoiceBox] = {}
        """{speaker's label: its box}"""

    def show_speakers(self, speakers: list[SpeakerRow], people: list[ParticipantRow], group_id: str | None) -> None:
        """Show these labels. People of the transcript's own group are put forward first."""
        wanted = (speakers, [(one.id, one.pseudonym, one.group) for one in people], group_id)
        if wanted == self._shown:
            return
        self._shown = wanted
        focused = next((label for label, box in self.boxes.items() if box.hasFocus()), None)
        self._empty()
        for row, speaker in enumerate(speakers):
            label = ElidedLabel(speaker.label, "strong")
            label.setMinimumWidth(96)
            self._grid.addWidget(label, row, 0)
            figure = PlainLabel(wording.turns(speaker.turns), "quiet")
            figure.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            self._grid.addWidget(figure, row, 1)
            box = self._box(speaker, people, group_id)
            self._grid.addWidget(box, row, 2)
            self.boxes[speaker.label] = box
        if focused in self.boxes:
            self.boxes[str(focused)].setFocus()

    def _empty(self) -> None:
        self.boxes.clear()
        while (item := self._grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()

    def _box(self, speaker: SpeakerRow, people: list[ParticipantRow], group_id: str | None) -> ChoiceBox:
        box = ChoiceBox(self.tr("Who {label} is").format(label=speaker.label))
        box.setObjectName(f"speakers.{speaker.label}")
        here = [one for one in people if one.group_id == group_id and group_id is not None]
        away = [one for one in people if one not in here]
        kinds = wording.kind_words()
        choices: list[tuple[str, Any] | None] = [(one.pseudonym, one.id) for one in here]
        choices.append((self.tr("New participant “{name}”").format(name=speaker.label), NEW))
        choices.append(None)
        choices += [(text, kind.value) for kind, text in kinds.items() if kind != SpeakerKind.PARTICIPANT]
        if away:
            choices.append(None)
            choices += [(f"{one.pseudonym} ({one.group})" if one.group else one.pseudonym, one.id) for one in away]
        lost = speaker.kind == SpeakerKind.PARTICIPANT and speaker.participant_id is None
        chosen = speaker.participant_id or ("" if lost else speaker.kind.value)
        box.fill(choices, chosen)
        if lost:
            box.setPlaceholderText(self.tr("A participant, but nobody of the list"))
        box.picked.connect(lambda value, one=speaker: self._pick(one, str(value)))
        return box

    def _pick(self, speaker: SpeakerRow, value: str) -> None:
        if value == NEW:
            self.newWanted.emit(speaker.id, speaker.label)
        elif value in {kind.value for kind in SpeakerKind}:
            self.linkWanted.emit(speaker.id, value, "")
        else:
            self.linkWanted.emit(speaker.id, SpeakerKind.PARTICIPANT.value, value)
