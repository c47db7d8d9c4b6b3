"""What one may choose about a table of codes: which, how sorted, what is left out, signs or counts, where it goes."""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QMenu,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from app.analysis.tables import Columns, Meeting, TableQuestion
from app.ui.compare.tables_model import Order
from app.ui.widgets.chips import Chips
from app.ui.widgets.filter_field import FilterField

_WORDS: dict[StrEnum, object] = {
    Columns.PARTICIPANTS: QT_TRANSLATE_NOOP("TablesBar", "Participants"),
    Columns.GROUPS: QT_TRANSLATE_NOOP("TablesBar", "Groups"),
    Columns.CODES: QT_TRANSLATE_NOOP("TablesBar", "Codes that meet"),
    Meeting.OVERLAPPING: QT_TRANSLATE_NOOP("TablesBar", "in the same words"),
    Meeting.SAME_TURN: QT_TRANSLATE_NOOP("TablesBar", "in the same turn"),
    Order.TREE: QT_TRANSLATE_NOOP("TablesBar", "Order of the tree"),
    Order.NAME: QT_TRANSLATE_NOOP("TablesBar", "By name"),
    Order.COLUMN: QT_TRANSLATE_NOOP("TablesBar", "By the column at hand"),
}
_HIGH = 32


class TablesBar(QWidget):
    """The choices over the table, in as many lines as the width asks for."""

    asked = Signal()
    """Another table, or other codes in it."""
    countsWanted = Signal(bool)
    orderWanted = Signal(str)
    filtered = Signal(str)
    exportWanted = Signal(str)
    """The ending of a file."""

    def __init__(self, question: TableQuestion, *, counts: bool) -> None:
        super().__init__()
        self.setObjectName("compare.tables.bar")
        self._lay_out()
        self.show_question(question, counts=counts)
        self._connect()

    def question(self) -> TableQuestion:
        """What is asked for."""
        columns = next(one for one, button in self.tables.items() if button.isChecked())
        meeting = Meeting(self.meeting.currentData())
        return TableQuestion(columns, meeting, self.beneath.isChecked(), self.set_aside.isChecked())

    def show_question(self, question: TableQuestion, *, counts: bool) -> None:
        """Show what is asked for."""
        self.tables[question.columns].setChecked(True)
        self.meeting.setCurrentIndex(self.meeting.findData(question.meeting.value))
        self.meeting.setVisible(question.columns == Columns.CODES)
        self.beneath.setChecked(question.beneath)
        self.set_aside.setChecked(question.set_aside)
        self.counts.setChecked(counts)

    def show_order(self, order: Order) -> None:
        """Show how the rows are sorted."""
        self.order.blockSignals(True)
        self.order.setCurrentIndex(self.order.findData(order.value))
        self.order.blockSignals(False)

    def _lay_out(self) -> None:
        self.tables: dict[Columns, QPushButton] = {}
        together = QButtonGroup(self)
        first = QHBoxLayout()
        first.setSpacing(8)
        for columns in Columns:
            words = _tr(str(_WORDS[columns]))
            button = self.tables[columns] = QPushButton(words)
            button.setObjectName(f"compare.tables.{columns.value}")
            button.setProperty("look", "chip")
            button.setCheckable(True)
            button.setAccessibleName(_tr("Codes by: {columns}").format(columns=words))
            together.addButton(button)
            first.addWidget(button)
        self.meeting = self._choices("meeting", _tr("When two codes meet"), Meeting)
        self.export = self._export_button()
        first.addWidget(self.meeting)
        first.addStretch(1)
        first.addWidget(self.export)
        said = _tr("Filter codes by name")
        self.filter = FilterField("compare.tables.filter", said, said)
        self.filter.setFixedWidth(200)
        self.order = self._choices("order", _tr("Order of the codes"), Order)
        self.beneath = self._tick("beneath", _tr("With codes beneath"))
        self.set_aside = self._tick("setAside", _tr("Codes set aside too"))
        self.counts = self._tick("counts", _tr("Counts"))
        self.counts.setToolTip(_tr("How many excerpts. They say nothing of how many agree: silence is no answer."))
        second = Chips()
        second.flow.setSpacing(12)
        policy = second.sizePolicy()  # as high as its lines are, and no window need have room for one choice a line
        policy.setVerticalPolicy(QSizePolicy.Policy.Preferred)
        second.setSizePolicy(policy)
        for widget in (self.filter, self.order, self.beneath, self.set_aside, self.counts):
            widget.setMinimumHeight(_HIGH)
            second.flow.addWidget(widget)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addLayout(first)
        layout.addWidget(second)

    def _export_button(self) -> QToolButton:
        button = QToolButton()
        button.setObjectName("compare.tables.export")
        button.setText(_tr("Export …"))
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(button)
        for ending, text in (("xlsx", _tr("As Excel workbook")), ("csv", _tr("As CSV"))):
            menu.addAction(text, lambda ending=ending: self.exportWanted.emit(ending)).setObjectName(f"as.{ending}")
        button.setMenu(menu)
        return button

    def _connect(self) -> None:
        for button in self.tables.values():
            button.clicked.connect(self._ask)
        self.meeting.activated.connect(self._ask)
        self.beneath.clicked.connect(self._ask)
        self.set_aside.clicked.connect(self._ask)
        self.counts.clicked.connect(self.countsWanted)
        self.order.activated.connect(lambda _: self.orderWanted.emit(self.order.currentData()))
        self.filter.textChanged.connect(self.filtered)

    def _ask(self) -> None:
        self.meeting.setVisible(self.tables[Columns.CODES].isChecked())
        self.asked.emit()

    def _choices(self, name: str, called: str, choices: type[StrEnum]) -> QComboBox:
        box = QComboBox()
        box.setObjectName(f"compare.tables.{name}")
        box.setAccessibleName(called)
        for choice in choices:
            box.addItem(_tr(str(_WORDS[choice])), choice.value)
        return box

    def _tick(self, name: str, text: str) -> QCheckBox:
        box = QCheckBox(text)
        box.setObjectName(f"compare.tables.{name}")
        return box


def _tr(text: str) -> str:
    return QCoreApplication.translate("TablesBar", text)
