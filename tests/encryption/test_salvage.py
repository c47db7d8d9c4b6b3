"""What can be saved of a damaged encrypted study, of which nothing is ever written plain."""

from __future__ import annotations

import random
from contextlib import closing
from itertools import product
from pathlib import Path

import pytest

from app.analysis.verify import verify
from app.backups import Reason, Rules, backups_of, make_backup
from app.cipher import PAGE, looks_encrypted, unlock
from app.errors import StudyRefused, WrongPassword
from app.models import load_all
from app.models.sqlite import connect
from app.operations.codes import create_code
from app.operations.codings import code_passage
from app.operations.studies import new_study
from app.salvage import Report, salvage
from app.study import Study
from tests.encryption.conftest import OTHER, PASSWORD, plain_words_in
from tests.material import bring_in
from tests.test_study_file import journal_of
from tests.thorough import some

Rows = dict[str, list[tuple[object, ...]]]


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """An encrypted study whose tables take several pages."""
    path = tmp_path_factory.mktemp("large") / "belonging.reflexa"
    with new_study(path, "Belonging", password=PASSWORD) as study:
        talk = bring_in(study)
        for number in range(60):
            code = study.run(create_code, f"Code {number}")
            study.run(code_passage, talk.source_id, 5 + number % 30, 40 + number % 25, code)
    return path.read_bytes()


@pytest.fixture
def damaged(path: Path, large: bytes) -> Path:
    """The path of that study, whole as yet."""
    path.touch(mode=0o600)
    path.write_bytes(large)
    return path


def rows(path: Path) -> Rows:
    """Every row of the study but those of the trail."""
    with closing(connect(path, read_only=True, key=unlock(path, PASSWORD))) as connection:
        return {
            table: sorted(connection.execute(f'SELECT * FROM "{table}"'), key=repr)
            for table in load_all().tables
            if table not in ("change", "change_row")
        }


def saved(path: Path, content: bytes) -> tuple[Rows, Report]:
    """Save what can be saved of these bytes."""
    new = path.with_name("new.reflexa")
    new.unlink(missing_ok=True)
    path.write_bytes(content)
    report = salvage(path, new, password=PASSWORD)
    assert path.read_bytes() == content
    assert looks_encrypted(new)
    assert verify(new, full=True, password=PASSWORD) == []
    assert plain_words_in(path.parent) == []
    return rows(new), report


def backed_up(path: Path) -> None:
    with Study.open(path, password=PASSWORD) as study:
        make_backup(study, Reason.HOURLY, check=lambda one: not verify(one, password=PASSWORD), rules=Rules())


def test_a_sound_one_comes_out_as_it_is_under_its_password(damaged: Path, large: bytes) -> None:
    want = rows(damaged)
    got, report = saved(damaged, large)
    assert got == want
    assert report.whole
    with pytest.raises(WrongPassword):
        Study.open(damaged.with_name("new.reflexa"), password=OTHER)


def test_a_bit_that_fell_over_costs_no_more_than_what_it_touched(damaged: Path, large: bytes) -> None:
    want, chance = rows(damaged), random.Random(8)
    total = sum(map(len, want.values()))
    for page in chance.sample(range(1, len(large) // PAGE), 6):
        broken = bytearray(large)
        broken[page * PAGE + chance.randrange(PAGE)] ^= 1 << chance.randrange(8)
        got, report = saved(damaged, bytes(broken))
        assert sum(map(len, got.values())) >= total - 3
        assert got == want or report.lost


def test_any_page_may_be_lost_where_there_is_a_backup_even_the_first(damaged: Path, large: bytes) -> None:
    want, chance = rows(damaged), random.Random(9)
    backed_up(damaged)
    whole = damaged.read_bytes()
    pages = [0, 1, *chance.sample(range(2, len(whole) // PAGE), 3)]
    for page, instead in some(list(product(pages, (bytes(PAGE), chance.randbytes(PAGE)))), 3):
        got, _ = saved(damaged, whole[: page * PAGE] + instead + whole[(page + 1) * PAGE :])
        assert got == want, page


def test_a_study_cut_off_at_its_end_is_saved_with_its_backup(damaged: Path, large: bytes) -> None:
    want = rows(damaged)
    backed_up(damaged)
    got, _ = saved(damaged, damaged.read_bytes()[: len(large) // 2 + 700])
    assert got == want


def test_the_journal_of_a_crash_is_heeded(damaged: Path, large: bytes) -> None:
    want = rows(damaged)
    damaged.with_name(damaged.name + "-journal").write_bytes(journal_of(large))
    got, _ = saved(damaged, large[: 3 * PAGE] + bytes(len(large) - 3 * PAGE))
    assert got == want


def test_another_password_saves_nothing_and_leaves_nothing(damaged: Path, large: bytes) -> None:
    backed_up(damaged)
    beside = sorted(damaged.parent.rglob("*"))
    for content in (damaged.read_bytes(), bytes(PAGE) + large[PAGE:]):
        damaged.write_bytes(content)
        with pytest.raises(StudyRefused):
            salvage(damaged, damaged.with_name("new.reflexa"), password=OTHER)
        assert sorted(damaged.parent.rglob("*")) == beside
    assert backups_of(damaged)
