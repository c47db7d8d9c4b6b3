"""Tables of codes: who is heard under a code, in which groups, and which codes meet in the same words.

Everything is counted here by one walk over codings and turns in Python: a join over ranges in SQL takes as long or
longer (`bench/tables.py` prints both). Numbers are not prevalence, so whoever shows a table shows presence unless the
researcher asked for counts.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.analysis.codes import CodeRow, code_rows
from app.models import Coding, Excerpt, Group, Participant, Source, Speaker, Turn
from app.models.kinds import CodeStatus, ParticipantStatus, SpeakerKind, TurnKind

UNKNOWN, OTHERS, NO_GROUP = "not known who", "other speakers", "no group"
"""Columns that are no row of the study; they are there only where something stands in them."""


class Columns(StrEnum):
    """What the codes are laid against."""

    PARTICIPANTS = "participants"
    GROUPS = "groups"
    CODES = "codes"


class Meeting(StrEnum):
    """When two codes meet: they touch the same words, or words of the same turn."""

    OVERLAPPING = "overlapping"
    SAME_TURN = "in the same turn"


@dataclass(frozen=True)
class TableQuestion:
    """Which table is asked for. `beneath`: a code holds what the codes beneath it hold; `set_aside`: those too."""

    columns: Columns = Columns.PARTICIPANTS
    meeting: Meeting = Meeting.OVERLAPPING
    beneath: bool = False
    set_aside: bool = False


@dataclass(frozen=True)
class TableColumn:
    """A column: a participant with role and group, a group, or a code with its path and sign.

    `name` is "" for the columns that are no row of the study; whoever shows them words them by `id`.
    """

    id: str
    name: str
    role: str = ""
    group: str = ""
    path: str = ""
    sign: str = ""
    colour: str = ""


@dataclass(frozen=True)
class CodeTable:
    """A table as plain data. A cell that holds nothing is not in `cells`; the others say how many passages it opens.

    `heard` is in how many groups a code is heard; it is empty where codes are laid against codes.
    """

    question: TableQuestion
    rows: tuple[CodeRow, ...]
    columns: tuple[TableColumn, ...]
    cells: Mapping[tuple[str, str], int]
    heard: Mapping[str, int]


class Passage(NamedTuple):
    """What a cell opens: a stretch of a transcript. Where two codes meet it need not be an excerpt (then no id)."""

    source_id: str
    start: int
    end: int
    excerpt_id: str = ""


class _Stretch(NamedTuple):
    """A turn's words and whose they are: a participant, UNKNOWN or OTHERS; "" are words that count for nobody."""

    start: int
    end: int
    voice: str


class _Talk(NamedTuple):
    """The turns of one transcript in order, and where each ends."""

    ends: list[int]
    turns: list[_Stretch]

    def touched(self, start: int, end: int) -> list[_Stretch]:
        """The turns whose words [start, end) touches. They follow each other, so one search finds the first."""
        first = last = bisect_right(self.ends, start)
        while last < len(self.turns) and self.turns[last].start < end:
            last += 1
        return self.turns[first:last]


class _Held(NamedTuple):
    """An excerpt with all codes that hold it."""

    excerpt_id: str
    source_id: str
    start: int
    end: int
    codes: tuple[str, ...]


def code_table(session: Session, question: TableQuestion) -> CodeTable:
    """The whole table, codes in tree order."""
    rows = _asked(code_rows(session), question)
    above = _above(rows, question)
    if question.columns == Columns.CODES:
        met = _meetings(session, question, above)
        cells = {}
        for (one, other), passages in met.items():
            cells[one, other] = cells[other, one] = len(passages)
        return CodeTable(question, rows, tuple(_code_column(row) for row in rows), cells, {})
    counted: dict[tuple[str, str], int] = {}
    groups: dict[str, set[str]] = {}
    for held, group, columns in _standing(session, question, above.keys()):
        for code_id in _with_above(held.codes, above):
            if group != NO_GROUP:
                groups.setdefault(code_id, set()).add(group)
            for column in columns:
                counted[code_id, column] = counted.get((code_id, column), 0) + 1
    found = {column for _, column in counted}
    columns_of = _participant_columns if question.columns == Columns.PARTICIPANTS else _group_columns
    heard = {code_id: len(held_in) for code_id, held_in in groups.items()}
    return CodeTable(question, rows, columns_of(session, found), counted, heard)


def passages_of_cell(session: Session, question: TableQuestion, code_id: str, column_id: str) -> list[Passage]:
    """What stands behind one cell, in reading order; as many as the cell counts."""
    rows = _asked(code_rows(session), question)
    above = _above(rows, question)
    places = {source_id: place for place, source_id in enumerate(_sources(session))}
    if question.columns == Columns.CODES:
        both = {code_id, column_id}
        wanted = [one for one, over in above.items() if both & {one, *over}]
        met = _meetings(session, question, {one: [up for up in above[one] if up in both] for one in wanted})
        found = met.get(_pair(code_id, column_id), set())
        return sorted(found, key=lambda one: (places[one.source_id], one.start, one.end))
    wanted = [one for one, over in above.items() if code_id in (one, *over)]
    passages = [
        Passage(held.source_id, held.start, held.end, held.excerpt_id)
        for held, _, columns in _standing(session, question, wanted)
        if column_id in columns
    ]
    return sorted(passages, key=lambda one: (places[one.source_id], one.start, one.end))


# --- codes -------------------------------------------------------------------------------------------------------


def _asked(rows: list[CodeRow], question: TableQuestion) -> tuple[CodeRow, ...]:
    return tuple(row for row in rows if question.set_aside or row.status == CodeStatus.ACTIVE)


def _above(rows: Iterable[CodeRow], question: TableQuestion) -> dict[str, list[str]]:
    """{code: the codes over it that hold it as well}, for every code that is asked for; in tree order."""
    above: dict[str, list[str]] = {}
    for row in rows:
        parent = row.parent_id if question.beneath else None
        above[row.id] = [parent, *above[parent]] if parent in above else []
    return above


def _with_above(codes: tuple[str, ...], above: Mapping[str, list[str]]) -> Collection[str]:
    if not any(above[code_id] for code_id in codes):
        return codes
    return {one for code_id in codes for one in (code_id, *above[code_id])}


def _code_column(row: CodeRow) -> TableColumn:
    return TableColumn(row.id, row.name, path=row.path, sign=row.sign, colour=row.colour)


# --- who is heard ------------------------------------------------------------------------------------------------


def _standing(
    session: Session, question: TableQuestion, code_ids: Collection[str]
) -> Iterator[tuple[_Held, str, Collection[str]]]:
    """Each excerpt with its group and the columns it stands in; where only a moderator speaks, it stands in none."""
    talk, group_of = _talk(session), _groups_of_sources(session)
    by_participant = question.columns == Columns.PARTICIPANTS
    for held in _excerpts(session, code_ids):
        turns = talk.get(held.source_id, _SILENCE).touched(held.start, held.end)
        voices = {turn.voice for turn in turns if turn.voice}
        if voices:
            group = group_of.get(held.source_id, NO_GROUP)
            yield held, group, voices if by_participant else (group,)


def _talk(session: Session) -> dict[str, _Talk]:
    """{transcript: its turns in order, with whose words they are}; turns without words are left out."""
    voices: dict[str | None, str] = {None: UNKNOWN}
    for speaker_id, kind, participant_id, status in session.execute(_SPEAKERS).all():
        voices[speaker_id] = _voice(kind, participant_id, status)
    talk: dict[str, _Talk] = {}
    for source_id, start, end, speaker_id, kind in session.execute(_TURNS).all():
        said = talk.get(source_id)
        if said is None:
            said = talk[source_id] = _Talk([], [])
        said.ends.append(end)
        said.turns.append(_Stretch(start, end, voices[speaker_id] if kind == TurnKind.SPEECH else ""))
    return talk


def _voice(kind: SpeakerKind, participant_id: str | None, status: ParticipantStatus | None) -> str:
    if kind == SpeakerKind.MODERATOR or status == ParticipantStatus.WITHDRAWN:
        return ""
    if kind == SpeakerKind.OTHER:
        return OTHERS
    return participant_id or UNKNOWN


def _excerpts(session: Session, code_ids: Collection[str]) -> Iterator[_Held]:
    """The excerpts that these codes hold, each once. Two plain reads: a join would look up each excerpt by its key."""
    wanted, codings, excerpts = set(code_ids), _CODINGS, _EXCERPTS
    if len(wanted) < _FEW:
        codings = codings.where(_C.code_id.in_(wanted))
        excerpts = excerpts.where(_E.id.in_(select(_C.excerpt_id).where(_C.code_id.in_(wanted))))
    codes_of: dict[str, tuple[str, ...]] = {}
    for excerpt_id, code_id in session.execute(codings).all():
        if code_id in wanted:
            codes_of[excerpt_id] = (*codes_of.get(excerpt_id, ()), code_id)
    for excerpt_id, source_id, start, end in session.execute(excerpts).all():
        codes = codes_of.get(excerpt_id)
        if codes is not None:
            yield _Held(excerpt_id, source_id, start, end, codes)


# --- where codes meet --------------------------------------------------------------------------------------------


def _meetings(
    session: Session, question: TableQuestion, above: Mapping[str, list[str]]
) -> dict[tuple[str, str], set[Passage]]:
    """{two codes: the passages where they meet}; a code above both of them does not meet itself."""
    by_source: dict[str, list[_Held]] = {}
    for held in _excerpts(session, above.keys()):
        by_source.setdefault(held.source_id, []).append(held)
    pairs = _in_turns(by_source, _talk(session)) if question.meeting == Meeting.SAME_TURN else _overlaps(by_source)
    met: dict[tuple[str, str], set[Passage]] = {}
    nested = any(above.values())
    for one, other, passage in pairs:
        if not nested:
            met.setdefault(_pair(one, other), set()).add(passage)
            continue
        for up in (one, *above[one]):
            for over in (other, *above[other]):
                if up != over:
                    met.setdefault(_pair(up, over), set()).add(passage)
    return met


def _overlaps(by_source: Mapping[str, list[_Held]]) -> Iterator[tuple[str, str, Passage]]:
    """A sweep over each transcript: an excerpt meets those before it that have not ended yet."""
    for source_id, excerpts in by_source.items():
        excerpts.sort(key=lambda held: (held.start, held.end))
        still_open: list[_Held] = []
        for held in excerpts:
            start = held.start
            for place, one in enumerate(held.codes):
                for other in held.codes[:place]:
                    yield one, other, Passage(source_id, start, held.end)
            still_open = [before for before in still_open if before.end > start]
            for before in still_open:
                passage = Passage(source_id, start, min(before.end, held.end))
                for one in held.codes:
                    for other in before.codes:
                        if one != other:
                            yield one, other, passage
            still_open.append(held)


def _in_turns(by_source: Mapping[str, list[_Held]], talk: Mapping[str, _Talk]) -> Iterator[tuple[str, str, Passage]]:
    """The codes that touch a turn meet in it."""
    for source_id, excerpts in by_source.items():
        said = talk.get(source_id, _SILENCE)
        codes_of: dict[_Stretch, set[str]] = {}
        for held in excerpts:
            for turn in said.touched(held.start, held.end):
                codes_of.setdefault(turn, set()).update(held.codes)
        for turn, touching in codes_of.items():
            codes = sorted(touching)
            passage = Passage(source_id, turn.start, turn.end)
            for place, one in enumerate(codes):
                for other in codes[:place]:
                    yield one, other, passage


def _pair(one: str, other: str) -> tuple[str, str]:
    return (one, other) if one < other else (other, one)


# --- columns -----------------------------------------------------------------------------------------------------


def _participant_columns(session: Session, found: Collection[str]) -> tuple[TableColumn, ...]:
    """Every participant, heard or not, by group; nobody who has withdrawn."""
    people = session.execute(
        select(_P.id, _P.pseudonym, _P.role, _G.label)
        .select_from(Participant.__table__.outerjoin(Group.__table__, _G.id == _P.group_id))
        .where(_P.status != ParticipantStatus.WITHDRAWN)
        .order_by(_G.position.is_(None), _G.position, _G.label, _P.position, _P.pseudonym)
    )
    known = [TableColumn(row.id, row.pseudonym, row.role, row.label or "") for row in people]
    return (*known, *(TableColumn(one, "") for one in (OTHERS, UNKNOWN) if one in found))


def _group_columns(session: Session, found: Collection[str]) -> tuple[TableColumn, ...]:
    """Every group in its order."""
    groups = session.execute(select(_G.id, _G.label).order_by(_G.position, _G.label))
    known = [TableColumn(row.id, row.label) for row in groups]
    return (*known, *(TableColumn(one, "") for one in (NO_GROUP,) if one in found))


def _groups_of_sources(session: Session) -> dict[str, str]:
    rows = session.execute(select(_S.id, _S.group_id).where(_S.group_id.is_not(None)))
    return {row.id: row.group_id for row in rows}


def _sources(session: Session) -> list[str]:
    return list(session.scalars(select(_S.id).order_by(_S.position, _S.name)))


# Plain tables and not mapped classes: tens of thousands of rows are read at once, and nobody changes them.
_C, _E, _T, _S, _K, _P, _G = (
    kind.__table__.c for kind in (Coding, Excerpt, Turn, Source, Speaker, Participant, Group)
)  # fmt: skip
_FEW = 100
"""More codes than this are not named to SQLite one by one."""
_SILENCE = _Talk([], [])
_CODINGS = select(_C.excerpt_id, _C.code_id)
_EXCERPTS = select(_E.id, _E.source_id, _E.start, _E.end)
_TURNS = select(_T.source_id, _T.start, _T.end, _T.speaker_id, _T.kind).where(_T.start < _T.end).order_by(
    _T.source_id, _T.start
)  # fmt: skip
_SPEAKERS = select(_K.id, _K.kind, _K.participant_id, _P.status).select_from(
    Speaker.__table__.outerjoin(Participant.__table__, _P.id == _K.participant_id)
)
