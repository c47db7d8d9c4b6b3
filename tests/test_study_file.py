"""Opening and making study files: every refusal is one sentence, and what is refused stays as it was to the byte."""

from __future__ import annotations

import errno
import os
import re
import resource
import signal
import sqlite3
import struct
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from app import study_file
from app.backups import Reason, backups_of, making
from app.errors import ReflexaError, StudyInUse, StudyRefused
from app.models import migrations, sqlite
from app.models.verbs import Verb
from app.operations.codes import create_code
from app.operations.studies import new_study
from app.page_check import PageCheck
from app.study import Study
from tests.material import bring_in, rows_of

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def content(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A study with some work in it, made once."""
    path = tmp_path_factory.mktemp("content") / "content.reflexa"
    with new_study(path, "Belonging") as study:
        bring_in(study)
        study.run(create_code, "Belonging")
    return path.read_bytes()


@pytest.fixture
def closed(path: Path, content: bytes) -> Path:
    """That study as a file that nobody has open."""
    path.write_bytes(content)
    return path


def refused(path: Path, *, read_only: bool = False) -> str:
    """Open the file, which must be refused and left as it was; returns the sentence."""
    before = path.read_bytes() if path.is_file() else None
    beside = sorted(path.parent.iterdir())
    with pytest.raises(StudyRefused) as caught:
        Study.open(path, read_only=read_only)
    if before is not None:
        assert path.read_bytes() == before
    assert sorted(path.parent.iterdir()) == beside
    sentence = caught.value.sentence
    assert path.name in sentence
    assert "\n" not in sentence
    assert sentence.endswith((".", "?"))
    return sentence


def test_a_missing_file_is_refused(path: Path) -> None:
    assert "not there" in refused(path)


def test_a_folder_is_refused(path: Path) -> None:
    path.mkdir()
    assert "folder" in refused(path)


def test_an_empty_file_is_refused(path: Path) -> None:
    path.touch()
    assert "empty" in refused(path)


@pytest.mark.parametrize("content", [b"Nur: It felt like home.\n" * 40, b"SQLite format 3\0", b"\0" * 4096, b"x"])
def test_a_file_that_is_no_study_is_refused(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    assert "not a Reflexa study" in refused(path)


def test_a_database_of_another_program_is_refused(path: Path) -> None:
    with bare(path) as other:
        other.execute("CREATE TABLE project (name TEXT)")
    assert "not a Reflexa study" in refused(path)


def test_a_database_of_another_program_with_our_number_is_refused(path: Path) -> None:
    with bare(path) as other:
        other.execute("CREATE TABLE project (name TEXT)")
        other.execute(f"PRAGMA application_id={0x52464C58}")
    assert "not a Reflexa study" in refused(path)
    for version in range(migrations.OLDEST, migrations.SCHEMA + 1):
        with bare(path) as other:
            other.execute(f"PRAGMA user_version={version}")
        assert "not a study's own" in refused(path)


@pytest.mark.parametrize("version", [migrations.SCHEMA + 1, 999, -1])
def test_a_study_of_a_newer_version_is_refused_by_its_number(closed: Path, version: int) -> None:
    with bare(closed) as study:
        study.execute(f"PRAGMA user_version={version}")
    sentence = refused(closed)
    assert "newer Reflexa" in sentence
    assert str(version % 2**32) in sentence


@pytest.mark.parametrize("keep", [0.02, 0.5, 0.99])
def test_a_truncated_study_is_refused(closed: Path, keep: float) -> None:
    content = closed.read_bytes()
    closed.write_bytes(content[: int(len(content) * keep)])
    assert "damaged" in refused(closed)


def test_a_study_with_a_page_of_rubbish_is_refused(closed: Path) -> None:
    content = bytearray(closed.read_bytes())
    for page in (1, 5, 30):
        broken = content.copy()
        broken[page * 4096 : page * 4096 + 600] = b"\xff" * 600
        closed.write_bytes(broken)
        assert "damaged" in refused(closed)


@pytest.mark.parametrize("place", [16, 17, 18, 19, 20, 21, 22, 23, 44, 47, 56, 59, 100, 105, 4096])
def test_a_flipped_byte_never_becomes_a_traceback(closed: Path, place: int) -> None:
    content = bytearray(closed.read_bytes())
    content[place] ^= 0xFF
    closed.write_bytes(content)
    try:
        Study.open(closed).close()
    except (StudyRefused, StudyInUse) as error:
        assert closed.name in error.sentence


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TRIGGER quiet AFTER INSERT ON coding BEGIN DELETE FROM coding; END",
        "CREATE TRIGGER sqlitequiet AFTER INSERT ON coding BEGIN DELETE FROM coding; END",
        "CREATE VIEW seen AS SELECT * FROM code",
        "CREATE TABLE notes (text TEXT)",
        "CREATE INDEX ix_more ON code (brief)",
        "DROP TABLE memo",
        "DROP INDEX uq_code_parent_name",
        "ALTER TABLE code ADD COLUMN more TEXT",
    ],
)
def test_a_schema_that_is_not_ours_is_refused(closed: Path, statement: str) -> None:
    with bare(closed) as study:
        study.execute(statement)
    assert "not a study's own" in refused(closed)


def test_a_trigger_under_a_reserved_name_is_refused(closed: Path) -> None:
    with bare(closed) as study:
        study.execute("CREATE TRIGGER quiet AFTER INSERT ON coding BEGIN DELETE FROM coding; END")
        study.execute("PRAGMA writable_schema=ON")
        study.execute("UPDATE sqlite_schema SET name = 'sqlite_quiet' WHERE name = 'quiet'")
    refused(closed)


def test_a_file_that_may_not_be_read_is_refused(closed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def denied(path: Path) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(study_file, "read_header", denied)
    assert "cannot be read (Permission denied)" in refused(closed)


@pytest.mark.parametrize("which", ["file", "folder"])
def test_what_cannot_be_written_opens_for_reading_only(
    closed: Path, monkeypatch: pytest.MonkeyPatch, which: str
) -> None:
    protected = closed.resolve() if which == "file" else closed.resolve().parent
    monkeypatch.setattr(os, "access", lambda path, mode: Path(path) != protected)
    before = closed.read_bytes()
    with Study.open(closed) as study:
        assert study.read_only
        assert len(rows_of(study)["turn"]) == 5
    assert closed.read_bytes() == before
    assert list(closed.parent.iterdir()) == [closed]


def test_a_folder_that_refuses_the_lock_file_opens_for_reading_only(
    closed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def denied(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(study_file, "StudyLock", denied)
    with Study.open(closed) as study:
        assert study.read_only


@pytest.mark.skipif(not hasattr(os, "getuid") or os.getuid() != 0, reason="needs to become somebody else")
def test_a_really_protected_folder_opens_for_reading_only(closed: Path) -> None:
    closed.chmod(0o444)
    closed.parent.chmod(0o555)
    for folder in list(closed.parents)[1:5]:
        if folder.stat().st_uid == os.getuid() and folder.name.startswith(("pytest", "popen")):
            folder.chmod(0o755)
    said = child(
        f"""
        import os
        from app.study import Study
        Study.open(Path({str(closed)!r}), read_only=True).close()
        os.setgid(65534)
        os.setuid(65534)
        study = Study.open(Path({str(closed)!r}))
        print(study.read_only, study.connection.execute("SELECT count(*) FROM turn").fetchone()[0])
        """
    )
    assert said == "True 5"


# A second opener -------------------------------------------------------------------------------------------------


def test_a_second_opener_is_told_who_has_the_study_open(closed: Path) -> None:
    with Study.open(closed, working_as="Aisyah"):
        said = child(
            f"""
            from app.errors import StudyInUse
            from app.study import Study
            try:
                Study.open(Path({str(closed)!r}))
            except StudyInUse as error:
                print(error.sentence)
            """
        )
    assert "open elsewhere (by Aisyah on" in said
    assert re.search(r"since \d{4}-\d\d-\d\d \d\d:\d\d\)", said)
    Study.open(closed).close()


def test_a_second_opener_in_the_same_program_is_refused_too(closed: Path) -> None:
    with Study.open(closed), pytest.raises(StudyInUse):
        Study.open(closed)


def test_the_lock_holds_through_another_name_of_the_same_file(closed: Path) -> None:
    alias = closed.parent / "folder" / "alias.reflexa"
    alias.parent.mkdir()
    alias.symlink_to(closed)
    with Study.open(alias), pytest.raises(StudyInUse):
        Study.open(closed)


@pytest.mark.parametrize("card", ["", "[]", "null", '{"who": 3}', "\0\0"])
def test_a_lock_file_with_nonsense_in_it_stops_nobody(closed: Path, card: str) -> None:
    closed.with_name(closed.name + ".lock").write_text(card)
    with Study.open(closed) as study, pytest.raises(StudyInUse):
        assert not study.read_only
        closed.with_name(closed.name + ".lock").write_text(card)
        Study.open(closed)


def test_killing_the_holder_frees_the_study(closed: Path) -> None:
    holder = start(
        f"""
        from app.study import Study
        study = Study.open(Path({str(closed)!r}), working_as="Aisyah")
        print("open", flush=True)
        sys.stdin.read()
        """
    )
    assert holder.stdout is not None
    assert holder.stdout.readline() == "open\n"
    with pytest.raises(StudyInUse):
        Study.open(closed)
    holder.kill()
    holder.wait()
    with Study.open(closed) as study:
        assert not study.read_only
        study.run(create_code, "After")


# Crashes ---------------------------------------------------------------------------------------------------------


def crash_in_a_change(path: Path) -> None:
    """Leave a hot journal: a process dies after SQLite has begun to write pages of an unfinished change."""
    crashed = start(
        f"""
        import os, signal
        from sqlalchemy import text
        from app.models.verbs import Verb
        from app.study import Study
        study = Study.open(Path({str(path)!r}))
        study.connection.execute("PRAGMA cache_size=2")
        study.connection.execute("PRAGMA cache_spill=2")
        with study.change("Half", Verb.CREATE_CODE) as session:
            session.execute(text("UPDATE turn SET time_ms = 5"))
            session.execute(text("UPDATE study SET questions = " + "'" + "x" * 400000 + "'"))
            os.kill(os.getpid(), signal.SIGKILL)
        """
    )
    assert crashed.wait() == -signal.SIGKILL
    assert path.with_name(path.name + "-journal").stat().st_size > 512


def test_a_change_cut_off_by_a_crash_is_rolled_back(closed: Path) -> None:
    with Study.open(closed) as study:
        before = rows_of(study)
    crash_in_a_change(closed)
    with Study.open(closed) as study:
        assert rows_of(study) == before
        study.run(create_code, "After")
    assert list(closed.parent.iterdir()) == [closed]


def test_a_change_cut_off_is_rolled_back_also_where_no_file_can_be_laid_elsewhere(
    closed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Study.open(closed) as study:
        before = rows_of(study)
    crash_in_a_change(closed)
    monkeypatch.setattr(tempfile, "TemporaryDirectory", _no_room)
    with Study.open(closed) as study:
        assert rows_of(study) == before


def _no_room(**_: object) -> None:
    raise OSError(errno.ENOSPC, "No space left on device")


def test_a_journal_that_claims_more_than_any_memory_is_refused(closed: Path) -> None:
    journal = bytearray(journal_of(closed.read_bytes()[:4096]))
    journal[16:20] = (0xFFFFFFFF).to_bytes(4)
    journal[512:516] = (0xFFFFFFF0).to_bytes(4)
    closed.with_name(closed.name + "-journal").write_bytes(journal)
    assert "does not belong to it" in refused(closed)


def test_a_crash_while_the_file_grew_is_rolled_back_although_the_header_states_more(closed: Path) -> None:
    with Study.open(closed) as study:
        before = rows_of(study)
    content = bytearray(closed.read_bytes())
    closed.with_name(closed.name + "-journal").write_bytes(journal_of(content))
    content[28:32] = (len(content) // 4096 + 500).to_bytes(4)
    closed.write_bytes(content)
    with Study.open(closed) as study:
        assert rows_of(study) == before


def journal_of(content: bytes) -> bytes:
    """A rollback journal that brings these pages back, as SQLite has it on disk when it begins to write page 1."""
    pages = [content[at : at + 4096] for at in range(0, len(content), 4096)]
    header = bytes.fromhex("d9d505f920a163d7") + struct.pack(">IIIII", len(pages), 7, len(pages), 512, 4096)
    records = (
        struct.pack(">I", number) + page + struct.pack(">I", 7 + sum(page[at] for at in range(4096 - 200, 0, -200)))
        for number, page in enumerate(pages, start=1)
    )
    return header.ljust(512, b"\0") + b"".join(records)


def test_a_cut_off_change_that_may_not_be_rolled_back_is_refused(closed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    crash_in_a_change(closed)
    assert "cut off" in refused(closed, read_only=True)
    monkeypatch.setattr(os, "access", lambda path, mode: False)
    assert "cut off" in refused(closed)
    monkeypatch.undo()
    Study.open(closed).close()


def test_a_reader_meets_a_writer_in_the_middle_of_writing(closed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite, "PATIENCE", 0.01)
    with bare(closed) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(StudyInUse, match="at this moment"):
            Study.open(closed, read_only=True)
        other.execute("ROLLBACK")


# A full disk -----------------------------------------------------------------------------------------------------


def test_a_full_disk_is_one_sentence_and_the_study_stays_whole(closed: Path) -> None:
    said = child(
        f"""
        import resource, signal
        from app.errors import ReflexaError
        from app.operations.codes import create_code, edit_code
        from app.study import Study
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        path = Path({str(closed)!r})
        study = Study.open(path)
        code_id = study.run(create_code, "Kept")
        unlimited = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (path.stat().st_size, unlimited[1]))
        for _ in range(2):
            try:
                study.run(edit_code, code_id, full="x" * 900_000)
            except ReflexaError as error:
                print(error.sentence)
        print(study.next_undo().label)
        resource.setrlimit(resource.RLIMIT_FSIZE, unlimited)
        study.run(edit_code, code_id, full="y" * 900_000)
        study.close()
        """
    )
    sentences = said.splitlines()
    assert sentences == [*["The disk is full or refuses to write. Nothing was lost; make room and do it again."] * 2,
                         "Create code ‘Kept’"]  # fmt: skip
    with Study.open(closed) as study:
        assert {row["name"]: len(str(row["full"])) for row in rows_of(study)["code"]} == {
            "Belonging": 0,
            "Kept": 900_000,
        }
        assert study.connection.execute("PRAGMA integrity_check").fetchone()[0] == "ok"


def test_no_study_is_left_behind_where_the_disk_is_full(path: Path) -> None:
    unlimited = resource.getrlimit(resource.RLIMIT_FSIZE)
    before = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    try:
        resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, unlimited[1]))
        with pytest.raises(ReflexaError):
            new_study(path)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, unlimited)
        signal.signal(signal.SIGXFSZ, before)
    assert list(path.parent.iterdir()) == []


# Making a file ---------------------------------------------------------------------------------------------------


def test_making_a_study_never_overwrites(closed: Path) -> None:
    before = closed.read_bytes()
    with pytest.raises(StudyRefused, match="exists already"):
        new_study(closed)
    assert closed.read_bytes() == before


def test_making_a_study_in_a_folder_that_cannot_be_written_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StudyRefused, match="No study can be made"):
        new_study(tmp_path / "file" / "belonging.reflexa")


def test_file_names_of_every_script_and_mark_work(tmp_path: Path) -> None:
    for name in ("研究 #1?.reflexa", "bel%20ong&mode=ro.reflexa", "قبول.reflexa", "'quoted\".reflexa"):
        new_study(tmp_path / name).close()
        with Study.open(tmp_path / name) as study:
            study.run(create_code, "Belonging")
    assert len(list(tmp_path.iterdir())) == 4


# Older files -----------------------------------------------------------------------------------------------------


@pytest.fixture
def next_version(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., None]]:
    """Make this program one (or more) schema numbers newer than the file, with these steps."""

    def newer(*steps: Callable[[sqlite3.Connection], None]) -> None:
        first = migrations.SCHEMA + 1
        present = migrations.schema_digest(migrations.expected_schema())
        monkeypatch.setitem(migrations.FORMER, migrations.SCHEMA, present)
        number = migrations.SCHEMA + len(steps)
        monkeypatch.setattr(migrations, "SCHEMA", number)
        monkeypatch.setattr(study_file, "SCHEMA", number)
        monkeypatch.setattr(migrations, "STEPS", dict(enumerate(steps, start=first)))

    yield newer


def rename_code(connection: sqlite3.Connection) -> None:
    """A step that works."""
    connection.execute("UPDATE code SET name = name || ' (older)'")


def test_an_older_study_is_brought_up_to_date_after_a_backup(closed: Path, next_version: Callable[..., None]) -> None:
    before = script(closed)
    next_version(rename_code, rename_code)
    with Study.open(closed) as study:
        assert rows_of(study)["code"][0]["name"] == "Belonging (older) (older)"
        assert study.connection.execute("PRAGMA user_version").fetchone()[0] == migrations.SCHEMA
        assert study.connection.execute("PRAGMA foreign_keys").fetchone()[0] == 1
        step = study.next_undo()
        assert step is not None
        assert (step.verb, step.is_border) == (Verb.MIGRATE, True)
        assert study.undo() is None
    (older,) = backups_of(closed)
    assert older.reason is Reason.UPDATE
    assert script(older.path) == before
    assert older.path.stat().st_mode & 0o777 == 0o600
    assert older.path.parent.stat().st_mode & 0o777 == 0o700
    Study.open(closed).close()


def test_rebuilding_a_table_does_not_take_its_children_along(closed: Path, next_version: Callable[..., None]) -> None:
    def rebuild(connection: sqlite3.Connection) -> None:
        (create,) = connection.execute("SELECT sql FROM sqlite_schema WHERE name = 'source'").fetchone()
        indexes = connection.execute(
            "SELECT sql FROM sqlite_schema WHERE tbl_name = 'source' AND type = 'index' AND sql IS NOT NULL"
        ).fetchall()
        connection.execute("CREATE TEMP TABLE kept AS SELECT * FROM main.source")
        connection.execute("DROP TABLE main.source")
        connection.execute(create)
        connection.execute("INSERT INTO main.source SELECT * FROM kept")
        connection.execute("DROP TABLE kept")
        for (statement,) in indexes:
            connection.execute(statement)

    next_version(rebuild)
    with Study.open(closed) as study:
        assert len(rows_of(study)["turn"]) == 5


def fails(connection: sqlite3.Connection) -> None:
    """A step that raises."""
    raise ValueError("Nur said it felt like home")


def breaks_a_rule(connection: sqlite3.Connection) -> None:
    """A step that the database refuses."""
    connection.execute("UPDATE code SET colour = 'red'")


def leaves_an_orphan(connection: sqlite3.Connection) -> None:
    """A step that leaves turns without their transcript."""
    connection.execute("DELETE FROM source")


def leaves_another_schema(connection: sqlite3.Connection) -> None:
    """A step whose result the next opening would refuse."""
    connection.execute("ALTER TABLE code ADD COLUMN more TEXT")


@pytest.mark.parametrize("step", [fails, breaks_a_rule, leaves_an_orphan, leaves_another_schema])
def test_a_step_that_fails_leaves_the_study_as_it_was_and_a_copy_beside_it(
    closed: Path, next_version: Callable[..., None], step: Callable[[sqlite3.Connection], None]
) -> None:
    before = closed.read_bytes()
    next_version(rename_code, step)
    with pytest.raises(StudyRefused, match="could not be brought up to date") as caught:
        Study.open(closed)
    assert "Nur" not in caught.value.sentence
    assert closed.read_bytes() == before
    (older,) = backups_of(closed)
    assert older.name in caught.value.sentence
    assert script(older.path) == script(closed)
    assert sorted(closed.parent.iterdir()) == [older.path.parent, closed]


def test_without_room_for_a_copy_an_older_study_is_left_untouched(
    closed: Path, next_version: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    next_version(rename_code)
    monkeypatch.setattr(making, "backup", full)
    assert "no backup could be written" in refused(closed)


def test_an_older_study_that_cannot_be_written_is_refused(closed: Path, next_version: Callable[..., None]) -> None:
    next_version(rename_code)
    assert "where it can be written" in refused(closed, read_only=True)


def test_every_schema_number_has_its_step() -> None:
    assert sorted(migrations.STEPS) == list(range(2, migrations.SCHEMA + 1))


# ------------------------------------------------------------------------------------------------------------------


@contextmanager
def bare(path: Path) -> Iterator[sqlite3.Connection]:
    """The file as any SQLite program would open it."""
    connection = sqlite3.connect(path, isolation_level=None)
    try:
        yield connection
    finally:
        connection.close()


def script(path: Path) -> list[str]:
    """The whole content as SQL: two files may say the same and differ in a counter of their header, and in the seal."""
    with bare(path) as connection:
        return [line for line in connection.iterdump() if not line.startswith('INSERT INTO "seal"')]


def start(program: str) -> subprocess.Popen[str]:
    """Another process of ours."""
    import textwrap

    head = "import sys\nfrom pathlib import Path\n"
    return subprocess.Popen(
        [sys.executable, "-c", head + textwrap.dedent(program)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
    )


def child(program: str) -> str:
    """What another process of ours prints."""
    process = start(program)
    said, _ = process.communicate()
    assert process.returncode == 0
    return said.strip()


def test_pages_looked_at_beforehand_are_not_looked_at_twice(closed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pages = PageCheck(closed)
    assert pages.found_sound()
    asked: list[str] = []
    real = study_file.connect

    def traced(path: Path, **more: Any) -> sqlite3.Connection:
        connection = real(path, **more)
        connection.set_trace_callback(asked.append)
        return connection

    monkeypatch.setattr(study_file, "connect", traced)
    Study.open(closed, pages=pages).close()
    assert not [one for one in asked if "quick_check" in one]
    os.utime(closed, (1, 1))  # somebody wrote since
    Study.open(closed, pages=pages).close()
    assert [one for one in asked if "quick_check" in one]


def test_what_the_page_check_cannot_read_is_refused_as_ever(closed: Path, path: Path) -> None:
    whole = closed.read_bytes()
    for content in (b"", b"PK\x03\x04 a zip", whole[: len(whole) // 2], whole[:4096] + bytes(4096) + whole[8192:]):
        closed.write_bytes(content)
        pages = PageCheck(closed)
        assert not pages.found_sound()
        with pytest.raises(StudyRefused):
            Study.open(closed, pages=pages)
        assert closed.read_bytes() == content
    assert not PageCheck(path.with_name("nowhere.reflexa")).found_sound()
