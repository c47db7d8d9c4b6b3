"""Copies that a cloud folder left beside a study are recognised, told apart, and left as they are."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.backups.conflicts import Relation, conflict_copies, named_like_copies
from app.backups.shared_places import NETWORK, shared_place
from app.cli import run
from app.operations.codes import create_code
from app.operations.studies import new_study
from app.study import Study

NAMES = [
    "belonging (Nur's conflicted copy 2024-05-01).reflexa",
    "belonging (conflicted copy 2024-05-01 101112).reflexa",
    "belonging (1).reflexa",
    "belonging-DESKTOP-ABC123.reflexa",
    "belonging.sync-conflict-20240501-101112-ABCDEFG.reflexa",
    "belonging (Case Conflict).reflexa",
    "belonging 2.reflexa",
]
OTHERS = ["belonging copy.reflexa", "belonging restored.reflexa", "belonging-2024.reflexa", "other (1).reflexa"]


@pytest.mark.parametrize("name", NAMES)
def test_a_copy_is_known_by_its_name_and_the_study_by_that_of_the_copy(study: Study, path: Path, name: str) -> None:
    copy = path.with_name(name)
    copy.write_bytes(path.read_bytes())
    assert [one.path.name for one in conflict_copies(study.connection, path)] == [name]
    assert [one.name for one in named_like_copies(copy)] == [path.name]


@pytest.mark.parametrize("name", OTHERS)
def test_other_files_beside_a_study_are_not_taken_for_copies(study: Study, path: Path, name: str) -> None:
    path.with_name(name).write_bytes(path.read_bytes())
    assert conflict_copies(study.connection, path) == []


def test_a_copy_is_the_same_older_newer_or_went_its_own_way_and_is_not_touched(study: Study, path: Path) -> None:
    study.run(create_code, "Before")
    copy = path.with_name("belonging (1).reflexa")
    copy.write_bytes(path.read_bytes())
    kept = copy.read_bytes()

    def relation() -> Relation:
        (found,) = conflict_copies(study.connection, path)
        return found.relation

    assert relation() is Relation.SAME
    study.run(create_code, "Here")
    assert relation() is Relation.OLDER
    assert copy.read_bytes() == kept
    with Study.open(copy) as there:
        there.run(create_code, "There")
        (found,) = conflict_copies(there.connection, copy)
        assert found.relation is Relation.PARTED
    (found,) = conflict_copies(study.connection, path)
    assert found.relation is Relation.PARTED
    assert found.parted is not None
    assert found.words.startswith("parted after")
    path.with_name("belonging.sync-conflict-1.reflexa").write_bytes(path.read_bytes())
    study.undo()
    newer = [one.relation for one in conflict_copies(study.connection, path)]
    assert newer == [Relation.PARTED, Relation.OLDER]


def test_a_copy_that_goes_further_is_said_to(study: Study, path: Path) -> None:
    copy = path.with_name("belonging (1).reflexa")
    copy.write_bytes(path.read_bytes())
    with Study.open(copy) as there:
        there.run(create_code, "There")
    (found,) = conflict_copies(study.connection, path)
    assert found.relation is Relation.NEWER


def test_another_study_and_what_is_none_are_passed_over(study: Study, path: Path) -> None:
    new_study(path.with_name("belonging (1).reflexa"), "Another").close()
    path.with_name("belonging (2).reflexa").write_bytes(b"nothing of the kind" * 100)
    path.with_name("belonging (3).reflexa").write_bytes(path.read_bytes()[:5000])
    assert conflict_copies(study.connection, path) == []


def test_the_command_line_names_them_in_one_line(study: Study, path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path.with_name("belonging (1).reflexa").write_bytes(path.read_bytes())
    study.run(create_code, "Here")
    study.close()
    assert run(["backups", str(path)]) == 0
    told = [line for line in capsys.readouterr().err.splitlines() if "belonging (1).reflexa" in line]
    assert len(told) == 1
    assert "only older" in told[0]


@pytest.mark.parametrize(
    ("place", "name"),
    [
        ("home/Dropbox/study", "Dropbox"),
        ("home/OneDrive - Some University", "OneDrive"),
        ("home/Library/Mobile Documents/x", "iCloud"),
        ("home/Google Drive/x", "Google Drive"),
        ("home/Nextcloud", "Nextcloud"),
        ("home/studies about dropbox", ""),
    ],
)
def test_a_cloud_folder_is_known_by_its_name(tmp_path: Path, place: str, name: str) -> None:
    none = tmp_path / "mounts"
    assert shared_place(tmp_path / place / "x.reflexa", none) == name


def test_a_network_drive_is_known_by_what_is_mounted(tmp_path: Path) -> None:
    mounts = tmp_path / "mounts"
    place = str(tmp_path / "on the net").replace(" ", r"\040")
    lines = ["/dev/sda1 / ext4 rw", f"server:/x {place} nfs4 rw", f"x {tmp_path}/crypt fuse.gocryptfs rw"]
    mounts.write_text("\n".join(lines))
    assert shared_place(tmp_path / "on the net" / "a" / "x.reflexa", mounts) == NETWORK
    assert shared_place(tmp_path / "crypt" / "x.reflexa", mounts) == ""
    assert shared_place(tmp_path / "x.reflexa", mounts) == ""


def test_verify_names_a_copy_beside_the_study_and_finds_no_fault(
    study: Study, path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    study.close()
    path.with_name("belonging (1).reflexa").write_bytes(path.read_bytes())
    assert run(["verify", str(path)]) == 0
    told = capsys.readouterr()
    assert told.out == "ok\n"
    assert "“belonging (1).reflexa” lies beside the study" in told.err
