"""Bringing a code list in: which column becomes what, what becomes of each row, whether the codes are theory-led."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QAbstractTableModel, QCoreApplication, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QGridLayout,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from app.errors import ReflexaError
from app.importers.code_list import FIELDS, CodeEntry, CodeTable, entries, read_code_list
from app.models.kinds import CodeOrigin
from app.operations.code_list import Fate, Foreseen, bring_in_codes, foresee
from app.ui.desk import Desk
from app.ui.widgets.labels import PlainLabel

Index = QModelIndex | QPersistentModelIndex


def bring_in_code_list(desk: Desk, parent: QWidget) -> None:
    """Ask for a file, show what is in it, and bring it in."""
    path, _ = QFileDialog.getOpenFileName(
        parent, _tr("Bring in a code list"), "", _tr("Code lists (*.csv *.tsv *.xlsx *.qdc);;All files (*)")
    )
    if not path:
        return
    try:
        table = read_code_list(Path(path))
    except ReflexaError as error:
        desk.say(error.sentence)
        return
    dialog = CodeListDialog(desk, table, parent)
    if dialog.exec():
        take_in(desk, table, dialog.entries(), dialog.origin())


def take_in(desk: Desk, table: CodeTable, found: list[CodeEntry], origin: CodeOrigin | None) -> None:
    """Bring the codes in as one change, and say what came of it."""
    done = desk.run(bring_in_codes, table.file_name, found, origin)
    if done is None:
        return
    came = _tr("1 code came in") if done.made == 1 else _tr("{n} codes came in").format(n=done.made)
    said = [_tr("{came} from “{name}”.").format(came=came, name=table.file_name)]
    if done.kept:
        said.append(_tr("Already there and kept as they are: {n}.").format(n=len(done.kept)))
    if done.refused:
        said.append(_tr("Left out: {n}. {first}").format(n=len(done.refused), first=done.refused[0]))
    desk.say(" ".join(said), with_undo=bool(done.made))


class CodeListDialog(QDialog):
    """Columns to choose, and under them what each row comes to."""

    def __init__(self, desk: Desk, table: CodeTable, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("codeListDialog")
        self.setWindowTitle(self.tr("Bring in a code list"))
        self.resize(860, 620)
        self._desk, self._table = desk, table
        names = {
            "name": self.tr("Name"), "path": self.tr("Path (parent / child)"), "parent": self.tr("Stands under"),
            "brief": self.tr("Definition in a sentence"), "full": self.tr("Full definition"),
            "when_to_use": self.tr("When to use it"), "when_not_to_use": self.tr("When not to use it"),
            "colour": self.tr("Colour"), "origin": self.tr("Origin"),
        }  # fmt: skip
        columns = QGridLayout()
        columns.setHorizontalSpacing(12)
        self.boxes: dict[str, QComboBox] = {}
        for number, field in enumerate(FIELDS):
            label, box = PlainLabel(names[field]), self._box(field, names[field])
            label.setBuddy(box)
            row, column = number % 5, number // 5 * 2
            columns.addWidget(label, row, column)
            columns.addWidget(box, row, column + 1)
            columns.setColumnStretch(column + 1, 1)
        self.theory_led = QCheckBox(self.tr("These codes are theory-led: they come from elsewhere, not from this data"))
        self.theory_led.setObjectName("codeList.theoryLed")
        self.theory_led.setChecked(True)
        self.rows = _Rows(self)
        self.preview = QTableView()
        self.preview.setObjectName("codeList.preview")
        self.preview.setAccessibleName(self.tr("What becomes of each row"))
        self.preview.setModel(self.rows)
        self.preview.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        self.preview.setShowGrid(False)
        self.preview.setTabKeyNavigation(False)
        self.preview.verticalHeader().hide()
        self.preview.verticalHeader().setDefaultSectionSize(28)
        self.preview.horizontalHeader().setStretchLastSection(True)
        for column, width in enumerate((56, 250, 300)):
            self.preview.setColumnWidth(column, width)
        self.count = PlainLabel("", "quiet", wrap=True)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.take = buttons.addButton(self.tr("Bring them in"), QDialogButtonBox.ButtonRole.AcceptRole)
        self.take.setDefault(True)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 16)
        layout.setSpacing(12)
        layout.addWidget(PlainLabel(table.file_name, "strong", wrap=True))
        layout.addLayout(columns)
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
        """Where the codes come from, unless a row says so itself."""
        return CodeOrigin.THEORY_LED if self.theory_led.isChecked() else None

    def _box(self, field: str, name: str) -> QComboBox:
        box = QComboBox()
        box.setObjectName(f"codeList.{field}")
        box.setAccessibleName(name)
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.setMinimumContentsLength(14)
        box.addItem(self.tr("(none)"), -1)
        for place, title in enumerate(self._table.head):
            box.addItem(title.strip() or self.tr("Column {n}").format(n=place + 1), place)
        box.setCurrentIndex(box.findData(self._table.columns.get(field, -1)))
        box.currentIndexChanged.connect(self._show)
        self.boxes[field] = box
        return box

    def _show(self) -> None:
        found = self.entries()
        with self._desk.read() as session:
            rows = foresee(session, found)
        self.rows.show_rows(rows)
        fates = [row.fate for row in rows]
        parts = [
            said.format(n=fates.count(fate))
            for fate, said in (
                (Fate.NEW, self.tr("New: {n}.")),
                (Fate.KEPT, self.tr("Already there, kept as they are: {n}.")),
                (Fate.REFUSED, self.tr("Left out: {n}.")),
            )
            if fate in fates
        ]
        unused = len(self._table.head) - len({box.currentData() for box in self.boxes.values()} - {-1})
        if unused > 0:
            parts.append(self.tr("Columns not needed: {n}.").format(n=unused))
        none = self.tr("No codes: choose a column of names.")
        self.count.setText(" ".join([*(parts if rows else [none]), *self._table.warnings]))
        self.take.setEnabled(Fate.NEW in fates)


class _Rows(QAbstractTableModel):
    """Row of the file, code, what becomes of it, definition; what stays out comes first."""

    def __init__(self, parent: CodeListDialog) -> None:
        super().__init__(parent)
        self._rows: list[Foreseen] = []
        self._heads = (_tr("Row"), _tr("Code"), _tr("What becomes of it"), _tr("Definition"))

    def show_rows(self, rows: list[Foreseen]) -> None:
        """Show these rows."""
        self.beginResetModel()
        self._rows = sorted(rows, key=lambda row: row.fate != Fate.REFUSED)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """How many rows name a code."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """Four."""
        return 0 if parent.isValid() else len(self._heads)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """What the columns say."""
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._heads[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The words of a cell."""
        if role == Qt.ItemDataRole.DisplayRole:
            row = self._rows[index.row()]
            brief = " ".join(row.entry.fields.get("brief", "")[:300].split())
            fate = {Fate.NEW: _tr("new"), Fate.KEPT: _tr("already there, kept as it is"), Fate.REFUSED: row.why}
            return (str(row.entry.row), " / ".join(row.entry.path)[:300], fate[row.fate], brief)[index.column()]
        return None


def _tr(text: str) -> str:
    return QCoreApplication.translate("CodeList", text)
