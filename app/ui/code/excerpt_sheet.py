"""The sheet of one excerpt: its words as they are shown, its codes, its memo."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from app.analysis.codes import CodeRow, CodingRow, codings_of_excerpts, memo_text
from app.analysis.memos import About, count_memos_on, noted_codings
from app.models.kinds import ExcerptLevel
from app.operations.codings import mark_unsure, remove_code
from app.operations.memos import write_memo
from app.ui.actions import as_menu_text
from app.ui.code.interaction_kinds import kind_shown
from app.ui.desk import Desk
from app.ui.journal.written_button import WrittenButton
from app.ui.quotes import QuoteShelf
from app.ui.reviews.mark import CommentButton
from app.ui.widgets.chips import Chips, CodeChip
from app.ui.widgets.fields import TextField
from app.ui.widgets.labels import PlainLabel, SectionLabel, as_plain
from app.ui.widgets.wording_hints import WordingHints


class ExcerptSheet(QWidget):
    """What an excerpt says, who says it, which codes it has."""

    codeOpened = Signal(str)
    kindWanted = Signal(str, QPoint)
    """An interaction excerpt of which one wants to say what people do in it, and where on the screen to ask."""
    addCodeWanted = Signal()

    def __init__(self, desk: Desk, shelf: QuoteShelf) -> None:
        super().__init__()
        self.setObjectName("excerptSheet")
        self._desk, self._shelf = desk, shelf
        self.excerpt_id: str | None = None
        self.codes: Mapping[str, CodeRow] = {}
        """All codes of the study; the workspace keeps them."""
        self._rows: list[CodingRow] = []
        self._seen: tuple[object, ...] = ()
        self.head = SectionLabel(self.tr("Excerpt"))
        self.quote = PlainLabel("", "quote", wrap=True)
        self.quote.setObjectName("excerptSheet.quote")
        self.where = PlainLabel("", "small", wrap=True)
        self.kind = QPushButton()
        self.kind.setObjectName("excerptSheet.kind")
        self.kind.setProperty("look", "chip")
        self.kind.clicked.connect(self._ask_kind)
        self.chips = Chips()
        self.add = QPushButton(self.tr("Add a code …"))
        self.add.setProperty("look", "link")
        self.add.clicked.connect(self.addCodeWanted)
        self.memo = TextField(
            self.tr("Memo on this excerpt"), self.tr("Memo on this excerpt …"), self._write_memo, lines=2, most=8
        )
        self.memo.setObjectName("excerptSheet.memo")
        self.coding_memo = TextField("", "", self._write_coding_memo, lines=2, most=6)
        self.coding_memo.setObjectName("excerptSheet.codingMemo")
        self.coding_memo.hide()
        self._coding_id = ""
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.head)
        layout.addWidget(self.kind, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addWidget(self.quote)
        layout.addWidget(self.where)
        layout.addWidget(self.chips)
        links = Chips()  # what does not fit beside the others stands below them
        self.comments = CommentButton(desk, "excerpt", "excerptSheet.comments")
        self.written = WrittenButton(desk, "excerpt", "excerptSheet.written")
        for link in (self.add, self.comments, self.written):
            links.flow.addWidget(link)
        layout.addWidget(links)
        layout.addWidget(self.coding_memo)
        layout.addWidget(WordingHints(self.coding_memo, desk, lambda: f"memo/coding/{self._coding_id}"))
        layout.addWidget(self.memo)
        layout.addWidget(WordingHints(self.memo, desk, lambda: f"memo/excerpt/{self.excerpt_id}"))

    def show_excerpt(self, excerpt_id: str | None) -> None:
        """Show an excerpt; one that is gone is none."""
        if excerpt_id != self.excerpt_id:
            self.commit_pending()
            self.coding_memo.hide()
            self._coding_id = ""
        with self._desk.read() as session:
            rows = codings_of_excerpts(session, frozenset({excerpt_id})) if excerpt_id else []
            memo = memo_text(session, "excerpt", excerpt_id) if excerpt_id and rows else ""
            memos = noted_codings(session, excerpt_id) if excerpt_id and rows else {}
        first = rows[0] if rows else None
        quote = self._shelf.quote(first.source_id, first.start, first.end) if first is not None else None
        seen = (
            excerpt_id,
            quote,
            tuple(rows),
            memo,
            tuple(memos.items()),
            self._desk.tokens,
            *(self.codes.get(r.code_id) for r in rows),
        )
        if seen == self._seen:
            return
        self._seen = seen
        self._rows = rows
        self.excerpt_id = excerpt_id if rows else None
        if first is None or quote is None:
            return
        self.comments.show_on(excerpt_id or "")
        self.written.show_on(excerpt_id or "")
        self.quote.setText(_shortened(quote.words or self.tr("(no consent to quote)")))
        self.where.setText(f"{quote.attribution} · {self._shelf.source_name(first.source_id)}".strip(" ·"))
        interaction = first.level == ExcerptLevel.INTERACTION
        self.head.head(self.tr("Interaction excerpt") if interaction else self.tr("Excerpt"))
        self._show_kind(first)
        self.chips.flow.clear()
        for row in rows:
            code = self.codes.get(row.code_id)
            if code is None:
                continue
            chip = CodeChip(
                code.id, code.name, code.sign, code.colour, self._desk.tokens, unsure=row.unsure,
                memo=memos.get(row.coding_id, ""),
            )  # fmt: skip
            chip.memoWanted.connect(self.write_on_coding)
            chip.opened.connect(self.codeOpened)
            chip.removed.connect(self._remove)
            chip.unsureToggled.connect(self._mark)
            self.chips.flow.addWidget(chip)
            chip.show()
        self.chips.updateGeometry()
        self.memo.show_text(memo)
        if self._coding_id not in {row.coding_id for row in rows}:  # taken off: there is nothing left to write on
            self._coding_id = ""
            self.coding_memo.hide()
        else:
            self.coding_memo.show_text(memos.get(self._coding_id, ""))

    def _show_kind(self, row: CodingRow) -> None:
        self.kind.setVisible(row.level == ExcerptLevel.INTERACTION)
        shown = kind_shown(row.interaction)
        self.kind.setText(as_menu_text(shown if len(shown) <= 30 else shown[:29] + "…") or self.tr("What people do …"))
        self.kind.setToolTip(as_plain(shown))
        said = self.tr("What people do here: {kind}").format(kind=shown) if shown else self.tr("What people do here")
        self.kind.setAccessibleName(said)

    def _ask_kind(self) -> None:
        if self.excerpt_id is not None:
            self.kindWanted.emit(self.excerpt_id, self.kind.mapToGlobal(self.kind.rect().bottomLeft()))

    def write_on_coding(self, code_id: str) -> None:
        """Open the one field for the memo on this coding."""
        self.coding_memo.commit_now()
        row = next((one for one in self._rows if one.code_id == code_id), None)
        if row is None:
            return
        self._coding_id = row.coding_id
        with self._desk.read() as session:
            text = memo_text(session, "coding", row.coding_id)
        name = self.codes[code_id].name if code_id in self.codes else ""
        self.coding_memo.setPlaceholderText(self.tr("Memo on “{name}” here …").format(name=name))
        self.coding_memo.setAccessibleName(self.tr("Memo on {name} in this excerpt").format(name=name))
        self.coding_memo.show_text(text, anew=True)
        self.coding_memo.show()
        self.coding_memo.setFocus()

    def commit_pending(self) -> None:
        """Commit the memos."""
        self.memo.commit_now()
        self.coding_memo.commit_now()

    def restyle(self) -> None:
        """Draw the chips anew in other colours."""
        self.show_excerpt(self.excerpt_id)

    def _write_memo(self, text: str, seq: int | None) -> int | None:
        if self.excerpt_id is None:
            return None
        return self._desk.commit_field(seq, write_memo, "excerpt", self.excerpt_id, text)

    def _write_coding_memo(self, text: str, seq: int | None) -> int | None:
        if not self._coding_id:
            return None
        return self._desk.commit_field(seq, write_memo, "coding", self._coding_id, text)

    def _remove(self, code_id: str) -> None:
        self.coding_memo.commit_now()
        coding_id = next((row.coding_id for row in self._rows if row.code_id == code_id), "")
        with self._desk.read() as session:
            memos = count_memos_on(session, About.CODING, coding_id)
        if self.excerpt_id is not None and self._desk.run(remove_code, self.excerpt_id, code_id):
            said = self.tr("Code removed with the memo on it; the excerpt stays.") if memos else ""
            self._desk.say(said or self.tr("Code removed; the excerpt stays."), with_undo=True)

    def _mark(self, code_id: str, unsure: bool) -> None:
        coding_id = next((row.coding_id for row in self._rows if row.code_id == code_id), "")
        if coding_id:
            self._desk.run(mark_unsure, coding_id, unsure)


def _shortened(words: str, most: int = 600) -> str:
    return words if len(words) <= most else words[:most].rstrip() + " …"
