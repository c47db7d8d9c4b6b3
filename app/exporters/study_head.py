"""What stands at the head of every output: which study, which questions, which approach, which lens."""

from __future__ import annotations

import re

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.analysis.approach import approach, lines
from app.analysis.themes import LensRow
from app.models import StudySheet


def study_title(session: Session) -> str:
    """The title of the study."""
    return session.scalar(select(StudySheet.title)) or "Untitled study"


def study_head(session: Session, lens: LensRow | None) -> list[tuple[str, str]]:
    """Terms with their text; only what the study says."""
    sheet = session.scalars(select(StudySheet)).one()
    questions = [line for line in sheet.questions.splitlines() if line.strip()]
    head = [("Research questions" if len(questions) > 1 else "Research question", "\n".join(questions))]
    head.append(("Approach", "\n".join(f"{term}: {text}" for term, text in lines(approach(session)))))
    if lens is not None:
        head.append(("Lens", f"{lens.name}\n{lens.citation}".strip()))
    head.append(("Attribution of quotes", f"By {re.sub('[{}]', '', sheet.attribution_template)}."))
    return [(term, text) for term, text in head if text]
