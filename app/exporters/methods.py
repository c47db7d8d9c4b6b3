"""Facts for a methods section: what was logged, in sentences one may take over, and blanks for the rest."""

from __future__ import annotations

from sqlalchemy.orm import Session

from app.analysis.accounts.facts import Facts
from app.analysis.accounts.methods import methods
from app.exporters.document import Block, Document, Heading
from app.exporters.options import ExportOptions, day
from app.exporters.study_head import study_title
from app.exporters.telling import account, said


def build(session: Session, options: ExportOptions) -> Document:
    """The facts, part by part."""
    held = Facts(session)
    blocks: list[Block] = []
    for part in methods(held):
        blocks.append(Heading(part.title))
        blocks += [said(line) for line in part.lines]
    questions = [line.strip() for line in held.sheet.questions.splitlines() if line.strip()]
    head = [("Research questions" if len(questions) > 1 else "Research question", "\n".join(questions))]
    return account(
        f"Methods facts: {study_title(session)}",
        f"What the study’s own log says of how it was done, on {day(options.at)}. Numbers and dates come from logged "
        "events alone; where nothing was logged, a blank in square brackets says what is missing. It is a quarry for "
        "your own section, not the section.",
        options.at,
        [(term, text) for term, text in head if text],
        blocks,
    )
