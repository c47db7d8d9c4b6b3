"""The words of a transcript, to be written in: labels out of reach, coded words on the tints of their codes."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QMimeData, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QInputMethodEvent,
    QKeyEvent,
    QKeySequence,
    QSyntaxHighlighter,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
)
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from app.analysis.difference import difference, rewritten
from app.models.correctable import Correctable, correctable
from app.models.splice import Splice, SpliceBroken, spliced
from app.ui.correcting.tracking import Tracking
from app.ui.transcript.colours import LIGHT_READING, ReadingColours
from app.ui.transcript.marks import CodingMark, TurnMark
from app.ui.transcript.offsets import OffsetMap
from app.ui.transcript.setting import Setting
from app.ui.transcript.spans import SpanIndex
from app.ui.transcript.tints import Coloured, tints

BESIDE = 64
"""Pixels of the editor beside the column of words."""

_LINE_ENDS = str.maketrans({"\u2029": "\n", "\u2028": "\n"})


class CorrectingEditor(QPlainTextEdit):
    """An editor over one transcript. What is not words takes no edit; `refused` says so."""

    refused = Signal()
    """Somebody tried to write over a label."""
    placesChanged = Signal()
    """Another number of places is changed, or they are others."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("correcting.text")
        self.setAccessibleName(self.tr("Words of the transcript"))
        self.setTabChangesFocus(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.text = ""
        self.spans = SpanIndex()
        self.tracking = Tracking()
        self._offsets = OffsetMap("")
        self._open = Correctable(())
        self._taking_back = self._loading = False
        self.document().contentsChange.connect(self._on_change)  # before the colouring, which asks what came of it
        self._colouring = Colouring(self)

    def set_transcript(
        self, text: str, turns: Sequence[TurnMark], marks: Sequence[CodingMark], colours: ReadingColours
    ) -> None:
        """Show a transcript as it is in the study."""
        self.text, self._offsets, self.spans, self.tracking = text, OffsetMap(text), SpanIndex(marks), Tracking()
        offsets = self._offsets
        stretches = correctable(text, [(turn.label_start, turn.label_end, turn.start, turn.end) for turn in turns])
        self._open = Correctable(
            tuple((offsets.to_qt(start), offsets.to_qt(end)) for start, end in stretches.stretches)
        )
        self._colouring.labels = {offsets.to_qt(turn.label_start): offsets.to_qt(turn.label_end) for turn in turns}
        self._colouring.colours = colours
        self._loading = True
        self.setPlainText(text)
        self._loading = False
        self.document().clearUndoRedoStacks()

    def set_reading(self, setting: Setting) -> None:
        """Set the words as they are set for reading, at that measure."""
        self.document().setDefaultFont(setting.font())
        self.setMaximumWidth(setting.measure_pixels() + BESIDE)

    def splice(self) -> Splice:
        """What was changed, word by word."""
        now = self.document().toRawText().translate(_LINE_ENDS)
        offsets = OffsetMap(now)
        edits: list[tuple[int, str, str]] = []
        for place in self.tracking.places():
            at, end = self._offsets.from_qt(place.at), self._offsets.from_qt(place.at + place.removed)
            here, until = offsets.from_qt(place.now), offsets.from_qt(place.now + place.added)
            edits += rewritten(at, self.text[at:end], now[here:until])
        made = spliced(edits)
        try:
            whole = made.applied(self.text) == now
        except SpliceBroken:
            whole = False
        return made if whole else difference(self.text, now)

    def to_qt(self, place: int) -> int:
        """Where a place of the transcript, as it was, is on the page."""
        return self.tracking.now(self._offsets.to_qt(place))

    def places(self) -> int:
        """In how many places the words are others."""
        return sum(1 for _ in self.tracking.places())

    def codes_at_caret(self) -> list[str]:
        """The names of the codes on the words where the caret is."""
        here = self._offsets.from_qt(self.tracking.then(self.textCursor().selectionStart()))
        return list(dict.fromkeys(mark.name for mark in self.spans.over(here, here + 1) if mark.code_id))

    def may_write(self, start: int, end: int) -> bool:
        """Whether what lies between two places may give way to other words."""
        place = self.tracking.joined(start, end - start, 1)
        return self._open.stretch_at(place.at, place.at + place.removed) is not None

    # --- what would write, asked before ----------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A key that would write where nothing may be written does nothing, and is told."""
        reach = self._reach_of(event)
        if reach is not None and not self.may_write(*reach):
            self.refused.emit()
            return
        super().keyPressEvent(event)

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Paste words where words may stand."""
        self._if_open(lambda: super(CorrectingEditor, self).insertFromMimeData(source))

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """The same for what an input method writes."""
        if event.commitString() or event.preeditString():
            self._if_open(lambda: super(CorrectingEditor, self).inputMethodEvent(event))
            return
        super().inputMethodEvent(event)

    def put_in(self, words: str) -> bool:
        """Let the selection give way to these words, if it may."""
        cursor = self.textCursor()
        if not self.may_write(cursor.selectionStart(), cursor.selectionEnd()):
            self.refused.emit()
            return False
        cursor.insertText(words)
        return True

    def _if_open(self, write: object) -> None:
        cursor = self.textCursor()
        if self.may_write(cursor.selectionStart(), cursor.selectionEnd()):
            write()  # type: ignore[operator]
        else:
            self.refused.emit()

    def _reach_of(self, event: QKeyEvent) -> tuple[int, int] | None:
        """Which stretch a key would write over; None for keys that write nothing."""
        cursor = self.textCursor()
        if cursor.hasSelection():
            writes = _is_writing(event) or event.matches(QKeySequence.StandardKey.Cut) or _deletes(event) is not None
            return (cursor.selectionStart(), cursor.selectionEnd()) if writes else None
        move = _deletes(event)
        if move is not None:
            cursor.movePosition(move, QTextCursor.MoveMode.KeepAnchor)
            return (cursor.selectionStart(), cursor.selectionEnd()) if cursor.hasSelection() else None
        return (cursor.position(), cursor.position()) if _is_writing(event) else None

    # --- what was written ------------------------------------------------------------------------------------------

    def _on_change(self, position: int, removed: int, added: int) -> None:
        if self._loading:
            return
        last = self.document().characterCount() - 1
        if position + added > last:  # Qt counts the mark at the end of the text in, on both sides
            surplus = position + added - last
            removed, added = max(0, removed - surplus), max(0, added - surplus)
        if not removed and not added:
            return
        place = self.tracking.joined(position, removed, added)
        self.tracking.record(position, removed, added)
        outside = self._open.stretch_at(place.at, place.at + place.removed) is None
        if outside and not self._taking_back:  # by a way nobody foresaw: a drop, an input method
            self._taking_back = True
            QTimer.singleShot(0, self._take_back)
        self.placesChanged.emit()

    def _take_back(self) -> None:
        self.document().undo()
        self._taking_back = False
        self.refused.emit()


class Colouring(QSyntaxHighlighter):
    """Labels quiet and coded words on the tint of their codes, block by block as they are laid out."""

    def __init__(self, editor: CorrectingEditor) -> None:
        super().__init__(editor.document())
        self._editor = editor
        self.labels: dict[int, int] = {}
        """{where a label starts: where it ends} in Qt's units of the text as it was."""
        self.colours: ReadingColours = LIGHT_READING

    def highlightBlock(self, text: str) -> None:
        """Colour one paragraph."""
        editor, start = self._editor, self.currentBlock().position()
        offsets, tracking = editor._offsets, editor.tracking  # noqa: SLF001 - the two are one thing
        then_start, then_end = tracking.then(start), tracking.then(start + len(text))
        first, last = offsets.from_qt(then_start), offsets.from_qt(then_end) + 1
        marks = [Coloured(mark.start, mark.end, mark.colour, forward=False) for mark in editor.spans.over(first, last)]
        for tint in tints(marks, first, last, self.colours):
            self._set(start, len(text), tint.start, tint.end, _coded(tint.colour))
        end = self.labels.get(then_start)
        if end is not None and end > then_start:
            self.setFormat(0, min(len(text), end - then_start), _label(self.colours))

    def _set(self, block: int, length: int, start: int, end: int, how: QTextCharFormat) -> None:
        offsets, tracking = self._editor._offsets, self._editor.tracking  # noqa: SLF001
        first = max(0, tracking.now(offsets.to_qt(start)) - block)
        last = min(length, tracking.now(offsets.to_qt(end)) - block)
        if first < last:
            self.setFormat(first, last - first, how)


def find_in(editor: CorrectingEditor, words: str, *, forward: bool = True) -> bool:
    """Select the next place where these words stand, from the other end if there is none further on."""
    if not words:
        return False
    flags = QTextDocument.FindFlag(0) if forward else QTextDocument.FindFlag.FindBackward
    if editor.find(words, flags):
        return True
    cursor = editor.textCursor()
    before = QTextCursor(cursor)
    cursor.movePosition(QTextCursor.MoveOperation.Start if forward else QTextCursor.MoveOperation.End)
    editor.setTextCursor(cursor)
    if editor.find(words, flags):
        return True
    editor.setTextCursor(before)
    return False


def _coded(ground: QColor) -> QTextCharFormat:
    how = QTextCharFormat()
    how.setBackground(ground)
    how.setFontUnderline(True)
    line = QColor(ground)
    line.setAlphaF(1.0)
    how.setUnderlineColor(line)
    return how


def _label(colours: ReadingColours) -> QTextCharFormat:
    how = QTextCharFormat()
    how.setForeground(QColor(colours.quiet))
    how.setFontWeight(QFont.Weight.DemiBold)
    return how


_DELETING = (
    (QKeySequence.StandardKey.Delete, QTextCursor.MoveOperation.NextCharacter),
    (QKeySequence.StandardKey.DeleteStartOfWord, QTextCursor.MoveOperation.PreviousWord),
    (QKeySequence.StandardKey.DeleteEndOfWord, QTextCursor.MoveOperation.NextWord),
    (QKeySequence.StandardKey.DeleteEndOfLine, QTextCursor.MoveOperation.EndOfBlock),
    (QKeySequence.StandardKey.DeleteCompleteLine, QTextCursor.MoveOperation.StartOfBlock),
)


def _deletes(event: QKeyEvent) -> QTextCursor.MoveOperation | None:
    if event.key() == Qt.Key.Key_Backspace and not event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier:
        return QTextCursor.MoveOperation.PreviousCharacter  # the editor takes it so on every platform
    return next((move for key, move in _DELETING if event.matches(key)), None)


def _is_writing(event: QKeyEvent) -> bool:
    words = event.text()
    return bool(words) and (words.isprintable() or words in "\r\n")
