"""The chosen transcript: its group, who speaks in it, and what is known of its focus group."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from app.analysis.people import GroupSheet, ParticipantRow, SpeakerRow
from app.analysis.transcripts import SourceCard
from app.models.kinds import SpeakerKind
from app.models.verbs import Verb
from app.operations.people import add_participant, link_speaker
from app.operations.sources import regroup_source
from app.study import ChangeSession
from app.ui.desk import Desk
from app.ui.journal.written_button import WrittenButton
from app.ui.transcripts import wording
from app.ui.transcripts.choice_box import ChoiceBox
from app.ui.transcripts.confirm_bar import ConfirmBar
from app.ui.transcripts.group_sheet import GroupFields
from app.ui.transcripts.making_fields import MakingFields
from app.ui.transcripts.speakers_table import SpeakersTable
from app.ui.widgets.buttons import Button
from app.ui.widgets.chips import Chips
from app.ui.widgets.labels import ElidedLabel, PlainLabel, SectionLabel


class SourceSheet(QWidget):
    """The right side of the workspace for one transcript."""

    openWanted = Signal(str)
    renameWanted = Signal()
    deleteWanted = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._card: SourceCard | None = None
        self.heading = ElidedLabel("", "title")
        self.heading.setObjectName("source.title")
        self.figures = ElidedLabel("", "quiet")
        self.open = Button("source.open", self.tr("Open for coding"), self._ask_to_open, "primary")
        self.rename = Button("source.rename", self.tr("Rename"), self.renameWanted.emit)
        self.delete = Button("source.delete", self.tr("Delete …"), self.deleteWanted.emit)
        self.confirm = ConfirmBar()
        self.written = WrittenButton(desk, "source", "source.written")
        self.group = ChoiceBox(self.tr("Focus group of this transcript"))
        self.group.setObjectName("source.group")
        self.group.setEditable(True)
        self.group.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.group.activated.connect(lambda *_: self._regroup())
        line = self.group.lineEdit()
        if line is not None:
            line.setPlaceholderText(self.tr("No group"))
            line.editingFinished.connect(self._regroup)
        self.speakers = SpeakersTable()
        self.speakers.linkWanted.connect(self._link)
        self.speakers.newWanted.connect(self._link_new)
        self.making = MakingFields(desk)
        self.group_fields = GroupFields(desk)
        self.no_group = PlainLabel(
            self.tr("Without a group. Choose one, or type the name of a new one."), "quiet", wrap=True
        )
        self._build()

    def show_source(
        self,
        card: SourceCard | None,
        speakers: list[SpeakerRow],
        people: list[ParticipantRow],
        groups: list[GroupSheet],
    ) -> None:
        """Show what the study says of this transcript."""
        if self._card is not None and (card is None or card.id != self._card.id):
            self.confirm.hide()
        self._card = card
        if card is None:
            return
        writable = not self._desk.study.read_only
        self.heading.setText(card.name)
        figures = [wording.people(card.people), wording.turns(card.turns), wording.words(card.words)]
        came = [self.tr("from {file}").format(file=card.file_name)] if card.file_name else []
        self.figures.setText(" · ".join(figures + came))
        for widget in (self.rename, self.delete, self.group, self.speakers):
            widget.setEnabled(writable)
        self.making.show_source(card.id)
        self.written.show_on(card.id)
        self._show_groups([one.label for one in groups], card.group)
        self.speakers.show_speakers(speakers, people, card.group_id)
        group = next((one for one in groups if one.id == card.group_id), None)
        self.group_fields.show_group(group)
        self.group_fields.setVisible(group is not None)
        self.no_group.setVisible(group is None)

    def commit_pending(self) -> None:
        """Commit what is typed and not yet on disk."""
        self._regroup()
        self.making.commit_pending()
        self.group_fields.commit_pending()

    def _show_groups(self, labels: list[str], group: str) -> None:
        if [self.group.itemText(place) for place in range(self.group.count())] != ["", *labels]:
            self.group.clear()
            self.group.addItems(["", *labels])
        self.group.setCurrentText(group)
        line = self.group.lineEdit()
        if line is not None:
            line.setCursorPosition(0)  # a long name is read from its beginning

    def _regroup(self) -> None:
        if self._card is None or self._desk.study.read_only:
            return
        wanted = " ".join(self.group.currentText().split())
        if wanted.casefold() != self._card.group.casefold():
            self._desk.run(regroup_source, self._card.id, wanted)
        elif wanted != self._card.group:
            self.group.setCurrentText(self._card.group)

    def _link(self, speaker_id: str, kind: str, participant_id: str) -> None:
        self._desk.run(link_speaker, speaker_id, SpeakerKind(kind), participant_id or None)

    def _link_new(self, speaker_id: str, label: str) -> None:
        group_id = self._card.group_id if self._card is not None else None

        def steps(session: ChangeSession) -> None:
            person = add_participant(session, label, group_id=group_id)
            link_speaker(session, speaker_id, SpeakerKind.PARTICIPANT, person)

        self._desk.run_all(f"Say who ‘{label}’ is", Verb.EDIT_PEOPLE, steps)

    def _ask_to_open(self) -> None:
        if self._card is not None:
            self.openWanted.emit(self._card.id)

    def _build(self) -> None:
        acts = Chips()
        acts.flow.setSpacing(8)
        for button in (self.open, self.rename, self.delete):
            acts.flow.addWidget(button)
        inner = QWidget()
        inner.setProperty("look", "panel")
        layout = QVBoxLayout(inner)
        layout.setContentsMargins(16, 16, 16, 24)
        layout.setSpacing(8)
        layout.addWidget(self.heading)
        layout.addWidget(self.figures)
        layout.addSpacing(4)
        layout.addWidget(acts)
        layout.addWidget(self.confirm)
        layout.addWidget(self.written, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addSpacing(16)
        layout.addWidget(SectionLabel(self.tr("Who speaks")))
        layout.addWidget(self.speakers)
        layout.addSpacing(16)
        layout.addWidget(SectionLabel(self.tr("How it was written down")))
        layout.addWidget(self.making)
        layout.addSpacing(16)
        layout.addWidget(SectionLabel(self.tr("Focus group")))
        belongs = QHBoxLayout()
        belongs.setSpacing(16)
        title = PlainLabel(self.tr("Belongs to"), "quiet")
        self.making.set_title_width(self.group_fields.title_width())
        title.setFixedWidth(self.group_fields.title_width())
        belongs.addWidget(title)
        belongs.addWidget(self.group, 1)
        layout.addLayout(belongs)
        layout.addWidget(self.no_group)
        layout.addWidget(self.group_fields)
        layout.addStretch(1)
        scroll = QScrollArea(self)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(inner)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scroll)
