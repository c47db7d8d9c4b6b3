"""How the text is set: once at load, in one edit block, never per coding.

The label of a turn stands inside its line ("[00:01:17] Moderator: Tell me ..."). The document must stay exactly the
text, so the label is set in no width and drawn on a line of its own in the margin above the words.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtGui import QColor, QFont, QFontMetricsF, QTextBlockFormat, QTextCharFormat, QTextCursor, QTextDocument

from app.ui.transcript.colours import ReadingColours
from app.ui.transcript.marks import TurnMark
from app.ui.transcript.offsets import OffsetMap

SERIF = ["Noto Serif", "Source Serif 4", "Georgia", "DejaVu Serif", "serif"]
GAP = 14
"""Pixels between the words of one turn and the label of the next."""


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

    def label_height(self) -> int:
        """Room above the words of a turn for its label."""
        return int(QFontMetricsF(self.label_font()).lineSpacing()) + 4


def set_text(
    document: QTextDocument, turns: Sequence[TurnMark], offsets: OffsetMap, setting: Setting, colours: ReadingColours
) -> dict[int, TurnMark]:
    """Give the document its setting; returns {number of the block: turn whose label is drawn above it}."""
    document.setDefaultFont(setting.font())
    cursor = QTextCursor(document)
    cursor.beginEditBlock()
    cursor.select(QTextCursor.SelectionType.Document)
    words = QTextBlockFormat()
    words.setLineHeight(setting.spacing * 100, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
    cursor.setBlockFormat(words)
    plain = QTextCharFormat()
    cursor.setCharFormat(plain)
    _empty_lines(document)
    labelled = _labels(document, turns, offsets, setting, colours)
    cursor.endEditBlock()
    return labelled


def _empty_lines(document: QTextDocument) -> None:
    """Empty lines of the file are layout: the room between turns is given by the setting."""
    slim = QTextBlockFormat()
    slim.setLineHeight(2, QTextBlockFormat.LineHeightTypes.FixedHeight.value)
    block = document.begin()
    while block.isValid():
        if block.length() == 1:
            QTextCursor(block).setBlockFormat(slim)
        block = block.next()


def _labels(
    document: QTextDocument, turns: Sequence[TurnMark], offsets: OffsetMap, setting: Setting, colours: ReadingColours
) -> dict[int, TurnMark]:
    hidden = _no_width(setting.font())
    shown = QTextCharFormat()
    shown.setFont(setting.label_font())
    shown.setFontWeight(QFont.Weight.DemiBold)
    shown.setForeground(QColor(colours.label))
    quieter = QTextCharFormat()
    quieter.setForeground(QColor(colours.moderator))
    above = QTextBlockFormat()
    above.setTopMargin(setting.label_height() + GAP)
    cursor = QTextCursor(document)
    labelled: dict[int, TurnMark] = {}
    for turn in turns:
        label, start, end = offsets.to_qt(turn.label_start), offsets.to_qt(turn.start), offsets.to_qt(turn.end)
        if turn.moderator or turn.kind != "speech":
            _format(cursor, start, end, quieter)
        block = document.findBlock(start)
        if label == start or document.findBlock(label) == block:
            _format(cursor, label, start, hidden)
            taken = QFontMetricsF(hidden.font()).horizontalAdvance(cursor.selectedText()) if start > label else 0.0
            if label > block.position() and label == start:
                continue  # the second part of a split turn stands inside its line; its name is drawn in the gutter
            above.setTextIndent(-taken)  # the little room that the hidden label takes is given back
            QTextCursor(block).mergeBlockFormat(above)
            labelled[block.blockNumber()] = turn
        else:
            _format(cursor, label, offsets.to_qt(turn.label_end), shown)
            first = QTextBlockFormat()
            first.setTopMargin(GAP)
            QTextCursor(document.findBlock(label)).mergeBlockFormat(first)
    return labelled


def _format(cursor: QTextCursor, start: int, end: int, style: QTextCharFormat) -> None:
    if end > start:
        cursor.setPosition(start)
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        cursor.mergeCharFormat(style)


def _no_width(font: QFont) -> QTextCharFormat:
    """Letters of one pixel that are not seen; offsets stay what they are."""
    tiny = QFont(font)
    tiny.setPixelSize(1)
    style = QTextCharFormat()
    style.setFont(tiny)
    style.setForeground(QColor(0, 0, 0, 0))
    return style
