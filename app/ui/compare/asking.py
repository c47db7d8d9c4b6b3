"""Putting a question together: codes as chips, how they are combined, and who says it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, QSize, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from app.analysis.code_search import CodeHit, find_codes
from app.analysis.retrieval import Choices, Combine, Question
from app.ui.code.quick_code import QuickCode
from app.ui.style.icons import sign_icon
from app.ui.widgets.chips import Chips
from app.ui.widgets.labels import PlainLabel
from app.ui.wording import counted

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from app.analysis.codes import CodeRow
    from app.ui.style.tokens import Tokens


def choose_code(
    place: QWidget, codes: Sequence[CodeRow], tokens: Tokens, words: str, take: Callable[[str], object],
    make: Callable[[str], object] | None = None,
) -> None:  # fmt: skip
    """Ask for a code with the finder of quick coding, beneath a widget; `make` takes the name of a new one."""

    def find(typed: str) -> list[CodeHit]:
        return find_codes(codes, typed, {})

    box = QuickCode(find, place)
    box.field.setPlaceholderText(words)
    box.field.setAccessibleName(words)
    box.codeWanted.connect(lambda code_id, _: take(code_id))
    if make is not None:
        box.newWanted.connect(lambda name, _: make(name))
    box.closed.connect(lambda _: box.deleteLater())
    box.open_at(QRect(place.mapToGlobal(QPoint(0, 0)), QSize(place.width(), place.height())), "", tokens)


class CodeChoice(QWidget):
    """Some codes, each a chip that goes when it is pressed, and a button for one more."""

    changed = Signal()

    def __init__(self, words: str, add: str) -> None:
        super().__init__()
        self.codes: Mapping[str, CodeRow] = {}
        self.chosen: list[str] = []
        self.tokens: Tokens | None = None
        self._words = words
        self.chips = Chips()
        self.add = QPushButton(add)
        self.add.setProperty("look", "link")
        self.add.setAccessibleName(f"{words}: {add}")
        self.add.clicked.connect(self._ask)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(PlainLabel(words, "strong"))
        row.addWidget(self.add)
        row.addWidget(self.chips, 1)

    def show_codes(self, codes: Mapping[str, CodeRow], tokens: Tokens) -> None:
        """Take over what the codes are called now."""
        self.codes, self.tokens = codes, tokens
        self.chosen = [one for one in self.chosen if one in codes]
        self.chips.flow.clear()
        for code_id in self.chosen:
            code = codes[code_id]
            chip = QPushButton(sign_icon(code.sign, code.colour, 16), code.name.replace("&", "&&"))
            chip.setProperty("look", "chip")
            chip.setAccessibleName(self.tr("{name}: leave out of the question").format(name=code.path))
            chip.setToolTip(self.tr("Press to leave it out"))
            chip.clicked.connect(lambda _, code_id=code_id: self._leave_out(code_id))
            self.chips.flow.addWidget(chip)
            chip.show()
        self.chips.updateGeometry()

    def choose(self, code_ids: list[str]) -> None:
        """Ask for these."""
        self.chosen = list(dict.fromkeys(code_ids))
        if self.tokens is not None:
            self.show_codes(self.codes, self.tokens)

    def _ask(self) -> None:
        if self.tokens is not None:
            others = [code for code in self.codes.values() if code.id not in self.chosen]
            choose_code(self.add, others, self.tokens, self._words, self._take)

    def _take(self, code_id: str) -> None:
        self.choose([*self.chosen, code_id])
        self.changed.emit()

    def _leave_out(self, code_id: str) -> None:
        self.choose([one for one in self.chosen if one != code_id])
        self.changed.emit()


class QuestionBar(QWidget):
    """The whole question; `changed` after each choice."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("compare.question")
        self._filling = False
        self.with_codes = CodeChoice(self.tr("Coded"), self.tr("Add a code …"))
        self.without = CodeChoice(self.tr("and not"), self.tr("Add a code …"))
        self.combine, self.turns = QComboBox(), QSpinBox()
        self.beneath, self.unsure = QCheckBox(self.tr("with codes beneath")), QCheckBox(self.tr("only unsure"))
        self.group, self.role, self.person, self.attribute = QComboBox(), QComboBox(), QComboBox(), QComboBox()
        worded = {
            Combine.ANY: self.tr("any of them"), Combine.ALL: self.tr("all of them on one excerpt"),
            Combine.OVERLAPPING: self.tr("overlapping each other"),
            Combine.FOLLOWED: self.tr("the first followed by the second"),
        }  # fmt: skip
        for combine, text in worded.items():
            self.combine.addItem(text, combine.value)
        self.turns.setRange(1, 50)
        self.turns.setValue(3)
        self.turns.setPrefix(self.tr("within "))
        self.turns.setSuffix(self.tr(" turns"))
        names = {
            "combine": (self.combine, self.tr("How the codes are combined")),
            "turns": (self.turns, self.tr("How many turns later at most")),
            "group": (self.group, self.tr("Said in the group")), "role": (self.role, self.tr("Said by the role")),
            "person": (self.person, self.tr("Said by the participant")),
            "attribute": (self.attribute, self.tr("Said by people with the attribute")),
        }  # fmt: skip
        for name, (part, said) in names.items():
            part.setObjectName(f"compare.{name}")
            part.setAccessibleName(said)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(8)
        column.addWidget(self.with_codes)
        column.addWidget(self.without)
        how = QHBoxLayout()
        for part in (self.combine, self.turns, self.beneath, self.unsure):
            how.addWidget(part)
        how.addStretch(1)
        column.addLayout(how)
        who = QHBoxLayout()
        for part in (self.group, self.role, self.person, self.attribute):
            part.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            part.setMinimumContentsLength(11)
            who.addWidget(part)
        who.addStretch(1)
        column.addLayout(who)
        for part in (self.with_codes, self.without):
            part.changed.connect(self._say)
        for part in (self.combine, self.group, self.role, self.person, self.attribute):
            part.activated.connect(self._say)
        self.turns.valueChanged.connect(self._say)
        for part in (self.beneath, self.unsure):
            part.toggled.connect(self._say)

    def show_choices(self, found: Choices, codes: Mapping[str, CodeRow], tokens: Tokens) -> None:
        """Take over what there is to ask by; what was chosen stays chosen while it is there."""
        self._filling = True
        for part in (self.with_codes, self.without):
            part.show_codes(codes, tokens)
        _fill(self.group, self.tr("Any group"), [(name, key) for key, name in found.groups])
        _fill(self.role, self.tr("Any role"), [(role, role) for role in found.roles])
        _fill(self.person, self.tr("Anybody"), [(name, key) for key, name in found.participants])
        _fill(self.attribute, self.tr("Any attribute"), [(f"{one}: {value}", f"{one}\n{value}")
                                                        for one, value in found.attributes])  # fmt: skip
        self._filling = False
        self._show_parts()

    def question(self) -> Question:
        """What is asked."""
        attribute = str(self.attribute.currentData() or "")
        return Question(
            codes=tuple(self.with_codes.chosen), combine=Combine(str(self.combine.currentData())),
            without=tuple(self.without.chosen), beneath=self.beneath.isChecked(), turns=self.turns.value(),
            group_id=str(self.group.currentData() or ""), participant_id=str(self.person.currentData() or ""),
            role=str(self.role.currentData() or ""),
            attribute=(attribute.split("\n")[0], attribute.split("\n")[1]) if attribute else None,
            unsure=self.unsure.isChecked(),
        )  # fmt: skip

    def in_words(self) -> str:
        """The question as a sentence."""
        codes = self.with_codes.codes
        names = [f"“{codes[one].name}”" for one in self.with_codes.chosen]
        joined = {
            Combine.ANY: self.tr(" or "),
            Combine.ALL: self.tr(" and "),
            Combine.OVERLAPPING: self.tr(" overlapping "),
            Combine.FOLLOWED: self.tr(" followed by "),
        }
        asked = self.question()
        said = (
            self.tr("Excerpts coded {codes}").format(codes=joined[asked.combine].join(names))
            if names
            else self.tr("All coded excerpts")
        )
        if asked.combine == Combine.FOLLOWED and len(names) > 1:
            said += counted(asked.turns, self.tr(" within 1 turn"), self.tr(" within {n} turns"))
        if asked.without:
            said += self.tr(" and not {codes}").format(
                codes=self.tr(" or ").join(f"“{codes[one].name}”" for one in asked.without)
            )
        if asked.unsure:
            said += self.tr(", unsure")
        by = [box.currentText() for box in (self.role, self.person, self.attribute) if box.currentData()]
        if by:
            said += self.tr(", said by {who}").format(who=", ".join(by))
        if asked.group_id:
            said += self.tr(", in {group}").format(group=self.group.currentText())
        return said + "."

    def _say(self) -> None:
        if not self._filling:
            self._show_parts()
            self.changed.emit()

    def _show_parts(self) -> None:
        several = len(self.with_codes.chosen) > 1
        self.combine.setVisible(several)
        self.turns.setVisible(several and self.combine.currentData() == Combine.FOLLOWED.value)


def _fill(box: QComboBox, first: str, items: list[tuple[str, str]]) -> None:
    held = box.currentData()
    box.clear()
    box.addItem(first, "")
    for text, data in items:
        box.addItem(text, data)
    box.setCurrentIndex(max(0, box.findData(held)))
