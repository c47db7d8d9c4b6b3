"""What an analysis loses with a person: codes left without any excerpt, themes in which nobody else is heard."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.analysis.board import people_in, turns_of_people
from app.models import Code, Coding, Excerpt, Theme, ThemeCode, ThemeExcerpt
from app.models.kinds import Belongs, ThemeStatus


def codes_left_empty(session: Session, dropped: Collection[str]) -> tuple[str, ...]:
    """The names of codes all of whose excerpts are among those dropped."""
    holds: dict[str, set[str]] = {}
    for code_id, excerpt_id in session.execute(select(Coding.code_id, Coding.excerpt_id)):
        holds.setdefault(code_id, set()).add(excerpt_id)
    gone = set(dropped)
    empty = [code_id for code_id, excerpts in holds.items() if excerpts <= gone]
    return tuple(session.scalars(select(Code.name).where(Code.id.in_(empty)).order_by(Code.name)))


def themes_left_silent(session: Session, participant_id: str) -> tuple[str, ...]:
    """The names of themes in which this person is the only one heard."""
    turns = turns_of_people(session)
    heard_in = {
        row.id: set(people_in(turns.get(row.source_id, ()), row.start, row.end))
        for row in session.execute(select(Excerpt.id, Excerpt.source_id, Excerpt.start, Excerpt.end))
    }
    of_code: dict[str, set[str]] = {}
    for code_id, excerpt_id in session.execute(select(Coding.code_id, Coding.excerpt_id)):
        of_code.setdefault(code_id, set()).add(excerpt_id)
    of_theme: dict[str, set[str]] = {}
    for theme_id, code_id in session.execute(select(ThemeCode.theme_id, ThemeCode.code_id)):
        of_theme.setdefault(theme_id, set()).update(of_code.get(code_id, ()))
    decided = select(ThemeExcerpt.theme_id, ThemeExcerpt.excerpt_id, ThemeExcerpt.belongs, ThemeExcerpt.brought_in)
    for theme_id, excerpt_id, belongs, brought_in in session.execute(decided):
        if belongs == Belongs.OUT:
            of_theme.get(theme_id, set()).discard(excerpt_id)
        elif brought_in or belongs == Belongs.IN:
            of_theme.setdefault(theme_id, set()).add(excerpt_id)
    silent = [
        theme_id
        for theme_id, excerpts in of_theme.items()
        if set().union(*(heard_in.get(one, set()) for one in excerpts)) == {participant_id}
    ]
    return tuple(
        session.scalars(
            select(Theme.name).where(Theme.id.in_(silent), Theme.status != ThemeStatus.LET_GO).order_by(Theme.name)
        )
    )
