"""How the text is set: once at load, in one edit block, never per coding.

The label of a turn stands inside its line ("[00:01:17] Moderator: Tell me ..."). The document must stay exactly the
text, so the label is set in no width and drawn on a line of its own in the margin above the words.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextOption,
)

from app.ui.style.tokens import SERIF
from app.ui.transcript.colours import ReadingColours
from app.ui.transcript.direction import has_right_to_left, runs_right_to_left
from app.ui.transcript.marks import TurnMark
from app.ui.transcript.offsets import OffsetMap

_KEEP_ANCHOR = QTextCursor.MoveMode.KeepAnchor
GAP = 14
"""Pixels between the words of one turn and the label of the next."""
AIR = 64
"""Pixels below the last line."""
INSIDE_BEFORE, INSIDE_MOST, INSIDE_AFTER = 14, 140, 4
"""Pixels before, of at most, and after a name that stands inside a line."""


@dataclass(frozen=True)
class Setting:
    """Family ("" for the built-in serif), size in points, measure in characters, line height as a factor."""

    family: str = ""
    points: int = 12
    measure: int = 72
    spacing: float = 1.5

    def font(self) -> QFont:
        """The font of the words."""
        font = QFont([self.family, *SERIF] if self.family else SERIF)
        font.setPointSizeF(self.points)
        return font

    def label_font(self) -> QFont:
        """The font of names and times."""
        font = QFont()
        font.setPointSizeF(max(7.0, self.points * 0.82))
        return font

    def measure_pixels(self) -> int:
        """The width of a line of so many characters (an average letter, as typographers count)."""
        sample = "the quick brown fox jumps over lazy dogs and goes home "
        return int(QFontMetricsF(self.font()).horizontalAdvance(sample) / len(sample) * self.measure)

    def inside_name(self, speaker: str) -> str:
        """The name of who begins inside a line, as far as there is room for it."""
        return self._inside_metrics().elidedText(speaker or "?", Qt.TextElideMode.ElideRight, INSIDE_MOST)

    def inside_width(self, speaker: str) -> float:
        """The room that such a name takes, with a rule before it and a space after it."""
        return INSIDE_BEFORE + self._inside_metrics().horizontalAdvance(self.inside_name(speaker)) + INSIDE_AFTER

    def _inside_metrics(self) -> QFontMetricsF:
        font = self.label_font()
        font.setWeight(QFont.Weight.DemiBold)
        return QFontMetricsF(font)

    def label_height(self) -> int:
        """Room above the words of a turn for its label."""
        return int(QFontMetricsF(self.label_font()).lineSpacing()) + 4


@dataclass(frozen=True)
class Labels:
    """Where the names of turns are drawn: {number of the block: turn above it}, {number: turns that begin inside}."""

    above: dict[int, TurnMark] = field(default_factory=dict)
    inside: dict[int, list[TurnMark]] = field(default_factory=dict)


def set_text(
    text: str,
    turns: Sequence[TurnMark],
    offsets: OffsetMap,
    setting: Setting,
    colours: ReadingColours,
    direction: Qt.LayoutDirection,
    first: int,
) -> tuple[QTextDocument, Labelling]:
    """A document that is exactly this text, set as far as the turns that begin before `first`; and what sets the rest.

    A document of its own each time: it has no layout until it is shown, so that all of this is laid out once, and not
    at every step. A document used again also forgets in the end that it may be laid out bit by bit.
    """
    document = QTextDocument()
    document.setUndoRedoEnabled(False)
    document.setDocumentMargin(0)
    document.setDefaultFont(setting.font())
    option = document.defaultTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    option.setTextDirection(direction)
    document.setDefaultTextOption(option)
    document.setPlainText(text)
    cursor = QTextCursor(document)
    cursor.beginEditBlock()
    cursor.select(QTextCursor.SelectionType.Document)
    cursor.setBlockFormat(_empty_line())
    labelling = Labelling(cursor, text, turns, offsets, setting, colours)
    labelling.go_on(first)
    cursor.endEditBlock()
    _give_air(document, setting, labelled=0 in labelling.labels.above)
    return document, labelling


def _empty_line() -> QTextBlockFormat:
    """Empty lines of the file are layout: the room between turns is given by the setting."""
    slim = QTextBlockFormat()
    slim.setLineHeight(2, QTextBlockFormat.LineHeightTypes.FixedHeight.value)
    return slim


def _give_air(document: QTextDocument, setting: Setting, *, labelled: bool) -> None:
    """Room above the first line, whose own margin Qt leaves out, and below the last."""
    frame = document.rootFrame()
    page = frame.frameFormat()
    page.setTopMargin(GAP + (setting.label_height() if labelled else 0))
    page.setBottomMargin(AIR)
    frame.setFrameFormat(page)


class Labelling:
    """One pass over the turns: each block is given its format once, for a long text has thousands.

    What is seen first is set first; the rest follows when that is painted, or as soon as somebody goes there.
    """

    def __init__(
        self,
        cursor: QTextCursor,
        text: str,
        turns: Sequence[TurnMark],
        offsets: OffsetMap,
        setting: Setting,
        colours: ReadingColours,
    ) -> None:
        self.labels = Labels()
        self._cursor, self._text, self._offsets, self._setting = cursor, text, offsets, setting
        self._turns, self._at, self._line = turns, 0, 0
        self._both_ways = has_right_to_left(text)
        self._hidden = _no_width(setting.font())
        self._tiny = QFontMetricsF(self._hidden.font())
        self._shown = QTextCharFormat()
        self._shown.setFont(setting.label_font())
        self._shown.setFontWeight(QFont.Weight.DemiBold)
        self._shown.setForeground(QColor(colours.label))
        self._quieter = QTextCharFormat()
        self._quieter.setForeground(QColor(colours.moderator))
        self._words = QTextBlockFormat()
        self._words.setLineHeight(setting.spacing * 100, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        self._above = QTextBlockFormat(self._words)
        self._above.setTopMargin(setting.label_height() + GAP)
        self._apart = QTextBlockFormat(self._words)
        self._apart.setTopMargin(GAP)
        self._indents: dict[str, QTextBlockFormat] = {}
        self._done: set[int] = set()

    @property
    def finished(self) -> bool:
        """Whether all of the text is set."""
        return self._line > len(self._text)

    def finish(self) -> None:
        """Set the rest."""
        if not self.finished:
            self._cursor.beginEditBlock()
            self.go_on(len(self._text))
            self._cursor.endEditBlock()

    def go_on(self, until: int) -> None:
        """Format the turns that begin before this code point, then the lines up to there that none of them begins.

        The cursor is in an edit block, or there would be a layout after each step.
        """
        turns, last = self._turns, self._turns[self._at - 1].number if self._at else -1
        while self._at < len(turns) and turns[self._at].label_start <= until:
            turn = turns[self._at]
            self._label(turn, continues=turn.number == last)
            last = turn.number
            self._at += 1
        until = min(until, turns[self._at].label_start - 1 if self._at < len(turns) else len(self._text))
        while self._line <= until:
            end = self._text.find("\n", self._line)
            end = len(self._text) if end < 0 else end
            if end > self._line and self._line not in self._done:
                self._mark(self._line, self._line)
                self._cursor.setBlockFormat(self._words)
                if self._both_ways:
                    self._direct(self._words, self._text[self._line : end])
            self._line = end + 1

    def _label(self, turn: TurnMark, *, continues: bool) -> None:
        if turn.moderator or turn.kind != "speech":
            self._mark(turn.start, turn.end)
            self._cursor.mergeCharFormat(self._quieter)
        line = self._text.rfind("\n", 0, turn.label_start) + 1
        if continues:
            self._no_label(turn, line)
        elif self._text.find("\n", turn.label_start, turn.start) >= 0:
            self._label_on_its_own_line(turn, line)
        elif turn.label_start == turn.start > line:
            self._label_inside(turn, line)
        else:
            self._label_above(turn, line)

    def _label_above(self, turn: TurnMark, line: int) -> None:
        """In front of its words: hidden there, and drawn in the margin above them."""
        cursor, label = self._cursor, self._text[turn.label_start : turn.start]
        cursor.setPosition(self._offsets.to_qt(turn.label_start))
        if label:
            cursor.setPosition(self._offsets.to_qt(turn.start), _KEEP_ANCHOR)
            cursor.setCharFormat(self._hidden)
        style = self._indents.get(label) or self._indented(label)
        cursor.setBlockFormat(style)
        if self._both_ways:
            self._direct(style, self._text[turn.start : turn.end])
        self.labels.above[cursor.blockNumber()] = turn
        self._done.add(line)

    def _no_label(self, turn: TurnMark, line: int) -> None:
        """Joined to the turn before: its words are a paragraph of that turn, its label is nowhere."""
        self._mark(turn.label_start, turn.start)
        self._cursor.setCharFormat(self._hidden)
        label = self._text[turn.label_start : turn.start]
        style = QTextBlockFormat(self._words)
        if "\n" in label:
            self._mark(turn.label_start, turn.label_end)
            self._cursor.setBlockFormat(_empty_line())
        else:
            style.setTextIndent(-self._tiny.horizontalAdvance(label))
        self._mark(turn.start, turn.start)
        self._cursor.setBlockFormat(style)
        if self._both_ways:
            self._direct(style, self._text[turn.start : turn.end])
        self._done |= {line, self._text.rfind("\n", 0, turn.start) + 1}

    def _label_on_its_own_line(self, turn: TurnMark, line: int) -> None:
        """It stays where it stands, in the look of a label."""
        self._mark(turn.label_start, turn.label_end)
        self._cursor.mergeCharFormat(self._shown)
        self._cursor.setBlockFormat(self._apart)
        self._done.add(line)

    def _label_inside(self, turn: TurnMark, line: int) -> None:
        """The second part of a split turn has no label in the text: its name gets room after the word before it.

        The word, not the space, is made wider, so that a line is never broken between the room and the word.
        """
        last = len(self._text[line : turn.start].rstrip()) + line
        if self._both_ways or last == line:
            return
        self._mark(last - 1, last)
        room = QTextCharFormat()
        room.setFontLetterSpacingType(QFont.SpacingType.AbsoluteSpacing)
        room.setFontLetterSpacing(self._setting.inside_width(turn.speaker))
        self._cursor.mergeCharFormat(room)
        self.labels.inside.setdefault(self._cursor.blockNumber(), []).append(turn)

    def _direct(self, style: QTextBlockFormat, words: str) -> None:
        """A hidden label in other letters must not turn the words round."""
        backwards = runs_right_to_left(words)
        if backwards is not None:
            directed = QTextBlockFormat(style)
            way = Qt.LayoutDirection.RightToLeft if backwards else Qt.LayoutDirection.LeftToRight
            directed.setLayoutDirection(way)
            self._cursor.setBlockFormat(directed)

    def _mark(self, start: int, end: int) -> None:
        self._cursor.setPosition(self._offsets.to_qt(start))
        if end > start:
            self._cursor.setPosition(self._offsets.to_qt(end), _KEEP_ANCHOR)

    def _indented(self, label: str) -> QTextBlockFormat:
        """Gives the little room back that a hidden label takes."""
        style = self._indents[label] = QTextBlockFormat(self._above)
        style.setTextIndent(-self._tiny.horizontalAdvance(label))
        return style


def _no_width(font: QFont) -> QTextCharFormat:
    """Letters of one pixel that are not seen; offsets stay what they are."""
    tiny = QFont(font)
    tiny.setPixelSize(1)
    style = QTextCharFormat()
    style.setFont(tiny)
    style.setForeground(QColor(0, 0, 0, 0))
    return style
