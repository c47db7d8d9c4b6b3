"""Backups: whole, verified, for the owner alone, in order whatever the clock says."""

from __future__ import annotations

import os
import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from app.analysis.verify import verify
from app.backups import Backup, Reason, Rules, backups_of, delete_backups, is_backup, make_backup, making, superfluous
from app.backups.names import moment_of, name_of, parsed
from app.errors import BackupNotMade
from app.operations.codes import create_code
from app.study import Study
from tests.material import Talk

HERE = Rules()
NOON = datetime(2026, 11, 28, 12, tzinfo=UTC)


def sound(path: Path) -> bool:
    return not verify(path)


def backed_up(study: Study, reason: Reason = Reason.HOURLY, *, at: datetime = NOON, rules: Rules = HERE) -> Backup:
    return make_backup(study, reason, check=sound, rules=rules, at=at)


def content(path: Path) -> list[str]:
    """The content as SQL, without the seal: that is of the file."""
    connection = sqlite3.connect(path)
    try:
        return [line for line in connection.iterdump() if not line.startswith('INSERT INTO "seal"')]
    finally:
        connection.close()


def test_a_backup_is_the_whole_study_for_its_owner_alone(study: Study, talk: Talk) -> None:
    made = backed_up(study)
    assert content(made.path) == content(study.path)
    assert verify(made.path) == []
    assert made.path.parent == study.path.with_name("belonging-backups").resolve()
    assert (made.reason, made.at, made.is_sound) == (Reason.HOURLY, NOON, True)
    if os.name == "posix":
        assert made.path.stat().st_mode & 0o777 == 0o600
        assert made.path.parent.stat().st_mode & 0o777 == 0o700
    assert list(made.path.parent.iterdir()) == [made.path]
    assert is_backup(made.path)
    assert not is_backup(study.path)


def test_an_unchanged_study_gets_no_second_backup(study: Study, talk: Talk) -> None:
    first = backed_up(study)
    assert backed_up(study, at=NOON + timedelta(hours=1)) == first
    study.run(create_code, "Belonging")
    second = backed_up(study, at=NOON + timedelta(hours=2))
    assert [one.name for one in backups_of(study.path, HERE)] == [second.name, first.name]
    assert second.seq > first.seq


def test_a_backup_holds_what_is_committed_and_nothing_of_an_unfinished_change(study: Study, talk: Talk) -> None:
    before = content(study.path)
    with study.change() as session:
        create_code(session, "Half done")
        session.flush()
        made = backed_up(study)
    assert content(made.path) == before


def test_one_that_does_not_verify_is_marked_and_takes_no_good_one_along(study: Study, talk: Talk) -> None:
    good = backed_up(study)
    for number in range(8):
        study.run(create_code, f"Code {number}")
        bad = make_backup(
            study, Reason.HOURLY, check=lambda _: False, rules=HERE, at=NOON + timedelta(days=800 + number)
        )
        assert not bad.is_sound
        assert good in backups_of(study.path, HERE)
    again = backed_up(study, at=NOON + timedelta(days=900))  # the same state, sound at last
    assert again.is_sound
    left = backups_of(study.path, HERE)
    assert [one.is_sound for one in left] == [True, False, True]


def test_where_the_disk_is_full_there_is_one_sentence_and_nothing_half(
    study: Study, talk: Talk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(connection: sqlite3.Connection, target: Path) -> None:
        target.write_bytes(b"half")
        raise OSError(28, "No space left on device")

    first = backed_up(study)
    study.run(create_code, "Belonging")
    monkeypatch.setattr(making, "backup", full)
    with pytest.raises(BackupNotMade, match="the disk is full"):
        backed_up(study)
    assert list(first.path.parent.iterdir()) == [first.path]
    study.run(create_code, "Still saved")


def test_a_second_place_gets_the_same_file_and_its_absence_is_said(study: Study, talk: Talk, tmp_path: Path) -> None:
    rules = Rules(place=str(tmp_path / "first"), second=str(tmp_path / "stick"))
    made = backed_up(study, rules=rules)
    other = tmp_path / "stick" / "belonging-backups" / made.name
    assert made.path == tmp_path / "first" / "belonging-backups" / made.name
    assert other.read_bytes() == made.path.read_bytes()
    assert [one.path for one in backups_of(study.path, rules)] == [made.path]
    study.run(create_code, "Belonging")
    (tmp_path / "file").touch()
    with pytest.raises(BackupNotMade, match="not in the second place"):
        backed_up(study, rules=Rules(place=rules.place, second=str(tmp_path / "file")))
    assert len(backups_of(study.path, rules)) == 2


def test_all_copies_can_be_deleted_and_what_is_not_ours_stays(study: Study, talk: Talk, tmp_path: Path) -> None:
    rules = Rules(second=str(tmp_path / "stick"))
    made = backed_up(study, rules=rules)
    (made.path.parent / f".{made.name}.77.part").write_bytes(b"cut off")
    (made.path.parent / "notes.txt").write_text("mine")
    assert delete_backups(study.path, rules) == []
    assert [one.name for one in made.path.parent.iterdir()] == ["notes.txt"]
    assert not (tmp_path / "stick" / "belonging-backups").exists()
    assert backups_of(study.path, rules) == []


@pytest.mark.parametrize("stem", ["a" * 250, "研究" * 60, "one~two~3", "trailing. ", "a:b?c"])
def test_names_are_fit_for_every_file_system_and_are_read_back(stem: str) -> None:
    name = name_of(Path(f"{stem}.reflexa"), moment_of("key", 42, "then"), NOON, Reason.MERGE)
    assert len(name.encode()) <= 255
    assert not set(name) & set('\\/:*?"<>|')
    back = parsed(Path(name))
    assert back is not None
    assert (back.seq, back.at, back.reason) == (42, NOON, Reason.MERGE)


def test_other_files_are_no_backups() -> None:
    for name in ("belonging.reflexa", "a~1~2026-11-28T12.00.00Z~hourly~0.reflexa", "belonging~000001~x~y~z.reflexa"):
        assert parsed(Path(name)) is None


# Thinning --------------------------------------------------------------------------------------------------------


def dated(seq: int, at: datetime, *, reason: Reason = Reason.HOURLY, key: str = "key") -> Backup:
    made = parsed(Path(name_of(Path("s.reflexa"), moment_of(key, seq, ""), at, reason)))
    assert made is not None
    return made


def test_two_days_stay_whole_then_one_a_day_a_week_a_month() -> None:
    hours = [dated(seq, NOON - timedelta(hours=400 * 24 - seq)) for seq in range(400 * 24)]
    gone = set(superfluous(hours, NOON, 5))
    kept = [one for one in hours if one not in gone]
    ages = [NOON - one.at for one in kept]
    assert sum(age <= timedelta(days=2) for age in ages) == 48
    assert sum(timedelta(days=2) < age <= timedelta(days=14) for age in ages) == 12
    assert 6 <= sum(timedelta(days=14) < age <= timedelta(weeks=8) for age in ages) <= 9
    assert 9 <= sum(timedelta(weeks=8) < age for age in ages) <= 12
    assert max(ages) <= timedelta(days=366)


def test_never_fewer_than_the_number_chosen_however_old() -> None:
    old = [dated(seq, NOON - timedelta(days=3000 - seq)) for seq in range(30)]
    gone = superfluous(old, NOON, 7)
    assert [one.seq for one in old if one not in gone] == list(range(23, 30))


def test_a_clock_set_back_does_not_take_the_newest_by_sequence() -> None:
    good = [dated(seq, NOON - timedelta(days=1, minutes=-seq)) for seq in range(20)]
    late = [dated(20 + seq, NOON - timedelta(days=3000, minutes=-seq)) for seq in range(5)]
    gone = superfluous([*good, *late], NOON, 5)
    assert not set(late) & set(gone)
    assert not set(good) & set(gone)


def test_backups_dated_in_the_future_stay() -> None:
    ahead = [dated(seq, NOON + timedelta(days=300, minutes=seq)) for seq in range(20)]
    assert superfluous(ahead, NOON, 5) == []


def test_each_study_in_a_shared_folder_is_thinned_by_itself() -> None:
    mine = [dated(seq, NOON - timedelta(days=900, minutes=-seq)) for seq in range(9)]
    theirs = [dated(seq + 1000, NOON - timedelta(minutes=seq), key="other") for seq in range(9)]
    gone = superfluous([*mine, *theirs], NOON, 5)
    assert [one.seq for one in gone] == [0, 1, 2, 3]
    assert {one.study for one in gone} == {mine[0].study}


def test_rules_are_kept_and_nonsense_is_not_believed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    assert Rules.load() == Rules()
    Rules(False, "/a", "/b", 9).save()
    assert Rules.load() == Rules(False, "/a", "/b", 9)
    for nonsense in ("", "[]", '{"fewest": "x"}', "\0"):
        next(tmp_path.rglob("backups.json")).write_text(nonsense)
        assert Rules.load() == Rules()
