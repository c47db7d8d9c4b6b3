"""What is decided on the excerpts of a theme: whether they belong, run against it, are quoted, and how.

Decisions are never lost by the way: they go along when codes move between themes and when themes merge or split.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import NotPossible
from app.models import Coding, Excerpt, Theme, ThemeExcerpt
from app.models.kinds import Belongs
from app.models.verbs import Verb
from app.operations.excerpts import take_excerpt
from app.operations.names import clean_text, get
from app.study import ChangeSession

_WORDS = {"edited_text", "gloss", "why"}


def decide(session: ChangeSession, /, theme_id: str, excerpt_id: str, **decisions: Any) -> None:
    """Set any of the independent decisions on an excerpt of a theme.

    belongs (Belongs), runs_against (bool), quoted_order (int or None), edited_text, gloss, why.
    """
    theme = get(session, Theme, theme_id, "theme")
    get(session, Excerpt, excerpt_id, "excerpt")
    session.announce(Verb.DECIDE, f"Decide on an excerpt of ‘{theme.name}’")
    row = _row(session, theme_id, excerpt_id)
    for field, value in decisions.items():
        if field == "belongs":
            row.belongs, row.decided_at = Belongs(value), session.at
        elif field in {"runs_against", "quoted_order"}:
            setattr(row, field, value)
        elif field in _WORDS:
            setattr(row, field, clean_text(value))
        else:
            raise NotPossible(f"There is no decision “{field}” on an excerpt of a theme.")
    session.flush()


def bring_in(session: ChangeSession, theme_id: str, source_id: str, start: int, end: int) -> str:
    """Bring words into a theme straight from a transcript, with or without a code; returns the excerpt's id.

    They belong to the theme until one decides otherwise. Raises NotPossible as `take_excerpt` does.
    """
    theme = get(session, Theme, theme_id, "theme")
    session.announce(Verb.DECIDE, f"Bring an excerpt into ‘{theme.name}’")
    excerpt_id = take_excerpt(session, source_id, start, end)
    bring_excerpt_in(session, theme_id, excerpt_id)
    return excerpt_id


def bring_excerpt_in(session: ChangeSession, theme_id: str, excerpt_id: str) -> None:
    """Let an excerpt stand with a theme whatever its codes."""
    theme = get(session, Theme, theme_id, "theme")
    get(session, Excerpt, excerpt_id, "excerpt")
    session.announce(Verb.DECIDE, f"Bring an excerpt into ‘{theme.name}’")
    row = _row(session, theme_id, excerpt_id)
    row.brought_in, row.belongs, row.decided_at = True, Belongs.IN, session.at
    session.flush()


def take_excerpt_out(session: ChangeSession, theme_id: str, excerpt_id: str) -> bool:
    """An excerpt that was brought in stands with the theme only through its codes again. Returns whether it was."""
    theme = get(session, Theme, theme_id, "theme")
    row = _rows(session, theme_id).get(excerpt_id)
    if row is None or not row.brought_in:
        return False
    session.announce(Verb.DECIDE, f"Take an excerpt out of ‘{theme.name}’ again")
    row.brought_in = False
    row.belongs, row.decided_at = Belongs.UNDECIDED, session.at
    session.flush()
    return True


def order_quotes(session: ChangeSession, theme_id: str, excerpt_ids: Sequence[str]) -> None:
    """Quote these excerpts of a theme in this order; others keep what was decided on them."""
    theme = get(session, Theme, theme_id, "theme")
    session.announce(Verb.DECIDE, f"Order the quotes of ‘{theme.name}’")
    for place, excerpt_id in enumerate(excerpt_ids, start=1):
        get(session, Excerpt, excerpt_id, "excerpt")
        _row(session, theme_id, excerpt_id).quoted_order = place
    session.flush()


def excerpts_of_codes(session: Session, code_ids: Collection[str]) -> set[str]:
    """The excerpts that any of these codes hold."""
    return set(session.scalars(select(Coding.excerpt_id).where(Coding.code_id.in_(code_ids))))


def carry_decisions(session: ChangeSession, from_id: str, to_id: str, excerpt_ids: Iterable[str]) -> None:
    """Take what one theme decided on these excerpts over to another; what the other one decided itself holds.

    The first theme keeps its decisions: where the excerpts leave it they rest, and are there when they come back.
    """
    mine, theirs = _rows(session, from_id), _rows(session, to_id)
    quoted = max((row.quoted_order for row in theirs.values() if row.quoted_order is not None), default=0)
    name = get(session, Theme, from_id, "theme").name
    wanted = [mine[one] for one in set(excerpt_ids) if one in mine]
    for row in sorted(wanted, key=lambda one: (one.quoted_order is None, one.quoted_order or 0, one.excerpt_id)):
        kept = theirs.get(row.excerpt_id)
        if kept is None:
            kept = _row(session, to_id, row.excerpt_id)
        if kept.belongs == Belongs.UNDECIDED and row.belongs != Belongs.UNDECIDED:
            kept.belongs, kept.decided_at = row.belongs, row.decided_at
        elif row.belongs not in (Belongs.UNDECIDED, kept.belongs):
            kept.why = "\n".join(part for part in (kept.why, f"(‘{name}’ had it {row.belongs.value})") if part)
        kept.runs_against = kept.runs_against or row.runs_against
        kept.brought_in = kept.brought_in or row.brought_in
        if row.quoted_order is not None and kept.quoted_order is None:
            quoted += 1
            kept.quoted_order = quoted
        for field in ("edited_text", "gloss"):
            if not getattr(kept, field):
                setattr(kept, field, getattr(row, field))
        if row.why and row.why not in kept.why:
            kept.why = "\n".join(part for part in (kept.why, row.why) if part)
    session.flush()


def _row(session: ChangeSession, theme_id: str, excerpt_id: str) -> ThemeExcerpt:
    """What was decided, made if nothing was."""
    row = session.scalars(
        select(ThemeExcerpt).where(ThemeExcerpt.theme_id == theme_id, ThemeExcerpt.excerpt_id == excerpt_id)
    ).one_or_none()
    if row is None:
        row = ThemeExcerpt(
            theme_id=theme_id,
            excerpt_id=excerpt_id,
            belongs=Belongs.UNDECIDED,
            runs_against=False,
            edited_text="",
            gloss="",
            why="",
            brought_in=False,
        )
        session.add(row)
    return row


def _rows(session: Session, theme_id: str) -> dict[str, ThemeExcerpt]:
    found = session.scalars(select(ThemeExcerpt).where(ThemeExcerpt.theme_id == theme_id))
    return {row.excerpt_id: row for row in found}
