"""The copies of a study that a cloud folder left beside it. Nothing is merged, and no copy is touched."""

from __future__ import annotations

import sqlite3

from PySide6.QtWidgets import QWidget

from app.backups import free_name_beside
from app.backups.conflicts import ConflictCopy, conflict_copies
from app.study import Study
from app.ui.backups.compared import ComparedDialog
from app.ui.widgets.buttons import Button
from app.ui.wording import short_moment


class CopiesDialog(ComparedDialog[ConflictCopy]):
    """One row a copy: its name, its last change, how it stands to the study, what is different."""

    name = "copiesDialog"

    def __init__(self, study: Study, parent: QWidget | None = None) -> None:
        super().__init__(study.path, study, parent)
        self.setWindowTitle(self.tr("Copies beside the study"))
        self.resize(900, 460)
        self.same = self.tr("both hold the same things")
        self._set_columns(
            self.tr("Copies beside the study"),
            [
                (self.tr("Copy"), 260),
                (self.tr("Last change"), 130),
                (self.tr("How it stands to this study"), 240),
                (self.tr("Differs"), 0),
            ],
        )
        self.write = Button("copiesDialog.write", self.tr("Write out as a new file …"), self._ask_where)
        self._lay_out(
            self.tr("Copies beside “{name}”").format(name=self._path.name),
            self.tr(
                "A cloud folder makes such copies when two computers wrote at once. They hold the same study. Nothing"
                " is merged and none is touched: look into one, and decide yourself which you go on with."
            ),
            left=[],
            primary=self.look,
        )
        self.refresh()

    def refresh(self) -> None:
        """List what there is."""
        assert self._study is not None
        try:
            found = conflict_copies(self._study.connection, self._path)
        except sqlite3.Error:
            found = []
        self._list(found)

    def _rows(self) -> list[tuple[str, ...]]:
        return [(one.path.name, short_moment(one.at), one.words) for one in self.found]

    def _sentence(self, one: ConflictCopy, told: str) -> str:
        return self.tr("“{name}”: {how}. This study, against the copy: {what}.").format(
            name=one.path.name, how=one.words, what=told
        )

    def _ask_where(self) -> None:
        proposed = free_name_beside(self._path, self.tr("from a copy"))
        self._ask_and_write_out(self.tr("Write out as a new file"), proposed)
