"""The backups of a study: when each was made and why, and what came and went since; look into one, restore one.

A backup is always restored as a new file. The study itself is never written to from here.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

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
from app.backups import Backup, backups_of, free_name_beside, restore_to
from app.errors import ReflexaError
from app.models.sqlite import connect_beside
from app.ui.widgets.labels import PlainLabel

if TYPE_CHECKING:
    from app.study import Study
    from app.ui.backups.keeper import Keeper

SUFFIX = ".reflexa"
_SHORT = QLocale.FormatType.ShortFormat


class BackupsDialog(QDialog):
    """One row a backup. What is chosen in it is left in `wanted` for the window to open."""

    def __init__(
        self, study_path: Path, study: Study | None, keeper: Keeper | None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("backupsDialog")
        self.setWindowTitle(self.tr("Backups"))
        self.resize(860, 560)
        self._path, self._study, self._keeper = study_path, study, keeper
        self.wanted: tuple[Path, bool] | None = None
        """A study to open once this is closed, and whether for reading only."""
        self.found: list[Backup] = []
        self._told: dict[str, list[str]] = {}
        self._now: Standing | None = None
        self._todo: list[int] = []
        self._idle = QTimer(self)
        self._idle.setInterval(0)
        self._idle.timeout.connect(self._compare_next)
        self._build()
        if keeper is not None:
            keeper.made.connect(self._on_made)
            keeper.failed.connect(self._on_failed)
        self.refresh()

    def refresh(self) -> None:
        """List what there is; what differs is worked out row by row while the window goes on."""
        self.found = backups_of(self._path)
        self.table.setRowCount(len(self.found))
        locale = QLocale()
        for row, one in enumerate(self.found):
            when = locale.toString(QDateTime.fromSecsSinceEpoch(int(one.at.timestamp())), _SHORT)
            for column, text in enumerate((when, self.tr(one.reason.words), "…")):
                self.table.setItem(row, column, QTableWidgetItem(text))
        self.nothing.setVisible(not self.found)
        self.table.setVisible(bool(self.found))
        self._now = self._standing_now()
        self._todo = list(range(len(self.found)))
        self._idle.start()
        if self.found:
            self.table.setCurrentCell(0, 0)
        self._show()

    def chosen(self) -> Backup | None:
        """The backup of the row chosen."""
        row = self.table.currentRow()
        return self.found[row] if 0 <= row < len(self.found) else None

    def restore(self, target: Path) -> bool:
        """Write the chosen backup out as a new study, and open that next; whether it could be done."""
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

    def _ask_and_restore(self) -> None:
        one = self.chosen()
        if one is None:
            return
        mark = self.tr("restored {day}").format(day=one.at.astimezone().strftime("%Y-%m-%d %H.%M"))
        proposed = free_name_beside(self._path, mark)
        path, _ = QFileDialog.getSaveFileName(
            self, self.tr("Restore to a new file"), str(proposed), self.tr("Studies (*.reflexa)")
        )
        if path:
            self.restore(Path(path if path.endswith(SUFFIX) else f"{path}{SUFFIX}"))

    def _look(self) -> None:
        one = self.chosen()
        if one is not None:
            self.wanted = one.path, True
            self.accept()

    def _save_what_can_be(self) -> None:
        from app.ui.backups.salvaging import ask_and_salvage

        made = ask_and_salvage(self._path, self._study, self)
        if made is not None:
            self.wanted = made, False
            self.accept()

    def _back_up(self) -> None:
        if self._keeper is not None:
            self.said.setText(self.tr("Backing up and verifying …"))
            self.make.setEnabled(False)
            self._keeper.back_up()

    def _on_made(self, made: Backup) -> None:
        self.make.setEnabled(True)
        self.said.setText(
            self.tr("The study as it is now is backed up and verified.")
            if made.is_sound
            else self.tr("The copy was made but does not verify; older backups were left.")
        )
        self.refresh()

    def _on_failed(self, sentence: str) -> None:
        self.make.setEnabled(True)
        self.said.setText(sentence)

    def _standing_now(self) -> Standing | None:
        if self._study is None:
            return None
        try:
            return standing(self._study.connection)
        except sqlite3.Error:
            return None

    def _compare_next(self) -> None:
        if not self._todo:
            self._idle.stop()
            return
        row = self._todo.pop(0)
        one = self.found[row]
        self._told[one.name] = self._difference(one)
        item = self.table.item(row, 2)
        if item is not None:
            item.setText(", ".join(self._told[one.name]))
        if row == self.table.currentRow():
            self._show()

    def _difference(self, one: Backup) -> list[str]:
        if self._study is None or self._now is None:
            return [self.tr("cannot be compared: the study itself is not open")]
        try:
            with closing(connect_beside(self._study.connection, one.path)) as copy:
                told = differences(standing(copy), self._now)
        except sqlite3.Error:
            return [self.tr("cannot be read")]
        return told or [self.tr("nothing came or went")]

    def _show(self) -> None:
        one = self.chosen()
        for button in (self.look, self.bring_back):
            button.setEnabled(one is not None)
        if one is None:
            self.detail.setText("")
            return
        told = self._told.get(one.name)
        self.detail.setText(self.tr("Since then: {what}.").format(what=", ".join(told)) if told else "")

    def _build(self) -> None:
        head = PlainLabel(self.tr("Backups of “{name}”").format(name=self._path.name), "title", wrap=True)
        rule = PlainLabel(
            self.tr("The study file stays as it is: a backup is restored as a new file, which you can compare."),
            "quiet",
            wrap=True,
        )
        self.table = QTableWidget(0, 3)
        self.table.setObjectName("backupsDialog.table")
        self.table.setAccessibleName(self.tr("Backups, newest first"))
        self.table.setHorizontalHeaderLabels([self.tr("Made"), self.tr("Why"), self.tr("Came and went since")])
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
        self.table.horizontalHeader().setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)
        for column, width in enumerate((150, 240)):
            self.table.setColumnWidth(column, width)
        self.table.currentCellChanged.connect(lambda *_: self._show())
        self.table.itemActivated.connect(lambda _: self._look())
        self.nothing = PlainLabel(
            self.tr("There are no backups of this study yet. One is made soon after it is opened."),
            "quiet",
            wrap=True,
        )
        self.nothing.setObjectName("backupsDialog.nothing")
        self.detail = PlainLabel("", wrap=True)
        self.detail.setObjectName("backupsDialog.detail")
        self.said = PlainLabel("", "small", wrap=True)
        self.said.setObjectName("backupsDialog.said")
        self.make = self._button("make", self.tr("Back up now"), self._back_up)
        self.make.setEnabled(self._keeper is not None and self._study is not None and not self._study.read_only)
        self.salvage = self._button("salvage", self.tr("Save what can be saved …"), self._save_what_can_be)
        self.salvage.setToolTip(self.tr("Builds a new study out of everything that can still be read in the file"))
        self.look = self._button("look", self.tr("Look into it"), self._look)
        self.bring_back = self._button("restore", self.tr("Restore to a new file …"), self._ask_and_restore)
        self.bring_back.setProperty("look", "primary")
        self.bring_back.setDefault(True)
        shut = self._button("close", self.tr("Close"), self.reject)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        for left in (self.make, self.salvage):
            foot.addWidget(left)
        foot.addStretch(1)
        for right in (shut, self.look, self.bring_back):
            foot.addWidget(right)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 16)
        layout.setSpacing(12)
        layout.addWidget(head)
        layout.addWidget(rule)
        layout.addWidget(self.table, 1)
        layout.addWidget(self.nothing)
        layout.addWidget(self.detail)
        layout.addStretch(0)
        layout.addWidget(self.said)
        layout.addLayout(foot)

    def _button(self, name: str, text: str, run: object) -> QPushButton:
        button = QPushButton(text)
        button.setObjectName(f"backupsDialog.{name}")
        button.setAutoDefault(False)
        button.clicked.connect(run)
        return button
