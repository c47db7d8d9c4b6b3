"""The memos of the study in one list: by what they are about, filtered as one types, edited in place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from app.analysis.memos import About, MemoRow, memo_texts
from app.operations.memos import write_memo
from app.operations.people import edit_group, edit_participant
from app.ui.code.drawer import DrawerPage
from app.ui.widgets.fields import TextField
from app.ui.widgets.labels import PlainLabel
from app.ui.wording import short_day

if TYPE_CHECKING:
    from app.study import Notice
    from app.ui.code.workspace import CodeWorkspace

_READ = ("memo", "focus_group", "excerpt", "coding", "code", "theme", "source", "participant")


class MemosPage(DrawerPage):
    """Everything written at the left, the one at hand at the right."""

    def __init__(self, place: CodeWorkspace) -> None:
        super().__init__(place)
        self.setObjectName("code.memos")
        self._rows: list[MemoRow] = []
        self._shown: list[MemoRow] = []
        self._at_hand: MemoRow | None = None
        self._words = {
            About.NOTE: self.tr("Beside the text"), About.EXCERPT: self.tr("On an excerpt"),
            About.CODING: self.tr("On a coding"), About.CODE: self.tr("On a code"),
            About.THEME: self.tr("On a theme"), About.SOURCE: self.tr("On a transcript"),
            About.GROUP: self.tr("On a group"), About.PARTICIPANT: self.tr("On a participant"),
        }  # fmt: skip
        self.kind = QComboBox()
        self.kind.setObjectName("memos.kind")
        self.kind.setAccessibleName(self.tr("What the memos are about"))
        self.kind.addItem(self.tr("On anything"), "")
        for about, words in self._words.items():
            self.kind.addItem(words, about.value)
        self.filter = QLineEdit()
        self.filter.setObjectName("memos.filter")
        self.filter.setPlaceholderText(self.tr("Filter memos …"))
        self.filter.setAccessibleName(self.tr("Filter memos"))
        self.filter.setClearButtonEnabled(True)
        self.list = QListWidget()
        self.list.setObjectName("memos.list")
        self.list.setAccessibleName(self.tr("Memos"))
        self.list.setWordWrap(True)
        self.nothing = PlainLabel(
            self.tr("No memo yet. Write one on an excerpt or a code in the inspector."), "quiet", wrap=True
        )
        self.about = PlainLabel("", "strong", wrap=True)
        self.about.setObjectName("memos.about")
        self.text = TextField(self.tr("The memo"), self.tr("The memo …"), self._commit, lines=4, most=12)
        self.text.setObjectName("memos.text")
        self.jump = QPushButton(self.tr("Go to what it is about"))
        self.jump.setObjectName("memos.jump")
        self.jump.clicked.connect(self.go)
        head = QHBoxLayout()
        head.addWidget(self.kind)
        head.addWidget(self.filter, 1)
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(head)
        column.addWidget(self.nothing)
        column.addWidget(self.list, 1)
        right = QWidget()
        beside = QVBoxLayout(right)
        beside.setContentsMargins(8, 0, 0, 0)
        beside.addWidget(self.about)
        beside.addWidget(self.text, 1)
        beside.addWidget(self.jump, 0, Qt.AlignmentFlag.AlignLeft)
        beside.addStretch(1)
        sides = QSplitter(Qt.Orientation.Horizontal)
        sides.addWidget(left)
        sides.addWidget(right)
        sides.setSizes([420, 400])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 4, 16, 8)
        layout.addWidget(sides)
        self.kind.activated.connect(self._show)
        self.filter.textChanged.connect(self._show)
        self.list.currentRowChanged.connect(self._on_row)
        self.list.itemActivated.connect(lambda _: self.go())

    def refresh(self, notice: Notice | None) -> None:
        """Draw what the study says now."""
        if notice is not None and not notice.touches(*_READ):
            return
        with self.desk.read() as session:
            self._rows = memo_texts(session)
        self._show()

    def enter(self, words: str) -> None:  # noqa: ARG002 - a filter that one did not type would hide memos
        """The filter takes the keyboard."""
        self.filter.setFocus()

    def commit_pending(self) -> None:
        """Commit the memo at hand."""
        self.text.commit_now()

    def go(self) -> None:
        """Lead to what the memo is about."""
        row = self._at_hand
        if row is None:
            return
        self.commit_pending()
        if row.about_kind in (About.NOTE, About.EXCERPT, About.CODING) and row.source_id:
            self.place.show_passage(row.source_id, row.start, row.end)
        elif row.about_kind == About.CODE:
            self.place.show_code(row.about_id)
        elif row.about_kind == About.SOURCE:
            self.place.show_source(row.about_id)
        else:
            self.desk.say(self.tr("This memo is about {what}.").format(what=row.about_name))

    def _show(self) -> None:
        wanted, words = str(self.kind.currentData() or ""), self.filter.text().casefold().split()
        self._shown = [
            row
            for row in self._rows
            if wanted in ("", row.about_kind.value)
            and all(word in f"{row.text} {row.about_name} {row.who}".casefold() for word in words)
        ]
        at_hand = _key(self._at_hand)
        self.list.blockSignals(True)
        self.list.clear()
        current = -1
        for number, row in enumerate(self._shown):
            about = " · ".join(part for part in (self._words[row.about_kind], row.about_name) if part)
            made = " · ".join(part for part in (row.who, short_day(row.at) if row.at else "") if part)
            flat = " ".join(row.text.split())
            shown = flat if len(flat) <= 160 else flat[:159] + "…"
            self.list.addItem(QListWidgetItem("\n".join(part for part in (shown, about, made) if part)))
            if _key(row) == at_hand:
                current = number
        self.list.setCurrentRow(current if current >= 0 else (0 if self._shown else -1))
        self.list.blockSignals(False)
        self.nothing.setVisible(not self._rows)
        self._on_row(self.list.currentRow())

    def _on_row(self, number: int) -> None:
        row = self._shown[number] if 0 <= number < len(self._shown) else None
        other = _key(row) != _key(self._at_hand)
        if other and self._at_hand is not None:
            self.text.commit_now()
        self._at_hand = row
        for part in (self.about, self.text, self.jump):
            part.setVisible(row is not None)
        if row is not None:
            self.about.setText(f"{self._words[row.about_kind]}: {row.about_name}")
            self.text.show_text(row.text, anew=other)

    def _commit(self, text: str, seq: int | None) -> int | None:
        row = self._at_hand
        if row is None:
            return None
        if row.is_field_note and row.about_kind == About.GROUP:
            return self.desk.commit_field(seq, edit_group, row.about_id, field_note=text)
        if row.is_field_note:
            return self.desk.commit_field(seq, edit_participant, row.about_id, note=text)
        subject = "excerpt" if row.about_kind == About.NOTE else row.about_kind.value
        return self.desk.commit_field(seq, write_memo, subject, row.about_id, text, row.kind)


def _key(row: MemoRow | None) -> str | None:
    return None if row is None else row.id
