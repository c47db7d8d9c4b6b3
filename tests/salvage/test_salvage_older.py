"""What can be saved of a damaged study of an older schema: it comes out in the present one."""

from __future__ import annotations

import gzip
import random
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from app.analysis.approach import approach_versions, lines
from app.analysis.verify import verify
from app.backups import Reason, backups_of
from app.models.migrations import SCHEMA
from app.salvage import salvage
from app.study import Study
from tests.models.test_migrations import KEPT, unpacked
from tests.salvage.test_salvage import PAGE, rows

MADE_ANEW = ("approach_version",)
"""What the step itself makes rows of, each time with a key of its own."""


def present(kept: Path, folder: Path) -> dict[str, list[str]]:
    """The rows of the study once it was brought up to date as usual."""
    folder.mkdir()
    path = unpacked(kept, folder)
    Study.open(path).close()
    return {name: found for name, found in rows(path).items() if name not in MADE_ANEW}


@pytest.mark.parametrize("kept", KEPT, ids=lambda one: one.name)
def test_a_sound_study_of_every_schema_comes_out_as_bringing_it_up_to_date_would(kept: Path, tmp_path: Path) -> None:
    path, new = unpacked(kept, tmp_path), tmp_path / "new.reflexa"
    report = salvage(path, new)
    assert report.whole
    assert any("older format" in line and str(SCHEMA) in line for line in report.mended)
    assert path.read_bytes() == gzip.decompress(kept.read_bytes())
    assert verify(new, full=True) == []
    assert {name: found for name, found in rows(new).items() if name not in MADE_ANEW} == present(
        kept, tmp_path / "usual"
    )
    with Study.open(new) as study:
        step = study.next_undo()
        assert step is not None
        assert step.is_border


@pytest.mark.parametrize("kept", KEPT, ids=lambda one: one.name)
def test_a_page_of_an_older_study_may_be_lost(kept: Path, tmp_path: Path) -> None:
    want = present(kept, tmp_path / "usual")
    good, chance = gzip.decompress(kept.read_bytes()), random.Random(5)
    path, new = unpacked(kept, tmp_path), tmp_path / "new.reflexa"
    for page in [0, 1, *chance.sample(range(2, len(good) // PAGE), 3)]:
        broken = bytearray(good)
        broken[page * PAGE : (page + 1) * PAGE] = bytes(PAGE) if page else good[:100] + bytes(PAGE - 100)
        path.write_bytes(broken)
        new.unlink(missing_ok=True)
        report = salvage(path, new)
        assert verify(new, full=True) == []
        assert path.read_bytes() == broken
        got = rows(new)
        short = {name for name in want if got[name] != want[name]}
        assert not short or report.lost, (page, short)
        assert len(got["turn"]) > len(want["turn"]) // 2


def test_the_backup_before_an_update_helps_an_older_study(tmp_path: Path) -> None:
    want = present(KEPT[0], tmp_path / "usual")
    path, new = unpacked(KEPT[0], tmp_path), tmp_path / "new.reflexa"
    good = path.read_bytes()
    Study.open(path).close()  # which leaves a backup of the older one
    assert [one.reason for one in backups_of(path)] == [Reason.UPDATE]
    for page in range(3, len(good) // PAGE, 31):
        path.write_bytes(good[: page * PAGE] + bytes(PAGE) + good[(page + 1) * PAGE :])
        new.unlink(missing_ok=True)
        assert salvage(path, new).whole, page
        assert {name: one for name, one in rows(new).items() if name not in MADE_ANEW} == want


def test_the_approach_that_the_first_schema_kept_is_saved(tmp_path: Path) -> None:
    path, new = unpacked(KEPT[0], tmp_path), tmp_path / "new.reflexa"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE study SET approach = ?", ('{"theory": "contextualist"}',))
        connection.commit()
    salvage(path, new)
    with Study.open(new) as study, study.read() as session:
        assert [lines(one.statement) for one in approach_versions(session)] == [
            [("Ontology and epistemology", "contextualist")]
        ]
