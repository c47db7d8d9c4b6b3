"""One open study: what a change is, who is told of it, and what it never does."""

from __future__ import annotations

import logging
import os
import sqlite3
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import insert, select, text

from app.analysis.overview import history, info
from app.errors import NotPossible, ReflexaError
from app.models import Change, ChangeRow, Code, Person, StudySheet
from app.models.migrations import SCHEMA
from app.models.verbs import Verb
from app.operations.codes import create_code, edit_code
from app.operations.excerpts import take_excerpt
from app.operations.studies import describe_study, new_study, work_as
from app.study import Notice, Study
from tests.material import Talk, rows_of


def test_a_block_that_raises_writes_nothing(study: Study) -> None:
    before, entries = rows_of(study), journal_size(study)
    with pytest.raises(ZeroDivisionError), study.change() as session:
        create_code(session, "Belonging")
        session.flush()
        raise ZeroDivisionError
    assert rows_of(study) == before
    assert journal_size(study) == entries
    study.run(create_code, "Belonging")


def test_a_change_inside_a_change_is_an_error(study: Study) -> None:
    with study.change() as session:
        create_code(session, "Outer")
        with pytest.raises(RuntimeError), study.change():
            pass
    assert info_of(study)["codes"] == 1


def test_a_change_while_reading_is_an_error(study: Study) -> None:
    with study.read(), pytest.raises(RuntimeError), study.change():
        pass
    study.run(create_code, "After")


def test_reading_inside_a_change_is_an_error(study: Study) -> None:
    with study.change() as session:
        create_code(session, "Kept")
        with pytest.raises(RuntimeError), study.read():
            pass


def test_reading_inside_reading_shares_the_session(study: Study) -> None:
    with study.read() as outer, study.read() as inner:
        assert outer is inner


def test_a_change_that_touches_nothing_leaves_no_entry(study: Study) -> None:
    code_id = study.run(create_code, "Belonging")
    size, last = journal_size(study), study.next_undo()
    study.run(edit_code, code_id, name="Belonging", brief="")
    with study.change() as session:
        session.announce(Verb.CODE, "Nothing")
    assert journal_size(study) == size
    assert study.next_undo() == last


def test_a_change_must_say_what_it_is(study: Study) -> None:
    with pytest.raises(RuntimeError), study.change() as session:
        session.add(Person(name="Nobody said so"))
    assert [row["title"] for row in rows_of(study)["study"]] == ["Belonging"]
    assert rows_of(study)["person"] == []


def test_the_first_operation_names_the_change(study: Study) -> None:
    with study.change() as session:
        session.announce(Verb.CLUSTER, "Outermost")
        create_code(session, "Inner")
    step = study.next_undo()
    assert step is not None
    assert (step.verb, step.label) == (Verb.CLUSTER, "Outermost")


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO person (id, name, role) VALUES ('p', 'Quiet', '')",
        "UPDATE study SET title = 'Quiet'",
        "DELETE FROM lens",
    ],
)
def test_writing_outside_a_change_is_refused(study: Study, statement: str) -> None:
    before = rows_of(study)
    with pytest.raises(sqlite3.OperationalError, match="readonly"):  # before there are triggers
        study.connection.execute(statement)
    study.get_ready()
    with pytest.raises(sqlite3.IntegrityError, match="only inside a change"):
        study.connection.execute(statement)
    assert rows_of(study) == before


def test_a_reading_session_cannot_write(study: Study) -> None:
    with pytest.raises(ReflexaError), study.read() as session:
        session.execute(insert(Person).values(id="p", name="Quiet", role=""))
        session.commit()
    assert rows_of(study)["person"] == []


def test_a_change_knows_when_by_whom_and_why(study: Study) -> None:
    person_id = study.run(work_as, "Aisyah")
    study.working_as = "Aisyah"
    moment = datetime(2026, 2, 3, 4, 5, 6, 7, tzinfo=UTC)
    with study.change(at=moment, reason="said so twice") as session:
        code_id = create_code(session, "Belonging")
    with study.read() as session:
        entry = history(session)[-1]
        code = session.get_one(Code, code_id)
        assert (code.created_at, code.person_id) == (moment, person_id)
    assert entry["at"] == "2026-02-03T04:05:06.000007Z"
    assert (entry["actor"], entry["reason"], entry["rows"]) == ("Aisyah", "said so twice", 1)


def test_an_actor_can_be_named_for_one_change(study: Study) -> None:
    with study.change(actor="Someone else") as session:
        create_code(session, "Belonging")
    with study.read() as session:
        assert history(session)[-1]["actor"] == "Someone else"


def test_a_moment_without_a_time_zone_is_refused(study: Study) -> None:
    with pytest.raises(Exception, match="time zone"), study.change(at=datetime(2026, 1, 1)):  # noqa: DTZ001
        pass
    study.run(create_code, "After")


def test_listeners_hear_which_rows_a_change_touched(study: Study) -> None:
    heard: list[Notice] = []
    stop = study.listen(heard.append)
    code_id = study.run(create_code, "Belonging")
    study.undo()
    assert [notice.verb for notice in heard] == [Verb.CREATE_CODE, Verb.UNDO]
    assert all(notice.rows == {"code": frozenset({code_id})} for notice in heard)
    assert heard[0].touches("theme", "code")
    assert not heard[0].touches("theme")
    stop()
    stop()
    study.redo()
    assert len(heard) == 2


def test_listeners_hear_of_rows_that_went_by_cascade(study: Study, talk: Talk) -> None:
    from app.operations.sources import delete_source

    excerpt_id = study.run(take_excerpt, talk.source_id, *talk.span("belong"))
    heard: list[Notice] = []
    study.listen(heard.append)
    study.run(delete_source, talk.source_id)
    assert heard[0].rows["excerpt"] == {excerpt_id}
    assert len(heard[0].rows["turn"]) == 5


def test_no_one_is_told_of_a_change_that_failed(study: Study) -> None:
    heard: list[Notice] = []
    study.listen(heard.append)
    with pytest.raises(NotPossible):
        study.run(create_code, " ")
    assert heard == []


def test_a_failing_listener_is_reported_and_the_commit_stands(study: Study, caplog: pytest.LogCaptureFixture) -> None:
    reported: list[Exception] = []
    heard: list[Notice] = []

    def fails(notice: Notice) -> None:
        raise ValueError("Nur said it felt like home")

    study.listen(fails)
    study.listen(heard.append)
    study.on_listener_error = reported.append
    with caplog.at_level(logging.DEBUG):
        code_id = study.run(create_code, "Belonging")
    assert [type(error) for error in reported] == [ValueError]
    assert len(heard) == 1
    assert "ValueError" in caplog.text
    assert "Nur" not in caplog.text
    with study.read() as session:
        assert session.get(Code, code_id) is not None


def test_a_listener_may_read_and_change(study: Study) -> None:
    def answer(notice: Notice) -> None:
        if notice.label.endswith("‘One’"):
            with study.read() as session:
                assert session.scalar(select(Code.name)) == "One"
            study.run(create_code, "Two")

    study.listen(answer)
    study.run(create_code, "One")
    assert info_of(study)["codes"] == 2


def test_a_study_for_reading_only_refuses_in_one_sentence(path: Path, study: Study) -> None:
    study.run(create_code, "Belonging")
    study.close()
    with Study.open(path, read_only=True) as shut:
        for refused in (lambda: shut.run(create_code, "More"), shut.undo):
            with pytest.raises(NotPossible, match="reading only"):
                refused()
        assert info_of(shut)["codes"] == 1


def test_two_may_read_while_one_writes(path: Path, study: Study) -> None:
    with Study.open(path, read_only=True) as reader:
        study.run(create_code, "Belonging")
        assert info_of(reader)["codes"] == 1


def test_the_live_connection_has_the_pragmas_of_the_design(study: Study) -> None:
    wanted = {
        "journal_mode": "delete",
        "synchronous": 3,
        "foreign_keys": 1,
        "secure_delete": 1,
        "trusted_schema": 0,
        "temp_store": 2,
        "cell_size_check": 1,
        "application_id": 0x52464C58,
        "user_version": SCHEMA,
    }
    found = {name: study.connection.execute(f"PRAGMA {name}").fetchone()[0] for name in wanted}
    assert found == wanted
    with study.change() as session:
        assert session.scalar(text("PRAGMA synchronous")) == 3


def test_opening_and_closing_leaves_the_file_as_it_was(path: Path, study: Study, talk: Talk) -> None:
    study.close()
    before = path.read_bytes()
    with Study.open(path) as again:
        assert path.with_name(path.name + ".lock").exists()
        assert info_of(again)["transcripts"] == 1
        assert again.next_undo() is not None
    assert path.read_bytes() == before
    assert [one.name for one in path.parent.iterdir()] == [path.name]


def test_the_file_holds_no_triggers(study: Study) -> None:
    kinds = {row[0] for row in study.connection.execute("SELECT type FROM main.sqlite_schema")}
    assert kinds == {"table", "index"}


def test_what_was_deleted_is_gone_from_the_file(path: Path, study: Study) -> None:
    code_id = study.run(create_code, "Belonging")
    study.run(edit_code, code_id, brief="canary-of-the-mine")
    with study.change("Forget", Verb.EDIT_CODE) as session:
        session.execute(text("UPDATE code SET brief = ''"))
        session.execute(text("DELETE FROM change_row WHERE after LIKE '%canary%'"))
        session.execute(text("UPDATE change_row SET before = NULL"))
    study.close()
    assert b"canary-of-the-mine" not in path.read_bytes()


def test_closing_twice_is_harmless(study: Study) -> None:
    study.close()
    study.close()


def test_a_copy_in_memory_is_for_reading_only_and_stays_as_it_was(study: Study) -> None:
    study.run(create_code, "Belonging")
    copy = study.copy_in_memory()
    study.run(create_code, "Later")
    assert info_of(copy)["codes"] == 1
    with pytest.raises(NotPossible):
        copy.run(create_code, "More")
    copy.close()
    assert info_of(study)["codes"] == 2


def test_a_backup_is_a_whole_study_that_only_its_owner_reads(study: Study, tmp_path: Path) -> None:
    study.run(create_code, "Belonging")
    target = tmp_path / "copy.reflexa"
    study.back_up_to(target)
    assert target.stat().st_mode & 0o777 == 0o600
    with Study.open(target) as copy:
        assert rows_of(copy) == rows_of(study)
        assert copy.key == study.key


def test_a_study_file_is_read_by_its_owner_alone(path: Path) -> None:
    new_study(path).close()
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_rule_broken_in_the_database_is_one_sentence_without_words(study: Study) -> None:
    study.run(create_code, "Belonging")
    for values, sentence in (
        ({"colour": "secret words of Nur"}, "break a rule"),
        ({"colour": "#000000", "name": "Belonging"}, "already one like it"),
    ):
        with pytest.raises(NotPossible, match=sentence) as caught, study.change("Code", Verb.CREATE_CODE) as session:
            session.add(Code(**{"name": "secret words of Nur", "created_at": session.at, **values}))
        assert "secret" not in everything_said(caught.value)


@pytest.mark.parametrize("broken", ["a\0b", "half \ud83d of a smile"])
def test_text_that_no_study_can_keep_is_refused_in_one_sentence(study: Study, broken: str) -> None:
    before = rows_of(study)
    with pytest.raises(NotPossible) as caught, study.change("Person", Verb.EDIT_PEOPLE) as session:
        session.add(Person(name=broken))
    assert broken not in everything_said(caught.value)
    assert rows_of(study) == before


def test_a_damaged_page_met_while_reading_is_one_sentence_without_words(path: Path, study: Study) -> None:
    study.run(describe_study, questions="Nur told us")
    study.connection.execute("PRAGMA ignore_check_constraints=ON")
    with study.change("Break", Verb.DESCRIBE_STUDY) as session:
        session.execute(text("UPDATE study SET questions = CAST(X'4E757220746F6C64FF' AS TEXT)"))
    with pytest.raises(ReflexaError) as caught, study.read() as session:
        session.scalars(select(StudySheet)).one()
    assert "Nur" not in everything_said(caught.value)
    with study.read() as session:
        assert session.scalar(select(StudySheet.title)) == "Belonging"


@pytest.mark.skipif(os.name == "nt", reason="an open file cannot be deleted there")
@pytest.mark.parametrize("fate", ["deleted", "renamed", "replaced"])
def test_a_file_that_vanished_under_us_takes_no_more_changes(path: Path, study: Study, fate: str) -> None:
    study.run(create_code, "Kept")
    if fate == "deleted":
        path.unlink()
    elif fate == "renamed":
        path.rename(path.with_name("elsewhere.reflexa"))
    else:
        other = path.with_name("other.reflexa")
        other.write_bytes(path.read_bytes())
        other.replace(path)
    with pytest.raises(ReflexaError, match="moved, deleted or replaced"):
        study.run(create_code, "Lost")
    assert info_of(study)["codes"] == 1


def test_a_study_title_comes_from_the_file_name_when_none_is_said(tmp_path: Path) -> None:
    with new_study(tmp_path / "Mentors and us.reflexa") as made:
        assert info_of(made)["title"] == "Mentors and us"


def test_a_new_study_holds_its_sheet_and_the_default_lens_only(study: Study) -> None:
    filled = {table: len(rows) for table, rows in rows_of(study).items() if rows}
    assert filled == {"study": 1, "lens": 1, "lens_entry": 23}


def test_a_study_that_cannot_be_filled_leaves_nothing_behind(path: Path) -> None:
    with pytest.raises(NotPossible):
        new_study(path, "x" * 5000)
    assert list(path.parent.iterdir()) == []


def test_describing_the_study_refuses_what_is_no_date_or_field(study: Study) -> None:
    study.run(describe_study, retention_date="2031-12-31", ethics_reference="UM.TNC2/UMREC")
    for fields in ({"retention_date": "next year"}, {"owner": "me"}, {"title": "  "}, {"lens_id": "nothing"}):
        with pytest.raises(NotPossible):
            study.run(describe_study, **fields)
    (sheet,) = rows_of(study)["study"]
    assert (sheet["retention_date"], sheet["ethics_reference"]) == ("2031-12-31", "UM.TNC2/UMREC")


def test_the_same_researcher_is_one_person(study: Study) -> None:
    first = study.run(work_as, " Aisyah ")
    assert study.run(work_as, "Aisyah", "analyst") == first
    assert [(row["name"], row["role"]) for row in rows_of(study)["person"]] == [("Aisyah", "analyst")]


def journal_size(study: Study) -> tuple[int, int]:
    """How many entries and rows the journal holds."""
    with study.read() as session:
        return len(session.scalars(select(Change.seq)).all()), len(session.scalars(select(ChangeRow.id)).all())


def info_of(study: Study) -> dict[str, object]:
    """The figures of the study."""
    with study.read() as session:
        return info(session)


def everything_said(error: BaseException) -> str:
    """What a traceback of this error would show."""
    import traceback

    return "".join(traceback.format_exception(error))
