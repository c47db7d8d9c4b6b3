"""How the Board view is laid out: the tray, the board under its bar, and at the right what is chosen."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QSplitter, QVBoxLayout, QWidget

from app.ui.board.canvas import BoardCanvas
from app.ui.board.side import BoardSide
from app.ui.board.tray import Tray
from app.ui.board.view import BoardView
from app.ui.desk import Desk
from app.ui.quotes import QuoteShelf
from app.ui.widgets.labels import PlainLabel, SectionLabel


class BoardFrame(QWidget):
    """The parts and where they stand."""

    def __init__(self, desk: Desk, shelf: QuoteShelf, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.canvas = BoardCanvas()
        self.view = BoardView(self.canvas)
        self.tray, self.side = Tray(), BoardSide(self.desk, shelf)
        self.search = QLineEdit()
        self.search.setObjectName("themes.board.search")
        self.search.setAccessibleName(self.tr("Find codes on the board"))
        self.search.setPlaceholderText(self.tr("Find codes …"))
        self.search.setClearButtonEnabled(True)
        self.all_placed = PlainLabel("", "quiet", wrap=True)
        self.splitter = QSplitter(Qt.Orientation.Horizontal, self)
        for part, width in ((self._left(), 168), (self._middle(), 320), (self._right(), 224)):
            part.setMinimumWidth(width)
            self.splitter.addWidget(part)
        self.splitter.setStretchFactor(1, 1)
        self.splitter.setSizes([208, 840, 288])
        self.splitter.setChildrenCollapsible(False)
        held = self.desk.settings.state("themes.board.splitter")
        if held is not None:
            self.splitter.restoreState(held)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.splitter)

    def _left(self) -> QWidget:
        self.tray_side = left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(16, 16, 8, 16)
        column.setSpacing(8)
        column.addWidget(self.search)
        column.addSpacing(4)
        column.addWidget(SectionLabel(self.tr("Not yet placed")))
        column.addWidget(self.all_placed)
        column.addWidget(self.tray, 1)
        return left

    def _middle(self) -> QWidget:
        middle = QWidget()
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.bar = QHBoxLayout()
        self.bar.setContentsMargins(8, 8, 8, 8)
        self.bar.setSpacing(6)
        column.addLayout(self.bar)
        column.addWidget(self.view, 1)
        return middle

    def _right(self) -> QWidget:
        right = QWidget()
        column = QVBoxLayout(right)
        column.setContentsMargins(16, 16, 16, 16)
        column.addWidget(self.side)
        return right

    def add_button(self, name: str, text: str, action: str) -> QPushButton:
        """A button of the bar over the board that does what an action does."""
        button = QPushButton(text)
        button.setObjectName(f"themes.board.{name}")
        button.clicked.connect(self.desk.actions[action].trigger)
        self.bar.addWidget(button)
        return button
