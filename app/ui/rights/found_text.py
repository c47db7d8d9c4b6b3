"""A text as it stands now, with what was found in it brought out."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtGui import QColor, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QTextEdit, QWidget

from app.ui.style.tokens import Tokens
from app.ui.transcript.offsets import OffsetMap

Span = tuple[int, int]


class FoundText(QPlainTextEdit):
    """What is surely theirs has a ground and a line under it, what may be theirs only dots."""

    def __init__(self, tokens: Tokens, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setReadOnly(True)
        self.setTabChangesFocus(True)
        self._tokens = tokens

    def show_found(self, text: str, sure: Iterable[Span] = (), maybe: Iterable[Span] = ()) -> None:
        """Show a text; spans are code points, end exclusive. The first of them is brought into view."""
        self.setPlainText(text)
        offsets, marks = OffsetMap(text), []
        for spans, looks in ((sure, self._looks(sure=True)), (maybe, self._looks(sure=False))):
            for start, end in spans:
                mark = QTextEdit.ExtraSelection()
                mark.cursor = QTextCursor(self.document())
                mark.cursor.setPosition(offsets.to_qt(start))
                mark.cursor.setPosition(offsets.to_qt(end), QTextCursor.MoveMode.KeepAnchor)
                mark.format = looks
                marks.append(mark)
        self.setExtraSelections(marks)
        if marks:
            first = QTextCursor(marks[0].cursor)
            first.setPosition(first.selectionStart())
            self.setTextCursor(first)
            self.ensureCursorVisible()

    def _looks(self, *, sure: bool) -> QTextCharFormat:
        looks, line = QTextCharFormat(), QTextCharFormat.UnderlineStyle
        looks.setUnderlineStyle(line.SingleUnderline if sure else line.DotLine)
        looks.setUnderlineColor(QColor(self._tokens.accent if sure else self._tokens.quiet))
        if sure:
            looks.setBackground(QColor(self._tokens.chosen))
        return looks
