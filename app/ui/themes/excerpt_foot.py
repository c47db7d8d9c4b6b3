"""The excerpt at hand in whole: its words, what was said before and after, and why one decided as one did."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from app.ui.quotes import Around
from app.ui.widgets.fields import Commit, LineField
from app.ui.widgets.labels import Line, PlainLabel

MOST_OF_A_QUOTE, MOST_OF_THE_PAGE = 210, 0.3
"""Pixels, and part of the page, that words and what stands around them may take before they scroll."""


class ExcerptFoot(QWidget):
    """Stands under a list of excerpts; hidden while none is at hand."""

    jumpWanted = Signal()

    def __init__(self, name: str, write_why: Commit) -> None:
        super().__init__()
        self.setObjectName(f"{name}.foot")
        self.before = PlainLabel("", "small", wrap=True)
        self.before.setObjectName(f"{name}.before")
        self.words = PlainLabel("", "quote", wrap=True)
        self.words.setObjectName(f"{name}.words")
        self.after = PlainLabel("", "small", wrap=True)
        self.after.setObjectName(f"{name}.after")
        self.where = PlainLabel("", "small", wrap=True)
        self.where.setObjectName(f"{name}.where")
        self.why = LineField(self.tr("Why"), self.tr("Why (optional)"), write_why)
        self.why.setObjectName(f"{name}.why")
        self.jump_link = QPushButton(self.tr("Show in the transcript"))
        self.jump_link.setObjectName(f"{name}.jump")
        self.jump_link.setProperty("look", "link")
        self.jump_link.clicked.connect(self.jumpWanted)
        self._build()

    def show_excerpt(self, words: str, around: Around, where: str, why: str) -> None:
        """Show an excerpt."""
        for label, text in ((self.before, around.before), (self.words, words), (self.after, around.after)):
            label.setText(text)
            label.setVisible(bool(text))
        self.where.setText(where)
        self.why.show_text(why)
        self._scroll.verticalScrollBar().setValue(0)
        self._fit()

    def put_below(self, widget: QWidget) -> None:
        """Let something stand at the end."""
        layout = self.layout()
        assert layout is not None
        layout.addWidget(widget)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Other widths need other heights."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        width = max(120, self.width() - 10)
        shown = [part for part in (self.before, self.words, self.after) if not part.isHidden()]
        needed = sum(part.heightForWidth(width) + 4 for part in shown) + 4
        page = self.parentWidget()
        most = max(72, min(MOST_OF_A_QUOTE, int(page.height() * MOST_OF_THE_PAGE))) if page else MOST_OF_A_QUOTE
        self._scroll.setFixedHeight(min(most, needed))

    def _build(self) -> None:
        inside = QWidget()
        inside.setProperty("look", "panel")
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(4)
        for part in (self.before, self.words, self.after):
            part.setAlignment(Qt.AlignmentFlag.AlignTop)
            part.setTextInteractionFlags(
                Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
            )
            column.addWidget(part)
        column.addStretch(1)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setWidget(inside)
        foot = QVBoxLayout(self)
        foot.setContentsMargins(0, 0, 0, 8)
        foot.setSpacing(6)
        foot.addWidget(Line())
        foot.addWidget(self._scroll)
        foot.addWidget(self.where)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.why, 1)
        row.addWidget(self.jump_link)
        foot.addLayout(row)
