"""The rules of a study stand in the database: bare SQL cannot break them, whatever Python forgets."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import CheckConstraint, UniqueConstraint, text

from app.errors import NotPossible
from app.importers.lens_file import parse_lens
from app.importers.participants import ParticipantRow, ParticipantTable
from app.models import (
    ApproachVersion,
    Base,
    ChecklistAnswer,
    JournalEntry,
    JournalLink,
    JournalRevision,
    MappingExcerpt,
    MappingIndicator,
    PhaseVisit,
)
from app.models.journal import JOURNAL_TABLES, study_tables
from app.models.kinds import Phase, RelationKind, ReviewLevel
from app.models.verbs import Verb
from app.operations.board import make_pile, place_piles
from app.operations.codes import create_code
from app.operations.codings import code_passage
from app.operations.decisions import decide
from app.operations.exports import record_export
from app.operations.lenses import add_lens
from app.operations.mappings import map_theme, say_unexplained
from app.operations.maps import keep_version, place_region, relate, write_note
from app.operations.memos import write_memo
from app.operations.people import add_participants
from app.operations.reviews import comment, record_check, reply
from app.operations.studies import new_study, work_as
from app.operations.themes import create_theme
from app.study import ChangeSession, Study
from tests.material import bring_in, draft_of, rows_of


@pytest.fixture
def full(path: Path, content: bytes) -> Iterator[Study]:
    """A study with a row or two in every table."""
    path.write_bytes(content)
    with Study.open(path) as study:
        yield study


@pytest.fixture(scope="module")
def content(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """That study as a file, made once."""
    path = tmp_path_factory.mktemp("full") / "full.reflexa"
    with new_study(path, "Belonging") as study:
        fill(study)
    return path.read_bytes()


def fill(study: Study) -> None:
    """Two of everything."""
    talk = bring_in(study, draft_of(original=b"bytes"), keep_original=True)
    other = bring_in(study, draft_of(file_name="FG2.txt", original=b"bytes"), group="FG2", keep_original=True)
    study.run(work_as, "Aisyah")
    study.run(work_as, "Bea")
    people = (ParticipantRow("P1", "Nur", attributes=(("age", "30"), ("year", "2"))),)
    study.run(add_participants, ParticipantTable("p.csv", people))
    with study.change("Fill", Verb.CODE) as session:
        codes = [create_code(session, "One"), create_code(session, "Two")]
        excerpts = [
            code_passage(session, one.source_id, *one.span("belong"), codes[0]).excerpt_id for one in (talk, other)
        ]
        code_passage(session, talk.source_id, *talk.span("belong"), codes[1])
        themes = [create_theme(session, "T", code_ids=codes), create_theme(session, "U", code_ids=codes)]
        lens_id = add_lens(
            session, parse_lens({"name": "Modes", "entries": [{"name": "Engagement"}, {"name": "Alignment"}]})
        )
        entries = session.scalars(text("SELECT id FROM lens_entry")).all()
        for theme in themes:
            decide(session, theme, excerpts[0], belongs="in")
            say_unexplained(session, theme, lens_id, "home")
            for entry in entries[:2]:
                mapping = map_theme(session, theme, entry)
                session.add(MappingExcerpt(mapping_id=mapping, excerpt_id=excerpts[0]))
                session.add(MappingIndicator(mapping_id=mapping, entry_id=entries[-1]))
            record_check(session, theme, ReviewLevel.EXCERPTS, "holds")
            reply(session, comment(session, "theme", theme, "Why?", author="Supervisor"), "Because.", author="Aisyah")
        relate(session, *themes, RelationKind.TENSION)
        relate(session, *reversed(themes), RelationKind.LEADS_INTO)
        for entry in entries[:2]:
            place_region(session, entry, (0, 0, 100, 100))
        write_note(session, "think", 1, 2)
        place_piles(session, {themes[0]: (1, 1), themes[1]: (2, 2)})
        make_pile(session, [(codes[0], "")], (0, 0), title="murky")
        make_pile(session, [(codes[1], "")], (0, 0))
        for label in ("Initial", "Final"):
            keep_version(session, label)
        write_memo(session, "code", codes[0], "words")
        write_journal(session, codes)
        voices = session.scalars(text("SELECT id FROM participant")).all()
        record_export(session, kind="codebook", file_name="a", content_hash="0", participant_ids=voices)
        record_export(session, kind="codebook", file_name="b", content_hash="0", participant_ids=voices)


def write_journal(session: ChangeSession, codes: list[str]) -> None:
    """Two rows in each table of the researcher's thinking."""
    for number, code in enumerate(codes):
        entry = JournalEntry(at=session.at, text="I wonder.", person_id=session.person_id)
        session.add(entry)
        session.flush()
        session.add_all(
            [
                JournalRevision(entry_id=entry.id, at=session.at, text="I thought.", person_id=session.person_id),
                JournalLink(entry_id=entry.id, code_id=code),
                ApproachVersion(at=session.at, statement={}, person_id=session.person_id),
                PhaseVisit(phase=Phase.CODING, began_at=session.at, ended_at=session.at, person_id=session.person_id),
                ChecklistAnswer(checklist="fifteen", item=str(number), text="Yes.", at=session.at),
            ]
        )


def refuses(study: Study, statement: str) -> None:
    """The statement must meet its rule and change nothing."""
    before = rows_of(study)
    with pytest.raises(NotPossible), study.change("Try", Verb.EDIT_CODE) as session:
        assert session.execute(text(statement)).rowcount
    assert rows_of(study) == before


BAD = {
    ("study", "single"): "only = 2",
    ("person", "named"): "name = ' '",
    ("focus_group", "labelled"): "label = '  '",
    ("participant", "named"): "pseudonym = ''",
    ("participant", "consent"): "consent_to_quote = 'maybe'",
    ("participant", "participantstatus"): "status = 'gone'",
    ("participant_attribute", "attributekind"): "kind = 'colour'",
    ("speaker", "labelled"): "label = ''",
    ("speaker", "participant"): "kind = 'moderator' WHERE participant_id IS NOT NULL",
    ("speaker", "speakerkind"): "kind = 'ghost', participant_id = NULL",
    ("source", "named"): "name = ''",
    ("turn", "span"): 'start = "end" + 1',
    ("turn", "turnkind"): "kind = 'silence'",
    ("excerpt", "span"): "start = -1",
    ("excerpt", "quote"): "quote = quote || '.'",
    ("excerpt", "excerptlevel"): "level = 'crowd'",
    ("code", "named"): "name = ' '",
    ("code", "not_own_parent"): "parent_id = id",
    ("code", "colour"): "colour = '#00ff0'",
    ("code", "semantic_latent"): "semantic_latent = 5",
    ("code", "codestatus"): "status = 'lost'",
    ("code", "codeorigin"): "origin = 'guess'",
    ("memo", "one_subject"): "code_id = NULL",
    ("theme", "named"): "name = ''",
    ("theme", "not_own_parent"): "kind = 'subtheme', parent_id = id",
    ("theme", "subtheme_has_parent"): "kind = 'subtheme'",
    (
        "theme",
        "overarching_on_top",
    ): "kind = 'overarching', parent_id = (SELECT id FROM theme WHERE name = 'U') WHERE name = 'T'",
    ("theme", "size_on_the_map"): "map_size = 99",
    ("theme", "themekind"): "kind = 'topic'",
    ("theme", "themestatus"): "status = 'done'",
    ("theme_code", "coderole"): "role = 'main'",
    ("theme_excerpt", "belongs"): "belongs = 'perhaps'",
    ("lens", "named"): "name = ''",
    ("lens_entry", "named"): "name = ''",
    ("lens_entry", "not_own_parent"): "parent_id = id",
    ("mapping", "weight"): "weight = 'primary'",
    ("mapping", "direction"): "direction = 'opposes'",
    ("board_pile", "theme_has_its_name"): "title = 'T' WHERE theme_id IS NOT NULL",
    ("theme_relation", "relationkind"): "kind = 'feeds'",
    ("theme_relation", "own_word"): "kind = 'own word', label = ' '",
    ("theme_relation", "two_themes"): "to_id = from_id",
    ("map_region", "size"): "width = 0",
    ("map_note", "says_something"): "text = ' '",
    ("map_version", "labelled"): "label = ''",
    ("review_comment", "says_something"): "text = ''",
    ("review_comment", "reviewstatus"): "status = 'approved'",
    ("review_comment", "one_subject"): "theme_id = NULL WHERE theme_id IS NOT NULL",
    ("review_check", "reviewlevel"): "level = 'once'",
    ("study", "smallest_group"): "smallest_group = 0",
    ("focus_group", "minutes"): "minutes = 0",
    ("journal_entry", "says_something"): "text = ' '",
    ("journal_entry", "phase"): "phase = 'coding twice'",
    ("journal_link", "one_subject"): "code_id = NULL",
    ("phase_visit", "phase"): "phase = 'searching for themes'",
    ("phase_visit", "forward"): "ended_at = '0001'",
}


@pytest.mark.parametrize(("table", "rule"), BAD, ids=lambda part: str(part))
def test_a_check_of_the_database_refuses(full: Study, table: str, rule: str) -> None:
    setting = BAD[table, rule]
    refuses(full, f"UPDATE {table} SET {setting}")


def test_no_check_of_the_models_is_left_untried() -> None:
    checks = {
        (table.name, str(one.name).removeprefix(f"ck_{table.name}_"))
        for table in study_tables()
        for one in table.constraints
        if isinstance(one, CheckConstraint)
    }
    assert checks - set(BAD) == {("code_lineage", "lineagekind"), ("theme_lineage", "lineagekind")}


UNIQUE = [
    (table.name, tuple(column.name for column in one.columns))
    for table in study_tables()
    for one in table.constraints
    if isinstance(one, UniqueConstraint)
]


@pytest.mark.parametrize(("table", "columns"), UNIQUE, ids=lambda part: str(part))
def test_a_second_row_alike_is_refused(full: Study, table: str, columns: tuple[str, ...]) -> None:
    others = [column.name for column in Base.metadata.tables[table].columns if column.name != "id"]
    listed = ", ".join(f'"{name}"' for name in others)
    refuses(full, f"INSERT INTO {table} (id, {listed}) SELECT 'twin', {listed} FROM {table} LIMIT 1")


def test_codes_alike_are_refused_on_top_and_under_a_parent(full: Study) -> None:
    refuses(full, "UPDATE code SET name = 'One'")
    with full.change("Nest", Verb.EDIT_CODE) as session:
        session.execute(text("UPDATE code SET parent_id = (SELECT id FROM code WHERE name = 'One') WHERE name = 'Two'"))
        session.execute(text("UPDATE code SET name = 'One' WHERE name = 'Two'"))


KEYS = [
    (table.name, column.name)
    for table in study_tables()
    for column in table.columns
    if column.foreign_keys
    and table.name not in {"code_lineage", "theme_lineage", "memo", "review_comment", "journal_link"}
]


@pytest.mark.parametrize(("table", "column"), KEYS, ids=lambda part: str(part))
def test_a_row_cannot_point_to_nothing(full: Study, table: str, column: str) -> None:
    refuses(full, f"UPDATE {table} SET {column} = 'nobody'" + (", kind = 'participant'" if table == "speaker" else ""))


def test_the_journal_keeps_its_own_rules(full: Study) -> None:
    for statement in (
        "INSERT INTO change_row (change_seq, table_name, row_id, op) VALUES (99999, 'code', 'x', 'insert')",
        "UPDATE change_row SET op = 'replace'",
        "UPDATE change SET undoes = seq",
        "UPDATE change SET verb = 'undo'",
        "UPDATE change SET origin = 'elsewhere'",
    ):
        with pytest.raises(NotPossible), full.change("Try", Verb.EDIT_CODE) as session:
            session.execute(text(statement))


def test_every_foreign_key_says_what_happens_when_its_row_goes_and_is_indexed() -> None:
    for table in study_tables():
        led = {str(index.columns[0].name) for index in table.indexes if len(index.columns)}
        led |= {next(iter(one.columns)).name for one in table.constraints if isinstance(one, UniqueConstraint)}
        for column in table.columns:
            for key in column.foreign_keys:
                assert key.ondelete in {"CASCADE", "SET NULL"}, f"{table.name}.{column.name}"
                assert column.name in led, f"{table.name}.{column.name} has no index: a cascade would read every row"


def test_the_journal_sees_every_table_and_column(full: Study) -> None:
    """Every column of every table is in the image of a deleted row, so that nothing can come back without it."""
    full.undo()
    with full.change("Clear", Verb.EDIT_CODE) as session:
        session.execute(text("PRAGMA defer_foreign_keys=ON"))
        for table in reversed(study_tables()):
            session.execute(text(f"DELETE FROM {table.name}"))
    images = {
        table: set(json.loads(before))
        for table, before in full.connection.execute("SELECT table_name, before FROM change_row WHERE op = 'delete'")
    }
    for name, columns in images.items():
        assert columns == set(Base.metadata.tables[name].columns.keys())
    full.undo()
    assert rows_of(full)["turn"]


def test_the_journal_is_not_journalled(study: Study) -> None:
    study.get_ready()
    watched = {name for (name,) in study.connection.execute("SELECT DISTINCT tbl_name FROM temp.sqlite_schema "
                                                            "WHERE type = 'trigger'")}  # fmt: skip
    assert watched == {table.name for table in study_tables()}
    assert not watched & JOURNAL_TABLES


def test_every_table_has_a_key_that_survives_merging(full: Study) -> None:
    uuid = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")
    rows = rows_of(full)
    assert all(uuid.fullmatch(str(row["id"])) for found in rows.values() for row in found)
    assert {name for name, found in rows.items() if not found} == {"code_lineage", "theme_lineage"}


def test_every_quote_is_its_text_for_sql_too(full: Study) -> None:
    quotes = full.connection.execute('SELECT quote, substr(text, start + 1, "end" - start) FROM excerpt '
                                     "JOIN source ON source.id = source_id").fetchall()  # fmt: skip
    assert quotes
    assert all(quote == said for quote, said in quotes)
