"""The table of codes on screen: arrows go from cell to cell, Enter opens the cell, a click on a head sorts by it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QTableView, QWidget

from app.ui.compare.tables_heads import CodeHeads, ColumnHeads, Corner
from app.ui.compare.tables_model import HEARD, Order, TableModel
from app.ui.compare.tables_painting import CellDelegate
from app.ui.style.tokens import Tokens


class TablesView(QTableView):
    """Codes at the left and the names of the columns above stay in view while the cells move."""

    cellChosen = Signal()
    """Another cell is at hand."""
    cellOpened = Signal()
    """The excerpts of the cell at hand shall be read."""
    sortWanted = Signal(str)
    """The rows shall be sorted by the column of this id."""

    def __init__(self, model: TableModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("compare.tables.table")
        self.setAccessibleName(self.tr("Table of codes"))
        self._model = model
        self.heads, self.codes = ColumnHeads(self), CodeHeads(self)
        self.corner = Corner(self.tr("Codes"), self)
        self.setHorizontalHeader(self.heads)
        self.setVerticalHeader(self.codes)
        self.setModel(model)
        self._delegate = CellDelegate(self)
        self.setItemDelegate(self._delegate)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setMouseTracking(True)
        self.heads.sectionClicked.connect(self._on_head)
        self.codes.sectionClicked.connect(self._on_code)
        self.codes.setSectionsClickable(True)
        self.horizontalScrollBar().valueChanged.connect(lambda _: self.heads.viewport().update())
        self.doubleClicked.connect(lambda _: self.cellOpened.emit())

    def fit(self) -> None:
        """Give heads and columns the room their words need."""
        self.codes.fit(self.width(), self._model.rows)
        self.heads.fit(self.width() - self.codes.width() - 24, self._model.columns)
        self.heads.sorted_by = self._model.sorted_by
        self.updateGeometries()

    def choose(self, index: QModelIndex) -> None:
        """Bring a cell to hand and into view."""
        if index.isValid():
            self.setCurrentIndex(index)
            self.scrollTo(index)

    def restyle(self, tokens: Tokens) -> None:
        """Take over colours."""
        self._delegate.tokens = self.heads.tokens = self.codes.tokens = self.corner.tokens = tokens
        self.corner.update()
        for part in (self, self.heads, self.codes):
            part.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The ground of all cells at once, then what stands in them."""
        width, height = self.heads.length() - self.heads.offset(), self.codes.length() - self.codes.offset()
        painter = QPainter(self.viewport())
        painter.fillRect(QRect(0, 0, width, height), QColor(self._delegate.tokens.raised))
        painter.end()
        super().paintEvent(event)

    def currentChanged(self, current: QModelIndex, previous: QModelIndex) -> None:
        """The heads of the cell at hand stand out."""
        super().currentChanged(current, previous)
        self.heads.viewport().update()
        self.codes.viewport().update()
        self.cellChosen.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens the cell at hand; letters look for nothing here, the field above does that."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self.currentIndex().isValid():
                self.cellOpened.emit()
            return
        super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Qt would look for the word “present”."""

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Other widths turn heads or put them upright."""
        super().resizeEvent(event)
        self.fit()

    def updateGeometries(self) -> None:
        """The word over the codes has the corner."""
        super().updateGeometries()
        at = QPoint(self.codes.x(), self.heads.y())
        self.corner.setGeometry(QRect(at, QSize(self.codes.width(), self.heads.height())))

    def changeEvent(self, event: QEvent) -> None:
        """Other fonts need other room."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.fit()

    def _on_head(self, place: int) -> None:
        column = self._model.columns[place]
        again = self._model.order == Order.COLUMN and self._model.sorted_by == column.id
        self.sortWanted.emit("" if again else column.id)

    def _on_code(self, place: int) -> None:
        """A click on a code goes to its row."""
        column = max(0, self.currentIndex().column())
        if self._model.columns and self._model.columns[column].id != HEARD:
            self.choose(self._model.index(place, column))
