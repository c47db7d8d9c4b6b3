"""A checklist with what the study holds and what people wrote to it: no ticks, no score."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy.orm import Session

from app.analysis.accounts.checklists import LISTS, Answered, answered
from app.analysis.accounts.checklists import checklist as list_called
from app.errors import ExportRefused
from app.exporters.document import Block, Document, Heading, paragraphs
from app.exporters.options import ExportOptions, day
from app.exporters.study_head import study_title
from app.exporters.telling import account, led, point, quiet

NOTHING_HELD = "The study holds nothing on this."
ALONE = "No program can answer this. It asks for the researcher’s own statement."
NO_ANSWER = "No answer yet."
WORTH_POINTING_TO = 3
"""Lines of evidence from which on they are not told twice."""


def build(session: Session, options: ExportOptions) -> Document:
    """One list. Raises ExportRefused for a list that there is none of."""
    if options.checklist not in LISTS:
        raise ExportRefused(f"There is no list called “{options.checklist}”. There are: {', '.join(LISTS)}.")
    held = list_called(options.checklist)
    blocks: list[Block] = []
    items = answered(session, held.key)
    for place, one in enumerate(items):
        blocks.append(Heading(f"{one.item.key}. {one.item.text}" if one.item.key.isdigit() else one.item.text, 2))
        blocks += _item(one, items[:place])
    return account(
        f"{held.title}: {study_title(session)}",
        f"{held.about} Evidence as the study held it on {day(options.at)}.",
        options.at,
        [("Source", held.citation)],
        blocks,
    )


def _item(one: Answered, before: Sequence[Answered]) -> list[Block]:
    blocks: list[Block] = []
    if one.item.instead:
        blocks += paragraphs(one.item.instead)
    if one.item.alone:
        blocks.append(quiet(ALONE))
    elif one.evidence:
        blocks.append(quiet("What the study holds"))
        blocks += [point(line) for line in _not_twice(one, before)]
    elif one.item.evidence:
        blocks.append(quiet(NOTHING_HELD))
    blocks += _written("Researcher", one.answer.strip() or NO_ANSWER)
    if one.remark.strip():
        blocks += _written("Supervisor", one.remark.strip())
    return blocks


def _not_twice(one: Answered, before: Sequence[Answered]) -> list[str]:
    """The evidence; where all that an earlier item holds belongs here too, it is pointed to."""
    lines = list(one.evidence)
    said = []
    for other in before:
        if other.item.key.isdigit() and len(other.evidence) >= WORTH_POINTING_TO and set(other.evidence) <= set(lines):
            said.append(f"What stands under {other.item.key}.")
            lines = [line for line in lines if line not in other.evidence]
    return said + lines


def _written(who: str, text: str) -> list[Block]:
    """Who wrote it, and each paragraph of it."""
    first, _, rest = text.partition("\n")
    return [led(who, first), *paragraphs(rest)]
