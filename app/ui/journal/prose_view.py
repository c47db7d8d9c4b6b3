"""The researcher's prose as it is read: formatted, selectable, as high as its words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextListFormat,
    QWheelEvent,
)
from PySide6.QtWidgets import QFrame, QSizePolicy, QTextEdit, QWidget

from app.analysis.prose import Block, BlockKind, blocks

if TYPE_CHECKING:
    from app.ui.style.tokens import Tokens

MEASURE = 640
"""Pixels of a line that reads well."""
_GAP = 8


class ProseView(QTextEdit):
    """Shows prose and takes no letters. Words are put into the document one by one: nothing is read as HTML."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setReadOnly(True)
        self.setProperty("look", "prose")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setTabChangesFocus(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.viewport().setAutoFillBackground(False)
        self.document().setDocumentMargin(0)
        self.document().setUndoRedoEnabled(False)
        self._shown: tuple[str, Tokens | None] = ("", None)

    def show_prose(self, text: str, tokens: Tokens) -> None:
        """Show this text."""
        if self._shown == (text, tokens):
            return
        self._shown = (text, tokens)
        fill(self.document(), blocks(text), tokens)
        self._fit()

    def resizeEvent(self, event: object) -> None:
        """The narrower, the higher."""
        super().resizeEvent(event)  # type: ignore[arg-type]
        self._fit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Let what holds it scroll."""
        event.ignore()

    def sizeHint(self) -> QSize:
        """As wide as it may be."""
        return QSize(MEASURE, self.height())

    def _fit(self) -> None:
        self.document().setTextWidth(max(40, self.viewport().width()))
        self.setFixedHeight(int(self.document().size().height()) + 2)


def fill(document: QTextDocument, found: list[Block], tokens: Tokens) -> None:
    """Write blocks into an empty or old document."""
    document.clear()
    cursor = QTextCursor(document)
    cursor.beginEditBlock()
    for number, block in enumerate(found):
        same = number > 0 and block.kind is found[number - 1].kind and block.kind is not BlockKind.PARAGRAPH
        _begin(cursor, block, first=number == 0, close=same)
        for run in block.runs:
            cursor.insertText(run.text.replace("\n", "\u2028"), _look(run.strong, run.emphasis, block.kind, tokens))
    cursor.endEditBlock()


def _begin(cursor: QTextCursor, block: Block, *, first: bool, close: bool) -> None:
    shape = QTextBlockFormat()
    shape.setTopMargin(0 if first else 2 if close else _GAP)
    shape.setLineHeight(140, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
    if block.kind is BlockKind.QUOTE:
        shape.setLeftMargin(20)
    if not first:
        cursor.insertBlock(shape, QTextCharFormat())
    else:
        cursor.setBlockFormat(shape)
    if block.kind in (BlockKind.ITEM, BlockKind.NUMBERED):
        style = QTextListFormat()
        numbered = block.kind is BlockKind.NUMBERED
        style.setStyle(QTextListFormat.Style.ListDecimal if numbered else QTextListFormat.Style.ListDisc)
        if numbered:
            style.setStart(block.number)
        style.setIndent(1)
        cursor.createList(style)
        cursor.mergeBlockFormat(shape)


def _look(strong: bool, emphasis: bool, kind: BlockKind, tokens: Tokens) -> QTextCharFormat:
    look = QTextCharFormat()
    look.setForeground(QColor(tokens.quiet if kind is BlockKind.QUOTE else tokens.text))
    look.setFontWeight(QFont.Weight.DemiBold if strong else QFont.Weight.Normal)
    look.setFontItalic(emphasis)
    return look
