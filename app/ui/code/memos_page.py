"""The page "Memos" under the transcript: everything written in one list, read and edited beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from app.analysis.memos import About, MemoRow, by_transcript, memo_texts
from app.ui.code.drawer import DrawerPage
from app.ui.code.memo_list import MemoList
from app.ui.memo_writing import MemoField, fitting, put_memo
from app.ui.transcripts.choice_box import ChoiceBox
from app.ui.widgets.labels import ElidedLabel, PlainLabel
from app.ui.widgets.wording_hints import WordingHints

if TYPE_CHECKING:
    from app.study import Notice
    from app.ui.code.workspace import CodeWorkspace
    from app.ui.style.tokens import Tokens

LATER_MS = 150
"""The text is painted first; the list follows when one pauses."""
_SEEN_HERE = ("memo", "excerpt", "coding", "code", "theme", "source", "focus_group", "participant", "turn", "speaker")
NEWEST, READING = "newest", "reading"
_KINDS = {
    "note": {About.NOTE},
    "excerpt": {About.EXCERPT, About.CODING},
    "code": {About.CODE},
    "theme": {About.THEME},
    "source": {About.SOURCE},
    "field": {About.GROUP, About.PARTICIPANT},
}
"""{choice: what it leaves in the list}."""


class MemosPage(DrawerPage):
    """Filter, list, and the memo at hand, which is edited where it is read. Enter leads to what it is about."""

    def __init__(self, place: CodeWorkspace) -> None:
        super().__init__(place)
        self.setObjectName("code.memos")
        self._all: list[MemoRow] = []
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(LATER_MS)
        self._later.timeout.connect(lambda: self._read() if self.isVisible() else None)
        self.kind = ChoiceBox(self.tr("Which memos"))
        self.kind.setObjectName("code.memos.kind")
        self.kind.picked.connect(lambda _: self._show())
        self.order = ChoiceBox(self.tr("Order of the memos"))
        self.order.setObjectName("code.memos.order")
        self.order.fill([(self.tr("Newest"), NEWEST), (self.tr("Reading order"), READING)], NEWEST)
        self.order.picked.connect(lambda _: self._show())
        self.filter = QLineEdit()
        self.filter.setObjectName("code.memos.filter")
        self.filter.setPlaceholderText(self.tr("Filter memos …"))
        self.filter.setAccessibleName(self.tr("Filter memos"))
        self.filter.setClearButtonEnabled(True)
        self.filter.textChanged.connect(lambda _: self._show())
        self.list = MemoList(place.shelf)
        self.list.activated.connect(lambda _: self.go())
        self.list.selectionModel().currentChanged.connect(lambda *_: self._choose())
        self.list.installEventFilter(self)
        self.nothing = PlainLabel("", "quiet", wrap=True)
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.about = ElidedLabel("", "small")
        self.text = MemoField(self.desk, lines=3, most=9)
        self.text.setObjectName("code.memos.text")
        self.text.installEventFilter(self)
        self.jump = QPushButton(self.tr("Go there"))
        self.jump.setObjectName("code.memos.jump")
        self.jump.clicked.connect(lambda: self.go())
        self._build()
        self._fill_kinds()

    # --- what is shown -------------------------------------------------------------------------------------------

    def refresh(self, notice: Notice | None) -> None:
        """Read anew if a change may have touched what is written or what it is about."""
        if notice is None or notice.touches("memo", "focus_group", "participant"):
            self._read()
        elif notice.touches(*_SEEN_HERE):
            self._later.start()

    def enter(self, words: str) -> None:  # noqa: ARG002 - what is selected in the text is no memo
        """Take the keyboard."""
        if not self.list.enter():
            self.filter.setFocus()

    def show_memo(self, memo_id: str) -> None:
        """Choose one, whatever is filtered."""
        if self.list.memos.place_of(memo_id) < 0:
            self.filter.clear()
            self.kind.setCurrentIndex(0)
            self._show()
        self.list.setCurrentIndex(self.list.memos.index(self.list.memos.place_of(memo_id)))

    def restyle(self, tokens: Tokens) -> None:
        """Take over colours."""
        self.list.restyle(tokens)

    def commit_pending(self) -> None:
        """Commit what is typed."""
        self.text.commit_now()

    def _read(self) -> None:
        self._later.stop()
        if self.desk.study.is_open:
            with self.desk.read() as session:
                self._all = memo_texts(session)
            self._show()

    def _show(self) -> None:
        """Show what the filters leave; the chosen one, or what took its place, stays chosen."""
        rows = fitting(self._all, _KINDS.get(self.kind.value()), self.filter.text())
        if self.order.value() == READING:
            with self.desk.read() as session:
                rows = by_transcript(session, rows)
        self.list.show_rows(rows)
        for part in (self.list, self._side):
            part.setVisible(bool(rows) or (part is self._side and self.text.hasFocus()))
        self.nothing.setVisible(not rows)
        if not rows:
            self.nothing.setText(
                self.tr("Nothing written here fits the filter.")
                if self._all
                else self.tr(
                    "Nothing written yet. Memos on excerpts and codes are written beside the text, "
                    "notes while reading and field notes in Transcripts."
                )
            )
        self._choose()

    def _choose(self) -> None:
        """Show the chosen memo in the field, unless one is writing there."""
        row = self.text.at_hand(self.list.row(), self._all)
        self.text.show_memo(row)
        self.about.setText(self.list.memos.about(row) if row is not None else "")
        self.text.setReadOnly(self.desk.study.read_only)
        self.jump.setEnabled(row is not None)

    # --- what is done --------------------------------------------------------------------------------------------

    def go(self) -> None:
        """Go to what the chosen memo is about."""
        row = self.list.row()
        if row is None:
            return
        if row.about_kind in (About.NOTE, About.EXCERPT):
            self.place.show_source(row.source_id, row.about_id)
        elif row.about_kind == About.CODING:
            self._jump_to_coding(row)
        elif row.about_kind == About.CODE:
            self.place.show_code(row.about_id)
        elif row.about_kind == About.SOURCE:
            self.place.show_source(row.source_id)
        else:
            self.place.elsewhereWanted.emit(row.about_kind.value, row.about_id)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """E or F2 writes on, Delete empties; Esc in the field goes back to the list."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and not event.modifiers():
            key = event.key()
            if watched is self.list and self.list.row() is not None:
                if key in (Qt.Key.Key_E, Qt.Key.Key_F2):
                    self.text.setFocus()
                    return True
                if key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
                    self._delete()
                    return True
            if watched is self.text and key == Qt.Key.Key_Escape:
                (self.list if self.list.memos.rows else self.filter).setFocus()
                return True
        return super().eventFilter(watched, event)

    def _delete(self) -> None:
        row = self.list.row()
        if row is not None and not self.desk.study.read_only and put_memo(self.desk, row, "", None):
            self.desk.say(self.tr("Memo deleted."), with_undo=True)

    def _jump_to_coding(self, row: MemoRow) -> None:
        self.place.show_passage(row.source_id, row.start, row.end)
        found = (mark for marks in self.place.marks.values() for mark in marks if mark.coding_id == row.about_id)
        mark = next(found, None)
        if mark is not None:
            self.place.show_excerpt(mark.excerpt_id)
            self.place.show_code(mark.code_id)

    # --- parts ---------------------------------------------------------------------------------------------------

    def _fill_kinds(self) -> None:
        choices: list[tuple[str, Any] | None] = [
            (self.tr("Everything"), ""),
            (self.tr("Notes beside the text"), "note"),
            (self.tr("On excerpts and codings"), "excerpt"),
            (self.tr("On codes"), "code"),
            (self.tr("On themes"), "theme"),
            (self.tr("On transcripts"), "source"),
            (self.tr("Field notes: groups and people"), "field"),
        ]
        self.kind.fill(choices, "")

    def _build(self) -> None:
        for box in (self.kind, self.order):
            box.setMinimumContentsLength(12)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.kind, 4)
        head.addWidget(self.order, 3)
        head.addWidget(self.filter, 4)
        self._side = QWidget()
        side = QVBoxLayout(self._side)
        side.setContentsMargins(0, 0, 0, 0)
        side.setSpacing(8)
        side.addWidget(self.about)
        side.addWidget(self.text)
        side.addWidget(WordingHints(self.text, self.desk, self.text.text_key))
        foot = QHBoxLayout()
        foot.addWidget(self.jump)
        foot.addWidget(ElidedLabel(self.tr("Enter: go there  ·  E: write on  ·  Delete"), "small"), 1)
        side.addLayout(foot)
        side.addStretch(1)
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(self.list, 3)
        row.addWidget(self.nothing, 3)
        row.addWidget(self._side, 2)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 4, 16, 8)
        layout.setSpacing(8)
        layout.addLayout(head)
        layout.addLayout(row, 1)
