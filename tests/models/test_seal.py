"""The seal: after a clean closing every flipped bit is seen, and nothing that was done rightly is called damage."""

from __future__ import annotations

import os
import random
import resource
import shutil
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from app.analysis.soundness.file import look_at
from app.analysis.verify import verify
from app.models.seal import NO_MARK, Standing
from app.operations.codes import create_code, edit_code
from app.operations.studies import new_study
from app.password import Password
from app.study import Study
from tests.material import bring_in, rows_of

PAGE = 4096


@pytest.fixture(scope="module")
def content(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A study with some work in it and pages that were used once and are free now, closed."""
    path = tmp_path_factory.mktemp("content") / "content.reflexa"
    with new_study(path, "Belonging") as study:
        bring_in(study)
        study.run(create_code, "Belonging")
        study.connection.execute("CREATE TEMP TABLE n AS WITH RECURSIVE c(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM"
                                 " c WHERE i < 60) SELECT * FROM c")  # fmt: skip
        study.connection.execute("CREATE TABLE passing AS SELECT hex(randomblob(2000)) FROM temp.n")
        study.connection.execute("DROP TABLE passing")
    return path.read_bytes()


@pytest.fixture
def closed(path: Path, content: bytes) -> Path:
    """That study as a file that nobody has open."""
    path.write_bytes(content)
    return path


def stands(path: Path) -> Standing | None:
    """What the seal of a plain study says; nothing else may be wrong with it."""
    look = look_at(path)
    assert look.connection is not None
    look.connection.close()
    if look.standing is not Standing.BROKEN:
        assert verify(path, full=True) == []
    return look.standing


def end_without_closing(path: Path, work: str) -> None:
    """Do some work on the open `study` in another process, which then ends as if it were killed."""
    program = (
        "import os, sqlite3\nfrom pathlib import Path\nfrom app.operations.codes import create_code\n"
        f"from app.study import Study\nstudy = Study.open(Path({str(path)!r}))\n{work}\nos._exit(0)"
    )
    subprocess.run([sys.executable, "-c", program], check=True, timeout=120)


def test_every_flipped_bit_is_seen_wherever_it_lies(closed: Path, content: bytes) -> None:
    assert stands(closed) is Standing.WHOLE
    chance, free = random.Random(3), free_pages(content)
    assert free
    places = [place for place in chance.sample(range(len(content)), 60) if place // PAGE + 1 not in free]
    for place in [*range(28, 40), *range(100, 108), *places]:
        flipped = bytearray(content)
        flipped[place] ^= 1 << chance.randrange(8)
        closed.write_bytes(flipped)
        assert verify(closed), place


def test_what_is_in_a_free_page_says_nothing(closed: Path, content: bytes) -> None:
    flipped = bytearray(content)
    flipped[max(free_pages(content)) * PAGE - 2000] ^= 4
    closed.write_bytes(flipped)
    assert stands(closed) is Standing.WHOLE


def free_pages(content: bytes) -> set[int]:
    """The numbers of the free pages that the first page of the list names."""
    trunk = (int.from_bytes(content[32:36]) - 1) * PAGE
    named = int.from_bytes(content[trunk + 4 : trunk + 8])
    return {int.from_bytes(content[trunk + at : trunk + at + 4]) for at in range(8, 8 + 4 * named, 4)}


def test_opening_and_closing_without_a_change_leaves_every_byte(closed: Path, content: bytes) -> None:
    Study.open(closed).close()
    assert closed.read_bytes() == content


def test_what_was_only_looked_at_gets_no_seal(closed: Path) -> None:
    end_without_closing(closed, "study.run(create_code, 'Noticed')")
    before = closed.read_bytes()
    Study.open(closed).close()
    Study.open(closed, read_only=True).close()
    assert closed.read_bytes() == before
    assert stands(closed) is Standing.NONE


def test_a_seal_is_no_change_and_can_be_written_again_and_again(closed: Path) -> None:
    for number in range(3):
        with Study.open(closed) as study:
            seq = study.run(create_code, f"Code {number}") and study.next_undo()
            before = rows_of(study)
        assert stands(closed) is Standing.WHOLE
        with Study.open(closed) as study:
            assert study.next_undo() == seq
            assert rows_of(study) == before


def test_a_killed_program_leaves_no_seal_and_no_fault(closed: Path) -> None:
    end_without_closing(closed, "study.run(create_code, 'Noticed')")
    assert stands(closed) is Standing.NONE
    with Study.open(closed) as study:
        study.undo()
    assert stands(closed) is Standing.WHOLE


def test_taking_back_what_a_crash_cut_off_is_no_damage(closed: Path, content: bytes) -> None:
    """SQLite restores no page that was free before, so those hold what was being written."""
    end_without_closing(
        closed,
        "other = sqlite3.connect(study.path, isolation_level=None)\nother.execute('PRAGMA cache_size=1')\n"
        "other.execute('PRAGMA secure_delete=ON')\nother.execute('BEGIN')\n"
        "other.execute('CREATE TABLE passing AS SELECT hex(randomblob(2000)) FROM change_row')",
    )
    assert closed.with_name(closed.name + "-journal").exists()
    assert closed.read_bytes() != content
    assert stands(closed) is Standing.WHOLE
    with Study.open(closed) as study:
        assert study.took_back
    assert stands(closed) is Standing.WHOLE


def test_another_program_that_writes_takes_the_seal_and_damages_nothing(closed: Path) -> None:
    with closing(sqlite3.connect(closed)) as other:
        other.execute("UPDATE change SET reason = 'because' WHERE seq = 1")
        other.commit()
    assert stands(closed) is Standing.NONE


def test_a_study_written_anew_is_sealed_when_it_closes(closed: Path) -> None:
    with Study.open(closed) as study:
        study.rebuild()
        assert stands(closed) is Standing.NONE
    assert stands(closed) is Standing.WHOLE


def test_copies_are_sealed_too(closed: Path, tmp_path: Path) -> None:
    shutil.copy(closed, tmp_path / "copy.reflexa")
    assert stands(tmp_path / "copy.reflexa") is Standing.WHOLE
    with Study.open(closed) as study:
        study.run(create_code, "Noticed")
        study.back_up_to(tmp_path / "backup.reflexa")
    assert stands(tmp_path / "backup.reflexa") is Standing.WHOLE


def test_a_study_freed_from_its_password_never_bears_the_seal_of_before(closed: Path) -> None:
    password = Password("Zebras wade at noon")
    with Study.open(closed) as study:
        study.set_password(password)
        study.run(create_code, "Noticed")
    with Study.open(closed, password=password) as study:
        assert study.connection.execute("SELECT mark FROM seal").fetchone()[0] == NO_MARK
        study.set_password(None)
        assert stands(closed) is Standing.WHOLE
        study.run(create_code, "Noticed again")
    assert stands(closed) is Standing.WHOLE


def test_a_full_disk_costs_the_seal_alone(closed: Path) -> None:
    unlimited, before = resource.getrlimit(resource.RLIMIT_FSIZE), signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    study = Study.open(closed)
    try:
        study.run(create_code, "Noticed")
        resource.setrlimit(resource.RLIMIT_FSIZE, (1000, unlimited[1]))
        study.close()
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, unlimited)
        signal.signal(signal.SIGXFSZ, before)
    assert list(closed.parent.iterdir()) == [closed]
    assert stands(closed) is Standing.NONE


def test_somebody_who_reads_while_the_study_closes_costs_the_seal_alone(closed: Path) -> None:
    study = Study.open(closed)
    study.run(create_code, "Noticed")
    with closing(sqlite3.connect(closed, isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM code").fetchone()
        study.close()
    assert stands(closed) is Standing.NONE


def test_a_study_that_was_moved_while_open_is_not_sealed(closed: Path, content: bytes) -> None:
    study = Study.open(closed)
    study.run(create_code, "Noticed")
    closed.rename(closed.with_name("elsewhere.reflexa"))
    closed.write_bytes(content)
    study.close()
    assert closed.read_bytes() == content


def test_a_study_of_many_megabytes_is_sealed_block_by_block(closed: Path) -> None:
    with Study.open(closed) as study:
        code = study.run(create_code, "Long")
        study.run(edit_code, code, full=os.urandom(1_300_000).hex())
    assert closed.stat().st_size > 2_000_000
    assert stands(closed) is Standing.WHOLE
    whole = bytearray(closed.read_bytes())
    whole[-PAGE // 2] ^= 1
    closed.write_bytes(whole)
    assert stands(closed) is Standing.BROKEN


def test_a_seal_that_is_gone_is_told(closed: Path) -> None:
    with closing(sqlite3.connect(closed)) as other:
        other.execute("DELETE FROM seal")
        other.commit()
    assert [fault.what for fault in verify(closed)] == ["The seal is not in its place"]
