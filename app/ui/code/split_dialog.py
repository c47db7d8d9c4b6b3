"""Splitting a code: which of its excerpts go to the other one, and what that one is called."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.analysis.codes import CodeRow, codings_of_code
from app.operations.code_merging import split_code
from app.ui.desk import Desk
from app.ui.quotes import QuoteShelf
from app.ui.widgets.labels import PlainLabel


class SplitDialog(QDialog):
    """A list to tick, and a name. `made` is the code the excerpts went to."""

    def __init__(self, desk: Desk, shelf: QuoteShelf, code: CodeRow, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("splitDialog")
        self.setWindowTitle(self.tr("Split a code"))
        self.resize(640, 560)
        self._desk, self._code = desk, code
        self.made = ""
        self.name = QLineEdit()
        self.name.setObjectName("split.name")
        self.name.setAccessibleName(self.tr("Name of the part that is split off"))
        self.name.setPlaceholderText(self.tr("Name of the part that is split off …"))
        self.list = QListWidget()
        self.list.setObjectName("split.excerpts")
        self.list.setAccessibleName(self.tr("Its excerpts; Space ticks"))
        self.list.setWordWrap(True)
        with desk.read() as session:
            rows = codings_of_code(session, code.id)
        for row in rows:
            quote = shelf.quote(row.source_id, row.start, row.end)
            words = quote.words or self.tr("(no consent to quote)")
            item = QListWidgetItem(f"{words[:280]}\n{quote.attribution} · {shelf.source_name(row.source_id)}")
            item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Unchecked)
            item.setData(Qt.ItemDataRole.UserRole, row.excerpt_id)
            self.list.addItem(item)
        self.keep = QCheckBox(self.tr("They keep “{name}” as well").format(name=code.name))
        self.keep.setObjectName("split.keep")
        self.why = PlainLabel("", "warn", wrap=True)
        every, none = QPushButton(self.tr("Tick all")), QPushButton(self.tr("Tick none"))
        every.clicked.connect(lambda: self._tick(Qt.CheckState.Checked))
        none.clicked.connect(lambda: self._tick(Qt.CheckState.Unchecked))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.split = buttons.addButton(self.tr("Split"), QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        row_of = QHBoxLayout()
        row_of.addWidget(every)
        row_of.addWidget(none)
        row_of.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 16)
        layout.setSpacing(12)
        said = self.tr("Tick the excerpts of “{name}” that go to the other code.").format(name=code.name)
        layout.addWidget(PlainLabel(said, "strong", wrap=True))
        layout.addWidget(self.name)
        layout.addWidget(self.list, 1)
        layout.addLayout(row_of)
        layout.addWidget(self.keep)
        layout.addWidget(self.why)
        layout.addWidget(buttons)
        self.name.setFocus()

    def ticked(self) -> set[str]:
        """The excerpts that go over."""
        items = (self.list.item(number) for number in range(self.list.count()))
        return {
            str(item.data(Qt.ItemDataRole.UserRole)) for item in items if item.checkState() == Qt.CheckState.Checked
        }

    def accept(self) -> None:
        """Split, or say what is missing."""
        if not self.name.text().strip():
            self.why.setText(self.tr("Give the part a name."))
            self.name.setFocus()
            return
        if not self.ticked():
            self.why.setText(self.tr("Tick at least one excerpt."))
            return
        made = self._desk.run(
            split_code, self._code.id, self.ticked(), self.name.text(), keep_both=self.keep.isChecked()
        )
        if made is None:
            self.why.setText(self.tr("This name cannot be used here; choose another one."))
            return
        self.made = made
        super().accept()

    def _tick(self, state: Qt.CheckState) -> None:
        for number in range(self.list.count()):
            self.list.item(number).setCheckState(state)
