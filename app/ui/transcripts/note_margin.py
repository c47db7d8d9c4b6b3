"""The margin beside the text one reads: each note next to its words, written and edited where it stands."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFont,
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import QWidget

from app.analysis.memos import MarginNote
from app.models.kinds import ExcerptLevel
from app.ui.style.tokens import LIGHT, Tokens
from app.ui.widgets.fields import Commit, TextField

if TYPE_CHECKING:
    from app.ui.transcript.panel import TranscriptPanel

LINES, ENOUGH = 7, 1000
"""Lines of a note that are shown, and characters that fill them for certain; the rest is seen when it is opened."""
LEFT, PAD, BETWEEN, BRACKET = 14.0, 8.0, 6.0, 3.0
NARROW = 130
"""Pixels under which notes are but brackets beside their words; opened they lie over the text."""
EDITOR = 232


@dataclass(frozen=True)
class Place:
    """What a note stands beside."""

    start: int
    end: int
    level: ExcerptLevel | None = None


@dataclass(frozen=True)
class _Card:
    """A note where it is drawn."""

    note: MarginNote
    bracket: QRectF
    box: QRectF | None


class NoteField(TextField):
    """The field in which a note is written; leaving it closes it."""

    left = Signal()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """A menu over it, or another window, does not end the writing."""
        super().focusOutEvent(event)
        reasons = Qt.FocusReason
        if event.reason() not in (reasons.PopupFocusReason, reasons.ActiveWindowFocusReason):
            self.left.emit()


class NoteMargin(QWidget):
    """The notes of the lines that are seen. It lies where codes have their lanes when one codes."""

    opened = Signal(int, int)
    """A note was opened: the words it stands beside."""
    closed = Signal()
    """The field is closed; the text has the keyboard again."""

    def __init__(self, panel: TranscriptPanel, commit: Callable[[Place, str, int | None], int | None]) -> None:
        super().__init__(panel)
        self.setObjectName("noteMargin")
        self.setAccessibleName(self.tr("Notes beside the text"))
        self.setMouseTracking(True)
        self.tokens: Tokens = LIGHT
        self.writable = True
        self._panel = panel
        self._notes: list[MarginNote] = []
        self._hovered = ""
        self._place: Place | None = None
        """What the open field writes beside."""
        self._commit = commit
        write: Commit = lambda text, seq: None if self._place is None else self._commit(self._place, text, seq)  # noqa: E731
        self.field = NoteField(
            self.tr("Note"), self.tr("Note beside these words …"), write, lines=2, most=12, parent=panel
        )
        self.field.setObjectName("noteMargin.field")
        self.field.hide()
        self.field.left.connect(self._on_left)
        self.field.installEventFilter(self)
        self.field.textChanged.connect(self._put_field)
        panel.lanes.installEventFilter(self)
        panel.view.verticalScrollBar().valueChanged.connect(self._follow)
        panel.view.placesChanged.connect(self._follow)

    # --- what is shown -------------------------------------------------------------------------------------------

    def show_notes(self, notes: Sequence[MarginNote]) -> None:
        """Show these, in text order; a field that is open stays open."""
        self._notes = list(notes)
        place = self._place
        if place is not None:
            note = self._note_at(place)
            self.field.show_text(note.text if note is not None else "")
        self.update()

    def note_over(self, start: int, end: int) -> MarginNote | None:
        """The note exactly beside these words; of a caret the shortest note beside words that hold it."""
        if end > start:
            return next((note for note in self._notes if (note.start, note.end) == (start, end)), None)
        here = [note for note in self._notes if note.start <= start <= note.end]
        return min(here, key=lambda note: note.end - note.start, default=None)

    def next_note(self, position: int, *, forward: bool) -> MarginNote | None:
        """The next note that begins after a position, or the last before it."""
        if forward:
            return next((note for note in self._notes if note.start > position), None)
        return next((note for note in reversed(self._notes) if note.start < position), None)

    @property
    def place(self) -> Place | None:
        """What the open field writes beside, if it is open."""
        return self._place

    # --- writing -------------------------------------------------------------------------------------------------

    def open_note(self, start: int, end: int) -> None:
        """Write beside these words: on the note that is there, or a new one."""
        self.close_field()
        note = self.note_over(start, end)
        self._place = Place(start, end, note.level if note is not None else None)
        self.field.setReadOnly(not self.writable)
        self.field.show_text(note.text if note is not None else "", anew=True)
        self._put_field()
        self.field.show()
        self.field.raise_()
        self.field.setFocus()
        self.field.moveCursor(self.field.textCursor().MoveOperation.End)
        self.opened.emit(start, end)
        self.update()

    def close_field(self) -> None:
        """Commit what is typed and close the field."""
        if self._place is None:
            return
        self.field.commit_now()
        self._place = None
        self.field.hide()
        self.update()

    def _on_left(self) -> None:
        """The keyboard went elsewhere by itself."""
        self.close_field()

    def _note_at(self, place: Place) -> MarginNote | None:
        alike = [note for note in self._notes if (note.start, note.end) == (place.start, place.end)]
        return next((note for note in alike if place.level in (None, note.level)), None)

    # --- inside --------------------------------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stand where the lanes stand; Esc or Ctrl+Enter in the field go back to the text."""
        if watched is self._panel.lanes and event.type() in (QEvent.Type.Resize, QEvent.Type.Move, QEvent.Type.Show):
            self.setGeometry(self._panel.lanes.geometry())
            self.raise_()
            self._follow()
        elif watched is self._panel.lanes and event.type() == QEvent.Type.Hide:
            self.hide()
        if watched is self._panel.lanes and event.type() == QEvent.Type.Show:
            self.show()
        if watched is self.field and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
            done = control and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            if event.key() == Qt.Key.Key_Escape or done:
                self._panel.setFocus()  # which closes it
                self.closed.emit()
                return True
        return super().eventFilter(watched, event)

    def _follow(self) -> None:
        self._put_field()
        self.update()

    def _put_field(self) -> None:
        """The field stands where its note stands; in a narrow margin it lies over the text."""
        if self._place is None:
            return
        width = self.width() - int(LEFT) - 8
        left = self.x() + int(LEFT)
        if self.width() < NARROW:
            width = min(EDITOR, self._panel.width() - 24)
            left = self._panel.width() - width - 16
            top = int(self._panel.view.line_edge(self._place.end, bottom=True)) + 4
        else:
            top = int(self._panel.view.line_edge(self._place.start, bottom=False))
        self.field.setFixedWidth(width)
        top = max(8, min(top, self._panel.height() - self.field.height() - 8))
        self.field.move(left, top)

    def _cards(self) -> list[_Card]:
        """The notes of what is seen, each beside its words or as near below as there is room."""
        view = self._panel.view
        first, last = view.visible_span()
        held = self._place
        free = 2.0
        cards = []
        for note in self._notes:
            if note.end <= first or note.start >= last:
                continue
            top = -10.0 if note.start < first else view.line_edge(note.start, bottom=False)
            bottom = self.height() + 10.0 if note.end > last else view.line_edge(note.end, bottom=True)
            bracket = QRectF(2, top + 2, BRACKET, max(10.0, bottom - top - 4))
            if held is not None and (note.start, note.end) == (held.start, held.end):
                free = max(free, self.field.geometry().bottom() + BETWEEN)
                cards.append(_Card(note, bracket, None))
                continue
            box = None
            if self.width() >= NARROW:
                height = self._height(note)
                at = max(free, top, 2.0)
                if held is not None and at < self.field.geometry().bottom() and at + height > self.field.y():
                    at = self.field.geometry().bottom() + BETWEEN
                box = QRectF(LEFT, at, self.width() - LEFT - 8, height)
                free = box.bottom() + BETWEEN
            cards.append(_Card(note, bracket, box))
        return cards

    def _height(self, note: MarginNote) -> float:
        lines = min(LINES, _laid_out(note, self.font(), self.width() - LEFT - 8 - 2 * PAD).lineCount())
        return max(1, lines) * QFontMetricsF(self.font()).lineSpacing() + 2 * PAD

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        """A bracket beside the words, the note in a box next to it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for card in self._cards():
            self._paint(painter, card)
        if self._place is not None:  # words that have no note yet are bracketed while one writes
            view = self._panel.view
            top = view.line_edge(self._place.start, bottom=False)
            bottom = view.line_edge(self._place.end, bottom=True)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(self.tokens.accent))
            painter.drawRoundedRect(QRectF(2, top + 2, BRACKET, max(10.0, bottom - top - 4)), 1.5, 1.5)
        painter.end()

    def _paint(self, painter: QPainter, card: _Card) -> None:
        hovered = card.note.excerpt_id == self._hovered
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self.tokens.accent if hovered else self.tokens.quiet))
        painter.drawRoundedRect(card.bracket, 1.5, 1.5)
        if card.box is None:
            return
        painter.setPen(QPen(QColor(self.tokens.accent if hovered else self.tokens.edge), 1))
        painter.setBrush(QColor(self.tokens.raised))
        painter.drawRoundedRect(card.box.adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        painter.setPen(QColor(self.tokens.text))
        height = QFontMetricsF(self.font()).lineSpacing()
        inner = card.box.adjusted(PAD, PAD, -PAD, -PAD)
        layout = _laid_out(card.note, self.font(), inner.width())
        goes_on = layout.lineCount() > LINES
        for number in range(LINES - 1 if goes_on else layout.lineCount()):
            line = layout.lineAt(number)
            line.draw(painter, QPointF(inner.left(), inner.top() + number * height - line.y()))
        if goes_on:  # the last line says that it goes on
            words = layout.text().encode("utf-16-le")[2 * layout.lineAt(LINES - 1).textStart() :]
            rest = " ".join(words.decode("utf-16-le", "replace").split())
            shown = QFontMetricsF(self.font()).elidedText(rest, Qt.TextElideMode.ElideRight, inner.width())
            last = QRectF(inner.left(), inner.top() + (LINES - 1) * height, inner.width(), height)
            painter.drawText(last, int(Qt.AlignmentFlag.AlignVCenter), shown)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show which words the note under the mouse is about."""
        card = self._at(event)
        key = card.note.excerpt_id if card is not None else ""
        self.setCursor(Qt.CursorShape.PointingHandCursor if card is not None else Qt.CursorShape.ArrowCursor)
        if key != self._hovered:
            self._hovered = key
            self.update()

    def leaveEvent(self, event: QEvent) -> None:
        """No note is under the mouse."""
        self._hovered = ""
        self.update()
        super().leaveEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click opens the note."""
        card = self._at(event)
        if card is not None:
            self.open_note(card.note.start, card.note.end)
        else:
            self._panel.setFocus()

    def wheelEvent(self, event: object) -> None:
        """The wheel scrolls the text."""
        self._panel.view.wheelEvent(event)  # type: ignore[arg-type]

    def _at(self, event: QMouseEvent) -> _Card | None:
        point = event.position()
        for card in self._cards():
            if card.box is not None and card.box.contains(point):
                return card
        return next((card for card in self._cards() if card.bracket.adjusted(-2, 0, 8, 0).contains(point)), None)


def _laid_out(note: MarginNote, font: QFont, width: float) -> QTextLayout:
    """The note in lines of this width; no more of it than may be drawn."""
    layout = QTextLayout(note.text[:ENOUGH].replace("\n", "\u2028"), font)
    wrap = QTextOption()
    wrap.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(wrap)
    layout.beginLayout()
    while (line := layout.createLine()).isValid() and layout.lineCount() <= LINES + 1:
        line.setLineWidth(max(20.0, width))
    layout.endLayout()
    return layout
