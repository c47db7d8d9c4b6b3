"""Tables of codes: who is heard under a code, in which groups, and which codes meet in the same words.

Words that only a moderator says, or somebody who has withdrawn, count nowhere. Numbers are not prevalence, so whoever
shows a table shows presence unless the researcher asked for counts.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.analysis.codes import CodeRow, code_rows
from app.analysis.touching import (
    OTHERS,
    SILENCE,
    UNKNOWN,
    Held,
    Passage,
    excerpts_held_by,
    overlaps,
    talk_of_all,
    turns_shared,
)
from app.models import Group, Participant, Source
from app.models.kinds import CodeStatus, ParticipantStatus

NO_GROUP = "no group"
"""The column of transcripts in no group; like those of unknown voices it is there only where it holds something."""


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


def code_table(session: Session, question: TableQuestion) -> CodeTable:
    """The whole table, codes in tree order."""
    rows, above = _asked(session, question)
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
    _, above = _asked(session, question)
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


def _asked(session: Session, question: TableQuestion) -> tuple[tuple[CodeRow, ...], dict[str, list[str]]]:
    """The codes asked for, in tree order, and {code: the codes over it that hold what it holds} for each of them."""
    everything = code_rows(session)
    rows = tuple(row for row in everything if question.set_aside or row.status == CodeStatus.ACTIVE)
    if not question.beneath:
        return rows, {row.id: [] for row in rows}
    over: dict[str | None, list[str]] = {None: []}
    for row in everything:
        over[row.id] = [row.id, *over.get(row.parent_id, [])]
    asked = {row.id for row in rows}
    return rows, {row.id: [one for one in over[row.id][1:] if one in asked] for row in rows}


def _with_above(codes: tuple[str, ...], above: Mapping[str, list[str]]) -> Collection[str]:
    if not any(above[code_id] for code_id in codes):
        return codes
    return {one for code_id in codes for one in (code_id, *above[code_id])}


def _code_column(row: CodeRow) -> TableColumn:
    return TableColumn(row.id, row.name, path=row.path, sign=row.sign, colour=row.colour)


# --- who is heard ------------------------------------------------------------------------------------------------


def _standing(
    session: Session, question: TableQuestion, code_ids: Collection[str]
) -> Iterator[tuple[Held, str, Collection[str]]]:
    """Each excerpt with its group and the columns it stands in; where only a moderator speaks, it stands in none."""
    talk, group_of = talk_of_all(session), _groups_of_sources(session)
    by_participant = question.columns == Columns.PARTICIPANTS
    for held in excerpts_held_by(session, code_ids):
        turns = talk.get(held.source_id, SILENCE).touched(held.start, held.end)
        voices = {turn.voice for turn in turns if turn.voice}
        if voices:
            group = group_of.get(held.source_id, NO_GROUP)
            yield held, group, voices if by_participant else (group,)


# --- where codes meet --------------------------------------------------------------------------------------------


def _meetings(
    session: Session, question: TableQuestion, above: Mapping[str, list[str]]
) -> dict[tuple[str, str], set[Passage]]:
    """{two codes: the passages where they meet}; a code above both of them does not meet itself."""
    by_source: dict[str, list[Held]] = {}
    for held in excerpts_held_by(session, above.keys()):
        by_source.setdefault(held.source_id, []).append(held)
    walk = turns_shared if question.meeting == Meeting.SAME_TURN else overlaps
    met: dict[tuple[str, str], set[Passage]] = {}
    nested = any(above.values())
    for one, other, passage in walk(by_source, talk_of_all(session)):
        if not nested:
            met.setdefault(_pair(one, other), set()).add(passage)
            continue
        for up in (one, *above[one]):
            for over in (other, *above[other]):
                if up != over:
                    met.setdefault(_pair(up, over), set()).add(passage)
    return met


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


_S, _P, _G = (kind.__table__.c for kind in (Source, Participant, Group))
