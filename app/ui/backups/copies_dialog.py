"""The copies of a study that a cloud folder left beside it: how each stands to the study, and what differs.

One may look into one, or write it out as a new study. Nothing is merged, and no copy is touched.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from PySide6.QtCore import QDateTime, QLocale, Qt, QTimer
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from app.analysis.standing import Standing, differences, standing
from app.backups import free_name_beside, restore_to
from app.backups.conflicts import ConflictCopy, conflict_copies
from app.errors import ReflexaError
from app.models.sqlite import connect_beside
from app.study import Study
from app.ui.widgets.labels import PlainLabel

SUFFIX = ".reflexa"
_SHORT = QLocale.FormatType.ShortFormat


class CopiesDialog(QDialog):
    """One row a copy. What is chosen in it is left in `wanted` for the window to open."""

    def __init__(self, study: Study, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("copiesDialog")
        self.setWindowTitle(self.tr("Copies beside the study"))
        self.resize(900, 460)
        self._study = study
        self.wanted: tuple[Path, bool] | None = None
        """A study to open once this is closed, and whether for reading only."""
        self.found: list[ConflictCopy] = []
        self._told: dict[int, str] = {}
        self._now: Standing | None = None
        self._todo: list[int] = []
        self._idle = QTimer(self)
        self._idle.setInterval(0)
        self._idle.timeout.connect(self._compare_next)
        self._build()
        self.refresh()

    def refresh(self) -> None:
        """List what there is; what differs is worked out row by row while the window goes on."""
        try:
            self.found = conflict_copies(self._study.connection, self._study.path)
            self._now = standing(self._study.connection)
        except sqlite3.Error:
            self.found, self._now = [], None
        self.table.setRowCount(len(self.found))
        locale = QLocale()
        for row, one in enumerate(self.found):
            when = locale.toString(QDateTime.fromSecsSinceEpoch(int(one.at.timestamp())), _SHORT)
            for column, text in enumerate((one.path.name, when, one.words, "…")):
                self.table.setItem(row, column, QTableWidgetItem(text))
        self._todo = list(range(len(self.found)))
        self._idle.start()
        if self.found:
            self.table.setCurrentCell(0, 0)
        self._show()

    def chosen(self) -> ConflictCopy | None:
        """The copy of the row chosen."""
        row = self.table.currentRow()
        return self.found[row] if 0 <= row < len(self.found) else None

    def write_out(self, target: Path) -> bool:
        """Write the chosen copy out as a new study, and open that next; whether it could be done."""
        one = self.chosen()
        if one is None:
            return False
        try:
            restore_to(one.path, target)
        except ReflexaError as error:
            self.said.setText(error.sentence)
            return False
        self.wanted = target, False
        self.accept()
        return True

    def _ask_and_write_out(self) -> None:
        proposed = free_name_beside(self._study.path, self.tr("from a copy"))
        path, _ = QFileDialog.getSaveFileName(
            self, self.tr("Write out as a new file"), str(proposed), self.tr("Studies (*.reflexa)")
        )
        if path:
            self.write_out(Path(path if path.endswith(SUFFIX) else f"{path}{SUFFIX}"))

    def _look(self) -> None:
        one = self.chosen()
        if one is not None:
            self.wanted = one.path, True
            self.accept()

    def _compare_next(self) -> None:
        if not self._todo:
            self._idle.stop()
            return
        row = self._todo.pop(0)
        self._told[row] = self._difference(self.found[row])
        item = self.table.item(row, 3)
        if item is not None:
            item.setText(self._told[row])
        if row == self.table.currentRow():
            self._show()

    def _difference(self, one: ConflictCopy) -> str:
        if self._now is None:
            return self.tr("cannot be compared")
        try:
            with closing(connect_beside(self._study.connection, one.path)) as copy:
                told = differences(standing(copy), self._now)
        except sqlite3.Error:
            return self.tr("cannot be read")
        return ", ".join(told) or self.tr("both hold the same things")

    def _show(self) -> None:
        row = self.table.currentRow()
        for button in (self.look, self.write):
            button.setEnabled(self.chosen() is not None)
        told = self._told.get(row, "")
        one = self.chosen()
        self.detail.setText(
            self.tr("“{name}”: {how}. This study, against the copy: {what}.").format(
                name=one.path.name, how=one.words, what=told
            )
            if one is not None and told
            else ""
        )

    def _build(self) -> None:
        head = PlainLabel(self.tr("Copies beside “{name}”").format(name=self._study.path.name), "title", wrap=True)
        rule = PlainLabel(
            self.tr(
                "A cloud folder makes such copies when two computers wrote at once. They hold the same study. Nothing"
                " is merged and none is touched: look into one, and decide yourself which you go on with."
            ),
            "quiet",
            wrap=True,
        )
        self.table = QTableWidget(0, 4)
        self.table.setObjectName("copiesDialog.table")
        self.table.setAccessibleName(self.tr("Copies beside the study"))
        self.table.setHorizontalHeaderLabels(
            [self.tr("Copy"), self.tr("Last change"), self.tr("How it stands to this study"), self.tr("Differs")]
        )
        self.table.setSelectionBehavior(QTableWidget.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QTableWidget.SelectionMode.SingleSelection)
        self.table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self.table.setTabKeyNavigation(False)
        self.table.setShowGrid(False)
        self.table.setWordWrap(False)
        self.table.verticalHeader().hide()
        self.table.verticalHeader().setDefaultSectionSize(32)
        self.table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.table.horizontalHeader().setHighlightSections(False)
        self.table.horizontalHeader().setSectionResizeMode(3, QHeaderView.ResizeMode.Stretch)
        for column, width in enumerate((260, 130, 240)):
            self.table.setColumnWidth(column, width)
        self.table.currentCellChanged.connect(lambda *_: self._show())
        self.table.itemActivated.connect(lambda _: self._look())
        self.detail = PlainLabel("", wrap=True)
        self.detail.setObjectName("copiesDialog.detail")
        self.said = PlainLabel("", "small", wrap=True)
        self.said.setObjectName("copiesDialog.said")
        shut = self._button("close", self.tr("Close"), self.reject)
        self.write = self._button("write", self.tr("Write out as a new file …"), self._ask_and_write_out)
        self.look = self._button("look", self.tr("Look into it"), self._look)
        self.look.setProperty("look", "primary")
        self.look.setDefault(True)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addStretch(1)
        for button in (shut, self.write, self.look):
            foot.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 16)
        layout.setSpacing(12)
        layout.addWidget(head)
        layout.addWidget(rule)
        layout.addWidget(self.table, 1)
        layout.addWidget(self.detail)
        layout.addWidget(self.said)
        layout.addLayout(foot)

    def _button(self, name: str, text: str, run: object) -> QPushButton:
        button = QPushButton(text)
        button.setObjectName(f"copiesDialog.{name}")
        button.setAutoDefault(False)
        button.clicked.connect(run)
        return button
