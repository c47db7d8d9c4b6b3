"""Quotes for the screen: one Quoter kept as long as nothing it read has changed."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, NamedTuple

from app.analysis.quotation import Quoter, ShownQuote
from app.models.kinds import TurnKind
from app.ui.desk import Desk

if TYPE_CHECKING:
    from app.analysis.transcripts import Transcript, TurnRow
    from app.study import Notice

AROUND = 240
"""Characters shown of what was said before, and after."""
QUESTION_NEAR = 8
"""Turns in front of an excerpt among which the moderator's question is looked for."""

_READ = ("source", "turn", "speaker", "participant", "focus_group", "study")


class Around(NamedTuple):
    """What was said before and after an excerpt, each speaker on a line of their own."""

    before: str = ""
    after: str = ""


class QuoteShelf:
    """Shows quotes of the study on the desk; reads each transcript once."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._quoter: Quoter | None = None
        desk.changed.connect(self._on_change)

    def quote(self, source_id: str, start: int, end: int) -> ShownQuote:
        """The words of [start, end) as they are shown."""
        with self._desk.read() as session:
            if self._quoter is None:
                self._quoter = Quoter(session)
            self._quoter.use(session)
            return self._quoter.quote(source_id, start, end)

    def cite(self, source_id: str, start: int, end: int) -> ShownQuote:
        """The same as it may be pasted elsewhere: descriptions that too few people share are shortened."""
        with self._desk.read() as session:
            return Quoter(session, leaving=True).quote(source_id, start, end)

    def source_name(self, source_id: str) -> str:
        """The name of a transcript."""
        script = self.transcript(source_id)
        return script.name if script is not None else ""

    def transcript(self, source_id: str) -> Transcript | None:
        """The whole transcript of this id."""
        with self._desk.read() as session:
            if self._quoter is None:
                self._quoter = Quoter(session)
            self._quoter.use(session)
            return self._quoter.transcript(source_id)

    def around(self, source_id: str, start: int, end: int) -> Around:
        """What leads up to [start, end) and what follows: the rest of its turns, the turns beside them, the question.

        Words of people who may not be quoted are not shown here either.
        """
        script = self.transcript(source_id)
        if script is None or not script.turns:
            return Around()
        turns = script.turns
        first = max(0, bisect_right([turn.label_start for turn in turns], start) - 1)
        last = max(first, bisect_right([turn.label_start for turn in turns], end - 1) - 1)
        before = [self._line(source_id, turns[first], turns[first].start, start)]
        if first:
            before.insert(0, self._line(source_id, turns[first - 1]))
        near = turns[max(0, first - QUESTION_NEAR) : max(0, first - 1)]
        question = next((turn for turn in reversed(near) if turn.by_moderator), None)
        if question is not None and not turns[first - 1].by_moderator:
            before.insert(0, self._line(source_id, question))
        after = [self._line(source_id, turns[last], end, turns[last].end, named=False)]
        if last + 1 < len(turns):
            after.append(self._line(source_id, turns[last + 1]))
        return Around("\n".join(one for one in before if one), "\n".join(one for one in after if one))

    def _line(
        self, source_id: str, turn: TurnRow, start: int | None = None, end: int | None = None, *, named: bool = True
    ) -> str:
        """The words of a turn, or of a part of it, behind the name of who says them."""
        start, end = turn.start if start is None else start, turn.end if end is None else end
        if start >= end or turn.kind == TurnKind.WITHDRAWN:
            return ""
        words = " ".join(voice.words for voice in self.quote(source_id, start, end).voices)
        if not words.strip():
            return ""
        if len(words) > AROUND:
            words = f"{words[:AROUND].rstrip()} …" if end == turn.end else f"… {words[-AROUND:].lstrip()}"
        return f"{turn.speaker}: {words}" if named and turn.speaker else words

    def _on_change(self, notice: Notice) -> None:
        if notice.touches(*_READ):
            self._quoter = None
