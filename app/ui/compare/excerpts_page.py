"""Retrieval: ask for excerpts by codes and by who says them, read them with what stands around, recode them here."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtWidgets import QHBoxLayout, QListView, QPushButton, QScrollArea, QSplitter, QVBoxLayout, QWidget

from app.analysis.codes import CodeRow, CodingRow, code_rows
from app.analysis.retrieval import Combine, around, choices, codes_on, retrieve
from app.models.kinds import CodeStatus
from app.ui.code.excerpt_list import ROW_ROLE, ExcerptList
from app.ui.compare.asking import QuestionBar, choose_code
from app.ui.compare.page import ComparePage
from app.ui.compare.recoding import add_code, add_new, put_instead, take_off
from app.ui.widgets.labels import PlainLabel, SectionLabel

if TYPE_CHECKING:
    from app.study import Notice
    from app.ui.desk import Desk
    from app.ui.quotes import QuoteShelf
    from app.ui.style.tokens import Tokens

_READ = (
    "code",
    "coding",
    "excerpt",
    "turn",
    "speaker",
    "participant",
    "participant_attribute",
    "focus_group",
    "source",
)


class ExcerptsPage(ComparePage):
    """The question above, the excerpts at the left, one of them with its context at the right."""

    def __init__(self, desk: Desk, shelf: QuoteShelf) -> None:
        super().__init__(desk, shelf)
        self.setObjectName("compare.excerpts")
        self.codes: dict[str, CodeRow] = {}
        self.bar = QuestionBar()
        self.sentence = PlainLabel("", "strong", wrap=True)
        self.nothing = PlainLabel(self.tr("No excerpt answers this."), "quiet", wrap=True)
        self.list = ExcerptList(shelf, self.tr("Excerpts found"), jump_on_click=False)
        self.list.setObjectName("compare.found")
        self.list.setSelectionMode(QListView.SelectionMode.ExtendedSelection)
        self.question = PlainLabel("", "quiet", wrap=True)
        self.question.setObjectName("compare.around.question")
        self.turns = PlainLabel("", "quote", wrap=True)
        self.turns.setObjectName("compare.around.turns")
        self.held = PlainLabel("", "", wrap=True)
        self.jump, self.add = QPushButton(self.tr("Show in transcript")), QPushButton(self.tr("Add a code …"))
        self.off, self.instead = QPushButton(self.tr("Remove code …")), QPushButton(self.tr("Another code instead …"))
        self.copy = QPushButton(self.tr("Copy quote"))
        for name, button in (("jump", self.jump), ("add", self.add), ("off", self.off), ("instead", self.instead),
                             ("copy", self.copy)):  # fmt: skip
            button.setObjectName(f"compare.{name}Button")
        self._lay_out()
        self._restore()
        self._connect()

    def refresh(self, notice: Notice | None) -> None:
        """Ask again; what is chosen stays chosen."""
        if notice is not None and not notice.touches(*_READ):
            return
        with self.desk.read() as session:
            self.codes = {row.id: row for row in code_rows(session)}
            found = choices(session)
        self.bar.show_choices(found, self.codes, self.desk.tokens)
        self._ask()

    def ask_for(self, code_ids: list[str]) -> None:
        """Show the excerpts of these codes."""
        self.bar.with_codes.choose(code_ids)
        self.refresh(None)

    def rows(self) -> list[CodingRow]:
        """What was found."""
        model = self.list.model()
        return [model.index(n, 0).data(ROW_ROLE) for n in range(model.rowCount())]

    def chosen(self) -> list[CodingRow]:
        """The rows chosen."""
        return [index.data(ROW_ROLE) for index in self.list.selectedIndexes()]

    def looking_at(self) -> list[tuple[str, str]]:
        """The passages chosen, and their codes."""
        rows = self.chosen()[:2]
        excerpts, codes = (("excerpt", row.excerpt_id) for row in rows), (("code", row.code_id) for row in rows)
        return list(dict.fromkeys(one for one in (*excerpts, *codes) if one[1]))

    def enter(self) -> None:
        """The list takes the keyboard."""
        self.list.setFocus()

    def restyle(self, tokens: Tokens) -> None:
        """Take over colours."""
        self.list.restyle(tokens)

    def _ask(self) -> None:
        before = [row.excerpt_id for row in self.chosen()]
        with self.desk.read() as session:
            rows = retrieve(session, self.bar.question())
        self.sentence.setText(self.bar.in_words())
        self.list.show_rows(rows)
        self.nothing.setVisible(not rows)
        flags = QItemSelectionModel.SelectionFlag
        for place, row in enumerate(rows):
            if row.excerpt_id in before:
                self.list.selectionModel().select(self.list.model().index(place, 0), flags.Select)
        if rows and not self.chosen():
            self.list.setCurrentIndex(self.list.model().index(0, 0))
        self._show_around()
        question = {**asdict(self.bar.question()), "combine": self.bar.question().combine.value}
        self.desk.settings.remember_place(self.desk.study.key, "compare/question", json.dumps(question))

    def _restore(self) -> None:
        """The question asked last in this study."""
        try:
            held: dict[str, Any] = json.loads(
                str(self.desk.settings.place(self.desk.study.key, "compare/question", "{}"))
            )
            self.bar.with_codes.choose([str(one) for one in held.get("codes", [])])
            self.bar.without.choose([str(one) for one in held.get("without", [])])
            self.bar.combine.setCurrentIndex(max(0, self.bar.combine.findData(held.get("combine", Combine.ANY.value))))
            self.bar.turns.setValue(int(held.get("turns", 3)))
            self.bar.beneath.setChecked(bool(held.get("beneath")))
            self.bar.unsure.setChecked(bool(held.get("unsure")))
        except (ValueError, TypeError, AttributeError):
            return  # settings that somebody edited: an empty question is asked

    def _show_around(self) -> None:
        rows = self.chosen()
        one = rows[0] if len(rows) == 1 else None
        for part in (self.question, self.turns, self.held):
            part.setVisible(one is not None)
        for button in (self.jump, self.copy):
            button.setEnabled(one is not None)
        for button in (self.add, self.off, self.instead):
            button.setEnabled(bool(rows) and not self.desk.study.read_only)
        self.several.setText(self.tr("{n} excerpts chosen").format(n=len(rows)) if len(rows) > 1 else "")
        self.several.setVisible(len(rows) > 1)
        if one is None:
            return
        script = self.shelf.transcript(one.source_id)
        if script is None:
            return
        found = around(script, one.start, one.end)
        asked = found.question
        self.question.setText(
            self.tr("Before it, the moderator: {words}").format(words=_flat(script.text[asked.start : asked.end]))
            if asked is not None
            else ""
        )
        said = []
        for turn in found.turns:
            first, last = max(turn.start, one.start), min(turn.end, one.end)
            words = script.text
            marked = f"{words[turn.start : first]}⟦{words[first:last]}⟧{words[last : turn.end]}"
            said.append(f"{turn.speaker or self.tr('Unknown speaker')}: {_flat(marked)}")
        self.turns.setText("\n\n".join(said))
        with self.desk.read() as session:
            held = codes_on(session, one.excerpt_id)
        names = [
            self.codes[row.code_id].name + (" ?" if row.unsure else "") for row in held if row.code_id in self.codes
        ]
        self.held.setText(self.tr("Codes: {names}").format(names=", ".join(names)))

    def _add(self) -> None:
        ids = [row.excerpt_id for row in self.chosen()]
        choose_code(self.add, self._active(), self.desk.tokens, self.tr("Add a code …"),
                    lambda code_id: add_code(self.desk, ids, code_id, self.codes[code_id].name),
                    lambda name: add_new(self.desk, ids, name))  # fmt: skip

    def _take_off(self) -> None:
        ids = [row.excerpt_id for row in self.chosen()]
        choose_code(self.off, self._held(), self.desk.tokens, self.tr("Remove code …"),
                    lambda code_id: take_off(self.desk, ids, code_id, self.codes[code_id].name))  # fmt: skip

    def _instead(self) -> None:
        ids = [row.excerpt_id for row in self.chosen()]

        def then(old_id: str) -> None:
            others = [code for code in self._active() if code.id != old_id]

            def take(new_id: str) -> None:
                put_instead(self.desk, ids, old_id, new_id, self.codes[new_id].name)

            choose_code(self.instead, others, self.desk.tokens, self.tr("Which code instead?"), take)

        asked = self.bar.with_codes.chosen
        if len(asked) == 1:
            then(asked[0])
        else:
            choose_code(self.instead, self._held(), self.desk.tokens, self.tr("Instead of which code?"), then)

    def _active(self) -> list[CodeRow]:
        return [code for code in self.codes.values() if code.status == CodeStatus.ACTIVE]

    def _held(self) -> list[CodeRow]:
        """The codes that any of the excerpts chosen has."""
        with self.desk.read() as session:
            ids = {row.code_id for one in self.chosen() for row in codes_on(session, one.excerpt_id)}
        return [code for code_id, code in self.codes.items() if code_id in ids]

    def _jump(self) -> None:
        rows = self.chosen()
        if rows:
            self.excerptWanted.emit(rows[0].source_id, rows[0].excerpt_id)

    def _copy(self) -> None:
        from PySide6.QtGui import QGuiApplication

        for row in self.chosen()[:1]:
            shown = self.shelf.cite(row.source_id, row.start, row.end)
            if shown.withheld:
                self.desk.say(self.tr("Not copied: this person gave no consent to be quoted."))
                return
            QGuiApplication.clipboard().setText(shown.cited)
            self.desk.say(self.tr("Copied with attribution: {who}").format(who=shown.attribution or "–"))

    def _lay_out(self) -> None:
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(16, 0, 8, 12)
        column.addWidget(self.sentence)
        column.addWidget(self.nothing)
        column.addWidget(self.list, 1)
        inside = QWidget()
        inside.setProperty("look", "panel")
        context = QVBoxLayout(inside)
        context.setContentsMargins(16, 12, 16, 12)
        context.setSpacing(12)
        self.several = PlainLabel("", "strong")
        context.addWidget(SectionLabel(self.tr("In its place")))
        for part in (self.several, self.question, self.turns, self.held):
            context.addWidget(part)
        for pair in ((self.jump, self.copy), (self.add, self.off), (self.instead,)):
            row = QHBoxLayout()
            for button in pair:
                row.addWidget(button)
            row.addStretch(1)
            context.addLayout(row)
        context.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(inside)
        sides = QSplitter(Qt.Orientation.Horizontal)
        sides.addWidget(left)
        sides.addWidget(scroll)
        sides.setSizes([560, 520])
        sides.setChildrenCollapsible(False)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.bar)
        layout.addWidget(sides, 1)

    def _connect(self) -> None:
        self.bar.changed.connect(self._ask)
        self.list.selectionModel().selectionChanged.connect(lambda *_: self._show_around())
        self.list.excerptWanted.connect(self.excerptWanted)
        self.jump.clicked.connect(self._jump)
        self.copy.clicked.connect(self._copy)
        self.add.clicked.connect(self._add)
        self.off.clicked.connect(self._take_off)
        self.instead.clicked.connect(self._instead)


def _flat(words: str) -> str:
    return " ".join(words.split())
