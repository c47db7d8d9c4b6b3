"""Bringing words into a theme straight from a transcript: one reads, selects, and takes them in."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QDialog, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from app.analysis.themes import excerpts_of_theme
from app.analysis.transcripts import source_cards, transcript
from app.models.kinds import Belongs
from app.operations.decisions import bring_in
from app.ui.code.marks import NO_CODE, turn_marks
from app.ui.desk import Desk
from app.ui.themes.wording import title
from app.ui.transcript.colours import reading_colours
from app.ui.transcript.marks import CodingMark
from app.ui.transcript.panel import TranscriptPanel
from app.ui.widgets.labels import PlainLabel


class BringInDialog(QDialog):
    """The transcript with what the theme holds of it in the margin. It stays open until one has enough."""

    def __init__(self, desk: Desk, theme_id: str, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("bringIn")
        self.setWindowTitle(self.tr("Bring in from a transcript"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._desk, self._theme_id = desk, theme_id
        self._name = name if len(name) <= 60 else f"{name[:59]}…"
        self.choice = QComboBox()
        self.choice.setObjectName("bringIn.transcript")
        self.choice.setAccessibleName(self.tr("Transcript"))
        self.search = QLineEdit()
        self.search.setObjectName("bringIn.find")
        self.search.setAccessibleName(self.tr("Find in the transcript"))
        self.search.setPlaceholderText(self.tr("Find …"))
        self.search.setMaximumWidth(240)
        self.panel = TranscriptPanel()
        self.panel.setObjectName("bringIn.panel")
        self.said = PlainLabel("", "small", wrap=True)
        self.said.setObjectName("bringIn.said")
        self.take = QPushButton(self.tr("Bring in"))
        self.take.setObjectName("bringIn.take")
        self.take.setProperty("look", "primary")
        self.shut = QPushButton(self.tr("Close"))
        self.shut.setObjectName("bringIn.close")
        for button in (self.take, self.shut):
            button.setAutoDefault(False)
        self._connect()
        self._build()
        self._restyle()
        with desk.read() as session:
            for card in source_cards(session):
                self.choice.addItem(card.name, card.id)
        self._show_source()
        self.panel.setFocus()

    @property
    def source_id(self) -> str:
        """The transcript that is shown, or ""."""
        return str(self.choice.currentData() or "")

    def bring(self) -> None:
        """Take the selected words into the theme."""
        start, end = self.panel.selection()
        if start == end:
            self.said.setText(self.tr("Select some words first."))
            return
        excerpt_id = self._desk.run(bring_in, self._theme_id, self.source_id, start, end)
        if excerpt_id is not None:
            self.said.setText(self.tr("Brought into “{name}”. Undo takes it out again.").format(name=self._name))
            self._show_marks()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter brings in what is selected."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self.search.hasFocus():
                self._find()
            else:
                self.bring()
            return
        super().keyPressEvent(event)

    def _show_source(self) -> None:
        with self._desk.read() as session:
            script = transcript(session, self.source_id) if self.source_id else None
        if script is None:
            self.panel.clear(self.tr("There is no transcript in this study yet."))
            self.take.hide()
            self.said.setText("")
            return
        self.panel.set_transcript(script.id, script.text, turn_marks(script), script.direction)
        self._show_marks()
        self.said.setText(self.tr("Select the words that belong to “{name}”.").format(name=self._name))

    def _show_marks(self) -> None:
        with self._desk.read() as session:
            rows = [row for row in excerpts_of_theme(session, self._theme_id) if row.source_id == self.source_id]
        colour = self._desk.tokens.accent
        self.panel.set_codings(
            [
                CodingMark("", row.excerpt_id, "", row.start, row.end, title(row.belongs), "",
                           NO_CODE if row.belongs == Belongs.OUT else colour)
                for row in rows
            ]
        )  # fmt: skip

    def _find(self) -> None:
        typed = self.search.text()
        if typed and not self.panel.find(typed):
            self.said.setText(self.tr("“{words}” does not stand in this transcript.").format(words=typed))

    def _restyle(self) -> None:
        tokens, reading = self._desk.tokens, self._desk.settings.reading
        self.panel.set_colours(reading_colours(tokens.dark, tokens.strong))
        self.panel.set_reading(reading.family, reading.points, reading.measure, reading.spacing)

    def _connect(self) -> None:
        self.choice.currentIndexChanged.connect(lambda _: QTimer.singleShot(0, self._show_source))
        self.search.returnPressed.connect(self._find)
        self.take.clicked.connect(self.bring)
        self.shut.clicked.connect(self.reject)
        self.panel.typed.connect(lambda _: self.said.setText(self.tr("Press Enter to bring the words in.")))

    def _build(self) -> None:
        self.resize(920, 700)
        head = QHBoxLayout()
        head.setContentsMargins(16, 12, 16, 8)
        head.setSpacing(8)
        head.addWidget(self.choice, 1)
        head.addWidget(self.search)
        foot = QHBoxLayout()
        foot.setContentsMargins(16, 8, 16, 12)
        foot.setSpacing(8)
        foot.addWidget(self.said, 1)
        foot.addWidget(self.take)
        foot.addWidget(self.shut)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(head)
        layout.addWidget(self.panel, 1)
        layout.addLayout(foot)
