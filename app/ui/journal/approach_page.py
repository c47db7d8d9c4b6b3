"""The page "Approach": what the study says of its approach, part by part, with its former versions beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from app.analysis.approach import Statement, Version, approach_versions, lines, what_changed
from app.models.approach import PARTS, Part, term_of
from app.operations.approach import say_why_approach, state_approach
from app.ui.journal.page import JournalPage
from app.ui.journal.prose_view import MEASURE
from app.ui.transcripts.choice_box import ChoiceBox
from app.ui.widgets.fields import TextField
from app.ui.widgets.labels import PlainLabel, SectionLabel
from app.ui.widgets.scrolling import centred, scrolling
from app.ui.widgets.wording_hints import WordingHints
from app.ui.wording import short_day

if TYPE_CHECKING:
    from app.study import Notice
    from app.ui.desk import Desk


class PartCard(QWidget):
    """One part: what it asks, a word on its continuum, and free text beside it."""

    def __init__(self, page: ApproachPage, part: Part) -> None:
        super().__init__()
        self.setProperty("look", "card")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.part = part
        self.choice = ChoiceBox(self.tr("{part}: a word").format(part=self.tr(part.term)))
        self.choice.setObjectName(f"approach.{part.name}.choice")
        self.choice.setFixedWidth(224)
        self.choice.setVisible(bool(part.choices))
        self.choice.picked.connect(lambda word: page.say(part.name, choice=word))
        self.words = TextField(
            self.tr("{part}: in your words").format(part=self.tr(part.term)),
            self.tr("In your words …"),
            lambda text, seq: page.say(part.name, seq, words=text),
            lines=2,
            most=14,
        )
        self.words.setObjectName(f"approach.{part.name}.words")
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(PlainLabel(self.tr(part.term), "strong"), 1)
        head.addWidget(self.choice)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 12, 16, 16)
        layout.setSpacing(8)
        layout.addLayout(head)
        layout.addWidget(PlainLabel(self.tr(part.asks), "small", wrap=True))
        layout.addWidget(self.words)
        layout.addWidget(WordingHints(self.words, page.desk, lambda: f"approach/{part.name}"))

    def show_part(self, said: dict[str, str]) -> None:
        """Show what is stated now."""
        word = said.get("choice", "")
        offered = [*self.part.choices, *([word] if word and word not in self.part.choices else [])]
        self.choice.fill([(self.tr("not said"), ""), *((self.tr(one), one) for one in offered)], word)
        self.words.show_text(said.get("words", ""))


class ApproachPage(JournalPage):
    """The statement at the left, its versions at the right. Each field commits by itself."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.setObjectName("journal.approach")
        self.setProperty("look", "paper")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._versions: list[Version] = []
        self._sitting: int | None = None
        """The change of this sitting: what is said on in one go is one version."""
        self._kept_id = ""
        """The version that is shown beside."""
        self._others = PlainLabel("", "quiet", wrap=True)
        self._about = SectionLabel("")
        self.cards = {part.name: PartCard(self, part) for part in PARTS}
        self.list = QListWidget()
        self.list.setObjectName("approach.versions")
        self.list.setAccessibleName(self.tr("Versions of the statement"))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.currentRowChanged.connect(lambda _: self._show_version())
        self.no_versions = PlainLabel(
            self.tr(
                "Nothing stated yet. Say what you can say now; what changes later becomes a new version, and this one "
                "stays to be read."
            ),
            "quiet",
            wrap=True,
        )
        self.reason = TextField(
            self.tr("Why the approach was stated so"), self.tr("Why is it another one now?"), self._say_why, lines=2
        )
        self.reason.setObjectName("approach.reason")
        self.changed = PlainLabel("", "", wrap=True)
        self.changed.setObjectName("approach.changed")
        self.former = PlainLabel("", "quiet", wrap=True)
        self.former.setObjectName("approach.former")
        for label in (self.changed, self.former):
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._build()

    def refresh(self, notice: Notice | None) -> None:
        """Read anew if it was stated anew."""
        if notice is not None and not notice.touches("approach_version", "person"):
            return
        if notice is None:
            self._sitting = None
        with self.desk.read() as session:
            self._versions = approach_versions(session)
        holds = self._statement()
        for name, card in self.cards.items():
            card.show_part(holds.get(name, {}))
            card.choice.setEnabled(not self.desk.study.read_only)
        self._others.setText("\n\n".join(f"{term}: {text}" for term, text in lines(_unknown(holds))))
        self._others.setVisible(bool(_unknown(holds)))
        self._list_versions()

    def enter(self) -> None:
        """Take the keyboard."""
        self.cards[PARTS[0].name].choice.setFocus()

    def commit_pending(self) -> None:
        """Commit what is typed; what is said after it is another version."""
        for card in self.cards.values():
            card.words.commit_now()
        self.reason.commit_now()
        self._sitting = None

    def say(self, part: str, seq: int | None = None, **said: str) -> int | None:
        """Say a part: its `choice` or its `words`."""
        statement = {name: dict(told) for name, told in self._statement().items()}
        statement[part] = {"choice": "", "words": "", **statement.get(part, {}), **said}
        kept = self.desk.commit_field(self._sitting or seq, state_approach, statement)
        if kept:
            self._sitting = kept
        elif kept is None:
            self.refresh(None)
        return kept

    # --- versions ------------------------------------------------------------------------------------------------

    def version(self) -> Version | None:
        """The version chosen."""
        row = self.list.currentRow()
        return self._versions[row] if 0 <= row < len(self._versions) else None

    def _statement(self) -> Statement:
        return self._versions[0].statement if self._versions else {}

    def _list_versions(self) -> None:
        kept, row = self._kept_id if self.list.currentRow() > 0 else "", 0  # the newest gives way to a newer one
        self.list.blockSignals(True)
        self.list.clear()
        for number, one in enumerate(self._versions):
            item = QListWidgetItem(" · ".join(part for part in (short_day(one.at), one.who) if part))
            self.list.addItem(item)
            row = number if one.id == kept else row
        if self._versions:
            self.list.setCurrentRow(row)
        self.list.blockSignals(False)
        rows = min(6, max(1, len(self._versions)))
        self.list.setFixedHeight(rows * 28 + 8)
        self._show_version()

    def _show_version(self) -> None:
        one = self.version()
        self.no_versions.setVisible(one is None)
        for part in (self.list, self.reason, self.changed, self._about):
            part.setVisible(one is not None)
        self.former.setVisible(False)
        if one is None:
            return
        anew = one.id != self._kept_id
        self._kept_id = one.id
        self.reason.show_text(one.reason, anew=anew)
        place = self._versions.index(one)
        before = self._versions[place + 1] if place + 1 < len(self._versions) else None
        self._about.head(self.tr("What changed then") if before is not None else self.tr("The first statement"))
        told = what_changed(before.statement, one.statement) if before is not None else []
        self.changed.setText("\n".join(told))
        self.changed.setVisible(bool(told))
        if place:
            self.former.setText("\n\n".join(f"{term}: {text}" for term, text in lines(one.statement)))
            self.former.setVisible(True)

    def _say_why(self, text: str, seq: int | None) -> int | None:
        kept_id = self._kept_id
        return self.desk.commit_field(seq, say_why_approach, kept_id, text) if kept_id else None

    # --- parts ---------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        column = QWidget()
        column.setMaximumWidth(MEASURE + 40)
        parts = QVBoxLayout(column)
        parts.setContentsMargins(0, 16, 0, 24)
        parts.setSpacing(12)
        for card in self.cards.values():
            parts.addWidget(card)
        parts.addWidget(self._others)
        parts.addStretch(1)
        left = scrolling(centred(column, "paper"))
        left.setProperty("look", "paper")
        side = QWidget()
        side.setProperty("look", "panel")
        side.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        beside = QVBoxLayout(side)
        beside.setContentsMargins(16, 16, 16, 16)
        beside.setSpacing(8)
        beside.addWidget(SectionLabel(self.tr("Versions")))
        hints = WordingHints(self.reason, self.desk, lambda: "approach/reason")
        for part in (self.no_versions, self.list, self.reason, hints, self._about, self.changed, self.former):
            beside.addWidget(part)
        beside.addStretch(1)
        right = scrolling(side)
        right.setMinimumWidth(240)
        right.setMaximumWidth(340)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(left, 1)
        layout.addWidget(right)


def _unknown(statement: Statement) -> Statement:
    """What an older study stated beside the parts that are asked."""
    known = {part.name for part in PARTS}
    return {name: told for name, told in statement.items() if name not in known and term_of(name)}
