"""Two codes beside each other: what each means and holds, and what both hold."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSplitter, QVBoxLayout, QWidget

from app.analysis.codes import CodeRow, CodingRow, code_rows, codings_of_code
from app.ui.code.excerpt_list import ExcerptList
from app.ui.compare.asking import choose_code
from app.ui.compare.page import ComparePage
from app.ui.compare.recoding import add_code, put_instead
from app.ui.widgets.labels import PlainLabel

if TYPE_CHECKING:
    from app.study import Notice
    from app.ui.desk import Desk
    from app.ui.quotes import QuoteShelf
    from app.ui.style.tokens import Tokens

_READ = ("code", "coding", "excerpt", "turn", "speaker", "participant", "source")


class _Side(QWidget):
    """One of the two codes."""

    def __init__(self, page: SideBySidePage, number: int) -> None:
        super().__init__()
        self.choose = QPushButton()
        self.choose.setObjectName(f"compare.side{number}")
        self.definition = PlainLabel("", "quiet", wrap=True)
        self.list = ExcerptList(page.shelf, "", note=page.note, jump_on_click=False)
        self.list.setObjectName(f"compare.side{number}.excerpts")
        self.list.setSelectionMode(ExcerptList.SelectionMode.ExtendedSelection)
        self.also = QPushButton(page.tr("Code as the other one too"))
        self.over = QPushButton(page.tr("Give to the other one"))
        row = QHBoxLayout()
        row.addWidget(self.also)
        row.addWidget(self.over)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 8, 12)
        column.addWidget(self.choose, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.definition)
        column.addWidget(self.list, 1)
        column.addLayout(row)


class SideBySidePage(ComparePage):
    """Excerpts of two codes in reading order; those that both hold say so."""

    def __init__(self, desk: Desk, shelf: QuoteShelf) -> None:
        super().__init__(desk, shelf)
        self.setObjectName("compare.beside")
        self.codes: dict[str, CodeRow] = {}
        self._both: set[str] = set()
        self.ids = [str(desk.settings.place(desk.study.key, f"compare/side{number}", "")) for number in (0, 1)]
        self.sides = [_Side(self, number) for number in (0, 1)]
        self.shared = PlainLabel("", "strong", wrap=True)
        self.swap = QPushButton(self.tr("Swap"))
        self.swap.setObjectName("compare.swap")
        head = QHBoxLayout()
        head.setContentsMargins(16, 12, 16, 0)
        head.addWidget(self.shared, 1)
        head.addWidget(self.swap)
        split = QSplitter(Qt.Orientation.Horizontal)
        for side in self.sides:
            split.addWidget(side)
        split.setChildrenCollapsible(False)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(head)
        layout.addWidget(split, 1)
        self.swap.clicked.connect(lambda: self.compare(self.ids[1], self.ids[0]))
        for number, side in enumerate(self.sides):
            side.choose.clicked.connect(lambda _, number=number: self._choose(number))
            side.list.excerptWanted.connect(self.excerptWanted)
            side.also.clicked.connect(lambda _, number=number: self._recode(number, instead=False))
            side.over.clicked.connect(lambda _, number=number: self._recode(number, instead=True))

    def refresh(self, notice: Notice | None) -> None:
        """Draw what the study says now."""
        if notice is not None and not notice.touches(*_READ):
            return
        with self.desk.read() as session:
            self.codes = {row.id: row for row in code_rows(session)}
            self.ids = [one if one in self.codes else "" for one in self.ids]
            rows = [codings_of_code(session, one) if one else [] for one in self.ids]
        held = [{row.excerpt_id for row in side} for side in rows]
        self._both = held[0] & held[1]
        for code_id, side, found in zip(self.ids, self.sides, rows, strict=True):
            code = self.codes.get(code_id)
            side.choose.setText((code.name if code else self.tr("Choose a code …")).replace("&", "&&"))
            side.definition.setText(
                "\n".join(part for part in (code.brief, code.when_to_use, code.when_not_to_use) if part) if code else ""
            )
            side.list.setAccessibleName(self.tr("Excerpts of {name}").format(name=code.name if code else "–"))
            side.list.show_rows(found)
            for button in (side.also, side.over):
                button.setEnabled(all(self.ids) and not self.desk.study.read_only)
        self.shared.setText(self._said())

    def compare(self, one: str, other: str) -> None:
        """Put these two beside each other."""
        self.ids = [one, other]
        for number, code_id in enumerate(self.ids):
            self.desk.settings.remember_place(self.desk.study.key, f"compare/side{number}", code_id)
        self.refresh(None)

    def note(self, row: CodingRow) -> str:
        """What stands before the attribution of a row."""
        said = self.tr("in both") if row.excerpt_id in self._both else ""
        return " · ".join(part for part in (said, self.tr("unsure") if row.unsure else "") if part)

    def restyle(self, tokens: Tokens) -> None:
        """Take over colours."""
        for side in self.sides:
            side.list.restyle(tokens)

    def _said(self) -> str:
        if not all(self.ids):
            return self.tr("Choose two codes to read them beside each other.")
        names = [self.codes[one].name for one in self.ids]
        if not self._both:
            return self.tr("No excerpt has both “{one}” and “{other}”.").format(one=names[0], other=names[1])
        return self.tr("Some excerpts have both; they are marked “in both”.")

    def _choose(self, number: int) -> None:
        others = [code for code in self.codes.values() if code.id != self.ids[1 - number]]

        def take(code_id: str) -> None:
            ids = list(self.ids)
            ids[number] = code_id
            self.compare(*ids)

        choose_code(self.sides[number].choose, others, self.desk.tokens, self.tr("Choose a code …"), take)

    def _recode(self, number: int, *, instead: bool) -> None:
        from app.ui.code.excerpt_list import ROW_ROLE

        mine, other = self.ids[number], self.ids[1 - number]
        chosen = [index.data(ROW_ROLE).excerpt_id for index in self.sides[number].list.selectedIndexes()]
        if not chosen:
            self.desk.say(self.tr("Choose some excerpts first."))
        elif instead:
            put_instead(self.desk, chosen, mine, other, self.codes[other].name)
        else:
            add_code(self.desk, chosen, other, self.codes[other].name)
