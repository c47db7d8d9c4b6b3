"""The page "Voices": who speaks how much, in this transcript, in its group, or in the whole study."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QButtonGroup,
    QFileDialog,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from app.analysis.transcripts import SourceCard
from app.analysis.voices import moderated, voices
from app.errors import ReflexaError
from app.ui.desk import Desk
from app.ui.transcripts.voices_model import Column, VoicesModel, share_in_words
from app.ui.widgets.labels import PlainLabel

if TYPE_CHECKING:
    from app.study import Notice

HERE, GROUP, STUDY = "here", "group", "study"
_READ = ("source", "turn", "speaker", "participant", "focus_group")


class VoicesPage(QWidget):
    """A table that sorts by its heads. It is read when it is seen."""

    passageWanted = Signal(str, int, int)
    """A transcript and a stretch of it: the longest turn of a voice."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("transcripts.voices")
        self._desk = desk
        self._card: SourceCard | None = None
        self._stale = True
        self._of = HERE
        self.choices = QButtonGroup(self)
        self.buttons: dict[str, QPushButton] = {}
        self.model = VoicesModel(self)
        self.table = _VoicesTable()
        self.table.setModel(self.model)
        self.table.shape()
        self.table.goWanted.connect(self._go)
        self.told = PlainLabel("", "quiet", wrap=True)
        self.told.setObjectName("voices.told")
        self.save = QPushButton(self.tr("Save table …"))
        self.save.setObjectName("voices.save")
        self.save.clicked.connect(self._ask_and_save)
        self._build()

    def show_of(self, card: SourceCard | None) -> None:
        """The transcript that is chosen."""
        if card != self._card:
            self._card = card
            self._stale = True
        self.buttons[GROUP].setEnabled(card is not None and card.group_id is not None)
        self.buttons[HERE].setEnabled(card is not None)
        self._read_if_seen()

    def show_voices_of(self, what: str) -> None:
        """Show those of this transcript ("here"), its group ("group") or the whole study ("study")."""
        self._of = what
        self.buttons[what].setChecked(True)
        self._stale = True
        self._read_if_seen()

    def refresh(self, notice: Notice | None) -> None:
        """What people say, or who they are, may be other now."""
        if notice is None or notice.touches(*_READ):
            self._stale = True
            self._read_if_seen()

    def restyle(self) -> None:
        """Take over colours."""
        self.model.tokens = self._desk.tokens
        self.table.viewport().update()

    def save_table(self, path: Path) -> bool:
        """Write the voices of the study, by study, group and transcript, to a file whose ending says the format."""
        from app.ui.outputs.exporting import export_beside

        try:
            done = export_beside(self._desk, self, "voices", path)
        except ReflexaError as error:
            self._desk.say(error.sentence)
            return False
        if done is None:
            return False
        self._desk.say(self.tr("Saved as {name}.").format(name=path.name))
        return True

    def showEvent(self, event: object) -> None:
        """It is seen."""
        super().showEvent(event)  # type: ignore[arg-type]
        self._read_if_seen()

    def _read_if_seen(self) -> None:
        if not (self._stale and self.isVisible() and self._desk.study.is_open):
            return
        self._stale = False
        card, of = self._card, self._of
        if card is None or (of == GROUP and card.group_id is None):
            of = STUDY
        with self._desk.read() as session:
            rows = voices(
                session,
                source_id=card.id if card is not None and of == HERE else None,
                group_id=card.group_id if card is not None and of == GROUP else None,
            )
        self.model.show_voices(rows)
        part = moderated(rows)
        self.told.setText(self._in_words(part, of))

    def _in_words(self, part: float | None, of: str) -> str:
        name = self._card.name if self._card is not None else ""
        group = self._card.group if self._card is not None else ""
        where = {
            HERE: self.tr("In “{name}”.").format(name=name),
            GROUP: self.tr("In group “{name}”.").format(name=group),
            STUDY: self.tr("In all transcripts."),
        }[of]
        if part is not None:
            said = self.tr("Moderators say {share} of all words and stand apart: shares are those of the others.")
            where = f"{where} {said.format(share=share_in_words(part))}"
        return f"{where} " + self.tr("How much somebody says is not how much it weighs.")

    def _go(self, index: QModelIndex) -> None:
        if 0 <= index.row() < len(self.model.rows):
            self.passageWanted.emit(*self.model.rows[index.row()].longest_at)

    def _ask_and_save(self) -> None:
        path, _ = QFileDialog.getSaveFileName(
            self, self.tr("Save the voices"), "voices.xlsx", self.tr("Workbook (*.xlsx);;Table as text (*.csv)")
        )
        if path:
            self.save_table(Path(path))

    def _build(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        for number, (name, text) in enumerate(((HERE, self.tr("This transcript")), (GROUP, self.tr("Its group")),
                                               (STUDY, self.tr("Whole study")))):  # fmt: skip
            button = QPushButton(text)
            button.setObjectName(f"voices.{name}")
            button.setProperty("look", "chip")
            button.setCheckable(True)
            button.setChecked(not number)
            button.clicked.connect(lambda _=False, name=name: self.show_voices_of(name))
            self.choices.addButton(button)
            self.buttons[name] = button
            head.addWidget(button)
        head.addStretch(1)
        head.addWidget(self.save)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 16, 24, 16)
        layout.setSpacing(12)
        layout.addLayout(head)
        layout.addWidget(self.told)
        layout.addWidget(self.table, 1)


class _VoicesTable(QTableView):
    """Enter or a double click goes to the longest turn."""

    goWanted = Signal(QModelIndex)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("voices.table")
        self.setAccessibleName(self.tr("Voices"))
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(32)
        self.doubleClicked.connect(self.goWanted)

    def shape(self) -> None:
        """Widths of the columns; names take what is left."""
        header = self.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setHighlightSections(False)
        header.setSortIndicatorClearable(True)
        for column in Column:
            if column >= Column.TURNS:
                header.setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
        self.setColumnWidth(Column.ROLE, 96)
        self.setColumnWidth(Column.GROUP, 64)
        header.setSectionResizeMode(Column.NAME, QHeaderView.ResizeMode.Stretch)
        header.setMinimumSectionSize(56)
        header.setSortIndicator(-1, Qt.SortOrder.DescendingOrder)
        self.setSortingEnabled(True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes there."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.goWanted.emit(self.currentIndex())
        else:
            super().keyPressEvent(event)
