"""Verifying a study: a sound one is sound, and whatever is damaged is named, without touching a byte."""

from __future__ import annotations

import hashlib
import random
import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest

from app.analysis.verify import ALIKE, verify
from app.errors import StudyInUse
from app.models.base import Base
from app.models.sqlite import APPLICATION_ID
from app.operations.codes import create_code, delete_code, edit_code, move_code
from app.operations.codings import code_passage, remove_code
from app.operations.mappings import map_theme
from app.operations.memos import write_memo
from app.operations.sources import delete_source, join_turn, split_turn
from app.operations.studies import new_study
from app.operations.themes import create_theme, edit_theme
from app.study import Study
from tests.material import MadeOnce, bring_in, draft_of

TRAIL_WORDS = {"at", "actor", "label", "reason"}
"""What the trail says in words stands nowhere twice, so a changed letter in it cannot be seen."""


@pytest.fixture
def worked(path: Path, made_once: MadeOnce) -> Path:
    """A closed study in which everything was done once: brought in, coded, clustered, mapped, undone, deleted."""
    made_once(_work, path)
    return path


def _work(path: Path) -> None:
    with new_study(path, "Belonging") as study:
        draft = draft_of(before="Focus group: FG1 😀\n\n", original=b"the file")
        talk = bring_in(study, replace(draft, file_hash=hashlib.sha256(b"the file").hexdigest()), keep_original=True)
        other = bring_in(study, draft_of(file_name="FG2.txt"), group="FG2")
        with study.change() as session:
            code_id = create_code(session, "Belonging")
        coded = study.run(code_passage, talk.source_id, *talk.span("a place where I belong"), code_id)
        study.run(edit_code, code_id, brief="Being one of them", name="Being one of them")
        study.run(write_memo, "excerpt", coded.excerpt_id, "Say more here")
        theme_id = study.run(create_theme, "Place", code_ids=[code_id])
        study.run(edit_theme, theme_id, concept="A place of one’s own", story="How it came about")
        study.run(map_theme, theme_id, _first(study, "lens_entry"), rationale="They meet")
        study.run(remove_code, coded.excerpt_id, code_id)
        study.undo()
        study.undo()
        study.redo()
        study.run(delete_source, other.source_id)


def _first(study: Study, table: str) -> str:
    return str(study.connection.execute(f'SELECT id FROM "{table}" ORDER BY id').fetchone()[0])


def damage(path: Path, *statements: str, keep_rules: bool = False) -> None:
    """Change a closed study behind its back; no trigger, no foreign key and no constraint is asked."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute(f"PRAGMA ignore_check_constraints={'OFF' if keep_rules else 'ON'}")
    for statement in statements:
        assert connection.execute(statement).rowcount != 0, statement
    connection.close()


def whats(path: Path) -> str:
    """What is wrong, all in one text."""
    return "\n".join(str(fault) for fault in verify(path, full=True))


def cut_off(path: Path, target: Path) -> None:
    """Leave at `target` what a crash in the middle of writing `path` leaves: half a change, and its journal."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA cache_size=1")
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("CREATE TABLE half (words TEXT)")
    for _ in range(200):
        connection.execute("INSERT INTO half VALUES (?)", ("done" * 500,))
    connection.execute("UPDATE source SET text = 'gone'")
    torn, journal = path.read_bytes(), path.with_name(path.name + "-journal").read_bytes()
    connection.execute("ROLLBACK")
    connection.close()
    target.write_bytes(torn)
    target.with_name(target.name + "-journal").write_bytes(journal)


def test_a_study_in_which_everything_was_done_is_sound(worked: Path) -> None:
    assert verify(worked) == []
    assert verify(worked, full=True) == []


def test_an_empty_study_is_sound(path: Path) -> None:
    new_study(path).close()
    assert verify(path) == []


def test_a_study_stays_sound_when_turns_are_split_and_joined(path: Path) -> None:
    with new_study(path) as study:
        talk = bring_in(study)
        turns = study.connection.execute("SELECT id, start FROM turn ORDER BY start").fetchall()
        study.run(split_turn, turns[1][0], talk.text.index("kept") + 2)
        study.run(join_turn, turns[2][0])
    assert verify(path) == []


def test_an_open_study_is_sound_too(study: Study, path: Path) -> None:
    bring_in(study)
    assert verify(path) == []


def test_verifying_touches_no_byte_and_leaves_nothing_beside(worked: Path) -> None:
    before = worked.read_bytes()
    verify(worked, full=True)
    assert worked.read_bytes() == before
    assert [file.name for file in worked.parent.iterdir()] == [worked.name]


def test_a_long_journal_is_walked_in_part_unless_asked(worked: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    damage(worked, "UPDATE change_row SET after = '{}' WHERE id = 1")
    monkeypatch.setattr("app.analysis.soundness.trail.NEWEST", 10)
    assert verify(worked) == []
    assert verify(worked, full=True) != []


@pytest.mark.parametrize(
    ("statement", "what"),
    [
        ("UPDATE source SET text = replace(text, 'felt', 'fell')", "not the one that was brought in"),
        ("UPDATE source SET text = CAST(x'4e7572ff' AS TEXT)", "The text of a transcript is no text"),
        ("UPDATE source SET words = words + 1", "The number of words is wrong"),
        ("UPDATE source_original SET content = x'00'", "The kept original of a transcript is damaged"),
        ("UPDATE excerpt SET quote = 'x' || substr(quote, 2)", "A quote is not what the transcript says there"),
        ('UPDATE excerpt SET start = start + 1, "end" = "end" + 1', "A quote is not what the transcript says there"),
        ('UPDATE excerpt SET "end" = 100000', "An excerpt does not lie inside its transcript"),
        ("UPDATE turn SET label_start = 0 WHERE start = (SELECT max(start) FROM turn)", "Two turns overlap"),
        ('UPDATE turn SET "end" = 100000', "A turn does not lie inside its transcript"),
        ("UPDATE turn SET label_end = label_end - 2", "The label of a turn is not where it should be"),
        ("UPDATE turn SET kind = 'song'", "A value is not one that may stand there"),
        ("UPDATE code SET name = CAST(x'ff' AS TEXT)", "A value is not one that may stand there"),
        ("UPDATE code SET brief = 'a' || char(0) || 'b'", "A value is not one that may stand there"),
        ("UPDATE code SET created_at = 'yesterday'", "A value is not one that may stand there"),
        ("UPDATE code SET parent_id = id", "A code stands under itself"),
        ("UPDATE theme SET parent_id = id", "A theme stands under itself"),
        ("UPDATE coding SET code_id = 'nobody'", "A row points to one that is not there"),
        ("UPDATE theme SET concept = 'Another one'", "A row is not as a change left it"),
        ("UPDATE memo SET id = 'M1'", "A key is not in the form of keys"),
        ("DELETE FROM memo", "A row that a change brought in is not there"),
        ("DELETE FROM study", "The sheet of the study is missing or doubled"),
        ("INSERT INTO person VALUES ('7b2a8c1e-0d6f-4f5e-9a51-2f8f0c7e4d11', 'Eve', '')", "brought in by no change"),
        ("UPDATE change_row SET op = 'delete' WHERE op = 'insert'", "An entry is not whole"),
        ("UPDATE change_row SET before = NULL WHERE op = 'update'", "An entry is not whole"),
        ("UPDATE change_row SET after = 'x' WHERE op = 'insert'", "An entry cannot be read"),
        ("UPDATE change_row SET table_name = 'elsewhere'", "speaks of a table or row that cannot be"),
        ("UPDATE change_row SET change_seq = 1 WHERE id > 40", "The journal is out of order"),
        (
            "UPDATE change_row SET before = replace(before, 'Same here', 'Same hare') WHERE op = 'delete'",
            "not the one that was brought in",
        ),
        ("DELETE FROM change_row WHERE id = 30", "no change|is not there|not as a change"),
        ("UPDATE change SET verb = 'sing' WHERE seq = 3", "A change does not say what it is"),
        ("UPDATE change SET phase = 'codinh' WHERE seq = 3", "A change names a phase that there is not"),
        ("UPDATE change SET undoes = 2 WHERE verb = 'redo'", "A change takes back what cannot be taken back"),
        ("UPDATE change SET at = 'noon' WHERE seq = 2", "A value is not one that may stand there"),
        ("UPDATE change SET origin = 'heaven' WHERE seq = 2", "A value is not one that may stand there"),
        ("DELETE FROM change WHERE seq = 4", "Changes are missing from the trail"),
        ("UPDATE sqlite_sequence SET seq = 1", "The newest changes are missing from the trail"),
    ],
)  # fmt: skip
def test_damage_is_named(worked: Path, statement: str, what: str) -> None:
    damage(worked, statement)
    found = whats(worked)
    assert any(one in found for one in what.split("|")), found


@pytest.mark.parametrize(
    ("statement", "what"),
    [
        ("DROP INDEX ix_coding_code_id", "An index is missing"),
        ("CREATE TABLE notes (words TEXT)", "A table is there that is not a study's own"),
        ("CREATE TRIGGER hidden AFTER INSERT ON code BEGIN DELETE FROM code; END", "trigger is there that is not"),
        ("ALTER TABLE person ADD COLUMN login TEXT", "A table is not as it should be"),
    ],
)
def test_a_schema_that_is_not_ours_is_named(worked: Path, statement: str, what: str) -> None:
    damage(worked, statement)
    assert what in whats(worked)


def test_a_loop_of_several_codes_is_named_once(path: Path) -> None:
    with new_study(path) as study:
        with study.change() as session:
            one, other = create_code(session, "One"), create_code(session, "Other")
        study.run(move_code, other, one)
    damage(path, f"UPDATE code SET parent_id = '{other}' WHERE id = '{one}'")
    assert whats(path).count("A code stands under itself") == 1


def test_deleted_rows_can_still_be_brought_back(path: Path) -> None:
    with new_study(path) as study:
        with study.change() as session:
            code_id = create_code(session, "One")
        study.run(delete_code, code_id)
    damage(path, 'UPDATE change_row SET before = replace(before, \'"full":""\', \'"full":"x"\') WHERE op = \'delete\'')
    assert "A row is not as a change left it" in whats(path)


def test_of_many_faults_alike_the_first_are_told_and_the_rest_counted(path: Path) -> None:
    with new_study(path) as study, study.change() as session:
        for number in range(ALIKE + 5):
            create_code(session, f"Code {number}")
    damage(path, "UPDATE code SET created_at = ''")
    alike = [fault for fault in verify(path) if fault.what == "A value is not one that may stand there"]
    assert len(alike) == ALIKE + 1
    assert alike[-1].where == "5 more"


def test_no_fault_repeats_what_a_participant_said(worked: Path) -> None:
    said = "belong"
    damage(
        worked, "UPDATE source SET text = text || 'x'", "UPDATE excerpt SET quote = 'I ' || quote", "DELETE FROM turn"
    )
    found = whats(worked)
    assert found
    assert said not in found


@pytest.mark.parametrize("name", ["nowhere.reflexa", "."])
def test_what_cannot_be_read_is_a_fault(tmp_path: Path, name: str) -> None:
    (fault,) = verify(tmp_path / name)
    assert fault.what == "The file cannot be read"


@pytest.mark.parametrize("content", [b"", b"thesis" * 50, b"SQLite format 3\0"])
def test_what_is_no_study_is_one_fault(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    assert len(verify(path)) == 1


@pytest.mark.parametrize(
    ("place", "content", "what"),
    [
        (0, b"X", "does not begin as a study does"),
        (68, b"\0", "not a Reflexa study"),
        (63, b"\x07", "newer than this program"),
        (18, b"\x02", "how it is written"),
        (24, b"\xff", "the change counter"),
        (80, b"\x01", "the reserved bytes"),
    ],
)
def test_a_damaged_header_is_named(worked: Path, place: int, content: bytes, what: str) -> None:
    whole = worked.read_bytes()
    worked.write_bytes(whole[:place] + content + whole[place + len(content) :])
    assert what in whats(worked)


def test_a_file_with_something_behind_it_is_named(worked: Path) -> None:
    worked.write_bytes(worked.read_bytes() + bytes(100))
    assert "longer than its header says" in whats(worked)


def test_a_file_cut_short_is_named(worked: Path) -> None:
    worked.write_bytes(worked.read_bytes()[:-5000])
    assert "shorter than its header says" in whats(worked)


def test_a_newer_and_a_foreign_study_say_nothing_more(worked: Path) -> None:
    damage(worked, f"PRAGMA application_id={APPLICATION_ID + 1}")
    (fault,) = verify(worked)
    assert fault.what == "The file is not a Reflexa study"


def test_a_change_that_a_crash_cut_off_is_taken_back_in_memory(worked: Path, tmp_path: Path) -> None:
    torn = tmp_path / "torn" / "study.reflexa"
    torn.parent.mkdir()
    cut_off(worked, torn)
    before = torn.read_bytes()
    assert before != worked.read_bytes()
    assert verify(torn, full=True) == []
    assert torn.read_bytes() == before
    torn.with_name(torn.name + "-journal").unlink()
    assert verify(torn, full=True) != []


def test_a_study_that_is_being_written_is_not_judged(worked: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.analysis.soundness.file.PATIENCE", 0.0)
    writer = sqlite3.connect(worked, isolation_level=None)
    writer.execute("BEGIN EXCLUSIVE")
    with pytest.raises(StudyInUse):
        verify(worked)
    writer.close()


def test_of_flipped_bits_in_what_is_read_only_words_of_the_trail_escape(worked: Path) -> None:
    """A changed letter of a label, a name or a moment in the trail is no less a letter; all else stands twice."""
    whole = worked.read_bytes()
    before = everything(worked)
    in_use = [place for place, byte in enumerate(whole) if byte]
    chance = random.Random(20260823)
    seen = 0
    for _ in range(40):
        place, bit = chance.choice(in_use), chance.randrange(8)
        flipped = bytearray(whole)
        flipped[place] ^= 1 << bit
        worked.write_bytes(flipped)
        if verify(worked, full=True):
            seen += 1
        else:
            assert differences(before, everything(worked)) <= TRAIL_WORDS
    assert seen >= 34


Rows = dict[str, list[dict[str, object]]]


def everything(path: Path) -> Rows:
    """Every row of a study, as bytes where it has any."""
    connection = sqlite3.connect(path)
    connection.row_factory = sqlite3.Row
    connection.text_factory = bytes
    rows = {
        name: [dict(row) for row in connection.execute(f'SELECT rowid, * FROM "{name}" NOT INDEXED')]
        for name in Base.metadata.tables
    }
    connection.close()
    return rows


def differences(one: Rows, other: Rows) -> set[str]:
    """In which columns two studies differ; a table with more or fewer rows differs as a whole."""
    found: set[str] = set()
    for name, rows in one.items():
        if len(rows) != len(other[name]):
            found.add(name)
            continue
        for before, after in zip(rows, other[name], strict=True):
            found |= {f"{column}" for column in before if before[column] != after[column]}
    return found
