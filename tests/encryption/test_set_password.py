"""A password given, changed and taken away: the file is written anew, whole or not at all, whatever happens."""

from __future__ import annotations

import errno
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from app import rewriting
from app.analysis.verify import verify
from app.cipher import looks_encrypted
from app.errors import PasswordNeeded, ReflexaError, StudyInUse, WrongPassword
from app.operations.codes import create_code
from app.password import Password
from app.study import Study
from tests.encryption.conftest import OTHER, PASSWORD, TYPED, plain_words_in
from tests.material import Talk, rows_of
from tests.test_study_file import journal_of
from tests.thorough import times


def test_a_plain_study_gets_a_password_and_no_plain_byte_stays_in_its_folder(study: Study, talk: Talk) -> None:
    study.run(create_code, "Belonging")
    before, inode = rows_of(study), study.path.stat().st_ino
    assert plain_words_in(study.path.parent)
    study.set_password(PASSWORD)
    assert study.encrypted
    assert study.path.stat().st_ino != inode
    assert study.path.stat().st_mode & 0o777 == 0o600
    assert plain_words_in(study.path.parent) == []
    assert rows_of(study) == before
    study.run(create_code, "Being noticed")
    study.undo()
    study.undo()
    study.redo()
    assert rows_of(study) == before
    with pytest.raises(StudyInUse):  # the lock was kept
        Study.open(study.path, password=PASSWORD)
    study.close()
    assert list(study.path.parent.iterdir()) == [study.path]
    assert verify(study.path, full=True, password=PASSWORD) == []


def test_the_password_is_changed_and_the_old_one_opens_nothing(unlocked: Study) -> None:
    before = rows_of(unlocked)
    unlocked.set_password(OTHER)
    assert rows_of(unlocked) == before
    unlocked.close()
    with pytest.raises(WrongPassword):
        Study.open(unlocked.path, password=PASSWORD)
    with Study.open(unlocked.path, password=OTHER) as study:
        assert rows_of(study) == before
    assert plain_words_in(unlocked.path.parent) == []


def test_a_study_freed_from_its_password_is_a_plain_one(unlocked: Study) -> None:
    before = rows_of(unlocked)
    unlocked.set_password(None)
    assert not unlocked.encrypted
    unlocked.run(create_code, "After")
    unlocked.undo()
    unlocked.close()
    with Study.open(unlocked.path) as study:
        assert rows_of(study) == before
    assert verify(unlocked.path, full=True) == []
    assert sqlite3.connect(unlocked.path).execute("PRAGMA application_id").fetchone() == (0x52464C58,)


def test_listeners_and_the_key_of_the_study_stay(unlocked: Study) -> None:
    heard: list[str] = []
    unlocked.listen(lambda notice: heard.append(notice.label))
    key = unlocked.key
    unlocked.set_password(OTHER)
    unlocked.run(create_code, "After")
    assert unlocked.key == key
    assert len(heard) == 1


def test_a_link_stays_a_link(locked: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    real = Path(shutil.move(locked, elsewhere / "real.reflexa"))
    locked.symlink_to(real)
    with Study.open(locked, password=PASSWORD) as study:
        study.set_password(OTHER)
        study.run(create_code, "Still one file")
    assert locked.is_symlink()
    Study.open(real, password=OTHER).close()
    assert list(elsewhere.iterdir()) == [real]


@pytest.mark.parametrize("where", ["_copy", "_check", "_to_disk"])
def test_a_disk_that_refuses_leaves_the_study_as_it_was(
    unlocked: Study, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    before, content = rows_of(unlocked), unlocked.path.read_bytes()

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(rewriting, where, full)
    with pytest.raises(ReflexaError, match="No space left"):
        unlocked.set_password(None)
    assert unlocked.path.read_bytes() == content
    assert sorted(one.name for one in unlocked.path.parent.iterdir()) == ["belonging.reflexa", "belonging.reflexa.lock"]
    unlocked.run(create_code, "Work goes on")
    unlocked.undo()
    assert rows_of(unlocked) == before


def test_a_file_that_cannot_be_replaced_stays_and_work_goes_on(
    unlocked: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    def held(*_: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(Path, "replace", held)
    with pytest.raises(ReflexaError, match="could not be replaced"):
        unlocked.set_password(None)
    unlocked.run(create_code, "Work goes on")
    assert unlocked.encrypted
    assert plain_words_in(unlocked.path.parent) == []


def test_what_a_crash_left_of_a_new_file_goes_at_the_next_opening(locked: Path) -> None:
    left = rewriting.unfinished(locked)
    left.write_bytes(b"Being noticed" * 100)
    with pytest.raises(PasswordNeeded):
        Study.open(locked)
    Study.open(locked, read_only=True, password=PASSWORD).close()
    assert left.exists()  # whoever only reads touches nothing
    Study.open(locked, password=PASSWORD).close()
    assert list(locked.parent.iterdir()) == [locked]


_REWRITES = """
import sys
from pathlib import Path
from app.password import Password
from app.study import Study
path, first, second = Path(sys.argv[1]), Password(sys.argv[2]), Password(sys.argv[3])
opened = None
for one in (first, second, None):
    try:
        opened = Study.open(path, password=one)
        break
    except Exception:
        pass
print("ready", flush=True)
while True:
    for one in (second, None, first):
        opened.set_password(one)
        print("done", flush=True)
"""


def test_killed_in_the_middle_of_rewriting_the_study_is_the_old_or_the_new_one_whole(locked: Path) -> None:
    with Study.open(locked, password=PASSWORD) as study:
        before = rows_of(study)
    chance, other = random.Random(11), "Quite another one, really"
    found = set()
    for _ in range(times(5, 60)):
        process = subprocess.Popen(
            [sys.executable, "-c", _REWRITES, str(locked), TYPED, other], stdout=subprocess.PIPE, text=True
        )
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        time.sleep(chance.uniform(0, 0.5))
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        process.stdout.close()
        secret = _what_opens(locked)
        found.add(secret is None)
        assert verify(locked, full=True, password=secret) == []
        with Study.open(locked, password=secret) as study:
            assert rows_of(study) == before
        assert [one.name for one in locked.parent.iterdir() if one.suffix != ".lock"] == [locked.name]
        if secret is not None:
            assert plain_words_in(locked.parent) == []


def _what_opens(path: Path) -> Password | None:
    if not looks_encrypted(path):
        return None
    for one in (PASSWORD, OTHER):
        try:
            Study.open(path, read_only=True, password=one).close()
        except WrongPassword:
            continue
        return one
    raise AssertionError("no password opens it")


def test_a_crash_in_a_change_of_an_encrypted_study_is_taken_back(locked: Path) -> None:
    with Study.open(locked, password=PASSWORD) as study:
        before = rows_of(study)
    script = f"""
import os, signal
from pathlib import Path
from app.models.verbs import Verb
from app.password import Password
from app.study import Study
study = Study.open(Path({str(locked)!r}), password=Password({TYPED!r}))
study.connection.execute("PRAGMA cache_size=2")
study.connection.execute("PRAGMA cache_spill=2")
with study.change("Half", Verb.CREATE_CODE) as session:
    session.connection().exec_driver_sql("UPDATE turn SET time_ms = 5")
    session.connection().exec_driver_sql("UPDATE study SET questions = ?", ("x" * 400000,))
    os.kill(os.getpid(), signal.SIGKILL)
"""
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == -signal.SIGKILL
    journal = locked.with_name(locked.name + "-journal")
    cut_off, left = locked.read_bytes(), journal.read_bytes()
    assert len(left) > 4096
    assert verify(locked, full=True, password=PASSWORD) == []  # it looks at the study without the unfinished change
    assert verify(locked, password=OTHER) != []
    with pytest.raises(WrongPassword):
        Study.open(locked, password=OTHER)
    assert (locked.read_bytes(), journal.read_bytes()) == (cut_off, left)
    with Study.open(locked, password=PASSWORD) as study:
        assert rows_of(study) == before
    assert list(locked.parent.iterdir()) == [locked]


def test_a_first_page_half_written_at_a_crash_is_no_wrong_password(locked: Path, encrypted_bytes: bytes) -> None:
    journal = locked.with_name(locked.name + "-journal")
    torn, left = encrypted_bytes[:2000] + os.urandom(2096) + encrypted_bytes[4096:], journal_of(encrypted_bytes)
    locked.write_bytes(torn)
    journal.write_bytes(left)
    with pytest.raises(WrongPassword):
        Study.open(locked, password=OTHER)
    assert (locked.read_bytes(), journal.read_bytes()) == (torn, left)
    Study.open(locked, password=PASSWORD).close()
    assert locked.read_bytes() == encrypted_bytes
