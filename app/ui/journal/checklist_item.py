"""One item of a checklist: what the study holds on it, and beside it two free answers. Nothing is ticked."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from app.analysis.accounts.checklists import RESEARCHER, SUPERVISOR, Answered, Checklist, Item
from app.operations.checklists import answer
from app.ui.desk import Desk
from app.ui.widgets.fields import Commit, TextField
from app.ui.widgets.labels import PlainLabel, SectionLabel
from app.ui.widgets.wording_hints import WordingHints

BESIDE = 700
"""From this width on evidence and answers stand side by side."""


class ItemCard(QWidget):
    """Answers commit by themselves; the evidence is drawn anew when the study changes."""

    def __init__(self, desk: Desk, held: Checklist, item: Item) -> None:
        super().__init__()
        self.item = item
        self.setObjectName(f"reporting.{held.key}.{item.key}")
        self.setProperty("look", "card")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._desk, self._list = desk, held
        self.evidence = PlainLabel("", wrap=True)
        self.evidence.setObjectName(f"{self.objectName()}.evidence")
        self.evidence.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.answer = self._field(RESEARCHER, _tr("Your answer to {item}"), _tr("In your own words …"))
        self.remark = self._field(
            SUPERVISOR, _tr("Supervisor’s remark on {item}"), _tr("What a supervisor says to it …")
        )
        self.hints = [
            WordingHints(self.answer, desk, lambda: f"checklist/{held.key}/{item.key}"),
            WordingHints(self.remark, desk, lambda: f"checklist/{held.key}/{item.key}/supervisor"),
        ]
        self._build()

    def show_answers(self, given: Answered) -> None:
        """Show what the study says now."""
        lines = "\n".join(f"•  {line}" for line in given.evidence)
        quiet = not lines
        if self.item.alone:
            lines = _tr("No program can answer this. It asks for your own statement.")
        elif not lines:
            lines = _tr("The study holds nothing on this yet.") if self.item.evidence else _tr("Only you know this.")
        self.evidence.setText(lines)
        self.evidence.setProperty("look", "quiet" if quiet else "")
        self.evidence.style().polish(self.evidence)
        self.answer.show_text(given.answer)
        self.remark.show_text(given.remark)

    def commit_pending(self) -> None:
        """Commit what is typed."""
        self.answer.commit_now()
        self.remark.commit_now()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Side by side where there is room."""
        super().resizeEvent(event)
        beside = self.width() >= BESIDE
        ways = QBoxLayout.Direction
        self._halves.setDirection(ways.LeftToRight if beside else ways.TopToBottom)

    def _field(self, role: str, name: str, hint: str) -> TextField:
        made = TextField(name.format(item=self.item.key), hint, self._commit(role), lines=2, most=14)
        made.setObjectName(f"{self.objectName()}.{role or 'researcher'}")
        made.setReadOnly(self._desk.study.read_only)
        return made

    def _commit(self, role: str) -> Commit:
        def commit(text: str, seq: int | None) -> int | None:
            return self._desk.commit_field(seq, answer, self._list.key, self.item.key, text, role)

        return commit

    def _build(self) -> None:
        number = f"{self.item.key}.  " if self.item.key.isdigit() else ""
        left, right = QVBoxLayout(), QVBoxLayout()
        for column in (left, right):
            column.setSpacing(6)
        left.addWidget(SectionLabel(_tr("What the study holds")))
        left.addWidget(self.evidence)
        left.addStretch(1)
        for title, field, hint in ((_tr("Your answer"), self.answer, self.hints[0]),
                                   (_tr("Supervisor’s remark"), self.remark, self.hints[1])):  # fmt: skip
            right.addWidget(SectionLabel(title))
            right.addWidget(field)
            right.addWidget(hint)
        right.addStretch(1)
        self._halves = QHBoxLayout()
        self._halves.setSpacing(24)
        self._halves.addLayout(left, 1)
        self._halves.addLayout(right, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 14, 16, 16)
        layout.setSpacing(12)
        layout.addWidget(PlainLabel(number + self.item.text, "strong", wrap=True))
        if self.item.instead:
            layout.addWidget(PlainLabel(self.item.instead, wrap=True))
        layout.addLayout(self._halves)


def _tr(text: str) -> str:
    return QCoreApplication.translate("ChecklistItem", text)
