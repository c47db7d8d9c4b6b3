"""The card beside the mouse over a lane: all there is to know of one coding."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from app.ui.transcript.marks import CodingMark
from app.ui.widgets.labels import PlainLabel

WIDTH = 300
LONGEST = 420
"""Letters of a definition or a memo that the card has room for; the inspector shows all of it."""


class Behind(NamedTuple):
    """What is asked only for the coding that the mouse points at."""

    made: str = ""
    """By whom, and when."""
    memo: str = ""
    """The memo of its code."""
    here: str = ""
    """The memo on this very coding."""


class HoverCard(QFrame):
    """The whole name of a coding, what it means, what is written on it, who made it and when."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.ToolTip)
        self.setObjectName("hoverCard")
        self.setProperty("look", "popup")
        self._path = PlainLabel("", "small", wrap=True)
        self._name = PlainLabel("", "strong", wrap=True)
        self._definition = PlainLabel("", "", wrap=True)
        self._memo = PlainLabel("", "quiet", wrap=True)
        self._here = PlainLabel("", "quiet", wrap=True)
        self._about = PlainLabel("", "small", wrap=True)
        self._column = layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 8, 12, 8)
        layout.setSpacing(4)
        for part in (self._path, self._name, self._definition, self._memo, self._here, self._about):
            layout.addWidget(part)
        self.setFixedWidth(WIDTH)

    def show_mark(self, mark: CodingMark, behind: Behind, at: QPoint) -> None:
        """Show beside the mouse."""
        above = mark.path.removesuffix(mark.name).rstrip(" /")
        kind = mark.kind or self.tr("interaction")
        about = [behind.made, self.tr("unsure") if mark.unsure else "", kind if mark.interaction else ""]
        memo, here = _short(behind.memo), _short(behind.here)
        for label, words in (
            (self._path, above),
            (self._name, mark.name),
            (self._definition, _short(mark.definition)),
            (self._memo, self.tr("Memo: {memo}").format(memo=memo) if memo else ""),
            (self._here, self.tr("Memo here: {memo}").format(memo=here) if here else ""),
            (self._about, " · ".join(part for part in about if part)),
        ):
            label.setText(words)
            label.setVisible(bool(words))
        self.resize(WIDTH, self._column.totalHeightForWidth(WIDTH))
        screen = (QGuiApplication.screenAt(at) or self.screen()).availableGeometry().adjusted(8, 8, -8, -8)
        left, top = at.x() - self.width() - 12, at.y() + 12
        if top + self.height() > screen.bottom():
            top = at.y() - self.height() - 12
        left = min(left, screen.right() - self.width())
        self.move(max(screen.left(), left), max(screen.top(), top))
        self.show()

    def words(self) -> list[str]:
        """What it says, from top to bottom."""
        parts = (self._path, self._name, self._definition, self._memo, self._here, self._about)
        return [part.text() for part in parts if part.text()]


def _short(words: str) -> str:
    flat = words.strip()
    return flat if len(flat) <= LONGEST else flat[: LONGEST - 1].rstrip() + "…"
