"""Backups of an encrypted study are encrypted with its key, sound, and restored with its password."""

from __future__ import annotations

from pathlib import Path

from app.analysis.verify import verify
from app.backups import Reason, backups_of, make_backup, restore_to
from app.cipher import looks_encrypted
from app.operations.codes import create_code
from app.protecting import protect
from app.purging import finish_purge
from app.study import Study
from app.ui.backups.keeper import is_sound_elsewhere
from tests.encryption.conftest import OTHER, PASSWORD, plain_words_in
from tests.material import Talk


def test_a_backup_is_encrypted_and_sound_by_its_key(unlocked: Study, tmp_path: Path) -> None:
    made = make_backup(unlocked, Reason.ASKED, check=lambda path: not verify(path, password=unlocked.cipher_key))
    assert made.is_sound
    assert looks_encrypted(made.path)
    assert plain_words_in(tmp_path) == []
    assert is_sound_elsewhere(made.path, unlocked.cipher_key)
    assert not is_sound_elsewhere(made.path)
    target = tmp_path / "restored.reflexa"
    restore_to(made.path, target)
    Study.open(target, password=PASSWORD).close()


def test_a_purge_rebuilds_an_encrypted_study_and_its_backups(unlocked: Study, tmp_path: Path) -> None:
    made = make_backup(unlocked, Reason.ASKED, check=lambda path: not verify(path, password=unlocked.cipher_key))
    unlocked.run(create_code, "After")
    assert finish_purge(unlocked).done
    assert not made.path.exists()
    (fresh,) = backups_of(unlocked.path)
    assert fresh.is_sound
    assert looks_encrypted(fresh.path)
    assert plain_words_in(tmp_path) == []


def test_a_backup_keeps_the_password_of_its_time(unlocked: Study) -> None:
    made = make_backup(unlocked, Reason.ASKED, check=lambda path: not verify(path, password=unlocked.cipher_key))
    unlocked.set_password(OTHER)
    assert verify(made.path, password=PASSWORD) == []
    assert verify(made.path, password=unlocked.cipher_key) != []


def test_backups_go_along_with_the_password_of_the_study(study: Study, talk: Talk, tmp_path: Path) -> None:
    study.run(create_code, "Being noticed")
    make_backup(study, Reason.ASKED, check=lambda path: not verify(path))
    assert plain_words_in(tmp_path)
    said: list[int] = []
    done = protect(study, PASSWORD, say=lambda: said.append(1))
    assert (done.along, done.left, len(said)) == (1, (), 2)
    assert plain_words_in(tmp_path) == []
    protect(study, OTHER)
    (backup,) = backups_of(study.path)
    assert verify(backup.path, password=study.cipher_key) == []
    assert verify(backup.path, password=PASSWORD) != []
    assert plain_words_in(tmp_path) == []
    protect(study, None)
    assert verify(backup.path) == []
    assert [one.name for one in backup.path.parent.iterdir()] == [backup.name]


def test_a_backup_under_a_forgotten_password_is_left_and_named(unlocked: Study) -> None:
    made = make_backup(unlocked, Reason.ASKED, check=lambda path: not verify(path, password=unlocked.cipher_key))
    unlocked.set_password(OTHER)
    content = made.path.read_bytes()
    assert protect(unlocked, PASSWORD).left == (made.path,)
    assert made.path.read_bytes() == content
