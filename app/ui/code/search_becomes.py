"""Beside the results: what the place at hand, or all that are ticked, would become - and the way to code it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QColor, QFont, QTextBlockFormat, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QTextEdit, QVBoxLayout, QWidget

from app.analysis.search.query import Hit
from app.ui.code.search_coding import Becomes, Stretch, stretch_of, stretches_of
from app.ui.style.tokens import LIGHT, Tokens
from app.ui.transcript.colours import reading_colours
from app.ui.widgets.labels import ElidedLabel

MOST_SHOWN = 40
"""How many stretches are written out; of more it is said how many."""
ENOUGH = 1_500
"""Characters of a stretch that are written out."""


class BecomesPanel(QWidget):
    """The choice between sentence and turn, the words that would be coded, and the button that does it."""

    codeWanted = Signal()
    chosen = Signal()
    """Sentence or turn: the other one now."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("code.search.becomes")
        self._tokens = LIGHT
        self._hits: list[Hit] = []
        self._ticked = False
        self._shown: object = None
        self.becomes = Becomes.SENTENCE
        self.told = ElidedLabel("", "small")
        self.told.setObjectName("code.search.told")
        self._choices = QButtonGroup(self)
        choice = QHBoxLayout()
        choice.setSpacing(6)
        for number, (which, title) in enumerate(
            ((Becomes.SENTENCE, self.tr("Its sentence")), (Becomes.TURN, self.tr("Its turn")))
        ):
            chip = QPushButton(title)
            chip.setObjectName(f"code.search.{which.value}")
            chip.setProperty("look", "chip")
            chip.setCheckable(True)
            chip.setChecked(not number)
            chip.clicked.connect(lambda _=False, which=which: self._choose(which))
            self._choices.addButton(chip, number)
            choice.addWidget(chip)
        self.words = QTextEdit()
        self.words.setObjectName("code.search.stretch")
        self.words.setAccessibleName(self.tr("What would be coded"))
        self.words.setReadOnly(True)
        self.words.setTabChangesFocus(True)
        self.words.setMinimumHeight(44)
        self.button = QPushButton(self.tr("Code …"))
        self.button.setObjectName("code.search.code")
        self.button.clicked.connect(lambda: self.codeWanted.emit())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(self.told)
        layout.addWidget(self.words, 1)
        choice.addStretch(1)
        choice.addWidget(self.button)
        layout.addLayout(choice)
        self.show_hits([])

    def show_hits(self, hits: Sequence[Hit], *, ticked: bool = False) -> None:
        """Write out what these become: the place at hand, or all that are ticked."""
        asked = (list(hits), ticked, self.becomes, self._tokens)
        if asked == self._shown:
            return
        self._shown, self._hits, self._ticked = asked, asked[0], ticked
        stretches: dict[Stretch, list[Hit]] = {}
        for hit in self._hits[:MOST_SHOWN]:
            stretches.setdefault(stretch_of(hit, self.becomes), []).append(hit)
        self.button.setEnabled(bool(hits))
        self.button.setText(self.tr("Code {n} ticked …").format(n=len(hits)) if ticked else self.tr("Code …"))
        if not hits:
            self.told.setText(self.tr("Choose a place, or tick several (Space)."))
        elif not ticked:
            self.told.setText(self.tr("This would be the excerpt:"))
        elif len(hits) > MOST_SHOWN:
            self.told.setText(self.tr("The first {n} of them would be:").format(n=MOST_SHOWN))
        elif len(stretches) == 1:
            self.told.setText(self.tr("Together one excerpt:"))
        else:
            self.told.setText(self.tr("{n} excerpts:").format(n=len(stretches)))
        self._write(stretches)

    def restyle(self, tokens: Tokens) -> None:
        """Take over colours."""
        self._tokens = tokens
        self.show_hits(self._hits, ticked=self._ticked)

    def stretches(self, hits: Sequence[Hit]) -> list[Stretch]:
        """What these become, as it is chosen now."""
        return stretches_of(hits, self.becomes)

    def _choose(self, which: Becomes) -> None:
        self.becomes = which
        self.chosen.emit()

    def _write(self, stretches: dict[Stretch, list[Hit]]) -> None:
        """Each stretch a paragraph with who says it, what was found in it marked."""
        self.words.clear()
        cursor = QTextCursor(self.words.document())
        quiet, plain, marked = QTextCharFormat(), QTextCharFormat(), QTextCharFormat()
        quiet.setForeground(QColor(self._tokens.quiet))
        plain.setForeground(QColor(self._tokens.text))
        apart = QTextBlockFormat()
        apart.setTopMargin(6)
        marked.setForeground(QColor(self._tokens.text))
        marked.setFontWeight(QFont.Weight.Bold)
        marked.setFontUnderline(True)
        marked.setBackground(QColor(reading_colours(self._tokens.dark, self._tokens.strong).found))
        for number, (stretch, inside) in enumerate(stretches.items()):
            hit = inside[0]
            if number:
                cursor.insertBlock(apart)
            if hit.said.who:
                cursor.insertText(f"{hit.said.who}: ", quiet)
            if not hit.said.quotable:
                cursor.insertText(self.tr("(no consent to quote)"), quiet)
                continue
            text = hit.text.text
            at, end = stretch.start, min(stretch.end, max(stretch.start + ENOUGH, hit.end + ENOUGH // 2))
            if hit.start > at + ENOUGH:
                at = hit.start - ENOUGH // 2
                cursor.insertText("… ", plain)
            for place in inside:
                if at <= place.start < end:
                    cursor.insertText(text[at : place.start], plain)
                    cursor.insertText(text[place.start : place.end], marked)
                    at = place.end
            cursor.insertText(text[at:end] + (" …" if end < stretch.end else ""), plain)
        self.words.moveCursor(QTextCursor.MoveOperation.Start)
