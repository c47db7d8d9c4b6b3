"""Retrieval: which excerpts hold these codes in this way, said by whom - and what stands around one of them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.analysis.codes import CodingRow, all_codings, code_rows, codings_of_excerpts
from app.analysis.touching import Talk, talk_of_all
from app.analysis.transcripts import Transcript, TurnRow, source_cards
from app.models import Group, Participant, ParticipantAttribute, Source
from app.models.kinds import TurnKind


class Combine(StrEnum):
    """How several codes are asked for."""

    ANY = "any of them"
    ALL = "all of them"
    OVERLAPPING = "overlapping each other"
    FOLLOWED = "the first followed by the second"


@dataclass(frozen=True)
class Question:
    """What is retrieved. Empty parts ask for nothing; `turns` is how far "followed by" reaches.

    `beneath`: a code stands for the codes beneath it too.
    """

    codes: tuple[str, ...] = ()
    combine: Combine = Combine.ANY
    without: tuple[str, ...] = ()
    beneath: bool = False
    turns: int = 3
    group_id: str = ""
    participant_id: str = ""
    role: str = ""
    attribute: tuple[str, str] | None = None
    unsure: bool = False


@dataclass(frozen=True)
class Choices:
    """What one may ask for: (id, name) of groups and participants, roles, and (name, value) of attributes."""

    groups: tuple[tuple[str, str], ...]
    participants: tuple[tuple[str, str], ...]
    roles: tuple[str, ...]
    attributes: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Around:
    """What stands around an excerpt: the question before it, and the turns that it touches."""

    question: TurnRow | None
    turns: tuple[TurnRow, ...]


def retrieve(session: Session, question: Question) -> list[CodingRow]:
    """The excerpts that answer, each once, in reading order; without any code asked for, all that are coded."""
    wanted = [_with_beneath(session, [one], beneath=question.beneath) for one in question.codes]
    barred = _with_beneath(session, question.without, beneath=question.beneath)
    codings: dict[str, list[CodingRow]] = {}
    for row in all_codings(session):
        if row.code_id:
            codings.setdefault(row.excerpt_id, []).append(row)
    talk = talk_of_all(session)
    found = _combined(codings, wanted, question, talk)
    heard = _heard(session, question)
    places = {card.id: place for place, card in enumerate(source_cards(session))}
    groups = dict(session.execute(select(Source.id, Source.group_id)).all())
    rows = []
    for excerpt_id in found:
        held = codings[excerpt_id]
        first = held[0]
        if any(row.code_id in barred for row in held):
            continue
        asked = [row for row in held if not wanted or any(row.code_id in one for one in wanted)]
        if question.unsure and not any(row.unsure for row in asked):
            continue
        if question.group_id and groups.get(first.source_id) != question.group_id:
            continue
        if heard is not None:
            voices = (
                {turn.voice for turn in talk[first.source_id].touched(first.start, first.end)}
                if (first.source_id in talk)
                else set()
            )
            if not voices & heard:
                continue
        rows.append(first)
    return sorted(rows, key=lambda row: (places.get(row.source_id, 0), row.start, row.end))


def codes_on(session: Session, excerpt_id: str) -> list[CodingRow]:
    """The codings of one excerpt."""
    return [row for row in codings_of_excerpts(session, frozenset({excerpt_id})) if row.code_id]


def choices(session: Session) -> Choices:
    """What this study has to ask by."""
    people = session.execute(
        select(Participant.id, Participant.pseudonym, Participant.role).order_by(Participant.pseudonym)
    ).all()
    values = session.execute(
        select(ParticipantAttribute.name, ParticipantAttribute.value)
        .distinct()
        .order_by(ParticipantAttribute.name, ParticipantAttribute.value)
    ).all()
    groups = session.execute(select(Group.id, Group.label).order_by(Group.label)).all()
    return Choices(
        tuple((row.id, row.label) for row in groups),
        tuple((row.id, row.pseudonym) for row in people),
        tuple(sorted({row.role for row in people if row.role})),
        tuple((row.name, str(row.value)) for row in values if row.value not in (None, "")),
    )


def around(script: Transcript, start: int, end: int) -> Around:
    """The moderator's last question before an excerpt, and the turns it touches."""
    touched = tuple(turn for turn in script.turns if turn.start < end and turn.end > start)
    before = [turn for turn in script.turns if turn.end <= start and turn.kind == TurnKind.SPEECH]
    question = next((turn for turn in reversed(before) if turn.by_moderator), None)
    return Around(question, touched)


def _combined(
    codings: dict[str, list[CodingRow]], wanted: list[frozenset[str]], question: Question, talk: dict[str, Talk]
) -> Iterable[str]:
    if not wanted:
        return list(codings)
    if question.combine == Combine.ANY or len(wanted) == 1:
        every = frozenset().union(*wanted)
        return [key for key, held in codings.items() if any(row.code_id in every for row in held)]
    if question.combine == Combine.ALL:
        return [key for key, held in codings.items() if all(any(row.code_id in one for row in held) for one in wanted)]
    spans = [[held[0] for held in codings.values() if any(row.code_id in one for row in held)] for one in wanted]
    found: dict[str, None] = {}
    if question.combine == Combine.OVERLAPPING:
        for place, mine in enumerate(spans):
            others = [row for number, rows in enumerate(spans) if number != place for row in rows]
            for row in _meeting(mine, others):
                found[row.excerpt_id] = None
        return found
    for one, other in _following(spans[0], spans[1], question.turns, talk):
        found[one] = found[other] = None
    return found


def _meeting(mine: list[CodingRow], others: list[CodingRow]) -> list[CodingRow]:
    """Those of the first that touch any of the second."""
    by_source: dict[str, list[CodingRow]] = {}
    for row in others:
        by_source.setdefault(row.source_id, []).append(row)
    reach: dict[str, tuple[list[int], list[int]]] = {}
    for source_id, rows in by_source.items():
        rows.sort(key=lambda row: row.start)
        furthest, ends = 0, []
        for row in rows:
            furthest = max(furthest, row.end)
            ends.append(furthest)
        reach[source_id] = ([row.start for row in rows], ends)
    met = []
    for row in mine:
        starts, ends = reach.get(row.source_id, ([], []))
        last = bisect_right(starts, row.end - 1)
        if last and ends[last - 1] > row.start:
            met.append(row)
    return met


def _following(
    first: list[CodingRow], second: list[CodingRow], turns: int, talk: dict[str, Talk]
) -> list[tuple[str, str]]:
    """Pairs in which the second begins after the first ends, at most so many turns later."""
    by_source: dict[str, list[CodingRow]] = {}
    for row in second:
        by_source.setdefault(row.source_id, []).append(row)
    pairs = []
    for row in first:
        said = talk.get(row.source_id)
        if said is None:
            continue
        here = bisect_right(said.ends, row.end - 1)
        pairs += [
            (row.excerpt_id, other.excerpt_id)
            for other in by_source.get(row.source_id, ())
            if other.start >= row.end and bisect_right(said.ends, other.start) - here <= turns
        ]
    return pairs


def _with_beneath(session: Session, code_ids: Iterable[str], *, beneath: bool) -> frozenset[str]:
    found = set(code_ids)
    if beneath and found:
        for row in code_rows(session):  # each parent comes before its children
            if row.parent_id in found:
                found.add(row.id)
    return frozenset(found)


def _heard(session: Session, question: Question) -> set[str] | None:
    """The participants asked for; None if anybody will do."""
    if not (question.participant_id or question.role or question.attribute):
        return None
    statement = select(Participant.id)
    if question.participant_id:
        statement = statement.where(Participant.id == question.participant_id)
    if question.role:
        statement = statement.where(Participant.role == question.role)
    found = set(session.scalars(statement))
    if question.attribute is not None:
        name, value = question.attribute
        has = select(ParticipantAttribute.participant_id).where(
            ParticipantAttribute.name == name, ParticipantAttribute.value == value
        )
        found &= set(session.scalars(has))
    return found
