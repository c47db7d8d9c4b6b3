"""What stands behind a cell of a table: its excerpts, or the passages in which two codes meet."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from app.analysis.codes import CodingRow
from app.analysis.touching import Passage
from app.models.kinds import ExcerptLevel
from app.ui.code.excerpt_list import ROW_ROLE, ExcerptList
from app.ui.quotes import QuoteShelf


class CellPassages(ExcerptList):
    """Enter or a double click leads to the transcript; Esc goes back to the table."""

    passageWanted = Signal(str, int, int)
    """Source id, start and end, where a passage is no excerpt."""
    backWanted = Signal()

    def __init__(self, shelf: QuoteShelf, parent: QWidget | None = None) -> None:
        super().__init__(shelf, "", jump_on_click=False, parent=parent)
        self.setAccessibleName(self.tr("Excerpts of the cell"))
        self.setObjectName("compare.tables.passages")

    def show_passages(self, passages: Sequence[Passage]) -> None:
        """Show these; their words are made when they are seen."""
        self.show_rows(
            [CodingRow(one.excerpt_id, one.source_id, one.start, one.end, ExcerptLevel.INDIVIDUAL) for one in passages]
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back to where one came from."""
        if event.key() == Qt.Key.Key_Escape:
            self.backWanted.emit()
        else:
            super().keyPressEvent(event)

    def _jump(self, index: QModelIndex) -> None:
        row: CodingRow | None = index.data(ROW_ROLE)
        if row is not None and row.excerpt_id:
            self.excerptWanted.emit(row.source_id, row.excerpt_id)
        elif row is not None:
            self.passageWanted.emit(row.source_id, row.start, row.end)
