"""Bringing a code list in: which column becomes what, what the rows then say, and whether the codes are theory-led."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFormLayout,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from app.errors import ReflexaError
from app.importers.code_list import FIELDS, CodeEntry, CodeTable, entries, read_code_list
from app.models.kinds import CodeOrigin
from app.operations.code_list import bring_in_codes
from app.ui.desk import Desk
from app.ui.widgets.labels import PlainLabel

PREVIEW = 40


def bring_in_code_list(desk: Desk, parent: QWidget) -> None:
    """Ask for a file, show what is in it, and bring it in."""
    path, _ = QFileDialog.getOpenFileName(
        parent, _tr("Bring in a code list"), "", _tr("Tables (*.csv *.tsv *.xlsx);;All files (*)")
    )
    if not path:
        return
    try:
        table = read_code_list(Path(path))
    except ReflexaError as error:
        desk.say(error.sentence)
        return
    dialog = CodeListDialog(table, parent)
    if dialog.exec():
        take_in(desk, table, dialog.entries(), dialog.origin())


def take_in(desk: Desk, table: CodeTable, found: list[CodeEntry], origin: CodeOrigin | None) -> None:
    """Bring the codes in as one change, and say what came of it."""
    done = desk.run(bring_in_codes, table.file_name, found, origin)
    if done is None:
        return
    said = [_tr("{n} codes came in from “{name}”.").format(n=done.made, name=table.file_name)]
    if done.kept:
        said.append(_tr("{n} were there already and stay as they are.").format(n=len(done.kept)))
    if done.refused:
        said.append(_tr("{n} rows were left out. {first}").format(n=len(done.refused), first=done.refused[0]))
    desk.say(" ".join(said), with_undo=bool(done.made))


class CodeListDialog(QDialog):
    """Columns to choose, and a preview of what they make."""

    def __init__(self, table: CodeTable, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("codeListDialog")
        self.setWindowTitle(self.tr("Bring in a code list"))
        self.resize(760, 560)
        self._table = table
        names = {
            "name": self.tr("Name"), "path": self.tr("Path (parent / child)"), "parent": self.tr("Stands under"),
            "brief": self.tr("Definition in a sentence"), "full": self.tr("Full definition"),
            "when_to_use": self.tr("When to use it"), "when_not_to_use": self.tr("When not to use it"),
            "colour": self.tr("Colour"),
        }  # fmt: skip
        form = QFormLayout()
        self.boxes: dict[str, QComboBox] = {}
        for field in FIELDS:
            box = QComboBox()
            box.setObjectName(f"codeList.{field}")
            box.setAccessibleName(names[field])
            box.addItem(self.tr("(left out)"), -1)
            for place, title in enumerate(table.head):
                box.addItem(title or self.tr("Column {n}").format(n=place + 1), place)
            box.setCurrentIndex(box.findData(table.columns.get(field, -1)))
            box.currentIndexChanged.connect(self._show)
            self.boxes[field] = box
            form.addRow(names[field], box)
        self.theory_led = QCheckBox(self.tr("These codes are theory-led: they come from elsewhere, not from this data"))
        self.theory_led.setObjectName("codeList.theoryLed")
        self.theory_led.setChecked(True)
        self.preview = QTableWidget(0, 2)
        self.preview.setObjectName("codeList.preview")
        self.preview.setAccessibleName(self.tr("What comes in"))
        self.preview.setHorizontalHeaderLabels([self.tr("Code"), self.tr("Definition")])
        self.preview.horizontalHeader().setStretchLastSection(True)
        self.preview.verticalHeader().hide()
        self.preview.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self.count = PlainLabel("", "quiet", wrap=True)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.take = buttons.addButton(self.tr("Bring them in"), QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 16)
        layout.setSpacing(12)
        layout.addWidget(PlainLabel(table.file_name, "strong"))
        layout.addLayout(form)
        layout.addWidget(self.theory_led)
        layout.addWidget(self.preview, 1)
        layout.addWidget(self.count)
        layout.addWidget(buttons)
        self._show()

    def entries(self) -> list[CodeEntry]:
        """The codes as the columns chosen make them."""
        columns = {field: box.currentData() for field, box in self.boxes.items() if box.currentData() >= 0}
        return entries(self._table, columns)

    def origin(self) -> CodeOrigin | None:
        """Where the codes come from."""
        return CodeOrigin.THEORY_LED if self.theory_led.isChecked() else None

    def _show(self) -> None:
        found = self.entries()
        self.preview.setRowCount(min(PREVIEW, len(found)))
        for row, entry in enumerate(found[:PREVIEW]):
            self.preview.setItem(row, 0, QTableWidgetItem(" / ".join(entry.path)))
            self.preview.setItem(row, 1, QTableWidgetItem(entry.fields.get("brief", "")))
        self.preview.setColumnWidth(0, 300)
        said = (
            [self.tr("{n} codes.").format(n=len(found))] if found else [self.tr("No codes: choose a column of names.")]
        )
        self.count.setText(" ".join([*said, *self._table.warnings]))
        self.take.setEnabled(bool(found))


def _tr(text: str) -> str:
    return QCoreApplication.translate("CodeList", text)
