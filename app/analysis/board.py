"""What lies on the clustering board, and who stands behind a code: a check on anecdote, never a measure."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from operator import itemgetter
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.analysis.codes import CodeRow
from app.analysis.themes import ThemeRow
from app.models import BoardCard, BoardPile, Coding, Excerpt, Participant, Source, Speaker, Turn
from app.models.kinds import CodeStatus, ParticipantStatus, SpeakerKind, TurnKind

Place = tuple[float, float]


class Heard(NamedTuple):
    """In how many groups a code is heard, and from how many people (moderators are none of them)."""

    groups: int
    people: int


@dataclass(frozen=True)
class WorkingPile:
    """Cards that lie together without being a theme."""

    id: str
    title: str
    place: Place
    code_ids: tuple[str, ...]


@dataclass(frozen=True)
class BoardPlaces:
    """What the study keeps of the board itself."""

    piles: tuple[WorkingPile, ...] = ()
    loose: Mapping[str, Place] = field(default_factory=dict)
    """{code: upper left corner} of cards that lie by themselves."""
    themes: Mapping[str, Place] = field(default_factory=dict)
    """{theme: upper left corner} of themes that the researcher placed."""


@dataclass(frozen=True)
class BoardContent:
    """The whole board: codes, themes, and where they lie."""

    codes: Mapping[str, CodeRow]
    themes: tuple[ThemeRow, ...]
    places: BoardPlaces

    def unplaced(self) -> list[CodeRow]:
        """Codes in use that lie nowhere yet, in the order of the tree."""
        lying = set(self.places.loose)
        lying.update(code_id for pile in self.places.piles for code_id in pile.code_ids)
        lying.update(code_id for theme in self.themes for code_id, _ in theme.codes)
        return [row for row in self.codes.values() if row.id not in lying and row.status == CodeStatus.ACTIVE]


def board_places(session: Session) -> BoardPlaces:
    """Where piles and single cards lie."""
    held: dict[str, list[str]] = {}
    loose: dict[str, Place] = {}
    cards = select(_C.code_id, _C.pile_id, _C.x, _C.y).order_by(_C.position, _C.id)
    for code_id, pile_id, x, y in session.execute(cards):
        if pile_id is None:
            loose[code_id] = (x, y)
        else:
            held.setdefault(pile_id, []).append(code_id)
    piles, themes = [], {}
    for pile_id, theme_id, title, x, y in session.execute(select(_P.id, _P.theme_id, _P.title, _P.x, _P.y)):
        if theme_id is not None:
            themes[theme_id] = (x, y)
        elif pile_id in held:  # the last card of a pile goes with its code when that is deleted
            piles.append(WorkingPile(pile_id, title, (x, y), tuple(held.get(pile_id, ()))))
    piles.sort(key=lambda one: (one.place[1], one.place[0], one.id))
    return BoardPlaces(tuple(piles), loose, themes)


def heard_behind(session: Session) -> dict[str, Heard]:
    """{code: in how many groups and from how many people it is heard}; codes without excerpts are not in it."""
    turns = turns_of_people(session)
    groups: dict[str, set[str]] = {}
    people: dict[str, set[str]] = {}
    spans = (
        select(_K.code_id, _E.source_id, _E.start, _E.end, _S.group_id)
        .join(Excerpt, _E.id == _K.excerpt_id)
        .join(Source, _S.id == _E.source_id)
    )
    for code_id, source_id, start, end, group_id in session.execute(spans):
        groups.setdefault(code_id, set()).add(group_id or source_id)
        people.setdefault(code_id, set()).update(people_in(turns.get(source_id, ()), start, end))
    return {code_id: Heard(len(found), len(people[code_id])) for code_id, found in groups.items()}


def people_in(turns: Sequence[tuple[int, int, str]], start: int, end: int) -> Iterator[str]:
    """Who says the words of [start, end), of the turns that `turns_of_people` gives for a transcript."""
    place = bisect_left(turns, end, key=itemgetter(0)) - 1
    while place >= 0 and turns[place][1] > start:
        yield turns[place][2]
        place -= 1


def turns_of_people(session: Session) -> dict[str, list[tuple[int, int, str]]]:
    """{transcript: (start, end, who) of the turns of people who are known and still in the study}, in order."""
    found: dict[str, list[tuple[int, int, str]]] = {}
    rows = session.execute(
        select(_T.source_id, _T.start, _T.end, Speaker.participant_id, Speaker.id)
        .join(Speaker, Speaker.id == _T.speaker_id)
        .outerjoin(Participant, Participant.id == Speaker.participant_id)
        .where(
            _T.kind == TurnKind.SPEECH,
            Speaker.kind == SpeakerKind.PARTICIPANT,
            Participant.status.is_(None) | (Participant.status != ParticipantStatus.WITHDRAWN),
        )
        .order_by(_T.source_id, _T.start)
    )
    for source_id, start, end, participant_id, speaker_id in rows:
        found.setdefault(source_id, []).append((start, end, participant_id or speaker_id))
    return found


def matching(codes: Iterable[CodeRow], typed: str) -> set[str]:
    """The codes whose path or brief definition holds all typed words; none if nothing is typed."""
    words = typed.casefold().split()
    if not words:
        return set()
    return {row.id for row in codes if all(word in f"{row.path} {row.brief}".casefold() for word in words)}


_C, _P, _K = BoardCard.__table__.c, BoardPile.__table__.c, Coding.__table__.c
_E, _S, _T = Excerpt.__table__.c, Source.__table__.c, Turn.__table__.c
