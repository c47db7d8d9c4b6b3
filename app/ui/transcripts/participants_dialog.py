"""The preview of a table of participants: what each column means, who comes in, and which attributes to leave out."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from app.importers import ImportRefused, ParticipantTable, read_participants
from app.operations.people import add_participants
from app.ui.desk import Desk
from app.ui.transcripts import wording
from app.ui.widgets.labels import Line, PlainLabel, SectionLabel

EXAMPLES = 4


def choose_table(parent: QWidget) -> Path | None:
    """Ask for a csv of participants."""
    path, _ = QFileDialog.getOpenFileName(
        parent, wording.tr("Bring in participants"), "", wording.tr("Tables (*.csv *.tsv);;All files (*)")
    )
    return Path(path) if path else None


class ParticipantsDialog(QDialog):
    """One table. A refused file shows its sentence; nothing is written before "Bring in"."""

    def __init__(self, desk: Desk, path: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("participantsDialog")
        self.setWindowTitle(self.tr("Bring in participants"))
        self.setModal(True)
        self._desk = desk
        self.table: ParticipantTable | None = None
        self.boxes: dict[str, QCheckBox] = {}
        """{attribute: whether it comes in}"""
        self.sentence = PlainLabel("", "strong", wrap=True)
        self.sentence.setObjectName("participants.sentence")
        self.cancel = QPushButton(self.tr("Cancel"))
        self.cancel.clicked.connect(self.reject)
        self.bring_in = QPushButton(self.tr("Bring in"))
        self.bring_in.setObjectName("participants.bringIn")
        self.bring_in.setProperty("look", "primary")
        self.bring_in.clicked.connect(self.bring_in_now)
        self._body = QVBoxLayout()
        self._body.setContentsMargins(24, 24, 24, 16)
        self._body.setSpacing(8)
        self._body.addWidget(self.sentence)
        try:
            self.table = read_participants(path)
        except ImportRefused as error:
            self.sentence.setText(error.sentence)
            self.bring_in.setEnabled(False)
        else:
            self._show_table(self.table)
        self._body.addStretch(1)
        inner = QWidget()
        inner.setProperty("look", "panel")
        inner.setLayout(self._body)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        scroll.setWidget(inner)
        foot = QHBoxLayout()
        foot.setContentsMargins(16, 8, 16, 8)
        foot.setSpacing(8)
        foot.addStretch(1)
        foot.addWidget(self.cancel)
        foot.addWidget(self.bring_in)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(scroll, 1)
        layout.addWidget(Line())
        layout.addLayout(foot)
        self.resize(640, 680 if self.table is not None else 200)

    def bring_in_now(self) -> None:
        """Bring everybody in as one change, without the attributes that are not ticked."""
        if self.table is None:
            return
        kept = {name for name, box in self.boxes.items() if box.isChecked()}
        rows = tuple(
            replace(row, attributes=tuple(one for one in row.attributes if one[0] in kept)) for row in self.table.rows
        )
        attributes = tuple(name for name in self.table.attributes if name in kept)
        made = self._desk.run(add_participants, replace(self.table, rows=rows, attributes=attributes))
        if made is not None:
            said = self.tr("{people} came in from “{file}”.").format(
                people=wording.people(len(made)), file=self.table.file_name
            )
            self._desk.say(said, with_undo=True)
            self.accept()

    def _show_table(self, table: ParticipantTable) -> None:
        groups = list(dict.fromkeys(row.group for row in table.rows if row.group))
        where = self.tr(" in {groups}").format(groups=wording.listed(groups)) if groups else ""
        self.sentence.setText(
            self.tr("“{file}” names {people}{where}.").format(
                file=table.file_name, people=wording.people(len(table.rows)), where=where
            )
        )
        for doubt in table.warnings:
            self._body.addWidget(PlainLabel(doubt, "warn", wrap=True))
        self._body.addSpacing(8)
        self._body.addWidget(SectionLabel(self.tr("What is known of each")))
        for words in self._known(table):
            self._body.addWidget(PlainLabel(words, wrap=True))
        if not table.attributes:
            return
        self._body.addSpacing(16)
        self._body.addWidget(SectionLabel(self.tr("Attributes")))
        self._body.addWidget(
            PlainLabel(
                self.tr(
                    "Every attribute makes people easier to recognise, and together they may point to one person. "
                    "Bring in only what the analysis needs."
                ),
                "quiet",
                wrap=True,
            )
        )
        for name in table.attributes:
            self._body.addWidget(self._attribute(table, name))
        tools = QHBoxLayout()
        for text, ticked in ((self.tr("All"), True), (self.tr("None"), False)):
            button = QPushButton(text)
            button.setObjectName(f"participants.{'all' if ticked else 'none'}")
            button.setProperty("look", "link")
            button.clicked.connect(lambda *_, ticked=ticked: self._tick_all(ticked))
            tools.addWidget(button)
        tools.addStretch(1)
        self._body.addLayout(tools)

    def _known(self, table: ParticipantTable) -> list[str]:
        """The columns that have a place of their own, in words, with what stands in them."""
        lines = [self._line(self.tr("Pseudonym"), [row.pseudonym for row in table.rows])]
        consents = [row.consent_to_quote for row in table.rows]
        words = {True: self.tr("yes"), False: self.tr("no"), None: self.tr("not recorded")}
        for title, values in (
            (self.tr("Number"), [row.id for row in table.rows]),
            (self.tr("Role"), [row.role for row in table.rows]),
            (self.tr("Group"), [row.group for row in table.rows]),
            (self.tr("Status"), [row.status for row in table.rows]),
            (self.tr("Note"), [row.note for row in table.rows]),
        ):
            if any(values):
                lines.append(self._line(title, values))
        parts = [f"{words[answer]} {consents.count(answer)}" for answer in words if answer in consents]
        lines.append(self.tr("{title}: {values}").format(title=self.tr("Consent to quote"), values=", ".join(parts)))
        return lines

    def _line(self, title: str, values: list[str]) -> str:
        return self.tr("{title}: {values}").format(title=title, values=_examples(values))

    def _attribute(self, table: ParticipantTable, name: str) -> QWidget:
        box = QCheckBox(name.replace("_", " ").replace("&", "&&"))
        box.setObjectName(f"participants.attribute.{name}")
        box.setChecked(True)
        self.boxes[name] = box
        values = PlainLabel(_examples([dict(row.attributes).get(name, "") for row in table.rows]), "small")
        row = QWidget()
        layout = QHBoxLayout(row)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(16)
        box.setFixedWidth(184)
        layout.addWidget(box, 0, Qt.AlignmentFlag.AlignTop)
        layout.addWidget(values, 1)
        return row

    def _tick_all(self, ticked: bool) -> None:
        for box in self.boxes.values():
            box.setChecked(ticked)


def _examples(values: list[str]) -> str:
    """The first few different values."""
    different = list(dict.fromkeys(value for value in values if value))
    return ", ".join(different[:EXAMPLES]) + (" …" if len(different) > EXAMPLES else "")
