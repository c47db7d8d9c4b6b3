"""An edited quote beside the words that were said: what was left out is struck through, what was put in underlined."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QColor, QFont, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QFrame, QTextEdit

from app.analysis.edited_quote import Kind, Part, parts
from app.ui.style.tokens import LIGHT, SERIF, Tokens

MOST = 150
"""Pixels high before it scrolls."""


class DifferenceView(QTextEdit):
    """To read only. Lines tell what happened to words, colour only helps."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(self.tr("The original words, with what was left out and put in"))
        self.setReadOnly(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setTabChangesFocus(True)
        self.setStyleSheet("QTextEdit { border: 0; padding: 0; background: transparent; }")
        self.tokens: Tokens = LIGHT
        self._shown: tuple[str, str] = ("", "")

    def show_quote(self, original: str, edited: str) -> None:
        """Show the original, and what editing did to it."""
        self._shown = (original, edited)
        told = parts(original, edited) if edited else [Part(Kind.KEPT, original)]
        self.clear()
        cursor = QTextCursor(self.document())
        for place, part in enumerate(told):
            if place:
                cursor.insertText(" ", self._format(Part(Kind.KEPT, "")))
            cursor.insertText(part.words, self._format(part))
        self.setAccessibleDescription("; ".join(_said(part) for part in told if part.kind != Kind.KEPT))
        self._fit()

    def restyle(self, tokens: Tokens) -> None:
        """Take over colours."""
        self.tokens = tokens
        self.show_quote(*self._shown)

    def resizeEvent(self, event: object) -> None:
        """Other widths need other heights."""
        super().resizeEvent(event)  # type: ignore[arg-type]
        self._fit()

    def _fit(self) -> None:
        self.document().setTextWidth(self.viewport().width())
        self.setFixedHeight(min(MOST, int(self.document().size().height()) + 4))

    def _format(self, part: Part) -> QTextCharFormat:
        made = QTextCharFormat()
        font = QFont(SERIF)
        font.setPixelSize(14)
        made.setFont(font)
        made.setForeground(QColor(self.tokens.text))
        if part.kind == Kind.OMITTED:
            made.setFontStrikeOut(True)
            made.setForeground(QColor(self.tokens.quiet))
        elif part.kind == Kind.INSERTED:
            made.setFontUnderline(True)
            made.setForeground(QColor(self.tokens.accent if part.marked else self.tokens.warn))
        return made


def _said(part: Part) -> str:
    words = _tr("left out: {words}") if part.kind == Kind.OMITTED else _tr("put in: {words}")
    return words.format(words=part.words)


def _tr(text: str) -> str:
    return QCoreApplication.translate("DifferenceView", text)
