"""What stands at the head of every output: which study, which questions, which approach, which lens."""

from __future__ import annotations

import re

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.analysis.themes import LensRow
from app.models import StudySheet

_TERMS = {"semantic_latent": "semantic or latent", "data_orientation": "inductive or theory-led"}
"""Names of orientations that their keys do not tell a reader."""


def study_title(session: Session) -> str:
    """The title of the study."""
    return session.scalar(select(StudySheet.title)) or "Untitled study"


def study_head(session: Session, lens: LensRow | None) -> list[tuple[str, str]]:
    """Terms with their text; only what the study says."""
    sheet = session.scalars(select(StudySheet)).one()
    questions = [line for line in sheet.questions.splitlines() if line.strip()]
    head = [("Research questions" if len(questions) > 1 else "Research question", "\n".join(questions))]
    head.append(("Approach", "\n".join(_approach(sheet.approach))))
    if lens is not None:
        head.append(("Lens", f"{lens.name}\n{lens.citation}".strip()))
    head.append(("Attribution of quotes", f"By {re.sub('[{}]', '', sheet.attribution_template)}."))
    return [(term, text) for term, text in head if text]


def _approach(approach: dict[str, object]) -> list[str]:
    """The orientation of the analysis, a line each, in the researcher's words."""
    lines = []
    for key, text in approach.items():
        if isinstance(text, str) and text.strip():
            term = _TERMS.get(key, key.replace("_", " ").strip())
            lines.append(f"{term[:1].upper()}{term[1:]}: {text.strip()}")
    return lines
