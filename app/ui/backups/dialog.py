"""The backups of a study: when each was made and why, and what came and went since; look into one, restore one.

A backup is always restored as a new file. The study itself is never written to from here.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from app.backups import Backup, backups_of, free_name_beside
from app.ui.backups.compared import ComparedDialog
from app.ui.widgets.buttons import Button
from app.ui.widgets.labels import PlainLabel
from app.ui.wording import short_moment

if TYPE_CHECKING:
    from app.study import Study
    from app.ui.backups.keeper import Keeper


class BackupsDialog(ComparedDialog[Backup]):
    """One row a backup. Without a study (it may not open at all) nothing is compared and none is made."""

    name = "backupsDialog"

    def __init__(
        self, study_path: Path, study: Study | None, keeper: Keeper | None, parent: QWidget | None = None
    ) -> None:
        super().__init__(study_path, study, parent)
        self.setWindowTitle(self.tr("Backups"))
        self.resize(860, 560)
        self._keeper = keeper
        self.same = self.tr("nothing came or went")
        self._build()
        if keeper is not None:
            keeper.made.connect(self._on_made)
            keeper.failed.connect(self._on_failed)
        self.refresh()

    def refresh(self) -> None:
        """List what there is."""
        self._list(backups_of(self._path))
        self.nothing.setVisible(not self.found)
        self.table.setVisible(bool(self.found))

    def _rows(self) -> list[tuple[str, ...]]:
        return [(short_moment(one.at), self.tr(one.reason.words)) for one in self.found]

    def _sentence(self, one: Backup, told: str) -> str:  # noqa: ARG002 - which one is said in its row
        return self.tr("Since then: {what}.").format(what=told)

    def _ask_and_restore(self) -> None:
        one = self.chosen()
        if one is not None:
            mark = self.tr("restored {day}").format(day=one.at.astimezone().strftime("%Y-%m-%d %H.%M"))
            self._ask_and_write_out(self.tr("Restore to a new file"), free_name_beside(self._path, mark))

    def _save_what_can_be(self) -> None:
        from app.ui.backups.salvaging import ask_and_salvage

        made = ask_and_salvage(self._path, self._study, self)
        if made is not None:
            self._leave_for(made)

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

    def _build(self) -> None:
        self._set_columns(
            self.tr("Backups, newest first"),
            [(self.tr("Made"), 150), (self.tr("Why"), 240), (self.tr("Came and went since"), 0)],
        )
        self.nothing = PlainLabel(
            self.tr("There are no backups of this study yet. One is made soon after it is opened."),
            "quiet",
            wrap=True,
        )
        self.nothing.setObjectName("backupsDialog.nothing")
        self.make = Button("backupsDialog.make", self.tr("Back up now"), self._back_up)
        self.make.setEnabled(self._keeper is not None and self._study is not None and not self._study.read_only)
        self.salvage = Button("backupsDialog.salvage", self.tr("Save what can be saved …"), self._save_what_can_be)
        self.salvage.setToolTip(self.tr("Builds a new study out of everything that can still be read in the file"))
        self.write = Button("backupsDialog.restore", self.tr("Restore to a new file …"), self._ask_and_restore)
        self._lay_out(
            self.tr("Backups of “{name}”").format(name=self._path.name),
            self.tr("The study file stays as it is: a backup is restored as a new file, which you can compare."),
            self.nothing,
            left=[self.make, self.salvage],
            primary=self.write,
        )
