"""The form in which a pile becomes a theme: its name, and the sentence that says what holds it together."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from app.ui.board.canvas import Key
from app.ui.desk import Desk
from app.ui.widgets.labels import PlainLabel, SectionLabel
from app.ui.widgets.wording_hints import WordingHints


class MakingForm(QWidget):
    """Enter in the name makes the theme, Esc makes none. The sentence may stay unfinished."""

    given = Signal(str, str)
    """Name and central organising concept ("" while there is none)."""
    left = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.cards: list[Key] = []
        self.parent_id: str | None = None
        self.asking = False
        self.head = PlainLabel("", "strong", wrap=True)
        self.name = QLineEdit()
        self.name.setObjectName("themes.board.making.name")
        self.name.setAccessibleName(self.tr("Name of the new theme"))
        self.name.returnPressed.connect(self._give)
        self.prompt = PlainLabel(
            self.tr("Finish the sentence, if you can already: this theme is about how …"), wrap=True
        )
        self.concept = QPlainTextEdit()
        self.concept.setObjectName("themes.board.making.concept")
        self.concept.setAccessibleName(self.tr("This theme is about how …"))
        self.concept.setPlaceholderText(self.tr("… (may stay empty)"))
        self.concept.setTabChangesFocus(True)
        self.concept.setFixedHeight(88)
        why = PlainLabel(
            self.tr("An idea that its codes share makes a theme; a topic they touch on makes a heading."),
            "small",
            wrap=True,
        )
        self.make = QPushButton(self.tr("Make the theme"))
        self.make.setObjectName("themes.board.making.make")
        self.make.setProperty("look", "primary")
        self.make.clicked.connect(self._give)
        self.leave = QPushButton(self.tr("Leave it"))
        self.leave.setObjectName("themes.board.making.leave")
        self.leave.setProperty("look", "plain")
        self.leave.clicked.connect(self.left)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.make)
        buttons.addWidget(self.leave)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        hints = WordingHints(self.concept, desk, lambda: "theme/new/concept")
        for part in (SectionLabel(self.tr("New theme")), self.head, self.name, self.prompt, self.concept, hints, why):
            column.addWidget(part)
        column.addLayout(buttons)
        column.addStretch(1)

    def ask(self, head: str, stand_in: str, cards: list[Key], parent_id: str | None = None, *, named: str = "") -> None:
        """Ask for a theme of these cards, perhaps under another one; `named` is what their pile is called already.

        Whoever looked at something else on the board meanwhile finds what they had typed.
        """
        again = (cards, parent_id) == (self.cards, self.parent_id) and self._typed()
        self.cards, self.parent_id, self.asking = list(cards), parent_id, True
        self.head.setText(head)
        self.name.setPlaceholderText(stand_in)
        if not again:
            self.name.setText(named)
            self.concept.clear()
        self.name.selectAll()

    def end(self) -> None:
        """The theme is made, or left."""
        self.cards, self.parent_id, self.asking = [], None, False
        self.name.clear()
        self.concept.clear()

    def _typed(self) -> bool:
        return bool(self.name.text() or self.concept.toPlainText())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc makes no theme."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.accept()  # the field of the name has said so already
        else:
            super().keyPressEvent(event)

    def _give(self) -> None:
        name = self.name.text().strip() or self.name.placeholderText()
        self.given.emit(name, self.concept.toPlainText().strip())
