"""The page "Everything written": memos, notes, field notes, journal entries and comments in one list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget
from sqlalchemy import select

from app.analysis.journal import things
from app.analysis.memos import About, MemoRow, by_transcript
from app.analysis.reviews import threads
from app.analysis.written import written_texts
from app.models import Coding
from app.operations.journal import entry_from_memo
from app.ui.actions import as_menu_text
from app.ui.code.memo_list import MemoList
from app.ui.journal.page import JournalPage
from app.ui.journal.prose_view import MEASURE, ProseView
from app.ui.journal.wording import thing_said
from app.ui.memo_writing import MemoField, fitting
from app.ui.quotes import QuoteShelf
from app.ui.transcripts.choice_box import ChoiceBox
from app.ui.widgets.buttons import Button
from app.ui.widgets.labels import PlainLabel, as_plain
from app.ui.widgets.scrolling import scrolling
from app.ui.widgets.wording_hints import WordingHints

if TYPE_CHECKING:
    from app.study import Notice
    from app.ui.desk import Desk
    from app.ui.style.tokens import Tokens

SEEN_HERE = ("memo", "excerpt", "coding", "code", "theme", "source", "focus_group", "participant", "turn", "speaker",
             "journal_entry", "journal_link", "review_comment", "map_version")  # fmt: skip
NEWEST, READING = "newest", "reading"
LATER_MS = 150
_KINDS = {
    "entry": {About.ENTRY},
    "memo": {About.EXCERPT, About.CODING, About.CODE, About.THEME, About.SOURCE},
    "note": {About.NOTE},
    "field": {About.GROUP, About.PARTICIPANT},
    "comment": {About.COMMENT},
}
"""{choice: what it leaves in the list}."""


class WrittenPage(JournalPage):
    """Filters over the list, and beside it what is chosen: a memo is written on there, the rest is read."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.setObjectName("journal.written")
        self.setProperty("look", "panel")
        self._all: list[MemoRow] = []
        self._about: tuple[str, str] | None = None
        """The thing about which everything is shown, if it is one."""
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(LATER_MS)
        self._later.timeout.connect(lambda: self._read() if self.isVisible() else None)
        self.kind = ChoiceBox(self.tr("What is shown"))
        self.kind.setObjectName("written.kind")
        self.kind.picked.connect(lambda _: self._show())
        self.order = ChoiceBox(self.tr("Order of what is written"))
        self.order.setObjectName("written.order")
        self.order.picked.connect(lambda _: self._show())
        self.search = QLineEdit()
        self.search.setObjectName("written.search")
        self.search.setPlaceholderText(self.tr("Search everything written …"))
        self.search.setAccessibleName(self.tr("Search everything written"))
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(lambda _: self._show())
        self.thing = QPushButton()
        self.thing.setObjectName("written.thing")
        self.thing.setProperty("look", "chip")
        self.thing.clicked.connect(lambda: self.show_about(None))
        self.list = MemoList(QuoteShelf(desk))
        self.list.setObjectName("written.list")
        self.list.setAccessibleName(self.tr("Everything written"))
        self.list.activated.connect(lambda _: self.go())
        self.list.selectionModel().currentChanged.connect(lambda *_: self._choose())
        self.nothing = PlainLabel("", "quiet", wrap=True)
        self.nothing.setObjectName("written.nothing")
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.about = PlainLabel("", "small", wrap=True)
        self.text = MemoField(desk, lines=4, most=24)
        self.text.setObjectName("written.text")
        self.words = ProseView(self.tr("What is written"))
        self.words.setObjectName("written.words")
        self.jump = Button("written.go", self.tr("Go there"), self.go)
        self.turn = Button("written.turn", self.tr("Turn into a journal entry"), self.turn_into_entry)
        self.turn.setToolTip(self.tr("It keeps its day and leads to the same thing; the memo goes"))
        self._build()

    # --- what is shown -------------------------------------------------------------------------------------------

    def refresh(self, notice: Notice | None) -> None:
        """Read anew if a change may have touched what is written or what it is about."""
        if notice is None or notice.touches("memo", "journal_entry", "journal_link", "review_comment"):
            self._read()
        elif notice.touches(*SEEN_HERE):
            self._later.start()

    def enter(self) -> None:
        """Take the keyboard."""
        if not self.list.enter():
            self.search.setFocus()

    def restyle(self, tokens: Tokens) -> None:
        """Take over colours."""
        self.list.restyle(tokens)
        self._choose()

    def commit_pending(self) -> None:
        """Commit what is typed."""
        self.text.commit_now()

    def looking_at(self) -> list[tuple[str, str]]:
        """What the chosen text is about."""
        row = self.list.row()
        where = self._place_of(row) if row is not None else None
        return [where] if where is not None and where[0] != "entry" else []

    def show_about(self, about: tuple[str, str] | None) -> None:
        """Show what was written about one thing, or everything."""
        self.commit_pending()
        self._about = about
        self.search.clear()
        self.kind.setCurrentIndex(0)
        self._read()

    def rows(self) -> list[MemoRow]:
        """What the filters leave."""
        return self.list.memos.rows

    def _read(self) -> None:
        self._later.stop()
        if not self.desk.study.is_open:
            return
        with self.desk.read() as session:
            named = things(session, [self._about]) if self._about is not None else []
            self._about = self._about if named else None
            self._all = written_texts(session, about=self._about)
        self.thing.setVisible(bool(named))
        if named:
            said = thing_said(named[0])
            self.thing.setText(as_menu_text(self.tr("About: {thing}  ×").format(thing=said)))
            self.thing.setToolTip(as_plain(self.tr("Show everything again")))
            self.thing.setAccessibleName(self.tr("Only about {thing}. Show everything again").format(thing=said))
        self._show()

    def _show(self) -> None:
        """Show what the filters leave; the chosen one, or what took its place, stays chosen."""
        rows = fitting(self._all, _KINDS.get(self.kind.value()), self.search.text())
        if self.order.value() == READING:
            with self.desk.read() as session:
                rows = by_transcript(session, rows)
        self.list.show_rows(rows)
        self.list.setVisible(bool(rows))
        self._side.setVisible(bool(rows) or self.text.hasFocus())
        self.nothing.setVisible(not rows)
        if not rows:
            self.nothing.setText(
                self.tr("Nothing written fits.")
                if self._all
                else self.tr(
                    "Nothing written yet. Ctrl+J writes in the journal; memos are written on excerpts, codes and "
                    "themes where one works on them, notes and field notes in Transcripts."
                )
            )
        self._choose()

    def _choose(self) -> None:
        """Show the chosen text, unless one is writing in another."""
        row = self.text.at_hand(self.list.row(), self._all)
        is_memo = row is not None and row.about_kind not in (About.ENTRY, About.COMMENT)
        self.text.setVisible(is_memo)
        self.words.setVisible(row is not None and not is_memo)
        self.text.show_memo(row if is_memo else None)
        self.words.show_prose(row.text if row is not None and not is_memo else "", self.desk.tokens)
        self.about.setText(self.list.memos.about(row) if row is not None else "")
        self.jump.setEnabled(row is not None)
        self.jump.setText(
            self.tr("Open in the journal")
            if row is not None and row.about_kind == About.ENTRY
            else self.tr("Open the comment")
            if row is not None and row.about_kind == About.COMMENT
            else self.tr("Go there")
        )
        writable = not self.desk.study.read_only
        self.text.setReadOnly(not writable)
        self.turn.setVisible(is_memo and row is not None and not row.is_field_note)
        self.turn.setEnabled(writable)

    # --- what is done --------------------------------------------------------------------------------------------

    def go(self) -> None:
        """Go to what the chosen text is about."""
        row = self.list.row()
        where = self._place_of(row) if row is not None else None
        if row is not None and row.about_kind == About.COMMENT:
            self.goWanted.emit("comment", row.id)
        elif where is not None:
            self.goWanted.emit(*where)

    def turn_into_entry(self) -> None:
        """Turn the chosen memo into an entry of the journal."""
        row = self.text.memo
        if row is None or row.is_field_note:
            return
        self.text.commit_now()
        if self.desk.run(entry_from_memo, row.id) is not None:
            self.desk.say(self.tr("The memo is an entry of the journal now."), with_undo=True)

    def _place_of(self, row: MemoRow) -> tuple[str, str] | None:
        if row.about_kind == About.ENTRY:
            return "entry", row.id
        if row.about_kind == About.COMMENT:
            with self.desk.read() as session:
                found = next((one for one in threads(session) if one.id == row.id), None)
            return (found.subject, found.subject_id) if found is not None else None
        if row.about_kind == About.NOTE:
            return "excerpt", row.about_id
        if row.about_kind == About.CODING:
            with self.desk.read() as session:
                excerpt_id = session.scalar(select(Coding.excerpt_id).where(Coding.id == row.about_id))
            return ("excerpt", excerpt_id) if excerpt_id else None
        return row.about_kind.value, row.about_id

    # --- parts ---------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        self.kind.fill(
            [
                (self.tr("Everything"), ""),
                (self.tr("Journal"), "entry"),
                (self.tr("Memos"), "memo"),
                (self.tr("Notes beside the text"), "note"),
                (self.tr("Field notes"), "field"),
                (self.tr("Comments"), "comment"),
            ],
            "",
        )
        self.order.fill([(self.tr("Newest first"), NEWEST), (self.tr("By transcript"), READING)], NEWEST)
        for box in (self.kind, self.order):
            box.setMinimumWidth(176)
            box.setMaximumWidth(220)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.search, 1)
        head.addWidget(self.kind)
        head.addWidget(self.order)
        self._side = QWidget()
        self._side.setProperty("look", "panel")
        side = QVBoxLayout(self._side)
        side.setContentsMargins(0, 4, 0, 0)
        side.setSpacing(8)
        for part in (self.about, self.text, WordingHints(self.text, self.desk, self.text.text_key), self.words):
            side.addWidget(part)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.jump)
        foot.addWidget(self.turn)
        foot.addStretch(1)
        side.addLayout(foot)
        side.addStretch(1)
        self._side.setMaximumWidth(MEASURE)
        row = QHBoxLayout()
        row.setSpacing(24)
        row.addWidget(self.list, 4)
        row.addWidget(self.nothing, 4)
        beside = scrolling(self._side)
        row.addWidget(beside, 5)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 16, 24, 8)
        layout.setSpacing(8)
        layout.addLayout(head)
        layout.addWidget(self.thing, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addLayout(row, 1)
