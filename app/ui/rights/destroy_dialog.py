"""Destroying a study: what is deleted and what may remain, and its title typed to confirm."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from app.analysis.overview import study_title
from app.backups.conflicts import conflict_copies
from app.destroying import REMAINS, destroy, doomed
from app.errors import NotPossible
from app.ui.desk import Desk
from app.ui.widgets.buttons import Button
from app.ui.widgets.labels import PlainLabel, SectionLabel

if TYPE_CHECKING:
    from app.ui.window.main_window import MainWindow


class DestroyDialog(QDialog):
    """Nothing is deleted before the title is typed and the button pressed."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("destroyDialog")
        self.setWindowTitle(self.tr("Destroy this study"))
        self.setFixedWidth(600)
        self.doomed = doomed(desk.study)
        with desk.read() as session:
            self._title = study_title(session).strip() or desk.study.path.stem
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(8)
        column.addWidget(SectionLabel(self.tr("What is deleted")))
        number = len(self.doomed.copies)
        backups = self.tr("1 backup of it") if number == 1 else self.tr("{n} backups of it").format(n=number)
        told = [
            self.tr("the study “{title}” ({file})").format(title=self._title, file=self.doomed.study.name),
            *([backups] if number else []),
            self.tr("its lock and journal files, and what this computer remembers of it (recent studies, places)"),
        ]
        for line in told:
            column.addWidget(PlainLabel(f"• {line}", wrap=True))
        for folder in self.doomed.away:
            away = self.tr("• Out of reach now, so it stays: {folder}").format(folder=folder)
            column.addWidget(PlainLabel(away, "warn", wrap=True))
        column.addSpacing(8)
        column.addWidget(SectionLabel(self.tr("What may remain")))
        for line in REMAINS:
            column.addWidget(PlainLabel(f"• {self.tr(line)}", wrap=True))
        for copy in conflict_copies(desk.study.connection, desk.study.path):
            beside = self.tr("• Beside it lies a copy that stays: {name}").format(name=copy.path.name)
            column.addWidget(PlainLabel(beside, "warn", wrap=True))
        column.addSpacing(8)
        column.addWidget(PlainLabel(self.tr("Type the title of the study to confirm:"), "strong"))
        column.addWidget(PlainLabel(self._title, wrap=True))
        self.title = QLineEdit()
        self.title.setObjectName("destroy.title")
        self.title.setAccessibleName(self.tr("Title of the study"))
        column.addWidget(self.title)
        foot = QHBoxLayout()
        foot.addStretch(1)
        stay = Button("destroy.cancel", self.tr("Cancel"), self.reject)
        self.go = Button("destroy.go", self.tr("Destroy the study"), self.accept, "primary")
        self.go.setEnabled(False)
        self.title.textChanged.connect(lambda _: self.go.setEnabled(self.confirmed()))
        foot.addWidget(stay)
        foot.addWidget(self.go)
        column.addSpacing(8)
        column.addLayout(foot)

    def confirmed(self) -> bool:
        """Whether the title was typed as it is."""
        return " ".join(self.title.text().split()) == " ".join(self._title.split())


def ask_to_destroy(window: MainWindow) -> None:
    """Ask, and destroy the study that is open."""
    desk = window.desk
    if desk is None:
        return
    if desk.study.read_only:
        desk.say(window.tr("This study is open for reading only, so it cannot be destroyed here."))
        return
    try:
        dialog = DestroyDialog(desk, window)
        if dialog.exec() and dialog.confirmed():
            destroy_now(window)
    except NotPossible as error:
        desk.say(error.sentence)


def destroy_now(window: MainWindow) -> None:
    """Close the study, delete it with its copies, and forget where it was."""
    desk = window.desk
    if desk is None:
        return
    key = desk.study.key
    if desk.study.before_purge is not None:
        desk.study.before_purge()
    what = doomed(desk.study)
    if window.backups is not None:
        window.backups.keeper.rest()
    window.close_study()
    left = destroy(what)
    window.settings.forget_study(key, what.study)
    window.start.say(
        window.tr("“{file}” and its backups were deleted.").format(file=what.study.name)
        if not left
        else window.tr("Not everything could be deleted: {paths}").format(paths=", ".join(map(str, left)))
    )
