"""Questions one may write about, or ignore: a quiet line over the journal, never a task."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from app.ui.widgets.labels import PlainLabel

if TYPE_CHECKING:
    from app.ui.desk import Desk

_OFF = "journal/prompts"


def prompts() -> list[tuple[str, str]]:
    """(the question, the kind of entry it asks for)."""
    return [
        (_tr("Where do you stand towards the people who speak here, and how might that colour what you hear?"),
         "positionality"),
        (_tr("What did you feel while reading today, and at which words?"), "feeling"),
        (_tr("What surprised you? What had you expected instead?"), "hunch"),
        (_tr("How else could the last excerpt be read? By whom?"), "hunch"),
        (_tr("Who is not heard in these transcripts, or hardly? What do you make of the silence?"), "hunch"),
        (_tr("Which theory is at work in what you see now? What does it keep you from seeing?"), "theory"),
        (_tr("What would speak against the pattern you like best?"), "decision"),
        (_tr("What do you share with the participants, and what do you not?"), "positionality"),
        (_tr("What did you decide today, and what was the other way?"), "decision"),
        (_tr("What did the moderator’s questions make it easy to say, and what hard?"), "method"),
        (_tr("Which of your codes say more about you than about what was said?"), "positionality"),
        (_tr("What would you tell your supervisor about this week, and what would you rather not?"), "supervision"),
    ]  # fmt: skip


class PromptLine(QWidget):
    """One question at a time."""

    wanted = Signal(str, str)
    """Write about this: the question and the kind of entry."""

    turned = Signal(bool)
    """Questions are asked, or not asked any more."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setObjectName("journal.prompt")
        self._desk = desk
        self._place = datetime.now(UTC).toordinal()
        self.question = PlainLabel("", "quiet", wrap=True)
        self.question.setObjectName("journal.prompt.question")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addWidget(self.question, 1)
        for name, words, run in (
            ("write", self.tr("Write"), self._write),
            ("next", self.tr("Another"), self.next),
            ("hide", self.tr("Hide for good"), self._hide),
        ):
            button = QPushButton(words)
            button.setObjectName(f"journal.prompt.{name}")
            button.setProperty("look", "link")
            button.clicked.connect(run)
            row.addWidget(button)
        self._show()

    def next(self) -> None:
        """Ask another question."""
        self._place += 1
        self._show()

    def turn(self, on: bool) -> None:
        """Ask, or never ask again."""
        self._desk.settings.remember_place(self._desk.study.key, _OFF, "" if on else "off")
        self.turned.emit(on)
        self._show()

    def is_on(self) -> bool:
        """Whether questions are asked in this study."""
        return str(self._desk.settings.place(self._desk.study.key, _OFF, "")) != "off"

    def _write(self) -> None:
        self.wanted.emit(*self._prompt())

    def _hide(self) -> None:
        self.turn(False)
        self._desk.offer(
            self.tr("No more questions here. Journal > Ask me questions brings them back."),
            self.tr("Ask again"),
            lambda: self.turn(True),
        )

    def _prompt(self) -> tuple[str, str]:
        asked = prompts()
        return asked[self._place % len(asked)]

    def _show(self) -> None:
        self.question.setText(self._prompt()[0])
        wanted = self.is_on() and not self._desk.study.read_only
        if self.parentWidget() is not None or not wanted:  # shown without a parent it would be a window of its own
            self.setVisible(wanted)


def _tr(text: str) -> str:
    return QCoreApplication.translate("JournalPrompts", text)
