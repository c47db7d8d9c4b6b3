"""Repairs of who said what while one reads: this turn is by ..., split, join - a key each, one change each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from app.analysis.people import speakers_of
from app.analysis.transcripts import TurnRow
from app.models.verbs import Verb
from app.operations.sources import give_turn, join_turn, split_turn
from app.study import ChangeSession
from app.ui.transcripts.speaker_box import Choice, SpeakerBox

if TYPE_CHECKING:
    from app.ui.transcripts.reading import ReadingPage


class TurnRepairs(QObject):
    """Acts on the turns that are selected, or on the one at the caret."""

    def __init__(self, page: ReadingPage) -> None:
        super().__init__(page)
        self._page, self._desk = page, page.desk
        self.box = SpeakerBox(page)
        self.box.chosen.connect(self.give)
        self._turns: list[str] = []
        """The turns that the box was opened for."""

    def ask(self) -> None:
        """Open the box that asks who says the turns here."""
        turns = self._here()
        if turns:
            self._turns = [turn.id for turn in turns]
            now = {turn.speaker_id for turn in turns}
            self.box.open_at(self._page.panel.selection_rect(), self._choices(now))

    def give(self, label: str) -> None:
        """The turns the box was opened for are by this speaker; "" is nobody known."""
        turns, self._turns = self._turns, []
        self._page.panel.setFocus()
        self._give(turns, label)

    def give_number(self, number: int) -> None:
        """The turns here are by the speaker of this number, in the order in which they first speak."""
        choices = self._choices(set())
        if number > len(choices):
            self._desk.say(self.tr("{n} people speak in this transcript.").format(n=len(choices)))
            return
        turns = self._here()
        if turns:
            self._give([turn.id for turn in turns], choices[number - 1].label)

    def split(self) -> None:
        """Two turns from here on."""
        turns = self._here()
        if turns and self._desk.run(split_turn, turns[0].id, self._page.panel.selection()[0]) is not None:
            self._desk.say(self.tr("Split. Press S to say who goes on."), with_undo=True)

    def join(self, *, only_at_start: bool = False) -> None:
        """The turn at the caret belongs to the one before; by the key alone only from its very start."""
        turns = self._here()
        if not turns:
            return
        start, end = self._page.panel.selection()
        if only_at_start and (end > start or start > turns[0].start):
            self._desk.say(self.tr("Put the caret at the start of a turn to join it to the one before."))
        elif self._desk.done(join_turn, turns[0].id):
            self._desk.say(self.tr("Joined to the turn before."), with_undo=True)

    def _give(self, turn_ids: list[str], label: str) -> None:
        def each(session: ChangeSession) -> bool:
            for turn_id in turn_ids:
                give_turn(session, turn_id, label)
            return True

        before = self._desk.last_seq
        many = len(turn_ids) > 1
        said = self.tr("{n} turns by ‘{name}’").format(n=len(turn_ids), name=label) if many else ""
        self._desk.run_all(said, Verb.EDIT_TURNS if many else None, each)
        if self._desk.last_seq != before:
            name = label or self.tr("nobody known")
            told = self.tr("{n} turns are by {name}.").format(n=len(turn_ids), name=name) if many else ""
            self._desk.say(told or self.tr("This turn is by {name}.").format(name=name), with_undo=True)

    def _choices(self, now: set[str | None]) -> list[Choice]:
        script = self._page.script
        if script is None:
            return []
        shown = {turn.speaker_id: turn.speaker for turn in script.turns}
        with self._desk.read() as session:
            held = speakers_of(session, script.id)
        return [Choice(one.label, shown.get(one.id) or one.label, now == {one.id}) for one in held]

    def _here(self) -> list[TurnRow]:
        """The turns that the selection touches, or the one at the caret; it is said if there is none."""
        script = self._page.script
        start, end = self._page.panel.selection()
        turns = list(script.turns) if script is not None else []
        found = [turn for turn in turns if turn.label_start < end and turn.end > start] if end > start else []
        if not found:
            found = [turn for turn in turns if turn.label_start <= start][-1:]
        if not found:
            self._desk.say(self.tr("Put the caret into a turn first."))
        elif not self._desk.may_change():
            return []
        return found
