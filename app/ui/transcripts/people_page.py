"""The participants of the study: edited in place, added, deleted, brought in from a csv."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPersistentModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFileDialog,
    QHBoxLayout,
    QHeaderView,
    QMenu,
    QPushButton,
    QStackedWidget,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from app.analysis.memos import About, count_memos_on
from app.analysis.people import GroupSheet, ParticipantRow
from app.errors import ReflexaError
from app.operations.memos import write_field_note
from app.operations.people import add_participant, delete_participant, edit_participant
from app.study import ChangeSession
from app.ui.desk import Desk
from app.ui.journal.written_button import WrittenButton
from app.ui.transcripts import wording
from app.ui.transcripts.choice_box import ChoiceBox
from app.ui.transcripts.confirm_bar import ConfirmBar
from app.ui.transcripts.people_model import CHOSEN, FIELDS, PeopleModel
from app.ui.widgets.fields import TextField
from app.ui.widgets.labels import PlainLabel, SectionLabel
from app.ui.widgets.wording_hints import WordingHints

Index = QModelIndex | QPersistentModelIndex


class PeoplePage(QWidget):
    """A table of everybody who took part, with what one can do to it below."""

    tableWanted = Signal()
    """Bring in a table of participants."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.model = PeopleModel(self)
        self.model.editWanted.connect(self._edit)
        self.table = _PeopleTable(self)
        self.table.setModel(self.model)
        self.table.shape()
        self.table.deleteWanted.connect(self.ask_delete)
        self.table.selectionModel().selectionChanged.connect(lambda *_: self._enable())
        self.table.selectionModel().currentChanged.connect(lambda *_: self._show_note())
        self._noted = ""
        """Whose field note stands in the field."""
        self.note_head = SectionLabel(self.tr("Field note"))
        self.note = TextField(self.tr("Field note on this person"), "", self._write_note, lines=3, most=8)
        self.note.setObjectName("people.note")
        self.written = WrittenButton(desk, "participant", "people.written")
        self.confirm = ConfirmBar()
        self.add = QPushButton(self.tr("Add participant"))
        self.add.setObjectName("people.add")
        self.add.clicked.connect(self.add_one)
        self.delete = QPushButton(self.tr("Delete …"))
        self.delete.setObjectName("people.delete")
        self.delete.clicked.connect(self.ask_delete)
        self.withdraw = QPushButton(self.tr("Withdraw from the study …"))
        self.withdraw.setObjectName("people.withdraw")
        self.withdraw.clicked.connect(self.ask_withdraw)
        self.table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.table.customContextMenuRequested.connect(self._open_menu)
        self.bring_in = QPushButton(self.tr("Bring in a table …"))
        self.bring_in.setObjectName("people.bringIn")
        self.bring_in.clicked.connect(self.tableWanted)
        empty = PlainLabel(
            self.tr(
                "Nobody here yet. People come in with their transcripts, from a table of participants, "
                "or one by one. Use pseudonyms: who they really are is kept elsewhere."
            ),
            "quiet",
            wrap=True,
        )
        empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        empty.setContentsMargins(96, 0, 96, 0)
        self._pages = QStackedWidget()
        self._pages.addWidget(self.table)
        self._pages.addWidget(empty)
        tools = QHBoxLayout()
        tools.setSpacing(8)
        tools.addWidget(self.add)
        tools.addWidget(self.delete)
        tools.addWidget(self.withdraw)
        tools.addStretch(1)
        tools.addWidget(self.bring_in)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 16, 24, 16)
        layout.setSpacing(8)
        layout.addWidget(self._pages, 1)
        head = QHBoxLayout()
        head.addWidget(self.note_head, 1)
        head.addWidget(self.written)
        layout.addLayout(head)
        layout.addWidget(self.note)
        layout.addWidget(WordingHints(self.note, desk, lambda: f"memo/participant/{self._noted}"))
        layout.addWidget(self.confirm)
        layout.addLayout(tools)
        self._enable()

    def show_people(self, rows: list[ParticipantRow], groups: list[GroupSheet]) -> None:
        """Show what the study says; the chosen person stays chosen."""
        chosen, column = self.chosen(), self.table.currentIndex().column()
        self.model.editable = not self._desk.study.read_only
        self.model.show_rows(rows, groups)
        self._pages.setCurrentIndex(0 if rows else 1)
        place = self.model.place_of(chosen)
        if place >= 0 and self.chosen() != chosen:
            self.table.setCurrentIndex(self.model.index(place, max(column, 0)))
        elif rows and not self.chosen():
            self.table.setCurrentIndex(self.model.index(0, 0))
        self._show_note()

    def commit_pending(self) -> None:
        """Commit what is typed."""
        self.note.commit_now()

    def chosen(self) -> str:
        """The id of the chosen participant, or ""."""
        row = self.table.currentIndex().row()
        return self.model.rows[row].id if 0 <= row < len(self.model.rows) else ""

    def choose(self, participant_id: str) -> None:
        """Choose a person."""
        place = self.model.place_of(participant_id)
        if place >= 0:
            self.table.setCurrentIndex(self.model.index(place, 0))
            self.table.setFocus()

    def add_one(self) -> None:
        """Add somebody to the group of the chosen row, and open the name for typing."""
        row = self.table.currentIndex().row()
        group = self.model.rows[row].group_id if 0 <= row < len(self.model.rows) else None
        taken = {one.pseudonym for one in self.model.rows}
        number = next(n for n in range(1, len(taken) + 2) if self.tr("Participant {n}").format(n=n) not in taken)
        name = self.tr("Participant {n}").format(n=number)
        made = self._desk.run(add_participant, name, group_id=group)
        place = self.model.place_of(made or "")
        if place >= 0:
            index = self.model.index(place, 0)
            self.table.setFocus()
            self.table.setCurrentIndex(index)
            self.table.edit(index)

    def ask_delete(self) -> None:
        """Say what deleting would leave behind, in place."""
        row = self.table.currentIndex().row()
        if not 0 <= row < len(self.model.rows) or self._desk.study.read_only:
            return
        person = self.model.rows[row]
        with self._desk.read() as session:
            memos = count_memos_on(session, About.PARTICIPANT, person.id)
        taken = [self.tr("their attributes")] if person.attributes else []
        taken += [self.tr("the field note on them")] if person.note else []
        taken += [wording.memos(memos)] if memos else []
        gone = self.tr(" It takes {what} with it.").format(what=wording.listed(taken)) if taken else ""
        left = (
            self.tr(" {turns} stay, under a label that points to nobody.").format(turns=wording.turns(person.turns))
            if person.turns
            else ""
        )
        question = self.tr("Delete “{name}”?").format(name=person.pseudonym)
        self.confirm.ask(f"{question}{gone}{left}", self.tr("Delete"), lambda: self._delete(person))

    def ask_withdraw(self) -> None:
        """Show everything that withdrawing the chosen person would touch."""
        from app.ui.rights.withdraw_dialog import WithdrawDialog

        self.commit_pending()
        if self._desk.study.read_only:
            self._desk.say(self.tr("This study is open for reading only, so nobody can be withdrawn here."))
        elif self.chosen():
            WithdrawDialog(self._desk, self.chosen(), self).open()

    def export_person(self) -> None:
        """Write everything that is held about the chosen person, for an information request."""
        from app.exporters.options import ExportOptions
        from app.ui.outputs.exporting import export_beside

        key = self.chosen()
        if not key:
            return
        self.commit_pending()
        title, kinds = self.tr("Everything about this person"), "Word (*.docx);;JSON (*.json)"
        path, _ = QFileDialog.getSaveFileName(self, title, str(self._desk.study.path.with_name("person.docx")), kinds)
        if path:
            try:
                options = ExportOptions(participant=key)
                done = export_beside(self._desk, self, "person", Path(path), options=options)
            except ReflexaError as error:
                self._desk.say(error.sentence)
                return
            if done is not None:
                self._desk.say(self.tr("Wrote {file}.").format(file=done.path.name))

    def _open_menu(self, at: QPoint) -> None:
        """What can be done to the person under the mouse, or to the chosen one."""
        index = self.table.indexAt(at)
        if index.isValid():
            self.table.setCurrentIndex(index)
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(self.delete.text(), self.ask_delete).setEnabled(self.delete.isEnabled())
        menu.addAction(self.withdraw.text(), self.ask_withdraw).setEnabled(self.withdraw.isEnabled())
        menu.addAction(self.tr("Everything about this person …"), self.export_person).setEnabled(bool(self.chosen()))
        menu.popup(self.table.viewport().mapToGlobal(at))

    def _delete(self, person: ParticipantRow) -> None:
        before = self._desk.last_seq
        self._desk.run(delete_participant, person.id)
        if self._desk.last_seq != before:
            self._desk.say(self.tr("“{name}” was deleted.").format(name=person.pseudonym), with_undo=True)

    def _edit(self, participant_id: str, field: str, value: object) -> None:
        def edit(session: ChangeSession) -> None:
            edit_participant(session, participant_id, **{field: value})

        self._desk.run(edit)

    def _write_note(self, text: str, seq: int | None) -> int | None:
        if not self._noted:
            return None
        return self._desk.commit_field(seq, write_field_note, "participant", self._noted, text)

    def _show_note(self) -> None:
        """The field note on the chosen person; what is typed on another is committed first."""
        row = self.table.currentIndex().row()
        person = self.model.rows[row] if 0 <= row < len(self.model.rows) else None
        other = (person.id if person is not None else "") != self._noted
        if other:
            self.note.commit_now()
        self._noted = person.id if person is not None else ""
        for part in (self.note_head, self.note, self.written):
            part.setVisible(person is not None)
        if person is not None:
            self.written.show_on(person.id)
            self.note_head.head(self.tr("Field note on {name}").format(name=person.pseudonym))
            hint = self.tr("How {name} was there: mood, silences, what was said before and after")
            self.note.setPlaceholderText(hint.format(name=person.pseudonym))
            self.note.setReadOnly(self._desk.study.read_only)
            self.note.show_text(person.note, anew=other)
        self._enable()

    def _enable(self) -> None:
        writable = not self._desk.study.read_only
        self.add.setEnabled(writable)
        self.bring_in.setEnabled(writable)
        self.delete.setEnabled(writable and bool(self.chosen()))
        self.withdraw.setEnabled(writable and bool(self.chosen()))


class _PeopleTable(QTableView):
    """The table; Delete asks, Enter or typing edits."""

    deleteWanted = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("people.table")
        self.setAccessibleName(self.tr("Participants of the study"))
        self.setItemDelegate(_PeopleDelegate(self))
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.AnyKeyPressed
        )
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(36)

    def shape(self) -> None:
        """Widths of the columns; the attributes take what is left."""
        header = self.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setHighlightSections(False)
        for column, width in enumerate((160, 120, 120, 144, 120)):
            self.setColumnWidth(column, width)
        header.setSectionResizeMode(len(FIELDS) - 1, QHeaderView.ResizeMode.Stretch)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Delete asks; Enter opens the cell for editing. The Enter that ends an editor passes here too."""
        if self.state() == QAbstractItemView.State.EditingState:
            super().keyPressEvent(event)
        elif event.key() == Qt.Key.Key_Delete:
            self.deleteWanted.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.edit(self.currentIndex())
        else:
            super().keyPressEvent(event)


class _PeopleDelegate(QStyledItemDelegate):
    """Boxes for closed lists, fields for words; roles are free words."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        """Words start where the headings start."""
        super().initStyleOption(option, index)
        option.rect.adjust(6, 0, 0, 0)

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        """What the field needs."""
        if FIELDS[index.column()] not in CHOSEN:
            return super().createEditor(parent, option, index)
        box = ChoiceBox(str(index.model().headerData(index.column(), Qt.Orientation.Horizontal)), parent)
        model = index.model()
        if isinstance(model, PeopleModel):
            box.fill(model.choices(index.column()), model.data(index, Qt.ItemDataRole.EditRole))
        box.picked.connect(lambda _: self._done(box))
        return box

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """A box is filled already."""
        if isinstance(editor, ChoiceBox):
            editor.showPopup()
        else:
            super().setEditorData(editor, index)

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        """A box gives its value."""
        if isinstance(editor, ChoiceBox):
            model.setData(index, editor.value())
        else:
            super().setModelData(editor, model, index)

    def _done(self, box: ChoiceBox) -> None:
        self.commitData.emit(box)
        self.closeEditor.emit(box)
