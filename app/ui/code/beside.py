"""A second transcript beside the one that one codes: to read, with its codings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from app.analysis.codes import codings_of_source
from app.analysis.transcripts import transcript
from app.ui.code.marks import coding_mark, turn_marks
from app.ui.transcript.colours import reading_colours
from app.ui.transcript.panel import TranscriptPanel

if TYPE_CHECKING:
    from app.study import Notice
    from app.ui.code.workspace import CodeWorkspace

_READ = ("source", "turn", "speaker", "participant", "focus_group", "excerpt", "coding", "code")


class Beside(QWidget):
    """One chooses a transcript and reads it; a button makes it the one that one works in."""

    closed = Signal()

    def __init__(self, place: CodeWorkspace) -> None:
        super().__init__()
        self.setObjectName("code.beside")
        self.setProperty("look", "paper")
        self._place = place
        self.source_id = ""
        self.choice = QComboBox()
        self.choice.setObjectName("code.beside.choice")
        self.choice.setAccessibleName(self.tr("The transcript beside"))
        self.work = QPushButton(self.tr("Work in this one"))
        self.work.setObjectName("code.beside.work")
        self.shut = QPushButton(self.tr("Close"))
        self.shut.setObjectName("code.beside.close")
        self.shut.setProperty("look", "link")
        self.panel = TranscriptPanel()
        self.panel.setObjectName("code.beside.panel")
        head = QHBoxLayout()
        head.setContentsMargins(16, 8, 8, 8)
        head.addWidget(self.choice, 1)
        head.addWidget(self.work)
        head.addWidget(self.shut)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(head)
        layout.addWidget(self.panel, 1)
        self.setFocusProxy(self.panel)
        self.choice.activated.connect(lambda _: self.show_source(str(self.choice.currentData())))
        self.work.clicked.connect(self.change_places)
        self.shut.clicked.connect(self.close_beside)
        self.panel.typed.connect(lambda _: place.desk.say(self.tr("To code here, work in this transcript first.")))
        self.hide()

    def show_source(self, source_id: str) -> None:
        """Read this transcript, at the place where one left it."""
        place = self._place
        self.choice.clear()
        for card in place.cards:
            self.choice.addItem(card.name, card.id)
        self.choice.setCurrentIndex(self.choice.findData(source_id))
        with place.desk.read() as session:
            script = transcript(session, source_id)
            rows = codings_of_source(session, source_id) if script is not None else []
        if script is None:
            self.close_beside()
            return
        again = source_id == self.source_id
        where = self.panel.reading_place() if again else place.reading_place_of(source_id)
        self.source_id = source_id
        self.restyle()
        self.panel.set_transcript(script.id, script.text, turn_marks(script), script.direction)
        self.panel.set_codings([coding_mark(row, place.codes, self.tr("no code yet")) for row in rows])
        self.panel.restore_place(where)
        self.show()

    def refresh(self, notice: Notice | None) -> None:
        """Draw what the study says now."""
        if self.isVisible() and (notice is None or notice.touches(*_READ)):
            self.show_source(self.source_id)

    def restyle(self) -> None:
        """Take over colours and how text is set."""
        tokens, reading = self._place.desk.tokens, self._place.desk.settings.reading
        self.panel.set_colours(reading_colours(tokens.dark, tokens.strong))
        self.panel.set_reading(reading.family, reading.points, reading.measure, reading.spacing)

    def change_places(self) -> None:
        """Work in this one, and read the other beside it; what is selected here is selected there."""
        script = self._place.script
        mine, span = self.source_id, self.panel.selection()
        self._place.show_source(mine)
        self._place.panel.select(*span, reveal=True)
        if script is not None and script.id != mine:
            self.show_source(script.id)
        self._place.panel.setFocus()

    def close_beside(self) -> None:
        """Give the room back."""
        self.hide()
        self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc gives the room back."""
        if event.key() == Qt.Key.Key_Escape:
            self.close_beside()
        else:
            super().keyPressEvent(event)
