"""Tables of codes: by participant, by group, code by code. Every cell opens what stands behind it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFileDialog, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from app.analysis.tables import Columns, Meeting, TableQuestion, code_table, passages_of_cell
from app.errors import ReflexaError
from app.ui.compare.cell_passages import CellPassages
from app.ui.compare.page import ComparePage
from app.ui.compare.tables_bar import TablesBar
from app.ui.compare.tables_model import Order, TableModel, how_much, in_full, path_of
from app.ui.compare.tables_view import TablesView
from app.ui.widgets.labels import PlainLabel

if TYPE_CHECKING:
    from app.study import Notice
    from app.ui.desk import Desk
    from app.ui.quotes import QuoteShelf
    from app.ui.style.tokens import Tokens

KINDS = {Columns.PARTICIPANTS: "by-participant", Columns.GROUPS: "by-group", Columns.CODES: "code-by-code"}
_READ = ("code", "coding", "excerpt", "turn", "speaker", "participant", "focus_group", "source")
_BESIDE = 1000
"""Narrower than this, what stands behind a cell is read below the table."""
_A_MOMENT = 40
"""Milliseconds: who runs along a row reads only where they stop."""


class TablesPage(ComparePage):
    """The choices, the table, and beside it what stands behind the cell at hand."""

    def __init__(self, desk: Desk, shelf: QuoteShelf) -> None:
        super().__init__(desk, shelf)
        self.setObjectName("compare.tables")
        self._key = self.desk.study.key
        self.model = TableModel()
        self.model.counts = self._kept("counts") == "true"
        self.bar = TablesBar(self._kept_question(), counts=self.model.counts)
        self.view = TablesView(self.model)
        self.passages = CellPassages(shelf)
        self.heading = PlainLabel("", "strong", wrap=True)
        self.about = PlainLabel("", "quiet", wrap=True)
        self.empty = PlainLabel("", "quiet", wrap=True)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_A_MOMENT)
        self._lay_out()
        self._connect()

    def refresh(self, notice: Notice | None) -> None:
        """Draw what the study says now; one stays at the cell at hand."""
        if notice is not None and not notice.touches(*_READ):
            return
        at_hand = self.model.cell(self.view.currentIndex())
        with self.desk.read() as session:
            table = code_table(session, self.bar.question())
        self._keeping_place(lambda: self.model.show_table(table))
        if at_hand is None or not self.view.currentIndex().isValid():
            self.view.choose(self.model.first_filled())
        self._show_empty()
        self._show_cell()

    def enter(self, words: str = "") -> None:  # noqa: ARG002 - a table looks for nothing
        """Take the keyboard."""
        self.view.setFocus()

    def restyle(self, tokens: Tokens) -> None:
        """Take over other colours."""
        self.view.restyle(tokens)
        self.passages.restyle(tokens)

    def export_to(self, path: Path) -> bool:
        """Write the table as it is shown; the file dialog has asked before an existing one."""
        from app.exporters.options import ExportOptions, TableShown
        from app.ui.outputs.exporting import export_beside

        question = self.bar.question()
        shown = TableShown(question, tuple(row.id for row in self.model.rows))
        options = ExportOptions(counts=self.model.counts, table=shown)
        try:
            done = export_beside(self.desk, self, KINDS[question.columns], path, options=options)
        except ReflexaError as error:
            self.desk.say(error.sentence)
            return False
        if done is None:
            self.desk.say(self.tr("“{name}” was not written.").format(name=path.name))
            return False
        self.desk.say(" ".join([self.tr("Wrote “{name}”.").format(name=path.name), *done.warnings]))
        return True

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Beside the table where there is room, below it where there is not."""
        super().resizeEvent(event)
        way = Qt.Orientation.Horizontal if self.width() >= _BESIDE else Qt.Orientation.Vertical
        if way != self.splitter.orientation():
            self.splitter.setOrientation(way)
            QTimer.singleShot(0, self._share)

    # --- choices -------------------------------------------------------------------------------------------------

    def _ask(self) -> None:
        question = self.bar.question()
        for name, value in (("columns", question.columns), ("meeting", question.meeting)):
            self._keep(name, value.value)
        self._keep("beneath", "true" if question.beneath else "false")
        self._keep("set_aside", "true" if question.set_aside else "false")
        self.refresh(None)

    def _count(self, on: bool) -> None:
        self._keep("counts", "true" if on else "false")
        self._keeping_place(lambda: self.model.show_counts(on))
        self._show_cell()

    def _order(self, order: str) -> None:
        cell = self.model.cell(self.view.currentIndex())
        column_id = cell[1].id if cell is not None else ""
        chosen = Order(order) if column_id else Order.NAME if order == Order.NAME else Order.TREE
        self._keeping_place(lambda: self.model.sort_by(chosen, column_id))

    def _sort_by(self, column_id: str) -> None:
        """Sort by a column, and go to the first of it; or back to the order of the tree."""
        order = Order.COLUMN if column_id else Order.TREE
        self._keeping_place(lambda: self.model.sort_by(order, column_id))
        if column_id:
            self.view.choose(self.model.index_of(self.model.rows[0].id if self.model.rows else "", column_id))

    def _filter(self, words: str) -> None:
        self._keeping_place(lambda: self.model.filter_by(words))
        self._show_empty()

    def _keeping_place(self, arrange: Callable[[], None]) -> None:
        """Rows and columns stand otherwise now; the cell at hand stays at hand if it is still there."""
        at_hand = self.model.cell(self.view.currentIndex())
        across, down = self.view.horizontalScrollBar().value(), self.view.verticalScrollBar().value()
        arrange()
        self.view.fit()
        self.bar.show_order(self.model.order)
        self.view.horizontalScrollBar().setValue(across)
        self.view.verticalScrollBar().setValue(down)
        if at_hand is not None:
            self.view.choose(self.model.index_of(at_hand[0].id, at_hand[1].id))

    # --- the cell at hand ----------------------------------------------------------------------------------------

    def _show_cell(self) -> None:
        """Show what stands behind the cell at hand."""
        self._soon.stop()
        if not self.desk.study.is_open:  # the timer came after the study was closed
            return
        cell = self.model.cell(self.view.currentIndex())
        if cell is None or cell[0].id == cell[1].id:
            self.heading.setText("")
            self.about.setText(self.tr("Choose a cell to read what stands behind it."))
            self.passages.show_passages([])
            self.passages.setAccessibleName(self.tr("Excerpts of the cell"))
            return
        row, column = cell
        found = self.model.found(row.id, column.id)
        with self.desk.read() as session:
            passages = passages_of_cell(session, self.model.table.question, row.id, column.id) if found else []
        self.heading.setText(f"{path_of(row)} · {in_full(column)}")
        self.about.setText(self._about(found))
        self.passages.setAccessibleName(self.heading.text())
        self.passages.show_passages(passages)

    def _about(self, found: int) -> str:
        question = self.model.table.question
        if question.columns != Columns.CODES:
            if not found:
                return self.tr("No excerpt of this code here.")
            return how_much(self.model, found) if self.model.counts else self.tr("Excerpts in reading order")
        if not found:
            return self.tr("These codes do not meet.")
        if self.model.counts:
            return how_much(self.model, found)
        return (
            self.tr("Turns with both codes")
            if question.meeting == Meeting.SAME_TURN
            else self.tr("Words with both codes")
        )

    def _open_cell(self) -> None:
        """Go to the list beside the table, if there is anything to read."""
        self._show_cell()
        if self.passages.model().rowCount():
            self.passages.setCurrentIndex(self.passages.model().index(0, 0))
            self.passages.setFocus()

    def _show_empty(self) -> None:
        """Say what to do where there is no table."""
        if not self.model.table.rows:
            self.empty.setText(self.tr("No codes yet. Code a passage in the Code workspace, and it is a row here."))
        elif not self.model.table.columns:
            self.empty.setText(self.tr("Nobody to show yet. Bring in a transcript, and its speakers are columns here."))
        else:
            self.empty.setText(self.tr("No code has these words in its name."))
        self.stack.setCurrentIndex(0 if self.model.rows and self.model.columns else 1)

    def _ask_where(self, ending: str) -> None:
        study, kind = self.desk.study, KINDS[self.bar.question().columns]
        day = datetime.now().astimezone().strftime("%Y-%m-%d")
        proposed = study.path.with_name(f"{study.path.stem} {kind} {day}.{ending}")
        path, _ = QFileDialog.getSaveFileName(self, self.tr("Export the table"), str(proposed), f"*.{ending}")
        if path:
            self.export_to(Path(path if path.endswith(f".{ending}") else f"{path}.{ending}"))

    # --- parts ---------------------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        self.stack = QStackedWidget()
        self.stack.addWidget(self.view)
        nothing = QWidget()
        inside = QVBoxLayout(nothing)
        inside.setContentsMargins(24, 24, 24, 24)
        inside.addWidget(self.empty)
        inside.addStretch(1)
        self.stack.addWidget(nothing)
        behind = QWidget()
        column = QVBoxLayout(behind)
        column.setContentsMargins(16, 12, 8, 8)
        column.setSpacing(4)
        column.addWidget(self.heading)
        column.addWidget(self.about)
        column.addWidget(self.passages, 1)
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.setObjectName("compare.tables.splitter")
        self.splitter.setChildrenCollapsible(False)
        self.splitter.addWidget(self.stack)
        self.splitter.addWidget(behind)
        self._share()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 8, 8)
        layout.setSpacing(12)
        layout.addWidget(self.bar)
        layout.addWidget(self.splitter, 1)

    def _share(self) -> None:
        beside = self.splitter.orientation() == Qt.Orientation.Horizontal
        self.splitter.setSizes([720, 340] if beside else [440, 200])
        self.splitter.setStretchFactor(0, 1)
        self.splitter.setStretchFactor(1, 0)

    def _connect(self) -> None:
        self.bar.asked.connect(self._ask)
        self.bar.countsWanted.connect(self._count)
        self.bar.orderWanted.connect(self._order)
        self.bar.filtered.connect(self._filter)
        self.bar.exportWanted.connect(self._ask_where)
        self.view.sortWanted.connect(self._sort_by)
        self.view.cellChosen.connect(self._soon.start)
        self.view.cellOpened.connect(self._open_cell)
        self._soon.timeout.connect(self._show_cell)
        self.passages.backWanted.connect(self.view.setFocus)
        self.passages.excerptWanted.connect(self.excerptWanted)
        self.passages.passageWanted.connect(self.passageWanted)

    def _kept_question(self) -> TableQuestion:
        columns, meeting = self._kept("columns"), self._kept("meeting")
        return TableQuestion(
            Columns(columns) if columns in set(Columns) else Columns.PARTICIPANTS,
            Meeting(meeting) if meeting in set(Meeting) else Meeting.OVERLAPPING,
            self._kept("beneath") == "true",
            self._kept("set_aside") == "true",
        )

    def _kept(self, name: str) -> str:
        return str(self.desk.settings.place(self._key, f"tables/{name}", "") or "")

    def _keep(self, name: str, value: str) -> None:
        self.desk.settings.remember_place(self._key, f"tables/{name}", value)
