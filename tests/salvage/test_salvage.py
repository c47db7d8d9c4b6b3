"""Saving what can be saved: the damaged file stays as it is, the new one verifies, and what was lost is told."""

from __future__ import annotations

import hashlib
import json
import random
import sqlite3
from pathlib import Path

import pytest

from app.analysis.verify import verify
from app.backups import Reason, Rules, make_backup
from app.cli import run
from app.demo import build_demo
from app.errors import StudyRefused
from app.operations.codes import create_code
from app.operations.codings import code_passage
from app.operations.studies import new_study
from app.salvage import salvage
from app.salvage.words import put_right
from app.study import Study
from tests.material import MadeOnce, bring_in
from tests.test_study_file import journal_of
from tests.thorough import some

PAGE = 4096


@pytest.fixture
def worked(path: Path, made_once: MadeOnce) -> Path:
    """A study with codes, codings and one code that came after the backup."""
    made_once(_until_the_backup, path)
    with Study.open(path) as study:
        make_backup(study, Reason.HOURLY, check=lambda one: not verify(one), rules=Rules())
        study.run(create_code, "After the backup")
    return path


def _until_the_backup(path: Path) -> None:
    with new_study(path, "Belonging", smallest_group=1) as study:
        talk = bring_in(study)
        for number in range(30):
            code = study.run(create_code, f"Code {number}")
            study.run(code_passage, talk.source_id, 5 + number, 12 + number, code)


@pytest.fixture(scope="module")
def demo_bytes(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """Another study, as a file."""
    path = tmp_path_factory.mktemp("demo") / "demo.reflexa"
    build_demo(path).close()
    return path.read_bytes()


def rows(path: Path) -> dict[str, list[str]]:
    connection = sqlite3.connect(path)
    names = [name for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
    held = {name: sorted(map(repr, connection.execute(f'SELECT * FROM "{name}"'))) for name in names}
    connection.close()
    return {
        name: rows for name, rows in held.items() if name not in ("change", "change_row", "sqlite_sequence", "seal")
    }


def saved(path: Path, content: bytes, tmp_path: Path) -> tuple[Path, list[str]]:
    """Put these bytes in the place of the study and save what can be saved."""
    path.write_bytes(content)
    new = tmp_path / "new.reflexa"
    new.unlink(missing_ok=True)
    report = salvage(path, new)
    assert path.read_bytes() == content
    assert verify(new, full=True) == []
    assert new.stat().st_mode & 0o777 == 0o600
    assert not list(tmp_path.glob(".*part*"))
    return new, report.lost


def without_backups(path: Path) -> None:
    for one in path.with_name("belonging-backups").iterdir():
        one.unlink()


def test_a_sound_study_comes_out_as_it_is(worked: Path, tmp_path: Path) -> None:
    want = rows(worked)
    new, lost = saved(worked, worked.read_bytes(), tmp_path)
    assert rows(new) == want
    assert lost == []
    with Study.open(new) as study:
        step = study.next_undo()
        assert step is not None
        assert step.label == "Create code ‘After the backup’"


@pytest.mark.parametrize("place", [0, 16, 18, 21, 28, 40, 44, 56, 60, 68, 96])
def test_a_damaged_header_costs_nothing(worked: Path, tmp_path: Path, place: int) -> None:
    want, content = rows(worked), bytearray(worked.read_bytes())
    content[place] ^= 0xFF
    new, _ = saved(worked, bytes(content), tmp_path)
    assert rows(new) == want


def test_every_page_may_be_lost_where_there_is_a_backup(worked: Path, tmp_path: Path) -> None:
    want, good = rows(worked), worked.read_bytes()
    short = 0
    for page in some(range(len(good) // PAGE), 4):
        content = bytearray(good)
        content[page * PAGE : (page + 1) * PAGE] = bytes(PAGE)
        new, lost = saved(worked, bytes(content), tmp_path)
        short += rows(new) != want
        got = rows(new)
        short_of = {
            name: [one for one in want[name] if one not in got[name]] for name in want if got[name] != want[name]
        }
        assert not short_of or lost, (page, short_of)
    assert short <= 3  # the page on which the newest code lies, and those of its journal


def test_the_journal_of_another_study_beside_it_costs_nothing(worked: Path, tmp_path: Path, demo_bytes: bytes) -> None:
    """As a cloud folder or a rename leaves it; with the study whole, and with a page of it lost."""
    want, good = rows(worked), worked.read_bytes()
    journal = worked.with_name(worked.name + "-journal")
    for pages in (demo_bytes[: 4 * PAGE], demo_bytes):
        journal.write_bytes(journal_of(pages))
        new, lost = saved(worked, good, tmp_path)
        assert rows(new) == want
        assert lost == []
        broken = good[: -PAGE * 2] + bytes(PAGE * 2)
        new, _ = saved(worked, broken, tmp_path)
        assert rows(new)["turn"] == want["turn"]
    assert journal.read_bytes() == journal_of(demo_bytes)


def test_the_journal_of_the_study_itself_is_heeded(worked: Path, tmp_path: Path) -> None:
    want, good = rows(worked), worked.read_bytes()
    worked.with_name(worked.name + "-journal").write_bytes(journal_of(good))
    new, _ = saved(worked, good[: PAGE * 3] + bytes(len(good) - PAGE * 3), tmp_path)
    assert rows(new) == want


def test_a_truncated_study_is_saved_from_what_is_left_and_its_backup(worked: Path, tmp_path: Path) -> None:
    want, good = rows(worked), worked.read_bytes()
    for part in (0.3, 0.6, 0.9):
        new, _ = saved(worked, good[: int(len(good) * part)], tmp_path)
        assert [row for row in want["turn"] if row not in rows(new)["turn"]] == []


def test_bits_that_fell_over_never_pass_for_valid_and_are_put_right(worked: Path, tmp_path: Path) -> None:
    want, good, rng = rows(worked), worked.read_bytes(), random.Random(4)
    differing = 0
    for _ in range(60):
        content = bytearray(good)
        content[rng.randrange(len(content))] ^= 1 << rng.randrange(8)
        new, lost = saved(worked, bytes(content), tmp_path)
        if rows(new) != want:
            differing += 1
            assert lost
    assert differing <= 2


def test_without_a_backup_the_hash_finds_the_bit_of_a_text_that_fell_over(worked: Path, tmp_path: Path) -> None:
    without_backups(worked)
    want, content = rows(worked), bytearray(worked.read_bytes())
    places = [at for at in range(len(content)) if content.startswith(b"Somebody noticed when I", at)]
    for place in places:
        content[place + 4] ^= 0x10
    new, _ = saved(worked, bytes(content), tmp_path)
    assert rows(new)["source"] == want["source"]


def test_words_that_cannot_be_known_are_kept_and_said(worked: Path, tmp_path: Path) -> None:
    without_backups(worked)
    connection = sqlite3.connect(worked)
    connection.execute("UPDATE source SET text = replace(text, 'noticed', 'xxxxxxx')")
    connection.commit()
    connection.close()
    _, lost = saved(worked, worked.read_bytes(), tmp_path)
    assert any("words of a transcript may be wrong" in one for one in lost)


def test_what_is_no_study_is_refused_and_nothing_is_left(tmp_path: Path) -> None:
    path, new = tmp_path / "x.reflexa", tmp_path / "new.reflexa"
    foreign = sqlite3.connect(tmp_path / "foreign.db")
    foreign.execute("CREATE TABLE project (name TEXT)")
    foreign.commit()
    foreign.close()
    for content in (b"", b"text " * 4000, bytes(40960), (tmp_path / "foreign.db").read_bytes()):
        path.write_bytes(content)
        with pytest.raises(StudyRefused):
            salvage(path, new)
        assert path.read_bytes() == content
        assert not new.exists()


def test_the_command_line_saves_and_lists_what_was_lost(
    worked: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    content = worked.read_bytes()
    worked.write_bytes(content[: len(content) // 2])
    new = tmp_path / "new.reflexa"
    assert run(["verify", str(worked), "--repair-to", str(new), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert set(told) == {"saved", "mended", "lost"}
    assert run(["verify", str(new)]) == 0
    assert run(["verify", str(worked), "--repair-to", str(new)]) == 1
    assert "exists already" in capsys.readouterr().err


def test_one_bit_is_found_by_the_hash() -> None:
    words = "Nur: 学 felt like a place where I belong. 😀"
    expected = hashlib.sha256(words.encode()).hexdigest()
    raw = bytearray(words.encode())
    for place in (0, 6, 20, len(raw) - 1):
        raw[place] ^= 0x40
        assert put_right(raw.decode("utf-8", "surrogateescape"), expected) == words
        raw[place] ^= 0x40
    assert put_right("something else altogether", expected) is None
