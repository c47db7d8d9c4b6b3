"""Tables of codes: who counts, what is left out, where codes meet, and that a cell opens what it counts."""

from __future__ import annotations

import random
from dataclasses import dataclass, field

import pytest
from sqlalchemy import select

from app.analysis.tables import (
    NO_GROUP,
    CodeTable,
    Columns,
    Meeting,
    TableQuestion,
    code_table,
    passages_of_cell,
)
from app.analysis.touching import OTHERS, UNKNOWN
from app.models import Coding, Excerpt, Group, Participant, Source, Speaker, Turn
from app.models.kinds import ExcerptLevel, ParticipantStatus, SpeakerKind
from app.operations.codes import create_code, set_aside
from app.operations.codings import code_passage
from app.operations.people import delete_group, edit_participant, link_speaker
from app.study import Study
from tests.material import LINES, Talk, bring_in, draft_of

NUR, BILAL, MODERATOR = LINES[0][1], LINES[1][1], LINES[2][1]
BY_GROUP, BY_CODE = TableQuestion(Columns.GROUPS), TableQuestion(Columns.CODES)
IN_TURN = TableQuestion(Columns.CODES, Meeting.SAME_TURN)


@dataclass
class Desk:
    """A study that is coded by words, and its tables by names."""

    study: Study
    talk: Talk
    codes: dict[str, str] = field(default_factory=dict)

    def code(self, name: str, words: str, *, under: str | None = None, talk: Talk | None = None) -> None:
        if name not in self.codes:
            self.codes[name] = self.study.run(create_code, name, parent_id=self.codes[under] if under else None)
        talk = talk or self.talk
        self.study.run(code_passage, talk.source_id, *talk.span(words), self.codes[name])

    def table(self, question: TableQuestion) -> CodeTable:
        with self.study.read() as session:
            return code_table(session, question)

    def cells(self, question: TableQuestion | None = None) -> dict[tuple[str, str], int]:
        table = self.table(question or TableQuestion())
        named = {column.id: column.name or column.id for column in table.columns}
        codes = {row.id: row.name for row in table.rows}
        return {(codes[code], named[column]): count for (code, column), count in table.cells.items()}

    def opened(self, question: TableQuestion, code: str, column: str) -> list[str]:
        table = self.table(question)
        column_id = next(one.id for one in table.columns if column in (one.name, one.id))
        with self.study.read() as session:
            found = passages_of_cell(session, question, self.codes[code], column_id)
            texts = dict(session.execute(select(Source.id, Source.text)).all())
        return [texts[one.source_id][one.start : one.end] for one in found]

    def person(self, name: str) -> str:
        with self.study.read() as session:
            return session.scalars(select(Participant.id).where(Participant.pseudonym == name)).one()

    def speaker(self, label: str) -> str:
        with self.study.read() as session:
            return session.scalars(select(Speaker.id).where(Speaker.label == label)).one()


@pytest.fixture
def desk(study: Study, talk: Talk) -> Desk:
    return Desk(study, talk)


def test_a_study_without_codes_or_people_has_an_empty_table(study: Study) -> None:
    with study.read() as session:
        for columns in Columns:
            table = code_table(session, TableQuestion(columns))
            assert (table.rows, table.columns, dict(table.cells)) == ((), (), {})


def test_an_excerpt_counts_for_everybody_whose_words_it_touches(desk: Desk) -> None:
    desk.code("Belonging", NUR)
    desk.code("Belonging", "belong.\nBilal: Same")
    assert desk.cells() == {("Belonging", "Nur"): 2, ("Belonging", "Bilal"): 1}


def test_an_excerpt_that_ends_in_a_label_does_not_touch_what_that_person_says(desk: Desk) -> None:
    desk.code("Belonging", "belong.\nBilal: ")
    assert desk.cells() == {("Belonging", "Nur"): 1}


def test_the_moderator_is_no_column_and_counts_nowhere(desk: Desk) -> None:
    desk.code("Asked", MODERATOR)
    desk.code("Said", f"honestly.\nModerator: {MODERATOR}")
    assert desk.cells() == {("Said", "Bilal"): 1}
    assert [column.name for column in desk.table(TableQuestion()).columns] == ["Nur", "Bilal"]
    assert desk.cells(BY_GROUP) == {("Said", "FG1"): 1}
    assert desk.table(BY_GROUP).heard == {desk.codes["Said"]: 1}


def test_a_participant_whom_no_code_holds_keeps_a_column_with_role_and_group(desk: Desk) -> None:
    desk.study.run(edit_participant, desk.person("Bilal"), role="Mentee")
    desk.code("Belonging", NUR)
    columns = desk.table(TableQuestion()).columns
    assert [(one.name, one.role, one.group) for one in columns] == [("Nur", "", "FG1"), ("Bilal", "Mentee", "FG1")]


def test_speakers_not_known_stand_in_one_column_and_others_in_another(study: Study) -> None:
    lines = (("Nur", "One."), ("Bilal", "Two."), (None, "Three."), ("All", "Four."), ("Note-taker", "Five."))
    desk = Desk(study, bring_in(study, draft_of(lines)))
    for number, (_, words) in enumerate(lines):
        desk.code(str(number), words)
    desk.study.run(link_speaker, desk.speaker("Nur"), SpeakerKind.UNKNOWN)
    desk.study.run(link_speaker, desk.speaker("All"), SpeakerKind.SEVERAL)
    desk.study.run(link_speaker, desk.speaker("Note-taker"), SpeakerKind.OTHER)
    assert desk.cells() == {
        ("0", UNKNOWN): 1,
        ("1", "Bilal"): 1,
        ("2", UNKNOWN): 1,
        ("3", UNKNOWN): 1,
        ("4", OTHERS): 1,
    }
    assert [column.id for column in desk.table(TableQuestion()).columns][-2:] == [OTHERS, UNKNOWN]


def test_the_columns_for_nobody_are_there_only_where_something_stands_in_them(desk: Desk) -> None:
    desk.study.run(link_speaker, desk.speaker("Nur"), SpeakerKind.UNKNOWN)
    assert UNKNOWN not in {column.id for column in desk.table(TableQuestion()).columns}


def test_who_has_withdrawn_is_no_column_and_their_words_count_nowhere(desk: Desk) -> None:
    desk.code("Belonging", NUR)
    desk.study.run(edit_participant, desk.person("Nur"), status=ParticipantStatus.WITHDRAWN)
    assert desk.cells() == {}
    assert desk.cells(BY_GROUP) == {}
    assert [column.name for column in desk.table(TableQuestion()).columns] == ["Bilal"]


def test_groups_are_columns_in_their_order_and_a_code_is_heard_in_so_many(desk: Desk) -> None:
    other = bring_in(desk.study, draft_of(file_name="FG2.txt"), group="FG2")
    desk.code("Belonging", NUR)
    desk.code("Belonging", BILAL)
    desk.code("Belonging", NUR, talk=other)
    table = desk.table(BY_GROUP)
    assert [column.name for column in table.columns] == ["FG1", "FG2"]
    assert desk.cells(BY_GROUP) == {("Belonging", "FG1"): 2, ("Belonging", "FG2"): 1}
    assert table.heard == {desk.codes["Belonging"]: 2}


def test_a_transcript_without_a_group_has_a_column_of_its_own(desk: Desk) -> None:
    desk.code("Belonging", NUR)
    with desk.study.read() as session:
        group_id = session.scalars(select(Group.id)).one()
    desk.study.run(delete_group, group_id)
    assert desk.cells(BY_GROUP) == {("Belonging", NO_GROUP): 1}
    assert desk.table(BY_GROUP).heard == {}


def test_codes_set_aside_are_left_out_unless_asked_for(desk: Desk) -> None:
    desk.code("Old", NUR)
    desk.study.run(set_aside, desk.codes["Old"])
    assert desk.table(TableQuestion()).rows == ()
    assert desk.cells() == {}
    assert desk.cells(TableQuestion(set_aside=True)) == {("Old", "Nur"): 1}


def test_with_codes_beneath_an_excerpt_counts_once_for_the_code_above(desk: Desk) -> None:
    desk.code("Above", NUR)
    desk.code("Beneath", NUR, under="Above")
    desk.code("Lowest", BILAL, under="Beneath")
    assert desk.cells()["Above", "Nur"] == 1
    with_beneath = desk.cells(TableQuestion(beneath=True))
    assert with_beneath["Above", "Nur"] == 1
    assert with_beneath["Above", "Bilal"] == 1
    assert with_beneath["Beneath", "Bilal"] == 1
    assert desk.opened(TableQuestion(beneath=True), "Above", "Bilal") == [BILAL]


def test_a_code_set_aside_is_not_among_the_codes_beneath(desk: Desk) -> None:
    desk.code("Above", NUR)
    desk.code("Beneath", BILAL, under="Above")
    desk.study.run(set_aside, desk.codes["Beneath"])
    assert desk.cells(TableQuestion(beneath=True)) == {("Above", "Nur"): 1}


def test_what_lies_under_a_code_set_aside_is_still_beneath_the_code_above_it(desk: Desk) -> None:
    desk.code("Above", NUR)
    desk.code("Between", NUR, under="Above")
    desk.code("Beneath", BILAL, under="Between")
    desk.study.run(set_aside, desk.codes["Between"])
    assert desk.cells(TableQuestion(beneath=True))["Above", "Bilal"] == 1


def test_codes_meet_in_the_words_that_both_touch(desk: Desk) -> None:
    desk.code("A", "It felt like a place")
    desk.code("B", "like a place where I belong.")
    desk.code("C", "where I belong.")
    assert desk.cells(BY_CODE) == {("A", "B"): 1, ("B", "A"): 1, ("B", "C"): 1, ("C", "B"): 1}
    assert desk.opened(BY_CODE, "A", "B") == desk.opened(BY_CODE, "B", "A") == ["like a place"]


def test_codes_meet_on_one_excerpt_and_words_that_only_follow_each_other_do_not(desk: Desk) -> None:
    desk.code("A", "It felt")
    desk.code("B", "It felt")
    desk.code("C", " like a place")
    assert desk.cells(BY_CODE) == {("A", "B"): 1, ("B", "A"): 1}


def test_codes_meet_in_a_turn_without_touching_the_same_words(desk: Desk) -> None:
    desk.code("A", "It felt")
    desk.code("B", "belong.")
    desk.code("C", "Same here.")
    assert desk.cells(BY_CODE) == {}
    assert desk.cells(IN_TURN) == {("A", "B"): 1, ("B", "A"): 1}
    assert desk.opened(IN_TURN, "A", "B") == [NUR]


def test_codes_that_meet_only_in_words_of_the_moderator_do_not_meet(desk: Desk) -> None:
    desk.code("A", MODERATOR)
    desk.code("B", MODERATOR)
    assert desk.cells(BY_CODE) == desk.cells(IN_TURN) == {}
    desk.code("A", f"honestly.\nModerator: {MODERATOR}")
    desk.code("B", f"honestly.\nModerator: {MODERATOR}")
    assert desk.cells(BY_CODE)["A", "B"] == desk.cells(IN_TURN)["A", "B"] == 1
    assert desk.opened(IN_TURN, "A", "B") == [BILAL]


def test_the_same_words_taken_twice_are_one_meeting(desk: Desk) -> None:
    desk.code("A", NUR)
    desk.code("B", NUR)
    start, end = desk.talk.span(NUR)
    for name in "AB":
        desk.study.run(code_passage, desk.talk.source_id, start, end, desk.codes[name], level=ExcerptLevel.INTERACTION)
    assert desk.cells(BY_CODE)["A", "B"] == 1


def test_a_code_does_not_meet_itself_but_meets_what_lies_beneath_it(desk: Desk) -> None:
    desk.code("Above", NUR)
    desk.code("One", NUR, under="Above")
    desk.code("Two", BILAL, under="Above")
    cells = desk.cells(TableQuestion(Columns.CODES, beneath=True))
    assert cells == {("Above", "One"): 1, ("One", "Above"): 1}


@pytest.mark.parametrize("seed", range(6))
def test_every_cell_opens_as_many_passages_as_it_counts_and_as_a_slow_walk_finds(study: Study, seed: int) -> None:
    chance = random.Random(seed)
    talks = [bring_in(study, draft_of(file_name=f"FG{n}.txt"), group=f"FG{n}") for n in (1, 2)]
    with study.change() as session:
        codes: list[str] = []
        for number in range(6):
            parent = chance.choice([None, *codes])
            codes.append(create_code(session, f"Code {number}", parent_id=parent))
        for _ in range(40):
            talk = chance.choice(talks)
            start = chance.randrange(len(talk.text) - 2)
            end = min(len(talk.text), start + chance.choice((2, 9, 30, 200)))
            if talk.text[start:end].strip():
                code_passage(session, talk.source_id, start, end, chance.choice(codes))
    for columns in Columns:
        for meeting in Meeting:
            for beneath in (False, True):
                question = TableQuestion(columns, meeting, beneath)
                with study.read() as session:
                    table = code_table(session, question)
                    for (code_id, column_id), count in table.cells.items():
                        found = passages_of_cell(session, question, code_id, column_id)
                        assert len(found) == len(set(found)) == count > 0
    assert _participants_slowly(study) == _by_name(study)


def _by_name(study: Study) -> dict[tuple[str, str], int]:
    with study.read() as session:
        return dict(code_table(session, TableQuestion()).cells)


def _participants_slowly(study: Study) -> dict[tuple[str, str], int]:
    """Every turn with every excerpt, as one would explain it."""
    found: dict[tuple[str, str], set[str]] = {}
    with study.read() as session:
        turns = session.execute(
            select(Turn.source_id, Turn.start, Turn.end, Speaker.participant_id).join(Speaker)
        ).all()
        for code_id, excerpt in session.execute(select(Coding.code_id, Excerpt).join(Excerpt)).all():
            for source_id, start, end, person in turns:
                if person and source_id == excerpt.source_id and max(start, excerpt.start) < min(end, excerpt.end):
                    found.setdefault((code_id, person), set()).add(excerpt.id)
    return {cell: len(ids) for cell, ids in found.items()}
