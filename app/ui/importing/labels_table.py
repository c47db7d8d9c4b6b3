"""The labels found in a file: how often each speaks, what it is, who it is. Merging and renaming happen here."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QMenu,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from app.importers.acceptance import BREAK, HEADING, ONLY_ONE, OTHERWISE, SAID_SO, SAME, SENTENCE
from app.importers.seen_once import ONCE, RARE
from app.models.kinds import SpeakerKind
from app.ui.importing.choices import LabelRow
from app.ui.style.tokens import LIGHT, Tokens
from app.ui.transcripts import wording
from app.ui.transcripts.choice_box import ChoiceBox

NOT_A_SPEAKER = "not a speaker"
MOST_CANDIDATES = 200
LEAST_LABEL, MOST_LABEL = 88, 176
"""Pixels of the column of labels."""
_LABEL = Qt.ItemDataRole.UserRole


class LabelsTable(QWidget):
    """It shows rows and says what is wanted; the choices are kept by the file."""

    kindPicked = Signal(str, object)
    """A label and its `SpeakerKind`, or None: not a speaker."""
    personPicked = Signal(str, object)
    """A label and a participant's id, or None: somebody new."""
    mergeWanted = Signal(list, str)
    renameWanted = Signal(str, str)
    labelChosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.table = QTableWidget(0, 4)
        self.table.setObjectName("import.labels")
        self.table.setAccessibleName(self.tr("Labels found in the text"))
        titles = [self.tr("Label"), self.tr("Turns"), self.tr("Role"), self.tr("Person")]
        self.table.setHorizontalHeaderLabels(titles)
        self.table.verticalHeader().hide()
        self.table.verticalHeader().setDefaultSectionSize(42)
        self.table.setShowGrid(False)
        self.table.setTabKeyNavigation(False)  # Tab goes on to the boxes; from cell to cell it would never leave
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.table.setEditTriggers(
            QAbstractItemView.EditTrigger.DoubleClicked | QAbstractItemView.EditTrigger.EditKeyPressed
        )
        header = self.table.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setHighlightSections(False)
        for column, mode in enumerate(("Interactive", "Fixed", "Fixed", "Stretch")):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode[mode])
        metrics = self.table.fontMetrics()
        role = max(metrics.horizontalAdvance(text) for text in (*wording.kind_words().values(), self._no_speaker()))
        for column, width in enumerate((132, metrics.horizontalAdvance(titles[1]) + 24, role + 72)):
            self.table.setColumnWidth(column, width)
        self.merge = self._button("import.merge", self.tr("Merge"), self.tr("Choose two labels or more"))
        self.merge_menu = QMenu(self.merge)
        self.merge.setMenu(self.merge_menu)
        self.rename = self._button("import.rename", self.tr("Rename"), self.tr("Show this label under another name"))
        self.rename.clicked.connect(self._rename)
        self.more = QPushButton()
        self.more.setObjectName("import.candidates")
        self.more.setProperty("look", "link")
        self.more.setCheckable(True)
        self.more.toggled.connect(self._draw)
        tools = QHBoxLayout()
        tools.setSpacing(8)
        tools.addWidget(self.merge)
        tools.addWidget(self.rename)
        tools.addStretch(1)
        tools.addWidget(self.more)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.table, 1)
        layout.addLayout(tools)
        self._rows: list[LabelRow] = []
        self._people: Mapping[str, str] = {}
        self._here: list[tuple[str, str]] = []
        self._drawing = False
        self._tokens: Tokens = LIGHT
        self.table.itemSelectionChanged.connect(self._on_selection)
        self.table.itemChanged.connect(self._on_edited)

    def show_rows(self, rows: list[LabelRow], people: Mapping[str, str], here: list[tuple[str, str]]) -> None:
        """Show these labels. `people`: {participant's id: "Aina of FG1"}; `here`: (name, id) of the same group."""
        if (rows, people, here) == (self._rows, self._people, self._here):
            return
        self._rows, self._people, self._here = rows, people, here
        self._draw()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Labels and persons share what the other columns leave, so that neither is lost in a narrow window."""
        super().resizeEvent(event)
        rest = self.table.viewport().width() - self.table.columnWidth(1) - self.table.columnWidth(2)
        self.table.setColumnWidth(0, max(LEAST_LABEL, min(MOST_LABEL, int(rest * 0.4))))

    def chosen(self) -> list[str]:
        """The labels of the chosen rows, from the top."""
        places = sorted({index.row() for index in self.table.selectedIndexes()})
        return [str(item.data(_LABEL)) for place in places if (item := self.table.item(place, 0)) is not None]

    def choose(self, *labels: str) -> None:
        """Choose the rows of these labels."""
        self.table.clearSelection()
        mode = self.table.selectionMode()
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.MultiSelection)
        for place in range(self.table.rowCount()):
            item = self.table.item(place, 0)
            if item is not None and item.data(_LABEL) in labels:
                self.table.selectRow(place)
        self.table.setSelectionMode(mode)

    def role_box(self, label: str) -> ChoiceBox:
        """The box of the role of a label. Raises KeyError."""
        return self._box(label, 2)

    def person_box(self, label: str) -> ChoiceBox:
        """The box of the person of a label. Raises KeyError."""
        return self._box(label, 3)

    def restyle(self, tokens: Tokens) -> None:
        """Take over other colours."""
        self._tokens = tokens
        self._draw()

    def _boxes(self) -> list[ChoiceBox]:
        """The boxes from the top, role before person."""
        cells = [self.table.cellWidget(place, column) for place in range(self.table.rowCount()) for column in (2, 3)]
        return [box for cell in cells if cell is not None for box in cell.findChildren(ChoiceBox)]

    def _box(self, label: str, column: int) -> ChoiceBox:
        for place in range(self.table.rowCount()):
            item = self.table.item(place, 0)
            cell = self.table.cellWidget(place, column)
            if item is not None and item.data(_LABEL) == label and cell is not None:
                return cell.findChildren(ChoiceBox)[0]
        raise KeyError(label)

    def _draw(self) -> None:
        chosen = self.chosen()
        at_hand = next((box.accessibleName() for box in self._boxes() if box.hasFocus()), "")
        once = [row for row in self._rows if row.kind is None and row.why == ONCE]
        self.more.setVisible(bool(once))
        shown = self.tr("Show 1 more seen once") if len(once) == 1 else self.tr("Show {n} more seen once")
        self.more.setText(self.tr("Hide those seen once") if self.more.isChecked() else shown.format(n=len(once)))
        hidden = [] if self.more.isChecked() else once
        rows = [row for row in self._rows if row not in hidden][: len(self._rows) - len(once) + MOST_CANDIDATES]
        self._drawing = True
        self.table.setRowCount(0)
        self.table.setRowCount(len(rows))
        for place, row in enumerate(rows):
            self._draw_row(place, row)
        self._drawing = False
        self.choose(*chosen)
        self._on_selection()
        before: QWidget = self.table
        for box in self._boxes():
            QWidget.setTabOrder(before, box)
            before = box
            if at_hand and box.accessibleName() == at_hand:  # the keyboard stays where something was chosen
                box.setFocus()
        QWidget.setTabOrder(before, self.merge)

    def _draw_row(self, place: int, row: LabelRow) -> None:
        label = QTableWidgetItem(row.label)
        label.setData(_LABEL, row.label)
        label.setToolTip(self.tr("Double click or F2 to rename"))
        turns = QTableWidgetItem(str(row.turns))
        turns.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
        turns.setTextAlignment(Qt.AlignmentFlag.AlignCenter)
        if row.kind is None:
            quiet = QColor(self._tokens.quiet)
            label.setForeground(quiet)
            turns.setForeground(quiet)
        self.table.setItem(place, 0, label)
        self.table.setItem(place, 1, turns)
        for column, words in ((2, ""), (3, self._why(row) if row.kind is None else "")):
            empty = QTableWidgetItem(words)
            empty.setForeground(QColor(self._tokens.quiet))
            empty.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
            self.table.setItem(place, column, empty)
        role = ChoiceBox(self.tr("Role of {label}").format(label=row.label))
        role.setObjectName(f"import.role.{place}")
        kinds: list[tuple[str, Any] | None] = [(text, kind.value) for kind, text in wording.kind_words().items()]
        role.fill([*kinds, None, (self._no_speaker(), NOT_A_SPEAKER)],
                  NOT_A_SPEAKER if row.kind is None else row.kind.value)  # fmt: skip
        role.picked.connect(lambda value, label=row.label: self._pick_kind(label, value))
        self.table.setCellWidget(place, 2, _padded(role))
        if row.kind == SpeakerKind.PARTICIPANT:
            self.table.setCellWidget(place, 3, _padded(self._person_box(place, row)))

    def _no_speaker(self) -> str:
        return self.tr("Not a speaker")

    def _why(self, row: LabelRow) -> str:
        """Why a label was not taken, in words of the window."""
        said = {
            ONCE: self.tr("Seen only once"),
            RARE: self.tr("Too rare for a speaker"),
            HEADING: self.tr("Looks like a heading"),
            BREAK: self.tr("Looks like a break"),
            SENTENCE: self.tr("Looks like a sentence"),
            OTHERWISE: self.tr("Not written like the others"),
            SAME: self.tr("The same line each time"),
            ONLY_ONE: self.tr("The only word with a colon"),
            SAID_SO: self.tr("You said so"),
        }
        return said.get(row.why, "")

    def _person_box(self, place: int, row: LabelRow) -> ChoiceBox:
        person = ChoiceBox(self.tr("Person behind {label}").format(label=row.label))
        person.setObjectName(f"import.person.{place}")
        offered: list[tuple[str, Any] | None] = [(self.tr("New: {name}").format(name=row.name or row.label), "")]
        offered += [(name, key) for name, key in self._here]
        if row.suggestion is not None:
            asked = self.tr("{person}?").format(person=self._people.get(row.suggestion, ""))
            offered += [None, (asked, row.suggestion)]
        known = {choice[1] for choice in offered if choice is not None}
        if row.participant_id is not None and row.participant_id not in known:
            offered += [None, (self._people.get(row.participant_id, ""), row.participant_id)]
        person.fill(offered, row.participant_id or "")
        person.setToolTip(person.currentText())
        if row.suggestion is not None and row.participant_id is None:
            person.setToolTip(
                self.tr("Somebody in another group has this name. It may be another person: choose it if it is not.")
            )
        person.picked.connect(lambda value, label=row.label: self.personPicked.emit(label, value or None))
        return person

    def _pick_kind(self, label: str, value: str) -> None:
        self.kindPicked.emit(label, None if value == NOT_A_SPEAKER else SpeakerKind(value))

    def _on_selection(self) -> None:
        if self._drawing:
            return
        labels = self.chosen()
        self.merge.setEnabled(len(labels) > 1)
        self.rename.setEnabled(len(labels) == 1)
        self.merge_menu.clear()
        for label in labels:
            keep = self.merge_menu.addAction(self.tr("Keep “{label}”").format(label=label.replace("&", "&&")))
            keep.triggered.connect(lambda *_, name=label: self.mergeWanted.emit(labels, name))
        self.labelChosen.emit(labels[0] if len(labels) == 1 else "")

    def _on_edited(self, item: QTableWidgetItem) -> None:
        if self._drawing or item.column() != 0:
            return
        before, after = str(item.data(_LABEL)), " ".join(item.text().split())
        if after and after != before:
            self.renameWanted.emit(before, after)
        elif item.text() != before:
            self._drawing = True
            item.setText(before)
            self._drawing = False

    def _rename(self) -> None:
        places = {index.row() for index in self.table.selectedIndexes()}
        item = self.table.item(min(places), 0) if places else None
        if item is not None:
            self.table.setFocus()
            self.table.editItem(item)

    def _button(self, name: str, text: str, tip: str) -> QPushButton:
        button = QPushButton(text)
        button.setObjectName(name)
        button.setToolTip(tip)
        button.setEnabled(False)
        return button


def _padded(box: ChoiceBox) -> QWidget:
    """The box with air around it, so that rows do not touch."""
    cell = QWidget()
    layout = QHBoxLayout(cell)
    layout.setContentsMargins(0, 4, 8, 4)
    layout.addWidget(box)
    return cell
