"""Copies of an encrypted study: those that a cloud folder left, those that one asked for, and a disk that is full."""

from __future__ import annotations

import resource
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from app.analysis.verify import verify
from app.backups.conflicts import Relation, conflict_copies
from app.cipher import looks_encrypted
from app.errors import ReflexaError, StudyRefused
from app.operations.codes import create_code, edit_code
from app.study import Study
from app.ui.backups.opening import copy_study
from tests.encryption.conftest import OTHER, PASSWORD, plain_words_in
from tests.material import rows_of


@contextmanager
def no_file_longer_than(size: int) -> Iterator[None]:
    """As on a full disk."""
    unlimited, before = resource.getrlimit(resource.RLIMIT_FSIZE), signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, unlimited[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, unlimited)
        signal.signal(signal.SIGXFSZ, before)


def test_a_copy_of_a_cloud_folder_under_the_same_password_is_told_apart(unlocked: Study) -> None:
    copy = unlocked.path.with_name("belonging (1).reflexa")
    copy.write_bytes(unlocked.path.read_bytes())
    kept = copy.read_bytes()
    (found,) = conflict_copies(unlocked.connection, unlocked.path)
    assert found.relation is Relation.SAME
    unlocked.run(create_code, "Here")
    (found,) = conflict_copies(unlocked.connection, unlocked.path)
    assert found.relation is Relation.OLDER
    assert copy.read_bytes() == kept
    with Study.open(copy, password=PASSWORD) as there:
        there.run(create_code, "There")
    (found,) = conflict_copies(unlocked.connection, unlocked.path)
    assert found.relation is Relation.PARTED
    assert plain_words_in(copy.parent) == []


def test_a_copy_under_another_password_or_none_is_passed_over_and_not_touched(unlocked: Study) -> None:
    copy = unlocked.path.with_name("belonging (1).reflexa")
    for password in (OTHER, None):
        copy.write_bytes(unlocked.path.read_bytes())
        with Study.open(copy, password=PASSWORD) as there:
            there.set_password(password)
        kept = copy.read_bytes()
        assert conflict_copies(unlocked.connection, unlocked.path) == []
        assert copy.read_bytes() == kept


def test_a_copy_that_one_asks_for_is_as_encrypted_and_whole(unlocked: Study, tmp_path: Path) -> None:
    copy = tmp_path / "copy.reflexa"
    copy_study(unlocked, copy)
    assert looks_encrypted(copy)
    assert copy.stat().st_mode & 0o777 == 0o600
    assert verify(copy, full=True, password=PASSWORD) == []
    assert plain_words_in(tmp_path) == []
    with Study.open(copy, password=PASSWORD) as study:
        assert rows_of(study) == rows_of(unlocked)
    with pytest.raises(StudyRefused, match="exists already"):
        copy_study(unlocked, copy)


def test_no_half_of_a_copy_is_left_where_the_disk_is_full(unlocked: Study, tmp_path: Path) -> None:
    copy = tmp_path / "elsewhere" / "copy.reflexa"
    copy.parent.mkdir()
    with no_file_longer_than(20_000), pytest.raises(StudyRefused, match="could not be written"):
        copy_study(unlocked, copy)
    assert list(copy.parent.iterdir()) == []


@pytest.mark.parametrize("encrypted", [False, True])
def test_a_disk_that_is_full_while_the_file_is_written_anew_costs_nothing(
    request: pytest.FixtureRequest, *, encrypted: bool
) -> None:
    """A purge, and another password."""
    study: Study = request.getfixturevalue("unlocked" if encrypted else "study")
    password = PASSWORD if encrypted else None
    code = study.run(create_code, "Belonging")
    study.run(edit_code, code, full="x" * 300_000)
    study.run(edit_code, code, full="")
    before, beside = rows_of(study), sorted(study.path.parent.rglob("*"))
    for anew in (study.rebuild, lambda: study.set_password(OTHER)):
        with no_file_longer_than(100_000), pytest.raises(ReflexaError) as caught:
            anew()
        assert caught.value.sentence.count("\n") == 0
        assert "make room" in caught.value.sentence
        assert rows_of(study) == before
        assert sorted(study.path.parent.rglob("*")) == beside
    study.run(create_code, "Going on")
    study.rebuild()
    study.close()
    assert verify(study.path, full=True, password=password) == []
