"""An encrypted study does all that a plain one does, and no readable word of it lies anywhere on the disk."""

from __future__ import annotations

import gzip
import os
import pickle
import random
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from app import cipher
from app.analysis.overview import info
from app.analysis.verify import verify
from app.backups import backups_of
from app.cipher import looks_encrypted, new_key
from app.errors import NotPossible, PasswordNeeded, ReflexaError, StudyInUse, StudyRefused, WrongPassword
from app.models.migrations import SCHEMA
from app.models.sqlite import connect_beside
from app.models.verbs import Verb
from app.operations.codes import create_code
from app.operations.studies import new_study
from app.page_check import PageCheck
from app.password import Password, made_up_phrase
from app.rewriting import put_in_place, write_anew
from app.study import Study
from tests.encryption.conftest import OTHER, PASSWORD, TYPED, plain_words_in
from tests.material import rows_of

OLD = Path(__file__).parent.parent / "data" / "schemas" / "schema-1.reflexa.gz"


def test_no_word_lies_readable_in_any_file_not_even_in_the_middle_of_a_change(unlocked: Study) -> None:
    folder = unlocked.path.parent
    unlocked.connection.execute("PRAGMA cache_size=2")
    unlocked.connection.execute("PRAGMA cache_spill=2")
    with unlocked.change("Half", Verb.CREATE_CODE) as session:
        session.connection().exec_driver_sql("UPDATE study SET questions = ?", ("Being noticed. " * 40_000,))
        journal = folder / "belonging.reflexa-journal"
        assert journal.stat().st_size > 4096
        assert journal.stat().st_mode & 0o077 == 0
        assert plain_words_in(folder) == []
        session.rollback()
    unlocked.run(create_code, "Belonging")
    assert plain_words_in(folder) == []
    assert "Being noticed" in str(unlocked.connection.execute("SELECT name FROM code").fetchall())


def test_what_is_done_again_and_again_is_prepared_once(unlocked: Study) -> None:
    asked: list[tuple[object, ...]] = []
    unlocked.connection.set_authorizer(lambda *about: asked.append(about) or sqlite3.SQLITE_OK)
    for number in range(3):
        asked.clear()
        unlocked.run(create_code, f"Belonging {number}")
    unlocked.connection.set_authorizer(None)
    assert [about for about in asked if about[0] == sqlite3.SQLITE_INSERT] == []


def test_undo_journal_copies_and_figures_are_those_of_any_study(unlocked: Study) -> None:
    assert unlocked.encrypted
    before = rows_of(unlocked)
    unlocked.run(create_code, "Another")
    unlocked.undo()
    assert rows_of(unlocked) == before
    unlocked.redo()
    after = rows_of(unlocked)
    assert after != before
    with unlocked.read() as session:
        assert info(session)["encrypted"]
    copy = unlocked.copy_in_memory()
    assert rows_of(copy) == after
    copy.close()
    unlocked.close()
    assert verify(unlocked.path, full=True, password=PASSWORD) == []


def test_rules_and_refusals_speak_as_for_any_study(unlocked: Study) -> None:
    unlocked.run(create_code, "Another")
    with pytest.raises(NotPossible, match="already one"), unlocked.change("Twice", Verb.CREATE_CODE) as session:
        session.connection().exec_driver_sql("INSERT INTO code SELECT * FROM code LIMIT 1")
    with pytest.raises(sqlite3.Error, match="only inside a change"):
        unlocked.connection.execute("DELETE FROM code")
    with pytest.raises(sqlite3.IntegrityError):
        unlocked.connection.execute("INSERT INTO study SELECT * FROM study")


def test_a_wrong_password_is_one_clear_sentence_and_the_file_stays_as_it_was(locked: Path) -> None:
    before = locked.read_bytes()
    for password in (OTHER, Password(""), Password(TYPED + " "), Password("x" * 5000)):
        with pytest.raises(WrongPassword) as caught:
            Study.open(locked, password=password)
        assert "not a study, or the password is wrong" in caught.value.sentence
    with pytest.raises(PasswordNeeded, match="needs its password"):
        Study.open(locked)
    assert locked.read_bytes() == before
    assert list(locked.parent.iterdir()) == [locked]


def test_the_password_shows_in_no_text_that_is_made_of_it_or_of_an_error(locked: Path) -> None:
    secret = "Never to be seen"
    password = Password(secret)
    with pytest.raises(WrongPassword) as caught:
        Study.open(locked, password=password)
    key = new_key(PASSWORD)
    raw = key.as_told_to_driver()[2:66]
    for shown in (repr(password), str(password), f"{password!r}", repr(caught.value), str(caught.value.__cause__)):
        assert secret not in shown
    with Study.open(locked, password=PASSWORD) as study:
        for shown in (
            repr(key),
            str(key),
            repr(study),
            repr(study.connection),
            str(vars(study)),
            repr(study.cipher_key),
        ):
            assert TYPED not in shown
            assert raw not in shown
        with pytest.raises(ReflexaError) as broken, study.read() as session:
            session.connection().exec_driver_sql("SELECT nothing FROM nowhere")
        assert TYPED not in repr(broken.value)
    for hidden in (password, key):
        with pytest.raises(TypeError):
            pickle.dumps(hidden)


def test_nothing_is_said_on_standard_error_whatever_goes_wrong(locked: Path) -> None:
    content = bytearray(locked.read_bytes())
    content[9000] ^= 1
    locked.with_name("flipped.reflexa").write_bytes(content)
    script = f"""
import sys
from pathlib import Path
from app.password import Password
from app.study import Study
for name, password in (("belonging", "wrong wrong wrong"), ("belonging", {TYPED!r}), ("flipped", {TYPED!r})):
    try:
        Study.open(Path({str(locked.parent)!r}) / (name + ".reflexa"), password=Password(password)).close()
        print("opened")
    except Exception as error:
        print(type(error).__name__)
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["WrongPassword", "opened", "StudyRefused"]
    assert done.stderr == ""


@pytest.mark.parametrize(
    "content",
    [b"", b"These are not the words. " * 400, b"PK\x03\x04" + os.urandom(9000), b"\xff\xd8\xff" + os.urandom(9000),
     os.urandom(4000), bytes(9000)],
    ids=["empty", "text", "zip", "picture", "shorter than a page", "zeros"],
)  # fmt: skip
def test_a_file_that_is_none_asks_for_no_password(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    for password in (None, PASSWORD):
        with pytest.raises(StudyRefused) as caught:
            Study.open(path, password=password)
        assert not isinstance(caught.value, PasswordNeeded)
    assert path.read_bytes() == content


def test_noise_cannot_be_told_from_an_encrypted_study_and_is_left_alone(path: Path) -> None:
    content = b"\x01" + os.urandom(40_959)
    path.write_bytes(content)
    assert looks_encrypted(path)
    with pytest.raises(PasswordNeeded):
        Study.open(path)
    with pytest.raises(WrongPassword):
        Study.open(path, password=PASSWORD)
    (fault,) = verify(path, password=PASSWORD)
    assert "password is wrong" in str(fault)
    assert path.read_bytes() == content


def test_every_flipped_bit_is_seen(locked: Path, encrypted_bytes: bytes) -> None:
    chance = random.Random(7)
    unseen = []
    for _ in range(50):
        place, bit = chance.randrange(len(encrypted_bytes)), chance.randrange(8)
        content = bytearray(encrypted_bytes)
        content[place] ^= 1 << bit
        locked.write_bytes(content)
        if not verify(locked, password=PASSWORD):
            unseen.append((place, bit))
    assert unseen == []


def test_a_flipped_bit_in_a_page_in_use_is_refused_at_opening(locked: Path, encrypted_bytes: bytes) -> None:
    for place in (3, 100, 4090, 4096, 9000, len(encrypted_bytes) // 2):
        content = bytearray(encrypted_bytes)
        content[place] ^= 16
        locked.write_bytes(content)
        pages = PageCheck(locked, PASSWORD)
        with pytest.raises(StudyRefused):
            Study.open(locked, password=PASSWORD, pages=pages)
        assert locked.read_bytes() == content


@pytest.mark.parametrize("left", [4096, 8192, 8192 + 100, -4096, -1])
def test_a_cut_file_is_refused_and_verify_says_so(locked: Path, encrypted_bytes: bytes, left: int) -> None:
    locked.write_bytes(encrypted_bytes[:left])
    with pytest.raises(StudyRefused):
        Study.open(locked, password=PASSWORD)
    assert verify(locked, password=PASSWORD) != []
    assert locked.read_bytes() == encrypted_bytes[:left]


def test_pages_looked_at_beforehand_are_sound_with_the_password_alone(locked: Path) -> None:
    assert PageCheck(locked, PASSWORD).found_sound()
    assert not PageCheck(locked).found_sound()
    assert not PageCheck(locked, OTHER).found_sound()


def test_backups_and_connections_beside_it_have_the_same_key(unlocked: Study, tmp_path: Path) -> None:
    target = tmp_path / "copy.reflexa"
    unlocked.back_up_to(target)
    assert plain_words_in(tmp_path) == []
    assert target.stat().st_mode & 0o777 == 0o600
    assert verify(target, password=PASSWORD) == []
    assert verify(target, password=unlocked.cipher_key) == []
    with Study.open(target, password=unlocked.cipher_key) as copy:
        assert rows_of(copy) == rows_of(unlocked)
    beside = connect_beside(unlocked.connection, target)
    assert beside.execute("SELECT count(*) FROM code").fetchone() == (1,)
    beside.close()


def test_vacuum_leaves_it_encrypted(unlocked: Study) -> None:
    before = rows_of(unlocked)
    unlocked.get_ready()
    unlocked.connection.execute("VACUUM")
    assert rows_of(unlocked) == before
    assert plain_words_in(unlocked.path.parent) == []
    unlocked.close()
    assert verify(unlocked.path, password=PASSWORD) == []


def test_it_opens_for_reading_beside_the_one_who_writes(unlocked: Study) -> None:
    with Study.open(unlocked.path, read_only=True, password=PASSWORD) as reader:
        assert reader.read_only
        assert rows_of(reader) == rows_of(unlocked)
        with pytest.raises(NotPossible):
            reader.set_password(OTHER)
        with pytest.raises(NotPossible):
            reader.run(create_code, "No")
    with pytest.raises(StudyInUse):
        Study.open(unlocked.path, password=PASSWORD)


def test_an_older_encrypted_study_comes_up_to_date_and_its_backup_is_encrypted(path: Path) -> None:
    path.write_bytes(gzip.decompress(OLD.read_bytes()))
    put_in_place(write_anew(path, None, new_key(PASSWORD)), path)
    assert looks_encrypted(path)
    with Study.open(path, password=PASSWORD) as study:
        assert study.connection.execute("PRAGMA user_version").fetchone()[0] == SCHEMA
        (backup,) = backups_of(path)
        assert looks_encrypted(backup.path)
        assert plain_words_in(path.parent) == []


def test_other_programs_that_know_sqlcipher_open_it_with_the_same_password(locked: Path) -> None:
    connection = cipher.driver().connect(str(locked))
    connection.execute(f"PRAGMA key = '{TYPED}'")
    assert connection.execute("SELECT name FROM code").fetchall() == [("Being noticed",)]
    connection.close()


def test_a_password_is_the_same_however_its_letters_are_composed(path: Path) -> None:
    new_study(path, "Café", password=Password("caf\u00e9 au lait, s'il vous pla\u00eet")).close()
    Study.open(path, password=Password("cafe\u0301 au lait, s'il vous plai\u0302t")).close()


@pytest.mark.parametrize("typed", ["", "eleven char", "a" * 40, "ab" * 20, "twelve\ncharacters"])
def test_a_weak_password_protects_no_study(path: Path, unlocked: Study, typed: str) -> None:
    with pytest.raises(NotPossible):
        new_study(path.with_name("weak.reflexa"), password=Password(typed))
    assert not path.with_name("weak.reflexa").exists()
    with pytest.raises(NotPossible):
        unlocked.set_password(Password(typed))
    unlocked.run(create_code, "Still here")


def test_a_made_up_phrase_is_five_words_and_never_the_same() -> None:
    phrases = {made_up_phrase() for _ in range(50)}
    assert len(phrases) == 50
    assert {len(phrase.split()) for phrase in phrases} == {5}
    for phrase in phrases:
        Password(phrase).check()


def test_without_its_driver_plain_studies_open_and_encrypted_ones_say_what_is_missing(locked: Path) -> None:
    script = f"""
import sys
sys.modules["sqlcipher3"] = None
from pathlib import Path
from app.operations.studies import new_study
from app.password import Password
from app.study import Study
plain = Path({str(locked.with_name("plain.reflexa"))!r})
new_study(plain).close()
Study.open(plain).close()
for attempt in (lambda: Study.open(Path({str(locked)!r}), password=Password({TYPED!r})),
                lambda: new_study(plain.with_name("new.reflexa"), password=Password({TYPED!r}))):
    try:
        attempt()
    except Exception as error:
        print(error)
print(plain.with_name("new.reflexa").exists(), *[one.name for one in plain.parent.glob("*.lock")])
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    first, second, left = done.stdout.splitlines()
    assert "sqlcipher3, which is not installed" in first
    assert first == second
    assert left == "False"
    assert done.stderr == ""


def test_a_plain_study_imports_no_driver_of_encrypted_ones(path: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from app.operations.studies import new_study;"
        f"new_study(Path({str(path)!r})).close(); print('sqlcipher3' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="another system keeps memory private in another way")
def test_a_process_with_an_encrypted_study_open_writes_no_core_dump(unlocked: Study) -> None:
    from ctypes import CDLL

    get_dumpable = 3
    assert CDLL(None).prctl(get_dumpable, 0, 0, 0, 0) == 0
