"""Backups that make themselves while a study is open in the window."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.analysis.verify import verify
from app.backups import Reason, Rules, backups_of, making
from app.operations.code_merging import merge_codes
from app.operations.codes import create_code
from app.operations.codings import code_passage
from app.study import Study
from app.ui.backups import keeper
from app.ui.backups.keeper import Keeper
from app.ui.backups.service import BackupService, how_long_ago
from app.ui.window.main_window import MainWindow
from tests.material import Talk


@pytest.fixture
def automatic(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As it is for a person who chose nothing; checks are made here and not in a child, to be quick."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setattr(keeper, "is_sound_elsewhere", lambda path, key=None: not verify(path))


def reasons(path: Path) -> list[Reason]:
    return [one.reason for one in sorted(backups_of(path, Rules()), key=lambda one: one.seq)]


def test_a_study_is_backed_up_after_opening_when_it_changed_and_not_again(
    study: Study, automatic: None, qtbot: QtBot
) -> None:
    for _ in range(2):
        kept = Keeper(study)
        kept._first.timeout.emit()
        kept.wait()
        assert reasons(study.path) == [Reason.OPENED]
        kept.close()
    study.run(create_code, "Belonging")
    kept = Keeper(study)
    kept._first.timeout.emit()
    kept.wait()
    assert reasons(study.path) == [Reason.OPENED, Reason.OPENED]
    kept._hourly.timeout.emit()
    assert not kept.busy
    study.run(create_code, "Ease")
    kept._hourly.timeout.emit()
    kept.wait()
    assert reasons(study.path) == [Reason.OPENED, Reason.OPENED, Reason.HOURLY]


def test_closing_leaves_a_backup_of_what_was_done_since(study: Study, automatic: None, qtbot: QtBot) -> None:
    kept = Keeper(study)
    kept.back_up(Reason.OPENED)
    kept.wait()
    study.run(create_code, "Belonging")
    kept.close()
    study.close()
    kept.wait()
    assert reasons(study.path) == [Reason.OPENED, Reason.CLOSED]
    newest = backups_of(study.path, Rules())[0]
    assert verify(newest.path) == []


def test_a_merge_of_many_codings_is_backed_up_as_it_was_before(study: Study, talk: Talk, automatic: None) -> None:
    kept = Keeper(study)
    one, other = study.run(create_code, "One"), study.run(create_code, "Other")
    with study.change() as session:
        for width in (3, 6, 9):
            for start in range(5, 30):
                code_passage(session, talk.source_id, start, start + width, one)
    study.run(merge_codes, [one], other)
    kept.wait()
    (made,) = backups_of(study.path, Rules())
    assert made.reason is Reason.MERGE
    with Study.open(made.path, read_only=True) as before:
        names = [row[0] for row in before.connection.execute("SELECT name FROM code ORDER BY name")]
    assert {"One", "Other"} <= set(names)
    few = study.run(create_code, "Few")
    study.run(merge_codes, [few], other)
    kept.wait()
    assert len(backups_of(study.path, Rules())) == 1


def test_a_backup_that_fails_is_said_and_the_work_goes_on(
    study: Study, automatic: None, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(making, "backup", full)
    kept = Keeper(study)
    said: list[str] = []
    kept.failed.connect(said.append)
    kept.back_up()
    kept.wait()
    assert "the disk is full" in said[0]
    study.run(create_code, "Still saved")


def test_nothing_is_made_where_it_was_turned_off_or_the_study_is_for_reading(
    study: Study, path: Path, qtbot: QtBot
) -> None:
    kept = Keeper(study)  # tests run with backups turned off
    assert not kept.automatic
    study.run(create_code, "Belonging")
    kept.close()
    assert backups_of(path, Rules()) == []
    with Study.open(path, read_only=True) as looked_at:
        assert not Keeper(looked_at).automatic


def test_a_copy_is_verified_in_a_child_process(study: Study, path: Path, tmp_path: Path) -> None:
    assert keeper.is_sound_elsewhere(path)
    bad = tmp_path / "bad.reflexa"
    content = bytearray(path.read_bytes())
    content[9000:9100] = bytes(100)
    bad.write_bytes(content)
    assert keeper.is_sound_elsewhere(bad) == (verify(bad) == [])


def test_the_foot_says_when_the_last_backup_was_made(demo_window: MainWindow, automatic: None, qtbot: QtBot) -> None:
    assert demo_window.desk is not None
    service = BackupService(demo_window.desk, demo_window.foot)
    assert "no backup yet" in demo_window.foot.sentence.text()
    service.keeper.back_up()
    service.keeper.wait()
    assert demo_window.foot.sentence.text() == "All changes are on disk · last backup just now"
    service.keeper.failed.emit("No backup could be written (the disk is full).")
    demo_window.foot.rest()
    assert demo_window.foot.sentence.text() == "All changes are on disk · no backup could be made"
    service.close()


def test_spans_are_told_in_words_also_when_the_clock_was_set_back() -> None:
    now = datetime(2026, 11, 28, 12, tzinfo=UTC)
    told = {minutes: how_long_ago(now - timedelta(minutes=minutes), now) for minutes in (0, 1, 12, 60, 150, 1440, 9000)}
    assert list(told.values()) == [
        "just now", "1 minute ago", "12 minutes ago", "1 hour ago", "2 hours ago", "1 day ago", "6 days ago",
    ]  # fmt: skip
    assert how_long_ago(now + timedelta(hours=5), now).startswith("on 2026-11-28")


def test_a_backup_begun_before_a_purge_does_not_outlive_it(study: Study, automatic: None, qtbot: QtBot) -> None:
    kept = Keeper(study)
    kept._purged[0] = 99
    kept._copy_now(Reason.HOURLY)
    kept.wait()
    assert backups_of(study.path, Rules()) == []
