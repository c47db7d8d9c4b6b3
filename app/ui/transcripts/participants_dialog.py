"""The preview of a table of participants: who comes in, what each column is, and what is left out on purpose."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QGridLayout,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from app.importers import ImportRefused, ParticipantTable
from app.importers.participants import (
    ATTRIBUTE,
    FIELDS,
    PeopleTable,
    guessed_columns,
    participants_from,
    read_people_table,
)
from app.importers.typed_values import typed
from app.models.kinds import AttributeKind
from app.operations.people import add_participants
from app.ui.desk import Desk
from app.ui.transcripts import wording
from app.ui.transcripts.choice_box import ChoiceBox
from app.ui.widgets.labels import Line, PlainLabel, SectionLabel

EXAMPLES = 4


def choose_table(parent: QWidget) -> Path | None:
    """Ask for a csv of participants."""
    path, _ = QFileDialog.getOpenFileName(
        parent, wording.tr("Bring in participants"), "", wording.tr("Tables (*.csv *.tsv *.xlsx);;All files (*)")
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
        self.raw: PeopleTable | None = None
        self.boxes: dict[str, ChoiceBox] = {}
        """{column: what it is}"""
        self.doubt = PlainLabel("", "warn", wrap=True)
        self.doubt.setObjectName("participants.doubt")
        self.warnings = PlainLabel("", "warn", wrap=True)
        self.warnings.setObjectName("participants.warnings")
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
            self.raw = read_people_table(path)
        except ImportRefused as error:
            self.sentence.setText(error.sentence)
            self.bring_in.setEnabled(False)
        else:
            self._show_table(self.raw)
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
        self.resize(640, 680 if self.raw is not None else 200)

    def bring_in_now(self) -> None:
        """Bring everybody in as one change, without the columns that are left out."""
        table = self._chosen()
        if table is None:
            return
        made = self._desk.run(add_participants, table)
        if made is not None:
            said = self.tr("{people} came in from “{file}”.").format(
                people=wording.people(len(made)), file=table.file_name
            )
            self._desk.say(said, with_undo=True)
            self.accept()

    def _chosen(self) -> ParticipantTable | None:
        """The people as the columns are chosen now; what does not fit is said, and then there are none."""
        if self.raw is None:
            return None
        columns = {title: box.value() for title, box in self.boxes.items()}
        kinds = {title: value for title, value in columns.items() if value in tuple(AttributeKind)}
        fields = {title: ATTRIBUTE if title in kinds else value for title, value in columns.items()}
        twice = [one for one in FIELDS if sum(value == one for value in fields.values()) > 1]
        if twice:
            said = self.tr("Two columns are “{field}”. Let one of them be something else.")
            self._say(said.format(field=_names()[twice[0]]))
            return None
        try:
            table = participants_from(self.raw, fields)
        except ImportRefused as error:
            self._say(error.sentence)
            return None
        return typed(table, kinds)

    def _say(self, doubt: str) -> None:
        self.doubt.setText(doubt)
        self.doubt.setVisible(bool(doubt))
        self.bring_in.setEnabled(not doubt)

    def _on_choice(self) -> None:
        self._say("")
        table = self._chosen()
        if table is None:
            return
        groups = list(dict.fromkeys(row.group for row in table.rows if row.group))
        where = self.tr(" in {groups}").format(groups=wording.listed(groups)) if groups else ""
        self.sentence.setText(
            self.tr("“{file}” names {people}{where}.").format(
                file=table.file_name, people=wording.people(len(table.rows)), where=where
            )
        )
        self.warnings.setText("\n".join(table.warnings))
        self.warnings.setVisible(bool(table.warnings))

    def _show_table(self, raw: PeopleTable) -> None:
        self._body.addWidget(self.warnings)
        self._body.addWidget(self.doubt)
        self._body.addSpacing(8)
        self._body.addWidget(SectionLabel(self.tr("What each column is")))
        self._body.addWidget(
            PlainLabel(
                self.tr(
                    "Columns are left out unless you say what they are. Every attribute makes people easier to "
                    "recognise, and together they may point to one person: bring in only what the analysis needs."
                ),
                "quiet",
                wrap=True,
            )
        )
        guessed = guessed_columns(raw)
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(2, 1)
        for number, title in enumerate(one for one in raw.head if one):
            place = raw.head.index(title)
            values = [cells[place].strip() for _, cells in raw.rows if place < len(cells)]
            label = PlainLabel(title.replace("_", " "), wrap=True)
            label.setMinimumWidth(132)
            box = ChoiceBox(self.tr("What “{column}” is").format(column=title))
            box.setObjectName(f"participants.column.{title}")
            box.setFixedWidth(184)
            fields = [(name, field) for field, name in _names().items()]
            kinds = [(name, kind.value) for kind, name in _kinds().items()]
            box.fill([(self.tr("Left out"), ""), None, *fields, None, *kinds], guessed.get(title, ""))
            box.picked.connect(lambda _: self._on_choice())
            self.boxes[title] = box
            grid.addWidget(label, number, 0)
            grid.addWidget(box, number, 1)
            grid.addWidget(PlainLabel(_examples(values), "small", wrap=True), number, 2)
        self._body.addLayout(grid)
        self.sentence.setText(self.tr("“{file}”").format(file=raw.file_name))
        self._on_choice()


def _names() -> dict[str, str]:
    """{field: what it is called}."""
    return {
        "pseudonym": wording.tr("Pseudonym"),
        "id": wording.tr("Number"),
        "role": wording.tr("Role"),
        "group": wording.tr("Group"),
        "consent_to_quote": wording.tr("Consent to quote"),
        "status": wording.tr("Status"),
        "note": wording.tr("Note"),
    }


def _kinds() -> dict[AttributeKind, str]:
    """{type: what an attribute of it is called}."""
    return {
        AttributeKind.TEXT: wording.tr("Attribute: text"),
        AttributeKind.NUMBER: wording.tr("Attribute: number"),
        AttributeKind.YES_NO: wording.tr("Attribute: yes or no"),
        AttributeKind.DATE: wording.tr("Attribute: date"),
    }


def _examples(values: list[str]) -> str:
    """The first few different values."""
    different = list(dict.fromkeys(value for value in values if value))
    return ", ".join(different[:EXAMPLES]) + (" …" if len(different) > EXAMPLES else "")
