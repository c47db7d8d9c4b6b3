"""The text of a file as it would come in: labels marked, the head quiet, the chosen label brought out."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QTimer
from PySide6.QtGui import QColor, QFont, QTextBlockFormat, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QTextEdit, QWidget

from app.importers import TranscriptDraft, TurnDraft, TurnKind
from app.operations.codes import PALETTE
from app.ui.style.tokens import LIGHT, Tokens

MOST_CHARACTERS = 60_000
"""Enough to judge by (about an hour of talk); a preview must open at once however long the file is."""
PORTION = 10_000
"""So many are written before the window is asked again."""


class PreviewText(QTextEdit):
    """Read-only; written anew whenever the turns are others."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("import.preview")
        self.setAccessibleName(self.tr("The text as it would come in"))
        self.setReadOnly(True)
        self.setUndoRedoEnabled(False)
        self.setAcceptDrops(False)
        self.setTabChangesFocus(True)
        self.document().setDocumentMargin(16)
        self._draft: TranscriptDraft | None = None
        self._quiet_speakers: frozenset[str] = frozenset()
        self._tokens: Tokens = LIGHT
        self._places: list[tuple[str, int, int]] = []
        self._order: dict[str, int] = {}
        self._rest: Iterator[int] = iter(())
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.timeout.connect(self._write_on)

    def show_draft(self, draft: TranscriptDraft, quiet_speakers: frozenset[str]) -> None:
        """Write the text, unless it stands here already. Moderators are set quieter, as in the transcript."""
        if draft == self._draft and quiet_speakers == self._quiet_speakers:
            return
        same_text = self._draft is not None and self._draft.text == draft.text
        self._draft, self._quiet_speakers = draft, quiet_speakers
        place = self.verticalScrollBar().value() if same_text else 0
        self._write(draft, at_once=MOST_CHARACTERS if same_text else PORTION)
        self.verticalScrollBar().setValue(place)

    def show_nothing(self) -> None:
        """No file, no text."""
        self._draft, self._rest = None, iter(())
        self._places = []
        self.clear()

    def bring_out(self, label: str) -> None:
        """Mark every turn of this label and bring the first one into view; "" marks none."""
        marks = []
        for speaker, start, end in self._places:
            if label and speaker == label:
                mark = QTextEdit.ExtraSelection()
                mark.format.setBackground(QColor(self._tokens.chosen))
                cursor = QTextCursor(self.document())
                cursor.setPosition(start)
                cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
                mark.cursor = cursor
                marks.append(mark)
        self.setExtraSelections(marks)
        if marks:
            bar = self.verticalScrollBar()
            top = QTextCursor(marks[0].cursor)
            top.setPosition(top.selectionStart())
            bar.setValue(bar.value() + self.cursorRect(top).top() - 48)

    def restyle(self, tokens: Tokens) -> None:
        """Take over other colours."""
        self._tokens = tokens
        if self._draft is not None:
            self._write(self._draft)

    def _write(self, draft: TranscriptDraft, at_once: int = MOST_CHARACTERS) -> None:
        """The first `at_once` characters now, the rest in portions while nobody waits."""
        self._places = []
        self._order = {}
        self.setExtraSelections([])
        self.clear()
        self._rest = self._portions(draft, at_once)
        self._write_on()

    def _write_on(self) -> None:
        cursor = QTextCursor(self.document())
        cursor.movePosition(QTextCursor.MoveOperation.End)
        cursor.beginEditBlock()
        more = next(self._rest, None) is not None
        cursor.endEditBlock()
        if more:
            self._later.start(0)

    def _portions(self, draft: TranscriptDraft, portion: int) -> Iterator[int]:
        """Writes the text at the end of the document; yields its place after each portion."""
        cursor = QTextCursor(self.document())
        spacing = QTextBlockFormat()
        spacing.setLineHeight(140, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        spacing.setBottomMargin(8)
        cursor.setBlockFormat(spacing)
        written, until = 0, portion
        for turn in draft.turns:
            if turn.start > MOST_CHARACTERS:
                break
            self._write_between(cursor, draft.text[written : turn.label_start], spacing)
            self._write_turn(cursor, draft.text, turn)
            written = turn.end
            if written > until:
                yield written
                until = written + PORTION
        rest = draft.text[written : max(written, MOST_CHARACTERS)]
        self._write_between(cursor, rest, spacing, quiet=bool(draft.turns))
        if len(draft.text) > max(written, MOST_CHARACTERS):
            cursor.insertText(
                "\n\n" + self.tr("… the preview ends here; all of the text comes in."), self._format(True)
            )

    def _write_turn(self, cursor: QTextCursor, text: str, turn: TurnDraft) -> None:
        begin = cursor.position()
        aside = turn.speaker in self._quiet_speakers
        ground = QTextBlockFormat()
        ground.setBackground(self._ground(turn, aside=aside))
        cursor.mergeBlockFormat(ground)
        cursor.insertText(text[turn.label_start : turn.label_end], self._label_format(quiet=aside))
        cursor.insertText(text[turn.label_end : turn.start], self._format())
        end = turn.end if turn.end - turn.start < MOST_CHARACTERS else turn.start + MOST_CHARACTERS
        words = self._format(quiet=aside or turn.kind == TurnKind.EVENT, italic=turn.kind == TurnKind.EVENT)
        cursor.insertText(text[turn.start : end], words)
        if turn.speaker is not None:
            self._places.append((turn.speaker, begin, cursor.position()))

    def _write_between(self, cursor: QTextCursor, words: str, plain: QTextBlockFormat, *, quiet: bool = True) -> None:
        """What is nobody's turn has no ground: the first line break ends the ground of the turn before."""
        first, breaks, more = words.partition("\n")
        cursor.insertText(first, self._format(quiet=quiet))
        if breaks:
            cursor.insertBlock(plain)
            cursor.insertText(more, self._format(quiet=quiet))

    def _ground(self, turn: TurnDraft, *, aside: bool) -> QColor:
        """A light ground for each speaker, in the order in which they first speak; none for moderators and events."""
        if aside or turn.speaker is None:
            return QColor(self._tokens.raised)
        place = self._order.setdefault(turn.speaker, len(self._order))
        colour, base = QColor(PALETTE[place % len(PALETTE)]), QColor(self._tokens.raised)
        part = 0.2 if self._tokens.dark else 0.12
        pairs = ((colour.red(), base.red()), (colour.green(), base.green()), (colour.blue(), base.blue()))
        mixed = [round(one * part + two * (1 - part)) for one, two in pairs]
        return QColor(*mixed)

    def _format(self, quiet: bool = False, italic: bool = False) -> QTextCharFormat:
        look = QTextCharFormat()
        look.setForeground(QColor(self._tokens.quiet if quiet else self._tokens.text))
        look.setFontItalic(italic)
        return look

    def _label_format(self, quiet: bool) -> QTextCharFormat:
        look = QTextCharFormat()
        look.setForeground(QColor(self._tokens.quiet if quiet else self._tokens.accent))
        look.setFontWeight(QFont.Weight.DemiBold)
        return look
