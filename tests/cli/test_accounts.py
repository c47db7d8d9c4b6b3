"""Accounts on the command line: which list, which entries of the journal, whose genealogy."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from app.cli import run
from app.operations.journal import write_entry
from app.study import Study


def test_entries_are_chosen_by_kind_and_day_and_private_ones_by_their_id(study: Study, tmp_path: Path) -> None:
    at = datetime(2026, 3, 3, 12, tzinfo=UTC)
    study.run(write_entry, "An early hunch", kind="hunch", at=at)
    study.run(write_entry, "A decision", kind="decision")
    hidden = study.run(write_entry, "A private one", kind="hunch", private=True, at=at)
    path, target = study.path, tmp_path / "j.md"
    study.close()
    told = {}
    for name, choice in (("kind", ["--entry-kind", "hunch"]), ("days", ["--until", "2026-03-31"]),
                         ("id", ["--entry", hidden])):  # fmt: skip
        assert run(["export", "journal", str(path), "-o", str(target), "--force", *choice]) == 0
        told[name] = target.read_text(encoding="utf-8")
    assert "An early hunch" in told["kind"]
    assert "An early hunch" in told["days"]
    assert "A private one" not in told["kind"] + told["days"]
    assert "A decision" not in told["kind"] + told["days"]
    assert "A private one" in told["id"]


def test_a_list_is_chosen_and_what_is_no_day_is_said(study: Study, tmp_path: Path) -> None:
    path = study.path
    study.close()
    target = tmp_path / "c.md"
    assert run(["export", "checklist", str(path), "-o", str(target), "--list", "gramms"]) == 0
    assert "GRAMMS" in target.read_text(encoding="utf-8")
    assert run(["export", "journal", str(path), "-o", str(tmp_path / "j.md"), "--from", "Tuesday"]) != 0
    assert not (tmp_path / "j.md").exists()
