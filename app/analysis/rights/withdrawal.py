"""What withdrawing a participant would touch, worked out before anything is written.

The same plan is shown to the researcher and carried out by `app.operations.rights.withdrawing`.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple, TypeVar

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.analysis.correcting import hanging_on
from app.analysis.rights.held import Held, held_in
from app.analysis.rights.mentions import Mention, labels_of, mentions_in
from app.analysis.rights.names import Likeness, ordinary_words
from app.analysis.rights.places import Place, places
from app.analysis.rights.their_words import TheirWords
from app.analysis.rights.voices_lost import codes_left_empty, themes_left_silent
from app.models import (
    Change,
    ChangeRow,
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
Thing = TypeVar("Thing")


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
    as_of: tuple[int, int] = (0, 0)
    """The state of the study that was looked at, as `newest` tells it."""


Progress = Callable[[float], bool]
"""Is told how much is done, from 0 to 1, and says whether to go on."""


def withdrawal(session: Session, participant_id: str, how: How, names: Iterable[str] = ()) -> Withdrawal | None:
    """What withdrawing so would touch; `names` are further names by which they are spoken of. None if nobody is there.

    For `own-turns` mentions are found as well, and stay.
    """
    begun = begin(session, participant_id, how, names)
    return None if begun is None else begun.finish()


@dataclass(frozen=True)
class Begun:
    """A withdrawal for which all is read and the looking through is still to be done; that needs no study any more."""

    plan: Withdrawal
    texts: dict[str, str]
    labels: dict[str, list[tuple[int, int]]]
    names: dict[str, str]
    others: tuple[str, ...]
    called: tuple[str, ...]
    places: tuple[Place, ...]
    own: frozenset[tuple[str, str]]
    notes: frozenset[str]
    """Memos about them."""
    shared: bool
    """Whether somebody else is called like them."""

    def finish(self, go_on: Progress = lambda _: True) -> Withdrawal | None:
        """The whole plan; None if one was not to go on. It may be asked for in another thread."""
        plan = self.plan
        if plan.how == How.NO_QUOTING:
            return plan
        try:
            ordinary = ordinary_words(_counted(self.texts.values(), len(self.texts), 0.0, 0.15, go_on))
            said = TheirWords(
                [self.texts[one.source_id][one.start : one.end] for one in plan.turns],
                _counted(self.others, len(self.others), 0.15, 0.6, go_on),
            )
            where = _counted(self.places, len(self.places), 0.6, 0.85, go_on)
            held = tuple(held_in(where, said, self.called, ordinary, self.own, self.notes, shared=self.shared))
            sources = _counted(self.texts, len(self.texts), 0.85, 1.0, go_on)
            return replace(plan, held=held, mentions=tuple(self._mentions(sources, ordinary)))
        except _Stopped:
            return None

    def _mentions(self, sources: Iterable[str], ordinary: Collection[str]) -> Iterator[Mention]:
        """Mentions in turns of others; where others have the same name, it is surely theirs only where they speak."""
        speaks_in = {one.source_id for one in self.plan.turns}
        for source_id in sources:
            gone = [(one.label_start, one.end) for one in self.plan.turns if one.source_id == source_id]
            text, name, labels = self.texts[source_id], self.names[source_id], self.labels.get(source_id, ())
            for one in mentions_in(source_id, name, text, labels, self.called, ordinary):
                if not one.in_label and not any(start <= one.start < end for start, end in gone):
                    sure = not self.shared or source_id in speaks_in
                    yield one if sure else replace(one, likeness=Likeness.WORD)


class _Stopped(Exception):
    """One was not to go on."""


def _counted(things: Iterable[Thing], number: int, first: float, last: float, go_on: Progress) -> Iterator[Thing]:
    """The things one by one, while it is told how far one is."""
    for at, one in enumerate(things):
        if not go_on(first + (last - first) * at / number):
            raise _Stopped
        yield one


def begin(session: Session, participant_id: str, how: How, names: Iterable[str] = ()) -> Begun | None:
    """All that is to be read of the study for a withdrawal; None if nobody is there."""
    person = session.get(Participant, participant_id)
    if person is None:
        return None
    plan = Withdrawal(
        participant_id, person.pseudonym, how, outputs=tuple(_outputs(session, participant_id)), as_of=newest(session)
    )
    if how == How.NO_QUOTING:
        return Begun(plan, {}, {}, {}, (), (), (), frozenset(), frozenset(), shared=False)
    turns = tuple(_turns(session, participant_id))
    rows = session.execute(select(Source.id, Source.text, Source.name).order_by(Source.position, Source.name)).all()
    texts = {row.id: row.text for row in rows}
    excerpts = tuple(_touched(session, turns, texts))
    dropped = {one.excerpt_id for one in excerpts if one.cut == Cut.DROPPED}
    called, otherwise = _called(session, person, names), list(_called_otherwise(session, participant_id))
    own = _own_rows(session, participant_id, dropped, {one.excerpt_id for one in excerpts})
    speak = select(func.count(Turn.id)).join(Speaker, Speaker.id == Turn.speaker_id).where(Speaker.kind == "several")
    plan = replace(
        plan,
        turns=turns,
        excerpts=excerpts,
        empty_codes=codes_left_empty(session, dropped),
        silent_themes=themes_left_silent(session, participant_id),
        edited_quotes=session.scalar(select(func.count(ThemeExcerpt.id)).where(
            ThemeExcerpt.excerpt_id.in_([one.excerpt_id for one in excerpts]), ThemeExcerpt.edited_text != "")) or 0,
        originals=session.scalar(select(func.count(SourceOriginal.id))) or 0,
        changes=session.scalar(select(func.count(Change.seq)).where(Change.verb != Verb.CREATE_STUDY)) or 0,
        shared_turns=session.scalar(speak) or 0,
    )  # fmt: skip
    return Begun(
        plan,
        texts,
        labels_of(session),
        {row.id: row.name for row in rows},
        (*otherwise, *_said_by_others(session, turns, texts)),
        tuple(called),
        tuple(places(session)),
        frozenset(own),
        frozenset(map(str, session.scalars(select(Memo.id).where(Memo.participant_id == participant_id)))),
        bool(set(map(str.casefold, called)) & set(map(str.casefold, otherwise))),
    )


def newest(session: Session, before: int | None = None) -> tuple[int, int]:
    """What tells one state of a study from the next: the newest change (`before` another one), and its newest row."""
    earlier = Change.seq < (1 << 62 if before is None else before)
    seq = session.scalar(select(func.max(Change.seq)).where(earlier)) or 0
    return seq, session.scalar(select(func.max(ChangeRow.id)).where(ChangeRow.change_seq <= seq)) or 0


def _turns(session: Session, participant_id: str) -> Iterator[Gone]:
    rows = session.execute(
        select(Turn.id, Turn.source_id, Turn.label_start, Turn.label_end, Turn.start, Turn.end, Speaker.label)
        .join(Speaker, Speaker.id == Turn.speaker_id)
        .where(Speaker.participant_id == participant_id, Turn.kind != TurnKind.WITHDRAWN)
        .order_by(Turn.source_id, Turn.start)
    )
    yield from (Gone(*row) for row in rows)


def _said_by_others(session: Session, turns: Sequence[Gone], texts: dict[str, str]) -> Iterator[str]:
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
    found: list[Touched] = []
    for source_id in dict.fromkeys(one.source_id for one in turns):
        gone = [one for one in turns if one.source_id == source_id]
        going = {one.turn_id for one in gone}
        rest = Rest(
            [(one.start, one.end) for one in gone],
            [
                (start, end)
                for turn_id, start, end in session.execute(
                    select(Turn.id, Turn.start, Turn.end).where(Turn.source_id == source_id).order_by(Turn.start)
                )
                if turn_id not in going and start < end
            ],
        )
        rows = session.execute(
            select(Excerpt.id, Excerpt.start, Excerpt.end, Excerpt.quote, Excerpt.level)
            .where(Excerpt.source_id == source_id)
            .order_by(Excerpt.start, Excerpt.end)
        ).all()
        for excerpt_id, start, end, quote, level in rows:
            if not rest.touches(start, end):
                continue
            pieces = _worded(texts[source_id], rest.pieces(start, end))
            cut = Cut.DROPPED if not pieces else Cut.CUT
            if len(pieces) > 1:
                cut = Cut.GAP if level == ExcerptLevel.INTERACTION else Cut.SPLIT
                pieces = [(pieces[0][0], pieces[-1][1])] if cut == Cut.GAP else pieces
            found.append(Touched(excerpt_id, source_id, names[source_id], cut, tuple(pieces), quote, level, (), 0))
    held = hanging_on(session, [one.excerpt_id for one in found])
    for one in found:
        codes, memos = held[one.excerpt_id]
        yield replace(one, codes=codes, memos=memos)


class Rest:
    """A transcript with turns that go and turns that stay, both in order: what is left of a stretch of it."""

    def __init__(self, gone: Sequence[tuple[int, int]], stay: Sequence[tuple[int, int]]) -> None:
        self._gone, self._stay = gone, stay
        self._gone_ends, self._stay_ends = [end for _, end in gone], [end for _, end in stay]
        self._borders = [start for start, _ in gone]

    def touches(self, start: int, end: int) -> bool:
        """Whether any turn that goes has a part in [start, end)."""
        first = bisect_right(self._gone_ends, start)
        return first < len(self._gone) and self._gone[first][0] < end

    def pieces(self, start: int, end: int) -> list[tuple[int, int]]:
        """What is left of [start, end): runs of words of others between turns that go."""
        pieces: list[tuple[int, int]] = []
        for at in range(bisect_right(self._stay_ends, start), len(self._stay)):
            first, last = self._stay[at]
            if first >= end:
                break
            piece = (max(first, start), min(last, end))
            if pieces and bisect_left(self._borders, pieces[-1][1]) == bisect_left(self._borders, piece[0]):
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


def _outputs(session: Session, participant_id: str) -> Iterator[Output]:
    rows = session.execute(
        select(Export.at, Export.kind, Export.file_name, Export.to_whom)
        .join(ExportVoice, ExportVoice.export_id == Export.id)
        .where(ExportVoice.participant_id == participant_id)
        .order_by(Export.at)
    )
    yield from (Output(*row) for row in rows)
