"""Backups without a window: made, listed with what differs, written out as a new study, made before mass changes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from app.analysis.verify import verify
from app.backups import Rules, backups_of
from app.cli import run
from app.operations.codes import create_code
from app.study import Study
from tests.material import Talk


def said(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    assert run(list(words)) == 0
    return capsys.readouterr().out


@pytest.fixture
def closed(study: Study, talk: Talk, path: Path) -> Path:
    study.close()
    return path


def test_a_backup_is_made_listed_with_what_came_since_and_restored_as_a_new_study(
    closed: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    made = Path(said(capsys, "backup", str(closed)).strip())
    assert made.exists()
    with Study.open(closed) as study:
        study.run(create_code, "Belonging")
    before = closed.read_bytes()
    (told,) = json.loads(said(capsys, "backups", str(closed), "--json"))
    assert told["differs"] == ["1 code more (‘Belonging’)"]
    assert (told["name"], told["sound"], told["reason"]) == (made.name, True, "when you asked")
    assert "since then: 1 code more (‘Belonging’)" in said(capsys, "backups", str(closed))
    new = tmp_path / "again.reflexa"
    said(capsys, "restore", str(closed), "--backup", made.name, "-o", str(new))
    assert verify(new) == []
    assert new.stat().st_mode & 0o777 == 0o600
    with Study.open(new) as restored:
        assert list(restored.connection.execute("SELECT name FROM code")) == []
    assert closed.read_bytes() == before


def test_restoring_never_writes_over_a_file(closed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said(capsys, "backup", str(closed))
    before = closed.read_bytes()
    assert run(["restore", str(closed), "--backup", "newest", "-o", str(closed)]) == 1
    assert "exists already" in capsys.readouterr().err
    assert closed.read_bytes() == before
    assert run(["restore", str(closed), "--backup", "none", "-o", str(closed.with_name("n.reflexa"))]) == 1
    assert not closed.with_name("n.reflexa").exists()


def test_backups_are_listed_when_the_study_itself_is_damaged_or_gone(
    closed: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said(capsys, "backup", str(closed))
    closed.write_bytes(closed.read_bytes()[:9000])
    (told,) = json.loads(said(capsys, "backups", str(closed), "--json"))
    assert told["differs"] is None
    closed.unlink()
    assert len(json.loads(said(capsys, "backups", str(closed), "--json"))) == 1


def test_a_project_that_comes_in_is_preceded_by_a_backup(
    closed: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    project = tmp_path / "project.qdpx"
    said(capsys, "code", str(closed), "--source", "FG1", "--start", "10", "--end", "20", "--code", "Belonging")
    said(capsys, "export", "qdpx", str(closed), "-o", str(project))
    assert backups_of(closed, Rules()) == []
    said(capsys, "import", str(closed), str(project))
    (made,) = backups_of(closed, Rules())
    assert made.reason.words == "before a project came in"
    assert verify(made.path) == []
