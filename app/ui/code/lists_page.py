"""The lists one comes back to: codings one is unsure of, words no code holds, excerpts without a code."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QCheckBox, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from app.analysis.codes import CodingRow, excerpts_without_code
from app.analysis.unsettled import uncoded_turns, unsure_codings
from app.operations.codings import mark_unsure, remove_code
from app.ui.code.drawer import DrawerPage
from app.ui.code.excerpt_list import ROW_ROLE, ExcerptList
from app.ui.widgets.buttons import Button
from app.ui.widgets.chips import Chips
from app.ui.widgets.labels import ElidedLabel, PlainLabel

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from app.study import Notice
    from app.ui.code.workspace import CodeWorkspace
    from app.ui.style.tokens import Tokens

LATER_MS = 150
"""The text is painted first; the list follows when one pauses."""
_SEEN_HERE = ("coding", "excerpt", "code", "turn", "speaker", "participant", "source")


@dataclass(frozen=True)
class _Kind:
    """One of the lists."""

    name: str
    title: str
    rows: Callable[[Session, str | None], list[CodingRow]]
    nothing: str
    """What is said when the list is empty."""


class ListsPage(DrawerPage):
    """One list at a time; each row leads to its place in the text, and what is unsure is settled from here."""

    def __init__(self, place: CodeWorkspace) -> None:
        super().__init__(place)
        self.setObjectName("code.lists")
        self._kinds = [
            _Kind("unsure", self.tr("Unsure"), unsure_codings,
                  self.tr("There is no coding you are unsure of. Alt+U marks the one at hand.")),
            _Kind("uncoded", self.tr("Not coded (may be right)"), uncoded_turns,
                  self.tr("Every turn of a participant holds a code.")),
            _Kind("without", self.tr("Excerpts without a code"), _without_code, self.tr("Every excerpt has a code.")),
        ]  # fmt: skip
        self._kind = self._kinds[0]
        self._only_here = {"uncoded"}
        """The lists that hold but the transcript one reads."""
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(LATER_MS)
        self._later.timeout.connect(lambda: self._draw() if self.isVisible() else None)
        self.choices = QButtonGroup(self)
        head = Chips()
        for number, kind in enumerate(self._kinds):
            chip = QPushButton(kind.title)
            chip.setObjectName(f"code.lists.{kind.name}")
            chip.setProperty("look", "chip")
            chip.setCheckable(True)
            chip.setChecked(not number)
            self.choices.addButton(chip, number)
            head.flow.addWidget(chip)
        self.choices.idClicked.connect(lambda number: self.show_list(self._kinds[number].name))
        self.everywhere = QCheckBox(self.tr("In all transcripts"))
        self.everywhere.setObjectName("code.lists.everywhere")
        self.everywhere.setChecked(True)
        self.everywhere.clicked.connect(self._choose_where)
        place.placeSaid.connect(lambda _: self._later.start())  # another transcript is read
        head.flow.addWidget(self.everywhere)
        self.list = ExcerptList(place.shelf, self.tr("Unsure"), note=self._note, jump_on_click=False)
        self.list.setObjectName("code.lists.list")
        self.list.clicked.connect(self._jump)
        self.list.activated.connect(self._jump)
        self.list.selectionModel().currentChanged.connect(self._allow)
        self.list.installEventFilter(self)
        self.nothing = PlainLabel("", "quiet", wrap=True)
        self.sure = Button("code.lists.sure", self.tr("I am sure"), self.settle)
        self.off = Button("code.lists.off", self.tr("Remove code"), self.remove)
        self._settling = QWidget()
        foot = QHBoxLayout(self._settling)
        foot.setContentsMargins(0, 0, 0, 0)
        foot.addWidget(self.sure)
        foot.addWidget(self.off)
        foot.addWidget(ElidedLabel(self.tr("Enter: to its place  ·  S: sure  ·  Delete: remove code"), "small"), 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 4, 16, 8)
        layout.setSpacing(8)
        layout.addWidget(head)
        layout.addWidget(self.nothing)
        layout.addWidget(self.list, 1)
        layout.addWidget(self._settling)
        layout.setStretchFactor(self.list, 1)

    def show_list(self, name: str) -> None:
        """Show one of the lists: "unsure", "uncoded" or "without"."""
        number = next(number for number, kind in enumerate(self._kinds) if kind.name == name)
        self._kind = self._kinds[number]
        self.choices.button(number).setChecked(True)
        self.list.setAccessibleName(self._kind.title)
        self.everywhere.setChecked(name not in self._only_here)
        self._draw()

    def refresh(self, notice: Notice | None) -> None:
        """Draw the list anew if a change may have touched it."""
        if notice is None:
            self._draw()
        elif notice.touches(*_SEEN_HERE):
            self._later.start()

    def enter(self, words: str) -> None:  # noqa: ARG002
        """Take the keyboard."""
        self._settle_drawing()
        if self.list.model().rowCount():
            self.list.setCurrentIndex(self.list.model().index(max(0, self.list.currentIndex().row()), 0))
            self.list.setFocus()
        else:
            self.choices.buttons()[self._kinds.index(self._kind)].setFocus()

    def restyle(self, tokens: Tokens) -> None:
        """Take over colours."""
        self.list.restyle(tokens)

    def settle(self) -> None:
        """One is sure of the chosen coding now."""
        row = self._row()
        if row is not None and row.unsure and self.desk.done(mark_unsure, row.coding_id, unsure=False):
            self._say(self.tr("Sure of “{name}” again."), row)

    def remove(self) -> None:
        """Take the code off the chosen coding."""
        row = self._row()
        if row is not None and row.unsure and self.desk.run(remove_code, row.excerpt_id, row.code_id):
            self._say(self.tr("Removed code “{name}”; the excerpt stays."), row)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """S and Delete settle what is unsure; a list would look for a row that begins with the letter."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and not event.modifiers():
            act = {Qt.Key.Key_S: self.settle, Qt.Key.Key_Delete: self.remove, Qt.Key.Key_Backspace: self.remove}
            if self._kind.name == "unsure" and event.key() in act:
                act[Qt.Key(event.key())]()
                return True
        return super().eventFilter(watched, event)

    def _choose_where(self, everywhere: bool) -> None:
        if everywhere:
            self._only_here.discard(self._kind.name)
        else:
            self._only_here.add(self._kind.name)
        self._draw()

    def _draw(self) -> None:
        """Read and show the list; the chosen row, or the one that took its place, stays chosen."""
        self._later.stop()
        if not self.desk.study.is_open:
            return
        at, had = self.list.currentIndex().row(), self.list.hasFocus()
        script = self.place.script
        source_id = None if self.everywhere.isChecked() or script is None else script.id
        with self.desk.read() as session:
            rows = self._kind.rows(session, source_id)
        self.list.show_rows(rows)
        if rows and at >= 0:
            self.list.setCurrentIndex(self.list.model().index(min(at, len(rows) - 1), 0))
        self.list.setVisible(bool(rows))
        self.nothing.setVisible(not rows)
        self.nothing.setText(self._kind.nothing)
        self._settling.setVisible(bool(rows) and self._kind.name == "unsure")
        self._allow()
        if had and not rows:
            self.choices.buttons()[self._kinds.index(self._kind)].setFocus()

    def _settle_drawing(self) -> None:
        if self._later.isActive():
            self._draw()

    def _allow(self) -> None:
        row = self._row()
        for button in (self.sure, self.off):
            button.setEnabled(row is not None and row.unsure)

    def _row(self) -> CodingRow | None:
        self._settle_drawing()
        row = self.list.currentIndex().data(ROW_ROLE)
        return row if isinstance(row, CodingRow) else None

    def _jump(self, index: QModelIndex) -> None:
        row = index.data(ROW_ROLE)
        if not isinstance(row, CodingRow):
            return
        if row.excerpt_id:
            self.place.show_source(row.source_id, row.excerpt_id)
            if row.code_id:
                self.place.show_code(row.code_id)
        else:
            self.place.show_passage(row.source_id, row.start, row.end)

    def _note(self, row: CodingRow) -> str:
        code = self.place.codes.get(row.code_id)
        return self.tr("unsure: {name}").format(name=code.name) if code is not None and row.unsure else ""

    def _say(self, sentence: str, row: CodingRow) -> None:
        code = self.place.codes.get(row.code_id)
        self.desk.say(sentence.format(name=code.name if code is not None else ""), with_undo=True)


def _without_code(session: Session, source_id: str | None) -> list[CodingRow]:
    rows = excerpts_without_code(session)
    return rows if source_id is None else [row for row in rows if row.source_id == source_id]
