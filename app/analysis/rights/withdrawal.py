"""What withdrawing a participant would touch, worked out before anything is written.

The same plan is shown to the researcher and carried out by `app.operations.rights.withdrawing`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.analysis.correcting import hanging_on
from app.analysis.rights.held import Held, held_in
from app.analysis.rights.mentions import Mention, mentions_in
from app.analysis.rights.names import Likeness, ordinary_words
from app.analysis.rights.their_words import TheirWords
from app.analysis.rights.voices_lost import codes_left_empty, themes_left_silent
from app.models import (
    Change,
    Excerpt,
    Export,
    ExportVoice,
    Memo,
    Participant,
    ParticipantAttribute,
    Source,
    SourceOriginal,
    Speaker,
    ThemeExcerpt,
    Turn,
)
from app.models.kinds import ExcerptLevel, TurnKind
from app.models.verbs import Verb

TURN_GAP = "[turn withdrawn]"


class How(StrEnum):
    """The three ways of withdrawing, each taking away more than the one before."""

    NO_QUOTING = "no-quoting"
    OWN_TURNS = "own-turns"
    MENTIONS = "mentions"


class Cut(StrEnum):
    """What becomes of an excerpt in which they speak."""

    DROPPED = "dropped"
    CUT = "cut"
    SPLIT = "split"
    GAP = "with a gap"


class Gone(NamedTuple):
    """One turn of theirs. Offsets in the text as it is."""

    turn_id: str
    source_id: str
    label_start: int
    label_end: int
    start: int
    end: int
    label: str


@dataclass(frozen=True)
class Touched:
    """An excerpt in which they speak: what is left of it, in offsets of the text as it is."""

    excerpt_id: str
    source_id: str
    source: str
    cut: Cut
    pieces: tuple[tuple[int, int], ...]
    quote: str
    level: ExcerptLevel
    codes: tuple[str, ...]
    memos: int


class Output(NamedTuple):
    """Something that left with their words: it cannot be called back."""

    at: datetime
    kind: str
    file_name: str
    to_whom: str


@dataclass(frozen=True)
class Withdrawal:
    """Everything that is touched."""

    participant_id: str
    pseudonym: str
    how: How
    turns: tuple[Gone, ...] = ()
    excerpts: tuple[Touched, ...] = ()
    empty_codes: tuple[str, ...] = ()
    silent_themes: tuple[str, ...] = ()
    edited_quotes: int = 0
    held: tuple[Held, ...] = ()
    mentions: tuple[Mention, ...] = ()
    outputs: tuple[Output, ...] = ()
    originals: int = 0
    changes: int = 0
    """Entries of the trail that cannot be undone afterwards."""
    shared_turns: int = 0
    """Turns under labels that stand for several people: nobody knows which words in them are theirs."""


def withdrawal(session: Session, participant_id: str, how: How, names: Iterable[str] = ()) -> Withdrawal | None:
    """What withdrawing so would touch; `names` are further names by which they are spoken of. None if nobody is there.

    For `own-turns` mentions are found as well, and stay.
    """
    person = session.get(Participant, participant_id)
    if person is None:
        return None
    outputs = tuple(_outputs(session, participant_id))
    if how == How.NO_QUOTING:
        return Withdrawal(participant_id, person.pseudonym, how, outputs=outputs)
    turns = tuple(_turns(session, participant_id))
    texts = dict(session.execute(select(Source.id, Source.text)).all())
    excerpts = tuple(_touched(session, turns, texts))
    dropped = {one.excerpt_id for one in excerpts if one.cut == Cut.DROPPED}
    called, ordinary = _called(session, person, names), ordinary_words(texts.values())
    said = TheirWords(
        [texts[one.source_id][one.start : one.end] for one in turns], _others(session, participant_id, turns, texts)
    )
    shared = set(map(str.casefold, called)) & set(map(str.casefold, _called_otherwise(session, participant_id)))
    own = _own_rows(session, participant_id, dropped, {one.excerpt_id for one in excerpts})
    speak = select(func.count(Turn.id)).join(Speaker, Speaker.id == Turn.speaker_id).where(Speaker.kind == "several")
    return Withdrawal(
        participant_id,
        person.pseudonym,
        how,
        turns,
        excerpts,
        codes_left_empty(session, dropped),
        themes_left_silent(session, participant_id),
        session.scalar(select(func.count(ThemeExcerpt.id)).where(
            ThemeExcerpt.excerpt_id.in_([one.excerpt_id for one in excerpts]), ThemeExcerpt.edited_text != "")) or 0,
        tuple(held_in(session, said, called, ordinary, own, shared=bool(shared))),
        tuple(_mentions(session, turns, called, ordinary, texts, {one.source_id for one in turns} if shared else None)),
        outputs,
        session.scalar(select(func.count(SourceOriginal.id))) or 0,
        session.scalar(select(func.count(Change.seq)).where(Change.verb != Verb.CREATE_STUDY)) or 0,
        session.scalar(speak) or 0,
    )  # fmt: skip


def _turns(session: Session, participant_id: str) -> Iterator[Gone]:
    rows = session.execute(
        select(Turn.id, Turn.source_id, Turn.label_start, Turn.label_end, Turn.start, Turn.end, Speaker.label)
        .join(Speaker, Speaker.id == Turn.speaker_id)
        .where(Speaker.participant_id == participant_id, Turn.kind != TurnKind.WITHDRAWN)
        .order_by(Turn.source_id, Turn.start)
    )
    yield from (Gone(*row) for row in rows)


def _others(session: Session, participant_id: str, turns: Sequence[Gone], texts: dict[str, str]) -> Iterator[str]:
    """What everybody else says, and how they are called."""
    yield from _called_otherwise(session, participant_id)
    gone = {one.turn_id for one in turns}
    for turn_id, source_id, start, end in session.execute(select(Turn.id, Turn.source_id, Turn.start, Turn.end)):
        if turn_id not in gone:
            yield texts[source_id][start:end]


def _called_otherwise(session: Session, participant_id: str) -> Iterator[str]:
    """How everybody else is called."""
    labels = select(Speaker.label).where(Speaker.participant_id.is_distinct_from(participant_id))
    yield from session.scalars(labels)
    yield from session.scalars(select(Participant.pseudonym).where(Participant.id != participant_id))


def _touched(session: Session, turns: Sequence[Gone], texts: dict[str, str]) -> Iterator[Touched]:
    names = dict(session.execute(select(Source.id, Source.name)).all())
    for source_id in dict.fromkeys(one.source_id for one in turns):
        gone = [one for one in turns if one.source_id == source_id]
        ids = {one.turn_id for one in gone}
        stay = [
            (start, end)
            for turn_id, start, end in session.execute(
                select(Turn.id, Turn.start, Turn.end).where(Turn.source_id == source_id).order_by(Turn.start)
            )
            if turn_id not in ids and start < end
        ]
        rows = session.execute(
            select(Excerpt.id, Excerpt.start, Excerpt.end, Excerpt.quote, Excerpt.level)
            .where(Excerpt.source_id == source_id)
            .order_by(Excerpt.start, Excerpt.end)
        ).all()
        for excerpt_id, start, end, quote, level in rows:
            if not any(one.start < end and one.end > start for one in gone):
                continue
            pieces = _worded(texts[source_id], _pieces(start, end, gone, stay))
            cut = Cut.DROPPED if not pieces else Cut.CUT
            if len(pieces) > 1:
                cut = Cut.GAP if level == ExcerptLevel.INTERACTION else Cut.SPLIT
                pieces = [(pieces[0][0], pieces[-1][1])] if cut == Cut.GAP else pieces
            codes, memos = hanging_on(session, excerpt_id)
            yield Touched(excerpt_id, source_id, names[source_id], cut, tuple(pieces), quote, level, codes, memos)


def _pieces(start: int, end: int, gone: Sequence[Gone], stay: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """What is left of [start, end): runs of words of others between turns that go."""
    pieces: list[tuple[int, int]] = []
    borders = [one.start for one in gone]
    for first, last in stay:
        piece = (max(first, start), min(last, end))
        if piece[0] >= piece[1]:
            continue
        if pieces and not any(pieces[-1][1] <= border < piece[0] for border in borders):
            pieces[-1] = (pieces[-1][0], piece[1])
        else:
            pieces.append(piece)
    return pieces


def _worded(text: str, pieces: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The pieces without white space at their ends; one that is nothing else is none."""
    found = []
    for start, end in pieces:
        words = text[start:end]
        if words.strip():
            found.append((end - len(words.lstrip()), start + len(words.rstrip())))
    return found


def _called(session: Session, person: Participant, names: Iterable[str]) -> list[str]:
    """Every name by which they are spoken of."""
    labels = session.scalars(select(Speaker.label).where(Speaker.participant_id == person.id)).all()
    return list(dict.fromkeys(one.strip() for one in (person.pseudonym, person.label, *labels, *names) if one.strip()))


def _own_rows(session: Session, participant_id: str, dropped: set[str], touched: set[str]) -> set[tuple[str, str]]:
    """{(table, row)} of what goes or is emptied by itself."""
    own = {("participant", participant_id)}
    for kind, where in (
        (ParticipantAttribute, ParticipantAttribute.participant_id == participant_id),
        (Speaker, Speaker.participant_id == participant_id),
        (Memo, Memo.excerpt_id.in_(dropped)),
        (ThemeExcerpt, ThemeExcerpt.excerpt_id.in_(dropped)),
        (Excerpt, Excerpt.id.in_(dropped)),
    ):
        table: str = kind.__tablename__
        own |= {(table, str(key)) for key in session.scalars(select(kind.id).where(where))}
    quoted = session.scalars(select(ThemeExcerpt.id).where(ThemeExcerpt.excerpt_id.in_(touched)))
    return own | {("theme_excerpt.edited_text", str(key)) for key in quoted}


def _mentions(
    session: Session,
    turns: Sequence[Gone],
    called: list[str],
    ordinary: Collection[str],
    texts: dict[str, str],
    sure_in: Collection[str] | None,
) -> Iterator[Mention]:
    """Mentions in turns of others; where others have the same name, it is surely theirs in `sure_in` alone."""
    for source_id in texts:
        gone = [(one.label_start, one.end) for one in turns if one.source_id == source_id]
        for one in mentions_in(session, source_id, called, ordinary):
            if not one.in_label and not any(start <= one.start < end for start, end in gone):
                sure = sure_in is None or source_id in sure_in
                yield one if sure else replace(one, likeness=Likeness.WORD)


def _outputs(session: Session, participant_id: str) -> Iterator[Output]:
    rows = session.execute(
        select(Export.at, Export.kind, Export.file_name, Export.to_whom)
        .join(ExportVoice, ExportVoice.export_id == Export.id)
        .where(ExportVoice.participant_id == participant_id)
        .order_by(Export.at)
    )
    yield from (Output(*row) for row in rows)
