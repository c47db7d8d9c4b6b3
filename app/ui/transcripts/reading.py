"""The place of first reading: the chosen transcript without codes, notes in its margin, and how far one has come."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QMimeData, QObject, QPoint, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QToolButton, QVBoxLayout, QWidget

from app.analysis.memos import MarginNote, notes_of_source
from app.analysis.transcripts import Transcript, transcript
from app.operations.memos import note_passage
from app.ui.code.find_bar import FindBar
from app.ui.code.marks import turn_marks
from app.ui.desk import Desk
from app.ui.quotes import QuoteShelf
from app.ui.style.icons import icon
from app.ui.transcript.colours import reading_colours
from app.ui.transcript.panel import TranscriptPanel
from app.ui.transcript.sentences import sentence
from app.ui.transcripts.note_margin import NoteMargin, Place
from app.ui.transcripts.read_so_far import HowFar, ReadingLog, ReadSoFar, said
from app.ui.transcripts.tabbed import HEAD
from app.ui.transcripts.turn_repairs import TurnRepairs
from app.ui.widgets.labels import ElidedLabel
from app.ui.wording import capital

if TYPE_CHECKING:
    from app.study import Notice

TICK_MS = 1000
DWELL = 3
"""Seconds for which a part of the text must be in view to count as read; going past quickly is no reading."""
PART = 500
"""Characters of a part."""
_TEXT = ("source", "turn", "speaker", "participant", "focus_group")


class ReadingPage(QWidget):
    """One transcript to be read. What is read and where one is are kept beside the study."""

    notesChanged = Signal()
    """Other notes stand beside the text now; `notes` holds them."""
    readOn = Signal(str)
    """How far a transcript (by its id) is read is said otherwise now."""

    def __init__(self, desk: Desk, log: ReadingLog, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("transcripts.reading")
        self.desk, self.log = desk, log
        self.shelf = QuoteShelf(desk)
        self.script: Transcript | None = None
        self.notes: list[MarginNote] = []
        self._seconds: dict[int, int] = {}
        """{part of the text: how long it was in view since the transcript is shown}."""
        self.panel = TranscriptPanel()
        self.panel.view.setAccessibleName(self.tr("Transcript to read"))
        self.margin = NoteMargin(self.panel, self._write_note)
        self.find_bar = FindBar(self.panel.find)
        self.repairs = TurnRepairs(self)
        self._build()
        self._clock = QTimer(self)
        self._clock.setInterval(TICK_MS)
        self._clock.timeout.connect(self._tick)
        self.panel.typed.connect(self._typed)
        self.panel.copyWanted.connect(self.copy_quote)
        self.panel.contextMenuWanted.connect(self._menu)
        self.panel.view.installEventFilter(self)
        self.margin.opened.connect(lambda start, _end: self.panel.reveal(start))
        self.find_bar.closed.connect(self.panel.stop_finding)
        self.find_bar.closed.connect(lambda: QTimer.singleShot(0, self.panel.setFocus))

    # --- what is shown -------------------------------------------------------------------------------------------

    def show_source(self, source_id: str) -> None:
        """Read a transcript where one left it; "" shows none."""
        if self.script is not None and self.script.id == source_id:
            return
        self.margin.close_field()
        self.remember()
        self._seconds.clear()
        self._load(source_id)
        if self.script is not None:
            place = self.desk.settings.place(self.desk.study.key, f"first/{source_id}", 0)
            self.panel.restore_place(int(str(place or 0)))

    def refresh(self, notice: Notice | None) -> None:
        """Draw what the study says now of the transcript shown."""
        if self.script is None:
            return
        if notice is None or self._text_touched(notice):
            place, caret = self.panel.reading_place(), self.panel.selection()
            self._load(self.script.id)
            if self.script is not None:
                length = len(self.script.text)
                self.panel.select(min(caret[0], length), min(caret[1], length), reveal=False)
                self.panel.restore_place(min(place, length))
        elif notice.touches("memo", "excerpt", "coding"):
            self._show_notes()

    def restyle(self) -> None:
        """Take over colours and how text is set."""
        tokens, reading = self.desk.tokens, self.desk.settings.reading
        self.panel.set_colours(reading_colours(tokens.dark, tokens.strong))
        self.panel.set_reading(reading.family, reading.points, reading.measure, reading.spacing)
        self.find_bar.restyle(tokens)
        self.how_far.setIcon(icon("chevron", tokens.quiet, 12))
        self.margin.tokens = tokens
        self.margin.update()

    def commit_pending(self) -> None:
        """Commit the note that is being written, and remember where one reads."""
        self.margin.field.commit_now()
        self.remember()

    def remember(self) -> None:
        """Keep the place; it is no change of the study."""
        if self.script is not None:
            self.desk.settings.remember_place(
                self.desk.study.key, f"first/{self.script.id}", self.panel.reading_place()
            )

    def _load(self, source_id: str) -> None:
        with self.desk.read() as session:
            self.script = transcript(session, source_id) if source_id else None
        self.bar.setVisible(self.script is not None)
        if self.script is None:
            self.margin.hide()
            self.panel.clear(self.tr("Choose a transcript to read it."))
            self.notes = []
            self.notesChanged.emit()
            return
        self.panel.set_transcript(self.script.id, self.script.text, turn_marks(self.script), self.script.direction)
        self._show_notes()
        self._show_how_far()

    def _show_notes(self) -> None:
        if self.script is not None:
            with self.desk.read() as session:
                self.notes = notes_of_source(session, self.script.id)
            self.margin.writable = not self.desk.study.read_only
            self.margin.show_notes(self.notes)
            self.notesChanged.emit()

    def _text_touched(self, notice: Notice) -> bool:
        if notice.touches("turn", "speaker", "participant", "focus_group"):
            return True
        return self.script is not None and self.script.id in notice.rows.get("source", frozenset())

    # --- notes ---------------------------------------------------------------------------------------------------

    def write_note(self) -> None:
        """Write beside the selected words, on the note at the caret, or beside the sentence at the caret."""
        start, end = self.panel.selection()
        if self.script is None:
            return
        note = self.margin.note_over(start, end)
        if note is not None:
            start, end = note.start, note.end
        elif start == end:
            start, end = self._sentence(start)
        if not self.script.text[start:end].strip():
            self.desk.say(self.tr("There are no words here to write beside."))
        elif note is not None or self.desk.may_change():
            self.open_note(start, end)

    def open_note(self, start: int, end: int) -> None:
        """Write beside these words."""
        text = self.script.text if self.script is not None else ""
        while end > start and text[end - 1].isspace():
            end -= 1
        while start < end and text[start].isspace():
            start += 1
        self.panel.select(start, end)
        self.margin.open_note(start, end)

    def go_to_note(self, *, forward: bool) -> None:
        """Select the words of the next note, or of the one before."""
        note = self.margin.next_note(self.panel.selection()[0], forward=forward)
        if note is not None:
            self.panel.select(note.start, note.end)
        else:
            self.desk.say(self.tr("There is no note further on.") if forward else self.tr("There is no note before."))

    def _sentence(self, position: int) -> tuple[int, int]:
        turn = self.panel.view.turn_at(position)
        text = self.script.text if self.script is not None else ""
        begin, end = (turn.start, turn.end) if turn is not None else (0, len(text))
        first, last = sentence(text[begin:end], position - begin, position - begin)
        return begin + first, begin + last

    def _write_note(self, place: Place, text: str, seq: int | None) -> int | None:
        if self.script is None:
            return None
        return self.desk.commit_field(
            seq, note_passage, self.script.id, place.start, place.end, text, level=place.level
        )

    # --- how far -------------------------------------------------------------------------------------------------

    def mark(self, *, read: bool) -> None:
        """Say by hand that the whole transcript is read, or that none of it is."""
        if self.script is not None:
            length = len(self.script.text)
            self._seconds.clear()
            self._keep(ReadSoFar().with_stretch(0, length) if read else ReadSoFar())

    def dwell(self, seconds: int) -> None:
        """What is in view now was so for some more seconds."""
        if self.script is None:
            return
        first, last = self.panel.view.visible_span()
        read = self.log.of(self.script.id)
        for part in range(first // PART, max(first, last - 1) // PART + 1):
            self._seconds[part] = self._seconds.get(part, 0) + seconds
            if self._seconds[part] >= DWELL:
                read = read.with_stretch(max(first, part * PART), min(last, (part + 1) * PART))
        if read != self.log.of(self.script.id):
            self._keep(read)

    def _tick(self) -> None:
        if self.isVisible() and self.window().isActiveWindow() and self.margin.place is None:
            self.dwell(TICK_MS // 1000)

    def _keep(self, read: ReadSoFar) -> None:
        if self.script is not None:
            self.log.keep(self.script.id, read, len(self.script.text))
            self._show_how_far()

    def _show_how_far(self) -> None:
        if self.script is None:
            return
        far = self.log.how_far(self.script.id)
        told = said(far)
        self.how_far.setText(capital(told))
        self._read_all.setVisible(far != HowFar.TO_THE_END)
        self._read_none.setVisible(far != HowFar.NOT_YET)
        self.readOn.emit(self.script.id)

    # --- keys ----------------------------------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter splits a turn and Backspace joins it, as they do with paragraphs where one writes."""
        if watched is self.panel.view and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
                return False
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.repairs.split()
                return True
            if event.key() == Qt.Key.Key_Backspace:
                self.repairs.join(only_at_start=True)
                return True
        return super().eventFilter(watched, event)

    def showEvent(self, event: object) -> None:
        """One reads."""
        super().showEvent(event)  # type: ignore[arg-type]
        self._clock.start()

    def hideEvent(self, event: object) -> None:
        """One does something else."""
        self._clock.stop()
        super().hideEvent(event)  # type: ignore[arg-type]

    def copy_quote(self) -> None:
        """Put the selected words on the clipboard as they are quoted: words, then who says them."""
        start, end = self.panel.selection()
        if self.script is None or end <= start:
            return
        shown = self.shelf.cite(self.script.id, start, end)
        if shown.withheld:
            self.desk.say(self.tr("Not copied: this person gave no consent to be quoted."))
            return
        data = QMimeData()
        data.setText(shown.cited)
        QGuiApplication.clipboard().setMimeData(data)
        self.desk.say(self.tr("Copied with attribution: {who}").format(who=shown.attribution or "–"))

    def open_find_bar(self) -> None:
        """Look for words in the transcript."""
        start, end = self.panel.selection()
        words = self.script.text[start:end] if self.script is not None else ""
        self.find_bar.open_bar(words if len(words) < 80 else "")

    def _typed(self, text: str) -> None:
        """A single letter or number is a command here, since there is nothing to type into."""
        if text.casefold() == "n":
            self.write_note()
        elif text.casefold() == "s":
            self.repairs.ask()
        elif text in set("123456789"):
            self.repairs.give_number(int(text))
        else:
            self.desk.say(self.tr("N: note  ·  S or 1 to 9: this turn is by …  ·  Enter: split  ·  Backspace: join"))

    def _menu(self, point: QPoint, _excerpt_id: str) -> None:
        menu = QMenu(self)
        for name in ("note", "copy", "-", "turn_by", "split_turn", "join_turn"):
            if name == "-":
                menu.addSeparator()
            else:
                menu.addAction(self.desk.actions[f"transcripts.{name}"])
        menu.exec(point)
        menu.deleteLater()

    def _build(self) -> None:
        self.how_far = QToolButton()
        self.how_far.setObjectName("reading.howFar")
        self.how_far.setProperty("look", "plain")
        self.how_far.setAccessibleName(self.tr("How far this transcript is read"))
        self.how_far.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.how_far.setLayoutDirection(Qt.LayoutDirection.RightToLeft)  # the arrow follows the words
        self.how_far.setIconSize(QSize(12, 12))
        self.how_far.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(self.how_far)
        self._read_all = menu.addAction(self.tr("I have read it to the end"))
        self._read_all.triggered.connect(lambda: self.mark(read=True))
        self._read_none = menu.addAction(self.tr("I have not read it yet"))
        self._read_none.triggered.connect(lambda: self.mark(read=False))
        self.how_far.setMenu(menu)
        self.note_button = QPushButton(self.tr("Note"))
        self.note_button.setObjectName("reading.note")
        self.note_button.setProperty("look", "chip")
        self.note_button.setToolTip(self.tr("Write beside the selected words, or the sentence at the caret (N)"))
        self.note_button.clicked.connect(self.write_note)
        self.details = QToolButton()
        self.details.setObjectName("reading.details")
        self.details.setText(self.tr("Details"))
        self.details.setToolTip(self.tr("Show or hide what is known of this transcript"))
        self.details.setProperty("look", "chip")
        self.details.setCheckable(True)
        self.details.setChecked(True)
        hint = ElidedLabel(
            self.tr("N: note  ·  S or 1 to 9: who speaks  ·  Enter: split turn  ·  Backspace: join"), "small"
        )
        self.bar = QWidget()
        self.bar.setProperty("look", "bar")
        self.bar.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.bar.setMinimumHeight(HEAD + 1)
        row = QHBoxLayout(self.bar)
        row.setContentsMargins(16, 4, 12, 4)
        row.setSpacing(8)
        row.addWidget(self.how_far)
        row.addWidget(hint, 1)
        row.addWidget(self.note_button)
        row.addWidget(self.details)
        self.setProperty("look", "paper")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.bar)
        layout.addWidget(self.find_bar)
        layout.addWidget(self.panel, 1)
