"""Two labels that may be one person: asked about, never merged unasked."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout

from app.importers.likeness import LikelySame
from app.ui.widgets.labels import PlainLabel

LONGEST = 20
"""Letters of a name on the button; the question shows all of it."""


class SameAsk(QFrame):
    """One question after the other; hidden while there is none."""

    merged = Signal(object)
    kept = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("import.same")
        self.setProperty("look", "card")
        self._pairs: list[LikelySame] = []
        self.question = PlainLabel("", wrap=True)
        self.question.setObjectName("import.same.question")
        self.merge = QPushButton()
        self.merge.setObjectName("import.same.merge")
        self.merge.setAccessibleName(self.tr("One person"))
        self.merge.clicked.connect(lambda: self.merged.emit(self._pairs[0]))
        self.keep = QPushButton(self.tr("Two people"))
        self.keep.setObjectName("import.same.keep")
        self.keep.clicked.connect(lambda: self.kept.emit(self._pairs[0]))
        for button in (self.merge, self.keep):
            button.setAutoDefault(False)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.merge)
        row.addWidget(self.keep)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 10)
        column.setSpacing(8)
        column.addWidget(self.question)
        column.addLayout(row)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()

    def show_pairs(self, pairs: Sequence[LikelySame]) -> None:
        """Ask about the first of these pairs."""
        self._pairs = list(pairs)
        self.setVisible(bool(pairs))
        if not pairs:
            return
        first, more = pairs[0], len(pairs) - 1
        said = self.tr("Are “{one}” and “{other}” the same person? They look alike: {why}.").format(
            one=first.label, other=first.into, why=first.why
        )
        if more:
            after = self.tr("1 more question after this.") if more == 1 else self.tr("{n} more questions after this.")
            said += " " + after.format(n=more)
        self.question.setText(said)
        name = first.into if len(first.into) <= LONGEST else f"{first.into[: LONGEST - 1].rstrip()}…"
        self.merge.setText(self.tr("One person: “{name}”").format(name=name.replace("&", "&&")))
        self.merge.setToolTip(first.into)
