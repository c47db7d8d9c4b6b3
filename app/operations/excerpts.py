"""Excerpts: taking a stretch of a transcript, moving its ends, letting it go. Offsets: code points, end exclusive."""

from __future__ import annotations

import unicodedata

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session

from app.errors import NotPossible
from app.models import Excerpt, Source, Speaker, Turn, new_key
from app.models.kinds import ExcerptLevel, SpeakerKind
from app.models.prepared import Prepared, inserting
from app.models.verbs import Verb
from app.operations.names import get, one_line
from app.study import ChangeSession

EDGE_REACH = 8
"""How many characters of punctuation at an edge may differ for two spans to be the same excerpt."""

LONGEST_KIND = 80
"""Characters of the word for what people do with each other's words."""


def take_excerpt(
    session: ChangeSession,
    source_id: str,
    start: int,
    end: int,
    *,
    level: ExcerptLevel | None = None,
    interaction: str = "",
) -> str:
    """The excerpt at [start, end) of a source, made if it is not there; returns its id.

    Ends are trimmed of spaces. A span that differs from an existing excerpt in edge punctuation alone is that excerpt.
    Without a level, words of two or more participants make it an interaction. Raises NotPossible if the offsets are
    reversed, outside the text, or hold nothing but spaces.
    """
    text = _text(session, source_id)
    start, end = trimmed(text, start, end)
    if level is None:
        level = _level(session, source_id, start, end)
    existing = _same_excerpt(session, source_id, text, start, end, level)
    if existing is not None:
        return existing
    session.announce(Verb.EDIT_EXCERPT, "Take excerpt")
    excerpt_id = new_key()
    _INSERT.rows(
        session,
        id=excerpt_id,
        source_id=source_id,
        start=start,
        end=end,
        quote=text[start:end],
        level=level,
        interaction=interaction,
        created_at=session.at,
        person_id=session.person_id,
    )
    return excerpt_id


def excerpts_at(session: Session, source_id: str, start: int, end: int) -> list[str]:
    """The excerpts that [start, end) of a source stands for, at most one a level. Raises as `take_excerpt` does."""
    text = _text(session, source_id)
    start, end = trimmed(text, start, end)
    found = (_same_excerpt(session, source_id, text, start, end, level) for level in ExcerptLevel)
    return [excerpt_id for excerpt_id in found if excerpt_id is not None]


def move_ends(session: ChangeSession, excerpt_id: str, start: int, end: int) -> None:
    """Give an excerpt other ends; its quote follows. Raises NotPossible as `take_excerpt` does."""
    excerpt = get(session, Excerpt, excerpt_id, "excerpt")
    text = _text(session, excerpt.source_id)
    start, end = trimmed(text, start, end)
    taken = session.scalar(
        select(Excerpt.id).where(
            Excerpt.source_id == excerpt.source_id,
            Excerpt.start == start,
            Excerpt.end == end,
            Excerpt.level == excerpt.level,
            Excerpt.id != excerpt_id,
        )
    )
    if taken:
        raise NotPossible("There is already an excerpt with exactly these ends.")
    session.announce(Verb.EDIT_EXCERPT, "Move the ends of an excerpt")
    excerpt.start, excerpt.end, excerpt.quote = start, end, text[start:end]


def set_interaction(session: ChangeSession, excerpt_id: str, kind: str) -> None:
    """Say what people do in an excerpt: builds on, challenges ..., or one's own word; "" says it is not told.

    An excerpt of one person's words becomes one between people. Raises NotPossible if the word is too long, or if
    there is already an interaction excerpt with exactly these ends.
    """
    excerpt = get(session, Excerpt, excerpt_id, "excerpt")
    kind = one_line(kind)
    if len(kind) > LONGEST_KIND:
        raise NotPossible(f"A kind of interaction may have {LONGEST_KIND} characters; this one has {len(kind)}.")
    if excerpt.level != ExcerptLevel.INTERACTION:
        text = _text(session, excerpt.source_id)
        taken = _same_excerpt(session, excerpt.source_id, text, excerpt.start, excerpt.end, ExcerptLevel.INTERACTION)
        if taken is not None:
            raise NotPossible("There is already an interaction excerpt with these ends.")
    elif excerpt.interaction == kind:
        return
    session.announce(Verb.EDIT_EXCERPT, f"Interaction: {kind}" if kind else "Take the kind off an interaction")
    excerpt.level, excerpt.interaction = ExcerptLevel.INTERACTION, kind


def delete_excerpt(session: ChangeSession, excerpt_id: str) -> None:
    """Delete an excerpt with its codings, memos and decisions."""
    excerpt = get(session, Excerpt, excerpt_id, "excerpt")
    session.announce(Verb.EDIT_EXCERPT, "Delete excerpt")
    session.delete(excerpt)
    session.flush()


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without spaces at its ends. Raises NotPossible for a span that cannot be an excerpt."""
    if start > end:
        raise NotPossible(f"The excerpt ends ({end}) before it starts ({start}).")
    if start < 0 or end > len(text):
        raise NotPossible(f"The transcript has {len(text)} characters; {start} to {end} reaches outside it.")
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start == end:
        raise NotPossible("There are no words in this selection.")
    return start, end


def _same_excerpt(session: Session, source_id: str, text: str, start: int, end: int, level: ExcerptLevel) -> str | None:
    near = _NEAR.rows(session, source=source_id, start=start, end=end, level=level)
    core = _without_edge_punctuation(text, start, end)
    exact = [key for key, *span in near if span == [start, end]]
    alike = [key for key, first, last in near if _without_edge_punctuation(text, first, last) == core]
    return next(iter(exact + alike), None)


def _without_edge_punctuation(text: str, start: int, end: int) -> tuple[int, int]:
    def is_edge(character: str) -> bool:
        return character.isspace() or unicodedata.category(character).startswith("P")

    first, last = start, end
    while first < last and is_edge(text[first]):
        first += 1
    while last > first and is_edge(text[last - 1]):
        last -= 1
    return (first, last) if first < last else (start, end)


def _level(session: Session, source_id: str, start: int, end: int) -> ExcerptLevel:
    people = _PEOPLE.rows(session, source=source_id, start=start, end=end)
    return ExcerptLevel.INTERACTION if len(people) > 1 else ExcerptLevel.INDIVIDUAL


def _text(session: Session, source_id: str) -> str:
    found = _TEXT.row(session, source=source_id)
    if found is None:
        raise NotPossible("This transcript is not in the study any more.")
    return str(found[0])


_S, _E, _T, _P = Source.__table__.c, Excerpt.__table__.c, Turn.__table__.c, Speaker.__table__.c
_INSERT = inserting(Excerpt)
_TEXT = Prepared(select(_S.text).where(_S.id == bindparam("source")))
_NEAR = Prepared(
    select(_E.id, _E.start, _E.end).where(
        _E.source_id == bindparam("source"),
        _E.start.between(bindparam("start") - EDGE_REACH, bindparam("start") + EDGE_REACH),
        _E.end.between(bindparam("end") - EDGE_REACH, bindparam("end") + EDGE_REACH),
        _E.level == bindparam("level"),
    )
)
_PEOPLE = Prepared(
    select(func.coalesce(_P.participant_id, _P.id))
    .select_from(Turn.__table__.join(Speaker.__table__, _P.id == _T.speaker_id))
    .where(_T.source_id == bindparam("source"), _T.start < bindparam("end"), _T.end > bindparam("start"))
    .where(_P.kind != SpeakerKind.MODERATOR)
    .distinct()
)
