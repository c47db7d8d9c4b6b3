"""The Outputs workspace: choose a document and a format; below, the register of what has left the study."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QCheckBox,
    QFileDialog,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)
from sqlalchemy import select

from app.analysis.accounts.checklists import LISTS, checklist
from app.analysis.exports import export_rows
from app.errors import ReflexaError
from app.exporters.options import ExportOptions, RefiTarget
from app.exporters.registry import Kind, kinds
from app.models import StudySheet
from app.ui.desk import Desk
from app.ui.outputs.exporting import export_beside
from app.ui.outputs.journal_choice import JournalChoiceDialog
from app.ui.outputs.leaving import LeavingSheet
from app.ui.widgets.choice import ChoiceOfOne
from app.ui.widgets.labels import PlainLabel, SectionLabel
from app.ui.wording import counted, short_moment
from app.ui.workspace import Workspace

if TYPE_CHECKING:
    from app.study import Notice

FORMATS = {"docx": "Word", "xlsx": "Excel", "csv": "CSV", "html": "Web page", "svg": "SVG", "pdf": "PDF", "png": "PNG",
           "qdpx": "REFI-QDA project", "qdc": "REFI-QDA code book", "md": "Markdown", "json": "JSON"}  # fmt: skip


IN_A_ROW = 4
"""Formats of a card that stand side by side; more of them would be cut off where the window is narrow."""


class OutputsWorkspace(Workspace):
    """One card a document, a button a format."""

    name = "outputs"
    icon_name = "outputs"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.setProperty("look", "paper")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.counts = QCheckBox(self.tr("Show how many excerpts each code has (numbers are not prevalence)"))
        self.counts.setObjectName("outputs.counts")
        self.to_whom = QLineEdit()
        self.to_whom.setObjectName("outputs.toWhom")
        self.to_whom.setPlaceholderText(self.tr("To whom (optional, kept in the register)"))
        self.to_whom.setAccessibleName(self.tr("To whom"))
        self.to_whom.setMaximumWidth(420)
        self.buttons: dict[tuple[str, str], QPushButton] = {}
        self.register = QTableWidget(0, 5)
        self.register.setObjectName("outputs.register")
        self.register.setAccessibleName(self.tr("What has left the study"))
        self.register.setHorizontalHeaderLabels(
            [self.tr("When"), self.tr("What"), self.tr("File"), self.tr("To whom"), self.tr("People quoted")]
        )
        self.register.verticalHeader().hide()
        self.register.setShowGrid(False)
        self.register.setTabKeyNavigation(False)
        self.register.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self.register.horizontalHeader().setStretchLastSection(True)
        self.register.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)
        self.target = ChoiceOfOne("outputs.target", self.tr("The program the project is written for"))
        for target, name in (
            (RefiTarget.STANDARD, self.tr("for any program")),
            (RefiTarget.NVIVO, self.tr("for NVivo")),
            (RefiTarget.MAXQDA, self.tr("for MAXQDA")),
            (RefiTarget.ATLAS, self.tr("for ATLAS.ti")),
        ):
            self.target.addItem(name, target)
        self.target.setMinimumContentsLength(15)
        self.checklist = ChoiceOfOne("outputs.checklist.list", self.tr("Which list"))
        for key in LISTS:
            self.checklist.addItem(checklist(key).name, key)
        self.checklist.setMinimumContentsLength(11)
        self.genealogy = ChoiceOfOne("outputs.genealogy.about", self.tr("Of what"))
        self.genealogy.addItem(self.tr("of codes"), "codes")
        self.genealogy.addItem(self.tr("of themes"), "themes")
        self.genealogy.setMinimumContentsLength(10)
        self.nothing = PlainLabel(self.tr("Nothing has left the study yet."), "quiet")
        self._build()
        for kind in kinds():
            desk.actions.add(
                f"outputs.{kind.name}",
                self.tr("Export: {title} …").format(title=self.tr(kind.title)),
                lambda kind=kind: self._run(kind),
                menu="Outputs",
            )

    @property
    def title(self) -> str:
        """The word on the rail."""
        return self.tr("Outputs")

    def refresh(self, notice: Notice | None) -> None:
        """Show the register as it is now."""
        if notice is not None and not notice.touches("export", "participant"):
            return
        with self.desk.read() as session:
            rows = export_rows(session)
        titles = {kind.name: self.tr(kind.title) for kind in kinds()} | {"transcript": self.tr("Transcript")}
        self.register.setRowCount(len(rows))
        for place, row in enumerate(rows):
            when = short_moment(row.at)
            for column, text in enumerate(
                (when, titles.get(row.kind, row.kind), row.file_name, row.to_whom, row.voices)
            ):
                self.register.setItem(place, column, QTableWidgetItem(text))
        self.register.setColumnWidth(0, 150)
        self.register.setColumnWidth(1, 110)
        self.register.setColumnWidth(2, 240)
        self.register.setColumnWidth(3, 160)
        self.nothing.setVisible(not rows)
        self.register.setVisible(bool(rows))

    def ask_and_export(self, kind: Kind, ending: str, options: ExportOptions | None = None) -> None:
        """Where words of participants leave, say first what the file holds; then ask where, and export."""
        if kind.name in ("journal", "audit") and options is None:
            self._choose_entries(kind, ending)
            return
        if not kind.quotes:
            self._ask_where(kind, ending, options)
            return
        with self.desk.read() as session:
            attribution = session.scalar(select(StudySheet.attribution_template)) or ""
        self.leaving = LeavingSheet(kind, attribution.replace("{", "").replace("}", ""), self)
        sheet = self.leaving
        sheet.accepted.connect(
            lambda: self._ask_where(kind, ending, sheet.options(options or self._options()), named=options is not None)
        )
        sheet.open()

    def _run(self, kind: Kind) -> None:
        """The command of a kind; of checklists it takes the one that is looked at on the page Reporting."""
        if kind.name == "checklist":
            looked_at = self.desk.settings.place(self.desk.study.key, "reporting/list", LISTS[0])
            self.checklist.setCurrentIndex(max(0, self.checklist.findData(looked_at)))
        self.ask_and_export(kind, kind.endings[0])

    def _choose_entries(self, kind: Kind, ending: str) -> None:
        """Which entries of the journal leave comes first."""
        self.entries = JournalChoiceDialog(self.desk, self, self.tr(kind.title), none_too=kind.name != "journal")
        dialog = self.entries
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(
            lambda: self._ask_where(kind, ending, replace(self._options(), journal=dialog.choice()), named=False)
        )
        dialog.open()

    def _options(self) -> ExportOptions:
        return ExportOptions(
            counts=self.counts.isChecked(),
            target=RefiTarget(self.target.currentData()),
            checklist=str(self.checklist.currentData()),
            about=str(self.genealogy.currentData()),
        )

    def _ask_where(
        self, kind: Kind, ending: str, options: ExportOptions | None = None, *, named: bool | None = None
    ) -> None:
        """A dated new name is put forward so that nothing is overwritten by habit."""
        named = options is not None if named is None else named
        study = self.desk.study
        day = datetime.now().astimezone().strftime("%Y-%m-%d")
        proposed = study.path.with_name(f"{study.path.stem} {kind.name} {day}.{ending}")
        kinds_of_file = [ending] if not named else [ending, *(one for one in kind.endings if one != ending)]
        path, chosen = QFileDialog.getSaveFileName(
            self,
            self.tr("Export: {title}").format(title=self.tr(kind.title)),
            str(proposed),
            ";;".join(f"{FORMATS[one]} (*.{one})" for one in kinds_of_file),
        )
        ending = next((one for one in kinds_of_file if f"*.{one})" in chosen), ending)
        if path and not any(path.endswith(f".{one}") for one in kinds_of_file):
            path = f"{path}.{ending}"
        if path:
            self.export_to(kind.name, Path(path), options)

    def export_to(self, kind: str, path: Path, options: ExportOptions | None = None) -> bool:
        """Write one document; the file dialog has asked before an existing one. Returns whether it is there."""
        options = options or self._options()
        try:
            done = export_beside(self.desk, self, kind, path, to_whom=self.to_whom.text().strip(), options=options)
        except ReflexaError as error:
            self.desk.say(error.sentence)
            return False
        if done is None:
            self.desk.say(self.tr("“{name}” was not written.").format(name=path.name))
            return False
        said = [self.tr("Wrote “{name}”.").format(name=path.name)]
        if done.withheld:
            said.append(
                counted(
                    done.withheld,
                    self.tr("1 quote was left out: no consent to quote."),
                    self.tr("{n} quotes were left out: no consent to quote."),
                )
            )
        if done.consent_not_recorded:
            said.append(
                counted(
                    done.consent_not_recorded,
                    self.tr("Consent is not recorded for 1 person quoted."),
                    self.tr("Consent is not recorded for {n} people quoted."),
                )
            )
        self.desk.say(" ".join([*said, *done.warnings]))
        self._last_folder = path.parent
        self.open_folder.setVisible(True)
        return True

    def _build(self) -> None:
        inside = QWidget()
        inside.setMaximumWidth(920)
        column = QVBoxLayout(inside)
        column.setContentsMargins(32, 24, 32, 24)
        column.setSpacing(16)
        column.addWidget(PlainLabel(self.tr("Outputs"), "title"))
        column.addWidget(
            PlainLabel(
                self.tr("Quotes leave without speaker labels, attributed as the study sheet says. "
                        "Who refused consent is quoted nowhere; where it is not recorded, the document says so."),
                "quiet",
                wrap=True,
            )
        )  # fmt: skip
        cards = QGridLayout()
        cards.setSpacing(16)
        for place in (0, 1):
            cards.setColumnStretch(place, 1)
        for place, kind in enumerate(kinds()):
            cards.addWidget(self._card(kind), place // 2, place % 2)
        column.addLayout(cards)
        column.addWidget(self.counts)
        column.addWidget(self.to_whom)
        row = QHBoxLayout()
        row.addWidget(SectionLabel(self.tr("What has left the study")))
        row.addStretch(1)
        self.open_folder = QPushButton(self.tr("Open the folder"))
        self.open_folder.setProperty("look", "link")
        self.open_folder.clicked.connect(self._open_folder)
        self.open_folder.hide()
        self._last_folder = Path()
        row.addWidget(self.open_folder)
        column.addSpacing(8)
        column.addLayout(row)
        column.addWidget(self.nothing)
        column.addWidget(self.register, 1)
        column.addStretch(0)
        centred = QWidget()
        centred.setProperty("look", "paper")
        across = QHBoxLayout(centred)
        across.setContentsMargins(0, 0, 0, 0)
        across.addWidget(inside, 1)
        across.addStretch(0)
        scroll = QScrollArea(self)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        scroll.setWidget(centred)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(scroll)

    def _card(self, kind: Kind) -> QWidget:
        card = QWidget()
        card.setProperty("look", "card")
        card.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        column = QVBoxLayout(card)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(8)
        column.addWidget(PlainLabel(self.tr(kind.title), "strong"))
        column.addWidget(PlainLabel(self.tr(kind.description), "quiet", wrap=True))
        column.addStretch(1)
        chooser = {"qdpx": self.target, "checklist": self.checklist, "genealogy": self.genealogy}.get(kind.name)
        if chooser is not None:
            column.addWidget(chooser, 0, Qt.AlignmentFlag.AlignLeft)
        rows = [kind.endings[first : first + IN_A_ROW] for first in range(0, len(kind.endings), IN_A_ROW)]
        for endings in rows:
            row = QHBoxLayout()
            row.setSpacing(8)
            for ending in endings:
                button = QPushButton(FORMATS[ending])
                button.setObjectName(f"outputs.{kind.name}.{ending}")
                button.setAccessibleName(f"{kind.title}, {FORMATS[ending]}")
                button.clicked.connect(lambda _, ending=ending: self.ask_and_export(kind, ending))
                row.addWidget(button)
                self.buttons[kind.name, ending] = button
            row.addStretch(1)
            column.addLayout(row)
        return card

    def _open_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._last_folder)))
