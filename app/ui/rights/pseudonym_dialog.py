"""Pseudonymising: one name at a time, every place of it in a list with its context, confirmed by ticking."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)
from sqlalchemy import select

from app.analysis.rights.mentions import Mention, mentions
from app.errors import ReflexaError
from app.exporters.replacement_log import replacement_log
from app.exporters.whole_file import write_whole
from app.models import Participant, Speaker
from app.operations.rights.permanence import make_permanent
from app.operations.rights.pseudonymising import Confirmed, pseudonymise
from app.purging import LIMITS
from app.ui.desk import Desk
from app.ui.rights.purge import purge
from app.ui.transcripts.confirm_bar import ConfirmBar
from app.ui.widgets.buttons import Button
from app.ui.widgets.labels import Line, PlainLabel
from app.ui.wording import counted

ROLE = int(Qt.ItemDataRole.UserRole)


class PseudonymDialog(QDialog):
    """Look for a name, tick the places, replace; then the next name. Making it permanent is a step of its own."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("pseudonymDialog")
        self.setWindowTitle(self.tr("Pseudonymise"))
        self.setModal(True)
        self._desk = desk
        self._log: Path | None = None
        self._logged: list[tuple[str, str, str]] = []
        self._build()
        room = parent.window().size() if parent is not None else QSize(960, 680)
        self.resize(min(960, room.width() - 32), min(680, room.height() - 32))
        self._enable()

    def look(self) -> None:
        """Find the name; sure places are ticked."""
        name = self.name.text().strip()
        self.list.clear()
        if name:
            QGuiApplication.setOverrideCursor(Qt.CursorShape.WaitCursor)
            try:
                with self._desk.read() as session:
                    found = mentions(session, [name])
            finally:
                QGuiApplication.restoreOverrideCursor()
            for one in found:
                self._add(one)
            self.told.setText(
                self.tr("Nothing like this name is found in the study.")
                if not found
                else self.tr("Tick where it is this person. What is only nearly the name is not ticked.")
            )
        self._enable()

    def chosen(self) -> list[Mention]:
        """The places that are ticked."""
        items = (self.list.topLevelItem(row) for row in range(self.list.topLevelItemCount()))
        return [
            item.data(0, ROLE) for item in items if item is not None and item.checkState(0) == Qt.CheckState.Checked
        ]

    def choose_log(self) -> None:
        """Where the log is written: a file of its own, never in the study."""
        proposed = str(Path.home() / "replacements.csv")
        path, _ = QFileDialog.getSaveFileName(self, self.tr("Where the log of names is kept"), proposed, "*.csv")
        if path:
            self.log_to(Path(path))

    def log_to(self, path: Path) -> None:
        """Write the log of this sitting to a file."""
        self._log = path
        self.log.setText(self.tr("Log of names: {file}").format(file=path.name))

    def replace_now(self) -> None:
        """Replace what is ticked, as one change; the log is written first, so that it is never lost."""
        pseudonym, chosen = self.pseudonym.text().strip(), self.chosen()
        if not pseudonym or not chosen:
            return
        confirmed = [Confirmed(one, pseudonym) for one in chosen]
        lines = [(one.mention.found, one.words, one.mention.title) for one in confirmed]
        try:
            self._write_log([*self._logged, *lines])
        except ReflexaError as error:
            self.told.setText(error.sentence)
            return
        done = self._desk.run(pseudonymise, confirmed)
        if done is None:
            self._write_log(self._logged)
            self.told.setText(self.tr("The study was changed in the meantime, so nothing was replaced. Look again."))
            return
        self._logged += lines
        self.name.clear()
        self.pseudonym.clear()
        self.list.clear()
        said = counted(
            done,
            self.tr("Replaced in 1 place; Ctrl+Z takes it back."),
            self.tr("Replaced in {n} places; Ctrl+Z takes it back."),
        )
        self.told.setText(said)
        self._desk.say(said, with_undo=True)
        self.name.setFocus()
        self._enable()

    def ask_permanent(self) -> None:
        """Say what goes, and that nothing brings it back."""
        self.confirm.ask(
            self.tr(
                "Make permanent? The undo history, kept original files and backups from before are purged."
                " This cannot be undone. {limits}"
            ).format(limits=" ".join(self.tr(one) for one in LIMITS)),
            self.tr("Make permanent"),
            self.make_permanent_now,
        )

    def make_permanent_now(self) -> None:
        """Purge what the study was before."""
        if self._desk.done(make_permanent):
            sentence, _ = purge(self._desk, self.told.setText)
            self.told.setText(sentence)
            self._desk.say(sentence)

    def _write_log(self, lines: list[tuple[str, str, str]]) -> None:
        if self._log is not None:
            write_whole(self._log, replacement_log(lines), force=True)

    def _add(self, one: Mention) -> None:
        before, after = (" ".join(words.split()) for words in (one.before, one.after))
        gap = " " if one.before[-1:].isspace() else ""
        item = QTreeWidgetItem(
            [one.title, f"…{before[-36:]}{gap}»{one.found}«{after[:44]}…", self.tr(one.likeness.value)]
        )
        item.setData(0, ROLE, one)
        item.setToolTip(1, "")
        item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
        item.setCheckState(0, Qt.CheckState.Checked if one.likeness.is_sure else Qt.CheckState.Unchecked)
        self.list.addTopLevelItem(item)

    def _enable(self) -> None:
        may = not self._desk.study.read_only
        number = len(self.chosen())
        self.replace.setEnabled(may and bool(number) and bool(self.pseudonym.text().strip()))
        self.replace.setText(
            counted(number, self.tr("Replace in 1 place"), self.tr("Replace in {n} places"))
            if number
            else self.tr("Replace")
        )
        self.permanent.setEnabled(may)
        if not may:
            self.told.setText(self.tr("This study is open for reading only, so nothing can be replaced."))

    def _say_taken(self, pseudonym: str) -> None:
        """Two people of one name cannot be told apart any more; for the same person it is right."""
        wanted = pseudonym.strip().strip("[]").casefold()
        with self._desk.read() as session:
            names = (*session.scalars(select(Participant.pseudonym)), *session.scalars(select(Speaker.label)))
        taken = bool(wanted) and wanted in {one.casefold() for one in names}
        said = self.tr("Somebody in this study is called so already. Go on only if it is the same person.")
        self.taken.setText(said if taken else "")
        self.taken.setVisible(taken)

    def _build(self) -> None:
        self.name = self._field("pseudonym.name", self.tr("The name as it is written, in full if you know it"))
        self.name.returnPressed.connect(self.look)
        self.name.setAccessibleName(self.tr("Name"))
        self.pseudonym = self._field("pseudonym.pseudonym", self.tr("Nur, or: her sister"))
        self.pseudonym.setAccessibleName(self.tr("What stands there instead"))
        self.pseudonym.textChanged.connect(lambda _: self._enable())
        self.taken = PlainLabel("", "warn", wrap=True)
        self.taken.setObjectName("pseudonym.taken")
        self.taken.hide()
        self.pseudonym.textChanged.connect(self._say_taken)
        find = Button("pseudonym.look", self.tr("Look for it"), self.look)
        name_row = QHBoxLayout()
        name_row.addWidget(self.name, 1)
        name_row.addWidget(find)
        form = QFormLayout()
        form.setSpacing(8)
        form.addRow(PlainLabel(self.tr("Name")), name_row)
        form.addRow(PlainLabel(self.tr("Instead")), self.pseudonym)
        form.addRow("", self.taken)
        self.told = PlainLabel(
            self.tr(
                "Names and other identifiers are looked for in transcripts, labels and everything that was written."
                " In what was said the pseudonym is marked: [Nur]."
            ),
            wrap=True,
        )
        self.list = QTreeWidget()
        self.list.setObjectName("pseudonym.places")
        self.list.setAccessibleName(self.tr("Places of the name; ticked ones are replaced"))
        self.list.setRootIsDecorated(False)
        self.list.setUniformRowHeights(True)
        self.list.setHeaderLabels([self.tr("Where"), self.tr("Context"), self.tr("Found")])
        for section, mode in enumerate(("Interactive", "Stretch", "ResizeToContents")):
            self.list.header().setSectionResizeMode(section, QHeaderView.ResizeMode[mode])
        self.list.header().setStretchLastSection(False)
        self.list.setColumnWidth(0, 250)
        self.list.itemChanged.connect(lambda *_: self._enable())
        self.confirm = ConfirmBar()
        self.log = Button("pseudonym.log", self.tr("Keep a log of names …"), self.choose_log)
        self.permanent = Button("pseudonym.permanent", self.tr("Make permanent …"), self.ask_permanent)
        self.replace = Button("pseudonym.replace", self.tr("Replace"), self.replace_now, "primary")
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.log)
        foot.addWidget(self.permanent)
        foot.addStretch(1)
        foot.addWidget(Button("pseudonym.close", self.tr("Close"), self.accept))
        foot.addWidget(self.replace)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(12)
        column.addLayout(form)
        column.addWidget(self.told)
        column.addWidget(self.list, 1)
        column.addWidget(self.confirm)
        column.addWidget(Line())
        column.addLayout(foot)

    def _field(self, name: str, hint: str) -> QLineEdit:
        field = QLineEdit()
        field.setObjectName(name)
        field.setPlaceholderText(hint)
        return field
