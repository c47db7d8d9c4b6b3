"""A list of files that hold a study as it once was: how each stands to the study now. One may look into each or
write it out as a new study; neither the study nor any of the files is written to from here.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from app.analysis.standing import Standing, differences, standing
from app.backups import restore_to
from app.errors import ReflexaError
from app.models.sqlite import connect_beside
from app.ui.widgets.buttons import Button
from app.ui.widgets.labels import PlainLabel
from app.ui.window.questions import ask_where

if TYPE_CHECKING:
    from app.study import Study


class Earlier(Protocol):
    """A file with a study as it once was."""

    @property
    def path(self) -> Path:
        """Where it lies."""

    @property
    def at(self) -> datetime:
        """The moment it shows."""


File = TypeVar("File", bound=Earlier)


class ComparedDialog(QDialog, Generic[File]):
    """One row a file. Which study the window is to open next is left in `wanted`.

    Sub-classes set `name` and `same`, call `_lay_out`, and say `_rows` and `_sentence`. The last column tells what is
    different; it is filled row by row while the window goes on.
    """

    name = ""

    def __init__(self, path: Path, study: Study | None, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setObjectName(self.name)
        self._path, self._study = path, study
        self.wanted: tuple[Path, bool] | None = None
        """A study to open once this is closed, and whether for reading only."""
        self.found: list[File] = []
        self.same = ""
        """What is said of a file that holds what the study holds."""
        self._told: dict[int, str] = {}
        """{row: what is different}, as far as it is known."""
        self._now: Standing | None = None
        self._idle = QTimer(self)
        self._idle.setInterval(0)
        self._idle.timeout.connect(self._compare_next)
        self.table = QTableWidget()
        self.detail = PlainLabel("", wrap=True)
        self.detail.setObjectName(f"{self.name}.detail")
        self.said = PlainLabel("", "small", wrap=True)
        self.said.setObjectName(f"{self.name}.said")
        self.look = Button(f"{self.name}.look", self.tr("Look into it"), self._look)
        self.write: QPushButton

    def chosen(self) -> File | None:
        """The file of the row chosen."""
        row = self.table.currentRow()
        return self.found[row] if 0 <= row < len(self.found) else None

    def write_out(self, target: Path) -> bool:
        """Write the chosen file out as a new study, and open that next; whether it could be done."""
        one = self.chosen()
        if one is None:
            return False
        try:
            restore_to(one.path, target)
        except ReflexaError as error:
            self.said.setText(error.sentence)
            return False
        self._leave_for(target)
        return True

    def _rows(self) -> list[tuple[str, ...]]:
        """What stands in all columns but the last, a row for each of `found`."""
        raise NotImplementedError

    def _sentence(self, one: File, told: str) -> str:
        """What is said under the list of the chosen file, once it is known what is different."""
        raise NotImplementedError

    def _list(self, found: list[File]) -> None:
        """Show these; what is different is worked out row by row while the window goes on."""
        self.found = found
        self._told = {}
        self._now = self._standing_now()
        self.table.setRowCount(len(found))
        for row, texts in enumerate(self._rows()):
            for column, text in enumerate((*texts, "…")):
                self.table.setItem(row, column, QTableWidgetItem(text))
        self._idle.start()
        if found:
            self.table.setCurrentCell(0, 0)
        self._show()

    def _ask_and_write_out(self, title: str, proposed: Path) -> None:
        target = ask_where(self, title, proposed)
        if target is not None:
            self.write_out(target)

    def _look(self) -> None:
        one = self.chosen()
        if one is not None:
            self._leave_for(one.path, read_only=True)

    def _leave_for(self, path: Path, *, read_only: bool = False) -> None:
        self.wanted = path, read_only
        self.accept()

    def _standing_now(self) -> Standing | None:
        if self._study is None:
            return None
        try:
            return standing(self._study.connection)
        except sqlite3.Error:
            return None

    def _compare_next(self) -> None:
        row = len(self._told)
        if row == len(self.found):
            self._idle.stop()
            return
        self._told[row] = self._difference(self.found[row])
        item = self.table.item(row, self.table.columnCount() - 1)
        if item is not None:
            item.setText(self._told[row])
        if row == self.table.currentRow():
            self._show()

    def _difference(self, one: File) -> str:
        if self._study is None:
            return self.tr("cannot be compared: the study itself is not open")
        if self._now is None:
            return self.tr("cannot be compared: the study itself cannot be read")
        try:
            with closing(connect_beside(self._study.connection, one.path)) as beside:
                told = differences(standing(beside), self._now)
        except sqlite3.Error:
            return self.tr("cannot be read")
        return ", ".join(told) or self.same

    def _show(self) -> None:
        one, told = self.chosen(), self._told.get(self.table.currentRow(), "")
        for button in (self.look, self.write):
            button.setEnabled(one is not None)
        self.detail.setText(self._sentence(one, told) if one is not None and told else "")

    # --- building ------------------------------------------------------------------------------------------------

    def _set_columns(self, described: str, columns: Sequence[tuple[str, int]]) -> None:
        """The table's columns, each with its width in pixels; the last takes what is left."""
        table = self.table
        table.setObjectName(f"{self.name}.table")
        table.setAccessibleName(described)
        table.setColumnCount(len(columns))
        table.setHorizontalHeaderLabels([title for title, _ in columns])
        table.setSelectionBehavior(QTableWidget.SelectionBehavior.SelectRows)
        table.setSelectionMode(QTableWidget.SelectionMode.SingleSelection)
        table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        table.setTabKeyNavigation(False)
        table.setShowGrid(False)
        table.setWordWrap(False)
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(32)
        table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        table.horizontalHeader().setHighlightSections(False)
        table.horizontalHeader().setSectionResizeMode(len(columns) - 1, QHeaderView.ResizeMode.Stretch)
        for column, (_, width) in enumerate(columns[:-1]):
            table.setColumnWidth(column, width)
        table.currentCellChanged.connect(lambda *_: self._show())
        table.itemActivated.connect(lambda _: self._look())

    def _lay_out(
        self, head: str, rule: str, *beneath: QWidget, left: Sequence[QPushButton], primary: QPushButton
    ) -> None:
        """Heading, rule, table and what stands `beneath` it; buttons at the foot. `primary` is what Enter does."""
        primary.setProperty("look", "primary")
        primary.setDefault(True)
        shut = Button(f"{self.name}.close", self.tr("Close"), self.reject)
        right = [one for one in (self.write, self.look) if one is not primary]
        foot = QHBoxLayout()
        foot.setSpacing(8)
        for button in left:
            foot.addWidget(button)
        foot.addStretch(1)
        for button in (shut, *right, primary):
            foot.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 16)
        layout.setSpacing(12)
        layout.addWidget(PlainLabel(head, "title", wrap=True))
        layout.addWidget(PlainLabel(rule, "quiet", wrap=True))
        layout.addWidget(self.table, 1)
        for one in beneath:
            layout.addWidget(one)
        layout.addWidget(self.detail)
        layout.addStretch(0)
        layout.addWidget(self.said)
        layout.addLayout(foot)
