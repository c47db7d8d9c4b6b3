"""From rows of the study to the plain marks that the transcript panel draws."""

from __future__ import annotations

from collections.abc import Mapping

from app.analysis.codes import CodeRow, CodingRow
from app.analysis.transcripts import Transcript, clock
from app.models.kinds import ExcerptLevel
from app.ui.code.interaction_kinds import kind_shown
from app.ui.transcript.marks import CodingMark, TurnMark

NO_CODE = "#8A8F98"


def turn_marks(script: Transcript) -> list[TurnMark]:
    """The turns of a transcript as the panel draws them."""
    return [
        TurnMark(turn.id, turn.number, turn.label_start, turn.label_end, turn.start, turn.end, turn.speaker,
                 clock(turn.time_ms), turn.by_moderator, turn.kind)
        for turn in script.turns
    ]  # fmt: skip


def coding_mark(row: CodingRow, codes: Mapping[str, CodeRow], no_code: str) -> CodingMark:
    """One coding as the panel draws it; an excerpt without a code is drawn too."""
    code = codes.get(row.code_id)
    interaction = row.level == ExcerptLevel.INTERACTION
    kind = kind_shown(row.interaction) if interaction else ""
    if code is None:
        return CodingMark(row.coding_id, row.excerpt_id, row.code_id, row.start, row.end, no_code, "–", NO_CODE,
                          row.unsure, interaction, "", "", kind)  # fmt: skip
    return CodingMark(row.coding_id, row.excerpt_id, row.code_id, row.start, row.end, code.name, code.sign, code.colour,
                      row.unsure, interaction, code.path, code.brief, kind)  # fmt: skip


def named_mark(mark: CodingMark, code: CodeRow) -> CodingMark:
    """The mark as its code is called and coloured now."""
    return mark._replace(name=code.name, sign=code.sign, colour=code.colour, path=code.path, definition=code.brief)
